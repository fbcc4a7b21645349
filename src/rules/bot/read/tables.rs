//! The tables of format 1, key by key: head, hours, fields, start and steps.
//!
//! FAQs, tests and the settings blocks are [`super::settings`]'s.

use super::super::definition::{
    BotTable, ButtonTable, ButtonsList, Definition, FieldTable, HoursTable, OptionsList, StartTable, StepProductsTable,
    StepTable, Text, Word,
};
use super::super::problem::{Problems, Spotted};
use super::node::{Node, Table};
use super::settings;

/// The format that this release reads.
const FORMAT: i64 = 1;

/// Whether the file says to be of our format; of another one the rest would be told in vain.
pub fn is_ours(root: &mut Table<'_>, problems: &mut Problems) -> bool {
    let Some(node) = root.get("format") else {
        problems.add("E01", &root.spot, "the file has no `format`; a bot's definition begins with `format = 1`");
        return false;
    };
    let Some(format) = node.integer(problems) else { return false };
    if format.value != FORMAT {
        let message = format!("format `{}` is not read by this release, which reads format {FORMAT}", format.value);
        problems.add("E01", &format.spot, message);
    }
    format.value == FORMAT
}

pub fn definition(root: &mut Table<'_>, problems: &mut Problems) -> Definition {
    let mut definition = Definition::default();
    if let Some(table) = required_table(root, "bot", problems) {
        definition.bot = bot(table, problems);
    }
    definition.hours = table(root, "hours", problems).map(|table| hours(&table, problems));
    definition.fields = entries(root.get("fields"), problems, field);
    if let Some(table) = required_table(root, "start", problems) {
        definition.start = start(table, problems);
    }
    let steps = root.require("steps", problems);
    definition.steps = entries(steps, problems, step);
    definition.faqs = items(root.get("faq"), "[[faq]]", problems, settings::faq);
    if let Some(table) = table(root, "understanding", problems) {
        definition.understanding = settings::understanding(table, problems);
    }
    if let Some(table) = table(root, "products", problems) {
        definition.products = settings::products(table, problems);
    }
    if let Some(table) = table(root, "handoff", problems) {
        definition.handoff = settings::handoff(table, problems);
    }
    definition.leave_message =
        table(root, "leave_message", problems).map(|table| settings::leave_message(table, problems));
    if let Some(table) = table(root, "close", problems) {
        definition.close = settings::close(table, problems);
    }
    definition.tests = items(root.get("test"), "[[test]]", problems, settings::test);
    root.finish(problems);
    definition
}

pub(super) fn table<'t>(parent: &mut Table<'t>, key: &'static str, problems: &mut Problems) -> Option<Table<'t>> {
    parent.get(key).and_then(|node| node.table(problems))
}

fn required_table<'t>(parent: &mut Table<'t>, key: &'static str, problems: &mut Problems) -> Option<Table<'t>> {
    parent.require(key, problems).and_then(|node| node.table(problems))
}

/// The tables of a list written as `[[name]]`, in the file's order.
fn items<'t, T>(
    node: Option<Node<'t>>,
    name: &str,
    problems: &mut Problems,
    read: impl Fn(Table<'t>, &mut Problems) -> T,
) -> Vec<T> {
    let Some(node) = node else { return Vec::new() };
    if node.is_table() {
        let inner = name.trim_matches(['[', ']']);
        problems.lose("E01", &node.spot, format!("`[{inner}]` is one of a list; write it as `{name}`"));
        return Vec::new();
    }
    let mut list = Vec::new();
    for node in node.list(problems).unwrap_or_default() {
        if let Some(table) = node.table(problems) {
            list.push(read(table, problems));
        }
    }
    list
}

/// The tables of a table, each with its id, in the file's order.
fn entries<'t, T>(
    node: Option<Node<'t>>,
    problems: &mut Problems,
    read: impl Fn(String, Table<'t>, &mut Problems) -> T,
) -> Vec<T> {
    let Some(table) = node.and_then(|node| node.table(problems)) else { return Vec::new() };
    let mut list = Vec::new();
    for (id, node) in table.entries() {
        if let Some(table) = node.table(problems) {
            list.push(read(id.value, table, problems));
        }
    }
    list
}

