//! From a checked definition to a [`Bot`].
//!
//! Total on what the checks let through: whatever they refuse is left out or
//! replaced here without a word, since nobody publishes a bot with errors.

use regex::{Regex, RegexBuilder};

use super::check::{AFTER_UNKNOWN, WAIT_SECONDS_DEFAULT, error_word, hours_of, target_of};
use super::definition::{ButtonTable, Definition, FieldTable, StepTable, Text, Texts as WrittenTexts, Word as Written};
use super::faq::FaqIndex;
use super::keywords::Keywords;
use super::model::{
    Bot, Button, Field, Handoff, Kind, Leads, Leave, Localized, Needs, Next, NextTo, Products, Step, Target, Texts,
    Thresholds, WhenNobody,
};
use super::phrase::Phrase;
use super::problem::Problems;
use super::words::{Word, handoff_keywords};

/// A pattern as written, in characters.
pub(super) const PATTERN_CHARS_MAX: usize = 200;
/// A pattern compiled.
pub(super) const PATTERN_BYTES_MAX: usize = 64 * 1024;
/// `fields.<id>.max_chars` where it is not written.
const ANSWER_CHARS: u32 = 200;
/// An address may be longer than other answers.
const EMAIL_CHARS: u32 = 254;

/// A pattern that matches a whole answer.
///
/// # Errors
/// When it does not compile alone, or is too large.
pub(super) fn pattern_of(pattern: &str) -> Result<Regex, regex::Error> {
    let build = |pattern: &str| RegexBuilder::new(pattern).size_limit(PATTERN_BYTES_MAX).build();
    // Alone first: `a)|(b` would compile between our brackets.
    build(pattern)?;
    build(&format!(r"\A(?:{pattern})\z"))
}

pub(super) fn compile(definition: &Definition, version: u32) -> Option<Bot> {
    let languages: Vec<String> = definition.bot.languages.iter().map(|code| code.value.clone()).collect();
    let builder = Builder { languages: &languages };
    let texts = &definition.understanding;
    Some(Bot {
        version,
        zone: definition.bot.timezone.as_ref()?.value.parse().ok()?,
        hours: hours_of(definition.hours.as_ref(), &mut Problems::default()),
        name: builder.label(definition.bot.name.as_ref()?),
        notice: definition.bot.notice.as_ref().map(|text| builder.phrase(text)),
        fields: definition.fields.iter().filter_map(|f| Some((f.id.clone(), builder.field(f)?))).collect(),
        form: ids(&definition.start.form),
        first_step: definition.start.goto.as_ref()?.value.clone(),
        steps: definition.steps.iter().filter_map(|s| Some((s.id.clone(), builder.step(s)?))).collect(),
        texts: Texts {
            hello: builder.phrase_or(texts.hello.as_ref(), Word::Hello),
            thanks: builder.phrase_or(texts.thanks.as_ref(), Word::Thanks),
            unknown: builder.phrase_or(texts.unknown.as_ref(), Word::Unknown),
            suggest: builder.phrase_or(None, Word::Suggest),
            none_of_these: builder.label_or(None, Word::NoneOfThese),
            file: builder.phrase_or(texts.file.as_ref(), Word::File),
        },
        handoff: builder.handoff(definition),
        leave: definition.leave_message.as_ref().map(|leave| Leave {
            label: builder.label_or(leave.label.as_ref(), Word::LeaveLabel),
            say: builder.phrase_or(leave.say.as_ref(), Word::LeaveSayClosed),
            say_open: builder.phrase_or(leave.say.as_ref(), Word::LeaveSayOpen),
            collect: ids(leave.collect.as_deref().unwrap_or_default()),
            done: builder.phrase_or(leave.done.as_ref(), Word::LeaveDone),
        }),
        next_to: match definition.next_to.as_ref().map(|word| word.value.as_str()) {
            Some("waiting") => NextTo::Waiting,
            _ => NextTo::Bot,
        },
        faqs: Vec::new(),
        index: Localized { first: FaqIndex::default(), others: Vec::new() },
        thresholds: Thresholds { answer_above: 0.30, suggest_above: 0.15 },
        products: Products {
            enabled: false,
            ask: builder.phrase_or(None, Word::ProductsAsk),
            none: builder.phrase_or(None, Word::ProductsNone),
            again: builder.label_or(None, Word::ProductsAgain),
            limit: 3,
        },
        satisfaction: None,
        tests: Vec::new(),
        languages,
    })
}

struct Builder<'d> {
    /// The default first.
    languages: &'d [String],
}

