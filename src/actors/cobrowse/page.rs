//! The visitor's end: hellos with a key that is rotated each time, and what the page says.

use std::time::Duration;

use actix::prelude::*;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::super::link::{FromSocket, Link, SocketGone, encode};
use super::happen::fresh_key;
use super::messages::{FromPage, Pages, SeatPage};
use super::shelf::{hash_of, hex_of};
use super::{ARRIVALS_MAX, Arrival, CobrowseSession};
use crate::protocol::cobrowse::{
    ActionOutcome, OFFERED_ASSETS_MAX, PageFrame, PageStop, ShareEnd, SharedPage, ToPage, ToWatcher,
};
use crate::protocol::frame::ClosingReason;
use crate::protocol::{Refusal, RefusalCode, ShareId};
use crate::rules::cobrowse::{Input, Stage, paths};
use crate::store::ShareKeys;

/// A page's address and title as they are shown.
const URL_BYTES_MAX: usize = 2 * 1024;
const TITLE_BYTES_MAX: usize = 512;

/// A page that lost its seat may tell for so long what it did under an order.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The page that is shared.
pub struct PageSeat {
    pub link: Link<Pages>,
    pub shown: Option<SharedPage>,
}

/// A page that lost its seat, to the next one or with its share: the word of what it did last may be on its way.
pub struct PageLeft {
    link: Link<Pages>,
    share: Option<ShareId>,
    reason: ClosingReason,
    until: Instant,
}

impl Handler<SeatPage> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, seat: SeatPage, ctx: &mut Self::Context) {
        self.grants = self.grants.max(seat.grant);
        if self.known {
            self.seat_page(seat, ctx);
        } else if self.arrivals.len() < ARRIVALS_MAX {
            self.arrivals.push(Arrival::Page(seat));
        }
    }
}

impl CobrowseSession {
    /// The newest claim wins; the page before it is told where the share went, and control ends.
    pub(super) fn seat_page(&mut self, seat: SeatPage, ctx: &mut Context<Self>) {
        let SeatPage { hello, row, mut link, .. } = seat;
        let keys = self.keys.unwrap_or(row.keys);
        let shown: [u8; 32] = Sha256::digest(hello.key.as_bytes()).into();
        let knows = shown == keys.current || keys.before == Some(shown);
        if !knows || self.share.id() != Some(hello.share) || !self.is_agreed_or_asked_anew() {
            turn_away(&mut link);
            return;
        }
        if link.seat(ctx.address()).is_err() {
            return;
        }
        let (key, current) = fresh_key();
        let keys = ShareKeys { current, before: Some(shown) };
        self.keys = Some(keys);
        let rotated = self.around.ports.shares.rotate(self.key.site, hello.share, keys);
        ctx.spawn(rotated.into_actor(self).map(|rotated, _, _| {
            if let Err(error) = rotated {
                tracing::warn!(%error, "a share's key was not stored; after a restart it is asked for anew");
            }
        }));
        self.unseat_page(ClosingReason::OtherTab);
        self.page = Some(PageSeat { link, shown: None });
        self.pipeline.forget();
        self.picture.expect_full();
        self.proposal = None;
        // Whatever the rules tell the page follows its welcome.
        self.welcome_page(key, hello.epoch);
        self.happen(&Input::PageCame { epoch: hello.epoch }, ctx);
    }

    /// It is let go a little later, one at a time.
    pub(super) fn unseat_page(&mut self, reason: ClosingReason) {
        if let Some(PageSeat { link, .. }) = self.page.take() {
            self.let_page_go();
            let until = Instant::now() + LAST_WORDS;
            self.page_left = Some(PageLeft { link, share: self.share.id(), reason, until });
        }
    }

    fn let_page_go(&mut self) {
        if let Some(mut left) = self.page_left.take() {
            left.link.hang_up(left.reason);
        }
    }

