//! `catalog.db`: folders of an earlier release, feeds, whose turn it is.

use std::borrow::Cow;

use comptoir_catalog::model::Product;
use serde_json::json;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use uuid::Uuid;

use crate::protocol::catalog::ImportFrom;
use crate::protocol::feed::{FeedSettings, FetchOutcome};
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::CatalogStore;
use crate::store::catalog::{
    CatalogKey, Feed, FeedAddress, Fetched, FetchedFile, LangTag, NewRun, RunSettings, RunState, Validators,
};

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn french(site: SiteId) -> CatalogKey {
    CatalogKey { site, lang: LangTag::of("fr") }
}

fn plain() -> FeedSettings {
    FeedSettings { currency: "EUR".into(), shop_url: None, tax_rate: None, mapping: None }
}

fn lamp() -> Product {
    serde_json::from_value(json!({
        "id": "L1", "title": "Lampe", "published": true,
        "variants": [{"sku": "L1-B", "gtin": "4006381333931", "availability": "in_stock"}],
    }))
    .unwrap()
}

#[tokio::test]
async fn a_catalog_of_the_first_release_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let site = SiteId(Uuid::now_v7());
    let options = SqliteConnectOptions::new().filename(folder.path().join("catalog.db")).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let all = sqlx::migrate!("src/store/migrations/sqlite-catalog");
    let first = Migrator { migrations: Cow::Owned(all.iter().take(1).cloned().collect()), ..Migrator::DEFAULT };
    first.run(&pool).await.unwrap();
    for statement in [
        "INSERT INTO catalogs VALUES ($1, 3, 1, 'fr-FR', 5)",
        "INSERT INTO products VALUES (7, $1, 'L1', 2, NULL, 99, $2)",
        "INSERT INTO codes VALUES ($1, 'l1-b', 7)",
        "INSERT INTO runs (id, site_id, file, state, attended, accept_removals, currency, lang, queued_at, bytes_total)
         VALUES ($1, $1, 'shop.csv', 'done', 1, 0, 'CHF', 'fr-FR', 4, 10)",
    ] {
        let body = serde_json::to_string(&lamp()).unwrap();
        sqlx::query(statement).bind(site.0).bind(body).execute(&pool).await.unwrap();
    }
    pool.close().await;

    let store = CatalogStore::open(folder.path()).await.unwrap();
    let shelved = store.shelved(french(site)).await.unwrap().unwrap();
    assert_eq!((shelved.generation, shelved.products, shelved.folder), (3, 1, 3));
    assert_eq!(store.product(french(site), 3, "L1").await.unwrap(), Some(lamp()));
    assert_eq!(store.by_code(french(site), 3, "L1-B").await.unwrap(), Some(lamp()));
    let mut hashes = Vec::new();
    store.known(french(site), 3, |known| hashes.push(known.hash)).await.unwrap();
    assert_eq!(hashes, [99]);
    let run = store.runs(site).await.unwrap().remove(0);
    assert_eq!((run.of(), run.from, run.settings.feed.currency.as_str()), (french(site), ImportFrom::File, "CHF"));
    assert!(run.settings.attended && !run.settings.accept_removals);
    store.close().await;
}

#[tokio::test]
async fn why_a_fetch_failed_in_the_second_release_is_told_by_its_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let of = french(SiteId(Uuid::now_v7()));
    let options = SqliteConnectOptions::new().filename(folder.path().join("catalog.db")).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let all = sqlx::migrate!("src/store/migrations/sqlite-catalog");
    let second = Migrator { migrations: Cow::Owned(all.iter().take(4).cloned().collect()), ..Migrator::DEFAULT };
    second.run(&pool).await.unwrap();
    let told = r#"The shop said: "gone"."#;
    sqlx::query(
        "INSERT INTO feeds (site_id, lang, address, fetched_at, last_outcome, last_fault)
         VALUES ($1, 'fr', 'https://shop.example/feed.xml', 1, 'failed', $2)",
    )
    .bind(of.site.0)
    .bind(told)
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;

    let store = CatalogStore::open(folder.path()).await.unwrap();
    let fetched = store.feed(of).await.unwrap().unwrap().fetched.unwrap();
    assert_eq!(fetched.outcome, FetchOutcome::Failed);
    assert_eq!((fetched.faults[0].code.as_str(), fetched.faults[0].message.as_str()), ("earlier_release", told));
    store.close().await;
}

