//! The rules of a conversation: who may say and do what, at which stage, and what
//! follows.
//!
//! [`decide`] turns a command into events or a refusal; [`apply`] folds an event
//! into the state. Both are total and pure: time, new ids and whatever else has to
//! be looked up are handed in as [`Facts`]. [`view_for`] says what of an event a
//! visitor may see. [`crate::actors`] carries out what is decided here;
//! [`crate::store`] keeps it.
//!
//! Invariant: exactly one party is in charge at any version: the bot, the line, or
//! one agent ([`Phase`] cannot say otherwise), and `version` rises with each change.
//! After `Closed` only card marks and one rating are accepted, and what was done on a shared page until then.

mod apply;
mod audience;
mod command;
mod decide;
mod row;
mod share;
mod state;
#[cfg(test)]
mod tests;

pub use apply::{LINE_CHARS_MAX, apply};
pub use audience::{audience, view_for};
pub use command::{BotAnswer, Command, Facts, FormFault, Opening, Queue, ServerCommand};
pub use decide::{COMPARED, OFFER_SECONDS, RATINGS, TRANSFER_NOTE_BYTES_MAX, check_text, decide};
pub use row::{head, row};
pub use share::{Consent, SeenBy, ShareCommand, ShareFact};
pub use state::{CARDS_MAX, CardState, ComparedState, ConversationState, Phase, Rated, VISITOR_INPUTS_MAX};
