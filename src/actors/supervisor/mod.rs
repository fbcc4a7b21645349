//! The parent of all sessions: starts, finds, restarts and retires them, and owns the routes.
//!
//! Messages of a conversation never pass through here. What does is rare: a socket that
//! arrives, a take or a transfer, an agent who comes or goes, a session that died. Sessions
//! keep the addresses they were given until they are given others.
//!
//! Here: sessions and their lives. [`routes`] is who is in which conversation, [`presence`]
//! who could answer and who vanished, [`table`] the data of both, [`desk_orders`] what the
//! rest of the server asks.

mod desk_orders;
mod presence;
mod routes;
mod shares;
mod table;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix::prelude::*;
use tokio::time::Instant;

pub use self::desk_orders::{AgentChanged, BotPublished, Drain, EndAgent, PageOf, SignedOut};
use self::presence::Seen;
use self::shares::Shared;
use self::table::RouteTable;
use super::agent::{AgentSession, Standings};
use super::around::Around;
use super::board::Board;
use super::cobrowse::shelf::SharedShelf;
use super::messages::{
    ArriveAgent, ArriveVisitor, Died, Retire, Retired, SeatAgent, SeatVisitor, VisitorKey, Wake, Who,
};
use super::ports::{AdmittedAgent, Ports};
use super::visitor::VisitorSession;
use crate::bus::Bus;
use crate::protocol::session::Presence;
use crate::protocol::{AgentId, ConversationId};

/// Arrivals, moves and deaths that wait; beyond it arrivals are told to come back.
pub const SUPERVISOR_MAILBOX_MAX: usize = 4096;
/// Vanished agents are looked for so often.
const SUPERVISOR_TICK: Duration = Duration::from_secs(1);
/// A session that died is started again after so long, twice as long each time.
const RESTART_FIRST: Duration = Duration::from_millis(50);
const RESTART_MAX: Duration = Duration::from_secs(30);
/// A session that lived so long since its last death has earned a fresh count.
const RESTART_FORGIVEN: Duration = Duration::from_secs(60);
/// More deaths than this in a row are an alarm.
const DEATHS_ALARM: u32 = 10;

/// One session as its parent sees it.
struct Child<A: Actor> {
    /// None while it is dead and not started again.
    address: Option<Addr<A>>,
    /// Seats and routes given to it; see [`Retire`].
    grants: u64,
    /// Tells this life from earlier ones.
    life: u64,
    deaths: u32,
    died: Option<Instant>,
}

impl<A: Actor> Child<A> {
    fn unborn() -> Self {
        Self { address: None, grants: 0, life: 0, deaths: 0, died: None }
    }

    fn grant(&mut self) -> u64 {
        self.grants += 1;
        self.grants
    }

    /// Counts a death; answers how long to wait before the next life.
    fn mourn(&mut self, now: Instant) -> Duration {
        if self.died.is_some_and(|died| now.duration_since(died) >= RESTART_FORGIVEN) {
            self.deaths = 0;
        }
        self.address = None;
        // What was given to the life that ended is gone with it.
        self.grants = 0;
        self.died = Some(now);
        self.deaths += 1;
        let doublings = self.deaths.saturating_sub(1).min(16);
        RESTART_FIRST.saturating_mul(1 << doublings).min(RESTART_MAX)
    }
}

/// Threads that sessions are spread over.
pub struct Threads {
    pub chats: Vec<ArbiterHandle>,
    pub shares: Vec<ArbiterHandle>,
}

pub struct ChatSupervisor {
    ports: Ports,
    board: Arc<Board>,
    bus: Arc<dyn Bus>,
    /// Threads that sessions are spread over, by their ids.
    arbiters: Vec<ArbiterHandle>,
    /// Threads of shared pages, apart: a picture must not hold up a message.
    share_arbiters: Vec<ArbiterHandle>,
    /// Files of shared pages.
    shelf: SharedShelf,
    visitors: HashMap<VisitorKey, Child<VisitorSession>>,
    agents: HashMap<AgentId, Child<AgentSession>>,
    shares: HashMap<ConversationId, Shared>,
    /// What is known of agents beyond their sessions.
    seen: HashMap<AgentId, Seen>,
    routes: RouteTable,
    lives: u64,
    /// Nobody is let in any more.
    draining: bool,
}

