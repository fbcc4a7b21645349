//! A session's end of a socket: what goes out, how much may be on its way, and how it ends.
//!
//! A socket that does not read stops being polled altogether, so it can neither notice
//! nor say so: the session counts what it has sent and what was taken, and cuts. Nothing
//! here knows what a WebSocket is; [`crate::http::socket`] holds the other end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use actix::dev::ToEnvelope;
use actix::prelude::*;
use bytes::Bytes;
use bytestring::ByteString;
use serde::Serialize;
use tokio::time::Instant;

use crate::protocol::frame::{AgentFrame, ClosingReason, ToAgent, ToVisitor, VisitorFrame};

use super::agent::AgentSession;
use super::visitor::VisitorSession;

/// Live events on their way to a visitor's socket; at the bound it is cut and resumes by number.
pub const VISITOR_OUTGOING_MAX: usize = 64;
pub const VISITOR_OUTGOING_BYTES_MAX: usize = 256 * 1024;
/// The same for an agent's.
pub const AGENT_OUTGOING_MAX: usize = 1024;
pub const AGENT_OUTGOING_BYTES_MAX: usize = 1024 * 1024;
/// Room in a socket's mailbox beside live events: its seat, a chunk, the end.
pub const OUTGOING_BESIDE: usize = 8;
/// Data frames on their way to a share's tab while it is asked for room.
pub const DATA_ROOM_FRAMES: usize = 64;
/// A socket with something on its way that took nothing for so long is cut.
pub const NO_PROGRESS: Duration = Duration::from_secs(10);
/// What a client is told to wait before it comes back after a restart, spread evenly below this.
pub const RESTART_RETRY_MS_MAX: u32 = 2_000;
/// The same for a socket that was too slow or met a full server.
pub const OVERLOAD_RETRY_MS_MAX: u32 = 10_000;

/// Names a socket within this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SocketId(pub u64);

/// One of the two kinds of sockets, with what differs.
pub trait Side: Sized + Unpin + 'static {
    type Frame: Send + 'static;
    type Reply: Serialize;
    type Session: Actor<Context = Context<Self::Session>> + Handler<FromSocket<Self::Frame>> + Handler<SocketGone>;
    const OUTGOING_MAX: usize;
    const OUTGOING_BYTES_MAX: usize;

    fn closing(reason: ClosingReason, retry_ms: Option<u32>) -> Self::Reply;
}

/// Visitors' sockets.
#[derive(Debug)]
pub struct Visitors;
/// Agents' sockets.
#[derive(Debug)]
pub struct Agents;

impl Side for Visitors {
    type Frame = VisitorFrame;
    type Reply = ToVisitor;
    type Session = VisitorSession;
    const OUTGOING_MAX: usize = VISITOR_OUTGOING_MAX;
    const OUTGOING_BYTES_MAX: usize = VISITOR_OUTGOING_BYTES_MAX;

    fn closing(reason: ClosingReason, retry_ms: Option<u32>) -> ToVisitor {
        ToVisitor::Closing { reason, retry_ms }
    }
}

impl Side for Agents {
    type Frame = AgentFrame;
    type Reply = ToAgent;
    type Session = AgentSession;
    const OUTGOING_MAX: usize = AGENT_OUTGOING_MAX;
    const OUTGOING_BYTES_MAX: usize = AGENT_OUTGOING_BYTES_MAX;

    fn closing(reason: ClosingReason, retry_ms: Option<u32>) -> ToAgent {
        ToAgent::Closing { reason, retry_ms }
    }
}

/// A frame that a socket decoded. Answered through the link, not here.
#[derive(Message)]
#[rtype(result = "()")]
pub struct FromSocket<F> {
    pub socket: SocketId,
    pub frame: F,
}

/// The socket is closed. Lost when the mailbox is full: the session's tick finds out.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct SocketGone {
    pub socket: SocketId,
}

/// From a session to one of its sockets.
#[derive(Message)]
#[rtype(result = "()")]
pub enum Outgoing<S: Side> {
    /// Where its frames go from now on.
    Seated(Addr<S::Session>),
    /// One text frame; `counted` against the bound of live events.
    Frame { text: ByteString, counted: bool },
    /// One binary frame, counted.
    Data(Bytes),
    /// Say this last, then close.
    HangUp { reason: ClosingReason, retry_ms: Option<u32> },
}

/// What both ends know of what is on its way.
#[derive(Debug, Default)]
pub struct Flow {
    frames: AtomicUsize,
    bytes: AtomicUsize,
    /// Frames taken in all, so that standing still can be seen.
    taken: AtomicUsize,
    cut: AtomicBool,
    /// The session waits for room: tell it when what is on its way was handed on.
    wanted: AtomicBool,
}

impl Flow {
    /// The socket handed a counted frame on.
    pub fn take(&self, bytes: usize) {
        self.frames.fetch_sub(1, Ordering::Relaxed);
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
        self.taken.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether the session is to be told now that there is room.
    pub fn has_room_wanted(&self) -> bool {
        self.frames.load(Ordering::Relaxed) * 2 <= DATA_ROOM_FRAMES && self.wanted.swap(false, Ordering::Relaxed)
    }

    /// The session gave this socket up: whatever still arrives there is for nobody.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }
}

/// Shuts a connection down from outside, even while nobody polls it.
pub trait Shut: Send + Sync + 'static {
    fn shut(&self);
}

/// A session's end of one socket. Dropping it hangs up, so that a session that
/// panicked leaves no client talking to nobody.
pub struct Link<S: Side> {
    pub socket: SocketId,
    to: Recipient<Outgoing<S>>,
    flow: Arc<Flow>,
    shut: Option<Arc<dyn Shut>>,
    /// When `taken` was last seen to move, or nothing was on its way.
    moved: (usize, Instant),
    /// Spreads the clients' return.
    jitter: u32,
    hung_up: bool,
}

