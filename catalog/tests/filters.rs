//! Filters, counts and sorts over a small shop of mugs and lamps.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use common::indexed;
use comptoir_catalog::index::{Answer, Filter, Filters, Index, IndexFault, Question, Sort};
use comptoir_catalog::model::Product;
use comptoir_catalog::words::Lang;
use serde_json::{Value, json};

/// A variant: sku, colour, price in cents, availability.
fn variant(sku: &str, colour: &str, minor: i64, availability: &str) -> Value {
    let price = json!({"regular": {"minor": minor, "currency": "EUR"}});
    let options = json!([{"name": "Colour", "value": colour}]);
    json!({"sku": sku, "options": options, "price": price, "availability": availability})
}

fn product(id: &str, title: &str, brand: &str, path: &[&str], variants: Vec<Value>) -> Product {
    let material = if id.starts_with('M') { "Grès" } else { "Brass" };
    serde_json::from_value(json!({
        "id": id, "title": title, "brand": brand, "categories": [path], "published": true,
        "attributes": [{"name": "Material", "values": [material]}], "variants": variants,
    }))
    .unwrap()
}

fn shop() -> Vec<Product> {
    let kitchen: &[&str] = &["Kitchen", "Mugs"];
    let light: &[&str] = &["Lighting", "Lamps"];
    let mut on_sale = variant("L3-B", "Blue", 9_000, "in_stock");
    on_sale["price"]["sale"] = json!({"price": {"minor": 4_500, "currency": "EUR"}, "from": 1_000, "until": 2_000});
    vec![
        product(
            "M1",
            "Stoneware mug",
            "Aldor",
            kitchen,
            vec![variant("M1-B", "Blue", 1_400, "out_of_stock"), variant("M1-R", "Red", 1_600, "in_stock")],
        ),
        product("M2", "Travel mug", "aldor", kitchen, vec![variant("M2-B", "blue", 2_900, "in_stock")]),
        product("M3", "Espresso mug", "Brune", kitchen, vec![variant("M3-G", "Green", 900, "backorder")]),
        product("L1", "Desk lamp", "Brune", light, vec![variant("L1-B", "Blue", 5_000, "in_stock")]),
        product("L2", "Floor lamp", "Brune", light, vec![variant("L2-R", "Red", 12_000, "in_stock")]),
        product("L3", "Reading lamp", "Cèdre", light, vec![on_sale]),
    ]
}

fn open() -> (tempfile::TempDir, Index) {
    indexed(&shop(), Lang::En)
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.product.as_str()).collect()
}

