//! Carrying out what the rules decide.

use actix::prelude::*;
use rand::RngExt;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::super::link::SocketId;
use super::CobrowseSession;
use super::messages::{EndQuestion, OpenShare, PutQuestion};
use crate::protocol::cobrowse::{
    ActionRefusal, CONSENT_SECONDS, CONTROL_SECONDS, ControlEnd, NotAgreed, ShareEnd, ShareLevel, ShareStage, ToPage,
    ToWatcher,
};
use crate::protocol::frame::ClosingReason;
use crate::protocol::{AgentRef, AskId, RefusalCode, ShareId};
use crate::rules::cobrowse::{CONSENT_MS, Effect, Input, step};
use crate::store::{ShareKeys, ShareRow};

/// What is left to whoever brought the input.
#[derive(Debug, Default)]
pub struct Verdict {
    pub forward: bool,
    pub refused_order: Option<ActionRefusal>,
}

impl CobrowseSession {
    pub(super) fn happen(&mut self, input: &Input, ctx: &mut Context<Self>) -> Verdict {
        self.happen_by(input, None, ctx)
    }

    /// `by`: the agent's tab that asked for it.
    pub(super) fn happen_by(&mut self, input: &Input, by: Option<SocketId>, ctx: &mut Context<Self>) -> Verdict {
        let now = self.now();
        let before = self.share.view(now);
        let (share, effects) = step(self.share.clone(), input, now);
        let over = share.id().is_none().then(|| self.share.id()).flatten();
        if effects.iter().any(is_end) {
            // Before the end, where it is decided here; an end that others decided is in the log already.
            self.say_acts(true, ctx);
        }
        self.share = share;
        self.acts_by(ctx);
        let verdict = self.carry_out_by(effects, by, ctx);
        if let Some(share) = over {
            self.empty(share);
        }
        if self.share.view(now) != before {
            self.tell_watchers_view();
        }
        verdict
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>, ctx: &mut Context<Self>) {
        self.carry_out_by(effects, None, ctx);
    }

    fn carry_out_by(&mut self, effects: Vec<Effect>, by: Option<SocketId>, ctx: &mut Context<Self>) -> Verdict {
        let mut verdict = Verdict::default();
        for effect in effects {
            match effect {
                Effect::Write(command) => self.say(command, by, ctx),
                Effect::Ask { ask, agent, replaces } => self.ask(ask, agent, replaces),
                Effect::AskControl { ask, agent } => {
                    self.tell_page(&ToPage::ControlAsked { ask, agent, seconds: CONTROL_SECONDS });
                }
                Effect::EndAsk { ask } => self.end_ask(ask),
                Effect::Open { ask, share } => self.open(ask, share, ctx),
                Effect::NotAgreed { level, why } => self.not_agreed(level, why),
                Effect::ControlEnded { epoch, reason } => self.control_ended(epoch, reason),
                Effect::Confirm { epoch } => {
                    self.tell_page(&ToPage::ControlEnded { epoch, reason: ControlEnd::TakenBack });
                }
                Effect::SharingEnded { reason } => self.sharing_ended(reason),
                Effect::PartWith { agent } => {
                    self.part_with(&agent, &ToWatcher::SharingEnded { reason: ShareEnd::Transferred });
                }
                Effect::WatchersChanged => self.watchers_changed(ctx),
                Effect::WantSnapshot => self.pipeline.want_soon(),
                Effect::Forward => verdict.forward = true,
                Effect::RefuseOrder(why) => verdict.refused_order = Some(why),
                Effect::Refuse(code) => {
                    if let Some(by) = by {
                        self.refuse_watcher(by, code.into());
                    }
                }
            }
        }
        verdict
    }

    /// The first question goes by the chat, that of a transfer to the page that is shared.
    fn ask(&mut self, ask: AskId, agent: AgentRef, replaces: Option<AgentRef>) {
        self.agreeing = None;
        match replaces {
            Some(replaces) => {
                self.picture.clear();
                // Repeated to the page that comes while it is open.
                let seconds = match self.share.view(self.now()) {
                    ShareStage::Asked { seconds_left, .. } => seconds_left,
                    _ => CONSENT_SECONDS,
                };
                self.tell_page(&ToPage::ConsentAsked { ask, agent, replaces, seconds });
            }
            None => {
                let until = Instant::now() + std::time::Duration::from_millis(CONSENT_MS);
                let question = PutQuestion { ask, agent, until, settings: self.settings() };
                // No room: it ends by itself, and can be put again.
                let _ = self.visitor.try_send(question);
            }
        }
    }

