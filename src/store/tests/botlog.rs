//! What is told of the bot says what the log says, whichever way its rows were made.

use super::{Talk, add_site, agent, closed, message, named, queued, someone, taken};
use crate::protocol::bot_desk::{BotDay, FaqUsage};
use crate::protocol::{BotTurn, BotWhy, EventBody, QueueReason, SiteId, Timestamp};
use crate::rules::bot::rung;
use crate::rules::botlog::Day;
use crate::rules::not_understood::Typed;
use crate::store::botlog::{SET_ASIDE_MAX, TURN_DAYS_KEPT};
use crate::store::log::{Append, ConversationLog};
use crate::store::{BotLog, Database, SqliteLog};

struct Scene {
    _dir: tempfile::TempDir,
    database: Database,
    site: SiteId,
    told: BotLog,
    log: std::sync::Arc<SqliteLog>,
    _writer: crate::store::Writer,
}

impl Scene {
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::open(dir.path()).await.unwrap();
        let site = add_site(&database, "shop").await;
        let told = BotLog::open(&database).await.unwrap();
        let (log, writer) = SqliteLog::start(&database);
        Self { _dir: dir, database, site, told, log, _writer: writer }
    }

    async fn write(&self, appends: Vec<Append>) {
        for append in appends {
            self.log.append(append).await.unwrap();
        }
    }

    async fn texts(&self) -> Vec<String> {
        let typed = self.told.missed(self.site, Timestamp::EPOCH).await.unwrap();
        typed.into_iter().map(|typed| typed.text).collect()
    }

    async fn usage(&self) -> Vec<(String, [u32; 4])> {
        let usage = self.told.usage(self.site, Timestamp::EPOCH).await.unwrap();
        let row = |FaqUsage { faq, answered, suggested, clicked, handed_off_after }| {
            (faq, [answered, suggested, clicked, handed_off_after])
        };
        usage.into_iter().map(row).collect()
    }

    /// All that is told, to be compared with itself.
    async fn everything(&self) -> (Vec<Typed>, Vec<FaqUsage>, Vec<BotDay>) {
        let days = self.told.by_day(self.site, &[all_days()]).await.unwrap();
        let usage = self.told.usage(self.site, Timestamp::EPOCH).await.unwrap();
        (self.told.missed(self.site, Timestamp::EPOCH).await.unwrap(), usage, days)
    }

    async fn execute(&self, sql: &'static str) {
        let mut tx = self.database.write().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn all_days() -> Day {
    Day { date: "2026-01-01".parse().unwrap(), from: Timestamp::EPOCH, to: Timestamp::from_millis(i64::MAX) }
}

fn chosen() -> EventBody {
    EventBody::ButtonChosen { turn: 1, button: 0, label: "Choix".into() }
}

fn left() -> EventBody {
    EventBody::ConversationQueued { reason: QueueReason::MessageLeft {} }
}

fn rated(rating: u8) -> EventBody {
    EventBody::ConversationRated { rating, comment: String::new() }
}

/// The bot's turn after the latest event, as a session writes it: what is done, what is said, why.
fn turn(talk: &mut Talk, mut done: Vec<EventBody>, rung: &str, answered: &str, suggested: &[&str]) -> Append {
    let answers = talk.state.head;
    let why = BotWhy {
        rung: rung.into(),
        answered: (!answered.is_empty()).then(|| answered.to_owned()),
        suggested: suggested.iter().map(|faq| (*faq).to_owned()).collect(),
        ..BotWhy::default()
    };
    done.push(EventBody::BotSpoke { turn: BotTurn::default(), answers });
    done.push(EventBody::BotExplained { answers, why });
    talk.then(done)
}

/// One after the other: what the visitor does, and the bot's turn.
fn heard(
    talk: &mut Talk,
    said: EventBody,
    done: Vec<EventBody>,
    rung: &str,
    answered: &str,
    suggested: &[&str],
) -> Vec<Append> {
    vec![talk.then(vec![said]), turn(talk, done, rung, answered, suggested)]
}

/// A visitor who is not understood, is offered two FAQs, wants neither, then takes another one and a person.
fn long_talk(site: SiteId) -> (Talk, Vec<Append>) {
    let mut talk = Talk::new(site, someone());
    let by = agent("Camille");
    let mut appends = vec![talk.begin()];
    let none: &[&str] = &[];
    for (said, done, rung, answered, suggested) in [
        (message("Avez-vous la gamme lune ?"), vec![], rung::UNKNOWN, "", none),
        (message("mon colis est cassé"), vec![], rung::SUGGEST, "", &["casse", "delai"]),
        (chosen(), vec![], rung::NONE_OF_THESE, "", none),
        (message("livraison ?"), vec![], rung::SUGGEST, "", &["delai", "prix"]),
        (chosen(), vec![], rung::BUTTON, "delai", none),
        (message("et le retour ?"), vec![], rung::FAQ, "retour", none),
        (chosen(), vec![], rung::BUTTON, "", none),
        (message("Léa"), vec![named("Léa"), queued()], rung::FIELD, "", none),
    ] {
        appends.extend(heard(&mut talk, said, done, rung, answered, suggested));
    }
    appends.push(talk.then(vec![taken(&by)]));
    appends.push(talk.then(vec![closed(&by)]));
    appends.push(talk.then(vec![rated(4)]));
    (talk, appends)
}

#[tokio::test]
async fn the_rows_are_the_fold_of_the_log_and_are_made_again_from_it() {
    let scene = Scene::open().await;
    let (_, appends) = long_talk(scene.site);
    scene.write(appends).await;
    assert_eq!(scene.texts().await, ["mon colis est cassé", "Avez-vous la gamme lune ?"]);
    let usage = scene.usage().await;
    let of = |faq: &str| usage.iter().find(|(known, _)| known == faq).map(|(_, counts)| *counts);
    // Answered, offered, clicked, followed by a person: "delai" was two turns before the wish for one.
    assert_eq!(of("delai"), Some([0, 2, 1, 1]));
    assert_eq!(of("retour"), Some([1, 0, 0, 1]));
    assert_eq!(of("casse"), Some([0, 1, 0, 0]));
    let days = scene.told.by_day(scene.site, &[all_days()]).await.unwrap();
    let wanted = BotDay {
        day: "2026-01-01".into(),
        conversations: 1,
        bot_alone: 0,
        handed_off: 1,
        messages_left: 0,
        rated: 1,
        rating_sum: 4,
    };
    assert_eq!(days, [wanted]);

    let written = scene.everything().await;
    scene.told.rebuild().await.unwrap();
    assert_eq!(scene.everything().await, written);
    for table in ["DELETE FROM bot_turns", "DELETE FROM bot_conversations", "DELETE FROM projections"] {
        scene.execute(table).await;
    }
    BotLog::open(&scene.database).await.unwrap();
    assert_eq!(scene.everything().await, written, "a folder of an earlier release gets its rows at its first start");
}

#[tokio::test]
async fn a_person_asked_for_later_than_two_turns_after_an_answer_is_not_laid_to_it() {
    let scene = Scene::open().await;
    for (between, wanted) in [(0, 1), (1, 1), (2, 0)] {
        let mut talk = Talk::new(scene.site, someone());
        let mut appends = vec![talk.begin()];
        let faq = format!("faq{between}");
        appends.extend(heard(&mut talk, message("?"), vec![], rung::FAQ, &faq, &[]));
        for _ in 0..between {
            appends.extend(heard(&mut talk, message("merci"), vec![], rung::COURTESY, "", &[]));
        }
        appends.extend(heard(&mut talk, message("un conseiller"), vec![left()], rung::KEYWORD, "", &[]));
        scene.write(appends).await;
        let usage = scene.usage().await;
        let counts = usage.iter().find(|(known, _)| *known == faq).unwrap().1;
        assert_eq!(counts, [1, 0, 0, wanted], "{between} turns between");
    }
}

#[tokio::test]
async fn a_button_of_a_step_is_an_answer_and_one_of_a_suggestion_a_click_also_when_typed() {
    let scene = Scene::open().await;
    let mut talk = Talk::new(scene.site, someone());
    let mut appends = vec![talk.begin()];
    appends.extend(heard(&mut talk, chosen(), vec![], rung::BUTTON, "delai", &[]));
    appends.extend(heard(&mut talk, message("?"), vec![], rung::SUGGEST, "", &["delai", "prix"]));
    appends.extend(heard(&mut talk, message("Délai"), vec![], rung::LABEL, "delai", &[]));
    // What was offered earlier is over.
    appends.extend(heard(&mut talk, chosen(), vec![], rung::BUTTON, "prix", &[]));
    scene.write(appends).await;
    assert_eq!(scene.usage().await, [("delai".to_owned(), [1, 1, 1, 0]), ("prix".to_owned(), [1, 1, 0, 0])]);
}

#[tokio::test]
async fn conversations_of_the_test_page_and_those_without_a_word_are_not_counted() {
    let scene = Scene::open().await;
    let mut test = Talk::new(scene.site, someone());
    let start =
        EventBody::ConversationStarted { previous: None, lang: "fr".into(), page: None, bot_version: 1, test: true };
    let mut appends = vec![test.then(vec![start, message("essai")])];
    appends.push(turn(&mut test, vec![queued()], rung::UNKNOWN, "", &[]));
    let mut silent = Talk::new(scene.site, someone());
    appends.push(silent.begin());
    scene.write(appends).await;
    let nothing = (vec![], vec![], vec![BotDay { day: "2026-01-01".into(), ..BotDay::default() }]);
    assert_eq!(scene.everything().await, nothing);
    scene.told.rebuild().await.unwrap();
    assert_eq!(scene.everything().await, nothing);

    scene.write(vec![silent.says("bonjour")]).await;
    let days = scene.told.by_day(scene.site, &[all_days()]).await.unwrap();
    assert_eq!((days[0].conversations, days[0].bot_alone), (1, 1));
}

#[tokio::test]
async fn old_turns_go_and_what_became_of_conversations_stays() {
    let scene = Scene::open().await;
    let (_, appends) = long_talk(scene.site);
    scene.write(appends).await;
    scene.told.set_aside(scene.site, &["lune".into()], Timestamp::from_millis(1)).await.unwrap();
    let kept = Timestamp::from_millis(0).plus_seconds(TURN_DAYS_KEPT * 24 * 3600);
    assert_eq!(scene.told.sweep(kept).await.unwrap(), 0);
    let later = kept.plus_seconds(3600);
    assert_eq!(scene.told.sweep(later).await.unwrap(), 9, "eight turns and a text that was set aside");
    assert_eq!((scene.texts().await, scene.usage().await), (vec![], vec![]));
    let days = scene.told.by_day(scene.site, &[all_days()]).await.unwrap();
    assert_eq!(days[0].conversations, 1);
}

#[tokio::test]
async fn what_is_told_goes_with_its_conversation_and_its_site() {
    let scene = Scene::open().await;
    let (_, appends) = long_talk(scene.site);
    scene.write(appends).await;
    for table in ["DELETE FROM events", "DELETE FROM commands", "DELETE FROM marks", "DELETE FROM conversations"] {
        scene.execute(table).await;
    }
    for count in ["SELECT count(*) FROM bot_turns", "SELECT count(*) FROM bot_conversations"] {
        let left: i64 = sqlx::query_scalar(count).fetch_one(scene.database.read()).await.unwrap();
        assert_eq!(left, 0, "{count}");
    }
    scene.told.set_aside(scene.site, &["lune".into()], Timestamp::from_millis(1)).await.unwrap();
    scene.execute("DELETE FROM sites").await;
    assert!(scene.told.put_aside(scene.site).await.unwrap().is_empty());
}

#[tokio::test]
async fn texts_set_aside_are_bounded_and_each_site_has_its_own() {
    let scene = Scene::open().await;
    let other = add_site(&scene.database, "other").await;
    let at = Timestamp::from_millis;
    let texts: Vec<String> = (0..SET_ASIDE_MAX).map(|n| format!("text {n}")).collect();
    scene.told.set_aside(scene.site, &texts, at(10)).await.unwrap();
    scene.told.set_aside(scene.site, &["old".into()], at(5)).await.unwrap();
    scene.told.set_aside(scene.site, &["new".into(), "text 7".into()], at(20)).await.unwrap();
    let kept = scene.told.put_aside(scene.site).await.unwrap();
    assert_eq!(kept.len(), SET_ASIDE_MAX as usize);
    assert_eq!((kept.get("old"), kept.get("new"), kept.get("text 7")), (None, Some(&at(20)), Some(&at(20))));
    assert!(scene.told.put_aside(other).await.unwrap().is_empty());
}
