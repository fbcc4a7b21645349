//! Visitors of a site, known by the hash of their token and by nothing else.

use uuid::Uuid;

use super::{Database, StoreError, TokenHash};
use crate::protocol::{SiteId, Timestamp, VisitorId};

/// The statements on visitors. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Visitors(Database);

impl Visitors {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// The visitor of this site who has this token.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_token(&self, site: SiteId, hash: &TokenHash) -> Result<Option<VisitorId>, StoreError> {
        let found: Option<(Uuid,)> = sqlx::query_as("SELECT id FROM visitors WHERE site_id = $1 AND token_hash = $2")
            .bind(site.0)
            .bind(hash.as_slice())
            .fetch_optional(self.0.read())
            .await?;
        Ok(found.map(|(id,)| VisitorId(id)))
    }

    /// The visitor who has this token, and their site: for a request that names no site.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bearer(&self, hash: &TokenHash) -> Result<Option<(SiteId, VisitorId)>, StoreError> {
        let found: Option<(Uuid, Uuid)> =
            sqlx::query_as("SELECT site_id, id FROM visitors WHERE token_hash = $1 LIMIT 1")
                .bind(hash.as_slice())
                .fetch_optional(self.0.read())
                .await?;
        Ok(found.map(|(site, id)| (SiteId(site), VisitorId(id))))
    }

    /// Writes a visitor's row; repeating it changes nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle(
        &self,
        site: SiteId,
        visitor: VisitorId,
        hash: &TokenHash,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO visitors (id, site_id, token_hash, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(visitor.0)
        .bind(site.0)
        .bind(hash.as_slice())
        .bind(at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
