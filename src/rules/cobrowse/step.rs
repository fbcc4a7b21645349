//! The table: every state, every input, what follows.

use super::logged::logged;
use super::state::{Effect, Input, Millis, Share, Stage};
use super::ticks::{AWAY_MS, SUSPENDED_MS, tick};
use crate::protocol::cobrowse::{ActionRefusal, ControlEnd, NotAgreed, PageRule, ShareEnd, ShareLevel};
use crate::protocol::{AgentId, AgentRef, AskId, RefusalCode, ShareId};
use crate::rules::conversation::ShareCommand;

/// What follows from an input. Total: what does not fit changes nothing, or is refused.
#[must_use]
pub fn step(mut share: Share, input: &Input, now: Millis) -> (Share, Vec<Effect>) {
    let effects = match input {
        Input::AskConsent { by, share: fresh, allowed } => ask_consent(&share, by, *fresh, *allowed),
        Input::WithdrawAsk { by } => withdraw(&mut share, *by, now),
        Input::RequestControl { by, allowed } => request_control(&share, by, *allowed),
        Input::ReleaseControl { by } => release(&mut share, *by, now),
        Input::AgentStops { by } => agent_stops(&mut share, *by),
        Input::Order { by, epoch } => order(&mut share, *by, *epoch, now),
        Input::Point { by } => point(&mut share, *by, now),
        Input::Watched { tabs } => watched(&mut share, *tabs, now),
        Input::Looked { visible } => {
            share.hidden = if *visible { None } else { share.hidden.or(Some(now)) };
            Vec::new()
        }
        Input::Heard => {
            share.heard = now;
            Vec::new()
        }
        Input::AnswerConsent { ask, granted } => answer_consent(&mut share, *ask, *granted),
        Input::AnswerControl { ask, granted, epoch } => answer_control(&mut share, *ask, *granted, *epoch, now),
        Input::TakeBack { epoch } => take_back(&mut share, *epoch, now),
        Input::PageStops { reason } => page_stops(&mut share, *reason),
        Input::PageCame { epoch } => page_came(&mut share, *epoch, now),
        Input::PageGone => page_gone(&mut share, now),
        Input::Described { rule } => described(&mut share, *rule, now),
        Input::Touched => {
            share.touched = now;
            Vec::new()
        }
        Input::Unshowable => share.end(ShareEnd::Unshowable),
        Input::Logged { share: id, step, ask } => logged(&mut share, *id, step, *ask, now),
        Input::Unwritten { level } => unwritten(&mut share, *level, now),
        Input::Tick => tick(&mut share, now),
    };
    (share, effects)
}

fn ask_consent(share: &Share, by: &AgentRef, fresh: ShareId, allowed: bool) -> Vec<Effect> {
    match &share.stage {
        Stage::Idle if allowed => {
            vec![Effect::Write(ShareCommand::Ask { share: fresh, by: by.clone(), level: ShareLevel::See })]
        }
        Stage::Idle => vec![Effect::Refuse(RefusalCode::ShareOff)],
        Stage::Asked { .. }
        | Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => vec![Effect::Refuse(RefusalCode::AlreadyAsked)],
    }
}

