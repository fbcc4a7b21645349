//! What became of recommendations, read for the console: sums, pages, exports.
//!
//! The rows are written with their events ([`writing`]); here they are only read,
//! but for [`Ledger::open`], which makes them again from the log when they are of
//! another version. [`queries`] keeps the searches that found nothing.

mod queries;
mod writing;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

pub use self::queries::EMPTY_QUERIES_MAX;
pub(super) use self::writing::{Cards, insert};
use super::{Database, StoreError};
use crate::protocol::ledger::{LedgerAgent, LedgerEntry, LedgerProduct, LedgerSum};
use crate::protocol::{AgentId, AgentRef, ConversationId, ProductId, SiteId, Sku, Timestamp};

/// Agents and products told with their sums.
const GROUPS_MAX: u32 = 100;

/// Which recommendations; all of a site's when nothing else is said.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Sent then or later.
    pub from: Option<Timestamp>,
    /// Sent before.
    pub to: Option<Timestamp>,
    pub agent: Option<AgentId>,
    pub product: Option<ProductId>,
}

/// Where a page ended. Opaque outside; it gives no right to anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    sent_at: i64,
    conversation: i64,
    card: i64,
    place: i64,
}

/// The newest first.
#[derive(Debug, Default)]
pub struct Page {
    pub entries: Vec<LedgerEntry>,
    pub next: Option<Place>,
}

/// The statements on the ledger. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Ledger(Database);

impl Ledger {
    /// Makes the rows again from the log when they are of another version, or were never made.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let ledger = Self(database.clone());
        if !writing::PROJECTION.is_current(database).await? {
            ledger.rebuild().await?;
        }
        Ok(ledger)
    }

    /// Makes all rows again from the log, in one transaction.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn rebuild(&self) -> Result<(), StoreError> {
        writing::rebuild(&self.0).await
    }

    /// # Errors
    /// What the database says.
    pub async fn page(
        &self,
        site: SiteId,
        filter: &Filter,
        after: Option<Place>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let mut sql = QueryBuilder::new(
            "SELECT r.*, c.id FROM recommendations r JOIN conversations c ON c.number = r.conversation WHERE r.site_id = ",
        );
        narrow(sql.push_bind(site.0), filter);
        if let Some(Place { sent_at, conversation, card, place }) = after {
            sql.push(" AND (r.sent_at, r.conversation, r.card, r.place) < (").push_bind(sent_at);
            for part in [conversation, card, place] {
                sql.push(", ").push_bind(part);
            }
            sql.push(")");
        }
        sql.push(" ORDER BY r.sent_at DESC, r.conversation DESC, r.card DESC, r.place DESC LIMIT ");
        sql.push_bind(limit.saturating_add(1));
        let mut rows = sql.build().fetch_all(self.0.read()).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = if more { rows.last().map(place_of).transpose()? } else { None };
        Ok(Page { entries: rows.iter().map(entry).collect::<Result<_, _>>()?, next })
    }

    /// # Errors
    /// What the database says.
    pub async fn total(&self, site: SiteId, filter: &Filter) -> Result<LedgerSum, StoreError> {
        let mut sql = QueryBuilder::new(format!("SELECT {SUMS} FROM recommendations r WHERE r.site_id = "));
        narrow(sql.push_bind(site.0), filter);
        sum(&sql.build().fetch_one(self.0.read()).await?)
    }

    /// Who sent most first, under the name that they sent the latest by.
    ///
    /// # Errors
    /// What the database says.
    pub async fn agents(&self, site: SiteId, filter: &Filter) -> Result<Vec<LedgerAgent>, StoreError> {
        let name = "SELECT l.first_name FROM recommendations l WHERE l.site_id = r.site_id
                    AND l.agent_id = r.agent_id ORDER BY l.sent_at DESC LIMIT 1";
        let rows = self.groups(site, filter, "agent_id", name).await?;
        rows.iter()
            .map(|row| {
                let by = AgentRef { id: AgentId(row.try_get("agent_id")?), first_name: row.try_get("name")? };
                Ok(LedgerAgent { by, sum: sum(row)? })
            })
            .collect()
    }

    /// The most sent first, under the title that it was sent by last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn products(&self, site: SiteId, filter: &Filter) -> Result<Vec<LedgerProduct>, StoreError> {
        let title = "SELECT l.title FROM recommendations l WHERE l.site_id = r.site_id
                     AND l.product = r.product ORDER BY l.sent_at DESC LIMIT 1";
        let rows = self.groups(site, filter, "product", title).await?;
        rows.iter()
            .map(|row| {
                Ok(LedgerProduct {
                    product: ProductId(row.try_get("product")?),
                    title: row.try_get("name")?,
                    sum: sum(row)?,
                })
            })
            .collect()
    }

    /// `by` and `name` are ours, never a stranger's.
    async fn groups(
        &self,
        site: SiteId,
        filter: &Filter,
        by: &'static str,
        name: &'static str,
    ) -> Result<Vec<SqliteRow>, StoreError> {
        let mut sql = QueryBuilder::new(format!(
            "SELECT r.{by}, ({name}) AS name, {SUMS} FROM recommendations r WHERE r.site_id = "
        ));
        narrow(sql.push_bind(site.0), filter);
        sql.push(format!(" GROUP BY r.site_id, r.{by} ORDER BY sent DESC, r.{by} LIMIT ")).push_bind(GROUPS_MAX);
        Ok(sql.build().fetch_all(self.0.read()).await?)
    }

    /// What this agent recommended last, each product once, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn recent(&self, site: SiteId, agent: AgentId, limit: u32) -> Result<Vec<ProductId>, StoreError> {
        let products = sqlx::query_scalar(
            "SELECT product FROM recommendations WHERE site_id = $1 AND agent_id = $2
             GROUP BY product ORDER BY max(sent_at) DESC, product LIMIT $3",
        )
        .bind(site.0)
        .bind(agent.0)
        .bind(limit)
        .fetch_all(self.0.read())
        .await?;
        Ok(products.into_iter().map(ProductId).collect())
    }
}

