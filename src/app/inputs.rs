//! What only a real process has: its clock and its ids.

use uuid::Uuid;

use crate::actors::ports::{Clock, Ids};
use crate::protocol::Timestamp;

/// The machine's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}

/// UUIDv7.
#[derive(Debug, Clone, Copy, Default)]
pub struct FreshIds;

impl Ids for FreshIds {
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}
