//! A month of 2,000 conversations from one seed, written as sessions write them, and told by the
//! routes exactly as `tests/fixtures/bot-month.json` says.
//!
//! The file has what the scripts themselves counted, never what a route answered; it is written
//! anew with `COMPTOIR_WRITE_MONTH=1`. Summer time begins in the month, and beside it stand
//! conversations that count for nothing: of the test page, and older ones.

mod pool;
mod script;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Europe::Paris;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use self::pool::{FAQS, POOL, Said};
use self::script::{Counts, Script, Use};
use super::House;
use crate::actors::ports::Clock;
use crate::protocol::session::Role;
use crate::protocol::{SiteId, Timestamp};
use crate::store::log::Append;

const SEED: u64 = 0x5EED_2026;
const CONVERSATIONS: usize = 2_000;
const FIRST: &str = "2026-03-15";
const DAYS: u64 = 30;
/// Conversations that are being written at once.
const AT_ONCE: usize = 250;

/// Paris, and nothing that answers by itself.
const BOT: &str = r#"
format = 1
[bot]
name      = "Atelier"
languages = ["fr", "en"]
timezone  = "Europe/Paris"
[fields]
email = { type = "email", ask = { fr = "Votre e-mail ?", en = "Your e-mail?" } }
[start]
goto = "accueil"
[steps.accueil]
say     = { fr = "Bonjour", en = "Hello" }
buttons = [{ label = { fr = "Une personne", en = "A person" }, goto = "@handoff" }]
[leave_message]
collect = ["email"]
"#;

/// Numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap()
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    fn faq(&mut self) -> &'static str {
        FAQS[self.below(FAQS.len())]
    }

    /// Earlier groups and texts are typed more often.
    fn said(&mut self, lang: &str) -> Said {
        let groups: Vec<usize> = (0..POOL.len()).filter(|group| POOL[*group].lang == lang).collect();
        let group = groups[self.below(groups.len()).min(self.below(groups.len()))];
        let texts = POOL[group].texts;
        let text_of_group = self.below(texts.len()).min(self.below(texts.len()));
        let spellings = texts[text_of_group];
        Said { group, text_of_group, text: spellings[self.below(spellings.len())] }
    }
}

fn first_day() -> NaiveDate {
    FIRST.parse().unwrap()
}

/// A moment of a local day; never in the hour that does not exist.
fn moment(dice: &mut Dice, date: NaiveDate) -> Timestamp {
    let second = match dice.below(10) {
        0 => 0,
        1 => 24 * 3600 - 1,
        _ => dice.below(24 * 3600),
    };
    let time = NaiveTime::MIN + TimeDelta::seconds(second as i64);
    let local = date.and_time(time);
    let skipped = date.month() == 3 && date.day() == 29 && (7_200..10_800).contains(&second);
    let local = if skipped { local + TimeDelta::hours(1) } else { local };
    Paris.from_local_datetime(&local).unwrap().to_utc().into()
}

/// One conversation from its first word to its end.
fn talk(dice: &mut Dice, site: SiteId, at: Timestamp, test: bool) -> Script {
    let lang = if dice.percent(30) { "en" } else { "fr" };
    let mut script = Script::begin(site, lang, at, test);
    for _ in 0..=dice.below(4) {
        match dice.below(100) {
            0..35 => script.is_not_understood(dice.said(lang)),
            35..55 => suggestions(dice, &mut script, lang),
            55..85 => script.is_answered(dice.faq(), dice.percent(30)),
            _ => script.greets(),
        }
    }
    match dice.below(100) {
        0..60 => return script,
        60..80 => script.asks_for_a_person(dice.percent(50)),
        80..92 => script.leaves_a_message(),
        92..95 => {
            script.asks_for_a_person(false);
            script.leaves_a_message();
        }
        _ => {}
    }
    let closed = dice.percent(70);
    script.is_taken(closed);
    if closed && dice.percent(50) {
        script.rates(u8::try_from(1 + dice.below(5)).unwrap());
    }
    script
}

