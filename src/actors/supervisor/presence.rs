//! Who could answer, who vanished, and what becomes of what they had in charge.

use std::sync::Arc;

use actix::prelude::*;
use tokio::time::Instant;

use super::super::messages::{LookUp, Stand};
use super::ChatSupervisor;
use crate::bus::Hint;
use crate::protocol::session::{AgentPresence, Presence};
use crate::protocol::{AgentId, AgentRef, SiteId};
use crate::rules::conversation::ServerCommand;

/// What is known of an agent, also without a session.
#[derive(Debug, Clone)]
pub struct Seen {
    pub agent: AgentRef,
    pub presence: Presence,
    /// The sites that they serve; none until their session said so.
    pub sites: Option<Vec<SiteId>>,
    pub duty: Vec<SiteId>,
    /// Without a connection since then; none while there is one.
    pub offline_since: Option<Instant>,
    /// Signed out everywhere or disabled: gone at once.
    pub ended: bool,
}

impl Seen {
    pub fn online(&self) -> bool {
        self.offline_since.is_none()
    }

    fn serves(&self, site: SiteId) -> bool {
        self.sites.as_ref().is_none_or(|sites| sites.contains(&site))
    }
}

impl Handler<Stand> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, stand: Stand, ctx: &mut Self::Context) {
        let Stand { agent, presence, offline_since, ended, sites, duty } = stand;
        let online = offline_since.is_none();
        let id = agent.id;
        let before = self.seen.get(&id).cloned();
        let ended = ended || !online && before.as_ref().is_some_and(|seen| seen.ended);
        let left: Vec<SiteId> = before.iter().flat_map(|seen| seen.duty.clone()).collect();
        self.seen.insert(id, Seen { agent, presence, sites: Some(sites), duty, offline_since, ended });
        self.publish_presence_on(id, &left);
        if !online {
            self.lose_offers(id, ctx);
        } else if before.is_none_or(|seen| !seen.online()) {
            self.reconnect(id, ctx);
        }
    }
}

impl ChatSupervisor {
    /// An agent holds a conversation since before the start: their absence counts from now.
    pub(super) fn held_from_before(&mut self, agent: &AgentRef) {
        let absent = || Seen {
            agent: agent.clone(),
            presence: Presence::Available,
            sites: None,
            duty: Vec::new(),
            offline_since: Some(Instant::now()),
            ended: false,
        };
        self.seen.entry(agent.id).or_insert_with(absent);
    }

    /// The session died; its tabs may be back in a moment.
    pub(super) fn went_offline(&mut self, agent: AgentId) {
        if let Some(seen) = self.seen.get_mut(&agent) {
            seen.offline_since.get_or_insert_with(Instant::now);
        }
        self.publish_presence(agent);
    }

    /// Back: in the conversations in charge again.
    fn reconnect(&mut self, agent: AgentId, ctx: &Context<Self>) {
        for conversation in self.routes.in_charge_of(agent) {
            if let Some(key) = self.routes.get(conversation).map(|entry| entry.key) {
                self.routes.join(conversation, key, agent);
                self.rejoin(key, ctx);
            }
        }
    }

    pub(super) fn publish_presence(&mut self, agent: AgentId) {
        self.publish_presence_on(agent, &[]);
    }

    /// Writes the board, tells colleagues, and visitors where somebody came or went. `left` are sites of before.
    fn publish_presence_on(&mut self, agent: AgentId, left: &[SiteId]) {
        let Some(seen) = self.seen.get(&agent) else { return };
        let presence = AgentPresence {
            agent: seen.agent.clone(),
            presence: seen.presence,
            online: seen.online(),
            load: self.routes.load(agent),
            sites: seen.duty.clone(),
        };
        let mut sites: Vec<SiteId> = seen.duty.iter().chain(left).copied().collect();
        sites.sort_unstable();
        sites.dedup();
        let reach_before: Vec<_> = sites.iter().map(|site| self.board.reach(*site)).collect();
        self.board.write().agents.insert(agent, presence.clone());
        let presence = Arc::new(presence);
        for (site, before) in sites.into_iter().zip(reach_before) {
            self.bus.publish(site, Hint::Colleague(presence.clone()));
            if self.board.reach(site) != before {
                self.tell_visitors(site);
            }
        }
    }

    /// All sessions of the site look whether somebody could answer.
    pub(super) fn tell_visitors(&self, site: SiteId) {
        for child in self.visitors.iter().filter(|(key, _)| key.site == site).map(|(_, child)| child) {
            if let Some(session) = &child.address {
                // No room: it looks at its next tick.
                let _ = session.try_send(LookUp);
            }
        }
    }

    fn lose_offers(&mut self, agent: AgentId, ctx: &Context<Self>) {
        for conversation in self.routes.offered_to(agent) {
            self.order(conversation, ServerCommand::LoseTarget { target: agent }, ctx);
        }
    }

    /// Each tick: what agents hold who have been without a connection for too long goes back to the line, and
    /// so does what they took just as its site was taken from them.
    pub(super) fn look_for_the_vanished(&mut self, ctx: &mut Context<Self>) {
        if self.draining {
            return;
        }
        for agent in self.routes.agents_in_charge() {
            let Some(seen) = self.seen.get(&agent).cloned() else { continue };
            let absent = seen.offline_since.map(|since| since.elapsed().as_secs());
            for conversation in self.routes.in_charge_of(agent) {
                let Some(site) = self.routes.get(conversation).map(|entry| entry.key.site) else { continue };
                let patience = u64::from(self.ports.sites.agent_gone_seconds(site));
                let vanished = absent.is_some_and(|absent| seen.ended || absent >= patience);
                if vanished || !seen.serves(site) {
                    // Found again at the next tick, should it not have had its effect.
                    self.order(conversation, ServerCommand::LoseAgent { agent }, ctx);
                }
            }
        }
    }
}
