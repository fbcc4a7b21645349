//! Prices and stock by API, on a data folder of their own.

use std::sync::Arc;

use comptoir_catalog::index::Mode;
use comptoir_catalog::model::Currency;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{GENERATIONS_KEPT, Updates};
use crate::jobs::catalog::tests::{Desk, LAMPS, NOW, counts, english, settings};
use crate::protocol::feed::{FeedSettings, UpdatesTaken};
use crate::protocol::{ImportId, ProductId};
use crate::store::catalog::RunSettings;

async fn update(desk: &Desk, said: Value) -> UpdatesTaken {
    let updates = Updates { list: serde_json::from_value(said).unwrap(), currency: Currency::new("GBP").ok() };
    desk.catalog.update(english(desk.site), updates).await.unwrap()
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
async fn rows_that_many_updates_left_are_cleared_but_those_of_the_import_to_go_back_to() {
    let desk = Desk::open().await;
    let of = english(desk.site);
    desk.import(LAMPS).await;
    desk.import(LAMPS.replace("45.50", "46.00")).await;
    let lamp = async |generation: u64| {
        let row = desk.catalog.0.store.row_by_id(of, generation, "L2").await.unwrap();
        row.map(|row| row.product.variants[0].price.unwrap().regular.minor)
    };
    // The sign of the second import is taken down a moment after it is told.
    super::super::tests::until("the bench is free", async || {
        (!desk.catalog.0.benches.take(of).await.importing).then_some(())
    })
    .await;
    for step in 0..=GENERATIONS_KEPT {
        let taken = update(&desk, json!([{"sku": "L2", "price": format!("{}.00", 50 + step)}])).await;
        assert_eq!(taken.generation, 3 + step);
    }
    assert_eq!(
        (lamp(1).await, lamp(2).await, lamp(3).await),
        (Some(4550), Some(4600), Some(5000)),
        "none is cleared yet"
    );
    // Ten minutes later.
    desk.catalog.0.benches.take(of).await.cleared = None;
    let last = update(&desk, json!([{"sku": "L2", "price": "70.00"}])).await.generation;
    drop(desk.catalog.0.benches.take(of).await);
    assert_eq!((lamp(1).await, lamp(2).await, lamp(3).await), (Some(4550), None, None));
    assert_eq!(
        (lamp(last - 1).await, lamp(last).await),
        (Some(5000 + 100 * GENERATIONS_KEPT.cast_signed()), Some(7000))
    );
    let restored = desk.catalog.restore(of, ImportId(Uuid::now_v7()), NOW).await.unwrap();
    desk.settled(restored.id).await;
    assert_eq!(price(&desk, "L2").await, 4550);
}

#[tokio::test]
async fn an_update_of_no_catalog_is_refused_with_its_sentence() {
    let desk = Desk::open().await;
    let taken = update(&desk, json!([{"id": "L1", "stock": 1}])).await;
    assert_eq!(taken.refused[0].message, "No product of the catalog has the id `L1`. Import it first.");
}

#[tokio::test]
async fn a_product_without_a_price_gets_one_in_the_currency_that_its_catalog_was_read_by() {
    let desk = Desk::open().await;
    let in_francs = || {
        let feed = FeedSettings { currency: "CHF".into(), ..settings(false).feed };
        RunSettings { feed, ..settings(false) }
    };
    // WooCommerce sells without a price.
    let lamps = "ID,Type,SKU,Name,Published,Regular price\n\
        1,simple,L1,Brass lamp,1,\n2,simple,L2,Paper lamp,1,\n3,simple,L3,Lantern,1,\n4,simple,L4,Candle,1,\n";
    let run = desk.import_with(lamps, in_francs()).await;
    assert_eq!(counts(&run), [4, 0, 0, 0], "{run:?}");
    let price = async |product: &str| {
        let card = desk.catalog.card(&desk.wanted(), &ProductId(product.into()), None, NOW).await.unwrap();
        card.unwrap().price.map(|price| (price.minor, price.currency))
    };
    assert_eq!(price("L1").await, None);
    let taken = update(&desk, json!([{"sku": "L1", "price": "12.50"}])).await;
    assert_eq!((taken.changed, price("L1").await), (1, Some((1250, "CHF".to_owned()))));

    // So many imports of another language that the one in francs is not remembered any more.
    for _ in 0..50 {
        desk.import_with("", RunSettings { lang: "fr".into(), ..settings(false) }).await;
    }
    update(&desk, json!([{"sku": "L2", "price": "12.50"}])).await;
    assert_eq!(price("L2").await, Some((1250, "GBP".to_owned())), "then the site says it");

    // It says so for one that waits for the end of an import, too.
    let of = english(desk.site);
    desk.catalog.0.benches.take(of).await.importing = true;
    assert!(update(&desk, json!([{"sku": "L4", "price": "12.50"}])).await.waiting);
    desk.catalog.leave_bench(of).await;
    assert_eq!(price("L4").await, Some((1250, "GBP".to_owned())));

    desk.catalog.save_feed_settings(english(desk.site), in_francs().feed).await.unwrap();
    update(&desk, json!([{"sku": "L3", "price": "12.50"}])).await;
    assert_eq!(price("L3").await, Some((1250, "CHF".to_owned())));
}
