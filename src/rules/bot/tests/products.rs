//! Rungs 5 and 8 and the products of a step: what is searched, shown and said.

use super::{Talk, labels, shop};
use crate::protocol::BotTurn;
use crate::rules::bot::model::{Next, PriceMax, Target};
use crate::rules::bot::state::Mode;
use crate::rules::bot::{Input, Output, PRODUCTS_MAX, ProductQuery, step};

fn stocked() -> Talk {
    let mut talk = shop::talk();
    talk.found = ["Oslo", "Bergen", "Lund", "Turku", "Visby", "Umeå"].map(shop::card).to_vec();
    talk
}

fn titles(turn: &BotTurn) -> Vec<&str> {
    turn.cards.iter().map(|card| card.title.as_str()).collect()
}

#[test]
fn whoever_is_asked_what_they_look_for_gets_cards_another_search_and_a_person() {
    let mut talk = stocked();
    let turn = talk.click("Chercher");
    assert_eq!(turn.say, ["Que cherchez-vous ? Quelques mots suffisent."]);
    let turn = talk.say("  une lampe de bureau ");
    assert_eq!(
        talk.searched,
        [ProductQuery::Words { text: "une lampe de bureau".into(), price_max: None, in_stock: true, values: vec![] }]
    );
    assert_eq!(titles(&turn), ["Oslo", "Bergen"], "as many as the definition says");
    assert_eq!(turn.say, ["Voici ce que j'ai trouvé :"]);
    assert_eq!(labels(&turn), ["Chercher autre chose", "Parler à un conseiller"]);
    assert_eq!(talk.rung(), "products");
    talk.click("Chercher autre chose");
    assert_eq!(titles(&talk.say("lampadaire")).len(), 2);
    let mut talk = stocked().agents(0, 0);
    talk.click("Chercher");
    assert_eq!(labels(&talk.say("lampe")), ["Chercher autre chose", "Laisser un message"]);
}

#[test]
fn a_search_that_finds_nothing_says_what_was_searched_and_hears_other_words() {
    let mut talk = stocked();
    let cards = std::mem::take(&mut talk.found);
    talk.click("Chercher");
    let turn = talk.say("un aspirateur");
    assert_eq!(turn.say, ["Je n'ai rien trouvé pour « un aspirateur »."]);
    assert_eq!(labels(&turn), ["Chercher autre chose", "Parler à un conseiller"]);
    talk.found = cards;
    assert_eq!(titles(&talk.say("une applique")).len(), 2, "without a click in between");
    talk.found.clear();
    talk.click("Chercher autre chose");
    talk.say("un aspirateur");
    assert_eq!(talk.say("ma lampe est arrivée cassée").say, ["Nous la remplaçons, Léa."], "a question, surely");
    let long = "très ".repeat(3_000);
    let mut talk = shop::talk();
    talk.click("Chercher");
    assert!(talk.say(&long).say[0].chars().count() < 130, "what is said back is short");
}

#[test]
fn a_person_a_button_and_thanks_are_heard_in_place_of_a_search() {
    for (text, rung) in [("un conseiller", "keyword"), ("merci", "courtesy"), ("\u{1F600}", "unknown")] {
        let mut talk = stocked();
        talk.click("Chercher");
        talk.say(text);
        assert_eq!(talk.rung(), rung, "`{text}`");
        assert_eq!(talk.searched, [], "`{text}`");
    }
}

#[test]
fn a_step_searches_by_the_answers_and_passed_over_ones_leave_nothing() {
    let filled = |text: &str, price: Option<&str>, values: &[(&str, &str)]| ProductQuery::Words {
        text: text.into(),
        price_max: price.map(str::to_owned),
        in_stock: true,
        values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    };
    for (answers, query) in [
        (["Chambre", "laiton", "89,50"], filled("lampe Chambre", Some("89.50"), &[("color", "Laiton")])),
        (["Peu importe", "Noir mat", "Pas de limite"], filled("lampe", None, &[("color", "Noir mat")])),
        (["Salon", "Peu importe", "Pas de limite"], filled("lampe Salon", None, &[])),
    ] {
        let mut talk = stocked();
        talk.click("Une idée");
        let turn = answers.map(|answer| talk.say(answer)).into_iter().next_back().unwrap();
        assert_eq!(talk.searched, [query]);
        assert_eq!(titles(&turn), ["Oslo", "Bergen", "Lund"]);
        assert_eq!(turn.say, ["Voici nos idées :"], "before its cards");
        assert_eq!(labels(&turn), ["Autre chose"], "after them");
        assert_eq!(talk.rung(), "field");
        let keeps = talk.outputs.iter().filter(|output| matches!(output, Output::Keep(_))).count();
        assert_eq!(keeps, usize::from(answers[2] != "Pas de limite"), "what was answered before the search stands");
    }
}

