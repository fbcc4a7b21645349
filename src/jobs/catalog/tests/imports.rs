//! Imports as a merchant lives them.

use std::sync::Arc;

use comptoir_catalog::index::Mode;
use uuid::Uuid;

use super::{Desk, LAMPS, NOW, counts, english, report, settings, why};
use crate::jobs::catalog::{Catalog, CatalogError, Importer};
use crate::protocol::catalog::{CardAvailability, ImportState};
use crate::protocol::{ImportId, PreviewId, ProductChoice, ProductId, SiteId, Sku};
use crate::store::catalog::{RunSettings, Staged, Wanted};

#[tokio::test]
async fn an_imported_catalog_is_searched_and_a_removed_product_is_gone() {
    let desk = Desk::open().await;
    assert_eq!(desk.found("lamp").await, Vec::<String>::new());
    let run = desk.import(LAMPS).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [3, 0, 0, 0]));
    assert_eq!(desk.found("paper lamp").await, ["L2", "L1"]);

    let fewer: Vec<&str> = LAMPS.lines().filter(|line| !line.starts_with("L2")).collect();
    let run = desk.import(fewer.join("\n").replace("89.00", "79.00")).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 1, 1, 1]));
    assert_eq!(desk.found("paper lamp").await, ["L1"]);
    assert_eq!(desk.generation().await, 2);
}

#[tokio::test]
async fn an_unchanged_feed_writes_nothing() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let index = desk.index().await.join("meta.json");
    let built = std::fs::metadata(&index).unwrap().modified().unwrap();
    let run = desk.import(LAMPS).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 0, 3, 0]));
    assert_eq!((report(&run).generation, desk.generation().await), (1, 1));
    assert_eq!(std::fs::metadata(&index).unwrap().modified().unwrap(), built);
}

#[tokio::test]
async fn a_file_that_cannot_be_used_leaves_the_catalog_and_says_what_to_do() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let utf16_without_end: &[u8] = b"\xff\xfei\0d\0";
    for (bytes, words) in [
        (&b""[..], "The file is empty"),
        (b"colour,shape\nred,round\n", "write `id`, `title`"),
        (b"PK\x03\x04\x14\0", "Excel workbook"),
        (b"id,title,price,link\n", "no products"),
        (
            b"id,title,price,link\nA,Lamp,dear,https://x.example/a\n",
            "Line 2: cannot read price `dear` in column `price`",
        ),
        (utf16_without_end, "`id`"),
    ] {
        let run = desk.import(bytes).await;
        assert!(why(&run).contains(words), "{}", why(&run));
        assert_eq!(desk.generation().await, 1);
    }
    assert_eq!(desk.found("brass").await, ["L1"]);
}

#[tokio::test]
async fn a_broken_line_is_told_and_the_others_go_on() {
    let desk = Desk::open().await;
    let run = desk.import(LAMPS.replace("45.50", "45.5O")).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [2, 0, 0, 0]));
    let fault = &report(&run).faults[0];
    assert_eq!((fault.line, fault.column.as_deref(), fault.value.as_deref()), (3, Some("price"), Some("45.5O")));
    let rejected = desk.catalog.rejected(desk.site, run.id).await.unwrap();
    assert_eq!(rejected.header[..4], ["id", "item_group_id", "title", "price"]);
    let (told, cells) = &rejected.rows[0];
    assert_eq!(
        (rejected.rows.len(), told, &cells[..4]),
        (1, fault, &["L2", "", "Paper lamp", "45.5O"].map(String::from)[..])
    );
}

