//! The promise: what was acknowledged is on disk, exactly once, in the order of sending,
//! whatever happens to the process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;
#[path = "support/visitor.rs"]
mod visitor;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use comptoir::http::sites::new_site;
use comptoir::protocol::admin::NewSite;
use comptoir::protocol::{SiteId, Timestamp};
use comptoir::store::bots::Bots;
use comptoir::store::catalog::{Run, RunState};
use comptoir::store::{CatalogStore, Database, Sites};
use support::{PATIENCE, Server, comptoir};
use uuid::Uuid;
use visitor::Visitor;

const STORE: &str = "https://shop.example";
const VISITORS: usize = 10;
const KILLS: u32 = 20;
/// The promise is two seconds; a busy machine gets more before a test says so.
const STOP_MAX: Duration = Duration::from_secs(15);

const BOT: &str = r#"
format = 1
[bot]
name = { fr = "Aide" }
languages = ["fr"]
timezone = "Europe/Paris"
[fields]
email = { type = "email", ask = { fr = "À quelle adresse ?" }, label = { fr = "E-mail" } }
[start]
goto = "accueil"
[steps.accueil]
say = { fr = "Bonjour, que puis-je pour vous ?" }
buttons = [{ label = { fr = "Rien" }, goto = "@end" }]
[leave_message]
collect = ["email"]
say = { fr = "Merci." }
"#;

/// A folder with a site that chats; its public key.
async fn shop(dir: &Path) -> String {
    let database = Database::open(dir).await.unwrap();
    let given = NewSite {
        name: "Lampes".into(),
        origins: vec![STORE.into()],
        lang: "fr".into(),
        currency: "EUR".into(),
        shop_url: None,
    };
    let now = Timestamp::from(chrono::Utc::now());
    let site = new_site(&given, SiteId(Uuid::now_v7()), now).unwrap();
    Sites::new(database.clone()).add(&site).await.unwrap();
    Bots::new(database.clone()).publish(site.id, BOT, None, now).await.unwrap();
    database.close().await;
    site.key
}

