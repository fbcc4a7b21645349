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
mod kin;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::collections::BTreeMap;

use comptoir_catalog::words::{Analysis, Lang, Lexicon};

pub use decision::{Decision, OFFERED_MAX, SECOND_SHARE_MAX};

use super::keywords::{MATCH_CHARS_MAX, MATCH_WORDS_MAX};
use field::{Field, Rarity};
use vocabulary::{Read, TermId, Vocabulary};

/// Words that a match names.
const WORDS_SAID_MAX: usize = 8;
/// What one term earns at most, about, in a short document, as a multiple of its rarity:
/// a text can reach so many times the rarity of its terms.
const TERM_REACH: f32 = 1.6;

/// A stem that more than one of so many FAQs has (and more than a few) tells little of them.
const COMMON_STEM_ONE_IN: usize = 20;
const COMMON_STEM_FAQS_MIN: usize = 5;
/// What an FAQ's second best example adds, as a share of what the best one does.
const SECOND_EXAMPLE: f32 = 0.6;
/// What a second best example scores, about, as a share of the best: keeps the scale.
const SECOND_EXAMPLE_USUAL: f32 = 0.6;

/// Scores above this rise more slowly: a higher one then takes more to be answered, and a
/// second FAQ must be further behind, while what is offered stays as it is.
const BEND: f32 = 0.22;
const BEND_POWER: f32 = 0.64;

