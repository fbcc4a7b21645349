//! Products of a generation, looked up.

use comptoir_catalog::model::{Gtin, Product};
use comptoir_catalog::words::fold;
use sqlx::{QueryBuilder, Sqlite};

use super::shelved::catalog;
use super::{CatalogKey, CatalogStore};
use crate::protocol::ProductId;
use crate::store::StoreError;

/// Products that one page of a rebuild reads.
pub const PAGE_PRODUCTS: u32 = 500;

/// A row belongs to generation `$3` of the catalog of site `$1` in language `$2`. Where
/// pages are read in the order of keys, a `+` before it keeps SQLite from the index on
/// catalogs: it would sort all rows of the catalog for each page.
macro_rules! of_generation {
    () => {
        concat!(
            "products.catalog = ",
            catalog!(),
            " AND from_generation <= $3 AND (until_generation IS NULL OR until_generation > $3)"
        )
    };
}
pub(super) use of_generation;

/// The first `$5` rows after `$4` that belong to the generation.
macro_rules! in_order_of_keys {
    () => {
        concat!("+", of_generation!(), " AND products.key > $4 ORDER BY products.key LIMIT $5")
    };
}
pub(super) use in_order_of_keys;

impl CatalogStore {
    /// A product of a generation by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn product(&self, of: CatalogKey, generation: u64, id: &str) -> Result<Option<Product>, StoreError> {
        Ok(self.row_by_id(of, generation, id).await?.map(|row| row.product))
    }

    /// A product of a generation by the SKU or GTIN of one of its variants.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_code(&self, of: CatalogKey, generation: u64, code: &str) -> Result<Option<Product>, StoreError> {
        Ok(self.row_by_code(of, generation, code).await?.map(|row| row.product))
    }

    /// The products of these ids, in their order; those that the generation lacks are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn products(
        &self,
        of: CatalogKey,
        generation: u64,
        ids: &[ProductId],
    ) -> Result<Vec<Product>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT id, body FROM products JOIN bodies ON bodies.product = products.key
             WHERE catalog = (SELECT key FROM catalogs WHERE site_id = ",
        );
        query.push_bind(of.site.0).push(" AND lang = ").push_bind(of.lang.to_string());
        query.push(") AND from_generation <= ").push_bind(signed(generation));
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

    /// Products of a generation in the order in which they were written, after the row
    /// named: a page of a rebuild. Each with its row and the generation that brought it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn page(
        &self,
        of: CatalogKey,
        generation: u64,
        after: i64,
    ) -> Result<Vec<(i64, u64, Product)>, StoreError> {
        let rows: Vec<(i64, i64, String)> = sqlx::query_as(concat!(
            "SELECT products.key, from_generation, body FROM products JOIN bodies ON bodies.product = products.key WHERE ",
            in_order_of_keys!()
        ))
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(signed(generation))
        .bind(after)
        .bind(PAGE_PRODUCTS)
        .fetch_all(self.0.read())
        .await?;
        rows.into_iter().map(|(key, since, body)| Ok((key, since.unsigned_abs(), parse(&body)?))).collect()
    }
}

/// A code as it is stored: a GTIN with 14 digits, anything else folded.
pub(super) fn code_of(code: &str) -> String {
    match Gtin::new(code) {
        Ok(gtin) => gtin.canonical(),
        Err(_) => fold(code.trim()),
    }
}

/// The codes that a product is found by.
pub(super) fn codes(product: &Product) -> Vec<String> {
    let mut codes: Vec<String> = product
        .variants
        .iter()
        .flat_map(|variant| {
            let gtin = variant.gtin.as_ref().map(Gtin::canonical);
            [Some(fold(variant.sku.as_str())), gtin]
        })
        .flatten()
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

pub(super) fn parse(body: &str) -> Result<Product, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::Corrupt(format!("bodies.body: {error}")))
}

pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
