//! The route table: which sessions are in which conversation. Data only.

use std::collections::{HashMap, HashSet};

use super::super::messages::{Standing, VisitorKey};
use crate::protocol::{AgentId, ConversationId, SiteId};

/// One conversation that somebody is in, or that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: VisitorKey,
    pub standing: Standing,
    /// Whose sessions get its events.
    pub joined: HashSet<AgentId>,
}

impl Entry {
    pub fn in_charge(&self) -> Option<AgentId> {
        match &self.standing {
            Standing::With { agent, .. } => Some(agent.id),
            Standing::WithBot | Standing::Waiting { .. } | Standing::Closed => None,
        }
    }

    fn offered_to(&self) -> Option<AgentId> {
        match &self.standing {
            Standing::With { offered_to, .. } => *offered_to,
            Standing::WithBot | Standing::Waiting { .. } | Standing::Closed => None,
        }
    }
}

/// How routes change with a conversation's standing.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// In charge now, and not before.
    pub joins: Option<AgentId>,
    /// In charge before, and not now.
    pub parts: Option<AgentId>,
}

#[derive(Debug, Default)]
pub struct RouteTable {
    entries: HashMap<ConversationId, Entry>,
}

impl RouteTable {
    pub fn get(&self, conversation: ConversationId) -> Option<&Entry> {
        self.entries.get(&conversation)
    }

    /// Notes where a conversation stands now. Whoever loses it leaves it, whoever gets it is in it.
    pub fn stands(&mut self, conversation: ConversationId, key: VisitorKey, standing: Standing) -> Change {
        let fresh = || Entry { key, standing: Standing::WithBot, joined: HashSet::new() };
        let entry = self.entries.entry(conversation).or_insert_with(fresh);
        let before = entry.in_charge();
        let closed = standing == Standing::Closed;
        entry.standing = standing;
        let now = entry.in_charge();
        let mut change = Change::default();
        if before != now {
            // Whoever closed it may go on reading it.
            change.parts = before.filter(|_| !closed);
            change.joins = now;
        }
        if let Some(agent) = change.parts {
            entry.joined.remove(&agent);
        }
        if let Some(agent) = change.joins {
            entry.joined.insert(agent);
        }
        self.drop_if_done(conversation);
        change
    }

    pub fn join(&mut self, conversation: ConversationId, key: VisitorKey, agent: AgentId) {
        let fresh = || Entry { key, standing: Standing::Closed, joined: HashSet::new() };
        self.entries.entry(conversation).or_insert_with(fresh).joined.insert(agent);
    }

    /// No tab of theirs reads it. False: they are in charge, and whoever is in charge stays in it. The route
    /// that a take gives crosses the leaving of a session that took without reading yet.
    pub fn leave(&mut self, conversation: ConversationId, agent: AgentId) -> bool {
        if self.get(conversation).is_none_or(|entry| entry.in_charge() == Some(agent)) {
            return false;
        }
        self.drop_out(conversation, agent);
        true
    }

    fn drop_out(&mut self, conversation: ConversationId, agent: AgentId) {
        if let Some(entry) = self.entries.get_mut(&conversation) {
            entry.joined.remove(&agent);
        }
        self.drop_if_done(conversation);
    }

    /// An agent's session is gone: it is in nothing any more.
    pub fn leave_all(&mut self, agent: AgentId) {
        let in_it: Vec<ConversationId> = self.of(|entry| entry.joined.contains(&agent));
        for conversation in in_it {
            self.drop_out(conversation, agent);
        }
    }

    /// Nobody is in it and it waits for nobody: it is found in the store when needed.
    fn drop_if_done(&mut self, conversation: ConversationId) {
        let done = self.entries.get(&conversation).is_some_and(|entry| {
            let idle = match entry.standing {
                Standing::WithBot | Standing::Closed => true,
                Standing::Waiting { .. } | Standing::With { .. } => false,
            };
            idle && entry.joined.is_empty()
        });
        if done {
            self.entries.remove(&conversation);
        }
    }

