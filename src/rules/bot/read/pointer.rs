//! From a pointer into the TOML to the same place in the structure.
//!
//! The structure ([`crate::protocol::definition`]) is what the console's editor
//! holds: steps and fields are lists there, in the order of the file, and what
//! stands under `[bot]` and `[start]` in the file stands at its head.

use super::super::definition::Definition;

const FIRST_DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `/steps/suivi/goto` becomes `/steps/2/goto`; what has no place of its own is its nearest parent.
pub fn in_structure(pointer: &str, definition: &Definition) -> String {
    let mut parts = pointer.split('/').skip(1);
    let (table, rest) = (parts.next().unwrap_or_default(), parts.collect::<Vec<_>>());
    let (first, after) = rest.split_first().map_or(("", [].as_slice()), |(first, after)| (*first, after));
    match table {
        "" | "format" => String::new(),
        "bot" => joined("", &rest),
        "start" if first == "goto" => "/start".to_owned(),
        "start" => joined("", &rest),
        "hours" => hours(first, after),
        "fields" => entry("/fields", first, definition.fields.iter().map(|field| field.id.as_str()))
            .map_or_else(|| "/fields".to_owned(), |at| joined(&at, &field_key(after))),
        "steps" => entry("/steps", first, definition.steps.iter().map(|step| step.id.as_str()))
            .map_or_else(|| "/steps".to_owned(), |at| joined(&at, after)),
        "test" => joined("/tests", &rest),
        "faq" | "handoff" => joined(&format!("/{table}"), &of_language(&rest, definition.default_language())),
        other => joined(&format!("/{other}"), &rest),
    }
}

fn joined(head: &str, rest: &[&str]) -> String {
    rest.iter().fold(head.to_owned(), |pointer, part| format!("{pointer}/{part}"))
}

/// The place of an id in its list. Pointers escape `~` and `/`.
fn entry<'d>(list: &str, escaped: &str, mut ids: impl Iterator<Item = &'d str>) -> Option<String> {
    let id = escaped.replace("~1", "/").replace("~0", "~");
    ids.position(|other| other == id).map(|at| format!("{list}/{at}"))
}

fn field_key<'p>(rest: &[&'p str]) -> Vec<&'p str> {
    match rest {
        ["type", ..] => vec!["kind"],
        ["options", "attribute", ..] => vec!["attribute"],
        _ => rest.to_vec(),
    }
}

/// A plain list is the default language's: `questions/1` becomes `questions/fr/1`.
fn of_language<'p>(rest: &[&'p str], default: &'p str) -> Vec<&'p str> {
    let mut parts = rest.to_vec();
    let list = parts.iter().position(|part| matches!(*part, "questions" | "keywords"));
    let number = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    if let Some(at) = list.map(|at| at + 1).filter(|at| parts.get(*at).is_some_and(number)) {
        parts.insert(at, default);
    }
    parts
}

/// A range of days is one entry a day in the structure: its first one is named.
fn hours(first: &str, after: &[&str]) -> String {
    match first {
        "" => "/hours".to_owned(),
        "closed" | "special" => joined(&format!("/hours/{first}"), after),
        days => {
            let day = days.split('-').next().filter(|day| FIRST_DAYS.contains(day)).unwrap_or(days);
            joined(&format!("/hours/days/{day}"), after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::definition::{FieldTable, StepTable};
    use super::*;

    #[test]
    fn a_place_in_the_file_is_found_again_in_the_structure() {
        let step = |id: &str| StepTable { id: id.to_owned(), ..StepTable::default() };
        let field = |id: &str| FieldTable { id: id.to_owned(), ..FieldTable::default() };
        let definition = Definition {
            steps: vec![step("accueil"), step("a/b")],
            fields: vec![field("nom"), field("taille")],
            ..Definition::default()
        };
        for (toml, structure) in [
            ("", ""),
            ("/format", ""),
            ("/bot", ""),
            ("/bot/name/fr", "/name/fr"),
            ("/bot/languages/1", "/languages/1"),
            ("/start/goto", "/start"),
            ("/start/form/0", "/form/0"),
            ("/hours/mon-fri/1", "/hours/days/mon/1"),
            ("/hours/lundi", "/hours/days/lundi"),
            ("/hours/closed/2", "/hours/closed/2"),
            ("/hours/special/12-24/0", "/hours/special/12-24/0"),
            ("/fields/taille/type", "/fields/1/kind"),
            ("/fields/taille/options/attribute", "/fields/1/attribute"),
            ("/fields/taille/options/3/fr", "/fields/1/options/3/fr"),
            ("/steps/accueil", "/steps/0"),
            ("/steps/a~1b/buttons/0/goto", "/steps/1/buttons/0/goto"),
            ("/steps/ailleurs/goto", "/steps"),
            ("/faq/3/questions/fr/1", "/faq/3/questions/fr/1"),
            ("/faq/3/questions/1", "/faq/3/questions/en/1"),
            ("/faq/3/buttons/0/faq", "/faq/3/buttons/0/faq"),
            ("/handoff/keywords/0", "/handoff/keywords/en/0"),
            ("/test/4/expect", "/tests/4/expect"),
            ("/close/satisfaction/ask", "/close/satisfaction/ask"),
            ("/unknown_key", "/unknown_key"),
        ] {
            assert_eq!(in_structure(toml, &definition), structure, "{toml}");
        }
    }
}
