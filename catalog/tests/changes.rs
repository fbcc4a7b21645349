//! A finished index that changes while it is searched, and what damage does to it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use common::indexed;
use comptoir_catalog::index::{Changer, Index, IndexFault, Mode, Question, Sort};
use comptoir_catalog::model::{Product, ProductId};
use comptoir_catalog::words::Lang;
use serde_json::json;

fn product(id: &str, title: &str) -> Product {
    let price = json!({"regular": {"minor": 100, "currency": "EUR"}});
    let variants = json!([{"sku": id, "price": price, "availability": "in_stock"}]);
    serde_json::from_value(json!({"id": id, "title": title, "published": true, "variants": variants})).unwrap()
}

/// Three products in generation 1.
fn shop() -> (tempfile::TempDir, PathBuf, Index) {
    let products = [product("A", "Oak table"), product("B", "Brass lamp"), product("C", "Wool rug")];
    let (folder, index) = indexed(&products, Lang::En);
    let place = folder.path().join("1");
    (folder, place, index)
}

fn found(index: &Index, text: &str) -> Vec<String> {
    index.search(text, Mode::Ranked, 10).unwrap().hits.iter().map(|hit| hit.product.to_string()).collect()
}

fn id(id: &str) -> ProductId {
    ProductId::new(id).unwrap()
}

#[test]
fn a_commit_shows_all_of_its_changes_at_once_and_says_its_generation() {
    let (_folder, place, index) = shop();
    let mut changer = Changer::open(&place, Lang::En).unwrap();
    changer.put(&product("A", "Oak desk")).unwrap();
    changer.put(&product("D", "Oak chair")).unwrap();
    changer.remove(&id("B"));
    index.reopen().unwrap();
    assert_eq!((found(&index, "oak"), found(&index, "lamp")), (vec!["A".to_owned()], vec!["B".to_owned()]));
    changer.commit(7).unwrap();
    // Who searched before goes on in the old generation.
    assert_eq!((index.generation(), found(&index, "lamp").len()), (1, 1));
    index.reopen().unwrap();
    assert_eq!((index.generation(), index.products()), (7, 3));
    assert_eq!(found(&index, "oak"), ["A", "D"]);
    assert!(found(&index, "lamp").is_empty() && found(&index, "table").is_empty());
    assert_eq!(index.search("oak", Mode::Ranked, 1).unwrap().generation, 7);
    changer.close().unwrap();
    let again = Index::open(&place, Lang::En).unwrap();
    assert_eq!((again.generation(), again.products()), (7, 3));
}

#[test]
fn what_was_not_committed_is_gone_and_the_index_is_whole() {
    let (folder, place, _index) = shop();
    let mut changer = Changer::open(&place, Lang::En).unwrap();
    changer.put(&product("A", "Oak desk")).unwrap();
    assert!(matches!(Changer::open(&place, Lang::En), Err(IndexFault::Held)));
    // What a kill would leave.
    let left = folder.path().join("left");
    copy(&place, &left);
    drop(changer);
    for place in [&place, &left] {
        let index = Index::open(place, Lang::En).unwrap();
        assert_eq!((index.generation(), found(&index, "table")), (1, vec!["A".to_owned()]));
    }
    let mut changer = Changer::open(&place, Lang::En).unwrap();
    changer.remove(&id("A"));
    changer.roll_back().unwrap();
    changer.put(&product("D", "Oak chair")).unwrap();
    changer.commit(2).unwrap();
    assert_eq!(found(&Index::open(&place, Lang::En).unwrap(), "oak"), ["A", "D"]);
}

#[test]
fn a_changed_product_keeps_its_place_among_the_newest() {
    let (_folder, place, index) = shop();
    let mut changer = Changer::open(&place, Lang::En).unwrap();
    changer.put(&product("E", "Fern")).unwrap();
    changer.commit(2).unwrap();
    changer.put(&product("A", "Oak desk")).unwrap();
    changer.put(&product("D", "Oak chair")).unwrap();
    changer.put(&product("D", "Oak bench")).unwrap();
    changer.commit(3).unwrap();
    index.reopen().unwrap();
    let answer = index.ask(&Question { sort: Sort::Newest, ..Question::about("") }).unwrap();
    let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.product.as_str()).collect();
    assert_eq!(ids, ["D", "E", "A", "B", "C"]);
    assert_eq!(answer.hits[0].title, "Oak bench");
}

