//! Rows of a generation to come: staged, given up, cleared when they are old.

use comptoir_catalog::model::Product;
use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::products::{codes, of_generation, parse, signed};
use super::shelved::catalog;
use super::{CLEARED_AT_ONCE, CatalogKey, CatalogStore};
use crate::store::StoreError;

/// Rows that one statement inserts.
const ROWS_A_STATEMENT: usize = 64;

/// A product that a generation has: enough to see whether it changed.
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
    /// What a generation has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn known(&self, of: CatalogKey, generation: u64) -> Result<Vec<Known>, StoreError> {
        let rows: Vec<(i64, String, i64)> =
            sqlx::query_as(concat!("SELECT key, id, hash FROM products WHERE ", of_generation!()))
                .bind(of.site.0)
                .bind(of.lang.as_str())
                .bind(signed(generation))
                .fetch_all(self.0.read())
                .await?;
        Ok(rows.into_iter().map(|(key, id, hash)| Known { key, id, hash: hash.cast_unsigned() }).collect())
    }

    /// Writes steps towards `next`, which nobody sees before [`CatalogStore::switch`].
    ///
    /// # Errors
    /// What the database says; then nothing of these steps was written.
    pub async fn stage(&self, of: CatalogKey, next: u64, steps: &[Staged]) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        let catalog = number(&mut tx, of).await?;
        let mut puts = Vec::with_capacity(steps.len());
        for step in steps {
            match step {
                Staged::Put { product, hash, instead_of } => {
                    if let Some(key) = instead_of {
                        end(&mut tx, catalog, next, *key).await?;
                    }
                    puts.push((product.as_ref(), *hash));
                }
                Staged::End { key } => end(&mut tx, catalog, next, *key).await?,
            }
        }
        let (mut key,): (i64,) =
            sqlx::query_as("SELECT coalesce(max(key), 0) FROM products").fetch_one(&mut *tx).await?;
        for puts in puts.chunks(ROWS_A_STATEMENT) {
            put(&mut tx, catalog, next, key, puts).await?;
            key += i64::try_from(puts.len()).unwrap_or(i64::MAX);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Clears what was staged towards a generation that was not switched to.
    ///
    /// # Errors
    /// What the database says.
    pub async fn discard(&self, of: CatalogKey) -> Result<(), StoreError> {
        loop {
            let mut tx = self.0.write().await?;
            let rows: Vec<(i64, i64, String)> = sqlx::query_as(concat!(
                "SELECT catalog, key, body FROM products JOIN bodies ON bodies.product = products.key
                 WHERE catalog = ",
                catalog!(),
                " AND from_generation > (SELECT generation FROM catalogs WHERE site_id = $1 AND lang = $2) LIMIT $3"
            ))
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(CLEARED_AT_ONCE)
            .fetch_all(&mut *tx)
            .await?;
            clear(&mut tx, &rows).await?;
            let reopened = sqlx::query(concat!(
                "UPDATE products SET until_generation = NULL WHERE key IN (SELECT key FROM products WHERE catalog = ",
                catalog!(),
                " AND until_generation > (SELECT generation FROM catalogs WHERE site_id = $1 AND lang = $2) LIMIT $3)"
            ))
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(CLEARED_AT_ONCE)
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
            if rows.is_empty() && reopened.rows_affected() == 0 {
                return Ok(());
            }
        }
    }

    /// Clears rows that neither the current generation, nor the one before it, nor the
    /// one that can be restored has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_older(&self, of: CatalogKey) -> Result<(), StoreError> {
        loop {
            let mut tx = self.0.write().await?;
            let rows: Vec<(i64, i64, String)> = sqlx::query_as(
                "SELECT catalog, products.key, body FROM catalogs JOIN products ON products.catalog = catalogs.key
                 JOIN bodies ON bodies.product = products.key
                 WHERE site_id = $1 AND lang = $2 AND until_generation < generation
                   AND (previous IS NULL OR from_generation > previous OR until_generation <= previous) LIMIT $3",
            )
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(CLEARED_AT_ONCE)
            .fetch_all(&mut *tx)
            .await?;
            clear(&mut tx, &rows).await?;
            tx.commit().await?;
            if rows.is_empty() {
                return Ok(());
            }
        }
    }
}

/// The number of a catalog, which is made when it is new.
pub(super) async fn number(tx: &mut Transaction<'static, Sqlite>, of: CatalogKey) -> Result<i64, StoreError> {
    sqlx::query("INSERT INTO catalogs (site_id, lang) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .execute(&mut **tx)
        .await?;
    let (number,): (i64,) = sqlx::query_as("SELECT key FROM catalogs WHERE site_id = $1 AND lang = $2")
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .fetch_one(&mut **tx)
        .await?;
    Ok(number)
}

/// Writes products in as few statements as may be; their rows follow `after`.
async fn put(
    tx: &mut Transaction<'static, Sqlite>,
    catalog: i64,
    next: u64,
    after: i64,
    puts: &[(&Product, u64)],
) -> Result<(), StoreError> {
    let keyed = || (after + 1..).zip(puts);
    let mut rows = QueryBuilder::<Sqlite>::new("INSERT INTO products (key, catalog, id, from_generation, hash) ");
    rows.push_values(keyed(), |mut row, (key, (product, hash))| {
        row.push_bind(key).push_bind(catalog).push_bind(product.id.as_str().to_owned());
        row.push_bind(signed(next)).push_bind(hash.cast_signed());
    });
    rows.build().execute(&mut **tx).await?;
    let texts = keyed().map(|(key, (product, _))| Ok((key, serde_json::to_string(product)?)));
    let texts = texts.collect::<Result<Vec<_>, StoreError>>()?;
    let mut bodies = QueryBuilder::<Sqlite>::new("INSERT INTO bodies (product, body) ");
    bodies.push_values(texts, |mut row, (key, text)| {
        row.push_bind(key).push_bind(text);
    });
    bodies.build().execute(&mut **tx).await?;
    let all: Vec<(String, i64)> =
        keyed().flat_map(|(key, (product, _))| codes(product).into_iter().map(move |code| (code, key))).collect();
    for some in all.chunks(2 * ROWS_A_STATEMENT) {
        let mut rows = QueryBuilder::<Sqlite>::new("INSERT OR IGNORE INTO codes (catalog, code, product) ");
        rows.push_values(some, |mut row, (code, key)| {
            row.push_bind(catalog).push_bind(code.clone()).push_bind(*key);
        });
        rows.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn end(tx: &mut Transaction<'static, Sqlite>, catalog: i64, next: u64, key: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE products SET until_generation = $3 WHERE key = $1 AND catalog = $2")
        .bind(key)
        .bind(catalog)
        .bind(signed(next))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes rows with their products and codes; each is catalog, key and body.
async fn clear(tx: &mut Transaction<'static, Sqlite>, rows: &[(i64, i64, String)]) -> Result<(), StoreError> {
    for (catalog, key, body) in rows {
        for code in codes(&parse(body)?) {
            sqlx::query("DELETE FROM codes WHERE catalog = $1 AND code = $2 AND product = $3")
                .bind(catalog)
                .bind(code)
                .bind(key)
                .execute(&mut **tx)
                .await?;
        }
        for statement in ["DELETE FROM bodies WHERE product = $1", "DELETE FROM products WHERE key = $1"] {
            sqlx::query(statement).bind(key).execute(&mut **tx).await?;
        }
    }
    Ok(())
}
