//! The words of the example questions, and how typed words are read as them.
//!
//! Words are cut, folded and stemmed as in the catalog. A typed word that no
//! example has is mended, if it can be: a lost apostrophe first (`jpeux`,
//! `cest`, `dont`), then the nearest word by letters typed wrongly. Words that
//! cannot be mended stay, as unknown ones.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use comptoir_catalog::words::{self, Analysis, Word};

/// Shorter words are no typos of others: `sac` is not `bac`.
const MENDED_LETTERS_MIN: usize = 4;
/// Nor are longer ones than this, and comparing them would cost.
const MENDED_LETTERS_MAX: usize = 24;
/// From so many letters on, two may be wrong.
const TWO_ERRORS_LETTERS_MIN: usize = 8;

/// A stem's or a trigram's number.
pub(super) type TermId = usize;

#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    words: BTreeMap<String, Known>,
    stems: BTreeMap<String, TermId>,
    trigrams: BTreeMap<String, TermId>,
    /// By length in letters: what could be meant by an unknown word.
    by_length: BTreeMap<usize, Vec<Candidate>>,
}

#[derive(Debug, Clone)]
struct Known {
    stem: TermId,
    trigrams: Vec<TermId>,
    /// In all examples.
    uses: usize,
}

#[derive(Debug, Clone)]
struct Candidate {
    letters: u64,
    folded: String,
}

/// A typed word.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// As typed, in lower case.
    pub lower: String,
    /// None: no example has it.
    pub stem: Option<TermId>,
    pub trigrams: Vec<Option<TermId>>,
}

impl Vocabulary {
    /// How many different stems there are.
    pub(super) fn stems(&self) -> usize {
        self.stems.len()
    }

    /// How many different trigrams there are.
    pub(super) fn trigrams(&self) -> usize {
        self.trigrams.len()
    }

    /// Takes an example question in; its stems and its trigrams.
    pub(super) fn learn(&mut self, analysis: &Analysis, question: &str) -> (Vec<TermId>, Vec<TermId>) {
        let (mut stems, mut trigrams) = (Vec::new(), Vec::new());
        for word in analysis.words(question) {
            let known = self.known(&word);
            known.uses += 1;
            stems.push(known.stem);
            trigrams.extend_from_slice(&known.trigrams);
        }
        (stems, trigrams)
    }

    fn known(&mut self, word: &Word) -> &mut Known {
        let Self { words: known, stems, trigrams, by_length } = self;
        known.entry(word.folded.clone()).or_insert_with(|| {
            let candidate = Candidate { letters: letters_of(&word.folded), folded: word.folded.clone() };
            by_length.entry(word.folded.chars().count()).or_default().push(candidate);
            let trigrams = words::trigrams(&word.folded).map(|gram| number(trigrams, gram)).collect();
            Known { stem: number(stems, word.stem.clone()), trigrams, uses: 0 }
        })
    }

    /// The first words of a text, read as words of the examples where they can be.
    pub(super) fn read(&self, analysis: &Analysis, text: &str, words_max: usize) -> Vec<Read> {
        let words = analysis.words(text);
        words.into_iter().take(words_max).map(|word| self.read_word(word)).collect()
    }

    fn read_word(&self, word: Word) -> Read {
        let meant = self.words.get(&word.folded).or_else(|| self.nearest(&word.folded));
        if let Some(known) = meant {
            let trigrams = known.trigrams.iter().copied().map(Some).collect();
            return Read { lower: word.lower, stem: Some(known.stem), trigrams };
        }
        let trigrams = words::trigrams(&word.folded).map(|gram| self.trigrams.get(&gram).copied()).collect();
        Read { stem: self.stems.get(&word.stem).copied(), lower: word.lower, trigrams }
    }

    /// The word of the examples that is fewest errors away, the same first letter
    /// preferred, then the more frequent one.
    fn nearest(&self, folded: &str) -> Option<&Known> {
        let typed: Vec<char> = folded.chars().collect();
        let length = typed.len();
        if !(MENDED_LETTERS_MIN..=MENDED_LETTERS_MAX).contains(&length) || typed.iter().any(char::is_ascii_digit) {
            return None;
        }
        let errors_max = if length < TWO_ERRORS_LETTERS_MIN { 1 } else { 2 };
        let letters = letters_of(folded);
        let mut best: Option<((usize, bool, Reverse<usize>), &str)> = None;
        let lengths = (length - errors_max).max(MENDED_LETTERS_MIN - 1)..=length + errors_max;
        for candidate in self.by_length.range(lengths).flat_map(|(_, candidates)| candidates) {
            // An error changes at most two letters of the set; most words end here.
            if (letters ^ candidate.letters).count_ones() as usize > 2 * errors_max {
                continue;
            }
            let errors = words::errors(&typed, &candidate.folded);
            let other_first = candidate.folded.chars().next() != typed.first().copied();
            let uses = self.words.get(&candidate.folded).map_or(0, |known| known.uses);
            let rank = (errors, other_first, Reverse(uses));
            if errors <= errors_max && best.is_none_or(|(other, _)| rank < other) {
                best = Some((rank, &candidate.folded));
            }
        }
        best.and_then(|(_, folded)| self.words.get(folded))
    }
}

fn number(numbers: &mut BTreeMap<String, TermId>, term: String) -> TermId {
    let next = numbers.len();
    *numbers.entry(term).or_insert(next)
}

/// The letters of a word as a set.
fn letters_of(folded: &str) -> u64 {
    folded.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % 64))
}
