//! Words to what is looked for. Typed text never meets a query parser: queries are
//! built word by word, so no text can mean anything but its words.

use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::IndexFault;
use super::document::{code_term, stem_mark, title_term};
use super::schema::{Fields, PREFIX_CHARS_MAX};
use crate::model::Gtin;
use crate::words::Word;

/// Codes looked for in one text.
const CODES_MAX: usize = 8;

/// One word of a question with what it is read as.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub readings: Vec<Reading>,
}

#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub stem: String,
    pub weight: f32,
}

impl Asked {
    pub fn plainly(word: &Word) -> Self {
        Self { readings: vec![Reading { stem: word.stem.clone(), weight: 1.0 }] }
    }
}

/// What a product must have while a text is being typed: one of these beginnings or stems.
#[derive(Debug, Clone, Default)]
pub(super) struct Needed(pub Vec<String>);

impl Needed {
    /// A finished word: its stem in a product's words, else a word that begins so.
    pub fn finished(searcher: &Searcher, fields: &Fields, word: &Word) -> Result<Self, IndexFault> {
        Self::first_known(searcher, fields, [stem_mark(&word.stem), beginning(&word.folded).to_owned()])
    }

    /// A word still being typed: a word that begins so, else its stem.
    pub fn begun(searcher: &Searcher, fields: &Fields, word: &Word) -> Result<Self, IndexFault> {
        Self::first_known(searcher, fields, [beginning(&word.folded).to_owned(), stem_mark(&word.stem)])
    }

    fn first_known(searcher: &Searcher, fields: &Fields, terms: [String; 2]) -> Result<Self, IndexFault> {
        for term in terms {
            if searcher.doc_freq(&Term::from_field_text(fields.prefixes, &term))? > 0 {
                return Ok(Self(vec![term]));
            }
        }
        Ok(Self::default())
    }

    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }
}

/// Products that have all that is needed.
pub(super) fn typed(fields: &Fields, needed: &[Needed]) -> Box<dyn Query> {
    let term = |text: &String| -> Box<dyn Query> {
        let term = Term::from_field_text(fields.prefixes, text);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    };
    let one_of = |needed: &Needed| -> Box<dyn Query> {
        match needed.0.as_slice() {
            [one] => term(one),
            several => Box::new(BooleanQuery::union(several.iter().map(term).collect())),
        }
    };
    match needed {
        [one] => one_of(one),
        several => Box::new(BooleanQuery::intersection(several.iter().map(one_of).collect())),
    }
}

/// The letters that type-ahead knows a word by.
pub(super) fn beginning(word: &str) -> &str {
    let end = word.char_indices().nth(PREFIX_CHARS_MAX).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

/// The names a text may hold: all of it as a code or a title, each part with a digit
/// or in capitals, and each part that is a GTIN.
pub(super) fn names(text: &str, words: &[Word]) -> Vec<String> {
    let mut names = vec![code_term(text), title_term(words)];
    for part in text.split_whitespace() {
        let part =
            part.trim_matches(|letter: char| matches!(letter, ',' | ';' | '?' | '!' | '.' | ':' | '(' | ')' | '"'));
        let has_digit = part.bytes().any(|byte| byte.is_ascii_digit());
        let is_capital = part.contains(['-', '_', '/']) && !part.contains(char::is_lowercase);
        if (has_digit || is_capital) && part.len() >= 3 && names.len() < CODES_MAX {
            names.push(code_term(part));
        }
    }
    names.extend(Gtin::new(text).map(|gtin| gtin.canonical()));
    for part in text.split_whitespace().filter(|part| part.len() >= 8).take(CODES_MAX) {
        names.extend(Gtin::new(part).map(|gtin| gtin.canonical()));
    }
    names.sort_unstable();
    names.dedup();
    names
}
