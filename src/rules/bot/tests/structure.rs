//! From TOML to the structure that the editor holds, and back: nothing is lost on the way.

use super::random::Dice;
use super::{LAMPS, Talk, check, compile};
use crate::protocol::definition::{
    BotDefinition, ButtonDefinition, FaqDefinition, FieldDefinition, HoursDefinition, LeaveMessageDefinition,
    SatisfactionDefinition, StepDefinition, StepProducts, TestDefinition, WordLists, Words,
};
use crate::rules::bot::{Input, structure, write};

const SHOP: &str = include_str!("../../../../tests/fixtures/bots/atelier.toml");
const DEMO: &str = include_str!("../../../../demo/bot.toml");

#[test]
fn what_is_written_reads_as_the_same_structure_and_is_written_the_same_again() {
    for toml in [LAMPS, SHOP, DEMO] {
        let read = structure(toml).unwrap();
        let written = write(&read);
        assert_eq!(structure(&written).unwrap(), read, "{written}");
        assert_eq!(write(&structure(&written).unwrap()), written);
        assert_eq!(check(&written, &[]).problems.len(), check(toml, &[]).problems.len(), "{written}");
    }
}

#[test]
fn a_bot_written_anew_talks_as_the_one_that_was_read() {
    for toml in [LAMPS, SHOP] {
        let (before, after) = (Talk::with(toml), Talk::with(&write(&structure(toml).unwrap())));
        for seed in 0..60 {
            let mut dice = Dice::new(seed);
            let (mut before, mut after) = (Talk::of(before.bot.clone()), Talk::of(after.bot.clone()));
            assert_eq!(before.tell(Input::Start), after.tell(Input::Start));
            for _ in 0..20 {
                let input = super::random::any_input(&mut dice);
                assert_eq!(before.tell(input.clone()), after.tell(input), "seed {seed}");
                assert_eq!(before.outputs, after.outputs, "seed {seed}");
            }
        }
    }
}

/// Every place of the structure that a pointer may name, as JSON pointer.
fn has_place(structure: &serde_json::Value, pointer: &str) -> bool {
    pointer.is_empty() || structure.pointer(pointer).is_some()
}

#[test]
fn the_pointer_of_a_problem_names_a_place_of_the_structure_or_what_misses_there() {
    let broken = SHOP
        .replace("faq = \"delai\"", "faq = \"delay\"")
        .replace("max = 500", "max = 1")
        .replace("13:30-18:00", "13:30-11:00")
        .replace("\"Comment être remboursé ?\"", "\"x\"")
        .replace("expect = \"faq:casse\"", "expect = \"faq:cassé\"")
        .replace("title", "titre");
    let structure = serde_json::to_value(structure(&broken).unwrap()).unwrap();
    let problems = check(&broken, &[]).problems;
    let pointers: Vec<&str> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        ["/hours/days/mon/1", "/fields/3/max", "/steps/0/buttons/2/faq", "/faq/1/questions/fr/2", "/tests/0/expect"]
    );
    for problem in &problems {
        assert!(has_place(&structure, &problem.pointer), "{}", problem.pointer);
    }
    let without = SHOP
        .replace("answer    = \"Chaque pièce part de l'atelier le lendemain, puis voyage deux à quatre jours.\"\n", "");
    assert_eq!(check(&without, &[]).problems[0].pointer, "/faq/0/answer");
}

#[test]
fn what_the_structure_has_no_place_for_gives_none() {
    for toml in [
        "",
        "format = 2",
        "format = 1\nsurprise = true",
        "format = 1\n[bot]\nname = 3",
        "format = 1\n[steps]\na = 1",
        "format = 1\n[fields.a]\nmax_chars = -1",
        "format = 1\n[faq]\nid = \"a\"",
        "format = 1\n[steps.a]\nbuttons = [1]",
        "format = 1\nformat = 1",
    ] {
        assert_eq!(structure(toml), None, "{toml}");
    }
    assert!(structure("format = 1").is_some(), "a draft may be unfinished");
}

