//! Goes through the products that a query finds and keeps the first ones.
//!
//! One loop does all that is done for each product found: it is let through or not
//! by its variants, counted, and ranked. The loop looks at the clock, so that a
//! question that takes too long ends with a fault and not with a busy thread.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::counts::Tally;
use super::filter::VariantTest;
use super::offers::{self, IN_STOCK, Offer};
use super::schema::columns;
use super::{IndexFault, Sort};

/// Products that are looked at between two looks at the clock.
const CLOCK_EVERY: u64 = 1_024;

/// What is wanted of the products found.
pub(super) struct Gather<'a> {
    /// How many of the first ones are kept.
    pub keep: usize,
    pub sort: Sort,
    pub variants: &'a VariantTest,
    /// Products that score less are passed over.
    pub floor: f32,
    pub counting: bool,
    /// After so many products found the rest is not looked at.
    pub looked_max: u64,
    pub now: i64,
    pub deadline: Option<Instant>,
}

#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The first ones in order.
    pub first: Vec<Ranked>,
    pub total: u64,
    pub tally: Tally,
}

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

impl Gather<'_> {
    /// # Errors
    /// [`IndexFault::TooSlow`] at the deadline; when the index cannot be read.
    pub fn run(&self, searcher: &Searcher, query: &dyn Query) -> Result<Gathered, IndexFault> {
        let scoring = EnableScoring::enabled_from_searcher(searcher);
        let weight = query.weight(scoring)?;
        let mut heap = BinaryHeap::with_capacity(self.keep + 1);
        let mut gathered = Gathered::default();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            self.segment(ordinal, segment, weight.as_ref(), &mut heap, &mut gathered)?;
        }
        gathered.first = heap.into_sorted_vec().into_iter().map(|Reverse(ranked)| ranked).collect();
        Ok(gathered)
    }

    fn segment(
        &self,
        ordinal: u32,
        segment: &SegmentReader,
        weight: &dyn Weight,
        heap: &mut BinaryHeap<Reverse<Ranked>>,
        gathered: &mut Gathered,
    ) -> Result<(), IndexFault> {
        let mut scorer = weight.scorer(segment, 1.0)?;
        let columns = Columns::of(segment)?;
        let needs_offers =
            self.variants.is_needed() || self.counting || matches!(self.sort, Sort::PriceUp | Sort::PriceDown);
        let mut tally = self.counting.then(|| gathered.tally.segment(segment)).transpose()?;
        let mut options = Vec::new();
        let mut looked = 0_u64;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            if looked.is_multiple_of(CLOCK_EVERY) && self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(IndexFault::TooSlow);
            }
            looked += 1;
            if gathered.total >= self.looked_max {
                break;
            }
            let here = doc;
            let score = if segment.is_deleted(here) { None } else { Some(scorer.score()) };
            doc = scorer.advance();
            let Some(score) = score.filter(|score| *score >= self.floor) else { continue };
            let offered = if needs_offers {
                let Some(offered) = columns.offered(here, self.variants, self.now, &mut options) else { continue };
                offered
            } else {
                Offered::default()
            };
            gathered.total += 1;
            if let Some(tally) = &mut tally {
                tally.add(here, &offered);
            }
            let head = self.head(&columns, here, score, &offered);
            let is_full = heap.len() >= self.keep;
            if is_full && heap.peek().is_none_or(|Reverse(last): &Reverse<Ranked>| head < last.rank[0]) {
                continue;
            }
            let rank = self.rank(&columns, here, head);
            heap.push(Reverse(Ranked { rank, score, address: DocAddress::new(ordinal, here) }));
            if is_full {
                heap.pop();
            }
        }
        if let Some(tally) = tally {
            gathered.tally.take(tally)?;
        }
        Ok(())
    }

    /// The first number of a rank: cheap, and mostly enough to pass a product over.
    fn head(&self, columns: &Columns, doc: DocId, score: f32, offered: &Offered) -> u64 {
        match self.sort {
            Sort::Relevance => u64::from(score.max(0.0).to_bits()),
            // Zero, the lowest of all, is for products without a price.
            Sort::PriceUp => offered.cheapest.map_or(0, |price| !ordered(price)).max(1) * priced(offered),
            Sort::PriceDown => offered.cheapest.map_or(0, ordered).max(1) * priced(offered),
            Sort::Title => !first(&columns.title[0], doc),
            Sort::Newest => first(&columns.added, doc),
        }
    }

    fn rank(&self, columns: &Columns, doc: DocId, head: u64) -> [u64; 4] {
        let [id, id_rest] = columns.id_key(doc).map(|key| !key);
        match self.sort {
            Sort::Title => [head, !first(&columns.title[1], doc), id, id_rest],
            Sort::Relevance | Sort::PriceUp | Sort::PriceDown | Sort::Newest => [head, id, id_rest, 0],
        }
    }
}

fn ordered(price: i64) -> u64 {
    price.cast_unsigned() ^ (1 << 63)
}

fn priced(offered: &Offered) -> u64 {
    u64::from(offered.cheapest.is_some())
}

fn first(column: &Column<u64>, doc: DocId) -> u64 {
    column.first(doc).unwrap_or_default()
}

/// What the variants of a product that pass have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offered {
    pub cheapest: Option<i64>,
    pub in_stock: bool,
}

/// A segment's columns that ranking needs.
pub(super) struct Columns {
    id: [Column<u64>; 2],
    title: [Column<u64>; 2],
    added: Column<u64>,
    offers: Column<u64>,
    pub class: Column<u64>,
}

impl Columns {
    pub fn of(segment: &SegmentReader) -> Result<Self, IndexFault> {
        let fast = segment.fast_fields();
        let [id, id_rest] = columns::ID;
        let [title, title_rest] = columns::TITLE;
        Ok(Self {
            id: [fast.u64(id)?, fast.u64(id_rest)?],
            title: [fast.u64(title)?, fast.u64(title_rest)?],
            added: fast.u64(columns::ADDED)?,
            offers: fast.u64(columns::OFFERS)?,
            class: fast.u64(columns::CLASS)?,
        })
    }

    pub fn id_key(&self, doc: DocId) -> [u64; 2] {
        let [id, rest] = &self.id;
        [first(id, doc), first(rest, doc)]
    }

    /// Nothing when no variant passes.
    fn offered(&self, doc: DocId, test: &VariantTest, now: i64, options: &mut Vec<u64>) -> Option<Offered> {
        let mut numbers = self.offers.values_for_doc(doc);
        let mut offered = None;
        while let Some(offer) = offers::next(&mut numbers, now, options) {
            if test.passes(&offer, options) {
                let known = offered.get_or_insert_with(Offered::default);
                known.in_stock |= offer.availability == IN_STOCK;
                known.cheapest = match (known.cheapest, offer.price) {
                    (Some(known), Some(price)) => Some(known.min(price)),
                    (known, price) => known.or(price),
                };
            }
        }
        offered
    }

    /// Each variant's offer, and whether it passes.
    pub fn offers(&self, doc: DocId, test: &VariantTest, now: i64) -> Vec<(Offer, bool)> {
        let mut numbers = self.offers.values_for_doc(doc);
        let (mut options, mut all) = (Vec::new(), Vec::new());
        while let Some(offer) = offers::next(&mut numbers, now, &mut options) {
            let passes = test.passes(&offer, &options);
            all.push((offer, passes));
        }
        all
    }
}
