//! The validator: whether a definition means something, said in one pass.
//!
//! | code | meaning |
//! |-|-|
//! | E01 | syntax, unknown or missing key, wrong type (found by [`super::read`]) |
//! | E02 | id badly formed, taken twice or reserved |
//! | E03 | step, FAQ or `@` target that does not exist or is off |
//! | W04 | step or field that no path reaches |
//! | E05 | neither or both of buttons and goto; loop without a button |
//! | E06 | unknown field or type, key that its type does not take |
//! | E07 | pattern does not compile or is too large |
//! | E08 | unknown variable, in the wrong place, or `{{` not closed |
//! | E09 | hours or dates unreadable, reversed, overlapping; time zone |
//! | E10 | label empty or over 40 characters, over 8 buttons, not exactly one of goto, faq and url |
//! | E11, W11 | same question in two FAQs; one that another FAQ answers nearly as well |
//! | E12 | over another limit |
//! | E13, W13 | default language missing, language unknown; another one missing |
//! | E14, W14 | url not http(s); host is not one of the site's |
//! | E15 | a person can be asked for, `[leave_message]` is absent or asks no e-mail or phone |
//! | W16 | no person and no message within two clicks of the start |
//! | W17 | amount, percentage or date in an FAQ's answer: it will age |
//! | W18 | a `[[test]]` does not get what it expects |
//!
//! E blocks publishing, W does not. [`check`] tells all of them but W11 and W18,
//! which need the compiled bot ([`behaviour`]).

mod ageing;
mod behaviour;
mod expectations;
mod faqs;
mod fields;
mod hours;
mod paths;
mod settings;
mod steps;
mod texts;

pub(super) use behaviour::behaviour;

pub(super) use fields::error_word;
pub(super) use hours::{days_of, hours_of};
pub(super) use settings::{AFTER_UNKNOWN, WAIT_SECONDS_DEFAULT};
pub(super) use texts::LABEL_CHARS_MAX;

/// What the schema for editors tells, too.
pub(super) mod limits {
    pub use super::expectations::{AGENTS_MAX, TURN_CHARS_MAX, TURNS_MAX};
    pub use super::faqs::{QUESTION_CHARS_MAX, QUESTION_CHARS_MIN, QUESTIONS_MAX};
    pub use super::fields::TYPES;
    pub use super::steps::BUTTONS_MAX;
    pub use super::texts::{ANSWER_CHARS_MAX, KEYWORDS_MAX, LABEL_CHARS_MAX, TEXT_CHARS_MAX};
    pub(in super::super) use super::{COLLECT_MAX, FAQS_MAX, FIELDS_MAX, LANGUAGES_MAX, STEPS_MAX, TESTS_MAX};
}

use super::definition::{Definition, Word};
use super::model::Target;
use super::problem::{Problems, Spot, did_you_mean, shown};

pub(super) const FIELDS_MAX: usize = 40;
pub(super) const STEPS_MAX: usize = 200;
pub(super) const FAQS_MAX: usize = 500;
pub(super) const TESTS_MAX: usize = 500;
/// Example questions of all FAQs and languages.
pub(super) const ALL_QUESTIONS_MAX: usize = 5_000;
pub(super) const LANGUAGES_MAX: usize = 8;
/// Fields of one form or of one `collect`.
pub(super) const COLLECT_MAX: usize = 6;
pub(super) const ID_CHARS_MAX: usize = 32;

/// Judges what was read. `origins` are the site's, for links; none given, hosts are not judged.
pub(super) fn check(definition: &Definition, origins: &[String], problems: &mut Problems) {
    let mut checker = Checker { definition, origins, problems };
    checker.languages();
    checker.settings();
    if checker.is_oversized() {
        // The rest compares everything with everything, which the limits keep small.
        return;
    }
    checker.fields();
    checker.start();
    checker.steps();
    checker.faqs();
    checker.handoff();
    checker.leave_message();
    checker.expectations();
    checker.paths();
}

struct Checker<'d> {
    definition: &'d Definition,
    origins: &'d [String],
    problems: &'d mut Problems,
}

impl<'d> Checker<'d> {
    fn add(&mut self, code: &'static str, spot: &Spot, message: impl Into<String>) {
        self.problems.add(code, spot, message);
    }

