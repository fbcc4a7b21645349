//! What comes back by itself: ticks, the offer's end, the bot's reminder, rows and marks held back.

use std::time::Duration;

use actix::prelude::*;
use tokio::time::Instant;

use super::super::link::encode;
use super::super::messages::{LookUp, Retire, Who};
use super::super::order::Order;
use super::VisitorSession;
use crate::protocol::TransferId;
use crate::protocol::frame::ToVisitor;
use crate::rules::bot::Input;
use crate::rules::conversation::{Command, Phase, ServerCommand};

/// How often a session looks after itself.
pub const VISITOR_TICK: Duration = Duration::from_secs(5);
/// Without a socket for so long the visitor is away.
pub const AWAY_AFTER: Duration = Duration::from_secs(10);
/// Without a socket for so long the session is dropped; the store has everything.
pub const GRACE: Duration = Duration::from_secs(120);
/// One row a conversation in so long.
const ROW_GAP: Duration = Duration::from_millis(250);
/// Marks are written once in so long.
const MARKS_GAP: Duration = Duration::from_secs(1);

#[derive(Default)]
pub struct Timers {
    offer: Option<(TransferId, SpawnHandle)>,
    remind: Option<SpawnHandle>,
    row_sent: Option<Instant>,
    row: Option<SpawnHandle>,
    marks: Option<SpawnHandle>,
}

impl Timers {
    /// Something will happen that nobody else would do.
    pub fn are_armed(&self) -> bool {
        self.offer.is_some() || self.remind.is_some() || self.marks.is_some()
    }

    /// Whether a row may go out now; if not, the latest one goes when it may.
    pub fn row_may_go(&mut self, ctx: &mut Context<VisitorSession>) -> bool {
        if self.row.is_some() {
            return false;
        }
        let now = Instant::now();
        let next = self.row_sent.map_or(now, |sent| sent + ROW_GAP);
        if next <= now {
            self.row_sent = Some(now);
            return true;
        }
        self.row = Some(ctx.run_later(next - now, |this, _| {
            this.timers.row = None;
            this.timers.row_sent = Some(Instant::now());
            this.publish_row();
        }));
        false
    }

    pub fn keep_marks_soon(&mut self, ctx: &mut Context<VisitorSession>) {
        if self.marks.is_none() {
            self.marks = Some(ctx.run_later(MARKS_GAP, |this, ctx| this.keep_marks(ctx)));
        }
    }

    /// Marks rose and are not written; asking writes them.
    pub fn marks_are_due(&mut self) -> bool {
        self.marks.take().is_some()
    }
}

impl VisitorSession {
    /// After a start: the timers that the stored conversation asks for, and a turn that a crash swallowed.
    pub(super) fn rearm(&mut self, ctx: &mut Context<Self>) {
        let Some(live) = self.held.open() else { return };
        let (phase, waits_for_bot) = (live.state.phase.clone(), live.bot_state.is_waiting());
        self.arm_offer(ctx);
        self.tell_supervisor();
        if let Phase::Waiting { since, .. } = phase
            && waits_for_bot
            && self.timers.remind.is_none()
        {
            let waits = self.around.ports.bots.published(self.key.site).map_or(0, |(_, bot)| bot.wait_seconds());
            let waited = self.around.ports.clock.now().seconds_since(since);
            let left = i64::from(waits).saturating_sub(waited);
            self.remind_in(u64::try_from(left).unwrap_or(0), ctx);
        }
        self.answer_the_unanswered(ctx);
    }

