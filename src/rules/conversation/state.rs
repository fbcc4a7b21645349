//! A conversation as the fold of its log.

use serde::{Deserialize, Serialize};

use super::share::{SeenBy, ShareFact};
use crate::protocol::conversation::{LastLine, LineFrom, LineKind, TransferOffer};
use crate::protocol::{AgentRef, CardMark, ConversationId, Detail, ProductId, SiteId, Stage, Timestamp, VisitorId};

/// Cards that can still be marked; marks of older ones are refused.
pub const CARDS_MAX: usize = 200;
/// Unread counts stop here: the console writes "99+".
pub const VISITOR_INPUTS_MAX: usize = 100;

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
    /// The event of the bot's first words, which a client may call 0; 0 = there were none.
    pub start_turn: u64,
    /// The event of the latest bot turn, whose buttons count; 0 = none.
    pub latest_turn: u64,
    /// The last input of the visitor that no bot turn answers yet; 0 = none.
    pub unanswered: u64,
    pub details: Vec<Detail>,
    pub last: LastLine,
    /// Numbers of the visitor's inputs that agents should read, for unread counts: at most the last [`VISITOR_INPUTS_MAX`].
    pub visitor_inputs: Vec<u64>,
    /// Cards that agents and the bot showed, and how far the visitor got with each: at most the last [`CARDS_MAX`].
    pub cards: Vec<CardState>,
    /// What the visitor said of it after its close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rated: Option<Rated>,
    /// The page that is shared, or that the visitor is asked to share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<ShareFact>,
    /// Who was agreed to last: what they did may be told a moment after the end of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<SeenBy>,
}

/// The visitor's word on a closed conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// 1 to 5.
    pub rating: u8,
    pub comment: String,
}

/// A card in the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardState {
    /// The event that carried it.
    pub seq: u64,
    pub seen: bool,
    pub opened: bool,
    #[serde(default)]
    pub added: bool,
    /// The products of a comparison or of a bot's turn, each with its own marks; empty for a single card.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<ComparedState>,
}

/// One of several products shown together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedState {
    pub product: ProductId,
    pub opened: bool,
    pub added: bool,
}

impl CardState {
    #[must_use]
    pub fn sent(seq: u64, compared: Vec<ProductId>) -> Self {
        let compared = compared.into_iter().map(|product| ComparedState { product, opened: false, added: false });
        Self { seq, seen: false, opened: false, added: false, compared: compared.collect() }
    }

    /// Whether the mark stands already. Nothing when the card cannot have it: a comparison is seen
    /// as a whole, but opened or added product by product.
    #[must_use]
    pub fn is_marked(&self, mark: CardMark, product: Option<&ProductId>) -> Option<bool> {
        let compared = |product: &ProductId| self.compared.iter().find(|known| known.product == *product);
        match (mark, product) {
            (CardMark::Seen, None) => Some(self.seen),
            (CardMark::Seen, Some(_)) => None,
            (CardMark::Opened, None) => self.compared.is_empty().then_some(self.opened),
            (CardMark::Added, None) => self.compared.is_empty().then_some(self.added),
            (CardMark::Opened, Some(product)) => compared(product).map(|known| known.opened),
            (CardMark::Added, Some(product)) => compared(product).map(|known| known.added),
        }
    }

    pub(super) fn mark(&mut self, mark: CardMark, product: Option<&ProductId>) {
        let compared = self.compared.iter_mut().find(|known| product == Some(&known.product));
        match (mark, compared) {
            (CardMark::Seen, _) => self.seen = true,
            (CardMark::Opened, None) => self.opened = true,
            (CardMark::Added, None) => self.added = true,
            (CardMark::Opened, Some(known)) => known.opened = true,
            (CardMark::Added, Some(known)) => known.added = true,
        }
    }
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

    /// The agent in charge, or the one who closed it: whom a refusal names.
    #[must_use]
    pub fn agent(&self) -> Option<&AgentRef> {
        match self {
            Self::Bot {} | Self::Waiting { .. } => None,
            Self::InProgress { agent, .. } => Some(agent),
            Self::Closed { by, .. } => Some(by),
        }
    }

    #[must_use]
    pub fn in_charge(&self) -> Option<&AgentRef> {
        match self {
            Self::InProgress { agent, .. } => Some(agent),
            Self::Bot {} | Self::Waiting { .. } | Self::Closed { .. } => None,
        }
    }

    #[must_use]
    pub fn offer(&self) -> Option<&TransferOffer> {
        match self {
            Self::InProgress { offer, .. } => offer.as_ref(),
            Self::Bot {} | Self::Waiting { .. } | Self::Closed { .. } => None,
        }
    }

    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed { .. })
    }
}

impl ConversationState {
    /// Before its first event: what [`super::apply`] begins its fold with.
    #[must_use]
    pub fn unbegun(id: ConversationId, site: SiteId, visitor: VisitorId) -> Self {
        let last =
            LastLine { from: LineFrom::Visitor, what: LineKind::Text, text: String::new(), at: Timestamp::EPOCH };
        Self {
            id,
            site,
            visitor,
            previous: None,
            phase: Phase::Bot {},
            version: 0,
            head: 0,
            lang: String::new(),
            bot_version: 0,
            test: false,
            started_at: Timestamp::EPOCH,
            start_turn: 0,
            latest_turn: 0,
            unanswered: 0,
            details: Vec::new(),
            last,
            visitor_inputs: Vec::new(),
            cards: Vec::new(),
            rated: None,
            share: None,
            seen_by: None,
        }
    }

    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.head > 0
    }

    /// Begun and not closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.has_begun() && !self.phase.is_closed()
    }
}
