//! Feeds that are due, from the request to the import and what is kept of its end.

use uuid::Uuid;

use super::{CSV, LIMITS, Shop, here, say, site, whole};
use crate::jobs::catalog::fetch::schedule::fetch_due;
use crate::jobs::catalog::tests::{settings, until};
use crate::jobs::catalog::{Catalog, feeds};
use crate::protocol::catalog::ImportFrom;
use crate::protocol::feed::{FeedSettings, FetchOutcome};
use crate::protocol::{ImportId, Timestamp};
use crate::store::catalog::{
    CatalogKey, Feed, FeedAddress, LangTag, NewRun, Run, RunSettings, RunState, Validators, Wanted,
};
use crate::store::{Database, Sites};

/// A data folder with one site whose feed is due.
struct Desk {
    _dir: tempfile::TempDir,
    catalog: Catalog,
    sites: Sites,
    of: CatalogKey,
}

impl Desk {
    async fn with(shop: &Shop) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sites = Sites::new(Database::open(dir.path()).await.unwrap());
        sites.add(&site()).await.unwrap();
        let catalog = Catalog::open(dir.path()).await.unwrap();
        let of = CatalogKey { site: site().id, lang: LangTag::of("en") };
        let feed = Feed { address: Some(shop.address()), ..Feed::by_upload(of) };
        catalog.0.store.save_feed(&feed).await.unwrap();
        Self { _dir: dir, catalog, sites, of }
    }

    async fn fetch_now(&self) -> Feed {
        self.catalog.fetch_soon(self.of).await.unwrap();
        self.fetch_due().await;
        self.feed().await
    }

    async fn fetch_due(&self) {
        let now = chrono::Utc::now().into();
        fetch_due(&self.catalog, &self.sites, &here(), LIMITS, now).await.unwrap();
    }

    async fn feed(&self) -> Feed {
        self.catalog.0.store.feed(self.of).await.unwrap().unwrap()
    }

    async fn runs(&self) -> Vec<Run> {
        self.catalog.0.store.runs(self.of.site).await.unwrap()
    }

    /// Products, once no import is open.
    async fn settled(&self) -> u64 {
        until("every import has ended", async || {
            self.runs().await.iter().all(|run| run.state.is_final()).then_some(())
        })
        .await;
        self.catalog.status(&Wanted::in_main(self.of.site, "en")).await.unwrap().products
    }
}

#[actix_rt::test]
async fn a_due_feed_is_imported_and_its_next_time_is_written_down() {
    let shop = Shop::with(whole("ETag: \"7\"\r\n", CSV));
    let desk = Desk::with(&shop).await;
    let _importer = desk.catalog.start().await.unwrap();
    let feed = desk.fetch_now().await;
    let fetched = feed.fetched.unwrap();
    assert_eq!(fetched.outcome, FetchOutcome::Imported);
    assert_eq!(feed.due_at, Some(fetched.at.plus_seconds(6 * 3600)));
    assert_eq!(desk.settled().await, 1);
    assert_eq!(desk.feed().await.validators.etag.as_deref(), Some("\"7\""));
}

#[actix_rt::test]
async fn a_fetch_that_fails_keeps_the_catalog_and_says_why_with_the_feed() {
    let shop = Shop::in_turn(vec![whole("", CSV), "HTTP/1.1 404 Gone\r\n\r\n".to_owned()]);
    let desk = Desk::with(&shop).await;
    let _importer = desk.catalog.start().await.unwrap();
    desk.fetch_now().await;
    assert_eq!(desk.settled().await, 1);
    let fetched = desk.fetch_now().await.fetched.unwrap();
    assert_eq!(fetched.outcome, FetchOutcome::Failed);
    let fault = &fetched.faults[0];
    assert_eq!(fault.code, "nothing_there");
    assert!(fault.message.starts_with("There is nothing at this address"), "{}", fault.message);
    assert_eq!(desk.settled().await, 1);
}

#[actix_rt::test]
async fn a_page_in_place_of_a_feed_is_refused_and_the_file_is_asked_for_again_whole() {
    let page = "<html><body>Sign in</body></html>";
    let shop = Shop::in_turn(vec![whole("ETag: \"7\"\r\n", CSV), whole("ETag: \"8\"\r\n", page)]);
    let desk = Desk::with(&shop).await;
    let _importer = desk.catalog.start().await.unwrap();
    desk.fetch_now().await;
    assert_eq!(desk.settled().await, 1);
    desk.fetch_now().await;
    assert_eq!(desk.settled().await, 1);
    // How the run ended is written with the feed before it is told of the run.
    let fetched = desk.feed().await.fetched.unwrap();
    assert_eq!((fetched.outcome, fetched.faults[0].code.as_str()), (FetchOutcome::Failed, "not_a_table"));
    desk.fetch_now().await;
    let imported = Some("\"7\"".to_owned());
    assert_eq!(shop.asked_with(), [None, imported.clone(), imported], "the page is not what was imported");
}

