//! What became of recommendations, and which searches found nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgentRef, ConversationId, ProductId, Sku, Timestamp};

/// One recommended product, from its card to the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerEntry {
    pub conversation: ConversationId,
    /// The number of the card's event.
    pub card: u64,
    /// The card compared several products.
    pub compared: bool,
    pub by: AgentRef,
    pub product: ProductId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sku: Option<Sku>,
    pub title: String,
    pub sent_at: Timestamp,
    /// Each at its first time; what was opened or added was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seen_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub opened_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub added_at: Option<Timestamp>,
}

/// Recommendations of some days, the newest first, with their sums.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Ledger {
    pub total: LedgerSum,
    /// Most sent first, at most 100 each.
    pub agents: Vec<LedgerAgent>,
    pub products: Vec<LedgerProduct>,
    /// A page of at most 50.
    pub entries: Vec<LedgerEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct LedgerSum {
    pub sent: u64,
    pub seen: u64,
    pub opened: u64,
    pub added: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerAgent {
    pub by: AgentRef,
    pub sum: LedgerSum,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerProduct {
    pub product: ProductId,
    pub title: String,
    pub sum: LedgerSum,
}

/// A search of an agent that found nothing; only the text, nobody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EmptyQuery {
    /// As last written.
    pub text: String,
    pub lang: String,
    pub times: u64,
    pub last_at: Timestamp,
}
