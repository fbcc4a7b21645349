//! How the products found spread over categories, brands, attributes and prices.

use std::collections::HashMap;
use std::sync::LazyLock;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::IndexFault;
use super::columns::Offered;
use super::facets::{self, Kind};
use super::question::{AttributeCounts, CategoryCount, Counts, PriceCounts, PriceRange, ValueCount};
use super::schema::columns;
use crate::words::fold;

/// Values of each list of [`Counts`].
pub const COUNTED_VALUES_MAX: usize = 50;
/// Names of attributes that are counted.
pub const COUNTED_ATTRIBUTES_MAX: usize = 20;
/// Different values of one segment that are looked up by name; rarer ones are left out.
const NAMED_MAX: usize = 20_000;
/// Ranges of prices.
const RANGES_MAX: usize = 6;
/// Powers of ten that prices are counted by, each in three steps: 1, 2, 5.
const POWERS: u32 = 18;

/// Counts that are still being added up.
#[derive(Debug, Default)]
pub(super) struct Tally {
    in_stock: u64,
    prices: PriceSteps,
    /// By what is compared: how often, and how it is shown.
    values: HashMap<String, (u64, String)>,
}

/// The counts of one segment, by its own numbers of values.
pub(super) struct SegmentTally {
    facets: Option<StrColumn>,
    by_value: Vec<u32>,
    in_stock: u64,
    prices: PriceSteps,
}

impl SegmentTally {
    pub fn add(&mut self, doc: DocId, offered: &Offered) {
        self.in_stock += u64::from(offered.in_stock);
        if let Some(price) = offered.cheapest {
            self.prices.add(price);
        }
        let Some(facets) = &self.facets else { return };
        for value in facets.term_ords(doc) {
            if let Some(count) = usize::try_from(value).ok().and_then(|value| self.by_value.get_mut(value)) {
                *count += 1;
            }
        }
    }
}

impl Tally {
    pub fn segment(&self, segment: &SegmentReader) -> Result<SegmentTally, IndexFault> {
        let facets = segment.fast_fields().str(columns::FACETS)?;
        let by_value = vec![0; facets.as_ref().map_or(0, |facets| facets.num_terms())];
        Ok(SegmentTally { facets, by_value, in_stock: 0, prices: PriceSteps::default() })
    }

    pub fn take(&mut self, segment: SegmentTally) -> Result<(), IndexFault> {
        self.in_stock += segment.in_stock;
        self.prices.join(&segment.prices);
        let Some(facets) = segment.facets else { return Ok(()) };
        let mut counted: Vec<(u64, u32)> = (0..).zip(segment.by_value).filter(|(_, count)| *count > 0).collect();
        if counted.len() > NAMED_MAX {
            counted.sort_unstable_by_key(|(_, count)| std::cmp::Reverse(*count));
            counted.truncate(NAMED_MAX);
            counted.sort_unstable();
        }
        let ordinals: Vec<u64> = counted.iter().map(|(ordinal, _)| *ordinal).collect();
        let mut counts = counted.iter().map(|(_, count)| u64::from(*count));
        facets.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            let count = counts.next().unwrap_or_default();
            if let Some((_, key, _)) = std::str::from_utf8(term).ok().and_then(|term| facets::parts(term)) {
                let term = String::from_utf8_lossy(term);
                let known = self.values.entry(key.to_owned()).or_insert_with(|| (0, term.clone().into_owned()));
                known.0 += count;
            }
        })?;
        Ok(())
    }

    pub fn counts(self) -> Counts {
        let mut values: Vec<(u64, String)> = self.values.into_values().collect();
        values.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let mut counts = Counts { in_stock: self.in_stock, prices: self.prices.ranges(), ..Counts::default() };
        for (products, term) in values {
            let Some((kind, _, shown)) = facets::parts(&term) else { continue };
            let owned = |text: &&str| (*text).to_owned();
            match kind {
                Kind::Category if counts.categories.len() < COUNTED_VALUES_MAX => {
                    counts.categories.push(CategoryCount { path: shown.iter().map(owned).collect(), products });
                }
                Kind::Brand if counts.brands.len() < COUNTED_VALUES_MAX => {
                    counts.brands.extend(shown.first().map(|brand| ValueCount { value: owned(brand), products }));
                }
                Kind::Attribute => {
                    if let [name, value] = shown.as_slice() {
                        attribute(&mut counts.attributes, name, ValueCount { value: owned(value), products });
                    }
                }
                Kind::Category | Kind::Brand => {}
            }
        }
        counts
    }
}

