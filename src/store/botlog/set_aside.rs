//! Texts that an admin has dealt with.

use std::collections::HashMap;

use super::super::StoreError;
use super::BotLog;
use crate::protocol::{SiteId, Timestamp};

/// Different ones kept of a site; those set aside the longest ago make room.
pub const SET_ASIDE_MAX: u32 = 10_000;

impl BotLog {
    /// Sets texts aside, folded by [`crate::rules::likeness::normal`].
    ///
    /// # Errors
    /// What the database says; none is set aside then.
    pub async fn set_aside(&self, site: SiteId, normals: &[String], at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        for normal in normals {
            sqlx::query(
                "INSERT INTO bot_set_aside (site_id, normal, at) VALUES ($1, $2, $3)
                 ON CONFLICT (site_id, normal) DO UPDATE SET at = max(at, excluded.at)",
            )
            .bind(site.0)
            .bind(normal)
            .bind(at.millis())
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query(
            "DELETE FROM bot_set_aside WHERE site_id = $1 AND normal IN (
                 SELECT normal FROM bot_set_aside WHERE site_id = $1 ORDER BY at DESC, normal LIMIT -1 OFFSET $2)",
        )
        .bind(site.0)
        .bind(SET_ASIDE_MAX)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What was set aside, folded, and when.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_aside(&self, site: SiteId) -> Result<HashMap<String, Timestamp>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as("SELECT normal, at FROM bot_set_aside WHERE site_id = $1")
            .bind(site.0)
            .fetch_all(self.0.read())
            .await?;
        Ok(rows.into_iter().map(|(normal, at)| (normal, Timestamp::from_millis(at))).collect())
    }

    /// What can hide nothing any more.
    pub(super) async fn sweep_set_aside(&self, before: i64) -> Result<u64, StoreError> {
        let mut tx = self.0.write().await?;
        let gone = sqlx::query("DELETE FROM bot_set_aside WHERE at < $1").bind(before).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(gone.rows_affected())
    }
}
