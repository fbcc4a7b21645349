//! Sessions of signed-in agents, by the hash of their token.
//!
//! When a session was last used is noted in memory and written by [`Sessions::flush`]
//! once a minute: a GET leaves the database as it is. A crash forgets a minute of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::Row;

use super::accounts::{Account, Accounts, TokenHash, role};
use super::{Database, StoreError};
use crate::protocol::{AgentId, Timestamp};

/// A session unused for so long is over.
pub const IDLE_SECONDS_MAX: i64 = 12 * 3600;
/// However much it is used.
pub const AGE_SECONDS_MAX: i64 = 30 * 24 * 3600;
/// Sessions whose use is noted between two flushes; beyond it a note is left out.
const NOTED_MAX: usize = 50_000;
/// Sessions that one agent may have; the oldest end first.
const SESSIONS_PER_AGENT_MAX: i64 = 20;

/// The statements on sessions. Cheap to clone; clones share what is noted.
#[derive(Debug, Clone)]
pub struct Sessions {
    database: Database,
    /// Used since the last flush.
    noted: Arc<Mutex<HashMap<TokenHash, Timestamp>>>,
}

impl Sessions {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database, noted: Arc::default() }
    }

    /// # Errors
    /// What the database says.
    pub async fn begin(&self, hash: &TokenHash, agent: AgentId, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        sqlx::query("INSERT INTO sessions (token_hash, agent_id, created_at, seen_at) VALUES ($1, $2, $3, $3)")
            .bind(hash.as_slice())
            .bind(agent.0)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE agents SET last_seen_at = $2 WHERE id = $1")
            .bind(agent.0)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "DELETE FROM sessions WHERE agent_id = $1 AND token_hash NOT IN
             (SELECT token_hash FROM sessions WHERE agent_id = $1 ORDER BY created_at DESC LIMIT $2)",
        )
        .bind(agent.0)
        .bind(SESSIONS_PER_AGENT_MAX)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The enabled agent of a session that is neither idle nor too old, with the sites they serve
    /// now: all of them for an admin.
    ///
    /// # Errors
    /// What the database says.
    pub async fn agent(&self, hash: &TokenHash, now: Timestamp) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(
            "SELECT agents.*, sessions.created_at AS begun_at, sessions.seen_at AS used_at
             FROM sessions JOIN agents ON agents.id = sessions.agent_id
             WHERE token_hash = $1 AND disabled = 0",
        )
        .bind(hash.as_slice())
        .fetch_optional(self.database.read())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let begun = Timestamp::from_millis(row.try_get("begun_at")?);
        let used = Timestamp::from_millis(row.try_get("used_at")?).max(self.noted_use(hash));
        if now.seconds_since(begun) >= AGE_SECONDS_MAX || now.seconds_since(used) >= IDLE_SECONDS_MAX {
            return Ok(None);
        }
        self.note(hash, now);
        let id = AgentId(row.try_get("id")?);
        Ok(Some(Account {
            id,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            role: role(row.try_get("role")?)?,
            disabled: false,
            created_at: Timestamp::from_millis(row.try_get("created_at")?),
            last_seen: Some(now),
            sites: Accounts::new(self.database.clone()).served(id).await?,
        }))
    }

    /// # Errors
    /// What the database says.
    pub async fn end(&self, hash: &TokenHash) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(hash.as_slice()).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// # Errors
    /// What the database says.
    pub async fn end_all_of(&self, agent: AgentId) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        sqlx::query("DELETE FROM sessions WHERE agent_id = $1").bind(agent.0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The agent is signed in somewhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn any_of(&self, agent: AgentId) -> Result<bool, StoreError> {
        let (found,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM sessions WHERE agent_id = $1)")
            .bind(agent.0)
            .fetch_one(self.database.read())
            .await?;
        Ok(found)
    }

    /// Writes what was noted and deletes what is over; called once a minute and at the stop.
    ///
    /// # Errors
    /// What the database says; the notes are lost then, and only the idle limit feels it.
    pub async fn flush(&self, now: Timestamp) -> Result<(), StoreError> {
        let noted = std::mem::take(&mut *self.noted.lock().unwrap_or_else(PoisonError::into_inner));
        let mut tx = self.database.write().await?;
        for (hash, at) in noted {
            sqlx::query("UPDATE sessions SET seen_at = max(seen_at, $2) WHERE token_hash = $1")
                .bind(hash.as_slice())
                .bind(at.millis())
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "UPDATE agents SET last_seen_at = max(coalesce(last_seen_at, 0), $2)
                 WHERE id = (SELECT agent_id FROM sessions WHERE token_hash = $1)",
            )
            .bind(hash.as_slice())
            .bind(at.millis())
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query("DELETE FROM sessions WHERE seen_at <= $1 OR created_at <= $2")
            .bind(now.plus_seconds(-IDLE_SECONDS_MAX).millis())
            .bind(now.plus_seconds(-AGE_SECONDS_MAX).millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    fn noted_use(&self, hash: &TokenHash) -> Timestamp {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).get(hash).copied().unwrap_or(Timestamp::EPOCH)
    }

    fn note(&self, hash: &TokenHash, now: Timestamp) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() < NOTED_MAX || noted.contains_key(hash) {
            noted.insert(*hash, now);
        }
    }
}
