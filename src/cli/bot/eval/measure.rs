//! Asks an index every test and counts what a visitor would have met.

use serde::Serialize;

use crate::rules::bot::faq::{Decision, FaqIndex, OFFERED_MAX};

/// The format's defaults; a definition may set others.
pub(super) const ANSWER_ABOVE: f32 = 0.30;
pub(super) const SUGGEST_ABOVE: f32 = 0.15;

/// One word in so many gets a typo, of those longer than [`TYPO_LETTERS_ABOVE`] letters.
const TYPO_ONE_IN: u64 = 4;
const TYPO_LETTERS_ABOVE: usize = 3;
/// The same texts get the same typos in every run.
const TYPO_SEED: u64 = 1;

/// Shares are of 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Figures {
    /// Texts that an FAQ answers: what all shares but `out_of_scope_answered` and `wrong_direct` are of.
    pub tests: usize,
    /// Texts that nothing should answer.
    pub out_of_scope: usize,
    /// Answered rightly, or offered the right FAQ among the buttons.
    pub helped: f64,
    /// Wrong answers among those given directly.
    pub wrong_direct: f64,
    /// Texts out of scope that got an answer all the same, among those out of scope.
    pub out_of_scope_answered: f64,
    /// Texts out of scope that got buttons, among those out of scope.
    pub out_of_scope_offered: f64,
    /// The right FAQ is the best one, whatever was done with it.
    pub top1: f64,
    /// The right FAQ is among the best three.
    pub top3: f64,
    /// Answered directly, rightly or wrongly.
    pub answered: f64,
    /// Offered buttons.
    pub offered: f64,
}

#[derive(Debug, Default)]
struct Counts {
    tests: usize,
    out_of_scope: usize,
    out_answered: usize,
    out_offered: usize,
    helped: usize,
    wrong: usize,
    top1: usize,
    top3: usize,
    answered: usize,
    offered: usize,
}

/// Asks every test; `typos` spoils the texts first.
pub(super) fn measure(index: &FaqIndex, tests: &[(Option<usize>, String)], typos: bool) -> Figures {
    let mut dice = Dice(TYPO_SEED);
    let mut counts = Counts::default();
    for (wanted, text) in tests {
        let spoilt = typos.then(|| with_typos(text, &mut dice));
        counts.ask(index, *wanted, spoilt.as_deref().unwrap_or(text));
    }
    counts.figures()
}

impl Counts {
    fn ask(&mut self, index: &FaqIndex, wanted: Option<usize>, text: &str) {
        let found = index.find(text, OFFERED_MAX);
        let decision = Decision::of(&found, ANSWER_ABOVE, SUGGEST_ABOVE);
        let (is_answer, is_offer) = (decision == Decision::Answer, matches!(decision, Decision::Offer(_)));
        let Some(wanted) = wanted else {
            self.out_of_scope += 1;
            self.out_answered += usize::from(is_answer);
            self.out_offered += usize::from(is_offer);
            return;
        };
        let place = found.iter().position(|found| found.faq == wanted);
        let is_helped = match decision {
            Decision::Answer => place == Some(0),
            Decision::Offer(offered) => place.is_some_and(|place| place < offered),
            Decision::Silent => false,
        };
        self.tests += 1;
        self.helped += usize::from(is_helped);
        self.wrong += usize::from(is_answer && !is_helped);
        self.top1 += usize::from(place == Some(0));
        self.top3 += usize::from(place.is_some());
        self.answered += usize::from(is_answer);
        self.offered += usize::from(is_offer);
    }

    fn figures(&self) -> Figures {
        Figures {
            tests: self.tests,
            out_of_scope: self.out_of_scope,
            helped: share(self.helped, self.tests),
            wrong_direct: share(self.wrong, self.answered),
            out_of_scope_answered: share(self.out_answered, self.out_of_scope),
            out_of_scope_offered: share(self.out_offered, self.out_of_scope),
            top1: share(self.top1, self.tests),
            top3: share(self.top3, self.tests),
            answered: share(self.answered, self.tests),
            offered: share(self.offered, self.tests),
        }
    }
}

/// Nothing of nothing is 0.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One letter lost, put in, taken for another or swapped with its neighbour, in a
/// quarter of the longer words.
fn with_typos(text: &str, dice: &mut Dice) -> String {
    let spoil = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > TYPO_LETTERS_ABOVE && dice.below(TYPO_ONE_IN) == 0 {
            let at = dice.below(letters.len() as u64) as usize;
            let other = char::from(b'a' + dice.below(26) as u8);
            match dice.below(4) {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, other),
                2 => letters.splice(at..=at, [other]).for_each(drop),
                _ => {
                    let first = at.min(letters.len() - 2);
                    letters.swap(first, first + 1);
                }
            }
        }
        letters.into_iter().collect::<String>()
    };
    text.split(' ').map(spoil).collect::<Vec<_>>().join(" ")
}

/// SplitMix64: the same throws in every run and on every machine.
struct Dice(u64);

impl Dice {
    /// 0 to `sides` - 1.
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_one_edit_in_a_longer_word_and_always_the_same() {
        let text = "je voudrais retourner cette paire de chaussures achetée hier svp";
        let spoilt = with_typos(&text.repeat(20), &mut Dice(TYPO_SEED));
        assert_eq!(spoilt, with_typos(&text.repeat(20), &mut Dice(TYPO_SEED)));
        let words = text.repeat(20);
        let pairs: Vec<(&str, &str)> = words.split(' ').zip(spoilt.split(' ')).collect();
        let changed = pairs.iter().filter(|(word, other)| word != other).count();
        assert!((15..60).contains(&changed), "{changed} of {}", pairs.len());
        for (word, other) in pairs {
            let letters: Vec<char> = word.chars().collect();
            assert!(comptoir_catalog::words::errors(&letters, other) <= 1, "{word} {other}");
            assert!(letters.len() > TYPO_LETTERS_ABOVE || word == other, "{word} {other}");
        }
    }

    #[test]
    fn figures_count_what_a_visitor_meets() {
        let faqs = [vec!["Where is my parcel?".to_owned()], vec!["I want my money back".to_owned()]];
        let index = FaqIndex::new("en", &faqs);
        let tests = [
            (Some(0), "where is my parcel".to_owned()),
            (Some(0), "i want my money back".to_owned()),
            (Some(1), "zzz".to_owned()),
            (None, "i want my money back".to_owned()),
            (None, "xyzzy".to_owned()),
        ];
        let figures = measure(&index, &tests, false);
        assert_eq!((figures.tests, figures.out_of_scope), (3, 2));
        assert_eq!((figures.wrong_direct, figures.out_of_scope_answered), (0.5, 0.5));
        assert_eq!((figures.helped, figures.top1, figures.answered), (1.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0));
    }
}
