//! Definitions and talks at random: whatever is written or typed, nothing panics.

use super::reach::arrives;
use super::{LAMPS, OPEN, Talk, shop};
use crate::protocol::BotTurn;
use crate::protocol::command::FieldAnswer;
use crate::rules::bot::model::Target;
pub use crate::rules::bot::recorded::Dice;
use crate::rules::bot::state::Mode;
use crate::rules::bot::turn::{BUTTONS_MAX, MOVES_MAX};
use crate::rules::bot::{Bot, Checked, Input, NextTo, PRODUCTS_MAX, State};

/// Pieces that mean something in a definition, to put where they do not belong.
const SHARDS: [&str; 24] = [
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "{{",
    "}}",
    "[[faq]]",
    "goto = \"@end\"",
    "\u{0}",
    "é",
    "\u{1F600}",
    "\\u{d800}",
    "99999999999999999999",
    "-1",
    "1e400",
    "2026-02-30",
    "true",
    "[steps.x]",
    "'''",
    "#",
];

fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(chars.len());
        match dice.roll(4) {
            0 => {
                let end = (at + 1 + dice.roll(30)).min(chars.len());
                chars.drain(at..end);
            }
            1 => chars.splice(at..at, SHARDS[dice.roll(SHARDS.len())].chars()).for_each(drop),
            2 => {
                let from = dice.roll(chars.len());
                let piece: Vec<char> = chars.iter().skip(from).take(dice.roll(120)).copied().collect();
                chars.splice(at..at, piece).for_each(drop);
            }
            _ => {
                let other = dice.roll(chars.len());
                chars.swap(at, other);
            }
        }
        if chars.is_empty() {
            break;
        }
    }
    chars.into_iter().collect()
}

#[test]
fn a_thousand_mutilated_definitions_are_judged_without_a_panic() {
    let facts = Talk::with(LAMPS).facts;
    for seed in 0..1_000 {
        let text = mutated(LAMPS, &mut Dice::new(seed));
        let checked = Checked::of(&text, &[]);
        for problem in &checked.report().problems {
            let lines = u32::try_from(text.split('\n').count()).unwrap();
            assert!((1..=lines).contains(&problem.line), "seed {seed}: line {} of {lines}", problem.line);
            assert!(!problem.message.contains('\n'), "seed {seed}: {}", problem.message);
        }
        // What passes the checks must also speak.
        if let Some(bot) = checked.compile(1) {
            assert!(
                !crate::rules::bot::start_turn(&bot, &facts).is_silent() || checked.report().warnings > 0,
                "seed {seed}"
            );
        }
    }
}

#[test]
fn what_is_nested_without_end_is_refused_and_not_followed() {
    for text in
        ["[".repeat(100_000), "{a=".repeat(100_000), format!("a = {}", "[".repeat(100_000)), "[a.".repeat(50_000)]
    {
        assert!(Checked::of(&text, &[]).report().errors > 0);
    }
}

const TYPED: [&str; 25] = [
    "Pas de téléphone",
    "",
    " ",
    "bonjour",
    "merci",
    "Léa",
    "lea@exemple.fr",
    "un conseiller",
    "je veux parler à une personne",
    "Suivre ma commande",
    "CO-204177",
    "Peu importe",
    "50",
    "?!",
    "pas de conseiller",
    "\u{0}\u{1F600}",
    "une très longue phrase que rien ne comprend",
    "ma lampe est arrivée cassée",
    "quand arrive mon colis",
    "quand arrive",
    "Aucune de celles-ci",
    "Chercher",
    "Une idée",
    "Laiton",
    "my lamp arrived broken",
];

pub fn any_input(dice: &mut Dice) -> Input {
    match dice.roll(11) {
        0 => Input::DocumentShared,
        1 => Input::WaitedTooLong,
        2 => Input::NobodyLeft,
        3 => Input::PlaceChanged(u32::try_from(dice.roll(5)).unwrap()),
        4 | 5 => Input::Button { index: u32::try_from(dice.roll(10)).unwrap() },
        6 => {
            let value = |dice: &mut Dice| TYPED[dice.roll(TYPED.len())].to_owned();
            let fields = ["prenom", "email", "tel", "commande"];
            Input::Form(fields.iter().map(|f| FieldAnswer { field: (*f).to_owned(), value: value(dice) }).collect())
        }
        7 => Input::Found { turn: u32::try_from(dice.roll(9)).unwrap(), cards: vec![shop::card("Oslo")] },
        _ => Input::Text(TYPED[dice.roll(TYPED.len())].to_owned()),
    }
}

