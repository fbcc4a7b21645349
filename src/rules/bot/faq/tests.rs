//! A small shop's FAQs, asked in the ways people type.

use super::*;

const ANSWER_ABOVE: f32 = 0.30;
const SUGGEST_ABOVE: f32 = 0.15;

/// Five FAQs; none of their words is from the sets that matching is measured on.
const SHOP: [&[&str]; 5] = [
    &["Sous combien de jours suis-je livré ?", "Quand arrive mon colis ?", "Le délai pour recevoir une commande"],
    &["Puis-je renvoyer un article ?", "Ma tasse est arrivée cassée", "Comment être remboursé ?"],
    &["Où se trouve l'atelier ?", "J'aimerais visiter la boutique", "Quelle est votre adresse ?"],
    &["Faites-vous des gravures sur mesure ?", "Je voudrais un prénom gravé sur un bol"],
    &["Les assiettes passent-elles au lave-vaisselle ?", "Comment entretenir la porcelaine ?"],
];
const DELAY: usize = 0;
const BROKEN: usize = 1;
const PLACE: usize = 2;
const ENGRAVING: usize = 3;
const CARE: usize = 4;

fn index(lang: &str, faqs: &[&[&str]]) -> FaqIndex {
    let faqs: Vec<Vec<String>> =
        faqs.iter().map(|questions| questions.iter().map(|question| (*question).to_owned()).collect()).collect();
    FaqIndex::new(lang, &faqs)
}

fn shop() -> FaqIndex {
    index("fr", &SHOP)
}

fn best(index: &FaqIndex, text: &str) -> Option<usize> {
    index.find(text, 1).first().map(|found| found.faq)
}

fn score(index: &FaqIndex, text: &str) -> f32 {
    index.find(text, 1).first().map_or(0.0, |found| found.score)
}

fn decided(index: &FaqIndex, text: &str) -> Decision {
    Decision::of(&index.find(text, OFFERED_MAX), ANSWER_ABOVE, SUGGEST_ABOVE)
}

#[test]
fn an_example_question_is_answered_by_its_own_faq() {
    let shop = shop();
    for (faq, questions) in SHOP.iter().enumerate() {
        for question in *questions {
            assert_eq!(best(&shop, question), Some(faq), "{question}");
            assert_eq!(decided(&shop, question), Decision::Answer, "{question}");
        }
    }
}

#[test]
fn what_is_typed_badly_is_still_understood() {
    let shop = shop();
    for (typed, faq) in [
        ("ma tase est arrivé cassé", BROKEN),
        ("quand arive mon coli", DELAY),
        ("QUAND ARRIVE MON COLIS???", DELAY),
        ("coment entretenir la procelaine", CARE),
        ("ou se trouve l'attelier", PLACE),
        ("une garvure sur mesure", ENGRAVING),
    ] {
        assert_eq!(best(&shop, typed), Some(faq), "{typed}");
    }
}

#[test]
fn accents_are_worth_nothing() {
    let shop = shop();
    for (with, without) in [
        ("Le délai pour être livré", "le delai pour etre livre"),
        ("Où est-ce gravé", "OU EST-CE GRAVE"),
        ("cassée à l'arrivée", "cassee a l'arrivee"),
    ] {
        assert_eq!(score(&shop, with), score(&shop, without), "{with}");
    }
}

#[test]
fn an_apostrophe_may_be_missing_or_of_any_kind() {
    let shop = shop();
    for (with, without) in [
        ("j'aimerais visiter", "jaimerais visiter"),
        ("l'atelier", "latelier"),
        ("j’aimerais l’adresse d'une boutique", "jaimerais ladresse dune boutique"),
    ] {
        assert_eq!(score(&shop, with), score(&shop, without), "{with}");
        assert!(score(&shop, with) > 0.0, "{with}");
    }
    let english = index("en", &[&["What's the delay?", "I don't see it"], &["Where is my parcel?"]]);
    assert_eq!(score(&english, "what's the delay"), score(&english, "whats the delay"));
    assert_eq!(score(&english, "I don't see it"), score(&english, "i dont see it"));
}

#[test]
fn words_of_the_same_meaning_and_short_forms_are_read_as_the_shops_own() {
    let shop = shop();
    for (typed, faq) in [("mon paquet", DELAY), ("ma cmd", DELAY), ("retourner", BROKEN), ("le magasin", PLACE)] {
        assert_eq!(best(&shop, typed), Some(faq), "{typed}");
    }
    assert!(score(&shop, "mon paquet") < score(&shop, "mon colis"), "the shop's own words count more");
    let both = index("fr", &[&["un colis"], &["un paquet"]]);
    assert_eq!((best(&both, "paquet"), best(&both, "colis")), (Some(1), Some(0)));
}

