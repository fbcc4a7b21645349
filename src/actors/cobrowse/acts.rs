//! What an agent did on the page, on its way to the log: one line for each field typed in, one for each
//! thing pointed at, none for moves and scrolls.
//!
//! Each act is written as soon as the page has told it. Whoever is quicker than [`ACTS_EVERY`] for
//! longer than [`ACTS_BURST`] acts has several in one event. Nothing that was ordered is forgotten at an
//! end: what the page tells of it afterwards still is what was done.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::super::link::SocketId;
use crate::protocol::cobrowse::{ACT_LABEL_BYTES_MAX, ACTS_MAX, ActKind, RemoteAction, ShareAct};
use crate::protocol::{AgentId, ShareId};

/// Orders whose outcome is awaited; the oldest is forgotten.
const PENDING_MAX: usize = 200;
/// Acts that wait for the log; it takes [`ACTS_MAX`] a second and nobody acts faster for long.
const GATHERED_MAX: usize = 500;
/// Clicks of a pointer whose answers are awaited; more are as many.
const POINTING_MAX: u32 = 16;
/// Events written at once.
pub const ACTS_BURST: u32 = 10;
/// One more in so long.
pub const ACTS_EVERY: Duration = Duration::from_secs(1);

/// In which share, and who.
pub type Whose = (ShareId, AgentId);

/// An order that was forwarded.
#[derive(Debug)]
struct Ordered {
    n: u32,
    /// The tab that gave it.
    by: SocketId,
    /// The product that it shows.
    shows: Option<String>,
}

#[derive(Debug)]
pub struct Acts {
    /// Whose orders and acts these are.
    whose: Option<Whose>,
    /// Numbers begin anew with each grant.
    epoch: u32,
    pending: VecDeque<Ordered>,
    /// A product whose page the agent was told: its path and title.
    showing: Option<(String, String)>,
    /// Clicks of the agent's pointer that were forwarded, and of which the page has not said what they hit. The
    /// next click may overtake the word of the one before: they come on two sockets.
    pointing: u32,
    gathered: VecDeque<ShareAct>,
    /// The last one told, so that a field typed in is one line however long it takes.
    last: Option<ShareAct>,
    /// Events that may be written at once.
    left: u32,
    /// When one was earned last.
    earned: Instant,
}

impl Acts {
    pub fn new(now: Instant) -> Self {
        Self {
            whose: None,
            epoch: 0,
            pending: VecDeque::new(),
            showing: None,
            pointing: 0,
            gathered: VecDeque::new(),
            last: None,
            left: ACTS_BURST,
            earned: now,
        }
    }

    #[must_use]
    pub fn is_of(&self, whose: Whose) -> bool {
        self.whose == Some(whose)
    }

    /// Somebody else acts from here on. What was gathered of others is written before.
    pub fn begin(&mut self, whose: Whose) {
        if self.is_of(whose) {
            return;
        }
        let (left, earned) = (self.left, self.earned);
        *self = Self { whose: Some(whose), left, earned, ..Self::new(earned) };
    }

