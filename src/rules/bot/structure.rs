//! A definition as the structure that the console's editor holds.
//!
//! The other way is [`super::write`]'s. Both keep the meaning; what neither can
//! hold (comments, the look of the file) is said to the admin before the first
//! change by the editor. An empty text is one that is not written.

use std::collections::BTreeMap;

use super::check::days_of;
use super::definition::{
    ButtonTable, ButtonsList, Definition, FaqTable, FieldTable, HoursTable, StepProductsTable, StepTable, TestTable,
    Text, Texts, Word,
};
use super::problem::{Problems, Spotted};
use super::read;
use crate::protocol::definition::{
    BotDefinition, ButtonDefinition, CloseDefinition, FaqDefinition, FieldDefinition, HandoffDefinition,
    HoursDefinition, LeaveMessageDefinition, ProductsDefinition, SatisfactionDefinition, StepDefinition, StepProducts,
    TestDefinition, UnderstandingDefinition, WordLists, Words,
};

/// Days as `[hours]` names them, Monday first.
pub(super) const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The structure of a TOML text, also of an unfinished one.
///
/// None where something is written that the structure has no place for: no TOML,
/// another format, an unknown key, a value of the wrong type. The report says it.
#[must_use]
pub fn structure(toml: &str) -> Option<BotDefinition> {
    let toml = toml.strip_prefix('\u{feff}').unwrap_or(toml);
    let mut problems = Problems::default();
    let definition = read::read(toml, &mut problems)?;
    if problems.has_lost() {
        return None;
    }
    Reader { default: definition.default_language() }.definition(&definition)
}

struct Reader<'d> {
    /// The language of plain strings.
    default: &'d str,
}

