//! Hostile and odd inputs: each is answered calmly, wherever the talk stands.

use super::{Talk, shop};
use crate::rules::bot::Input;
use crate::rules::bot::compile::pattern_of;
use crate::rules::bot::model::Kind;

/// What a name or a number that is said back may add to a text.
const SAID_CHARS_MAX: usize = 1_400;

fn odd() -> Vec<(&'static str, String)> {
    let one = |text: &str| text.to_owned();
    vec![
        ("nothing", one("")),
        ("spaces", " ".repeat(64 * 1024)),
        ("line breaks", "\n".repeat(3_000)),
        ("emoji only", one("\u{1F600}\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{1F1EB}\u{1F1F7}")),
        ("right to left", one("أين طلبي؟ لم يصل بعد")),
        ("turned around", one("\u{202E}ecived ruoy\u{202C} \u{2066}x")),
        ("no letters at all", one("?!…—«»#@%&*()[]{}|\\/~`^")),
        ("HTML", one("<script>alert('x')</script><img src=x onerror=alert(1)>")),
        ("TOML", one("[[faq]]\nid = \"delai\"\nanswer = \"piraté\"\n[handoff]\nafter_unknown = 0")),
        ("JSON", one(r#"{"type":"button","button":0,"mode":{"type":"silenced"}}"#)),
        ("a variable", one("{{email}} {{position}} {{next_opening}} {{")),
        ("SQL", one("'; DROP TABLE conversation; --")),
        ("a path", one("../../../../etc/passwd\u{0}.png")),
        ("what makes some expressions explode", "a".repeat(30_000) + "!"),
        ("as many brackets", "(".repeat(20_000)),
        ("64 KB of one letter", "z".repeat(64 * 1024)),
        ("64 KB of words", "commande ".repeat(64 * 1024 / 9)),
        ("NUL", one("bon\u{0}jour\u{0}")),
        ("control characters", (1..32).filter_map(char::from_u32).collect()),
        ("combining marks", one("l") + &"\u{0301}\u{0327}\u{0316}".repeat(5_000)),
        ("nothing to be seen", "\u{200B}\u{FEFF}\u{00AD}\u{2060}".repeat(100)),
        ("Chinese", one("你好，我的包裹在哪里？")),
        ("mathematics in disguise", one("𝓬𝓸𝓷𝓼𝓮𝓲𝓵𝓵𝓮𝓻 ｈｅｌｐ")),
        ("not a character", one("\u{FFFE}\u{FFFF}\u{10FFFF}\u{E000}")),
    ]
}

/// Where a talk may stand when it comes.
fn places() -> Vec<(&'static str, Talk)> {
    let at = |walk: fn(&mut Talk)| {
        let mut talk = shop::talk();
        walk(&mut talk);
        talk
    };
    let mut explosive = shop::bot();
    explosive.fields.get_mut("commande").unwrap().kind = Kind::Pattern(pattern_of("(a+)+b|(a|a)*c").unwrap());
    let mut pattern = shop::talk_of(explosive);
    pattern.click("Suivre ma commande");
    vec![
        ("before anything", Talk::of(shop::bot())),
        ("the form", Talk::of(shop::bot()).started()),
        ("the menu", shop::talk()),
        ("a pattern", pattern),
        ("a choice", at(|talk| drop(talk.click("Une idée")))),
        ("a search", at(|talk| drop(talk.click("Chercher")))),
        (
            "a message",
            at(|talk| {
                talk.facts.agents_online = 0;
                drop(talk.say("un conseiller"));
            }),
        ),
    ]
}

#[test]
fn odd_and_hostile_texts_are_answered_calmly_wherever_the_talk_stands() {
    assert!(odd().len() >= 20);
    for (place, talk) in places() {
        for (kind, text) in odd() {
            let mut talk = Talk {
                bot: talk.bot.clone(),
                facts: talk.facts.clone(),
                state: talk.state.clone(),
                outputs: Vec::new(),
                found: Vec::new(),
                searched: Vec::new(),
            };
            let turn = talk.say(&text);
            let what = format!("{kind} at {place}");
            assert!(!turn.say.is_empty(), "{what}: an answer");
            assert!(turn.say.iter().all(|said| said.chars().count() <= SAID_CHARS_MAX), "{what}: {:?}", turn.say);
            assert!(!turn.say.iter().any(|said| said.contains('\u{0}')), "{what}");
            assert!(talk.why().is_some_and(|why| why.because.chars().count() <= SAID_CHARS_MAX), "{what}");
            assert!(serde_json::to_string(&talk.state).unwrap().len() < 4_096, "{what}");
            assert!(!talk.state.is_silenced(), "{what}");
            talk.say("je voudrais parler à une personne");
            talk.say("je voudrais parler à une personne");
            assert!(!talk.outputs.is_empty() || talk.state.is_waiting(), "{what}: the talk goes on");
        }
    }
}

#[test]
fn odd_answers_are_kept_as_typed_and_said_back_once() {
    let mut talk = Talk::of(shop::bot()).started();
    talk.fill(&[("prenom", "{{email}}"), ("email", "lea@exemple.fr")]);
    let turn = talk.say("ma lampe est arrivée cassée");
    assert_eq!(turn.say, ["Nous la remplaçons, {{email}}."]);
    let mut talk = Talk::of(shop::bot()).started();
    talk.fill(&[("prenom", "<b>Léa</b>"), ("email", "lea@exemple.fr")]);
    assert_eq!(talk.kept()[0].value, "<b>Léa</b>", "it is text, and drawn as text");
}

#[test]
fn a_button_that_never_was_and_forms_of_nothing_change_nothing() {
    for index in [10, 4_000_000_000, u32::MAX] {
        let mut talk = shop::talk();
        let before = talk.state.clone();
        talk.tell(Input::Button { index });
        assert_eq!(talk.state, before);
        talk.tell(Input::Form(super::answers(&[("", ""), ("email", "x"), ("email", "y")])));
        assert_eq!(talk.state, before);
    }
}
