//! What every [`ConversationLog`] must do, run on each of them by the same tests.

use std::any::Any;
use std::sync::Arc;

use futures_util::future::join_all;
use uuid::Uuid;

use super::{Talk, add_site, agent, closed, key, message, named, queued, someone, taken};
use crate::protocol::{
    AgentRef, CommandId, ConversationId, Event, Mark, Marks, PageRef, PageVisit, SiteId, Timestamp, VisitId,
};
use crate::store::log::{Append, Appended, CommandKey, ConversationLog};
use crate::store::memory::MemoryLog;
use crate::store::{Database, SqliteLog, StoreError};

/// A log with a site that it knows.
pub(super) struct Subject {
    pub log: Arc<dyn ConversationLog>,
    pub site: SiteId,
    /// What must live as long as the log.
    _kept: Box<dyn Any>,
}

async fn sqlite() -> Subject {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let site = add_site(&database, "shop").await;
    let (log, writer) = SqliteLog::start(&database);
    Subject { log, site, _kept: Box::new((writer, database, dir)) }
}

fn memory() -> Subject {
    Subject { log: Arc::new(MemoryLog::default()), site: SiteId(Uuid::now_v7()), _kept: Box::new(()) }
}

fn visit(page: &str, at: i64) -> PageVisit {
    let page = PageRef { url: format!("https://shop.example/{page}"), title: page.into() };
    PageVisit { id: VisitId(Uuid::now_v7()), page, at: Timestamp::from_millis(at) }
}

async fn events_of(subject: &Subject, talk: &Talk) -> Vec<Event> {
    subject.log.since(subject.site, talk.state.id, 0, usize::MAX).await.unwrap().events
}

/// One conversation with one text in it.
async fn begun(subject: &Subject) -> Talk {
    let mut talk = Talk::new(subject.site, someone());
    let append = talk.begin();
    assert_eq!(subject.log.append(append).await.unwrap(), Appended::Written);
    talk
}

