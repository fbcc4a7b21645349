//! A visitor's session: the one gate to that visitor's conversation.
//!
//! Commands of the visitor's tabs and of agents pass through it one at a time. While one
//! is being written the actor waits (`ctx.wait`), so that its mailbox is the bounded queue
//! of the others; then it acknowledges, tells the events along its routes, and lets the bot
//! answer. What it holds is a cache of the store: after a panic its parent starts another.
//!
//! Here: what it is and how long it lives. [`work`] carries a command out with what [`lookups`] finds, [`bot_turn`] is
//! the bot's part, [`frames`] what sockets ask, [`tell`] who hears of it, [`signs`] typing,
//! reading and pages, [`timers`] what comes back by itself.

mod bot_turn;
mod frames;
mod lookups;
mod pages;
mod sharing;
mod signs;
mod tell;
mod timers;
mod work;

pub use self::frames::{CHUNK_BYTES_MAX, OPEN_EVENTS_MAX};

use std::collections::HashMap;

use actix::prelude::*;
use tokio::time::Instant;

use self::bot_turn::{Start, input_of};
use self::sharing::Sharing;
use self::timers::Timers;
use self::work::{Done, Held, Opener, Trouble, Worker};
use super::around::Around;
use super::cobrowse::messages::ShareWritten;
use super::follow::Follower;
use super::link::{Link, SocketId, Visitors};
use super::messages::{Answered, Carry, Died, HangUp, Join, Part, Retired, Standing, VisitorKey, Wake, Who};
use super::notice::DeathNotice;
use super::order::{Order, Sender};
use crate::protocol::frame::{ClosingReason, ToVisitor};
use crate::protocol::suggestion::OnPage;
use crate::protocol::{AgentId, ConversationId, Refusal, VisitorCommand};
use crate::rules::bot::Input;
use crate::rules::conversation::{Command, Phase};

/// Messages that wait while a command is written; the next one is refused `try_later`.
pub const VISITOR_MAILBOX_MAX: usize = 128;
/// Tabs of one visitor; one more closes the oldest.
pub const VISITOR_SOCKETS_MAX: usize = 8;

/// One tab.
struct Seat {
    link: Link<Visitors>,
    lang: String,
    device: String,
    test: bool,
    /// The conversation whose events go there.
    follows: Option<(ConversationId, Follower)>,
    /// The first words that this tab shows.
    start: Option<Start>,
}

/// An agent's session in the conversation: a route, given by the supervisor.
struct Joined {
    conversation: ConversationId,
    to: Addr<super::agent::AgentSession>,
}

pub struct VisitorSession {
    key: VisitorKey,
    around: Around,
    /// How often the supervisor has handed the address out, as far as seen here.
    grants: u64,
    seats: Vec<Seat>,
    joined: HashMap<AgentId, Joined>,
    held: Held,
    /// Set until the visitor's row is written.
    unsettled: Option<[u8; 32]>,
    /// What the supervisor was told last of the held conversation.
    standing_told: Option<(ConversationId, Standing)>,
    reachable_told: bool,
    place_told: u32,
    /// What the visitor has before them, as one of their tabs said last; gone with that tab.
    on_page: Option<(SocketId, OnPage)>,
    /// When the last socket went; none while there is one.
    empty_since: Option<Instant>,
    online_told: bool,
    timers: Timers,
    /// The session of the page that is, or may be, shared.
    sharing: Option<Sharing>,
    notice: DeathNotice<Died>,
}

impl VisitorSession {
    /// `life` tells this session from earlier ones of the same visitor.
    pub fn start_in(arbiter: &ArbiterHandle, key: VisitorKey, around: Around, life: u64) -> Addr<Self> {
        Self::start_in_arbiter(arbiter, move |ctx| {
            ctx.set_mailbox_capacity(VISITOR_MAILBOX_MAX);
            let died = Died { who: Who::Visitor(key), life };
            Self {
                key,
                on_page: None,
                notice: DeathNotice::new(&around.supervisor, died),
                around,
                grants: 0,
                seats: Vec::new(),
                joined: HashMap::new(),
                held: Held::Unread,
                unsettled: None,
                standing_told: None,
                reachable_told: false,
                place_told: 0,
                empty_since: Some(Instant::now()),
                online_told: false,
                timers: Timers::default(),
                sharing: None,
            }
        })
    }

