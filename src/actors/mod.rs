//! The living part: supervisor, visitor and agent sessions, and the messages between them.
//!
//! Actors are caches and gates: what they hold can be rebuilt from the store.

mod desk;
pub mod ports;

pub use desk::{Desk, Reach};

/// How long a stop waits for what was on its way.
pub const DRAIN_SECONDS_MAX: u64 = 10;