    fn of(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<ConversationId> {
        self.entries.iter().filter(|(_, entry)| wanted(entry)).map(|(conversation, _)| *conversation).collect()
    }

    pub fn of_visitor(&self, key: VisitorKey) -> Vec<ConversationId> {
        self.of(|entry| entry.key == key)
    }

    pub fn in_charge_of(&self, agent: AgentId) -> Vec<ConversationId> {
        self.of(|entry| entry.in_charge() == Some(agent))
    }

    pub fn offered_to(&self, agent: AgentId) -> Vec<ConversationId> {
        self.of(|entry| entry.offered_to() == Some(agent))
    }

    /// Visitors of a site who wait, for news of the line.
    pub fn waiting_on(&self, site: SiteId) -> Vec<VisitorKey> {
        let waits = |entry: &&Entry| {
            entry.key.site == site
                && match entry.standing {
                    Standing::Waiting { .. } => true,
                    Standing::WithBot | Standing::With { .. } | Standing::Closed => false,
                }
        };
        self.entries.values().filter(waits).map(|entry| entry.key).collect()
    }

    /// Agents who have something in charge.
    pub fn agents_in_charge(&self) -> HashSet<AgentId> {
        self.entries.values().filter_map(Entry::in_charge).collect()
    }

    pub fn load(&self, agent: AgentId) -> u32 {
        u32::try_from(self.in_charge_of(agent).len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::protocol::{AgentRef, Timestamp, VisitorId};

    fn agent(n: u128) -> AgentId {
        AgentId(Uuid::from_u128(n))
    }

    fn with(n: u128) -> Standing {
        Standing::With { agent: AgentRef { id: agent(n), first_name: format!("A{n}") }, offered_to: None }
    }

    #[test]
    fn a_transfer_takes_the_giver_out_and_brings_the_taker_in() {
        let conversation = ConversationId(Uuid::from_u128(1));
        let key = VisitorKey { site: SiteId(Uuid::from_u128(2)), visitor: VisitorId(Uuid::from_u128(3)) };
        let waiting = Standing::Waiting { first: false, since: Timestamp::EPOCH, message_left: false };
        let mut table = RouteTable::default();

        assert_eq!(table.stands(conversation, key, waiting), Change::default());
        table.join(conversation, key, agent(9));
        assert_eq!(table.stands(conversation, key, with(1)), Change { joins: Some(agent(1)), parts: None });
        let change = table.stands(conversation, key, with(2));
        assert_eq!(change, Change { joins: Some(agent(2)), parts: Some(agent(1)) });
        assert_eq!(table.get(conversation).unwrap().joined, [agent(2), agent(9)].into());
        assert_eq!((table.load(agent(1)), table.load(agent(2))), (0, 1));

        table.leave(conversation, agent(9));
        assert_eq!(table.stands(conversation, key, Standing::Closed), Change { joins: None, parts: None });
        assert!(table.get(conversation).is_some(), "its agent still reads it");
        table.leave_all(agent(2));
        assert!(table.get(conversation).is_none());
    }

    #[test]
    fn whoever_is_in_charge_stays_in_it_though_no_tab_reads_it_yet() {
        let conversation = ConversationId(Uuid::from_u128(1));
        let key = VisitorKey { site: SiteId(Uuid::from_u128(2)), visitor: VisitorId(Uuid::from_u128(3)) };
        let mut table = RouteTable::default();
        table.join(conversation, key, agent(1));
        table.stands(conversation, key, with(1));

        assert!(!table.leave(conversation, agent(1)));

        assert_eq!(table.get(conversation).unwrap().joined, [agent(1)].into());
        table.stands(conversation, key, Standing::Closed);
        assert!(table.leave(conversation, agent(1)), "closed, it may be left");
    }
}