    fn worker(&self) -> Worker {
        Worker { around: self.around.clone(), key: self.key }
    }

    fn seat(&mut self, socket: SocketId) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.link.socket == socket)
    }

    /// Says something to one tab; a tab that cannot be written to is forgotten.
    fn say(&mut self, socket: SocketId, frame: &ToVisitor) {
        let text = super::link::encode(frame);
        let gone = self.seat(socket).is_some_and(|seat| seat.link.send(text).is_err());
        if gone {
            self.forget(socket);
        }
    }

    fn forget(&mut self, socket: SocketId) {
        self.seats.retain(|seat| seat.link.socket != socket);
        if self.on_page.as_ref().is_some_and(|(said_by, _)| *said_by == socket) {
            self.on_page = None;
        }
        if self.seats.is_empty() && self.empty_since.is_none() {
            self.empty_since = Some(Instant::now());
        }
    }

    /// Carries one command out. Nothing else is handled until it is answered.
    fn carry(&mut self, order: Order, ctx: &mut Context<Self>) {
        let opener = self.opener(&order);
        let held = std::mem::take(&mut self.held);
        let carried = self.worker().carry_out(held, order, opener);
        ctx.wait(carried.into_actor(self).map(|(held, order, outcome), this, ctx| {
            this.held = held;
            this.carried(order, outcome, ctx);
        }));
    }

    fn opener(&self, order: &Order) -> Opener {
        let seat = match &order.sender {
            Sender::Visitor { socket, .. } => self.seats.iter().find(|seat| seat.link.socket == *socket),
            Sender::Agent { .. } | Sender::Share { .. } | Sender::Server => None,
        };
        let Some(seat) = seat else { return Opener::default() };
        let (test, device, start) = (seat.test, seat.device.clone(), seat.start.clone());
        Opener { test, device, start, unsettled: self.unsettled }
    }

    fn carried(&mut self, order: Order, outcome: Result<Done, Refusal>, ctx: &mut Context<Self>) {
        let done = match outcome {
            Ok(done) => done,
            Err(refusal) => {
                self.reply(&order, Err(refusal));
                return;
            }
        };
        self.reply(&order, Ok((done.conversation, done.seq)));
        if done.began {
            self.unsettled = None;
            // The next conversation begins with what this one learned.
            for seat in &mut self.seats {
                seat.start = None;
            }
            self.began(done.conversation);
        }
        self.tell(done.conversation, &done.events, ctx);
        if let Some(seconds) = done.remind {
            self.remind_in(u64::from(seconds), ctx);
        }
        if !done.events.is_empty()
            && let Some(input) = input_of(&order.command)
        {
            self.let_bot_answer(input, ctx);
        }
    }

    fn reply(&mut self, order: &Order, outcome: Result<(ConversationId, u64), Refusal>) {
        match &order.sender {
            Sender::Visitor { socket, id } => {
                let frame = match outcome {
                    Ok((conversation, seq)) => ToVisitor::Ack { id: *id, conversation, seq },
                    Err(refusal) => ToVisitor::Refused { id: *id, refusal },
                };
                self.say(*socket, &frame);
            }
            Sender::Agent { to, socket, id, .. } => {
                let conversation = outcome.as_ref().map_or(order.conversation, |(at, _)| Some(*at));
                let Some(conversation) = conversation else { return };
                let outcome = outcome.map(|(_, seq)| seq);
                // No room: the client repeats the command and gets the same answer.
                let _ = to.try_send(Answered { socket: *socket, id: *id, conversation, outcome });
            }
            Sender::Share { to, ticket } => {
                let outcome = outcome.map(|(_, seq)| seq);
                // No room: ends are said again.
                let _ = to.try_send(ShareWritten { ticket: *ticket, outcome });
            }
            Sender::Server => {
                if let Err(refusal) = outcome {
                    tracing::debug!(%refusal, "a command of the server itself was not carried out");
                }
            }
        }
    }

    /// The bot's turn, if it or the line is in charge; a conflict leaves the input for later.
    fn let_bot_answer(&mut self, input: Input, ctx: &mut Context<Self>) {
        let Some(live) = self.held.open().cloned() else { return };
        match live.state.phase {
            Phase::Bot {} | Phase::Waiting { .. } => {}
            Phase::InProgress { .. } | Phase::Closed { .. } => return,
        }
        let conversation = live.state.id;
        let worker = self.worker();
        ctx.wait(async move { worker.bot_turn(live, input).await }.into_actor(self).map(move |turn, this, ctx| {
            match turn {
                Ok(turn) => {
                    this.held = Held::Is(Box::new(turn.live));
                    this.tell(conversation, &turn.events, ctx);
                    if let Some(seconds) = turn.remind {
                        this.remind_in(u64::from(seconds), ctx);
                    }
                }
                Err(Trouble::Conflict) => this.held = Held::Unread,
                Err(Trouble::Refused(refusal)) => {
                    tracing::warn!(%refusal, conversation.id = %conversation, "the bot's turn was not written");
                    this.held = Held::Unread;
                }
            }
        }));
    }

    /// Reads what is held, then goes on; nothing else is handled meanwhile.
    fn when_read(&mut self, ctx: &mut Context<Self>, then: impl FnOnce(&mut Self, bool, &mut Context<Self>) + 'static) {
        let (worker, held) = (self.worker(), std::mem::take(&mut self.held));
        ctx.wait(async move { worker.read(held).await }.into_actor(self).map(|read, this, ctx| {
            let known = match read {
                Ok(held) => {
                    this.held = held;
                    true
                }
                Err(error) => {
                    tracing::warn!(%error, "a visitor's conversation could not be read");
                    false
                }
            };
            then(this, known, ctx);
        }));
    }

    /// Nobody is here and nothing is due: worth nothing but memory.
    fn is_idle(&self) -> bool {
        self.seats.is_empty() && self.joined.is_empty() && !self.timers.are_armed() && !self.is_sharing()
    }
}

