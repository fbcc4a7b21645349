//! Where the rows of each product stand, and what they hash to: learned in the first look
//! at a file, so that the second reads only what is not known.
//!
//! Neighbouring rows of one product are a span. One is passed over when its product is
//! known by its rows, and nothing in it or elsewhere in the file could make more of it: no
//! row of it is refused, the product has no rows anywhere else, none of its SKUs comes up
//! twice, and none that is derived may be another's. What is in doubt is read.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::bounds::{PRODUCT_BYTES_MAX, PRODUCT_ROWS_MAX};
use super::keys::{HashedMap, HashedSet, Keys};
use super::record::Record;
use super::variants::DERIVED_START_CHARS;

/// Where a record begins, in the text that a file is decoded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// In bytes.
    pub at: u64,
    pub line: u64,
}

/// What the rows of a product hash to, added one by one.
#[derive(Debug, Default)]
pub(super) struct RowsHash {
    hash: u64,
    ends: Vec<u8>,
}

impl RowsHash {
    pub fn add(&mut self, row: &Record) {
        self.ends.clear();
        row.ends.iter().for_each(|end| self.ends.extend_from_slice(&(*end as u64).to_le_bytes()));
        self.hash = xxh3_64_with_seed(&self.ends, xxh3_64_with_seed(row.text.as_bytes(), self.hash));
    }

    /// The hash of what was added, which is forgotten.
    pub fn take(&mut self) -> u64 {
        std::mem::take(&mut self.hash)
    }
}

/// Neighbouring rows of one product; small, since there are a million of them.
#[derive(Debug)]
struct Span {
    from: Place,
    /// Of no meaning for rows before the first product.
    key: u64,
    hash: u64,
    rows: u32,
    bytes: u32,
    is_of_product: bool,
    is_in_doubt: bool,
}

/// What is to be read: from one place up to where a known product begins, or to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub from: Place,
    pub until: Option<u64>,
    /// Rows that stand before it.
    pub rows_before: u64,
}

/// What is known of a file before it is read, and what must be read.
#[derive(Debug, Default)]
pub(super) struct Unread {
    pub stretches: Vec<Stretch>,
    /// Products that are passed over.
    pub products: u64,
}

/// The spans of a file.
#[derive(Debug, Default)]
pub(super) struct Spans {
    all: Vec<Span>,
    /// Of the rows of the last one.
    hash: RowsHash,
    /// Each SKU (hashed) that a row gives, with the place of its span in `all`.
    skus: Vec<(u64, u32)>,
    /// In which span stands what derived SKUs may begin with: ids of rows without one.
    derived: HashedMap<usize>,
    /// What stands before a colon in a SKU or such an id, with its span.
    begun: Vec<(u64, usize)>,
}

