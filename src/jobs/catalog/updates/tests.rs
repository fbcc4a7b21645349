//! Prices and stock by API, on a data folder of their own.

use std::sync::Arc;

use comptoir_catalog::index::Mode;
use serde_json::{Value, json};

use crate::jobs::catalog::tests::{Desk, LAMPS, NOW, counts, english};
use crate::protocol::ProductId;
use crate::protocol::feed::{ProductUpdate, UpdatesTaken};

fn updates(said: Value) -> Vec<ProductUpdate> {
    serde_json::from_value(said).unwrap()
}

async fn update(desk: &Desk, said: Value) -> UpdatesTaken {
    desk.catalog.update(english(desk.site), updates(said)).await.unwrap()
}

async fn price(desk: &Desk, product: &str) -> i64 {
    let card = desk.catalog.card(&desk.wanted(), &ProductId(product.into()), None, NOW).await.unwrap();
    card.unwrap().price.unwrap().minor
}

#[tokio::test]
async fn a_new_price_is_found_when_the_update_is_answered_and_the_unknown_are_told() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    desk.found("lamp").await;
    let taken = update(
        &desk,
        json!([{"sku": "L2", "price": "40.00", "stock": 3}, {"sku": "NONE", "stock": 1}, {"sku": "M-B", "stock": -4}]),
    )
    .await;
    assert_eq!((taken.changed, taken.unchanged, taken.waiting, taken.generation), (1, 0, false, 2));
    let refused: Vec<(u32, bool)> =
        taken.refused.iter().map(|refused| (refused.place, refused.message.contains("`NONE`"))).collect();
    assert_eq!(refused, [(1, true), (2, false)]);
    let hits = desk.catalog.search(&desk.wanted(), "paper", Mode::Ranked, 10, NOW).await.unwrap();
    let card = &hits.hits[0].card;
    assert_eq!((hits.generation, card.price.as_ref().unwrap().minor, card.stock), (2, 4000, Some(3)));

    let again = update(&desk, json!([{"sku": "L2", "stock": 3}])).await;
    assert_eq!((again.changed, again.unchanged, again.generation), (0, 1, 2), "nothing is written for what is so");
    // The feed says nothing new: it does not undo the update.
    assert_eq!(counts(&desk.import(LAMPS).await), [0, 0, 3, 0]);
    assert_eq!(price(&desk, "L2").await, 4000);
    // It says something new: that counts.
    assert_eq!(counts(&desk.import(LAMPS.replace("45.50", "46.00")).await), [0, 1, 2, 0]);
    assert_eq!(price(&desk, "L2").await, 4600);
}

#[tokio::test]
async fn requests_that_come_together_are_one_generation() {
    let desk = Arc::new(Desk::open().await);
    desk.import(LAMPS).await;
    let requests = ["L1", "L2", "M-B", "M-R"].map(|sku| {
        let desk = desk.clone();
        async move { update(&desk, json!([{"sku": sku, "stock": 9}])).await.generation }
    });
    let generations = futures_util::future::join_all(requests).await;
    assert_eq!(generations, [2, 2, 2, 2]);
    let mug = desk.catalog.product(&desk.wanted(), "MUG", NOW).await.unwrap().unwrap();
    assert!(mug.variants.iter().all(|card| card.stock == Some(9)));
}

#[tokio::test]
async fn what_comes_during_an_import_waits_for_its_end_and_outlives_a_kill() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let of = english(desk.site);
    // The import's end is told a moment before its bench is free again.
    super::super::tests::until("the bench is free", async || {
        let mut bench = desk.catalog.0.benches.take(of).await;
        let is_free = !bench.importing;
        bench.importing = true;
        is_free.then_some(())
    })
    .await;
    let taken = update(&desk, json!([{"sku": "L1", "price": "50"}, {"price": "1"}, {"sku": "NEW", "stock": 5}])).await;
    assert_eq!((taken.changed, taken.waiting, taken.refused.len()), (2, true, 1));
    assert_eq!(price(&desk, "L1").await, 6900);

    let (folder, site) = desk.killed().await;
    let desk = Desk::reopen(folder, site).await;
    super::super::tests::until("the kept updates are applied", async || {
        (price(&desk, "L1").await == 5000).then_some(())
    })
    .await;
    assert_eq!(desk.catalog.0.store.kept_updates(of, 10).await.unwrap(), []);
}

#[tokio::test]
async fn an_update_of_no_catalog_is_refused_with_its_sentence() {
    let desk = Desk::open().await;
    let taken = update(&desk, json!([{"id": "L1", "stock": 1}])).await;
    assert_eq!(taken.refused[0].message, "No product of the catalog has the id `L1`. Import it first.");
}
