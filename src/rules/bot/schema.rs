//! The JSON Schema of a definition, for editors that complete and check TOML while it is typed.
//!
//! Shape and limits only. What a definition means (steps that exist, paths,
//! languages, tests) is judged in [`super::check`], which has the last word.

use serde_json::{Value, json};

use super::check::limits::{
    AGENTS_MAX, ANSWER_CHARS_MAX, BUTTONS_MAX, COLLECT_MAX, FAQS_MAX, FIELDS_MAX, KEYWORDS_MAX, LABEL_CHARS_MAX,
    LANGUAGES_MAX, QUESTION_CHARS_MAX, QUESTION_CHARS_MIN, QUESTIONS_MAX, STEPS_MAX, TESTS_MAX, TEXT_CHARS_MAX,
    TURN_CHARS_MAX, TURNS_MAX, TYPES,
};
use super::model::PRODUCTS_MAX;

/// Draft 07, which the language servers for TOML read.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A bot's definition, format 1",
        "description": "Explained key by key in docs/bot.md; `comptoir bot check` has the last word.",
        "type": "object",
        "additionalProperties": false,
        "required": ["format", "bot", "start", "steps"],
        "properties": {
            "format": { "const": 1 },
            "bot": bot(),
            "hours": hours(),
            "fields": { "type": "object", "maxProperties": FIELDS_MAX, "propertyNames": id(), "additionalProperties": field() },
            "start": table(json!({ "goto": id(), "form": ids() }), &["goto"]),
            "steps": { "type": "object", "minProperties": 1, "maxProperties": STEPS_MAX, "propertyNames": id(), "additionalProperties": step() },
            "faq": { "type": "array", "maxItems": FAQS_MAX, "items": faq() },
            "understanding": understanding(),
            "products": products(),
            "handoff": handoff(),
            "leave_message": table(
                json!({ "label": of("label"), "say": of("text"), "collect": ids(), "done": of("text") }),
                &["collect"],
            ),
            "close": close(),
            "test": { "type": "array", "maxItems": TESTS_MAX, "items": test() },
        },
        "definitions": {
            "label": text(LABEL_CHARS_MAX),
            "text": text(TEXT_CHARS_MAX),
            "answer": text(ANSWER_CHARS_MAX),
            "target": {
                "description": "A step's id, or where the bot leads by itself.",
                "anyOf": [{ "enum": ["@handoff", "@products", "@leave_message", "@end"] }, id()],
            },
            "button": button(),
        },
    })
}

/// A table without other keys than these.
fn table(properties: Value, required: &[&str]) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn of(definition: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{definition}") })
}

fn id() -> Value {
    json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]{0,31}$" })
}

fn ids() -> Value {
    json!({ "type": "array", "maxItems": COLLECT_MAX, "items": id() })
}

/// In the default language, or one per language.
fn text(chars_max: usize) -> Value {
    let one = json!({ "type": "string", "minLength": 1, "maxLength": chars_max });
    per_language(&one)
}

fn texts(items_max: usize, chars_min: usize, chars_max: usize) -> Value {
    let text = json!({ "type": "string", "minLength": chars_min, "maxLength": chars_max });
    per_language(&json!({ "type": "array", "maxItems": items_max, "items": text }))
}

fn per_language(one: &Value) -> Value {
    let by_language = json!({ "type": "object", "minProperties": 1, "propertyNames": { "pattern": "^[a-z]{2,3}$" }, "additionalProperties": one });
    json!({ "anyOf": [one, by_language] })
}

fn bot() -> Value {
    let languages = json!({ "type": "array", "minItems": 1, "maxItems": LANGUAGES_MAX, "uniqueItems": true, "items": { "type": "string", "pattern": "^[a-z]{2,3}$" } });
    table(
        json!({
            "name": of("label"),
            "languages": languages,
            "timezone": { "type": "string", "description": "An IANA name such as Europe/Paris." },
            "notice": of("text"),
        }),
        &["name", "languages", "timezone"],
    )
}

fn hours() -> Value {
    let day = "(mon|tue|wed|thu|fri|sat|sun)";
    let range = json!({ "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$" });
    let ranges = json!({ "type": "array", "items": range });
    let date = "^([0-9]{4}-)?[0-1][0-9]-[0-3][0-9]$";
    json!({
        "type": "object",
        "additionalProperties": false,
        "patternProperties": { format!("^{day}(-{day})?$"): ranges },
        "properties": {
            "closed": { "type": "array", "items": { "type": "string", "pattern": date } },
            "special": { "type": "object", "propertyNames": { "pattern": date }, "additionalProperties": ranges },
        },
    })
}

