//! Goes through the products that are found and keeps the first ones.
//!
//! One loop does all that is done for each product found: it is let through or not
//! by its variants, counted, and ranked. The loop looks at the clock, so that a
//! question that takes too long ends with a fault and not with a busy thread.

use std::time::Instant;

use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use super::columns::{Columns, Offered};
use super::counts::{SegmentTally, Tally};
use super::filter::Sieve;
use super::first::{First, Ranked};
use super::offers::unsigned;
use super::score::{Scoring, WINDOW, Wanted};
use super::sums::Sums;
use super::{IndexFault, Snapshot, Sort, in_time};

/// What is gone through.
pub(super) enum Source<'a> {
    /// Products that say anything of what is wanted.
    Wanted(&'a Wanted),
    /// Products that a query finds, ordered by what they say of it.
    Query(&'a dyn Query, &'a Wanted),
}

/// What is wanted of the products found.
pub(super) struct Gather<'a> {
    /// How many of the first ones are kept.
    pub keep: usize,
    pub sort: Sort,
    pub sieve: &'a Sieve,
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

impl Gather<'_> {
    /// # Errors
    /// [`IndexFault::TooSlow`] at the deadline; when the index cannot be read.
    pub fn run(&self, snapshot: &Snapshot, source: &Source<'_>) -> Result<Gathered, IndexFault> {
        let scoring = EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let filter = self.sieve.query().map(|filter| filter.weight(scoring)).transpose()?;
        let found = match source {
            Source::Wanted(_) => None,
            Source::Query(query, _) => Some(self.sieve.around(query.box_clone()).weight(scoring)?),
        };
        let mut first = First::new(self.keep);
        let mut gathered = Gathered::default();
        let mut sums = Sums::new();
        let segments = snapshot.searcher.segment_readers().iter().zip(&snapshot.columns);
        for (ordinal, (segment, columns)) in (0..).zip(segments) {
            let tally = self.counting.then(|| gathered.tally.segment(segment)).transpose()?;
            let mut taking = Taking {
                gather: self,
                ordinal,
                segment,
                columns,
                tally,
                first: &mut first,
                total: gathered.total,
                options: Vec::new(),
            };
            match (source, &found) {
                (Source::Query(_, wanted), Some(found)) => {
                    taking.found(found.as_ref(), Scoring::of(wanted, ordinal as usize, segment, &mut sums)?)?;
                }
                (Source::Wanted(wanted) | Source::Query(_, wanted), _) => {
                    taking.wanted(filter.as_deref(), Scoring::of(wanted, ordinal as usize, segment, &mut sums)?)?;
                }
            }
            gathered.total = taking.total;
            if let Some(tally) = taking.tally {
                gathered.tally.take(tally)?;
            }
        }
        gathered.first = first.in_order();
        Ok(gathered)
    }

    fn needs_offers(&self) -> bool {
        self.sieve.variants.is_needed() || self.counting || matches!(self.sort, Sort::PriceUp | Sort::PriceDown)
    }

    /// The first number of a rank: cheap, and mostly enough to pass a product over.
    fn head(&self, columns: &Columns, doc: DocId, score: f32, offered: &Offered) -> u64 {
        // Zero, the lowest of all, is for products without a price.
        let by_price = |worth: &dyn Fn(u64) -> u64| offered.cheapest.map_or(0, |price| worth(unsigned(price)).max(1));
        match self.sort {
            Sort::Relevance => u64::from(score.max(0.0).to_bits()),
            Sort::PriceUp => by_price(&|price| !price),
            Sort::PriceDown => by_price(&|price| price),
            Sort::Title => !columns.title_key(doc)[0],
            Sort::Newest => columns.added(doc),
        }
    }

    /// The second number, for products whose first is the same.
    fn second(&self, columns: &Columns, doc: DocId) -> u64 {
        match self.sort {
            Sort::Title => !columns.title_key(doc)[1],
            Sort::Relevance | Sort::PriceUp | Sort::PriceDown | Sort::Newest => !columns.id_start(doc),
        }
    }

    fn rank(&self, columns: &Columns, doc: DocId, head: u64, second: u64) -> [u64; 4] {
        match self.sort {
            Sort::Title => [head, second, !columns.id_start(doc), !columns.id_rest(doc)],
            Sort::Relevance | Sort::PriceUp | Sort::PriceDown | Sort::Newest => {
                [head, second, !columns.id_rest(doc), 0]
            }
        }
    }
}