#[tokio::test]
async fn an_import_killed_half_way_leaves_the_old_catalog_answering_and_begins_again() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let Desk { folder, catalog, site, _importer: importer } = desk;
    drop(importer);
    // What a kill leaves: a claimed run, rows of the next generation, an index without a commit.
    let again = Desk { folder, catalog, site, _importer: Importer::idle() };
    let run = again.queue(LAMPS.replace("Brass", "Copper"), settings(false)).await.unwrap();
    let claimed = again.catalog.0.store.claim(NOW).await.unwrap().unwrap();
    assert_eq!(claimed.id, run.id);
    let mut stray = again.catalog.0.store.product(english(site), 1, "L1").await.unwrap().unwrap();
    stray.title = "Half".into();
    let mut known = Vec::new();
    again.catalog.0.store.known(english(site), 1, |row| known.push(row.key)).await.unwrap();
    let mut steps = vec![Staged::Put { product: Arc::new(stray), hash: 1, instead_of: known.first().copied() }];
    steps.extend(known.iter().skip(1).map(|key| Staged::End { key: *key }));
    again.catalog.0.store.stage(english(site), 2, &steps).await.unwrap();
    let half_built = again.folder.path().join("index").join(site.to_string()).join("en").join("2");
    std::fs::create_dir_all(&half_built).unwrap();
    std::fs::write(half_built.join("meta.json"), "{").unwrap();
    assert_eq!(again.found("mug").await, ["MUG"]);
    let Desk { folder, catalog, .. } = again;
    catalog.close().await;

    let reopened = Catalog::open(folder.path()).await.unwrap();
    let before = reopened.0.store.shelved(english(site)).await.unwrap().unwrap();
    reopened.shelve(&before).await;
    let hits = reopened.search(&Wanted::in_main(site, "en"), "brass lamp", Mode::Ranked, 10, NOW).await.unwrap();
    assert_eq!((hits.generation, hits.hits[0].card.title.as_str()), (1, "Brass lamp"));
    reopened.close().await;

    let desk = Desk::reopen(folder, site).await;
    let run = desk.settled(run.id).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [0, 1, 2, 0]));
    assert_eq!(desk.found("copper").await, ["L1"]);
}

#[tokio::test]
async fn a_feed_that_loses_most_products_waits_for_an_answer() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let one: String = LAMPS.lines().take(2).map(|line| format!("{line}\n")).collect();

    let unattended = desk.import(&one).await;
    assert!(why(&unattended).contains("2 of 3 products would be gone"), "{}", why(&unattended));

    let asked = desk.import_with(&one, settings(true)).await;
    assert!(matches!(asked.state, ImportState::AwaitsConfirmation { .. }));
    assert_eq!(desk.found("mug").await, ["MUG"]);
    assert!(matches!(desk.queue(LAMPS, settings(true)).await, Err(CatalogError::ImportRunning)));
    let cancelled = desk.catalog.cancel(desk.site, asked.id).await.unwrap();
    assert_eq!(cancelled.state, ImportState::Cancelled {});
    assert!(matches!(desk.catalog.confirm(desk.site, asked.id).await, Err(CatalogError::NotAwaiting)));

    let asked = desk.import_with(&one, settings(true)).await;
    desk.catalog.confirm(desk.site, asked.id).await.unwrap();
    let done = desk.settled(asked.id).await;
    assert_eq!((done.state.clone(), counts(&done)), (ImportState::Done {}, [0, 0, 1, 2]));
    assert_eq!(desk.found("mug").await, Vec::<String>::new());
    assert_eq!(desk.catalog.status(&desk.wanted()).await.unwrap().products, 1);
}

#[tokio::test]
async fn a_damaged_index_is_built_again_from_the_database() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let index = desk.index().await;
    let (folder, site) = desk.killed().await;
    for entry in std::fs::read_dir(&index).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "store") {
            std::fs::write(path, b"not what it was").unwrap();
        }
    }
    let desk = Desk::reopen(folder, site).await;
    assert_eq!(desk.found("paper").await, ["L2"]);
    std::fs::remove_dir_all(desk.folder.path().join("index")).unwrap();
    let (folder, site) = desk.killed().await;
    let desk = Desk::reopen(folder, site).await;
    assert_eq!(desk.found("paper").await, ["L2"]);
}