#[test]
fn many_small_commits_leave_few_segments() {
    let (_folder, place, index) = shop();
    let mut changer = Changer::open(&place, Lang::En).unwrap();
    for round in 2..42 {
        changer.put(&product("A", &format!("Oak table {round}"))).unwrap();
        changer.put(&product(&format!("N{round}"), "Fern")).unwrap();
        changer.commit(round).unwrap();
    }
    changer.close().unwrap();
    index.reopen().unwrap();
    assert_eq!((index.generation(), index.products()), (41, 43));
    assert_eq!(found(&index, "oak table"), ["A"]);
    let changer = Changer::open(&place, Lang::En).unwrap();
    assert!(changer.segments().unwrap().len() <= 12, "{}", changer.segments().unwrap().len());
    assert!(Index::open(&place, Lang::En).is_ok());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for file in files(from) {
        std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

fn files(of: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).collect();
    // A writer holds its lock, and writes lists beside the old ones, under names that are gone a moment later.
    let is_of_a_moment = |name: &str| name.ends_with(".lock") || name.starts_with(".tmp");
    files.retain(|path| !is_of_a_moment(path.file_name().unwrap().to_str().unwrap()));
    files.sort();
    files
}

/// Everything an index says of these products.
fn all_said(index: &Index) -> String {
    let texts = ["oak", "wool rug", "", "lamp"];
    let asked = texts
        .map(|text| index.ask(&Question { sort: Sort::Title, counts: true, ..Question::about(text) }).map_err(|_| ()));
    format!("{} {} {asked:?}", index.generation(), index.products())
}

#[test]
fn a_changed_index_that_is_damaged_is_noticed_or_says_the_same() {
    let (_folder, place, index) = shop();
    let mut changer = Changer::open(&place, Lang::En).unwrap();
    changer.put(&product("D", "Oak chair")).unwrap();
    for other in ["E", "F", "G", "H"] {
        changer.put(&product(other, "Oak bench")).unwrap();
    }
    changer.commit(2).unwrap();
    changer.put(&product("E", "Oak desk")).unwrap();
    changer.commit(3).unwrap();
    changer.close().unwrap();
    index.reopen().unwrap();
    let said = all_said(&index);
    assert!(files(&place).iter().any(|path| path.extension().is_some_and(|end| end == "del")));
    for path in files(&place) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let whole = std::fs::read(&path).unwrap();
        let is_named = name.starts_with('.');
        // Every byte of the small file that carries no checksum, some of the others.
        let step = if name == "meta.json" { 1 } else { (whole.len() / 20).max(1) };
        // What stands behind is the schema, which is compared as a whole.
        let dense = whole.len().min(1_200);
        for place_of in (0..dense).step_by(step).chain((dense..whole.len()).step_by(step.max(97))) {
            let mut bytes = whole.clone();
            bytes[place_of] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            if let Ok(opened) = Index::open(&place, Lang::En) {
                // Where the footer says which version wrote it, a byte means nothing.
                assert_eq!(all_said(&opened), said, "{name}: byte {place_of}");
            }
        }
        for wrong in [Some(&whole[..whole.len() / 2]), Some(&[][..]), None] {
            match wrong {
                Some(bytes) => std::fs::write(&path, bytes).unwrap(),
                None => std::fs::remove_file(&path).unwrap(),
            }
            if let Ok(opened) = Index::open(&place, Lang::En) {
                assert!(is_named && all_said(&opened) == said, "{name}");
            }
        }
        std::fs::write(&path, &whole).unwrap();
    }
    assert_eq!(all_said(&Index::open(&place, Lang::En).unwrap()), said);
}
