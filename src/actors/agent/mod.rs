//! An agent's session: all tabs of one signed-in agent.
//!
//! It decides nothing about a conversation: commands go along a route to the visitor's
//! session that owns it, events come back along it. What it keeps is what this agent looks
//! at: the sites on duty with their rows and counts, and the conversations each tab follows.
//!
//! Here: what it is and how long it lives. [`frames`] is what tabs ask, [`routes`] the way
//! to conversations and back, [`reading`] transcripts in chunks, [`lists`] rows and counts.

mod frames;
mod lists;
mod reading;
mod routes;

use std::collections::HashMap;
use std::time::Duration;

use actix::prelude::*;
use bytestring::ByteString;
use tokio::time::Instant;

use self::lists::Lists;
use self::routes::{Pending, Route};
use super::around::Around;
use super::follow::Follower;
use super::link::{Agents, Link, SocketGone, SocketId, encode};
use super::messages::{Died, EndSignIn, HangUp, Renew, Retire, Retired, SeatAgent, Stand, Who};
use super::notice::DeathNotice;
use super::ports::{AdmittedAgent, SignInId};
use crate::protocol::frame::{ClosingReason, ToAgent};
use crate::protocol::session::Presence;
use crate::protocol::{AgentRef, ConversationId, RefusalCode, SiteId};

/// Messages from tabs and conversations that wait; beyond it tabs are told `try_later`, events show as a hole.
pub const AGENT_MAILBOX_MAX: usize = 1024;
/// Tabs of one agent; one more closes the oldest.
pub const AGENT_SOCKETS_MAX: usize = 16;
/// How often a session looks after itself.
pub const AGENT_TICK: Duration = Duration::from_secs(1);
/// Without a socket for so long the agent is offline.
pub const OFFLINE_AFTER: Duration = Duration::from_secs(10);
/// Without a socket for so long the session is dropped; the supervisor knows the rest.
const GRACE: Duration = Duration::from_secs(120);

/// One tab.
struct Tab {
    link: Link<Agents>,
    sign_in: Option<SignInId>,
    /// The welcome is the first that a tab hears; hints before it are in what it reads.
    welcomed: bool,
    follows: HashMap<ConversationId, Follower>,
}

/// What outlives a session of an agent: the supervisor keeps it.
#[derive(Debug, Clone)]
pub struct Standings {
    pub presence: Presence,
    pub duty: Vec<SiteId>,
}

pub struct AgentSession {
    agent: AgentRef,
    /// The sites that the agent serves.
    sites: Vec<SiteId>,
    /// Of those, the ones chosen.
    duty: Vec<SiteId>,
    presence: Presence,
    around: Around,
    grants: u64,
    tabs: Vec<Tab>,
    routes: HashMap<ConversationId, Route>,
    /// Commands on their way: who is told what became of them.
    pending: Pending,
    lists: Lists,
    empty_since: Option<Instant>,
    /// Signed out everywhere or disabled.
    ended: bool,
    /// What the supervisor has heard last.
    told: Option<Stand>,
    notice: DeathNotice<Died>,
}

impl AgentSession {
    pub fn start_in(
        arbiter: &ArbiterHandle,
        admitted: AdmittedAgent,
        standings: Standings,
        around: Around,
        life: u64,
    ) -> Addr<Self> {
        Self::start_in_arbiter(arbiter, move |ctx| {
            ctx.set_mailbox_capacity(AGENT_MAILBOX_MAX);
            let AdmittedAgent { agent, sites, sign_in: _ } = admitted;
            let died = Died { who: Who::Agent(agent.id), life };
            let duty = standings.duty.into_iter().filter(|site| sites.contains(site)).collect();
            Self {
                notice: DeathNotice::new(&around.supervisor, died),
                agent,
                sites,
                duty,
                presence: standings.presence,
                around,
                grants: 0,
                tabs: Vec::new(),
                routes: HashMap::new(),
                pending: Pending::default(),
                lists: Lists::default(),
                empty_since: Some(Instant::now()),
                ended: false,
                told: None,
            }
        })
    }

    fn tab(&mut self, socket: SocketId) -> Option<&mut Tab> {
        self.tabs.iter_mut().find(|tab| tab.link.socket == socket)
    }

    /// Says something to one tab; a tab that cannot be written to is forgotten.
    fn say(&mut self, socket: SocketId, frame: &ToAgent) {
        let text = encode(frame);
        let gone = self.tab(socket).is_some_and(|tab| tab.link.send(text).is_err());
        if gone {
            self.forget(socket);
        }
    }

    fn say_to_all(&mut self, text: &ByteString) {
        let mut gone = Vec::new();
        for tab in self.tabs.iter_mut().filter(|tab| tab.welcomed) {
            if tab.link.send(text.clone()).is_err() {
                gone.push(tab.link.socket);
            }
        }
        for socket in gone {
            self.forget(socket);
        }
    }

    fn fault(&mut self, socket: SocketId, refusal: impl Into<crate::protocol::Refusal>) {
        self.say(socket, &ToAgent::Fault { refusal: refusal.into() });
    }

    fn forget(&mut self, socket: SocketId) {
        self.tabs.retain(|tab| tab.link.socket != socket);
        self.pending.forget(socket);
        self.leave_what_nobody_reads();
        if self.tabs.is_empty() && self.empty_since.is_none() {
            self.empty_since = Some(Instant::now());
        }
    }

