//! Having the conversation's log say what happened, and hearing what it says.
//!
//! Commands go to the visitor's session in order. A consent that could not be written is none; an end
//! that could not be written holds here and is said again until it is.

use std::collections::{BTreeMap, VecDeque};

use std::time::Duration;

use actix::prelude::*;
use tokio::time::Instant;

use super::super::link::SocketId;
use super::super::messages::Carry;
use super::super::order::{Order, Sender};
use super::messages::{AttachShare, GiveVisitor, ShareNews, ShareWritten, VisitorSays};
use super::{Arrival, CobrowseSession};
use crate::protocol::cobrowse::{ShareEnd, ShareStep};
use crate::protocol::{AskId, Refusal, RefusalCode, ShareId};
use crate::rules::cobrowse::{Input, Stage};
use crate::rules::conversation::{Command, ServerCommand, ShareCommand, ShareFact};

/// Ends and acts that wait to be said again; one share has few.
const AGAIN_MAX: usize = 64;

/// The log's answer comes within this, or was lost.
const WRITTEN_WITHIN: Duration = Duration::from_secs(30);

/// Said at that time, for that tab.
type Saying = (ShareCommand, Option<SocketId>, Instant);

/// What was said and not heard to be written.
#[derive(Debug, Default)]
pub struct Said {
    tickets: u64,
    /// By ticket, which is in the order of time.
    pending: BTreeMap<u64, Saying>,
    again: VecDeque<ShareCommand>,
}

impl Said {
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty() && self.again.is_empty()
    }
}

impl CobrowseSession {
    /// Until the visitor's session has answered. No room: at the next tick.
    pub(super) fn attach(&self, ctx: &mut Context<Self>) {
        let _ = self.visitor.try_send(AttachShare { conversation: self.conversation, to: ctx.address() });
    }

    /// `asker`: the tab to tell, should it be refused.
    pub(super) fn say(&mut self, command: ShareCommand, asker: Option<SocketId>, ctx: &mut Context<Self>) {
        self.said.tickets += 1;
        let ticket = self.said.tickets;
        self.said.pending.insert(ticket, (command.clone(), asker, Instant::now()));
        let order = Order {
            sender: Sender::Share { to: ctx.address(), ticket },
            conversation: Some(self.conversation),
            begin: None,
            command: Command::Server(ServerCommand::Share(command)),
        };
        if self.visitor.try_send(Carry(order)).is_err() {
            self.unsaid(ticket, &RefusalCode::TryLater.into(), ctx);
        }
    }

    fn unsaid(&mut self, ticket: u64, refusal: &Refusal, ctx: &mut Context<Self>) {
        let Some((command, asker, _)) = self.said.pending.remove(&ticket) else { return };
        match command {
            ShareCommand::Ask { .. } => {
                if let Some(asker) = asker {
                    self.refuse_watcher(asker, refusal.clone());
                }
            }
            ShareCommand::Agree { level, .. } => {
                self.happen(&Input::Unwritten { level }, ctx);
            }
            ShareCommand::NotAgree { .. }
            | ShareCommand::EndControl { .. }
            | ShareCommand::End { .. }
            | ShareCommand::Act { .. } => {
                if self.said.again.len() < AGAIN_MAX {
                    self.said.again.push_back(command);
                } else {
                    tracing::warn!(%refusal, conversation.id = %self.conversation, "the log was not told of a shared page");
                }
            }
        }
    }

    /// Each tick: what was to be lowered and is not written yet, or whose answer was lost.
    pub(super) fn say_again(&mut self, ctx: &mut Context<Self>) {
        let now = Instant::now();
        let late = |(_, (.., since)): &(&u64, &Saying)| now.duration_since(*since) >= WRITTEN_WITHIN;
        let lost: Vec<u64> = self.said.pending.iter().take_while(late).map(|(ticket, _)| *ticket).collect();
        for ticket in lost {
            self.unsaid(ticket, &RefusalCode::TryLater.into(), ctx);
        }
        for command in std::mem::take(&mut self.said.again) {
            self.say(command, None, ctx);
        }
    }

    /// What the agent did, for the log; `at_once`: at an end, all of it.
    pub(super) fn say_acts(&mut self, at_once: bool, ctx: &mut Context<Self>) {
        while let Some(((share, by), acts)) = self.acts.due(tokio::time::Instant::now(), at_once) {
            self.say(ShareCommand::Act { share, by, acts }, None, ctx);
        }
    }

    /// Whoever is agreed to from here on is who acts; what others did is told before.
    pub(super) fn acts_by(&mut self, ctx: &mut Context<Self>) {
        if let (Some(share), Some(agent)) = (self.share.id(), self.share.agreed()) {
            let whose = (share, agent.id);
            self.say_acts(!self.acts.is_of(whose), ctx);
            self.acts.begin(whose);
        }
    }

