//! A conversation as the fold of its log.

use serde::{Deserialize, Serialize};

use crate::protocol::conversation::{LastLine, TransferOffer};
use crate::protocol::{AgentRef, ConversationId, Detail, SiteId, Stage, Timestamp, VisitorId};

/// Everything that decisions and lists need to know; kept as one row beside the log.
///
/// `apply` from event 1 to `head` gives exactly this (tested for every command).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationState {
    pub id: ConversationId,
    pub site: SiteId,
    pub visitor: VisitorId,
    pub previous: Option<ConversationId>,
    pub phase: Phase,
    /// Counts changes of stage or party in charge.
    pub version: u64,
    /// The last event's number; 0 before the first.
    pub head: u64,
    pub lang: String,
    pub bot_version: u32,
    pub test: bool,
    pub started_at: Timestamp,
    /// The event of the latest bot turn, whose buttons count; 0 = none.
    pub latest_turn: u64,
    /// The last input of the visitor that no bot turn answers yet; 0 = none.
    pub unanswered: u64,
    pub details: Vec<Detail>,
    pub last: LastLine,
    /// Numbers of the visitor's inputs that agents should read, for unread counts: at most the last [`VISITOR_INPUTS_MAX`].
    pub visitor_inputs: Vec<u64>,
    /// Cards recommended and how far the visitor got with each: at most the last [`CARDS_MAX`].
    pub cards: Vec<CardState>,
}

/// Cards that can still be marked; marks of older ones are refused.
pub const CARDS_MAX: usize = 200;
/// Unread counts stop here: the console writes "99+".
pub const VISITOR_INPUTS_MAX: usize = 100;

/// A card in the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardState {
    /// The event that carried it.
    pub seq: u64,
    pub seen: bool,
    pub opened: bool,
}

/// The stage with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Phase {
    Bot {},
    Waiting {
        since: Timestamp,
        message_left: bool,
        /// Its agent vanished: before all others.
        first_in_line: bool,
        was_with: Option<AgentRef>,
    },
    InProgress {
        agent: AgentRef,
        offer: Option<TransferOffer>,
        /// It came by a left message: kept for the list.
        message_left: bool,
    },
    Closed {
        at: Timestamp,
        by: AgentRef,
    },
}

impl Phase {
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Bot {} => Stage::Bot,
            Self::Waiting { .. } => Stage::Waiting,
            Self::InProgress { .. } => Stage::InProgress,
            Self::Closed { .. } => Stage::Closed,
        }
    }
}
