//! How well similar products and those that go together are found where the feed names none.
//!
//! The silver shops know what a merchandiser would say: alike is what shares class
//! and two of material, style and colour; together go products of one series under one
//! root. All links of the feed are taken away first. Where there are links, they come
//! first.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;
#[path = "suggest/shop.rs"]
mod shop;

use std::collections::HashSet;

use comptoir_catalog::model::{Availability, Currency, Product};
use comptoir_catalog::suggest::{Page, Reason, SUGGESTIONS_MAX, Suggestion, Suggestions, Talk};
use comptoir_catalog::words::Lang;
use comptoir_silver::{English, French};
use shop::Shop;

const PRODUCTS: usize = 3_000;
/// Every so many products one is looked at.
const STEP: usize = 19;

#[derive(Default)]
struct Recall {
    wanted: usize,
    found: usize,
}

impl Recall {
    /// Of `places` that right products could fill, how many they do.
    fn count(&mut self, places: usize, list: &[Suggestion], is_right: impl Fn(&Product) -> bool) {
        self.wanted += places.min(SUGGESTIONS_MAX);
        self.found += list.iter().filter(|one| is_right(&one.product)).count().min(places);
    }

    fn share(&self) -> f64 {
        self.found as f64 / self.wanted.max(1) as f64
    }
}

fn value<'p>(product: &'p Product, names: &[&str]) -> Option<&'p str> {
    let found = product.attributes.iter().find(|attribute| names.contains(&attribute.name.as_str()));
    found.map(|attribute| attribute.values[0].as_str())
}

fn is_alike(one: &Product, other: &Product) -> bool {
    let same = |names: &&[&str]| value(one, names).is_some() && value(one, names) == value(other, names);
    let shared = [&["material", "Matière"] as &[&str], &["style", "Style"], &["color", "Couleur"]];
    one.id != other.id && one.class() == other.class() && shared.iter().filter(|names| same(names)).count() >= 2
}

/// The title names the series.
fn is_of_series(one: &Product, other: &Product, series: &str) -> bool {
    one.id != other.id
        && one.class() != other.class()
        && one.categories[0][0] == other.categories[0][0]
        && other.title.to_lowercase().contains(series)
}

fn suggest(shop: &Shop, product: &Product, lang: Lang) -> Suggestions {
    let page = Page { id: Some(product.id.to_string()), ..Page::default() };
    let talk = Talk {
        messages: &[],
        answers: &[],
        page,
        cart: &[],
        recommended: &[],
        unsaid: &[],
        lang,
        currency: Currency::EUR,
        now: 0,
        deadline: None,
    };
    shop.suggest(&talk).unwrap()
}

/// The word of a title that the fewest titles have: the series.
fn series_of(product: &Product, products: &[Product]) -> String {
    let words: Vec<String> = product.title.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let has =
        |word: &String| products.iter().filter(|other| other.title.to_lowercase().contains(word.as_str())).count();
    words.into_iter().filter(|word| word.len() > 4).min_by_key(has).unwrap_or_default()
}

fn measure(mut products: Vec<Product>, lang: Lang) -> (Recall, Recall) {
    for product in &mut products {
        product.similar.clear();
        product.complementary.clear();
        // What is sold out is rightly shown last; here only likeness counts.
        product.variants.iter_mut().for_each(|variant| variant.availability = Availability::InStock);
    }
    let shop = Shop::of(products, lang);
    let (mut similar, mut together) = (Recall::default(), Recall::default());
    for product in shop.products.iter().step_by(STEP) {
        let found = suggest(&shop, product, lang);
        assert!(found.similar.iter().all(|one| one.product.class() == product.class()), "{}", product.id);
        let alike = shop.products.iter().filter(|other| is_alike(product, other)).count();
        similar.count(alike, &found.similar, |other| is_alike(product, other));
        let series = series_of(product, &shop.products);
        let of_series = |other: &Product| is_of_series(product, other, &series);
        // One of each class is shown.
        let classes = shop.products.iter().filter(|other| of_series(other)).map(Product::class);
        together.count(classes.collect::<HashSet<_>>().len(), &found.complementary, of_series);
    }
    (similar, together)
}

fn check(name: &str, products: Vec<Product>, lang: Lang) {
    let (similar, together) = measure(products, lang);
    println!(
        "{name}: similar {:.2} of {}, goes with {:.2} of {}",
        similar.share(),
        similar.wanted,
        together.share(),
        together.wanted
    );
    assert!(similar.share() >= 0.9, "similar {:.2}", similar.share());
    assert!(together.share() >= 0.69, "goes with {:.2}", together.share());
}

#[test]
fn french_products_are_told_from_their_class_mates() {
    check("French", French::new(PRODUCTS as u64).products().collect(), Lang::Fr);
}

#[test]
fn english_products_are_told_from_their_class_mates() {
    check("English", English::new(PRODUCTS as u64).products().collect(), Lang::En);
}

#[test]
fn what_the_feed_links_comes_first_and_in_its_order() {
    let mut products: Vec<Product> = French::new(400).products().collect();
    for product in &mut products {
        product.similar.clear();
        product.complementary.clear();
        product.variants.iter_mut().for_each(|variant| variant.availability = Availability::InStock);
    }
    // Links that nothing else would suggest: other classes, far away.
    let ids: Vec<String> = products.iter().map(|product| product.id.to_string()).collect();
    for place in (0..ids.len()).step_by(STEP) {
        let other = |far: usize| ids[(place + far) % ids.len()].clone();
        products[place].similar = vec!["unknown".to_owned(), other(101), other(53)];
        products[place].complementary = vec![other(211), other(151), other(83)];
    }
    let shop = Shop::of(products, Lang::Fr);
    let told = |list: &[Suggestion]| -> Vec<String> { list.iter().map(|one| one.product.id.to_string()).collect() };
    for (place, product) in shop.products.iter().enumerate().step_by(STEP) {
        let found = suggest(&shop, product, Lang::Fr);
        let known = product.similar[1..].to_vec();
        assert_eq!(told(&found.similar)[..2], known, "{}", product.id);
        assert_eq!(told(&found.complementary), product.complementary, "{place}");
        assert!(found.similar.len() <= SUGGESTIONS_MAX);
        let by_feed = |one: &Suggestion| matches!(one.reasons[0], Reason::SimilarByFeed { .. });
        assert!(found.similar[..2].iter().all(by_feed) && !found.similar[2..].iter().any(by_feed));
    }
}
