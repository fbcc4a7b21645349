//! A definition as it was written: every key of format 1.
//!
//! Filled in by [`super::read`], judged by [`super::check`], turned into a
//! [`super::Bot`] by [`super::compile`]. Whatever was missing or had the wrong
//! type is absent here and already reported, so that the checks go on.

use std::collections::BTreeMap;

use super::problem::{Spot, Spotted};

/// A text in the default language, or one per language.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub spot: Spot,
    /// Written as one string: the default language's.
    pub plain: Option<String>,
    pub by_language: BTreeMap<String, Spotted<String>>,
}

/// Several texts, or several per language.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub spot: Spot,
    /// Written as one list: the default language's.
    pub plain: Option<Vec<Spotted<String>>>,
    pub by_language: BTreeMap<String, Vec<Spotted<String>>>,
}

pub(super) type Word = Spotted<String>;

#[derive(Debug, Default)]
pub(super) struct Definition {
    pub bot: BotTable,
    pub hours: Option<HoursTable>,
    pub fields: Vec<FieldTable>,
    pub start: StartTable,
    pub steps: Vec<StepTable>,
    pub faqs: Vec<FaqTable>,
    pub understanding: UnderstandingTable,
    pub products: ProductsTable,
    pub handoff: HandoffTable,
    pub leave_message: Option<LeaveMessageTable>,
    pub close: CloseTable,
    pub tests: Vec<TestTable>,
}

impl Definition {
    /// The language of plain strings; English where the file names none.
    pub fn default_language(&self) -> &str {
        self.bot.languages.first().map_or("en", |code| code.value.as_str())
    }
}

#[derive(Debug, Default)]
pub(super) struct BotTable {
    pub spot: Spot,
    pub name: Option<Text>,
    pub languages: Vec<Word>,
    pub languages_spot: Option<Spot>,
    pub timezone: Option<Word>,
    pub notice: Option<Text>,
}

#[derive(Debug, Default)]
pub(super) struct HoursTable {
    /// `mon` or `mon-fri`, with its ranges.
    pub days: Vec<(Word, Vec<Word>)>,
    pub closed: Vec<Word>,
    pub special: Vec<(Word, Vec<Word>)>,
}

#[derive(Debug, Default)]
pub(super) struct FieldTable {
    pub id: String,
    pub spot: Spot,
    pub kind: Option<Word>,
    pub ask: Option<Text>,
    pub label: Option<Text>,
    pub error: Option<Text>,
    pub skip: Option<Text>,
    pub max_chars: Option<Spotted<i64>>,
    pub min: Option<Spotted<i64>>,
    pub max: Option<Spotted<i64>>,
    pub autocomplete: Option<Word>,
    pub options: Option<OptionsList>,
    pub pattern: Option<Word>,
}

#[derive(Debug, Default)]
pub(super) struct OptionsList {
    pub spot: Spot,
    pub labels: Vec<Text>,
    /// In place of labels: the catalog attribute whose values in stock are the answers.
    pub attribute: Option<Word>,
    /// Something in it could not be read: how many there are is not judged.
    pub unread: bool,
}

#[derive(Debug, Default)]
pub(super) struct StartTable {
    pub goto: Option<Word>,
    pub form: Vec<Word>,
}

#[derive(Debug, Default)]
pub(super) struct StepTable {
    pub id: String,
    pub spot: Spot,
    pub collect: Vec<Word>,
    pub say: Option<Text>,
    pub products: Option<StepProductsTable>,
    pub goto: Option<Word>,
    pub buttons: Option<ButtonsList>,
    /// Has a key that could not be read: what misses is not judged.
    pub unread: bool,
}

#[derive(Debug, Default)]
pub(super) struct StepProductsTable {
    pub query: Option<Text>,
    /// A number, or a text that should be `{{field}}`.
    pub price_max: Option<Word>,
    pub in_stock: Option<Spotted<bool>>,
    pub limit: Option<Spotted<i64>>,
}

#[derive(Debug, Default)]
pub(super) struct ButtonsList {
    pub spot: Spot,
    pub buttons: Vec<ButtonTable>,
    /// As in [`OptionsList::unread`].
    pub unread: bool,
}

#[derive(Debug, Default)]
pub(super) struct ButtonTable {
    pub spot: Spot,
    pub label: Option<Text>,
    pub goto: Option<Word>,
    pub faq: Option<Word>,
    pub url: Option<Word>,
    /// As in [`StepTable::unread`].
    pub unread: bool,
}

#[derive(Debug, Default)]
pub(super) struct FaqTable {
    pub spot: Spot,
    pub id: Option<Word>,
    pub label: Option<Text>,
    pub questions: Option<Texts>,
    pub answer: Option<Text>,
    pub buttons: Option<ButtonsList>,
}

#[derive(Debug, Default)]
pub(super) struct UnderstandingTable {
    pub answer_above: Option<Spotted<f64>>,
    pub suggest_above: Option<Spotted<f64>>,
    pub suggest: Option<Text>,
    pub none_of_these: Option<Text>,
    pub unknown: Option<Text>,
    pub hello: Option<Text>,
    pub thanks: Option<Text>,
    pub file: Option<Text>,
}

#[derive(Debug, Default)]
pub(super) struct ProductsTable {
    pub spot: Spot,
    pub enabled: Option<Spotted<bool>>,
    pub ask: Option<Text>,
    pub none: Option<Text>,
    pub again: Option<Text>,
    pub limit: Option<Spotted<i64>>,
}

impl ProductsTable {
    pub fn is_on(&self) -> bool {
        self.enabled.as_ref().is_some_and(|enabled| enabled.value)
    }
}

#[derive(Debug, Default)]
pub(super) struct HandoffTable {
    pub spot: Spot,
    pub label: Option<Text>,
    pub keywords: Option<Texts>,
    pub ask_before: Vec<Word>,
    pub after_unknown: Option<Spotted<i64>>,
    pub offer: Option<Text>,
    pub needs: Option<Word>,
    pub when_nobody: Option<Word>,
    pub waiting: Option<Text>,
    pub wait_seconds: Option<Spotted<i64>>,
    pub still_waiting: Option<Text>,
    pub on_wait_too_long: Option<Word>,
}

#[derive(Debug, Default)]
pub(super) struct LeaveMessageTable {
    pub spot: Spot,
    pub label: Option<Text>,
    pub say: Option<Text>,
    pub collect: Option<Vec<Word>>,
    pub done: Option<Text>,
}

#[derive(Debug, Default)]
pub(super) struct CloseTable {
    pub next_to: Option<Word>,
    pub satisfaction: Option<SatisfactionTable>,
}

#[derive(Debug, Default)]
pub(super) struct SatisfactionTable {
    pub ask: Option<Text>,
    pub scale: Option<Word>,
    pub comment: Option<Spotted<bool>>,
}

#[derive(Debug, Default)]
pub(super) struct TestTable {
    pub spot: Spot,
    pub say: Vec<Word>,
    /// As in [`OptionsList::unread`], of `say`.
    pub unread: bool,
    pub expect: Option<Word>,
    pub lang: Option<Word>,
    pub at: Option<Word>,
    pub agents: Option<Spotted<i64>>,
}
