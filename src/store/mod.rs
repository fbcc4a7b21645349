//! The database: one truth, in SQLite (Postgres can follow: statements use `$n`).
//!
//! No decision on a stage is taken here; compare-and-set refuses what was decided
//! on an older view. Every call names its site, every statement has `site_id`.
//!
//! [`Database`] opens the file and hands out connections; one file a subject holds
//! the statements. Conversations are written only through [`log::ConversationLog`],
//! whose writer commits in groups ([`writer`]). Everything else writes in short
//! transactions by [`Database::write`].

pub mod accounts;
mod batch;
pub mod botlog;
pub mod bots;
pub mod catalog;
pub mod database;
pub mod documents;
mod entry;
pub mod error;
pub mod folder;
pub mod ledger;
pub mod links;
pub mod lists;
pub mod log;
mod marks;
#[cfg(test)]
pub mod memory;
pub mod pins;
mod projection;
mod rows;
mod search;
pub mod secrets;
pub mod sessions;
pub mod shares;
pub mod sites;
mod sqlite_log;
#[cfg(test)]
pub(crate) mod tests;
pub mod visitors;
mod visits;
pub mod writer;

pub use accounts::{Account, Accounts, TokenHash};
pub use botlog::BotLog;
pub use bots::Bots;
pub use catalog::CatalogStore;
pub use database::Database;
pub use documents::Documents;
pub use error::StoreError;
pub use ledger::Ledger;
pub use lists::Lists;
pub use pins::Pins;
pub use sessions::Sessions;
pub use shares::{ShareKeys, ShareRow, Shares, SqliteShares};
pub use sites::{Site, Sites};
pub use sqlite_log::SqliteLog;
pub use visitors::Visitors;
pub use writer::Writer;