fn attribute(attributes: &mut Vec<AttributeCounts>, name: &str, value: ValueCount) {
    let is_full = attributes.len() >= COUNTED_ATTRIBUTES_MAX;
    match attributes.iter_mut().find(|known| fold(&known.name) == fold(name)) {
        Some(known) if known.values.len() < COUNTED_VALUES_MAX => known.values.push(value),
        None if !is_full => attributes.push(AttributeCounts { name: name.to_owned(), values: vec![value] }),
        Some(_) | None => {}
    }
}

/// Prices counted between 0, 1, 2, 5, 10, 20, 50 … minor units: few numbers for any catalog.
#[derive(Debug, Default)]
struct PriceSteps {
    span: Option<(i64, i64)>,
    /// By the step that each price has reached.
    counts: Vec<u64>,
}

/// The start of a step: 0, 1, 2, 5, 10, …
fn start_of(step: usize) -> i64 {
    let Some(step) = step.checked_sub(1) else { return 0 };
    let power = u32::try_from(step / 3).unwrap_or(POWERS).min(POWERS);
    let digit = [1, 2, 5].get(step % 3).copied().unwrap_or(1);
    10_i64.pow(power).saturating_mul(digit)
}

const STEPS: usize = POWERS as usize * 3 + 1;

static STARTS: LazyLock<Vec<i64>> = LazyLock::new(|| (0..STEPS).map(start_of).collect());

fn step_of(price: i64) -> usize {
    STARTS.partition_point(|start| *start <= price).saturating_sub(1)
}

impl PriceSteps {
    fn add(&mut self, price: i64) {
        self.span = Some(self.span.map_or((price, price), |(low, high)| (low.min(price), high.max(price))));
        self.counts.resize(STEPS, 0);
        if let Some(count) = self.counts.get_mut(step_of(price)) {
            *count += 1;
        }
    }

    fn join(&mut self, other: &Self) {
        let Some((low, high)) = other.span else { return };
        self.span = Some(self.span.map_or((low, high), |known| (known.0.min(low), known.1.max(high))));
        self.counts.resize(STEPS, 0);
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
    }

    fn ranges(self) -> Option<PriceCounts> {
        let (lowest, highest) = self.span?;
        let mut ranges: Vec<PriceRange> = (0..)
            .zip(self.counts)
            .filter(|(_, products)| *products > 0)
            .map(|(step, products)| PriceRange { from: start_of(step), until: start_of(step + 1), products })
            .collect();
        // The emptiest neighbours join until few enough are left.
        while ranges.len() > RANGES_MAX {
            let emptiest = (1..ranges.len()).min_by_key(|place| {
                let pair = ranges.get(place - 1..=*place).unwrap_or_default();
                pair.iter().map(|range| range.products).sum::<u64>()
            });
            let Some(place) = emptiest else { break };
            let joined = ranges.remove(place);
            if let Some(range) = ranges.get_mut(place - 1) {
                range.until = joined.until;
                range.products += joined.products;
            }
        }
        Some(PriceCounts { lowest, highest, ranges })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_counted_between_round_numbers() {
        let mut steps = PriceSteps::default();
        for price in [0, 990, 1_000, 1_999, 2_000, 12_000] {
            steps.add(price);
        }
        let counts = steps.ranges().unwrap();
        assert_eq!((counts.lowest, counts.highest), (0, 12_000));
        let told: Vec<(i64, i64, u64)> =
            counts.ranges.iter().map(|range| (range.from, range.until, range.products)).collect();
        assert_eq!(told, [(0, 1, 1), (500, 1_000, 1), (1_000, 2_000, 2), (2_000, 5_000, 1), (10_000, 20_000, 1)]);
    }

    #[test]
    fn many_steps_join_into_a_few_ranges_that_lose_nobody() {
        let mut steps = PriceSteps::default();
        for price in (0..60).map(|power| 1_i64 << power) {
            steps.add(price);
        }
        let counts = steps.ranges().unwrap();
        assert_eq!(counts.ranges.len(), RANGES_MAX);
        assert_eq!(counts.ranges.iter().map(|range| range.products).sum::<u64>(), 60);
        assert!(counts.ranges.is_sorted_by(|one, other| one.until <= other.from));
    }
}