#[tokio::test]
async fn a_card_shows_the_variant_as_the_store_has_it() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let card = async |product: &str, sku: Option<&str>| {
        let sku = sku.map(|sku| Sku(sku.to_owned()));
        desk.catalog.card(&desk.wanted(), &ProductId(product.to_owned()), sku.as_ref(), NOW).await.unwrap()
    };
    let lamp = card("L1", None).await.unwrap();
    assert_eq!((lamp.price.unwrap().minor, lamp.regular_price.map(|price| price.minor)), (6900, Some(8900)));
    assert_eq!(lamp.link.as_deref(), Some("https://shop.example/l1"));
    let mug = card("MUG", Some("M-R")).await.unwrap();
    assert_eq!(
        (mug.variant.as_str(), mug.price.unwrap().minor, mug.availability),
        ("red", 1500, CardAvailability::Preorder)
    );
    assert_eq!(card("MUG", None).await.unwrap().variant, "blue");
    assert!(card("MUG", Some("M-G")).await.is_none());
    assert!(card("NONE", None).await.is_none());

    let hits = desk.catalog.search(&desk.wanted(), "red mug", Mode::TypeAhead, 5, NOW).await.unwrap();
    assert_eq!((hits.hits[0].card.variant.as_str(), hits.hits[0].variants), ("red", 2));
    let product = desk.catalog.product(&desk.wanted(), "m-b", NOW).await.unwrap().unwrap();
    assert_eq!((product.product.0.as_str(), product.variants.len()), ("MUG", 2));
    let other = SiteId(Uuid::now_v7());
    assert!(desk.catalog.product(&Wanted::in_main(other, "en"), "MUG", NOW).await.unwrap().is_none());
    assert!(matches!(desk.catalog.run(other, ImportId(Uuid::now_v7())).await, Err(CatalogError::NoSuchImport)));
}

