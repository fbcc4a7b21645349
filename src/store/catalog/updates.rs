//! Prices and stock by API: the key that may send them, those that wait for an import, and the
//! rows that they change.

use comptoir_catalog::model::Product;
use sqlx::{QueryBuilder, Sqlite};

use super::products::{code_of, of_generation, parse, signed};
use super::shelved::{catalog, key};
use super::staging::number;
use super::{CatalogKey, CatalogStore};
use crate::protocol::{SiteId, Timestamp};
use crate::store::{StoreError, TokenHash};

/// Kept updates that one statement writes.
const KEPT_A_STATEMENT: usize = 100;

/// A product with its row.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductRow {
    pub key: i64,
    pub hash: u64,
    pub product: Product,
}

/// An update that waits for the end of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUpdate {
    /// As it was sent.
    pub body: String,
    /// The site's when it was sent.
    pub currency: Option<String>,
}

type Columns = (i64, i64, String);

fn row((key, hash, body): Columns) -> Result<ProductRow, StoreError> {
    Ok(ProductRow { key, hash: hash.cast_unsigned(), product: parse(&body)? })
}

impl CatalogStore {
    /// A product of a generation by its id, with its row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn row_by_id(&self, of: CatalogKey, generation: u64, id: &str) -> Result<Option<ProductRow>, StoreError> {
        let found: Option<Columns> = sqlx::query_as(concat!(
            "SELECT products.key, hash, body FROM products JOIN bodies ON bodies.product = products.key WHERE ",
            of_generation!(),
            " AND id = $4"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(generation))
        .bind(id)
        .fetch_optional(self.0.read())
        .await?;
        found.map(row).transpose()
    }

    /// A product of a generation by the SKU or GTIN of one of its variants, with its row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn row_by_code(
        &self,
        of: CatalogKey,
        generation: u64,
        code: &str,
    ) -> Result<Option<ProductRow>, StoreError> {
        let found: Option<Columns> = sqlx::query_as(concat!(
            "SELECT products.key, hash, body FROM codes JOIN products ON products.key = codes.product
             JOIN bodies ON bodies.product = products.key WHERE ",
            of_generation!(),
            " AND codes.catalog = products.catalog AND codes.code = $4 LIMIT 1"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(generation))
        .bind(code_of(code))
        .fetch_optional(self.0.read())
        .await?;
        found.map(row).transpose()
    }

    /// Keeps updates for the end of an import; false when there would be more than `most`.
    ///
    /// # Errors
    /// What the database says; then none is kept.
    pub async fn keep_updates(
        &self,
        of: CatalogKey,
        updates: &[KeptUpdate],
        at: Timestamp,
        most: u32,
    ) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let catalog = number(&mut tx, of).await?;
        let (kept,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM updates WHERE catalog = $1").bind(catalog).fetch_one(&mut *tx).await?;
        if kept.unsigned_abs() + updates.len() as u64 > u64::from(most) {
            return Ok(false);
        }
        for updates in updates.chunks(KEPT_A_STATEMENT) {
            let mut rows = QueryBuilder::<Sqlite>::new("INSERT INTO updates (catalog, body, currency, at) ");
            rows.push_values(updates, |mut row, update| {
                row.push_bind(catalog).push_bind(&update.body).push_bind(&update.currency).push_bind(at.millis());
            });
            rows.build().execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The first kept updates of a catalog, each with its place.
    ///
    /// # Errors
    /// What the database says.
    pub async fn kept_updates(&self, of: CatalogKey, limit: u32) -> Result<Vec<(i64, KeptUpdate)>, StoreError> {
        let rows: Vec<(i64, String, Option<String>)> = sqlx::query_as(concat!(
            "SELECT place, body, currency FROM updates WHERE catalog = ",
            catalog!(),
            " ORDER BY place LIMIT $3"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(limit)
        .fetch_all(self.0.read())
        .await?;
        Ok(rows.into_iter().map(|(place, body, currency)| (place, KeptUpdate { body, currency })).collect())
    }

    /// Clears kept updates up to a place: they changed nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_updates(&self, of: CatalogKey, until: i64) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(concat!("DELETE FROM updates WHERE catalog = ", catalog!(), " AND place <= $3"))
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(until)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Catalogs with kept updates and no import that would apply them at its end.
    ///
    /// # Errors
    /// What the database says.
    pub async fn left_with_updates(&self) -> Result<Vec<CatalogKey>, StoreError> {
        let rows = sqlx::query(
            "SELECT site_id, lang FROM catalogs WHERE EXISTS (SELECT 1 FROM updates WHERE catalog = catalogs.key)
             AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.site_id = catalogs.site_id AND runs.lang = catalogs.lang
                             AND state IN ('queued', 'reading', 'indexing'))",
        )
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(key).collect()
    }

    /// Makes a site's key, in the place of an earlier one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_update_key(&self, site: SiteId, hash: &TokenHash, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO update_keys (site_id, hash, made_at) VALUES ($1, $2, $3)
             ON CONFLICT (site_id) DO UPDATE SET hash = $2, made_at = $3",
        )
        .bind(site.0)
        .bind(hash.as_slice())
        .bind(at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Withdraws a site's key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_update_key(&self, site: SiteId) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("DELETE FROM update_keys WHERE site_id = $1").bind(site.0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// When a site's key was made, if it has one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn update_key_made_at(&self, site: SiteId) -> Result<Option<Timestamp>, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT made_at FROM update_keys WHERE site_id = $1")
            .bind(site.0)
            .fetch_optional(self.0.read())
            .await?;
        Ok(row.map(|(at,)| Timestamp::from_millis(at)))
    }

    /// Whether this is a site's key, by its hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_update_key(&self, site: SiteId, hash: &TokenHash) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT made_at FROM update_keys WHERE site_id = $1 AND hash = $2")
            .bind(site.0)
            .bind(hash.as_slice())
            .fetch_optional(self.0.read())
            .await?;
        Ok(row.is_some())
    }
}