fn withdraw(share: &mut Share, by: AgentId, now: Millis) -> Vec<Effect> {
    match &share.stage {
        Stage::Asked { agent, .. } if agent.id == by => share.refuse_consent(NotAgreed::Withdrawn),
        Stage::ControlAsked { agent, .. } if agent.id == by => share.end_question(NotAgreed::Withdrawn, now),
        Stage::Asked { .. } | Stage::ControlAsked { .. } => Vec::new(),
        Stage::Idle
        | Stage::Sharing { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => Vec::new(),
    }
}

/// A consent to be seen is none to be driven; a page that may only be seen is not asked about.
fn request_control(share: &Share, by: &AgentRef, allowed: bool) -> Vec<Effect> {
    match &share.stage {
        Stage::Sharing { share: id, agent } if agent.id == by.id => {
            if allowed && share.rule == PageRule::Full {
                vec![Effect::Write(ShareCommand::Ask { share: *id, by: by.clone(), level: ShareLevel::Control })]
            } else {
                vec![Effect::Refuse(RefusalCode::ShareOff)]
            }
        }
        Stage::ControlAsked { .. } | Stage::InControl { .. } | Stage::Suspended { .. } => {
            vec![Effect::Refuse(RefusalCode::AlreadyAsked)]
        }
        Stage::Idle | Stage::Asked { .. } | Stage::Sharing { .. } | Stage::Away { .. } => {
            vec![Effect::Refuse(RefusalCode::NotShared)]
        }
    }
}

fn release(share: &mut Share, by: AgentId, now: Millis) -> Vec<Effect> {
    if share.agreed().is_some_and(|agent| agent.id == by) {
        share.end_control(ControlEnd::GivenBack, now)
    } else {
        Vec::new()
    }
}

fn agent_stops(share: &mut Share, by: AgentId) -> Vec<Effect> {
    match &share.stage {
        Stage::Idle => Vec::new(),
        Stage::Asked { agent, .. } if agent.id == by => share.refuse_consent(NotAgreed::Withdrawn),
        Stage::Asked { .. } => Vec::new(),
        Stage::Sharing { agent, .. }
        | Stage::ControlAsked { agent, .. }
        | Stage::InControl { agent, .. }
        | Stage::Suspended { agent, .. }
        | Stage::Away { agent, .. } => {
            if agent.id == by {
                share.end(ShareEnd::AgentStopped)
            } else {
                Vec::new()
            }
        }
    }
}

/// Forwarded only if agent and epoch are the gate's; the page compares the same two again.
fn order(share: &mut Share, by: AgentId, epoch: u32, now: Millis) -> Vec<Effect> {
    let rule = share.rule;
    match &mut share.stage {
        Stage::InControl { agent, epoch: held, ordered, .. } if agent.id == by && *held == epoch => {
            if rule != PageRule::Full {
                return vec![Effect::RefuseOrder(ActionRefusal::SeeOnly)];
            }
            *ordered = now;
            share.touched = now;
            vec![Effect::Forward]
        }
        Stage::InControl { .. }
        | Stage::Idle
        | Stage::Asked { .. }
        | Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => vec![Effect::RefuseOrder(ActionRefusal::Stale)],
    }
}

/// Never acts on the page; needs no consent beyond that to be seen.
fn point(share: &mut Share, by: AgentId, now: Millis) -> Vec<Effect> {
    match &share.stage {
        Stage::Sharing { agent, .. } | Stage::ControlAsked { agent, .. } | Stage::InControl { agent, .. }
            if agent.id == by && share.page_here =>
        {
            share.touched = now;
            vec![Effect::Forward]
        }
        Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Idle
        | Stage::Asked { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => Vec::new(),
    }
}

/// The agent's tabs came or went. With the last of them go the controls and the open question.
fn watched(share: &mut Share, tabs: u32, now: Millis) -> Vec<Effect> {
    let (before, gone) = (share.tabs, tabs == 0);
    share.tabs = tabs;
    share.heard = now;
    if !gone {
        share.unwatched = None;
        let back = before == 0 && share.agreed().is_some();
        return if back { vec![Effect::WatchersChanged, Effect::WantSnapshot] } else { Vec::new() };
    }
    share.hidden = None;
    match &share.stage {
        Stage::Idle => Vec::new(),
        // After a transfer the next agent's tab is still to come.
        Stage::Asked { replaces: Some(_), .. } => Vec::new(),
        Stage::Asked { replaces: None, .. } => share.refuse_consent(NotAgreed::Withdrawn),
        Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => {
            share.unwatched = share.unwatched.or(Some(now));
            let mut effects = share.without_control(ControlEnd::AgentGone, NotAgreed::Withdrawn, now);
            effects.push(Effect::WatchersChanged);
            effects
        }
    }
}

fn answer_consent(share: &mut Share, answered_ask: AskId, yes: bool) -> Vec<Effect> {
    match &mut share.stage {
        Stage::Asked { share: id, ask, agent, answered, .. } if *ask == answered_ask && !*answered => {
            if !yes {
                return share.refuse_consent(NotAgreed::Refused);
            }
            *answered = true;
            vec![Effect::Write(ShareCommand::Agree { share: *id, to: agent.id, level: ShareLevel::See })]
        }
        Stage::Asked { .. }
        | Stage::Idle
        | Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => Vec::new(),
    }
}

/// The page has opened its gate, or not; a grant that is not higher than what was seen here is none.
fn answer_control(share: &mut Share, answered_ask: AskId, yes: bool, epoch: u32, now: Millis) -> Vec<Effect> {
    let highest = share.epoch;
    match &mut share.stage {
        Stage::ControlAsked { share: id, agent, ask, granted, .. } if *ask == answered_ask && granted.is_none() => {
            if !yes {
                return share.end_question(NotAgreed::Refused, now);
            }
            if epoch <= highest {
                let mut effects = share.end_question(NotAgreed::Refused, now);
                let epoch = share.raise(epoch);
                effects.push(Effect::Confirm { epoch });
                return effects;
            }
            *granted = Some(epoch);
            vec![Effect::Write(ShareCommand::Agree { share: *id, to: agent.id, level: ShareLevel::Control })]
        }
        // The question is over, and the page that did not know yet closes its gate.
        Stage::ControlAsked { .. }
        | Stage::Sharing { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => {
            if !yes {
                return Vec::new();
            }
            let mut effects = share.end_control(ControlEnd::PageLost, now);
            let epoch = share.raise(epoch);
            effects.push(Effect::Confirm { epoch });
            effects
        }
        Stage::Idle | Stage::Asked { .. } => Vec::new(),
    }
}

/// The page has closed its gate already.
fn take_back(share: &mut Share, epoch: u32, now: Millis) -> Vec<Effect> {
    share.touched = now;
    let mut effects = share.end_control(ControlEnd::TakenBack, now);
    if effects.is_empty() {
        let epoch = if epoch >= share.epoch { share.raise(epoch) } else { share.epoch };
        effects.push(Effect::Confirm { epoch });
    } else {
        share.epoch = share.epoch.max(epoch);
    }
    effects
}

fn page_stops(share: &mut Share, reason: ShareEnd) -> Vec<Effect> {
    match &share.stage {
        Stage::Asked { replaces: None, .. } => share.refuse_consent(NotAgreed::Refused),
        Stage::Idle
        | Stage::Asked { replaces: Some(_), .. }
        | Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => share.end(reason),
    }
}

/// A page said hello: the next one after a navigation, the same one after a lost connection, or
/// another tab that claims the share. Control goes on only for the first two with its very epoch.
fn page_came(share: &mut Share, epoch: u32, now: Millis) -> Vec<Effect> {
    let another = share.page_here;
    share.page_here = true;
    share.rule = PageRule::SeeOnly;
    let mut effects = match share.stage.clone() {
        Stage::Idle => Vec::new(),
        Stage::Asked { ask, agent, replaces, .. } => vec![Effect::Ask { ask, agent, replaces }],
        Stage::Suspended { share: id, agent, epoch: held, ordered, .. } if held == epoch && !another => {
            // Whether the page may be driven is known with its description, which is the next word.
            share.stage = Stage::InControl { share: id, agent, epoch, ordered };
            Vec::new()
        }
        Stage::Suspended { .. } | Stage::InControl { .. } => share.end_control(ControlEnd::PageLost, now),
        Stage::ControlAsked { .. } => share.without_control(ControlEnd::PageLost, NotAgreed::Overtaken, now),
        Stage::Sharing { share: id, agent } | Stage::Away { share: id, agent, .. } => {
            share.stage = Stage::Sharing { share: id, agent };
            Vec::new()
        }
    };
    share.epoch = share.epoch.max(epoch);
    if share.agreed().is_some() {
        effects.push(Effect::WatchersChanged);
    }
    effects
}

fn page_gone(share: &mut Share, now: Millis) -> Vec<Effect> {
    share.page_here = false;
    match share.stage.clone() {
        Stage::InControl { share: id, agent, epoch, ordered } => {
            let until = now + SUSPENDED_MS;
            share.stage = Stage::Suspended { share: id, agent, epoch, ordered, until };
            Vec::new()
        }
        Stage::ControlAsked { .. } => share.without_control(ControlEnd::PageLost, NotAgreed::Overtaken, now),
        Stage::Sharing { share: id, agent } => {
            share.stage = Stage::Away { share: id, agent, until: now + AWAY_MS };
            Vec::new()
        }
        Stage::Idle | Stage::Asked { .. } | Stage::Suspended { .. } | Stage::Away { .. } => Vec::new(),
    }
}

fn described(share: &mut Share, rule: PageRule, now: Millis) -> Vec<Effect> {
    share.rule = rule;
    match rule {
        PageRule::Off => share.end(ShareEnd::PageOff),
        PageRule::SeeOnly => share.without_control(ControlEnd::SeeOnly, NotAgreed::Overtaken, now),
        PageRule::Full => Vec::new(),
    }
}

/// A consent that is not stored is none.
fn unwritten(share: &mut Share, level: ShareLevel, now: Millis) -> Vec<Effect> {
    match (level, &mut share.stage) {
        (ShareLevel::See, Stage::Asked { answered, .. }) => {
            *answered = false;
            share.refuse_consent(NotAgreed::TimedOut)
        }
        (ShareLevel::Control, Stage::ControlAsked { granted: granted @ Some(_), .. }) => {
            let epoch = granted.take().unwrap_or_default();
            let mut effects = share.end_question(NotAgreed::TimedOut, now);
            let epoch = share.raise(epoch);
            effects.push(Effect::Confirm { epoch });
            effects
        }
        (
            ShareLevel::See | ShareLevel::Control,
            Stage::Idle
            | Stage::Asked { .. }
            | Stage::Sharing { .. }
            | Stage::ControlAsked { .. }
            | Stage::InControl { .. }
            | Stage::Suspended { .. }
            | Stage::Away { .. },
        ) => Vec::new(),
    }
}
