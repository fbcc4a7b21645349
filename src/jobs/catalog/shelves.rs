//! The open index of each catalog, and how a lost one comes back.
//!
//! An index is verified file by file when it is opened. One that is missing,
//! damaged or of another version is built again from the database in the
//! background; until then searches of that catalog answer "being rebuilt", and
//! nothing else of the server notices.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use comptoir_catalog::index::{Index, IndexFault};
use comptoir_catalog::words::Lang;

use super::apply::Watching;
use super::building::open;
use super::{Catalog, apply};
use crate::protocol::SiteId;
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, Shelved, Wanted};

#[derive(Debug, Clone)]
pub(super) enum Shelf {
    Rebuilding,
    Ready(Arc<Index>),
}

impl Shelf {
    fn is_empty(&self) -> bool {
        match self {
            Self::Rebuilding => false,
            Self::Ready(index) => index.products() == 0,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Shelves(Mutex<HashMap<CatalogKey, Shelf>>);

impl Shelves {
    /// The first of a site's catalogs, in the order in which they are wanted; one that was
    /// emptied comes last, like one that is not there.
    pub fn first(&self, wanted: &Wanted) -> Option<(CatalogKey, Shelf)> {
        let shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_site = shelves.iter().filter(|(of, _)| of.site == wanted.site);
        let rank = |(of, shelf): &(&CatalogKey, &Shelf)| (shelf.is_empty(), wanted.rank(of.lang));
        of_site.min_by_key(rank).map(|(of, shelf)| (*of, shelf.clone()))
    }

    pub fn put(&self, of: CatalogKey, shelf: Shelf) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(of, shelf);
    }

    /// The index that answers of a catalog, if it is not being built again.
    pub fn ready(&self, of: CatalogKey) -> Option<Arc<Index>> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&of) {
            Some(Shelf::Ready(index)) => Some(index.clone()),
            Some(Shelf::Rebuilding) | None => None,
        }
    }

    /// Puts an index in the place of one that cannot be used.
    pub fn replace(&self, of: CatalogKey, index: Index) {
        self.put(of, Shelf::Ready(Arc::new(index)));
    }

    /// Puts an index unless a newer one stands there already.
    pub fn put_ready(&self, of: CatalogKey, index: Index) {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Shelf::Ready(standing)) = shelves.get(&of)
            && standing.generation() > index.generation()
        {
            return;
        }
        shelves.insert(of, Shelf::Ready(Arc::new(index)));
    }

    /// True for the one who is to rebuild: nobody does yet.
    fn begin_rebuild(&self, of: CatalogKey) -> bool {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !matches!(shelves.insert(of, Shelf::Rebuilding), Some(Shelf::Rebuilding))
    }
}

/// Why an index was not built.
#[derive(Debug, thiserror::Error)]
pub(super) enum BuildError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Index(#[from] IndexFault),
    #[error("cancelled")]
    Cancelled,
}

impl Catalog {
    /// Opens a catalog's index, building it first where it cannot be used.
    pub async fn shelve(&self, shelved: &Shelved) {
        let of = shelved.of;
        match open(folder_of(&self.0.dir, shelved), lang_of(of)).await {
            Ok(index) if index.generation() == shelved.generation => self.0.shelves.put_ready(of, index),
            Ok(index) => {
                let generation = index.generation();
                tracing::warn!(site.id = %of.site, lang = %of.lang, generation, "an index is of another generation");
                self.build_again(of).await;
            }
            Err(fault) => {
                tracing::warn!(site.id = %of.site, lang = %of.lang, %fault, "a catalog's index is built again");
                self.build_again(of).await;
            }
        }
        self.tidy(of).await;
    }

    /// Builds the index of what answers now from its rows, in a new folder.
    async fn build_again(&self, of: CatalogKey) {
        let mut bench = self.0.benches.take(of).await;
        bench.changer = None;
        match self.build_on(of).await {
            Ok(Some(products)) => {
                tracing::info!(site.id = %of.site, lang = %of.lang, products, "the index is back");
            }
            Ok(None) => {}
            // Searches go on to say so; the next start or import tries again.
            Err(error) => tracing::error!(site.id = %of.site, lang = %of.lang, %error, "the index was not built"),
        }
    }

    async fn build_on(&self, of: CatalogKey) -> Result<Option<u64>, BuildError> {
        let Some(now) = self.0.store.shelved(of).await? else { return Ok(None) };
        let to = Shelved { folder: now.folder + 1, ..now.clone() };
        let index = apply::build(self, &to, &mut Watching::Nobody).await?;
        self.0.store.move_index(&now, to.folder).await?;
        let products = index.products();
        self.0.shelves.replace(of, index);
        Ok(Some(products))
    }

    /// The same in the background, while the open one answers.
    pub(super) fn build_anew(&self, of: CatalogKey) {
        let catalog = self.clone();
        tokio::spawn(async move {
            catalog.build_again(of).await;
            catalog.tidy(of).await;
        });
    }

    /// Opens a catalog's index as it is, for a command that only searches; false when
    /// it must be built first.
    pub async fn open_shelf(&self, shelved: &Shelved) -> bool {
        match open(folder_of(&self.0.dir, shelved), lang_of(shelved.of)).await {
            Ok(index) => {
                self.0.shelves.put_ready(shelved.of, index);
                true
            }
            Err(fault) => {
                let of = shelved.of;
                tracing::debug!(site.id = %of.site, lang = %of.lang, %fault, "an index cannot be searched");
                false
            }
        }
    }

    /// A search failed on this catalog's index: builds it again in the background.
    pub(super) fn rebuild(&self, of: CatalogKey, fault: &IndexFault) {
        if self.0.shelves.begin_rebuild(of) {
            tracing::error!(site.id = %of.site, lang = %of.lang, %fault, "a catalog's index failed");
            self.build_anew(of);
        }
    }

    /// Removes the index folders of generations before the one that answers. Searches
    /// that still read one keep its files until they are done.
    pub(super) async fn tidy(&self, of: CatalogKey) {
        let Ok(Some(shelved)) = self.0.store.shelved(of).await else { return };
        // A later one is being built.
        remove_numbered(&folder_of_lang(&self.0.dir, of), |number| number < shelved.folder).await;
        // Of the first release, which had one catalog a site.
        remove_numbered(&folder_of_site(&self.0.dir, of.site), |_| true).await;
    }
}

fn folder_of_site(dir: &Path, site: SiteId) -> PathBuf {
    dir.join("index").join(site.to_string())
}

fn folder_of_lang(dir: &Path, of: CatalogKey) -> PathBuf {
    folder_of_site(dir, of.site).join(of.lang.as_str())
}

pub(super) fn folder_of(dir: &Path, shelved: &Shelved) -> PathBuf {
    folder_of_lang(dir, shelved.of).join(shelved.folder.to_string())
}

pub(super) fn lang_of(of: CatalogKey) -> Lang {
    Lang::of_tag(of.lang.as_str())
}

/// Removes those folders of `within` that have a number, if it is `old`.
async fn remove_numbered(within: &Path, old: impl Fn(u64) -> bool) {
    let Ok(mut entries) = tokio::fs::read_dir(within).await else { return };
    while let Ok(Some(entry)) = entries.next_entry().await {
        let number = entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
        if number.is_some_and(&old)
            && let Err(error) = tokio::fs::remove_dir_all(entry.path()).await
        {
            tracing::warn!(path = %entry.path().display(), %error, "an old index folder was not removed");
        }
    }
}