#[actix_rt::test]
async fn a_feed_that_lost_most_of_its_products_says_so_with_its_figures() {
    let rows = |count: usize| (0..count).map(|n| format!("P{n},Lamp {n},9.00 EUR,,https://shop.example/{n}\n"));
    let feed = |count| format!("id,title,price,availability,link\n{}", rows(count).collect::<String>());
    let shop = Shop::in_turn([10, 4, 10].map(|count| whole("", &feed(count))).to_vec());
    let desk = Desk::with(&shop).await;
    let _importer = desk.catalog.start().await.unwrap();
    desk.fetch_now().await;
    assert_eq!(desk.settled().await, 10);
    desk.fetch_now().await;
    assert_eq!(desk.settled().await, 10);
    let faults = desk.feed().await.fetched.unwrap().faults;
    let numbers = |name: &str| faults[0].numbers[name];
    assert_eq!((faults.len(), faults[0].code.as_str()), (1, "removes_products"));
    assert_eq!((numbers("removed"), numbers("products")), (6, 10));
    desk.fetch_now().await;
    desk.settled().await;
    assert_eq!(desk.feed().await.fetched.unwrap().faults, [], "it is well again");
}

#[actix_rt::test]
async fn a_fetched_run_that_is_cancelled_while_it_waits_is_asked_for_whole_again() {
    let shop = Shop::with(whole("ETag: \"7\"\r\n", CSV));
    let desk = Desk::with(&shop).await;
    desk.fetch_now().await;
    let waiting = desk.runs().await.remove(0);
    desk.catalog.cancel(desk.of.site, waiting.id).await.unwrap();
    let feed = desk.feed().await;
    let fetched = feed.fetched.unwrap();
    assert_eq!((fetched.outcome, fetched.faults[0].code.as_str()), (FetchOutcome::Failed, "import_cancelled"));
    assert_eq!(feed.validators, Validators::default());
    assert!(!desk.catalog.place_for(waiting.id).await.unwrap().exists(), "its file is of no use any more");

    desk.fetch_now().await;
    let _importer = desk.catalog.start().await.unwrap();
    assert_eq!(desk.settled().await, 1);
    desk.fetch_now().await;
    assert_eq!(shop.asked_with(), [None, None, Some("\"7\"".to_owned())]);
}

#[actix_rt::test]
async fn a_feed_whose_settings_changed_is_asked_for_whole() {
    let shop = Shop::with(whole("ETag: \"7\"\r\n", CSV));
    let desk = Desk::with(&shop).await;
    let _importer = desk.catalog.start().await.unwrap();
    desk.fetch_now().await;
    desk.settled().await;
    let changed = FeedSettings { tax_rate: Some(550), ..feeds::of_site(&site()) };
    desk.catalog.save_feed_settings(desk.of, changed.clone()).await.unwrap();
    desk.fetch_now().await;
    desk.settled().await;
    assert_eq!(desk.runs().await[0].settings.feed, changed);
    desk.fetch_now().await;
    assert_eq!(shop.asked_with(), [None, None, Some("\"7\"".to_owned())]);
}

#[actix_rt::test]
async fn a_feed_that_says_nothing_itself_is_asked_for_whole_when_the_site_changed() {
    let shop = Shop::with(whole("ETag: \"7\"\r\n", CSV));
    let desk = Desk::with(&shop).await;
    let _importer = desk.catalog.start().await.unwrap();
    let mark = Some("\"7\"".to_owned());
    let fetched = async || {
        desk.fetch_now().await;
        desk.settled().await;
        shop.asked_with().pop().unwrap()
    };
    assert_eq!((fetched().await, fetched().await), (None, mark.clone()));
    let mut changed = desk.sites.by_id(desk.of.site).await.unwrap().unwrap();
    for (currency, shop_url) in [("CHF", "https://shop.example"), ("CHF", "https://other.example")] {
        (changed.currency, changed.shop_url) = (currency.to_owned(), Some(shop_url.to_owned()));
        desk.sites.save(&changed).await.unwrap();
        assert_eq!((fetched().await, fetched().await), (None, mark.clone()), "{currency} {shop_url}");
    }
}

