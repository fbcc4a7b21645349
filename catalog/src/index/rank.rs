//! What happens to the best products after the words were counted.

use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use super::IndexFault;
use super::schema::ShownVariant;
use crate::words::Word;

/// Products that are ranked again.
pub(super) const CONSIDERED: usize = 200;
/// Products that vote for their class.
const VOTERS: usize = 50;
/// How much a class with all votes is raised.
const VOTE_WEIGHT: f32 = 2.0;

struct Candidate {
    score: f32,
    address: DocAddress,
    class: u64,
    order: u64,
}

/// Multiplies each score by what its class has of the best ones' scores: most of a
/// question's good answers are one kind of thing. Ties keep the order of adding.
pub(super) fn by_class_vote(
    searcher: &Searcher,
    best: Vec<(f32, DocAddress)>,
) -> Result<Vec<(f32, DocAddress)>, IndexFault> {
    let columns = searcher
        .segment_readers()
        .iter()
        .map(|segment| Ok((segment.fast_fields().u64("class_key")?, segment.fast_fields().u64("order")?)))
        .collect::<Result<Vec<(Column<u64>, Column<u64>)>, tantivy::TantivyError>>()?;
    let mut candidates: Vec<Candidate> = best
        .into_iter()
        .map(|(score, address)| {
            let of = |column: &Column<u64>| column.first(address.doc_id).unwrap_or_default();
            let (class, order) = columns
                .get(address.segment_ord as usize)
                .map(|(class, order)| (of(class), of(order)))
                .unwrap_or_default();
            Candidate { score, address, class, order }
        })
        .collect();
    vote(&mut candidates);
    candidates.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.order.cmp(&other.order)));
    Ok(candidates.into_iter().map(|candidate| (candidate.score, candidate.address)).collect())
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

/// The variant that the words mean: one named by a code, else the one with the
/// most of the words among its options; nothing when no word tells them apart.
pub(super) fn matching_variant<'v>(
    variants: &'v [ShownVariant],
    words: &[Word],
    names: &[String],
) -> Option<&'v ShownVariant> {
    if let Some(named) = variants.iter().find(|variant| variant.codes.iter().any(|code| names.contains(code))) {
        return Some(named);
    }
    let matched = |variant: &ShownVariant| {
        words.iter().filter(|word| variant.words.contains(&word.folded) || variant.words.contains(&word.stem)).count()
    };
    let mut best: Option<(usize, &ShownVariant)> = None;
    for variant in variants {
        let count = matched(variant);
        if count > best.map_or(0, |(most, _)| most) {
            best = Some((count, variant));
        }
    }
    best.map(|(_, variant)| variant)
}