    fn end_ask(&mut self, ask: AskId) {
        let agreed = self.agreeing.filter(|(_, agreed)| *agreed == ask && self.share.agreed().is_some());
        let _ = self.visitor.try_send(EndQuestion { ask, agreed: agreed.map(|(socket, _)| socket) });
        self.tell_page(&ToPage::AskEnded { ask });
    }

    /// The consent stands in the log: the tab that gave it gets a key, once the store has its hash.
    fn open(&mut self, ask: AskId, share: ShareId, ctx: &mut Context<Self>) {
        let Some((socket, _)) = self.agreeing.take().filter(|(_, agreed)| *agreed == ask) else { return };
        let Some(agent) = self.share.agreed().map(|agent| agent.id) else { return };
        let (key, current) = fresh_key();
        let keys = ShareKeys { current, before: None };
        self.keys = Some(keys);
        self.tell_shelf();
        let row = ShareRow {
            share,
            site: self.key.site,
            conversation: self.conversation,
            visitor: self.key.visitor,
            agent,
            keys,
        };
        let stored = self.around.ports.shares.agreed(row, self.around.ports.clock.now());
        ctx.spawn(stored.into_actor(self).map(move |stored, this, _| match stored {
            Ok(()) => {
                // No room: the page never comes, and the share ends by itself.
                let _ = this.visitor.try_send(OpenShare { socket, ask, share, key });
            }
            Err(error) => tracing::warn!(%error, share.id = %share, "a share's key was not stored; it ends by itself"),
        }));
    }

    fn not_agreed(&mut self, level: ShareLevel, why: NotAgreed) {
        self.tell_watchers(&ToWatcher::NotAgreed { level, why });
    }

    fn control_ended(&mut self, epoch: u32, reason: ControlEnd) {
        tracing::info!(conversation.id = %self.conversation, cobrowse.epoch = epoch, ?reason, "control of a page ended");
        self.tell_page(&ToPage::ControlEnded { epoch, reason });
        self.tell_watchers(&ToWatcher::ControlEnded { reason });
    }

    fn sharing_ended(&mut self, reason: ShareEnd) {
        tracing::info!(conversation.id = %self.conversation, ?reason, "a shared page ended");
        self.tell_page(&ToPage::SharingEnded { reason });
        self.tell_watchers(&ToWatcher::SharingEnded { reason });
        self.unseat_page(ClosingReason::Refused);
    }

    /// Nothing of a share that is over is kept.
    fn empty(&mut self, share: ShareId) {
        self.picture.clear();
        self.pipeline.forget();
        self.proposal = None;
        self.agreeing = None;
        self.keys = None;
        self.page = None;
        for watcher in &mut self.watchers {
            watcher.cursor.wait_for_full(&self.picture);
        }
        self.around.shelf.forget(share);
        let ended = self.around.ports.shares.ended(self.key.site, share, self.around.ports.clock.now());
        actix_rt::spawn(async move {
            if let Err(error) = ended.await {
                // Its conversation's log says that it is over, which is what counts.
                tracing::warn!(%error, share.id = %share, "the end of a share was not stored beside its key");
            }
        });
    }

    fn watchers_changed(&mut self, _: &mut Context<Self>) {
        let watchers = self.named_watchers();
        if !self.share.is_seen() {
            // The page stops sending: what is kept grows old.
            self.pipeline.forget();
            if self.watchers.is_empty() {
                self.picture.clear();
            }
        }
        self.tell_page(&ToPage::WatchersChanged { watchers });
        self.tell_shelf();
        self.tell_watchers_view();
    }

    pub(super) fn refuse_watcher(&mut self, socket: SocketId, refusal: crate::protocol::Refusal) {
        self.tell_watcher(socket, &ToWatcher::Fault { refusal });
    }

    pub(super) fn fault_watcher(&mut self, socket: SocketId, code: RefusalCode) {
        self.refuse_watcher(socket, code.into());
    }
}

/// Whoever acted acts no more.
fn is_end(effect: &Effect) -> bool {
    match effect {
        Effect::ControlEnded { .. } | Effect::SharingEnded { .. } | Effect::PartWith { .. } => true,
        Effect::Write(_)
        | Effect::Ask { .. }
        | Effect::AskControl { .. }
        | Effect::EndAsk { .. }
        | Effect::Open { .. }
        | Effect::NotAgreed { .. }
        | Effect::Confirm { .. }
        | Effect::WatchersChanged
        | Effect::WantSnapshot
        | Effect::Forward
        | Effect::RefuseOrder(_)
        | Effect::Refuse(_) => false,
    }
}

/// A key of 128 random bits, and its hash.
pub(super) fn fresh_key() -> (String, [u8; 32]) {
    let bits: u128 = rand::rng().random();
    let key = format!("{bits:032x}");
    let hash = Sha256::digest(key.as_bytes()).into();
    (key, hash)
}
