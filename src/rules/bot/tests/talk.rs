//! The loop that preview and command line drive, and the talks recorded for comparisons.

use super::{Talk as Driven, labels, shop};
use crate::protocol::bot_desk::{PreviewInput, PreviewOutcome, PreviewTurn};
use crate::rules::bot::recorded::{INPUTS, talks};
use crate::rules::bot::talk::{Next, Talk};
use crate::rules::bot::{Facts, Input, ProductQuery};

fn facts() -> Facts {
    Driven::of(shop::bot()).facts
}

fn turn(next: Next) -> crate::rules::bot::talk::Turn {
    match next {
        Next::Turn(turn) => *turn,
        Next::Search(search) => panic!("{search:?}"),
    }
}

#[test]
fn a_turn_that_waits_for_a_search_is_finished_by_what_was_found() {
    let bot = shop::bot();
    let mut talk = Talk::new(&bot, facts());
    let form = turn(talk.tell(Input::Start)).turn.unwrap();
    let answers = super::answers(&[("prenom", "Léa"), ("email", "lea@exemple.fr")]);
    assert_eq!(form.form.len(), 2);
    let menu = turn(talk.tell(PreviewInput::Form { answers }.into()));
    assert_eq!((menu.kept.len(), menu.outcome), (2, None));
    let menu = menu.turn.unwrap();
    let search = labels(&menu).iter().position(|label| *label == "Chercher").unwrap();
    turn(talk.tell(Input::Button { index: u32::try_from(search).unwrap() }));
    let Next::Search(search) = talk.tell(Input::Text("une lampe".into())) else { panic!("nothing is searched") };
    assert!(matches!(&search.query, ProductQuery::Words { text, .. } if text == "une lampe"));
    let found = turn(talk.found(search.turn, vec![shop::card("Oslo")]));
    assert_eq!(found.turn.unwrap().cards.len(), 1);
    assert_eq!(found.why.unwrap().rung, "products");
    let waits = turn(talk.tell(Input::Text("un conseiller".into())));
    assert_eq!((waits.outcome, waits.remind), (Some(PreviewOutcome::Waiting), Some(90)));
    assert!(PreviewTurn::from(waits).turn.is_some());
    assert!(turn(talk.tell(Input::Button { index: 0 })).stale);
}

#[test]
fn an_input_in_place_of_what_was_found_drops_the_search() {
    let bot = shop::bot();
    let mut talk = Talk::new(&bot, facts());
    for input in [Input::Start, Input::Form(super::answers(&[("prenom", "Léa"), ("email", "lea@exemple.fr")]))] {
        turn(talk.tell(input));
    }
    let Next::Search(_) = talk.tell(Input::Text("Oslo".into())) else { panic!("nothing is searched") };
    let answered = turn(talk.tell(Input::Text("ma lampe est arrivée cassée".into())));
    assert_eq!(answered.why.unwrap().answered.as_deref(), Some("casse"));
}

#[test]
fn recorded_talks_are_two_hundred_inputs_of_all_kinds_and_the_same_each_time() {
    let (bot, facts) = (shop::bot(), facts());
    let recorded = talks(&bot, &facts, &[]);
    assert_eq!(recorded.iter().map(Vec::len).sum::<usize>(), INPUTS);
    assert_eq!(recorded, talks(&bot, &facts, &[]));
    let count = |wanted: fn(&PreviewInput) -> bool| recorded.iter().flatten().filter(|input| wanted(input)).count();
    assert!(count(|input| matches!(input, PreviewInput::Text { .. })) > 50);
    assert!(count(|input| matches!(input, PreviewInput::Button { .. })) > 20);
    assert!(count(|input| matches!(input, PreviewInput::Form { .. })) > 5);
    let mut rungs = std::collections::BTreeSet::new();
    for inputs in &recorded {
        let mut talk = Talk::new(&bot, facts.clone());
        talk.tell_with(Input::Start, |_, _| Vec::new());
        for input in inputs {
            let turn = talk.tell_with(input.clone().into(), |_, _| Vec::new());
            assert!(!turn.stale, "{input:?}: a live conversation would refuse it");
            rungs.extend(turn.why.map(|why| why.rung));
        }
    }
    for rung in ["button", "field", "form", "faq", "keyword", "label", "unknown"] {
        assert!(rungs.contains(rung), "{rung}: {rungs:?}");
    }
}
