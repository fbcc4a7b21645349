//! Sites: one store each, with its key, origins, language and settings.
//!
//! What is allowed in a field is checked in [`crate::http::sites`]; who may change
//! one in [`crate::http::auth`].

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Database, StoreError};
use crate::protocol::cobrowse::ShareSettings;
use crate::protocol::{SiteId, Timestamp};

/// A site as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub id: SiteId,
    pub name: String,
    /// Public: stands in the snippet.
    pub key: String,
    /// Exact: scheme, host and port.
    pub origins: Vec<String>,
    pub lang: String,
    pub currency: String,
    pub shop_url: Option<String>,
    pub accent: String,
    /// Query parameters that stay in page addresses.
    pub query_keep: Vec<String>,
    /// An agent without a connection for so long loses what they had in charge.
    pub agent_gone_seconds: u32,
    pub share: ShareSettings,
    pub snippet_seen_at: Option<Timestamp>,
    pub tested_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// What of the set-up list is known to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SiteProgress {
    /// 0 = no bot published.
    pub bot_version: u32,
    /// An enabled agent is a member.
    pub has_agents: bool,
}

/// The statements on sites. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sites(Database);

impl Sites {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// All, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all(&self) -> Result<Vec<Site>, StoreError> {
        let rows = sqlx::query("SELECT * FROM sites ORDER BY name, id").fetch_all(self.0.read()).await?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// What the database says.
    pub async fn by_id(&self, site: SiteId) -> Result<Option<Site>, StoreError> {
        let row = sqlx::query("SELECT * FROM sites WHERE id = $1").bind(site.0).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read).transpose()
    }

    /// By the public key of the snippet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_key(&self, key: &str) -> Result<Option<Site>, StoreError> {
        let row = sqlx::query("SELECT * FROM sites WHERE key = $1").bind(key).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read).transpose()
    }

    /// # Errors
    /// What the database says.
    pub async fn by_name(&self, name: &str) -> Result<Option<Site>, StoreError> {
        let row = sqlx::query("SELECT * FROM sites WHERE name = $1").bind(name).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read).transpose()
    }

    /// # Errors
    /// What the database says.
    pub async fn progress(&self, site: SiteId) -> Result<SiteProgress, StoreError> {
        let (bot_version, has_agents): (i64, bool) = sqlx::query_as(
            "SELECT (SELECT coalesce(max(version), 0) FROM bot_versions WHERE site_id = $1),
                    EXISTS (SELECT 1 FROM memberships JOIN agents ON agents.id = agent_id
                            WHERE site_id = $1 AND disabled = 0)",
        )
        .bind(site.0)
        .fetch_one(self.0.read())
        .await?;
        Ok(SiteProgress { bot_version: u32::try_from(bot_version).unwrap_or(u32::MAX), has_agents })
    }

    /// # Errors
    /// [`StoreError::Taken`] with the name or key that another site has.
    pub async fn add(&self, site: &Site) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO sites (id, name, key, origins, lang, currency, shop_url, accent, query_keep,
                                agent_gone_seconds, share, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(site.id.0)
        .bind(&site.name)
        .bind(&site.key)
        .bind(list(&site.origins)?)
        .bind(&site.lang)
        .bind(&site.currency)
        .bind(&site.shop_url)
        .bind(&site.accent)
        .bind(list(&site.query_keep)?)
        .bind(site.agent_gone_seconds)
        .bind(object(&site.share)?)
        .bind(site.created_at.millis())
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken_or(error, &site.name))?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes the fields that an admin may change; false = no such site.
    ///
    /// # Errors
    /// [`StoreError::Taken`] with the name that another site has.
    pub async fn save(&self, site: &Site) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "UPDATE sites SET name = $2, origins = $3, lang = $4, currency = $5, shop_url = $6, accent = $7,
                              query_keep = $8, agent_gone_seconds = $9, share = $10
             WHERE id = $1",
        )
        .bind(site.id.0)
        .bind(&site.name)
        .bind(list(&site.origins)?)
        .bind(&site.lang)
        .bind(&site.currency)
        .bind(&site.shop_url)
        .bind(&site.accent)
        .bind(list(&site.query_keep)?)
        .bind(site.agent_gone_seconds)
        .bind(object(&site.share)?)
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken_or(error, &site.name))?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// The widget's configuration was asked for from the store itself; only the first time counts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_snippet_seen(&self, site: SiteId, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE sites SET snippet_seen_at = $2 WHERE id = $1 AND snippet_seen_at IS NULL")
            .bind(site.0)
            .bind(at.millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The test page's widget was opened; only the first time counts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_tested(&self, site: SiteId, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE sites SET tested_at = $2 WHERE id = $1 AND tested_at IS NULL")
            .bind(site.0)
            .bind(at.millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

fn list(values: &[String]) -> Result<String, StoreError> {
    serde_json::to_string(values).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn object(share: &ShareSettings) -> Result<String, StoreError> {
    serde_json::to_string(share).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn strings(column: &str, text: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("sites.{column}: {error}")))
}

fn read(row: &SqliteRow) -> Result<Site, StoreError> {
    Ok(Site {
        id: SiteId(row.try_get("id")?),
        name: row.try_get("name")?,
        key: row.try_get("key")?,
        origins: strings("origins", row.try_get("origins")?)?,
        lang: row.try_get("lang")?,
        currency: row.try_get("currency")?,
        shop_url: row.try_get("shop_url")?,
        accent: row.try_get("accent")?,
        query_keep: strings("query_keep", row.try_get("query_keep")?)?,
        agent_gone_seconds: row.try_get("agent_gone_seconds")?,
        share: serde_json::from_str(row.try_get("share")?)
            .map_err(|error| StoreError::Corrupt(format!("sites.share: {error}")))?,
        snippet_seen_at: row.try_get::<Option<i64>, _>("snippet_seen_at")?.map(Timestamp::from_millis),
        tested_at: row.try_get::<Option<i64>, _>("tested_at")?.map(Timestamp::from_millis),
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
    })
}
