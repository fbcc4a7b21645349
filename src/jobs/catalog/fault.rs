//! Where a test may end the process in the middle of a swap, as a power cut would.
//!
//! Only with the feature `fault-hooks`, which no release has.

/// Names the place, in the environment.
const ABORT_AT: &str = "FAULT_ABORT_AT";

/// Ends the process here, without a word, where the environment asks for it.
pub(super) fn abort_at(place: &str) {
    if std::env::var(ABORT_AT).is_ok_and(|asked| asked == place) {
        std::process::abort();
    }
}
