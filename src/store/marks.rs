//! How far each party got in a conversation. Marks only rise.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::StoreError;
use crate::protocol::{ConversationId, Mark, Marks, SiteId};

/// Raises the marks that are higher than those there; read never exceeds delivered.
pub(super) async fn raise(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: ConversationId,
    marks: &Marks,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO marks (site_id, conversation, visitor_delivered, visitor_read, agent_delivered, agent_read)
         SELECT site_id, number, max($3, $4), $4, max($5, $6), $6 FROM conversations WHERE site_id = $1 AND id = $2
         ON CONFLICT (conversation) DO UPDATE SET
             visitor_delivered = max(visitor_delivered, excluded.visitor_delivered),
             visitor_read      = max(visitor_read, excluded.visitor_read),
             agent_delivered   = max(agent_delivered, excluded.agent_delivered),
             agent_read        = max(agent_read, excluded.agent_read)",
    )
    .bind(site.0)
    .bind(conversation.0)
    .bind(marks.visitor.delivered.cast_signed())
    .bind(marks.visitor.read.cast_signed())
    .bind(marks.agent.delivered.cast_signed())
    .bind(marks.agent.read.cast_signed())
    .execute(tx)
    .await?;
    Ok(())
}

/// From a row that joins `marks` from the left: a conversation without marks has all at 0.
pub(super) fn of_row(row: &SqliteRow) -> Result<Marks, StoreError> {
    let mark = |delivered, read| -> Result<Mark, StoreError> {
        Ok(Mark {
            delivered: row.try_get::<Option<i64>, _>(delivered)?.unwrap_or(0).cast_unsigned(),
            read: row.try_get::<Option<i64>, _>(read)?.unwrap_or(0).cast_unsigned(),
        })
    };
    Ok(Marks { visitor: mark("visitor_delivered", "visitor_read")?, agent: mark("agent_delivered", "agent_read")? })
}
