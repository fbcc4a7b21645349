//! A feed against the catalog that answers now: what is new, changed, the same, gone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use comptoir_catalog::feed::Found;
use xxhash_rust::xxh3::xxh3_64;

use crate::store::catalog::{Known, Staged};

/// What a catalog has, compact: some 50 bytes a product, so that a million fit beside the rest.
///
/// A feed mostly names its products in the order in which they were written, so each is
/// first compared with the row after the last one found: only what moved is looked for. Ids
/// are asked for where a product is not as it was, and of rows that were not found.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// In the order of their keys.
    rows: Vec<Row>,
    by_hash: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// The place in `rows` that is probably asked for next.
    next: usize,
    /// Hashed ids with places in `rows`, in order; nothing until they are given.
    by_id: Option<Vec<(u64, u32)>>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    key: i64,
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
    /// Adds what a row tells; they come in the order of their keys.
    pub fn add(&mut self, known: Known) {
        self.rows.push(Row { key: known.key, hash: known.hash, seen: false });
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
        let is_next = self.rows.get(self.next).is_some_and(|row| row.hash == hash);
        let place = if is_next { Some(self.next) } else { self.by_hash.get(&hash).map(|place| *place as usize) };
        // One that is not found has probably changed, and stood there.
        self.next = place.unwrap_or(self.next) + 1;
        let Some(row) = place.and_then(|place| self.rows.get_mut(place)) else { return false };
        row.seen = true;
        true
    }

    fn unseen(&self) -> impl Iterator<Item = i64> + '_ {
        self.rows.iter().filter(|row| !row.seen).map(|row| row.key)
    }

    fn name(&mut self, ids: &[(i64, String)]) {
        let place = |key: i64| self.rows.binary_search_by_key(&key, |row| row.key).ok();
        let named =
            ids.iter().filter_map(|(key, id)| Some((xxh3_64(id.as_bytes()), u32::try_from(place(*key)?).ok()?)));
        let mut by_id: Vec<(u64, u32)> = named.collect();
        by_id.sort_unstable();
        self.by_id = Some(by_id);
    }

    /// The row of a product that was not seen yet, which is seen now.
    fn see_id(&mut self, id: &str) -> Option<Row> {
        let by_id = self.by_id.as_ref()?;
        let id = xxh3_64(id.as_bytes());
        let at = by_id.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        let (_, place) = by_id.get(at)?;
        let row = self.rows.get_mut(*place as usize)?;
        if row.seen {
            return None;
        }
        row.seen = true;
        Some(*row)
    }
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

    /// The keys of rows that were not found yet, as long as they were not named: their ids
    /// are needed before a product is judged.
    pub fn nameless(&self) -> Option<Vec<i64>> {
        let is_named = self.earlier.is_empty() || self.earlier.by_id.is_some();
        (!is_named).then(|| self.earlier.unseen().collect())
    }

    /// Gives the ids that [`Difference::nameless`] asked for.
    pub fn name(&mut self, ids: &[(i64, String)]) {
        self.earlier.name(ids);
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
        self.earlier.unseen()
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
        for (key, hash) in [(1, 10), (2, 20), (3, 30), (4, 40)] {
            earlier.add(Known { key, hash });
        }
        let mut difference = Difference::against(earlier.hashed());
        assert!(difference.knows(10), "known by its rows alone");
        assert!(!difference.knows(21));
        assert_eq!(difference.nameless(), Some(vec![2, 3, 4]));
        difference.name(&[(4, "D".to_owned()), (2, "B".to_owned()), (3, "C".to_owned())]);
        assert_eq!(difference.nameless(), None);
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

    #[test]
    fn products_in_any_order_are_known() {
        let mut earlier = Earlier::default();
        (1..=4).for_each(|key| earlier.add(Known { key, hash: key.unsigned_abs() * 10 }));
        let mut difference = Difference::against(earlier.hashed());
        // One more between, one gone, two that changed places.
        let known: Vec<bool> = [10, 11, 40, 30].into_iter().map(|hash| difference.knows(hash)).collect();
        assert_eq!((known, difference.nameless()), (vec![true, false, true, true], Some(vec![2])));
    }
}
