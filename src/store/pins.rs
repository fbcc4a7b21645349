//! Products that an agent keeps at hand on a site.

use super::{Database, StoreError};
use crate::protocol::{AgentId, ProductId, SiteId, Timestamp};

/// Pins of an agent on a site; the oldest makes room.
pub const PINS_MAX: u32 = 20;

/// The statements on pins. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pins(Database);

impl Pins {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// The latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn of(&self, site: SiteId, agent: AgentId) -> Result<Vec<ProductId>, StoreError> {
        let products = sqlx::query_scalar(
            "SELECT product FROM pins WHERE site_id = $1 AND agent_id = $2 ORDER BY at DESC, product LIMIT $3",
        )
        .bind(site.0)
        .bind(agent.0)
        .bind(PINS_MAX)
        .fetch_all(self.0.read())
        .await?;
        Ok(products.into_iter().map(ProductId).collect())
    }

    /// Pins a product; one that is pinned already comes first again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin(
        &self,
        site: SiteId,
        agent: AgentId,
        product: &ProductId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO pins (site_id, agent_id, product, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (site_id, agent_id, product) DO UPDATE SET at = excluded.at",
        )
        .bind(site.0)
        .bind(agent.0)
        .bind(&product.0)
        .bind(at.millis())
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM pins WHERE site_id = $1 AND agent_id = $2 AND product IN (
                 SELECT product FROM pins WHERE site_id = $1 AND agent_id = $2
                 ORDER BY at DESC, product LIMIT -1 OFFSET $3)",
        )
        .bind(site.0)
        .bind(agent.0)
        .bind(PINS_MAX)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What is not pinned stays so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unpin(&self, site: SiteId, agent: AgentId, product: &ProductId) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("DELETE FROM pins WHERE site_id = $1 AND agent_id = $2 AND product = $3")
            .bind(site.0)
            .bind(agent.0)
            .bind(&product.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
