//! What a free text is taken for, rung by rung.

use super::{LAMPS, Talk, labels};
use crate::rules::bot::{Input, Output};

#[test]
fn a_text_at_the_menu_ends_on_the_rung_that_fits_it() {
    let table = [
        ("je voudrais parler à un conseiller", "keyword"),
        ("Un CONSEILLER svp !", "keyword"),
        ("des conseillers sont là ?", "keyword"),
        ("quelqu’un peut m'aider ?", "keyword"),
        ("I need a human", "keyword"),
        ("je ne veux pas de conseiller", "unknown"),
        ("sans parler à quelqu'un", "unknown"),
        ("je ne veux pas d'un conseiller", "unknown"),
        ("a bot, not a human", "unknown"),
        ("pas compris, donnez moi vite un conseiller", "keyword"),
        ("personnel", "unknown"),
        ("suivre ma commande", "label"),
        ("Suivre ma comande", "label"),
        ("SUIVRE MA COMMANDE ?", "label"),
        ("livraison et retours", "label"),
        ("commande", "unknown"),
        ("bonjour", "courtesy"),
        ("Bonjour !", "courtesy"),
        ("merci beaucoup", "courtesy"),
        ("bonjour je cherche une lampe", "unknown"),
        ("42", "unknown"),
        ("", "unknown"),
    ];
    for (text, rung) in table {
        let mut talk = Talk::with(LAMPS).introduced();
        talk.say(text);
        assert_eq!(talk.rung(), rung, "`{text}`");
    }
}

#[test]
fn a_greeting_is_answered_with_the_menu_and_is_never_a_miss() {
    let mut talk = Talk::with(LAMPS).introduced();
    for _ in 0..4 {
        let turn = talk.say("bonjour");
        assert_eq!(turn.say, ["Bonjour ! Que puis-je pour vous ?"]);
        assert_eq!(labels(&turn).len(), 4);
    }
    assert_eq!(talk.say("xyz").say, ["Je n'ai pas compris. Pouvez-vous le dire autrement, ou choisir ci-dessous ?"]);
}

#[test]
fn the_second_miss_in_a_row_offers_a_person_and_an_understood_text_forgets_the_first() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.say("abracadabra");
    let turn = talk.say("abracadabra");
    assert_eq!(turn.say, ["Je n'ai pas la réponse. Voulez-vous parler à un conseiller ?"]);
    assert_eq!(labels(&turn)[0], "Parler à un conseiller");
    talk.click("Suivre ma commande");
    talk.say("Je ne l'ai pas");
    let mut talk = Talk::with(LAMPS).introduced();
    talk.say("abracadabra");
    talk.click("Livraison et retours");
    let turn = talk.say("abracadabra");
    assert!(turn.say[0].starts_with("Je n'ai pas compris"), "{:?}", turn.say);
}

#[test]
fn after_misses_nobody_is_promised_a_person_while_there_is_none() {
    let mut talk = Talk::with(LAMPS).introduced().agents(0, 0);
    talk.say("abracadabra");
    let turn = talk.say("abracadabra");
    assert!(turn.say[0].starts_with("Je n'ai pas compris"));
    assert_eq!(labels(&turn)[0], "Laisser un message");
    assert!(!labels(&turn).contains(&"Parler à un conseiller"));
}

#[test]
fn zero_misses_means_that_a_person_is_never_offered_unasked() {
    let mut talk = Talk::with(&LAMPS.replace("after_unknown = 2", "after_unknown = 0")).introduced();
    for _ in 0..6 {
        assert!(talk.say("abracadabra").say[0].starts_with("Je n'ai pas compris"));
    }
    talk.say("un conseiller");
    assert!(talk.handed_off());
}

#[test]
fn a_button_leads_where_it_says_and_one_that_is_not_offered_changes_nothing() {
    let mut talk = Talk::with(LAMPS).introduced();
    let turn = talk.click("Livraison et retours");
    assert_eq!(
        turn.say,
        ["La livraison prend deux à quatre jours, le retour est gratuit pendant un mois.", "Autre chose ?"]
    );
    let before = talk.state.clone();
    talk.tell(Input::Button { index: 7 });
    assert_eq!((talk.outputs.clone(), &talk.state), (vec![Output::Stale], &before));
    assert!(talk.click("Non merci").is_silent(), "`@end` says nothing more");
    assert_eq!(talk.state.offered.len(), 2, "what still stands there still works");
    assert_eq!(labels(&talk.say("bonjour")).len(), 2, "and the menu of the step is still there");
}

#[test]
fn a_link_is_a_button_with_an_address_and_does_nothing_here() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.click("Choisir une lampe");
    talk.say("salon");
    let turn = talk.say("120 €");
    assert_eq!(turn.buttons[0].url.as_deref(), Some("https://clair-obscur.example/lampes"));
    assert!(talk.click("Voir les lampes").is_silent());
    assert_eq!(talk.outputs, []);
}

#[test]
fn every_turn_says_why_and_names_its_version() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.say("un conseiller");
    let why = talk.outputs.iter().find_map(|output| if let Output::Explain(why) = output { Some(why) } else { None });
    let why = why.unwrap();
    assert_eq!((why.rung.as_str(), why.version, why.because.as_str()), ("keyword", 3, "`conseiller`"));
}

#[test]
fn the_visitors_language_is_spoken_by_primary_subtag_and_else_the_first_one() {
    for (lang, hello) in [
        ("en-GB", "Hello Léa, how can I help?"),
        ("fr", "Bonjour Léa, que puis-je pour vous ?"),
        ("nl", "Bonjour Léa, que puis-je pour vous ?"),
    ] {
        let mut talk = Talk::with(LAMPS).speaking(lang).started();
        let turn = talk.fill(&[("prenom", "Léa"), ("email", "lea@exemple.fr")]);
        assert_eq!(turn.say, [hello], "{lang}");
    }
}

#[test]
fn a_step_that_an_older_version_had_leads_back_to_the_start() {
    let mut talk = Talk::with(LAMPS).introduced();
    talk.click("Livraison et retours");
    let newer = LAMPS.replace("[steps.autre_chose]", "[steps.fin]").replace("\"autre_chose\"", "\"fin\"");
    talk.bot = Talk::with(&newer).bot;
    assert_eq!(labels(&talk.say("bonjour")).len(), 4, "the first step's menu");
}
