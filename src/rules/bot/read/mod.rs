//! From the text of a file to a [`Definition`]: structure only.
//!
//! The tree is walked by hand, not through serde, so that every key that is
//! unknown, missing or of the wrong type is reported in one pass, with its line.
//! What the values mean is judged in [`super::check`]. Pointers here are the TOML's;
//! [`in_structure`] turns them into those of the structure that the editor holds.

mod node;
mod pointer;
mod settings;
mod tables;

use toml::de::DeTable;

use super::definition::Definition;
use super::problem::{Problems, Spot};
use node::{Lines, Table};
pub(super) use pointer::in_structure;

/// A definition's file, in bytes.
pub const DEFINITION_BYTES_MAX: usize = 512 * 1024;
/// Problems of syntax worth telling at once: one slip makes others.
const SYNTAX_PROBLEMS_MAX: usize = 3;

/// Reads what can be read; whatever cannot is among the problems.
pub(super) fn read(text: &str, problems: &mut Problems) -> Option<Definition> {
    if text.len() > DEFINITION_BYTES_MAX {
        let message = format!("the file has {} bytes; keep it within {DEFINITION_BYTES_MAX} (512 KiB)", text.len());
        problems.add("E12", &Spot { line: 1, pointer: String::new() }, message);
        return None;
    }
    let lines = Lines::of(text);
    let (root, faults) = DeTable::parse_recoverable(text);
    for fault in faults.iter().take(SYNTAX_PROBLEMS_MAX) {
        let (line, column) = lines.line_and_column(fault.span().map_or(0, |span| span.start));
        let said = fault.message().lines().collect::<Vec<_>>().join(", ");
        problems.add("E01", &Spot { line, pointer: String::new() }, format!("column {column}: {said}"));
    }
    if !faults.is_empty() {
        return None;
    }
    let spot = Spot { line: 1, pointer: String::new() };
    let mut table = Table::new(root.get_ref(), spot, &lines);
    tables::is_ours(&mut table, problems).then(|| tables::definition(&mut table, problems))
}
