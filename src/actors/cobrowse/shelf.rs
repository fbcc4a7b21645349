//! Style sheets, fonts and pictures of shared pages, by the hash of their bytes. In memory only.
//!
//! Style sheets and fonts are kept for their site. Pictures are kept for one share: a cache common to
//! visitors would answer whether somebody else has seen a file. Nobody gets a file but an agent who
//! watches a share that has it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::protocol::{AgentId, ShareId, SiteId};
use crate::rules::cobrowse::frame::AssetType;

/// Style sheets and fonts of a site; the least used go first.
pub const SITE_ASSETS_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Pictures of a share; the least used go first. The next page that shows one of them offers it again.
pub const SHARE_IMAGES_BYTES_MAX: usize = 6 * 1024 * 1024;
/// Files of a share; more are not taken.
pub const SHARE_ASSETS_MAX: usize = 4_000;

/// SHA-256 of a file.
pub type AssetHash = [u8; 32];

/// A file.
#[derive(Debug, Clone)]
pub struct Asset {
    pub kind: AssetType,
    pub bytes: Bytes,
}

#[derive(Debug, Default)]
struct Inside {
    sites: HashMap<SiteId, Files>,
    shares: HashMap<ShareId, ShareShelf>,
    /// Rises with each use.
    uses: u64,
}

/// Files with their last use, as many as there is room for.
#[derive(Debug, Default)]
struct Files {
    assets: HashMap<AssetHash, (Asset, u64)>,
    bytes: usize,
}

#[derive(Debug)]
struct ShareShelf {
    site: SiteId,
    images: Files,
    /// What the page has offered: nothing else of the site's is shown to its watchers.
    offered: HashSet<AssetHash>,
    watchers: HashSet<AgentId>,
}

/// All of them. Each access is a short lock and never spans a wait.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Inside>);

impl Shelf {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The share goes on, watched by these.
    pub fn watched(&self, site: SiteId, share: ShareId, watchers: HashSet<AgentId>) {
        let fresh = || ShareShelf { site, images: Files::default(), offered: HashSet::new(), watchers: HashSet::new() };
        self.inside().shares.entry(share).or_insert_with(fresh).watchers = watchers;
    }

    /// The share is over.
    pub fn forget(&self, share: ShareId) {
        self.inside().shares.remove(&share);
    }

    /// The page has these; answers those that it should send.
    pub fn offered(&self, share: ShareId, hashes: Vec<AssetHash>) -> Vec<AssetHash> {
        let mut inside = self.inside();
        let Inside { sites, shares, .. } = &mut *inside;
        let Some(of_share) = shares.get_mut(&share) else { return Vec::new() };
        let of_site = sites.get(&of_share.site);
        let mut wanted = Vec::new();
        for hash in hashes {
            if of_share.offered.len() >= SHARE_ASSETS_MAX {
                break;
            }
            of_share.offered.insert(hash);
            let known = of_site.is_some_and(|site| site.assets.contains_key(&hash));
            if !known && !of_share.images.assets.contains_key(&hash) {
                wanted.push(hash);
            }
        }
        wanted
    }

    /// Keeps a file that the page had offered. False: it had not.
    pub fn keep(&self, share: ShareId, hash: AssetHash, asset: Asset) -> bool {
        let mut inside = self.inside();
        inside.uses += 1;
        let Inside { sites, shares, uses } = &mut *inside;
        let Some(of_share) = shares.get_mut(&share).filter(|share| share.offered.contains(&hash)) else { return false };
        if asset.kind.is_of_site() {
            sites.entry(of_share.site).or_default().keep(hash, asset, *uses, SITE_ASSETS_BYTES_MAX);
        } else {
            of_share.images.keep(hash, asset, *uses, SHARE_IMAGES_BYTES_MAX);
        }
        true
    }

    /// A page that this agent watches has named it: if it is not here, it is on its way.
    #[must_use]
    pub fn expects(&self, agent: AgentId, hash: &AssetHash) -> bool {
        self.inside().shares.values().any(|share| share.watchers.contains(&agent) && share.offered.contains(hash))
    }

