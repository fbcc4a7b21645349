//! The first ones of many products, in any order of arrival.
//!
//! They gather until there are twice as many as wanted, then half of them go: that
//! moves each one less often than keeping them sorted would.

use tantivy::DocAddress;

/// Fewer are not worth a selection.
const GATHERED_MIN: usize = 64;

/// A product with what it is ordered by: the highest rank comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub rank: [u64; 4],
    pub score: f32,
    pub address: DocAddress,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank).then_with(|| other.address.cmp(&self.address))
    }
}

/// At most `keep` products are the first ones.
#[derive(Debug)]
pub(super) struct First {
    keep: usize,
    gathered: Vec<Ranked>,
    /// The last of the first ones when they were selected.
    last: Option<Ranked>,
}

impl First {
    pub fn new(keep: usize) -> Self {
        Self { keep, gathered: Vec::new(), last: None }
    }

    /// What a product must score to be among the first, where scores order them.
    pub fn floor(&self) -> f32 {
        if self.keep == 0 { f32::INFINITY } else { self.last.map_or(0.0, |last| last.score) }
    }

    /// Whether a rank that begins so may be among the first.
    pub fn may_hold(&self, begins: &[u64]) -> bool {
        self.keep > 0
            && self.last.is_none_or(|last| {
                let known = last.rank.get(..begins.len()).unwrap_or(&last.rank);
                begins >= known
            })
    }

    pub fn put(&mut self, ranked: Ranked) {
        if self.keep == 0 || self.last.is_some_and(|last| ranked < last) {
            return;
        }
        self.gathered.push(ranked);
        if self.gathered.len() >= (self.keep * 2).max(GATHERED_MIN) {
            self.select();
        }
    }

    fn select(&mut self) {
        if self.keep > 0 && self.gathered.len() > self.keep {
            let (_, last, _) = self.gathered.select_nth_unstable_by(self.keep - 1, |one, other| other.cmp(one));
            self.last = Some(*last);
            self.gathered.truncate(self.keep);
        }
    }

    pub fn in_order(mut self) -> Vec<Ranked> {
        self.select();
        self.gathered.sort_unstable_by(|one, other| other.cmp(one));
        self.gathered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ones_are_those_of_a_whole_sort_however_they_arrive() {
        let ranked = |number: u64| Ranked {
            rank: [number * 7_919 % 40, number * 104_729 % 13, number % 3, 0],
            score: (number * 7_919 % 40) as f32,
            address: DocAddress::new(0, u32::try_from(number).unwrap()),
        };
        let mut all: Vec<Ranked> = (0..3_000).map(ranked).collect();
        for keep in [0, 1, 7, 200, 5_000] {
            let mut first = First::new(keep);
            for ranked in &all {
                if first.may_hold(&ranked.rank[..1])
                    && ranked.score >= first.floor()
                    && first.may_hold(&ranked.rank[..2])
                {
                    first.put(*ranked);
                }
            }
            let mut sorted = all.clone();
            sorted.sort_by(|one, other| other.cmp(one));
            sorted.truncate(keep);
            assert_eq!(first.in_order(), sorted, "{keep}");
            all.reverse();
        }
    }
}
