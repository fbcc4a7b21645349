//! To a person or to a message left, and what is said meanwhile.

use super::{LAMPS, Talk, labels};
use crate::protocol::BotTurn;
use crate::rules::bot::{Input, NextTo, Output, State};

#[test]
fn buttons_to_a_person_become_a_message_or_vanish_while_nobody_is_reachable() {
    let night = "2026-11-26T22:00";
    let label = "Parler à un conseiller";
    let hide = LAMPS.replace("after_unknown = 2", "after_unknown = 2\nwhen_nobody = \"hide\"");
    let free = LAMPS.replace("after_unknown = 2", "after_unknown = 2\nneeds = \"free\"");
    let table = [
        (LAMPS, super::OPEN, (1, 0), Some(label)),
        (LAMPS, super::OPEN, (0, 0), Some("Laisser un message")),
        (LAMPS, night, (5, 5), Some("Laisser un message")),
        (hide.as_str(), super::OPEN, (1, 1), Some(label)),
        (hide.as_str(), super::OPEN, (0, 0), None),
        (hide.as_str(), night, (1, 1), None),
        (free.as_str(), super::OPEN, (3, 1), Some(label)),
        (free.as_str(), super::OPEN, (3, 0), Some("Laisser un message")),
    ];
    for (toml, local, (online, free), expected) in table {
        let mut talk = Talk::with(toml).at(local).agents(online, free).started();
        let turn = talk.fill(&[("prenom", "Léa"), ("email", "lea@exemple.fr")]);
        assert_eq!(labels(&turn).get(3).copied(), expected, "{local} {online} {free}");
    }
}

#[test]
fn a_message_left_asks_for_an_address_once_and_then_waits_for_its_answer() {
    let mut talk = Talk::with(LAMPS).agents(0, 0).started();
    let turn = talk.say("je cherche un conseiller");
    assert_eq!(turn.say, ["Personne n'est là, nous sommes de retour dès que possible. Écrivez votre message."]);
    assert_eq!(talk.say("Ma lampe clignote.").say, ["Comment vous appelez-vous ?"]);
    talk.say("Léa");
    let turn = talk.say("lea@exemple.fr");
    assert_eq!(turn.asks.unwrap().skip.as_deref(), Some("Pas de téléphone"));
    let turn = talk.say("Pas de téléphone");
    assert_eq!(turn.say, ["Bien reçu, Léa. La réponse partira vers lea@exemple.fr."]);
    assert!(talk.message_left());
    assert!(talk.say("et aussi le fil").is_silent(), "the bot has nothing to add");
    assert_eq!(talk.outputs, []);
}

#[test]
fn a_visitor_whose_address_is_known_only_writes_the_message() {
    let mut talk = Talk::with(LAMPS).agents(0, 0).introduced();
    talk.click("Laisser un message");
    talk.say("Ma lampe clignote.");
    talk.say("Pas de téléphone");
    assert!(talk.message_left());
}

#[test]
fn a_message_is_a_message_whatever_words_it_uses_unless_somebody_came() {
    let mut talk = Talk::with(LAMPS).agents(0, 0).introduced();
    talk.click("Laisser un message");
    let turn = talk.say("je veux parler à un conseiller");
    assert_eq!(turn.asks.unwrap().id, "tel");
    let mut talk = Talk::with(LAMPS).agents(0, 0).introduced();
    talk.click("Laisser un message");
    let mut talk = talk.agents(1, 1);
    talk.say("je veux parler à un conseiller");
    assert!(talk.handed_off());
}

#[test]
fn a_file_alone_can_be_the_message() {
    let mut talk = Talk::with(LAMPS).agents(0, 0).introduced();
    talk.click("Laisser un message");
    assert_eq!(labels(&talk.tell(Input::DocumentShared)), ["Envoyer le fichier seul"]);
    talk.click("Envoyer le fichier seul");
    talk.say("Pas de téléphone");
    assert!(talk.message_left());
}

#[test]
fn an_address_passed_over_before_is_asked_once_more_when_a_message_is_left() {
    let optional = LAMPS.replace(
        "ask = { fr = \"À quelle",
        "skip = { fr = \"Sans e-mail\", en = \"No e-mail\" }, ask = { fr = \"À quelle",
    );
    let mut talk = Talk::with(&optional).agents(0, 0).started();
    talk.fill(&[("prenom", "Léa"), ("email", "")]);
    talk.click("Laisser un message");
    assert_eq!(talk.say("Ma lampe clignote.").asks.unwrap().id, "email", "else it could not be answered");
    let turn = talk.say("Sans e-mail");
    assert!(turn.asks.is_none_or(|field| field.id == "tel"));
    talk.say("Pas de téléphone");
    assert!(talk.message_left(), "but never a third time");
}

#[test]
fn while_asking_before_the_handoff_the_last_agent_may_leave() {
    let mut talk = Talk::with(LAMPS).started();
    talk.say("je veux un conseiller");
    let mut talk = talk.agents(0, 0);
    let turn = talk.say("Léa");
    assert!(!talk.handed_off());
    assert!(turn.say[0].starts_with("Personne n'est là"), "{:?}", turn.say);
}