fn suggestions(dice: &mut Dice, script: &mut Script, lang: &str) {
    let said = dice.said(lang);
    let first = dice.below(FAQS.len() - 3);
    let offered = &FAQS[first..first + 2 + dice.below(2)];
    script.is_offered(said, offered);
    match dice.below(10) {
        0..5 => script.takes(offered[dice.below(offered.len())], dice.percent(20)),
        5..8 => script.wants_none(said),
        _ => script.greets(),
    }
}

/// What the scripts counted.
#[derive(Default)]
struct Tally {
    /// Group and text of it: spellings.
    missed: BTreeMap<(usize, usize), BTreeMap<&'static str, u32>>,
    /// Answered, suggested, clicked, followed by a person.
    used: BTreeMap<&'static str, [u32; 4]>,
    days: BTreeMap<NaiveDate, [u32; 6]>,
}

impl Tally {
    fn count(&mut self, day: NaiveDate, counts: &Counts) {
        for said in &counts.missed {
            *self.missed.entry((said.group, said.text_of_group)).or_default().entry(said.text).or_default() += 1;
        }
        for (faq, used) in &counts.used {
            let place = match used {
                Use::Answered => 0,
                Use::Suggested => 1,
                Use::Clicked => 2,
                Use::HandedOffAfter => 3,
            };
            self.used.entry(faq).or_default()[place] += 1;
        }
        let alone = !counts.handed_off && !counts.message_left && !counts.taken;
        let rating = u32::from(counts.rating.unwrap_or(0));
        let flags = [true, alone, counts.handed_off, counts.message_left, counts.rating.is_some()].map(u32::from);
        let of_day = self.days.entry(day).or_default();
        for (sum, one) in of_day.iter_mut().zip(flags.into_iter().chain([rating])) {
            *sum += one;
        }
    }

    fn groups(&self, lang: &str) -> Vec<Value> {
        let mut groups: Vec<(u32, Value)> = Vec::new();
        for (group, alike) in POOL.iter().enumerate().filter(|(_, alike)| alike.lang == lang) {
            let mut examples: Vec<(u32, &str)> = Vec::new();
            for text in 0..alike.texts.len() {
                let Some(spellings) = self.missed.get(&(group, text)) else { continue };
                let most = spellings.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(**text))).unwrap();
                examples.push((spellings.values().sum(), most.0));
            }
            let (count, nearest) = (examples.iter().map(|(count, _)| count).sum(), examples[0].1);
            examples.sort_by(|(a, left), (b, right)| b.cmp(a).then(left.cmp(right)));
            let examples: Vec<Value> =
                examples.iter().map(|(count, text)| json!({"text": text, "count": count})).collect();
            groups.push((count, json!({"text": nearest, "count": count, "examples": examples})));
        }
        groups.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn file(&self) -> Value {
        let usage: Vec<Value> = self.used.iter().map(|(faq, [answered, suggested, clicked, handed_off])| {
            json!({"faq": faq, "answered": answered, "suggested": suggested, "clicked": clicked, "handed_off_after": handed_off})
        }).collect();
        let days = (0..DAYS).map(|after| first_day() + Days::new(after));
        let days: Vec<Value> =
            days.map(|day| of_day(&day.to_string(), self.days.get(&day).copied().unwrap_or_default())).collect();
        let mut sum = [0; 6];
        for day in self.days.values() {
            sum.iter_mut().zip(day).for_each(|(sum, one)| *sum += one);
        }
        json!({"fr": self.groups("fr"), "en": self.groups("en"), "usage": usage, "days": days, "sum": of_day("", sum)})
    }
}

fn of_day(day: &str, counts: [u32; 6]) -> Value {
    let [conversations, bot_alone, handed_off, messages_left, rated, rating_sum] = counts;
    json!({
        "day": day, "conversations": conversations, "bot_alone": bot_alone, "handed_off": handed_off,
        "messages_left": messages_left, "rated": rated, "rating_sum": rating_sum
    })
}

