//! Which segments of an index are joined.
//!
//! Each commit leaves a segment, and each segment costs every search a little;
//! joining costs once, and in the background. The few big segments of a build stay
//! as they are: joining a million products takes longer than it ever saves.

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// So many segments of one tier become one.
const JOINED: usize = 8;
/// From one tier to the next products are so many times more.
const TIER_FACTOR: u32 = 8;
/// Products of the smallest tier.
const SMALLEST: u32 = 1_000;
/// Tiers whose segments are joined; those of more products are big.
const TIERS: usize = 3;
/// A segment of which so many hundredths were replaced is written anew.
const REPLACED_PERCENT: u32 = 30;

#[derive(Debug, Clone, Copy)]
pub(super) struct Tiers;

impl MergePolicy for Tiers {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let sizes: Vec<(SegmentId, u32, u32)> =
            segments.iter().map(|segment| (segment.id(), segment.num_docs(), segment.num_deleted_docs())).collect();
        joined(&sizes).into_iter().map(MergeCandidate).collect()
    }
}

/// By segments' live and replaced products, which are joined.
fn joined<S: Copy>(segments: &[(S, u32, u32)]) -> Vec<Vec<S>> {
    let mut all = Vec::new();
    let mut tiers: [Vec<S>; TIERS] = Default::default();
    for (segment, live, replaced) in segments {
        let is_worn = u64::from(*replaced) * 100 > u64::from(live + replaced) * u64::from(REPLACED_PERCENT);
        match (0..).zip(&mut tiers).find(|(tier, _)| *live <= SMALLEST * TIER_FACTOR.pow(*tier)) {
            Some((_, tier)) => tier.push(*segment),
            None if is_worn => all.push(vec![*segment]),
            None => {}
        }
    }
    all.extend(tiers.into_iter().filter(|tier| tier.len() >= JOINED));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_segments_are_joined_and_big_ones_when_they_are_worn() {
        let small = |count: usize, live: u32| (0..count).map(move |place| (place, live, 0));
        assert!(joined(&small(7, 3).collect::<Vec<_>>()).is_empty());
        assert_eq!(joined(&small(8, 3).collect::<Vec<_>>()), [[0, 1, 2, 3, 4, 5, 6, 7]]);
        assert_eq!(joined(&small(9, 60_000).collect::<Vec<_>>()).len(), 1);
        assert!(joined(&small(20, 100_000).collect::<Vec<_>>()).is_empty());
        assert!(joined(&small(4, 3).chain(small(4, 5_000)).collect::<Vec<_>>()).is_empty());
        assert_eq!(joined(&[('a', 100_000, 20_000), ('b', 100_000, 60_000)]), [['b']]);
    }
}
