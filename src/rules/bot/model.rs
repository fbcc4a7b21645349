//! The compiled bot: a checked definition, ready to answer.
//!
//! Built by [`super::compile`] alone, so whoever holds a [`Bot`] holds one that
//! passed the checks. Texts are cut into pieces per language, patterns are
//! compiled, hours are minutes.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::faq::FaqIndex;
use super::hours::Hours;
use super::keywords::Keywords;
use super::phrase::Phrase;
use super::problem::Spot;
use crate::protocol::{RatingScale, RatingView};

/// A published bot, compiled.
#[derive(Debug, Clone)]
pub struct Bot {
    pub(super) version: u32,
    /// The first one is the default.
    pub(super) languages: Vec<String>,
    pub(super) zone: Tz,
    pub(super) hours: Hours,
    pub(super) name: Localized<String>,
    pub(super) notice: Option<Localized<Phrase>>,
    pub(super) fields: BTreeMap<String, Field>,
    /// The pre-chat form, by field id.
    pub(super) form: Vec<String>,
    pub(super) first_step: String,
    pub(super) steps: BTreeMap<String, Step>,
    pub(super) texts: Texts,
    pub(super) handoff: Handoff,
    pub(super) leave: Option<Leave>,
    pub(super) next_to: NextTo,
    pub(super) faqs: Vec<Faq>,
    /// By language: the same FAQs, in the same order.
    pub(super) index: Localized<FaqIndex>,
    pub(super) thresholds: Thresholds,
    pub(super) products: Products,
    pub(super) satisfaction: Option<Satisfaction>,
    pub(super) tests: Vec<Test>,
}

impl Bot {
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Language codes, the default first.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The bot's language for a widget that speaks `lang`: the same primary subtag, else the default.
    #[must_use]
    pub fn language_for(&self, lang: &str) -> &str {
        self.languages.get(self.language_index(lang)).map_or("en", String::as_str)
    }

    /// The name at the head of the panel.
    #[must_use]
    pub fn name_in(&self, lang: &str) -> &str {
        self.name.get(self.language_index(lang))
    }

    /// What the widget asks once after a close; none where the definition asks nothing.
    #[must_use]
    pub fn rating(&self, lang: &str) -> Option<RatingView> {
        let Satisfaction { ask, scale, comment } = self.satisfaction.as_ref()?;
        Some(RatingView { ask: ask.get(self.language_index(lang)).clone(), scale: *scale, comment: *comment })
    }

    /// Where a conversation goes that begins soon after another one was closed.
    #[must_use]
    pub fn next_to(&self) -> NextTo {
        self.next_to
    }

    /// After so many seconds in the line something else is offered.
    #[must_use]
    pub fn wait_seconds(&self) -> u32 {
        self.handoff.wait_seconds
    }

    /// Catalog attributes whose values in stock are answers: the caller puts them into [`super::Facts::values`].
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.fields.values().filter_map(|field| match &field.kind {
            Kind::Attribute { name } => Some(name.as_str()),
            Kind::Text | Kind::Email | Kind::Phone | Kind::Number { .. } | Kind::Choice { .. } | Kind::Pattern(_) => {
                None
            }
        })
    }

    pub(super) fn language_index(&self, lang: &str) -> usize {
        let wanted = lang.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        self.languages.iter().position(|code| *code == wanted).unwrap_or(0)
    }
}

/// A value per language of the bot; a missing one is the default language's.
#[derive(Debug, Clone)]
pub(super) struct Localized<T> {
    pub first: T,
    pub others: Vec<T>,
}

impl<T> Localized<T> {
    pub fn get(&self, language: usize) -> &T {
        language.checked_sub(1).and_then(|at| self.others.get(at)).unwrap_or(&self.first)
    }
}

/// Where a button, a step or a rule leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Target {
    Step {
        id: String,
    },
    HandOff,
    LeaveMessage,
    /// Ask what to search the catalog for.
    Products,
    /// Say an FAQ's answer.
    Faq {
        id: String,
    },
    /// Say nothing more and stay.
    End,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub id: String,
    pub label: Localized<String>,
    pub ask: Localized<Phrase>,
    pub error: Localized<Phrase>,
    pub skip: Option<Localized<String>>,
    pub max_chars: u32,
    pub autocomplete: Option<String>,
    pub kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Text,
    Email,
    Phone,
    Number {
        min: Option<i64>,
        max: Option<i64>,
    },
    Choice {
        options: Vec<Localized<String>>,
    },
    /// The values of a catalog attribute in stock; they come with the facts, and the answer filters products.
    Attribute {
        name: String,
    },
    /// Matches the whole answer.
    Pattern(Regex),
}

