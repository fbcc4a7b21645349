//! What people type, and what they find.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use common::{indexed, read};
use comptoir_catalog::index::{Builder, Index, IndexFault, Mode, QUERY_BYTES_MAX};
use comptoir_catalog::words::Lang;

fn maison() -> (tempfile::TempDir, Index) {
    let (found, _) = read(include_str!("data/maison.csv"), Lang::Fr).unwrap();
    indexed(found.iter().map(|found| &found.product), Lang::Fr)
}

fn google() -> (tempfile::TempDir, Index) {
    let (found, _) = read(include_str!("data/google.csv"), Lang::En).unwrap();
    indexed(found.iter().map(|found| &found.product), Lang::En)
}

fn best(index: &Index, text: &str, mode: Mode) -> Option<String> {
    index.search(text, mode, 5).unwrap().hits.first().map(|hit| hit.product.to_string())
}

#[test]
fn what_is_asked_in_any_spelling_is_found() {
    let (_folder, index) = maison();
    for (text, id) in [
        ("table basse", "T-100"),
        ("TABLES BASSES", "T-100"),
        ("lampes dorees", "L-200"),
        ("Bonjour, je cherche une lampe dorée s'il vous plaît", "L-200"),
        ("l'armoire ou la lanpe", "L-200"),
        ("cannapé bleu", "C-301"),
        ("jeu de dame", "J-500"),
        ("coussins", "P-601"),
        ("l-201", "L-201"),
        ("4006381333931", "T-100"),
        ("auriez-vous la V-401 ?", "V-401"),
        ("Vase en grès", "V-400"),
    ] {
        assert_eq!(best(&index, text, Mode::Ranked).as_deref(), Some(id), "{text}");
    }
}

#[test]
fn a_typing_error_is_named_with_what_it_was_read_as() {
    let (_folder, index) = maison();
    let answer = index.search("lanpe dorée", Mode::Ranked, 5).unwrap();
    assert_eq!((answer.corrections[0].typed.as_str(), answer.corrections[0].read_as.as_str()), ("lanpe", "lampe"));
    assert!(index.search("lampe dorée", Mode::Ranked, 5).unwrap().corrections.is_empty());
}

#[test]
fn what_is_written_together_is_found_apart() {
    let (_folder, index) = google();
    assert_eq!(best(&index, "desklamp", Mode::Ranked), best(&index, "desk lamp", Mode::Ranked));
    assert!(index.search("desklamp", Mode::Ranked, 5).unwrap().dropped.is_empty());
}

#[test]
fn products_are_found_while_the_word_is_being_typed() {
    let (_folder, index) = maison();
    for (text, id) in [
        ("cous", "P-601"),
        ("vase s", "V-401"),
        ("table ba", "T-100"),
        ("chaise d'éc", "C-300"),
        ("lampe dor", "L-200"),
    ] {
        assert_eq!(best(&index, text, Mode::TypeAhead).as_deref(), Some(id), "{text}");
    }
    // Nothing begins so: the words are read as a question, errors forgiven.
    assert_eq!(best(&index, "canappé", Mode::TypeAhead).as_deref(), Some("C-301"));
}

#[test]
fn the_variant_that_was_meant_is_named() {
    let (_folder, index) = google();
    let sku = |text: &str| {
        let hits = index.search(text, Mode::Ranked, 1).unwrap().hits;
        hits.first().and_then(|hit| hit.sku.as_ref()).map(ToString::to_string)
    };
    assert_eq!(sku("green mugs").as_deref(), Some("MUG-GREEN"));
    assert_eq!(sku("mug-red").as_deref(), Some("MUG-RED"));
    assert_eq!(sku("stoneware mug"), None);
}

#[test]
fn no_text_breaks_the_search() {
    let (_folder, index) = google();
    let texts = [
        "((((((((((".repeat(60),
        "a AND (b OR \"c".to_owned(),
        "title:[* TO *] ~ ^ \\ / +-&&||!{}".to_owned(),
        "\u{0}\u{202e}\u{feff}".to_owned(),
        "🦀🦀🦀".to_owned(),
        "é".repeat(10_000),
        "mug ".repeat(1_000),
        String::new(),
        " ".repeat(500),
    ];
    for text in texts {
        for mode in [Mode::Ranked, Mode::TypeAhead] {
            index.search(&text, mode, 10).unwrap();
        }
    }
    let long = format!("{} mug", "x".repeat(QUERY_BYTES_MAX));
    assert!(index.search(&long, Mode::Ranked, 10).unwrap().hits.is_empty());
}

#[test]
fn an_unpublished_product_is_not_found() {
    let (found, _) = read(include_str!("data/shopify-older.csv"), Lang::En).unwrap();
    let (_folder, index) = indexed(found.iter().map(|found| &found.product), Lang::En);
    assert_eq!(index.products(), 4);
    assert_eq!(best(&index, "gift card", Mode::Ranked), None);
}

#[test]
fn a_damaged_or_unfinished_index_is_noticed_before_it_answers() {
    let (folder, index) = google();
    drop(index);
    let place = folder.path().join("1");
    let mut names: Vec<_> = std::fs::read_dir(&place)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'))
        .collect();
    names.sort();
    assert!(names.len() > 3);
    for path in names {
        let whole = std::fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        for wrong in [Some(&whole[..whole.len() / 2]), Some(&flipped[..]), None] {
            match wrong {
                Some(bytes) => std::fs::write(&path, bytes).unwrap(),
                None => std::fs::remove_file(&path).unwrap(),
            }
            assert!(Index::open(&place, Lang::En).is_err(), "{path:?}");
            std::fs::write(&path, &whole).unwrap();
        }
        assert!(Index::open(&place, Lang::En).is_ok(), "{path:?}");
    }
    let unfinished = folder.path().join("2");
    drop(Builder::create(&unfinished, 2).unwrap());
    assert!(matches!(Index::open(&unfinished, Lang::En), Err(IndexFault::Missing)));
    assert!(matches!(Index::open(&folder.path().join("3"), Lang::En), Err(IndexFault::Missing)));
}