/// Sends text after text, through whatever happens, until told to stop; then finishes the last one.
async fn send_on(server: SocketAddr, key: String, name: usize, enough: Arc<AtomicBool>) -> Visitor {
    let mut visitor = Visitor::of(server, STORE, &key);
    let mut sent = 0;
    while !enough.load(Ordering::SeqCst) || visitor.pending.is_some() {
        if visitor.pending.is_none() {
            sent += 1;
        }
        if visitor.say(&format!("visitor {name} says {sent}")).await.is_err() {
            // The server is down; a browser would wait longer.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    visitor
}

/// What the database has of a conversation, as (number, text of the visitor if it is one).
async fn on_disk(database: &Database, conversation: &str) -> Vec<(u64, Option<String>)> {
    let rows: Vec<(i64, Option<String>)> = sqlx::query_as(
        "SELECT e.seq, CASE WHEN e.type = 'message_posted' THEN json_extract(e.body, '$.text') END
         FROM events e JOIN conversations c ON c.number = e.conversation WHERE c.id = $1 ORDER BY e.seq",
    )
    .bind(conversation.parse::<Uuid>().unwrap())
    .fetch_all(database.read())
    .await
    .unwrap();
    rows.into_iter().map(|(seq, text)| (seq.cast_unsigned(), text)).collect()
}

/// I1 to I5: all there, once, without holes, in the order of sending, as it was seen.
async fn assert_kept(database: &Database, visitor: &Visitor) {
    let stored = on_disk(database, visitor.conversation.as_ref().unwrap()).await;
    let numbers: Vec<u64> = stored.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(numbers, (1..=stored.len() as u64).collect::<Vec<_>>(), "numbers have a hole");
    let texts: Vec<(String, u64)> = stored.iter().filter_map(|(seq, text)| Some((text.clone()?, *seq))).collect();
    assert_eq!(texts, visitor.acknowledged, "acknowledged messages are not there once and in order");
    for (seq, event) in &visitor.seen {
        let (_, text) = stored.get(usize::try_from(seq - 1).unwrap()).expect("an event was seen that is not there");
        if event["body"]["type"] == "message_posted" {
            assert_eq!(event["body"]["text"].as_str(), text.as_deref());
        }
    }
}

/// Of a server that has ended.
async fn assert_all_kept(folder: &Path, visitors: &[Visitor]) {
    let database = Database::open(folder).await.unwrap();
    for visitor in visitors {
        assert_kept(&database, visitor).await;
    }
    assert_sound(&database).await;
}

async fn assert_sound(database: &Database) {
    for (what, sql) in [
        (
            "a command without its event",
            "SELECT count(*) FROM commands k LEFT JOIN events e
          ON e.conversation = k.conversation AND e.seq = k.seq WHERE e.seq IS NULL",
        ),
        (
            "a head that is not the last event",
            "SELECT count(*) FROM conversations c
          WHERE head <> (SELECT max(seq) FROM events e WHERE e.conversation = c.number)
             OR head <> (SELECT count(*) FROM events e WHERE e.conversation = c.number)",
        ),
        (
            "two open conversations of a visitor",
            "SELECT count(*) FROM (SELECT 1 FROM conversations
          WHERE stage <> 'closed' GROUP BY site_id, visitor_id HAVING count(*) > 1)",
        ),
        ("a damaged file", "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        ("a broken reference", "SELECT count(*) FROM pragma_foreign_key_check"),
    ] {
        let found: i64 = sqlx::query_scalar(sql).fetch_one(database.read()).await.unwrap();
        assert_eq!(found, 0, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_while_ten_visitors_send_lose_nothing_and_double_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let key = shop(dir.path()).await;
    let mut server = Server::start(dir.path());
    let address = server.address;
    let enough = Arc::new(AtomicBool::new(false));
    let visitors: Vec<_> =
        (0..VISITORS).map(|name| tokio::spawn(send_on(address, key.clone(), name, enough.clone()))).collect();

    for kill in 0..KILLS {
        // Never in step with what the server does: from its first frames to the middle of a stream.
        tokio::time::sleep(Duration::from_millis(u64::from(60 + kill * 97 % 700))).await;
        server.kill();
        server = Server::listening(dir.path(), &address.to_string());
    }
    enough.store(true, Ordering::SeqCst);
    let mut done = Vec::new();
    for visitor in visitors {
        done.push(visitor.await.unwrap());
    }
    // Whoever comes back sees everything, without a reload.
    for visitor in &mut done {
        let (_, last) = visitor.acknowledged.last().unwrap().clone();
        visitor.catch_up(last).await.unwrap();
    }
    server.kill();

    assert_all_kept(dir.path(), &done).await;
    let (sent, connections) = done.iter().fold((0, 0), |(sent, connections), visitor| {
        (sent + visitor.acknowledged.len(), connections + visitor.connections)
    });
    eprintln!("{sent} messages over {connections} connections");
    assert!(sent >= VISITORS * 20, "only {sent} messages were sent");
    assert!(connections >= KILLS, "only {connections} connections were made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_under_load_ends_in_two_seconds_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let key = shop(dir.path()).await;
    let server = Server::start(dir.path());
    let address = server.address;
    let enough = Arc::new(AtomicBool::new(false));
    let visitors: Vec<_> =
        (0..VISITORS).map(|name| tokio::spawn(send_on(address, key.clone(), name, enough.clone()))).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;

    let (status, took) = tokio::task::spawn_blocking(|| server.terminate()).await.unwrap();

    assert_eq!(status.code(), Some(0));
    assert!(took < STOP_MAX, "{took:?}");
    let server = Server::listening(dir.path(), &address.to_string());
    enough.store(true, Ordering::SeqCst);
    let mut done = Vec::new();
    for visitor in visitors {
        done.push(visitor.await.unwrap());
    }
    server.kill();
    assert_all_kept(dir.path(), &done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_tells_every_browser_when_to_come_back_beside_some_that_never_read() {
    let dir = tempfile::tempdir().unwrap();
    let key = shop(dir.path()).await;
    let server = Server::start(dir.path());
    let mut readers: Vec<Visitor> = (0..60).map(|_| Visitor::of(server.address, STORE, &key)).collect();
    let mut silent: Vec<Visitor> = (0..6).map(|_| Visitor::of(server.address, STORE, &key)).collect();
    for visitor in readers.iter_mut().chain(&mut silent) {
        visitor.arrive().await;
    }

    let stop = tokio::task::spawn_blocking(|| server.terminate());
    let mut waits = std::collections::BTreeSet::new();
    for visitor in &mut readers {
        let (last, code) = visitor.farewell().await;
        assert_eq!((last["type"].as_str(), last["reason"].as_str()), (Some("closing"), Some("restart")), "{last}");
        assert_eq!(code, Some(1012));
        waits.insert(last["retry_ms"].as_u64().unwrap());
    }
    let (status, took) = stop.await.unwrap();

    assert_eq!(status.code(), Some(0));
    assert!(took < STOP_MAX, "{took:?}");
    assert!(waits.len() > 10 && *waits.last().unwrap() <= 3_000, "they would all come at once: {waits:?}");
}

/// Rows that take an import much longer than the messages that are sent meanwhile.
const ROWS: usize = 150_000;
/// Messages of one visitor that must be acknowledged while an import goes on.
const MEANWHILE: usize = 10;

/// Waits for what a run comes to; no import of this size takes as long.
async fn until(what: &str, mut wish: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !wish().await {
        assert!(begun.elapsed() < 12 * PATIENCE, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A visitor's next messages, each sent until it is acknowledged.
async fn say_some(visitor: &mut Visitor, word: &str) {
    for number in 0..MEANWHILE {
        let text = format!("{word} {number}");
        until("a message is acknowledged", async || visitor.say(&text).await.is_ok()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_acknowledged_while_a_large_import_runs_is_killed_and_runs_again() {
    let dir = tempfile::tempdir().unwrap();
    let key = shop(dir.path()).await;
    let feed = dir.path().join("feed.csv");
    let rows = (0..ROWS).map(|n| format!("N{n},Coussin {n},19.00,https://shop.example/n{n}\n"));
    std::fs::write(&feed, format!("id,title,price,link\n{}", rows.collect::<String>())).unwrap();
    let mut server = Server::start(dir.path());
    let address = server.address;
    let store = CatalogStore::open(dir.path()).await.unwrap();
    let site = Sites::new(Database::open(dir.path()).await.unwrap()).all().await.unwrap()[0].id;
    let run = async || store.runs(site).await.unwrap().into_iter().next();
    let is_at_work = |run: &Run| matches!(run.state, RunState::Reading | RunState::Indexing) && run.rows_read > 0;

    let enough = Arc::new(AtomicBool::new(false));
    let others: Vec<_> =
        (0..VISITORS).map(|name| tokio::spawn(send_on(address, key.clone(), name, enough.clone()))).collect();
    let mut witness = Visitor::of(address, STORE, &key);
    say_some(&mut witness, "before").await;
    let arguments = ["catalog", "import", feed.to_str().unwrap(), "--data", dir.path().to_str().unwrap()];
    let mut importing = comptoir(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();

    until("rows are read", async || run().await.as_ref().is_some_and(is_at_work)).await;
    say_some(&mut witness, "during").await;
    let killed = run().await.unwrap();
    assert!(is_at_work(&killed), "it ended before the messages did: {killed:?}");
    server.kill();
    server = Server::listening(dir.path(), &address.to_string());
    let began_again = |run: &Run| is_at_work(run) && run.started_at > killed.started_at;
    until("it runs again", async || run().await.as_ref().is_some_and(began_again)).await;
    say_some(&mut witness, "again").await;
    assert!(is_at_work(&run().await.unwrap()), "it ended before the messages did");

    until("it has ended", async || run().await.is_some_and(|run| run.state == RunState::Done)).await;
    let ended = tokio::task::spawn_blocking(move || importing.wait().unwrap()).await.unwrap();
    assert_eq!(ended.code(), Some(0));
    let report = run().await.unwrap().report.unwrap();
    assert_eq!((report.added, report.rejected), (ROWS as u64, 0));
    enough.store(true, Ordering::SeqCst);
    let mut done = vec![witness];
    for visitor in others {
        done.push(visitor.await.unwrap());
    }
    server.kill();
    assert_all_kept(dir.path(), &done).await;
    assert_eq!(done[0].acknowledged.len(), 3 * MEANWHILE);
    assert!(done.iter().all(|visitor| visitor.connections >= 2), "somebody did not notice the kill");
}
