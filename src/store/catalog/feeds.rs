//! Where each catalog comes from: uploads, or an address with its schedule.

use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};

use super::run::FetchedFile;
use super::{CatalogKey, CatalogStore, LangTag};
use crate::protocol::catalog::ImportReason;
use crate::protocol::feed::{FeedSettings, FetchOutcome};
use crate::protocol::{SiteId, Timestamp};
use crate::store::StoreError;

/// How a site's catalog in one language is brought in. A catalog without a row here
/// comes by upload, with the site's own settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub of: CatalogKey,
    /// What the files do not say themselves, with the mapping; absent: the site's own.
    pub settings: Option<FeedSettings>,
    /// Absent: by upload.
    pub address: Option<FeedAddress>,
    /// What the last fetch came to; written by [`CatalogStore::note_fetch`] only.
    pub fetched: Option<Fetched>,
    /// Of the last file that was imported; written by [`CatalogStore::keep_validators`] only.
    pub validators: Validators,
    /// How that file was read: [`comptoir_catalog::feed::Settings::seed`]. Read otherwise it is
    /// asked for whole.
    pub read_with: Option<u64>,
    /// When it is fetched next; written by [`CatalogStore::schedule`] and with each fetch.
    pub due_at: Option<Timestamp>,
}

impl Feed {
    /// A feed by upload that says nothing itself.
    #[must_use]
    pub fn by_upload(of: CatalogKey) -> Self {
        Self {
            of,
            settings: None,
            address: None,
            fetched: None,
            validators: Validators::default(),
            read_with: None,
            due_at: None,
        }
    }
}

/// Where a feed is fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedAddress {
    pub url: String,
    /// Of basic authentication, with the password.
    pub user: Option<String>,
    /// Never told again, never logged.
    pub password: Option<String>,
    /// Absent: only when somebody asks.
    pub every_hours: Option<u32>,
}

impl std::fmt::Debug for FeedAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, user, password, every_hours } = self;
        f.debug_struct("FeedAddress")
            .field("url", url)
            .field("user", user)
            .field("password", &password.as_ref().map(|_| "…"))
            .field("every_hours", every_hours)
            .finish()
    }
}

/// The last fetch of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    pub at: Timestamp,
    pub outcome: FetchOutcome,
    /// Why it brought nothing, or its import was refused.
    pub faults: Vec<ImportReason>,
}

/// What a file is asked for with the next time, so that it is not sent again unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// For `If-None-Match`.
    pub etag: Option<String>,
    /// For `If-Modified-Since`.
    pub last_modified: Option<String>,
}

