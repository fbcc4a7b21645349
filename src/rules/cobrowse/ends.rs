//! Lowering: at once, whatever the log says later. Each way down in one place.

use super::state::{Effect, Millis, Share, Stage};
use super::ticks::AWAY_MS;
use crate::protocol::cobrowse::{ControlEnd, NotAgreed, ShareEnd, ShareLevel};
use crate::protocol::{AgentRef, AskId, ShareId};
use crate::rules::conversation::{ShareCommand, ShareFact};

impl Share {
    /// The next epoch that nobody has used, given what the other side has seen.
    pub(super) fn raise(&mut self, seen: u32) -> u32 {
        self.epoch = self.epoch.max(seen).saturating_add(1);
        self.epoch
    }

    /// Without control the page is seen, or waited for.
    pub(super) fn lower(&mut self, share: ShareId, agent: AgentRef, now: Millis) {
        self.stage = if self.page_here {
            Stage::Sharing { share, agent }
        } else {
            Stage::Away { share, agent, until: now + AWAY_MS }
        };
    }

    /// Control ends; the page is shared on. Nothing where nobody holds it.
    pub(super) fn end_control(&mut self, reason: ControlEnd, now: Millis) -> Vec<Effect> {
        match self.stage.clone() {
            Stage::InControl { share, agent, epoch, .. } | Stage::Suspended { share, agent, epoch, .. } => {
                let epoch = self.raise(epoch);
                self.lower(share, agent, now);
                vec![Effect::ControlEnded { epoch, reason }, Effect::Write(ShareCommand::EndControl { share, reason })]
            }
            Stage::ControlAsked { share, agent, ask, granted: Some(granted), .. } => {
                // The grant is on its way to the log: its end is written behind it.
                let epoch = self.raise(granted);
                self.lower(share, agent, now);
                vec![
                    Effect::EndAsk { ask },
                    Effect::ControlEnded { epoch, reason },
                    Effect::Write(ShareCommand::EndControl { share, reason }),
                ]
            }
            Stage::ControlAsked { granted: None, .. }
            | Stage::Idle
            | Stage::Asked { .. }
            | Stage::Sharing { .. }
            | Stage::Away { .. } => Vec::new(),
        }
    }

    /// A question for control that nobody granted.
    pub(super) fn end_question(&mut self, why: NotAgreed, now: Millis) -> Vec<Effect> {
        match self.stage.clone() {
            Stage::ControlAsked { share, agent, ask, granted: None, .. } => {
                self.lower(share, agent, now);
                let level = ShareLevel::Control;
                vec![
                    Effect::EndAsk { ask },
                    Effect::NotAgreed { level, why },
                    Effect::Write(ShareCommand::NotAgree { share, level, why }),
                ]
            }
            Stage::ControlAsked { granted: Some(_), .. }
            | Stage::Idle
            | Stage::Asked { .. }
            | Stage::Sharing { .. }
            | Stage::InControl { .. }
            | Stage::Suspended { .. }
            | Stage::Away { .. } => Vec::new(),
        }
    }

    /// Whatever of control there is, is over: the agent is not there, or the page may only be seen.
    pub(super) fn without_control(&mut self, control: ControlEnd, question: NotAgreed, now: Millis) -> Vec<Effect> {
        let mut effects = self.end_question(question, now);
        effects.extend(self.end_control(control, now));
        effects
    }

    /// The first question is not agreed to; it ends when the log says so.
    pub(super) fn refuse_consent(&mut self, why: NotAgreed) -> Vec<Effect> {
        match &mut self.stage {
            Stage::Asked { share, answered, .. } if !*answered => {
                *answered = true;
                vec![Effect::Write(ShareCommand::NotAgree { share: *share, level: ShareLevel::See, why })]
            }
            Stage::Idle
            | Stage::Asked { .. }
            | Stage::Sharing { .. }
            | Stage::ControlAsked { .. }
            | Stage::InControl { .. }
            | Stage::Suspended { .. }
            | Stage::Away { .. } => Vec::new(),
        }
    }

    /// Nothing is shared any more, at once.
    pub(super) fn end(&mut self, reason: ShareEnd) -> Vec<Effect> {
        let Some((share, question, held)) = self.open() else { return Vec::new() };
        if let Some(epoch) = held {
            self.raise(epoch);
        }
        self.forget();
        let mut effects: Vec<Effect> = question.map(|ask| Effect::EndAsk { ask }).into_iter().collect();
        effects.push(Effect::SharingEnded { reason });
        effects.push(Effect::Write(ShareCommand::End { share, reason }));
        effects
    }

    /// Back to the beginning; only the epoch is remembered.
    pub(super) fn forget(&mut self) {
        self.stage = Stage::Idle;
        self.page_here = false;
        self.unwatched = None;
        self.rule = crate::protocol::cobrowse::PageRule::SeeOnly;
    }

    /// The share with its open question and its grant, if there is one.
    fn open(&self) -> Option<(ShareId, Option<AskId>, Option<u32>)> {
        match &self.stage {
            Stage::Idle => None,
            Stage::Asked { share, ask, .. } => Some((*share, Some(*ask), None)),
            Stage::ControlAsked { share, ask, granted, .. } => Some((*share, Some(*ask), *granted)),
            Stage::InControl { share, epoch, .. } | Stage::Suspended { share, epoch, .. } => {
                Some((*share, None, Some(*epoch)))
            }
            Stage::Sharing { share, .. } | Stage::Away { share, .. } => Some((*share, None, None)),
        }
    }
}

/// A share that the log knows and nobody carried on: after the death of its session, or of the
/// server. It may be resumed by its page; control never is, and no question outlives who put it.
#[must_use]
pub fn resumed(fact: &ShareFact, ask: AskId, now: Millis) -> (Share, Vec<Effect>) {
    let mut share = Share::idle(now);
    let mut effects = Vec::new();
    if let Some(asked) = &fact.asked {
        let (level, why) = (asked.level, NotAgreed::TimedOut);
        effects.push(Effect::Write(ShareCommand::NotAgree { share: fact.id, level, why }));
    }
    match (&fact.agreed, &fact.asked) {
        (Some(agreed), _) => {
            if agreed.level == ShareLevel::Control {
                let reason = ControlEnd::Restarted;
                effects.push(Effect::Write(ShareCommand::EndControl { share: fact.id, reason }));
            }
            share.unwatched = Some(now);
            share.stage = Stage::Away { share: fact.id, agent: agreed.agent.clone(), until: now + AWAY_MS };
        }
        (None, Some(asked)) => {
            let (agent, replaces) = (asked.agent.clone(), fact.replaces.clone());
            share.stage = Stage::Asked { share: fact.id, ask, agent, replaces, until: now, answered: true };
        }
        (None, None) => {}
    }
    (share, effects)
}
