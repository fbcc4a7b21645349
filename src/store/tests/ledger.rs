//! The ledger says what the log says, whichever way its rows were made.

use super::{Talk, add_site, agent, closed, queued, someone, taken};
use crate::protocol::catalog::{CardAvailability, ProductComparison};
use crate::protocol::ledger::{LedgerEntry, LedgerSum};
use crate::protocol::{AgentRef, CardMark, Event, EventBody, ProductCard, ProductId, SiteId, Timestamp};
use crate::rules::ledger::{Entry, Reached, entry};
use crate::store::ledger::Filter;
use crate::store::log::ConversationLog;
use crate::store::memory::MemoryLog;
use crate::store::{Database, Ledger, Pins, SqliteLog};

fn card(product: &str) -> ProductCard {
    ProductCard {
        product: ProductId(product.into()),
        sku: None,
        title: format!("The {product}"),
        variant: String::new(),
        price: None,
        regular_price: None,
        availability: CardAvailability::InStock,
        stock: None,
        image: None,
        link: None,
        external_id: None,
    }
}

fn recommended(by: &AgentRef, product: &str) -> EventBody {
    EventBody::ProductRecommended { by: by.clone(), card: card(product) }
}

fn compared(by: &AgentRef, products: &[&str]) -> EventBody {
    let cards = products.iter().map(|product| card(product)).collect();
    EventBody::ProductsCompared { by: by.clone(), comparison: ProductComparison { cards, rows: Vec::new() } }
}

fn marked(card: u64, mark: CardMark, product: Option<&str>) -> EventBody {
    EventBody::CardMarked { card, mark, product: product.map(|product| ProductId(product.into())) }
}

/// A conversation in which three products were sent, and what became of them.
fn sold(site: SiteId, by: &AgentRef) -> (Talk, Vec<crate::store::log::Append>) {
    let mut talk = Talk::new(site, someone());
    let appends = vec![
        talk.begin(),
        talk.then(vec![queued(), taken(by), recommended(by, "lamp")]),
        talk.then(vec![compared(by, &["vase", "bowl"]), marked(5, CardMark::Seen, None)]),
        talk.then(vec![marked(4, CardMark::Opened, None), marked(5, CardMark::Added, Some("bowl"))]),
        talk.then(vec![closed(by), marked(4, CardMark::Added, None)]),
    ];
    (talk, appends)
}

/// The ledger's entries as the log alone gives them, the newest first.
fn folded(talk: &Talk, events: &[Event]) -> Vec<LedgerEntry> {
    let mut entries: Vec<LedgerEntry> = Vec::new();
    for event in events {
        match entry(&event.body) {
            Entry::Nothing => {}
            Entry::Sent { by, cards, compared } => entries.extend(cards.iter().map(|card| LedgerEntry {
                conversation: talk.state.id,
                card: event.seq,
                compared,
                by: by.clone(),
                product: card.product.clone(),
                sku: card.sku.clone(),
                title: card.title.clone(),
                sent_at: event.at,
                seen_at: None,
                opened_at: None,
                added_at: None,
            })),
            Entry::Marked { card, mark, product } => {
                let marked = |entry: &&mut LedgerEntry| {
                    entry.card == card && product.is_none_or(|product| *product == entry.product)
                };
                for entry in entries.iter_mut().filter(marked) {
                    let before = Reached { seen: entry.seen_at, opened: entry.opened_at, added: entry.added_at };
                    let Reached { seen, opened, added } = before.with(mark, event.at);
                    (entry.seen_at, entry.opened_at, entry.added_at) = (seen, opened, added);
                }
            }
        }
    }
    entries.reverse();
    entries
}

async fn all(ledger: &Ledger, site: SiteId) -> Vec<LedgerEntry> {
    ledger.page(site, &Filter::default(), None, 100).await.unwrap().entries
}

#[tokio::test]
async fn the_rows_of_the_database_are_the_fold_of_the_log_and_are_made_again_from_it() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let site = add_site(&database, "shop").await;
    let ledger = Ledger::open(&database).await.unwrap();
    let (sqlite, _writer) = SqliteLog::start(&database);
    let memory = MemoryLog::default();
    let camille = agent("Camille");
    let (talk, appends) = sold(site, &camille);
    for append in appends {
        memory.append(append.clone()).await.unwrap();
        sqlite.append(append).await.unwrap();
    }
    for log in [&memory as &dyn ConversationLog, &*sqlite] {
        let events = log.since(site, talk.state.id, 0, usize::MAX).await.unwrap().events;
        assert_eq!(all(&ledger, site).await, folded(&talk, &events));
    }
    let written = all(&ledger, site).await;
    assert_eq!(written.len(), 3);

    ledger.rebuild().await.unwrap();
    assert_eq!(all(&ledger, site).await, written);
    let mut tx = database.write().await.unwrap();
    sqlx::query("DELETE FROM recommendations").execute(&mut *tx).await.unwrap();
    sqlx::query("DELETE FROM projections").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let ledger = Ledger::open(&database).await.unwrap();
    assert_eq!(all(&ledger, site).await, written, "a folder of an earlier release gets its rows at its first start");
}

