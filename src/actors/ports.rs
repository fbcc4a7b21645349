//! What the actors are handed: clock, ids, bots, cards, documents. Each is a trait,
//! so that a simulator can drive the same sessions later, and so that the actors
//! know neither the catalog nor HTTP.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::protocol::{
    AgentId, ConversationId, DocumentId, DocumentRef, ProductCard, ProductId, SiteId, Sku, Timestamp, VisitorId,
};
use crate::rules::bot::Bot;
use crate::store::StoreError;

/// The wall clock. Time-outs run on the actors' monotonic timers, not on this.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// New identities (UUIDv7) and random numbers.
pub trait Ids: Send + Sync + 'static {
    fn fresh(&self) -> Uuid;
}

/// Published bots, compiled; versions are immutable, so an `Arc` may be kept.
pub trait Bots: Send + Sync + 'static {
    /// The published version now; none = the site has no bot yet.
    fn published(&self, site: SiteId) -> Option<(u32, Arc<Bot>)>;
    /// A version that a conversation keeps.
    fn version(&self, site: SiteId, version: u32) -> BoxFuture<'static, Result<Option<Arc<Bot>>, StoreError>>;
}

/// The catalog as far as a conversation needs it.
pub trait Cards: Send + Sync + 'static {
    /// The card as it is in the store now; none = no such product or SKU in this site's catalog.
    fn card(
        &self,
        site: SiteId,
        product: ProductId,
        sku: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>>;
}

/// Who uploaded a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uploader {
    Visitor(VisitorId),
    Agent(AgentId),
}

/// Uploaded documents, whose bytes are on disk already.
pub trait Documents: Send + Sync + 'static {
    /// The document if this party uploaded it for this conversation and it was not shared yet.
    fn uploaded(
        &self,
        site: SiteId,
        conversation: ConversationId,
        by: Uploader,
        document: DocumentId,
    ) -> BoxFuture<'static, Result<Option<DocumentRef>, StoreError>>;
}