    /// A text without a turn gets one.
    fn answer_the_unanswered(&mut self, ctx: &mut Context<Self>) {
        let Some(live) = self.held.open().filter(|live| live.state.unanswered > 0).cloned() else { return };
        let worker = self.worker();
        let unanswered = async move { worker.unanswered(&live).await };
        ctx.wait(unanswered.into_actor(self).map(|input, this, ctx| match input {
            Ok(Some(input)) => this.let_bot_answer(input, ctx),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "an unanswered input could not be read"),
        }));
    }

    /// The timer of the open offer, if it is not armed; none without an offer.
    pub(super) fn arm_offer(&mut self, ctx: &mut Context<Self>) {
        let offer =
            self.held.open().and_then(|live| live.state.phase.offer().cloned().map(|offer| (live.state.id, offer)));
        let armed = self.timers.offer.as_ref().map(|(transfer, _)| *transfer);
        let wanted = offer.as_ref().map(|(_, offer)| offer.transfer);
        if armed == wanted {
            return;
        }
        if let Some((_, timer)) = self.timers.offer.take() {
            ctx.cancel_future(timer);
        }
        let Some((conversation, offer)) = offer else { return };
        let left = offer.expires_at.millis().saturating_sub(self.around.ports.clock.now().millis());
        let wait = Duration::from_millis(u64::try_from(left).unwrap_or(0));
        let transfer = offer.transfer;
        let timer = ctx.run_later(wait, move |this, ctx| {
            this.timers.offer = None;
            let command = Command::Server(ServerCommand::EndOffer { transfer });
            this.carry(Order::by_server(conversation, command), ctx);
        });
        self.timers.offer = Some((transfer, timer));
    }

    /// The bot wants to be told that the visitor still waits.
    pub(super) fn remind_in(&mut self, seconds: u64, ctx: &mut Context<Self>) {
        if let Some(timer) = self.timers.remind.take() {
            ctx.cancel_future(timer);
        }
        self.timers.remind = Some(ctx.run_later(Duration::from_secs(seconds), |this, ctx| {
            this.timers.remind = None;
            this.tell_bot_while_waiting(Input::WaitedTooLong, ctx);
        }));
    }

    fn tell_bot_while_waiting(&mut self, input: Input, ctx: &mut Context<Self>) {
        let waits = self.held.open().is_some_and(|live| match live.state.phase {
            Phase::Waiting { .. } => live.bot_state.is_waiting(),
            Phase::Bot {} | Phase::InProgress { .. } | Phase::Closed { .. } => false,
        });
        if waits {
            self.let_bot_answer(input, ctx);
        }
    }

    pub(super) fn tick(&mut self, ctx: &mut Context<Self>) {
        let now = Instant::now();
        self.seats.retain_mut(|seat| seat.link.check(now).is_ok());
        if self.seats.is_empty() {
            self.empty_since.get_or_insert(now);
        }
        self.tell_supervisor();
        self.tell_share_again();
        self.look_up(ctx);
        let empty_for = self.empty_since.map(|since| now.duration_since(since));
        if self.online_told && empty_for.is_some_and(|empty| empty >= AWAY_AFTER) {
            self.set_online(false);
            self.tell_lists(ctx);
        }
        if self.is_idle() && empty_for.is_some_and(|empty| empty >= GRACE) {
            // No room: asked again at the next tick.
            let _ = self.around.supervisor.try_send(Retire { who: Who::Visitor(self.key), grants: self.grants });
        }
    }

    pub(super) fn come_online(&mut self) {
        if !self.online_told {
            self.set_online(true);
            self.publish_row_if_listed();
        }
    }

    fn publish_row_if_listed(&self) {
        let listed = self.held.live().is_some_and(|live| match live.state.phase {
            Phase::Waiting { .. } | Phase::InProgress { .. } => true,
            Phase::Bot {} | Phase::Closed { .. } => false,
        });
        if listed {
            self.publish_row();
        }
    }

    fn set_online(&mut self, online: bool) {
        self.online_told = online;
        self.around.board.set_online(self.key.visitor, online);
    }

    /// Looks at the board: whether somebody could answer, and the place in the line.
    pub(super) fn look_up(&mut self, ctx: &mut Context<Self>) {
        if self.seats.is_empty() {
            return;
        }
        let lang = self.seats.first().map(|seat| seat.lang.clone()).unwrap_or_default();
        let reachable = self.worker().is_reachable(&lang);
        if reachable != self.reachable_told {
            self.reachable_told = reachable;
            self.say_to_all(&ToVisitor::Reachable { reachable });
            if !reachable {
                self.tell_bot_while_waiting(Input::NobodyLeft, ctx);
            }
        }
        let waiting = self.held.open().filter(|live| match live.state.phase {
            Phase::Waiting { message_left, .. } => !message_left,
            Phase::Bot {} | Phase::InProgress { .. } | Phase::Closed { .. } => false,
        });
        let Some(live) = waiting else {
            self.place_told = 0;
            return;
        };
        let place = self.around.board.place(self.key.site, live.state.id);
        if place != self.place_told {
            self.place_told = place;
            self.say_to_all(&ToVisitor::Place { place });
            self.tell_bot_while_waiting(Input::PlaceChanged(place), ctx);
        }
    }

    pub(super) fn say_to_all(&mut self, frame: &ToVisitor) {
        let text = encode(frame);
        for seat in &mut self.seats {
            // A tab that cannot be written to is found at the next tick.
            let _ = seat.link.send(text.clone());
        }
    }
}

impl Handler<LookUp> for VisitorSession {
    type Result = ();

    fn handle(&mut self, _: LookUp, ctx: &mut Self::Context) {
        self.look_up(ctx);
    }
}
