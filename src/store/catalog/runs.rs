//! Imports as they are queued, claimed, watched and ended.
//!
//! The queue is the table, not memory: a command hands a file to a running server
//! by writing a row here, and a server that was killed finds what it had claimed.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};
use uuid::Uuid;

use super::run::{NewRun, Pace, Run, RunState};
use super::{CatalogKey, CatalogStore, LangTag};
use crate::protocol::catalog::{ImportFault, ImportFrom, ImportReport};
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::StoreError;

/// Runs of a site that are remembered.
const RUNS_KEPT: u32 = 50;

impl CatalogStore {
    /// Queues an import; false when one of the same catalog is still open.
    ///
    /// # Errors
    /// What the database says.
    pub async fn queue(&self, run: &NewRun) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "INSERT INTO runs (id, site_id, lang, source, file, state, settings, queued_at, bytes_total)
             SELECT $1, $2, $3, $4, $5, 'queued', $6, $7, $8
             WHERE NOT EXISTS (SELECT 1 FROM runs WHERE site_id = $2 AND lang = $3
                               AND state IN ('queued', 'reading', 'indexing', 'awaits_confirmation'))",
        )
        .bind(run.id.0)
        .bind(run.site.0)
        .bind(LangTag::of(&run.settings.lang).as_str())
        .bind(from_name(run.from))
        .bind(&run.file)
        .bind(serde_json::to_string(&run.settings)?)
        .bind(run.at.millis())
        .bind(i64::try_from(run.bytes).unwrap_or(i64::MAX))
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM runs WHERE site_id = $1 AND state IN ('done', 'refused', 'cancelled')
             AND id NOT IN (SELECT id FROM runs WHERE site_id = $1 ORDER BY queued_at DESC, id DESC LIMIT $2)",
        )
        .bind(run.site.0)
        .bind(RUNS_KEPT)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes the oldest run that waits and whose site is free.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim(&self, now: Timestamp) -> Result<Option<Run>, StoreError> {
        // Most of the time there is none: the writer is asked only when there is.
        let waiting: Option<(Uuid,)> = sqlx::query_as(
            "SELECT id FROM runs WHERE state = 'queued' AND site_id NOT IN
                 (SELECT site_id FROM runs WHERE state IN ('reading', 'indexing'))
             ORDER BY queued_at, id LIMIT 1",
        )
        .fetch_optional(self.0.read())
        .await?;
        let Some((id,)) = waiting else { return Ok(None) };
        let mut tx = self.0.write().await?;
        let claimed =
            sqlx::query("UPDATE runs SET state = 'reading', started_at = $2 WHERE id = $1 AND state = 'queued'")
                .bind(id)
                .bind(now.millis())
                .execute(&mut *tx)
                .await?;
        tx.commit().await?;
        if claimed.rows_affected() == 1 { self.run(ImportId(id)).await } else { Ok(None) }
    }

    /// Moves a run on, if it is in one of `from`; false when it is not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn advance(
        &self,
        id: ImportId,
        from: &[RunState],
        to: RunState,
        why: Option<&str>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let state: Option<(String,)> =
            sqlx::query_as("SELECT state FROM runs WHERE id = $1").bind(id.0).fetch_optional(&mut *tx).await?;
        if !state.is_some_and(|(state,)| from.iter().any(|from| from.name() == state)) {
            return Ok(false);
        }
        sqlx::query("UPDATE runs SET state = $2, why = $3 WHERE id = $1")
            .bind(id.0)
            .bind(to.name())
            .bind(why)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Writes how far a run is. Answers whether somebody asked to cancel it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn progress(&self, id: ImportId, pace: &Pace) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "UPDATE runs SET bytes_read = $2, rows_read = $3, rows_per_second = $4, seconds_left = $5 WHERE id = $1",
        )
        .bind(id.0)
        .bind(i64::try_from(pace.bytes).unwrap_or(i64::MAX))
        .bind(i64::try_from(pace.rows).unwrap_or(i64::MAX))
        .bind(pace.rows_per_second)
        .bind(pace.seconds_left)
        .execute(&mut *tx)
        .await?;
        let asked: Option<(bool,)> =
            sqlx::query_as("SELECT cancel_asked FROM runs WHERE id = $1").bind(id.0).fetch_optional(&mut *tx).await?;
        tx.commit().await?;
        Ok(asked.is_some_and(|(asked,)| asked))
    }

    /// Writes what a run found, with its first faults.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report(&self, id: ImportId, report: &ImportReport, faults: &[ImportFault]) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        summarise(&mut tx, id, report).await?;
        sqlx::query("DELETE FROM faults WHERE run_id = $1").bind(id.0).execute(&mut *tx).await?;
        for (place, fault) in (0_i64..).zip(faults) {
            sqlx::query(
                "INSERT INTO faults (run_id, place, line, code, column_name, value, message, warning, numbers, detail)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(id.0)
            .bind(place)
            .bind(i64::try_from(fault.line).unwrap_or(i64::MAX))
            .bind(&fault.code)
            .bind(&fault.column)
            .bind(&fault.value)
            .bind(&fault.message)
            .bind(fault.warning)
            .bind(serde_json::to_string(&fault.numbers)?)
            .bind(&fault.detail)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Writes what a run came to at last; its faults stay as [`CatalogStore::report`] wrote them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complete(&self, id: ImportId, report: &ImportReport) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        summarise(&mut tx, id, report).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Queues a run again that a guard held: its file is read once more, and taken.
    /// False when it does not wait for an answer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn confirm(&self, id: ImportId) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "UPDATE runs SET state = 'queued', why = NULL, confirmed = 1
             WHERE id = $1 AND state = 'awaits_confirmation'",
        )
        .bind(id.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends a run whose catalog was switched to after a start.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_with(&self, id: ImportId, generation: u64) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE runs SET state = 'done', report = json_set(report, '$.generation', $2) WHERE id = $1")
            .bind(id.0)
            .bind(i64::try_from(generation).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Asks a run to stop. One that still waits for its turn is cancelled at once: true.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ask_to_cancel(&self, site: SiteId, id: ImportId) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE runs SET cancel_asked = 1 WHERE id = $1 AND site_id = $2")
            .bind(id.0)
            .bind(site.0)
            .execute(&mut *tx)
            .await?;
        let waiting = "UPDATE runs SET state = 'cancelled' WHERE id = $1 AND site_id = $2 AND state = 'queued'";
        let done = sqlx::query(waiting).bind(id.0).bind(site.0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// # Errors
    /// What the database says.
    pub async fn run(&self, id: ImportId) -> Result<Option<Run>, StoreError> {
        let row = sqlx::query("SELECT * FROM runs WHERE id = $1").bind(id.0).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read).transpose()
    }

    /// A site's runs, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn runs(&self, site: SiteId) -> Result<Vec<Run>, StoreError> {
        let rows = sqlx::query("SELECT * FROM runs WHERE site_id = $1 ORDER BY queued_at DESC, id DESC LIMIT $2")
            .bind(site.0)
            .bind(RUNS_KEPT)
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(read).collect()
    }

    /// The currency that the last finished import of a catalog was read by; nothing when it is
    /// not remembered any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn currency_of(&self, of: CatalogKey) -> Result<Option<String>, StoreError> {
        let currency = sqlx::query_scalar(
            "SELECT settings ->> '$.feed.currency' FROM runs
             WHERE site_id = $1 AND lang = $2 AND state = 'done' AND source IN ('file', 'address')
             ORDER BY queued_at DESC, id DESC LIMIT 1",
        );
        Ok(currency.bind(of.site.0).bind(of.lang.as_str()).fetch_optional(self.0.read()).await?)
    }

    /// Ids of runs whose files are still needed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_runs(&self) -> Result<Vec<ImportId>, StoreError> {
        let rows: Vec<(Uuid,)> = sqlx::query_as(
            "SELECT id FROM runs WHERE state IN ('queued', 'reading', 'indexing', 'awaits_confirmation')",
        )
        .fetch_all(self.0.read())
        .await?;
        Ok(rows.into_iter().map(|(id,)| ImportId(id)).collect())
    }

    /// The first faults of a run, in the order of the file.
    ///
    /// # Errors
    /// What the database says.
    pub async fn faults(&self, id: ImportId, limit: u32) -> Result<Vec<ImportFault>, StoreError> {
        let rows = sqlx::query("SELECT * FROM faults WHERE run_id = $1 ORDER BY place LIMIT $2")
            .bind(id.0)
            .bind(limit)
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(fault).collect()
    }
}

