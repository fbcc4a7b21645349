//! The statements of one transaction of the writer.
//!
//! Each append is one compare-and-set on its conversation's row: same head and an
//! unused command id, or nothing happens and the reason is looked up. The rows that
//! follow from all accepted appends are inserted together.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use super::StoreError;
use super::entry::{Entry, Line};
use super::log::Appended;
use super::{botlog, ledger, marks, search, visits};
use crate::protocol::{CommandId, ConversationId, Marks, PageVisit, SiteId};

/// Rows in one INSERT: SQLite takes at most 32,766 values in a statement.
const ROWS_MAX: usize = 500;

/// What the writer can be asked to write.
pub(super) enum Work {
    Append(Box<Entry>),
    Mark { site: SiteId, conversation: ConversationId, marks: Marks },
    Visit { site: SiteId, conversation: ConversationId, visit: PageVisit },
    ForgetVisits { site: SiteId, conversation: ConversationId },
}

/// Rows that wait to be inserted together.
#[derive(Default)]
struct Rows<'a> {
    /// Conversation's number and entry.
    accepted: Vec<(i64, &'a Entry)>,
    /// Commands of this batch, which the database does not know yet.
    commands: HashMap<(ConversationId, CommandId), ([u8; 16], u64)>,
}

/// Writes all of `works`, each with its own outcome.
///
/// # Errors
/// Only what spoils the whole transaction.
pub(super) async fn write(
    tx: &mut SqliteConnection,
    works: &[Work],
) -> Result<Vec<Result<Appended, StoreError>>, StoreError> {
    let mut rows = Rows::default();
    let mut outcomes = Vec::with_capacity(works.len());
    for work in works {
        let outcome = match work {
            Work::Append(entry) => append(tx, entry, &mut rows).await,
            Work::Mark { site, conversation, marks } => {
                marks::raise(tx, *site, *conversation, marks).await.map(|()| Appended::Written)
            }
            Work::Visit { site, conversation, visit } => {
                visits::join(tx, *site, *conversation, visit).await.map(|()| Appended::Written)
            }
            Work::ForgetVisits { site, conversation } => {
                visits::forget(tx, *site, *conversation).await.map(|()| Appended::Written)
            }
        };
        outcomes.push(match outcome {
            Err(error) if !spoils_only_its_own(&error) => return Err(error),
            outcome => outcome,
        });
    }
    insert_events(tx, &rows.accepted).await?;
    insert_commands(tx, &rows.accepted).await?;
    insert_said(tx, &rows.accepted).await?;
    for (number, entry, line) in lines(&rows.accepted) {
        if let Some(cards) = &line.cards {
            ledger::insert(tx, entry.site, number, cards).await?;
        }
    }
    for (number, entry) in &rows.accepted {
        if let Some(told) = &entry.of_bot {
            botlog::insert(tx, entry.site, *number, told).await?;
        }
        for visit in &entry.visits {
            visits::insert(tx, entry.site, *number, visit).await?;
        }
    }
    Ok(outcomes)
}

/// A refusal of ours, or a statement that broke a constraint: SQLite undid that statement alone.
fn spoils_only_its_own(error: &StoreError) -> bool {
    match error {
        StoreError::Conflict { .. } | StoreError::IdReused | StoreError::Taken(_) | StoreError::Corrupt(_) => true,
        StoreError::Database(error) => error.as_database_error().is_some_and(|error| {
            error.is_unique_violation() || error.is_foreign_key_violation() || error.is_check_violation()
        }),
        StoreError::DiskFull | StoreError::Busy | StoreError::Newer { .. } | StoreError::Migration(_) => false,
    }
}

async fn append<'a>(tx: &mut SqliteConnection, entry: &'a Entry, rows: &mut Rows<'a>) -> Result<Appended, StoreError> {
    if let Some(key) = &entry.command
        && let Some((hash, seq)) = rows.commands.get(&(entry.conversation, key.id))
    {
        return if *hash == key.hash { Ok(Appended::Repeated { seq: *seq }) } else { Err(StoreError::IdReused) };
    }
    let number = if entry.seen_head == 0 { begin(tx, entry).await? } else { advance(tx, entry).await? };
    let Some(number) = number else { return refused(tx, entry).await };
    if let Some(key) = &entry.command {
        rows.commands.insert((entry.conversation, key.id), (key.hash, entry.answer));
    }
    rows.accepted.push((number, entry));
    Ok(Appended::Written)
}

/// A new row, unless the id exists or the visitor has an open conversation.
async fn begin(tx: &mut SqliteConnection, entry: &Entry) -> Result<Option<i64>, StoreError> {
    let number = sqlx::query_scalar(
        "INSERT INTO conversations (site_id, id, visitor_id, state, bot, head, stage, agent_id, place, sort_at,
                                    unanswered, visits_consented, device)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12, 0), coalesce($13, ''))
         ON CONFLICT DO NOTHING
         RETURNING number",
    )
    .bind(entry.site.0)
    .bind(entry.conversation.0)
    .bind(entry.visitor.0)
    .bind(&entry.state)
    .bind(&entry.bot)
    .bind(entry.head.cast_signed())
    .bind(entry.stage)
    .bind(entry.agent.map(|agent| agent.0))
    .bind(entry.place)
    .bind(entry.sort_at)
    .bind(entry.unanswered.cast_signed())
    .bind(entry.visits_consented)
    .bind(&entry.device)
    .fetch_optional(tx)
    .await?;
    Ok(number)
}