fn listed(index: &Index, filters: Filters, sort: Sort, now: i64) -> Vec<String> {
    let answer = index.ask(&Question { filters, sort, now, ..Question::about("") }).unwrap();
    assert_eq!(answer.total, answer.hits.len() as u64);
    ids(&answer).into_iter().map(str::to_owned).collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn filters_alone_list_the_products_that_pass_by_id() {
    let (_folder, index) = open();
    let by = |filters: Filters| listed(&index, filters, Sort::Relevance, 0);
    let none = Filters::default;
    assert_eq!(by(Filters { category: texts(&["kitchen"]), ..none() }), ["M1", "M2", "M3"]);
    assert_eq!(by(Filters { category: texts(&["Lighting", "LAMPS"]), ..none() }), ["L1", "L2", "L3"]);
    assert!(by(Filters { category: texts(&["Lamps"]), ..none() }).is_empty());
    assert_eq!(by(Filters { brands: texts(&["ALDOR", "cedre"]), ..none() }), ["L3", "M1", "M2"]);
    assert_eq!(by(Filters { class: Some("mugs".into()), ..none() }), ["M1", "M2", "M3"]);
    assert_eq!(by(Filters { attributes: vec![("material".into(), texts(&["gres"]))], ..none() }), ["M1", "M2", "M3"]);
    assert_eq!(by(Filters { in_stock: true, price_max: Some(2_900), ..none() }), ["M1", "M2"]);
    let not = vec![comptoir_catalog::model::ProductId::new("L1").unwrap()];
    assert_eq!(by(Filters { price_min: Some(5_000), not, ..none() }), ["L2", "L3"]);
}

#[test]
fn stock_price_and_colour_hold_for_one_variant_or_not_at_all() {
    let (_folder, index) = open();
    let blue = vec![("colour".to_owned(), texts(&["BLUE"]))];
    let filters = Filters { attributes: blue.clone(), in_stock: true, ..Filters::default() };
    // The blue one of M1 is sold out, its red one is not blue.
    assert_eq!(listed(&index, filters, Sort::Relevance, 0), ["L1", "L3", "M2"]);
    let filters = Filters { attributes: blue, price_max: Some(1_500), ..Filters::default() };
    let answer = index.ask(&Question { filters, ..Question::about("mug") }).unwrap();
    assert_eq!(ids(&answer), ["M1"]);
    assert_eq!(answer.hits[0].sku.as_ref().unwrap().as_str(), "M1-B");
    let filters = Filters { in_stock: true, ..Filters::default() };
    let answer = index.ask(&Question { filters, ..Question::about("blue stoneware mug") }).unwrap();
    assert_eq!(answer.hits[0].sku.as_ref().unwrap().as_str(), "M1-R");
}

#[test]
fn a_sale_counts_while_it_lasts() {
    let (_folder, index) = open();
    let cheap = || Filters { category: texts(&["Lighting"]), price_max: Some(4_999), ..Filters::default() };
    for (now, found) in [(999, vec![]), (1_000, vec!["L3"]), (1_999, vec!["L3"]), (2_000, vec![])] {
        assert_eq!(listed(&index, cheap(), Sort::Relevance, now), found, "at {now}");
    }
    let lamps = || Filters { category: texts(&["Lighting"]), ..Filters::default() };
    assert_eq!(listed(&index, lamps(), Sort::PriceUp, 0), ["L1", "L3", "L2"]);
    assert_eq!(listed(&index, lamps(), Sort::PriceUp, 1_500), ["L3", "L1", "L2"]);
}

#[test]
fn every_sort_orders_what_it_says() {
    let (_folder, index) = open();
    let sorted = |sort| listed(&index, Filters::default(), sort, 0);
    assert_eq!(sorted(Sort::PriceUp), ["M3", "M1", "M2", "L1", "L3", "L2"]);
    assert_eq!(sorted(Sort::PriceDown), ["L2", "L3", "L1", "M2", "M1", "M3"]);
    assert_eq!(sorted(Sort::Title), ["L1", "M3", "L2", "L3", "M1", "M2"]);
    assert_eq!(sorted(Sort::Newest), ["L1", "L2", "L3", "M1", "M2", "M3"]);
    // What was asked for, by price; not the lamps that are blue too.
    let answer = index.ask(&Question { sort: Sort::PriceDown, ..Question::about("blue mug") }).unwrap();
    assert_eq!(ids(&answer)[..2], ["M2", "M1"]);
}

#[test]
fn counts_tell_how_the_answer_spreads() {
    let (_folder, index) = open();
    assert_eq!(index.ask(&Question::about("mug")).unwrap().counts, None);
    let answer = index.ask(&Question { counts: true, ..Question::about("mug") }).unwrap();
    let counts = answer.counts.unwrap();
    assert_eq!((answer.total, counts.in_stock), (3, 2));
    let categories: Vec<(String, u64)> =
        counts.categories.iter().map(|count| (count.path.join(" > "), count.products)).collect();
    assert_eq!(categories, [("Kitchen".to_owned(), 3), ("Kitchen > Mugs".to_owned(), 3)]);
    // Two spellings of one brand are one.
    let brands: Vec<(&str, u64)> = counts.brands.iter().map(|count| (count.value.as_str(), count.products)).collect();
    assert_eq!((brands.len(), brands[0].1, brands[1]), (2, 2, ("Brune", 1)));
    let colours = counts.attributes.iter().find(|counted| counted.name == "Colour").unwrap();
    assert_eq!((colours.values.len(), colours.values[0].products), (3, 2));
    let prices = counts.prices.unwrap();
    assert_eq!((prices.lowest, prices.highest), (900, 2_900));
    assert_eq!(prices.ranges.iter().map(|range| range.products).sum::<u64>(), 3);
}

#[test]
fn when_filters_exclude_everything_the_answer_says_which() {
    let (_folder, index) = open();
    let filters = Filters { in_stock: true, brands: texts(&["Brune"]), ..Filters::default() };
    let answer = index.ask(&Question { filters, ..Question::about("espresso") }).unwrap();
    assert_eq!((answer.total, answer.hits.len()), (0, 0));
    let relaxed: Vec<(&Filter, u64)> = answer.relaxed.iter().map(|one| (&one.without, one.total)).collect();
    assert_eq!(relaxed, [(&Filter::Stock, 1)]);
    let filters = Filters { attributes: vec![("Colour".into(), texts(&["Pink"]))], ..Filters::default() };
    let answer = index.ask(&Question { filters, ..Question::about("lamp") }).unwrap();
    assert_eq!(answer.relaxed[0].without, Filter::Attribute("Colour".into()));
    assert_eq!(answer.relaxed[0].total, 3);
}

#[test]
fn a_sold_out_product_loses_a_near_tie_and_other_ties_end_by_id() {
    let of = |id: &str, availability: &str| {
        product(id, "Oak stool", "Aldor", &["Stools"], vec![variant(id, "Red", 100, availability)])
    };
    let products = [of("S3", "in_stock"), of("S1", "out_of_stock"), of("S2", "in_stock"), of("S4", "unknown")];
    let (_folder, index) = indexed(&products, Lang::En);
    assert_eq!(ids(&index.search("oak stools", Default::default(), 10).unwrap()), ["S2", "S3", "S4", "S1"]);
}

#[test]
fn a_question_whose_time_is_over_ends_with_a_fault() {
    let (_folder, index) = open();
    let deadline = Some(std::time::Instant::now());
    let fault = index.ask(&Question { deadline, ..Question::about("mug") }).unwrap_err();
    assert!(matches!(fault, IndexFault::TooSlow));
    assert_eq!(index.search("mug", Default::default(), 10).unwrap().total, 3);
}
