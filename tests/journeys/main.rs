//! The journeys through the real server, over real sockets; one file a subject.
//!
//! [`desk`] starts the server and knows how visitors and agents speak. The same journeys in
//! Chromium are in `tests/browser`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod access;
mod bot_preview;
mod cards;
mod conversation;
mod desk;
mod frames;
#[cfg(feature = "fault-hooks")]
mod panics;
mod resume;
mod share;
mod share_acts;
mod share_beside;
mod share_ends;
mod signs;
mod suggestions;
mod take;
mod transfer;
mod vanish;
