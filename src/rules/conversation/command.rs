//! What can be asked of a conversation, and what a decision needs to know besides.
//!
//! Types only. Commands of browsers are the wire's own; those of the server itself
//! are here, because nobody may send them.

use super::share::ShareCommand;
use crate::protocol::refusal::FieldFault;
use crate::protocol::{
    AgentCommand, AgentId, AgentRef, BotTurn, BotWhy, ConversationId, Detail, DocumentRef, PageRef, ProductCard,
    ProductComparison, RatingScale, Timestamp, TransferId, VisitorCommand,
};

/// Something to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The visitor's first input begins the conversation; decided before that input.
    Begin(Opening),
    Visitor(VisitorCommand),
    Agent {
        by: AgentRef,
        command: AgentCommand,
    },
    Server(ServerCommand),
}

/// How a conversation begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The visitor's conversation before, closed.
    pub previous: Option<ConversationId>,
    pub lang: String,
    pub page: Option<PageRef>,
    pub bot_version: u32,
    pub test: bool,
}

/// What the server does by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerCommand {
    Answer(Box<BotAnswer>),
    /// Nobody answered the offer in time.
    EndOffer {
        transfer: TransferId,
    },
    /// The offer's target signed out, was disabled or left the site.
    LoseTarget {
        target: AgentId,
    },
    /// The agent vanished: whatever they hold goes back to the line.
    LoseAgent {
        agent: AgentId,
    },
    /// What the session of a shared page has the log say.
    Share(ShareCommand),
}

/// What the bot makes of one input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BotAnswer {
    /// The event that it answers; 0 for the start turn.
    pub answers: u64,
    /// Details learnt from a free text. Those of a form are stored with the form itself.
    pub kept: Vec<Detail>,
    pub queue: Option<Queue>,
    pub turn: Option<BotTurn>,
    pub why: Option<BotWhy>,
}

/// Why the bot wants a conversation in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// The visitor asked for a person.
    Handoff,
    /// Nobody was reachable.
    MessageLeft,
}

/// What was looked up for one decision. Only the fields that its command needs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: Timestamp,
    /// The name of an offer, should one be made now.
    pub transfer: TransferId,
    /// The agent to whom the conversation is offered, if they are online on its site.
    pub target: Option<AgentRef>,
    /// The card to recommend, as the catalog has it now.
    pub card: Option<ProductCard>,
    /// The products to compare, as the catalog has them now; none when one of them is not there.
    pub comparison: Option<ProductComparison>,
    /// The document, if the sender uploaded it to this conversation.
    pub document: Option<DocumentRef>,
    /// What the chosen button of the latest turn says; none = it has no such reply.
    pub label: Option<String>,
    /// How the visitor is asked to rate the conversation; none = they are not.
    pub rating: Option<RatingScale>,
    /// The form's answers as the bot keeps them, or what is wrong with them.
    pub form: Result<Vec<Detail>, FormFault>,
}

/// Why a form is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFault {
    /// The latest turn shows no such form.
    Stale,
    Invalid(Vec<FieldFault>),
}

impl Facts {
    /// Nothing was looked up but the time.
    #[must_use]
    pub fn at(now: Timestamp, transfer: TransferId) -> Self {
        Self {
            now,
            transfer,
            target: None,
            card: None,
            comparison: None,
            document: None,
            label: None,
            rating: None,
            form: Err(FormFault::Stale),
        }
    }
}
