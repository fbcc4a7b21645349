//! The session of a shared page: the server's only gate between a visitor's page and an agent's tab.
//!
//! One for each conversation in which a page is, was or may be shared, under the supervisor, on
//! threads of its own: a picture of a page must not hold up a message. The supervisor hands its
//! address out at joining and is out of the way after that. What it may do is decided by
//! [`crate::rules::cobrowse`], which knows no wire; what was agreed to is said by the conversation's
//! log, through the visitor's session, before it takes effect.
//!
//! Nothing of the page is written anywhere. If this session dies, or the server, the share goes on
//! from the stored consent and the page's key; control never does.
//!
//! Here: what it is and how long it lives. [`happen`] carries out what the rules decide, [`saying`]
//! has the log say it, [`page`] and [`watch`] are the two ends, [`data`] the picture's way from one
//! to the other ([`assembly`], [`check`], [`picture`]), [`shelf`] the files, [`acts`] the audit.

mod acts;
mod assembly;
mod check;
mod data;
mod happen;
pub mod messages;
mod page;
mod picture;
mod propose;
mod saying;
pub mod shelf;
mod watch;

use std::time::Duration;

use actix::prelude::*;
use tokio::time::Instant;

use self::acts::Acts;
use self::data::Pipeline;
use self::page::{PageLeft, PageSeat};
use self::picture::Picture;
use self::propose::Proposal;
use self::saying::Said;
use self::watch::Watcher;
use super::around::Around;
use super::link::SocketId;
use super::messages::{Died, HangUp, Retire, Retired, VisitorKey, Who};
use super::notice::DeathNotice;
use super::visitor::VisitorSession;
use crate::protocol::cobrowse::{SHARE_BEAT_MS, ShareSettings};
use crate::protocol::{AgentRef, AskId, ConversationId};
use crate::rules::cobrowse::{Input, Millis, Share};
use crate::store::ShareKeys;
pub use messages::{ArrivePage, ArriveWatcher, FromPage, PageHello, Pages, Room, Watchers};
pub use picture::{INCREMENTS_BYTES_MAX, PICTURE_BYTES_MAX, WATCHER_BYTES_MAX};

/// Frames and words that wait; one more frame is lost, which its numbers show.
pub const COBROWSE_MAILBOX_MAX: usize = 1024;
/// Tabs of the agent; one more closes the oldest.
pub const WATCHERS_MAX: usize = 4;
/// Arrivals while the conversation is being read; one more is told to come back.
const ARRIVALS_MAX: usize = 8;
/// How often a session looks after itself.
const SHARE_TICK: Duration = Duration::from_millis(250);
/// Without a share and without a tab for so long it is dropped.
const IDLE_AFTER: Duration = Duration::from_secs(20);

/// Whoever came before the conversation was read.
enum Arrival {
    Page(messages::SeatPage),
    Watcher(messages::SeatWatcher),
}

pub struct CobrowseSession {
    conversation: ConversationId,
    key: VisitorKey,
    around: Around,
    visitor: Addr<VisitorSession>,
    /// How often the supervisor has handed the address out, as far as seen here.
    grants: u64,
    began: Instant,
    share: Share,
    /// The visitor's session has answered, and says from here on what the log says.
    attached: bool,
    /// The log was heard: until then nobody is let in.
    known: bool,
    arrivals: Vec<Arrival>,
    in_charge: Option<AgentRef>,
    lang: String,
    page: Option<PageSeat>,
    page_left: Option<PageLeft>,
    keys: Option<ShareKeys>,
    watchers: Vec<Watcher>,
    picture: Picture,
    pipeline: Pipeline,
    acts: Acts,
    proposal: Option<Proposal>,
    said: Said,
    /// The chat's tab that agreed, until it has the key.
    agreeing: Option<(SocketId, AskId)>,
    beaten: Instant,
    /// Without a share and without a tab since then.
    idle_since: Option<Instant>,
    notice: DeathNotice<Died>,
}

