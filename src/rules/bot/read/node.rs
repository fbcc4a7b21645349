//! A value of the file with its line and pointer, read as the type that is expected.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::definition::{Text, Texts, Word};
use super::super::problem::{Problems, Spot, Spotted, did_you_mean, shown};

/// Where lines begin, to tell one from a byte.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    pub fn line(&self, byte: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= byte)).unwrap_or(u32::MAX)
    }

    /// Both from 1; columns count characters.
    pub fn line_and_column(&self, byte: usize) -> (u32, usize) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or_default();
        (u32::try_from(line).unwrap_or(u32::MAX), before.chars().count() + 1)
    }
}

/// A value to be read as something.
#[derive(Clone)]
pub struct Node<'t> {
    value: &'t DeValue<'t>,
    pub spot: Spot,
    lines: &'t Lines<'t>,
}

/// A table whose keys are asked for one by one; the others are unknown.
pub struct Table<'t> {
    table: &'t DeTable<'t>,
    pub spot: Spot,
    lines: &'t Lines<'t>,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub fn new(table: &'t DeTable<'t>, spot: Spot, lines: &'t Lines<'t>) -> Self {
        Self { table, spot, lines, asked: Vec::new() }
    }

    /// The value of a key; from now on the key is a known one.
    pub fn get(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.asked.push(key);
        let (written, value) = self.table.get_key_value(key)?;
        Some(self.node(key, written.span(), value))
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// As [`Self::get`]; absence is a problem.
    pub fn require(&mut self, key: &'static str, problems: &mut Problems) -> Option<Node<'t>> {
        let node = self.get(key);
        if node.is_none() {
            let of = self.named();
            let spot = Spot { line: self.spot.line, pointer: format!("{}/{key}", self.spot.pointer) };
            problems.add("E01", &spot, format!("{of} has no `{key}`; write it"));
        }
        node
    }

    /// What a message calls this table.
    fn named(&self) -> String {
        let path = self.spot.pointer.trim_start_matches('/').replace('/', ".");
        match path.split_once('.') {
            None if path.is_empty() => "the file".to_owned(),
            Some((list @ ("faq" | "test"), place)) if !place.contains('.') => format!("this `[[{list}]]`"),
            None | Some(_) => format!("`{path}`"),
        }
    }

    /// Every key with its value, in the file's order.
    pub fn entries(&self) -> Vec<(Spotted<String>, Node<'t>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| {
                let node = self.node(key.get_ref(), key.span(), value);
                (Spotted { value: key.get_ref().to_string(), spot: node.spot.clone() }, node)
            })
            .collect()
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(&self, problems: &mut Problems) {
        for (key, node) in self.entries() {
            if !self.asked.iter().any(|asked| *asked == key.value) {
                let mean = did_you_mean(&key.value, self.asked.iter().copied());
                let remedy = if mean.is_empty() { "; remove it".to_owned() } else { mean };
                problems.lose("E01", &node.spot, format!("unknown key {}{remedy}", shown(&key.value)));
            }
        }
    }

    fn node(&self, key: &str, written: Range<usize>, value: &'t Spanned<DeValue<'t>>) -> Node<'t> {
        // `~` and `/` are escaped as in RFC 6901.
        let name = key.replace('~', "~0").replace('/', "~1");
        let spot = Spot { line: self.lines.line(written.start), pointer: format!("{}/{name}", self.spot.pointer) };
        Node { value: value.get_ref(), spot, lines: self.lines }
    }
}

