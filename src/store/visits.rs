//! Pages that a visitor saw, joined to a conversation. Not part of its log: they
//! have a retention of their own and go when the visitor takes consent back.

use sqlx::{Row, SqliteConnection, SqlitePool};

use super::StoreError;
use crate::protocol::{ConversationId, PageRef, PageVisit, SiteId, Timestamp, VisitId};

/// Visits kept of one conversation; the oldest make room.
pub const VISITS_MAX: i64 = 500;

/// Joins one; a repeated id changes nothing.
pub(super) async fn join(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: ConversationId,
    visit: &PageVisit,
) -> Result<(), StoreError> {
    let number: Option<i64> = sqlx::query_scalar("SELECT number FROM conversations WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(conversation.0)
        .fetch_optional(&mut *tx)
        .await?;
    let Some(number) = number else { return Ok(()) };
    insert(tx, site, number, visit).await?;
    sqlx::query(
        "DELETE FROM visits WHERE site_id = $1 AND conversation = $2 AND id IN (
             SELECT id FROM visits WHERE conversation = $2 ORDER BY at DESC, id DESC LIMIT -1 OFFSET $3)",
    )
    .bind(site.0)
    .bind(number)
    .bind(VISITS_MAX)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn insert(
    tx: &mut SqliteConnection,
    site: SiteId,
    number: i64,
    visit: &PageVisit,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO visits (site_id, conversation, id, url, title, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (conversation, id) DO NOTHING",
    )
    .bind(site.0)
    .bind(number)
    .bind(visit.id.0)
    .bind(&visit.page.url)
    .bind(&visit.page.title)
    .bind(visit.at.millis())
    .execute(tx)
    .await?;
    Ok(())
}

/// Consent was taken back: those joined go, and none is counted on any more.
pub(super) async fn forget(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: ConversationId,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM visits WHERE site_id = $1
         AND conversation = (SELECT number FROM conversations WHERE site_id = $1 AND id = $2)",
    )
    .bind(site.0)
    .bind(conversation.0)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE conversations SET visits_consented = 0 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(conversation.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// All of a conversation, newest last.
pub(super) async fn of(readers: &SqlitePool, site: SiteId, number: i64) -> Result<Vec<PageVisit>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, url, title, at FROM visits WHERE site_id = $1 AND conversation = $2 ORDER BY at, rowid LIMIT $3",
    )
    .bind(site.0)
    .bind(number)
    .bind(VISITS_MAX)
    .fetch_all(readers)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(PageVisit {
                id: VisitId(row.try_get("id")?),
                page: PageRef { url: row.try_get("url")?, title: row.try_get("title")? },
                at: Timestamp::from_millis(row.try_get("at")?),
            })
        })
        .collect()
}
