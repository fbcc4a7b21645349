//! What the bot finds in a catalog.

use super::{Desk, LAMPS, NOW};
use crate::jobs::catalog::Wish;
use crate::protocol::ProductCard;

/// A feed that says nothing of its stock.
const UNSAID: &str = "id,title,price,color,link\n\
    B1,Blue bowl,12.00,blue,https://shop.example/b1\n\
    B2,Red bowl,30.00,red,https://shop.example/b2\n";

fn words(text: &str, price_max: Option<&str>, values: &[(&str, &str)]) -> Wish {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Wish { text: text.into(), price_max: price_max.map(str::to_owned), in_stock: true, values }
}

async fn named(desk: &Desk, text: &str) -> Vec<ProductCard> {
    desk.catalog.named(&desk.wanted(), text.into(), 3, NOW).await.unwrap()
}

async fn cards(desk: &Desk, wish: Wish) -> Vec<ProductCard> {
    // The index is open once a search answers.
    desk.found("x").await;
    desk.catalog.fitting(&desk.wanted(), wish, 3, "EUR", NOW).await.unwrap()
}

async fn ids(desk: &Desk, wish: Wish) -> Vec<String> {
    cards(desk, wish).await.into_iter().map(|card| card.product.0).collect()
}

#[tokio::test]
async fn the_bot_finds_what_fits_its_question_and_can_be_bought() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let found = cards(&desk, words("lamp", None, &[])).await;
    assert_eq!(found.len(), 1, "the paper lamp is sold out");
    assert_eq!((found[0].title.as_str(), found[0].price.as_ref().unwrap().minor), ("Brass lamp", 6_900));
    assert!(ids(&desk, words("lamp", Some("68.99"), &[])).await.is_empty());
    assert_eq!(ids(&desk, words("lamp", Some("69"), &[])).await, ["L1"]);
    assert_eq!(ids(&desk, words("", Some("20"), &[])).await, ["MUG"]);
    assert_eq!(ids(&desk, words("mug", None, &[("color", "blue")])).await, ["MUG"]);
    assert!(ids(&desk, words("mug", None, &[("color", "red")])).await.is_empty(), "red can only be ordered ahead");
    assert_eq!(named(&desk, "have you a paper lamp?").await[0].product.0, "L2", "also what is sold out");
    assert_eq!(named(&desk, "m-r").await[0].sku.as_ref().unwrap().0, "M-R");
    assert!(named(&desk, "a lamp of glass").await.is_empty());
    let values = desk.catalog.values_in_stock(&desk.wanted(), "color".into(), 12, NOW).await.unwrap();
    assert_eq!(values, ["blue"]);
}

#[tokio::test]
async fn a_shop_that_says_nothing_of_its_stock_sells_what_it_shows() {
    let desk = Desk::open().await;
    desk.import(UNSAID).await;
    assert_eq!(ids(&desk, words("bowl", Some("20"), &[])).await, ["B1"]);
    assert!(ids(&desk, words("bowl", Some("5"), &[])).await.is_empty());
    let values = desk.catalog.values_in_stock(&desk.wanted(), "color".into(), 12, NOW).await.unwrap();
    assert_eq!(values, ["blue", "red"]);
}

#[tokio::test]
async fn a_site_without_a_catalog_has_nothing_to_find() {
    let desk = Desk::open().await;
    assert!(ids(&desk, words("lamp", Some("5"), &[])).await.is_empty());
    assert!(named(&desk, "lamp").await.is_empty());
    assert!(desk.catalog.values_in_stock(&desk.wanted(), "color".into(), 12, NOW).await.unwrap().is_empty());
}
