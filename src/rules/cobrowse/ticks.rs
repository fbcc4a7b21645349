//! What ends by itself, with every time limit by name.

use super::state::{Effect, Millis, Share, Stage};
use crate::protocol::cobrowse::{CONSENT_SECONDS, CONTROL_SECONDS, ControlEnd, NotAgreed, ShareEnd};

/// A question is open for so long.
pub const CONSENT_MS: Millis = CONSENT_SECONDS as Millis * 1000;
pub const CONTROL_MS: Millis = CONTROL_SECONDS as Millis * 1000;
/// A page on its way to the next one keeps the control of it for so long.
pub const SUSPENDED_MS: Millis = 20_000;
/// A shared page may be away for so long.
pub const AWAY_MS: Millis = 60_000;
/// Nobody watches: the page stops at once, and the share ends after so long.
pub const UNWATCHED_MS: Millis = 60_000;
/// An agent in control whose tabs say nothing for so long is gone.
pub const AGENT_SILENT_MS: Millis = 10_000;
/// In control with all tabs hidden for so long, they look at something else.
pub const HIDDEN_MS: Millis = 60_000;
/// Control without an order ends after so long.
pub const CONTROL_IDLE_MS: Millis = 10 * 60_000;
/// A share in which nobody does anything ends after so long.
pub const SHARE_IDLE_MS: Millis = 15 * 60_000;

/// What is due now.
pub(super) fn tick(share: &mut Share, now: Millis) -> Vec<Effect> {
    if let Some(reason) = share_is_over(share, now) {
        return share.end(reason);
    }
    match &share.stage {
        Stage::Idle | Stage::Sharing { .. } | Stage::Away { .. } => Vec::new(),
        Stage::Asked { until, .. } if now >= *until => share.refuse_consent(NotAgreed::TimedOut),
        Stage::ControlAsked { until, .. } if now >= *until => share.end_question(NotAgreed::TimedOut, now),
        Stage::Asked { .. } | Stage::ControlAsked { .. } => Vec::new(),
        Stage::InControl { ordered, .. } => match control_is_over(share, *ordered, now) {
            Some(reason) => share.end_control(reason, now),
            None => Vec::new(),
        },
        Stage::Suspended { until, .. } if now >= *until => share.end_control(ControlEnd::PageLost, now),
        Stage::Suspended { .. } => match silent(share, now) {
            true => share.end_control(ControlEnd::AgentGone, now),
            false => Vec::new(),
        },
    }
}

fn share_is_over(share: &Share, now: Millis) -> Option<ShareEnd> {
    match &share.stage {
        Stage::Idle | Stage::Asked { .. } => return None,
        Stage::Away { until, .. } if now >= *until => return Some(ShareEnd::VisitorGone),
        Stage::Sharing { .. }
        | Stage::ControlAsked { .. }
        | Stage::InControl { .. }
        | Stage::Suspended { .. }
        | Stage::Away { .. } => {}
    }
    if share.unwatched.is_some_and(|since| passed(since, UNWATCHED_MS, now)) {
        return Some(ShareEnd::NobodyWatched);
    }
    passed(share.touched, SHARE_IDLE_MS, now).then_some(ShareEnd::Idle)
}

fn control_is_over(share: &Share, ordered: Millis, now: Millis) -> Option<ControlEnd> {
    if silent(share, now) {
        Some(ControlEnd::AgentGone)
    } else if share.hidden.is_some_and(|since| passed(since, HIDDEN_MS, now)) {
        Some(ControlEnd::AgentAway)
    } else {
        passed(ordered, CONTROL_IDLE_MS, now).then_some(ControlEnd::Idle)
    }
}

fn silent(share: &Share, now: Millis) -> bool {
    passed(share.heard, AGENT_SILENT_MS, now)
}

fn passed(since: Millis, limit: Millis, now: Millis) -> bool {
    now.saturating_sub(since) >= limit
}