impl ChatSupervisor {
    pub fn new(ports: Ports, board: Arc<Board>, bus: Arc<dyn Bus>, threads: Threads, shelf: SharedShelf) -> Self {
        Self {
            ports,
            board,
            bus,
            arbiters: threads.chats,
            share_arbiters: threads.shares,
            shelf,
            visitors: HashMap::new(),
            agents: HashMap::new(),
            shares: HashMap::new(),
            seen: HashMap::new(),
            routes: RouteTable::default(),
            lives: 0,
            draining: false,
        }
    }

    fn around(&self, ctx: &Context<Self>) -> Around {
        Around {
            ports: self.ports.clone(),
            board: self.board.clone(),
            bus: self.bus.clone(),
            supervisor: ctx.address(),
            shelf: self.shelf.clone(),
        }
    }

    fn arbiter(&self, id: uuid::Uuid) -> Option<ArbiterHandle> {
        spread(&self.arbiters, id)
    }

    fn share_arbiter(&self, id: uuid::Uuid) -> Option<ArbiterHandle> {
        spread(&self.share_arbiters, id)
    }

    fn next_life(&mut self) -> u64 {
        self.lives += 1;
        self.lives
    }

    /// The visitor's session, started if it does not run.
    fn visitor(&mut self, key: VisitorKey, ctx: &Context<Self>) -> Option<Addr<VisitorSession>> {
        let around = self.around(ctx);
        let arbiter = self.arbiter(key.visitor.0)?;
        let life = self.next_life();
        let child = self.visitors.entry(key).or_insert_with(Child::unborn);
        if child.address.is_none() {
            child.life = life;
            child.address = Some(VisitorSession::start_in(&arbiter, key, around, life));
            self.rejoin(key, ctx);
            self.introduce(key);
        }
        self.visitors.get(&key)?.address.clone()
    }

    /// Counts a seat or a route that is about to be given to the visitor's session.
    fn grant_visitor(&mut self, key: VisitorKey) -> u64 {
        self.visitors.get_mut(&key).map_or(0, Child::grant)
    }

    /// It found no room.
    fn revoke_visitor(&mut self, key: VisitorKey) {
        if let Some(child) = self.visitors.get_mut(&key) {
            child.grants = child.grants.saturating_sub(1);
        }
    }

    fn agent(&mut self, admitted: &AdmittedAgent, ctx: &Context<Self>) -> Option<Addr<AgentSession>> {
        let around = self.around(ctx);
        let id = admitted.agent.id;
        let arbiter = self.arbiter(id.0)?;
        let life = self.next_life();
        let standings = self.seen.get(&id).map_or_else(
            || Standings { presence: Presence::Available, duty: Vec::new() },
            |seen| Standings { presence: seen.presence, duty: seen.duty.clone() },
        );
        let child = self.agents.entry(id).or_insert_with(Child::unborn);
        if child.address.is_none() {
            child.life = life;
            child.address = Some(AgentSession::start_in(&arbiter, admitted.clone(), standings, around, life));
        }
        child.address.clone()
    }

    /// At the start: the lines as the store has them, and the sessions that have something to do by themselves.
    fn remember(&mut self, ctx: &mut Context<Self>) {
        let (sites, log) = (self.ports.sites.clone(), self.ports.log.clone());
        let open = async move {
            let mut open = Vec::new();
            for site in sites.all().await? {
                open.push(log.open_of_site(site).await?);
            }
            Ok::<_, crate::store::StoreError>(open)
        };
        ctx.wait(open.into_actor(self).map(|open, this, ctx| match open {
            Ok(open) => {
                for stored in open.into_iter().flatten() {
                    this.remember_one(&stored.state, ctx);
                }
            }
            Err(error) => {
                tracing::error!(%error, "open conversations could not be read; their timers start with their visitors")
            }
        }));
    }
}

/// The last bytes of an id are random, whatever its version.
fn spread(threads: &[ArbiterHandle], id: uuid::Uuid) -> Option<ArbiterHandle> {
    let random = id.as_u128() as u64;
    let at = usize::try_from(random).unwrap_or(0).checked_rem(threads.len())?;
    threads.get(at).cloned()
}