/// The socket cannot be written to any more; forget it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone;

impl<S: Side> Link<S> {
    /// `jitter` is any number, different for each socket.
    pub fn new<A>(socket: SocketId, to: &Addr<A>, flow: Arc<Flow>, shut: Option<Arc<dyn Shut>>, jitter: u32) -> Self
    where
        A: Actor + Handler<Outgoing<S>>,
        A::Context: ToEnvelope<A, Outgoing<S>>,
    {
        let moved = (0, Instant::now());
        Self { socket, to: to.clone().recipient(), flow, shut, moved, jitter, hung_up: false }
    }

    /// # Errors
    /// The socket's mailbox is closed or full: it never saw its session.
    pub fn seat(&self, session: Addr<S::Session>) -> Result<(), Gone> {
        self.to.try_send(Outgoing::Seated(session)).map_err(|_| Gone)
    }

    /// Sends a live frame, encoded before and shared with others.
    ///
    /// # Errors
    /// At the bound the socket is cut; its client comes back and resumes by number.
    pub fn send(&mut self, text: ByteString) -> Result<(), Gone> {
        self.count(text.len())?;
        match self.to.try_send(Outgoing::Frame { text, counted: true }) {
            Ok(()) => Ok(()),
            Err(_) => self.cut(),
        }
    }

    fn count(&mut self, bytes: usize) -> Result<(), Gone> {
        let frames = self.flow.frames.load(Ordering::Relaxed) + 1;
        let on_the_way = self.flow.bytes.load(Ordering::Relaxed) + bytes;
        if frames > S::OUTGOING_MAX || on_the_way > S::OUTGOING_BYTES_MAX {
            return self.cut();
        }
        self.flow.frames.fetch_add(1, Ordering::Relaxed);
        self.flow.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }

    /// Sends something of which only the last matters; dropped when there is no room.
    pub fn send_ephemeral(&mut self, text: ByteString) {
        let busy = self.flow.frames.load(Ordering::Relaxed) * 2 > S::OUTGOING_MAX;
        if !busy {
            let _ = self.send(text);
        }
    }

    /// Sends a chunk: one at a time, on the client's demand, so it counts against nothing.
    ///
    /// # Errors
    /// As [`Link::send`].
    pub fn send_chunk(&mut self, text: ByteString) -> Result<(), Gone> {
        match self.to.try_send(Outgoing::Frame { text, counted: false }) {
            Ok(()) => Ok(()),
            Err(_) => self.cut(),
        }
    }

    /// Bytes on their way.
    #[must_use]
    pub fn bytes_on_the_way(&self) -> usize {
        self.flow.bytes.load(Ordering::Relaxed)
    }

    /// Frames on their way.
    #[must_use]
    pub fn frames_on_the_way(&self) -> usize {
        self.flow.frames.load(Ordering::Relaxed)
    }

    /// Asks the socket to say when there is room again.
    pub fn want_room(&self) {
        self.flow.wanted.store(true, Ordering::Relaxed);
    }

    /// Sends a binary frame.
    ///
    /// # Errors
    /// As [`Link::send`].
    pub fn send_data(&mut self, bytes: Bytes) -> Result<(), Gone> {
        self.count(bytes.len())?;
        match self.to.try_send(Outgoing::Data(bytes)) {
            Ok(()) => Ok(()),
            Err(_) => self.cut(),
        }
    }

    /// Cuts a socket that takes nothing although something is on its way.
    ///
    /// # Errors
    /// It was cut, or is closed.
    pub fn check(&mut self, now: Instant) -> Result<(), Gone> {
        if !self.to.connected() {
            self.hung_up = true;
            return Err(Gone);
        }
        let taken = self.flow.taken.load(Ordering::Relaxed);
        if taken != self.moved.0 || self.flow.frames.load(Ordering::Relaxed) == 0 {
            self.moved = (taken, now);
        }
        if now.duration_since(self.moved.1) >= NO_PROGRESS { self.cut() } else { Ok(()) }
    }

    /// Says why and closes.
    pub fn hang_up(&mut self, reason: ClosingReason) {
        if self.hung_up {
            return;
        }
        self.hung_up = true;
        let retry_ms = match reason {
            ClosingReason::Restart => Some(self.jitter % RESTART_RETRY_MS_MAX),
            ClosingReason::TooSlow | ClosingReason::Overloaded => Some(self.jitter % OVERLOAD_RETRY_MS_MAX),
            ClosingReason::SignedOut | ClosingReason::OtherTab | ClosingReason::Refused => None,
        };
        if self.to.try_send(Outgoing::HangUp { reason, retry_ms }).is_err() {
            self.force();
        }
    }

    /// There is no room to say goodbye in.
    fn cut(&mut self) -> Result<(), Gone> {
        if !self.hung_up {
            tracing::debug!(socket.id = self.socket.0, "a socket that does not read is cut");
            self.hung_up = true;
            self.force();
        }
        Err(Gone)
    }

    fn force(&self) {
        self.flow.cut.store(true, Ordering::Relaxed);
        if let Some(shut) = &self.shut {
            shut.shut();
        }
    }
}

impl<S: Side> Drop for Link<S> {
    fn drop(&mut self) {
        self.hang_up(ClosingReason::Restart);
    }
}

/// A frame as text. Our own types always encode; should one not, the frame is an empty object.
pub fn encode<T: Serialize>(frame: &T) -> ByteString {
    match serde_json::to_string(frame) {
        Ok(text) => text.into(),
        Err(error) => {
            tracing::error!(%error, "a frame could not be encoded");
            ByteString::from_static("{}")
        }
    }
}