pub(super) fn word(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Option<Word> {
    table.get(key).and_then(|node| node.word(problems))
}

pub(super) fn words(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Vec<Word> {
    table.get(key).map(|node| node.words(problems)).unwrap_or_default()
}

pub(super) fn text(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Option<Text> {
    table.get(key).and_then(|node| node.text(problems))
}

pub(super) fn integer(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Option<Spotted<i64>> {
    table.get(key).and_then(|node| node.integer(problems))
}

fn bot(mut table: Table<'_>, problems: &mut Problems) -> BotTable {
    let languages = table.require("languages", problems);
    let read = BotTable {
        spot: table.spot.clone(),
        name: table.require("name", problems).and_then(|node| node.text(problems)),
        languages_spot: languages.as_ref().map(|node| node.spot.clone()),
        languages: languages.map(|node| node.words(problems)).unwrap_or_default(),
        timezone: table.require("timezone", problems).and_then(|node| node.word(problems)),
        notice: text(&mut table, "notice", problems),
    };
    table.finish(problems);
    read
}

fn hours(table: &Table<'_>, problems: &mut Problems) -> HoursTable {
    let mut read = HoursTable::default();
    for (key, node) in table.entries() {
        match key.value.as_str() {
            "closed" => read.closed = node.words(problems),
            "special" => {
                if let Some(special) = node.table(problems) {
                    read.special =
                        special.entries().into_iter().map(|(date, node)| (date, node.words(problems))).collect();
                }
            }
            _ => read.days.push((key, node.words(problems))),
        }
    }
    read
}

fn field(id: String, mut table: Table<'_>, problems: &mut Problems) -> FieldTable {
    let read = FieldTable {
        id,
        spot: table.spot.clone(),
        kind: table.require("type", problems).and_then(|node| node.word(problems)),
        ask: table.require("ask", problems).and_then(|node| node.text(problems)),
        label: text(&mut table, "label", problems),
        error: text(&mut table, "error", problems),
        skip: text(&mut table, "skip", problems),
        max_chars: integer(&mut table, "max_chars", problems),
        min: integer(&mut table, "min", problems),
        max: integer(&mut table, "max", problems),
        autocomplete: word(&mut table, "autocomplete", problems),
        options: table.get("options").map(|node| options(node, problems)),
        pattern: word(&mut table, "pattern", problems),
    };
    table.finish(problems);
    read
}

fn options(node: Node<'_>, problems: &mut Problems) -> OptionsList {
    let spot = node.spot.clone();
    if node.is_table() {
        let mut list = OptionsList { spot, ..OptionsList::default() };
        if let Some(mut table) = node.table(problems) {
            list.attribute = table.require("attribute", problems).and_then(|node| node.word(problems));
            table.finish(problems);
        }
        list.unread = list.attribute.is_none();
        return list;
    }
    let items = node.list(problems);
    let count = items.as_ref().map(Vec::len);
    let labels: Vec<Text> = items.into_iter().flatten().filter_map(|item| item.text(problems)).collect();
    OptionsList { spot, unread: count != Some(labels.len()), labels, attribute: None }
}

fn start(mut table: Table<'_>, problems: &mut Problems) -> StartTable {
    let read = StartTable {
        goto: table.require("goto", problems).and_then(|node| node.word(problems)),
        form: words(&mut table, "form", problems),
    };
    table.finish(problems);
    read
}

fn step(id: String, mut table: Table<'_>, problems: &mut Problems) -> StepTable {
    let mut read = StepTable {
        id,
        spot: table.spot.clone(),
        collect: words(&mut table, "collect", problems),
        say: text(&mut table, "say", problems),
        goto: word(&mut table, "goto", problems),
        buttons: table.get("buttons").map(|node| buttons(node, problems)),
        products: self::table(&mut table, "products", problems).map(|table| step_products(table, problems)),
        unread: false,
    };
    read.unread |= read.goto.is_none() && table.has("goto");
    table.finish(problems);
    read
}

fn step_products(mut table: Table<'_>, problems: &mut Problems) -> StepProductsTable {
    let read = StepProductsTable {
        query: table.require("query", problems).and_then(|node| node.text(problems)),
        price_max: table.get("price_max").and_then(|node| node.number_or_word(problems)),
        in_stock: table.get("in_stock").and_then(|node| node.boolean(problems)),
        limit: integer(&mut table, "limit", problems),
    };
    table.finish(problems);
    read
}

pub(super) fn buttons(node: Node<'_>, problems: &mut Problems) -> ButtonsList {
    let spot = node.spot.clone();
    let items = node.list(problems);
    let mut list = ButtonsList { spot, buttons: Vec::new(), unread: items.is_none() };
    for item in items.into_iter().flatten() {
        match item.table(problems) {
            Some(table) => list.buttons.push(button(table, problems)),
            None => list.unread = true,
        }
    }
    list
}

/// The label of an FAQ's button is the FAQ's where none is written.
fn button(mut table: Table<'_>, problems: &mut Problems) -> ButtonTable {
    let label = if table.has("faq") { table.get("label") } else { table.require("label", problems) };
    let mut read = ButtonTable {
        spot: table.spot.clone(),
        label: label.and_then(|node| node.text(problems)),
        goto: word(&mut table, "goto", problems),
        faq: word(&mut table, "faq", problems),
        url: word(&mut table, "url", problems),
        unread: false,
    };
    let leads = [("goto", &read.goto), ("faq", &read.faq), ("url", &read.url)];
    read.unread = leads.into_iter().any(|(key, word)| word.is_none() && table.has(key));
    table.finish(problems);
    read
}
