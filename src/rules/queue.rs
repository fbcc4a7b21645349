//! The line of a site: who waits for a person, in which order.
//!
//! A place counts those who wait for somebody to come; a message left waits for an
//! answer, not in the line. Pure: which conversations wait is told, never looked up.

use std::cmp::Ordering;

use crate::protocol::{ConversationId, Timestamp};

/// One conversation in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    conversation: ConversationId,
    /// Its agent vanished: before all others.
    first: bool,
    since: Timestamp,
}

impl Entry {
    fn order(&self, other: &Self) -> Ordering {
        let by_first = other.first.cmp(&self.first);
        // The id only makes two of the same millisecond stand in one order for everybody.
        by_first.then(self.since.cmp(&other.since)).then(self.conversation.cmp(&other.conversation))
    }
}

/// Longest wait first, after those whose agent vanished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaitingLine {
    entries: Vec<Entry>,
}

impl WaitingLine {
    /// Enters, or moves to another place.
    pub fn enter(&mut self, conversation: ConversationId, first: bool, since: Timestamp) {
        self.leave(conversation);
        let entry = Entry { conversation, first, since };
        let at = self.entries.partition_point(|other| other.order(&entry) == Ordering::Less);
        self.entries.insert(at, entry);
    }

    pub fn leave(&mut self, conversation: ConversationId) {
        self.entries.retain(|entry| entry.conversation != conversation);
    }

    /// From 1; none = does not wait.
    #[must_use]
    pub fn place(&self, conversation: ConversationId) -> Option<u32> {
        let at = self.entries.iter().position(|entry| entry.conversation == conversation)?;
        u32::try_from(at + 1).ok()
    }

    /// The place that somebody would get who entered now.
    #[must_use]
    pub fn next_place(&self) -> u32 {
        u32::try_from(self.entries.len() + 1).unwrap_or(u32::MAX)
    }

    /// In their order.
    pub fn conversations(&self) -> impl Iterator<Item = ConversationId> {
        self.entries.iter().map(|entry| entry.conversation)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn conversation(n: u128) -> ConversationId {
        ConversationId(Uuid::from_u128(n))
    }

    #[test]
    fn whoever_waits_longest_is_next_but_for_those_whose_agent_vanished() {
        let mut line = WaitingLine::default();
        assert_eq!(line.next_place(), 1);
        for (n, first, since) in [(1, false, 30), (2, false, 10), (3, true, 50), (4, true, 40), (5, false, 30)] {
            line.enter(conversation(n), first, Timestamp::from_millis(since));
        }
        let places: Vec<_> = (1..=5).map(|n| line.place(conversation(n))).collect();
        assert_eq!(places, [Some(4), Some(3), Some(2), Some(1), Some(5)]);
        line.leave(conversation(4));
        line.enter(conversation(3), false, Timestamp::from_millis(50));
        assert_eq!(line.conversations().collect::<Vec<_>>(), [2, 1, 5, 3].map(conversation));
        assert_eq!((line.place(conversation(4)), line.next_place()), (None, 5));
    }
}
