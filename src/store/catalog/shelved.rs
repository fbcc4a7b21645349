//! What each catalog answers from, and the one small transaction that changes it.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::products::signed;
use super::{CatalogKey, CatalogStore, LangTag, Wanted};
use crate::protocol::{SiteId, Timestamp};
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
        all.sort_by_key(|shelved| wanted.rank(shelved.of.lang));
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

    /// Makes `to.generation` the one that answers: one small transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another import was quicker; what the database says.
    pub async fn switch(&self, to: &Shelved) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "UPDATE catalogs SET generation = $3, products = $4, imported_at = $5, folder = $6, previous = $7
             WHERE site_id = $1 AND lang = $2 AND generation = $3 - 1",
        )
        .bind(to.of.site.0)
        .bind(to.of.lang.as_str())
        .bind(signed(to.generation))
        .bind(signed(to.products))
        .bind(to.imported_at.millis())
        .bind(signed(to.folder))
        .bind(to.previous.map(signed))
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { head: to.generation });
        }
        tx.commit().await?;
        Ok(())
    }
}

fn shelved(row: &SqliteRow) -> Result<Shelved, StoreError> {
    let lang: String = row.try_get("lang")?;
    Ok(Shelved {
        of: CatalogKey { site: SiteId(row.try_get("site_id")?), lang: LangTag::of(&lang) },
        generation: row.try_get::<i64, _>("generation")?.unsigned_abs(),
        products: row.try_get::<i64, _>("products")?.unsigned_abs(),
        imported_at: Timestamp::from_millis(row.try_get("imported_at")?),
        folder: row.try_get::<i64, _>("folder")?.unsigned_abs(),
        previous: row.try_get::<Option<i64>, _>("previous")?.map(i64::unsigned_abs),
    })
}
