//! `catalog.db`: the products of all sites, the feeds they come from and the runs that brought them.
//!
//! A file of its own with its own writer, because SQLite has one writer a file and
//! an import must never hold up a message. A catalog is a site's products in one
//! language ([`CatalogKey`]). Every product row says in which generations of its
//! catalog it exists; an import writes rows of the next
//! one, invisible, and [`CatalogStore::switch`] changes one number. Killed at any
//! moment, the old catalog answers, and [`CatalogStore::repair`] clears what was
//! left half.

mod feeds;
mod key;
mod products;
mod refused;
mod rows;
mod run;
mod runs;
mod shelved;
mod staging;
mod updates;

use std::path::Path;

use sqlx::migrate::Migrator;

use super::{Database, StoreError};
pub use feeds::{Feed, FeedAddress, Fetched, Validators};
pub use key::{CatalogKey, LangTag, Wanted};
pub use refused::RefusedRows;
pub use rows::StagedRows;
pub use run::{FetchedFile, NewRun, Pace, Run, RunSettings, RunState};
pub use shelved::{Prepared, Shelved};
pub use staging::{Known, Restorable, Staged};
pub use updates::{KeptUpdate, ProductRow};

static MIGRATOR: Migrator = sqlx::migrate!("src/store/migrations/sqlite-catalog");

/// Of the usual page of 4 KB two or three products leave much empty; a new file has pages
/// of 16 KB. An import writes each page of the codes' and ids' trees many times: 32 MB
/// of them are kept in memory, and 128 MB in the log before they are written back: those of
/// a small difference at once, and of a large one each page a few times less.
const WRITING: [(&str, &str); 3] = [("page_size", "16384"), ("cache_size", "-32768"), ("wal_autocheckpoint", "8192")];

/// Rows that are cleared in one transaction, so that others get their turn.
const CLEARED_AT_ONCE: u32 = 500;

/// The statements on catalogs and runs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CatalogStore(Database);

impl CatalogStore {
    /// Opens or creates `catalog.db` in the data folder.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        Database::open_file(&dir.join("catalog.db"), &MIGRATOR, &WRITING).await.map(Self)
    }

    /// After a start, when what was prepared has been ended: runs that were under way
    /// wait again, and what they had written of their next generation is cleared. Only
    /// who holds the data folder may call it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn repair(&self) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "UPDATE runs SET state = 'queued', bytes_read = 0, rows_read = 0, rows_per_second = NULL, seconds_left = NULL
             WHERE state IN ('reading', 'indexing')",
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        let rows: Vec<(uuid::Uuid, String)> =
            sqlx::query_as("SELECT site_id, lang FROM catalogs").fetch_all(self.0.read()).await?;
        for (site, lang) in rows {
            self.discard(CatalogKey { site: crate::protocol::SiteId(site), lang: LangTag::of(&lang) }).await?;
        }
        Ok(())
    }

    /// Closes the file.
    pub async fn close(&self) {
        self.0.close().await;
    }
}
