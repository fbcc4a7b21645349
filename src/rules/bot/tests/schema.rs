//! The schema for editors: current, true to what the checks let through, and as strict as it says.

use std::path::Path;

use regex::Regex;
use serde_json::Value;

use super::LAMPS;
use crate::rules::bot::{schema, templates};

const SHOP: &str = include_str!("../../../../tests/fixtures/bots/atelier.toml");
/// Read as a file: the rules know no demo.
const DEMO: &str = include_str!("../../../../demo/bot.toml");

/// `COMPTOIR_WRITE_SCHEMA=1` writes the committed file anew.
#[test]
fn the_schema_in_the_documentation_is_the_one_that_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bot.schema.json");
    if std::env::var_os("COMPTOIR_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap())).unwrap();
    }
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(committed, schema(), "write it with `COMPTOIR_WRITE_SCHEMA=1 cargo test --lib schema`");
}

fn json(toml: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(toml).unwrap()).unwrap()
}

#[test]
fn an_editor_finds_no_fault_with_what_can_be_published() {
    let files = [LAMPS, SHOP, DEMO].map(str::to_owned);
    for toml in files.into_iter().chain(templates().into_iter().map(|template| template.toml)) {
        assert_eq!(fault(&schema(), &json(&toml), ""), None, "{toml}");
    }
}

#[test]
fn an_editor_marks_what_the_checks_refuse_by_its_shape() {
    for (right, wrong) in [
        ("format = 1", "format = 2"),
        ("mon-fri = [", "lundi = ["),
        ("type = \"email\"", "type = \"mail\""),
        ("goto = \"suivi\"", "gotto = \"suivi\""),
        ("goto = \"@handoff\"", "goto = \"@handof\""),
        ("{ faq = \"delai\" }", "{ }"),
        ("scale", "scales"),
        ("limit = 3", "limit = 9"),
        ("expect = \"faq:casse\"", "expect = \"faq casse\""),
        ("at     = \"2026-12-25T11:00\"", "at     = \"25/12/2026\""),
    ] {
        let toml = if SHOP.contains(right) { SHOP } else { DEMO };
        assert!(toml.contains(right), "{right}");
        assert!(fault(&schema(), &json(&toml.replacen(right, wrong, 1)), "").is_some(), "{wrong}");
    }
}

/// The first place that a schema refuses. Knows the words that ours uses, and panics on others.
fn fault(rule: &Value, value: &Value, at: &str) -> Option<String> {
    rule.as_object().unwrap().iter().find_map(|(word, expected)| {
        let holds = match word.as_str() {
            "$schema" | "title" | "description" | "definitions" | "properties" | "patternProperties" => true,
            "additionalProperties" => return in_table(rule, value, at),
            "$ref" => {
                let root = schema();
                let named = root.pointer(expected.as_str().unwrap().trim_start_matches('#')).unwrap();
                return fault(named, value, at);
            }
            "type" => match expected.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64() || value.is_u64(),
                "number" => value.is_number(),
                "boolean" => value.is_boolean(),
                other => panic!("type {other}"),
            },
            "const" => value == expected,
            "enum" => expected.as_array().unwrap().contains(value),
            "anyOf" => expected.as_array().unwrap().iter().any(|rule| fault(rule, value, at).is_none()),
            "pattern" => value.as_str().is_none_or(|text| matches(expected, text)),
            "items" => {
                let items = value.as_array()?;
                return items.iter().enumerate().find_map(|(n, item)| fault(expected, item, &format!("{at}/{n}")));
            }
            "required" => {
                let keys = expected.as_array().unwrap();
                value.as_object().is_none_or(|table| keys.iter().all(|key| table.contains_key(key.as_str().unwrap())))
            }
            "propertyNames" => {
                let keys = value.as_object()?.keys();
                return keys.map(|key| Value::from(key.as_str())).find_map(|key| fault(expected, &key, at));
            }
            "uniqueItems" => true,
            "minItems" => value.as_array().is_none_or(|items| items.len() >= size(expected)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= size(expected)),
            "minProperties" => value.as_object().is_none_or(|table| table.len() >= size(expected)),
            "maxProperties" => value.as_object().is_none_or(|table| table.len() <= size(expected)),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= size(expected)),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= size(expected)),
            "minimum" => value.as_f64().is_none_or(|number| number >= expected.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= expected.as_f64().unwrap()),
            "exclusiveMinimum" => value.as_f64().is_none_or(|number| number > expected.as_f64().unwrap()),
            "exclusiveMaximum" => value.as_f64().is_none_or(|number| number < expected.as_f64().unwrap()),
            other => panic!("word {other}"),
        };
        (!holds).then(|| format!("{at}: {word} {expected}"))
    })
}

fn in_table(rule: &Value, value: &Value, at: &str) -> Option<String> {
    value.as_object()?.iter().find_map(|(key, value)| {
        let at = format!("{at}/{key}");
        let patterns = rule["patternProperties"].as_object();
        let by_pattern =
            patterns.and_then(|all| all.iter().find(|(pattern, _)| Regex::new(pattern).unwrap().is_match(key)));
        match (rule["properties"].get(key).or(by_pattern.map(|(_, rule)| rule)), &rule["additionalProperties"]) {
            (Some(rule), _) => fault(rule, value, &at),
            (None, Value::Bool(false)) => Some(format!("{at}: unknown key")),
            (None, rule) => fault(rule, value, &at),
        }
    })
}

fn matches(pattern: &Value, text: &str) -> bool {
    Regex::new(pattern.as_str().unwrap()).unwrap().is_match(text)
}

fn size(number: &Value) -> usize {
    usize::try_from(number.as_u64().unwrap()).unwrap()
}