/// The loop over one segment.
struct Taking<'a> {
    gather: &'a Gather<'a>,
    ordinal: u32,
    segment: &'a SegmentReader,
    columns: &'a Columns,
    tally: Option<SegmentTally>,
    first: &'a mut First,
    total: u64,
    options: Vec<u64>,
}

impl Taking<'_> {
    fn wanted(&mut self, filter: Option<&dyn Weight>, mut scoring: Scoring<'_>) -> Result<(), IndexFault> {
        let mut filter = filter.map(|filter| filter.scorer(self.segment, 1.0)).transpose()?;
        let takes_all = filter.is_none() && self.takes_all();
        loop {
            in_time(self.gather.deadline)?;
            let scored = if takes_all {
                let floor = self.first.floor();
                scoring.window(floor, &mut |doc, score| {
                    self.put(doc, score, &Offered::default());
                    self.first.floor()
                })
            } else {
                scoring.window(0.0, &mut |doc, score| {
                    if filter.as_mut().is_none_or(|filter| holds(filter.as_mut(), doc)) {
                        self.take(doc, score);
                    }
                    0.0
                })
            };
            match scored {
                Some(scored) if takes_all => self.total += scored,
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }

    /// Whether each product with a score is found, and only its score orders it: then
    /// those that cannot be among the first are counted and not looked at.
    fn takes_all(&self) -> bool {
        let by_score = self.gather.sort == Sort::Relevance && self.gather.floor <= 0.0;
        by_score && !self.gather.needs_offers() && !self.segment.has_deletes()
    }

    fn found(&mut self, found: &dyn Weight, mut scoring: Scoring<'_>) -> Result<(), IndexFault> {
        let mut scorer = found.scorer(self.segment, 1.0)?;
        let mut docs = Vec::with_capacity(WINDOW as usize);
        let mut doc = scorer.doc();
        while doc != TERMINATED && self.total < self.gather.looked_max {
            in_time(self.gather.deadline)?;
            docs.clear();
            let left = usize::try_from(self.gather.looked_max - self.total).unwrap_or(usize::MAX);
            while doc != TERMINATED && docs.len() < (WINDOW as usize).min(left) {
                docs.push(doc);
                doc = scorer.advance();
            }
            scoring.score(&docs, &mut |doc, score| self.take(doc, score));
        }
        Ok(())
    }

    fn take(&mut self, doc: DocId, score: f32) {
        let Self { gather, columns, .. } = self;
        if score < gather.floor || self.segment.is_deleted(doc) {
            return;
        }
        let mut offered = Offered::default();
        if gather.needs_offers() {
            match columns.offered(doc, &gather.sieve.variants, gather.now, &mut self.options) {
                Some(found) => offered = found,
                None => return,
            }
        }
        self.total += 1;
        if let Some(tally) = &mut self.tally {
            tally.add(doc, &offered);
        }
        self.put(doc, score, &offered);
    }

    /// Puts a product that is found among the first, if it belongs there.
    fn put(&mut self, doc: DocId, score: f32, offered: &Offered) {
        let Self { gather, columns, first, .. } = self;
        let head = gather.head(columns, doc, score, offered);
        if !first.may_hold(&[head]) {
            return;
        }
        let second = gather.second(columns, doc);
        if first.may_hold(&[head, second]) {
            let rank = gather.rank(columns, doc, head, second);
            first.put(Ranked { rank, score, address: DocAddress::new(self.ordinal, doc) });
        }
    }
}

/// Whether a filter lets a product through; asked in their order.
fn holds(filter: &mut dyn Scorer, doc: DocId) -> bool {
    if filter.doc() < doc {
        filter.seek(doc);
    }
    filter.doc() == doc
}
