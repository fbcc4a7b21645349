//! A catalog emptied on purpose: a generation without products, and nothing kept of its feed.
//!
//! What answered before can be restored, as after an import; the feed's mapping and
//! address cannot. They go in the same small transaction that switches, so that no kill
//! leaves one without the other.

use std::time::Instant;

use super::apply::{Ahead, Plan};
use super::import::{Ended, finish, millis, prepared};
use super::queue::unread;
use super::{Catalog, CatalogError};
use crate::protocol::catalog::{ImportFrom, ImportReport, ImportRun};
use crate::protocol::{ImportId, Timestamp};
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, NewRun, Pace, Prepared, Run, Staged};

/// Rows that one transaction ends.
const ENDED_AT_ONCE: usize = 1_024;

impl Catalog {
    /// Queues the emptying of a catalog. Nothing changes before its turn comes.
    ///
    /// # Errors
    /// [`CatalogError::NothingToEmpty`]; [`CatalogError::ImportRunning`].
    pub async fn empty(&self, of: CatalogKey, id: ImportId, at: Timestamp) -> Result<ImportRun, CatalogError> {
        let store = &self.0.store;
        let has_products = store.shelved(of).await?.is_some_and(|now| now.products > 0);
        if !has_products && store.feed(of).await?.is_none() {
            return Err(CatalogError::NothingToEmpty);
        }
        let (from, file, settings) = (ImportFrom::Empty, String::new(), unread(of));
        self.queue(NewRun { id, site: of.site, from, file, bytes: 0, at, settings }).await
    }
}

pub(super) async fn empty(catalog: &Catalog, run: &Run) -> Result<Ended, StoreError> {
    let (started, of) = (Instant::now(), run.of());
    let store = &catalog.0.store;
    store.discard(of).await?;
    let now = store.shelved(of).await?;
    let generation = now.as_ref().map_or(0, |now| now.generation);
    let mut steps = Vec::new();
    store.known(of, generation, |known| steps.push(Staged::End { key: known.key })).await?;
    let mut report = ImportReport { generation, ..ImportReport::default() };
    let Some(now) = now.filter(|_| !steps.is_empty()) else {
        store.forget_feed(of).await?;
        store.report(run.id, &ImportReport { took_ms: millis(started), ..report }, &[]).await?;
        return Ok(Ended::Done);
    };
    let next = generation + 1;
    for some in steps.chunks(ENDED_AT_ONCE) {
        store.stage(of, next, some).await?;
        report.removed += some.len() as u64;
        if store.progress(run.id, &Pace { rows: report.removed, ..Pace::default() }).await? {
            return Ok(Ended::Cancelled);
        }
    }
    report.took_ms = millis(started);
    store.report(run.id, &report, &[]).await?;
    let changes = report.removed;
    let to = Prepared { previous: Some(now.generation), forgets_feed: true, ..prepared(run, next, 0) };
    let plan = Plan { to, changes, removed: changes, ahead: Ahead::Nothing };
    finish(catalog, run, plan, report, started).await
}
