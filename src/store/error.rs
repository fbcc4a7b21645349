//! What can go wrong in the store, as its callers tell it apart.

use std::sync::Arc;

/// Why the store did not do it. An error is never acknowledged to a sender.
///
/// Cloned when one failed commit answers everything that was in it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// What was decided rests on an older view: load again and decide anew.
    #[error("the conversation moved on to event {head}; load it again")]
    Conflict { head: u64 },
    /// The same command id came with another content.
    #[error("this command id was used for another content")]
    IdReused,
    /// A name, key or address that must be unique is taken.
    #[error("`{0}` is already in use; choose another")]
    Taken(String),
    #[error("the disk is full; free some space, nothing was changed")]
    DiskFull,
    /// The writer's queue is at its bound, or the database is busy: repeat later.
    #[error("the database is busy; repeat in a moment")]
    Busy,
    #[error(
        "the data folder was written by a newer release (schema {found}, this one knows {known}); run that release or newer"
    )]
    Newer { found: i64, known: i64 },
    #[error("database: {0}")]
    Database(#[source] Arc<sqlx::Error>),
    #[error("migration: {0}")]
    Migration(#[source] Arc<sqlx::migrate::MigrateError>),
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
}

/// SQLITE_FULL, and no room to grow the shared index of the write-ahead log.
const FULL: &[&str] = &["13", "4874"];
/// SQLITE_BUSY and SQLITE_LOCKED with their extended forms.
const BUSY: &[&str] = &["5", "6", "261", "262", "517", "773"];

/// SQLITE_CORRUPT and SQLITE_NOTADB.
const DAMAGED: &[&str] = &["11", "26"];

impl StoreError {
    /// The file itself is damaged: only a backup helps.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        let found = match self {
            Self::Database(error) => error.as_database_error(),
            Self::Migration(error) => match error.as_ref() {
                sqlx::migrate::MigrateError::Execute(error) => error.as_database_error(),
                _ => None,
            },
            _ => None,
        };
        found.and_then(|found| found.code()).is_some_and(|code| DAMAGED.contains(&code.as_ref()))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(found) = &error
            && let Some(code) = found.code()
        {
            if FULL.contains(&code.as_ref()) {
                return Self::DiskFull;
            }
            if BUSY.contains(&code.as_ref()) {
                return Self::Busy;
            }
        }
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self::Busy,
            error => Self::Database(Arc::new(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Arc::new(error))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl StoreError {
    /// `Taken(what)` when a unique value is in use already, else as any other error.
    #[must_use]
    pub fn taken_or(error: sqlx::Error, what: &str) -> Self {
        match &error {
            sqlx::Error::Database(db) if db.is_unique_violation() => Self::Taken(what.to_owned()),
            _ => error.into(),
        }
    }
}
