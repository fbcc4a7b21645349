//! What a visitor's tabs ask: seats, transcripts in chunks, commands.

use actix::prelude::*;

use super::super::follow::Follower;
use super::super::link::{FromSocket, SocketGone, SocketId, encode};
use super::super::messages::{ArriveVisitor, SeatVisitor};
use super::bot_turn::Start;
use super::work::{Live, Trouble, Worker};
use super::{Seat, VISITOR_SOCKETS_MAX, VisitorSession, order_of};
use crate::protocol::frame::{ClosingReason, ToVisitor, VisitorFrame};
use crate::protocol::{
    Audience, BotTurn, ConversationId, Event, PageVisit, RatingView, Refusal, RefusalCode, SERVER_FRAME_BYTES_MAX,
};
use crate::rules::conversation::{Phase, head, view_for};
use crate::store::log::Chunk;

/// Events that a client may ask for from the end.
pub const OPEN_EVENTS_MAX: u32 = 50;
/// A chunk's events; the rest of the frame is its frame.
pub const CHUNK_BYTES_MAX: usize = SERVER_FRAME_BYTES_MAX - 512;
/// The welcome shows a closed conversation for so long after its close.
const CLOSED_SHOWN_SECONDS: i64 = 24 * 3600;

impl Handler<SeatVisitor> for VisitorSession {
    type Result = ();

    fn handle(&mut self, SeatVisitor { arrival, grant }: SeatVisitor, ctx: &mut Self::Context) {
        self.grants = self.grants.max(grant);
        let ArriveVisitor { admitted, lang, device, link } = arrival;
        let socket = link.socket;
        if link.seat(ctx.address()).is_err() {
            return;
        }
        while self.seats.len() >= VISITOR_SOCKETS_MAX {
            self.seats.remove(0).link.hang_up(ClosingReason::OtherTab);
        }
        let token = admitted.fresh.map(|fresh| {
            self.unsettled = Some(fresh.token_hash);
            fresh.token
        });
        self.seats.push(Seat { link, lang, device, test: admitted.test, follows: None, start: None });
        self.empty_since = None;
        self.when_read(ctx, move |this, known, ctx| {
            if known {
                this.welcome(socket, token, ctx);
            } else if let Some(seat) = this.seat(socket) {
                seat.link.hang_up(ClosingReason::Overloaded);
                this.forget(socket);
            }
        });
    }
}

impl Handler<SocketGone> for VisitorSession {
    type Result = ();

    fn handle(&mut self, gone: SocketGone, _: &mut Self::Context) {
        self.forget(gone.socket);
    }
}

impl Handler<FromSocket<VisitorFrame>> for VisitorSession {
    type Result = ();

    fn handle(&mut self, FromSocket { socket, frame }: FromSocket<VisitorFrame>, ctx: &mut Self::Context) {
        match frame {
            VisitorFrame::Hello { .. } => self.fault(socket, RefusalCode::Malformed),
            VisitorFrame::Resume { conversation, since } => self.resume(socket, conversation, since, ctx),
            VisitorFrame::Open { conversation, last } => self.open(socket, conversation, last, ctx),
            VisitorFrame::More { conversation } => {
                let seat = self.seat(socket).and_then(|seat| seat.follows.as_mut());
                let since = seat.filter(|(at, _)| *at == conversation).and_then(|(_, follower)| follower.more());
                if let Some(since) = since {
                    self.read_chunk(socket, conversation, since, ctx);
                }
            }
            VisitorFrame::Command { id, conversation, begin, command } => {
                self.carry(order_of(socket, id, conversation, begin, command), ctx);
            }
            VisitorFrame::Visit { visit } => self.visited(visit, ctx),
            VisitorFrame::OnPage { page } => self.is_on(socket, page),
            VisitorFrame::AnswerShare { ask, granted } => self.answer_share(socket, ask, granted),
            VisitorFrame::StopShare { share } => self.stop_share(share, ctx),
            VisitorFrame::ForgetVisits {} => self.forget_visits(ctx),
            VisitorFrame::Typing { on } => self.visitor_types(on),
            VisitorFrame::Mark { delivered, read } => self.visitor_marks(delivered, read, ctx),
            VisitorFrame::Ping {} => self.say(socket, &ToVisitor::Pong {}),
        }
    }
}

impl VisitorSession {
    /// Gathers what a tab is welcomed with; nothing else is handled meanwhile.
    fn welcome(&mut self, socket: SocketId, token: Option<String>, ctx: &mut Context<Self>) {
        let Some(lang) = self.seat(socket).map(|seat| seat.lang.clone()) else { return };
        let (worker, mut live) = (self.worker(), self.held.live().cloned());
        let gathered = async move {
            let start = worker.published_start(live.as_ref(), &lang).await;
            let rating = match &mut live {
                Some(live) => worker.rating_asked(live).await,
                None => None,
            };
            (start, rating, lang)
        };
        ctx.wait(gathered.into_actor(self).map(move |(start, rating, lang), this, ctx| {
            this.say_welcome(socket, token, &lang, start, rating, ctx);
        }));
    }

    fn say_welcome(
        &mut self,
        socket: SocketId,
        token: Option<String>,
        lang: &str,
        start: Option<Start>,
        rating: Option<RatingView>,
        ctx: &mut Context<Self>,
    ) {
        let now = self.around.ports.clock.now();
        let shown = self.held.live().filter(|live| is_shown(live, now));
        let conversation = shown.map(|live| head(&live.state, live.marks, rating));
        let reachable = self.worker().is_reachable(lang);
        self.reachable_told = reachable;
        let (turn, bot_version) = start.as_ref().map_or((BotTurn::default(), 0), |start| (start.turn(), start.version));
        if let Some(seat) = self.seat(socket) {
            seat.start = start;
        }
        self.say(socket, &ToVisitor::Welcome { token, conversation, start: turn, bot_version, reachable });
        self.repeat_question(socket);
        self.place_told = 0;
        self.rearm(ctx);
        self.come_online();
    }

