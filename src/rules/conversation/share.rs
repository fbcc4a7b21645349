//! A shared page as the conversation's log knows it: who asked, who agreed, to what, until when.
//!
//! The log is the ledger of consents. What the two ends may do at each moment (epochs, time
//! limits, pages) is [`crate::rules::cobrowse`]; it writes here before a consent takes effect.
//!
//! Invariant: a consent is for the agent in charge. Whoever loses the charge loses it in the
//! same decision.

use serde::{Deserialize, Serialize};

use super::decide::{Decision, in_charge};
use super::state::ConversationState;
use crate::protocol::cobrowse::{ACTS_MAX, ControlEnd, NotAgreed, ShareAct, ShareEnd, ShareLevel, ShareStep};
use crate::protocol::{AgentId, AgentRef, EventBody, RefusalCode, ShareId};

/// What a visitor agreed to, or is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub agent: AgentRef,
    pub level: ShareLevel,
}

/// The share that is asked for or goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareFact {
    pub id: ShareId,
    /// What holds now; none while the first question, or that of a transfer, is open.
    pub agreed: Option<Consent>,
    /// The open question: one at a time.
    pub asked: Option<Consent>,
    /// Who was seen with before a transfer, while its question is open.
    pub replaces: Option<AgentRef>,
}

/// A share that was agreed to, and the agent it was agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenBy {
    pub share: ShareId,
    pub agent: AgentRef,
}

/// What the share's session has the log say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareCommand {
    Ask { share: ShareId, by: AgentRef, level: ShareLevel },
    Agree { share: ShareId, to: AgentId, level: ShareLevel },
    NotAgree { share: ShareId, level: ShareLevel, why: NotAgreed },
    EndControl { share: ShareId, reason: ControlEnd },
    End { share: ShareId, reason: ShareEnd },
    Act { share: ShareId, by: AgentId, acts: Vec<ShareAct> },
}

/// What the log says to a command of the share's session. Ends are accepted once; a second one changes nothing.
pub(super) fn decide(state: &ConversationState, command: &ShareCommand) -> Decision {
    match command {
        ShareCommand::Ask { share, by, level } => ask(state, *share, by, *level),
        ShareCommand::Agree { share, to, level } => {
            let fact = current(state, *share)?;
            let asked = fact.asked.as_ref().filter(|asked| asked.agent.id == *to && asked.level == *level);
            let asked = asked.ok_or(RefusalCode::NotShared)?;
            in_charge(state, &asked.agent)?;
            let (to, level) = (asked.agent.clone(), asked.level);
            Ok(vec![changed(*share, ShareStep::Agreed { to, level })])
        }
        ShareCommand::NotAgree { share, level, why } => {
            let fact = current(state, *share).ok();
            let Some(fact) = fact.filter(|fact| fact.asked.as_ref().is_some_and(|asked| asked.level == *level)) else {
                return Ok(Vec::new());
            };
            let mut events = unanswered(fact, *why);
            if fact.replaces.is_some() {
                events.extend(ended(fact, ShareEnd::Transferred));
            }
            Ok(events)
        }
        ShareCommand::EndControl { share, reason } => {
            Ok(current(state, *share).map(|fact| control_ended(fact, *reason)).unwrap_or_default())
        }
        ShareCommand::End { share, reason } => {
            Ok(current(state, *share).map(|fact| end(fact, *reason)).unwrap_or_default())
        }
        ShareCommand::Act { share, by, acts } => {
            // Also after the end: a close or a transfer is decided while the last act is on its way here.
            let seen_by = state.seen_by.as_ref().filter(|seen| seen.share == *share && seen.agent.id == *by);
            let by = seen_by.ok_or(RefusalCode::NotShared)?.agent.clone();
            let acts: Vec<ShareAct> = acts.iter().take(ACTS_MAX).cloned().collect();
            let acted = EventBody::ShareActed { share: *share, by, acts };
            Ok(vec![acted])
        }
    }
}

fn ask(state: &ConversationState, share: ShareId, by: &AgentRef, level: ShareLevel) -> Decision {
    in_charge(state, by)?;
    let asked = || Ok(vec![changed(share, ShareStep::Asked { by: by.clone(), level })]);
    match (&state.share, level) {
        (None, ShareLevel::See) => asked(),
        (None, ShareLevel::Control) => Err(RefusalCode::NotShared.into()),
        (Some(_), ShareLevel::See) => Err(RefusalCode::AlreadyAsked.into()),
        (Some(fact), ShareLevel::Control) if fact.id != share => Err(RefusalCode::NotShared.into()),
        (Some(fact), ShareLevel::Control) if fact.asked.is_some() => Err(RefusalCode::AlreadyAsked.into()),
        (Some(fact), ShareLevel::Control) => match &fact.agreed {
            Some(agreed) if agreed.agent.id == by.id && agreed.level == ShareLevel::See => asked(),
            Some(agreed) if agreed.agent.id == by.id => Err(RefusalCode::AlreadyAsked.into()),
            Some(_) | None => Err(RefusalCode::NotShared.into()),
        },
    }
}

