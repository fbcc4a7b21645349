//! One `[[test]]` of a definition: said to the bot, and what came of it.
//!
//! The talk goes through [`super::step`] like any other. It begins behind the
//! pre-chat form, since a test says what a visitor types, and there is no catalog:
//! every search finds nothing.

use chrono::DateTime;
use serde::Serialize;

use super::model::{Bot, Expect, Test};
use super::problem::Spot;
use super::state::{Facts, Input, Mode, Output, State, Then};
use super::talk::take_search;
use super::{hours, rung, step};
use crate::protocol::{BotWhy, Timestamp};

/// A Monday from which on an open moment is looked for.
const SOME_MONDAY: &str = "2026-06-01T10:00";

/// How a test went.
#[derive(Debug, Clone, Serialize)]
pub struct Trial {
    #[serde(skip)]
    pub(super) spot: Spot,
    /// Of the file, from 1.
    pub line: u32,
    pub say: Vec<String>,
    pub lang: String,
    /// As in the file: `faq:<id>`, `@handoff`, …
    pub expected: String,
    /// In the same words.
    pub got: String,
    pub passed: bool,
    /// Of the last text.
    pub why: BotWhy,
    /// What the bot said to it.
    pub said: Vec<String>,
}

/// Runs every test, in the file's order.
pub(super) fn try_all(bot: &Bot) -> Vec<Trial> {
    bot.tests.iter().map(|test| attempt(bot, test)).collect()
}

fn attempt(bot: &Bot, test: &Test) -> Trial {
    let lang = test.lang.clone().or_else(|| bot.languages.first().cloned()).unwrap_or_default();
    let facts = Facts {
        now: moment(bot, test),
        agents_online: test.agents,
        agents_free: test.agents,
        place: 1,
        lang: lang.clone(),
        values: std::collections::BTreeMap::new(),
    };
    let mut state = State::new();
    state.skipped.extend(bot.form.iter().cloned());
    let (mut state, _) = answered(bot, &facts, state, Input::Start);
    let mut outputs = Vec::new();
    for said in &test.say {
        (state, outputs) = answered(bot, &facts, state, Input::Text(said.clone()));
    }
    let why =
        outputs.iter().find_map(|output| if let Output::Explain(why) = output { Some(why.clone()) } else { None });
    let why = why.unwrap_or_default();
    let said =
        outputs.iter().find_map(|output| if let Output::Say(turn) = output { Some(turn.say.clone()) } else { None });
    let got = got(&state, &outputs, &why);
    let expected = shown(&test.expect);
    let passed = match &test.expect {
        Expect::Suggest(id) => why.suggested.contains(id),
        Expect::Faq(_)
        | Expect::Step(_)
        | Expect::HandOff
        | Expect::LeaveMessage
        | Expect::Products
        | Expect::Unknown => got == expected,
    };
    Trial {
        spot: expect_spot(test),
        line: test.spot.line,
        say: test.say.clone(),
        lang,
        expected,
        got,
        passed,
        why,
        said: said.unwrap_or_default(),
    }
}

/// One input, with every search of the bot answered: nothing found.
fn answered(bot: &Bot, facts: &Facts, state: State, input: Input) -> (State, Vec<Output>) {
    let (mut state, mut outputs) = step(bot, facts, state, input);
    while let Some(search) = take_search(&mut outputs) {
        let found = Input::Found { turn: search.turn, cards: Vec::new() };
        let (next, more) = step(bot, facts, state, found);
        state = next;
        outputs.extend(more);
    }
    (state, outputs)
}

/// The moment that the test names, else one at which the shop is open.
fn moment(bot: &Bot, test: &Test) -> Timestamp {
    let local = test.at.or_else(|| super::compile::local_time(SOME_MONDAY));
    let now = local.and_then(|local| bot.at_local(local)).unwrap_or_else(|| Timestamp::from(DateTime::UNIX_EPOCH));
    if test.at.is_some() || bot.hours.is_open(now, bot.zone) {
        return now;
    }
    let opening = bot.hours.next_opening(now, bot.zone);
    opening.and_then(|local| hours::at_local(local, bot.zone)).unwrap_or(now)
}

/// The editor shows it where the expectation is written.
fn expect_spot(test: &Test) -> Spot {
    Spot { line: test.spot.line, pointer: format!("{}/expect", test.spot.pointer) }
}

/// What came of the last text, in the words of `expect`.
fn got(state: &State, outputs: &[Output], why: &BotWhy) -> String {
    if outputs.contains(&Output::HandOff) {
        return "@handoff".to_owned();
    }
    if outputs.contains(&Output::LeaveMessage) {
        return "@leave_message".to_owned();
    }
    let mode = &state.mode;
    if matches!(mode, Mode::Waiting { .. } | Mode::Asking { then: Then::HandOff, .. }) {
        return "@handoff".to_owned();
    }
    if matches!(mode, Mode::Message | Mode::Left | Mode::Asking { then: Then::LeaveMessage, .. }) {
        return "@leave_message".to_owned();
    }
    if matches!(mode, Mode::Query { again: false }) {
        return "@products".to_owned();
    }
    if let Some(id) = &why.answered {
        return format!("faq:{id}");
    }
    if !why.suggested.is_empty() {
        return format!("suggest:{}", why.suggested.join(", "));
    }
    match why.rung.as_str() {
        rung::UNKNOWN | rung::NONE_OF_THESE => "unknown".to_owned(),
        rung::PRODUCTS | rung::CATALOG => "@products".to_owned(),
        _ => format!("step:{}", state.step),
    }
}

fn shown(expect: &Expect) -> String {
    match expect {
        Expect::Faq(id) => format!("faq:{id}"),
        Expect::Suggest(id) => format!("suggest:{id}"),
        Expect::Step(id) => format!("step:{id}"),
        Expect::HandOff => "@handoff".to_owned(),
        Expect::LeaveMessage => "@leave_message".to_owned(),
        Expect::Products => "@products".to_owned(),
        Expect::Unknown => "unknown".to_owned(),
    }
}
