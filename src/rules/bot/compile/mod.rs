//! From a checked definition to a [`Bot`].
//!
//! Total on what the checks let through: whatever they refuse is left out or
//! replaced here without a word, since nobody publishes a bot with errors.

mod texts;

use chrono::NaiveDateTime;
use regex::{Regex, RegexBuilder};

use super::check::{AFTER_UNKNOWN, WAIT_SECONDS_DEFAULT, error_word, hours_of, target_of};
use super::definition::{
    ButtonTable, ButtonsList, Definition, FaqTable, FieldTable, StepProductsTable, StepTable, TestTable,
    Texts as WrittenTexts, Word as Written,
};
use super::faq::FaqIndex;
use super::keywords::Keywords;
use super::model::{
    Bot, Button, Expect, Faq, Field, Handoff, Kind, Leads, Leave, Localized, Needs, Next, NextTo, PRODUCTS_MAX,
    PriceMax, Products, Satisfaction, Step, StepProducts, Target, Test, Texts, Thresholds, WhenNobody,
};
use super::problem::{Problems, Spotted};
use super::words::{Word, handoff_keywords};
use crate::protocol::RatingScale;
use texts::Builder;

/// A pattern as written, in characters.
pub(super) const PATTERN_CHARS_MAX: usize = 200;
/// A pattern compiled.
pub(super) const PATTERN_BYTES_MAX: usize = 64 * 1024;
/// `fields.<id>.max_chars` where it is not written.
const ANSWER_CHARS: u32 = 200;
/// `understanding.answer_above` and `suggest_above` where they are not written.
pub(super) const ANSWER_ABOVE: f32 = 0.30;
pub(super) const SUGGEST_ABOVE: f32 = 0.15;
/// `limit` of products where it is not written.
const PRODUCTS_SHOWN: u32 = 3;
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
    let builder = Builder { definition, languages: &languages };
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
            suggest: builder.phrase_or(texts.suggest.as_ref(), Word::Suggest),
            none_of_these: builder.label_or(texts.none_of_these.as_ref(), Word::NoneOfThese),
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
        next_to: match definition.close.next_to.as_ref().map(|word| word.value.as_str()) {
            Some("waiting") => NextTo::Waiting,
            _ => NextTo::Bot,
        },
        faqs: definition.faqs.iter().filter_map(|faq| builder.faq(faq)).collect(),
        index: builder.index(),
        thresholds: Thresholds {
            answer_above: texts.answer_above.as_ref().map_or(ANSWER_ABOVE, |above| narrowed(above.value)),
            suggest_above: texts.suggest_above.as_ref().map_or(SUGGEST_ABOVE, |above| narrowed(above.value)),
        },
        products: builder.products(),
        satisfaction: builder.satisfaction(),
        tests: definition.tests.iter().filter_map(test).collect(),
        languages,
    })
}

