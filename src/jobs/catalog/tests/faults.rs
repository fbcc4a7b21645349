//! What kills, damage and full disks do to a catalog: nothing that a search sees.

use std::sync::Arc;

use comptoir_catalog::index::{Builder, Changer, Mode};
use comptoir_catalog::words::Lang;
use uuid::Uuid;

use super::{Desk, LAMPS, NOW, counts, english, report, settings, until};
use crate::jobs::catalog::import::GENERATIONS_KEPT;
use crate::jobs::catalog::shelves::folder_of;
use crate::jobs::catalog::{Catalog, CatalogError, Importer, Updates, apply};
use crate::protocol::catalog::{ImportRun, ImportState};
use crate::protocol::feed::ProductUpdate;
use crate::protocol::{ImportId, Sku};
use crate::store::catalog::{Prepared, Staged};

/// `count` lamps at a price; one of them is named otherwise.
fn lot(count: u32, price: u32, named: &str) -> String {
    let rows: String = (0..count)
        .map(|n| format!("P{n},{} {n},{price}.00,https://x.example/{n}\n", if n == 7 { named } else { "Lamp" }))
        .collect();
    format!("id,title,price,link\n{rows}")
}

/// A desk with 40 lamps that is killed while one of them changes: staged and prepared, and the
/// index changed too if `committed`. The run is claimed.
async fn cut_off(committed: bool) -> (Desk, ImportRun) {
    let desk = Desk::open().await;
    desk.import(lot(40, 1, "Lamp")).await;
    let index = desk.index().await;
    let (folder, site) = desk.killed().await;
    let catalog = Catalog::open(folder.path()).await.unwrap();
    let desk = Desk { folder, catalog, site, _importer: Importer::idle() };
    let run = desk.queue(lot(40, 1, "Candle"), settings(false)).await.unwrap();
    let store = &desk.catalog.0.store;
    store.claim(NOW).await.unwrap().unwrap();
    store.report(run.id, &super::ImportReport { changed: 1, ..Default::default() }, &[]).await.unwrap();
    let of = english(site);
    let mut candle = store.product(of, 1, "P7").await.unwrap().unwrap();
    candle.title = "Candle 7".into();
    let row = store.row_by_id(of, 1, "P7").await.unwrap().map(|row| row.key);
    let now = store.shelved(of).await.unwrap().unwrap();
    let to = Prepared {
        generation: 2,
        products: 40,
        imported_at: NOW.millis(),
        folder: now.folder,
        previous: Some(1),
        run: Some(run.id),
        updates_until: None,
        forgets_feed: false,
    };
    let step = Staged::Put { product: Arc::new(candle.clone()), hash: 2, instead_of: row };
    store.stage(of, 2, &[step]).await.unwrap();
    store.prepare(of, &to).await.unwrap();
    if committed {
        let mut changer = Changer::open(&index, Lang::En).unwrap();
        changer.put(&candle).unwrap();
        changer.commit(2).unwrap();
    }
    let (folder, site) = desk.killed().await;
    (Desk::reopen(folder, site).await, run)
}

#[tokio::test]
async fn killed_before_the_index_changed_the_import_begins_again() {
    let (desk, run) = cut_off(false).await;
    let run = desk.settled(run.id).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 1, 39, 0]));
    assert_eq!(desk.found("candle").await, ["P7"]);
    assert_eq!(desk.generation().await, 2);
}

#[tokio::test]
async fn killed_after_the_index_changed_the_start_ends_the_switch() {
    let (desk, run) = cut_off(true).await;
    // Without reading the file again.
    let hits = desk.catalog.search(&desk.wanted(), "candle", Mode::Ranked, 10, NOW).await.unwrap();
    assert_eq!((hits.generation, hits.hits[0].card.title.as_str()), (2, "Candle 7"));
    let run = desk.settled(run.id).await;
    assert_eq!((run.state.clone(), report(&run).generation), (ImportState::Done {}, 2));
    let prepared = desk.catalog.0.store.all_prepared().await.unwrap();
    assert_eq!(prepared, []);
}