impl Actor for ChatSupervisor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(SUPERVISOR_MAILBOX_MAX);
        self.remember(ctx);
        ctx.run_interval(SUPERVISOR_TICK, Self::look_for_the_vanished);
    }
}

impl Handler<ArriveVisitor> for ChatSupervisor {
    type Result = ();

    /// A link that finds no seat is dropped, which tells its socket to come back.
    fn handle(&mut self, arrival: ArriveVisitor, ctx: &mut Self::Context) {
        if self.draining {
            return;
        }
        let key = VisitorKey { site: arrival.admitted.site, visitor: arrival.admitted.visitor };
        if let Some(session) = self.visitor(key, ctx) {
            let grant = self.grant_visitor(key);
            if session.try_send(SeatVisitor { arrival, grant }).is_err() {
                self.revoke_visitor(key);
            }
        }
    }
}

impl Handler<ArriveAgent> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, arrival: ArriveAgent, ctx: &mut Self::Context) {
        if self.draining {
            return;
        }
        let agent = arrival.admitted.agent.id;
        if let Some(session) = self.agent(&arrival.admitted, ctx) {
            let grant = self.agents.get_mut(&agent).map_or(0, Child::grant);
            if session.try_send(SeatAgent { arrival, grant }).is_err()
                && let Some(child) = self.agents.get_mut(&agent)
            {
                child.grants = child.grants.saturating_sub(1);
            }
        }
    }
}

impl Handler<Retire> for ChatSupervisor {
    type Result = ();

    /// Forgets a session that is idle, unless somebody is on their way to it.
    fn handle(&mut self, Retire { who, grants }: Retire, _: &mut Self::Context) {
        match who {
            Who::Visitor(key) => {
                let idle = self.visitors.get(&key).filter(|child| child.grants == grants);
                let told = idle.and_then(|child| child.address.as_ref()).map(|session| session.try_send(Retired));
                if let Some(Ok(())) = told {
                    self.visitors.remove(&key);
                }
            }
            Who::Agent(agent) => {
                let idle = self.agents.get(&agent).filter(|child| child.grants == grants);
                let told = idle.and_then(|child| child.address.as_ref()).map(|session| session.try_send(Retired));
                if let Some(Ok(())) = told {
                    self.agents.remove(&agent);
                    self.routes.leave_all(agent);
                }
            }
            Who::Share(conversation) => self.retire_share(conversation, grants),
        }
    }
}

impl Handler<Died> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, Died { who, life }: Died, ctx: &mut Self::Context) {
        if self.draining {
            return;
        }
        match who {
            Who::Visitor(key) => self.visitor_died(key, life, ctx),
            Who::Agent(agent) => self.agent_died(agent, life),
            Who::Share(conversation) => self.share_died(conversation, life, ctx),
        }
    }
}

impl ChatSupervisor {
    /// Starts it again, if somebody is in its conversation; a tab's return starts it sooner.
    fn visitor_died(&mut self, key: VisitorKey, life: u64, ctx: &mut Context<Self>) {
        let Some(child) = self.visitors.get_mut(&key).filter(|child| child.life == life) else { return };
        let wait = child.mourn(Instant::now());
        alarm(child.deaths, &format!("{}", key.visitor));
        self.board.set_online(key.visitor, false);
        if self.routes.of_visitor(key).is_empty() {
            return;
        }
        ctx.run_later(wait, move |this, ctx| {
            if let Some(session) = this.visitor(key, ctx) {
                let _ = session.try_send(Wake);
            }
        });
    }

    /// Its tabs were hung up with it and come back by themselves, which starts it again.
    fn agent_died(&mut self, agent: AgentId, life: u64) {
        let Some(child) = self.agents.get_mut(&agent).filter(|child| child.life == life) else { return };
        child.mourn(Instant::now());
        alarm(child.deaths, &format!("{agent}"));
        self.routes.leave_all(agent);
        self.went_offline(agent);
    }
}

fn alarm(deaths: u32, who: &str) {
    if deaths >= DEATHS_ALARM {
        tracing::error!(session.of = who, deaths, "a session dies again and again");
    } else {
        tracing::warn!(session.of = who, deaths, "a session died and is started again from the store");
    }
}
