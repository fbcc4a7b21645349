//! Sums of scores over one window of products.
//!
//! A word's readings are alternatives, of which the best counts; a reading's places
//! too, of which the others count a little. A word with one reading, and a reading
//! with one place, as most are, are summed without a stage between.

use super::score::WINDOW;

/// How much of a worse place counts beside the best one.
const TIE: f32 = 0.1;
/// Added for each word that is found at all: products with more of the words win.
const COORDINATION: f32 = 16.0;
/// The same where a word stands in the description only, and beside it.
const COORDINATION_DESCRIPTION: f32 = 8.0;
/// A code or a whole title outweighs any sum of words.
const EXACT: f32 = 10_000.0;

/// What kind of place a word stands in: bits, since it may stand in both kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Found(u8);

impl Found {
    pub const PROMINENT: Self = Self(1);
    pub const DESCRIBED: Self = Self(2);

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What a word is worth for being there, before it is asked how well.
    fn coordination(self) -> f32 {
        let prominent = if self.has(Self::PROMINENT) { COORDINATION } else { 0.0 };
        prominent + if self.has(Self::DESCRIBED) { COORDINATION_DESCRIPTION } else { 0.0 }
    }
}

/// What one product scores for the word that is summed; zero between two words.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Of its readings so far.
    word: f32,
    /// Of its reading: the best place, and all.
    best: f32,
    sum: f32,
    found: Found,
}

/// Products that are looked at, or passed over, at once.
const BLOCK: usize = 64;
/// Of a block that has one worth giving, as many are looked at together.
const FEW: usize = 8;

/// The sums of a window, by the place of a product in it; used again from segment to
/// segment. All of it is zero between two windows.
pub(super) struct Sums {
    /// Nobody with a score has zero: what a word is worth is more.
    totals: Box<[f32; WINDOW as usize]>,
    /// Whether any product of a block has a score.
    is_scored: [bool; WINDOW as usize / BLOCK],
    slots: Vec<Slot>,
    /// Products of the word, and of the reading, that is summed.
    of_word: Vec<u32>,
    of_reading: Vec<u32>,
}

/// The sum of one word.
pub(super) struct Word<'s> {
    sums: &'s mut Sums,
    readings: usize,
}

/// The sum of one reading of a word.
pub(super) struct Reading<'s> {
    sums: &'s mut Sums,
    weight: f32,
    is_only: bool,
    has_one_place: bool,
}

impl Sums {
    pub fn new() -> Self {
        Self {
            totals: Box::new([0.0; WINDOW as usize]),
            is_scored: [false; WINDOW as usize / BLOCK],
            slots: vec![Slot::default(); WINDOW as usize],
            of_word: Vec::new(),
            of_reading: Vec::new(),
        }
    }

    /// A word with so many readings; each is told by [`Word::reading`].
    pub fn word(&mut self, readings: usize) -> Word<'_> {
        Word { sums: self, readings }
    }

    #[inline]
    pub fn add(&mut self, offset: u32, score: f32) {
        // An offset is below the window; the mask says so to the compiler, too.
        let at = (offset % WINDOW) as usize;
        if let (Some(total), Some(is_scored)) = (self.totals.get_mut(at), self.is_scored.get_mut(at / BLOCK)) {
            *total += score;
            *is_scored = true;
        }
    }

    /// The product is named by a code or its whole title; in two ways is once.
    pub fn name(&mut self, offset: u32) {
        if self.totals.get(offset as usize).is_some_and(|total| *total < EXACT) {
            self.add(offset, EXACT);
        }
    }

    /// Gives and clears what was summed, in order: scores of `floor` or more, which
    /// `give` answers anew. Answers how many products have any score.
    pub fn drain(&mut self, mut floor: f32, mut give: impl FnMut(u32, f32) -> f32) -> u64 {
        let mut scored = 0;
        let blocks = self.totals.chunks_exact_mut(BLOCK).zip(&mut self.is_scored);
        for (first, (totals, is_scored)) in (0..).step_by(BLOCK).zip(blocks) {
            if !std::mem::take(is_scored) {
                continue;
            }
            let (count, best) = count_and_best(totals);
            scored += u64::from(count);
            if best >= floor {
                let few = totals.chunks_exact(FEW);
                for (first, few) in (first..).step_by(FEW).zip(few) {
                    if count_and_best(few).1 < floor {
                        continue;
                    }
                    for (offset, total) in (first..).zip(few) {
                        if *total > 0.0 && *total >= floor {
                            floor = give(offset, *total);
                        }
                    }
                }
            }
            totals.fill(0.0);
        }
        scored
    }
}