#[tokio::test]
async fn an_index_of_another_generation_is_built_again() {
    let desk = Desk::open().await;
    desk.import(lot(40, 1, "Candle")).await;
    let index = desk.index().await;
    let (folder, site) = desk.killed().await;
    // As if the database had been put back from a copy.
    let mut changer = Changer::open(&index, Lang::En).unwrap();
    changer.remove(&comptoir_catalog::model::ProductId::new("P7").unwrap());
    changer.commit(5).unwrap();
    drop(changer);
    let desk = Desk::reopen(folder, site).await;
    assert_eq!(desk.found("candle").await, ["P7"]);
    assert_ne!(desk.index().await, index);
    assert_eq!(desk.generation().await, 1);
}

#[tokio::test]
async fn a_small_difference_changes_the_index_where_it_lies() {
    let desk = Desk::open().await;
    desk.import(lot(40, 1, "Lamp")).await;
    let folder = desk.index().await;
    let run = desk.import(lot(40, 1, "Candle")).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 1, 39, 0]));
    assert_eq!((desk.index().await, desk.found("candle").await), (folder.clone(), vec!["P7".to_owned()]));

    let run = desk.import(lot(40, 2, "Candle")).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 40, 0, 0]));
    assert_ne!(desk.index().await, folder, "all of them changed: it was built anew");
    until("the old folder is gone", async || (!folder.exists()).then_some(())).await;
}

#[tokio::test]
async fn the_import_before_comes_back_and_going_back_twice_changes_nothing() {
    let desk = Desk::open().await;
    let restore = async || desk.catalog.restore(english(desk.site), ImportId(Uuid::now_v7()), NOW).await;
    assert!(matches!(restore().await, Err(CatalogError::NothingToRestore)));
    desk.import(LAMPS).await;
    assert!(matches!(restore().await, Err(CatalogError::NothingToRestore)));
    let other = LAMPS.replace("Paper lamp", "Rice lamp").replace("L1,,Brass lamp", "C1,,Brass candle");
    desk.import(&other).await;
    assert_eq!((desk.found("rice").await, desk.found("candle").await), (vec!["L2".into()], vec!["C1".to_owned()]));

    let restored = desk.settled(restore().await.unwrap().id).await;
    assert_eq!((restored.state.clone(), counts(&restored)), (ImportState::Done {}, [1, 1, 1, 1]));
    assert_eq!((desk.found("paper").await, desk.found("candle").await), (vec!["L2".to_owned()], vec![]));
    assert_eq!((desk.found("L1").await, desk.generation().await), (vec!["L1".to_owned()], 3));
    assert_eq!(desk.catalog.runs(desk.site).await.unwrap().len(), 3, "it is a run of its own");
    // The feed that brought it is known again.
    assert_eq!(counts(&desk.import(LAMPS).await), [0, 0, 3, 0]);

    let again = desk.settled(restore().await.unwrap().id).await;
    assert_eq!(counts(&again), [1, 1, 1, 1]);
    assert_eq!((desk.found("rice").await, desk.found("candle").await), (vec!["L2".into()], vec!["C1".to_owned()]));
    assert_eq!(desk.catalog.status(&desk.wanted()).await.unwrap().products, 3);
}