impl Builder<'_> {
    fn localized<T: Clone>(&self, first: T, in_language: impl Fn(&str) -> Option<T>) -> Localized<T> {
        let others = self.languages.iter().skip(1).map(|code| in_language(code).unwrap_or_else(|| first.clone()));
        Localized { others: others.collect(), first }
    }

    fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// What is written in the default language, else anything that is written.
    fn default_text<'t>(&self, text: &'t Text) -> &'t str {
        let written = text.by_language.get(self.default_language()).or_else(|| text.by_language.values().next());
        text.plain.as_deref().or_else(|| written.map(|said| said.value.as_str())).unwrap_or_default()
    }

    fn label(&self, text: &Text) -> Localized<String> {
        self.localized(self.default_text(text).to_owned(), |code| Some(text.by_language.get(code)?.value.clone()))
    }

    fn phrase(&self, text: &Text) -> Localized<Phrase> {
        let cut = |text: &str| Phrase::cut(text).unwrap_or_else(|_| Phrase::plain(text));
        self.localized(cut(self.default_text(text)), |code| Some(cut(&text.by_language.get(code)?.value)))
    }

    fn label_or(&self, text: Option<&Text>, word: Word) -> Localized<String> {
        let built_in = |code: &str| word.in_language(code).map(str::to_owned);
        match text {
            Some(text) => self.label(text),
            None => self.localized(built_in(self.default_language()).unwrap_or_default(), built_in),
        }
    }

    fn phrase_or(&self, text: Option<&Text>, word: Word) -> Localized<Phrase> {
        let built_in = |code: &str| word.in_language(code).map(|said| Phrase::cut(said).unwrap_or_default());
        match text {
            Some(text) => self.phrase(text),
            None => self.localized(built_in(self.default_language()).unwrap_or_default(), built_in),
        }
    }

    fn field(&self, field: &FieldTable) -> Option<Field> {
        let kind = field.kind.as_ref()?.value.as_str();
        let plain_id = || Localized { first: field.id.clone(), others: Vec::new() };
        let chars = if kind == "email" { EMAIL_CHARS } else { ANSWER_CHARS };
        Some(Field {
            id: field.id.clone(),
            label: field.label.as_ref().map_or_else(plain_id, |text| self.label(text)),
            ask: self.phrase(field.ask.as_ref()?),
            error: self.phrase_or(field.error.as_ref(), error_word(kind)),
            skip: field.skip.as_ref().map(|text| self.label(text)),
            max_chars: field.max_chars.as_ref().and_then(|max| u32::try_from(max.value).ok()).unwrap_or(chars),
            autocomplete: field.autocomplete.as_ref().map(|token| token.value.clone()).or_else(|| autofill(kind)),
            kind: self.kind(field, kind)?,
        })
    }

    fn kind(&self, field: &FieldTable, kind: &str) -> Option<Kind> {
        Some(match kind {
            "email" => Kind::Email,
            "phone" => Kind::Phone,
            "number" => Kind::Number {
                min: field.min.as_ref().map(|min| min.value),
                max: field.max.as_ref().map(|max| max.value),
            },
            "choice" => {
                Kind::Choice { options: field.options.as_ref()?.labels.iter().map(|text| self.label(text)).collect() }
            }
            "pattern" => Kind::Pattern(pattern_of(&field.pattern.as_ref()?.value).ok()?),
            _ => Kind::Text,
        })
    }

    fn step(&self, step: &StepTable) -> Option<Step> {
        let next = match (&step.buttons, &step.goto) {
            (Some(list), _) => Next::Buttons(list.buttons.iter().filter_map(|button| self.button(button)).collect()),
            (None, Some(goto)) => Next::Go(target_of(&goto.value)?),
            (None, None) => return None,
        };
        let say = step.say.as_ref().map(|text| self.phrase(text));
        Some(Step { collect: ids(&step.collect), say, products: None, next })
    }

    fn button(&self, button: &ButtonTable) -> Option<Button> {
        let leads = match (&button.goto, &button.url) {
            (Some(goto), _) => Leads::To(target_of(&goto.value)?),
            (None, Some(url)) => Leads::Url(url.value.clone()),
            (None, None) => return None,
        };
        Some(Button { label: self.label(button.label.as_ref()?), leads })
    }

    fn handoff(&self, definition: &Definition) -> Handoff {
        let written = &definition.handoff;
        let is = |word: &Option<Written>, value: &str| word.as_ref().is_some_and(|word| word.value == value);
        let number = |number: Option<i64>, default: u32| number.and_then(|n| u32::try_from(n).ok()).unwrap_or(default);
        Handoff {
            label: self.label_or(written.label.as_ref(), Word::HandoffLabel),
            keywords: self.keywords(written.keywords.as_ref()),
            ask_before: ids(&written.ask_before),
            after_unknown: number(written.after_unknown.as_ref().map(|n| n.value), AFTER_UNKNOWN),
            offer: self.phrase_or(written.offer.as_ref(), Word::Offer),
            needs: if is(&written.needs, "free") { Needs::Free } else { Needs::Online },
            when_nobody: if is(&written.when_nobody, "hide") { WhenNobody::Hide } else { WhenNobody::Message },
            waiting: self.phrase_or(written.waiting.as_ref(), Word::Waiting),
            wait_seconds: number(written.wait_seconds.as_ref().map(|n| n.value), WAIT_SECONDS_DEFAULT),
            still_waiting: self.phrase_or(written.still_waiting.as_ref(), Word::StillWaiting),
            on_wait_too_long: if is(&written.on_wait_too_long, "@end") { Target::End } else { Target::LeaveMessage },
        }
    }

    /// Of every language: a visitor may ask for a person in any of them.
    fn keywords(&self, written: Option<&WrittenTexts>) -> Keywords {
        match written {
            Some(texts) => {
                let all = texts.plain.iter().chain(texts.by_language.values().flatten());
                Keywords::new(all.map(|word| word.value.as_str()))
            }
            None => Keywords::new(self.languages.iter().flat_map(|code| handoff_keywords(code)).copied()),
        }
    }
}

fn ids(words: &[Written]) -> Vec<String> {
    words.iter().map(|word| word.value.clone()).collect()
}

/// The HTML autofill token that a type suggests.
fn autofill(kind: &str) -> Option<String> {
    match kind {
        "email" => Some("email".to_owned()),
        "phone" => Some("tel".to_owned()),
        _ => None,
    }
}
