//! Rows of the log read back into what they were.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::log::Stored;
use super::{StoreError, marks};
use crate::protocol::{Event, Timestamp};

/// A row of `conversations` with its marks.
pub(super) fn stored(row: &SqliteRow) -> Result<Stored, StoreError> {
    Ok(Stored {
        state: serde_json::from_str(row.try_get("state")?)?,
        bot: serde_json::from_str(row.try_get("bot")?)?,
        marks: marks::of_row(row)?,
        visits_consented: row.try_get("visits_consented")?,
    })
}

/// A row of `events`.
pub(super) fn event(row: &SqliteRow) -> Result<Event, StoreError> {
    Ok(Event {
        seq: row.try_get::<i64, _>("seq")?.cast_unsigned(),
        at: Timestamp::from_millis(row.try_get("at")?),
        body: serde_json::from_str(row.try_get("body")?)?,
    })
}
