//! The living part: supervisor, visitor and agent sessions, and the messages between them.
//!
//! Actors are caches and gates: what they hold can be rebuilt from the store.

pub mod ports;