#[derive(Debug, Clone)]
pub(super) struct Step {
    pub collect: Vec<String>,
    pub say: Option<Localized<Phrase>>,
    pub products: Option<StepProducts>,
    pub next: Next,
}

#[derive(Debug, Clone)]
pub(super) struct StepProducts {
    pub query: Localized<Phrase>,
    pub price_max: Option<PriceMax>,
    pub in_stock: bool,
    /// 1 to [`PRODUCTS_MAX`].
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PriceMax {
    /// Of the currency's main unit.
    Number(i64),
    /// A number field; passed over or unanswered = no bound.
    Field(String),
}

/// Products of one turn.
pub const PRODUCTS_MAX: u32 = 5;

#[derive(Debug, Clone)]
pub(super) struct Faq {
    pub id: String,
    pub label: Localized<String>,
    pub answer: Localized<Phrase>,
    pub buttons: Vec<Button>,
}

/// Of the score of [`FaqIndex`], 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Thresholds {
    pub answer_above: f32,
    pub suggest_above: f32,
}

/// `[products]`; absent = off.
#[derive(Debug, Clone)]
pub(super) struct Products {
    pub enabled: bool,
    pub ask: Localized<Phrase>,
    pub none: Localized<Phrase>,
    pub again: Localized<String>,
    /// 1 to [`PRODUCTS_MAX`].
    pub limit: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Satisfaction {
    pub ask: Localized<String>,
    pub scale: RatingScale,
    pub comment: bool,
}

/// One `[[test]]`.
#[derive(Debug, Clone)]
pub(super) struct Test {
    /// Its place in the file, for W18.
    pub spot: Spot,
    pub say: Vec<String>,
    pub expect: Expect,
    pub lang: Option<String>,
    /// None = an open moment.
    pub at: Option<NaiveDateTime>,
    pub agents: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expect {
    Faq(String),
    /// Among those offered.
    Suggest(String),
    Step(String),
    HandOff,
    LeaveMessage,
    Products,
    Unknown,
}

#[derive(Debug, Clone)]
pub(super) enum Next {
    Buttons(Vec<Button>),
    Go(Target),
}

#[derive(Debug, Clone)]
pub(super) struct Button {
    pub label: Localized<String>,
    pub leads: Leads,
}

#[derive(Debug, Clone)]
pub(super) enum Leads {
    /// An FAQ's button, too: [`Target::Faq`].
    To(Target),
    Url(String),
}

/// What the bot says by itself.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    pub hello: Localized<Phrase>,
    pub thanks: Localized<Phrase>,
    pub unknown: Localized<Phrase>,
    /// Before the buttons of FAQs that may be meant.
    pub suggest: Localized<Phrase>,
    /// The last of those buttons.
    pub none_of_these: Localized<String>,
    /// Said to a file, which the bot cannot read.
    pub file: Localized<Phrase>,
}

#[derive(Debug, Clone)]
pub(super) struct Handoff {
    pub label: Localized<String>,
    pub keywords: Keywords,
    pub ask_before: Vec<String>,
    /// Misses in a row before a person is offered; 0 = never.
    pub after_unknown: u32,
    pub offer: Localized<Phrase>,
    pub needs: Needs,
    pub when_nobody: WhenNobody,
    pub waiting: Localized<Phrase>,
    pub wait_seconds: u32,
    pub still_waiting: Localized<Phrase>,
    /// Offered when the wait is too long; [`Target::End`] = nothing.
    pub on_wait_too_long: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    Online,
    Free,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhenNobody {
    Message,
    Hide,
}

#[derive(Debug, Clone)]
pub(super) struct Leave {
    pub label: Localized<String>,
    /// Asks for the message while the shop is closed.
    pub say: Localized<Phrase>,
    /// Asks for it while the shop is open and nobody is there; the same text where a merchant wrote one.
    pub say_open: Localized<Phrase>,
    pub collect: Vec<String>,
    pub done: Localized<Phrase>,
}

/// `close.next_to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextTo {
    Bot,
    Waiting,
}