/// Every append of the month, conversation by conversation, and what it counts for.
fn month(site: SiteId) -> (Vec<Vec<Append>>, Tally) {
    let (mut dice, mut tally) = (Dice(SEED), Tally::default());
    let mut talks = Vec::new();
    for number in 0..CONVERSATIONS {
        let day = first_day() + Days::new(dice.below(30) as u64);
        let at = moment(&mut dice, day);
        let script = talk(&mut dice, site, at, false);
        tally.count(day, &script.counts);
        talks.push(script.appends);
        // Beside every fortieth one stand two that count for nothing.
        if number % 40 == 0 {
            let old = moment(&mut dice, first_day() - Days::new(2));
            talks.push(talk(&mut dice, site, at, true).appends);
            talks.push(talk(&mut dice, site, old, false).appends);
        }
    }
    (talks, tally)
}

/// Midnight after the last day.
struct AfterTheMonth;

impl Clock for AfterTheMonth {
    fn now(&self) -> Timestamp {
        let midnight = (first_day() + Days::new(DAYS)).and_time(NaiveTime::MIN);
        Paris.from_local_datetime(&midnight).unwrap().to_utc().into()
    }
}

fn fixture(tally: &Tally) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bot-month.json");
    if std::env::var_os("COMPTOIR_WRITE_MONTH").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&tally.file()).unwrap() + "\n").unwrap();
    }
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What the file says of a group: no conversation has the same id twice.
fn shown(groups: &Value) -> Vec<Value> {
    let example = |example: &Value| json!({"text": example["text"], "count": example["count"]});
    let group = |group: &Value| {
        let mut examples: Vec<Value> = group["examples"].as_array().unwrap().iter().map(example).collect();
        examples.sort_by_key(|one| (std::cmp::Reverse(one["count"].as_u64()), one["text"].as_str().map(str::to_owned)));
        json!({"text": group["text"], "count": group["count"], "examples": examples})
    };
    groups.as_array().unwrap().iter().map(group).collect()
}

#[actix_web::test]
async fn a_month_of_two_thousand_conversations_is_told_exactly_as_its_file_says() {
    let house = House::at(Arc::new(AfterTheMonth)).await;
    let site = house.site("Atelier").await;
    house.front.bots.publish(site, BOT, None, Timestamp::EPOCH).await.unwrap();
    house.person("Ada", Role::Admin, &[]).await;
    let admin = house.signed_in("Ada").await;
    let (talks, tally) = month(site);
    let wanted = fixture(&tally);
    assert_eq!(wanted["sum"]["conversations"], CONVERSATIONS);

    let log = &house.desk.ports().log;
    stream::iter(talks)
        .for_each_concurrent(AT_ONCE, |appends| async move {
            for append in appends {
                log.append(append).await.unwrap();
            }
        })
        .await;

    let ask = |path: &str| format!("/api/v1/sites/{site}/bot/{path}");
    for lang in ["fr", "en"] {
        let told = house.get(&admin, &ask(&format!("not-understood?lang={lang}"))).await.json();
        let groups = shown(&told["groups"]);
        let expected = wanted[lang].as_array().unwrap();
        let strange: Vec<&Value> = groups.iter().filter(|group| !expected.contains(group)).collect();
        assert!(strange.is_empty(), "told otherwise than in the file: {strange:#?}");
        assert_eq!(&groups, expected);
        let texts: u64 = expected.iter().map(|group| group["count"].as_u64().unwrap()).sum();
        assert_eq!(told["texts"], texts);
    }
    let mut usage = house.get(&admin, &ask("usage")).await.json();
    usage.as_array_mut().unwrap().sort_by_key(|one| one["faq"].as_str().map(str::to_owned));
    assert_eq!(usage, wanted["usage"]);
    let last = first_day() + Days::new(DAYS - 1);
    let figures = house.get(&admin, &ask(&format!("figures?from={FIRST}&to={last}"))).await.json();
    assert_eq!(figures["days"], wanted["days"]);
    assert_eq!(figures["sum"], wanted["sum"]);
}