macro_rules! every_log {
    ($($(#[$attribute:meta])* async fn $name:ident($subject:ident) $body:block)+) => {
        $(async fn $name($subject: Subject) $body)+

        mod sqlite {
            $(#[tokio::test] $(#[$attribute])* async fn $name() { super::$name(super::sqlite().await).await })+
        }

        mod memory {
            $(#[tokio::test] $(#[$attribute])* async fn $name() { super::$name(super::memory()).await })+
        }
    };
}

every_log! {
    async fn what_was_appended_reads_back_whole_and_in_order(it) {
        let mut talk = begun(&it).await;
        let append = talk.then(vec![message("bonjour"), named("Élodie"), queued()]);
        let written = append.events.clone();
        it.log.append(append).await.unwrap();

        assert_eq!(events_of(&it, &talk).await[1..], written);
        let stored = it.log.load(it.site, talk.state.id).await.unwrap().unwrap();
        assert_eq!(stored.state, talk.state);
    }

    async fn a_repeated_command_changes_nothing_and_gets_the_first_answer(it) {
        let mut talk = begun(&it).await;
        let append = Append { command: Some(key(1)), answer: 2, ..talk.then(vec![message("once"), queued()]) };
        assert_eq!(it.log.append(append.clone()).await.unwrap(), Appended::Written);

        // As it was, and decided again on what is there now.
        let again = Append { command: append.command.clone(), ..talk.says("once") };
        assert_eq!(it.log.append(append.clone()).await.unwrap(), Appended::Repeated { seq: 2 });
        assert_eq!(it.log.append(again).await.unwrap(), Appended::Repeated { seq: 2 });

        let key = append.command.unwrap();
        assert_eq!(it.log.answered(it.site, talk.state.id, key.clone()).await.unwrap(), Some(2));
        assert_eq!(events_of(&it, &talk).await.len(), 3);
        let other = CommandKey { id: CommandId(Uuid::now_v7()), ..key };
        assert_eq!(it.log.answered(it.site, talk.state.id, other).await.unwrap(), None);
    }

    async fn an_id_used_for_another_content_is_refused(it) {
        let mut talk = begun(&it).await;
        let first = key(1);
        it.log.append(Append { command: Some(first.clone()), ..talk.says("yes") }).await.unwrap();
        let other = CommandKey { hash: [2; 16], ..first };

        let refused = it.log.append(Append { command: Some(other.clone()), ..talk.says("no") }).await;
        assert!(matches!(refused, Err(StoreError::IdReused)), "{refused:?}");
        let asked = it.log.answered(it.site, talk.state.id, other).await;
        assert!(matches!(asked, Err(StoreError::IdReused)), "{asked:?}");
        assert_eq!(events_of(&it, &talk).await.len(), 2);
    }

    async fn the_same_command_ten_times_at_once_is_there_once(it) {
        let mut talk = begun(&it).await;
        let append = Append { command: Some(key(1)), ..talk.says("once") };

        let outcomes = join_all((0..10).map(|_| it.log.append(append.clone()))).await;

        let written = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Appended::Written))).count();
        let repeated = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Appended::Repeated { seq: 2 }))).count();
        assert_eq!((written, repeated), (1, 9), "{outcomes:?}");
        assert_eq!(events_of(&it, &talk).await.len(), 2);
    }

    async fn a_decision_on_an_older_view_is_a_conflict_and_writes_nothing(it) {
        let mut talk = begun(&it).await;
        let mut stale = Talk { state: talk.state.clone() };
        it.log.append(talk.says("first")).await.unwrap();

        let refused = it.log.append(stale.says("second")).await;
        assert!(matches!(refused, Err(StoreError::Conflict { head: 2 })), "{refused:?}");
        assert_eq!(events_of(&it, &talk).await.len(), 2);
    }

    async fn twenty_agents_taking_at_once_leave_exactly_one_in_charge(it) {
        let mut talk = begun(&it).await;
        it.log.append(talk.then(vec![queued()])).await.unwrap();
        let agents: Vec<AgentRef> = (0..20).map(|i| agent(&format!("agent {i}"))).collect();
        let takes = agents.iter().map(|agent| {
            it.log.append(Talk { state: talk.state.clone() }.then(vec![taken(agent)]))
        });

        let outcomes = join_all(takes).await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let stored = it.log.load(it.site, talk.state.id).await.unwrap().unwrap();
        let winner = outcomes.iter().position(Result::is_ok).unwrap();
        assert_eq!(stored.state.phase.in_charge(), Some(&agents[winner]));
    }

    async fn a_visitor_has_one_open_conversation_and_may_begin_another_once_it_is_closed(it) {
        let visitor = someone();
        let mut first = Talk::new(it.site, visitor);
        it.log.append(first.begin()).await.unwrap();

        let twenty = join_all((0..20).map(|_| it.log.append(Talk::new(it.site, visitor).begin()))).await;
        assert!(twenty.iter().all(|outcome| matches!(outcome, Err(StoreError::Conflict { head: 1 }))), "{twenty:?}");

        let camille = agent("Camille");
        it.log.append(first.then(vec![queued(), taken(&camille), closed(&camille)])).await.unwrap();
        let latest = it.log.latest_of(it.site, visitor).await.unwrap().unwrap();
        assert_eq!(latest.state.id, first.state.id);

        let mut second = Talk::new(it.site, visitor);
        it.log.append(second.begin()).await.unwrap();
        let latest = it.log.latest_of(it.site, visitor).await.unwrap().unwrap();
        assert_eq!(latest.state.id, second.state.id);
    }

    async fn a_refused_append_leaves_the_others_of_its_commit_alone(it) {
        let mut talks = Vec::new();
        for _ in 0..10 {
            talks.push(begun(&it).await);
        }
        let appends: Vec<Append> = talks
            .iter_mut()
            .enumerate()
            .map(|(i, talk)| {
                let append = talk.says("hello");
                // Every third decided on a head that is not there.
                if i % 3 == 0 { talk.says("again") } else { append }
            })
            .collect();

        let outcomes = join_all(appends.into_iter().map(|append| it.log.append(append))).await;

        for (i, outcome) in outcomes.iter().enumerate() {
            assert_eq!(outcome.is_ok(), i % 3 != 0, "{i}: {outcome:?}");
            assert_eq!(events_of(&it, &talks[i]).await.len(), if i % 3 == 0 { 1 } else { 2 });
        }
    }

    async fn sixty_four_writers_at_once_get_contiguous_numbers_each(it) {
        let mut talks = Vec::new();
        for _ in 0..64 {
            talks.push(begun(&it).await);
        }
        let log = &it.log;
        let writers = talks.iter_mut().map(|talk| async move {
            for i in 0..10 {
                let append = talk.says(&format!("text {i}"));
                assert_eq!(log.append(append).await.unwrap(), Appended::Written);
            }
        });
        join_all(writers).await;

        for talk in &talks {
            let seqs: Vec<u64> = events_of(&it, talk).await.iter().map(|event| event.seq).collect();
            assert_eq!(seqs, (1..=11).collect::<Vec<u64>>());
        }
    }

    async fn what_is_missing_comes_in_bounded_chunks_without_a_gap(it) {
        let mut talk = begun(&it).await;
        it.log.append(talk.then((0..40).map(|i| message(&format!("{i} {}", "x".repeat(1000)))).collect())).await.unwrap();

        let (mut since, mut chunks, mut seen) = (0, 0, Vec::new());
        loop {
            let chunk = it.log.since(it.site, talk.state.id, since, 10_000).await.unwrap();
            assert!(chunk.events.len() < 11);
            seen.extend(chunk.events.iter().map(|event| event.seq));
            chunks += 1;
            since = *seen.last().unwrap();
            if !chunk.more {
                break;
            }
        }
        assert_eq!(seen, (1..=41).collect::<Vec<u64>>());
        assert!(chunks > 3);
        // An event larger than a chunk still comes, alone.
        let one = it.log.since(it.site, talk.state.id, 5, 10).await.unwrap();
        assert_eq!((one.events.len(), one.events[0].seq, one.more), (1, 6, true));
        assert!(it.log.since(it.site, talk.state.id, 41, 10).await.unwrap().events.is_empty());
    }

    async fn older_events_come_page_by_page_oldest_first(it) {
        let mut talk = begun(&it).await;
        it.log.append(talk.then((0..9).map(|i| message(&i.to_string())).collect())).await.unwrap();
        let seqs = |events: Vec<Event>| events.iter().map(|event| event.seq).collect::<Vec<_>>();

        assert_eq!(seqs(it.log.before(it.site, talk.state.id, 0, 4).await.unwrap()), [7, 8, 9, 10]);
        assert_eq!(seqs(it.log.before(it.site, talk.state.id, 7, 4).await.unwrap()), [3, 4, 5, 6]);
        assert_eq!(seqs(it.log.before(it.site, talk.state.id, 3, 4).await.unwrap()), [1, 2]);
    }

    async fn marks_only_rise(it) {
        let talk = begun(&it).await;
        let mark = |delivered, read| Mark { delivered, read };
        for (given, kept) in [
            (Marks { visitor: mark(3, 1), agent: mark(0, 0) }, (mark(3, 1), mark(0, 0))),
            (Marks { visitor: mark(2, 2), agent: mark(1, 0) }, (mark(3, 2), mark(1, 0))),
            (Marks { visitor: mark(0, 0), agent: mark(5, 5) }, (mark(3, 2), mark(5, 5))),
        ] {
            it.log.mark(it.site, talk.state.id, given).await.unwrap();
            let stored = it.log.load(it.site, talk.state.id).await.unwrap().unwrap();
            assert_eq!((stored.marks.visitor, stored.marks.agent), kept);
        }
    }

    async fn visits_can_be_joined_twice_and_forgotten(it) {
        let mut talk = Talk::new(it.site, someone());
        let begin = Append { visits: vec![visit("home", 1)], visits_consented: Some(true), ..talk.begin() };
        it.log.append(begin).await.unwrap();
        let page = visit("lamp", 2);
        it.log.visit(it.site, talk.state.id, page.clone()).await.unwrap();
        it.log.visit(it.site, talk.state.id, page).await.unwrap();
        assert!(it.log.load(it.site, talk.state.id).await.unwrap().unwrap().visits_consented);

        it.log.forget_visits(it.site, talk.state.id).await.unwrap();
        assert!(!it.log.load(it.site, talk.state.id).await.unwrap().unwrap().visits_consented);
    }

    async fn a_start_takes_up_what_is_open_and_what_the_bot_still_owes(it) {
        let camille = agent("Camille");
        let mut expected = Vec::new();
        for bodies in [
            vec![message("unanswered")],
            vec![queued()],
            vec![queued(), taken(&camille)],
        ] {
            let mut talk = begun(&it).await;
            it.log.append(talk.then(bodies)).await.unwrap();
            expected.push(talk.state.id);
        }
        begun(&it).await;
        let mut done = begun(&it).await;
        it.log.append(done.then(vec![queued(), taken(&camille), closed(&camille)])).await.unwrap();

        let mut open: Vec<ConversationId> =
            it.log.open_of_site(it.site).await.unwrap().into_iter().map(|stored| stored.state.id).collect();
        open.sort_unstable();
        expected.sort_unstable();
        assert_eq!(open, expected);
    }

    async fn counts_follow_take_and_close(it) {
        let (camille, noor) = (agent("Camille"), agent("Noor"));
        let mut talk = begun(&it).await;
        let sites = vec![it.site];
        for (body, camilles, noors) in [
            (queued(), (1, 0, 0, 0), (1, 0, 0, 0)),
            (taken(&camille), (0, 1, 0, 0), (0, 0, 1, 0)),
            (message("hello"), (0, 1, 0, 0), (0, 0, 1, 0)),
            (closed(&camille), (0, 0, 0, 1), (0, 0, 0, 1)),
        ] {
            it.log.append(talk.then(vec![body])).await.unwrap();
            for (agent, expected) in [(&camille, camilles), (&noor, noors)] {
                let found = it.log.counts(agent.id, sites.clone()).await.unwrap();
                assert_eq!((found.waiting, found.mine, found.colleagues, found.history), expected);
            }
        }
    }

    async fn another_site_finds_nothing_of_it(it) {
        let mut talk = begun(&it).await;
        let other = SiteId(Uuid::now_v7());
        let id = talk.state.id;
        assert!(it.log.load(other, id).await.unwrap().is_none());
        assert!(it.log.since(other, id, 0, usize::MAX).await.unwrap().events.is_empty());
        assert!(it.log.before(other, id, 0, 10).await.unwrap().is_empty());
        assert!(it.log.latest_of(other, talk.state.visitor).await.unwrap().is_none());
        assert_eq!(it.log.locate(vec![other], id).await.unwrap(), None);
        assert_eq!(it.log.locate(vec![other, it.site], id).await.unwrap(), Some((it.site, talk.state.visitor)));
        let mut crossing = talk.says("hello");
        crossing.site = other;
        crossing.state.site = other;
        assert!(it.log.append(crossing).await.is_err());
        assert_eq!(events_of(&it, &talk).await.len(), 1);
    }
}