#[tokio::test]
async fn searches_answer_from_one_generation_while_imports_run() {
    let desk = Desk::open().await;
    let lot = |price: u32| {
        let rows: String = (0..400).map(|n| format!("P{n},Lamp {n},{price}.00,https://x.example/{n}\n")).collect();
        format!("id,title,price,link\n{rows}")
    };
    desk.import(lot(1)).await;
    for price in 2..4 {
        let run = desk.queue(lot(price), settings(false)).await.unwrap();
        loop {
            let hits = desk.catalog.search(&desk.wanted(), "lamp", Mode::Ranked, 50, NOW).await.unwrap();
            assert_eq!(hits.hits.len(), 50);
            let expected = i64::try_from(hits.generation).unwrap() * 100;
            assert!(
                hits.hits.iter().all(|hit| hit.card.price.as_ref().is_some_and(|price| price.minor == expected)),
                "{}",
                hits.generation
            );
            let state = desk.catalog.run(desk.site, run.id).await.unwrap().state;
            match state {
                ImportState::Done {} => break,
                ImportState::Queued {} | ImportState::Reading {} | ImportState::Indexing {} => {}
                state => panic!("{state:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_page_in_another_language_gets_its_own_cards_and_the_sites_own_where_it_has_none() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let lampes = "id,title,price,link\nL1,Lampe en laiton,89.00,https://shop.example/fr/l1\n";
    let french = RunSettings { lang: "fr-FR".into(), ..settings(false) };
    let run = desk.import_with(lampes, french).await;
    assert_eq!((run.state.clone(), counts(&run)), (ImportState::Done {}, [1, 0, 0, 0]));

    let title = async |lang: &str, product: &str| {
        let wanted = desk.wanted().or_in(Some(lang));
        let card = desk.catalog.card(&wanted, &ProductId(product.into()), None, NOW).await.unwrap();
        card.map(|card| card.title)
    };
    assert_eq!(title("fr-CA", "L1").await.as_deref(), Some("Lampe en laiton"));
    assert_eq!(title("", "L1").await.as_deref(), Some("Brass lamp"));
    assert_eq!(title("de", "L1").await.as_deref(), Some("Brass lamp"));
    assert_eq!(title("fr", "L2").await.as_deref(), Some("Paper lamp"), "the same product, from the other catalog");

    let hits = desk.catalog.search(&desk.wanted().or_in(Some("fr")), "lampe", Mode::Ranked, 10, NOW).await.unwrap();
    let titles: Vec<&str> = hits.hits.iter().map(|hit| hit.card.title.as_str()).collect();
    assert_eq!(titles, ["Lampe en laiton"]);
    assert_eq!(desk.found("brass").await, ["L1"]);
    assert_eq!(desk.catalog.products(desk.site).await.unwrap(), 3);
}

#[tokio::test]
async fn a_variant_that_a_language_does_not_have_comes_from_the_next_alone_and_side_by_side() {
    let desk = Desk::open().await;
    desk.import(LAMPS).await;
    let tasses = "id,item_group_id,title,price,link\nM-B,MUG,Tasse,14.00,https://shop.example/fr/mug\n\
        L1,,Lampe en laiton,89.00,https://shop.example/fr/l1\n";
    let french = RunSettings { lang: "fr".into(), ..settings(false) };
    desk.import_with(tasses, french).await;
    let wanted = desk.wanted().or_in(Some("fr"));
    for (sku, expected) in
        [(Some("M-B"), Some("Tasse")), (Some("M-R"), Some("Mug")), (Some("M-X"), None), (None, Some("Tasse"))]
    {
        let choice = |product: &str, sku: Option<&str>| ProductChoice {
            product: ProductId(product.into()),
            sku: sku.map(|sku| Sku(sku.into())),
        };
        let of = choice("MUG", sku);
        let card = desk.catalog.card(&wanted, &of.product, of.sku.as_ref(), NOW).await.unwrap();
        assert_eq!(card.as_ref().map(|card| card.title.as_str()), expected, "{sku:?}");
        let side_by_side = desk.catalog.comparison(&wanted, &[choice("L1", None), of], NOW).await.unwrap();
        assert_eq!(side_by_side.map(|both| both.cards[1].clone()), card, "{sku:?}");
    }
}

#[tokio::test]
async fn a_sku_of_an_unchanged_product_given_to_another_one_is_told_wherever_that_stands() {
    let other = "L1,OTHER,Other lamp,10.00,,in stock,,https://shop.example/o,https://img.example/o.jpg";
    let (header, rows) = LAMPS.split_once('\n').unwrap();
    for (feed, line, first_line) in [(format!("{LAMPS}{other}\n"), 6, 2), (format!("{header}\n{other}\n{rows}"), 3, 2)]
    {
        let desk = Desk::open().await;
        desk.import(LAMPS).await;
        let told = report(&desk.import(feed).await).clone();
        let fault = told.faults.first().unwrap_or_else(|| panic!("nothing was told: {told:?}"));
        assert_eq!((fault.code.as_str(), fault.line, fault.numbers["first_line"]), ("repeated_sku", line, first_line));
        assert_eq!((told.rejected, told.faults.len()), (1, 1), "{told:?}");
    }
}

#[tokio::test]
async fn a_file_for_a_preview_that_is_gone_is_not_kept() {
    let desk = Desk::open().await;
    let gone = PreviewId(Uuid::now_v7());
    let further = desk.catalog.place_for_preview(PreviewId(Uuid::now_v7())).await.unwrap();
    std::fs::write(&further, LAMPS).unwrap();
    let refused = desk.catalog.add_to_preview(desk.site, gone, further.clone(), "more.csv", 1).await;
    assert!(matches!(refused, Err(CatalogError::NoSuchPreview)));
    assert!(!further.exists());
}
