//! What the server signs with: made once, kept in the database, never shown.

use super::{Database, StoreError};

/// The secret of this name; `fresh` becomes it when there is none.
///
/// # Errors
/// What the database says.
pub async fn secret(database: &Database, name: &str, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
    let mut tx = database.write().await?;
    sqlx::query("INSERT INTO server_secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(fresh.as_slice())
        .execute(&mut *tx)
        .await?;
    let (bytes,): (Vec<u8>,) =
        sqlx::query_as("SELECT bytes FROM server_secrets WHERE name = $1").bind(name).fetch_one(&mut *tx).await?;
    tx.commit().await?;
    bytes.try_into().map_err(|_| StoreError::Corrupt(format!("server_secrets.{name}")))
}
