//! What the sessions are handed in these tests: everything real but the catalog.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::actors::ports::{Cards, Ports};
use crate::http::front::Front;
use crate::protocol::{ProductCard, ProductId, SiteId, Sku};
use crate::store::StoreError;
use crate::store::log::ConversationLog;

pub fn ports(front: &Front, log: Arc<dyn ConversationLog>) -> Ports {
    Ports {
        log,
        clock: front.clock.clone(),
        ids: front.ids.clone(),
        bots: Arc::new(front.bots.clone()),
        cards: Arc::new(Nothing),
        documents: front.shared_documents(),
        sites: Arc::new(front.known.clone()),
        door: Arc::new(front.door.clone()),
    }
}

struct Nothing;

impl Cards for Nothing {
    fn card(
        &self,
        _: SiteId,
        _: ProductId,
        _: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>> {
        Box::pin(async { Ok(None) })
    }
}
