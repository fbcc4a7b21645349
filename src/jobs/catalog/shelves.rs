//! The open index of each catalog, and how a lost one comes back.
//!
//! An index is verified file by file when it is opened. One that is missing,
//! damaged or of another version is built again from the database in the
//! background; until then searches of that catalog answer "being rebuilt", and
//! nothing else of the server notices.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use comptoir_catalog::index::{Builder, Index, IndexFault};
use comptoir_catalog::model::Product;
use comptoir_catalog::words::Lang;
use tokio::sync::mpsc;

use super::{Catalog, CatalogError};
use crate::protocol::SiteId;
use crate::store::catalog::{CatalogKey, Shelved, Wanted};
use crate::store::{CatalogStore, StoreError};

/// Pages of products on their way to the thread that indexes them.
const PAGES_AHEAD: usize = 2;

#[derive(Debug, Clone)]
pub(super) enum Shelf {
    Rebuilding,
    Ready(Arc<Index>),
}

#[derive(Debug, Default)]
pub(super) struct Shelves(Mutex<HashMap<CatalogKey, Shelf>>);

impl Shelves {
    /// The first of a site's catalogs, in the order in which they are wanted.
    pub fn first(&self, wanted: &Wanted) -> Option<(CatalogKey, Shelf)> {
        let shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_site = shelves.iter().filter(|(of, _)| of.site == wanted.site);
        of_site.min_by_key(|(of, _)| wanted.rank(of.lang)).map(|(of, shelf)| (*of, shelf.clone()))
    }

    pub fn put(&self, of: CatalogKey, shelf: Shelf) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(of, shelf);
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
        let folder = folder_of(&self.0.dir, shelved);
        let lang = lang_of(shelved);
        match open(folder, lang).await {
            Ok(index) => self.0.shelves.put_ready(shelved.of, index),
            Err(fault) => {
                tracing::warn!(site.id = %shelved.of.site, lang = %shelved.of.lang, %fault, "a catalog's index is built again");
                match build(&self.0.store, shelved, &self.0.dir, || async { Ok(false) }).await {
                    Ok(index) => {
                        tracing::info!(site.id = %shelved.of.site, lang = %shelved.of.lang, products = index.products(), "the index is back");
                        self.0.shelves.put_ready(shelved.of, index);
                    }
                    // Searches go on to say so; the next start or import tries again.
                    Err(error) => {
                        tracing::error!(site.id = %shelved.of.site, lang = %shelved.of.lang, %error, "the index was not built")
                    }
                }
            }
        }
        self.tidy(shelved.of).await;
    }

    /// Opens a catalog's index as it is, for a command that only searches; false when
    /// it must be built first.
    pub async fn open_shelf(&self, shelved: &Shelved) -> bool {
        match open(folder_of(&self.0.dir, shelved), lang_of(shelved)).await {
            Ok(index) => {
                self.0.shelves.put_ready(shelved.of, index);
                true
            }
            Err(fault) => {
                tracing::debug!(site.id = %shelved.of.site, lang = %shelved.of.lang, %fault, "an index cannot be searched");
                false
            }
        }
    }

    /// A search failed on this catalog's index: builds it again in the background.
    pub(super) async fn rebuild(&self, of: CatalogKey, fault: &IndexFault) -> Result<(), CatalogError> {
        if self.0.shelves.begin_rebuild(of)
            && let Some(shelved) = self.0.store.shelved(of).await?
        {
            tracing::error!(site.id = %of.site, lang = %of.lang, %fault, "a catalog's index failed");
            let catalog = self.clone();
            tokio::spawn(async move { catalog.shelve(&shelved).await });
        }
        Ok(())
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

fn folder_of(dir: &Path, shelved: &Shelved) -> PathBuf {
    folder_of_lang(dir, shelved.of).join(shelved.folder.to_string())
}

fn lang_of(shelved: &Shelved) -> Lang {
    Lang::of_tag(shelved.of.lang.as_str())
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

async fn open(folder: PathBuf, lang: Lang) -> Result<Index, IndexFault> {
    let opened = tokio::task::spawn_blocking(move || Index::open(&folder, lang)).await;
    opened.unwrap_or_else(|error| Err(IndexFault::Io(std::io::Error::other(error))))
}

/// Builds and opens the index of a generation from its rows. `cancelled` is asked between pages.
pub(super) async fn build<C, F>(
    store: &CatalogStore,
    shelved: &Shelved,
    dir: &Path,
    mut cancelled: C,
) -> Result<Index, BuildError>
where
    C: FnMut() -> F,
    F: Future<Output = Result<bool, StoreError>>,
{
    let folder = folder_of(dir, shelved);
    let (pages, taken) = mpsc::channel(PAGES_AHEAD);
    let (lang, generation) = (lang_of(shelved), shelved.generation);
    let place = folder.clone();
    let indexing = tokio::task::spawn_blocking(move || index_pages(&place, generation, lang, taken));
    let mut after = 0;
    loop {
        if cancelled().await? {
            return Err(BuildError::Cancelled);
        }
        let page = store.page(shelved.of, generation, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        if pages.send(page.into_iter().map(|(_, product)| product).collect()).await.is_err() {
            // The thread has failed and says why below.
            break;
        }
    }
    // An empty page says that the end was reached, and that this is no cut.
    let _ = pages.send(Vec::new()).await;
    let indexed = indexing.await.unwrap_or_else(|error| Err(IndexFault::Io(std::io::Error::other(error))));
    indexed?;
    Ok(open(folder, lang).await?)
}

fn index_pages(
    folder: &Path,
    generation: u64,
    lang: Lang,
    mut pages: mpsc::Receiver<Vec<Product>>,
) -> Result<(), IndexFault> {
    let mut builder = Builder::create(folder, generation)?;
    while let Some(page) = pages.blocking_recv() {
        if page.is_empty() {
            return builder.finish().map(|_| ());
        }
        for product in &page {
            builder.add(product, lang)?;
        }
    }
    // Cancelled: without a commit the folder is never opened.
    Ok(())
}