impl Actor for VisitorSession {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(VISITOR_MAILBOX_MAX);
        ctx.run_interval(timers::VISITOR_TICK, Self::tick);
    }
}

impl Handler<Wake> for VisitorSession {
    type Result = ();

    /// Started without a socket: arm the timers, give a lost turn its answer.
    fn handle(&mut self, _: Wake, ctx: &mut Self::Context) {
        self.when_read(ctx, |this, _, ctx| this.rearm(ctx));
    }
}

impl Handler<Carry> for VisitorSession {
    type Result = ();

    fn handle(&mut self, Carry(order): Carry, ctx: &mut Self::Context) {
        self.carry(order, ctx);
    }
}

impl Handler<Join> for VisitorSession {
    type Result = ();

    fn handle(&mut self, join: Join, _: &mut Self::Context) {
        self.grants = self.grants.max(join.grant);
        self.joined.insert(join.agent.id, Joined { conversation: join.conversation, to: join.to });
    }
}

impl Handler<Part> for VisitorSession {
    type Result = ();

    fn handle(&mut self, part: Part, _: &mut Self::Context) {
        if self.joined.get(&part.agent).is_some_and(|joined| joined.conversation == part.conversation) {
            self.joined.remove(&part.agent);
        }
    }
}

impl Handler<HangUp> for VisitorSession {
    type Result = ();

    fn handle(&mut self, HangUp(reason): HangUp, ctx: &mut Self::Context) {
        for seat in &mut self.seats {
            seat.link.hang_up(reason);
        }
        self.seats.clear();
        self.empty_since.get_or_insert_with(Instant::now);
        self.keep_marks(ctx);
    }
}

impl Handler<Retired> for VisitorSession {
    type Result = ();

    fn handle(&mut self, _: Retired, ctx: &mut Self::Context) {
        self.notice.withdraw();
        self.around.board.set_online(self.key.visitor, false);
        for seat in &mut self.seats {
            seat.link.hang_up(ClosingReason::Restart);
        }
        ctx.stop();
    }
}

/// A command of a visitor's socket as an order.
fn order_of(
    socket: SocketId,
    id: crate::protocol::CommandId,
    conversation: Option<ConversationId>,
    begin: Option<crate::protocol::Begin>,
    command: VisitorCommand,
) -> Order {
    Order { sender: Sender::Visitor { socket, id }, conversation, begin, command: Command::Visitor(command) }
}