impl CobrowseSession {
    /// `life` tells this session from earlier ones of the same conversation.
    pub fn start_in(
        arbiter: &ArbiterHandle,
        conversation: ConversationId,
        key: VisitorKey,
        around: Around,
        visitor: Addr<VisitorSession>,
        life: u64,
    ) -> Addr<Self> {
        Self::start_in_arbiter(arbiter, move |ctx| {
            ctx.set_mailbox_capacity(COBROWSE_MAILBOX_MAX);
            let now = Instant::now();
            let died = Died { who: Who::Share(conversation), life };
            Self {
                conversation,
                key,
                notice: DeathNotice::new(&around.supervisor, died),
                around,
                visitor,
                grants: 0,
                began: now,
                share: Share::idle(0),
                attached: false,
                known: false,
                arrivals: Vec::new(),
                in_charge: None,
                lang: String::new(),
                page: None,
                page_left: None,
                keys: None,
                watchers: Vec::new(),
                picture: Picture::default(),
                pipeline: Pipeline::new(now),
                acts: Acts::new(now),
                proposal: None,
                said: Said::default(),
                agreeing: None,
                beaten: now,
                idle_since: Some(now),
            }
        })
    }

    /// Since the session began: the rules' clock.
    fn now(&self) -> Millis {
        Millis::try_from(self.began.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }

    fn settings(&self) -> ShareSettings {
        self.around.ports.sites.share_settings(self.key.site)
    }

    fn fresh_ask(&self) -> AskId {
        AskId(self.around.ports.ids.fresh())
    }

    fn tick(&mut self, ctx: &mut Context<Self>) {
        let now = Instant::now();
        if !self.attached {
            self.attach(ctx);
        }
        self.look_at_sockets(now, ctx);
        if self.known {
            self.happen(&Input::Tick, ctx);
            self.say_acts(false, ctx);
            self.say_again(ctx);
            self.want_snapshot_if_due(ctx);
            self.end_proposal_if_due(now);
        }
        if now.duration_since(self.beaten) >= Duration::from_millis(u64::from(SHARE_BEAT_MS)) {
            self.beaten = now;
            self.beat();
            self.look_at_settings(ctx);
        }
        for at in 0..self.watchers.len() {
            self.send_picture(at);
        }
        self.retire_if_idle(now);
    }

    fn retire_if_idle(&mut self, now: Instant) {
        let idle = self.share.id().is_none()
            && self.watchers.is_empty()
            && self.page.is_none()
            && self.arrivals.is_empty()
            && self.said.is_empty();
        if !idle {
            self.idle_since = None;
            return;
        }
        let since = *self.idle_since.get_or_insert(now);
        if now.duration_since(since) >= IDLE_AFTER {
            // No room: asked again at the next tick.
            let _ = self.around.supervisor.try_send(Retire { who: Who::Share(self.conversation), grants: self.grants });
        }
    }
}

impl Actor for CobrowseSession {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(COBROWSE_MAILBOX_MAX);
        ctx.run_interval(SHARE_TICK, Self::tick);
        self.attach(ctx);
    }
}

impl Handler<HangUp> for CobrowseSession {
    type Result = ();

    /// The server stops: both ends come back to the next one.
    fn handle(&mut self, HangUp(reason): HangUp, ctx: &mut Self::Context) {
        self.say_acts(true, ctx);
        for watcher in &mut self.watchers {
            watcher.link.hang_up(reason);
        }
        if let Some(page) = &mut self.page {
            page.link.hang_up(reason);
        }
    }
}

impl Handler<Retired> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, _: Retired, ctx: &mut Self::Context) {
        self.notice.withdraw();
        ctx.stop();
    }
}

impl Drop for CobrowseSession {
    fn drop(&mut self) {
        if let Some(share) = self.share.id() {
            self.around.shelf.forget(share);
        }
    }
}
