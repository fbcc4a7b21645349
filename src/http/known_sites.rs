//! The sites in memory: few, asked for by every widget, changed by an admin now and then.
//!
//! Refreshed after each change here and once a minute, since the command line may add a
//! site beside a running server.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use futures_util::future::BoxFuture;

use super::origin::Origin;
use crate::actors::ports;
use crate::protocol::SiteId;
use crate::protocol::cobrowse::ShareSettings;
use crate::store::{Site, Sites, StoreError};

/// For a site that is not known (yet).
const AGENT_GONE_SECONDS: u32 = 120;

/// Cheap to clone; clones share what they know.
#[derive(Debug, Clone)]
pub struct KnownSites {
    store: Sites,
    known: Arc<RwLock<HashMap<SiteId, Arc<Site>>>>,
}

impl KnownSites {
    /// # Errors
    /// What the database says.
    pub async fn open(store: Sites) -> Result<Self, StoreError> {
        let known = Self { store, known: Arc::default() };
        known.refresh().await?;
        Ok(known)
    }

    /// Reads them again.
    ///
    /// # Errors
    /// What the database says; what was known stays.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let sites = self.store.all().await?;
        let fresh = sites.into_iter().map(|site| (site.id, Arc::new(site))).collect();
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    #[must_use]
    pub fn by_id(&self, site: SiteId) -> Option<Arc<Site>> {
        self.read(|known| known.get(&site).cloned())
    }

    /// By the public key of the snippet.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<Arc<Site>> {
        self.read(|known| known.values().find(|site| site.key == key).cloned())
    }

    /// By name.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Site>> {
        let mut sites = self.read(|known| known.values().cloned().collect::<Vec<_>>());
        sites.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        sites
    }

    /// Some site lists this origin: what a preflight may know, since it carries no token.
    #[must_use]
    pub fn any_lists(&self, origin: &Origin) -> bool {
        let origin = origin.to_string();
        self.read(|known| known.values().any(|site| site.origins.contains(&origin)))
    }

    fn read<T>(&self, look: impl FnOnce(&HashMap<SiteId, Arc<Site>>) -> T) -> T {
        look(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether the site's list has exactly this origin.
#[must_use]
pub fn lists(site: &Site, origin: &Origin) -> bool {
    let origin = origin.to_string();
    site.origins.contains(&origin)
}

impl ports::Sites for KnownSites {
    fn all(&self) -> BoxFuture<'static, Result<Vec<SiteId>, StoreError>> {
        let this = self.clone();
        Box::pin(async move {
            this.refresh().await?;
            Ok(KnownSites::all(&this).iter().map(|site| site.id).collect())
        })
    }

    fn share_settings(&self, site: SiteId) -> ShareSettings {
        self.by_id(site).map(|site| site.share.clone()).unwrap_or_default()
    }

    fn agent_gone_seconds(&self, site: SiteId) -> u32 {
        self.by_id(site).map_or(AGENT_GONE_SECONDS, |site| site.agent_gone_seconds)
    }
}