/// A number beyond what fits a signed one.
const READ_WITH: u64 = u64::MAX - 7;

#[tokio::test]
async fn a_feed_keeps_what_an_admin_said_and_forgets_the_marks_of_another_address() {
    let folder = tempfile::tempdir().unwrap();
    let store = CatalogStore::open(folder.path()).await.unwrap();
    let of = french(SiteId(Uuid::now_v7()));
    assert_eq!(store.feed(of).await.unwrap(), None);
    let address = FeedAddress {
        url: "https://shop.example/feed.xml".into(),
        user: Some("comptoir".into()),
        password: Some("secret".into()),
        every_hours: Some(6),
    };
    assert!(!format!("{address:?}").contains("secret"));
    let mut feed = Feed {
        settings: Some(FeedSettings { tax_rate: Some(550), ..plain() }),
        address: Some(address),
        ..Feed::by_upload(of)
    };
    store.save_feed(&feed).await.unwrap();
    let fetched = Fetched { at: NOW, outcome: FetchOutcome::Imported, faults: Vec::new() };
    let url = "https://shop.example/feed.xml".to_owned();
    assert!(store.note_fetch(of, &url, &fetched, None, Some(NOW)).await.unwrap());
    assert!(!store.note_fetch(of, "https://shop.example/before.xml", &fetched, Some(NOW), None).await.unwrap());
    let date = Some("Thu, 26 Nov 2026 08:00:00 GMT".to_owned());
    let validators = Validators { etag: Some("\"a\"".into()), last_modified: date };
    let file = FetchedFile { url, validators: validators.clone() };
    store.keep_validators(of, &file, READ_WITH).await.unwrap();
    (feed.fetched, feed.validators, feed.due_at) = (Some(fetched), validators.clone(), Some(NOW));
    feed.read_with = Some(READ_WITH);
    assert_eq!(store.feed(of).await.unwrap().as_ref(), Some(&feed));
    let earlier = Timestamp::from_millis(NOW.millis() - 1);
    assert_eq!(store.due_feeds(earlier).await.unwrap(), []);
    assert_eq!(store.due_feeds(NOW).await.unwrap(), std::slice::from_ref(&feed));

    let known = async || store.feed(of).await.unwrap().unwrap().validators;
    feed.address.as_mut().unwrap().every_hours = Some(12);
    store.save_feed(&feed).await.unwrap();
    assert_eq!(known().await, validators, "how it is read is compared when it is fetched");
    feed.address.as_mut().unwrap().url = "https://shop.example/other.xml".into();
    store.save_feed(&feed).await.unwrap();
    assert_eq!(known().await, Validators::default());
    store.keep_validators(of, &file, READ_WITH).await.unwrap();
    assert_eq!(known().await, Validators::default(), "the import was of the old address");
    assert_eq!(store.feeds(SiteId(Uuid::now_v7())).await.unwrap(), []);
    store.close().await;
}

#[tokio::test]
async fn a_site_imports_one_file_at_a_time_and_a_language_waits_for_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = CatalogStore::open(folder.path()).await.unwrap();
    let (one, other) = (SiteId(Uuid::now_v7()), SiteId(Uuid::now_v7()));
    let run = |site: SiteId, lang: &str| NewRun {
        id: ImportId(Uuid::now_v7()),
        site,
        from: ImportFrom::File,
        file: "shop.csv".into(),
        bytes: 1,
        at: NOW,
        settings: RunSettings {
            lang: lang.into(),
            feed: plain(),
            attended: true,
            accept_removals: false,
            fetched: None,
        },
    };
    let (french, english, elsewhere) = (run(one, "fr"), run(one, "en"), run(other, "fr"));
    for run in [&french, &english, &elsewhere] {
        assert!(store.queue(run).await.unwrap());
    }
    assert!(!store.queue(&run(one, "fr-BE")).await.unwrap(), "an import of that catalog waits already");

    assert_eq!(store.claim(NOW).await.unwrap().map(|run| run.id), Some(french.id));
    assert_eq!(store.claim(NOW).await.unwrap().map(|run| run.id), Some(elsewhere.id));
    assert_eq!(store.claim(NOW).await.unwrap(), None);
    store.advance(french.id, &[RunState::Reading], RunState::Done, None).await.unwrap();
    let claimed = store.claim(NOW).await.unwrap().unwrap();
    assert_eq!((claimed.id, claimed.started_at), (english.id, Some(NOW)));
    store.close().await;
}
