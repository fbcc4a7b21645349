//! What only a real process has: its clock and its ids.

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::actors::ports::{Cards, Clock, Ids};
use crate::http::front::ProductCounts;
use crate::protocol::{ProductCard, ProductId, SiteId, Sku, Timestamp};
use crate::store::StoreError;

/// The machine's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}

/// UUIDv7.
#[derive(Debug, Clone, Copy, Default)]
pub struct FreshIds;

impl Ids for FreshIds {
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Until catalogs can be imported: none has a product.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoProducts;

impl ProductCounts for NoProducts {
    fn products(&self, _: SiteId) -> BoxFuture<'static, Result<u64, StoreError>> {
        Box::pin(async { Ok(0) })
    }
}

impl Cards for NoProducts {
    fn card(
        &self,
        _: SiteId,
        _: ProductId,
        _: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>> {
        Box::pin(async { Ok(None) })
    }
}
