//! The picture's way from the page to the agent's tabs: joined, checked, kept, forwarded as the same
//! bytes. Large bodies are checked on other threads, so that Stop never waits behind a picture.

use std::collections::VecDeque;
use std::time::Duration;

use actix::prelude::*;
use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::CobrowseSession;
use super::assembly::{Assembly, DataKind, Whole};
use super::check::{Checked, SMALL_BYTES, check};
use super::picture::{Kept, PICTURE_BYTES_MAX};
use crate::protocol::cobrowse::{FrameFault, ToPage, ToWatcher};
use crate::rules::cobrowse::Input;

/// Large bodies checked at once in the whole server.
const CHECKS_MAX: usize = 2;
/// A page is asked for the whole of it so often at most.
const SNAPSHOT_GAP: Duration = Duration::from_secs(10);
/// How long a page that starts to be watched has to send the whole of it by itself.
const SNAPSHOT_GRACE: Duration = Duration::from_secs(2);
/// So many refused frames within [`FAULTS_WITHIN`] end the share.
const FAULTS_MAX: usize = 3;
const FAULTS_WITHIN: Duration = Duration::from_secs(60);

static CHECKS: Semaphore = Semaphore::const_new(CHECKS_MAX);

/// What is between a page's socket and the picture.
pub struct Pipeline {
    assembly: Assembly,
    waiting: VecDeque<Whole>,
    /// Of those that wait and the one that is being looked at.
    waiting_bytes: usize,
    checking: bool,
    /// Rises when everything on its way is void.
    epoch: u64,
    faults: VecDeque<Instant>,
    /// When a full snapshot was asked for last.
    asked: Option<Instant>,
    /// One is wanted, from then on.
    wanted: Option<Instant>,
}

impl Pipeline {
    pub fn new(now: Instant) -> Self {
        Self {
            assembly: Assembly::new(now),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            checking: false,
            epoch: 0,
            faults: VecDeque::new(),
            asked: None,
            wanted: None,
        }
    }

    /// What has come and is not shown yet.
    fn bytes(&self) -> usize {
        self.assembly.bytes() + self.waiting_bytes
    }

    /// The page is another one, or nobody looks: what is on its way is void.
    pub fn forget(&mut self) {
        self.assembly.forget();
        self.waiting.clear();
        self.waiting_bytes = 0;
        self.checking = false;
        self.epoch += 1;
        self.wanted = None;
    }

    /// A full one should come by itself; asked for if it does not.
    pub fn want_soon(&mut self) {
        self.wanted = Some(Instant::now() + SNAPSHOT_GRACE);
    }

    /// Whether the page is to be asked for one now.
    fn is_due(&mut self, now: Instant) -> bool {
        let wanted = self.wanted.is_some_and(|wanted| wanted <= now);
        let may = self.asked.is_none_or(|asked| now.duration_since(asked) >= SNAPSHOT_GAP);
        if wanted && may {
            self.wanted = None;
            self.asked = Some(now);
        }
        wanted && may
    }

    /// Whether it was one too many.
    fn count_fault(&mut self, now: Instant) -> bool {
        self.faults.retain(|at| now.duration_since(*at) < FAULTS_WITHIN);
        self.faults.push_back(now);
        self.faults.len() >= FAULTS_MAX
    }
}

impl CobrowseSession {
    /// A data frame of the page. Nothing is taken that nobody may see.
    pub(super) fn shown(&mut self, part: Bytes, ctx: &mut Context<Self>) {
        if !self.share.is_seen() {
            self.pipeline.assembly.forget();
            return;
        }
        let taken = self.pipeline.assembly.take(part, Instant::now());
        self.keep_within_bounds();
        match taken {
            Ok(None) => {}
            Ok(Some(whole)) => self.whole(whole, ctx),
            Err(fault) => self.refuse_frame(fault, ctx),
        }
    }

