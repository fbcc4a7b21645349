//! The three tabs: order, pages, words, and that they are read by index.

use std::sync::Arc;

use super::{Talk, add_site, agent, closed, message, named, queued, someone, taken};
use crate::protocol::{AgentRef, ConversationId, EventBody, QueueReason, SiteId, Timestamp};
use crate::store::lists::{Cursor, Page, Tab};
use crate::store::log::ConversationLog;
use crate::store::{Database, Lists, SqliteLog, Writer};

struct Shop {
    log: Arc<SqliteLog>,
    lists: Lists,
    site: SiteId,
    database: Database,
    _writer: Writer,
    _dir: tempfile::TempDir,
}

impl Shop {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::open(dir.path()).await.unwrap();
        let site = add_site(&database, "shop").await;
        let (log, writer) = SqliteLog::start(&database);
        Self { log, lists: Lists::new(&database), site, database, _writer: writer, _dir: dir }
    }

    /// A conversation in which this happened, the last of it at `at`.
    async fn with(&self, at: i64, bodies: Vec<EventBody>) -> Talk {
        self.with_on(self.site, at, bodies).await
    }

    async fn with_on(&self, site: SiteId, at: i64, bodies: Vec<EventBody>) -> Talk {
        let mut talk = Talk::new(site, someone());
        self.log.append(talk.begin()).await.unwrap();
        let state = talk.state.clone();
        let mut append = talk.then(bodies);
        talk.state = state;
        for event in &mut append.events {
            event.at = Timestamp::from_millis(at);
            talk.state = crate::rules::conversation::apply(talk.state, event);
        }
        append.state = talk.state.clone();
        self.log.append(append).await.unwrap();
        talk
    }

    async fn closed_with(&self, at: i64, mut bodies: Vec<EventBody>) -> Talk {
        let by = agent("Camille");
        bodies.extend([queued(), taken(&by), closed(&by)]);
        self.with(at, bodies).await
    }

    async fn found(&self, words: &str) -> Vec<ConversationId> {
        ids(&self.lists.page(&[self.site], Tab::History, words, None, 50).await.unwrap())
    }
}

fn ids(page: &Page) -> Vec<ConversationId> {
    page.items.iter().map(|stored| stored.state.id).collect()
}

#[tokio::test]
async fn whoever_lost_their_agent_is_before_whoever_waits_longest() {
    let shop = Shop::new().await;
    let noor = agent("Noor");
    let second = shop.with(2_000, vec![queued()]).await;
    let first = shop.with(1_000, vec![queued()]).await;
    let gone = EventBody::ConversationQueued { reason: QueueReason::AgentGone { agent: noor.clone() } };
    let lost = shop.with(3_000, vec![queued(), taken(&noor), gone]).await;

    let page = shop.lists.page(&[shop.site], Tab::Waiting, "", None, 50).await.unwrap();

    assert_eq!(ids(&page), [lost.state.id, first.state.id, second.state.id]);
    assert_eq!(page.next, None);
}

#[tokio::test]
async fn in_progress_is_mine_or_my_colleagues() {
    let shop = Shop::new().await;
    let (camille, noor) = (agent("Camille"), agent("Noor"));
    let mine = shop.with(1_000, vec![queued(), taken(&camille)]).await;
    let hers = shop.with(2_000, vec![queued(), taken(&noor)]).await;

    for (tab, expected) in [
        (Tab::Mine(camille.id), mine.state.id),
        (Tab::Colleagues(camille.id), hers.state.id),
        (Tab::Mine(noor.id), hers.state.id),
    ] {
        let page = shop.lists.page(&[shop.site], tab, "", None, 50).await.unwrap();
        assert_eq!(ids(&page), [expected], "{tab:?}");
    }
}

