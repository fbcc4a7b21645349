//! Everything that sessions reach beside the log: little, and always the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::{BoxFuture, ready};
use uuid::Uuid;

use super::house::{SITE, camille};
use crate::actors::ports::{
    Admitted, AdmittedAgent, Bots, Cards, Documents, Door, Finder, Ids, Knock, Sites, Uploader, VisitorHello,
};
use crate::protocol::cobrowse::ShareSettings;
use crate::protocol::{
    AgentId, ConversationId, DocumentId, DocumentRef, ProductCard, ProductChoice, ProductComparison, ProductId,
    Refusal, RefusalCode, SiteId, Sku, VisitorId,
};
use crate::rules::bot::{Bot, ProductQuery, recorded};
use crate::store::StoreError;

/// Everything else that sessions reach: little, and always the same.
pub struct Little {
    pub bot: Arc<Bot>,
    /// What every search finds.
    pub found: Vec<ProductCard>,
}

impl Ids for Little {
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}

impl Bots for Little {
    fn published(&self, _: SiteId) -> Option<(u32, Arc<Bot>)> {
        Some((1, self.bot.clone()))
    }

    fn version(&self, _: SiteId, _: u32) -> BoxFuture<'static, Result<Option<Arc<Bot>>, StoreError>> {
        Box::pin(ready(Ok(Some(self.bot.clone()))))
    }
}

impl Cards for Little {
    fn card(
        &self,
        _: SiteId,
        _: String,
        _: ProductId,
        _: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>> {
        Box::pin(ready(Ok(None)))
    }

    fn comparison(
        &self,
        _: SiteId,
        _: String,
        _: Vec<ProductChoice>,
    ) -> BoxFuture<'static, Result<Option<ProductComparison>, StoreError>> {
        Box::pin(ready(Ok(None)))
    }
}

impl Finder for Little {
    fn find(&self, _: SiteId, _: String, _: ProductQuery, limit: u32) -> BoxFuture<'static, Vec<ProductCard>> {
        Box::pin(ready(recorded::some(&self.found, limit)))
    }

    fn values(&self, _: SiteId, _: String, _: Vec<String>) -> BoxFuture<'static, BTreeMap<String, Vec<String>>> {
        Box::pin(ready(BTreeMap::new()))
    }
}

impl Documents for Little {
    fn uploaded(
        &self,
        _: SiteId,
        _: ConversationId,
        _: Uploader,
        _: DocumentId,
    ) -> BoxFuture<'static, Result<Option<DocumentRef>, StoreError>> {
        Box::pin(ready(Ok(None)))
    }
}

impl Sites for Little {
    fn all(&self) -> BoxFuture<'static, Result<Vec<SiteId>, StoreError>> {
        Box::pin(ready(Ok(vec![SITE])))
    }

    fn agent_gone_seconds(&self, _: SiteId) -> u32 {
        120
    }

    fn share_settings(&self, _: SiteId) -> ShareSettings {
        ShareSettings::default()
    }
}

impl Door for Little {
    fn visitor(&self, _: VisitorHello, _: Knock) -> BoxFuture<'static, Result<Admitted, Refusal>> {
        Box::pin(ready(Err(RefusalCode::NotFound.into())))
    }

    fn settle_visitor(&self, _: SiteId, _: VisitorId, _: [u8; 32]) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(ready(Ok(())))
    }

    fn agent(&self, _: String, _: Knock) -> BoxFuture<'static, Result<AdmittedAgent, Refusal>> {
        Box::pin(ready(Err(RefusalCode::NotFound.into())))
    }

    /// Whoever is asked about was taken off the site.
    fn agent_now(&self, _: AgentId) -> BoxFuture<'static, Result<Option<AdmittedAgent>, StoreError>> {
        Box::pin(ready(Ok(Some(AdmittedAgent { agent: camille(), sites: Vec::new(), sign_in: None }))))
    }
}