impl Spans {
    /// Learns a row of a product.
    pub fn row_of(&mut self, key: u64, sku: Option<u64>, from: Place, row: &Record) {
        if self.all.last().is_none_or(|last| !last.is_of_product || last.key != key) {
            self.begin(from, Some(key));
        }
        self.hash.add(row);
        let here = u32::try_from(self.all.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.skus.extend(sku.map(|sku| (sku, here)));
        let Some(span) = self.all.last_mut() else { return };
        span.rows += 1;
        span.bytes = span.bytes.saturating_add(u32::try_from(row.text.len()).unwrap_or(u32::MAX));
        span.is_in_doubt |= span.rows as usize > PRODUCT_ROWS_MAX || span.bytes as usize > PRODUCT_BYTES_MAX;
    }

    /// The last row gives this SKU itself.
    pub fn gives(&mut self, sku: &str) {
        let begun = sku.match_indices(':').filter_map(|(at, _)| sku.get(..at));
        let here = self.all.len();
        self.begun.extend(begun.map(|start| (xxh3_64(start.as_bytes()), here)));
    }

    /// The last row gives no SKU: what is derived begins with this id, or with its start.
    pub fn derives(&mut self, id: &str) {
        let here = self.all.len();
        let start = id.char_indices().nth(DERIVED_START_CHARS).and_then(|(at, _)| id.get(..at));
        for text in [Some(id), start].into_iter().flatten() {
            self.derived.entry(xxh3_64(text.as_bytes())).or_insert(here);
        }
        self.gives(id);
    }

    /// A derived SKU may be one that another product has.
    fn doubt_derived(&mut self) {
        let (derived, begun) = (std::mem::take(&mut self.derived), std::mem::take(&mut self.begun));
        if derived.is_empty() {
            return;
        }
        let given = self.skus.iter().filter_map(|(sku, at)| Some((*derived.get(sku)?, *at as usize + 1)));
        let begun = begun.iter().filter_map(|(start, there)| Some((*derived.get(start)?, *there)));
        let pairs: Vec<(usize, usize)> = given.chain(begun).filter(|(one, other)| one != other).collect();
        for place in pairs.into_iter().flat_map(|(one, other)| [one, other]) {
            if let Some(span) = self.all.get_mut(place - 1) {
                span.is_in_doubt = true;
            }
        }
    }

    /// Learns a row that is left out, with a fault or (`is_told` false) in silence.
    pub fn left_out(&mut self, from: Place, is_told: bool) {
        if self.all.is_empty() {
            self.begin(from, None);
        }
        if let Some(span) = self.all.last_mut() {
            span.rows += 1;
            span.is_in_doubt |= is_told;
        }
    }

    fn begin(&mut self, from: Place, key: Option<u64>) {
        self.close();
        let (is_of_product, is_in_doubt) = (key.is_some(), key.is_none());
        let key = key.unwrap_or_default();
        self.all.push(Span { from, key, hash: 0, rows: 0, bytes: 0, is_of_product, is_in_doubt });
    }

    fn close(&mut self) {
        let hash = self.hash.take();
        if let Some(last) = self.all.last_mut() {
            last.hash = hash;
        }
    }

    /// The last row was learned.
    pub fn end(&mut self) {
        self.close();
        self.doubt_derived();
        // They have told what they can.
        let skus = std::mem::take(&mut self.skus);
        let mut in_order: Vec<u64> = skus.iter().map(|(sku, _)| *sku).collect();
        in_order.sort_unstable();
        let neighbours = in_order.iter().zip(in_order.iter().skip(1));
        let twice: HashedSet = neighbours.filter(|(sku, next)| sku == next).map(|(sku, _)| *sku).collect();
        if twice.is_empty() {
            return;
        }
        for (_, place) in skus.iter().filter(|(sku, _)| twice.contains(sku)) {
            if let Some(span) = self.all.get_mut(*place as usize) {
                span.is_in_doubt = true;
            }
        }
    }

    /// What must be read. `knows` is asked of products that may be passed over, once each.
    pub fn unread(&self, keys: &Keys, mut knows: impl FnMut(u64) -> bool) -> Unread {
        let mut unread = Unread::default();
        let (mut rows, mut passed_over) = (0, true);
        for span in &self.all {
            let is_free = !span.is_in_doubt && keys.is_in_one_place(span.key);
            if is_free && knows(span.hash) {
                if !passed_over && let Some(stretch) = unread.stretches.last_mut() {
                    stretch.until = Some(span.from.at);
                }
                passed_over = true;
                unread.products += 1;
            } else {
                if passed_over {
                    unread.stretches.push(Stretch { from: span.from, until: None, rows_before: rows });
                }
                passed_over = false;
            }
            rows += u64::from(span.rows);
        }
        unread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Learns rows, each as `key/sku`; `!` is a row that is told of, `.` one that is not.
    fn learned(rows: &[&str]) -> Spans {
        let mut spans = Spans::default();
        for (at, row) in (0..).zip(rows) {
            let from = Place { at, line: at + 1 };
            match row.split_once('/') {
                Some((key, sku)) => {
                    let number = |text: &str| text.bytes().map(u64::from).sum();
                    spans.row_of(number(key), (!sku.is_empty()).then(|| number(sku)), from, &Record::of(at, [row]));
                }
                None => spans.left_out(from, *row == "!"),
            }
        }
        spans.end();
        spans
    }

    /// The places of the rows that must be read, where all products of `rows` are known but those named.
    fn unread(rows: &[&str], unknown: &[usize]) -> (Vec<(u64, Option<u64>)>, u64) {
        let spans = learned(rows);
        let hashes: Vec<u64> = unknown
            .iter()
            .filter_map(|at| spans.all.iter().find(|span| span.from.at == *at as u64))
            .map(|span| span.hash)
            .collect();
        let unread = spans.unread(&Keys::default(), |hash| !hashes.contains(&hash));
        (unread.stretches.iter().map(|stretch| (stretch.from.at, stretch.until)).collect(), unread.products)
    }

    #[test]
    fn only_what_is_not_known_is_read() {
        let rows = ["a/1", "a/2", "b/3", "c/4", "d/"];
        assert_eq!(unread(&rows, &[]), (vec![], 4));
        assert_eq!(unread(&rows, &[2]), (vec![(2, Some(3))], 3));
        assert_eq!(unread(&rows, &[2, 3]), (vec![(2, Some(4))], 2));
        assert_eq!(unread(&rows, &[0, 4]), (vec![(0, Some(2)), (4, None)], 2));
    }

    #[test]
    fn what_is_in_doubt_is_read() {
        for (rows, read) in [
            (&["!", "a/1", "b/2"][..], vec![(0, Some(1))]),
            (&["a/1", "!", "a/2", "b/3"], vec![(0, Some(3))]),
            (&["a/1", ".", "a/2", "b/3"], vec![]),
            (&["a/1", "b/2", "c/1", "d/3"], vec![(0, Some(1)), (2, Some(3))]),
        ] {
            assert_eq!(unread(rows, &[]).0, read, "{rows:?}");
        }
    }
}
