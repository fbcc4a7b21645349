//! The sites' bots: published versions, only appended to, and the draft that becomes the next one.
//!
//! A draft is one text a site. Whoever changes it names the revision that they read, and so does
//! whoever publishes: over a newer one nothing is written. Whether a text makes a bot is not asked here.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};
use uuid::Uuid;

use super::accounts::first_name;
use super::{Database, StoreError};
use crate::protocol::bot_desk::BotVersionRow;
use crate::protocol::{AgentId, AgentRef, SiteId, Timestamp};
use crate::rules::bot::difference::lines_changed;

/// Versions that are listed; older ones stay, for conversations that keep them.
pub const VERSIONS_LISTED_MAX: u32 = 200;

/// A published definition, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotVersion {
    pub site: SiteId,
    /// 1, 2, 3 … in its site.
    pub version: u32,
    pub toml: String,
    pub published_at: Timestamp,
}

/// A definition as it is being worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotDraft {
    /// Rises with each save, from 1.
    pub revision: u64,
    pub toml: String,
    /// None: the agent is gone.
    pub saved_by: Option<AgentRef>,
    pub saved_at: Timestamp,
}

/// What became of a change that named the revision it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over<T> {
    Done(T),
    /// Nothing was written: the draft is another one by now. None: there is none.
    Stale(Option<BotDraft>),
}

/// A text on its way to be the next version.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// Of the draft that was read; 0 = there was none.
    pub revision: u64,
    /// Has been checked; the draft becomes it.
    pub toml: &'a str,
    pub note: &'a str,
    pub by: AgentId,
    pub at: Timestamp,
}

/// The statements on bots. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bots(Database);

impl Bots {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// The published version of every site that has one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn published(&self) -> Result<Vec<BotVersion>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM bot_versions AS b
             WHERE version = (SELECT max(version) FROM bot_versions WHERE site_id = b.site_id)",
        )
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// What the database says.
    pub async fn latest(&self, site: SiteId) -> Result<Option<BotVersion>, StoreError> {
        let row = sqlx::query(LATEST).bind(site.0).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read).transpose()
    }

    /// # Errors
    /// What the database says.
    pub async fn version(&self, site: SiteId, version: u32) -> Result<Option<BotVersion>, StoreError> {
        let row = sqlx::query("SELECT * FROM bot_versions WHERE site_id = $1 AND version = $2")
            .bind(site.0)
            .bind(version)
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Newest first, at most [`VERSIONS_LISTED_MAX`], without their texts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn versions(&self, site: SiteId) -> Result<Vec<BotVersionRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT v.version, v.published_at, v.note, v.lines_added, v.lines_removed, a.id AS by_id, a.name AS by_name
             FROM bot_versions AS v LEFT JOIN agents AS a ON a.id = v.published_by
             WHERE v.site_id = $1 ORDER BY v.version DESC LIMIT $2",
        )
        .bind(site.0)
        .bind(VERSIONS_LISTED_MAX)
        .fetch_all(self.0.read())
        .await?;
        let listed = rows.iter().map(|row| {
            Ok(BotVersionRow {
                version: row.try_get("version")?,
                at: Timestamp::from_millis(row.try_get("published_at")?),
                by: read_agent(row)?,
                note: row.try_get("note")?,
                lines_added: row.try_get("lines_added")?,
                lines_removed: row.try_get("lines_removed")?,
            })
        });
        listed.collect()
    }

    /// Appends the next version beside the draft; who published it is none for the command line.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publish(
        &self,
        site: SiteId,
        toml: &str,
        by: Option<AgentId>,
        at: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut tx = self.0.write().await?;
        let before = latest_in(&mut tx, site).await?;
        let version = append(&mut tx, site, before.as_ref(), toml, "", by, at).await?;
        tx.commit().await?;
        Ok(version)
    }

    /// The draft, if anybody ever saved one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn draft(&self, site: SiteId) -> Result<Option<BotDraft>, StoreError> {
        let row = sqlx::query(DRAFT).bind(site.0).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read_draft).transpose()
    }

    /// Saves the draft over the revision that was read (0 = none), and says the new one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_draft(
        &self,
        site: SiteId,
        revision: u64,
        toml: &str,
        by: AgentId,
        at: Timestamp,
    ) -> Result<Over<u64>, StoreError> {
        let mut tx = self.0.write().await?;
        let draft = draft_in(&mut tx, site).await?;
        if revision_of(draft.as_ref()) != revision {
            return Ok(Over::Stale(draft));
        }
        let saved = write_draft(&mut tx, site, revision + 1, toml, by, at).await?;
        tx.commit().await?;
        Ok(Over::Done(saved))
    }

    /// Makes a text the next version, and the draft, in one transaction; says the version.
    ///
    /// What is published already is not appended again: a repeat answers as the first time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publish_over(&self, site: SiteId, new: Publication<'_>) -> Result<Over<u32>, StoreError> {
        let mut tx = self.0.write().await?;
        let draft = draft_in(&mut tx, site).await?;
        if revision_of(draft.as_ref()) != new.revision {
            return Ok(Over::Stale(draft));
        }
        if draft.is_some_and(|draft| draft.toml != new.toml) {
            write_draft(&mut tx, site, new.revision + 1, new.toml, new.by, new.at).await?;
        }
        let before = latest_in(&mut tx, site).await?;
        let version = match before {
            Some(before) if before.toml == new.toml => before.version,
            before => append(&mut tx, site, before.as_ref(), new.toml, new.note, Some(new.by), new.at).await?,
        };
        tx.commit().await?;
        Ok(Over::Done(version))
    }
}

