//! Where a catalog is changed: by one at a time.
//!
//! An import, a restore, updates by API and the rebuilding of an index all move the
//! same rows and the same folder. Each takes the catalog's bench first. While an
//! import reads, it does not hold the bench but has put its sign up: updates that
//! come meanwhile are kept for its end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use comptoir_catalog::index::Changer;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::Catalog;
use crate::store::catalog::CatalogKey;

/// One bench a catalog, made when it is needed first.
#[derive(Debug, Default)]
pub(super) struct Benches(Mutex<HashMap<CatalogKey, Arc<Turn<Bench>>>>);

impl Benches {
    /// Waits for the catalog's bench.
    pub async fn take(&self, of: CatalogKey) -> OwnedMutexGuard<Bench> {
        let bench = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(of).or_default().clone();
        bench.lock_owned().await
    }
}

#[derive(Debug, Default)]
pub(super) struct Bench {
    /// An import reads, and its rows are of the next generation.
    pub importing: bool,
    /// Left open between changes that follow each other, with the folder's number.
    pub changer: Option<(u64, Changer)>,
    /// When the last update was applied, and when rows that updates left were cleared.
    pub used: Option<Instant>,
    pub cleared: Option<Instant>,
}

impl Bench {
    /// Gives the index's writer up, once small segments are joined.
    pub async fn close(&mut self, of: CatalogKey) {
        let Some((_, changer)) = self.changer.take() else { return };
        match tokio::task::spawn_blocking(move || changer.close()).await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::warn!(site.id = %of.site, %fault, "small parts of an index were not joined"),
            Err(error) => tracing::warn!(site.id = %of.site, %error, "small parts of an index were not joined"),
        }
    }

    /// The changer of this folder, if it was left open; of another folder it is closed.
    pub fn changer_of(&mut self, folder: u64) -> Option<Changer> {
        match self.changer.take() {
            Some((at, changer)) if at == folder => Some(changer),
            Some(_) | None => None,
        }
    }
}

impl Catalog {
    /// An import has ended: closes what it left open, applies the updates that came
    /// meanwhile, and takes its sign down.
    pub(super) async fn leave_bench(&self, of: CatalogKey) {
        let mut bench = self.0.benches.take(of).await;
        bench.close(of).await;
        bench.importing = false;
        if let Err(error) = self.apply_kept(&mut bench, of).await {
            tracing::error!(site.id = %of.site, lang = %of.lang, %error, "kept updates were not applied; they wait on");
        }
        bench.close(of).await;
    }
}
