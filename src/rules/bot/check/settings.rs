//! The settings blocks: bot, hours, understanding, products, handoff, leave message, close.

use super::super::compile::{ANSWER_ABOVE, SUGGEST_ABOVE};
use super::super::definition::{FieldTable, Word as Written};
use super::super::model::Target;
use super::super::problem::{Spot, Spotted, did_you_mean, shown};
use super::super::words::{Word, handoff_keywords};
use super::fields::TYPES;
use super::texts::Kind;
use super::{Checker, hours_of};

const MISSES: std::ops::RangeInclusive<i64> = 0..=5;
const WAIT_SECONDS: std::ops::RangeInclusive<i64> = 30..=3_600;
/// Products shown by one turn.
pub(super) const PRODUCTS: std::ops::RangeInclusive<i64> = 1..=5;
/// `handoff.after_unknown` where it is not written.
pub const AFTER_UNKNOWN: u32 = 2;
/// `handoff.wait_seconds` where it is not written.
pub const WAIT_SECONDS_DEFAULT: u32 = 120;

impl Checker<'_> {
    pub(super) fn settings(&mut self) {
        let definition = self.definition;
        self.label(definition.bot.name.as_ref());
        self.text(definition.bot.notice.as_ref(), Kind::Text);
        if let Some(zone) = &definition.bot.timezone
            && zone.value.parse::<chrono_tz::Tz>().is_err()
        {
            let mean = did_you_mean(&zone.value, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
            let remedy = if mean.is_empty() {
                "; write an IANA name such as \
                 `Europe/Paris`"
                    .to_owned()
            } else {
                mean
            };
            self.add("E09", &zone.spot, format!("no time zone {}{remedy}", shown(&zone.value)));
        }
        hours_of(definition.hours.as_ref(), self.problems);
        let texts = &definition.understanding;
        let bot = definition.bot.spot.clone();
        for (text, word, key) in [
            (&texts.unknown, Word::Unknown, "understanding.unknown"),
            (&texts.hello, Word::Hello, "understanding.hello"),
            (&texts.thanks, Word::Thanks, "understanding.thanks"),
            (&texts.file, Word::File, "understanding.file"),
        ] {
            self.text(text.as_ref(), Kind::Text);
            self.built_in(text.as_ref(), word, key, &bot);
        }
        self.text(texts.suggest.as_ref(), Kind::Text);
        self.label(texts.none_of_these.as_ref());
        if !definition.faqs.is_empty() {
            self.built_in(texts.suggest.as_ref(), Word::Suggest, "understanding.suggest", &bot);
            self.built_in(texts.none_of_these.as_ref(), Word::NoneOfThese, "understanding.none_of_these", &bot);
        }
        self.thresholds();
        self.products();
        self.close();
    }

    /// 0 < suggest <= answer < 1.
    fn thresholds(&mut self) {
        let texts = &self.definition.understanding;
        let read = |written: Option<&Spotted<f64>>, default: f32| {
            written.map_or(f64::from(default), |threshold| threshold.value)
        };
        for threshold in [&texts.answer_above, &texts.suggest_above].into_iter().flatten() {
            if threshold.value <= 0.0 || threshold.value >= 1.0 {
                let message = format!("cannot use `{}`; write a number between 0 and 1", threshold.value);
                self.add("E12", &threshold.spot, message);
                return;
            }
        }
        let (answer, suggest) =
            (read(texts.answer_above.as_ref(), ANSWER_ABOVE), read(texts.suggest_above.as_ref(), SUGGEST_ABOVE));
        let written = texts.suggest_above.as_ref().or(texts.answer_above.as_ref());
        if let Some(written) = written.filter(|_| suggest > answer) {
            let message = format!(
                "`suggest_above` {suggest:.2} is over `answer_above` {answer:.2}; what is sure enough to answer must be \
                 sure enough to offer"
            );
            self.add("E12", &written.spot, message);
        }
    }

    fn products(&mut self) {
        let definition = self.definition;
        let products = &definition.products;
        self.text(products.ask.as_ref(), Kind::Text);
        self.text(products.none.as_ref(), Kind::NothingFound);
        self.label(products.again.as_ref());
        self.within(products.limit.as_ref(), &PRODUCTS);
        if products.is_on() {
            for (text, word, key) in [
                (&products.ask, Word::ProductsAsk, "products.ask"),
                (&products.none, Word::ProductsNone, "products.none"),
                (&products.again, Word::ProductsAgain, "products.again"),
            ] {
                self.built_in(text.as_ref(), word, key, &products.spot);
            }
        }
    }

    fn close(&mut self) {
        let close = &self.definition.close;
        self.one_of(close.next_to.as_ref(), &["bot", "waiting"]);
        if let Some(satisfaction) = &close.satisfaction {
            self.text(satisfaction.ask.as_ref(), Kind::Plain);
            self.one_of(satisfaction.scale.as_ref(), &["five", "thumbs"]);
        }
    }

    fn one_of(&mut self, word: Option<&Written>, values: &[&str]) {
        if let Some(word) = word.filter(|word| !values.contains(&word.value.as_str())) {
            let listed = values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ");
            self.add("E01", &word.spot, format!("cannot read {}; write {listed}", shown(&word.value)));
        }
    }

    pub(super) fn within(&mut self, number: Option<&Spotted<i64>>, range: &std::ops::RangeInclusive<i64>) {
        if let Some(number) = number.filter(|number| !range.contains(&number.value)) {
            let message = format!("cannot use `{}`; write {} to {}", number.value, range.start(), range.end());
            self.add("E12", &number.spot, message);
        }
    }

    pub(super) fn handoff(&mut self) {
        let definition = self.definition;
        let handoff = &definition.handoff;
        let spot = if handoff.spot.line > 0 { handoff.spot.clone() } else { definition.bot.spot.clone() };
        self.keywords(handoff.keywords.as_ref());
        if handoff.keywords.is_none()
            && let Some(default) = definition.bot.languages.first()
            && handoff_keywords(&default.value).is_empty()
        {
            self.add(
                "E13",
                &Spot { line: spot.line, pointer: "/handoff/keywords".to_owned() },
                format!("no built-in words in `{}` for `handoff.keywords`; write them", default.value),
            );
        }
        self.field_list(&handoff.ask_before);
        self.within(handoff.after_unknown.as_ref(), &MISSES);
        self.within(handoff.wait_seconds.as_ref(), &WAIT_SECONDS);
        self.one_of(handoff.needs.as_ref(), &["online", "free"]);
        self.one_of(handoff.when_nobody.as_ref(), &["message", "hide"]);
        self.label(handoff.label.as_ref());
        self.text(handoff.offer.as_ref(), Kind::Text);
        self.text(handoff.waiting.as_ref(), Kind::Waiting);
        self.text(handoff.still_waiting.as_ref(), Kind::Text);
        for (text, word, key) in [
            (&handoff.label, Word::HandoffLabel, "handoff.label"),
            (&handoff.offer, Word::Offer, "handoff.offer"),
            (&handoff.waiting, Word::Waiting, "handoff.waiting"),
            (&handoff.still_waiting, Word::StillWaiting, "handoff.still_waiting"),
        ] {
            self.built_in(text.as_ref(), word, key, &spot);
        }
        if let Some(word) = &handoff.on_wait_too_long {
            self.too_long(word);
        }
    }

    fn too_long(&mut self, word: &Written) {
        if self.target(word) == Some(Target::HandOff) {
            let message =
                "whoever waits too long waits for `@handoff` already; write `@leave_message`, a step or `@end`";
            self.add("E03", &word.spot, message);
        }
    }

    pub(super) fn leave_message(&mut self) {
        let definition = self.definition;
        let Some(leave) = &definition.leave_message else {
            if let Some(spot) = self.way_to_a_person() {
                self.add(
                    "E15",
                    &spot,
                    "a person can be asked for and there is no `[leave_message]` for when nobody is \
                     there; write it, with a field of type `email` or `phone` in its `collect`",
                );
            }
            return;
        };
        self.label(leave.label.as_ref());
        self.text(leave.say.as_ref(), Kind::Leaving);
        self.text(leave.done.as_ref(), Kind::Text);
        for (text, word, key) in [
            (&leave.label, Word::LeaveLabel, "leave_message.label"),
            (&leave.say, Word::LeaveSayOpen, "leave_message.say"),
            (&leave.done, Word::LeaveDone, "leave_message.done"),
        ] {
            self.built_in(text.as_ref(), word, key, &leave.spot);
        }
        let Some(collect) = &leave.collect else { return };
        self.field_list(collect);
        let has_type =
            |field: &FieldTable| field.kind.as_ref().is_some_and(|kind| TYPES.contains(&kind.value.as_str()));
        let asked = |id: &str| definition.fields.iter().find(|field| field.id == id);
        let all_known = collect.iter().all(|word| asked(&word.value).is_some_and(has_type));
        let has_address = collect
            .iter()
            .filter_map(|word| asked(&word.value)?.kind.as_ref())
            .any(|kind| matches!(kind.value.as_str(), "email" | "phone"));
        if !has_address && all_known {
            self.add(
                "E15",
                &leave.spot,
                "`[leave_message]` asks for no address to answer to; add a field of type \
                 `email` or `phone` to its `collect`",
            );
        }
    }

    /// The first place from which a person can be asked for.
    fn way_to_a_person(&self) -> Option<Spot> {
        let definition = self.definition;
        let buttons = definition.steps.iter().flat_map(|step| step.buttons.iter().flat_map(|list| &list.buttons));
        let buttons = buttons.chain(definition.faqs.iter().flat_map(|faq| faq.buttons.iter().flat_map(|l| &l.buttons)));
        let gotos = definition
            .steps
            .iter()
            .filter_map(|step| step.goto.as_ref())
            .chain(buttons.filter_map(|button| button.goto.as_ref()));
        if let Some(goto) = gotos.filter(|goto| goto.value == "@handoff").min_by_key(|goto| goto.spot.line) {
            return Some(goto.spot.clone());
        }
        let handoff = &definition.handoff;
        let silent = handoff
            .keywords
            .as_ref()
            .is_some_and(|texts| texts.plain.iter().chain(texts.by_language.values()).all(Vec::is_empty));
        let never = handoff.after_unknown.as_ref().is_some_and(|misses| misses.value == 0);
        let spot = if handoff.spot.line > 0 { &handoff.spot } else { &definition.bot.spot };
        (!(silent && never)).then(|| spot.clone())
    }
}
