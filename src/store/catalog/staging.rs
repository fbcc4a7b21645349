//! Rows of a generation to come: staged, read back, given up, cleared when they are old.

use std::sync::Arc;

use comptoir_catalog::model::Product;
use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::products::{PAGE_PRODUCTS, codes, in_order_of_keys, of_generation, parse, signed};
use super::shelved::catalog;
use super::{CLEARED_AT_ONCE, CatalogKey, CatalogStore};
use crate::store::StoreError;

/// Rows that one statement inserts, largest first: few texts, so that each is parsed once.
const ROWS_A_STATEMENT: [usize; 4] = [64, 16, 4, 1];

/// Products that one row tells of: to hand a row over costs more than what is in it.
const KNOWN_AT_ONCE: u32 = 1_000;

/// A product that a generation has: enough to see whether it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'r> {
    pub key: i64,
    pub id: &'r str,
    pub hash: u64,
}

/// One step of an import towards the next generation.
#[derive(Debug, Clone)]
pub enum Staged {
    /// A product that is new, or whose row `instead_of` ends with this generation.
    Put { product: Arc<Product>, hash: u64, instead_of: Option<i64> },
    /// A product that the feed no longer names.
    End { key: i64 },
}

/// A product of an earlier generation that the current one has not, or has otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Restorable {
    pub key: i64,
    pub product: Product,
    pub hash: u64,
    /// The row of the current generation with the same id.
    pub instead_of: Option<i64>,
}

