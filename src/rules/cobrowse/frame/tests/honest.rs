//! Recordings of real pages by our own page, as they left it: every frame passes.

use serde::Deserialize;

use super::super::{Checked, check};
use super::assembled;

#[derive(Deserialize)]
struct Recorded {
    about: String,
    kind: u8,
    /// JSON in JSON: a page can be deeper than the outer reader goes.
    events: String,
}

fn all_pass(recorded: &[Recorded]) {
    for one in recorded {
        let checked = check(&assembled(one.kind, one.events.clone().into_bytes()));
        let start: String = one.events.chars().take(200).collect();
        assert!(matches!(checked, Ok(Checked::Picture { .. })), "{}: {checked:?} {start}", one.about);
    }
}

#[test]
fn what_an_honest_page_sends_passes() {
    let recorded: Vec<Recorded> =
        serde_json::from_str(include_str!("../../../../../tests/shared/honest.json")).unwrap();
    assert!(recorded.len() >= 40);
    all_pass(&recorded);
}

/// `COMPTOIR_HONEST` = a file of recordings in the same shape, made in a browser.
#[test]
fn what_a_browser_recorded_elsewhere_passes() {
    let Ok(path) = std::env::var("COMPTOIR_HONEST") else {
        println!("skipped: no recordings");
        return;
    };
    let recorded: Vec<Recorded> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    all_pass(&recorded);
}