/// The example questions of one language, ready to be matched.
#[derive(Debug, Clone)]
pub struct FaqIndex {
    analysis: Analysis,
    vocabulary: Vocabulary,
    /// By example question, the FAQ it is of.
    faq_of: Vec<usize>,
    /// By example question, its stems.
    examples: Vec<Vec<TermId>>,
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
    rarity: Rarity,
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
        // Most words of a shop's questions come up many times.
        let mut lexicon = Lexicon::new(analysis.clone());
        let mut vocabulary = Vocabulary::default();
        let mut faq_of = Vec::new();
        let (mut stems, mut trigrams) = (Cut::default(), Cut::default());
        for (faq, questions) in questions.iter().enumerate() {
            let (mut all_stems, mut all_trigrams) = (Vec::new(), Vec::new());
            for question in questions {
                let (of_stems, of_trigrams) = vocabulary.learn(&mut lexicon, question);
                all_stems.extend_from_slice(&of_stems);
                all_trigrams.extend_from_slice(&of_trigrams);
                stems.examples.push(of_stems);
                trigrams.examples.push(of_trigrams);
                faq_of.push(faq);
            }
            stems.faqs.push(all_stems);
            trigrams.faqs.push(all_trigrams);
        }
        vocabulary.settle(&analysis);
        Self {
            analysis,
            faq_of,
            faqs: questions.len(),
            stems: stems.scale(vocabulary.stems()),
            trigrams: trigrams.scale(vocabulary.trigrams()),
            vocabulary,
            examples: stems.examples,
        }
    }

    /// The best FAQs for a text, best first, at most `limit`; nothing where nothing speaks for any.
    ///
    /// Reads the first [`MATCH_CHARS_MAX`] characters and [`MATCH_WORDS_MAX`] words.
    #[must_use]
    pub fn find(&self, text: &str, limit: usize) -> Vec<FaqMatch> {
        let text: String = text.chars().take(MATCH_CHARS_MAX).collect();
        let words = self.vocabulary.read(&self.analysis, &text, MATCH_WORDS_MAX);
        let stems = Asked::of(words.iter().map(|word| (word.stem, word.weight)));
        let of_trigrams = |word: &Read| word.trigrams.iter().map(|term| (*term, word.weight)).collect::<Vec<_>>();
        let trigrams = Asked::of(words.iter().flat_map(of_trigrams));
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

    /// Example questions, as FAQ and place among its questions, whose telling stems another FAQ
    /// has as well: at least `share` of what they earn their own. A quick look, so that
    /// [`Self::find`] need not be asked about each question of a big definition.
    #[must_use]
    pub fn contested(&self, share: f32) -> Vec<(usize, usize)> {
        let common = (self.faqs / COMMON_STEM_ONE_IN).max(COMMON_STEM_FAQS_MIN);
        let mut earned = vec![0.0; self.faqs];
        let mut contested = Vec::new();
        let (mut faq_before, mut place) = (None, 0);
        for (stems, faq) in self.examples.iter().zip(&self.faq_of) {
            place = if faq_before == Some(*faq) { place + 1 } else { 0 };
            faq_before = Some(*faq);
            let is_telling = |stem: &&TermId| self.stems.faqs.having(**stem) <= common;
            let all = !stems.iter().any(|stem| is_telling(&stem));
            earned.fill(0.0);
            for stem in stems.iter().filter(|stem| all || is_telling(stem)) {
                self.stems.faqs.add(*stem, 1.0, &mut earned);
            }
            let own = earned.get(*faq).copied().unwrap_or_default();
            if earned.iter().enumerate().any(|(other, earned)| other != *faq && *earned >= share * own) {
                contested.push((*faq, place));
            }
        }
        contested
    }

    fn score_examples(&self, stems: &Asked, trigrams: &Asked, scores: &mut [Score]) {
        let by_stem = stems.against(&self.stems.examples, &self.stems.rarity);
        let by_trigram = trigrams.against(&self.trigrams.examples, &self.trigrams.rarity);
        for (example, ((stem, trigram), faq)) in by_stem.iter().zip(&by_trigram).zip(&self.faq_of).enumerate() {
            let Some(score) = scores.get_mut(*faq) else { continue };
            score.take(example, f32::midpoint(*stem, *trigram));
        }
    }

    fn score_faqs(&self, stems: &Asked, trigrams: &Asked, scores: &mut [Score]) {
        let by_stem = stems.against(&self.stems.faqs, &self.stems.rarity);
        let by_trigram = trigrams.against(&self.trigrams.faqs, &self.trigrams.rarity);
        for ((stem, trigram), score) in by_stem.iter().zip(&by_trigram).zip(scores) {
            score.whole = f32::midpoint(*stem, *trigram);
        }
    }

    /// The words that earned an FAQ its score, by what each earned.
    fn words_for(&self, score: &Score, words: &[Read], stems: &Asked, trigrams: &Asked, text: &str) -> Vec<String> {
        let of_stems = 1.0 / stems.reach(&self.stems.rarity);
        let of_trigrams = 1.0 / trigrams.reach(&self.trigrams.rarity);
        let earned_by = |word: &Read| {
            let stem = word.stem.map_or(0.0, |term| self.stems.weight(term, score));
            let trigrams: f32 = word.trigrams.iter().flatten().map(|term| self.trigrams.weight(*term, score)).sum();
            word.weight * (stem * of_stems + trigrams * of_trigrams)
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
        let rarity = Rarity::new(&self.faqs, terms);
        Scale { examples: Field::new(&self.examples, &rarity), faqs: Field::new(&self.faqs, &rarity), rarity }
    }
}

impl Scale {
    /// What a term earns an FAQ, by its best example and as a whole.
    fn weight(&self, term: TermId, score: &Score) -> f32 {
        self.examples.weight(term, score.best_example) + self.faqs.weight(term, score.faq)
    }
}

/// What was found for one FAQ.
#[derive(Debug)]
struct Score {
    faq: usize,
    best_example: usize,
    best: f32,
    second: f32,
    whole: f32,
}

impl Score {
    fn nothing(faq: usize) -> Self {
        Self { faq, best_example: 0, best: 0.0, second: 0.0, whole: 0.0 }
    }

    /// Takes an example's score in.
    fn take(&mut self, example: usize, value: f32) {
        if value > self.best {
            (self.second, self.best, self.best_example) = (self.best, value, example);
        } else if value > self.second {
            self.second = value;
        }
    }

    fn value(&self) -> f32 {
        let examples = (self.best + SECOND_EXAMPLE * self.second) / (1.0 + SECOND_EXAMPLE * SECOND_EXAMPLE_USUAL);
        let value = f32::midpoint(examples, self.whole).min(1.0);
        if value > BEND { BEND * (value / BEND).powf(BEND_POWER) } else { value }
    }
}

/// The terms of a text: which, and how much each counts.
struct Asked {
    known: BTreeMap<TermId, f32>,
    unknown: f32,
}

impl Asked {
    fn of(terms: impl Iterator<Item = (Option<TermId>, f32)>) -> Self {
        let mut asked = Self { known: BTreeMap::new(), unknown: 0.0 };
        for (term, weight) in terms {
            match term {
                Some(term) => *asked.known.entry(term).or_default() += weight,
                None => asked.unknown += weight,
            }
        }
        asked
    }

    /// The most that a document could earn, about; never 0.
    fn reach(&self, rarity: &Rarity) -> f32 {
        let known: f32 = self.known.iter().map(|(term, times)| times * rarity.of(*term)).sum();
        (TERM_REACH * (known + self.unknown * rarity.of_unknown())).max(f32::MIN_POSITIVE)
    }

    /// By document, the share of what could be reached.
    fn against(&self, field: &Field, rarity: &Rarity) -> Vec<f32> {
        let mut earned = vec![0.0; field.documents()];
        for (term, times) in &self.known {
            field.add(*term, *times, &mut earned);
        }
        let reach = self.reach(rarity);
        earned.iter_mut().for_each(|value| *value /= reach);
        earned
    }
}