/// What holds of every turn, whatever led to it.
fn check_turn(turn: &BotTurn, shown: &mut BotTurn, talk: &Talk, place: &str) {
    let offered: Vec<&str> = talk.state.offered.iter().map(|offered| offered.label.as_str()).collect();
    if !turn.is_silent() {
        shown.clone_from(turn);
    }
    assert_eq!(super::labels(shown), offered, "{place}: what is shown is what a click does");
    assert!(offered.len() <= BUTTONS_MAX, "{place}");
    assert!(turn.cards.len() <= PRODUCTS_MAX as usize, "{place}");
    assert!(turn.say.len() <= 2 * MOVES_MAX as usize, "{place}: {}", turn.say.len());
    assert!(turn.say.iter().all(|said| !said.trim().is_empty()), "{place}: {:?}", turn.say);
    assert!(!matches!(talk.state.mode, Mode::Searching(_) | Mode::New), "{place}");
    let stored = serde_json::to_string(&talk.state).unwrap();
    assert!(stored.len() < 4_096, "{place}: {} bytes", stored.len());
    assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), talk.state, "{place}");
}

/// A visitor who does anything at all, a thousand times over, in as many conversations as that takes.
fn wander(bot: &Bot, seed: u64) {
    const INPUTS: usize = 1_000;
    let mut dice = Dice::new(seed);
    let mut talk = Talk::of(bot.clone());
    let mut shown = talk.tell(Input::Start);
    for at in 0..INPUTS {
        let place = format!("seed {seed}, input {at}");
        talk = talk.agents(u32::try_from(dice.roll(3)).unwrap(), u32::try_from(dice.roll(2)).unwrap());
        talk.facts.now = talk.facts.now.plus_seconds(7_200);
        talk.found = (0..dice.roll(8)).map(|n| shop::card(&n.to_string())).collect();
        let turn = talk.tell(any_input(&mut dice));
        check_turn(&turn, &mut shown, &talk, &place);
        if at % 20 == 0 {
            let mut other = Talk::of(bot.clone()).at(OPEN).agents(1, 1);
            other.state = talk.state.clone();
            assert!(arrives(&mut other), "{place}: {:?}", talk.state);
        }
        if matches!(talk.state.mode, Mode::Waiting { .. } | Mode::Left) && dice.roll(6) == 0 {
            talk.state = State::new();
            let turn = talk.tell(if dice.roll(2) == 0 { Input::Start } else { Input::Return });
            check_turn(&turn, &mut shown, &talk, &place);
        }
    }
}

#[test]
fn a_thousand_inputs_at_random_end_nowhere_from_where_no_way_leads_to_a_person() {
    let mut to_a_step = shop::bot();
    to_a_step.handoff.on_wait_too_long = Target::Step { id: "cadeau".into() };
    to_a_step.next_to = NextTo::Bot;
    for (seed, bot) in (0..).zip([shop::bot(), to_a_step, Talk::with(LAMPS).bot]) {
        for round in 0..3 {
            wander(&bot, seed * 10 + round);
        }
    }
}

#[test]
fn a_talk_at_random_never_panics_stays_small_and_survives_its_storage() {
    let bot = Talk::with(LAMPS).bot;
    for seed in 0..500 {
        let mut dice = Dice::new(seed);
        let mut talk = Talk::of(bot.clone()).started();
        for turn in 0..30 {
            talk = talk.agents(u32::try_from(dice.roll(2)).unwrap(), 1);
            talk.facts.now = talk.facts.now.plus_seconds(7_200);
            talk.tell(any_input(&mut dice));
            let stored = serde_json::to_string(&talk.state).unwrap();
            assert!(stored.len() < 4_096, "seed {seed}, turn {turn}: {} bytes", stored.len());
            assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), talk.state, "seed {seed}, turn {turn}");
        }
    }
}

#[test]
fn a_very_long_text_is_answered_like_any_other() {
    let mut talk = Talk::with(LAMPS).introduced();
    let long = "conseil ".repeat(16 * 1024 / 8);
    assert_eq!(talk.say(&long).say.len(), 1);
    assert_eq!(talk.rung(), "unknown");
}