impl CatalogStore {
    /// A site's feeds, by language.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feeds(&self, site: SiteId) -> Result<Vec<Feed>, StoreError> {
        let rows = sqlx::query("SELECT * FROM feeds WHERE site_id = $1 ORDER BY lang").bind(site.0);
        rows.fetch_all(self.0.read()).await?.iter().map(read).collect()
    }

    /// The feed of a catalog, if anything was saved of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feed(&self, of: CatalogKey) -> Result<Option<Feed>, StoreError> {
        let row = sqlx::query("SELECT * FROM feeds WHERE site_id = $1 AND lang = $2")
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Writes what an admin may say of a feed. When its address changed, its next file is
    /// asked for whole; what a fetch writes is not written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_feed(&self, feed: &Feed) -> Result<(), StoreError> {
        let address = feed.address.as_ref();
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO feeds (site_id, lang, settings, address, user_name, password, every_hours)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (site_id, lang) DO UPDATE SET
                 etag = iif(address IS $4, etag, NULL), last_modified = iif(address IS $4, last_modified, NULL),
                 settings = $3, address = $4, user_name = $5, password = $6, every_hours = $7",
        )
        .bind(feed.of.site.0)
        .bind(feed.of.lang.as_str())
        .bind(feed.settings.as_ref().map(serde_json::to_string).transpose()?)
        .bind(address.map(|address| &address.url))
        .bind(address.and_then(|address| address.user.as_ref()))
        .bind(address.and_then(|address| address.password.as_ref()))
        .bind(address.and_then(|address| address.every_hours))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets all that was saved of a feed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_feed(&self, of: CatalogKey) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        forget(&mut tx, of).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says when a feed is fetched next; none: not by itself.
    ///
    /// # Errors
    /// What the database says.
    pub async fn schedule(&self, of: CatalogKey, due_at: Option<Timestamp>) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE feeds SET due_at = $3 WHERE site_id = $1 AND lang = $2")
            .bind(of.site.0)
            .bind(of.lang.as_str())
            .bind(due_at.map(Timestamp::millis))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes what a fetch of `url` came to, and when the next one is unless that was said
    /// anew since it was read as `read_due`; false when the feed has another address by now,
    /// and then nothing is written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_fetch(
        &self,
        of: CatalogKey,
        url: &str,
        fetched: &Fetched,
        read_due: Option<Timestamp>,
        due_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.0.write().await?;
        let done = sqlx::query(
            "UPDATE feeds SET fetched_at = $4, last_outcome = $5, last_faults = $6,
                 due_at = iif(due_at IS $8, $7, due_at)
             WHERE site_id = $1 AND lang = $2 AND address = $3",
        )
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(url)
        .bind(fetched.at.millis())
        .bind(name(fetched.outcome))
        .bind(serde_json::to_string(&fetched.faults)?)
        .bind(due_at.map(Timestamp::millis))
        .bind(read_due.map(Timestamp::millis))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Says of the last fetch of `url` that it brought nothing after all, and why.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_faults(&self, of: CatalogKey, url: &str, faults: &[ImportReason]) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "UPDATE feeds SET last_outcome = $4, last_faults = $5 WHERE site_id = $1 AND lang = $2 AND address = $3",
        )
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(url)
        .bind(name(FetchOutcome::Failed))
        .bind(serde_json::to_string(faults)?)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps the validators of a file that was imported, with how it was read, if the feed
    /// would still be fetched from there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_validators(&self, of: CatalogKey, file: &FetchedFile, read_with: u64) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "UPDATE feeds SET read_with = $4, etag = $5, last_modified = $6
             WHERE site_id = $1 AND lang = $2 AND address = $3",
        )
        .bind(of.site.0)
        .bind(of.lang.as_str())
        .bind(&file.url)
        .bind(read_with.cast_signed())
        .bind(&file.validators.etag)
        .bind(&file.validators.last_modified)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Feeds by address whose time has come.
    ///
    /// # Errors
    /// What the database says.
    pub async fn due_feeds(&self, now: Timestamp) -> Result<Vec<Feed>, StoreError> {
        let rows = sqlx::query("SELECT * FROM feeds WHERE due_at <= $1 AND address IS NOT NULL ORDER BY due_at")
            .bind(now.millis())
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(read).collect()
    }
}

pub(super) async fn forget(tx: &mut Transaction<'static, Sqlite>, of: CatalogKey) -> Result<(), StoreError> {
    let sql = "DELETE FROM feeds WHERE site_id = $1 AND lang = $2";
    sqlx::query(sql).bind(of.site.0).bind(of.lang.as_str()).execute(&mut **tx).await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<Feed, StoreError> {
    let lang: String = row.try_get("lang")?;
    let settings: Option<String> = row.try_get("settings")?;
    let address = match row.try_get("address")? {
        Some(url) => Some(FeedAddress {
            url,
            user: row.try_get("user_name")?,
            password: row.try_get("password")?,
            every_hours: row.try_get("every_hours")?,
        }),
        None => None,
    };
    Ok(Feed {
        of: CatalogKey { site: SiteId(row.try_get("site_id")?), lang: LangTag::of(&lang) },
        settings: settings.map(|text| serde_json::from_str(&text)).transpose()?,
        address,
        fetched: fetched(row)?,
        validators: Validators { etag: row.try_get("etag")?, last_modified: row.try_get("last_modified")? },
        read_with: row.try_get::<Option<i64>, _>("read_with")?.map(i64::cast_unsigned),
        due_at: row.try_get::<Option<i64>, _>("due_at")?.map(Timestamp::from_millis),
    })
}

const OUTCOMES: [FetchOutcome; 3] = [FetchOutcome::Imported, FetchOutcome::Unchanged, FetchOutcome::Failed];

fn name(outcome: FetchOutcome) -> &'static str {
    match outcome {
        FetchOutcome::Imported => "imported",
        FetchOutcome::Unchanged => "unchanged",
        FetchOutcome::Failed => "failed",
    }
}

fn fetched(row: &SqliteRow) -> Result<Option<Fetched>, StoreError> {
    let (at, outcome): (Option<i64>, Option<String>) = (row.try_get("fetched_at")?, row.try_get("last_outcome")?);
    let Some((at, outcome)) = at.zip(outcome) else { return Ok(None) };
    let known = OUTCOMES.into_iter().find(|known| name(*known) == outcome);
    let faults: Option<String> = row.try_get("last_faults")?;
    Ok(Some(Fetched {
        at: Timestamp::from_millis(at),
        outcome: known.ok_or_else(|| StoreError::Corrupt(format!("feeds.last_outcome: `{outcome}`")))?,
        faults: faults.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default(),
    }))
}
