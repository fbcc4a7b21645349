//! What the actors say to each other. Each is sent with `try_send`; the comment says what
//! happens when there is no room.

use std::sync::Arc;

use actix::prelude::*;
use bytestring::ByteString;
use tokio::time::Instant;

use super::agent::AgentSession;
use super::link::{Agents, Link, SocketId, Visitors};
use super::order::Order;
use super::ports::{Admitted, AdmittedAgent, SignInId};
use super::visitor::VisitorSession;
use crate::protocol::frame::ClosingReason;
use crate::protocol::session::Presence;
use crate::protocol::suggestion::OnPage;
use crate::protocol::{AgentId, AgentRef, CommandId, ConversationId, Refusal, SiteId, Timestamp, VisitorId};

/// Names a visitor's session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VisitorKey {
    pub site: SiteId,
    pub visitor: VisitorId,
}

// ---------------------------------------------------------------- to the supervisor

/// A visitor's socket said hello. No room: the link is dropped, which tells the socket to come back.
#[derive(Message)]
#[rtype(result = "()")]
pub struct ArriveVisitor {
    pub admitted: Admitted,
    pub lang: String,
    /// What the browser says of itself, in words.
    pub device: String,
    pub link: Link<Visitors>,
}

/// An agent's socket said hello. No room: as for a visitor.
#[derive(Message)]
#[rtype(result = "()")]
pub struct ArriveAgent {
    pub admitted: AdmittedAgent,
    pub link: Link<Agents>,
}

/// An agent's session wants to be in a conversation. No room: it refuses `try_later`.
#[derive(Message)]
#[rtype(result = "()")]
pub struct AskRoute {
    pub agent: AgentRef,
    pub sites: Vec<SiteId>,
    pub conversation: ConversationId,
    pub from: Addr<AgentSession>,
}

/// Nobody of this agent's tabs has the conversation open. No room: it stays joined, which costs a message each.
#[derive(Message)]
#[rtype(result = "()")]
pub struct LeaveRoute {
    pub agent: AgentId,
    pub conversation: ConversationId,
}

/// Stage, party in charge or offer of a conversation changed. No room: said again at the session's next tick.
#[derive(Debug, Clone, Message)]
#[rtype(result = "()")]
pub struct Moved {
    pub conversation: ConversationId,
    pub key: VisitorKey,
    pub standing: Standing,
}

/// What the route table and the line need to know of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    WithBot,
    Waiting { first: bool, since: Timestamp, message_left: bool },
    With { agent: AgentRef, offered_to: Option<AgentId> },
    Closed,
}

/// What an agent says of themselves, or that they came or went. No room: said again at the session's next tick.
#[derive(Debug, Clone, PartialEq, Eq, Message)]
#[rtype(result = "()")]
pub struct Stand {
    pub agent: AgentRef,
    pub presence: Presence,
    /// Without a connection since then; none while there is one, or was a moment ago.
    pub offline_since: Option<Instant>,
    /// Signed out everywhere or disabled: what they hold goes back at once.
    pub ended: bool,
    /// The sites that they serve: what they hold elsewhere goes back.
    pub sites: Vec<SiteId>,
    pub duty: Vec<SiteId>,
}

/// A session has nothing left to do. No room: it asks again at its next tick.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Retire {
    pub who: Who,
    /// Seats and routes that the supervisor gave to this session, as far as it saw. A larger count there
    /// means that somebody is on their way: it stays.
    pub grants: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Visitor(VisitorKey),
    Agent(AgentId),
    /// The shared page of a conversation.
    Share(ConversationId),
}

/// A session is gone that did not retire: it panicked. By death notice.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Died {
    pub who: Who,
    /// Which of its lives: a late notice of an earlier one says nothing of the present.
    pub life: u64,
}

// ---------------------------------------------------------------- to a visitor's session

/// One more socket. No room: the link is dropped, which tells the socket to come back.
#[derive(Message)]
#[rtype(result = "()")]
pub struct SeatVisitor {
    pub arrival: ArriveVisitor,
    pub grant: u64,
}

/// The supervisor's route: this agent's session is in the conversation. No room: the supervisor tries
/// again at its next tick.
#[derive(Clone, Message)]
#[rtype(result = "()")]
pub struct Join {
    pub agent: AgentRef,
    pub conversation: ConversationId,
    pub to: Addr<AgentSession>,
    pub grant: u64,
}

/// The agent's session is in it no more. No room: it receives what it has no use for.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Part {
    pub agent: AgentId,
    pub conversation: ConversationId,
}

/// A command, by a cached route. No room: the sender is told `try_later`.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Carry(pub Order);

/// Typing and reading of an agent in the conversation. No room: dropped.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct FromAgent {
    pub agent: AgentId,
    pub conversation: ConversationId,
    pub sign: Sign,
}

#[derive(Debug, Clone, Copy)]
pub enum Sign {
    Typing(bool),
    Mark { delivered: u64, read: u64 },
}

/// What does the visitor have before them? None when that is not their open conversation, or they are away.
/// No room: nothing is known.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "Option<OnPage>")]
pub struct AskPage(pub ConversationId);

/// Presence, line or bot of the site changed: look at the board again. No room: it looks at its next tick.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct LookUp;

/// Come alive and arm what the stored conversation asks for. Needs no room: it is the first message.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Wake;

// ---------------------------------------------------------------- to an agent's session

/// One more tab. No room: as for a visitor.
#[derive(Message)]
#[rtype(result = "()")]
pub struct SeatAgent {
    pub arrival: ArriveAgent,
    pub grant: u64,
}

/// The answer to [`AskRoute`], or a better one: the visitor's session was started anew, or the agent came
/// into the conversation by a take or a transfer. No room: commands on the old route fail and ask again.
#[derive(Message)]
#[rtype(result = "()")]
pub struct RouteGiven {
    pub conversation: ConversationId,
    pub route: Result<(SiteId, Addr<VisitorSession>), Refusal>,
}

/// A colleague is in charge now: nothing more of this conversation comes here. No room: the visitor's
/// session has dropped the route already.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct RouteTaken {
    pub conversation: ConversationId,
}

/// Events of a conversation, after their commit. No room: the next event or row shows the hole.
#[derive(Debug, Clone, Message)]
#[rtype(result = "()")]
pub struct Told {
    pub conversation: ConversationId,
    /// Number and frame, encoded once for everybody.
    pub events: Arc<[(u64, ByteString)]>,
}

/// Typing, marks, page visits. No room: dropped.
#[derive(Debug, Clone, Message)]
#[rtype(result = "()")]
pub struct Signed {
    pub conversation: ConversationId,
    pub text: ByteString,
}

/// What became of a command. No room: the client repeats it and gets the same answer.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Answered {
    pub socket: SocketId,
    pub id: CommandId,
    pub conversation: ConversationId,
    pub outcome: Result<u64, Refusal>,
}

/// Name or sites changed. No room: the supervisor tries again at its next tick.
#[derive(Debug, Clone, Message)]
#[rtype(result = "()")]
pub struct Renew(pub AdmittedAgent);

/// One browser of the agent signed out: its sockets end, the others stay. No room: tried again.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct EndSignIn(pub SignInId);

// ---------------------------------------------------------------- to every session

/// Close all sockets and say why; the answer comes when everything before it is done.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct HangUp(pub ClosingReason);

/// The supervisor has forgotten this session: stop. Its mailbox is empty of anything that matters.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct Retired;
