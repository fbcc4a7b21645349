//! The agent's end: their tabs, what they ask for and what they are told.

use std::collections::HashSet;

use actix::prelude::*;
use bytestring::ByteString;

use super::super::link::{FromSocket, Link, SocketId, encode};
use super::super::ports::SignInId;
use super::messages::{EndWatcher, Room, SeatWatcher, Watchers};
use super::picture::Cursor;
use super::{ARRIVALS_MAX, Arrival, CobrowseSession, WATCHERS_MAX};
use crate::protocol::cobrowse::{
    ACTION_TEXT_BYTES_MAX, ActionOutcome, ActionRefusal, Place, RemoteAction, ShareView, ToPage, ToWatcher,
    WatcherFrame,
};
use crate::protocol::frame::ClosingReason;
use crate::protocol::{AgentRef, Refusal, RefusalCode, ShareId};
use crate::rules::cobrowse::{Input, Stage};

/// A path that an agent may send a page to.
const PATH_BYTES_MAX: usize = 2 * 1024;
/// Options of a select that may be chosen at once.
const INDEXES_MAX: usize = 500;

/// One tab of an agent.
pub struct Watcher {
    pub link: Link<Watchers>,
    pub agent: AgentRef,
    pub sign_in: Option<SignInId>,
    pub visible: bool,
    pub cursor: Cursor,
}

impl Handler<SeatWatcher> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, seat: SeatWatcher, ctx: &mut Self::Context) {
        self.grants = self.grants.max(seat.grant);
        if self.known {
            self.seat_watcher(seat, ctx);
        } else if self.arrivals.len() < ARRIVALS_MAX {
            self.arrivals.push(Arrival::Watcher(seat));
        }
    }
}

impl CobrowseSession {
    /// Only the agent in charge watches.
    pub(super) fn seat_watcher(&mut self, SeatWatcher { arrival, .. }: SeatWatcher, ctx: &mut Context<Self>) {
        let super::messages::ArriveWatcher { admitted, mut link, .. } = arrival;
        let agent = admitted.agent;
        if self.in_charge.as_ref().is_none_or(|in_charge| in_charge.id != agent.id) {
            let mut refusal = Refusal::from(RefusalCode::NotInCharge);
            refusal.by.clone_from(&self.in_charge);
            let _ = link.send(encode(&ToWatcher::Fault { refusal }));
            link.hang_up(ClosingReason::Refused);
            return;
        }
        if link.seat(ctx.address()).is_err() {
            return;
        }
        while self.watchers.len() >= WATCHERS_MAX {
            self.watchers.remove(0).link.hang_up(ClosingReason::OtherTab);
        }
        let cursor = Cursor::at_start(&self.picture);
        let socket = link.socket;
        let watcher = Watcher { link, agent: agent.clone(), sign_in: admitted.sign_in, visible: true, cursor };
        self.watchers.push(watcher);
        let view = self.view();
        self.tell_watcher(socket, &ToWatcher::Welcome { agent, view });
        self.watched(ctx);
        let at = self.watchers.iter().position(|watcher| watcher.link.socket == socket);
        if let Some(at) = at {
            self.send_picture(at);
        }
    }

    pub(super) fn watcher_is_gone(&mut self, socket: SocketId, ctx: &mut Context<Self>) {
        let before = self.watchers.len();
        self.watchers.retain(|watcher| watcher.link.socket != socket);
        if self.watchers.len() != before {
            self.watched(ctx);
        }
    }

    /// How many tabs there are, and whether one of them is in view.
    fn watched(&mut self, ctx: &mut Context<Self>) {
        let tabs = u32::try_from(self.watchers.len()).unwrap_or(u32::MAX);
        self.happen(&Input::Watched { tabs }, ctx);
        self.looked(ctx);
        self.tell_shelf();
    }

    fn looked(&mut self, ctx: &mut Context<Self>) {
        let visible = self.watchers.iter().any(|watcher| watcher.visible);
        self.happen(&Input::Looked { visible }, ctx);
    }

    /// The files of the share are for those who watch it.
    pub(super) fn tell_shelf(&self) {
        let Some(share) = self.share.agreed().and(self.share.id()) else { return };
        let watchers: HashSet<_> = self.watchers.iter().map(|watcher| watcher.agent.id).collect();
        self.around.shelf.watched(self.key.site, share, watchers);
    }