    /// The file, for an agent who watches a share that has it.
    #[must_use]
    pub fn get(&self, agent: AgentId, hash: &AssetHash) -> Option<Asset> {
        let mut inside = self.inside();
        inside.uses += 1;
        let Inside { sites, shares, uses } = &mut *inside;
        let watched =
            shares.values_mut().filter(|share| share.watchers.contains(&agent) && share.offered.contains(hash));
        for share in watched {
            let of_site = sites.get_mut(&share.site);
            let found = share.images.get(hash, *uses).or_else(|| of_site?.get(hash, *uses));
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

impl Files {
    fn get(&mut self, hash: &AssetHash, use_number: u64) -> Option<Asset> {
        let (asset, used) = self.assets.get_mut(hash)?;
        *used = use_number;
        Some(asset.clone())
    }

    fn keep(&mut self, hash: AssetHash, asset: Asset, use_number: u64, bytes_max: usize) {
        self.bytes += asset.bytes.len();
        if let Some((before, _)) = self.assets.insert(hash, (asset, use_number)) {
            self.bytes -= before.bytes.len();
        }
        while self.bytes > bytes_max {
            let oldest = self.assets.iter().min_by_key(|(_, (_, used))| *used).map(|(hash, _)| *hash);
            let Some((asset, _)) = oldest.and_then(|oldest| self.assets.remove(&oldest)) else { return };
            self.bytes -= asset.bytes.len();
        }
    }
}

/// Of 64 hexadecimal digits.
#[must_use]
pub fn hash_of(text: &str) -> Option<AssetHash> {
    if text.len() != 64 || !text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(hash)
}

/// As 64 hexadecimal digits.
#[must_use]
pub fn hex_of(hash: &AssetHash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The one shelf of a server.
pub type SharedShelf = Arc<Shelf>;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn asset(kind: AssetType, bytes: usize) -> Asset {
        Asset { kind, bytes: Bytes::from(vec![b' '; bytes]) }
    }

    #[test]
    fn a_file_is_only_for_who_watches_a_share_that_has_it() {
        let shelf = Shelf::default();
        let site = SiteId(Uuid::from_u128(1));
        let (one, two) = (ShareId(Uuid::from_u128(2)), ShareId(Uuid::from_u128(3)));
        let (camille, noor) = (AgentId(Uuid::from_u128(4)), AgentId(Uuid::from_u128(5)));
        shelf.watched(site, one, [camille].into());
        shelf.watched(site, two, [noor].into());
        let (css, image) = ([1; 32], [2; 32]);
        assert!(!shelf.keep(one, css, asset(AssetType::Css, 10)), "it was not offered");
        assert!(!shelf.expects(camille, &image), "nobody named it");
        assert_eq!(shelf.offered(one, vec![css, image]), [css, image]);
        assert!(shelf.expects(camille, &image), "named, and on its way");
        assert!(!shelf.expects(noor, &image), "not for who does not watch");
        assert!(shelf.keep(one, css, asset(AssetType::Css, 10)));
        assert!(shelf.keep(one, image, asset(AssetType::Png, 10)));
        assert!(shelf.get(camille, &css).is_some() && shelf.get(camille, &image).is_some());
        assert!(shelf.get(noor, &css).is_none() && shelf.get(noor, &image).is_none());
        // The style sheet is known for the site; whether anybody saw the picture is not told.
        assert_eq!(shelf.offered(two, vec![css, image]), [image]);
        assert!(shelf.get(noor, &css).is_some() && shelf.get(noor, &image).is_none());
        shelf.forget(one);
        assert!(shelf.get(camille, &css).is_none());
    }

    #[test]
    fn what_is_kept_is_bounded_by_site_and_by_share() {
        let shelf = Shelf::default();
        let (site, share) = (SiteId(Uuid::from_u128(1)), ShareId(Uuid::from_u128(2)));
        shelf.watched(site, share, HashSet::new());
        for n in 0..100u8 {
            shelf.offered(share, vec![[n; 32]]);
            shelf.keep(share, [n; 32], asset(AssetType::Css, 1024 * 1024));
        }
        assert!(shelf.inside().sites[&site].bytes <= SITE_ASSETS_BYTES_MAX);
        for n in 100..120u8 {
            shelf.offered(share, vec![[n; 32]]);
            assert!(shelf.keep(share, [n; 32], asset(AssetType::Png, 1024 * 1024)), "the page that is shown now");
        }
        assert!(shelf.inside().shares[&share].images.bytes <= SHARE_IMAGES_BYTES_MAX);
        // What a later page shows again is sent again.
        assert_eq!(shelf.offered(share, vec![[100; 32], [119; 32]]), [[100; 32]]);
    }

    #[test]
    fn a_hash_is_64_lower_case_digits() {
        assert_eq!(hash_of(&"0f".repeat(32)).map(|hash| hex_of(&hash)), Some("0f".repeat(32)));
        assert_eq!(hash_of("../../etc"), None);
    }
}