    /// Over the limits of what there is many of, which is then said.
    fn is_oversized(&mut self) -> bool {
        let definition = self.definition;
        let fields = definition.fields.get(FIELDS_MAX).map(|over| over.spot.clone());
        let steps = definition.steps.get(STEPS_MAX).map(|over| over.spot.clone());
        let faqs = definition.faqs.get(FAQS_MAX).map(|over| over.spot.clone());
        let tests = definition.tests.get(TESTS_MAX).map(|over| over.spot.clone());
        let questions = questions_of(definition);
        let over_all = questions.get(ALL_QUESTIONS_MAX).map(|over| over.spot.clone());
        let mut oversized = false;
        for (over, what, count, max) in [
            (fields, "fields", definition.fields.len(), FIELDS_MAX),
            (steps, "steps", definition.steps.len(), STEPS_MAX),
            (faqs, "FAQs", definition.faqs.len(), FAQS_MAX),
            (over_all, "example questions in all", questions.len(), ALL_QUESTIONS_MAX),
            (tests, "tests", definition.tests.len(), TESTS_MAX),
        ] {
            if let Some(spot) = over {
                self.limit(&spot, what, count, max);
                oversized = true;
            }
        }
        oversized
    }

    fn limit(&mut self, spot: &Spot, what: &str, count: usize, max: usize) {
        if count > max {
            self.add("E12", spot, format!("{count} {what}; keep at most {max}"));
        }
    }

    fn id(&mut self, id: &str, spot: &Spot) {
        if !is_id(id) {
            let message = format!(
                "cannot use {} as an id; write a small letter, then small letters, digits and \
                     `_`, at most {ID_CHARS_MAX} in all",
                shown(id)
            );
            self.add("E02", spot, message);
        }
    }

    /// Names of fields in a list: all known, not too many.
    fn field_list(&mut self, list: &[Word]) {
        if let Some(over) = list.get(COLLECT_MAX) {
            self.limit(&over.spot, "fields asked together", list.len(), COLLECT_MAX);
        }
        for word in list.iter().take(COLLECT_MAX) {
            let known = |id: &str| self.definition.fields.iter().any(|field| field.id == id);
            if !known(&word.value) {
                let mean = did_you_mean(&word.value, self.definition.fields.iter().map(|field| field.id.as_str()));
                let remedy = if mean.is_empty() { "; write it under `[fields]`".to_owned() } else { mean };
                self.add("E06", &word.spot, format!("no field {}{remedy}", shown(&word.value)));
            }
        }
    }

    /// A step's id or an `@` target.
    fn target(&mut self, word: &Word) -> Option<Target> {
        const TARGETS: [&str; 4] = ["@handoff", "@leave_message", "@products", "@end"];
        let target = target_of(&word.value);
        match &target {
            Some(Target::Products) if !self.definition.products.is_on() => {
                let message = "`@products` is off; write `enabled = true` under `[products]`";
                self.add("E03", &word.spot, message);
            }
            None => {
                let mean = did_you_mean(&word.value, TARGETS.into_iter());
                let all = "; there are `@handoff`, `@leave_message`, `@products` and `@end`".to_owned();
                let message = format!("no target {}{}", shown(&word.value), if mean.is_empty() { all } else { mean });
                self.add("E03", &word.spot, message);
            }
            Some(Target::Step { id }) if !self.has_step(id) => {
                let mean = did_you_mean(id, self.definition.steps.iter().map(|step| step.id.as_str()));
                let remedy = if mean.is_empty() { format!("; write it as `[steps.{id}]`") } else { mean };
                let remedy = if is_id(id) { remedy } else { String::new() };
                self.add("E03", &word.spot, format!("no step {}{remedy}", shown(id)));
            }
            Some(Target::LeaveMessage) if self.definition.leave_message.is_none() => {
                self.add(
                    "E15",
                    &word.spot,
                    "`@leave_message` is used and there is no `[leave_message]`; write it, with a \
                     field of type `email` or `phone` in its `collect`",
                );
            }
            Some(_) => {}
        }
        target
    }

    fn has_step(&self, id: &str) -> bool {
        self.definition.steps.iter().any(|step| step.id == id)
    }

    fn start(&mut self) {
        let start = &self.definition.start;
        self.field_list(&start.form);
        if let Some(goto) = &start.goto {
            if goto.value.starts_with('@') {
                self.add("E03", &goto.spot, format!("the start leads to {}; lead it to a step", shown(&goto.value)));
            } else {
                self.target(goto);
            }
        }
    }
}

/// What a target's word names; a step need not exist.
pub(super) fn target_of(word: &str) -> Option<Target> {
    match word {
        "@handoff" => Some(Target::HandOff),
        "@leave_message" => Some(Target::LeaveMessage),
        "@products" => Some(Target::Products),
        "@end" => Some(Target::End),
        _ if word.starts_with('@') => None,
        id => Some(Target::Step { id: id.to_owned() }),
    }
}

/// Every example question, in the order of the file's FAQs.
pub(super) fn questions_of(definition: &Definition) -> Vec<&Word> {
    let texts = definition.faqs.iter().filter_map(|faq| faq.questions.as_ref());
    texts.flat_map(|texts| texts.plain.iter().flatten().chain(texts.by_language.values().flatten())).collect()
}

fn is_id(text: &str) -> bool {
    text.len() <= ID_CHARS_MAX
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
