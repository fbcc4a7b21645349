//! Rungs 6 and 7: what is answered, what is offered, and what counts as a miss.

use super::{Talk, labels, shop};
use crate::rules::bot::Input;
use crate::rules::bot::state::State;

/// Everything that is near any FAQ is offered.
fn unsure() -> Talk {
    let mut bot = shop::bot();
    bot.thresholds.answer_above = 0.99;
    bot.thresholds.suggest_above = 0.10;
    shop::talk_of(bot)
}

#[test]
fn a_question_that_is_surely_meant_is_answered_with_fields_filled_in_and_its_buttons() {
    let mut talk = shop::talk();
    let turn = talk.say("ma lampe est arivée cassée !");
    assert_eq!(turn.say, ["Nous la remplaçons, Léa."]);
    assert_eq!(labels(&turn), ["Parler à un conseiller", "Renvoyer"]);
    let why = talk.why().unwrap();
    assert_eq!((why.rung.as_str(), why.because.as_str()), ("faq", "`casse`"));
    assert_eq!((why.answered.as_deref(), why.suggested.len()), (Some("casse"), 0));
    assert_eq!(why.best[0].faq, "casse");
    assert!((300..=1_000).contains(&why.best[0].score), "{:?}", why.best);
    assert!(why.best[0].words.contains(&"lampe".to_owned()), "{:?}", why.best);
    assert!(why.best.len() <= 2);
    assert_eq!(talk.click("Renvoyer").say, ["Gratuitement pendant un mois."]);
    assert_eq!(talk.why().unwrap().answered.as_deref(), Some("retour"), "a button of an answer, too");
    assert_eq!(talk.rung(), "button");
}

#[test]
fn each_language_has_its_own_questions_and_answers() {
    let mut talk = Talk::of(shop::bot()).speaking("en-GB").introduced();
    let turn = talk.say("my lamp arrived broken");
    assert_eq!(turn.say, ["We replace it, Léa."]);
    assert_eq!(labels(&turn), ["Talk to an advisor", "Return it"]);
}

#[test]
fn after_an_answer_without_buttons_there_is_a_person_or_a_message_and_the_start() {
    for (agents, way) in [(1, "Parler à un conseiller"), (0, "Laisser un message")] {
        let mut talk = shop::talk().agents(agents, agents);
        let turn = talk.say("Quand arrive mon colis ?");
        assert_eq!(turn.say, ["Deux à quatre jours."]);
        assert_eq!(labels(&turn), [way, "Revenir au début"]);
        assert_eq!(talk.click("Revenir au début").say, ["Bonjour Léa, que puis-je pour vous ?"]);
    }
    let turn = shop::talk().click("Paiement");
    assert_eq!(labels(&turn), ["Nos tarifs", "Parler à un conseiller", "Revenir au début"], "a link leads out");
}

#[test]
fn an_answer_promises_no_person_while_nobody_is_there() {
    let mut talk = shop::talk().agents(0, 0);
    let turn = talk.say("ma lampe est arrivée cassée");
    assert_eq!(labels(&turn), ["Laisser un message", "Renvoyer"]);
}

#[test]
fn an_unsure_text_is_offered_up_to_three_questions_and_none_of_these() {
    let mut talk = unsure();
    let turn = talk.say("quand arrive mon article");
    assert_eq!(turn.say, ["Est-ce une de ces questions ?"]);
    let why = talk.why().unwrap().clone();
    assert_eq!((why.rung.as_str(), why.answered), ("suggest", None));
    assert!((2..=3).contains(&why.suggested.len()), "{:?}", why.suggested);
    assert_eq!(turn.buttons.len(), why.suggested.len() + 1);
    assert_eq!(labels(&turn).last(), Some(&"Aucune de celles-ci"));
    assert_eq!(why.best.len(), 2);
    assert!(why.best[0].score >= why.best[1].score);
    let turn = talk.click("Délai de livraison");
    assert_eq!(turn.say, ["Deux à quatre jours."]);
    assert_eq!((talk.rung(), talk.why().unwrap().answered.as_deref()), ("button", Some("delai")));
    let mut talk = unsure();
    talk.say("quand arrive mon article");
    assert_eq!(talk.say("délai de livraison").say, ["Deux à quatre jours."], "typed as well as clicked");
    assert_eq!((talk.rung(), talk.why().unwrap().answered.as_deref()), ("label", Some("delai")));
}

#[test]
fn two_questions_too_near_each_other_are_offered_rather_than_one_answered() {
    let mut bot = shop::bot();
    bot.thresholds.answer_above = 0.05;
    bot.thresholds.suggest_above = 0.05;
    let mut talk = shop::talk_of(bot);
    talk.say("quand arrive");
    let why = talk.why().unwrap();
    assert_eq!(why.rung, "suggest", "{:?}", why.best);
    assert!(why.best[1].score * 4 > why.best[0].score * 3, "{:?}", why.best);
    for id in ["delai", "retour"] {
        assert!(why.suggested.contains(&id.to_owned()), "{:?}", why.suggested);
    }
}

