//! Words that the catalog does not know, read as words that it does.
//!
//! `FuzzyTermQuery` scores every match alike, so it is not used to rank: its
//! automaton finds words in the dictionary, and those are searched instead.

use std::time::Instant;

use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term};

use super::IndexFault;
use super::schema::Fields;
use crate::words::Word;

/// Shorter words have too many neighbours.
const LETTERS_MIN: usize = 4;
/// From so many letters on, two errors are forgiven.
const LONG_LETTERS_MIN: usize = 8;
/// What the best guesses are worth beside a word typed right.
const WEIGHTS: [f32; 3] = [0.9, 0.5, 0.5];
const CANDIDATES_MAX: usize = 2_000;

/// A word that a typed one may have meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    pub folded: String,
    pub weight: f32,
}

/// What an unknown word may have meant, best first; nothing for a word that is
/// short, or a code.
pub(super) fn guesses(
    searcher: &Searcher,
    fields: &Fields,
    word: &Word,
    deadline: Option<Instant>,
) -> Result<Vec<Guess>, IndexFault> {
    let letters = word.folded.chars().count();
    let is_code = word.folded.chars().any(|letter| letter.is_ascii_digit());
    if letters < LETTERS_MIN || is_code {
        return Ok(Vec::new());
    }
    let distance = if letters < LONG_LETTERS_MIN { 1 } else { 2 };
    let term = Term::from_field_text(fields.words, &word.folded);
    let query = FuzzyTermQuery::new(term, distance, true);
    let mut found: Vec<(String, u64)> = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.words)?;
        let mut stream = inverted.terms().search(query.automaton()?).into_stream()?;
        while let Some((key, info)) = stream.next() {
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(IndexFault::TooSlow);
            }
            let Ok(candidate) = std::str::from_utf8(key) else { continue };
            let documents = u64::from(info.doc_freq);
            if let Some((_, count)) = found.iter_mut().find(|(known, _)| known == candidate) {
                *count += documents;
            } else if found.len() < CANDIDATES_MAX {
                found.push((candidate.to_owned(), documents));
            }
        }
    }
    let first = word.folded.chars().next();
    // The same first letter counts most, then how common the word is; the rest keeps answers stable.
    found.sort_by_key(|(candidate, documents)| {
        (candidate.chars().next() != first, std::cmp::Reverse(*documents), candidate.clone())
    });
    Ok(found.into_iter().zip(WEIGHTS).map(|((folded, _), weight)| Guess { folded, weight }).collect())
}

/// Whether any product holds the word.
pub(super) fn is_known(searcher: &Searcher, fields: &Fields, word: &Word) -> Result<bool, IndexFault> {
    if searcher.doc_freq(&Term::from_field_text(fields.words, &word.folded))? > 0 {
        return Ok(true);
    }
    for field in [fields.title, fields.class, fields.attributes, fields.brand, fields.path, fields.description] {
        if searcher.doc_freq(&Term::from_field_text(field, &word.stem))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