#[test]
fn two_steps_of_one_id_are_both_kept() {
    let step = |id: &str, say: &str| StepDefinition {
        id: id.to_owned(),
        say: [("fr".to_owned(), say.to_owned())].into(),
        ..StepDefinition::default()
    };
    let definition = BotDefinition {
        languages: vec!["fr".to_owned()],
        steps: vec![step("a", "un"), step("a", "deux"), step("a_2", "trois"), step("", "quatre"), step("", "cinq")],
        ..BotDefinition::default()
    };
    let read = structure(&write(&definition)).unwrap();
    let ids: Vec<&str> = read.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["a", "a_3", "a_2", "", "_2"]);
    assert_eq!(read.steps[1].say["fr"], "deux");
}

#[test]
fn a_definition_is_written_as_a_person_would_write_it() {
    let written = write(&structure(SHOP).unwrap());
    for line in [
        "mon-fri = [\"09:30-12:30\", \"13:30-18:00\"]",
        "pattern = 'AT-\\d{5}'",
        "options = [\"grès\", \"porcelaine\", \"verre\"]",
        "products = { query = \"cadeau {{matiere}}\", price_max = \"{{budget}}\", limit = 3 }",
        "  { faq = \"delai\" },",
        "say = \"ma tase est arrivé cassé\"",
    ] {
        assert!(written.lines().any(|other| other == line), "{line}\n{written}");
    }
}

/// Texts with whatever might be escaped wrongly.
fn any_text(dice: &mut Dice) -> String {
    const PIECES: [&str; 24] = [
        "é",
        "\"",
        "\\",
        "'",
        "\n",
        "\r\n",
        "\t",
        "\u{0}",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{1F600}",
        "'''",
        "\"\"\"",
        "#",
        "=",
        "{{nom}}",
        " ",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "\\u0041",
        "a",
        "Où est mon colis",
    ];
    (0..=dice.roll(5)).map(|_| PIECES[dice.roll(PIECES.len())]).collect()
}

fn maybe<T>(dice: &mut Dice, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
    (dice.roll(2) == 0).then(|| make(dice))
}

fn many<T>(dice: &mut Dice, most: usize, make: impl Fn(&mut Dice) -> T) -> Vec<T> {
    (0..dice.roll(most + 1)).map(|_| make(dice)).collect()
}

fn any_words(dice: &mut Dice) -> Words {
    ["fr", "en", "l a"].iter().filter_map(|code| maybe(dice, any_text).map(|text| ((*code).to_owned(), text))).collect()
}

fn any_lists(dice: &mut Dice) -> WordLists {
    let codes = ["fr", "en"];
    codes.iter().filter_map(|code| maybe(dice, |dice| ((*code).to_owned(), many(dice, 3, any_text)))).collect()
}

fn any_button(dice: &mut Dice) -> ButtonDefinition {
    ButtonDefinition {
        label: any_words(dice),
        goto: maybe(dice, any_text),
        faq: maybe(dice, any_text),
        url: maybe(dice, any_text),
    }
}

fn number(dice: &mut Dice) -> u32 {
    u32::try_from(dice.roll(9_000)).unwrap()
}

fn any_field(dice: &mut Dice) -> FieldDefinition {
    let attribute = maybe(dice, any_text);
    FieldDefinition {
        id: format!("{}{}", any_text(dice), dice.roll(1_000_000)),
        kind: any_text(dice),
        ask: any_words(dice),
        label: any_words(dice),
        error: any_words(dice),
        skip: any_words(dice),
        max_chars: maybe(dice, number),
        min: maybe(dice, |dice| -i64::from(number(dice))),
        max: maybe(dice, |dice| i64::from(number(dice))),
        autocomplete: maybe(dice, any_text),
        options: if attribute.is_some() { Vec::new() } else { many(dice, 3, any_words) },
        attribute,
        pattern: maybe(dice, any_text),
    }
}

