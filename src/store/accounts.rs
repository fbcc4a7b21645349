//! Agents, their roles and the sites they serve. The links by which they come are in
//! [`super::links`].
//!
//! Passwords arrive hashed and tokens arrive as their SHA-256: neither is ever seen
//! here. Addresses arrive in lower case.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};
use uuid::Uuid;

use super::{Database, StoreError};
use crate::protocol::session::Role;
use crate::protocol::{AgentId, AgentRef, SiteId, Timestamp};

/// SHA-256 of a token; the token itself is known to its bearer only.
pub type TokenHash = [u8; 32];

/// An agent as they lie in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub disabled: bool,
    pub created_at: Timestamp,
    pub last_seen: Option<Timestamp>,
    /// Memberships as written; an admin serves every site whatever stands here.
    pub sites: Vec<SiteId>,
}

impl Account {
    /// What visitors and colleagues read: the first word of the name.
    #[must_use]
    pub fn first_name(&self) -> &str {
        first_name(&self.name)
    }

    #[must_use]
    pub fn agent_ref(&self) -> AgentRef {
        AgentRef { id: self.id, first_name: self.first_name().to_owned() }
    }
}

/// The first word of a name.
#[must_use]
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Argon2id, PHC form.
    pub password: String,
    pub sites: Vec<SiteId>,
}

/// The statements on people. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts(pub(super) Database);

impl Accounts {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// # Errors
    /// What the database says.
    pub async fn all(&self) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query("SELECT * FROM agents ORDER BY name, id").fetch_all(self.0.read()).await?;
        let mut accounts = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut account = read(row)?;
            account.sites = self.memberships(account.id).await?;
            accounts.push(account);
        }
        Ok(accounts)
    }

    /// # Errors
    /// What the database says.
    pub async fn by_id(&self, agent: AgentId) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query("SELECT * FROM agents WHERE id = $1").bind(agent.0).fetch_optional(self.0.read()).await?;
        let Some(row) = row else { return Ok(None) };
        let mut account = read(&row)?;
        account.sites = self.memberships(agent).await?;
        Ok(Some(account))
    }

    /// With the stored password hash, for signing in. Disabled agents are found too: the caller answers alike.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_email(&self, email: &str) -> Result<Option<(Account, String)>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM agents WHERE email = $1").bind(email).fetch_optional(self.0.read()).await?;
        let Some(row) = row else { return Ok(None) };
        let mut account = read(&row)?;
        account.sites = self.memberships(account.id).await?;
        Ok(Some((account, row.try_get("password")?)))
    }

    /// Enabled agents who serve this site: its members and every admin.
    ///
    /// # Errors
    /// What the database says.
    pub async fn of_site(&self, site: SiteId) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM agents
             WHERE disabled = 0
               AND (role = 'admin' OR id IN (SELECT agent_id FROM memberships WHERE site_id = $1))
             ORDER BY name, id",
        )
        .bind(site.0)
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(read).collect()
    }

    async fn memberships(&self, agent: AgentId) -> Result<Vec<SiteId>, StoreError> {
        let ids: Vec<(Uuid,)> = sqlx::query_as("SELECT site_id FROM memberships WHERE agent_id = $1 ORDER BY site_id")
            .bind(agent.0)
            .fetch_all(self.0.read())
            .await?;
        Ok(ids.into_iter().map(|(id,)| SiteId(id)).collect())
    }

    /// The sites that an agent serves now, by name: all of them for an admin.
    ///
    /// # Errors
    /// What the database says.
    pub async fn served(&self, agent: AgentId) -> Result<Vec<SiteId>, StoreError> {
        let ids: Vec<(Uuid,)> = sqlx::query_as(
            "SELECT id FROM sites
             WHERE EXISTS (SELECT 1 FROM agents WHERE agents.id = $1 AND role = 'admin')
                OR id IN (SELECT site_id FROM memberships WHERE agent_id = $1)
             ORDER BY name, id",
        )
        .bind(agent.0)
        .fetch_all(self.0.read())
        .await?;
        Ok(ids.into_iter().map(|(id,)| SiteId(id)).collect())
    }

    /// An enabled admin exists: there is nothing to set up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_admin(&self) -> Result<bool, StoreError> {
        let (found,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM agents WHERE role = 'admin' AND disabled = 0)")
                .fetch_one(self.0.read())
                .await?;
        Ok(found)
    }

    /// # Errors
    /// [`StoreError::Taken`] when the address has an account.
    pub async fn add(&self, account: &NewAccount, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        insert(&mut tx, account, at).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes name, role, memberships and whether they are disabled, whose sessions end with it.
    /// False: it would leave no enabled admin, and nothing was changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save(&self, account: &Account) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE agents SET name = $2, role = $3, disabled = $4 WHERE id = $1")
            .bind(account.id.0)
            .bind(&account.name)
            .bind(role_text(account.role))
            .bind(account.disabled)
            .execute(&mut *tx)
            .await?;
        let (admins,): (i64,) = sqlx::query_as("SELECT count(*) FROM agents WHERE role = 'admin' AND disabled = 0")
            .fetch_one(&mut *tx)
            .await?;
        if admins == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        sqlx::query("DELETE FROM memberships WHERE agent_id = $1").bind(account.id.0).execute(&mut *tx).await?;
        join_sites(&mut tx, account.id, &account.sites).await?;
        if account.disabled {
            sqlx::query("DELETE FROM sessions WHERE agent_id = $1").bind(account.id.0).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

pub(super) async fn insert(
    tx: &mut Transaction<'static, Sqlite>,
    account: &NewAccount,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO agents (id, name, email, role, password, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(account.id.0)
        .bind(&account.name)
        .bind(&account.email)
        .bind(role_text(account.role))
        .bind(&account.password)
        .bind(at.millis())
        .execute(&mut **tx)
        .await
        .map_err(|error| StoreError::taken_or(error, &account.email))?;
    join_sites(tx, account.id, &account.sites).await
}

/// Sites that do not exist (any more) are left out.
async fn join_sites(tx: &mut Transaction<'static, Sqlite>, agent: AgentId, sites: &[SiteId]) -> Result<(), StoreError> {
    for site in sites {
        sqlx::query("INSERT OR IGNORE INTO memberships (agent_id, site_id) SELECT $1, id FROM sites WHERE id = $2")
            .bind(agent.0)
            .bind(site.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

pub(super) fn role_text(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Admin => "admin",
    }
}

pub(super) fn role(text: &str) -> Result<Role, StoreError> {
    match text {
        "agent" => Ok(Role::Agent),
        "admin" => Ok(Role::Admin),
        other => Err(StoreError::Corrupt(format!("agents.role: `{other}`"))),
    }
}

fn read(row: &SqliteRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: AgentId(row.try_get("id")?),
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        role: role(row.try_get("role")?)?,
        disabled: row.try_get("disabled")?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        last_seen: row.try_get::<Option<i64>, _>("last_seen_at")?.map(Timestamp::from_millis),
        sites: Vec::new(),
    })
}
