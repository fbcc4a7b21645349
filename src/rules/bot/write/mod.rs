//! A definition as TOML 1.0: what is kept, published and put under version control.
//!
//! One way to write each thing, so that a change in the editor is a change of a
//! line: tables in the order of the format, a key a line, defaults left out, a
//! text of the default language alone as a plain string, buttons one a line.
//! Always TOML, whatever the structure holds; what it means is judged elsewhere.

mod toml;

use std::collections::{BTreeMap, BTreeSet};

use super::check::days_of;
use super::structure::WEEK;
use crate::protocol::definition::{
    BotDefinition, ButtonDefinition, FaqDefinition, FieldDefinition, HandoffDefinition, HoursDefinition,
    LeaveMessageDefinition, ProductsDefinition, SatisfactionDefinition, StepDefinition, StepProducts, TestDefinition,
    UnderstandingDefinition, Words,
};
use toml::{Page, bare, inline, quoted, string};

/// Writes a definition as TOML.
///
/// Two steps or two fields of one id have no place in TOML: the second one is
/// written as `id_2`, which is then nobody's target until it is renamed.
#[must_use]
pub fn write(definition: &BotDefinition) -> String {
    let mut page = Page::of(&definition.languages);
    page.line("format = 1");
    bot(&mut page, definition);
    if let Some(hours) = &definition.hours {
        write_hours(&mut page, hours);
    }
    for (id, field) in named(definition.fields.iter().map(|field| field.id.as_str())).iter().zip(&definition.fields) {
        write_field(&mut page, id, field);
    }
    page.table("start");
    page.text_of("goto", Some(&definition.start));
    page.list("form", &definition.form);
    for (id, step) in named(definition.steps.iter().map(|step| step.id.as_str())).iter().zip(&definition.steps) {
        write_step(&mut page, id, step);
    }
    for faq in &definition.faq {
        write_faq(&mut page, faq);
    }
    if definition.understanding != UnderstandingDefinition::default() {
        understanding(&mut page, &definition.understanding);
    }
    if definition.products != ProductsDefinition::default() {
        products(&mut page, &definition.products);
    }
    if definition.handoff != HandoffDefinition::default() {
        handoff(&mut page, &definition.handoff);
    }
    if let Some(leave) = &definition.leave_message {
        leave_message(&mut page, leave);
    }
    let close = &definition.close;
    if close.next_to.is_some() || close.satisfaction.is_some() {
        page.table("close");
        page.text_of("next_to", close.next_to.as_ref());
        if let Some(satisfaction) = &close.satisfaction {
            page.line(&format!("satisfaction = {}", rating(&page, satisfaction)));
        }
    }
    for test in &definition.tests {
        write_test(&mut page, test);
    }
    page.finish()
}

/// Each id once: an id taken before gets the first free number.
fn named<'d>(ids: impl Iterator<Item = &'d str> + Clone) -> Vec<String> {
    let written: BTreeSet<&str> = ids.clone().collect();
    let mut taken = BTreeSet::new();
    ids.map(|id| {
        let mut name = id.to_owned();
        let mut number = 2;
        while taken.contains(&name) || (name != id && written.contains(name.as_str())) {
            name = format!("{id}_{number}");
            number += 1;
        }
        taken.insert(name.clone());
        name
    })
    .collect()
}

fn bot(page: &mut Page<'_>, definition: &BotDefinition) {
    page.table("bot");
    page.words("name", &definition.name);
    page.line(&format!("languages = {}", inline(&definition.languages)));
    page.text_of("timezone", Some(&definition.timezone));
    page.words("notice", &definition.notice);
}

fn write_hours(page: &mut Page<'_>, hours: &HoursDefinition) {
    page.table("hours");
    let mut days: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for (key, ranges) in &hours.days {
        match days_of(key) {
            Some(range) => {
                for day in WEEK.get(range).unwrap_or_default() {
                    days.entry(day).or_default().extend(ranges.iter().cloned());
                }
            }
            None if matches!(key.as_str(), "closed" | "special") => {}
            None => others.push((key, ranges)),
        }
    }
    let mut week = WEEK.iter().peekable();
    while let Some(first) = week.next() {
        let Some(ranges) = days.get(first) else { continue };
        let mut last = first;
        while let Some(day) = week.next_if(|day| days.get(**day) == Some(ranges)) {
            last = day;
        }
        let key = if last == first { (*first).to_owned() } else { format!("{first}-{last}") };
        page.line(&format!("{key} = {}", inline(ranges)));
    }
    for (key, ranges) in others {
        page.line(&format!("{} = {}", bare(key), inline(ranges)));
    }
    page.list("closed", &hours.closed);
    if !hours.special.is_empty() {
        let entries = hours.special.iter().map(|(date, ranges)| format!("{} = {}", bare(date), inline(ranges)));
        page.line(&format!("special = {{ {} }}", entries.collect::<Vec<_>>().join(", ")));
    }
}

fn write_field(page: &mut Page<'_>, id: &str, field: &FieldDefinition) {
    page.table(&format!("fields.{}", bare(id)));
    page.text_of("type", Some(&field.kind));
    page.words("ask", &field.ask);
    page.words("label", &field.label);
    page.words("error", &field.error);
    page.words("skip", &field.skip);
    page.number("max_chars", field.max_chars);
    page.number("min", field.min);
    page.number("max", field.max);
    page.text_of("autocomplete", field.autocomplete.as_ref());
    if let Some(attribute) = &field.attribute {
        page.line(&format!("options = {{ attribute = {} }}", quoted(attribute)));
    } else if !field.options.is_empty() {
        let options: Vec<String> = field.options.iter().map(|option| page.words_inline(option)).collect();
        page.items("options", &options);
    }
    if let Some(pattern) = &field.pattern {
        page.line(&format!("pattern = {}", string(pattern)));
    }
}

