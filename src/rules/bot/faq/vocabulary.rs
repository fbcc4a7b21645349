//! The words of the example questions, and how typed words are read as them.
//!
//! Words are cut, folded and stemmed as in the catalog. A typed word that no
//! example has is read, in this order, as what it is short for (`cmd`), as a word
//! that lost its apostrophe (`jpeux`, `cest`, `dont`), as one of the same stem, as
//! one of the same meaning ([`super::kin`]), and as the nearest one by letters typed
//! wrongly. Words that are none of these stay, as unknown ones.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use comptoir_catalog::words::{self, Analysis, Lang, Lexicon, Weight, Word};

use super::kin;

/// Shorter words are no typos of others: `sac` is not `bac`.
const MENDED_LETTERS_MIN: usize = 4;
/// Nor are longer ones than this, and comparing them would cost.
const MENDED_LETTERS_MAX: usize = 24;
/// From so many letters on, two may be wrong.
const TWO_ERRORS_LETTERS_MIN: usize = 8;

/// What a word of grammar or talk counts, as a share of a telling one.
const SMALL_WORD: f32 = 0.8;
/// What a word counts that is read as another one.
const READ_AS_ANOTHER: f32 = 0.8;

/// What French drops before an apostrophe, the longest first, and the short words
/// that may follow; longer words may always.
const FRENCH_ELISIONS: [&str; 9] = ["qu", "j", "l", "d", "c", "s", "m", "t", "n"];
const FRENCH_AFTER_ELISION: [&str; 10] = ["ai", "as", "a", "est", "y", "en", "il", "un", "on", "et"];
/// What English hangs behind an apostrophe.
const ENGLISH_ENDINGS: [&str; 7] = ["ll", "re", "ve", "s", "t", "d", "m"];
const AFTER_ELISION_LETTERS_MIN: usize = 3;
const BEFORE_ENDING_LETTERS_MIN: usize = 2;

/// A stem's or a trigram's number.
pub(super) type TermId = usize;

#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    // Only looked up, never gone through: the order of a hash must not decide anything.
    words: HashMap<String, Known>,
    stems: HashMap<String, TermId>,
    trigrams: HashMap<String, TermId>,
    /// By length in letters: what could be meant by an unknown word.
    by_length: BTreeMap<usize, Vec<Candidate>>,
    /// By stem: the word of the examples that is nearest in meaning.
    kin: BTreeMap<String, String>,
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

/// How well a known word explains a typed one, the best least: errors, another first letter, uses.
type Rank = (usize, bool, Reverse<usize>);

