//! Products by generation: looked up, staged, switched, cleared.

use comptoir_catalog::model::Product;
use comptoir_catalog::words::fold;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, Transaction};

use super::{CLEARED_AT_ONCE, CatalogStore};
use crate::protocol::{ProductId, SiteId, Timestamp};
use crate::store::StoreError;

/// Products that one page of a rebuild reads.
pub const PAGE_PRODUCTS: u32 = 500;
/// A row belongs to generation `$2` of site `$1`.
macro_rules! of_generation {
    () => {
        "products.site_id = $1 AND from_generation <= $2 AND (until_generation IS NULL OR until_generation > $2)"
    };
}

/// What a site answers from now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    pub site: SiteId,
    pub generation: u64,
    pub products: u64,
    /// The language that its index is built in.
    pub lang: String,
    pub imported_at: Timestamp,
}

/// A product that the current generation has: enough to see whether it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub key: i64,
    pub id: String,
    pub hash: u64,
}

/// One step of an import towards the next generation.
#[derive(Debug, Clone)]
pub enum Staged {
    /// A product that is new, or whose row `instead_of` ends with this generation.
    Put { product: Box<Product>, hash: u64, instead_of: Option<i64> },
    /// A product that the feed no longer names.
    End { key: i64 },
}

impl CatalogStore {
    /// What a site answers from; nothing when no import was finished.
    ///
    /// # Errors
    /// What the database says.
    pub async fn shelved(&self, site: SiteId) -> Result<Option<Shelved>, StoreError> {
        let row = sqlx::query("SELECT * FROM catalogs WHERE site_id = $1").bind(site.0);
        row.fetch_optional(self.0.read()).await?.as_ref().map(shelved).transpose()
    }

    /// All sites that have a catalog.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all_shelved(&self) -> Result<Vec<Shelved>, StoreError> {
        let rows = sqlx::query("SELECT * FROM catalogs").fetch_all(self.0.read()).await?;
        rows.iter().map(shelved).collect()
    }

    /// A product of a generation by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn product(&self, site: SiteId, generation: u64, id: &str) -> Result<Option<Product>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as(concat!("SELECT body FROM products WHERE ", of_generation!(), " AND id = $3"))
                .bind(site.0)
                .bind(signed(generation))
                .bind(id)
                .fetch_optional(self.0.read())
                .await?;
        row.map(|(body,)| parse(&body)).transpose()
    }

    /// A product of a generation by the SKU or GTIN of one of its variants.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_code(&self, site: SiteId, generation: u64, code: &str) -> Result<Option<Product>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(concat!(
            "SELECT body FROM codes JOIN products ON products.key = codes.product WHERE ",
            of_generation!(),
            " AND codes.site_id = $1 AND codes.code = $3 LIMIT 1"
        ))
        .bind(site.0)
        .bind(signed(generation))
        .bind(code_of(code))
        .fetch_optional(self.0.read())
        .await?;
        row.map(|(body,)| parse(&body)).transpose()
    }

    /// The products of these ids, in their order; those that the generation lacks are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn products(&self, site: SiteId, generation: u64, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT id, body FROM products WHERE site_id = ");
        query.push_bind(site.0).push(" AND from_generation <= ").push_bind(signed(generation));
        query.push(" AND (until_generation IS NULL OR until_generation > ").push_bind(signed(generation));
        query.push(") AND id IN (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(id.0.clone());
        }
        query.push(")");
        let rows: Vec<(String, String)> = query.build_query_as().fetch_all(self.0.read()).await?;
        let mut found = Vec::with_capacity(rows.len());
        for id in ids {
            if let Some((_, body)) = rows.iter().find(|(known, _)| *known == id.0) {
                found.push(parse(body)?);
            }
        }
        Ok(found)
    }

    /// Products of a generation by id, after the one named: a page of a rebuild.
    ///
    /// # Errors
    /// What the database says.
    pub async fn page(&self, site: SiteId, generation: u64, after: Option<&str>) -> Result<Vec<Product>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(concat!(
            "SELECT body FROM products WHERE ",
            of_generation!(),
            " AND id > $3 ORDER BY id LIMIT $4"
        ))
        .bind(site.0)
        .bind(signed(generation))
        .bind(after.unwrap_or_default())
        .bind(PAGE_PRODUCTS)
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(|(body,)| parse(body)).collect()
    }

    /// What the current generation knows, by id, after the one named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn known(&self, site: SiteId, generation: u64) -> Result<Vec<Known>, StoreError> {
        let rows: Vec<(i64, String, i64)> =
            sqlx::query_as(concat!("SELECT key, id, hash FROM products WHERE ", of_generation!()))
                .bind(site.0)
                .bind(signed(generation))
                .fetch_all(self.0.read())
                .await?;
        Ok(rows.into_iter().map(|(key, id, hash)| Known { key, id, hash: hash.cast_unsigned() }).collect())
    }

    /// Writes steps towards `next`, which nobody sees before [`CatalogStore::switch`].
    ///
    /// # Errors
    /// What the database says; then nothing of these steps was written.
    pub async fn stage(&self, site: SiteId, next: u64, steps: &[Staged]) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        for step in steps {
            match step {
                Staged::Put { product, hash, instead_of } => {
                    if let Some(key) = instead_of {
                        end(&mut tx, site, next, *key).await?;
                    }
                    put(&mut tx, site, next, product, *hash).await?;
                }
                Staged::End { key } => end(&mut tx, site, next, *key).await?,
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Makes `to.generation` the one that answers: one small transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another import was quicker; what the database says.
    pub async fn switch(&self, to: &Shelved) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "INSERT INTO catalogs (site_id, generation, products, lang, imported_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (site_id) DO UPDATE SET generation = $2, products = $3, lang = $4, imported_at = $5
             WHERE generation = $2 - 1",
        )
        .bind(to.site.0)
        .bind(signed(to.generation))
        .bind(signed(to.products))
        .bind(&to.lang)
        .bind(to.imported_at.millis())
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { head: to.generation });
        }
        tx.commit().await?;
        Ok(())
    }

    /// Clears what was staged towards a generation that was not switched to.
    ///
    /// # Errors
    /// What the database says.
    pub async fn discard(&self, site: SiteId) -> Result<(), StoreError> {
        loop {
            let mut tx = self.0.write().await?;
            let cleared = sqlx::query(
                "DELETE FROM products WHERE key IN (SELECT key FROM products WHERE site_id = $1
                    AND from_generation > coalesce((SELECT generation FROM catalogs WHERE site_id = $1), 0) LIMIT $2)",
            )
            .bind(site.0)
            .bind(CLEARED_AT_ONCE)
            .execute(&mut *tx)
            .await?;
            let reopened = sqlx::query(
                "UPDATE products SET until_generation = NULL WHERE key IN (SELECT key FROM products WHERE site_id = $1
                    AND until_generation > coalesce((SELECT generation FROM catalogs WHERE site_id = $1), 0) LIMIT $2)",
            )
            .bind(site.0)
            .bind(CLEARED_AT_ONCE)
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
            if cleared.rows_affected() + reopened.rows_affected() == 0 {
                return Ok(());
            }
        }
    }

    /// Clears rows that neither the current generation nor the one before has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_older(&self, site: SiteId) -> Result<(), StoreError> {
        loop {
            let mut tx = self.0.write().await?;
            let cleared = sqlx::query(
                "DELETE FROM products WHERE key IN (SELECT key FROM products WHERE site_id = $1
                    AND until_generation < (SELECT generation FROM catalogs WHERE site_id = $1) LIMIT $2)",
            )
            .bind(site.0)
            .bind(CLEARED_AT_ONCE)
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
            if cleared.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}

