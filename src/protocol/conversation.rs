//! A conversation as lists and panels show it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AgentRef, ConversationId, Detail, DocumentId, SiteId, Timestamp, TransferId, VisitId, VisitorId, event::Author,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Bot,
    Waiting,
    InProgress,
    Closed,
}

/// A page of the store, scrubbed in the browser (no fragment, no query value outside the allow-list).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PageRef {
    /// `http` or `https`, at most [`super::PAGE_ADDRESS_BYTES_MAX`].
    pub url: String,
    /// Text, at most [`super::PAGE_TITLE_BYTES_MAX`].
    pub title: String,
}

/// One page seen by the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PageVisit {
    pub id: VisitId,
    pub page: PageRef,
    /// By the browser's clock, corrected by the server to lie in the past.
    pub at: Timestamp,
}

/// A file exchanged in the conversation; its bytes are fetched by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentRef {
    pub id: DocumentId,
    /// Text for people: never a path.
    pub name: String,
    /// What the server found in the bytes, e.g. `image/png`.
    pub media_type: String,
    pub bytes: u64,
    /// A re-encoded preview exists, of at most 1,280 px.
    pub preview: bool,
}

/// A document with who shared it and when, for the right panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentEntry {
    pub document: DocumentRef,
    pub author: Author,
    pub at: Timestamp,
}

/// How far one party got; only rising. `read` never exceeds `delivered`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Mark {
    pub delivered: u64,
    pub read: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Marks {
    pub visitor: Mark,
    pub agent: Mark,
}

/// An offer in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TransferOffer {
    pub transfer: TransferId,
    pub from: AgentRef,
    pub to: AgentRef,
    pub note: String,
    pub expires_at: Timestamp,
}

/// A row of the three tabs; also sent live as a hint when it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationRow {
    pub id: ConversationId,
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The name given, or a stable readable one ("4F2": the console writes "Visitor 4F2").
    pub visitor_name: VisitorName,
    pub stage: Stage,
    /// Counts changes of stage or party in charge; take, transfer and close carry it.
    pub version: u64,
    /// The last event's number.
    pub head: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub in_charge: Option<AgentRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub waiting_since: Option<Timestamp>,
    /// Came back because its agent vanished: before all others.
    pub first_in_line: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub was_with: Option<AgentRef>,
    pub message_left: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub offer: Option<TransferOffer>,
    /// What the agent in charge (or whoever waits to take it) has not read: the visitor's inputs after the agents' mark.
    pub unread: u32,
    /// The last thing said, for the list: what, cut to 140 characters, and by whom.
    pub last: LastLine,
    pub started_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closed_at: Option<Timestamp>,
    /// What the visitor said of it, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rating: Option<u8>,
    pub lang: String,
    pub test: bool,
    /// The visitor has a socket open.
    pub visitor_online: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum VisitorName {
    Given {
        name: String,
    },
    /// Three characters derived from the visitor's id.
    Unnamed {
        tag: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LastLine {
    pub from: LineFrom,
    pub what: LineKind,
    /// Text, document's name or product's title; empty for the start.
    pub text: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineFrom {
    Visitor,
    Bot,
    Agent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Text,
    Document,
    Product,
}

/// Everything around a transcript: header and right panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationDetails {
    pub row: ConversationRow,
    pub details: Vec<Detail>,
    /// Newest last.
    pub visits: Vec<PageVisit>,
    /// The visitor agreed to page visits before the conversation; otherwise the console says why the list is short.
    pub visits_consented: bool,
    pub documents: Vec<DocumentEntry>,
    pub marks: Marks,
    /// The visitor's earlier conversations, newest first, at most 20.
    pub earlier: Vec<ConversationRow>,
    /// What the browser said of itself, in words ("Firefox · Android"); empty when unknown.
    pub device: String,
}

/// The three tabs' counts for the sites on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct TabCounts {
    pub waiting: u32,
    /// In charge: mine.
    pub mine: u32,
    pub colleagues: u32,
    pub history: u32,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationPage {
    pub items: Vec<ConversationRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}
