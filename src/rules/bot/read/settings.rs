//! The tables of format 1, key by key: FAQs, the settings blocks and tests.

use super::super::definition::{
    CloseTable, FaqTable, HandoffTable, LeaveMessageTable, ProductsTable, SatisfactionTable, TestTable,
    UnderstandingTable,
};
use super::super::problem::Problems;
use super::node::Table;
use super::tables::{buttons, integer, text, word, words};

pub(super) fn faq(mut table: Table<'_>, problems: &mut Problems) -> FaqTable {
    let read = FaqTable {
        spot: table.spot.clone(),
        id: table.require("id", problems).and_then(|node| node.word(problems)),
        label: text(&mut table, "label", problems),
        questions: table.require("questions", problems).and_then(|node| node.texts(problems)),
        answer: table.require("answer", problems).and_then(|node| node.text(problems)),
        buttons: table.get("buttons").map(|node| buttons(node, problems)),
    };
    table.finish(problems);
    read
}

pub(super) fn understanding(mut table: Table<'_>, problems: &mut Problems) -> UnderstandingTable {
    let read = UnderstandingTable {
        answer_above: table.get("answer_above").and_then(|node| node.number(problems)),
        suggest_above: table.get("suggest_above").and_then(|node| node.number(problems)),
        suggest: text(&mut table, "suggest", problems),
        none_of_these: text(&mut table, "none_of_these", problems),
        unknown: text(&mut table, "unknown", problems),
        hello: text(&mut table, "hello", problems),
        thanks: text(&mut table, "thanks", problems),
        file: text(&mut table, "file", problems),
    };
    table.finish(problems);
    read
}

pub(super) fn products(mut table: Table<'_>, problems: &mut Problems) -> ProductsTable {
    let read = ProductsTable {
        spot: table.spot.clone(),
        enabled: table.get("enabled").and_then(|node| node.boolean(problems)),
        ask: text(&mut table, "ask", problems),
        none: text(&mut table, "none", problems),
        again: text(&mut table, "again", problems),
        limit: integer(&mut table, "limit", problems),
    };
    table.finish(problems);
    read
}

pub(super) fn handoff(mut table: Table<'_>, problems: &mut Problems) -> HandoffTable {
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

pub(super) fn leave_message(mut table: Table<'_>, problems: &mut Problems) -> LeaveMessageTable {
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

pub(super) fn close(mut table: Table<'_>, problems: &mut Problems) -> CloseTable {
    let read = CloseTable {
        next_to: word(&mut table, "next_to", problems),
        satisfaction: super::tables::table(&mut table, "satisfaction", problems)
            .map(|table| satisfaction(table, problems)),
    };
    table.finish(problems);
    read
}

fn satisfaction(mut table: Table<'_>, problems: &mut Problems) -> SatisfactionTable {
    let read = SatisfactionTable {
        ask: table.require("ask", problems).and_then(|node| node.text(problems)),
        scale: table.require("scale", problems).and_then(|node| node.word(problems)),
        comment: table.get("comment").and_then(|node| node.boolean(problems)),
    };
    table.finish(problems);
    read
}

pub(super) fn test(mut table: Table<'_>, problems: &mut Problems) -> TestTable {
    let mut read = TestTable { spot: table.spot.clone(), ..TestTable::default() };
    // One text, or the turns of a talk.
    if let Some(node) = table.require("say", problems) {
        let count = problems.count();
        read.say = if node.is_list() { node.words(problems) } else { node.word(problems).into_iter().collect() };
        read.unread = problems.count() > count;
    } else {
        read.unread = true;
    }
    read.expect = table.require("expect", problems).and_then(|node| node.word(problems));
    read.lang = word(&mut table, "lang", problems);
    read.at = word(&mut table, "at", problems);
    read.agents = integer(&mut table, "agents", problems);
    table.finish(problems);
    read
}