impl Builder<'_> {
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
                let options = field.options.as_ref()?;
                match &options.attribute {
                    Some(attribute) => Kind::Attribute { name: attribute.value.clone() },
                    None => Kind::Choice { options: options.labels.iter().map(|text| self.label(text)).collect() },
                }
            }
            "pattern" => Kind::Pattern(pattern_of(&field.pattern.as_ref()?.value).ok()?),
            _ => Kind::Text,
        })
    }

    fn step(&self, step: &StepTable) -> Option<Step> {
        let next = match (&step.buttons, &step.goto) {
            (Some(_), _) => Next::Buttons(self.buttons(step.buttons.as_ref())),
            (None, Some(goto)) => Next::Go(target_of(&goto.value)?),
            (None, None) => return None,
        };
        let say = step.say.as_ref().map(|text| self.phrase(text));
        let products = step.products.as_ref().and_then(|products| self.step_products(products));
        Some(Step { collect: ids(&step.collect), say, products, next })
    }

    fn step_products(&self, products: &StepProductsTable) -> Option<StepProducts> {
        Some(StepProducts {
            query: self.phrase(products.query.as_ref()?),
            price_max: products.price_max.as_ref().and_then(|price| price_max_of(&price.value)),
            in_stock: products.in_stock.as_ref().is_none_or(|in_stock| in_stock.value),
            limit: limit(products.limit.as_ref()),
        })
    }

    fn buttons(&self, list: Option<&ButtonsList>) -> Vec<Button> {
        list.into_iter().flat_map(|list| &list.buttons).filter_map(|button| self.button(button)).collect()
    }

    fn button(&self, button: &ButtonTable) -> Option<Button> {
        let (leads, named) = match (&button.goto, &button.faq, &button.url) {
            (Some(goto), _, _) => (Leads::To(target_of(&goto.value)?), None),
            (None, Some(id), _) => {
                let is_it = |faq: &&FaqTable| faq.id.as_ref().is_some_and(|own| own.value == id.value);
                let faq = self.definition.faqs.iter().find(is_it)?;
                (Leads::To(Target::Faq { id: id.value.clone() }), Some(faq))
            }
            (None, None, Some(url)) => (Leads::Url(url.value.clone()), None),
            (None, None, None) => return None,
        };
        let label = match (&button.label, named) {
            (Some(label), _) => self.label(label),
            (None, Some(faq)) => self.faq_label(faq),
            (None, None) => return None,
        };
        Some(Button { label, leads })
    }

    fn faq(&self, faq: &FaqTable) -> Option<Faq> {
        Some(Faq {
            id: faq.id.as_ref()?.value.clone(),
            label: self.faq_label(faq),
            answer: self.phrase(faq.answer.as_ref()?),
            buttons: self.buttons(faq.buttons.as_ref()),
        })
    }

    /// One index a language, over the same FAQs in the same order as [`Bot::faqs`].
    fn index(&self) -> Localized<FaqIndex> {
        let faqs = || self.definition.faqs.iter().filter(|faq| faq.id.is_some() && faq.answer.is_some());
        let of = |code: &str| {
            let questions: Vec<Vec<String>> = faqs().map(|faq| self.questions(faq, code)).collect();
            FaqIndex::new(code, &questions)
        };
        Localized {
            first: of(self.definition.default_language()),
            others: self.languages.iter().skip(1).map(|code| of(code)).collect(),
        }
    }

    fn products(&self) -> Products {
        let written = &self.definition.products;
        Products {
            enabled: written.is_on(),
            ask: self.phrase_or(written.ask.as_ref(), Word::ProductsAsk),
            none: self.phrase_or(written.none.as_ref(), Word::ProductsNone),
            again: self.label_or(written.again.as_ref(), Word::ProductsAgain),
            limit: limit(written.limit.as_ref()),
        }
    }

    fn satisfaction(&self) -> Option<Satisfaction> {
        let written = self.definition.close.satisfaction.as_ref()?;
        let thumbs = written.scale.as_ref().is_some_and(|scale| scale.value == "thumbs");
        Some(Satisfaction {
            ask: self.label(written.ask.as_ref()?),
            scale: if thumbs { RatingScale::Thumbs } else { RatingScale::Five },
            comment: written.comment.as_ref().is_none_or(|comment| comment.value),
        })
    }

    fn handoff(&self, definition: &Definition) -> Handoff {
        let written = &definition.handoff;
        let is = |word: &Option<Written>, value: &str| word.as_ref().is_some_and(|word| word.value == value);
        let number = |number: Option<i64>, default: u32| number.and_then(|n| u32::try_from(n).ok()).unwrap_or(default);
        let on_wait_too_long = written.on_wait_too_long.as_ref().and_then(|word| target_of(&word.value));
        let on_wait_too_long = on_wait_too_long.unwrap_or(Target::LeaveMessage);
        let still_waiting = match &on_wait_too_long {
            Target::LeaveMessage => Word::StillWaiting,
            Target::Step { .. } | Target::HandOff | Target::Products | Target::Faq { .. } | Target::End => {
                Word::StillWaitingElse
            }
        };
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
            still_waiting: self.phrase_or(written.still_waiting.as_ref(), still_waiting),
            on_wait_too_long,
        }
    }

    /// Of every language: a visitor may ask for a person in any of them.
    fn keywords(&self, written: Option<&WrittenTexts>) -> Keywords {
        match written {
            Some(texts) => {
                let all = texts.plain.iter().flatten().chain(texts.by_language.values().flatten());
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

fn limit(written: Option<&Spotted<i64>>) -> u32 {
    let limit = written.and_then(|limit| u32::try_from(limit.value).ok());
    limit.map_or(PRODUCTS_SHOWN, |limit| limit.clamp(1, PRODUCTS_MAX))
}

/// Thresholds have a few digits.
#[allow(clippy::cast_possible_truncation, reason = "compared with scores that are no more exact")]
fn narrowed(threshold: f64) -> f32 {
    threshold as f32
}

/// A bound of prices: a number, or `{{field}}`.
pub(super) fn price_max_of(written: &str) -> Option<PriceMax> {
    let written = written.trim();
    match written.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
        Some(field) => Some(PriceMax::Field(field.trim().to_owned())).filter(|_| !field.contains(['{', '}'])),
        None => written.parse().ok().filter(|number| *number >= 0).map(PriceMax::Number),
    }
}

/// A local time as tests write it.
pub(super) fn local_time(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()
}

/// What a test expects; whether it exists is the checks' to say.
pub(super) fn expect_of(word: &str) -> Option<Expect> {
    match word {
        "unknown" => Some(Expect::Unknown),
        "@handoff" => Some(Expect::HandOff),
        "@leave_message" => Some(Expect::LeaveMessage),
        "@products" => Some(Expect::Products),
        _ => {
            let (kind, id) = word.split_once(':')?;
            let id = id.trim().to_owned();
            match kind {
                "faq" => Some(Expect::Faq(id)),
                "suggest" => Some(Expect::Suggest(id)),
                "step" => Some(Expect::Step(id)),
                _ => None,
            }
        }
    }
}

fn test(test: &TestTable) -> Option<Test> {
    Some(Test {
        spot: test.spot.clone(),
        say: ids(&test.say),
        expect: expect_of(&test.expect.as_ref()?.value)?,
        lang: test.lang.as_ref().map(|code| code.value.clone()),
        at: test.at.as_ref().and_then(|at| local_time(&at.value)),
        agents: test.agents.as_ref().map_or(1, |agents| u32::try_from(agents.value).unwrap_or(0)),
    })
}
