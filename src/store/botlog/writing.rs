//! The bot's rows: with the events of a transaction, and all of them again from the log.

use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};

use super::super::log::Append;
use super::super::projection::Projection;
use super::super::{Database, StoreError};
use crate::protocol::{Event, EventBody, SiteId, Timestamp};
use crate::rules::botlog::{Fact, HANDOFF_WITHIN_TURNS, Missed, Turn, facts};
use crate::rules::conversation::ConversationState;

/// Its version is raised when rows mean something else than before.
pub(super) const PROJECTION: Projection = Projection { name: "botlog", version: 1 };

/// What one append writes, made ready where it was decided.
pub(in super::super) struct Told {
    lang: String,
    facts: Vec<Fact>,
    mark: Mark,
}

/// What becomes of the conversation's own row.
#[derive(Debug, Default, PartialEq, Eq)]
struct Mark {
    began_at: Option<i64>,
    heard: bool,
    handed_off: bool,
    message_left: bool,
    taken: bool,
    rating: Option<u8>,
}

impl Told {
    /// Nothing for conversations of the test page, and where nothing is to be written.
    pub fn of(append: &Append) -> Option<Self> {
        if append.state.test {
            return None;
        }
        let mut told = Self::new(&append.state.lang, facts(&append.events));
        // The row says it since the visitor's first input.
        told.mark.heard &= !append.state.visitor_inputs.iter().any(|seq| *seq <= append.seen_head);
        let is_empty = told.mark == Mark::default() && !told.facts.iter().any(|fact| matches!(fact, Fact::Turned(_)));
        (!is_empty).then_some(told)
    }

    fn new(lang: &str, facts: Vec<Fact>) -> Self {
        let mut mark = Mark::default();
        for fact in &facts {
            match fact {
                Fact::Began { at } => mark.began_at = Some(at.millis()),
                Fact::Heard => mark.heard = true,
                Fact::Turned(_) => {}
                Fact::HandedOff { .. } => mark.handed_off = true,
                Fact::MessageLeft { .. } => mark.message_left = true,
                Fact::Taken => mark.taken = true,
                Fact::Rated(rating) => mark.rating = Some(*rating),
            }
        }
        Self { lang: lang.split(['-', '_']).next().unwrap_or_default().to_lowercase(), facts, mark }
    }
}

/// Writes what an append tells of the bot.
pub(in super::super) async fn insert(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: i64,
    told: &Told,
) -> Result<(), StoreError> {
    if told.mark != Mark::default() {
        mark(tx, site, conversation, &told.mark).await?;
    }
    for fact in &told.facts {
        match fact {
            Fact::Turned(turn) => insert_turn(tx, site, conversation, &told.lang, turn).await?,
            Fact::HandedOff { on_the_way } | Fact::MessageLeft { on_the_way } => {
                hand_off(tx, site, conversation, *on_the_way).await?;
            }
            Fact::Began { .. } | Fact::Heard | Fact::Taken | Fact::Rated(_) => {}
        }
    }
    Ok(())
}

