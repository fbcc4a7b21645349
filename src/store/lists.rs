//! The three tabs: pages of rows by index and cursor, and counts that are kept.
//!
//! A page continues behind the last row's key and id, never at an offset, so rows
//! that come or go in between neither repeat nor hide others.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::{QueryBuilder, Row, Sqlite, SqlitePool};
use uuid::Uuid;

use super::log::Stored;
use super::rows::stored;
use super::{Database, StoreError, search, visits};
use crate::protocol::conversation::{DocumentEntry, TabCounts};
use crate::protocol::{AgentId, ConversationId, EventBody, PageVisit, SiteId, Timestamp, VisitorId};

/// Rows in one page.
pub const PAGE_ROWS_MAX: u32 = 200;
/// Earlier conversations of a visitor that are shown beside the present one.
const EARLIER_MAX: i64 = 20;
/// Documents listed beside a conversation: the latest.
const DOCUMENTS_MAX: i64 = 500;

/// A list, and whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// First those whose agent vanished, then whoever waits longest.
    Waiting,
    /// In charge: this agent. The latest said first.
    Mine(AgentId),
    /// In charge: anybody but this agent.
    Colleagues(AgentId),
    /// The latest closed first.
    History,
}

/// Where a page ended. Opaque outside; it gives no right to anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    place: i64,
    sort_at: i64,
    id: Uuid,
}

/// One page.
#[derive(Debug, Default)]
pub struct Page {
    pub items: Vec<Stored>,
    pub next: Option<Cursor>,
}

/// Everything around a transcript that lies in the conversations' tables.
#[derive(Debug)]
pub struct Around {
    pub stored: Stored,
    pub device: String,
    pub visits: Vec<PageVisit>,
    /// In the order of sharing.
    pub documents: Vec<DocumentEntry>,
    /// Newest first.
    pub earlier: Vec<Stored>,
}

/// Reading for the console. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Lists {
    readers: SqlitePool,
}

impl Lists {
    #[must_use]
    pub fn new(database: &Database) -> Self {
        Self { readers: database.read().clone() }
    }

    /// A page of a tab over these sites, with `words` only conversations in which all of them were said.
    ///
    /// # Errors
    /// What the database says.
    pub async fn page(
        &self,
        sites: &[SiteId],
        tab: Tab,
        words: &str,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let limit = limit.clamp(1, PAGE_ROWS_MAX);
        let typed = !words.trim().is_empty();
        let phrases = search::phrases(words);
        if typed && phrases.is_empty() {
            return Ok(Page::default());
        }
        // Each site's index is already in order, so a page takes a page of each and no more.
        let mut rows = Vec::new();
        for site in sites {
            let found = statement(*site, tab, &phrases, after, limit).build().fetch_all(&self.readers).await?;
            for row in found {
                let at =
                    Cursor { place: row.try_get("place")?, sort_at: row.try_get("sort_at")?, id: row.try_get("id")? };
                rows.push((at, stored(&row)?));
            }
        }
        rows.sort_by(|(a, _), (b, _)| match tab {
            Tab::Waiting => (a.place, a.sort_at, a.id).cmp(&(b.place, b.sort_at, b.id)),
            Tab::Mine(_) | Tab::Colleagues(_) | Tab::History => (b.sort_at, b.id).cmp(&(a.sort_at, a.id)),
        });
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = if more { rows.last().map(|(at, _)| *at) } else { None };
        Ok(Page { items: rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }

    /// How the database would read a page, in its own words.
    #[cfg(test)]
    pub(super) async fn plan(&self, site: SiteId, tab: Tab, after: Option<Cursor>) -> Result<Vec<String>, StoreError> {
        let sql = format!("EXPLAIN QUERY PLAN {}", statement(site, tab, &[], after, 50).sql().as_str());
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get("detail")?)).collect()
    }

