//! FAQs: ids, questions, answers and their buttons.

use std::collections::{BTreeMap, BTreeSet};

use super::super::definition::{FaqTable, Text, Texts, Word};
use super::super::keywords::fold;
use super::super::problem::{Spot, shown};
use super::Checker;
use super::ageing::what_ages;
use super::texts::Kind;

/// Example questions of one FAQ in one language.
pub const QUESTIONS_MAX: usize = 30;
pub const QUESTION_CHARS_MIN: usize = 3;
pub const QUESTION_CHARS_MAX: usize = 200;

impl Checker<'_> {
    pub(super) fn faqs(&mut self) {
        let definition = self.definition;
        let mut ids = BTreeSet::new();
        for faq in &definition.faqs {
            if let Some(id) = &faq.id {
                self.id(&id.value, &id.spot);
                if !ids.insert(id.value.as_str()) {
                    self.add("E02", &id.spot, format!("two FAQs have the id {}; rename one", shown(&id.value)));
                }
            }
            self.faq(faq);
        }
        self.same_questions();
    }

    fn faq(&mut self, faq: &FaqTable) {
        self.label(faq.label.as_ref());
        self.text(faq.answer.as_ref(), Kind::Answer);
        if let Some(questions) = &faq.questions {
            self.questions(questions);
        }
        if let Some(list) = &faq.buttons {
            self.buttons(list);
        }
        if let Some(answer) = &faq.answer {
            self.ageing(answer);
        }
    }

    fn questions(&mut self, texts: &Texts) {
        for list in texts.plain.iter().chain(texts.by_language.values()) {
            if list.is_empty() {
                self.add("E12", &texts.spot, format!("no question; write 1 to {QUESTIONS_MAX}"));
            }
            if let Some(over) = list.get(QUESTIONS_MAX) {
                self.limit(&over.spot, "questions of one FAQ", list.len(), QUESTIONS_MAX);
            }
            for question in list.iter().take(QUESTIONS_MAX) {
                self.question(question);
            }
        }
        self.lists_coverage(texts);
    }

    fn question(&mut self, question: &Word) {
        let chars = question.value.trim().chars().count();
        let (min, max) = (QUESTION_CHARS_MIN, QUESTION_CHARS_MAX);
        if chars < min {
            let message =
                format!("{} is too short for a question; write {min} to {max} characters", shown(&question.value));
            self.add("E12", &question.spot, message);
        } else if chars > max {
            let message = format!("{} has {chars} characters; keep at most {max}", shown(&question.value));
            self.add("E12", &question.spot, message);
        } else if fold(&question.value).is_empty() {
            let message = format!("{} has no word that could be recognised; write a question", shown(&question.value));
            self.add("E12", &question.spot, message);
        }
    }

    /// Equal when folded, in two FAQs and one language: neither could ever be told from the other.
    fn same_questions(&mut self) {
        let definition = self.definition;
        let mut first: BTreeMap<(&str, String), (usize, &Spot)> = BTreeMap::new();
        for (at, faq) in definition.faqs.iter().enumerate() {
            let Some(texts) = &faq.questions else { continue };
            let plain = texts.plain.iter().map(|list| (definition.default_language(), list));
            let lists = plain.chain(texts.by_language.iter().map(|(code, list)| (code.as_str(), list)));
            for (code, question) in lists.flat_map(|(code, list)| list.iter().map(move |word| (code, word))) {
                let folded = fold(&question.value);
                if folded.is_empty() {
                    continue;
                }
                let (other, spot) = *first.entry((code, folded)).or_insert((at, &question.spot));
                if other != at {
                    let name = definition.faqs.get(other).and_then(|faq| faq.id.as_ref());
                    let named = name.map_or_else(|| "another FAQ".to_owned(), |id| format!("FAQ {}", shown(&id.value)));
                    let message = format!(
                        "{} is a question of {named} too (line {}); keep it in one",
                        shown(&question.value),
                        spot.line
                    );
                    self.add("E11", &question.spot, message);
                }
            }
        }
    }

    /// What will be wrong some day, and nobody will think of it then.
    fn ageing(&mut self, answer: &Text) {
        let plain = answer.plain.as_ref().map(|said| {
            let pointer = format!("{}/{}", answer.spot.pointer, self.definition.default_language());
            (said, Spot { line: answer.spot.line, pointer })
        });
        let said = answer.by_language.values().map(|word| (&word.value, word.spot.clone()));
        for (text, spot) in plain.into_iter().chain(said) {
            if let Some(aged) = what_ages(text) {
                let message = format!("{} will age; say it without, or link to the page that has it", shown(aged));
                self.add("W17", &spot, message);
            }
        }
    }
}
