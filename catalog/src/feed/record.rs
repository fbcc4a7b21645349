//! One row of a feed: its cells, and where it stands.

/// What a cell of a formula begins with, and what spreadsheets skip before one (OWASP, CSV
/// injection); whoever writes a CSV puts a `'` before it, and it is taken off again here.
pub const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0'];

/// One record and where it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// The file's line on which it starts, from 1.
    pub line: u64,
    /// Which of the feed's files it is of, from 0.
    pub source: u8,
    pub text: String,
    /// Where each field ends in `text`.
    pub ends: Vec<usize>,
}

impl Record {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field without the spaces around it and the `'` that keeps a spreadsheet from
    /// running it; empty when the record is too short.
    pub fn get(&self, column: usize) -> &str {
        let Some(&end) = self.ends.get(column) else { return "" };
        let start = match column.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let field = self.text.get(start..end).unwrap_or_default();
        // Nearly all begin and end so that nothing is to be taken off.
        let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| byte.is_ascii_graphic() && *byte != b'\'');
        if is_plain(field.as_bytes().first()) && is_plain(field.as_bytes().last()) {
            return field;
        }
        let field = field.trim();
        match field.strip_prefix('\'') {
            Some(rest) if rest.starts_with(FORMULA_SIGNS) => rest.trim(),
            _ => field,
        }
    }

    /// A record of these fields.
    pub fn of<T: AsRef<str>>(line: u64, fields: impl IntoIterator<Item = T>) -> Self {
        let mut record = Self { line, ..Self::default() };
        for field in fields {
            record.text.push_str(field.as_ref());
            record.ends.push(record.text.len());
        }
        record
    }

    /// All fields, without the spaces around them.
    pub fn fields(&self) -> Vec<&str> {
        (0..self.len()).map(|column| self.get(column)).collect()
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
