//! Rows of a generation to come: staged, read back, given up, cleared when they are old.

use std::sync::Arc;

use comptoir_catalog::model::Product;
use sqlx::{Sqlite, Transaction};

use super::products::{PAGE_PRODUCTS, codes, in_order_of_keys, of_generation, parse, signed};
use super::rows::StagedRows;
use super::shelved::catalog;
use super::{CLEARED_AT_ONCE, CatalogKey, CatalogStore};
use crate::store::StoreError;

/// Products that one row tells of: to hand a row over costs more than what is in it.
const KNOWN_AT_ONCE: u32 = 4_000;
const IDS_AT_ONCE: usize = 1_000;

/// A product that a generation has: enough to see whether it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub key: i64,
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
    /// Tells what a generation has, row by row, in the order of keys.
    ///
    /// # Errors
    /// What the database says.
    pub async fn known(&self, of: CatalogKey, generation: u64, mut tell: impl FnMut(Known)) -> Result<(), StoreError> {
        let mut after = i64::MIN;
        loop {
            let (last, keys, hashes): (Option<i64>, Option<String>, Option<String>) = sqlx::query_as(concat!(
                "SELECT max(key), group_concat(key, ' '), group_concat(hash, ' ') FROM
                     (SELECT key, hash FROM products WHERE ",
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
            let (Some(last), Some(keys), Some(hashes)) = (last, keys, hashes) else { return Ok(()) };
            after = last;
            for (key, hash) in keys.split(' ').zip(hashes.split(' ')) {
                tell(Known { key: number_of(key)?, hash: number_of(hash)?.cast_unsigned() });
            }
        }
    }

    /// The ids of rows, each with its key, in any order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ids(&self, keys: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        let mut ids = Vec::with_capacity(keys.len());
        for some in keys.chunks(IDS_AT_ONCE) {
            let (list,): (String,) = sqlx::query_as(
                "SELECT json_group_array(json_array(key, id)) FROM products
                 WHERE key IN (SELECT value FROM json_each($1))",
            )
            .bind(serde_json::to_string(some)?)
            .fetch_one(self.0.read())
            .await?;
            ids.append(&mut serde_json::from_str(&list)?);
        }
        Ok(ids)
    }

    /// Writes steps towards `next`, which nobody sees before [`CatalogStore::switch`].
    ///
    /// # Errors
    /// What the database says; then nothing of these steps was written.
    pub async fn stage(&self, of: CatalogKey, next: u64, steps: &[Staged]) -> Result<(), StoreError> {
        let mut rows = StagedRows::default();
        steps.iter().try_for_each(|step| rows.add(step))?;
        self.stage_rows(of, next, rows).await
    }

    /// The same for steps that are rows already.
    ///
    /// # Errors
    /// As [`CatalogStore::stage`].
    pub async fn stage_rows(&self, of: CatalogKey, next: u64, rows: StagedRows) -> Result<(), StoreError> {
        if rows.steps() == 0 {
            return Ok(());
        }
        let mut tx = self.0.write().await?;
        let catalog = number(&mut tx, of).await?;
        rows.write(&mut tx, catalog, next).await?;
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

fn number_of(text: &str) -> Result<i64, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("products: `{text}` is no number")))
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
