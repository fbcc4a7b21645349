//! The key that a shop's own program sends updates with.

use crate::jobs::catalog::Catalog;
use crate::protocol::{SiteId, Timestamp};
use crate::store::{StoreError, TokenHash};

impl Catalog {
    /// Whether this is a site's key for updates, by its hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_update_key(&self, site: SiteId, hash: &TokenHash) -> Result<bool, StoreError> {
        self.0.store.is_update_key(site, hash).await
    }

    /// When a site's key for updates was made, if it has one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn update_key_made_at(&self, site: SiteId) -> Result<Option<Timestamp>, StoreError> {
        self.0.store.update_key_made_at(site).await
    }

    /// Makes a site's key for updates, in the place of an earlier one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_update_key(&self, site: SiteId, hash: &TokenHash, at: Timestamp) -> Result<(), StoreError> {
        self.0.store.set_update_key(site, hash, at).await
    }

    /// Withdraws a site's key for updates.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_update_key(&self, site: SiteId) -> Result<(), StoreError> {
        self.0.store.drop_update_key(site).await
    }
}
