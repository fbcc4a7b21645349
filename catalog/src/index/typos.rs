//! Words that the catalog does not know, read as words that it does.
//!
//! `FuzzyTermQuery` scores every match alike, so it is not used to rank: its
//! automaton finds words in the dictionary, and those are searched instead. Where two
//! errors are forgiven, [`super::dictionary`] finds them faster.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::schema::Fields;
use super::{IndexFault, Snapshot, in_time};
use crate::words::Word;

/// Shorter words have too many neighbours.
const LETTERS_MIN: usize = 4;
/// From so many letters on, two errors are forgiven.
const LONG_LETTERS_MIN: usize = 8;
/// Longer words are no slip of a word that a catalog has.
const LETTERS_MAX: usize = 32;
/// What the best guesses are worth beside a word typed right.
const WEIGHTS: [f32; 3] = [1.0, 0.5, 0.5];
/// Comes after any letter.
const LAST: char = char::MAX;
const CANDIDATES_MAX: usize = 2_000;
/// Of a word written together, the second part is no shorter.
const PART_LETTERS_MIN: usize = 3;
/// Words whose guesses are remembered; then all are forgotten.
const REMEMBERED_MAX: usize = 2_000;

/// A word that a typed one may have meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    pub folded: String,
    pub weight: f32,
}

/// What was guessed in one commit, by dictionary and word: who types a text asks for
/// its first words with every letter again.
#[derive(Debug, Default)]
pub(super) struct Guesses(Mutex<Remembered>);

type Remembered = HashMap<(Field, String), Arc<[Guess]>>;

/// What an unknown word may have meant by a dictionary, best first; nothing for a
/// word that is short, or a code.
pub(super) fn guesses(
    snapshot: &Snapshot,
    dictionary: Field,
    word: &Word,
    deadline: Option<Instant>,
) -> Result<Arc<[Guess]>, IndexFault> {
    let letters = word.folded.chars().count();
    let is_code = word.folded.chars().any(|letter| letter.is_ascii_digit());
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&letters) || is_code {
        return Ok(Arc::default());
    }
    let known = || snapshot.guesses.0.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (dictionary, word.folded.clone());
    if let Some(guesses) = known().get(&key) {
        return Ok(guesses.clone());
    }
    let guesses: Arc<[Guess]> = guessed(snapshot, dictionary, word, deadline)?.into();
    let mut known = known();
    if known.len() >= REMEMBERED_MAX {
        known.clear();
    }
    known.insert(key, guesses.clone());
    Ok(guesses)
}

fn guessed(
    snapshot: &Snapshot,
    dictionary: Field,
    word: &Word,
    deadline: Option<Instant>,
) -> Result<Vec<Guess>, IndexFault> {
    let mut found = near(snapshot, dictionary, &word.folded, deadline)?;
    // A finger that stayed on a key counts as one error, however long it stayed.
    if found.is_empty()
        && let Some(calm) = without_repeats(&word.folded)
    {
        found = near(snapshot, dictionary, &calm, deadline)?;
    }
    // The dictionary may hold the singular only.
    if found.is_empty()
        && let Some(singular) = word.folded.strip_suffix(['s', 'x'])
        && singular.chars().count() >= LETTERS_MIN
    {
        found = near(snapshot, dictionary, singular, deadline)?;
    }
    Ok(found.into_iter().zip(WEIGHTS).map(|(folded, weight)| Guess { folded, weight }).collect())
}

/// Words of the dictionary that are one error away, the likeliest first; of a long
/// word without any, those two errors away that begin with the same letter.
fn near(
    snapshot: &Snapshot,
    dictionary: Field,
    typed: &str,
    deadline: Option<Instant>,
) -> Result<Vec<String>, IndexFault> {
    let found = within(1, snapshot, dictionary, typed, deadline)?;
    if found.is_empty() && typed.chars().count() >= LONG_LETTERS_MIN {
        return within(2, snapshot, dictionary, typed, deadline);
    }
    Ok(found)
}