    /// A tab that reloads is not gone: only after a while does it count, and then from the beginning.
    fn offline_since(&self) -> Option<Instant> {
        self.empty_since.filter(|since| self.ended || since.elapsed() >= OFFLINE_AFTER)
    }

    /// Says once more how the agent stands, if that changed or was not heard.
    fn tell_supervisor(&mut self) {
        let stand = Stand {
            agent: self.agent.clone(),
            presence: self.presence,
            offline_since: self.offline_since(),
            ended: self.ended,
            sites: self.sites.clone(),
            duty: self.duty.clone(),
        };
        if self.told.as_ref() == Some(&stand) {
            return;
        }
        if self.around.supervisor.try_send(stand.clone()).is_ok() {
            self.told = Some(stand);
        }
    }

    fn tick(&mut self, ctx: &mut Context<Self>) {
        let now = Instant::now();
        let mut gone = Vec::new();
        for tab in &mut self.tabs {
            if tab.link.check(now).is_err() {
                gone.push(tab.link.socket);
            }
        }
        for socket in gone {
            self.forget(socket);
        }
        self.tell_supervisor();
        self.refresh_counts(ctx);
        let idle = self.empty_since.is_some_and(|since| now.duration_since(since) >= GRACE);
        if idle {
            // No room: asked again at the next tick.
            let _ = self.around.supervisor.try_send(Retire { who: Who::Agent(self.agent.id), grants: self.grants });
        }
    }
}

impl Actor for AgentSession {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(AGENT_MAILBOX_MAX);
        ctx.run_interval(AGENT_TICK, Self::tick);
        self.listen(ctx);
    }
}

impl Handler<SeatAgent> for AgentSession {
    type Result = ();

    fn handle(&mut self, SeatAgent { arrival, grant }: SeatAgent, ctx: &mut Self::Context) {
        self.grants = self.grants.max(grant);
        let AdmittedAgent { agent, sites, sign_in } = arrival.admitted;
        self.renew(agent, sites, ctx);
        let link = arrival.link;
        let socket = link.socket;
        if link.seat(ctx.address()).is_err() {
            return;
        }
        while self.tabs.len() >= AGENT_SOCKETS_MAX {
            self.tabs.remove(0).link.hang_up(ClosingReason::OtherTab);
        }
        self.tabs.push(Tab { link, sign_in, welcomed: false, follows: HashMap::new() });
        self.empty_since = None;
        self.ended = false;
        self.tell_supervisor();
        self.welcome(socket, ctx);
    }
}

impl Handler<SocketGone> for AgentSession {
    type Result = ();

    fn handle(&mut self, gone: SocketGone, _: &mut Self::Context) {
        self.forget(gone.socket);
    }
}

impl Handler<Renew> for AgentSession {
    type Result = ();

    fn handle(&mut self, Renew(admitted): Renew, ctx: &mut Self::Context) {
        self.renew(admitted.agent, admitted.sites, ctx);
    }
}

impl AgentSession {
    /// Name or sites may have changed; duty and routes never go beyond the sites.
    fn renew(&mut self, agent: AgentRef, sites: Vec<SiteId>, ctx: &mut Context<Self>) {
        self.agent = agent;
        self.sites = sites;
        self.leave_other_sites();
        let duty: Vec<SiteId> = self.duty.iter().copied().filter(|site| self.sites.contains(site)).collect();
        if duty != self.duty {
            self.duty = duty;
            self.listen(ctx);
            self.lists.counts_are_stale();
        }
        self.tell_supervisor();
    }

    /// # Errors
    /// [`RefusalCode::NotFound`] for a site that is not theirs.
    fn go_on_duty(&mut self, mut sites: Vec<SiteId>, ctx: &mut Context<Self>) -> Result<(), RefusalCode> {
        sites.sort_unstable();
        sites.dedup();
        if !sites.iter().all(|site| self.sites.contains(site)) {
            return Err(RefusalCode::NotFound);
        }
        self.duty = sites;
        self.listen(ctx);
        self.tell_supervisor();
        self.lists.counts_are_stale();
        self.refresh_counts(ctx);
        Ok(())
    }
}

impl Handler<HangUp> for AgentSession {
    type Result = ();

    fn handle(&mut self, HangUp(reason): HangUp, _: &mut Self::Context) {
        for tab in &mut self.tabs {
            tab.link.hang_up(reason);
        }
        self.tabs.clear();
        match reason {
            ClosingReason::SignedOut => self.ended = true,
            ClosingReason::Restart
            | ClosingReason::TooSlow
            | ClosingReason::OtherTab
            | ClosingReason::Overloaded
            | ClosingReason::Refused => {}
        }
        self.empty_since.get_or_insert_with(Instant::now);
        self.tell_supervisor();
        self.leave_what_nobody_reads();
    }
}

impl Handler<EndSignIn> for AgentSession {
    type Result = ();

    fn handle(&mut self, EndSignIn(ended): EndSignIn, _: &mut Self::Context) {
        let mut gone = Vec::new();
        for tab in self.tabs.iter_mut().filter(|tab| tab.sign_in == Some(ended)) {
            tab.link.hang_up(ClosingReason::SignedOut);
            gone.push(tab.link.socket);
        }
        for socket in gone {
            self.forget(socket);
        }
    }
}

impl Handler<Retired> for AgentSession {
    type Result = ();

    fn handle(&mut self, _: Retired, ctx: &mut Self::Context) {
        self.notice.withdraw();
        for tab in &mut self.tabs {
            tab.link.hang_up(ClosingReason::Restart);
        }
        ctx.stop();
    }
}
