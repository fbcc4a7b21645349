//! Which FAQ a text is about, and how surely.
//!
//! Texts are cut into stems and character trigrams ([`vocabulary`]) and scored by
//! BM25 ([`field`]) twice: against each example question, and against each FAQ's
//! questions as one text. A text may be typed badly: a word that no example has is
//! read as the nearest one that some have ([`vocabulary`] again), and what stays
//! unknown lowers the score, which keeps "a red dress for a wedding" away from an
//! FAQ about delivery. The method in plain words, and what it reaches on public
//! sets, is in `docs/bot-matching.md`.
//!
//! What scores mean is [`Decision`]'s; the thresholds, and what is said, come from the definition.

mod decision;
mod field;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::collections::BTreeMap;

use comptoir_catalog::words::{Analysis, Lang};

pub use decision::{Decision, OFFERED_MAX, SECOND_SHARE_MAX};

use super::keywords::{MATCH_CHARS_MAX, MATCH_WORDS_MAX};
use field::Field;
use vocabulary::{Read, TermId, Vocabulary};

/// Words that a match names.
const WORDS_SAID_MAX: usize = 8;
/// What one term earns at most, about, in a short document, as a multiple of its rarity:
/// a text can reach so many times the rarity of its terms.
const TERM_REACH: f32 = 1.6;

/// The example questions of one language, ready to be matched.
#[derive(Debug, Clone)]
pub struct FaqIndex {
    analysis: Analysis,
    vocabulary: Vocabulary,
    /// By example question, the FAQ it is of.
    faq_of: Vec<usize>,
    faqs: usize,
    stems: Scale,
    trigrams: Scale,
}

/// An FAQ for a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FaqMatch {
    /// Its place in the list that the index was built from.
    pub faq: usize,
    /// 0 to 1; no percentage of anything, only compared with thresholds.
    pub score: f32,
    /// The words of the text that spoke for it, as typed, the strongest first, at most 8.
    pub words: Vec<String>,
}

/// One way to cut texts, over example questions and over whole FAQs.
#[derive(Debug, Clone)]
struct Scale {
    examples: Field,
    faqs: Field,
}

impl Default for FaqIndex {
    fn default() -> Self {
        Self::new("", &[])
    }
}

impl FaqIndex {
    /// `questions[i]` are the example questions of FAQ `i`, in language `lang`.
    #[must_use]
    pub fn new(lang: &str, questions: &[Vec<String>]) -> Self {
        let analysis = Analysis::of(Lang::of_tag(lang));
        let mut vocabulary = Vocabulary::default();
        let mut faq_of = Vec::new();
        let (mut stems, mut trigrams) = (Cut::default(), Cut::default());
        for (faq, questions) in questions.iter().enumerate() {
            let (mut all_stems, mut all_trigrams) = (Vec::new(), Vec::new());
            for question in questions {
                let (of_stems, of_trigrams) = vocabulary.learn(&analysis, question);
                all_stems.extend_from_slice(&of_stems);
                all_trigrams.extend_from_slice(&of_trigrams);
                stems.examples.push(of_stems);
                trigrams.examples.push(of_trigrams);
                faq_of.push(faq);
            }
            stems.faqs.push(all_stems);
            trigrams.faqs.push(all_trigrams);
        }
        Self {
            analysis,
            faq_of,
            faqs: questions.len(),
            stems: stems.scale(vocabulary.stems()),
            trigrams: trigrams.scale(vocabulary.trigrams()),
            vocabulary,
        }
    }

    /// The best FAQs for a text, best first, at most `limit`; nothing where nothing speaks for any.
    ///
    /// Reads the first [`MATCH_CHARS_MAX`] characters and [`MATCH_WORDS_MAX`] words.
    #[must_use]
    pub fn find(&self, text: &str, limit: usize) -> Vec<FaqMatch> {
        let text: String = text.chars().take(MATCH_CHARS_MAX).collect();
        let words = self.vocabulary.read(&self.analysis, &text, MATCH_WORDS_MAX);
        let stems = Asked::of(words.iter().map(|word| word.stem));
        let trigrams = Asked::of(words.iter().flat_map(|word| word.trigrams.iter().copied()));
        let mut scores: Vec<Score> = (0..self.faqs).map(Score::nothing).collect();
        self.score_examples(&stems, &trigrams, &mut scores);
        self.score_faqs(&stems, &trigrams, &mut scores);
        scores.retain(|score| score.value() > 0.0);
        scores.sort_by(|a, b| b.value().total_cmp(&a.value()).then(a.faq.cmp(&b.faq)));
        scores.truncate(limit);
        scores
            .iter()
            .map(|score| FaqMatch {
                faq: score.faq,
                score: score.value(),
                words: self.words_for(score, &words, &stems, &trigrams, &text),
            })
            .collect()
    }

