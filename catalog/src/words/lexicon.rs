//! The words of many texts, each different one analysed only once.
//!
//! A catalog of a million products has some hundred thousand words that come up
//! a hundred million times. Words are numbers here; what they are is looked up.

use std::collections::HashMap;

use super::{Analysis, fold, split};

/// Words that are kept; then everything is forgotten and learned anew.
const WORDS_MAX: usize = 200_000;

/// The number of a word in its [`Lexicon`], until [`Lexicon::make_room`] is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(usize);

#[derive(Debug)]
pub struct Lexicon {
    analysis: Analysis,
    /// By the word in lower case.
    known: HashMap<Box<str>, WordId>,
    words: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    folded: Box<str>,
    stem: Box<str>,
}

impl Lexicon {
    #[must_use]
    pub fn new(analysis: Analysis) -> Self {
        Self { analysis, known: HashMap::new(), words: Vec::new() }
    }

    #[must_use]
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Forgets all words when there are too many; numbers given before mean nothing then.
    pub fn make_room(&mut self) {
        if self.words.len() >= WORDS_MAX {
            self.known.clear();
            self.words.clear();
        }
    }

    /// Adds the words of a text, in order, as long as `into` holds fewer than `most`.
    pub fn read(&mut self, text: &str, into: &mut Vec<WordId>, most: usize) {
        let Self { analysis, known, words } = self;
        split::split(analysis.lang, text, |lower| {
            if into.len() >= most {
                return;
            }
            if let Some(id) = known.get(lower) {
                into.push(*id);
                return;
            }
            let folded = fold(lower);
            let stem = analysis.stem(&folded).into_boxed_str();
            let id = WordId(words.len());
            words.push(Entry { folded: folded.into_boxed_str(), stem });
            known.insert(lower.into(), id);
            into.push(id);
        });
    }

    /// The word in lower case without accents.
    #[must_use]
    pub fn folded(&self, id: WordId) -> &str {
        self.words.get(id.0).map_or("", |word| &word.folded)
    }

    #[must_use]
    pub fn stem(&self, id: WordId) -> &str {
        self.words.get(id.0).map_or("", |word| &word.stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_lexicon_reads_what_an_analysis_reads() {
        for (lang, text) in [
            (Lang::Fr, "L'armoire dorée, 2 portes; l’ÉTAGÈRE en chêne — lumie\u{300}re d'été"),
            (Lang::En, "Men's T-shirts (S/M), don't iron. Café ½ price"),
        ] {
            let analysis = Analysis::of(lang);
            let mut lexicon = Lexicon::new(analysis.clone());
            let mut ids = Vec::new();
            for _ in 0..2 {
                ids.clear();
                lexicon.read(text, &mut ids, usize::MAX);
            }
            let read: Vec<(&str, &str)> = ids.iter().map(|id| (lexicon.folded(*id), lexicon.stem(*id))).collect();
            let words = analysis.words(text);
            let expected: Vec<(&str, &str)> =
                words.iter().map(|word| (word.folded.as_str(), word.stem.as_str())).collect();
            assert_eq!(read, expected);
            ids.clear();
            lexicon.read(text, &mut ids, 2);
            assert_eq!(ids.len(), 2);
        }
    }
}
