//! The rules of a conversation: who may say and do what, at which stage, and what
//! follows.
//!
//! `decide(state, command, facts)` gives events or a refusal; `apply(state, event)`
//! folds an event. Both are total. [`crate::actors`] carries out what is decided
//! here; [`crate::store`] keeps it.
//!
//! Invariant: exactly one party is in charge at any version: the bot, the line, or
//! one agent. After `Closed` only card marks are accepted.

mod state;

pub use state::{ConversationState, Phase};