#[test]
fn none_of_these_is_a_miss_and_suggestions_are_neither_miss_nor_understood() {
    let mut talk = unsure();
    talk.say("xyzzy");
    assert_eq!(talk.state.misses, 1);
    talk.say("quand arrive mon article");
    assert_eq!(talk.state.misses, 1, "suggestions leave the count");
    let turn = talk.click("Aucune de celles-ci");
    assert_eq!(talk.rung(), "none_of_these");
    assert_eq!(turn.say, ["Je n'ai pas la réponse. Voulez-vous parler à un conseiller ?"], "the second miss in a row");
    assert_eq!(labels(&turn)[0], "Parler à un conseiller");
    let mut talk = unsure();
    talk.say("quand arrive mon article");
    let turn = talk.say("aucune de celles-ci");
    assert_eq!((talk.rung(), talk.state.misses), ("none_of_these", 1));
    assert!(turn.say[0].starts_with("Je n'ai pas compris"), "{:?}", turn.say);
    assert!(turn.buttons.len() > 3, "and the menu");
}

#[test]
fn whatever_is_understood_and_every_click_forgets_the_misses() {
    let understood: [fn(&mut Talk); 6] = [
        |talk| drop(talk.say("ma lampe est arrivée cassée")),
        |talk| drop(talk.say("merci")),
        |talk| drop(talk.say("livraison et retours")),
        |talk| drop(talk.click("Paiement")),
        |talk| drop(talk.click("Chercher")),
        |talk| drop(talk.say("un conseiller")),
    ];
    for (at, act) in understood.into_iter().enumerate() {
        let mut talk = shop::talk();
        talk.say("xyzzy");
        assert_eq!(talk.state.misses, 1);
        act(&mut talk);
        assert_eq!(talk.state.misses, 0, "{at}");
    }
}

#[test]
fn only_the_first_five_hundred_characters_and_sixty_four_words_are_matched() {
    let question = "ma lampe est arrivée cassée";
    for filler in ["x ".repeat(64), "x".repeat(500) + " "] {
        let mut talk = shop::talk();
        talk.say(&format!("{filler}{question}"));
        assert_eq!(talk.rung(), "unknown");
        assert_eq!(talk.why().unwrap().best, []);
    }
    let mut talk = shop::talk();
    talk.say(&format!("{}{question}", " ".repeat(600)));
    assert_eq!(talk.rung(), "faq", "spaces before it are not counted");
}

#[test]
fn a_miss_tells_which_questions_came_nearest() {
    let mut bot = shop::bot();
    bot.thresholds.answer_above = 0.99;
    bot.thresholds.suggest_above = 0.98;
    let mut talk = shop::talk_of(bot);
    talk.say("quand arrive mon article");
    assert_eq!(talk.rung(), "unknown");
    assert_eq!(talk.why().unwrap().best.len(), 2);
}

#[test]
fn a_question_typed_in_place_of_the_form_is_answered_once_the_form_is_done() {
    for (typed, said) in [
        ("ma lampe est arrivée cassée", "Nous la remplaçons, Léa."),
        ("bonjour", "Bonjour Léa, que puis-je pour vous ?"),
        ("quand arrive", "Bonjour Léa, que puis-je pour vous ?"),
    ] {
        let mut talk = Talk::of(shop::bot()).started();
        assert_eq!(talk.say(typed).say, ["Comment vous appelez-vous ?"]);
        talk.say("Léa");
        assert_eq!(talk.say("lea@exemple.fr").say, [said], "`{typed}`");
        assert_eq!(talk.state.unheard, None, "once");
    }
}

#[test]
fn a_person_and_a_button_are_heard_before_any_question() {
    let mut talk = shop::talk();
    talk.say("ma lampe est arrivée cassée, je veux un conseiller");
    assert_eq!(talk.rung(), "keyword");
    assert_eq!(talk.why().unwrap().best, []);
    let mut talk = shop::talk();
    talk.say("Suivre ma commande");
    assert_eq!(talk.rung(), "label");
}

#[test]
fn an_answer_of_a_version_that_is_gone_leads_to_the_start() {
    let mut talk = unsure();
    talk.say("quand arrive mon article");
    talk.bot.faqs.clear();
    assert_eq!(talk.click("Délai de livraison").say, ["Bonjour Léa, que puis-je pour vous ?"]);
}

#[test]
fn a_click_counts_only_among_the_buttons_of_the_latest_turn() {
    let mut talk = unsure();
    talk.say("quand arrive mon article");
    talk.say("ma lampe est arrivée cassée");
    let before = talk.state.clone();
    let last = u32::try_from(before.offered.len()).unwrap();
    talk.tell(Input::Button { index: last });
    assert_eq!(talk.state, before);
}

#[test]
fn a_conversation_of_the_release_before_goes_on() {
    let stored = r#"{"mode":{"type":"menu"},"step":"accueil","known":{"prenom":"Léa"},"skipped":["tel"],
        "passed_address":false,"misses":1,"tries":0,
        "offered":[{"label":"Livraison","act":{"type":"go","target":{"type":"step","id":"livraison"}}}],"turn":4}"#;
    let mut talk = shop::talk();
    talk.state = serde_json::from_str::<State>(stored).unwrap();
    assert_eq!(talk.say("Livraison").say.len(), 2);
    for mode in [
        r#"{"type":"waiting","place":2,"said_at":"2026-11-26T09:00:00.000Z","offered":true}"#,
        r#"{"type":"asking","field":"email","then":{"type":"hand_off"}}"#,
        r#"{"type":"form"}"#,
        r#"{"type":"message"}"#,
        r#"{"type":"left"}"#,
        r#"{"type":"silenced"}"#,
    ] {
        let stored = stored.replace(r#"{"type":"menu"}"#, mode);
        assert!(serde_json::from_str::<State>(&stored).is_ok(), "{mode}");
    }
}
