//! What browsers ask of a conversation: imperatives, each under a [`super::CommandId`].
//!
//! Whether one is allowed is decided in [`crate::rules::conversation::decide`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgentId, CardMark, DocumentId, PageRef, PageVisit, ProductChoice, ProductId, Sku, TransferId};

/// A visitor's command on their open conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitorCommand {
    /// Only begins (before an upload, which needs a conversation to go to).
    Begin {},
    PostMessage {
        text: String,
    },
    /// `turn` is the event that offered the button; 0 = the start turn of the version named by `Begin`.
    ChooseButton {
        turn: u64,
        button: u32,
    },
    /// Answers of a form, by field id; wrong ones are refused `invalid_fields` together.
    SubmitForm {
        turn: u64,
        answers: Vec<FieldAnswer>,
    },
    /// A document uploaded before by this visitor.
    ShareDocument {
        document: DocumentId,
    },
    /// Of a closed conversation, once.
    Rate {
        /// 1 to 5; thumbs are 1 and 5.
        rating: u8,
        #[serde(default)]
        comment: String,
    },
    MarkCard {
        card: u64,
        mark: CardMark,
        /// Of a comparison: the product that was opened or added.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        product: Option<ProductId>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FieldAnswer {
    pub field: String,
    /// Empty = skipped, where the field may be.
    pub value: String,
}

/// What goes with the first input of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// The widget's language, a primary subtag.
    pub lang: String,
    /// The version of the bot whose start turn the visitor saw.
    pub bot_version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub page: Option<PageRef>,
    /// Pages seen before, oldest first, at most [`super::BEGIN_VISITS_MAX`]; empty without consent.
    #[serde(default)]
    pub visits: Vec<PageVisit>,
    /// The visitor agreed to page visits on this store.
    #[serde(default)]
    pub visits_consented: bool,
}

/// An agent's command on one conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentCommand {
    TakeConversation {
        version: u64,
    },
    PostMessage {
        text: String,
    },
    AddNote {
        text: String,
    },
    /// A document uploaded before by this agent to this conversation.
    ShareDocument {
        document: DocumentId,
    },
    /// The server looks the card up and freezes it; `sku` absent = the first variant in stock.
    RecommendProduct {
        product: ProductId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        sku: Option<Sku>,
    },
    /// Two to four, looked up and frozen like a card.
    CompareProducts {
        products: Vec<ProductChoice>,
    },
    OfferTransfer {
        version: u64,
        to: AgentId,
        note: String,
    },
    AcceptTransfer {
        transfer: TransferId,
    },
    DeclineTransfer {
        transfer: TransferId,
    },
    WithdrawTransfer {
        transfer: TransferId,
    },
    CloseConversation {
        version: u64,
    },
}