#[tokio::test]
async fn the_ledger_sums_pages_and_narrows() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let (site, other) = (add_site(&database, "shop").await, add_site(&database, "other").await);
    let ledger = Ledger::open(&database).await.unwrap();
    let (log, _writer) = SqliteLog::start(&database);
    let (camille, noor) = (agent("Camille"), agent("Noor"));
    for (site, by) in [(site, &camille), (site, &camille), (site, &noor), (other, &noor)] {
        for append in sold(site, by).1 {
            log.append(append).await.unwrap();
        }
    }
    let sum = |sent, seen, opened, added| LedgerSum { sent, seen, opened, added };
    let every = Filter::default();
    assert_eq!(ledger.total(site, &every).await.unwrap(), sum(9, 9, 3, 6));
    let agents = ledger.agents(site, &every).await.unwrap();
    let agents: Vec<_> = agents.iter().map(|agent| (agent.by.first_name.as_str(), agent.sum)).collect();
    assert_eq!(agents, [("Camille", sum(6, 6, 2, 4)), ("Noor", sum(3, 3, 1, 2))]);
    let vase = ledger.products(site, &every).await.unwrap().into_iter().find(|one| one.product.0 == "vase").unwrap();
    assert_eq!((vase.title.as_str(), vase.sum), ("The vase", sum(3, 3, 0, 0)));

    let hers = Filter { agent: Some(noor.id), ..Filter::default() };
    assert_eq!(ledger.total(site, &hers).await.unwrap(), sum(3, 3, 1, 2));
    let late = Filter { from: Some(Timestamp::from_millis(5_000)), ..Filter::default() };
    assert_eq!(ledger.total(site, &late).await.unwrap(), sum(6, 6, 0, 3));
    let lamps = Filter { product: Some(ProductId("lamp".into())), to: late.from, ..Filter::default() };
    assert_eq!(ledger.total(site, &lamps).await.unwrap(), sum(3, 3, 3, 3));

    let (mut read, mut after) = (Vec::new(), None);
    loop {
        let page = ledger.page(site, &every, after, 4).await.unwrap();
        read.extend(page.entries);
        after = page.next.map(|place| crate::store::ledger::Place::parse(&place.to_text()).unwrap());
        if after.is_none() {
            break;
        }
    }
    assert_eq!(read, all(&ledger, site).await);
    let recent = ledger.recent(site, noor.id, 3).await.unwrap();
    assert_eq!(recent.iter().map(|product| product.0.as_str()).collect::<Vec<_>>(), ["bowl", "vase", "lamp"]);
    assert_eq!(ledger.recent(site, noor.id, 2).await.unwrap(), recent[..2]);
}

#[tokio::test]
async fn conversations_of_the_test_page_are_in_no_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let site = add_site(&database, "shop").await;
    let ledger = Ledger::open(&database).await.unwrap();
    let (log, _writer) = SqliteLog::start(&database);
    let camille = agent("Camille");
    let mut talk = Talk::new(site, someone());
    let start =
        EventBody::ConversationStarted { previous: None, lang: "fr".into(), page: None, bot_version: 1, test: true };
    log.append(talk.then(vec![start, queued(), taken(&camille), recommended(&camille, "lamp")])).await.unwrap();
    assert!(all(&ledger, site).await.is_empty());
    ledger.rebuild().await.unwrap();
    assert!(all(&ledger, site).await.is_empty());
}

#[tokio::test]
async fn what_found_nothing_is_counted_by_what_was_asked_and_the_longest_unasked_makes_room() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let (site, other) = (add_site(&database, "shop").await, add_site(&database, "other").await);
    let ledger = Ledger::open(&database).await.unwrap();
    let at = Timestamp::from_millis;
    let most = i64::from(crate::store::ledger::EMPTY_QUERIES_MAX);
    for n in 0..most {
        ledger.found_nothing(site, "fr", &n.to_string(), &n.to_string(), at(n)).await.unwrap();
    }
    ledger.found_nothing(site, "fr", "theiere", "Théière", at(most)).await.unwrap();
    ledger.found_nothing(site, "fr", "theiere", "theiere", at(most + 1)).await.unwrap();
    ledger.found_nothing(other, "fr", "theiere", "theiere", at(most)).await.unwrap();

    let kept = ledger.empty_queries(site, None, None).await.unwrap();
    assert_eq!((kept.len() as i64, kept[0].text.as_str(), kept[0].times), (most, "theiere", 2));
    assert!(kept.iter().all(|query| query.text != "0"), "the oldest made room");
    assert_eq!(ledger.empty_queries(site, Some(at(most)), None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_agents_twenty_first_pin_takes_the_place_of_the_oldest() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let site = add_site(&database, "shop").await;
    let pins = Pins::new(database);
    let camille = agent("Camille").id;
    let product = |n: i64| ProductId(format!("p{n}"));
    for n in 0..=20 {
        pins.pin(site, camille, &product(n), Timestamp::from_millis(n)).await.unwrap();
    }
    pins.pin(site, camille, &product(1), Timestamp::from_millis(30)).await.unwrap();
    pins.unpin(site, camille, &product(20)).await.unwrap();
    let kept = pins.of(site, camille).await.unwrap();
    assert_eq!((kept.len(), &kept[0], kept.last().unwrap()), (19, &product(1), &product(2)));
    assert!(pins.of(site, agent("Noor").id).await.unwrap().is_empty());
}
