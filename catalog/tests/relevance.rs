//! How good the ranking is, on judged queries that are not part of the project.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use std::collections::HashMap;

use common::{indexed, read, shared_data};
use comptoir_catalog::index::{Index, Mode};
use comptoir_catalog::words::Lang;

/// Gain 1 for an exact product, one half for a partial one.
fn gain(grade: u32) -> f64 {
    f64::from(grade) / 2.0
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(10).zip(2_u32..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}

/// nDCG@10 of one query; an empty answer is worth nothing.
fn ndcg(index: &Index, query: &str, judged: &HashMap<String, u32>) -> f64 {
    let answer = index.search(query, Mode::Ranked, 10).unwrap();
    let gains = answer.hits.iter().map(|hit| judged.get(hit.product.as_str()).copied().map_or(0.0, gain));
    let mut ideal: Vec<f64> = judged.values().copied().map(gain).collect();
    ideal.sort_by(|one, other| other.total_cmp(one));
    discounted(gains) / discounted(ideal.into_iter())
}

#[test]
fn judged_queries_are_answered_as_well_as_measured() {
    let (Some(products), Some(queries), Some(qrels)) =
        (shared_data("luma/products.csv"), shared_data("luma/queries-dev.tsv"), shared_data("luma/qrels-dev.tsv"))
    else {
        return;
    };
    let (found, _) = read(std::fs::read(products).unwrap(), Lang::En).unwrap();
    let (_folder, index) = indexed(found.iter().map(|found| &found.product), Lang::En);
    let mut judged: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for line in std::fs::read_to_string(qrels).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        judged.entry(fields[0].to_owned()).or_default().insert(fields[1].to_owned(), fields[2].parse().unwrap());
    }
    let mut kinds: HashMap<String, Vec<f64>> = HashMap::new();
    for line in std::fs::read_to_string(queries).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let score = ndcg(&index, fields[3], &judged[fields[2]]);
        kinds.entry(fields[0].to_owned()).or_default().push(score);
    }
    for (kind, floor) in [("plain", 0.85), ("chat", 0.84), ("typo", 0.84)] {
        let scores = &kinds[kind];
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        println!("nDCG@10 {kind}: {mean:.3} over {}", scores.len());
        assert!(mean >= floor, "{kind}: {mean:.3} is below {floor}");
    }
}
