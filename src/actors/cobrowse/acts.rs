//! What an agent did on the page, gathered for the log: one line for each field typed in, none for
//! moves and scrolls, at most one event a second.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::super::link::SocketId;
use crate::protocol::cobrowse::{ACT_LABEL_BYTES_MAX, ACTS_MAX, ActKind, ShareAct};

/// Orders whose outcome is awaited; the oldest is forgotten.
const PENDING_MAX: usize = 200;
/// Acts that wait for the log; it takes [`ACTS_MAX`] a second and nobody acts faster for long.
const GATHERED_MAX: usize = 500;
/// One event in so long.
pub const ACTS_EVERY: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub struct Acts {
    /// Orders forwarded: number, and the tab that gave it.
    pending: VecDeque<(u32, SocketId)>,
    gathered: VecDeque<ShareAct>,
    /// The last one said, so that a field typed in is one line however long it takes.
    last: Option<ShareAct>,
    flushed: Option<Instant>,
}

impl Acts {
    pub fn ordered(&mut self, n: u32, by: SocketId) {
        if self.pending.len() >= PENDING_MAX {
            self.pending.pop_front();
        }
        self.pending.push_back((n, by));
    }

    /// The page says what became of an order; answers which tab to tell. None: it was given no such order.
    pub fn reported(&mut self, n: u32, act: Option<&ShareAct>) -> Option<SocketId> {
        let at = self.pending.iter().position(|(pending, _)| *pending == n)?;
        let (_, by) = self.pending.remove(at)?;
        if let Some(act) = act {
            self.gather(act);
        }
        Some(by)
    }

    fn gather(&mut self, act: &ShareAct) {
        let act = ShareAct { kind: act.kind, label: label(&act.label) };
        let same_field = match act.kind {
            ActKind::Typed => self.last.as_ref() == Some(&act),
            ActKind::Pointed
            | ActKind::Clicked
            | ActKind::Chose
            | ActKind::Pressed
            | ActKind::Went
            | ActKind::Showed => false,
        };
        if same_field || self.gathered.len() >= GATHERED_MAX {
            return;
        }
        self.last = Some(act.clone());
        self.gathered.push_back(act);
    }

    /// What the log is to say now; `at_once`: before an end, however soon.
    pub fn due(&mut self, now: Instant, at_once: bool) -> Vec<ShareAct> {
        let waited = self.flushed.is_none_or(|flushed| now.duration_since(flushed) >= ACTS_EVERY);
        if self.gathered.is_empty() || !(waited || at_once) {
            return Vec::new();
        }
        self.flushed = Some(now);
        let many = self.gathered.len().min(ACTS_MAX);
        self.gathered.drain(..many).collect()
    }

    /// Another grant, another page: nothing of before is awaited.
    pub fn forget(&mut self) {
        *self = Self { flushed: self.flushed, ..Self::default() };
    }
}

/// Without control characters, cut at a character.
fn label(text: &str) -> String {
    let mut label = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        if label.len() + c.len_utf8() > ACT_LABEL_BYTES_MAX {
            break;
        }
        label.push(c);
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(kind: ActKind, label: &str) -> ShareAct {
        ShareAct { kind, label: label.to_owned() }
    }

    #[test]
    fn a_field_typed_in_is_one_line_and_only_what_was_ordered_is_kept() {
        let (now, tab) = (Instant::now(), SocketId(1));
        let mut acts = Acts::default();
        for n in 1..=6 {
            acts.ordered(n, tab);
        }
        for (n, act) in [
            (1, act(ActKind::Typed, "City")),
            (2, act(ActKind::Typed, "City")),
            (3, act(ActKind::Typed, "Street")),
            (4, act(ActKind::Clicked, "Next")),
            (9, act(ActKind::Clicked, "never ordered")),
        ] {
            acts.reported(n, Some(&act));
        }
        assert_eq!(acts.reported(5, None), Some(tab), "a move leaves no line");
        let said: Vec<String> = acts.due(now, false).into_iter().map(|act| act.label).collect();
        assert_eq!(said, ["City", "Street", "Next"]);
        acts.reported(6, Some(&act(ActKind::Clicked, &"é\u{7}".repeat(100))));
        assert!(acts.due(now, false).is_empty(), "one event a second");
        let cut = acts.due(now, true).remove(0).label;
        assert_eq!((cut.len(), cut.contains('\u{7}')), (ACT_LABEL_BYTES_MAX, false));
    }
}
