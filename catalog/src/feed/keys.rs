//! Which rows are of one product, wherever they stand.
//!
//! A row is tied to its product by a key, hashed. Most dialects write it in each row; a
//! variation of WooCommerce may name its parent's number while the product is known by
//! its SKU, and Magento's variants are named by their product's row only. The first look
//! learns who belongs to whom ([`Keys::see`], then [`Keys::end`]), the second asks
//! ([`Keys::of`]). What was seen is put in order once rather than into a table row by row:
//! a million products fit no cache.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use super::dialect::{Dialect, Meaning as M};
use super::dialects::{magento, woocommerce};
use super::layout::Layout;
use super::record::Record;

/// Hands a hash on as it is.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Mixes the few bytes of a small key.
#[derive(Default)]
pub(super) struct Mixed(u64);

impl Mixed {
    fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.mix(u64::from(*byte)));
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u16(&mut self, value: u16) {
        self.mix(u64::from(value));
    }

    fn write_isize(&mut self, value: isize) {
        self.mix(value.unsigned_abs() as u64);
    }
}

/// A map whose keys are hashes already.
pub(super) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Hashed>>;
pub(super) type HashedSet = HashSet<u64, BuildHasherDefault<Hashed>>;

#[derive(Default)]
pub(super) struct Keys {
    /// Of each stretch of rows that stand together; after [`Keys::end`] each once, in order.
    seen: Vec<u64>,
    /// Of these, rows stand in more than one place. Known after [`Keys::end`].
    scattered: HashedSet,
    /// Rows that are of another row's product, by the key that they have themselves.
    parents: HashedMap<u64>,
    before: Option<u64>,
}

impl Keys {
    /// Learns from a row of the first look, in the order of the file. Answers its product,
    /// as far as that is learned by then.
    pub fn see(&mut self, layout: &Layout, row: &Record) -> Option<u64> {
        let own = own(layout, row)?;
        self.learn(layout, row, own);
        let key = self.product_of(own);
        if self.before != Some(key) {
            self.seen.push(key);
        }
        self.before = Some(key);
        Some(key)
    }

    /// All rows of all files were seen.
    pub fn end(&mut self) {
        self.seen.sort_unstable();
        let twice = self.seen.iter().zip(self.seen.iter().skip(1)).filter(|(key, next)| key == next);
        self.scattered.extend(twice.map(|(key, _)| *key));
        self.seen.dedup();
        self.seen.shrink_to_fit();
        // Rows that were seen before their parent claimed them stand apart from it.
        let claimed = self.parents.iter().filter(|(child, _)| self.seen.binary_search(child).is_ok());
        self.scattered.extend(claimed.map(|(_, parent)| *parent));
    }

    /// Another file begins: rows before and after are no neighbours.
    pub fn next_source(&mut self) {
        self.before = None;
    }

    fn learn(&mut self, layout: &Layout, row: &Record, key: u64) {
        match layout.dialect {
            Dialect::WooCommerce => {
                let number = layout.first(M::ExternalId).map(|column| row.get(column)).unwrap_or_default();
                if !number.is_empty() && !is_variation(layout, row) {
                    self.adopt(xxh3_64(format!("id:{number}").as_bytes()), key);
                }
            }
            Dialect::Magento => {
                let children = layout.first(M::Variations).map(|column| row.get(column)).unwrap_or_default();
                for child in magento::variations(children) {
                    self.adopt(xxh3_64(child.sku.as_bytes()), key);
                }
            }
            Dialect::Shopify
            | Dialect::ShopifyOlder
            | Dialect::PrestaShop
            | Dialect::PrestaShopCombinations
            | Dialect::Google
            | Dialect::HomeMade => {}
        }
    }

    /// The first product that claims a row keeps it.
    fn adopt(&mut self, child: u64, parent: u64) {
        if child != parent {
            self.parents.entry(child).or_insert(parent);
        }
    }

    /// The product of a row; nothing when the row names none.
    pub fn of(&self, layout: &Layout, row: &Record) -> Option<u64> {
        Some(self.product_of(own(layout, row)?))
    }

    fn product_of(&self, own: u64) -> u64 {
        if self.parents.is_empty() { own } else { self.parents.get(&own).copied().unwrap_or(own) }
    }

    /// How many products there may be.
    pub fn count(&self) -> usize {
        self.seen.len()
    }

    /// Whether all rows that were seen under this key stand together, and none of them
    /// turned out to be another product's.
    pub fn is_in_one_place(&self, key: u64) -> bool {
        !self.is_scattered(key) && (self.parents.is_empty() || !self.parents.contains_key(&key))
    }

    /// Whether rows of this key stand in more than one place.
    pub fn is_scattered(&self, key: u64) -> bool {
        !self.scattered.is_empty() && self.scattered.contains(&key)
    }
}

/// The key that a row has by itself.
fn own(layout: &Layout, row: &Record) -> Option<u64> {
    let text = named(layout, row);
    (!text.is_empty()).then(|| xxh3_64(text.as_bytes()))
}

/// What a row calls its product.
pub(super) fn named<'r>(layout: &Layout, row: &'r Record) -> &'r str {
    if is_variation(layout, row) {
        layout.first(M::Parent).map(|column| row.get(column)).unwrap_or_default()
    } else {
        layout.key(row)
    }
}

pub(super) fn is_variation(layout: &Layout, row: &Record) -> bool {
    layout.dialect == Dialect::WooCommerce
        && layout.first(M::Kind).is_some_and(|column| woocommerce::is_kind(row.get(column), "variation"))
}