    /// A conversation with what belongs around it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn around(&self, site: SiteId, conversation: ConversationId) -> Result<Option<Around>, StoreError> {
        let row = sqlx::query(
            "SELECT c.number, c.visitor_id, c.device, c.state, c.bot, c.visits_consented, m.*
             FROM conversations c LEFT JOIN marks m ON m.conversation = c.number
             WHERE c.site_id = $1 AND c.id = $2",
        )
        .bind(site.0)
        .bind(conversation.0)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let number: i64 = row.try_get("number")?;
        let earlier = sqlx::query(
            "SELECT c.state, c.bot, c.visits_consented, m.*
             FROM conversations c LEFT JOIN marks m ON m.conversation = c.number
             WHERE c.site_id = $1 AND c.visitor_id = $2 AND c.number < $3
             ORDER BY c.number DESC LIMIT $4",
        )
        .bind(site.0)
        .bind(row.try_get::<Uuid, _>("visitor_id")?)
        .bind(number)
        .bind(EARLIER_MAX)
        .fetch_all(&self.readers)
        .await?;
        Ok(Some(Around {
            stored: stored(&row)?,
            device: row.try_get("device")?,
            visits: visits::of(&self.readers, site, number).await?,
            documents: self.documents(site, number).await?,
            earlier: earlier.iter().map(stored).collect::<Result<_, _>>()?,
        }))
    }

    /// What was shared, as its events say.
    async fn documents(&self, site: SiteId, number: i64) -> Result<Vec<DocumentEntry>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT at, body FROM events
             WHERE site_id = $1 AND conversation = $2 AND type = 'document_shared' ORDER BY seq DESC LIMIT $3",
        )
        .bind(site.0)
        .bind(number)
        .bind(DOCUMENTS_MAX)
        .fetch_all(&self.readers)
        .await?;
        let mut entries = Vec::with_capacity(rows.len());
        for (at, body) in rows.into_iter().rev() {
            if let EventBody::DocumentShared { author, document } = serde_json::from_str(&body)? {
                entries.push(DocumentEntry { document, author, at: Timestamp::from_millis(at) });
            }
        }
        Ok(entries)
    }

    /// The three tabs' counts for an agent on these sites.
    ///
    /// # Errors
    /// What the database says.
    pub async fn counts(&self, agent: AgentId, sites: &[SiteId]) -> Result<TabCounts, StoreError> {
        let mut counts = TabCounts::default();
        for site in sites {
            let rows: Vec<(String, Vec<u8>, i64)> =
                sqlx::query_as("SELECT stage, agent_id, count FROM tab_counts WHERE site_id = $1")
                    .bind(site.0)
                    .fetch_all(&self.readers)
                    .await?;
            for (stage, in_charge, count) in rows {
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                let total = match stage.as_str() {
                    "waiting" => &mut counts.waiting,
                    "in_progress" if in_charge == agent.0.as_bytes() => &mut counts.mine,
                    "in_progress" => &mut counts.colleagues,
                    "closed" => &mut counts.history,
                    _ => continue,
                };
                *total = total.saturating_add(count);
            }
        }
        Ok(counts)
    }

    /// Whose conversation it is, if it is of one of these sites.
    ///
    /// # Errors
    /// What the database says.
    pub async fn locate(
        &self,
        sites: &[SiteId],
        conversation: ConversationId,
    ) -> Result<Option<(SiteId, VisitorId)>, StoreError> {
        for site in sites {
            let visitor = sqlx::query_scalar("SELECT visitor_id FROM conversations WHERE id = $1 AND site_id = $2")
                .bind(conversation.0)
                .bind(site.0)
                .fetch_optional(&self.readers)
                .await?;
            if let Some(visitor) = visitor {
                return Ok(Some((*site, VisitorId(visitor))));
            }
        }
        Ok(None)
    }
}

/// One site's part of a page: `limit` rows and one more, which says that there is a next page.
fn statement(site: SiteId, tab: Tab, phrases: &[String], after: Option<Cursor>, limit: u32) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new(
        "SELECT c.id, c.place, c.sort_at, c.state, c.bot, c.visits_consented, m.*
         FROM conversations c LEFT JOIN marks m ON m.conversation = c.number WHERE c.site_id = ",
    );
    sql.push_bind(site.0);
    match tab {
        Tab::Waiting => sql.push(" AND c.stage = 'waiting'"),
        // A constant `place` lets the index give the order.
        Tab::History => sql.push(" AND c.stage = 'closed' AND c.place = 1"),
        Tab::Mine(agent) => sql.push(" AND c.stage = 'in_progress' AND c.agent_id = ").push_bind(agent.0),
        Tab::Colleagues(agent) => sql.push(" AND c.stage = 'in_progress' AND c.agent_id <> ").push_bind(agent.0),
    };
    if let Some(Cursor { place, sort_at, id }) = after {
        match tab {
            Tab::Waiting => {
                sql.push(" AND (c.place, c.sort_at, c.id) > (").push_bind(place).push(", ").push_bind(sort_at);
            }
            Tab::Mine(_) | Tab::Colleagues(_) | Tab::History => {
                sql.push(" AND (c.sort_at, c.id) < (").push_bind(sort_at);
            }
        }
        sql.push(", ").push_bind(id).push(")");
    }
    for phrase in phrases {
        sql.push(" AND c.number IN (SELECT rowid >> ").push_bind(search::SEQ_BITS);
        sql.push(" FROM (SELECT rowid FROM said WHERE said MATCH ").push_bind(phrase.clone());
        sql.push(" ORDER BY rowid DESC LIMIT ").push_bind(search::MATCHES_MAX).push("))");
    }
    sql.push(match tab {
        Tab::Waiting => " ORDER BY c.place, c.sort_at, c.id LIMIT ",
        Tab::Mine(_) | Tab::Colleagues(_) | Tab::History => " ORDER BY c.sort_at DESC, c.id DESC LIMIT ",
    });
    sql.push_bind(limit + 1);
    sql
}

impl Cursor {
    const BYTES: usize = 1 + 8 + 16;

    /// As it travels.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut bytes = Vec::with_capacity(Self::BYTES);
        bytes.push(u8::from(self.place != 0));
        bytes.extend(self.sort_at.to_be_bytes());
        bytes.extend(self.id.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// None when it is not one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (place, rest) = bytes.split_first()?;
        let (sort_at, id) = rest.split_first_chunk::<8>()?;
        Some(Self { place: i64::from(*place), sort_at: i64::from_be_bytes(*sort_at), id: Uuid::from_slice(id).ok()? })
    }
}
