//! Feeds that are fetched from an address, so that a shop's catalog keeps itself up to date.
//!
//! | part | what it does |
//! |-|-|
//! | [`address`] | which addresses may be fetched at all; pure but for the name's look-up |
//! | [`download`] | one conditional request, streamed to a file, bounded in size and time |
//! | [`schedule`] | whose time has come; hands what was fetched to the imports |
//!
//! Nothing in a feed makes the server open a connection: only an address that an admin
//! wrote down does. What is fetched takes the way of every file, unattended: its guards
//! keep the old catalog.

mod address;
mod download;
mod schedule;
#[cfg(test)]
mod tests;

pub use address::{FetchRules, check};
pub use download::{Download, FetchFault, FetchLimits};
pub use schedule::Fetcher;
pub(super) use schedule::run_ended;
