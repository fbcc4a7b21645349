//! What each catalog answers from, and the one small transaction that changes it.

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::feeds::forget;
use super::products::signed;
use super::staging::number;
use super::{CatalogKey, CatalogStore, LangTag, Wanted};
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::StoreError;

/// The number that a catalog has in the tables; `$1` is its site and `$2` its language.
macro_rules! catalog {
    () => {
        "(SELECT key FROM catalogs WHERE site_id = $1 AND lang = $2)"
    };
}
pub(super) use catalog;

/// What a catalog answers from now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    pub of: CatalogKey,
    pub generation: u64,
    pub products: u64,
    pub imported_at: Timestamp,
    /// The number of the folder that its index lies in.
    pub folder: u64,
    /// The generation that can be restored.
    pub previous: Option<u64>,
}

/// What a catalog will answer from, once its index has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    pub generation: u64,
    pub products: u64,
    /// In Unix milliseconds.
    pub imported_at: i64,
    pub folder: u64,
    pub previous: Option<u64>,
    /// The run that is done with it.
    pub run: Option<ImportId>,
    /// Updates that are applied with it, up to this place, and then cleared.
    pub updates_until: Option<i64>,
    /// What was saved of the feed goes with it.
    #[serde(default)]
    pub forgets_feed: bool,
}

impl CatalogStore {
    /// What a catalog answers from; nothing when no import of it was finished.
    ///
    /// # Errors
    /// What the database says.
    pub async fn shelved(&self, of: CatalogKey) -> Result<Option<Shelved>, StoreError> {
        let row = sqlx::query("SELECT * FROM catalogs WHERE site_id = $1 AND lang = $2 AND generation > 0")
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(shelved).transpose()
    }

    /// A site's catalogs, in the order in which they are asked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn shelved_for(&self, wanted: &Wanted) -> Result<Vec<Shelved>, StoreError> {
        let rows = sqlx::query("SELECT * FROM catalogs WHERE site_id = $1 AND generation > 0")
            .bind(wanted.site.0)
            .fetch_all(self.0.read())
            .await?;
        let mut all = rows.iter().map(shelved).collect::<Result<Vec<_>, _>>()?;
        // One that was emptied answers last, like one that is not there.
        all.sort_by_key(|shelved| (shelved.products == 0, wanted.rank(shelved.of.lang)));
        Ok(all)
    }

    /// All catalogs of all sites.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all_shelved(&self) -> Result<Vec<Shelved>, StoreError> {
        let rows = sqlx::query("SELECT * FROM catalogs WHERE generation > 0").fetch_all(self.0.read()).await?;
        rows.iter().map(shelved).collect()
    }

    /// Writes down what is about to be switched to, before the index is changed: the
    /// index's commit is the point of no return, and a start ends what a kill cut off.
    ///
    /// # Errors
    /// What the database says.
    pub async fn prepare(&self, of: CatalogKey, prepared: &Prepared) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        number(&mut tx, of).await?;
        sqlx::query("UPDATE catalogs SET prepared = $3 WHERE site_id = $1 AND lang = $2")
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(serde_json::to_string(prepared)?)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Switches that were prepared and neither made nor given up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all_prepared(&self) -> Result<Vec<(CatalogKey, Prepared)>, StoreError> {
        let rows = sqlx::query("SELECT site_id, lang, prepared FROM catalogs WHERE prepared IS NOT NULL")
            .fetch_all(self.0.read())
            .await?;
        let prepared = |row: &SqliteRow| Ok((key(row)?, serde_json::from_str(row.try_get("prepared")?)?));
        rows.iter().map(prepared).collect()
    }

    /// Makes `to.generation` the one that answers: one small transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another was quicker; what the database says.
    pub async fn switch(&self, of: CatalogKey, to: &Prepared) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        number(&mut tx, of).await?;
        let done = sqlx::query(
            "UPDATE catalogs SET generation = $3, products = $4, imported_at = $5, folder = $6, previous = $7,
                                 prepared = NULL
             WHERE site_id = $1 AND lang = $2 AND generation = $3 - 1",
        )
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(to.generation))
        .bind(signed(to.products))
        .bind(to.imported_at)
        .bind(signed(to.folder))
        .bind(to.previous.map(signed))
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { head: to.generation });
        }
        if let Some(place) = to.updates_until {
            sqlx::query(concat!("DELETE FROM updates WHERE catalog = ", catalog!(), " AND place <= $3"))
                .bind(of.site.0)
                .bind(of.lang.as_str())
                .bind(place)
                .execute(&mut *tx)
                .await?;
        }
        if to.forgets_feed {
            forget(&mut tx, of).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The index of what answers now lies in another folder, where it was built again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the catalog has moved on; what the database says.
    pub async fn move_index(&self, now: &Shelved, folder: u64) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "UPDATE catalogs SET folder = $4 WHERE site_id = $1 AND lang = $2 AND generation = $3 AND prepared IS NULL",
        )
        .bind(now.of.site.0)
        .bind(now.of.lang.as_str())
        .bind(signed(now.generation))
        .bind(signed(folder))
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { head: now.generation });
        }
        tx.commit().await?;
        Ok(())
    }
}

pub(super) fn key(row: &SqliteRow) -> Result<CatalogKey, StoreError> {
    let lang: String = row.try_get("lang")?;
    Ok(CatalogKey { site: SiteId(row.try_get("site_id")?), lang: LangTag::of(&lang) })
}

fn shelved(row: &SqliteRow) -> Result<Shelved, StoreError> {
    Ok(Shelved {
        of: key(row)?,
        generation: row.try_get::<i64, _>("generation")?.unsigned_abs(),
        products: row.try_get::<i64, _>("products")?.unsigned_abs(),
        imported_at: Timestamp::from_millis(row.try_get("imported_at")?),
        folder: row.try_get::<i64, _>("folder")?.unsigned_abs(),
        previous: row.try_get::<Option<i64>, _>("previous")?.map(i64::unsigned_abs),
    })
}