    /// Everybody who watches, each once: the visitor sees their names.
    pub(super) fn named_watchers(&self) -> Vec<AgentRef> {
        let mut named: Vec<AgentRef> = Vec::new();
        for watcher in &self.watchers {
            if named.iter().all(|known| known.id != watcher.agent.id) {
                named.push(watcher.agent.clone());
            }
        }
        named
    }

    fn view(&self) -> ShareView {
        let agreed = self.share.agreed().is_some();
        ShareView {
            share: self.share.id(),
            stage: self.share.view(self.now()),
            page: self.page.as_ref().filter(|_| agreed).and_then(|page| page.shown.clone()),
            watchers: self.named_watchers(),
            settings: self.settings(),
        }
    }

    pub(super) fn tell_watchers_view(&mut self) {
        if !self.watchers.is_empty() {
            let view = self.view();
            self.tell_watchers(&ToWatcher::Changed { view });
        }
    }

    pub(super) fn tell_watchers(&mut self, frame: &ToWatcher) {
        let text = encode(frame);
        for watcher in &mut self.watchers {
            // A tab that cannot be written to is found at the next tick.
            let _ = watcher.link.send(text.clone());
        }
    }

    /// What matters only now: dropped for a tab that is busy.
    pub(super) fn tell_watchers_briefly(&mut self, frame: &ToWatcher) {
        let text: ByteString = encode(frame);
        for watcher in &mut self.watchers {
            watcher.link.send_ephemeral(text.clone());
        }
    }

    pub(super) fn tell_watcher(&mut self, socket: SocketId, frame: &ToWatcher) {
        if let Some(watcher) = self.watchers.iter_mut().find(|watcher| watcher.link.socket == socket) {
            let _ = watcher.link.send(encode(frame));
        }
    }

    /// Whoever is not in charge any more sees nothing more.
    pub(super) fn part_with_others(&mut self) {
        let in_charge = self.in_charge.as_ref().map(|agent| agent.id);
        let others: Vec<AgentRef> =
            self.named_watchers().into_iter().filter(|watcher| Some(watcher.id) != in_charge).collect();
        for agent in others {
            let mut refusal = Refusal::from(RefusalCode::NotInCharge);
            refusal.by.clone_from(&self.in_charge);
            self.part_with(&agent, &ToWatcher::Fault { refusal });
        }
    }

    /// `last`: what they are told.
    pub(super) fn part_with(&mut self, agent: &AgentRef, last: &ToWatcher) {
        for watcher in self.watchers.iter_mut().filter(|watcher| watcher.agent.id == agent.id) {
            let _ = watcher.link.send(encode(last));
            watcher.link.hang_up(ClosingReason::Refused);
        }
        self.watchers.retain(|watcher| watcher.agent.id != agent.id);
        self.tell_shelf();
    }

    pub(super) fn send_picture(&mut self, at: usize) {
        if !self.share.is_seen() && !self.is_waiting_for_page() {
            return;
        }
        if let Some(watcher) = self.watchers.get_mut(at) {
            // A tab that is gone is found at the next tick.
            let _ = watcher.cursor.send(&self.picture, &mut watcher.link);
        }
    }

    /// The last picture stays in view while the page is on its way.
    fn is_waiting_for_page(&self) -> bool {
        match &self.share.stage {
            Stage::Suspended { .. } | Stage::Away { .. } => true,
            Stage::Idle
            | Stage::Asked { .. }
            | Stage::Sharing { .. }
            | Stage::ControlAsked { .. }
            | Stage::InControl { .. } => false,
        }
    }

    fn hear_watcher(&mut self, socket: SocketId, by: &AgentRef, frame: WatcherFrame, ctx: &mut Context<Self>) {
        let id = by.id;
        let input = match frame {
            WatcherFrame::Watch { .. } => return self.fault_watcher(socket, RefusalCode::Malformed),
            WatcherFrame::AskConsent {} => {
                let share = ShareId(self.around.ports.ids.fresh());
                Input::AskConsent { by: by.clone(), share, allowed: self.settings().see }
            }
            WatcherFrame::WithdrawAsk {} => Input::WithdrawAsk { by: id },
            WatcherFrame::RequestControl {} => {
                Input::RequestControl { by: by.clone(), allowed: self.settings().control }
            }
            WatcherFrame::ReleaseControl {} => Input::ReleaseControl { by: id },
            WatcherFrame::StopSharing {} => Input::AgentStops { by: id },
            WatcherFrame::Point { at, click } => {
                let fits = at.is_none_or(|at| is_in_box(&at));
                if fits && self.settings().point && self.happen(&Input::Point { by: id }, ctx).forward {
                    if at.is_some() && click {
                        self.acts.pointed();
                    }
                    self.tell_page_briefly(&ToPage::Pointed { at, click });
                }
                return;
            }
            WatcherFrame::DoRemotely { n, epoch, action } => return self.order(socket, by, n, epoch, action, ctx),
            WatcherFrame::ProposeProduct { product } => return self.propose(socket, by, product, ctx),
            WatcherFrame::WantSnapshot {} => {
                if let Some(watcher) = self.watchers.iter_mut().find(|watcher| watcher.link.socket == socket) {
                    watcher.cursor.wait_for_full(&self.picture);
                }
                return self.want_snapshot(ctx);
            }
            WatcherFrame::Look { visible } => {
                if let Some(watcher) = self.watchers.iter_mut().find(|watcher| watcher.link.socket == socket) {
                    watcher.visible = visible;
                }
                return self.looked(ctx);
            }
            WatcherFrame::Beat {} => return,
        };
        self.happen_by(&input, Some(socket), ctx);
    }

