//! Published bots, compiled once: what the sessions and the widget's configuration ask for.
//!
//! Versions never change, so a compiled one is kept. The published ones of all sites
//! stay; older ones, which only running conversations want, are kept up to a bound.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use futures_util::future::BoxFuture;

use crate::actors::ports;
use crate::protocol::{AgentId, SiteId, Timestamp};
use crate::rules::bot::{self, Bot};
use crate::store::StoreError;
use crate::store::bots::{BotVersion, Bots, Over, Publication};

/// Compiled versions kept beside the published ones.
const OLDER_MAX: usize = 200;

type Published = HashMap<SiteId, (u32, Arc<Bot>)>;
type Older = HashMap<(SiteId, u32), Arc<Bot>>;

/// Cheap to clone; clones share what is compiled.
#[derive(Clone)]
pub struct PublishedBots {
    /// As they were written, for the console.
    pub store: Bots,
    published: Arc<RwLock<Published>>,
    older: Arc<Mutex<Older>>,
}

impl PublishedBots {
    /// Compiles what is published.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(store: Bots) -> Result<Self, StoreError> {
        let bots = Self { store, published: Arc::default(), older: Arc::default() };
        bots.refresh().await?;
        Ok(bots)
    }

    /// Looks for versions that were published beside this process; says whose changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refresh(&self) -> Result<Vec<SiteId>, StoreError> {
        let mut changed = Vec::new();
        for row in self.store.published().await? {
            if self.known(row.site).is_some_and(|(version, _)| version == row.version) {
                continue;
            }
            if let Some(bot) = compiled(&row) {
                self.put(row.site, row.version, bot);
                changed.push(row.site);
            }
        }
        Ok(changed)
    }

    /// Appends a definition that was checked, and serves it from now on.
    ///
    /// # Errors
    /// What the database says; the version before stays published then.
    pub async fn publish(
        &self,
        site: SiteId,
        toml: &str,
        by: Option<AgentId>,
        at: Timestamp,
    ) -> Result<u32, StoreError> {
        let version = self.store.publish(site, toml, by, at).await?;
        self.refresh().await?;
        Ok(version)
    }

    /// As [`Self::publish`], over the draft that was read.
    ///
    /// # Errors
    /// What the database says; the version before stays published then.
    pub async fn publish_over(&self, site: SiteId, new: Publication<'_>) -> Result<Over<u32>, StoreError> {
        let published = self.store.publish_over(site, new).await?;
        self.refresh().await?;
        Ok(published)
    }

    fn known(&self, site: SiteId) -> Option<(u32, Arc<Bot>)> {
        self.published.read().unwrap_or_else(PoisonError::into_inner).get(&site).cloned()
    }

    fn put(&self, site: SiteId, version: u32, bot: Arc<Bot>) {
        let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
        let before = published.insert(site, (version, bot));
        drop(published);
        if let Some((version, bot)) = before {
            self.keep_older(site, version, bot);
        }
    }

    fn keep_older(&self, site: SiteId, version: u32, bot: Arc<Bot>) {
        let mut older = self.older.lock().unwrap_or_else(PoisonError::into_inner);
        if older.len() >= OLDER_MAX
            && let Some(oldest) = older.keys().min_by_key(|(_, version)| *version).copied()
        {
            older.remove(&oldest);
        }
        older.insert((site, version), bot);
    }

    fn kept(&self, site: SiteId, version: u32) -> Option<Arc<Bot>> {
        if let Some((published, bot)) = self.known(site)
            && published == version
        {
            return Some(bot);
        }
        self.older.lock().unwrap_or_else(PoisonError::into_inner).get(&(site, version)).cloned()
    }
}

/// None when this release no longer takes what an earlier one published: the site then has no bot.
fn compiled(row: &BotVersion) -> Option<Arc<Bot>> {
    match bot::compile(&row.toml, row.version) {
        Ok(bot) => Some(Arc::new(bot)),
        Err(report) => {
            tracing::error!(site.id = %row.site, version = row.version, errors = report.errors, "a published bot no longer compiles; publish it again");
            None
        }
    }
}

impl ports::Bots for PublishedBots {
    fn published(&self, site: SiteId) -> Option<(u32, Arc<Bot>)> {
        self.known(site)
    }

    fn version(&self, site: SiteId, version: u32) -> BoxFuture<'static, Result<Option<Arc<Bot>>, StoreError>> {
        let this = self.clone();
        Box::pin(async move {
            if let Some(bot) = this.kept(site, version) {
                return Ok(Some(bot));
            }
            let bot = this.store.version(site, version).await?.as_ref().and_then(compiled);
            if let Some(bot) = &bot {
                this.keep_older(site, version, bot.clone());
            }
            Ok(bot)
        })
    }
}