#[actix_rt::test]
async fn settings_that_change_while_a_feed_is_imported_ask_for_it_whole_the_next_time() {
    let shop = Shop::with(whole("ETag: \"7\"\r\n", CSV));
    let desk = Desk::with(&shop).await;
    desk.fetch_now().await;
    let changed = FeedSettings { tax_rate: Some(550), ..feeds::of_site(&site()) };
    desk.catalog.save_feed_settings(desk.of, changed).await.unwrap();
    let _importer = desk.catalog.start().await.unwrap();
    desk.settled().await;
    assert_eq!(desk.feed().await.validators.etag.as_deref(), Some("\"7\""), "of how it was read");
    desk.fetch_now().await;
    assert_eq!(shop.asked_with(), [None, None]);
}

impl Desk {
    /// Fetches what is due, and saves another address while its download stands still; what was saved.
    async fn saved_meanwhile(&self, shop: Held, address: FeedAddress) -> Feed {
        self.catalog.0.store.schedule(self.of, Some(Timestamp::EPOCH)).await.unwrap();
        let change = async {
            shop.was_asked.await.unwrap();
            let feed = Feed { address: Some(address), ..self.feed().await };
            self.catalog.save_feed(&feed).await.unwrap();
            shop.go_on.send(()).unwrap();
            self.feed().await
        };
        tokio::join!(self.fetch_due(), change).1
    }
}

/// A shop whose first answer waits.
struct Held {
    was_asked: tokio::sync::oneshot::Receiver<()>,
    go_on: std::sync::mpsc::Sender<()>,
}

fn held() -> (Shop, Held) {
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    let (go_on, may_go_on) = std::sync::mpsc::channel::<()>();
    let mut asked = Some(asked);
    let shop = Shop::open(move |_, stream| {
        asked.take().unwrap().send(()).unwrap();
        may_go_on.recv().unwrap();
        say(stream, &whole("ETag: \"7\"\r\n", CSV));
    });
    (shop, Held { was_asked, go_on })
}

#[actix_rt::test]
async fn an_address_that_changes_during_its_download_wins() {
    let (shop, held) = held();
    let desk = Desk::with(&shop).await;
    let other = FeedAddress { url: "https://shop.example/other.csv".to_owned(), ..shop.address() };
    let saved = desk.saved_meanwhile(held, other).await;
    assert_eq!(desk.feed().await, saved, "neither the outcome nor the next time of the old address is written");
    assert!(desk.runs().await.is_empty(), "what came from the old address is not imported");
    assert!(std::fs::read_dir(desk.catalog.imports()).unwrap().next().is_none(), "nor kept");
}

#[actix_rt::test]
async fn a_password_that_is_corrected_during_a_download_is_used_at_once() {
    let (shop, held) = held();
    let desk = Desk::with(&shop).await;
    let corrected = FeedAddress { password: Some("right".to_owned()), ..shop.address() };
    let saved = desk.saved_meanwhile(held, corrected).await;
    let feed = desk.feed().await;
    assert!(feed.fetched.is_some() && saved.due_at > Some(Timestamp::EPOCH));
    assert_eq!(feed.due_at, saved.due_at, "the fetch that began before does not put it off");
}

#[actix_rt::test]
async fn an_open_import_stops_the_fetch_of_its_own_language_only() {
    let shop = Shop::with(whole("", CSV));
    let desk = Desk::with(&shop).await;
    let queue = async |lang: &str| {
        let settings = RunSettings { lang: lang.to_owned(), ..settings(true) };
        let (id, from, at) = (ImportId(Uuid::now_v7()), ImportFrom::File, chrono::Utc::now().into());
        let run = NewRun { id, site: desk.of.site, from, file: String::new(), bytes: 0, at, settings };
        desk.catalog.queue(run).await.unwrap();
        id
    };
    let english = queue("en-GB").await;
    let feed = desk.fetch_now().await;
    assert_eq!((shop.asked_with().len(), feed.fetched), (0, None));
    assert!(feed.due_at > Some(chrono::Utc::now().into()), "its turn comes later");
    desk.catalog.cancel(desk.of.site, english).await.unwrap();

    queue("fr").await;
    desk.fetch_now().await;
    let runs = desk.runs().await;
    let open = runs.iter().filter(|run| run.state == RunState::Queued).map(|run| run.of().lang.to_string());
    assert_eq!(open.collect::<Vec<_>>(), ["en", "fr"]);
}