const LATEST: &str = "SELECT * FROM bot_versions WHERE site_id = $1 ORDER BY version DESC LIMIT 1";
const DRAFT: &str = "SELECT d.revision, d.toml, d.saved_at, a.id AS by_id, a.name AS by_name
                     FROM bot_drafts AS d LEFT JOIN agents AS a ON a.id = d.saved_by WHERE d.site_id = $1";

async fn latest_in(tx: &mut Transaction<'static, Sqlite>, site: SiteId) -> Result<Option<BotVersion>, StoreError> {
    let row = sqlx::query(LATEST).bind(site.0).fetch_optional(&mut **tx).await?;
    row.as_ref().map(read).transpose()
}

async fn draft_in(tx: &mut Transaction<'static, Sqlite>, site: SiteId) -> Result<Option<BotDraft>, StoreError> {
    let row = sqlx::query(DRAFT).bind(site.0).fetch_optional(&mut **tx).await?;
    row.as_ref().map(read_draft).transpose()
}

fn revision_of(draft: Option<&BotDraft>) -> u64 {
    draft.map_or(0, |draft| draft.revision)
}

async fn append(
    tx: &mut Transaction<'static, Sqlite>,
    site: SiteId,
    before: Option<&BotVersion>,
    toml: &str,
    note: &str,
    by: Option<AgentId>,
    at: Timestamp,
) -> Result<u32, StoreError> {
    let version = before.map_or(0, |before| before.version) + 1;
    let (added, removed) = lines_changed(before.map_or("", |before| &before.toml), toml);
    sqlx::query(
        "INSERT INTO bot_versions
             (site_id, version, toml, published_by, published_at, note, lines_added, lines_removed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(site.0)
    .bind(version)
    .bind(toml)
    .bind(by.map(|agent| agent.0))
    .bind(at.millis())
    .bind(note)
    .bind(added)
    .bind(removed)
    .execute(&mut **tx)
    .await?;
    Ok(version)
}

async fn write_draft(
    tx: &mut Transaction<'static, Sqlite>,
    site: SiteId,
    revision: u64,
    toml: &str,
    by: AgentId,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sqlx::query(
        "INSERT INTO bot_drafts (site_id, revision, toml, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (site_id) DO UPDATE SET revision = excluded.revision, toml = excluded.toml,
             saved_by = excluded.saved_by, saved_at = excluded.saved_at",
    )
    .bind(site.0)
    .bind(revision.cast_signed())
    .bind(toml)
    .bind(by.0)
    .bind(at.millis())
    .execute(&mut **tx)
    .await?;
    Ok(revision)
}

fn read(row: &SqliteRow) -> Result<BotVersion, StoreError> {
    Ok(BotVersion {
        site: SiteId(row.try_get::<Uuid, _>("site_id")?),
        version: row.try_get("version")?,
        toml: row.try_get("toml")?,
        published_at: Timestamp::from_millis(row.try_get("published_at")?),
    })
}

fn read_draft(row: &SqliteRow) -> Result<BotDraft, StoreError> {
    Ok(BotDraft {
        revision: row.try_get::<i64, _>("revision")?.cast_unsigned(),
        toml: row.try_get("toml")?,
        saved_by: read_agent(row)?,
        saved_at: Timestamp::from_millis(row.try_get("saved_at")?),
    })
}

/// Of a left join on `agents`.
fn read_agent(row: &SqliteRow) -> Result<Option<AgentRef>, StoreError> {
    let (id, name): (Option<Uuid>, Option<String>) = (row.try_get("by_id")?, row.try_get("by_name")?);
    Ok(id.zip(name).map(|(id, name)| AgentRef { id: AgentId(id), first_name: first_name(&name).to_owned() }))
}
