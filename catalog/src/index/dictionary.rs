//! The words of one segment in memory, to look for those that are two errors away.
//!
//! An automaton would walk through most of the dictionary for two errors. Here the
//! words of one first letter are passed one by one: nearly all differ by their length
//! or by which letters they have, which is two comparisons of numbers.

use std::sync::{Arc, OnceLock};

use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

use super::IndexFault;

use crate::words::distance::errors;

/// A segment with more words is looked through by an automaton: what is kept of a word
/// is about 25 bytes.
const WORDS_MAX: usize = 400_000;
/// Longer words are left out: nobody mistypes them, see [`super::typos`].
const LETTERS_MAX: usize = 40;
/// Errors that are looked for.
const ERRORS: usize = 2;

/// The words of all segments, each read when it is first needed. What a segment has
/// never changes, so the next commit takes over what this one has read.
#[derive(Debug)]
pub(super) struct Dictionaries {
    field: Field,
    segments: Vec<(SegmentId, Arc<Read>)>,
}

/// Without a dictionary when it would be too large.
type Read = OnceLock<Option<Dictionary>>;

impl Dictionaries {
    pub fn of(searcher: &Searcher, field: Field, before: Option<&Self>) -> Self {
        let known = |id: SegmentId| before?.segments.iter().find(|(known, _)| *known == id).cloned();
        let ids = searcher.segment_readers().iter().map(SegmentReader::segment_id);
        Self { field, segments: ids.map(|id| known(id).unwrap_or_else(|| (id, Arc::default()))).collect() }
    }

    /// Nothing for another field, or where there are too many words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn segment(&self, segment: &SegmentReader, field: Field) -> Result<Option<&Dictionary>, IndexFault> {
        let id = segment.segment_id();
        let Some((_, read)) = self.segments.iter().find(|(known, _)| *known == id && field == self.field) else {
            return Ok(None);
        };
        if let Some(dictionary) = read.get() {
            return Ok(dictionary.as_ref());
        }
        let dictionary = Dictionary::of(segment, field)?;
        Ok(read.get_or_init(|| dictionary).as_ref())
    }
}

/// The words of a segment in their order.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    text: String,
    words: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Where it begins in the text, and its bytes.
    begin: u32,
    bytes: u8,
    letters: u8,
    /// See [`signature`].
    signature: u32,
    documents: u32,
}

impl Dictionary {
    /// Nothing when there are too many words.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn of(segment: &SegmentReader, field: Field) -> Result<Option<Self>, IndexFault> {
        let inverted = segment.inverted_index(field)?;
        if inverted.terms().num_terms() > WORDS_MAX {
            return Ok(None);
        }
        let mut dictionary = Self::default();
        let mut stream = inverted.terms().stream()?;
        while let Some((term, info)) = stream.next() {
            if let Ok(word) = std::str::from_utf8(term) {
                dictionary.push(word, info.doc_freq);
            }
        }
        dictionary.text.shrink_to_fit();
        dictionary.words.shrink_to_fit();
        Ok(Some(dictionary))
    }

    /// Words come in their order.
    fn push(&mut self, word: &str, documents: u32) {
        let letters = word.chars().count();
        let (Ok(begin), Ok(bytes)) = (u32::try_from(self.text.len()), u8::try_from(word.len())) else { return };
        if letters <= LETTERS_MAX {
            let signature = signature(word);
            self.text.push_str(word);
            self.words.push(Entry { begin, bytes, letters: letters as u8, signature, documents });
        }
    }

    fn word(&self, entry: &Entry) -> &str {
        let begin = entry.begin as usize;
        self.text.get(begin..begin + usize::from(entry.bytes)).unwrap_or_default()
    }

    /// Gives each word with the same first letter that is at most two errors away, with
    /// how many products have it.
    pub fn two_errors_away<'d>(&'d self, typed: &str, mut give: impl FnMut(&'d str, u64)) {
        let Some(first) = typed.chars().next() else { return };
        let letters: Vec<char> = typed.chars().collect();
        let signature = signature(typed);
        let begin = self.words.partition_point(|entry| self.word(entry).chars().next() < Some(first));
        let words = self.words.get(begin..).unwrap_or_default();
        let end = words.partition_point(|entry| self.word(entry).starts_with(first));
        for entry in words.iter().take(end) {
            let is_as_long = usize::from(entry.letters).abs_diff(letters.len()) <= ERRORS;
            // An error changes one letter to another at most.
            let is_near = is_as_long && (entry.signature ^ signature).count_ones() as usize <= 2 * ERRORS;
            if is_near && errors(&letters, self.word(entry)) <= ERRORS {
                give(self.word(entry), u64::from(entry.documents));
            }
        }
    }
}

/// Which letters a word has, a bit for each, the rarer ones together.
fn signature(word: &str) -> u32 {
    word.chars().fold(0, |signature, letter| signature | 1 << (u32::from(letter) % 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_same_first_letter_are_found_two_errors_away() {
        let mut dictionary = Dictionary::default();
        let mut words =
            ["armchair", "armchairs", "crochet", "chandelier", "chandler", "chaise", "élégante", "éléphant"];
        words.sort_unstable();
        for (documents, word) in (1..).zip(words) {
            dictionary.push(word, documents);
        }
        let found = |typed: &str| {
            let mut found = Vec::new();
            dictionary.two_errors_away(typed, |word, _| found.push(word));
            found
        };
        assert_eq!(found("chandeleir"), ["chandelier", "chandler"]);
        assert_eq!(found("chandlier"), ["chandelier", "chandler"]);
        assert_eq!(found("armchaisr"), ["armchair", "armchairs"]);
        assert_eq!(found("éléfant"), ["élégante", "éléphant"]);
        assert_eq!(found("brmchair"), [] as [&str; 0]);
        assert_eq!(found("zzz"), [] as [&str; 0]);
    }
}
