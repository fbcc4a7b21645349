//! The open index of each site, and how a lost one comes back.
//!
//! An index is verified file by file when it is opened. One that is missing,
//! damaged or of another version is built again from the database in the
//! background; until then searches of that site answer "being rebuilt", and
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
use crate::store::catalog::Shelved;
use crate::store::{CatalogStore, StoreError};

/// Pages of products on their way to the thread that indexes them.
const PAGES_AHEAD: usize = 2;

#[derive(Debug, Clone)]
pub(super) enum Shelf {
    Rebuilding,
    Ready(Arc<Index>),
}

#[derive(Debug, Default)]
pub(super) struct Shelves(Mutex<HashMap<SiteId, Shelf>>);

impl Shelves {
    pub fn get(&self, site: SiteId) -> Option<Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&site).cloned()
    }

    pub fn put(&self, site: SiteId, shelf: Shelf) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(site, shelf);
    }

    /// Puts an index unless a newer one stands there already.
    pub fn put_ready(&self, site: SiteId, index: Index) {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Shelf::Ready(standing)) = shelves.get(&site)
            && standing.generation() > index.generation()
        {
            return;
        }
        shelves.insert(site, Shelf::Ready(Arc::new(index)));
    }

    /// True for the one who is to rebuild: nobody does yet.
    fn begin_rebuild(&self, site: SiteId) -> bool {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !matches!(shelves.insert(site, Shelf::Rebuilding), Some(Shelf::Rebuilding))
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
    /// Opens a site's index, building it first where it cannot be used.
    pub async fn shelve(&self, shelved: &Shelved) {
        let folder = self.index_folder(shelved.site, shelved.generation);
        let lang = Lang::of_tag(&shelved.lang);
        match open(folder, lang).await {
            Ok(index) => self.0.shelves.put_ready(shelved.site, index),
            Err(fault) => {
                tracing::warn!(site.id = %shelved.site, %fault, "a catalog's index is built again");
                match build(&self.0.store, shelved, &self.0.dir, || async { Ok(false) }).await {
                    Ok(index) => {
                        tracing::info!(site.id = %shelved.site, products = index.products(), "the index is back");
                        self.0.shelves.put_ready(shelved.site, index);
                    }
                    // Searches go on to say so; the next start or import tries again.
                    Err(error) => tracing::error!(site.id = %shelved.site, %error, "the index was not built"),
                }
            }
        }
        self.tidy(shelved.site).await;
    }

    /// Opens a site's index as it is, for a command that only searches; false when
    /// it must be built first.
    pub async fn open_shelf(&self, shelved: &Shelved) -> bool {
        let folder = self.index_folder(shelved.site, shelved.generation);
        match open(folder, Lang::of_tag(&shelved.lang)).await {
            Ok(index) => {
                self.0.shelves.put_ready(shelved.site, index);
                true
            }
            Err(fault) => {
                tracing::debug!(site.id = %shelved.site, %fault, "an index cannot be searched");
                false
            }
        }
    }

    /// A search failed on this site's index: builds it again in the background.
    pub(super) async fn rebuild(&self, site: SiteId, fault: &IndexFault) -> Result<(), CatalogError> {
        if self.0.shelves.begin_rebuild(site)
            && let Some(shelved) = self.0.store.shelved(site).await?
        {
            tracing::error!(site.id = %site, %fault, "a catalog's index failed");
            let catalog = self.clone();
            tokio::spawn(async move { catalog.shelve(&shelved).await });
        }
        Ok(())
    }

    fn index_folder(&self, site: SiteId, generation: u64) -> PathBuf {
        folder_of(&self.0.dir, site, generation)
    }

    /// Removes the index folders of generations before the one that answers. Searches
    /// that still read one keep its files until they are done.
    pub(super) async fn tidy(&self, site: SiteId) {
        let Ok(Some(shelved)) = self.0.store.shelved(site).await else { return };
        let Ok(mut entries) = tokio::fs::read_dir(self.0.dir.join("index").join(site.to_string())).await else {
            return;
        };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let generation = entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
            // A later one is being built.
            if generation.is_none_or(|generation| generation < shelved.generation)
                && let Err(error) = tokio::fs::remove_dir_all(entry.path()).await
            {
                tracing::warn!(site.id = %site, %error, "an old index folder was not removed");
            }
        }
    }
}

fn folder_of(dir: &Path, site: SiteId, generation: u64) -> PathBuf {
    dir.join("index").join(site.to_string()).join(generation.to_string())
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
    let folder = folder_of(dir, shelved.site, shelved.generation);
    let (pages, taken) = mpsc::channel(PAGES_AHEAD);
    let (lang, generation) = (Lang::of_tag(&shelved.lang), shelved.generation);
    let place = folder.clone();
    let indexing = tokio::task::spawn_blocking(move || index_pages(&place, generation, lang, taken));
    let mut after: Option<String> = None;
    loop {
        if cancelled().await? {
            return Err(BuildError::Cancelled);
        }
        let page = store.page(shelved.site, generation, after.as_deref()).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.as_str().to_owned());
        if pages.send(page).await.is_err() {
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
    // Cancelled: without a manifest the folder is never opened.
    Ok(())
}