/// The compare-and-set: the decision's head, and a command that was not answered yet.
async fn advance(tx: &mut SqliteConnection, entry: &Entry) -> Result<Option<i64>, StoreError> {
    let number = sqlx::query_scalar(
        "UPDATE conversations
         SET state = $4, bot = coalesce($5, bot), head = $6, stage = $7, agent_id = $8, place = $9, sort_at = $10,
             unanswered = $11, visits_consented = coalesce($12, visits_consented), device = coalesce($13, device)
         WHERE site_id = $1 AND id = $2 AND head = $3
           AND NOT EXISTS (SELECT 1 FROM commands
                           WHERE commands.conversation = conversations.number AND commands.id = $14)
         RETURNING number",
    )
    .bind(entry.site.0)
    .bind(entry.conversation.0)
    .bind(entry.seen_head.cast_signed())
    .bind(&entry.state)
    .bind(&entry.bot)
    .bind(entry.head.cast_signed())
    .bind(entry.stage)
    .bind(entry.agent.map(|agent| agent.0))
    .bind(entry.place)
    .bind(entry.sort_at)
    .bind(entry.unanswered.cast_signed())
    .bind(entry.visits_consented)
    .bind(&entry.device)
    .bind(entry.command.as_ref().map(|key| key.id.0))
    .fetch_optional(tx)
    .await?;
    Ok(number)
}

/// Nothing matched: a repeat, an id used for something else, or an older view.
async fn refused(tx: &mut SqliteConnection, entry: &Entry) -> Result<Appended, StoreError> {
    let found = sqlx::query(
        "SELECT c.head, k.hash, k.seq
         FROM conversations c LEFT JOIN commands k ON k.conversation = c.number AND k.id = $3
         WHERE c.site_id = $1 AND (c.id = $2 OR (c.visitor_id = $4 AND c.stage <> 'closed'))
         ORDER BY c.id = $2 DESC LIMIT 1",
    )
    .bind(entry.site.0)
    .bind(entry.conversation.0)
    .bind(entry.command.as_ref().map(|key| key.id.0))
    .bind(entry.visitor.0)
    .fetch_optional(tx)
    .await?;
    let Some(found) = found else { return Err(StoreError::Conflict { head: 0 }) };
    let head: i64 = found.try_get("head")?;
    match (&entry.command, found.try_get::<Option<Vec<u8>>, _>("hash")?) {
        (Some(key), Some(hash)) if hash == key.hash => {
            Ok(Appended::Repeated { seq: found.try_get::<i64, _>("seq")?.cast_unsigned() })
        }
        (Some(_), Some(_)) => Err(StoreError::IdReused),
        (_, None) | (None, Some(_)) => Err(StoreError::Conflict { head: head.cast_unsigned() }),
    }
}

async fn insert_events(tx: &mut SqliteConnection, accepted: &[(i64, &Entry)]) -> Result<(), StoreError> {
    let rows: Vec<(i64, &Entry, &Line)> = lines(accepted).collect();
    for rows in rows.chunks(ROWS_MAX) {
        QueryBuilder::<Sqlite>::new("INSERT INTO events (site_id, conversation, seq, at, body) ")
            .push_values(rows, |mut row, (number, entry, line)| {
                row.push_bind(entry.site.0)
                    .push_bind(*number)
                    .push_bind(line.seq.cast_signed())
                    .push_bind(line.at)
                    .push_bind(line.body.clone());
            })
            .build()
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

async fn insert_commands(tx: &mut SqliteConnection, accepted: &[(i64, &Entry)]) -> Result<(), StoreError> {
    let rows: Vec<_> =
        accepted.iter().filter_map(|(number, entry)| Some((number, entry, entry.command.as_ref()?))).collect();
    for rows in rows.chunks(ROWS_MAX) {
        QueryBuilder::<Sqlite>::new("INSERT INTO commands (site_id, conversation, id, hash, seq) ")
            .push_values(rows, |mut row, (number, entry, key)| {
                row.push_bind(entry.site.0)
                    .push_bind(**number)
                    .push_bind(key.id.0)
                    .push_bind(key.hash.to_vec())
                    .push_bind(entry.answer.cast_signed());
            })
            .build()
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

async fn insert_said(tx: &mut SqliteConnection, accepted: &[(i64, &Entry)]) -> Result<(), StoreError> {
    let rows: Vec<(i64, &String)> = lines(accepted)
        .filter_map(|(number, _, line)| Some((search::name(number, line.seq)?, line.said.as_ref()?)))
        .collect();
    for rows in rows.chunks(ROWS_MAX) {
        QueryBuilder::<Sqlite>::new("INSERT INTO said (rowid, text) ")
            .push_values(rows, |mut row, (name, said)| {
                row.push_bind(*name).push_bind((*said).clone());
            })
            .build()
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

fn lines<'a>(accepted: &'a [(i64, &'a Entry)]) -> impl Iterator<Item = (i64, &'a Entry, &'a Line)> {
    accepted.iter().flat_map(|(number, entry)| entry.lines.iter().map(|line| (*number, *entry, line)))
}
