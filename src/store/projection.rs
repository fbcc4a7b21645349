//! Tables that are told by the log, and which telling they hold.
//!
//! What a row is belongs to each of them ([`super::ledger`], [`super::botlog`]).

use sqlx::SqliteConnection;

use super::{Database, StoreError};

/// A set of tables that can be made again from the events.
pub(super) struct Projection {
    pub name: &'static str,
    /// Raised when events tell something else: the next start makes the tables again.
    pub version: i64,
}

impl Projection {
    /// The tables hold what this release would write.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_current(&self, database: &Database) -> Result<bool, StoreError> {
        let version: Option<i64> = sqlx::query_scalar("SELECT version FROM projections WHERE name = $1")
            .bind(self.name)
            .fetch_optional(database.read())
            .await?;
        Ok(version == Some(self.version))
    }

    /// They do, from the end of this transaction on.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark(&self, tx: &mut SqliteConnection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO projections (name, version) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET version = excluded.version",
        )
        .bind(self.name)
        .bind(self.version)
        .execute(tx)
        .await?;
        Ok(())
    }
}