/// A typed word.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// As typed, in lower case.
    pub lower: String,
    /// None: no example has it.
    pub stem: Option<TermId>,
    pub trigrams: Vec<Option<TermId>>,
    /// What it counts: 1, or less.
    pub weight: f32,
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
    pub(super) fn learn(&mut self, lexicon: &mut Lexicon, question: &str) -> (Vec<TermId>, Vec<TermId>) {
        let (mut stems, mut trigrams, mut words) = (Vec::new(), Vec::new(), Vec::new());
        lexicon.read(question, &mut words, usize::MAX);
        for word in words {
            let Some(known) = self.known(lexicon.folded(word), lexicon.stem(word)) else { continue };
            known.uses += 1;
            stems.push(known.stem);
            trigrams.extend_from_slice(&known.trigrams);
        }
        (stems, trigrams)
    }

    fn known(&mut self, folded: &str, stem: &str) -> Option<&mut Known> {
        let Self { words: known, stems, trigrams, by_length, kin: _ } = self;
        if !known.contains_key(folded) {
            let candidate = Candidate { letters: letters_of(folded), folded: folded.to_owned() };
            by_length.entry(folded.chars().count()).or_default().push(candidate);
            let trigrams = words::trigrams(folded).map(|gram| number(trigrams, gram)).collect();
            known.insert(folded.to_owned(), Known { stem: number(stems, stem.to_owned()), trigrams, uses: 0 });
        }
        known.get_mut(folded)
    }

    /// Finds out, once all examples are learned, which of their words others can be read as.
    pub(super) fn settle(&mut self, analysis: &Analysis) {
        let mut by_stem: BTreeMap<TermId, (&str, usize)> = BTreeMap::new();
        for Candidate { folded, .. } in self.by_length.values().flatten() {
            let Some(known) = self.words.get(folded) else { continue };
            let most = by_stem.entry(known.stem).or_insert((folded, known.uses));
            if known.uses > most.1 {
                *most = (folded, known.uses);
            }
        }
        let mut kin = BTreeMap::new();
        for group in kin::groups(analysis.lang()) {
            let stems: Vec<String> = group.iter().map(|word| analysis.stem(word)).collect();
            let meant = stems.iter().find_map(|stem| by_stem.get(self.stems.get(stem)?));
            let Some((meant, _)) = meant else { continue };
            for stem in stems {
                kin.entry(stem).or_insert_with(|| (*meant).to_owned());
            }
        }
        self.kin = kin;
    }

    /// The first words of a text, read as words of the examples where they can be.
    pub(super) fn read(&self, analysis: &Analysis, text: &str, words_max: usize) -> Vec<Read> {
        let words = analysis.words(text);
        words.into_iter().take(words_max).map(|word| self.read_word(analysis, word)).collect()
    }

    fn read_word(&self, analysis: &Analysis, typed: Word) -> Read {
        let lower = typed.lower.clone();
        let Word { folded, stem, weight, .. } = self.in_full(analysis, &typed.folded).unwrap_or(typed);
        let weight = match weight {
            Weight::Plain => 1.0,
            Weight::Stop | Weight::Chat => SMALL_WORD,
        };
        if let Some(known) = self.words.get(&folded) {
            return Read::known(lower, known, weight);
        }
        let known_stem = self.stems.get(&stem).copied();
        if known_stem.is_none()
            && let Some(known) = self.kin_of(&stem).or_else(|| self.nearest(&folded))
        {
            return Read::known(lower, known, weight * READ_AS_ANOTHER);
        }
        let trigrams = words::trigrams(&folded).map(|gram| self.trigrams.get(&gram).copied()).collect();
        Read { lower, stem: known_stem, trigrams, weight }
    }

    /// The word that was meant where letters or an apostrophe were left out on purpose.
    fn in_full(&self, analysis: &Analysis, folded: &str) -> Option<Word> {
        if self.words.contains_key(folded) {
            return None;
        }
        let full =
            kin::in_full(analysis.lang(), folded).or_else(|| self.without_apostrophe(analysis.lang(), folded))?;
        analysis.words(full).into_iter().next()
    }

    /// What stands where an apostrophe was not typed: `jpeux` is `peux`, `whats` is `what`.
    fn without_apostrophe<'t>(&self, lang: Lang, folded: &'t str) -> Option<&'t str> {
        let is_known = |rest: &&str| self.words.contains_key(*rest);
        let is_long = |word: &str, least: usize| word.chars().nth(least - 1).is_some();
        match lang {
            Lang::Fr => FRENCH_ELISIONS.iter().filter_map(|elision| folded.strip_prefix(elision)).find(|rest| {
                let may_follow = is_long(rest, AFTER_ELISION_LETTERS_MIN) || FRENCH_AFTER_ELISION.contains(rest);
                may_follow && is_known(rest)
            }),
            Lang::En => ENGLISH_ENDINGS
                .iter()
                .filter_map(|ending| folded.strip_suffix(ending))
                .find(|rest| is_long(rest, BEFORE_ENDING_LETTERS_MIN) && is_known(rest)),
            Lang::De | Lang::Es | Lang::It | Lang::Nl | Lang::Pt | Lang::Other => None,
        }
    }

    fn kin_of(&self, stem: &str) -> Option<&Known> {
        self.kin.get(stem).and_then(|meant| self.words.get(meant))
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
        let mut best: Option<(Rank, &str)> = None;
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

impl Read {
    fn known(lower: String, known: &Known, weight: f32) -> Self {
        let trigrams = known.trigrams.iter().copied().map(Some).collect();
        Self { lower, stem: Some(known.stem), trigrams, weight }
    }
}

fn number(numbers: &mut HashMap<String, TermId>, term: String) -> TermId {
    let next = numbers.len();
    *numbers.entry(term).or_insert(next)
}

/// The letters of a word as a set.
fn letters_of(folded: &str) -> u64 {
    folded.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % 64))
}
