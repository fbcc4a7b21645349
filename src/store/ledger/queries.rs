//! Searches of agents that found nothing, counted by what was asked and by nothing else.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::super::StoreError;
use super::Ledger;
use crate::protocol::ledger::EmptyQuery;
use crate::protocol::{SiteId, Timestamp};

/// Different ones kept of a site; the longest unasked make room.
pub const EMPTY_QUERIES_MAX: u32 = 1_000;

impl Ledger {
    /// Counts one. `normal` makes two spellings of the same question one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn found_nothing(
        &self,
        site: SiteId,
        lang: &str,
        normal: &str,
        text: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO empty_queries (site_id, lang, normal, text, times, last_at) VALUES ($1, $2, $3, $4, 1, $5)
             ON CONFLICT (site_id, lang, normal)
             DO UPDATE SET times = times + 1, text = excluded.text, last_at = excluded.last_at",
        )
        .bind(site.0)
        .bind(lang)
        .bind(normal)
        .bind(text)
        .bind(at.millis())
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM empty_queries WHERE site_id = $1 AND (lang, normal) IN (
                 SELECT lang, normal FROM empty_queries WHERE site_id = $1
                 ORDER BY last_at DESC, lang, normal LIMIT -1 OFFSET $2)",
        )
        .bind(site.0)
        .bind(EMPTY_QUERIES_MAX)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Those asked in these days, the most asked first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn empty_queries(
        &self,
        site: SiteId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Vec<EmptyQuery>, StoreError> {
        let rows = sqlx::query(
            "SELECT lang, text, times, last_at FROM empty_queries
             WHERE site_id = $1 AND last_at >= $2 AND last_at < $3
             ORDER BY times DESC, last_at DESC, lang, normal LIMIT $4",
        )
        .bind(site.0)
        .bind(from.map_or(i64::MIN, Timestamp::millis))
        .bind(to.map_or(i64::MAX, Timestamp::millis))
        .bind(EMPTY_QUERIES_MAX)
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(query).collect()
    }
}

fn query(row: &SqliteRow) -> Result<EmptyQuery, StoreError> {
    Ok(EmptyQuery {
        text: row.try_get("text")?,
        lang: row.try_get("lang")?,
        times: row.try_get::<i64, _>("times")?.cast_unsigned(),
        last_at: Timestamp::from_millis(row.try_get("last_at")?),
    })
}