    pub fn ordered(&mut self, n: u32, epoch: u32, by: SocketId, action: &RemoteAction) {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.pending.clear();
        }
        if self.pending.len() >= PENDING_MAX {
            self.pending.pop_front();
        }
        let shows = match action {
            RemoteAction::Go { path } => self.showing.take_if(|(shown, _)| shown == path).map(|(_, title)| title),
            RemoteAction::Move { .. }
            | RemoteAction::Click { .. }
            | RemoteAction::SetValue { .. }
            | RemoteAction::Choose { .. }
            | RemoteAction::Press { .. }
            | RemoteAction::Scroll { .. }
            | RemoteAction::Back {}
            | RemoteAction::Forward {} => None,
        };
        self.pending.push_back(Ordered { n, by, shows });
    }

    /// Who drives was told where a product is: an order that goes there shows it.
    pub fn shows(&mut self, path: &str, title: &str) {
        self.showing = Some((path.to_owned(), title.to_owned()));
    }

    /// The visitor went to a product's page that the agent suggested.
    pub fn showed(&mut self, title: &str) {
        self.gather(&ShareAct { kind: ActKind::Showed, label: title.to_owned() });
    }

    /// The page says what became of an order; answers which tab to tell. None: it was given no such order.
    pub fn reported(&mut self, n: u32, act: Option<&ShareAct>) -> Option<SocketId> {
        let at = self.pending.iter().position(|ordered| ordered.n == n)?;
        let Ordered { by, shows, .. } = self.pending.remove(at)?;
        match (act, shows) {
            (Some(_), Some(title)) => self.showed(&title),
            (Some(act), None) => self.gather(act),
            (None, _) => {}
        }
        Some(by)
    }

    /// A click of the agent's pointer went to the page.
    pub fn pointed(&mut self) {
        self.pointing = (self.pointing + 1).min(POINTING_MAX);
    }

    /// The page says what the pointer clicked. Only after it was forwarded there.
    pub fn pointed_at(&mut self, label: &str) {
        if let Some(left) = self.pointing.checked_sub(1) {
            self.pointing = left;
            self.gather(&ShareAct { kind: ActKind::Pointed, label: label.to_owned() });
        }
    }

    fn gather(&mut self, act: &ShareAct) {
        let act = ShareAct { kind: act.kind, label: label(&act.label) };
        let same_again = match act.kind {
            ActKind::Typed | ActKind::Pointed => self.last.as_ref() == Some(&act),
            ActKind::Clicked | ActKind::Chose | ActKind::Pressed | ActKind::Went | ActKind::Showed => false,
        };
        if same_again || self.gathered.len() >= GATHERED_MAX {
            return;
        }
        self.last = Some(act.clone());
        self.gathered.push_back(act);
    }

    /// What the log is to say now; `at_once`: at an end, however soon.
    pub fn due(&mut self, now: Instant, at_once: bool) -> Option<(Whose, Vec<ShareAct>)> {
        let whose = self.whose.filter(|_| !self.gathered.is_empty())?;
        self.earn(now);
        if self.left == 0 && !at_once {
            return None;
        }
        self.left = self.left.saturating_sub(1);
        let many = self.gathered.len().min(ACTS_MAX);
        Some((whose, self.gathered.drain(..many).collect()))
    }

    fn earn(&mut self, now: Instant) {
        while self.left < ACTS_BURST && now.duration_since(self.earned) >= ACTS_EVERY {
            self.left += 1;
            self.earned += ACTS_EVERY;
        }
        if self.left >= ACTS_BURST {
            self.earned = now;
        }
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
    use uuid::Uuid;

    use super::*;

    const TAB: SocketId = SocketId(1);

    fn act(kind: ActKind, label: &str) -> ShareAct {
        ShareAct { kind, label: label.to_owned() }
    }

    fn whose(n: u128) -> Whose {
        (ShareId(Uuid::from_u128(n)), AgentId(Uuid::from_u128(n)))
    }

    fn acts(now: Instant) -> Acts {
        let mut acts = Acts::new(now);
        acts.begin(whose(1));
        acts
    }

    fn labels(due: Option<(Whose, Vec<ShareAct>)>) -> Vec<String> {
        due.map(|(_, acts)| acts.into_iter().map(|act| act.label).collect()).unwrap_or_default()
    }

    #[test]
    fn a_field_typed_in_is_one_line_and_only_what_was_ordered_is_kept() {
        let now = Instant::now();
        let mut acts = acts(now);
        for n in 1..=6 {
            acts.ordered(n, 4, TAB, &RemoteAction::Back {});
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
        assert_eq!(acts.reported(5, None), Some(TAB), "a move leaves no line");
        assert_eq!(labels(acts.due(now, false)), ["City", "Street", "Next"]);
        acts.reported(6, Some(&act(ActKind::Clicked, &"é\u{7}".repeat(100))));
        let cut = labels(acts.due(now, false)).remove(0);
        assert_eq!((cut.len(), cut.contains('\u{7}')), (ACT_LABEL_BYTES_MAX, false));
    }

    #[test]
    fn what_is_pointed_at_is_one_line_until_something_else_is_and_none_without_a_pointer() {
        let now = Instant::now();
        let mut acts = acts(now);
        acts.pointed_at("a page that makes things up");
        for label in ["Size", "Size", "Add to cart", "Size"] {
            acts.pointed();
            acts.pointed_at(label);
            acts.pointed_at("once for each time it was forwarded");
        }
        // The second click came before the page's word of the first.
        acts.pointed();
        acts.pointed();
        acts.pointed_at("Colour");
        acts.pointed_at("Basket");
        assert_eq!(labels(acts.due(now, false)), ["Size", "Add to cart", "Size", "Colour", "Basket"]);
    }

    #[test]
    fn going_to_the_page_of_a_product_that_was_looked_up_shows_it_by_its_title() {
        let now = Instant::now();
        let mut acts = acts(now);
        acts.shows("/lamp?size=2", "Harbour lamp");
        let go = |path: &str| RemoteAction::Go { path: path.to_owned() };
        for (n, path) in [(1, "/cart"), (2, "/lamp?size=2"), (3, "/lamp?size=2")] {
            acts.ordered(n, 4, TAB, &go(path));
            acts.reported(n, Some(&act(ActKind::Went, path)));
        }
        let told: Vec<ShareAct> = acts.due(now, false).map(|(_, acts)| acts).unwrap_or_default();
        let expected =
            [act(ActKind::Went, "/cart"), act(ActKind::Showed, "Harbour lamp"), act(ActKind::Went, "/lamp?size=2")];
        assert_eq!(told, expected);
    }

    #[test]
    fn acts_are_written_at_once_and_gathered_only_when_somebody_is_quicker_for_long() {
        let mut now = Instant::now();
        let mut acts = acts(now);
        let clicks = |many: u32, acts: &mut Acts, now: Instant| -> usize {
            let said = (0..many).filter_map(|n| {
                acts.ordered(n, 4, TAB, &RemoteAction::Back {});
                acts.reported(n, Some(&act(ActKind::Clicked, "Next")));
                acts.due(now, false)
            });
            said.count()
        };
        assert_eq!(clicks(ACTS_BURST + 5, &mut acts, now), ACTS_BURST as usize);
        now += ACTS_EVERY;
        assert_eq!(acts.due(now, false).map(|(_, acts)| acts.len()), Some(5));
        assert_eq!(clicks(3, &mut acts, now), 0);
        assert_eq!(acts.due(now, true).map(|(_, acts)| acts.len()), Some(3), "nothing waits at an end");
        now += ACTS_EVERY * 100;
        assert_eq!(clicks(ACTS_BURST + 5, &mut acts, now), ACTS_BURST as usize, "no more is saved up");
    }

    #[test]
    fn what_was_ordered_before_an_end_is_told_after_it_and_numbers_begin_anew_with_each_grant() {
        let now = Instant::now();
        let mut acts = acts(now);
        acts.ordered(1, 4, TAB, &RemoteAction::Back {});
        assert_eq!(acts.reported(1, Some(&act(ActKind::Clicked, "Buy"))), Some(TAB));
        acts.ordered(2, 4, TAB, &RemoteAction::Back {});
        acts.ordered(1, 6, TAB, &RemoteAction::Back {});
        assert_eq!(acts.reported(2, Some(&act(ActKind::Clicked, "of the grant before"))), None);
        assert_eq!(labels(acts.due(now, true)), ["Buy"]);
        acts.reported(1, Some(&act(ActKind::Clicked, "mine")));
        acts.begin(whose(2));
        assert!(acts.due(now, true).is_none(), "another agent's name never stands at it");
    }
}
