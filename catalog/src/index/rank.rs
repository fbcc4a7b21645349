//! What happens to the best products after the words were counted.

use std::collections::HashMap;

use tantivy::DocAddress;

use super::offers::{IN_STOCK, Offer};
use super::shown::{Shown, ShownVariant};
use crate::words::Word;

/// Products that are ranked again.
pub(super) const CONSIDERED: usize = 200;
/// Products that vote for their class.
const VOTERS: usize = 50;
/// How much a class with all votes is raised.
const VOTE_WEIGHT: f32 = 2.0;
/// What a product keeps of its score that nobody can buy now: it loses near-ties.
const GONE_SHARE: f32 = 0.98;

pub(super) struct Candidate {
    pub score: f32,
    pub address: DocAddress,
    pub class: u64,
    /// In the order of ids.
    pub id: [u64; 2],
    /// All its variants are out of stock.
    pub is_gone: bool,
}

/// Multiplies each score by what its class has of the best ones' scores: most of a
/// question's good answers are one kind of thing. Ties end by id.
pub(super) fn again(candidates: &mut [Candidate]) {
    vote(candidates);
    for candidate in candidates.iter_mut().filter(|candidate| candidate.is_gone) {
        candidate.score *= GONE_SHARE;
    }
    candidates.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.id.cmp(&other.id)));
}

fn vote(candidates: &mut [Candidate]) {
    let mut votes: HashMap<u64, f32> = HashMap::new();
    let mut all = 0.0;
    for voter in candidates.iter().take(VOTERS) {
        all += voter.score;
        if voter.class != 0 {
            *votes.entry(voter.class).or_default() += voter.score;
        }
    }
    if all <= 0.0 {
        return;
    }
    for candidate in candidates {
        let share = votes.get(&candidate.class).copied().unwrap_or_default() / all;
        candidate.score *= 1.0 + VOTE_WEIGHT * share;
    }
}

/// What a question says of the variants of a product.
pub(super) struct Meaning<'a> {
    pub words: &'a [Word],
    pub names: &'a [String],
    /// Each variant's offer and whether the filters let it pass; empty when all do.
    pub offers: &'a [(Offer, bool)],
}

impl Meaning<'_> {
    fn passes(&self, place: usize) -> bool {
        self.offers.get(place).is_none_or(|(_, passes)| *passes)
    }

    fn is_in_stock(&self, place: usize) -> bool {
        self.offers.get(place).is_some_and(|(offer, _)| offer.availability == IN_STOCK)
    }
}

/// The variant that is meant, among those that pass the filters: one named by a
/// code, else the one with the most of the words among its options. Nothing when
/// neither words nor filters tell variants apart.
pub(super) fn matching_variant<'v>(shown: &'v Shown, meaning: &Meaning<'_>) -> Option<&'v ShownVariant> {
    let passing = || shown.variants.iter().enumerate().filter(|(place, _)| meaning.passes(*place));
    if let Some((_, named)) = passing().find(|(_, variant)| variant.is_named(meaning.names)) {
        return Some(named);
    }
    let matched = |variant: &ShownVariant| {
        let has =
            |word: &&Word| shown.has_option_word(variant, &word.folded) || shown.has_option_word(variant, &word.stem);
        meaning.words.iter().filter(has).count()
    };
    let some_fail = (0..shown.variants.len()).any(|place| !meaning.passes(place));
    let mut best: Option<((usize, bool), &ShownVariant)> = None;
    for (place, variant) in passing() {
        let worth = (matched(variant), meaning.is_in_stock(place));
        let tells = worth.0 > 0 || some_fail;
        if tells && best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, variant));
        }
    }
    best.map(|(_, variant)| variant)
}
