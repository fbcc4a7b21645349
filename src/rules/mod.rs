//! Pure decisions. No async, clock, random, new ids, SQL, actors or logs: time and
//! ids are handed in, and what follows is handed back.

pub mod bot;
pub mod botlog;
pub mod cobrowse;
pub mod conversation;
pub mod ledger;
pub mod likeness;
pub mod not_understood;
pub mod queue;