    /// Of a page that left: what it did before, and the visitor's word that ends what still goes on.
    fn hear_page_that_left(&mut self, frame: PageFrame, ctx: &mut Context<Self>) {
        let same = self.page_left.as_ref().is_some_and(|left| left.share.is_some() && left.share == self.share.id());
        match frame {
            PageFrame::ReportAction { n, outcome } => self.reported(n, outcome, ctx),
            PageFrame::TakeBackControl { epoch } if same => {
                self.happen(&Input::TakeBack { epoch }, ctx);
            }
            PageFrame::StopSharing { reason: PageStop::Visitor } if same => {
                self.happen(&Input::PageStops { reason: ShareEnd::VisitorStopped }, ctx);
            }
            _ => {}
        }
    }

    fn is_agreed_or_asked_anew(&self) -> bool {
        match &self.share.stage {
            Stage::Idle | Stage::Asked { replaces: None, .. } => false,
            Stage::Asked { replaces: Some(_), .. }
            | Stage::Sharing { .. }
            | Stage::ControlAsked { .. }
            | Stage::InControl { .. }
            | Stage::Suspended { .. }
            | Stage::Away { .. } => true,
        }
    }

    /// Says the stage that this hello leads to, so that the page's gate opens only on its own epoch.
    fn welcome_page(&mut self, key: String, epoch: u32) {
        let now = self.now();
        let (next, _) = crate::rules::cobrowse::step(self.share.clone(), &Input::PageCame { epoch }, now);
        let welcome =
            ToPage::Welcome { key, stage: next.view(now), watchers: self.named_watchers(), settings: self.settings() };
        self.tell_page(&welcome);
    }

    /// Ends are never dropped: a page that has no room for them is cut, which ends as well.
    pub(super) fn tell_page(&mut self, frame: &ToPage) {
        if let Some(page) = &mut self.page {
            // A page that cannot be written to is found by its socket's end.
            let _ = page.link.send(encode(frame));
        }
    }

    pub(super) fn page_is_gone(&mut self, ctx: &mut Context<Self>) {
        self.unseat_page(ClosingReason::Restart);
        self.pipeline.forget();
        self.picture.expect_full();
        self.happen(&Input::PageGone, ctx);
    }

    fn hear_page(&mut self, frame: PageFrame, ctx: &mut Context<Self>) {
        match frame {
            PageFrame::ResumeShare { .. } => {
                self.tell_page(&ToPage::Fault { refusal: RefusalCode::Malformed.into() });
            }
            PageFrame::DescribePage { page } => self.described(page, ctx),
            PageFrame::AnswerConsent { ask, granted } => {
                self.happen(&Input::AnswerConsent { ask, granted }, ctx);
            }
            PageFrame::AnswerControl { ask, granted, epoch } => {
                self.happen(&Input::AnswerControl { ask, granted, epoch }, ctx);
            }
            PageFrame::TakeBackControl { epoch } => {
                self.happen(&Input::TakeBack { epoch }, ctx);
            }
            PageFrame::StopSharing { reason } => {
                let reason = match reason {
                    PageStop::Visitor => ShareEnd::VisitorStopped,
                    PageStop::PageOff => ShareEnd::PageOff,
                    PageStop::StopCovered => ShareEnd::StopCovered,
                };
                self.happen(&Input::PageStops { reason }, ctx);
            }
            PageFrame::OfferAssets { hashes } => self.offered(&hashes),
            PageFrame::ReportAction { n, outcome } => self.reported(n, outcome, ctx),
            PageFrame::ReportPointing { label } => {
                self.acts.pointed_at(&label);
                self.say_acts(false, ctx);
            }
            PageFrame::AnswerProposal { ask, granted } => self.answer_proposal(ask, granted, ctx),
            PageFrame::Active {} => {
                self.happen(&Input::Touched, ctx);
            }
            PageFrame::Beat {} => self.tell_watchers_briefly(&ToWatcher::PageBeat {}),
        }
    }

