//! The rows that a run refused, as their file has them.
//!
//! Apart from the faults, which travel with every look at a run: rows may be long and are
//! wanted for `rejected.csv` only.

use sqlx::Row;

use super::CatalogStore;
use crate::protocol::ImportId;
use crate::store::StoreError;

/// The rows of a run with the columns above them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefusedRows {
    /// As the file names them; empty where no file was read.
    pub header: Vec<String>,
    /// By the place of their fault among those of [`CatalogStore::faults`].
    pub rows: Vec<(u32, Vec<String>)>,
}

impl CatalogStore {
    /// Keeps the rows that a run refused, instead of those of an earlier attempt.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_refused(&self, run: ImportId, refused: &RefusedRows) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE runs SET header = $2 WHERE id = $1")
            .bind(run.0)
            .bind(serde_json::to_string(&refused.header)?)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM refused_rows WHERE run_id = $1").bind(run.0).execute(&mut *tx).await?;
        for (place, cells) in &refused.rows {
            sqlx::query("INSERT INTO refused_rows (run_id, place, cells) VALUES ($1, $2, $3)")
                .bind(run.0)
                .bind(place)
                .bind(serde_json::to_string(cells)?)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The rows that a run refused.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refused(&self, run: ImportId) -> Result<RefusedRows, StoreError> {
        let header: Option<Option<String>> = sqlx::query_scalar("SELECT header FROM runs WHERE id = $1")
            .bind(run.0)
            .fetch_optional(self.0.read())
            .await?;
        let found = sqlx::query("SELECT place, cells FROM refused_rows WHERE run_id = $1 ORDER BY place")
            .bind(run.0)
            .fetch_all(self.0.read())
            .await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in found {
            let cells: String = row.try_get("cells")?;
            rows.push((row.try_get("place")?, serde_json::from_str(&cells)?));
        }
        let header = header.flatten().map(|header| serde_json::from_str(&header)).transpose()?.unwrap_or_default();
        Ok(RefusedRows { header, rows })
    }
}
