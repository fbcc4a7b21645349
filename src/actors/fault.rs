//! Faults on purpose, for the journeys that show that nobody else notices.
//!
//! Only with the feature `fault-hooks`, which no release has.

/// A visitor's session that is to write this text panics first.
pub const PANIC_BEFORE_WRITING: &str = "fault-hooks: panic before writing";
/// An agent's session that is to forward this text panics first.
pub const PANIC_WITH_AGENT: &str = "fault-hooks: panic with the agent";

/// A shared page that describes itself by this title has its session panic.
pub const PANIC_IN_SHARE: &str = "fault-hooks: panic in the share";

/// Panics if the command carries that text.
#[expect(clippy::panic, reason = "that is what it is for")]
pub(super) fn strike(fault: &str, command: &impl serde::Serialize) {
    let carried = serde_json::to_string(command).unwrap_or_default();
    if carried.contains(fault) {
        panic!("{fault}");
    }
}
