//! The numbers of each product that ranking reads, opened once for each segment.

use std::collections::HashSet;

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::IndexFault;
use super::filter::VariantTest;
use super::offers::{self, IN_STOCK, OUT_OF_STOCK, Offer};
use super::schema::columns;

/// What the variants of a product that pass have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offered {
    pub cheapest: Option<i64>,
    pub in_stock: bool,
}

/// A segment's columns.
pub(super) struct Columns {
    id: [Column<u64>; 2],
    title: [Column<u64>; 2],
    added: Column<u64>,
    offers: Column<u64>,
    class: Column<u64>,
}

fn first(column: &Column<u64>, doc: DocId) -> u64 {
    column.first(doc).unwrap_or_default()
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

    /// In the order of ids.
    pub fn id_key(&self, doc: DocId) -> [u64; 2] {
        let [id, rest] = &self.id;
        [first(id, doc), first(rest, doc)]
    }

    /// The first number of [`Self::id_key`].
    pub fn id_start(&self, doc: DocId) -> u64 {
        first(&self.id[0], doc)
    }

    /// The second number of [`Self::id_key`].
    pub fn id_rest(&self, doc: DocId) -> u64 {
        first(&self.id[1], doc)
    }

    /// In the order of titles.
    pub fn title_key(&self, doc: DocId) -> [u64; 2] {
        let [title, rest] = &self.title;
        [first(title, doc), first(rest, doc)]
    }

    pub fn added(&self, doc: DocId) -> u64 {
        first(&self.added, doc)
    }

    pub fn class(&self, doc: DocId) -> u64 {
        first(&self.class, doc)
    }

    /// Whether nobody can buy it now, in any variant.
    pub fn is_gone(&self, doc: DocId) -> bool {
        let mut rows = self.offers.index.value_row_ids(doc);
        while let Some(row) = rows.next() {
            let header = self.offers.values.get_val(row);
            if offers::availability_in(header) != OUT_OF_STOCK {
                return false;
            }
            rows.start = rows.start.saturating_add(offers::numbers_after(header));
        }
        true
    }

    /// Adds the names of its variants' options, as they are compared.
    pub fn option_names(&self, doc: DocId, names: &mut HashSet<u64>) {
        let mut numbers = self.offers.values_for_doc(doc);
        let mut options = Vec::new();
        while offers::next(&mut numbers, 0, &mut options).is_some() {
            names.extend(options.iter().map(|option| option >> 32));
        }
    }

    /// Nothing when no variant passes.
    pub fn offered(&self, doc: DocId, test: &VariantTest, now: i64, options: &mut Vec<u64>) -> Option<Offered> {
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
