//! TOML 1.0 line by line: what a key's value looks like, and strings of any character.

use std::fmt::Display;

use crate::protocol::definition::{WordLists, Words};

/// From so many characters on a line is broken where TOML allows it.
const LINE_CHARS_MAX: usize = 100;

/// The text being written.
pub struct Page<'d> {
    /// The default first.
    languages: &'d [String],
    text: String,
}

impl<'d> Page<'d> {
    pub fn of(languages: &'d [String]) -> Self {
        Self { languages, text: String::new() }
    }

    pub fn finish(self) -> String {
        self.text
    }

    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub fn table(&mut self, name: &str) {
        self.line(&format!("\n[{name}]"));
    }

    /// One more of a list of tables.
    pub fn item(&mut self, name: &str) {
        self.line(&format!("\n[[{name}]]"));
    }

    /// A text that is no text for visitors: ids, codes, addresses. Nothing when absent or empty.
    pub fn text_of(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.line(&format!("{key} = {}", quoted(value)));
        }
    }

    pub fn number(&mut self, key: &str, number: Option<impl Display>) {
        if let Some(number) = number {
            self.line(&format!("{key} = {number}"));
        }
    }

    pub fn decimal(&mut self, key: &str, number: Option<f64>) {
        // Its debug form always has a point or an exponent, as TOML wants.
        if let Some(number) = number.filter(|number| number.is_finite()) {
            self.line(&format!("{key} = {number:?}"));
        }
    }

    /// A list of ids or codes; nothing when empty.
    pub fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let items: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            self.items(key, &items);
        }
    }

    /// Values in one line where they fit, else one a line.
    pub fn items(&mut self, key: &str, items: &[String]) {
        let line = format!("{key} = [{}]", items.join(", "));
        if line.chars().count() <= LINE_CHARS_MAX {
            self.line(&line);
        } else {
            self.lines(key, items);
        }
    }

    /// Values one a line.
    pub fn lines(&mut self, key: &str, items: &[String]) {
        self.line(&format!("{key} = ["));
        for item in items {
            self.line(&format!("  {item},"));
        }
        self.line("]");
    }

    /// A text: plain where only the default language has one; a line a language where one line is too long.
    pub fn words(&mut self, key: &str, words: &Words) {
        let written = self.in_order(words.iter().filter(|(_, said)| !said.is_empty()));
        if written.is_empty() {
            return;
        }
        let line = format!("{key} = {}", self.words_inline(words));
        let is_plain = self.is_plain(written.iter().map(|(code, _)| *code));
        if is_plain || line.chars().count() <= LINE_CHARS_MAX {
            self.line(&line);
            return;
        }
        let lines: Vec<String> =
            written.into_iter().map(|(code, said)| format!("{key}.{} = {}", bare(code), quoted(said))).collect();
        for line in lines {
            self.line(&line);
        }
    }

    /// As [`Self::words`], as a value inside of another one; an empty text as an empty string.
    pub fn words_inline(&self, words: &Words) -> String {
        let written = self.in_order(words.iter().filter(|(_, said)| !said.is_empty()));
        match written.as_slice() {
            [] => quoted(""),
            [(code, said)] if self.is_plain(std::iter::once(*code)) => quoted(said),
            all => {
                let parts: Vec<String> =
                    all.iter().map(|(code, said)| format!("{} = {}", bare(code), quoted(said))).collect();
                format!("{{ {} }}", parts.join(", "))
            }
        }
    }

    /// Texts by language; a line a text.
    pub fn word_lists(&mut self, key: &str, lists: &WordLists) {
        let written = self.in_order(lists.iter());
        let is_plain = self.is_plain(written.iter().map(|(code, _)| *code));
        let lists: Vec<(String, Vec<String>)> = written
            .into_iter()
            .map(|(code, list)| {
                let key = if is_plain { key.to_owned() } else { format!("{key}.{}", bare(code)) };
                (key, list.iter().map(|said| quoted(said)).collect())
            })
            .collect();
        for (key, items) in lists {
            self.items(&key, &items);
        }
    }

    fn default(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    fn is_plain<'c>(&self, mut codes: impl Iterator<Item = &'c String>) -> bool {
        codes.next().is_some_and(|code| code == self.default()) && codes.next().is_none()
    }

    /// The bot's languages in their order, then whatever else is there.
    fn in_order<'w, T>(&self, written: impl Iterator<Item = (&'w String, T)>) -> Vec<(&'w String, T)> {
        let place = |code: &String| self.languages.iter().position(|other| other == code).unwrap_or(usize::MAX);
        let mut written: Vec<_> = written.collect();
        written.sort_by_key(|(code, _)| place(code));
        written
    }
}

pub fn inline(values: &[String]) -> String {
    format!("[{}]", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "))
}

/// A key as it may stand: bare where TOML allows it, else in quotes.
pub fn bare(key: &str) -> String {
    let is_bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_bare { key.to_owned() } else { quoted(key) }
}

/// A string that is full of backslashes, such as a pattern: literal where it can be.
pub fn string(text: &str) -> String {
    let is_literal = text.contains('\\') && !text.contains('\'') && !text.chars().any(is_escaped);
    if is_literal { format!("'{text}'") } else { quoted(text) }
}

/// A basic string: every character that TOML does not take as it is, escaped.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_escaped(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Control characters, and those that would turn or hide what a reader of the file sees.
fn is_escaped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