    /// The site's word on the page counts as much as the page's own: the lower one holds.
    fn described(&mut self, mut page: SharedPage, ctx: &mut Context<Self>) {
        #[cfg(feature = "fault-hooks")]
        super::super::fault::strike(super::super::fault::PANIC_IN_SHARE, &page);
        page.url.truncate(page.url.floor_char_boundary(URL_BYTES_MAX));
        page.title.truncate(page.title.floor_char_boundary(TITLE_BYTES_MAX));
        page.lacks.dedup();
        page.lacks.truncate(4);
        let rule = page.rule.min(paths::rule_of(&self.settings(), &page.url));
        page.rule = rule;
        if let Some(seat) = &mut self.page {
            seat.shown = Some(page.clone());
        }
        if self.share.agreed().is_some() {
            self.tell_watchers(&ToWatcher::Page { page });
        }
        self.happen(&Input::Described { rule }, ctx);
    }

    /// An admin may have changed the settings since the page was described: what lowers counts at once.
    pub(super) fn look_at_settings(&mut self, ctx: &mut Context<Self>) {
        let shown = self.page.as_ref().and_then(|page| page.shown.clone());
        if let Some(page) = shown.filter(|page| paths::rule_of(&self.settings(), &page.url) < page.rule) {
            self.described(page, ctx);
        }
    }

    fn offered(&mut self, hashes: &[String]) {
        let Some(share) = self.share.agreed().and(self.share.id()) else { return };
        let known = hashes.iter().take(OFFERED_ASSETS_MAX).filter_map(|text| hash_of(text)).collect();
        let wanted = self.around.shelf.offered(share, known);
        if !wanted.is_empty() {
            self.tell_page(&ToPage::AssetsWanted { hashes: wanted.iter().map(hex_of).collect() });
        }
    }

    fn reported(&mut self, n: u32, outcome: ActionOutcome, ctx: &mut Context<Self>) {
        let act = match &outcome {
            ActionOutcome::Done { act } => act.as_ref(),
            ActionOutcome::Refused { .. } => None,
        };
        if let Some(tab) = self.acts.reported(n, act) {
            self.tell_watcher(tab, &ToWatcher::Outcome { n, outcome });
            self.say_acts(false, ctx);
        }
    }
}

fn turn_away(link: &mut Link<Pages>) {
    let refusal = Refusal::from(RefusalCode::NotShared);
    let _ = link.send(encode(&ToPage::Fault { refusal }));
    link.hang_up(ClosingReason::Refused);
}

impl Handler<FromSocket<FromPage>> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, FromSocket { socket, frame }: FromSocket<FromPage>, ctx: &mut Self::Context) {
        if self.page.as_ref().is_some_and(|page| page.link.socket == socket) {
            match frame {
                FromPage::Said(frame) => self.hear_page(frame, ctx),
                FromPage::Shown(bytes) => self.shown(bytes, ctx),
            }
        } else if self.page_left.as_ref().is_some_and(|left| left.link.socket == socket)
            && let FromPage::Said(frame) = frame
        {
            self.hear_page_that_left(frame, ctx);
        }
    }
}

impl Handler<SocketGone> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, SocketGone { socket }: SocketGone, ctx: &mut Self::Context) {
        if self.page.as_ref().is_some_and(|page| page.link.socket == socket) {
            self.page_is_gone(ctx);
        } else if self.page_left.take_if(|left| left.link.socket == socket).is_none() {
            self.watcher_is_gone(socket, ctx);
        }
    }
}

impl CobrowseSession {
    /// Sockets that take nothing are cut, and those that were cut are noticed.
    pub(super) fn look_at_sockets(&mut self, now: Instant, ctx: &mut Context<Self>) {
        if self.page_left.as_ref().is_some_and(|left| left.until <= now) {
            self.let_page_go();
        }
        if self.page.as_mut().is_some_and(|page| page.link.check(now).is_err()) {
            self.page_is_gone(ctx);
        }
        let gone: Vec<_> = self
            .watchers
            .iter_mut()
            .filter_map(|watcher| watcher.link.check(now).is_err().then_some(watcher.link.socket))
            .collect();
        for socket in gone {
            self.watcher_is_gone(socket, ctx);
        }
    }

    pub(super) fn beat(&mut self) {
        self.tell_page(&ToPage::Beat {});
        self.tell_watchers_briefly(&ToWatcher::Beat {});
    }
}