fn field() -> Value {
    let attribute = table(json!({ "attribute": { "type": "string", "minLength": 1 } }), &["attribute"]);
    let labels = json!({ "type": "array", "minItems": 2, "maxItems": 12, "items": of("label") });
    table(
        json!({
            "type": { "enum": TYPES },
            "ask": of("text"),
            "label": of("label"),
            "error": of("text"),
            "skip": of("label"),
            "max_chars": { "type": "integer", "minimum": 1, "maximum": 2_000 },
            "min": { "type": "integer" },
            "max": { "type": "integer" },
            "autocomplete": { "type": "string" },
            "options": { "anyOf": [labels, attribute] },
            "pattern": { "type": "string", "maxLength": 200 },
        }),
        &["type", "ask"],
    )
}

fn step() -> Value {
    let price =
        json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^\\{\\{.+\\}\\}$" }] });
    let shown = table(
        json!({ "query": of("text"), "price_max": price, "in_stock": { "type": "boolean" }, "limit": products_limit() }),
        &["query"],
    );
    table(
        json!({ "collect": ids(), "say": of("text"), "products": shown, "buttons": buttons(1), "goto": of("target") }),
        &[],
    )
}

fn buttons(min: usize) -> Value {
    json!({ "type": "array", "minItems": min, "maxItems": BUTTONS_MAX, "items": of("button") })
}

fn button() -> Value {
    let way = |key: &str, required: &[&str], value: Value| table(json!({ "label": of("label"), key: value }), required);
    json!({
        "anyOf": [
            way("goto", &["label", "goto"], of("target")),
            way("faq", &["faq"], id()),
            way("url", &["label", "url"], json!({ "type": "string", "pattern": "^https?://" })),
        ],
    })
}

fn products_limit() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": PRODUCTS_MAX })
}

fn faq() -> Value {
    table(
        json!({
            "id": id(),
            "label": of("label"),
            "questions": texts(QUESTIONS_MAX, QUESTION_CHARS_MIN, QUESTION_CHARS_MAX),
            "answer": of("answer"),
            "buttons": buttons(0),
        }),
        &["id", "questions", "answer"],
    )
}

fn understanding() -> Value {
    let threshold = json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 });
    table(
        json!({
            "answer_above": threshold,
            "suggest_above": threshold,
            "suggest": of("text"),
            "none_of_these": of("label"),
            "unknown": of("text"),
            "hello": of("text"),
            "thanks": of("text"),
            "file": of("text"),
        }),
        &[],
    )
}

fn products() -> Value {
    let enabled = json!({ "type": "boolean" });
    table(
        json!({ "enabled": enabled, "ask": of("text"), "none": of("text"), "again": of("label"), "limit": products_limit() }),
        &[],
    )
}

fn handoff() -> Value {
    table(
        json!({
            "label": of("label"),
            "keywords": texts(KEYWORDS_MAX, 1, LABEL_CHARS_MAX),
            "ask_before": ids(),
            "after_unknown": { "type": "integer", "minimum": 0, "maximum": 5 },
            "offer": of("text"),
            "needs": { "enum": ["online", "free"] },
            "when_nobody": { "enum": ["message", "hide"] },
            "waiting": of("text"),
            "wait_seconds": { "type": "integer", "minimum": 30, "maximum": 3_600 },
            "still_waiting": of("text"),
            "on_wait_too_long": of("target"),
        }),
        &[],
    )
}

fn close() -> Value {
    let satisfaction = table(
        json!({ "ask": of("text"), "scale": { "enum": ["five", "thumbs"] }, "comment": { "type": "boolean" } }),
        &["ask", "scale"],
    );
    table(json!({ "next_to": { "enum": ["bot", "waiting"] }, "satisfaction": satisfaction }), &[])
}

fn test() -> Value {
    let said = json!({ "type": "string", "maxLength": TURN_CHARS_MAX });
    let turns = json!({ "type": "array", "minItems": 1, "maxItems": TURNS_MAX, "items": said });
    let expected = "^(unknown|@handoff|@leave_message|@products|(faq|suggest|step):[a-z][a-z0-9_]{0,31})$";
    table(
        json!({
            "say": { "anyOf": [said, turns] },
            "expect": { "type": "string", "pattern": expected },
            "lang": { "type": "string" },
            "at": { "type": "string", "pattern": "^[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]$" },
            "agents": { "type": "integer", "minimum": 0, "maximum": AGENTS_MAX },
        }),
        &["say", "expect"],
    )
}