    /// Through the gate, or not; what the page makes of it comes back by its number.
    fn order(
        &mut self,
        socket: SocketId,
        by: &AgentRef,
        n: u32,
        epoch: u32,
        action: RemoteAction,
        ctx: &mut Context<Self>,
    ) {
        let why = match misfit(&action) {
            Some(why) => Some(why),
            None => {
                let verdict = self.happen(&Input::Order { by: by.id, epoch }, ctx);
                if verdict.forward { None } else { Some(verdict.refused_order.unwrap_or(ActionRefusal::Stale)) }
            }
        };
        if let Some(why) = why {
            let outcome = ActionOutcome::Refused { why };
            return self.tell_watcher(socket, &ToWatcher::Outcome { n, outcome });
        }
        self.acts.ordered(n, epoch, socket, &action);
        self.tell_page(&ToPage::ActionOrdered { n, epoch, action });
    }

    fn tell_page_briefly(&mut self, frame: &ToPage) {
        if let Some(page) = &mut self.page {
            page.link.send_ephemeral(encode(frame));
        }
    }
}

/// What no tab of ours sends; whatever is in doubt is refused.
fn misfit(action: &RemoteAction) -> Option<ActionRefusal> {
    let bad = |fits: bool| (!fits).then_some(ActionRefusal::WrongKind);
    match action {
        RemoteAction::Move { at } | RemoteAction::Click { at, .. } => bad(is_in_box(at)),
        RemoteAction::SetValue { text, .. } => bad(text.len() <= ACTION_TEXT_BYTES_MAX),
        RemoteAction::Choose { indexes, .. } => bad(indexes.len() <= INDEXES_MAX),
        RemoteAction::Press { .. } | RemoteAction::Scroll { .. } | RemoteAction::Back {} | RemoteAction::Forward {} => {
            None
        }
        RemoteAction::Go { path } => {
            let own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r', '\t']);
            (!own || path.len() > PATH_BYTES_MAX).then_some(ActionRefusal::OffSite)
        }
    }
}

fn is_in_box(at: &Place) -> bool {
    (0.0..=1.0).contains(&at.fx) && (0.0..=1.0).contains(&at.fy)
}

impl Handler<FromSocket<WatcherFrame>> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, FromSocket { socket, frame }: FromSocket<WatcherFrame>, ctx: &mut Self::Context) {
        let by = self.watchers.iter().find(|watcher| watcher.link.socket == socket).map(|w| w.agent.clone());
        if let Some(by) = by {
            self.happen(&Input::Heard, ctx);
            self.hear_watcher(socket, &by, frame, ctx);
        }
    }
}

impl Handler<Room> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, Room { socket }: Room, _: &mut Self::Context) {
        if let Some(at) = self.watchers.iter().position(|watcher| watcher.link.socket == socket) {
            self.send_picture(at);
        }
    }
}

impl Handler<EndWatcher> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, end: EndWatcher, ctx: &mut Self::Context) {
        let EndWatcher { agent, sign_in, reason } = end;
        let ends = |watcher: &Watcher| {
            watcher.agent.id == agent && sign_in.is_none_or(|sign_in| watcher.sign_in == Some(sign_in))
        };
        let before = self.watchers.len();
        for watcher in self.watchers.iter_mut().filter(|watcher| ends(watcher)) {
            watcher.link.hang_up(reason);
        }
        self.watchers.retain(|watcher| !ends(watcher));
        if self.watchers.len() != before {
            self.watched(ctx);
        }
    }
}
