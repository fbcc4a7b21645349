//! The share by tables: every state, every input; and what must hold after any of them.

mod lives;
mod table;

use uuid::Uuid;

use super::*;
use crate::protocol::cobrowse::{PageRule, ShareLevel, ShareStep};
use crate::protocol::{AgentRef, AskId, ShareId};

pub(super) const NOW: Millis = 1_000_000;

pub(super) fn share_id() -> ShareId {
    ShareId(Uuid::from_u128(5))
}

pub(super) fn ask(n: u128) -> AskId {
    AskId(Uuid::from_u128(n))
}

pub(super) fn agent(name: &str) -> AgentRef {
    let id = crate::protocol::AgentId(Uuid::from_u128(u128::from(name.as_bytes()[0])));
    AgentRef { id, first_name: name.to_owned() }
}

/// Camille's tab is open, nothing is shared.
pub(super) fn idle() -> Share {
    after(Share::idle(NOW), &[Input::Watched { tabs: 1 }])
}

pub(super) fn after(share: Share, inputs: &[Input]) -> Share {
    inputs.iter().fold(share, |share, input| step(share, input, NOW).0)
}

pub(super) fn logged(step: ShareStep, ask: AskId) -> Input {
    Input::Logged { share: share_id(), step, ask }
}

pub(super) fn log_asked(by: &str, level: ShareLevel, n: u128) -> Input {
    logged(ShareStep::Asked { by: agent(by), level }, ask(n))
}

pub(super) fn log_agreed(to: &str, level: ShareLevel) -> Input {
    logged(ShareStep::Agreed { to: agent(to), level }, ask(90))
}

pub(super) fn asked() -> Share {
    after(idle(), &[log_asked("Camille", ShareLevel::See, 1)])
}

pub(super) fn away() -> Share {
    after(asked(), &[Input::AnswerConsent { ask: ask(1), granted: true }, log_agreed("Camille", ShareLevel::See)])
}

pub(super) fn sharing() -> Share {
    after(away(), &[Input::PageCame { epoch: 0 }, Input::Described { rule: PageRule::Full }])
}

pub(super) fn control_asked() -> Share {
    after(sharing(), &[log_asked("Camille", ShareLevel::Control, 2)])
}

pub(super) fn granted() -> Share {
    after(control_asked(), &[Input::AnswerControl { ask: ask(2), granted: true, epoch: 4 }])
}

pub(super) fn in_control() -> Share {
    after(granted(), &[log_agreed("Camille", ShareLevel::Control)])
}

pub(super) fn suspended() -> Share {
    after(in_control(), &[Input::PageGone])
}

/// Noor has taken over by a transfer; the visitor is asked anew.
pub(super) fn asked_anew() -> Share {
    after(sharing(), &[log_asked("Noor", ShareLevel::See, 3)])
}
