//! Asking fields: in a form, one by one, with ways around, and never twice.

use super::{LAMPS, Talk, labels};
use crate::protocol::{DetailRole, FieldKind};
use crate::rules::bot::{Input, Output, State};

#[test]
fn a_form_with_faults_is_refused_field_by_field_in_the_visitors_language() {
    let mut talk = Talk::with(LAMPS).speaking("fr").started();
    let before = talk.state.clone();
    talk.fill(&[("prenom", "  "), ("email", "lea@exemple")]);
    let [Output::Refuse(faults)] = talk.outputs.as_slice() else { panic!("{:?}", talk.outputs) };
    let told: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.error.as_str())).collect();
    assert_eq!(
        told,
        [
            ("prenom", "Écrivez une réponse, pas trop longue."),
            ("email", "Cette adresse ne semble pas complète. Écrivez-la comme lea@exemple.fr."),
        ]
    );
    assert_eq!(talk.state, before, "nothing is kept of a refused form");
    talk.fill(&[("email", "lea@exemple.fr"), ("prenom", "Léa"), ("autre", "x")]);
    let kept: Vec<_> = talk.kept().into_iter().map(|d| (d.field, d.label, d.value, d.role)).collect();
    let text = |t: &str| t.to_owned();
    assert_eq!(
        kept,
        [
            (text("prenom"), text("Prénom"), text("Léa"), DetailRole::Name),
            (text("email"), text("E-mail"), text("lea@exemple.fr"), DetailRole::Email),
        ]
    );
}

#[test]
fn a_form_where_none_is_offered_is_stale() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.fill(&[("prenom", "Léa")]);
    assert_eq!(talk.outputs, [Output::Stale]);
}

#[test]
fn a_visitor_who_types_at_the_form_is_asked_in_the_chat() {
    let mut talk = Talk::with(LAMPS).started();
    let turn = talk.say("bonjour, une question");
    assert_eq!(turn.say, ["Comment vous appelez-vous ?"]);
    assert_eq!(turn.asks.unwrap().id, "prenom");
    assert_eq!(talk.say("Léa").say, ["À quelle adresse vous répondre ?"]);
    assert_eq!(talk.say("lea@exemple.fr").say, ["Bonjour Léa, que puis-je pour vous ?"]);
}

#[test]
fn the_fields_of_a_step_are_asked_one_by_one_and_answers_are_kept() {
    let mut talk = Talk::with(LAMPS).introduced();
    let turn = talk.click("Choisir une lampe");
    assert!(turn.buttons.is_empty(), "options and the way around are drawn from the field");
    let asks = turn.asks.unwrap();
    assert!(matches!(asks.kind, FieldKind::Choice { ref options } if options.len() == 3));
    assert_eq!(asks.skip.as_deref(), Some("Peu importe"));
    let turn = talk.say("Chambre");
    assert_eq!(talk.kept()[0].value, "Chambre");
    assert!(matches!(turn.asks.unwrap().kind, FieldKind::Number { min: Some(20), max: Some(900) }));
    talk.say("89,50");
    assert_eq!(talk.kept()[0].value, "89.50");
}

#[test]
fn the_skip_label_passes_a_field_and_it_is_not_asked_again() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.click("Choisir une lampe");
    talk.say("peu importe");
    talk.say("Pas de limite");
    talk.click("Revenir au début");
    let turn = talk.click("Choisir une lampe");
    assert!(turn.asks.is_none(), "both were passed over before");
    assert_eq!(turn.say, ["Voici nos lampes. Un conseiller peut aussi choisir avec vous."]);
}

#[test]
fn an_answer_that_does_not_fit_gets_the_fields_own_words_and_the_third_ways_out() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.click("Suivre ma commande");
    for _ in 0..2 {
        let turn = talk.say("XX-1");
        assert_eq!(turn.say, ["CO- puis six chiffres, comme CO-204177."]);
        assert_eq!(turn.asks.unwrap().id, "commande");
    }
    let turn = talk.say("CO-2041770");
    assert_eq!(labels(&turn), ["Parler à un conseiller"]);
    assert_eq!(turn.asks.unwrap().skip.as_deref(), Some("Je ne l'ai pas"));
    talk.say("Je ne l'ai pas");
    assert!(talk.handed_off());
}

#[test]
fn a_required_field_can_be_left_after_three_tries() {
    let mut talk = Talk::with(LAMPS).started();
    talk.say("bonjour");
    talk.say("Léa");
    talk.say("non");
    talk.say("non");
    let turn = talk.say("non");
    assert_eq!(labels(&turn), ["Continuer sans", "Parler à un conseiller"]);
    assert_eq!(talk.click("Continuer sans").say, ["Bonjour Léa, que puis-je pour vous ?"]);
}

#[test]
fn a_keyword_in_place_of_an_answer_asks_for_a_person() {
    let mut talk = Talk::with(LAMPS).started();
    talk.say("bonjour");
    talk.say("Humain");
    assert_eq!(talk.kept()[0].value, "Humain", "a short answer to a text field is an answer");
    talk.say("humain");
    assert!(talk.handed_off(), "an e-mail it cannot be");
    let mut talk = Talk::with(LAMPS).started();
    talk.say("bonjour");
    talk.say("je veux une personne");
    assert_eq!(talk.rung(), "keyword");
    assert!(!talk.handed_off(), "the name is asked before, once");
    talk.say("je veux une personne");
    assert!(talk.handed_off(), "whoever insists is asked no more");
}

#[test]
fn an_address_that_contains_a_keyword_is_an_address() {
    let mut talk = Talk::with(LAMPS).started();
    talk.say("bonjour");
    talk.say("Léa");
    talk.say("humain@exemple.fr");
    assert!(!talk.handed_off());
    assert_eq!(talk.kept()[0].value, "humain@exemple.fr");
}

#[test]
fn details_known_from_an_earlier_conversation_are_not_asked_again() {
    let earlier = Talk::with(LAMPS).introduced().kept();
    let mut talk = Talk::with(LAMPS);
    talk.state = State::knowing(&earlier);
    let turn = talk.tell(Input::Start);
    assert!(turn.form.is_empty());
    assert_eq!(turn.say[1], "Bonjour Léa, que puis-je pour vous ?");
}

#[test]
fn a_file_is_said_to_be_unread_and_the_question_stays() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.click("Suivre ma commande");
    let turn = talk.tell(Input::DocumentShared);
    assert_eq!(
        turn.say,
        ["Votre fichier est joint à la conversation. Je ne sais pas le lire, une personne le pourra."]
    );
    assert_eq!(turn.asks.unwrap().id, "commande");
    assert_eq!(labels(&talk.tell(Input::DocumentShared))[0], "Parler à un conseiller");
}
