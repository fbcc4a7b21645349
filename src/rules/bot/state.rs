//! What goes into one step of the bot and what comes out of it.
//!
//! Types only; what follows from them is decided in [`super::turn`]. Everything
//! that the outside knows (time, presence, place in line) comes in as [`Facts`];
//! everything that the outside must do leaves as an [`Output`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::model::Target;
use crate::protocol::command::FieldAnswer;
use crate::protocol::refusal::FieldFault;
use crate::protocol::{BotTurn, BotWhy, Detail, ProductCard, Timestamp};

/// What is true outside at the moment of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Local time follows from it by the bot's own time zone.
    pub now: Timestamp,
    /// Agents of this site who are on duty: available or busy, with a socket.
    pub agents_online: u32,
    /// Those of them who are available and below their limit.
    pub agents_free: u32,
    /// The conversation's place in the line, from 1; before it waits, the place that it would get.
    pub place: u32,
    /// The widget's language; its primary subtag decides.
    pub lang: String,
    /// Values in stock of the catalog attributes that [`super::Bot::attributes`] names, at most 12 each; a missing
    /// one has none, and its field is passed over.
    pub values: BTreeMap<String, Vec<String>>,
}

/// One thing that happened, told to the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The conversation begins: the start turn.
    Start,
    /// As `Start`, for a visitor who writes again within [`super::NEXT_TO_HOURS`] of a close.
    /// Where the definition says `close.next_to = "waiting"` they go straight to the line.
    Return,
    Text(String),
    /// A button of the latest turn, counted from 0. Clicks on earlier turns are refused
    /// before they get here, by the number of the event that offered them.
    Button {
        index: u32,
    },
    Form(Vec<FieldAnswer>),
    DocumentShared,
    /// `RemindAt` has passed and the conversation still waits.
    WaitedTooLong,
    /// The last reachable agent left while the conversation waits.
    NobodyLeft,
    /// The place in line is now this one.
    PlaceChanged(u32),
    /// What [`Output::SearchProducts`] of that turn found, at most as many as were asked for; also when the search
    /// failed or was late: empty then. Of another turn it changes nothing.
    Found {
        turn: u32,
        cards: Vec<ProductCard>,
    },
}

/// What the catalog is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProductQuery {
    /// The ranked search of these words; an empty text with filters finds whatever passes them.
    Words {
        text: String,
        /// Of the currency's main unit, a decimal number with a point.
        price_max: Option<String>,
        in_stock: bool,
        /// Attribute and value, each of which must hold.
        values: Vec<(String, String)>,
    },
    /// Only an exact SKU or GTIN, or products whose title has every word of the text but stop words.
    Named { text: String },
}

/// What the outside must do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Store these as the visitor's details.
    Keep(Vec<Detail>),
    /// Queue the conversation: the visitor wants a person.
    HandOff,
    /// Queue the conversation as a message left; it may already wait in the line.
    LeaveMessage,
    /// Say this. Never a silent turn.
    Say(BotTurn),
    /// Come back with `WaitedTooLong` after so long, if it still waits then.
    RemindAt { seconds: u32 },
    /// Store nothing; refuse the form with what is wrong, field by field.
    Refuse(Vec<FieldFault>),
    /// Store nothing; what was clicked or filled is not what the latest turn offers.
    Stale,
    /// For agents: why this turn came out as it did.
    Explain(BotWhy),
    /// Search, and come back with [`Input::Found`] of that turn before anything else is stored: what is said waits
    /// for it. Always the last output of a step, which then says nothing.
    SearchProducts { turn: u32, query: ProductQuery, limit: u32 },
}

/// Where a conversation with the bot stands; stored with each turn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    pub(super) mode: Mode,
    /// The step entered last; empty before the first.
    pub(super) step: String,
    /// Answers by field id, as kept in the visitor's details.
    pub(super) known: BTreeMap<String, String>,
    /// Fields that the visitor chose not to answer: not asked again.
    pub(super) skipped: BTreeSet<String>,
    /// No address was given for the message being left, on purpose.
    pub(super) passed_address: bool,
    /// Texts in a row that nothing caught.
    pub(super) misses: u32,
    /// Answers in a row that did not fit the awaited field.
    pub(super) tries: u32,
    /// What the buttons of the latest turn do, in their order.
    pub(super) offered: Vec<Offered>,
    /// Turns said so far.
    pub(super) turn: u32,
    /// What was typed in place of the pre-chat form, as far as matching reads it: heard once the form is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unheard: Option<String>,
}

impl State {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A new conversation of a visitor whose details are known from an earlier one: not asked again.
    #[must_use]
    pub fn knowing(details: &[Detail]) -> Self {
        let known = details.iter().map(|detail| (detail.field.clone(), detail.value.clone())).collect();
        Self { known, ..Self::default() }
    }

    /// An agent acted: whatever comes, the bot has nothing more to say in this conversation.
    #[must_use]
    pub fn silenced(self) -> Self {
        Self { mode: Mode::Silenced, offered: Vec::new(), ..self }
    }

    #[must_use]
    pub fn is_silenced(&self) -> bool {
        matches!(self.mode, Mode::Silenced)
    }

    /// Turns said so far; the start turn is the first.
    #[must_use]
    pub fn turns(&self) -> u32 {
        self.turn
    }

    /// The visitor waits in the line for a person, as far as the bot knows.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        matches!(self.mode, Mode::Waiting { .. })
    }
}

/// What the bot waits for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Mode {
    /// Nothing has been said yet.
    #[default]
    New,
    /// The pre-chat form is shown.
    Form,
    /// Buttons or nothing: a free text goes down the ladder.
    Menu,
    /// The next text answers this field.
    Asking { field: String, then: Then },
    /// The next text is the message to leave.
    Message,
    /// The next text says what to search the catalog for; `again`: the search before found nothing.
    Query { again: bool },
    /// A turn waits for what a search finds. Never stored: the search ends before anything is.
    Searching(Box<Searching>),
    /// In the line. The place said last, when, and whether leaving a message was offered.
    Waiting { place: u32, said_at: Timestamp, offered: bool },
    /// A message was left: somebody will read and answer it.
    Left,
    /// A person is or was in charge.
    Silenced,
}

/// A turn that is not finished: what it says so far, and what follows the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Searching {
    /// The number that [`Input::Found`] must name.
    pub turn: u32,
    pub then: Found,
    pub said: Vec<String>,
    pub cards: Vec<ProductCard>,
    /// Steps entered by themselves, for their bound.
    pub moves: u32,
    /// Searches made for this input, this one among them.
    pub searches: u32,
    pub why: BotWhy,
}

/// Why the catalog was searched, and so what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Found {
    /// The visitor said what they look for.
    Query { query: String },
    /// A step shows products; then it goes on.
    Step { id: String, query: String },
    /// A text that nothing caught may name a product.
    Named,
    /// One word alone: a question where the catalog does not know it.
    Word { word: String },
}

/// Whose fields are being asked, and so what follows the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Then {
    /// The pre-chat form, asked one by one; then the first step.
    Form,
    Step {
        id: String,
    },
    HandOff,
    LeaveMessage,
}

/// A button as it was offered: a click does what the label promised, also after a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Offered {
    pub label: String,
    pub act: Act,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Act {
    Go {
        target: Target,
    },
    /// Opens in the browser; nothing happens here.
    Open,
    /// Passes over the awaited field.
    Skip,
    /// The message to leave is complete (a document alone).
    Complete,
    /// None of the FAQs offered was meant.
    NoneOfThese,
}