    fn fault(&mut self, socket: SocketId, code: RefusalCode) {
        self.say(socket, &ToVisitor::Fault { refusal: code.into() });
    }

    fn resume(&mut self, socket: SocketId, conversation: ConversationId, since: u64, ctx: &mut Context<Self>) {
        if let Some(seat) = self.seat(socket) {
            seat.follows = Some((conversation, Follower::resuming(since)));
            self.read_chunk(socket, conversation, since, ctx);
        }
    }

    /// The last events: a resume that begins so far before the end.
    fn open(&mut self, socket: SocketId, conversation: ConversationId, last: u32, ctx: &mut Context<Self>) {
        let last = u64::from(last.min(OPEN_EVENTS_MAX));
        if let Some(live) = self.held.live().filter(|live| live.state.id == conversation) {
            let since = live.state.head.saturating_sub(last);
            self.resume(socket, conversation, since, ctx);
            return;
        }
        let worker = self.worker();
        let another = async move { worker.another(conversation).await };
        ctx.spawn(another.into_actor(self).map(move |another, this, ctx| match another {
            Ok(live) => this.resume(socket, conversation, live.state.head.saturating_sub(last), ctx),
            Err(trouble) => this.could_not_read(socket, trouble),
        }));
    }

    pub(super) fn read_chunk(
        &mut self,
        socket: SocketId,
        conversation: ConversationId,
        since: u64,
        ctx: &mut Context<Self>,
    ) {
        let worker = self.worker();
        let own = self.held.live().is_some_and(|live| live.state.id == conversation);
        let read = async move {
            if !own {
                worker.another(conversation).await?;
            }
            let log = &worker.around.ports.log;
            Ok(log.since(worker.key.site, conversation, since, CHUNK_BYTES_MAX).await?)
        };
        ctx.spawn(read.into_actor(self).map(move |chunk: Result<Chunk, Trouble>, this, _| match chunk {
            Ok(chunk) => this.send_chunk(socket, conversation, chunk),
            Err(trouble) => {
                if let Some((_, follower)) = this.seat(socket).and_then(|seat| seat.follows.as_mut()) {
                    follower.failed();
                }
                this.could_not_read(socket, trouble);
            }
        }));
    }

    fn send_chunk(&mut self, socket: SocketId, conversation: ConversationId, chunk: Chunk) {
        let head = self.held.live().filter(|live| live.state.id == conversation).map_or(0, |live| live.state.head);
        let Some(seat) = self.seat(socket) else { return };
        // Another resume has replaced this one meanwhile.
        let Some((_, follower)) = seat.follows.as_mut().filter(|(at, _)| *at == conversation) else { return };
        let more = follower.chunk(&chunk.events, chunk.more);
        let head = head.max(follower.sent());
        let events: Vec<Event> = chunk.events.iter().map(|event| view_for(Audience::Everyone, event)).collect();
        let frame = ToVisitor::Events { conversation, events, more, head };
        if seat.link.send_chunk(encode(&frame)).is_err() {
            self.forget(socket);
        }
    }

    fn could_not_read(&mut self, socket: SocketId, trouble: Trouble) {
        let refusal = match trouble {
            Trouble::Refused(refusal) => refusal,
            Trouble::Conflict => Refusal::from(RefusalCode::TryLater),
        };
        self.say(socket, &ToVisitor::Fault { refusal });
    }

    /// A conversation has begun: every tab follows it from its first event.
    pub(super) fn began(&mut self, conversation: ConversationId) {
        let Some(live) = self.held.live() else { return };
        let text = encode(&ToVisitor::Head { head: head(&live.state, live.marks, None) });
        for seat in &mut self.seats {
            seat.follows = Some((conversation, Follower::live(0)));
            // A tab that cannot be written to is found by the events that follow.
            let _ = seat.link.send(text.clone());
        }
    }

    /// A conversation was closed: its tabs are told what is asked of it, if anything is.
    pub(super) fn ask_for_rating(&mut self, ctx: &mut Context<Self>) {
        let Some(mut live) = self.held.live().filter(|live| live.state.phase.is_closed()).cloned() else { return };
        let worker = self.worker();
        let asked = async move {
            let rating = worker.rating_asked(&mut live).await;
            (live, rating)
        };
        ctx.spawn(asked.into_actor(self).map(|(live, rating), this, _| {
            if rating.is_some() {
                this.say_to_all(&ToVisitor::Head { head: head(&live.state, live.marks, rating) });
            }
        }));
    }

    fn visited(&mut self, visit: PageVisit, ctx: &mut Context<Self>) {
        let now = self.around.ports.clock.now();
        if let Some(visit) = super::pages::clean_visit(visit, now) {
            self.keep_visit(visit, ctx);
        }
    }
}

impl Worker {
    /// The question that a closed conversation leaves open; one that cannot be read is not asked.
    async fn rating_asked(&self, live: &mut Live) -> Option<RatingView> {
        if !live.state.phase.is_closed() || live.state.rated.is_some() {
            return None;
        }
        self.rating(live).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "whether a conversation is to be rated could not be read");
            None
        })
    }
}

/// An open conversation is shown for ever, a closed one for a day.
fn is_shown(live: &Live, now: crate::protocol::Timestamp) -> bool {
    match &live.state.phase {
        Phase::Bot {} | Phase::Waiting { .. } | Phase::InProgress { .. } => true,
        Phase::Closed { at, by: _ } => now.seconds_since(*at) < CLOSED_SHOWN_SECONDS,
    }
}