#[test]
fn words_that_no_example_has_lower_the_score() {
    let shop = shop();
    let known = score(&shop, "une commande");
    let diluted = score(&shop, "une commande pour xylophones quantiques rembourrés");
    assert!(diluted < known / 2.0, "{diluted} {known}");
}

#[test]
fn what_the_shop_has_nothing_about_is_never_answered() {
    let shop = shop();
    for text in [
        "qui a gagné le match de rugby",
        "raconte une histoire drôle",
        "je cherche un pantalon noir en lin",
        "azerty",
        "12 x 8",
        "what is the weather like",
    ] {
        assert_ne!(decided(&shop, text), Decision::Answer, "{text}");
    }
    assert_eq!(decided(&shop, "azerty qwerty"), Decision::Silent);
}

#[test]
fn a_match_names_the_words_that_spoke_for_it_as_they_were_typed() {
    let found = shop().find("Bonjour, Entretenir votre PORCELAINE", 1);
    let words = &found.first().unwrap().words;
    let (first, rest) = words.split_at(2);
    assert!(first.contains(&"PORCELAINE".to_owned()) && first.contains(&"Entretenir".to_owned()), "{words:?}");
    assert!(rest.iter().all(|word| word == "votre"), "{words:?}");
    assert!(!words.contains(&"Bonjour".to_owned()), "{words:?}");
}

#[test]
fn a_question_that_two_faqs_share_is_contested_and_others_are_not() {
    let questions: [&[&str]; 3] = [
        &["Quand arrive mon colis ?", "Le délai de livraison"],
        &["Comment entretenir la porcelaine ?", "Quand arrive un colis ?"],
        &["Faites-vous des gravures ?"],
    ];
    assert_eq!(index("fr", &questions).contested(0.5), [(0, 0), (1, 1)]);
    assert_eq!(FaqIndex::default().contested(0.5), []);
}

#[test]
fn nothing_comes_of_nothing() {
    let empty = FaqIndex::default();
    assert_eq!(empty.find("bonjour", 3), []);
    assert_eq!(index("fr", &[&[], &[""]]).find("bonjour", 3), []);
    for text in ["", "   ", "???", "\u{1F600}\u{1F600}", "\u{200f}\u{200f}", "\0"] {
        assert_eq!(shop().find(text, 3), [], "{text:?}");
    }
    assert_eq!(shop().find("colis", 0), []);
}

#[test]
fn odd_and_hostile_texts_are_answered_calmly() {
    let shop = shop();
    let mut texts = vec![
        "colis ".repeat(10_000),
        "é".repeat(64 * 1024),
        "a b ".repeat(16 * 1024),
        "\u{1F4E6}".repeat(16 * 1024),
        "متى يصل طردي؟ colis مرحبا".to_owned(),
        "<script>alert('colis')</script>".to_owned(),
        "(a+)+$".repeat(1_000),
        "[[faq]]\nid = \"colis\"\n".repeat(500),
        "e\u{301}".repeat(5_000),
    ];
    texts.push(texts.concat());
    for text in &texts {
        for found in shop.find(text, 3) {
            assert!((0.0..=1.0).contains(&found.score), "{}", found.score);
            assert!(found.words.len() <= WORDS_SAID_MAX);
        }
    }
    assert_eq!(best(&shop, &texts[0]), Some(DELAY));
    assert_eq!(best(&shop, "متى يصل طردي؟ colis"), Some(DELAY));
}

#[test]
fn only_the_beginning_of_a_long_text_is_read() {
    let shop = shop();
    let start = format!("quand arrive mon colis {}", " ".repeat(600));
    assert_eq!(shop.find(&start, 5), shop.find(&format!("{start} tasse cassée, porcelaine"), 5));
    let many = "zz ".repeat(64);
    assert_eq!(shop.find(&format!("{many} colis"), 5), []);
}

#[test]
fn the_same_text_is_always_found_in_the_same_way() {
    let first = shop().find("je voudrais un colis gravé à l'atelier", 5);
    assert!(first.len() > 2);
    assert!(first.windows(2).all(|pair| pair[0].score >= pair[1].score));
    for _ in 0..5 {
        assert_eq!(shop().find("je voudrais un colis gravé à l'atelier", 5), first);
    }
}

#[test]
fn english_and_languages_without_a_stemmer_match_too() {
    let english = index("en-GB", &[&["Where is my parcel?", "When does delivery arrive?"], &["I want my money back"]]);
    assert_eq!(best(&english, "wheres my parcels"), Some(0));
    assert_eq!(best(&english, "refund my mony"), Some(1));
    let polish = index("pl", &[&["Gdzie jest moja paczka?"], &["Chcę zwrócić towar"]]);
    assert_eq!(best(&polish, "gdzie paczki"), Some(0));
    assert_eq!(best(&polish, "zwrocic"), Some(1));
}