async fn mark(tx: &mut SqliteConnection, site: SiteId, conversation: i64, mark: &Mark) -> Result<(), StoreError> {
    let sql = if mark.began_at.is_some() {
        "INSERT INTO bot_conversations
             (site_id, conversation, heard, handed_off, message_left, taken, rating, began_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    } else {
        "UPDATE bot_conversations
         SET heard = max(heard, $3), handed_off = max(handed_off, $4), message_left = max(message_left, $5),
             taken = max(taken, $6), rating = coalesce(rating, $7)
         WHERE site_id = $1 AND conversation = $2 AND $8 IS NULL"
    };
    sqlx::query(sql)
        .bind(site.0)
        .bind(conversation)
        .bind(mark.heard)
        .bind(mark.handed_off)
        .bind(mark.message_left)
        .bind(mark.taken)
        .bind(mark.rating)
        .bind(mark.began_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// What came before in the conversation says the rest: the turn's number, which text its suggestions
/// were for, and whether a choice was one of them.
async fn insert_turn(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: i64,
    lang: &str,
    turn: &Turn,
) -> Result<(), StoreError> {
    let missed = match turn.missed {
        Missed::Nothing => Some(0),
        Missed::This => Some(turn.answers.cast_signed()),
        Missed::Suggested => None,
    };
    sqlx::query(
        "INSERT INTO bot_turns
             (site_id, conversation, seq, answers, at, lang, rung, turn, missed, answered, clicked, suggested)
         SELECT $1, $2, $3, $4, $5, $6, $7,
             $8 + coalesce((SELECT max(turn) FROM bot_turns WHERE site_id = $1 AND conversation = $2), 0),
             coalesce($9, (SELECT answers FROM bot_turns
                           WHERE site_id = $1 AND conversation = $2 AND rung = 'suggest' AND seq < $3
                           ORDER BY seq DESC LIMIT 1), 0),
             $10,
             $11 AND EXISTS (
                 SELECT 1 FROM (SELECT rung, suggested FROM bot_turns
                                WHERE site_id = $1 AND conversation = $2 AND seq < $3
                                ORDER BY seq DESC LIMIT 1) AS before, json_each(before.suggested) AS offered
                 WHERE before.rung = 'suggest' AND offered.value = $10),
             $12",
    )
    .bind(site.0)
    .bind(conversation)
    .bind(turn.seq.cast_signed())
    .bind(turn.answers.cast_signed())
    .bind(turn.at.millis())
    .bind(lang)
    .bind(&turn.rung)
    .bind(turn.counts())
    .bind(missed)
    .bind(&turn.answered)
    .bind(turn.is_choice())
    .bind(serde_json::to_string(&turn.suggested)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Lays the wish for a person to the answers just before. The turn that carries the wish is the one that
/// is written next, unless only a field was answered on the way to it.
async fn hand_off(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: i64,
    on_the_way: bool,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE bot_turns SET handed_off = 1
         WHERE site_id = $1 AND conversation = $2 AND answered IS NOT NULL
           AND turn + $4 >= $3 + (SELECT max(turn) FROM bot_turns WHERE site_id = $1 AND conversation = $2)",
    )
    .bind(site.0)
    .bind(conversation)
    .bind(i64::from(!on_the_way))
    .bind(HANDOFF_WITHIN_TURNS)
    .execute(tx)
    .await?;
    Ok(())
}

/// One pass over the events that tell something, conversation by conversation.
pub(super) async fn rebuild(database: &Database) -> Result<(), StoreError> {
    let mut tx = database.write().await?;
    sqlx::query("DELETE FROM bot_turns").execute(&mut *tx).await?;
    sqlx::query("DELETE FROM bot_conversations").execute(&mut *tx).await?;
    // Read beside the transaction, which holds off every writer of events.
    let mut rows = sqlx::query(
        "SELECT e.conversation, e.seq, e.at, e.body, c.state
         FROM events e JOIN conversations c ON c.number = e.conversation
         WHERE e.type IN ('conversation_started', 'bot_explained', 'conversation_queued', 'conversation_taken',
                          'conversation_rated')
           AND json_extract(c.state, '$.test') = 0
         ORDER BY e.conversation, e.seq",
    )
    .fetch(database.read());
    let mut read = Read::default();
    while let Some(row) = rows.try_next().await? {
        let conversation: i64 = row.try_get("conversation")?;
        if conversation != read.conversation {
            read.write(&mut tx).await?;
            let state: ConversationState = serde_json::from_str(row.try_get("state")?)?;
            read = Read { conversation, state: Some(state), events: Vec::new() };
        }
        let body: EventBody = serde_json::from_str(row.try_get("body")?)?;
        let seq = row.try_get::<i64, _>("seq")?.cast_unsigned();
        read.events.push(Event { seq, at: Timestamp::from_millis(row.try_get("at")?), body });
    }
    drop(rows);
    read.write(&mut tx).await?;
    PROJECTION.mark(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// A conversation as it is read again.
#[derive(Default)]
struct Read {
    conversation: i64,
    state: Option<ConversationState>,
    events: Vec<Event>,
}

impl Read {
    async fn write(&self, tx: &mut SqliteConnection) -> Result<(), StoreError> {
        let Some(state) = &self.state else { return Ok(()) };
        let mut told = Told::new(&state.lang, facts(&self.events));
        // The visitor's own words were not read for it.
        told.mark.heard = !state.visitor_inputs.is_empty() || !state.details.is_empty();
        insert(tx, state.site, self.conversation, &told).await
    }
}
