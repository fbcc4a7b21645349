//! What can go wrong in the store, as its callers tell it apart.

/// Why the store did not do it. An error is never acknowledged to a sender.
#[derive(Debug, thiserror::Error)]
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
    Database(#[source] sqlx::Error),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(db) = &error {
            match db.code().as_deref() {
                // SQLITE_FULL, and an I/O error while growing the file.
                Some("13" | "778" | "4874") => return Self::DiskFull,
                // SQLITE_BUSY, SQLITE_LOCKED.
                Some("5" | "6" | "261" | "517") => return Self::Busy,
                _ => {}
            }
        }
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        Self::Database(error)
    }
}