    fn score_examples(&self, stems: &Asked, trigrams: &Asked, scores: &mut [Score]) {
        let by_stem = stems.against(&self.stems.examples);
        let by_trigram = trigrams.against(&self.trigrams.examples);
        for (example, ((stem, trigram), faq)) in by_stem.iter().zip(&by_trigram).zip(&self.faq_of).enumerate() {
            let Some(score) = scores.get_mut(*faq) else { continue };
            let value = f32::midpoint(*stem, *trigram);
            if value > score.example {
                score.example = value;
                score.best_example = example;
            }
        }
    }

    fn score_faqs(&self, stems: &Asked, trigrams: &Asked, scores: &mut [Score]) {
        let by_stem = stems.against(&self.stems.faqs);
        let by_trigram = trigrams.against(&self.trigrams.faqs);
        for ((stem, trigram), score) in by_stem.iter().zip(&by_trigram).zip(scores) {
            score.whole = f32::midpoint(*stem, *trigram);
        }
    }

    /// The words that earned an FAQ its score, by what each earned.
    fn words_for(&self, score: &Score, words: &[Read], stems: &Asked, trigrams: &Asked, text: &str) -> Vec<String> {
        let earned_by = |word: &Read| {
            let stem = word.stem.map_or(0.0, |term| {
                self.stems.examples.weight(term, score.best_example) / stems.reach(&self.stems.examples)
                    + self.stems.faqs.weight(term, score.faq) / stems.reach(&self.stems.faqs)
            });
            let of_trigram = |term: TermId| {
                self.trigrams.examples.weight(term, score.best_example) / trigrams.reach(&self.trigrams.examples)
                    + self.trigrams.faqs.weight(term, score.faq) / trigrams.reach(&self.trigrams.faqs)
            };
            stem + word.trigrams.iter().flatten().map(|term| of_trigram(*term)).sum::<f32>()
        };
        let mut earned: Vec<(f32, &Read)> = Vec::new();
        for word in words {
            let value = earned_by(word);
            if value > 0.0 && earned.iter().all(|(_, other)| other.lower != word.lower) {
                earned.push((value, word));
            }
        }
        earned.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        earned.iter().take(WORDS_SAID_MAX).map(|(_, word)| as_typed(text, &word.lower)).collect()
    }
}

/// A word in lower case as it stands in the text.
fn as_typed(text: &str, lower: &str) -> String {
    text.split(|letter: char| !letter.is_alphanumeric())
        .find(|piece| piece.to_lowercase() == lower)
        .unwrap_or(lower)
        .to_owned()
}

/// Documents as their terms, before they are weighed.
#[derive(Default)]
struct Cut {
    examples: Vec<Vec<TermId>>,
    faqs: Vec<Vec<TermId>>,
}

impl Cut {
    fn scale(&self, terms: usize) -> Scale {
        Scale { examples: Field::new(&self.examples, terms), faqs: Field::new(&self.faqs, terms) }
    }
}

/// What was found for one FAQ.
#[derive(Debug)]
struct Score {
    faq: usize,
    best_example: usize,
    example: f32,
    whole: f32,
}

impl Score {
    fn nothing(faq: usize) -> Self {
        Self { faq, best_example: 0, example: 0.0, whole: 0.0 }
    }

    fn value(&self) -> f32 {
        f32::midpoint(self.example, self.whole).min(1.0)
    }
}

/// The terms of a text: which, and how often.
struct Asked {
    known: BTreeMap<TermId, f32>,
    unknown: f32,
}

impl Asked {
    fn of(terms: impl Iterator<Item = Option<TermId>>) -> Self {
        let mut asked = Self { known: BTreeMap::new(), unknown: 0.0 };
        for term in terms {
            match term {
                Some(term) => *asked.known.entry(term).or_default() += 1.0,
                None => asked.unknown += 1.0,
            }
        }
        asked
    }

    /// The most that a document of this field could earn, about; never 0.
    fn reach(&self, field: &Field) -> f32 {
        let known: f32 = self.known.iter().map(|(term, times)| times * field.rarity(*term)).sum();
        (TERM_REACH * (known + self.unknown * field.rarity_of_unknown())).max(f32::MIN_POSITIVE)
    }

    /// By document, the share of what could be reached.
    fn against(&self, field: &Field) -> Vec<f32> {
        let mut earned = vec![0.0; field.documents()];
        for (term, times) in &self.known {
            field.add(*term, *times, &mut earned);
        }
        let reach = self.reach(field);
        earned.iter_mut().for_each(|value| *value /= reach);
        earned
    }
}