    fn whole(&mut self, whole: Whole, ctx: &mut Context<Self>) {
        if !self.pipeline.checking && whole.bytes <= SMALL_BYTES {
            let kind = whole.kind;
            let checked = check(whole);
            self.checked(kind, checked, ctx);
            return;
        }
        self.pipeline.waiting_bytes += whole.bytes;
        self.pipeline.waiting.push_back(whole);
        if self.pipeline.bytes() > PICTURE_BYTES_MAX {
            self.pipeline.forget();
            self.picture.expect_full();
            self.refuse_frame(FrameFault::TooFast, ctx);
            return;
        }
        self.check_next(ctx);
    }

    /// What comes goes before what was shown: a full picture is on its way, or too much of a changing one.
    fn keep_within_bounds(&mut self) {
        if self.pipeline.bytes() + self.picture.bytes() > PICTURE_BYTES_MAX {
            self.picture.clear();
        }
    }

    fn check_next(&mut self, ctx: &mut Context<Self>) {
        if self.pipeline.checking {
            return;
        }
        let Some(whole) = self.pipeline.waiting.pop_front() else { return };
        self.pipeline.checking = true;
        let (epoch, kind, bytes) = (self.pipeline.epoch, whole.kind, whole.bytes);
        let looked = async move {
            let _place = CHECKS.acquire().await;
            actix_rt::task::spawn_blocking(move || check(whole)).await
        };
        ctx.spawn(looked.into_actor(self).map(move |looked, this, ctx| {
            if this.pipeline.epoch != epoch {
                return;
            }
            this.pipeline.checking = false;
            this.pipeline.waiting_bytes = this.pipeline.waiting_bytes.saturating_sub(bytes);
            this.checked(kind, looked.unwrap_or(Err(FrameFault::Shape)), ctx);
            this.check_next(ctx);
        }));
    }

    fn checked(&mut self, kind: DataKind, checked: Result<Checked, FrameFault>, ctx: &mut Context<Self>) {
        match checked {
            Ok(Checked::Picture(whole)) => self.keep(whole, ctx),
            Ok(Checked::Asset(hash, asset)) => {
                if let Some(share) = self.share.agreed().and(self.share.id())
                    && !self.around.shelf.keep(share, hash, asset)
                {
                    tracing::debug!(share.id = %share, "a file of a shared page was not kept");
                }
            }
            // A file alone is missing: the picture goes on without it.
            Err(fault) if kind == DataKind::Asset => {
                tracing::debug!(?fault, "a file of a shared page was refused");
            }
            Err(fault) => self.refuse_frame(fault, ctx),
        }
    }

    fn keep(&mut self, whole: Whole, ctx: &mut Context<Self>) {
        // Stopped, or unwatched, while it was being looked at.
        if !self.share.is_seen() {
            return;
        }
        if whole.kind == DataKind::Full {
            self.pipeline.wanted = None;
        }
        match self.picture.push(whole) {
            Kept::Yes => {}
            Kept::TimeForFull | Kept::Gap => self.want_snapshot(ctx),
        }
        for at in 0..self.watchers.len() {
            self.send_picture(at);
        }
    }

    fn refuse_frame(&mut self, why: FrameFault, ctx: &mut Context<Self>) {
        tracing::info!(conversation.id = %self.conversation, ?why, "a frame of a shared page was refused");
        self.tell_watchers(&ToWatcher::Unshowable { why });
        self.picture.expect_full();
        if self.pipeline.count_fault(Instant::now()) {
            self.happen(&Input::Unshowable, ctx);
        } else {
            self.want_snapshot(ctx);
        }
    }

    /// Asks the page for the whole of it: now, or as soon as it may be asked again.
    pub(super) fn want_snapshot(&mut self, ctx: &mut Context<Self>) {
        self.pipeline.wanted.get_or_insert_with(Instant::now);
        self.want_snapshot_if_due(ctx);
    }

    pub(super) fn want_snapshot_if_due(&mut self, _: &mut Context<Self>) {
        if self.share.is_seen() && self.pipeline.is_due(Instant::now()) {
            self.tell_page(&ToPage::SnapshotWanted {});
        }
    }
}
