//! A bot's definition as structure: what the console's editor shows and changes.
//!
//! The same meaning as the TOML of format 1 (`docs/bot.md`), which is what is
//! kept: [`crate::rules::bot`] reads one into the other and back, and changes no
//! meaning on the way. A draft may be unfinished, so nothing here is required
//! but the order of lists; what is wrong is said by the validator, whose pointers
//! (`/steps/2/buttons/0/goto`, lists counted from 0) name places in this structure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text by language code. Written in one language only where the TOML has a plain string.
pub type Words = BTreeMap<String, String>;
/// Texts by language code.
pub type WordLists = BTreeMap<String, Vec<String>>;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct BotDefinition {
    pub name: Words,
    /// The first one is the default.
    pub languages: Vec<String>,
    /// IANA name.
    pub timezone: String,
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub notice: Words,
    /// Absent = always open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hours: Option<HoursDefinition>,
    pub fields: Vec<FieldDefinition>,
    /// The first step's id.
    pub start: String,
    /// Field ids of the pre-chat form.
    pub form: Vec<String>,
    pub steps: Vec<StepDefinition>,
    pub faq: Vec<FaqDefinition>,
    pub understanding: UnderstandingDefinition,
    pub products: ProductsDefinition,
    pub handoff: HandoffDefinition,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub leave_message: Option<LeaveMessageDefinition>,
    pub close: CloseDefinition,
    pub tests: Vec<TestDefinition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct HoursDefinition {
    /// `HH:MM-HH:MM` by day, `mon` to `sun`; no day = closed. A range of days in TOML is one entry a day here.
    pub days: BTreeMap<String, Vec<String>>,
    /// `YYYY-MM-DD`, or `MM-DD` for every year.
    pub closed: Vec<String>,
    /// In place of a day's hours.
    pub special: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct FieldDefinition {
    pub id: String,
    /// `text`, `email`, `phone`, `number`, `choice`, `pattern`.
    pub kind: String,
    pub ask: Words,
    pub label: Words,
    pub error: Words,
    /// The label of the way around it; none = required.
    pub skip: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub max_chars: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub min: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub max: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub autocomplete: Option<String>,
    /// Of a `choice`: its answers, or else [`Self::attribute`].
    pub options: Vec<Words>,
    /// Of a `choice`: the catalog attribute whose values in stock are the answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub attribute: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pattern: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct StepDefinition {
    pub id: String,
    pub collect: Vec<String>,
    pub say: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub products: Option<StepProducts>,
    /// Exactly one of buttons and goto.
    pub buttons: Vec<ButtonDefinition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub goto: Option<String>,
}

/// What a step searches the catalog for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct StepProducts {
    pub query: Words,
    /// A whole number of the currency's main unit, or `{{field}}` of a number field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub price_max: Option<String>,
    /// Absent = true.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub in_stock: Option<bool>,
    /// 1 to 5; absent = 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Exactly one of goto, faq and url.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ButtonDefinition {
    pub label: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub goto: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub faq: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct FaqDefinition {
    pub id: String,
    pub label: Words,
    pub questions: WordLists,
    pub answer: Words,
    pub buttons: Vec<ButtonDefinition>,
}

/// Empty texts are the built-in words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct UnderstandingDefinition {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answer_above: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub suggest_above: Option<f64>,
    pub suggest: Words,
    pub none_of_these: Words,
    pub unknown: Words,
    pub hello: Words,
    pub thanks: Words,
    pub file: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ProductsDefinition {
    pub enabled: bool,
    pub ask: Words,
    pub none: Words,
    pub again: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limit: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct HandoffDefinition {
    pub label: Words,
    /// Empty = the built-in ones.
    pub keywords: WordLists,
    pub ask_before: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after_unknown: Option<u32>,
    pub offer: Words,
    /// `online` or `free`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub needs: Option<String>,
    /// `message` or `hide`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub when_nobody: Option<String>,
    pub waiting: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub wait_seconds: Option<u32>,
    pub still_waiting: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub on_wait_too_long: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct LeaveMessageDefinition {
    pub label: Words,
    pub say: Words,
    pub collect: Vec<String>,
    pub done: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct CloseDefinition {
    /// `bot` or `waiting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub satisfaction: Option<SatisfactionDefinition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct SatisfactionDefinition {
    pub ask: Words,
    /// `five` or `thumbs`.
    pub scale: String,
    /// Absent = true.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub comment: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct TestDefinition {
    /// One text, or the turns of a talk.
    pub say: Vec<String>,
    /// `faq:<id>`, `suggest:<id>`, `step:<id>`, `@…`, `unknown`.
    pub expect: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lang: Option<String>,
    /// Local time, `YYYY-MM-DDTHH:MM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub at: Option<String>,
    /// Agents who are there; absent = 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub agents: Option<u32>,
}