async fn put(
    tx: &mut Transaction<'static, Sqlite>,
    site: SiteId,
    next: u64,
    product: &Product,
    hash: u64,
) -> Result<(), StoreError> {
    let done =
        sqlx::query("INSERT INTO products (site_id, id, from_generation, hash, body) VALUES ($1, $2, $3, $4, $5)")
            .bind(site.0)
            .bind(product.id.as_str())
            .bind(signed(next))
            .bind(hash.cast_signed())
            .bind(serde_json::to_string(product)?)
            .execute(&mut **tx)
            .await?;
    let key = done.last_insert_rowid();
    for variant in &product.variants {
        let gtin = variant.gtin.as_ref().map(|gtin| gtin.canonical());
        for code in [Some(fold(variant.sku.as_str())), gtin].into_iter().flatten() {
            sqlx::query("INSERT INTO codes (site_id, code, product) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(site.0)
                .bind(code)
                .bind(key)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

async fn end(tx: &mut Transaction<'static, Sqlite>, site: SiteId, next: u64, key: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE products SET until_generation = $3 WHERE key = $1 AND site_id = $2")
        .bind(key)
        .bind(site.0)
        .bind(signed(next))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A code as it is stored: a GTIN with 14 digits, anything else folded.
fn code_of(code: &str) -> String {
    match comptoir_catalog::model::Gtin::new(code) {
        Ok(gtin) => gtin.canonical(),
        Err(_) => fold(code.trim()),
    }
}

fn parse(body: &str) -> Result<Product, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::Corrupt(format!("products.body: {error}")))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn shelved(row: &SqliteRow) -> Result<Shelved, StoreError> {
    Ok(Shelved {
        site: SiteId(row.try_get("site_id")?),
        generation: row.try_get::<i64, _>("generation")?.unsigned_abs(),
        products: row.try_get::<i64, _>("products")?.unsigned_abs(),
        lang: row.try_get("lang")?,
        imported_at: Timestamp::from_millis(row.try_get("imported_at")?),
    })
}
