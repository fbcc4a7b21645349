//! Fields: types, what each type takes, patterns.

use super::super::compile::{PATTERN_BYTES_MAX, PATTERN_CHARS_MAX, pattern_of};
use super::super::definition::FieldTable;
use super::super::phrase::{NEXT_OPENING, POSITION, QUERY};
use super::super::problem::{Spot, Spotted, did_you_mean, shown};
use super::super::words::Word;
use super::Checker;
use super::texts::Kind;

pub const TYPES: [&str; 6] = ["text", "email", "phone", "number", "choice", "pattern"];
const ANSWER_CHARS_MAX: i64 = 2_000;
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=12;
const ATTRIBUTE_CHARS_MAX: usize = 100;
/// Limits of a number field have at most nine digits.
const NUMBER_MAX: i64 = 999_999_999;

impl Checker<'_> {
    pub(super) fn fields(&mut self) {
        let definition = self.definition;
        for field in &definition.fields {
            self.id(&field.id, &field.spot);
            if [POSITION, NEXT_OPENING, QUERY].contains(&field.id.as_str()) {
                self.add(
                    "E02",
                    &field.spot,
                    format!("`{}` is a word of the server; name the field otherwise", field.id),
                );
            }
            self.field(field);
        }
    }

    fn field(&mut self, field: &FieldTable) {
        self.text(field.ask.as_ref(), Kind::Text);
        self.label(field.label.as_ref());
        self.text(field.error.as_ref(), Kind::Text);
        self.label(field.skip.as_ref());
        if let Some(max) = &field.max_chars
            && !(1..=ANSWER_CHARS_MAX).contains(&max.value)
        {
            self.add("E12", &max.spot, format!("`{}` characters; write 1 to {ANSWER_CHARS_MAX}", max.value));
        }
        if let Some(token) = &field.autocomplete
            && !(token.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == ' ')
                && (1..=60).contains(&token.value.len()))
        {
            let message =
                format!("cannot read {}; write an autofill token such as `given-name` or `tel`", shown(&token.value));
            self.add("E06", &token.spot, message);
        }
        let Some(kind) = &field.kind else { return };
        if !TYPES.contains(&kind.value.as_str()) {
            let mean = did_you_mean(&kind.value, TYPES.into_iter());
            let all = format!("; there are {}", listed(&TYPES));
            let message = format!("no type {}{}", shown(&kind.value), if mean.is_empty() { all } else { mean });
            self.add("E06", &kind.spot, message);
            return;
        }
        self.keys_of_type(field, &kind.value);
        self.built_in(
            field.error.as_ref(),
            error_word(&kind.value),
            &format!("fields.{}.error", field.id),
            &field.spot,
        );
    }

    /// `min`, `max`, `options` and `pattern` each belong to one type.
    fn keys_of_type(&mut self, field: &FieldTable, kind: &str) {
        let stranger = |spot: &Spot, key: &str, of: &str| {
            (spot.clone(), format!("`{key}` belongs to type `{of}`, this field is `{kind}`; remove it"))
        };
        let mut strangers = Vec::new();
        if kind != "number" {
            strangers.extend(field.min.as_ref().map(|min| stranger(&min.spot, "min", "number")));
            strangers.extend(field.max.as_ref().map(|max| stranger(&max.spot, "max", "number")));
        }
        if kind != "choice" {
            strangers.extend(field.options.as_ref().map(|options| stranger(&options.spot, "options", "choice")));
        }
        if kind != "pattern" {
            strangers.extend(field.pattern.as_ref().map(|pattern| stranger(&pattern.spot, "pattern", "pattern")));
        }
        for (spot, message) in strangers {
            self.add("E06", &spot, message);
        }
        match kind {
            "number" => self.bounds(field),
            "choice" => self.options(field),
            "pattern" => self.pattern(field),
            _ => {}
        }
    }

    fn bounds(&mut self, field: &FieldTable) {
        for bound in [&field.min, &field.max].into_iter().flatten() {
            if !(-NUMBER_MAX..=NUMBER_MAX).contains(&bound.value) {
                self.add("E12", &bound.spot, format!("`{}` has too many digits; keep at most nine", bound.value));
            }
        }
        if let (Some(Spotted { value: min, .. }), Some(Spotted { value: max, spot })) = (&field.min, &field.max)
            && min > max
        {
            self.add("E12", spot, format!("`max` {max} is below `min` {min}; no number would fit"));
        }
    }

    fn options(&mut self, field: &FieldTable) {
        let Some(options) = &field.options else {
            self.add(
                "E06",
                &field.spot,
                "type `choice` needs `options`; write for instance `options = [\"S\", \"M\", \"L\"]`",
            );
            return;
        };
        if let Some(attribute) = &options.attribute {
            let chars = attribute.value.trim().chars().count();
            if !(1..=ATTRIBUTE_CHARS_MAX).contains(&chars) {
                let message = format!(
                    "cannot use attribute {}; write the name of one of the catalog's lists, 1 to {ATTRIBUTE_CHARS_MAX} \
                     characters",
                    shown(&attribute.value)
                );
                self.add("E12", &attribute.spot, message);
            }
            return;
        }
        if !OPTIONS.contains(&options.labels.len()) && !options.unread {
            self.add("E12", &options.spot, format!("{} options; write 2 to 12", options.labels.len()));
        }
        for label in options.labels.iter().take(*OPTIONS.end()) {
            self.label(Some(label));
        }
    }

    fn pattern(&mut self, field: &FieldTable) {
        let Some(pattern) = &field.pattern else {
            self.add("E06", &field.spot, "type `pattern` needs `pattern`; write for instance `pattern = 'AT-\\d{5}'`");
            return;
        };
        if pattern.value.chars().count() > PATTERN_CHARS_MAX {
            self.add("E12", &pattern.spot, format!("the pattern has over {PATTERN_CHARS_MAX} characters; shorten it"));
            return;
        }
        match pattern_of(&pattern.value) {
            Ok(_) => {}
            Err(regex::Error::CompiledTooBig(_)) => {
                let message = format!(
                    "the pattern needs over {} KiB; ask for fewer repetitions, or write `[0-9A-Za-z]` for `\\w`",
                    PATTERN_BYTES_MAX / 1024
                );
                self.add("E07", &pattern.spot, message);
            }
            Err(fault) => {
                let said = fault.to_string();
                let why = said.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
                self.add("E07", &pattern.spot, format!("cannot read the pattern {}: {why}", shown(&pattern.value)));
            }
        }
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The built-in words for an answer that does not fit a type.
pub fn error_word(kind: &str) -> Word {
    match kind {
        "email" => Word::ErrorEmail,
        "phone" => Word::ErrorPhone,
        "number" => Word::ErrorNumber,
        "choice" => Word::ErrorChoice,
        "pattern" => Word::ErrorPattern,
        _ => Word::ErrorText,
    }
}