#[test]
fn a_step_without_hits_says_so_and_goes_on_as_it_would() {
    let mut talk = shop::talk();
    talk.click("Une idée");
    talk.say("Chambre");
    talk.say("Laiton");
    let turn = talk.say("Pas de limite");
    assert_eq!(turn.say, ["Voici nos idées :", "Je n'ai rien trouvé pour « lampe Chambre Laiton »."]);
    assert_eq!(labels(&turn), ["Autre chose"]);
}

#[test]
fn a_price_may_be_written_in_the_definition() {
    let mut talk = stocked();
    let step = talk.bot.steps.get_mut("cadeau").unwrap();
    step.collect.clear();
    step.products.as_mut().unwrap().price_max = Some(PriceMax::Number(60));
    talk.click("Une idée");
    assert!(matches!(&talk.searched[0], ProductQuery::Words { text, price_max: Some(price), .. }
        if text == "lampe" && price == "60"));
}

#[test]
fn steps_that_follow_each_other_show_their_products_in_one_turn_of_five() {
    let mut talk = stocked();
    for id in ["cadeau", "conseil"] {
        let products = talk.bot.steps["cadeau"].products.clone();
        let step = talk.bot.steps.get_mut(id).unwrap();
        (step.collect, step.products) = (Vec::new(), products);
    }
    talk.bot.steps.get_mut("cadeau").unwrap().next = Next::Go(Target::Step { id: "conseil".into() });
    let turn = talk.click("Une idée");
    assert_eq!(talk.searched.len(), 2);
    assert_eq!(titles(&turn), ["Oslo", "Bergen", "Lund"], "each product once");
    assert_eq!(turn.say.len(), 2);
    assert_eq!(labels(&turn)[0], "Voir les lampes", "the buttons of the last");
}

#[test]
fn steps_that_chase_each_other_search_three_times_and_no_more() {
    let mut talk = shop::talk();
    let step = talk.bot.steps.get_mut("cadeau").unwrap();
    step.collect.clear();
    step.next = Next::Go(Target::Step { id: "cadeau".into() });
    let turn = talk.click("Une idée");
    assert_eq!(talk.searched.len(), 3);
    assert_eq!(labels(&turn)[0], "Parler à un conseiller");
}

#[test]
fn the_first_words_ask_nothing_of_the_catalog() {
    let mut talk = stocked();
    let products = talk.bot.steps["cadeau"].products.clone();
    talk.bot.steps.get_mut("accueil").unwrap().products = products;
    talk.bot.form.clear();
    talk.state = Default::default();
    let turn = talk.tell(Input::Start);
    assert_eq!((talk.searched.len(), turn.cards.len()), (0, 0), "opening the panel is no question");
    assert!(labels(&turn).contains(&"Chercher"));
    talk.say("Livraison et retours");
    assert_eq!(titles(&talk.click("Revenir au début")).len(), 3);
}

#[test]
fn a_text_that_may_name_a_product_is_looked_up_and_a_sentence_is_not() {
    let mut talk = stocked();
    let turn = talk.say("Oslo XL");
    assert_eq!(talk.searched, [ProductQuery::Named { text: "Oslo XL".into() }]);
    assert_eq!((talk.rung(), talk.why().unwrap().because.as_str()), ("catalog", "`Oslo XL`"));
    assert_eq!(titles(&turn), ["Oslo", "Bergen"]);
    assert_eq!(labels(&turn), ["Chercher autre chose", "Parler à un conseiller"]);
    for text in ["zut zut zut zut zut zut zut zut zut", &"z".repeat(81), "?!", ""] {
        let mut talk = stocked();
        talk.say(text);
        assert_eq!((talk.rung(), talk.searched.len()), ("unknown", 0), "`{text}`");
    }
    let mut talk = stocked();
    talk.bot.products.enabled = false;
    talk.say("Oslo");
    assert_eq!((talk.rung(), talk.searched.len()), ("unknown", 0));
}