impl Reader<'_> {
    fn definition(&self, read: &Definition) -> Option<BotDefinition> {
        let understanding = &read.understanding;
        Some(BotDefinition {
            name: self.words(read.bot.name.as_ref()),
            languages: list(&read.bot.languages),
            timezone: word(read.bot.timezone.as_ref()).unwrap_or_default(),
            notice: self.words(read.bot.notice.as_ref()),
            hours: read.hours.as_ref().map(hours),
            fields: read.fields.iter().map(|field| self.field(field)).collect::<Option<_>>()?,
            start: word(read.start.goto.as_ref()).unwrap_or_default(),
            form: list(&read.start.form),
            steps: read.steps.iter().map(|step| self.step(step)).collect::<Option<_>>()?,
            faq: read.faqs.iter().map(|faq| self.faq(faq)).collect(),
            understanding: UnderstandingDefinition {
                answer_above: understanding.answer_above.as_ref().map(|above| above.value),
                suggest_above: understanding.suggest_above.as_ref().map(|above| above.value),
                suggest: self.words(understanding.suggest.as_ref()),
                none_of_these: self.words(understanding.none_of_these.as_ref()),
                unknown: self.words(understanding.unknown.as_ref()),
                hello: self.words(understanding.hello.as_ref()),
                thanks: self.words(understanding.thanks.as_ref()),
                file: self.words(understanding.file.as_ref()),
            },
            products: ProductsDefinition {
                enabled: read.products.is_on(),
                ask: self.words(read.products.ask.as_ref()),
                none: self.words(read.products.none.as_ref()),
                again: self.words(read.products.again.as_ref()),
                limit: small(read.products.limit.as_ref())?,
            },
            handoff: self.handoff(read)?,
            leave_message: read.leave_message.as_ref().map(|leave| LeaveMessageDefinition {
                label: self.words(leave.label.as_ref()),
                say: self.words(leave.say.as_ref()),
                collect: list(leave.collect.as_deref().unwrap_or_default()),
                done: self.words(leave.done.as_ref()),
            }),
            close: CloseDefinition {
                next_to: word(read.close.next_to.as_ref()),
                satisfaction: read.close.satisfaction.as_ref().map(|satisfaction| SatisfactionDefinition {
                    ask: self.words(satisfaction.ask.as_ref()),
                    scale: word(satisfaction.scale.as_ref()).unwrap_or_default(),
                    comment: satisfaction.comment.as_ref().map(|comment| comment.value),
                }),
            },
            tests: read.tests.iter().map(test).collect::<Option<_>>()?,
        })
    }

    fn words(&self, text: Option<&Text>) -> Words {
        let Some(text) = text else { return Words::new() };
        let plain = text.plain.iter().map(|said| (self.default.to_owned(), said.clone()));
        let written = text.by_language.iter().map(|(code, said)| (code.clone(), said.value.clone()));
        plain.chain(written).filter(|(_, said)| !said.is_empty()).collect()
    }

    fn word_lists(&self, texts: Option<&Texts>) -> WordLists {
        let Some(texts) = texts else { return WordLists::new() };
        let plain = texts.plain.iter().map(|words| (self.default.to_owned(), list(words)));
        plain.chain(texts.by_language.iter().map(|(code, words)| (code.clone(), list(words)))).collect()
    }

    fn field(&self, field: &FieldTable) -> Option<FieldDefinition> {
        let options = field.options.as_ref();
        Some(FieldDefinition {
            id: field.id.clone(),
            kind: word(field.kind.as_ref()).unwrap_or_default(),
            ask: self.words(field.ask.as_ref()),
            label: self.words(field.label.as_ref()),
            error: self.words(field.error.as_ref()),
            skip: self.words(field.skip.as_ref()),
            max_chars: small(field.max_chars.as_ref())?,
            min: field.min.as_ref().map(|min| min.value),
            max: field.max.as_ref().map(|max| max.value),
            autocomplete: word(field.autocomplete.as_ref()),
            options: options.into_iter().flat_map(|list| &list.labels).map(|text| self.words(Some(text))).collect(),
            attribute: options.and_then(|list| word(list.attribute.as_ref())),
            pattern: word(field.pattern.as_ref()),
        })
    }

    fn step(&self, step: &StepTable) -> Option<StepDefinition> {
        let products = match &step.products {
            Some(products) => Some(self.step_products(products)?),
            None => None,
        };
        Some(StepDefinition {
            id: step.id.clone(),
            collect: list(&step.collect),
            say: self.words(step.say.as_ref()),
            products,
            buttons: self.buttons(step.buttons.as_ref()),
            goto: word(step.goto.as_ref()),
        })
    }

    fn step_products(&self, products: &StepProductsTable) -> Option<StepProducts> {
        Some(StepProducts {
            query: self.words(products.query.as_ref()),
            price_max: word(products.price_max.as_ref()),
            in_stock: products.in_stock.as_ref().map(|in_stock| in_stock.value),
            limit: small(products.limit.as_ref())?,
        })
    }

    fn buttons(&self, list: Option<&ButtonsList>) -> Vec<ButtonDefinition> {
        let button = |button: &ButtonTable| ButtonDefinition {
            label: self.words(button.label.as_ref()),
            goto: word(button.goto.as_ref()),
            faq: word(button.faq.as_ref()),
            url: word(button.url.as_ref()),
        };
        list.into_iter().flat_map(|list| &list.buttons).map(button).collect()
    }

    fn faq(&self, faq: &FaqTable) -> FaqDefinition {
        FaqDefinition {
            id: word(faq.id.as_ref()).unwrap_or_default(),
            label: self.words(faq.label.as_ref()),
            questions: self.word_lists(faq.questions.as_ref()),
            answer: self.words(faq.answer.as_ref()),
            buttons: self.buttons(faq.buttons.as_ref()),
        }
    }

    fn handoff(&self, read: &Definition) -> Option<HandoffDefinition> {
        let handoff = &read.handoff;
        Some(HandoffDefinition {
            label: self.words(handoff.label.as_ref()),
            keywords: self.word_lists(handoff.keywords.as_ref()),
            ask_before: list(&handoff.ask_before),
            after_unknown: small(handoff.after_unknown.as_ref())?,
            offer: self.words(handoff.offer.as_ref()),
            needs: word(handoff.needs.as_ref()),
            when_nobody: word(handoff.when_nobody.as_ref()),
            waiting: self.words(handoff.waiting.as_ref()),
            wait_seconds: small(handoff.wait_seconds.as_ref())?,
            still_waiting: self.words(handoff.still_waiting.as_ref()),
            on_wait_too_long: word(handoff.on_wait_too_long.as_ref()),
        })
    }
}

fn word(word: Option<&Word>) -> Option<String> {
    word.map(|word| word.value.clone()).filter(|word| !word.is_empty())
}

fn list(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.value.clone()).collect()
}

/// A number where it is written; outer none where the structure cannot hold it.
#[allow(clippy::option_option, reason = "the question mark takes the outer one")]
fn small(number: Option<&Spotted<i64>>) -> Option<Option<u32>> {
    match number {
        Some(number) => u32::try_from(number.value).ok().map(Some),
        None => Some(None),
    }
}

/// A range of days is an entry a day; a day written twice (which is told) has both.
fn hours(table: &HoursTable) -> HoursDefinition {
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, ranges) in &table.days {
        let named = match days_of(&key.value) {
            Some(range) => WEEK.get(range).unwrap_or_default().iter().map(|day| (*day).to_owned()).collect(),
            None => vec![key.value.clone()],
        };
        for day in named {
            days.entry(day).or_default().extend(list(ranges));
        }
    }
    HoursDefinition {
        days,
        closed: list(&table.closed),
        special: table.special.iter().map(|(date, ranges)| (date.value.clone(), list(ranges))).collect(),
    }
}

fn test(test: &TestTable) -> Option<TestDefinition> {
    Some(TestDefinition {
        say: list(&test.say),
        expect: word(test.expect.as_ref()).unwrap_or_default(),
        lang: word(test.lang.as_ref()),
        at: word(test.at.as_ref()),
        agents: small(test.agents.as_ref())?,
    })
}
