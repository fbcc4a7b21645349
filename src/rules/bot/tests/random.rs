//! Definitions and talks at random: whatever is written or typed, nothing panics.

use super::{LAMPS, Talk};
use crate::protocol::command::FieldAnswer;
use crate::rules::bot::{Checked, Input, State};

/// A small generator with a seed, so that a failure can be repeated.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 to `below - 1`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

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

const TYPED: [&str; 16] = [
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
];

pub fn any_input(dice: &mut Dice) -> Input {
    match dice.roll(10) {
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
        _ => Input::Text(TYPED[dice.roll(TYPED.len())].to_owned()),
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
