//! Talks for the tests that compare preview and live: 200 inputs of all kinds, the same in every run.
//!
//! Made by talking to the bot: buttons are ones that it offers at that moment, forms are
//! those that it shows, texts are its own words, what people type, and odd ones. Nothing
//! in them is refused by a live conversation (no empty text, no NUL, no link clicked).

use super::model::{Bot, Kind};
use super::state::{Facts, Input, Mode};
use super::talk::Talk;
use crate::protocol::bot_desk::PreviewInput;
use crate::protocol::command::FieldAnswer;
use crate::protocol::{BotTurn, ProductCard};

/// Inputs of all talks together.
pub const INPUTS: usize = 200;
/// Inputs of one talk at most.
const INPUTS_OF_A_TALK_MAX: usize = 10;

const TYPED: [&str; 28] = [
    "bonjour",
    "Bonjour, ma commande n'est pas arrivée",
    "quels sont vos délais de livraison ?",
    "how long does delivery take",
    "je veux renvoyer un article",
    "can I return it",
    "vous avez des cadeaux ?",
    "merci beaucoup",
    "un conseiller svp",
    "I want to talk to a human",
    "pas de conseiller merci",
    "Léa",
    "lea@exemple.fr",
    "06 12 34 56 78",
    "42",
    "12,50 €",
    "AT-20417",
    "?!",
    "\u{1F600}\u{1F600}",
    "مرحبا، أين طلبي؟",
    "<script>alert(1)</script>",
    "[[faq]]\nid = \"x\"",
    "{{email}}",
    "'; DROP TABLE visitor; --",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "z\u{0351}\u{0352}a\u{0353}l\u{0354}g\u{0355}o",
    "上海在哪里",
    "cadeau",
];

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

/// Talks with this bot, each from its beginning, of [`INPUTS`] inputs together.
///
/// `found` is what every search finds, at most as many as it asks for.
pub fn talks(bot: &Bot, facts: &Facts, found: &[ProductCard]) -> Vec<Vec<PreviewInput>> {
    let mut talks: Vec<Vec<PreviewInput>> = Vec::new();
    let mut left = INPUTS;
    while left > 0 {
        let seed = u64::try_from(talks.len()).unwrap();
        let inputs =
            recorded(Talk::new(bot, facts.clone()), bot, found, &mut Dice::new(seed), left.min(INPUTS_OF_A_TALK_MAX));
        left -= inputs.len();
        talks.push(inputs);
    }
    talks
}

/// So many of the cards.
pub fn some(found: &[ProductCard], limit: u32) -> Vec<ProductCard> {
    found.iter().take(limit as usize).cloned().collect()
}

fn recorded(mut talk: Talk, bot: &Bot, found: &[ProductCard], dice: &mut Dice, inputs_max: usize) -> Vec<PreviewInput> {
    let mut shown = talk.tell_with(Input::Start, |_, limit| some(found, limit)).turn.unwrap_or_default();
    let mut inputs = Vec::new();
    while inputs.len() < inputs_max {
        let input = next(bot, &talk, &shown, dice);
        inputs.push(input.clone());
        let turn = talk.tell_with(input.into(), |_, limit| some(found, limit));
        shown = turn.turn.unwrap_or(shown);
        // One input is let into the silence, too.
        if matches!(talk.state().mode, Mode::Waiting { .. } | Mode::Left) && dice.roll(2) == 0 {
            break;
        }
    }
    inputs
}

fn next(bot: &Bot, talk: &Talk, shown: &BotTurn, dice: &mut Dice) -> PreviewInput {
    if !shown.form.is_empty() && matches!(talk.state().mode, Mode::Form) && dice.roll(4) > 0 {
        let answer = |id: &str| FieldAnswer { field: id.to_owned(), value: fitting(bot, id, id.len()) };
        return PreviewInput::Form { answers: shown.form.iter().map(|field| answer(&field.id)).collect() };
    }
    if let Mode::Asking { field, .. } = &talk.state().mode
        && dice.roll(3) > 0
    {
        return PreviewInput::Text { text: fitting(bot, field, dice.roll(12)) };
    }
    let replies: Vec<usize> = (0..shown.buttons.len()).filter(|at| shown.buttons[*at].url.is_none()).collect();
    let questions: Vec<&String> = bot.faqs.iter().map(|faq| &faq.label.first).collect();
    match dice.roll(4) {
        0 | 1 if !replies.is_empty() => {
            PreviewInput::Button { button: u32::try_from(replies[dice.roll(replies.len())]).unwrap() }
        }
        2 if !questions.is_empty() => PreviewInput::Text { text: questions[dice.roll(questions.len())].clone() },
        _ => PreviewInput::Text { text: TYPED[dice.roll(TYPED.len())].to_owned() },
    }
}

/// An answer that fits most fields of that type.
fn fitting(bot: &Bot, id: &str, roll: usize) -> String {
    let answer = match bot.fields.get(id).map(|field| &field.kind) {
        Some(Kind::Email) => "lea@exemple.fr",
        Some(Kind::Phone) => "06 12 34 56 78",
        Some(Kind::Number { .. }) => "42",
        Some(Kind::Choice { options }) => options[roll % options.len()].first.as_str(),
        Some(Kind::Text | Kind::Attribute { .. } | Kind::Pattern(_)) | None => "Léa",
    };
    answer.to_owned()
}
