//! What the log says: consents take effect here, and whatever others ended is ended.

use super::state::{Effect, Millis, Share, Stage};
use super::ticks::{AWAY_MS, CONSENT_MS, CONTROL_MS};
use crate::protocol::cobrowse::{ControlEnd, NotAgreed, ShareEnd, ShareLevel, ShareStep};
use crate::protocol::{AgentRef, AskId, ShareId};
use crate::rules::conversation::ShareCommand;

/// A step of the conversation's log.
pub(super) fn logged(share: &mut Share, id: ShareId, step: &ShareStep, ask: AskId, now: Millis) -> Vec<Effect> {
    match step {
        ShareStep::Asked { by, level: ShareLevel::See } => asked(share, id, by, ask, now),
        ShareStep::Asked { by, level: ShareLevel::Control } => control_asked(share, id, by, ask, now),
        ShareStep::Agreed { to, level: ShareLevel::See } => agreed(share, id, to, now),
        ShareStep::Agreed { to, level: ShareLevel::Control } => granted(share, id, to, now),
        ShareStep::NotAgreed { to: _, level, why } => not_agreed(share, id, *level, *why, now),
        ShareStep::ControlEnded { agent: _, reason } => control_ended(share, id, *reason, now),
        ShareStep::Ended { agent: _, reason } => ended(share, id, *reason),
    }
}

fn asked(share: &mut Share, id: ShareId, by: &AgentRef, ask: AskId, now: Millis) -> Vec<Effect> {
    // Somebody else's question about a page that is shared already: a transfer.
    let replaces = share.agreed().filter(|agreed| agreed.id != by.id).cloned();
    let mut effects = share.without_control(ControlEnd::Transferred, NotAgreed::Overtaken, now);
    effects.retain(|effect| !matches!(effect, Effect::Write(_)));
    if let Some(agent) = replaces.clone() {
        effects.push(Effect::PartWith { agent });
        // Their tabs; the next agent's are counted as they come.
        share.tabs = 0;
        share.unwatched = None;
    }
    share.touched = now;
    let until = now + CONSENT_MS;
    share.stage =
        Stage::Asked { share: id, ask, agent: by.clone(), replaces: replaces.clone(), until, answered: false };
    effects.push(Effect::Ask { ask, agent: by.clone(), replaces });
    effects
}

fn agreed(share: &mut Share, id: ShareId, to: &AgentRef, now: Millis) -> Vec<Effect> {
    match share.stage.clone() {
        Stage::Asked { share: asked, ask, agent, replaces, .. } if asked == id && agent.id == to.id => {
            share.touched = now;
            share.unwatched = (share.tabs == 0).then_some(now);
            if replaces.is_none() {
                share.stage = Stage::Away { share: id, agent, until: now + AWAY_MS };
                return vec![Effect::EndAsk { ask }, Effect::Open { ask, share: id }];
            }
            share.lower(id, agent, now);
            vec![Effect::EndAsk { ask }, Effect::WatchersChanged, Effect::WantSnapshot]
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

fn control_asked(share: &mut Share, id: ShareId, by: &AgentRef, ask: AskId, now: Millis) -> Vec<Effect> {
    match share.stage.clone() {
        Stage::Sharing { share: shared, agent } if shared == id && agent.id == by.id => {
            let until = now + CONTROL_MS;
            share.stage = Stage::ControlAsked { share: id, agent: agent.clone(), ask, until, granted: None };
            vec![Effect::AskControl { ask, agent }]
        }
        // The page went while the question was being written: it is put to nobody.
        Stage::Away { share: shared, .. } if shared == id => {
            let (level, why) = (ShareLevel::Control, NotAgreed::Withdrawn);
            let write = Effect::Write(ShareCommand::NotAgree { share: id, level, why });
            vec![Effect::NotAgreed { level, why }, write]
        }
        Stage::Sharing { .. }
        | Stage::Away { .. }
        | Stage::Idle
        | Stage::Asked { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. } => Vec::new(),
    }
}

fn granted(share: &mut Share, id: ShareId, to: &AgentRef, now: Millis) -> Vec<Effect> {
    match share.stage.clone() {
        Stage::ControlAsked { share: shared, agent, ask, granted: Some(epoch), .. }
            if shared == id && agent.id == to.id =>
        {
            share.epoch = share.epoch.max(epoch);
            share.stage = Stage::InControl { share: id, agent, epoch, ordered: now };
            vec![Effect::EndAsk { ask }]
        }
        // Taken back while it was written: its end follows in the log.
        Stage::ControlAsked { .. }
        | Stage::Idle
        | Stage::Asked { .. }
        | Stage::Sharing { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => Vec::new(),
    }
}

fn not_agreed(share: &mut Share, id: ShareId, level: ShareLevel, why: NotAgreed, now: Millis) -> Vec<Effect> {
    match share.stage.clone() {
        Stage::Asked { share: asked, ask, replaces, .. } if asked == id && level == ShareLevel::See => {
            if replaces.is_none() {
                share.forget();
            } else if let Stage::Asked { answered, .. } = &mut share.stage {
                // The share's end follows in the same decision.
                *answered = true;
            }
            vec![Effect::EndAsk { ask }, Effect::NotAgreed { level, why }]
        }
        Stage::ControlAsked { share: asked, agent, ask, granted, .. }
            if asked == id && level == ShareLevel::Control =>
        {
            // The conversation went to somebody else, or was closed; a grant that crossed is void.
            let epoch = granted.map(|epoch| share.raise(epoch));
            share.lower(id, agent, now);
            let mut effects = vec![Effect::EndAsk { ask }, Effect::NotAgreed { level, why }];
            effects.extend(epoch.map(|epoch| Effect::Confirm { epoch }));
            effects
        }
        Stage::Asked { .. }
        | Stage::ControlAsked { .. }
        | Stage::Idle
        | Stage::Sharing { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => Vec::new(),
    }
}

/// Ended by others: what was ended here says the same and changes nothing.
fn control_ended(share: &mut Share, id: ShareId, reason: ControlEnd, now: Millis) -> Vec<Effect> {
    if share.id() != Some(id) {
        return Vec::new();
    }
    let mut effects = share.end_control(reason, now);
    effects.retain(|effect| !matches!(effect, Effect::Write(_)));
    effects
}

fn ended(share: &mut Share, id: ShareId, reason: ShareEnd) -> Vec<Effect> {
    if share.id() != Some(id) {
        return Vec::new();
    }
    let mut effects = share.end(reason);
    effects.retain(|effect| !matches!(effect, Effect::Write(_)));
    effects
}
