//! What is told of the bot, read for the console: texts that it did not understand, how its FAQs
//! were used, what became of conversations by day.
//!
//! The rows are written with their events ([`writing`]); here they are read, and the old ones
//! swept. Which texts are alike is decided by [`crate::rules::not_understood`].

mod set_aside;
mod writing;

use std::collections::BTreeMap;

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

pub use self::set_aside::SET_ASIDE_MAX;
pub(super) use self::writing::{Told, insert};
use super::{Database, StoreError};
use crate::protocol::bot_desk::{BotDay, FaqUsage};
use crate::protocol::{ConversationId, SiteId, Timestamp};
use crate::rules::botlog::Day;
use crate::rules::not_understood::{TEXT_CHARS_MAX, Typed};

/// Turns are kept for so long, three times what is shown of them.
pub const TURN_DAYS_KEPT: i64 = 90;
/// Texts of one answer, the latest.
pub const TEXTS_MAX: u32 = 20_000;
/// FAQs told of, the most used.
const FAQS_MAX: u32 = 1_000;
/// Rows deleted in one transaction, so that messages wait for a moment only.
const SWEPT_AT_ONCE: u32 = 1_000;
/// Transactions of one sweep: the rest goes with the next one.
const SWEEPS_MAX: u32 = 200;

/// The statements on what is told of the bot. Cheap to clone.
#[derive(Debug, Clone)]
pub struct BotLog(Database);