#[tokio::test]
async fn rows_of_no_use_are_cleared_and_those_to_restore_are_kept() {
    let desk = Desk::open().await;
    for price in 1..=3 {
        desk.import(lot(3, price, "Lamp")).await;
    }
    // Updates that come while the import's sign is still up are kept, and several become one generation.
    until("the import has left", async || {
        (!desk.catalog.0.benches.take(english(desk.site)).await.importing).then_some(())
    })
    .await;
    // Generations of updates push the import before far back.
    for stock in 1..=12 {
        let update = ProductUpdate { sku: Some(Sku("P0".into())), stock: Some(stock), ..ProductUpdate::default() };
        let updates = Updates { list: vec![update], currency: None };
        assert_eq!(desk.catalog.update(english(desk.site), updates).await.unwrap().changed, 1);
    }
    assert_eq!(desk.generation().await, 15);
    let store = &desk.catalog.0.store;
    store.forget_older(english(desk.site), GENERATIONS_KEPT).await.unwrap();
    let rows = async |generation| {
        let mut rows = 0;
        store.known(english(desk.site), generation, |_| rows += 1).await.unwrap();
        rows
    };
    assert_eq!((rows(15).await, rows(8).await), (3, 3), "searches may still read the last ones");
    assert_eq!((rows(5).await, rows(1).await), (2, 0), "what updates replaced, and older imports, are gone");
    assert_eq!(rows(2).await, 3, "the import before can be restored");
    let back = desk.catalog.restore(english(desk.site), ImportId(Uuid::now_v7()), NOW).await.unwrap();
    assert_eq!(counts(&desk.settled(back.id).await), [0, 3, 0, 0]);
    until("what cannot be restored any more is gone", async || (rows(2).await == 0).then_some(())).await;
}

#[tokio::test]
async fn a_disk_that_refuses_the_index_leaves_the_old_catalog_and_its_rows() {
    let desk = Desk::open().await;
    desk.import(lot(40, 1, "Lamp")).await;
    // Something lies where the next index would be built, and is no folder.
    let index = desk.index().await;
    let next = index.file_name().unwrap().to_str().unwrap().parse::<u64>().unwrap() + 1;
    std::fs::write(index.with_file_name(next.to_string()), b"in the way").unwrap();
    let run = desk.import(lot(40, 2, "Lamp")).await;
    assert!(matches!(run.state, ImportState::Refused { .. }), "{:?}", run.state);
    assert_eq!((desk.found("lamp 7").await[0].as_str(), desk.generation().await), ("P7", 1));
    std::fs::remove_file(index.with_file_name(next.to_string())).unwrap();
    let run = desk.import(lot(40, 2, "Lamp")).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 40, 0, 0]));
}

#[tokio::test]
async fn killed_while_it_is_emptied_a_catalog_is_whole_or_empty_and_its_feed_goes_with_it() {
    for committed in [false, true] {
        let desk = Desk::open().await;
        desk.import(lot(40, 1, "Lamp")).await;
        let of = english(desk.site);
        let (folder, site) = desk.killed().await;
        let catalog = Catalog::open(folder.path()).await.unwrap();
        catalog.save_feed_settings(of, settings(false).feed).await.unwrap();
        let run = catalog.empty(of, ImportId(Uuid::now_v7()), NOW).await.unwrap();
        let store = &catalog.0.store;
        store.claim(NOW).await.unwrap().unwrap();
        store.report(run.id, &super::ImportReport { removed: 40, ..Default::default() }, &[]).await.unwrap();
        let mut steps = Vec::new();
        store.known(of, 1, |known| steps.push(Staged::End { key: known.key })).await.unwrap();
        store.stage(of, 2, &steps).await.unwrap();
        let to = Prepared {
            generation: 2,
            products: 0,
            imported_at: NOW.millis(),
            folder: 2,
            previous: Some(1),
            run: Some(run.id),
            updates_until: None,
            forgets_feed: true,
        };
        store.prepare(of, &to).await.unwrap();
        if committed {
            let place = folder_of(folder.path(), &apply::shelved(of, &to));
            Builder::create(&place, 2).unwrap().finish().unwrap();
        }
        let desk = Desk { folder, catalog, site, _importer: Importer::idle() };
        let (folder, site) = desk.killed().await;
        let desk = Desk::reopen(folder, site).await;
        let run = desk.settled(run.id).await;
        assert_eq!((run.state.clone(), report(&run).removed), (ImportState::Done {}, 40), "{committed}");
        assert_eq!((desk.found("lamp").await, desk.generation().await), (vec![], 2), "{committed}");
        assert_eq!(desk.catalog.0.store.feed(of).await.unwrap(), None, "{committed}");
        assert_eq!(counts(&desk.import(lot(40, 1, "Lamp")).await), [40, 0, 0, 0], "{committed}");
    }
}
