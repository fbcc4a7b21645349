//! What a share's session is told, and what it tells a visitor's. Each is sent with `try_send`; the
//! comment says what happens when there is no room.

use actix::prelude::*;
use bytes::Bytes;
use serde::{Deserialize, Deserializer};
use tokio::time::Instant;

use super::super::link::{Link, Side, SocketId, encode};
use super::super::ports::{Admitted, AdmittedAgent, SignInId};
use super::super::visitor::VisitorSession;
use super::CobrowseSession;
use crate::protocol::cobrowse::{PageFrame, ShareSettings, ShareStep, ToPage, ToWatcher, WatcherFrame};
use crate::protocol::frame::ClosingReason;
use crate::protocol::{AgentId, AgentRef, AskId, ConversationId, Refusal, RefusalCode, ShareId};
use crate::rules::conversation::ShareFact;
use crate::store::ShareRow;

/// Control messages on their way to a page; at the bound the socket is cut, and the page comes back.
pub const PAGE_OUTGOING_MAX: usize = 256;
pub const PAGE_OUTGOING_BYTES_MAX: usize = 256 * 1024;
/// Frames on their way to an agent's tab. The picture stops at [`super::WATCHER_BYTES_MAX`], half of it.
pub const WATCHER_OUTGOING_MAX: usize = 1024;
pub const WATCHER_OUTGOING_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Visitors' shared pages.
#[derive(Debug)]
pub struct Pages;
/// Agents' tabs of shared pages.
#[derive(Debug)]
pub struct Watchers;

/// What a page sends.
#[derive(Debug)]
pub enum FromPage {
    Said(PageFrame),
    /// A data frame, as it came.
    Shown(Bytes),
}

impl<'de> Deserialize<'de> for FromPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PageFrame::deserialize(deserializer).map(Self::Said)
    }
}

impl Side for Pages {
    type Frame = FromPage;
    type Reply = ToPage;
    type Session = CobrowseSession;
    const OUTGOING_MAX: usize = PAGE_OUTGOING_MAX;
    const OUTGOING_BYTES_MAX: usize = PAGE_OUTGOING_BYTES_MAX;

    fn closing(reason: ClosingReason, retry_ms: Option<u32>) -> ToPage {
        ToPage::Closing { reason, retry_ms }
    }
}

impl Side for Watchers {
    type Frame = WatcherFrame;
    type Reply = ToWatcher;
    type Session = CobrowseSession;
    const OUTGOING_MAX: usize = WATCHER_OUTGOING_MAX;
    const OUTGOING_BYTES_MAX: usize = WATCHER_OUTGOING_BYTES_MAX;

    fn closing(reason: ClosingReason, retry_ms: Option<u32>) -> ToWatcher {
        ToWatcher::Closing { reason, retry_ms }
    }
}

/// What a page's first frame said of its share.
#[derive(Debug, Clone)]
pub struct PageHello {
    pub share: ShareId,
    pub key: String,
    pub epoch: u32,
}

// ---------------------------------------------------------------- to the supervisor

/// A page said hello. No room: the link is dropped, which tells the socket to come back.
#[derive(Message)]
#[rtype(result = "()")]
pub struct ArrivePage {
    pub admitted: Admitted,
    pub hello: PageHello,
    pub link: Link<Pages>,
}

/// An agent's tab said hello. No room: as for a page.
#[derive(Message)]
#[rtype(result = "()")]
pub struct ArriveWatcher {
    pub admitted: AdmittedAgent,
    pub conversation: ConversationId,
    pub link: Link<Watchers>,
}

impl ArrivePage {
    /// There is no such share, or it is over, or somebody else's.
    pub fn turn_away(mut self) {
        let refusal = Refusal::from(RefusalCode::NotShared);
        let _ = self.link.send(encode(&ToPage::Fault { refusal }));
        self.link.hang_up(ClosingReason::Refused);
    }
}

impl ArriveWatcher {
    /// What is not theirs is not there.
    pub fn turn_away(mut self) {
        let refusal = Refusal::from(RefusalCode::NotFound);
        let _ = self.link.send(encode(&ToWatcher::Fault { refusal }));
        self.link.hang_up(ClosingReason::Refused);
    }
}

// ---------------------------------------------------------------- to a share's session

/// A page's socket, with the share as the store has it. No room: the link is dropped.
#[derive(Message)]
#[rtype(result = "()")]
pub struct SeatPage {
    pub hello: PageHello,
    pub row: ShareRow,
    pub link: Link<Pages>,
    pub grant: u64,
}

/// An agent's tab. No room: the link is dropped.
#[derive(Message)]
#[rtype(result = "()")]
pub struct SeatWatcher {
    pub arrival: ArriveWatcher,
    pub grant: u64,
}

/// There is room again on a tab's socket. No room for this: its tick looks again.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Room {
    pub socket: SocketId,
}

/// Where the conversation stands, and the steps that brought the share there. No room: said again by
/// the visitor's session, with all steps that were not heard.
#[derive(Debug, Clone, PartialEq, Eq, Message)]
#[rtype(result = "()")]
pub struct ShareNews {
    pub in_charge: Option<AgentRef>,
    pub lang: String,
    pub fact: Option<ShareFact>,
    pub steps: Vec<(ShareId, ShareStep)>,
}

/// What the visitor said in the chat. No room: the tab repeats it, or the question ends by itself.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub enum VisitorSays {
    Answer { socket: SocketId, ask: AskId, granted: bool },
    Stop { share: ShareId },
}

/// What became of something that the log was to say. No room: what was to be lowered is said again.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct ShareWritten {
    pub ticket: u64,
    pub outcome: Result<u64, Refusal>,
}

/// The visitor's session lives at another address. No room: the supervisor tries again.
#[derive(Message)]
#[rtype(result = "()")]
pub struct GiveVisitor(pub Addr<VisitorSession>);

/// An agent signed out or was disabled: their tabs end. No room: the supervisor tries again.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct EndWatcher {
    pub agent: AgentId,
    /// None: all of them.
    pub sign_in: Option<SignInId>,
    pub reason: ClosingReason,
}

// ---------------------------------------------------------------- to a visitor's session

/// The session of the share of that conversation. Answered by [`ShareNews`]. No room: tried again.
#[derive(Clone, Message)]
#[rtype(result = "()")]
pub struct AttachShare {
    pub conversation: ConversationId,
    pub to: Addr<CobrowseSession>,
}

/// Ask the visitor in every tab, until it ends. No room: the question ends by itself.
#[derive(Debug, Clone, Message)]
#[rtype(result = "()")]
pub struct PutQuestion {
    pub ask: AskId,
    pub agent: AgentRef,
    pub until: Instant,
    pub settings: ShareSettings,
}

/// The question is over; the tab that agreed is told by [`OpenShare`]. No room: it times out there.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct EndQuestion {
    pub ask: AskId,
    pub agreed: Option<SocketId>,
}

/// The consent is stored: the tab that gave it may open the share's socket. No room: the share ends by itself.
#[derive(Debug, Clone, Message)]
#[rtype(result = "()")]
pub struct OpenShare {
    pub socket: SocketId,
    pub ask: AskId,
    pub share: ShareId,
    pub key: String,
}
