//! Published versions of the sites' bots: only appended to.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{Database, StoreError};
use crate::protocol::{AgentId, SiteId, Timestamp};

/// A published definition, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotVersion {
    pub site: SiteId,
    /// 1, 2, 3 … in its site.
    pub version: u32,
    pub toml: String,
    pub published_at: Timestamp,
}

/// The statements on bots. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bots(Database);

impl Bots {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// The published version of every site that has one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn published(&self) -> Result<Vec<BotVersion>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM bot_versions AS b
             WHERE version = (SELECT max(version) FROM bot_versions WHERE site_id = b.site_id)",
        )
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// What the database says.
    pub async fn latest(&self, site: SiteId) -> Result<Option<BotVersion>, StoreError> {
        let row = sqlx::query("SELECT * FROM bot_versions WHERE site_id = $1 ORDER BY version DESC LIMIT 1")
            .bind(site.0)
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// # Errors
    /// What the database says.
    pub async fn version(&self, site: SiteId, version: u32) -> Result<Option<BotVersion>, StoreError> {
        let row = sqlx::query("SELECT * FROM bot_versions WHERE site_id = $1 AND version = $2")
            .bind(site.0)
            .bind(version)
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Appends the next version; who published it is none for the command line.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publish(
        &self,
        site: SiteId,
        toml: &str,
        by: Option<AgentId>,
        at: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut tx = self.0.write().await?;
        let (version,): (u32,) = sqlx::query_as(
            "INSERT INTO bot_versions (site_id, version, toml, published_by, published_at)
             SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4 FROM bot_versions WHERE site_id = $1
             RETURNING version",
        )
        .bind(site.0)
        .bind(toml)
        .bind(by.map(|agent| agent.0))
        .bind(at.millis())
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(version)
    }
}

fn read(row: &SqliteRow) -> Result<BotVersion, StoreError> {
    Ok(BotVersion {
        site: SiteId(row.try_get::<Uuid, _>("site_id")?),
        version: row.try_get("version")?,
        toml: row.try_get("toml")?,
        published_at: Timestamp::from_millis(row.try_get("published_at")?),
    })
}
