//! How far one socket got with one conversation, and what it may receive next.
//!
//! The rule of resuming in one place: read what is missing from the store in chunks, one
//! outstanding, the next on demand; then go live. Events that happen meanwhile are not
//! kept: they are in the store, and the last chunk is not the last while they are.

use crate::protocol::Event;

/// One socket's view of one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    /// The last number sent.
    sent: u64,
    /// The last number that exists, as far as this side heard.
    head: u64,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A chunk is being read.
    Reading,
    /// A chunk is out that said `more`; the client asks for the next.
    Between,
    Live,
}

/// What to do with an event that just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Send,
    /// Known already, or a chunk will bring it.
    Skip,
    /// Something is missing before it: read a chunk.
    Read,
}

impl Follower {
    /// Begins to read everything after `since`.
    #[must_use]
    pub fn resuming(since: u64) -> Self {
        Self { sent: since, head: since, step: Step::Reading }
    }

    /// Has everything up to `sent`.
    #[must_use]
    pub fn live(sent: u64) -> Self {
        Self { sent, head: sent, step: Step::Live }
    }

    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// The last number that exists, as far as heard.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.head
    }

    /// The way here was broken for a while: read what may be missing, once.
    pub fn doubt(&mut self) -> Option<u64> {
        (self.step == Step::Live).then(|| {
            self.step = Step::Reading;
            self.sent
        })
    }

    /// Something else says how many events there are; answers where to read from if some never came.
    pub fn hear_head(&mut self, head: u64) -> Option<u64> {
        let ahead = head > self.sent && head <= self.head;
        self.head = self.head.max(head);
        // The event itself is often still on its way: only a head heard twice is a hole.
        if ahead { self.doubt() } else { None }
    }

    /// The client asks for the next chunk; none = it has no reason to.
    pub fn more(&mut self) -> Option<u64> {
        (self.step == Step::Between).then(|| {
            self.step = Step::Reading;
            self.sent
        })
    }

    /// An event happened.
    pub fn hear(&mut self, seq: u64) -> Next {
        self.head = self.head.max(seq);
        match self.step {
            Step::Reading | Step::Between => Next::Skip,
            Step::Live if seq <= self.sent => Next::Skip,
            Step::Live if seq == self.sent + 1 => {
                self.sent = seq;
                Next::Send
            }
            Step::Live => {
                self.step = Step::Reading;
                Next::Read
            }
        }
    }

    /// A chunk was read; answers whether more follows it.
    pub fn chunk(&mut self, events: &[Event], more: bool) -> bool {
        if let Some(last) = events.last() {
            self.sent = self.sent.max(last.seq);
            self.head = self.head.max(last.seq);
        }
        let more = more || self.head > self.sent;
        self.step = if more { Step::Between } else { Step::Live };
        more
    }

    /// The read failed: the client may ask for the chunk again.
    pub fn failed(&mut self) {
        self.step = Step::Between;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{EventBody, Timestamp};

    fn events(numbers: std::ops::RangeInclusive<u64>) -> Vec<Event> {
        numbers.map(|seq| Event { seq, at: Timestamp::EPOCH, body: EventBody::Withheld {} }).collect()
    }

    #[test]
    fn what_happens_while_a_chunk_is_read_comes_with_another_chunk_and_never_twice() {
        let mut follower = Follower::resuming(3);
        assert_eq!(follower.hear(9), Next::Skip);
        assert!(follower.chunk(&events(4..=8), false), "9 is still missing");
        assert_eq!(follower.hear(10), Next::Skip);
        assert_eq!(follower.more(), Some(8));
        assert_eq!(follower.more(), None, "one chunk at a time");
        assert!(!follower.chunk(&events(9..=10), false));
        assert_eq!((follower.hear(10), follower.hear(11), follower.hear(11)), (Next::Skip, Next::Send, Next::Skip));
    }

    #[test]
    fn a_hole_in_live_events_is_read_from_the_store() {
        let mut follower = Follower::live(4);
        assert_eq!(follower.hear(6), Next::Read);
        assert_eq!(follower.hear(7), Next::Skip);
        assert!(!follower.chunk(&events(5..=7), false));
        assert_eq!(follower.hear(8), Next::Send);
    }

    #[test]
    fn a_chunk_that_could_not_be_read_can_be_asked_for_again() {
        let mut follower = Follower::resuming(2);
        follower.failed();
        assert_eq!(follower.more(), Some(2));
    }
}