#[tokio::test]
async fn pages_of_several_sites_neither_repeat_nor_hide_a_row_while_others_come_and_go() {
    let shop = Shop::new().await;
    let other = add_site(&shop.database, "other").await;
    let hidden = add_site(&shop.database, "hidden").await;
    let by = agent("Camille");
    let end = || vec![queued(), taken(&by), closed(&by)];
    let mut expected = Vec::new();
    for i in 0..25 {
        // Several share an instant: the id then decides.
        let site = if i % 2 == 0 { shop.site } else { other };
        let talk = shop.with_on(site, 1_000 * (i / 3), end()).await;
        expected.push((i / 3, talk.state.id));
    }
    shop.with_on(hidden, 500, end()).await;
    expected.sort_unstable();
    expected.reverse();

    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = shop.lists.page(&[shop.site, other], Tab::History, "", after, 4).await.unwrap();
        assert!(page.items.len() <= 4);
        seen.extend(ids(&page));
        // Newer ones that arrive in between belong to pages already read.
        shop.with(9_000_000, end()).await;
        after = match page.next {
            Some(next) => Cursor::parse(&next.to_text()),
            None => break,
        };
        assert!(after.is_some());
    }
    assert_eq!(seen, expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
}

#[tokio::test]
async fn history_is_found_by_words_of_different_events_without_accents_and_while_typing() {
    let shop = Shop::new().await;
    let lamp = shop
        .closed_with(1_000, vec![named("Élodie Fabre"), message("La lampe à abat-jour est-elle en stock ?")])
        .await
        .state
        .id;
    let chair =
        shop.closed_with(2_000, vec![named("Paul"), message("une chaise, 100% \"bois\" de chêne")]).await.state.id;
    shop.with(3_000, vec![named("Paul"), message("une lampe"), queued()]).await;

    for (words, expected) in [
        ("lampe", vec![lamp]),
        ("LAMPE elodie", vec![lamp]),
        ("fabre abat-jour", vec![lamp]),
        ("lam", vec![lamp]),
        ("lam elodie", vec![]),
        ("chene", vec![chair]),
        ("\"bois\"", vec![chair]),
        ("une", vec![chair]),
        ("100%", vec![chair]),
        ("lampe paul", vec![]),
        ("lampe OR paul", vec![]),
        ("text:lampe", vec![]),
        ("(", vec![]),
        ("", vec![chair, lamp]),
        ("   ", vec![chair, lamp]),
    ] {
        assert_eq!(shop.found(words).await, expected, "{words}");
    }
}

#[tokio::test]
async fn what_is_around_a_conversation_comes_with_it() {
    let shop = Shop::new().await;
    let by = agent("Camille");
    let earlier = shop.closed_with(1_000, vec![message("first time")]).await;
    let mut talk = Talk::new(shop.site, earlier.state.visitor);
    let mut begin = talk.begin();
    begin.device = Some("Firefox · Android".into());
    shop.log.append(begin).await.unwrap();
    shop.log.append(talk.then(vec![message("back again"), queued(), taken(&by)])).await.unwrap();

    let around = shop.lists.around(shop.site, talk.state.id).await.unwrap().unwrap();

    assert_eq!(around.device, "Firefox · Android");
    assert_eq!(around.earlier.iter().map(|stored| stored.state.id).collect::<Vec<_>>(), [earlier.state.id]);
    assert!(shop.lists.around(SiteId(uuid::Uuid::now_v7()), talk.state.id).await.unwrap().is_none());
}

#[tokio::test]
async fn every_tab_is_read_by_an_index_that_is_already_in_its_order() {
    let shop = Shop::new().await;
    let AgentRef { id, .. } = agent("Camille");
    let after = Cursor::parse(&"A".repeat(34));
    assert!(after.is_some());
    for tab in [Tab::Waiting, Tab::Mine(id), Tab::History] {
        for after in [None, after] {
            let plan = shop.lists.plan(shop.site, tab, after).await.unwrap().join("\n");
            assert!(plan.contains("SEARCH c USING INDEX"), "{tab:?}\n{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{tab:?}\n{plan}");
        }
    }
}

#[test]
fn a_cursor_that_is_not_ours_is_refused() {
    for text in ["", "x", "AAAA", "not a cursor at all", &"A".repeat(33), &"A".repeat(36)] {
        assert_eq!(Cursor::parse(text), None, "{text}");
    }
}
