//! The products and their feed say the same, read by the crate's own reader.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use comptoir_catalog::feed::{self, Outcome, Quiet, Settings};
use comptoir_catalog::model::{Availability, Currency, Product};
use comptoir_catalog::words::Lang;
use comptoir_silver::{English, French};

fn read(bytes: Vec<u8>, lang: Lang) -> (Vec<Product>, Outcome) {
    let mut found = Vec::new();
    let outcome = feed::read(
        std::io::Cursor::new(bytes),
        &Settings::new(Currency::EUR, lang),
        &mut feed::scratch::in_memory(),
        &mut Quiet,
        &mut |product| {
            found.push(product.product);
            Ok(())
        },
    )
    .unwrap();
    (found, outcome)
}

/// What a reader must give back, whichever columns it learns to know later.
fn essence(product: &Product) -> (String, String, String, String, Vec<Vec<String>>, Vec<String>) {
    let variants = product.variants.iter().map(|variant| {
        let price = variant.price.map(|price| price.at(0).to_string());
        format!("{} {:?} {price:?} {:?} {:?}", variant.sku, variant.gtin, variant.availability, variant.options)
    });
    (
        product.id.to_string(),
        product.title.clone(),
        product.brand.clone().unwrap_or_default(),
        product.description.clone(),
        product.categories.clone(),
        variants.collect(),
    )
}

fn assert_same(made: impl Iterator<Item = Product>, read: &[Product]) {
    let made: Vec<Product> = made.collect();
    assert_eq!(made.len(), read.len());
    for (made, read) in made.iter().zip(read) {
        assert_eq!(essence(made), essence(read));
        for attribute in &made.attributes {
            assert!(read.attributes.contains(attribute), "{attribute:?} {:?}", read.attributes);
        }
    }
}

#[test]
fn the_english_feed_is_read_as_the_products_it_was_written_from() {
    let shop = English::new(2_000);
    let mut bytes = Vec::new();
    let rows = shop.write_feed(&mut bytes).unwrap();
    let (read, outcome) = read(bytes, Lang::En);
    assert_eq!((outcome.report.rows, outcome.faults.rejected), (rows, 0), "{:?}", outcome.faults.first.first());
    assert_same(shop.products(), &read);
    let links = |products: &[Product]| products.iter().map(|product| product.complementary.clone()).collect::<Vec<_>>();
    assert_eq!(links(&shop.products().collect::<Vec<_>>()), links(&read));
    let in_stock = |product: &Product| product.variants[0].availability == Availability::InStock;
    let share = read.iter().filter(|product| in_stock(product)).count() * 100 / read.len();
    assert!((80..=90).contains(&share), "{share}");
}

#[test]
fn the_french_feed_is_read_as_the_products_it_was_written_from() {
    let shop = French::new(2_000);
    let mut bytes = Vec::new();
    let rows = shop.write_feed(&mut bytes).unwrap();
    let (read, outcome) = read(bytes, Lang::Fr);
    assert_eq!((outcome.report.rows, outcome.faults.rejected), (rows, 0), "{:?}", outcome.faults.first.first());
    assert_same(shop.products(), &read);
}

#[test]
fn the_same_seed_makes_the_same_shop_and_another_one_another() {
    let bytes = |shop: English| {
        let mut bytes = Vec::new();
        shop.write_feed(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(bytes(English::new(100)), bytes(English::new(100)));
    assert_ne!(bytes(English::new(100)), bytes(English::new(100).with_seed(7)));
}