const SUMS: &str =
    "count(*) AS sent, count(r.seen_at) AS seen, count(r.opened_at) AS opened, count(r.added_at) AS added";

fn narrow(sql: &mut QueryBuilder<Sqlite>, filter: &Filter) {
    if let Some(from) = filter.from {
        sql.push(" AND r.sent_at >= ").push_bind(from.millis());
    }
    if let Some(to) = filter.to {
        sql.push(" AND r.sent_at < ").push_bind(to.millis());
    }
    if let Some(agent) = filter.agent {
        sql.push(" AND r.agent_id = ").push_bind(agent.0);
    }
    if let Some(product) = &filter.product {
        sql.push(" AND r.product = ").push_bind(product.0.clone());
    }
}

fn sum(row: &SqliteRow) -> Result<LedgerSum, StoreError> {
    let count = |name| Ok::<u64, StoreError>(row.try_get::<i64, _>(name)?.cast_unsigned());
    Ok(LedgerSum { sent: count("sent")?, seen: count("seen")?, opened: count("opened")?, added: count("added")? })
}

fn entry(row: &SqliteRow) -> Result<LedgerEntry, StoreError> {
    let at = |name| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(name)?.map(Timestamp::from_millis));
    Ok(LedgerEntry {
        conversation: ConversationId(row.try_get("id")?),
        card: row.try_get::<i64, _>("card")?.cast_unsigned(),
        compared: row.try_get("compared")?,
        by: AgentRef { id: AgentId(row.try_get("agent_id")?), first_name: row.try_get("first_name")? },
        product: ProductId(row.try_get("product")?),
        sku: row.try_get::<Option<String>, _>("sku")?.map(Sku),
        title: row.try_get("title")?,
        sent_at: Timestamp::from_millis(row.try_get("sent_at")?),
        seen_at: at("seen_at")?,
        opened_at: at("opened_at")?,
        added_at: at("added_at")?,
    })
}

fn place_of(row: &SqliteRow) -> Result<Place, StoreError> {
    Ok(Place {
        sent_at: row.try_get("sent_at")?,
        conversation: row.try_get("conversation")?,
        card: row.try_get("card")?,
        place: row.try_get("place")?,
    })
}

impl Place {
    /// As it travels.
    #[must_use]
    pub fn to_text(self) -> String {
        let parts = [self.sent_at, self.conversation, self.card, self.place];
        BASE64_URL_SAFE_NO_PAD.encode(parts.map(i64::to_be_bytes).concat())
    }

    /// None when it is not one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (parts, rest) = bytes.as_chunks::<8>();
        let parts: Vec<i64> = parts.iter().map(|part| i64::from_be_bytes(*part)).collect();
        let [sent_at, conversation, card, place] = parts.try_into().ok()?;
        rest.is_empty().then_some(Self { sent_at, conversation, card, place })
    }
}