fn within(
    distance: u8,
    snapshot: &Snapshot,
    dictionary: Field,
    typed: &str,
    deadline: Option<Instant>,
) -> Result<Vec<String>, IndexFault> {
    let query = FuzzyTermQuery::new(Term::from_field_text(dictionary, typed), distance, true);
    // Made once, and only if it is asked: that takes longer than to look through a segment with it.
    let automaton = OnceCell::new();
    let first = typed.chars().next();
    let mut found: Vec<(String, u64)> = Vec::new();
    let mut add = |candidate: &str, documents: u64| {
        if let Some((_, count)) = found.iter_mut().find(|(known, _)| known == candidate) {
            *count += documents;
        } else if found.len() < CANDIDATES_MAX {
            found.push((candidate.to_owned(), documents));
        }
    };
    for segment in snapshot.searcher.segment_readers() {
        if distance > 1
            && let Some(words) = snapshot.dictionaries.segment(segment, dictionary)?
        {
            words.two_errors_away(typed, &mut add);
            in_time(deadline)?;
            continue;
        }
        let automaton = match automaton.get() {
            Some(automaton) => automaton,
            None => {
                let made = query.automaton()?;
                automaton.get_or_init(|| made)
            }
        };
        let inverted = segment.inverted_index(dictionary)?;
        let mut words = inverted.terms().search(automaton);
        if let Some(first) = first.filter(|_| distance > 1) {
            // What is another word already differs by its first letter too: most of the dictionary.
            words = words.ge(String::from(first)).lt(format!("{first}{LAST}"));
        }
        let mut stream = words.into_stream()?;
        while let Some((key, info)) = stream.next() {
            in_time(deadline)?;
            // Marked stems stand in one of the dictionaries; they are no words.
            if let Some(candidate) =
                std::str::from_utf8(key).ok().filter(|word| word.starts_with(char::is_alphanumeric))
            {
                add(candidate, u64::from(info.doc_freq));
            }
        }
    }
    // The same first letter counts most, then how common the word is; the rest keeps answers stable.
    found.sort_by_cached_key(|(candidate, documents)| {
        (candidate.chars().next() != first, Reverse(*documents), candidate.clone())
    });
    Ok(found.into_iter().map(|(candidate, _)| candidate).collect())
}

/// The word with letters that stand three times or more left twice; nothing when none do.
fn without_repeats(word: &str) -> Option<String> {
    let mut calm = String::with_capacity(word.len());
    let mut run = (None, 0);
    for letter in word.chars() {
        run = if run.0 == Some(letter) { (run.0, run.1 + 1) } else { (Some(letter), 1) };
        if run.1 <= 2 {
            calm.push(letter);
        }
    }
    (calm.len() < word.len()).then_some(calm)
}

/// The two words of the dictionary that an unknown word is written together from, like
/// `tshirt` where products say `T-shirt`: of several ways the one with the commonest words.
pub(super) fn parted(searcher: &Searcher, fields: &Fields, word: &Word) -> Result<Option<[String; 2]>, IndexFault> {
    let letters = word.folded.chars().count();
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&letters) || word.folded.chars().any(|letter| letter.is_ascii_digit()) {
        return Ok(None);
    }
    let documents = |part: &str| searcher.doc_freq(&Term::from_field_text(fields.words, part));
    let mut best: Option<(u64, [String; 2])> = None;
    for (at, _) in word.folded.char_indices().skip(1) {
        let (first, second) = word.folded.split_at(at);
        // A single letter is a word before a long one only: the `t` of `tshirt`.
        if second.chars().count() < PART_LETTERS_MIN || (first.chars().count() == 2) {
            continue;
        }
        let commonness = documents(first)?.min(documents(second)?);
        if commonness > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((commonness, [first.to_owned(), second.to_owned()]));
        }
    }
    Ok(best.map(|(_, parts)| parts))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_that_stayed_on_a_key_is_read_twice_at_most() {
        assert_eq!(without_repeats("laaaampe").as_deref(), Some("laampe"));
        assert_eq!(without_repeats("canappé"), None);
    }
}
