//! The living part: supervisor, visitor and agent sessions, and the messages between them.
//!
//! ```text
//! Desk                      the handle that routes and sockets hold; reads the board
//!  └ ChatSupervisor         one: starts, finds, restarts, retires sessions; owns the routes
//!     ├ VisitorSession ×n   one a visitor of a site; the only gate to that visitor's conversation
//!     │   └ Link ×8         one a tab: its end of a socket
//!     ├ AgentSession ×m     one a signed-in agent
//!     │   └ Link ×16        one a tab
//!     └ CobrowseSession ×k  one a shared page, on threads of its own; the only gate to it
//!         └ Link ×5         the page, the agent's tabs
//! ```
//!
//! **Actors are caches and gates.** What a session holds is read from the store when it
//! starts and can be read again at any time; it persists nothing when it stops. A session
//! that panics takes its sockets with it (a [`link::Link`] hangs up when dropped), tells its
//! parent by a [`notice::DeathNotice`], and is started again with a growing pause. The parent
//! gives its new address to everybody who was in its conversation, which is the whole of
//! recovery: clients repeat what was not acknowledged under the same ids and resume by number.
//!
//! **Routes.** Which sessions are in which conversation is one table in the supervisor. It
//! gives each end the other's address, and from then on messages go from session to session
//! without passing its mailbox. A take or a transfer changes the table; the visitor's session
//! drops the route of whoever gave the conversation away in the very step that tells them.
//!
//! **One command at a time.** A visitor's session waits for the store (`ctx.wait`) while a
//! command is written, so its mailbox is the bounded queue of the next ones. `decide`, append,
//! and only after the COMMIT acknowledgement and events, as separate `try_send`s. The bot's
//! turn follows before the next command.
//!
//! **Start.** [`Desk::open`]: threads, board and bus, supervisor. It reads what is open from
//! the store before its first message: lines, who holds what, offers with their time-outs,
//! inputs without a turn. **Stop.** [`Desk::drain`]: nobody is let in, agents' sessions hang
//! up, then visitors'; each answers when everything before it in its mailbox is done.
//!
//! **Bounds**, each with what happens there:
//!
//! | queue | bound | then |
//! |-|-|-|
//! | [`supervisor::SUPERVISOR_MAILBOX_MAX`] | 4,096 | arrivals are told to come back |
//! | [`visitor::VISITOR_MAILBOX_MAX`] | 128 | commands `try_later`, typing dropped |
//! | [`agent::AGENT_MAILBOX_MAX`] | 1,024 | commands `try_later`; a hole in events is read from the store |
//! | [`link::VISITOR_OUTGOING_MAX`], bytes | 64, 256 KiB | the socket is cut and resumes by number |
//! | [`link::AGENT_OUTGOING_MAX`], bytes | 1,024, 1 MiB | the same |
//! | [`cobrowse::COBROWSE_MAILBOX_MAX`] | 1,024 | a frame is lost, its number shows it; words are refused |
//! | [`cobrowse::WATCHER_BYTES_MAX`] | 2 MiB a tab | the picture waits; at 4 MiB the socket is cut |
//! | [`cobrowse::PICTURE_BYTES_MAX`] | 10 MiB a share | given up until a full one comes |
//! | [`crate::bus::local::HINTS_MAX`] | 1,024 a site | the listener reads its rows again |
//!
//! Between actors only `try_send`; `do_send`, which ignores the bound, is for death notices.
//! Chunks of a transcript are sent one at a time on demand and count nowhere.
//!
//! Deliberately absent: SQL, HTTP, what a WebSocket is ([`crate::http::socket`] knows), and
//! any decision on a conversation ([`crate::rules::conversation`] takes them).

pub mod agent;
mod around;
mod board;
pub mod bot_step;
pub mod cobrowse;
mod desk;
#[cfg(feature = "fault-hooks")]
pub mod fault;
mod follow;
pub mod link;
pub mod messages;
pub mod notice;
mod order;
pub mod ports;
pub mod supervisor;
#[cfg(test)]
mod tests;
pub mod visitor;

pub use board::Reach;
pub use desk::Desk;

/// How long a stop waits for what was on its way.
pub const DRAIN_SECONDS_MAX: u64 = 10;