/// How many have any score, and the best one. The bits of numbers that are not negative
/// stand in their order, and are compared many at once.
fn count_and_best(totals: &[f32]) -> (u32, f32) {
    let (mut count, mut best) = (0_u32, 0_i32);
    for total in totals {
        let bits = total.to_bits().cast_signed();
        count += u32::from(bits > 0);
        best = best.max(bits);
    }
    (count, f32::from_bits(best.cast_unsigned()))
}

impl Word<'_> {
    /// A reading with so many places.
    pub fn reading(&mut self, weight: f32, places: usize) -> Reading<'_> {
        Reading { sums: self.sums, weight, is_only: self.readings == 1, has_one_place: places == 1 }
    }

    pub fn end(self) {
        let mut found = std::mem::take(&mut self.sums.of_word);
        for offset in found.drain(..) {
            let word = self.sums.slots.get_mut(offset as usize).map(|slot| std::mem::take(&mut slot.word));
            self.sums.add(offset, word.unwrap_or_default());
        }
        self.sums.of_word = found;
    }
}

impl Reading<'_> {
    /// A product has the word in a place, once in each.
    pub fn place(&mut self, offset: u32, score: f32, found: Found) {
        if self.has_one_place {
            self.whole(offset, score + found.coordination());
            return;
        }
        let Some(slot) = self.sums.slots.get_mut(offset as usize) else { return };
        if slot.found == Found::default() {
            self.sums.of_reading.push(offset);
        }
        slot.found = slot.found.or(found);
        slot.best = slot.best.max(score);
        slot.sum += score;
    }

    /// Products that have the word, with what it is worth in all places; `start` is the
    /// window's first one.
    pub fn listed(mut self, start: u32, docs: &[u32], scores: &[f32]) {
        let offsets = docs.iter().map(|doc| doc - start);
        if self.is_only {
            offsets.zip(scores).for_each(|(offset, score)| self.sums.add(offset, score * self.weight));
        } else {
            offsets.zip(scores).for_each(|(offset, score)| self.whole(offset, *score));
        }
    }

    /// What a product scores in all places together.
    pub fn whole(&mut self, offset: u32, score: f32) {
        let score = score * self.weight;
        if self.is_only {
            self.sums.add(offset, score);
        } else if let Some(slot) = self.sums.slots.get_mut(offset as usize) {
            if slot.word == 0.0 {
                self.sums.of_word.push(offset);
            }
            slot.word = slot.word.max(score);
        }
    }

    pub fn end(mut self) {
        let mut found = std::mem::take(&mut self.sums.of_reading);
        for offset in found.drain(..) {
            let Some(slot) = self.sums.slots.get_mut(offset as usize) else { continue };
            let score = slot.best + TIE * (slot.sum - slot.best) + slot.found.coordination();
            (slot.best, slot.sum, slot.found) = (0.0, 0.0, Found::default());
            self.whole(offset, score);
        }
        self.sums.of_reading = found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drained(sums: &mut Sums, floor: f32) -> (Vec<(u32, f32)>, u64) {
        let mut given = Vec::new();
        let scored = sums.drain(floor, |offset, score| {
            given.push((offset, score));
            floor
        });
        (given, scored)
    }

    #[test]
    fn the_best_place_of_the_best_reading_counts_and_the_others_a_little() {
        let mut sums = Sums::new();
        let mut word = sums.word(2);
        let mut typed = word.reading(1.0, 2);
        typed.place(3, 4.0, Found::PROMINENT);
        typed.place(3, 2.0, Found::DESCRIBED);
        typed.place(70, 1.0, Found::DESCRIBED);
        typed.end();
        let mut guessed = word.reading(0.5, 1);
        guessed.place(3, 4.0, Found::PROMINENT);
        guessed.place(9, 4.0, Found::PROMINENT);
        guessed.end();
        word.end();
        let (given, scored) = drained(&mut sums, 0.0);
        assert_eq!(given, [(3, 4.0 + 0.1 * 2.0 + 24.0), (9, 0.5 * (4.0 + 16.0)), (70, 1.0 + 8.0)]);
        assert_eq!(scored, 3);
        assert_eq!(drained(&mut sums, 0.0), (Vec::new(), 0));
    }

    #[test]
    fn products_below_the_floor_are_counted_and_not_given() {
        let mut sums = Sums::new();
        for (offset, score) in [(0, 1.0), (1, 5.0), (2, 3.0)] {
            sums.add(offset, score);
        }
        sums.name(2);
        sums.name(2);
        assert_eq!(drained(&mut sums, 5.0), (vec![(1, 5.0), (2, 3.0 + EXACT)], 3), "at the floor is not below it");
    }
}
