//! What the search owes on generated shops: spellings cost nothing, names come first.
//!
//! These sets saturate; they show that something got worse, not how good it is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use std::collections::{BTreeMap, HashMap, HashSet};

use common::indexed;
use comptoir_catalog::index::{Index, Mode};
use comptoir_catalog::model::Product;
use comptoir_catalog::words::Lang;
use comptoir_silver::{English, French, Judged, Kind};

const PRODUCTS: u64 = 2_500;
const NEEDS: usize = 120;

/// nDCG@10 by kind.
fn measured(index: &Index, judged: &Judged) -> BTreeMap<Kind, f64> {
    let mut kinds: BTreeMap<Kind, Vec<f64>> = BTreeMap::new();
    for query in &judged.queries {
        let answer = index.search(&query.text, Mode::Ranked, 10).unwrap();
        let score = judged.ndcg(&query.need, answer.hits.iter().map(|hit| &hit.product));
        if score < 0.8 {
            let read: Vec<&str> = answer.corrections.iter().map(|word| word.read_as.as_str()).collect();
            println!("{} {score:.2} {} {read:?}", query.kind.name(), query.text);
        }
        kinds.entry(query.kind).or_default().push(score);
    }
    kinds.into_iter().map(|(kind, scores)| (kind, scores.iter().sum::<f64>() / scores.len() as f64)).collect()
}

fn holds(scores: &BTreeMap<Kind, f64>, shares: &[(Kind, f64)]) {
    let plain = scores[&Kind::Plain];
    for (kind, share) in shares {
        let score = scores[kind];
        println!("{:<12} nDCG@10 {score:.4}, {:.4} of plain", kind.name(), score / plain);
        assert!(score >= plain * share, "{}: {score:.4} is less than {share} of {plain:.4}", kind.name());
    }
}

#[test]
fn french_words_are_found_in_every_spelling() {
    // In a small shop few wants are met ten times, and then the spelling hardly counts.
    let shop = French::new(3 * PRODUCTS);
    let products: Vec<Product> = shop.products().collect();
    let (_folder, index) = indexed(&products, Lang::Fr);
    let scores = measured(&index, &shop.judged(NEEDS));
    println!("{scores:?}");
    assert!(scores[&Kind::Plain] >= 0.95, "{scores:?}");
    holds(
        &scores,
        &[
            (Kind::Unaccented, 0.995),
            (Kind::UpperCase, 0.995),
            (Kind::Elided, 0.99),
            (Kind::Plural, 0.99),
            (Kind::Typo, 0.98),
        ],
    );
}

#[test]
fn a_sentence_to_the_shop_is_answered_like_its_words() {
    let shop = English::new(PRODUCTS);
    let products: Vec<Product> = shop.products().collect();
    let (_folder, index) = indexed(&products, Lang::En);
    let scores = measured(&index, &shop.judged(NEEDS));
    holds(&scores, &[(Kind::Chat, 0.97), (Kind::ChatUntuned, 0.97), (Kind::Typo, 0.95), (Kind::Known, 0.98)]);
}

#[test]
fn what_is_named_by_code_or_whole_title_comes_first() {
    for (lang, products) in [
        (Lang::En, English::new(PRODUCTS).products().collect::<Vec<Product>>()),
        (Lang::Fr, French::new(PRODUCTS).products().collect()),
    ] {
        let (_folder, index) = indexed(&products, lang);
        let mut titled: HashMap<String, HashSet<&str>> = HashMap::new();
        for product in &products {
            titled.entry(product.title.to_lowercase()).or_default().insert(product.id.as_str());
        }
        let mut asked = 0;
        let mut comes_first = |text: &str, meant: &HashSet<&str>| {
            for mode in [Mode::Ranked, Mode::TypeAhead] {
                let answer = index.search(text, mode, 1).unwrap();
                let first = answer.hits.first().map(|hit| hit.product.to_string());
                assert!(first.as_deref().is_some_and(|first| meant.contains(first)), "{mode:?} {text}: {first:?}");
            }
            asked += 1;
        };
        for product in products.iter().step_by(7) {
            let own = HashSet::from([product.id.as_str()]);
            comes_first(product.id.as_str(), &own);
            comes_first(&product.title, &titled[&product.title.to_lowercase()]);
            comes_first(&product.title.to_uppercase(), &titled[&product.title.to_lowercase()]);
            for variant in product.variants.iter().take(2) {
                comes_first(&variant.sku.as_str().to_lowercase(), &own);
                if let Some(gtin) = &variant.gtin {
                    comes_first(gtin.as_str(), &own);
                }
            }
        }
        println!("{lang:?}: {asked} names, all first");
        assert!(asked >= 1_000, "{asked}");
    }
}
