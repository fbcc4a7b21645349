//! Opening `comptoir.db`: pragmas on every connection, migrations, one writer.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqlitePool, Transaction};

use super::StoreError;

static MIGRATOR: Migrator = sqlx::migrate!("src/store/migrations/sqlite");

/// How long a statement waits for SQLite's lock before it is `Busy`.
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// Connections that read beside the one that writes.
const READERS_MAX: u32 = 8;

/// The write-ahead log is cut back to this after a checkpoint, however large it grew.
const WAL_BYTES_KEPT: &str = "67108864";
/// Rows a table that the planner's figures are taken from, when the database is closed.
const ROWS_ANALYSED: u32 = 400;

/// The open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    /// One connection: SQLite has one writer, so they queue here, in order.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Database {
    /// Opens or creates `comptoir.db` in `dir` and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer release wrote it; what SQLite says otherwise.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_file(&dir.join("comptoir.db"), &MIGRATOR, &[]).await
    }

    /// As [`Database::open`], for a subject that has a file of its own; `writing` are
    /// pragmas of the connection that writes.
    pub(super) async fn open_file(
        path: &Path,
        migrator: &Migrator,
        writing: &[(&'static str, &'static str)],
    ) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_WAIT);
        let writes = writing.iter().fold(options.clone(), |writes, (name, value)| writes.pragma(*name, *value));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY_WAIT * 2)
            // On a full disk SQLite itself ends the transaction, which leaves the connection counting on one.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(
                writes
                    .pragma("secure_delete", "ON")
                    .pragma("journal_size_limit", WAL_BYTES_KEPT)
                    .optimize_on_close(true, Some(ROWS_ANALYSED)),
            )
            .await?;
        refuse_newer(&writer, migrator).await?;
        migrator.run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .acquire_timeout(BUSY_WAIT * 2)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self { writer, readers })
    }

    /// For statements that only read.
    #[must_use]
    pub fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// A short write transaction; others wait until it is committed or dropped (rolled back).
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the writer is held too long.
    pub async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// The writing connection itself, for the log's group commits.
    ///
    /// # Errors
    /// As [`Database::write`].
    pub async fn writer(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.writer.acquire().await?)
    }

    /// The database answers a question.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    /// Writes the log back into the database file and closes all connections.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Ok(mut connection) = self.writer.acquire().await
            && let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *connection).await
        {
            tracing::warn!(%error, "the last checkpoint failed; the next start repeats it");
        }
        self.writer.close().await;
    }
}

/// A folder of a newer release is refused before anything in it is touched.
async fn refuse_newer(pool: &SqlitePool, migrator: &Migrator) -> Result<(), StoreError> {
    let known = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    let table: Option<(String,)> =
        sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'")
            .fetch_optional(pool)
            .await?;
    if table.is_none() {
        return Ok(());
    }
    let (found,): (i64,) =
        sqlx::query_as("SELECT coalesce(max(version), 0) FROM _sqlx_migrations").fetch_one(pool).await?;
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}