impl CatalogStore {
    /// Tells what a generation has, row by row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn known(
        &self,
        of: CatalogKey,
        generation: u64,
        mut tell: impl FnMut(Known<'_>),
    ) -> Result<(), StoreError> {
        let mut after = i64::MIN;
        loop {
            let (last, list): (Option<i64>, String) = sqlx::query_as(concat!(
                "SELECT max(key), json_group_array(json_array(key, id, hash)) FROM
                     (SELECT key, id, hash FROM products WHERE ",
                in_order_of_keys!(),
                ")"
            ))
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(signed(generation))
            .bind(after)
            .bind(KNOWN_AT_ONCE)
            .fetch_one(self.0.read())
            .await?;
            let Some(last) = last else { return Ok(()) };
            after = last;
            let rows: Vec<(i64, String, i64)> = serde_json::from_str(&list)?;
            for (key, id, hash) in rows {
                tell(Known { key, id: &id, hash: hash.cast_unsigned() });
            }
        }
    }

    /// Writes steps towards `next`, which nobody sees before [`CatalogStore::switch`].
    ///
    /// # Errors
    /// What the database says; then nothing of these steps was written.
    pub async fn stage(&self, of: CatalogKey, next: u64, steps: &[Staged]) -> Result<(), StoreError> {
        if steps.is_empty() {
            return Ok(());
        }
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
        let (last,): (i64,) = sqlx::query_as("SELECT coalesce(max(key), 0) FROM products").fetch_one(&mut *tx).await?;
        put(&mut tx, catalog, next, last, &puts).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Products that were staged towards `next`, after the row named, each with its row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staged(&self, of: CatalogKey, next: u64, after: i64) -> Result<Vec<(i64, Product)>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(concat!(
            "SELECT key, body FROM products JOIN bodies ON bodies.product = products.key WHERE catalog = ",
            catalog!(),
            " AND from_generation = $3 AND key > $4 ORDER BY key LIMIT $5"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(next))
        .bind(after)
        .bind(PAGE_PRODUCTS)
        .fetch_all(self.0.read())
        .await?;
        rows.into_iter().map(|(key, body)| Ok((key, parse(&body)?))).collect()
    }

    /// Ids of products that `next` will have no more, after the row named, each with its row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ending(&self, of: CatalogKey, next: u64, after: i64) -> Result<Vec<(i64, String)>, StoreError> {
        Ok(sqlx::query_as(concat!(
            "SELECT key, id FROM products AS old WHERE catalog = ",
            catalog!(),
            " AND until_generation = $3 AND key > $4 AND NOT EXISTS
                  (SELECT 1 FROM products WHERE catalog = old.catalog AND id = old.id AND from_generation = $3)
             ORDER BY key LIMIT $5"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(next))
        .bind(after)
        .bind(PAGE_PRODUCTS)
        .fetch_all(self.0.read())
        .await?)
    }

    /// Products that generation `back` had and `now` has not, or has otherwise, after the row named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restorable(
        &self,
        of: CatalogKey,
        back: u64,
        now: u64,
        after: i64,
    ) -> Result<Vec<Restorable>, StoreError> {
        let rows: Vec<(i64, i64, String, Option<i64>)> = sqlx::query_as(concat!(
            "SELECT products.key, hash, body,
                    (SELECT key FROM products AS new WHERE new.catalog = products.catalog AND new.id = products.id
                     AND new.from_generation <= $4 AND (new.until_generation IS NULL OR new.until_generation > $4))
             FROM products JOIN bodies ON bodies.product = products.key WHERE +",
            of_generation!(),
            " AND until_generation <= $4 AND products.key > $5 ORDER BY products.key LIMIT $6"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(back))
        .bind(signed(now))
        .bind(after)
        .bind(PAGE_PRODUCTS)
        .fetch_all(self.0.read())
        .await?;
        let restorable = |(key, hash, body, instead_of): (i64, i64, String, Option<i64>)| {
            Ok(Restorable { key, product: parse(&body)?, hash: hash.cast_unsigned(), instead_of })
        };
        rows.into_iter().map(restorable).collect()
    }

    /// Rows of products that generation `now` has and `back` had not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newer(&self, of: CatalogKey, back: u64, now: u64, after: i64) -> Result<Vec<i64>, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(concat!(
            "SELECT key FROM products WHERE +",
            of_generation!(),
            " AND from_generation > $4 AND key > $5 AND NOT EXISTS
                  (SELECT 1 FROM products AS old WHERE old.catalog = products.catalog AND old.id = products.id
                   AND old.from_generation <= $4 AND (old.until_generation IS NULL OR old.until_generation > $4))
             ORDER BY key LIMIT $6"
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(now))
        .bind(signed(back))
        .bind(after)
        .bind(PAGE_PRODUCTS)
        .fetch_all(self.0.read())
        .await?;
        Ok(rows.into_iter().map(|(key,)| key).collect())
    }

    /// Gives up what was prepared and staged towards a generation that was not switched to.
    ///
    /// # Errors
    /// What the database says; then the next start or import does it.
    pub async fn discard(&self, of: CatalogKey) -> Result<(), StoreError> {
        // First of all, so that no start ends a switch of which rows are gone.
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE catalogs SET prepared = NULL WHERE site_id = $1 AND lang = $2 AND prepared IS NOT NULL")
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
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

    /// Clears rows that neither the last generations have, `kept` of them beside the
    /// current one, nor the one that can be restored.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_older(&self, of: CatalogKey, kept: u64) -> Result<(), StoreError> {
        loop {
            let mut tx = self.0.write().await?;
            let rows: Vec<(i64, i64, String)> = sqlx::query_as(
                "SELECT catalog, products.key, body FROM catalogs JOIN products ON products.catalog = catalogs.key
                 JOIN bodies ON bodies.product = products.key
                 WHERE site_id = $1 AND lang = $2 AND until_generation <= generation - $3
                   AND (previous IS NULL OR from_generation > previous OR until_generation <= previous) LIMIT $4",
            )
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(signed(kept))
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

/// Writes products in as few statements as may be; their rows follow `last`.
async fn put(
    tx: &mut Transaction<'static, Sqlite>,
    catalog: i64,
    next: u64,
    last: i64,
    puts: &[(&Product, u64)],
) -> Result<(), StoreError> {
    let keyed: Vec<(i64, &Product, u64)> =
        (last + 1..).zip(puts).map(|(key, (product, hash))| (key, *product, *hash)).collect();
    for keyed in portions(&keyed) {
        let mut rows = QueryBuilder::<Sqlite>::new("INSERT INTO products (key, catalog, id, from_generation, hash) ");
        rows.push_values(keyed, |mut row, (key, product, hash)| {
            row.push_bind(*key).push_bind(catalog).push_bind(product.id.as_str().to_owned());
            row.push_bind(signed(next)).push_bind(hash.cast_signed());
        });
        rows.build().execute(&mut **tx).await?;
        let texts = keyed.iter().map(|(key, product, _)| Ok((*key, serde_json::to_string(product)?)));
        let texts = texts.collect::<Result<Vec<_>, StoreError>>()?;
        let mut bodies = QueryBuilder::<Sqlite>::new("INSERT INTO bodies (product, body) ");
        bodies.push_values(texts, |mut row, (key, text)| {
            row.push_bind(key).push_bind(text);
        });
        bodies.build().execute(&mut **tx).await?;
    }
    let all: Vec<(String, i64)> =
        keyed.iter().flat_map(|(key, product, _)| codes(product).into_iter().map(move |code| (code, *key))).collect();
    for some in portions(&all) {
        let mut rows = QueryBuilder::<Sqlite>::new("INSERT OR IGNORE INTO codes (catalog, code, product) ");
        rows.push_values(some, |mut row, (code, key)| {
            row.push_bind(catalog).push_bind(code.clone()).push_bind(*key);
        });
        rows.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// What one statement takes, piece by piece.
fn portions<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = ROWS_A_STATEMENT.into_iter().find(|size| *size <= rest.len())?;
        let (portion, after) = rest.split_at(size);
        rest = after;
        Some(portion)
    })
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
