//! What the sessions are handed in these tests: no conversation is led here.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::actors::ports::{Bots, Cards, Documents, Ports, Uploader};
use crate::http::front::Front;
use crate::protocol::conversation::TabCounts;
use crate::protocol::{
    AgentId, ConversationId, DocumentId, DocumentRef, Event, Marks, PageVisit, ProductCard, ProductId, SiteId, Sku,
    VisitorId,
};
use crate::rules::bot::Bot;
use crate::store::StoreError;
use crate::store::log::{Answer, Append, Appended, Chunk, CommandKey, ConversationLog, Stored};

pub fn ports(front: &Front) -> Ports {
    Ports {
        log: Arc::new(Nothing),
        clock: front.clock.clone(),
        ids: front.ids.clone(),
        bots: Arc::new(Nothing),
        cards: Arc::new(Nothing),
        documents: Arc::new(Nothing),
        sites: Arc::new(front.known.clone()),
        door: Arc::new(front.door.clone()),
    }
}

struct Nothing;

fn none<T: Default + Send + 'static>() -> BoxFuture<'static, Result<T, StoreError>> {
    Box::pin(async { Ok(T::default()) })
}

impl Bots for Nothing {
    fn published(&self, _: SiteId) -> Option<(u32, Arc<Bot>)> {
        None
    }

    fn version(&self, _: SiteId, _: u32) -> BoxFuture<'static, Result<Option<Arc<Bot>>, StoreError>> {
        none()
    }
}

impl Cards for Nothing {
    fn card(
        &self,
        _: SiteId,
        _: ProductId,
        _: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>> {
        none()
    }
}

impl Documents for Nothing {
    fn uploaded(
        &self,
        _: SiteId,
        _: ConversationId,
        _: Uploader,
        _: DocumentId,
    ) -> BoxFuture<'static, Result<Option<DocumentRef>, StoreError>> {
        none()
    }
}

impl ConversationLog for Nothing {
    fn append(&self, _: Append) -> Answer<Appended> {
        Box::pin(async { Err(StoreError::Busy) })
    }
    fn answered(&self, _: SiteId, _: ConversationId, _: CommandKey) -> Answer<Option<u64>> {
        none()
    }
    fn locate(&self, _: Vec<SiteId>, _: ConversationId) -> Answer<Option<(SiteId, VisitorId)>> {
        none()
    }
    fn counts(&self, _: AgentId, _: Vec<SiteId>) -> Answer<TabCounts> {
        none()
    }
    fn load(&self, _: SiteId, _: ConversationId) -> Answer<Option<Stored>> {
        none()
    }
    fn latest_of(&self, _: SiteId, _: VisitorId) -> Answer<Option<Stored>> {
        none()
    }
    fn since(&self, _: SiteId, _: ConversationId, _: u64, _: usize) -> Answer<Chunk> {
        none()
    }
    fn before(&self, _: SiteId, _: ConversationId, _: u64, _: u32) -> Answer<Vec<Event>> {
        none()
    }
    fn mark(&self, _: SiteId, _: ConversationId, _: Marks) -> Answer<()> {
        none()
    }
    fn visit(&self, _: SiteId, _: ConversationId, _: PageVisit) -> Answer<()> {
        none()
    }
    fn forget_visits(&self, _: SiteId, _: ConversationId) -> Answer<()> {
        none()
    }
    fn open_of_site(&self, _: SiteId) -> Answer<Vec<Stored>> {
        none()
    }
}
