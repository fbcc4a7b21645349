//! Searches while the catalog changes under them: old or new, never a mix, never an error.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use comptoir_catalog::index::Mode;

use super::{Desk, NOW, settings, until};
use crate::jobs::catalog::{Catalog, Updates};
use crate::protocol::Sku;
use crate::protocol::catalog::{CatalogHits, ImportState};
use crate::protocol::feed::ProductUpdate;
use crate::store::catalog::Wanted;

/// Twenty a second.
const BETWEEN_SEARCHES: Duration = Duration::from_millis(50);
const LAMPS: u32 = 40;
/// Of them those that every change moves: few enough to change the index where it lies.
const MOVED: u32 = 15;
const ROUNDS: u32 = 6;

/// All lamps; those that move have a price and a word that say the round.
fn lot(round: u32) -> String {
    let row = |n| {
        let (price, word) = if n < MOVED { (100 + round, format!("round{round}")) } else { (9, "still".into()) };
        format!("P{n},Lamp {word} {n},{price}.00,https://x.example/{n}\n")
    };
    format!("id,title,price,link\n{}", (0..LAMPS).map(row).collect::<String>())
}

/// What one searcher has seen.
#[derive(Default)]
struct Seen {
    generation: AtomicU64,
    enough: AtomicBool,
}

/// Searches on and on; what each generation costs, and how many answers there were.
async fn search_on(catalog: Catalog, wanted: Wanted, seen: Arc<Seen>) -> (BTreeMap<u64, u64>, u64) {
    let mut ticks = tokio::time::interval(BETWEEN_SEARCHES);
    let (mut prices, mut answers) = (BTreeMap::new(), 0);
    while !seen.enough.load(Ordering::SeqCst) {
        ticks.tick().await;
        let mode = if answers % 2 == 0 { Mode::Ranked } else { Mode::TypeAhead };
        let hits = catalog.search(&wanted, "lamp", mode, LAMPS as usize, NOW).await;
        let hits = hits.unwrap_or_else(|error| panic!("answer {answers}: {error}"));
        let price = one_price(&hits);
        assert_eq!(*prices.entry(hits.generation).or_insert(price), price, "a generation has one content");
        let before = seen.generation.swap(hits.generation, Ordering::SeqCst);
        assert!(before <= hits.generation, "from generation {before} back to {}", hits.generation);
        answers += 1;
    }
    (prices, answers)
}

/// What all lamps that move cost, which must be the same for all.
fn one_price(hits: &CatalogHits) -> u64 {
    assert_eq!(hits.hits.len(), LAMPS as usize, "generation {}: some are missing", hits.generation);
    let price = |hit: &crate::protocol::catalog::CatalogHit| hit.card.price.as_ref().map_or(0, |price| price.minor);
    let moved: Vec<i64> = hits.hits.iter().map(price).filter(|price| *price != 900).collect();
    assert_eq!(moved.len(), MOVED as usize, "generation {}", hits.generation);
    assert!(moved.iter().all(|price| *price == moved[0]), "generation {} is a mix: {moved:?}", hits.generation);
    moved[0].unsigned_abs()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_searches_a_second_see_old_or_new_through_imports_and_updates() {
    let desk = Desk::open().await;
    desk.import(lot(0)).await;
    desk.found("lamp").await;
    let seen: Vec<Arc<Seen>> = (0..2).map(|_| Arc::default()).collect();
    let searchers: Vec<_> =
        seen.iter().map(|seen| tokio::spawn(search_on(desk.catalog.clone(), desk.wanted(), seen.clone()))).collect();
    let is_seen = async |generation| {
        until("both searchers see the change", async || {
            seen.iter().all(|seen| seen.generation.load(Ordering::SeqCst) >= generation).then_some(())
        })
        .await;
    };
    let folder = desk.index().await;
    let (mut generation, mut expected) = (1, BTreeMap::from([(1, 10_000)]));
    is_seen(1).await;
    for round in 1..=ROUNDS {
        let run = desk.import_with(lot(round), settings(false)).await;
        assert_eq!(run.state, ImportState::Done {});
        generation += 1;
        expected.insert(generation, u64::from(100 + round) * 100);
        is_seen(generation).await;

        let update = |n| ProductUpdate {
            sku: Some(Sku(format!("P{n}"))),
            price: Some(format!("{}.00", 200 + round)),
            ..ProductUpdate::default()
        };
        let updates = Updates { list: (0..MOVED).map(update).collect(), currency: None };
        let taken = desk.catalog.update(super::english(desk.site), updates).await.unwrap();
        assert_eq!((taken.changed, taken.refused), (u64::from(MOVED), vec![]));
        generation += 1;
        expected.insert(generation, u64::from(200 + round) * 100);
        is_seen(generation).await;
    }
    assert_eq!(desk.index().await, folder, "every change was made where the index lies");
    for seen in &seen {
        seen.enough.store(true, Ordering::SeqCst);
    }
    for searcher in searchers {
        let (prices, answers) = searcher.await.unwrap();
        assert_eq!(prices, expected, "in {answers} answers");
    }
}