impl BotLog {
    /// Makes the rows again from the log when they are of another version, or were never made.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let log = Self(database.clone());
        if !writing::PROJECTION.is_current(database).await? {
            log.rebuild().await?;
        }
        Ok(log)
    }

    /// Makes all rows again from the log, in one transaction.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn rebuild(&self) -> Result<(), StoreError> {
        writing::rebuild(&self.0).await
    }

    /// Texts since then that were not understood, the latest first, at most [`TEXTS_MAX`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn missed(&self, site: SiteId, since: Timestamp) -> Result<Vec<Typed>, StoreError> {
        let rows = sqlx::query(
            "SELECT substr(json_extract(e.body, '$.text'), 1, $4) AS text, t.at, t.lang, c.id, b.began_at
             FROM bot_turns t
             JOIN events e ON e.site_id = t.site_id AND e.conversation = t.conversation AND e.seq = t.missed
             JOIN conversations c ON c.site_id = t.site_id AND c.number = t.conversation
             JOIN bot_conversations b ON b.site_id = t.site_id AND b.conversation = t.conversation
             WHERE t.site_id = $1 AND t.missed > 0 AND t.at >= $2 AND e.type = 'message_posted'
             ORDER BY t.at DESC, t.conversation DESC, t.seq DESC LIMIT $3",
        )
        .bind(site.0)
        .bind(since.millis())
        .bind(TEXTS_MAX)
        .bind(i64::try_from(TEXT_CHARS_MAX).unwrap_or(i64::MAX))
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(typed).collect()
    }

    /// How each FAQ was used since then, the most answered first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn usage(&self, site: SiteId, since: Timestamp) -> Result<Vec<FaqUsage>, StoreError> {
        let said = sqlx::query(
            "SELECT answered AS faq, sum(NOT clicked) AS answered, 0 AS suggested, sum(clicked) AS clicked,
                    sum(handed_off) AS handed_off
             FROM bot_turns WHERE site_id = $1 AND at >= $2 AND answered IS NOT NULL GROUP BY 1
             ORDER BY count(*) DESC, 1 LIMIT $3",
        );
        let offered = sqlx::query(
            "SELECT offered.value AS faq, 0 AS answered, count(*) AS suggested, 0 AS clicked, 0 AS handed_off
             FROM bot_turns t, json_each(t.suggested) AS offered
             WHERE t.site_id = $1 AND t.at >= $2 AND t.rung = 'suggest' GROUP BY 1
             ORDER BY count(*) DESC, 1 LIMIT $3",
        );
        let mut by_faq: BTreeMap<String, FaqUsage> = BTreeMap::new();
        for query in [said, offered] {
            let rows = query.bind(site.0).bind(since.millis()).bind(FAQS_MAX).fetch_all(self.0.read()).await?;
            for row in &rows {
                let faq: String = row.try_get("faq")?;
                let usage = by_faq.entry(faq.clone()).or_insert(FaqUsage {
                    faq,
                    answered: 0,
                    suggested: 0,
                    clicked: 0,
                    handed_off_after: 0,
                });
                usage.answered += count(row, "answered")?;
                usage.suggested += count(row, "suggested")?;
                usage.clicked += count(row, "clicked")?;
                usage.handed_off_after += count(row, "handed_off")?;
            }
        }
        let mut all: Vec<FaqUsage> = by_faq.into_values().collect();
        // Stable: those that are used alike stay in the order of their ids.
        all.sort_by_key(|usage| std::cmp::Reverse(usage.answered + usage.clicked));
        all.truncate(FAQS_MAX as usize);
        Ok(all)
    }

    /// What became of the conversations that began on each of these days, in their order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_day(&self, site: SiteId, days: &[Day]) -> Result<Vec<BotDay>, StoreError> {
        let mut told: Vec<BotDay> =
            days.iter().map(|day| BotDay { day: day.date.to_string(), ..BotDay::default() }).collect();
        if days.is_empty() {
            return Ok(told);
        }
        let mut sql = QueryBuilder::<Sqlite>::new("WITH days (place, starts, ends) AS (");
        sql.push_values((0_i64..).zip(days), |mut row, (place, day)| {
            row.push_bind(place).push_bind(day.from.millis()).push_bind(day.to.millis());
        });
        sql.push(
            ") SELECT place, count(*) AS conversations,
                   sum(NOT (handed_off OR message_left OR taken)) AS bot_alone, sum(handed_off) AS handed_off,
                   sum(message_left) AS messages_left, count(rating) AS rated, coalesce(sum(rating), 0) AS rating_sum
               FROM days CROSS JOIN bot_conversations
               WHERE began_at >= starts AND began_at < ends AND heard AND site_id = ",
        );
        sql.push_bind(site.0).push(" GROUP BY place");
        for row in &sql.build().fetch_all(self.0.read()).await? {
            let place = usize::try_from(row.try_get::<i64, _>("place")?).unwrap_or(usize::MAX);
            let Some(day) = told.get_mut(place) else { continue };
            day.conversations = count(row, "conversations")?;
            day.bot_alone = count(row, "bot_alone")?;
            day.handed_off = count(row, "handed_off")?;
            day.messages_left = count(row, "messages_left")?;
            day.rated = count(row, "rated")?;
            day.rating_sum = count(row, "rating_sum")?;
        }
        Ok(told)
    }

    /// Forgets turns that are older than [`TURN_DAYS_KEPT`], and what was set aside before them; says how many rows.
    ///
    /// # Errors
    /// What the database says; the next sweep goes on.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, StoreError> {
        let before = now.plus_seconds(-TURN_DAYS_KEPT * 24 * 3600).millis();
        let mut swept = 0;
        for _ in 0..SWEEPS_MAX {
            let mut tx = self.0.write().await?;
            let gone = sqlx::query(
                "DELETE FROM bot_turns WHERE (conversation, seq) IN (
                     SELECT conversation, seq FROM bot_turns WHERE at < $1 ORDER BY at LIMIT $2)",
            )
            .bind(before)
            .bind(SWEPT_AT_ONCE)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            tx.commit().await?;
            swept += gone;
            if gone < u64::from(SWEPT_AT_ONCE) {
                break;
            }
        }
        Ok(swept + self.sweep_set_aside(before).await?)
    }
}

fn typed(row: &SqliteRow) -> Result<Typed, StoreError> {
    Ok(Typed {
        text: row.try_get("text")?,
        lang: row.try_get("lang")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        conversation: ConversationId(row.try_get("id")?),
        began_at: Timestamp::from_millis(row.try_get("began_at")?),
    })
}

/// Beyond what the wire counts to, its end.
fn count(row: &SqliteRow, name: &str) -> Result<u32, StoreError> {
    Ok(u32::try_from(row.try_get::<i64, _>(name)?).unwrap_or(u32::MAX))
}
