//! A column's words to the values that a mapping gives them.
//!
//! Done on the rows before they are assembled, so that availability, options,
//! attributes and numbers alike are read from what the merchant meant.

use std::borrow::Cow;
use std::collections::HashMap;

use super::dialect::Meaning as M;
use super::header::normal;
use super::layout::Layout;
use super::mapping::Mapping;
use super::mapping_fault::MappingFault;
use super::record::Record;
use crate::words::fold;

/// Between several values in one cell of an attribute: a sign that no feed writes.
pub(super) const MAPPED_VALUES: char = '\u{1f}';
/// What people write between the values of one cell.
const LIST_SIGNS: [char; 5] = [',', ';', '|', '\n', MAPPED_VALUES];

/// The value maps of a mapping, by column.
#[derive(Debug, Default)]
pub(super) struct Worded {
    columns: Vec<WordedColumn>,
}

#[derive(Debug)]
struct WordedColumn {
    at: usize,
    /// Between several values; nothing where a cell holds one.
    joined_by: Option<&'static str>,
    /// Folded words to what is read instead.
    words: HashMap<String, Vec<String>>,
}

impl Worded {
    pub fn of(mapping: Option<&Mapping>, layout: &Layout) -> Result<Self, MappingFault> {
        let mut columns: Vec<WordedColumn> = Vec::new();
        for value in mapping.into_iter().flat_map(|mapping| &mapping.values) {
            let wanted = normal(&value.column);
            let mut found = false;
            for (at, column) in layout.columns.iter().enumerate().filter(|(_, column)| normal(&column.name) == wanted) {
                found = true;
                let joined_by = match column.meaning {
                    M::Attribute => Some("\u{1f}"),
                    M::Tags => Some(","),
                    _ => None,
                };
                let (column, from) = (value.column.clone(), value.from.clone());
                if value.to.len() > 1 && joined_by.is_none() {
                    return Err(MappingFault::ManyValues { column, from });
                }
                let place = columns.iter().position(|known| known.at == at).unwrap_or_else(|| {
                    columns.push(WordedColumn { at, joined_by, words: HashMap::new() });
                    columns.len() - 1
                });
                let known =
                    columns.get_mut(place).and_then(|known| known.words.insert(folded(&from), value.to.clone()));
                if known.is_some() {
                    return Err(MappingFault::ValueTwice { column, from });
                }
            }
            if !found {
                return Err(MappingFault::NoSuchColumn { column: value.column.clone() });
            }
        }
        Ok(Self { columns })
    }

    /// The rows with their words exchanged.
    pub fn apply<'r>(&self, rows: &'r [Record]) -> Cow<'r, [Record]> {
        if self.columns.is_empty() {
            return Cow::Borrowed(rows);
        }
        Cow::Owned(rows.iter().map(|row| self.reworded(row)).collect())
    }

    fn reworded(&self, row: &Record) -> Record {
        let cells = row.fields().into_iter().enumerate().map(|(at, cell)| {
            let column = self.columns.iter().find(|column| column.at == at);
            column.and_then(|column| column.instead_of(cell)).map_or(Cow::Borrowed(cell), Cow::Owned)
        });
        Record { source: row.source, ..Record::of(row.line, cells) }
    }
}

impl WordedColumn {
    /// What is read instead of a cell; nothing when none of its words is mapped.
    fn instead_of(&self, cell: &str) -> Option<String> {
        let sign = self.joined_by.unwrap_or_default();
        if let Some(values) = self.words.get(&folded(cell)) {
            return Some(values.join(sign));
        }
        self.joined_by?;
        let words: Vec<&str> = words_of(cell).collect();
        if words.len() < 2 || !words.iter().any(|word| self.words.contains_key(&folded(word))) {
            return None;
        }
        let mut values: Vec<&str> = Vec::new();
        for word in words {
            match self.words.get(&folded(word)) {
                Some(mapped) => values.extend(mapped.iter().map(String::as_str)),
                None => values.push(word),
            }
        }
        Some(values.join(sign))
    }
}

/// The values that stand in one cell beside each other.
pub(super) fn words_of(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(LIST_SIGNS).map(str::trim).filter(|word| !word.is_empty())
}

/// Values are compared without case, accents and doubled spaces.
pub(super) fn folded(value: &str) -> String {
    fold(value).split_whitespace().collect::<Vec<_>>().join(" ")
}
