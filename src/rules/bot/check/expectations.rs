//! Tests of a definition: whether what they name exists. What they get is [`super::behaviour`]'s.

use super::super::compile::{expect_of, local_time};
use super::super::definition::{TestTable, Word};
use super::super::model::Expect;
use super::super::problem::{did_you_mean, shown};
use super::Checker;

/// Texts of one test.
pub const TURNS_MAX: usize = 20;
/// As much of a text as matching reads.
pub const TURN_CHARS_MAX: usize = 500;
/// Agents who are there.
pub const AGENTS_MAX: i64 = 1_000;

impl Checker<'_> {
    pub(super) fn expectations(&mut self) {
        let definition = self.definition;
        for test in &definition.tests {
            self.expectation(test);
        }
    }

    fn expectation(&mut self, test: &TestTable) {
        if test.say.is_empty() && !test.unread {
            self.add("E12", &test.spot, "the test says nothing; write what a visitor would type");
        }
        if let Some(over) = test.say.get(TURNS_MAX) {
            self.limit(&over.spot, "texts of one test", test.say.len(), TURNS_MAX);
        }
        for said in test.say.iter().take(TURNS_MAX) {
            let chars = said.value.chars().count();
            if chars > TURN_CHARS_MAX {
                let message = format!("{} has {chars} characters; keep at most {TURN_CHARS_MAX}", shown(&said.value));
                self.add("E12", &said.spot, message);
            }
        }
        if let Some(code) = &test.lang {
            let codes = self.codes();
            if !codes.contains(&code.value) {
                let mean = did_you_mean(&code.value, codes.iter().map(String::as_str));
                let message = format!("language {} is not among `bot.languages`{mean}", shown(&code.value));
                self.add("E13", &code.spot, message);
            }
        }
        if let Some(at) = test.at.as_ref().filter(|at| local_time(&at.value).is_none()) {
            let message = format!("cannot read time {}; write it like `2026-12-25T11:00`", shown(&at.value));
            self.add("E09", &at.spot, message);
        }
        self.within(test.agents.as_ref(), &(0..=AGENTS_MAX));
        if let Some(expect) = &test.expect {
            self.expected(expect);
        }
    }

    fn expected(&mut self, word: &Word) {
        match expect_of(&word.value).filter(|expect| !matches!(expect, Expect::Step(id) if id.starts_with('@'))) {
            None => {
                let message = format!(
                    "cannot read {}; write `faq:<id>`, `suggest:<id>`, `step:<id>`, `@handoff`, `@leave_message`, \
                     `@products` or `unknown`",
                    shown(&word.value)
                );
                self.add("E03", &word.spot, message);
            }
            Some(Expect::Faq(id) | Expect::Suggest(id)) => self.named_faq(word, &id),
            Some(Expect::Step(id)) => {
                self.target(&Word { value: id, spot: word.spot.clone() });
            }
            Some(Expect::HandOff | Expect::LeaveMessage | Expect::Products) => {
                self.target(word);
            }
            Some(Expect::Unknown) => {}
        }
    }
}