#[test]
fn a_long_wait_offers_a_message_once_and_the_place_is_kept_until_then() {
    for input in [Input::WaitedTooLong, Input::NobodyLeft] {
        let mut talk = Talk::with(LAMPS).introduced();
        talk.say("un conseiller");
        let turn = talk.tell(input.clone());
        assert_eq!(labels(&turn), ["Laisser un message"]);
        assert!(talk.state.is_waiting(), "the place is kept");
        assert_eq!(talk.tell(Input::WaitedTooLong), BotTurn::default(), "offered once");
        talk.click("Laisser un message");
        talk.say("Ma lampe clignote.");
        talk.say("Pas de téléphone");
        assert!(talk.message_left());
    }
}

#[test]
fn a_definition_may_let_people_wait_in_silence() {
    let mut talk =
        Talk::with(&LAMPS.replace("wait_seconds  = 90", "wait_seconds = 90\non_wait_too_long = \"@end\"")).introduced();
    talk.say("un conseiller");
    assert!(talk.tell(Input::WaitedTooLong).is_silent());
}

#[test]
fn a_new_place_is_told_at_most_every_twenty_seconds() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.facts.place = 3;
    talk.say("un conseiller");
    assert!(talk.tell(Input::PlaceChanged(2)).is_silent(), "too soon");
    talk.facts.now = talk.facts.now.plus_seconds(20);
    assert_eq!(talk.tell(Input::PlaceChanged(2)).say, ["Je préviens la boutique. Vous êtes n° 2 dans la file."]);
    talk.facts.now = talk.facts.now.plus_seconds(60);
    assert!(talk.tell(Input::PlaceChanged(2)).is_silent(), "no news");
    let quiet = LAMPS
        .replace("Vous êtes n° {{position}} dans la file.", "")
        .replace("You are number {{position}} in line.", "");
    let mut talk = Talk::with(&quiet).introduced();
    talk.say("un conseiller");
    talk.facts.now = talk.facts.now.plus_seconds(60);
    assert!(talk.tell(Input::PlaceChanged(9)).is_silent(), "a text without a place has nothing new to say");
}

#[test]
fn once_an_agent_acted_the_bot_is_silent_for_good() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.state = std::mem::take(&mut talk.state).silenced();
    for input in [
        Input::Start,
        Input::Return,
        Input::Text("conseiller".into()),
        Input::Button { index: 0 },
        Input::Form(Vec::new()),
        Input::DocumentShared,
        Input::WaitedTooLong,
        Input::NobodyLeft,
        Input::PlaceChanged(2),
    ] {
        let before = talk.state.clone();
        talk.tell(input);
        assert_eq!((&talk.outputs, &talk.state), (&Vec::new(), &before));
    }
}

#[test]
fn whoever_comes_back_after_a_close_goes_to_the_line_where_the_definition_says_so() {
    let mut talk = Talk::with(LAMPS);
    assert_eq!(talk.bot.next_to(), NextTo::Waiting);
    talk.tell(Input::Return);
    assert!(talk.handed_off(), "nothing is asked first");
    let mut talk = Talk::with(LAMPS).agents(0, 0);
    talk.tell(Input::Return);
    talk.say("Elle clignote encore.");
    talk.say("Léa");
    talk.say("lea@exemple.fr");
    talk.say("Pas de téléphone");
    assert!(talk.message_left());
    let mut talk = Talk::with(&LAMPS.replace("next_to = \"waiting\"", "next_to = \"bot\""));
    assert_eq!(talk.tell(Input::Return).form.len(), 2, "the bot is back from its start");
}

#[test]
fn steps_that_chase_each_other_end_in_the_offer_of_a_person() {
    // The validator refuses such a loop; an old state and a new version can still make one.
    let mut talk = Talk::with(LAMPS).introduced();
    if let Some(step) = talk.bot.steps.get_mut("livraison") {
        step.next =
            crate::rules::bot::model::Next::Go(crate::rules::bot::model::Target::Step { id: "livraison".to_owned() });
    }
    let turn = talk.click("Livraison et retours");
    assert_eq!(labels(&turn)[0], "Parler à un conseiller");
    assert!(turn.say.len() <= 21, "{}", turn.say.len());
}

#[test]
fn the_outputs_of_a_handoff_come_in_the_order_in_which_they_are_carried_out() {
    let mut talk = Talk::with(LAMPS).started();
    talk.say("je veux un conseiller");
    talk.say("Léa");
    let kinds: Vec<&str> = talk
        .outputs
        .iter()
        .map(|output| match output {
            Output::Keep(_) => "keep",
            Output::HandOff => "hand off",
            Output::LeaveMessage => "leave message",
            Output::Say(_) => "say",
            Output::RemindAt { .. } => "remind",
            Output::Refuse(_) => "refuse",
            Output::Stale => "stale",
            Output::Explain(_) => "explain",
            Output::SearchProducts { .. } => "search",
        })
        .collect();
    assert_eq!(kinds, ["keep", "hand off", "say", "remind", "explain"]);
    assert_ne!(talk.state, State::new());
}
