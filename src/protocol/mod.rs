//! What travels between the server and the browsers: types only, no decision.
//!
//! Everything here is exported to TypeScript (`widget/src/shared/protocol.ts`)
//! by [`typescript`]; a test fails when the committed file is stale. Meaning and
//! order of the frames for a stranger who writes a client: `docs/protocol.md`.
//!
//! House rules of the wire: tagged enums say `type`; unit-like variants are
//! written `Variant {}` because a unit variant of a tagged enum accepts unknown
//! fields; client input refuses unknown fields; an absent value is absent, never
//! null; times are RFC 3339 UTC with milliseconds; money is minor units and a
//! currency.

pub mod admin;
pub mod bot;
pub mod bot_desk;
pub mod catalog;
pub mod cobrowse;
pub mod command;
pub mod conversation;
pub mod definition;
pub mod event;
pub mod feed;
pub mod frame;
pub mod ids;
pub mod import;
pub mod ledger;
pub mod refusal;
pub mod session;
pub mod suggestion;
pub mod time;
pub mod typescript;
pub mod widget;

pub use bot::{
    BotButton, BotTurn, BotWhy, Detail, DetailRole, FaqScore, FieldKind, FieldView, RatingScale, RatingView,
};
pub use catalog::{ProductCard, ProductChoice, ProductComparison};
pub use command::{AgentCommand, Begin, VisitorCommand};
pub use conversation::{ConversationDetails, ConversationRow, DocumentRef, Mark, Marks, PageRef, PageVisit, Stage};
pub use event::{AgentRef, Audience, Author, CardMark, Event, EventBody, QueueReason};
pub use ids::{
    AgentId, AskId, CommandId, ConversationId, DocumentId, ImportId, InvitationId, PreviewId, ProductId, ShareId,
    SiteId, Sku, TransferId, VisitId, VisitorId,
};
pub use refusal::{Refusal, RefusalCode};
pub use time::Timestamp;

/// A message's text after decoding, in bytes of UTF-8; longer ones are refused `text_too_long`.
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;
/// What a visitor may add to a rating, in bytes.
pub const RATING_COMMENT_BYTES_MAX: usize = 2 * 1024;
/// A frame that a client may send, in bytes; a longer one closes the socket with 1009.
pub const FRAME_BYTES_MAX: usize = 64 * 1024;
/// A frame that the server sends, in bytes: Chromium fragments what is longer than 64 KiB.
pub const SERVER_FRAME_BYTES_MAX: usize = 60 * 1024;
/// The first frame of a socket, in bytes.
pub const HELLO_BYTES_MAX: usize = 1024;
/// Page visits that one `Begin` may carry.
pub const BEGIN_VISITS_MAX: usize = 50;
/// An address or a title of a page visit, in bytes; longer ones are cut.
pub const PAGE_ADDRESS_BYTES_MAX: usize = 2 * 1024;
pub const PAGE_TITLE_BYTES_MAX: usize = 300;
/// The WebSocket subprotocol of this version of the wire.
pub const SUBPROTOCOL: &str = "comptoir.v1";