    /// The log was heard for the first time: a share of before goes on as far as it may.
    fn begin(&mut self, news: &ShareNews, ctx: &mut Context<Self>) {
        self.known = true;
        if let Some(fact) = &news.fact {
            let ask = self.fresh_ask();
            let (share, effects) = crate::rules::cobrowse::resumed(fact, ask, self.now());
            self.share = share;
            self.carry_out(effects, ctx);
        }
        for arrival in std::mem::take(&mut self.arrivals) {
            match arrival {
                Arrival::Page(page) => self.seat_page(page, ctx),
                Arrival::Watcher(watcher) => self.seat_watcher(watcher, ctx),
            }
        }
    }
}

impl Handler<ShareNews> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, news: ShareNews, ctx: &mut Self::Context) {
        self.attached = true;
        self.in_charge.clone_from(&news.in_charge);
        self.lang.clone_from(&news.lang);
        if !self.known {
            self.begin(&news, ctx);
            return;
        }
        // A consent's step may have died with the visitor's session; the fact says it still.
        let unsaid = news.fact.as_ref().filter(|_| news.steps.is_empty()).and_then(consent);
        for (share, step) in news.steps.iter().cloned().chain(unsaid) {
            let ask = self.fresh_ask();
            self.happen(&Input::Logged { share, step, ask }, ctx);
        }
        let over = self.share.id().is_some() && news.fact.is_none();
        if over && let Some(share) = self.share.id() {
            // Its end was said while nobody could hear it.
            let agent = self.share.agreed().cloned().or(news.in_charge.clone());
            if let Some(agent) = agent {
                let step = ShareStep::Ended { agent, reason: ShareEnd::AgentGone };
                let ask = self.fresh_ask();
                self.happen(&Input::Logged { share, step, ask }, ctx);
            }
        }
        self.part_with_others();
        self.tell_watchers_view();
    }
}

impl Handler<ShareWritten> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, written: ShareWritten, ctx: &mut Self::Context) {
        match &written.outcome {
            Ok(_) => {
                self.said.pending.remove(&written.ticket);
            }
            // The conversation has moved on: there is nothing to end in it any more.
            Err(refusal) if is_final(refusal.code) && !self.is_consent(written.ticket) => {
                self.said.pending.remove(&written.ticket);
            }
            Err(refusal) => self.unsaid(written.ticket, refusal, ctx),
        }
    }
}

impl CobrowseSession {
    /// The visitor is being asked this, and has not answered.
    fn is_open(&self, question: AskId) -> bool {
        match &self.share.stage {
            Stage::Asked { ask, answered, .. } => *ask == question && !answered,
            Stage::Idle
            | Stage::Sharing { .. }
            | Stage::ControlAsked { .. }
            | Stage::InControl { .. }
            | Stage::Suspended { .. }
            | Stage::Away { .. } => false,
        }
    }

    fn is_consent(&self, ticket: u64) -> bool {
        match self.said.pending.get(&ticket) {
            Some((ShareCommand::Ask { .. } | ShareCommand::Agree { .. }, ..)) => true,
            Some((
                ShareCommand::NotAgree { .. }
                | ShareCommand::EndControl { .. }
                | ShareCommand::End { .. }
                | ShareCommand::Act { .. },
                ..,
            ))
            | None => false,
        }
    }
}

/// The consent that holds, as the step that gave it.
fn consent(fact: &ShareFact) -> Option<(ShareId, ShareStep)> {
    let agreed = fact.agreed.as_ref().filter(|_| fact.asked.is_none())?;
    Some((fact.id, ShareStep::Agreed { to: agreed.agent.clone(), level: agreed.level }))
}

fn is_final(code: RefusalCode) -> bool {
    matches!(code, RefusalCode::NotFound | RefusalCode::NotShared | RefusalCode::ConversationClosed)
}

impl Handler<VisitorSays> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, said: VisitorSays, ctx: &mut Self::Context) {
        match said {
            VisitorSays::Answer { socket, ask, granted } => {
                // An old question's answer opens nothing, and must not stand before the right one.
                if granted && self.is_open(ask) {
                    self.agreeing = Some((socket, ask));
                }
                self.happen(&Input::AnswerConsent { ask, granted }, ctx);
            }
            VisitorSays::Stop { share } if self.share.id() == Some(share) => {
                self.happen(&Input::PageStops { reason: ShareEnd::VisitorStopped }, ctx);
            }
            // Not the one that goes on here: what the log has of it ends all the same.
            VisitorSays::Stop { share } => {
                self.say(ShareCommand::End { share, reason: ShareEnd::VisitorStopped }, None, ctx);
            }
        }
    }
}

impl Handler<GiveVisitor> for CobrowseSession {
    type Result = ();

    fn handle(&mut self, GiveVisitor(visitor): GiveVisitor, ctx: &mut Self::Context) {
        self.visitor = visitor;
        self.attached = false;
        self.attach(ctx);
        // What was said to the one that died was written or is not: said again, it changes nothing twice.
        // An act may stand there twice, which is better than not at all.
        let pending = std::mem::take(&mut self.said.pending);
        for (command, asker, _) in pending.into_values() {
            self.say(command, asker, ctx);
        }
    }
}
