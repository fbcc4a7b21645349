//! Products that are known by their ids, as a search would show them.

use super::{Catalog, cards};
use crate::protocol::catalog::CatalogHit;
use crate::protocol::{ProductId, Timestamp};
use crate::store::StoreError;
use crate::store::catalog::Wanted;

impl Catalog {
    /// In the order of the ids, each from the first catalog that has it; what no catalog has is left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hits(
        &self,
        wanted: &Wanted,
        ids: &[ProductId],
        now: Timestamp,
    ) -> Result<Vec<CatalogHit>, StoreError> {
        let mut hits = Vec::with_capacity(ids.len());
        for id in ids {
            let product = self.chosen(wanted, id, None).await?;
            hits.extend(product.and_then(|product| cards::hit(&product, None, now)));
        }
        Ok(hits)
    }
}