fn write_step(page: &mut Page<'_>, id: &str, step: &StepDefinition) {
    page.table(&format!("steps.{}", bare(id)));
    page.list("collect", &step.collect);
    page.words("say", &step.say);
    if let Some(products) = &step.products {
        page.line(&format!("products = {}", step_products(page, products)));
    }
    buttons(page, &step.buttons);
    page.text_of("goto", step.goto.as_ref());
}

fn step_products(page: &Page<'_>, products: &StepProducts) -> String {
    let mut parts = Vec::new();
    if !is_unwritten(&products.query) {
        parts.push(format!("query = {}", page.words_inline(&products.query)));
    }
    if let Some(price) = &products.price_max {
        let number = price.parse::<i64>().is_ok_and(|number| number.to_string() == *price);
        parts.push(format!("price_max = {}", if number { price.clone() } else { quoted(price) }));
    }
    parts.extend(products.in_stock.map(|in_stock| format!("in_stock = {in_stock}")));
    parts.extend(products.limit.map(|limit| format!("limit = {limit}")));
    braced(&parts)
}

fn buttons(page: &mut Page<'_>, buttons: &[ButtonDefinition]) {
    let items: Vec<String> = buttons
        .iter()
        .map(|button| {
            let label = Some(&button.label).filter(|label| !is_unwritten(label));
            let mut parts: Vec<String> =
                label.map(|label| format!("label = {}", page.words_inline(label))).into_iter().collect();
            for (key, value) in [("goto", &button.goto), ("faq", &button.faq), ("url", &button.url)] {
                let value = value.as_ref().filter(|value| !value.is_empty());
                parts.extend(value.map(|value| format!("{key} = {}", quoted(value))));
            }
            braced(&parts)
        })
        .collect();
    if !items.is_empty() {
        page.lines("buttons", &items);
    }
}

fn write_faq(page: &mut Page<'_>, faq: &FaqDefinition) {
    page.item("faq");
    page.text_of("id", Some(&faq.id));
    page.words("label", &faq.label);
    page.word_lists("questions", &faq.questions);
    page.words("answer", &faq.answer);
    buttons(page, &faq.buttons);
}

fn understanding(page: &mut Page<'_>, written: &UnderstandingDefinition) {
    page.table("understanding");
    page.decimal("answer_above", written.answer_above);
    page.decimal("suggest_above", written.suggest_above);
    for (key, words) in [
        ("suggest", &written.suggest),
        ("none_of_these", &written.none_of_these),
        ("unknown", &written.unknown),
        ("hello", &written.hello),
        ("thanks", &written.thanks),
        ("file", &written.file),
    ] {
        page.words(key, words);
    }
}

fn products(page: &mut Page<'_>, written: &ProductsDefinition) {
    page.table("products");
    if written.enabled {
        page.line("enabled = true");
    }
    page.words("ask", &written.ask);
    page.words("none", &written.none);
    page.words("again", &written.again);
    page.number("limit", written.limit);
}

fn handoff(page: &mut Page<'_>, written: &HandoffDefinition) {
    page.table("handoff");
    page.words("label", &written.label);
    page.word_lists("keywords", &written.keywords);
    page.list("ask_before", &written.ask_before);
    page.number("after_unknown", written.after_unknown);
    page.words("offer", &written.offer);
    page.text_of("needs", written.needs.as_ref());
    page.text_of("when_nobody", written.when_nobody.as_ref());
    page.words("waiting", &written.waiting);
    page.number("wait_seconds", written.wait_seconds);
    page.words("still_waiting", &written.still_waiting);
    page.text_of("on_wait_too_long", written.on_wait_too_long.as_ref());
}

fn leave_message(page: &mut Page<'_>, written: &LeaveMessageDefinition) {
    page.table("leave_message");
    page.words("label", &written.label);
    page.words("say", &written.say);
    page.line(&format!("collect = {}", inline(&written.collect)));
    page.words("done", &written.done);
}

fn rating(page: &Page<'_>, satisfaction: &SatisfactionDefinition) -> String {
    let mut parts = Vec::new();
    if !is_unwritten(&satisfaction.ask) {
        parts.push(format!("ask = {}", page.words_inline(&satisfaction.ask)));
    }
    if !satisfaction.scale.is_empty() {
        parts.push(format!("scale = {}", quoted(&satisfaction.scale)));
    }
    parts.extend(satisfaction.comment.map(|comment| format!("comment = {comment}")));
    braced(&parts)
}

fn write_test(page: &mut Page<'_>, test: &TestDefinition) {
    page.item("test");
    match test.say.as_slice() {
        [said] => page.line(&format!("say = {}", quoted(said))),
        turns => page.line(&format!("say = {}", inline(turns))),
    }
    page.text_of("expect", Some(&test.expect));
    page.text_of("lang", test.lang.as_ref());
    page.text_of("at", test.at.as_ref());
    page.number("agents", test.agents);
}

fn braced(parts: &[String]) -> String {
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}

fn is_unwritten(words: &Words) -> bool {
    words.values().all(String::is_empty)
}
