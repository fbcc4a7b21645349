//! A feed against the catalog that answers now: what is new, changed, the same, gone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use comptoir_catalog::feed::Found;
use xxhash_rust::xxh3::xxh3_64;

use crate::store::catalog::{Known, Staged};

/// What a catalog has, compact: 60 bytes a product, so that a million fit beside the rest.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    rows: Vec<Row>,
    by_hash: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// Places in `rows`, in the order of the hashed ids; made when the first is asked for.
    by_id: Option<Vec<u32>>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    key: i64,
    id: u64,
    hash: u64,
    seen: bool,
}

/// For keys that are hashes already.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
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

impl Earlier {
    pub fn add(&mut self, known: Known<'_>) {
        let id = xxh3_64(known.id.as_bytes());
        self.rows.push(Row { key: known.key, id, hash: known.hash, seen: false });
    }

    /// Ready to be compared with.
    pub fn hashed(mut self) -> Self {
        self.by_hash.reserve(self.rows.len());
        self.by_hash.extend((0..).zip(&self.rows).map(|(place, row)| (row.hash, place)));
        self
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Marks the product with this hash as seen, if there is one.
    fn see_hash(&mut self, hash: u64) -> bool {
        let place = self.by_hash.get(&hash).copied();
        let Some(row) = place.and_then(|place| self.rows.get_mut(place as usize)) else { return false };
        row.seen = true;
        true
    }

    /// The row of a product that was not seen yet, which is seen now.
    fn see_id(&mut self, id: &str) -> Option<Row> {
        let id = xxh3_64(id.as_bytes());
        let rows = &mut self.rows;
        let by_id = self.by_id.get_or_insert_with(|| in_order_of_ids(rows));
        let at = by_id.partition_point(|place| rows.get(*place as usize).map(|row| row.id) < Some(id));
        let row = by_id.get(at).and_then(|place| rows.get_mut(*place as usize))?;
        if row.id != id || row.seen {
            return None;
        }
        row.seen = true;
        Some(*row)
    }
}

fn in_order_of_ids(rows: &[Row]) -> Vec<u32> {
    let mut by_id: Vec<(u64, u32)> = rows.iter().zip(0..).map(|(row, place)| (row.id, place)).collect();
    by_id.sort_unstable();
    by_id.into_iter().map(|(_, place)| place).collect()
}

/// Compares products as they come.
#[derive(Debug, Default)]
pub(super) struct Difference {
    earlier: Earlier,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Of the unchanged ones, those that need not be read.
    unread: u64,
    /// Products with an address to link to, as far as they were read.
    linked: u64,
}

impl Difference {
    pub fn against(earlier: Earlier) -> Self {
        Self { earlier, ..Self::default() }
    }

    /// Whether a product's rows are as they were: then it need not be read.
    pub fn knows(&mut self, hash: u64) -> bool {
        let known = self.earlier.see_hash(hash);
        self.unchanged += u64::from(known);
        self.unread += u64::from(known);
        known
    }

    /// What to write for a product; nothing when it is the same as before.
    pub fn judge(&mut self, found: Found) -> Option<Staged> {
        let Found { product, hash, .. } = found;
        self.linked += u64::from(product.link.is_some());
        let instead_of = match self.earlier.see_id(product.id.as_str()) {
            Some(row) if row.hash == hash => {
                self.unchanged += 1;
                return None;
            }
            Some(row) => {
                self.changed += 1;
                Some(row.key)
            }
            None => {
                self.added += 1;
                None
            }
        };
        Some(Staged::Put { product: Arc::new(product), hash, instead_of })
    }

    /// All products were read, and none of them has a link.
    pub fn is_unlinked(&self) -> bool {
        self.unread == 0 && self.linked == 0 && self.added + self.changed + self.unchanged > 0
    }

    /// Products that the feed did not name, once it was read.
    pub fn removed(&self) -> u64 {
        self.gone().count() as u64
    }

    /// Products that are to be written or taken out.
    pub fn changes(&self) -> u64 {
        self.added + self.changed + self.removed()
    }

    /// The rows of the products that are gone.
    pub fn gone(&self) -> impl Iterator<Item = i64> + '_ {
        self.earlier.rows.iter().filter(|row| !row.seen).map(|row| row.key)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(id: &str, hash: u64) -> Found {
        let product = json!({"id": id, "title": id, "published": true, "variants": []});
        Found { product: serde_json::from_value(product).unwrap(), hash, line: 1 }
    }

    #[test]
    fn each_product_is_new_or_changed_or_the_same_or_gone() {
        let mut earlier = Earlier::default();
        for (key, id, hash) in [(1, "A", 10), (2, "B", 20), (3, "C", 30), (4, "D", 40)] {
            earlier.add(Known { key, id, hash });
        }
        let mut difference = Difference::against(earlier.hashed());
        assert!(difference.knows(10), "known by its rows alone");
        assert!(!difference.knows(21));
        assert!(difference.judge(found("D", 40)).is_none(), "read, and the same all the same");
        let steps = [difference.judge(found("B", 21)), difference.judge(found("E", 50))];
        let instead = steps.map(|step| match step {
            Some(Staged::Put { instead_of, .. }) => instead_of,
            other => panic!("{other:?}"),
        });
        assert_eq!(instead, [Some(2), None]);
        let counts = (difference.added, difference.changed, difference.unchanged, difference.removed());
        assert_eq!(counts, (1, 1, 2, 1));
        assert_eq!(difference.gone().collect::<Vec<_>>(), [3]);
    }
}
