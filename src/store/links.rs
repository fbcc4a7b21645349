//! The links by which people come: the set-up link of the first admin, and invitations.
//!
//! A link is void once used because the transaction that makes the account deletes it.

use std::str::FromStr;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::accounts::{NewAccount, TokenHash, insert, role, role_text};
use super::{Accounts, StoreError};
use crate::protocol::session::Role;
use crate::protocol::{AgentId, InvitationId, SiteId, Timestamp};

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub sites: Vec<SiteId>,
    pub expires_at: Timestamp,
}

impl Accounts {
    /// Replaces the set-up link; the one before is void.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_setup_link(&self, hash: &TokenHash, expires_at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO setup_link (only_one, token_hash, expires_at) VALUES (1, $1, $2)
             ON CONFLICT (only_one) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
        )
        .bind(hash.as_slice())
        .bind(expires_at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The set-up link is this one, and not too old.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_setup_link(&self, hash: &TokenHash, now: Timestamp) -> Result<bool, StoreError> {
        let (found,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM setup_link WHERE token_hash = $1 AND expires_at > $2)")
                .bind(hash.as_slice())
                .bind(now.millis())
                .fetch_one(self.0.read())
                .await?;
        Ok(found)
    }

    /// Uses the set-up link up and makes the first admin. False: the link is void, or there is an admin.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the address has an account.
    pub async fn set_up(&self, hash: &TokenHash, admin: &NewAccount, now: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let used = sqlx::query(
            "DELETE FROM setup_link
             WHERE token_hash = $1 AND expires_at > $2
               AND NOT EXISTS (SELECT 1 FROM agents WHERE role = 'admin' AND disabled = 0)",
        )
        .bind(hash.as_slice())
        .bind(now.millis())
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        insert(&mut tx, admin, now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// # Errors
    /// [`StoreError::Taken`] when the address has an account or an open invitation.
    pub async fn invite(&self, invitation: &Invitation, hash: &TokenHash, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("DELETE FROM invitations WHERE expires_at <= $1").bind(now.millis()).execute(&mut *tx).await?;
        let (known,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM agents WHERE email = $1)")
            .bind(&invitation.email)
            .fetch_one(&mut *tx)
            .await?;
        if known {
            return Err(StoreError::Taken(invitation.email.clone()));
        }
        sqlx::query(
            "INSERT INTO invitations (id, token_hash, email, name, role, sites, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(invitation.id.0)
        .bind(hash.as_slice())
        .bind(&invitation.email)
        .bind(&invitation.name)
        .bind(role_text(invitation.role))
        .bind(serde_json::to_string(&invitation.sites).map_err(|error| StoreError::Corrupt(error.to_string()))?)
        .bind(invitation.expires_at.millis())
        .bind(now.millis())
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken_or(error, &invitation.email))?;
        tx.commit().await?;
        Ok(())
    }

    /// Those that can still be accepted, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invitations(&self, now: Timestamp) -> Result<Vec<Invitation>, StoreError> {
        let rows = sqlx::query("SELECT * FROM invitations WHERE expires_at > $1 ORDER BY created_at DESC, id")
            .bind(now.millis())
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(read_invitation).collect()
    }

    /// # Errors
    /// What the database says.
    pub async fn invitation(&self, hash: &TokenHash, now: Timestamp) -> Result<Option<Invitation>, StoreError> {
        let row = sqlx::query("SELECT * FROM invitations WHERE token_hash = $1 AND expires_at > $2")
            .bind(hash.as_slice())
            .bind(now.millis())
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(read_invitation).transpose()
    }

    /// False: there was none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withdraw(&self, invitation: InvitationId) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query("DELETE FROM invitations WHERE id = $1").bind(invitation.0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses an invitation up; its address, role and sites are the invitation's, whatever was asked.
    /// None: the link is void.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the address got an account meanwhile.
    pub async fn accept(
        &self,
        hash: &TokenHash,
        id: AgentId,
        name: &str,
        password: String,
        now: Timestamp,
    ) -> Result<Option<AgentId>, StoreError> {
        let mut tx = self.0.write().await?;
        let row = sqlx::query("DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING *")
            .bind(hash.as_slice())
            .bind(now.millis())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let invitation = read_invitation(&row)?;
        let account = NewAccount {
            id,
            name: name.to_owned(),
            email: invitation.email,
            role: invitation.role,
            password,
            sites: invitation.sites,
        };
        insert(&mut tx, &account, now).await?;
        tx.commit().await?;
        Ok(Some(id))
    }
}

fn read_invitation(row: &SqliteRow) -> Result<Invitation, StoreError> {
    let ids: Vec<String> = serde_json::from_str(row.try_get("sites")?)
        .map_err(|error| StoreError::Corrupt(format!("invitations.sites: {error}")))?;
    Ok(Invitation {
        id: InvitationId(row.try_get("id")?),
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: role(row.try_get("role")?)?,
        sites: ids.iter().filter_map(|id| SiteId::from_str(id).ok()).collect(),
        expires_at: Timestamp::from_millis(row.try_get("expires_at")?),
    })
}