#[test]
fn one_word_is_a_product_where_the_catalog_knows_it_and_else_a_question() {
    let mut talk = stocked();
    let turn = talk.say("lampe");
    assert_eq!((talk.rung(), titles(&turn)), ("catalog", vec!["Oslo", "Bergen"]));
    let mut talk = shop::talk();
    talk.say("colis");
    assert_eq!((talk.searched.len(), talk.why().unwrap().best[0].faq.as_str()), (1, "delai"));
    assert_ne!(talk.rung(), "unknown");
    let mut talk = shop::talk();
    talk.say("zut");
    assert_eq!((talk.rung(), talk.searched.len(), talk.state.misses), ("unknown", 1, 1));
}

#[test]
fn questions_come_before_products_and_a_product_not_found_is_a_miss_with_their_scores() {
    let mut talk = stocked();
    talk.say("ma lampe est arrivée cassée");
    assert_eq!((talk.rung(), talk.searched.len()), ("faq", 0));
    let mut talk = shop::talk();
    talk.bot.thresholds.answer_above = 0.99;
    talk.bot.thresholds.suggest_above = 0.98;
    let turn = talk.say("mon colis");
    assert_eq!((talk.rung(), talk.searched.len(), talk.state.misses), ("unknown", 1, 1));
    assert_eq!(talk.why().unwrap().best[0].faq, "delai");
    assert!(turn.say[0].starts_with("Je n'ai pas compris"));
    talk.say("mon colis");
    assert_eq!(talk.state.misses, 2);
}

#[test]
fn what_was_found_for_another_turn_or_unasked_changes_nothing() {
    let mut talk = stocked();
    talk.click("Chercher");
    let before = talk.state.clone();
    assert!(talk.tell(Input::Found { turn: 2, cards: vec![shop::card("Oslo")] }).is_silent());
    assert_eq!((&talk.state, talk.outputs.len()), (&before, 0));
    let (searching, outputs) = step(&talk.bot, &talk.facts, before, Input::Text("lampe".into()));
    let [Output::SearchProducts { turn, limit: 2, .. }] = outputs.as_slice() else { panic!("{outputs:?}") };
    let late = Input::Found { turn: turn + 1, cards: vec![shop::card("Oslo")] };
    let (same, outputs) = step(&talk.bot, &talk.facts, searching.clone(), late);
    assert_eq!((&same, outputs.len()), (&searching, 0));
    let (after, outputs) = step(&talk.bot, &talk.facts, searching, Input::Text("ma lampe est arrivée cassée".into()));
    assert!(matches!(outputs.first(), Some(Output::Say(turn)) if turn.cards.is_empty()), "the search is dropped");
    assert!(!matches!(after.mode, Mode::Searching(_)));
}

#[test]
fn whatever_is_found_no_turn_shows_more_than_five_cards() {
    let mut talk = stocked();
    talk.bot.products.limit = 99;
    talk.click("Chercher");
    assert_eq!(talk.say("lampe").cards.len(), PRODUCTS_MAX as usize);
}

#[test]
fn answers_of_a_catalog_attribute_are_those_in_stock_and_the_question_is_passed_over_without_any() {
    use crate::protocol::FieldKind;
    let mut talk = stocked();
    talk.click("Une idée");
    let asks = talk.say("Chambre").asks.unwrap();
    assert_eq!(asks.kind, FieldKind::Choice { options: vec!["Laiton".into(), "Noir mat".into()] });
    let turn = talk.say("turquoise");
    assert_eq!(turn.say, ["Choisissez une des réponses proposées."]);
    talk.say("noir mate");
    assert_eq!(talk.kept()[0].value, "Noir mat", "kept as the catalog writes it");
    let mut talk = stocked();
    talk.facts.values.clear();
    talk.click("Une idée");
    assert_eq!(talk.say("Chambre").asks.unwrap().id, "budget");
    let mut talk = stocked();
    talk.click("Une idée");
    talk.say("Chambre");
    talk.facts.values.clear();
    assert_eq!(talk.say("Laiton").asks.unwrap().id, "budget", "sold out between question and answer");
    let mut talk = stocked();
    talk.facts.values.insert("color".into(), (0..30).map(|n| format!("Teinte {n}")).collect());
    talk.click("Une idée");
    assert!(matches!(talk.say("Chambre").asks.unwrap().kind, FieldKind::Choice { options } if options.len() == 12));
}
