//! What anybody may read at any time without waiting for an actor: who is here, who waits.
//!
//! Written by the supervisor (agents, lines) and by visitors' sessions (who is online); each
//! access is a short lock and never spans a wait.

use std::collections::{HashMap, HashSet};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::protocol::session::{AgentPresence, Presence};
use crate::protocol::{AgentId, ConversationId, SiteId, VisitorId};
use crate::rules::queue::WaitingLine;

/// Who could answer a visitor of a site now. Opening hours are the bot's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// On duty for the site, with a socket, available or busy.
    pub online: u32,
    /// Those of them who are available.
    pub free: u32,
}

#[derive(Debug, Default)]
pub struct Board {
    inside: RwLock<Inside>,
}

#[derive(Debug, Default)]
pub(super) struct Inside {
    pub agents: HashMap<AgentId, AgentPresence>,
    pub lines: HashMap<SiteId, WaitingLine>,
    visitors: HashSet<VisitorId>,
}

impl Board {
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Inside> {
        self.inside.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Inside> {
        self.inside.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who could answer on this site now.
    #[must_use]
    pub fn reach(&self, site: SiteId) -> Reach {
        let inside = self.read();
        let mut reach = Reach::default();
        for agent in inside.agents.values().filter(|agent| agent.online && agent.sites.contains(&site)) {
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

    /// Where the conversation stands in its line, else the place that it would get.
    #[must_use]
    pub fn place(&self, site: SiteId, conversation: ConversationId) -> u32 {
        let inside = self.read();
        let Some(line) = inside.lines.get(&site) else { return 1 };
        line.place(conversation).unwrap_or_else(|| line.next_place())
    }

    /// The agent, if they are online and on duty for the site.
    #[must_use]
    pub fn online_agent(&self, site: SiteId, agent: AgentId) -> Option<AgentPresence> {
        let inside = self.read();
        inside.agents.get(&agent).filter(|agent| agent.online && agent.sites.contains(&site)).cloned()
    }

    /// Whether the visitor has a socket open.
    #[must_use]
    pub fn is_online(&self, visitor: VisitorId) -> bool {
        self.read().visitors.contains(&visitor)
    }

    pub(super) fn set_online(&self, visitor: VisitorId, online: bool) {
        let mut inside = self.write();
        if online {
            inside.visitors.insert(visitor);
        } else {
            inside.visitors.remove(&visitor);
        }
    }
}
