//! Steps of an import as the rows that are written: made while those before them are written,
//! so that the database's one writer only writes.

use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::products::{codes, signed};
use super::staging::Staged;
use crate::store::StoreError;

/// Rows that one statement writes, largest first: few texts, so that each is parsed once.
const ROWS_A_STATEMENT: [usize; 4] = [64, 16, 4, 1];

/// Steps, ready to be written by [`CatalogStore::stage_rows`](super::CatalogStore::stage_rows).
#[derive(Debug, Default)]
pub struct StagedRows {
    puts: Vec<Put>,
    /// Keys of rows that end.
    ends: Vec<i64>,
}

#[derive(Debug)]
struct Put {
    id: String,
    body: String,
    codes: Vec<String>,
    hash: u64,
}

impl StagedRows {
    /// Adds a step.
    ///
    /// # Errors
    /// When its product cannot be written as JSON.
    pub fn add(&mut self, step: &Staged) -> Result<(), StoreError> {
        match step {
            Staged::Put { product, hash, instead_of } => {
                self.ends.extend(instead_of);
                self.puts.push(Put {
                    id: product.id.as_str().to_owned(),
                    body: serde_json::to_string(product)?,
                    codes: codes(product),
                    hash: *hash,
                });
            }
            Staged::End { key } => self.ends.push(*key),
        }
        Ok(())
    }

    /// Adds what others are.
    pub fn append(&mut self, mut others: Self) {
        self.puts.append(&mut others.puts);
        self.ends.append(&mut others.ends);
    }

    /// How many rows begin or end.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.puts.len() + self.ends.len()
    }

    /// Writes the rows in as few statements as may be.
    pub(super) async fn write(
        mut self,
        tx: &mut Transaction<'static, Sqlite>,
        catalog: i64,
        next: u64,
    ) -> Result<(), StoreError> {
        for some in portions(&mut self.ends) {
            // By their keys: from a few rows SQLite takes a catalog to be small, and would read all of it each time.
            let mut ends = QueryBuilder::<Sqlite>::new("UPDATE products SET until_generation = ");
            ends.push_bind(signed(next)).push(" WHERE +catalog = ").push_bind(catalog).push(" AND key IN (");
            let mut keys = ends.separated(", ");
            some.iter().for_each(|key| {
                keys.push_bind(*key);
            });
            ends.push(")").build().execute(&mut **tx).await?;
        }
        let (last,): (i64,) = sqlx::query_as("SELECT coalesce(max(key), 0) FROM products").fetch_one(&mut **tx).await?;
        let mut keyed: Vec<(i64, Put)> = (last + 1..).zip(self.puts).collect();
        let mut named: Vec<(String, i64)> = Vec::with_capacity(keyed.len() * 2);
        for some in portions(&mut keyed) {
            put(tx, catalog, next, some).await?;
            named.extend(some.iter_mut().flat_map(|(key, put)| put.codes.drain(..).map(|code| (code, *key))));
        }
        // In their order, each page of their tree is written to once.
        named.sort_unstable();
        for some in portions(&mut named) {
            let mut rows = QueryBuilder::<Sqlite>::new("INSERT OR IGNORE INTO codes (catalog, code, product) ");
            rows.push_values(some, |mut row, (code, key)| {
                row.push_bind(catalog).push_bind(std::mem::take(code)).push_bind(*key);
            });
            rows.build().execute(&mut **tx).await?;
        }
        Ok(())
    }
}

/// Writes a portion of products with their bodies.
async fn put(
    tx: &mut Transaction<'static, Sqlite>,
    catalog: i64,
    next: u64,
    keyed: &mut [(i64, Put)],
) -> Result<(), StoreError> {
    let mut rows = QueryBuilder::<Sqlite>::new("INSERT INTO products (key, catalog, id, from_generation, hash) ");
    rows.push_values(keyed.iter_mut(), |mut row, (key, put)| {
        row.push_bind(*key).push_bind(catalog).push_bind(std::mem::take(&mut put.id));
        row.push_bind(signed(next)).push_bind(put.hash.cast_signed());
    });
    rows.build().execute(&mut **tx).await?;
    let mut bodies = QueryBuilder::<Sqlite>::new("INSERT INTO bodies (product, body) ");
    bodies.push_values(keyed.iter_mut(), |mut row, (key, put)| {
        row.push_bind(*key).push_bind(std::mem::take(&mut put.body));
    });
    bodies.build().execute(&mut **tx).await?;
    Ok(())
}

/// What one statement takes, piece by piece.
fn portions<T>(mut rest: &mut [T]) -> impl Iterator<Item = &mut [T]> {
    std::iter::from_fn(move || {
        let size = ROWS_A_STATEMENT.into_iter().find(|size| *size <= rest.len())?;
        let (portion, after) = std::mem::take(&mut rest).split_at_mut(size);
        rest = after;
        Some(portion)
    })
}