/// A report without its faults, which have rows of their own.
async fn summarise(
    tx: &mut Transaction<'static, Sqlite>,
    id: ImportId,
    report: &ImportReport,
) -> Result<(), StoreError> {
    let bare = ImportReport { faults: Vec::new(), ..report.clone() };
    let body = serde_json::to_string(&bare)?;
    sqlx::query("UPDATE runs SET report = $2 WHERE id = $1").bind(id.0).bind(body).execute(&mut **tx).await?;
    Ok(())
}

const FROM: [ImportFrom; 4] = [ImportFrom::File, ImportFrom::Address, ImportFrom::Restore, ImportFrom::Empty];

fn from_name(from: ImportFrom) -> &'static str {
    match from {
        ImportFrom::File => "file",
        ImportFrom::Address => "address",
        ImportFrom::Restore => "restore",
        ImportFrom::Empty => "empty",
    }
}

fn fault(row: &SqliteRow) -> Result<ImportFault, StoreError> {
    let numbers: Option<String> = row.try_get("numbers")?;
    Ok(ImportFault {
        line: row.try_get::<i64, _>("line")?.unsigned_abs(),
        code: row.try_get("code")?,
        column: row.try_get("column_name")?,
        value: row.try_get("value")?,
        message: row.try_get("message")?,
        warning: row.try_get("warning")?,
        numbers: numbers.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default(),
        detail: row.try_get("detail")?,
    })
}

fn read(row: &SqliteRow) -> Result<Run, StoreError> {
    let (name, source): (String, String) = (row.try_get("state")?, row.try_get("source")?);
    let state = RunState::ALL.into_iter().find(|state| state.name() == name);
    let from = FROM.into_iter().find(|from| from_name(*from) == source);
    let count = |column: &str| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
    let report: Option<String> = row.try_get("report")?;
    let settings: String = row.try_get("settings")?;
    Ok(Run {
        id: ImportId(row.try_get("id")?),
        site: SiteId(row.try_get("site_id")?),
        from: from.ok_or_else(|| StoreError::Corrupt(format!("runs.source: `{source}`")))?,
        file: row.try_get("file")?,
        state: state.ok_or_else(|| StoreError::Corrupt(format!("runs.state: `{name}`")))?,
        why: row.try_get("why")?,
        queued_at: Timestamp::from_millis(row.try_get("queued_at")?),
        started_at: row.try_get::<Option<i64>, _>("started_at")?.map(Timestamp::from_millis),
        bytes_total: count("bytes_total")?,
        bytes_read: count("bytes_read")?,
        rows_read: count("rows_read")?,
        rows_per_second: row.try_get("rows_per_second")?,
        seconds_left: row.try_get("seconds_left")?,
        confirmed: row.try_get("confirmed")?,
        settings: serde_json::from_str(&settings)?,
        report: report.map(|text| serde_json::from_str(&text)).transpose()?,
    })
}