impl<'t> Node<'t> {
    fn wrong(&self, expected: &str, problems: &mut Problems) {
        let read = match self.value {
            DeValue::String(text) => format!("the text {}", shown(text)),
            DeValue::Integer(number) => format!("the number {}", shown(number.as_str())),
            DeValue::Float(number) => format!("the number {}", shown(number.as_str())),
            DeValue::Boolean(value) => format!("`{value}`"),
            DeValue::Datetime(_) => "a date without quotes".to_owned(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        problems.lose("E01", &self.spot, format!("expected {expected}, read {read}"));
    }

    pub fn is_table(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    pub fn is_list(&self) -> bool {
        matches!(self.value, DeValue::Array(_))
    }

    pub fn word(self, problems: &mut Problems) -> Option<Word> {
        match self.value {
            DeValue::String(text) => Some(Spotted { value: text.to_string(), spot: self.spot }),
            _ => {
                self.wrong("a text in quotes", problems);
                None
            }
        }
    }

    pub fn integer(self, problems: &mut Problems) -> Option<Spotted<i64>> {
        let read = match self.value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if read.is_none() {
            self.wrong("a whole number", problems);
        }
        read.map(|value| Spotted { value, spot: self.spot })
    }

    pub fn boolean(self, problems: &mut Problems) -> Option<Spotted<bool>> {
        match self.value {
            DeValue::Boolean(value) => Some(Spotted { value: *value, spot: self.spot }),
            _ => {
                self.wrong("`true` or `false`", problems);
                None
            }
        }
    }

    /// A number with or without decimals.
    pub fn number(self, problems: &mut Problems) -> Option<Spotted<f64>> {
        let read = match self.value {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let read = read.filter(|number: &f64| number.is_finite());
        if read.is_none() {
            self.wrong("a number such as `0.3`", problems);
        }
        read.map(|value| Spotted { value, spot: self.spot })
    }

    /// A whole number or a text, as text.
    pub fn number_or_word(self, problems: &mut Problems) -> Option<Word> {
        match self.value {
            DeValue::Integer(_) => {
                let number = self.integer(problems)?;
                Some(Spotted { value: number.value.to_string(), spot: number.spot })
            }
            DeValue::String(text) => Some(Spotted { value: text.to_string(), spot: self.spot }),
            _ => {
                self.wrong("a whole number, or a number field as `\"{{field}}\"`", problems);
                None
            }
        }
    }

    pub fn table(self, problems: &mut Problems) -> Option<Table<'t>> {
        match self.value {
            DeValue::Table(table) => Some(Table::new(table, self.spot, self.lines)),
            _ => {
                self.wrong("a table", problems);
                None
            }
        }
    }

    pub fn list(self, problems: &mut Problems) -> Option<Vec<Self>> {
        let DeValue::Array(array) = self.value else {
            self.wrong("a list in `[ ]`", problems);
            return None;
        };
        let item = |(at, value): (usize, &'t Spanned<DeValue<'t>>)| {
            let line = self.lines.line(value.span().start);
            let spot = Spot { line, pointer: format!("{}/{at}", self.spot.pointer) };
            Node { value: value.get_ref(), spot, lines: self.lines }
        };
        Some(array.iter().enumerate().map(item).collect())
    }

    pub fn words(self, problems: &mut Problems) -> Vec<Word> {
        let items = self.list(problems).unwrap_or_default();
        items.into_iter().filter_map(|item| item.word(problems)).collect()
    }

    /// A text, or one text per language.
    pub fn text(self, problems: &mut Problems) -> Option<Text> {
        match self.value {
            DeValue::String(text) => {
                Some(Text { spot: self.spot, plain: Some(text.to_string()), by_language: BTreeMap::new() })
            }
            DeValue::Table(table) => {
                let table = Table::new(table, self.spot.clone(), self.lines);
                let by_language = table
                    .entries()
                    .into_iter()
                    .filter_map(|(lang, node)| Some((lang.value, node.word(problems)?)))
                    .collect();
                Some(Text { spot: self.spot, plain: None, by_language })
            }
            _ => {
                self.wrong("a text, or one text per language", problems);
                None
            }
        }
    }

    /// A list of texts, or one list per language.
    pub fn texts(self, problems: &mut Problems) -> Option<Texts> {
        match self.value {
            DeValue::Array(_) => {
                let spot = self.spot.clone();
                Some(Texts { spot, plain: Some(self.words(problems)), by_language: BTreeMap::new() })
            }
            DeValue::Table(table) => {
                let table = Table::new(table, self.spot.clone(), self.lines);
                let lists = table.entries().into_iter().map(|(lang, node)| (lang.value, node.words(problems)));
                let by_language = lists.collect();
                Some(Texts { spot: self.spot, plain: None, by_language })
            }
            _ => {
                self.wrong("a list of texts, or one list per language", problems);
                None
            }
        }
    }
}
