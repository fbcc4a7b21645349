//! What happens to the best products after the words were counted.

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
}

/// The first `limit` once each score is multiplied by what its class has of the best
/// ones' scores: most of a question's good answers are one kind of thing. Ties end by id.
/// `is_gone` says whether all variants of a product are out of stock.
pub(super) fn again(candidates: &mut Vec<Candidate>, limit: usize, is_gone: impl Fn(DocAddress) -> bool) {
    if limit == 0 {
        candidates.clear();
        return;
    }
    vote(candidates);
    // Who comes behind so many, even were they all gone, needs no look at the stock.
    if candidates.len() > limit {
        let (_, last, _) = candidates.select_nth_unstable_by(limit - 1, |one, other| other.score.total_cmp(&one.score));
        let least = last.score * GONE_SHARE;
        candidates.retain(|candidate| candidate.score >= least);
    }
    for candidate in candidates.iter_mut().filter(|candidate| is_gone(candidate.address)) {
        candidate.score *= GONE_SHARE;
    }
    candidates.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then(one.id.cmp(&other.id)).then(one.address.cmp(&other.address))
    });
    candidates.truncate(limit);
}

fn vote(candidates: &mut [Candidate]) {
    // A few classes: looking through them is faster than a map.
    let mut votes: Vec<(u64, f32)> = Vec::new();
    let mut all = 0.0;
    for voter in candidates.iter().take(VOTERS) {
        all += voter.score;
        match votes.iter_mut().find(|(class, _)| *class == voter.class) {
            Some((_, votes)) => *votes += voter.score,
            None if voter.class != 0 => votes.push((voter.class, voter.score)),
            None => {}
        }
    }
    if all <= 0.0 {
        return;
    }
    for candidate in candidates {
        let votes = votes.iter().find(|(class, _)| *class == candidate.class).map_or(0.0, |(_, votes)| *votes);
        candidate.score *= 1.0 + VOTE_WEIGHT * (votes / all);
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
