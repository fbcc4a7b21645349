//! The facts of a conversation's log.
//!
//! Who may see which is [`crate::rules::conversation::view_for`]; what follows
//! from them is [`crate::rules::conversation::apply`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cobrowse::{ShareAct, ShareStep};
use super::{
    AgentId, BotTurn, BotWhy, ConversationId, Detail, DocumentRef, PageRef, ProductCard, ProductComparison, ProductId,
    ShareId, Timestamp, TransferId,
};

/// One fact, numbered 1..n without holes in its conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Event {
    pub seq: u64,
    /// For people; never orders anything.
    pub at: Timestamp,
    pub body: EventBody,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// Always number 1.
    ConversationStarted {
        /// The visitor's conversation before this one, closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        previous: Option<ConversationId>,
        /// The widget's language, a primary subtag.
        lang: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        page: Option<PageRef>,
        bot_version: u32,
        /// Begun on the test page; left out of statistics.
        test: bool,
    },
    BotSpoke {
        turn: BotTurn,
        /// The event that it answers; 0 for the start turn.
        answers: u64,
    },
    /// Agents only: why the turn that answers the same event came out as it did.
    BotExplained {
        answers: u64,
        why: BotWhy,
    },
    MessagePosted {
        author: Author,
        text: String,
    },
    ButtonChosen {
        /// The event of the turn that offered it.
        turn: u64,
        button: u32,
        label: String,
    },
    /// The visitor answered fields, by a form or one by one; a later value replaces an earlier one.
    DetailsGiven {
        details: Vec<Detail>,
    },
    DocumentShared {
        author: Author,
        document: DocumentRef,
    },
    /// To `Waiting`.
    ConversationQueued {
        reason: QueueReason,
    },
    /// To `InProgress`.
    ConversationTaken {
        by: AgentRef,
    },
    /// Agents only. The giver stays in charge until it is accepted.
    TransferOffered {
        transfer: TransferId,
        from: AgentRef,
        to: AgentRef,
        note: String,
        expires_at: Timestamp,
    },
    /// Agents only: the offer ended without a change of hands.
    TransferEnded {
        transfer: TransferId,
        outcome: TransferOutcome,
    },
    ConversationTransferred {
        transfer: TransferId,
        from: AgentRef,
        to: AgentRef,
    },
    /// For good; after it only card marks, reading marks and one rating are accepted.
    ConversationClosed {
        by: AgentRef,
    },
    ProductRecommended {
        by: AgentRef,
        card: ProductCard,
    },
    /// Two to four products side by side.
    ProductsCompared {
        by: AgentRef,
        comparison: ProductComparison,
    },
    /// Agents only: the visitor saw, opened or added the card of that event; once each.
    CardMarked {
        card: u64,
        mark: CardMark,
        /// Of a comparison: which of its products; absent when it was seen as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        product: Option<ProductId>,
    },
    /// The visitor's own word on a closed conversation; once.
    ConversationRated {
        /// 1 to 5; thumbs are 1 and 5.
        rating: u8,
        /// Empty without one; at most [`super::RATING_COMMENT_BYTES_MAX`].
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        comment: String,
    },
    /// Agents only.
    NoteAdded {
        by: AgentRef,
        text: String,
    },
    /// A step of a shared page: who asked, who agreed, each change of hands, its end.
    ShareChanged {
        share: ShareId,
        step: ShareStep,
    },
    /// Agents only: what was done on the visitor's page, by kind and masked label.
    ShareActed {
        share: ShareId,
        by: AgentRef,
        /// At most [`super::cobrowse::ACTS_MAX`].
        acts: Vec<ShareAct>,
    },
    /// What a visitor receives in place of an agents' event, so that numbers stay contiguous. Never stored.
    Withheld {},
}

/// For whom an event is, fixed by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Everyone,
    Agents,
}

/// Who wrote a message or shared a document. The bot speaks by [`EventBody::BotSpoke`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Author {
    Visitor {},
    Agent { agent: AgentRef },
}

/// An agent as everybody may know them: the first name, from the server only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct AgentRef {
    pub id: AgentId,
    pub first_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QueueReason {
    /// The visitor asked for a person.
    Handoff {},
    /// Nobody was reachable; the last messages wait for an answer by mail or here.
    MessageLeft {},
    /// The agent in charge vanished: first in line, marked "was with".
    AgentGone { agent: AgentRef },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TransferOutcome {
    Declined,
    TimedOut,
    Withdrawn,
    /// The target signed out, was disabled or left the site.
    TargetGone,
    /// The conversation was closed or requeued meanwhile.
    Overtaken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardMark {
    Seen,
    Opened,
    /// Into the store's cart.
    Added,
}
