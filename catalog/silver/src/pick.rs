//! Chance that is the same on every machine, and words drawn with it.

use comptoir_catalog::model::Gtin;

/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, never meant to be secret.
#[derive(Debug, Clone)]
pub(crate) struct Pick(u64);

impl Pick {
    /// A stream of its own for each thing that is drawn for.
    pub fn of(seed: u64, stream: u64) -> Self {
        let mut pick = Self(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        pick.next();
        pick
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end`, without it; 0 when that is empty.
    pub fn below(&mut self, end: usize) -> usize {
        // The high bits times the range: no division, and a bias that nobody sees below 2^32.
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to.saturating_sub(from) + 1)
    }

    /// True `percent` times in a hundred.
    pub fn is_in(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<T: Copy>(&mut self, words: &[T]) -> T {
        let at = self.below(words.len());
        words.get(at).copied().unwrap_or_else(|| unreachable!("an empty list of words"))
    }
}

/// Few are frequent, many are rare: place `n` has a share of 1 / (n + 8).
#[derive(Debug, Clone)]
pub(crate) struct Skewed {
    /// Sums of shares, in millionths.
    sums: Vec<usize>,
}

impl Skewed {
    pub fn over(places: usize) -> Self {
        let mut sum = 0;
        let sums = (0..places)
            .map(|place| {
                sum += 1_000_000 / (place + 8);
                sum
            })
            .collect();
        Self { sums }
    }

    pub fn place(&self, pick: &mut Pick) -> usize {
        let at = pick.below(self.sums.last().copied().unwrap_or_default());
        self.sums.partition_point(|sum| *sum <= at)
    }
}

/// A number of 13 digits whose last one fits, of the range that shops may use inside.
pub(crate) fn gtin(number: u64) -> Option<Gtin> {
    let twelve = format!("20{:010}", number % 10_000_000_000);
    let sum: u32 =
        twelve.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    Gtin::new(&format!("{twelve}{}", (10 - sum % 10) % 10)).ok()
}

/// Appends a pattern with each `{name}` put in by `word`.
pub(crate) fn fill(out: &mut String, pattern: &str, mut word: impl FnMut(&str, &mut String)) {
    let mut rest = pattern;
    while let Some((before, from)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = from.split_once('}').unwrap_or((from, ""));
        word(name, out);
        rest = after;
    }
    out.push_str(rest);
}

/// The first letter in capitals.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draw = |seed| {
            let mut pick = Pick::of(seed, 3);
            (0..5).map(|_| pick.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn codes_have_the_check_digit_that_fits() {
        assert!((0..1_000).all(|number| gtin(number * 7_919).is_some()));
    }

    #[test]
    fn the_first_places_are_drawn_more_often() {
        let (skewed, mut pick) = (Skewed::over(190), Pick::of(1, 1));
        let mut drawn = vec![0; 190];
        (0..100_000).for_each(|_| {
            if let Some(count) = drawn.get_mut(skewed.place(&mut pick)) {
                *count += 1;
            }
        });
        let (first, last) = (drawn.first().copied(), drawn.last().copied());
        assert!(first > last.map(|last| last * 10) && last > Some(50), "{first:?} {last:?}");
    }
}
