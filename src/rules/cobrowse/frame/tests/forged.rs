//! Events forged by hand, the same that the console's sanitiser is held to.

use serde::Deserialize;
use serde_json::Value;

use super::judge;
use crate::protocol::cobrowse::{DATA_FULL, DATA_INCREMENT, FrameFault};

#[derive(Deserialize)]
struct Forged {
    about: String,
    kind: u8,
    events: Value,
}

fn forged() -> Vec<Forged> {
    serde_json::from_str(include_str!("../../../../../tests/shared/forged.json")).unwrap()
}

#[test]
fn no_forged_event_passes() {
    let passed: Vec<_> =
        forged().into_iter().filter(|one| judge(one.kind, &one.events).is_ok()).map(|one| one.about).collect();
    assert_eq!(passed, Vec::<String>::new());
}

#[test]
fn there_are_more_than_two_hundred_of_both_kinds() {
    let forged = forged();
    assert!(forged.len() > 200);
    for kind in [DATA_FULL, DATA_INCREMENT] {
        assert!(forged.iter().filter(|one| one.kind == kind).count() > 50);
    }
}

#[test]
fn they_are_refused_for_what_they_hold() {
    let odd: Vec<_> = forged()
        .into_iter()
        .filter(|one| judge(one.kind, &one.events) != Err(FrameFault::NotAllowed))
        .map(|one| one.about)
        .collect();
    assert_eq!(odd, Vec::<String>::new());
}
