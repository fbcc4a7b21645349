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

#[test]
fn what_an_honest_page_sends_passes() {
    let recorded: Vec<Recorded> =
        serde_json::from_str(include_str!("../../../../../tests/shared/honest.json")).unwrap();
    assert!(recorded.len() >= 4);
    for one in &recorded {
        let checked = check(&assembled(one.kind, one.events.clone().into_bytes()));
        assert!(matches!(checked, Ok(Checked::Picture { .. })), "{}: {checked:?}", one.about);
    }
}
