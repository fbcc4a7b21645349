//! Words to queries. Typed text never meets a query parser: queries are built
//! word by word, so no text can mean anything but its words.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::document::{code_term, title_term};
use super::schema::{Fields, PREFIX_CHARS_MAX};
use crate::model::Gtin;
use crate::words::Word;

/// How much of a worse field counts beside the best one.
const TIE: f32 = 0.1;
/// Added for each word that is found at all: products with more of the words win.
const COORDINATION: f32 = 16.0;
/// The same where a word stands in the description only.
const COORDINATION_DESCRIPTION: f32 = 8.0;
/// A code or a whole title outweighs any sum of words.
pub(super) const EXACT: f32 = 10_000.0;
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

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn any(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries))
}

fn all(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(queries))
}

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

/// Products that hold any of the words; the more and the better placed, the higher.
pub(super) fn ranked(fields: &Fields, asked: &[Asked]) -> Box<dyn Query> {
    any(asked.iter().map(|word| readings(fields, word)).collect())
}

fn readings(fields: &Fields, asked: &Asked) -> Box<dyn Query> {
    let mut queries = asked.readings.iter().map(|reading| -> Box<dyn Query> {
        let query = word(fields, &reading.stem);
        if (reading.weight - 1.0).abs() < f32::EPSILON {
            query
        } else {
            Box::new(BoostQuery::new(query, reading.weight))
        }
    });
    match (queries.next(), queries.next()) {
        (Some(one), None) => one,
        (first, second) => {
            let all = first.into_iter().chain(second).chain(queries).collect();
            Box::new(DisjunctionMaxQuery::new(all))
        }
    }
}

/// The best field counts, by BM25 and the field's weight, plus a constant for being there.
fn word(fields: &Fields, stem: &str) -> Box<dyn Query> {
    let places = [
        (fields.title, 3.0),
        (fields.class, 3.0),
        (fields.attributes, 2.0),
        (fields.brand, 2.0),
        (fields.path, 1.0),
        (fields.description, 0.5),
    ];
    let scored =
        places.map(|(field, weight)| -> Box<dyn Query> { Box::new(BoostQuery::new(term(field, stem), weight)) });
    let best: Box<dyn Query> = Box::new(DisjunctionMaxQuery::with_tie_breaker(scored.into(), TIE));
    let prominent = [fields.title, fields.class, fields.attributes, fields.brand, fields.path];
    let prominent = prominent.map(|field| term(field, stem));
    any(vec![
        best,
        constant(any(prominent.into()), COORDINATION),
        constant(term(fields.description, stem), COORDINATION_DESCRIPTION),
    ])
}

/// Products whose words begin as typed: every finished word, and the last as a beginning.
pub(super) fn type_ahead(fields: &Fields, finished: &[Word], last: Option<&Word>) -> Box<dyn Query> {
    let mut needed: Vec<Box<dyn Query>> = finished
        .iter()
        .map(|word| {
            let places = [fields.title, fields.class, fields.attributes, fields.brand, fields.path];
            let mut places: Vec<_> = places.iter().map(|field| term(*field, &word.stem)).collect();
            places.push(term(fields.prefixes, prefix(&word.folded)));
            constant(any(places), 1.0)
        })
        .collect();
    needed.extend(last.map(|word| constant(term(fields.prefixes, prefix(&word.folded)), 1.0)));
    let asked: Vec<Asked> = finished.iter().chain(last).map(Asked::plainly).collect();
    let both = vec![(Occur::Must, all(needed)), (Occur::Should, ranked(fields, &asked))];
    Box::new(BooleanQuery::new(both))
}

fn prefix(word: &str) -> &str {
    let end = word.char_indices().nth(PREFIX_CHARS_MAX).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

/// Products that the text names: by a code in it, or by its whole title.
pub(super) fn named(fields: &Fields, names: &[String]) -> Box<dyn Query> {
    let named = names.iter().map(|name| term(fields.exact, name)).collect();
    constant(any(named), EXACT)
}

/// The names a text may hold: all of it as a code or a title, and each part with a digit.
pub(super) fn names(text: &str, words: &[Word]) -> Vec<String> {
    let mut names = vec![code_term(text), title_term(words)];
    for part in text.split_whitespace() {
        let part =
            part.trim_matches(|letter: char| matches!(letter, ',' | ';' | '?' | '!' | '.' | ':' | '(' | ')' | '"'));
        let has_digit = part.bytes().any(|byte| byte.is_ascii_digit());
        if has_digit && part.len() >= 3 && names.len() < CODES_MAX {
            names.push(code_term(part));
        }
    }
    names.extend(Gtin::new(text).map(|gtin| gtin.canonical()));
    for part in text.split_whitespace().filter(|part| part.len() >= 8).take(CODES_MAX) {
        names.extend(Gtin::new(part).map(|gtin| gtin.canonical()));
    }
    names
}

impl Asked {
    pub fn plainly(word: &Word) -> Self {
        Self { readings: vec![Reading { stem: word.stem.clone(), weight: 1.0 }] }
    }
}
