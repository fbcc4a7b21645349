//! The tables of format 1, key by key.

use super::super::definition::{
    BotTable, ButtonTable, ButtonsList, Definition, FieldTable, HandoffTable, HoursTable, LeaveMessageTable,
    OptionsList, StartTable, StepTable, Text, UnderstandingTable, Word,
};
use super::super::problem::{Problems, Spotted};
use super::node::{Node, Table};

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
    if let Some(table) = table(root, "understanding", problems) {
        definition.understanding = understanding(table, problems);
    }
    if let Some(table) = table(root, "handoff", problems) {
        definition.handoff = handoff(table, problems);
    }
    definition.leave_message = table(root, "leave_message", problems).map(|table| leave_message(table, problems));
    if let Some(mut table) = table(root, "close", problems) {
        definition.next_to = word(&mut table, "next_to", problems);
        later(&mut table, "satisfaction", "E19", "ratings come", problems);
        table.finish(problems);
    }
    later(root, "faq", "E19", "answers to frequent questions come", problems);
    later(root, "products", "E19", "product search by the bot comes", problems);
    later(root, "test", "W19", "tests of a definition come", problems);
    root.finish(problems);
    definition
}

/// A key of the format that this release does not read: said, never pretended.
fn later(table: &mut Table<'_>, key: &'static str, code: &'static str, what: &str, problems: &mut Problems) -> bool {
    let Some(node) = table.get(key) else { return false };
    let effect = if code.starts_with('E') { "remove it to publish" } else { "it has no effect yet" };
    problems.add(code, &node.spot, format!("`{key}` is not read by this release: {what} with a later one; {effect}"));
    true
}

fn table<'t>(parent: &mut Table<'t>, key: &'static str, problems: &mut Problems) -> Option<Table<'t>> {
    parent.get(key).and_then(|node| node.table(problems))
}

fn required_table<'t>(parent: &mut Table<'t>, key: &'static str, problems: &mut Problems) -> Option<Table<'t>> {
    parent.require(key, problems).and_then(|node| node.table(problems))
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

fn word(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Option<Word> {
    table.get(key).and_then(|node| node.word(problems))
}

fn words(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Vec<Word> {
    table.get(key).map(|node| node.words(problems)).unwrap_or_default()
}

fn text(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Option<Text> {
    table.get(key).and_then(|node| node.text(problems))
}

fn integer(table: &mut Table<'_>, key: &'static str, problems: &mut Problems) -> Option<Spotted<i64>> {
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
        let message = "options from a catalog attribute are not read by this release; list them as `[\"…\", \"…\"]`";
        problems.add("E19", &spot, message);
        return OptionsList { spot, labels: Vec::new(), unread: true };
    }
    let items = node.list(problems);
    let count = items.as_ref().map(Vec::len);
    let labels: Vec<Text> = items.into_iter().flatten().filter_map(|item| item.text(problems)).collect();
    OptionsList { spot, unread: count != Some(labels.len()), labels }
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
        unread: later(&mut table, "products", "E19", "products shown by a step come", problems),
    };
    read.unread |= read.goto.is_none() && table.has("goto");
    table.finish(problems);
    read
}

fn buttons(node: Node<'_>, problems: &mut Problems) -> ButtonsList {
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

fn button(mut table: Table<'_>, problems: &mut Problems) -> ButtonTable {
    let unread = later(&mut table, "faq", "E19", "answers to frequent questions come", problems);
    let label = if unread { table.get("label") } else { table.require("label", problems) };
    let mut read = ButtonTable {
        spot: table.spot.clone(),
        label: label.and_then(|node| node.text(problems)),
        goto: word(&mut table, "goto", problems),
        url: word(&mut table, "url", problems),
        unread,
    };
    read.unread |= (read.goto.is_none() && table.has("goto")) || (read.url.is_none() && table.has("url"));
    table.finish(problems);
    read
}

fn understanding(mut table: Table<'_>, problems: &mut Problems) -> UnderstandingTable {
    for key in ["answer_above", "suggest_above", "suggest", "none_of_these"] {
        later(&mut table, key, "W19", "answers to frequent questions come", problems);
    }
    let read = UnderstandingTable {
        unknown: text(&mut table, "unknown", problems),
        hello: text(&mut table, "hello", problems),
        thanks: text(&mut table, "thanks", problems),
        file: text(&mut table, "file", problems),
    };
    table.finish(problems);
    read
}

fn handoff(mut table: Table<'_>, problems: &mut Problems) -> HandoffTable {
    let read = HandoffTable {
        spot: table.spot.clone(),
        label: text(&mut table, "label", problems),
        keywords: table.get("keywords").and_then(|node| node.texts(problems)),
        ask_before: words(&mut table, "ask_before", problems),
        after_unknown: integer(&mut table, "after_unknown", problems),
        offer: text(&mut table, "offer", problems),
        needs: word(&mut table, "needs", problems),
        when_nobody: word(&mut table, "when_nobody", problems),
        waiting: text(&mut table, "waiting", problems),
        wait_seconds: integer(&mut table, "wait_seconds", problems),
        still_waiting: text(&mut table, "still_waiting", problems),
        on_wait_too_long: word(&mut table, "on_wait_too_long", problems),
    };
    table.finish(problems);
    read
}

fn leave_message(mut table: Table<'_>, problems: &mut Problems) -> LeaveMessageTable {
    let read = LeaveMessageTable {
        spot: table.spot.clone(),
        label: text(&mut table, "label", problems),
        say: text(&mut table, "say", problems),
        collect: table.require("collect", problems).map(|node| node.words(problems)),
        done: text(&mut table, "done", problems),
    };
    table.finish(problems);
    read
}
