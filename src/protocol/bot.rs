//! What the bot says and asks, as the widget draws it and the log keeps it.
//!
//! How it decides is [`crate::rules::bot`]; its file's format is documented there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ProductCard;

/// One turn of the bot: everything it says after one input.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct BotTurn {
    /// Bubbles, in order; already in the visitor's language, fields inserted.
    pub say: Vec<String>,
    /// Only those of the latest turn count; a stale click changes nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<BotButton>>")]
    pub buttons: Vec<BotButton>,
    /// A form shown at once (pre-chat form, or several fields asked together).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FieldView>>")]
    pub form: Vec<FieldView>,
    /// The one field that the next text answers; the widget may give the composer its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub asks: Option<FieldView>,
    /// Products found, drawn between what is said and the buttons; at most five.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<ProductCard>>")]
    pub cards: Vec<ProductCard>,
}

impl BotTurn {
    /// Nothing said and nothing asked: such a turn is never logged.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.say.is_empty()
            && self.buttons.is_empty()
            && self.form.is_empty()
            && self.asks.is_none()
            && self.cards.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotButton {
    pub label: String,
    /// Present: a link to open (http or https), which sends nothing. Absent: a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub url: Option<String>,
}

/// A field of the bot's definition as the visitor meets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldView {
    pub id: String,
    pub label: String,
    /// The question, as said in the chat.
    pub ask: String,
    pub kind: FieldKind,
    pub max_chars: u32,
    /// The label of the way around it; present = optional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub skip: Option<String>,
    /// HTML autofill token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub autocomplete: Option<String>,
    /// What is said when the answer does not fit.
    pub error: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    Text {},
    Email {},
    Phone {},
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        max: Option<i64>,
    },
    Choice {
        options: Vec<String>,
    },
    /// Checked by the server only: its regular expressions are not the browser's.
    Pattern {},
}

/// One answer of the visitor, shown to agents under "Visitor details".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Detail {
    pub field: String,
    pub label: String,
    pub value: String,
    /// What the answer is for the product itself: the visitor's name heads the lists, the e-mail the conversation.
    #[serde(default)]
    pub role: DetailRole,
}

/// Told from the field's type and autofill token, never from its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DetailRole {
    Name,
    Email,
    Phone,
    #[default]
    Other,
}

/// Why the bot said what it said; agents only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct BotWhy {
    /// The rung of the ladder that decided: one of [`crate::rules::bot::rung`].
    pub rung: String,
    /// The published version of the definition.
    pub version: u32,
    /// The step, target or matched words, for people.
    pub because: String,
    /// The best FAQs for the text, at most two, best first; empty where matching was not reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FaqScore>>")]
    pub best: Vec<FaqScore>,
    /// The FAQ whose answer was said: by a text (`faq`), or by a click.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answered: Option<String>,
    /// FAQs offered as buttons because the bot was not sure, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub suggested: Vec<String>,
}

/// How near a text came to an FAQ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaqScore {
    pub faq: String,
    /// Thousandths of 1. No percentage of anything: compared with the thresholds only.
    pub score: u32,
    /// The visitor's words that spoke for it, as typed, at most 8.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub words: Vec<String>,
}

/// The question that the widget puts once after a close, where the bot's definition has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RatingView {
    pub ask: String,
    pub scale: RatingScale,
    /// Whether a comment may be added.
    pub comment: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RatingScale {
    /// 1 to 5.
    Five,
    /// 1 (down) or 5 (up), so that both scales have one mean.
    Thumbs,
}
