//! The rules of sharing a page: who asked, who agreed, who holds the controls.
//!
//! This module decides and nothing else. It never waits, sends or stores; times (monotonic
//! milliseconds) and ids are handed in. [`crate::actors::cobrowse`] carries out what is decided
//! here, and has the conversation's log say it ([`super::conversation::ShareCommand`]).
//!
//! **The page is the judge, the server the ledger.** Either lowers at once, and the log is told.
//! Raising needs both: an answer is written first, and takes effect when the log says so
//! ([`Input::Logged`]). An order is forwarded only if its agent and epoch are the gate's.
//!
//! Invariant: at most one agent holds the controls, and each change of hands raises the epoch, so
//! an order given under an earlier grant is refused here and again in the page.
//!
//! [`Share`] is the state, [`step`] the table of states and inputs, [`paths`] which pages may be
//! shared how, [`show`] where a visitor may be led.

mod ends;
pub mod frame;
mod logged;
pub mod paths;
pub mod show;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod ticks;

pub use ends::resumed;
pub use state::{Effect, Input, Millis, Share, Stage};
pub use step::step;
pub use ticks::{
    AGENT_SILENT_MS, AWAY_MS, CONSENT_MS, CONTROL_IDLE_MS, CONTROL_MS, HIDDEN_MS, SHARE_IDLE_MS, SUSPENDED_MS,
    UNWATCHED_MS,
};