fn any_step(dice: &mut Dice) -> StepDefinition {
    StepDefinition {
        id: format!("{}{}", any_text(dice), dice.roll(1_000_000)),
        collect: many(dice, 3, any_text),
        say: any_words(dice),
        products: maybe(dice, |dice| StepProducts {
            query: any_words(dice),
            price_max: maybe(dice, |dice| if dice.roll(2) == 0 { number(dice).to_string() } else { any_text(dice) }),
            in_stock: maybe(dice, |dice| dice.roll(2) == 0),
            limit: maybe(dice, number),
        }),
        buttons: many(dice, 3, any_button),
        goto: maybe(dice, any_text),
    }
}

fn any_hours(dice: &mut Dice) -> HoursDefinition {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "lundi", "é", "fri-mon"];
    HoursDefinition {
        days: days.iter().filter_map(|day| maybe(dice, |dice| ((*day).to_owned(), many(dice, 2, any_text)))).collect(),
        closed: many(dice, 3, any_text),
        special: many(dice, 3, |dice| (any_text(dice), many(dice, 2, any_text))).into_iter().collect(),
    }
}

pub fn any_definition(dice: &mut Dice) -> BotDefinition {
    let mut definition = BotDefinition {
        name: any_words(dice),
        languages: ["fr", "en"].iter().take(dice.roll(3)).map(|code| (*code).to_owned()).collect(),
        timezone: any_text(dice),
        notice: any_words(dice),
        hours: maybe(dice, any_hours),
        fields: many(dice, 3, any_field),
        start: any_text(dice),
        form: many(dice, 2, any_text),
        steps: many(dice, 3, any_step),
        faq: many(dice, 3, |dice| FaqDefinition {
            id: any_text(dice),
            label: any_words(dice),
            questions: any_lists(dice),
            answer: any_words(dice),
            buttons: many(dice, 2, any_button),
        }),
        leave_message: maybe(dice, |dice| LeaveMessageDefinition {
            label: any_words(dice),
            say: any_words(dice),
            collect: many(dice, 2, any_text),
            done: any_words(dice),
        }),
        tests: many(dice, 3, |dice| TestDefinition {
            say: many(dice, 3, any_text),
            expect: any_text(dice),
            lang: maybe(dice, any_text),
            at: maybe(dice, any_text),
            agents: maybe(dice, number),
        }),
        ..BotDefinition::default()
    };
    definition.understanding.answer_above = maybe(dice, |dice| [0.3, 1e-9, 12.0, 0.123_456_789, 1e300][dice.roll(5)]);
    definition.understanding.suggest = any_words(dice);
    definition.understanding.file = any_words(dice);
    definition.products.enabled = dice.roll(2) == 0;
    definition.products.none = any_words(dice);
    definition.products.limit = maybe(dice, number);
    definition.handoff.keywords = any_lists(dice);
    definition.handoff.ask_before = many(dice, 2, any_text);
    definition.handoff.after_unknown = maybe(dice, number);
    definition.handoff.on_wait_too_long = maybe(dice, any_text);
    definition.close.next_to = maybe(dice, any_text);
    definition.close.satisfaction = maybe(dice, |dice| SatisfactionDefinition {
        ask: any_words(dice),
        scale: any_text(dice),
        comment: maybe(dice, |dice| dice.roll(2) == 0),
    });
    definition
}

#[test]
fn a_structure_at_random_survives_the_way_through_its_file() {
    for seed in 0..400 {
        let definition = any_definition(&mut Dice::new(seed));
        let written = write(&definition);
        let read = structure(&written).unwrap_or_else(|| panic!("seed {seed}: {:#?}\n{written}", check(&written, &[])));
        assert_eq!(read, definition, "seed {seed}\n{written}");
        // Judged without a panic, and compiled where it passes.
        drop(compile(&written, 1));
    }
}

#[test]
fn the_worked_example_of_the_format_is_clean_and_its_tests_hold() {
    assert_eq!(check(SHOP, &[]).problems, []);
}
