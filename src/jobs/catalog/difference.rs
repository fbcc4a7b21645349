//! A feed against the catalog that answers now: what is new, changed, the same, gone.

use std::collections::HashMap;

use comptoir_catalog::feed::Found;
use xxhash_rust::xxh3::xxh3_64;

use crate::store::catalog::{Known, Staged};

/// Compares products as they come. Ids are held as hashes: 32 bytes a product.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Products that the feed has not named yet, by their hashed ids.
    unseen: HashMap<u64, (i64, u64)>,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Products with an address to link to.
    pub linked: u64,
}

impl Difference {
    pub fn against(known: Vec<Known>) -> Self {
        let unseen = known.into_iter().map(|known| (xxh3_64(known.id.as_bytes()), (known.key, known.hash))).collect();
        Self { unseen, ..Self::default() }
    }

    /// What to write for a product; nothing when it is the same as before.
    pub fn judge(&mut self, found: Found) -> Option<Staged> {
        let Found { product, hash, .. } = found;
        self.linked += u64::from(product.link.is_some());
        let before = self.unseen.remove(&xxh3_64(product.id.as_str().as_bytes()));
        let instead_of = match before {
            Some((_, known)) if known == hash => {
                self.unchanged += 1;
                return None;
            }
            Some((key, _)) => {
                self.changed += 1;
                Some(key)
            }
            None => {
                self.added += 1;
                None
            }
        };
        Some(Staged::Put { product: Box::new(product), hash, instead_of })
    }

    /// Products that the feed has named so far.
    pub fn named(&self) -> u64 {
        self.added + self.changed + self.unchanged
    }

    /// Products that the feed did not name, once it was read.
    pub fn removed(&self) -> u64 {
        self.unseen.len() as u64
    }

    pub fn is_empty(&self) -> bool {
        self.added + self.changed + self.removed() == 0
    }

    /// The rows of the products that are gone.
    pub fn gone(&self) -> impl Iterator<Item = i64> + '_ {
        self.unseen.values().map(|(key, _)| *key)
    }
}