fn current(state: &ConversationState, share: ShareId) -> Result<&ShareFact, RefusalCode> {
    state.share.as_ref().filter(|fact| fact.id == share).ok_or(RefusalCode::NotShared)
}

/// Whoever closes the conversation, or loses it, ends what is shared in it.
pub(super) fn over(state: &ConversationState, reason: ShareEnd) -> Vec<EventBody> {
    state.share.as_ref().map(|fact| end(fact, reason)).unwrap_or_default()
}

/// Another agent is in charge from here on: control is over, and the visitor is asked anew for their name.
/// What was never agreed to is asked no more.
pub(super) fn transferred(state: &ConversationState, to: &AgentRef) -> Vec<EventBody> {
    let Some(fact) = &state.share else { return Vec::new() };
    let mut events = unanswered(fact, NotAgreed::Overtaken);
    if fact.agreed.is_none() {
        if fact.replaces.is_some() {
            events.extend(ended(fact, ShareEnd::Transferred));
        }
        return events;
    }
    events.extend(control_ended(fact, ControlEnd::Transferred));
    events.push(changed(fact.id, ShareStep::Asked { by: to.clone(), level: ShareLevel::See }));
    events
}

fn end(fact: &ShareFact, reason: ShareEnd) -> Vec<EventBody> {
    let mut events = unanswered(fact, NotAgreed::Overtaken);
    if fact.agreed.is_some() || fact.replaces.is_some() {
        events.extend(ended(fact, reason));
    }
    events
}

/// The question that is open, if there is one.
fn unanswered(fact: &ShareFact, why: NotAgreed) -> Vec<EventBody> {
    let asked = fact.asked.clone();
    let step = asked.map(|asked| ShareStep::NotAgreed { to: asked.agent, level: asked.level, why });
    step.map(|step| changed(fact.id, step)).into_iter().collect()
}

fn ended(fact: &ShareFact, reason: ShareEnd) -> Option<EventBody> {
    let agreed = fact.agreed.as_ref().map(|agreed| &agreed.agent);
    let agent = agreed.or(fact.replaces.as_ref())?.clone();
    Some(changed(fact.id, ShareStep::Ended { agent, reason }))
}

fn control_ended(fact: &ShareFact, reason: ControlEnd) -> Vec<EventBody> {
    let held = fact.agreed.as_ref().filter(|agreed| agreed.level == ShareLevel::Control);
    let step = held.map(|agreed| ShareStep::ControlEnded { agent: agreed.agent.clone(), reason });
    step.map(|step| changed(fact.id, step)).into_iter().collect()
}

fn changed(share: ShareId, step: ShareStep) -> EventBody {
    EventBody::ShareChanged { share, step }
}

/// The share after one more step. It judges nothing.
pub(super) fn apply(state: &mut ConversationState, id: ShareId, step: &ShareStep) {
    let share = &mut state.share;
    match step {
        ShareStep::Asked { by, level } => {
            let asked = Some(Consent { agent: by.clone(), level: *level });
            let known = share.take().filter(|fact| fact.id == id);
            let agreed = known.and_then(|fact| fact.agreed);
            // A consent is for one agent: somebody else's question means that it holds no more.
            let (kept, replaced) = match agreed {
                Some(agreed) if agreed.agent.id == by.id => (Some(agreed), None),
                Some(agreed) => (None, Some(agreed.agent)),
                None => (None, None),
            };
            *share = Some(ShareFact { id, agreed: kept, asked, replaces: replaced });
        }
        ShareStep::Agreed { to, level } => {
            let agreed = Some(Consent { agent: to.clone(), level: *level });
            *share = Some(ShareFact { id, agreed, asked: None, replaces: None });
            state.seen_by = Some(SeenBy { share: id, agent: to.clone() });
        }
        ShareStep::NotAgreed { .. } => {
            if let Some(fact) = share {
                fact.asked = None;
                if fact.agreed.is_none() && fact.replaces.is_none() {
                    *share = None;
                }
            }
        }
        ShareStep::ControlEnded { .. } => {
            if let Some(agreed) = share.as_mut().and_then(|fact| fact.agreed.as_mut()) {
                agreed.level = ShareLevel::See;
            }
        }
        ShareStep::Ended { .. } => *share = None,
    }
}
