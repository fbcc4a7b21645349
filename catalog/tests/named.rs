//! What a text names outright, and the values of an attribute that can be bought.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use common::indexed;
use comptoir_catalog::index::{Answer, Filters, Index, Question};
use comptoir_catalog::model::Product;
use comptoir_catalog::words::Lang;
use serde_json::{Value, json};

fn variant(sku: &str, colour: &str, availability: &str) -> Value {
    json!({"sku": sku, "options": [{"name": "Couleur", "value": colour}], "availability": availability})
}

fn product(id: &str, title: &str, variants: Vec<Value>) -> Product {
    serde_json::from_value(json!({"id": id, "title": title, "published": true, "variants": variants})).unwrap()
}

fn shop() -> (tempfile::TempDir, Index) {
    let mut cup = product(
        "1",
        "Tasse en grès bleue",
        vec![variant("TASSE-01-B", "Bleu", "out_of_stock"), variant("TASSE-01-V", "Vert", "in_stock")],
    );
    cup.variants[1].gtin = Some(comptoir_catalog::model::Gtin::new("4006381333931").unwrap());
    let products = [
        cup,
        product("2", "Lampe de bureau bleue", vec![variant("LB2", "bleu", "out_of_stock")]),
        product("30", "Grande lampe dorée", vec![variant("LD3", "Or", "in_stock"), variant("LD4", "vert", "in_stock")]),
    ];
    indexed(&products, Lang::Fr)
}

fn found(answer: &Answer) -> Vec<(&str, Option<&str>)> {
    answer.hits.iter().map(|hit| (hit.product.as_str(), hit.sku.as_ref().map(|sku| sku.as_str()))).collect()
}

#[test]
fn a_product_is_named_by_a_code_or_by_all_words_of_its_title() {
    let (_folder, index) = shop();
    for (text, wanted) in [
        // The variant whose code it is, in any case, with what people write around it.
        ("tasse-01-v", vec![("1", Some("TASSE-01-V"))]),
        ("avez-vous la TASSE-01-B ?", vec![("1", Some("TASSE-01-B"))]),
        ("4006381333931", vec![("1", Some("TASSE-01-V"))]),
        ("le code est 4006381333931.", vec![("1", Some("TASSE-01-V"))]),
        ("LB2", vec![("2", Some("LB2"))]),
        // Accents, plurals and words of talk make no difference.
        ("lampes dorees", vec![("30", None)]),
        ("Bonjour, je cherche une grande lampe", vec![("30", None)]),
        // Every word, not most of them.
        ("lampe en verre", vec![]),
        ("ma lampe est arrivée cassée", vec![]),
        // An id, a number, grammar and signs name nothing.
        ("30", vec![]),
        ("2", vec![]),
        ("bonjour", vec![]),
        ("de la", vec![]),
        ("?!", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(found(&index.named(&Question::about(text)).unwrap()), wanted, "{text}");
    }
    assert_eq!(index.named(&Question::about("lampe")).unwrap().hits.len(), 2);
    assert_eq!(index.named(&Question { limit: 1, ..Question::about("lampe") }).unwrap().hits.len(), 1);
}

#[test]
fn only_values_that_can_be_bought_are_offered_the_commonest_first() {
    let (_folder, index) = shop();
    let in_stock = Filters { in_stock: true, ..Filters::default() };
    let values = |name: &str, filters: &Filters, limit| index.values(name, filters, limit, 0, None).unwrap();
    assert_eq!(values("couleur", &in_stock, 12), ["Vert", "Or"]);
    assert_eq!(values("COULEUR", &Filters::default(), 12), ["Bleu", "Vert", "Or"]);
    assert_eq!(values("couleur", &in_stock, 1), ["Vert"]);
    assert!(values("coul", &in_stock, 12).is_empty());
    assert!(values("", &in_stock, 12).is_empty());
}
