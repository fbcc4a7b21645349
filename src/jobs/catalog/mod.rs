//! The catalogs of all sites, as the rest of the server knows them.
//!
//! | part | what it does |
//! |-|-|
//! | [`Catalog`] | looks products up, makes cards, queues imports |
//! | [`search`] | asks an index within its time, products found as cards |
//! | [`suggest`] | what to recommend in a conversation |
//! | [`for_bot`] | what the bot asks: products by words or by name, values that can be bought |
//! | [`shelves`] | the open index of each catalog; rebuilds one that is missing or damaged |
//! | [`importer`] | claims queued runs, two at a time |
//! | [`queue`] | runs: queued, watched, confirmed, cancelled |
//! | [`import`], [`restore`], [`emptying`] | carry out one run: stage, judge, apply |
//! | [`stream`], [`difference`], [`staging`], [`guard`], [`reading`] | its steps; the second and the fourth are pure |
//! | [`sources`] | a feed of several files as one |
//! | [`apply`], [`building`], [`changing`], [`bench`] | staged rows to a catalog that answers, one at a time |
//! | [`feeds`], [`settings`] | what is saved of a catalog's feed; how the readers take it |
//! | [`preview`], [`rejected`] | files that are looked at before they are imported; refused rows |
//! | [`updates`] | prices and stock by API, gathered into one commit |
//! | [`fetch`] | feeds by address, on a schedule |
//! | [`cards`] | a product as a card; pure |
//!
//! The rows in [`CatalogStore`] are the truth; an index is a cache in
//! `index/{site}/{lang}/{generation}`. Files to import lie in `tmp/imports/{run}`.

mod apply;
mod at_hand;
mod bench;
mod building;
pub mod cards;
mod changing;
mod difference;
mod emptying;
#[cfg(feature = "fault-hooks")]
mod fault;
pub mod feeds;
pub mod fetch;
mod for_bot;
mod guard;
mod import;
mod importer;
mod pacer;
pub mod preview;
mod queue;
mod reading;
mod rejected;
mod restore;
mod search;
pub mod settings;
mod shelves;
pub mod sources;
mod staging;
mod stream;
mod suggest;
#[cfg(test)]
mod tests;
mod updates;

use comptoir_catalog::index::IndexFault;
use comptoir_catalog::model::Product;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore};

use crate::protocol::catalog::{CatalogProduct, CatalogStatus};
use crate::protocol::{ProductCard, ProductChoice, ProductComparison, ProductId, SiteId, Sku, Timestamp};
use crate::store::catalog::{Shelved, Wanted};
use crate::store::{CatalogStore, StoreError};

use bench::Benches;
pub use for_bot::Wish;
pub use importer::Importer;
pub use reading::{dry_run, reason, sentence};
pub use rejected::Rejected;
pub use search::{Found, Search};
use shelves::{Shelf, Shelves};
pub use suggest::{Advice, Talking};
use updates::Gathering;
pub use updates::Updates;

/// Searches that run at once; they share the machine with conversations.
const SEARCHES_MAX: usize = 4;
/// Faults that travel with a run; the file `rejected.csv` has more.
const FAULTS_TOLD: u32 = 100;

/// Why there is no answer from a catalog.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("the catalog is being rebuilt; try again in a moment")]
    Rebuilding,
    #[error("too many searches at once; try again in a moment")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Index(#[from] IndexFault),
    #[error("`{path}` cannot be read or written: {error}; check the disk")]
    File { path: PathBuf, error: std::io::Error },
    #[error("the thread for imports cannot be started: {error}; look at the limits of the process")]
    Thread { error: std::io::Error },
    #[error("an import of this catalog is already running; wait for it or cancel it")]
    ImportRunning,
    #[error("there is no such import")]
    NoSuchImport,
    #[error("this file was let go; upload it again")]
    NoSuchPreview,
    #[error("there are too many files in this feed already")]
    TooManyFiles,
    #[error("the files of this feed are larger than 1 GB together; import them with `comptoir catalog import`")]
    FeedTooLarge,
    #[error("this import does not wait for an answer")]
    NotAwaiting,
    #[error("there is no earlier import of this catalog that could be restored")]
    NothingToRestore,
    #[error("this catalog is empty already, and nothing is kept of its feed")]
    NothingToEmpty,
}

/// The catalogs of a data folder. Cheap to clone.
#[derive(Clone)]
pub struct Catalog(Arc<Inner>);

struct Inner {
    store: CatalogStore,
    dir: PathBuf,
    shelves: Shelves,
    searches: Arc<Semaphore>,
    benches: Benches,
    previews: preview::Previews,
    gathering: Gathering,
    /// A run was queued or confirmed.
    wake: Notify,
    /// A feed is to be fetched now.
    fetch: Notify,
}

impl Catalog {
    /// Opens the catalogs of a data folder. Searches answer once [`Catalog::start`]
    /// or [`Catalog::shelve`] has opened the indexes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        let store = CatalogStore::open(dir).await?;
        let searches = Arc::new(Semaphore::new(SEARCHES_MAX));
        Ok(Self(Arc::new(Inner {
            store,
            dir: dir.to_owned(),
            shelves: Shelves::default(),
            searches,
            benches: Benches::default(),
            previews: preview::Previews::default(),
            gathering: Gathering::default(),
            wake: Notify::new(),
            fetch: Notify::new(),
        })))
    }

    /// Repairs what a kill left half, opens the indexes in the background and
    /// begins to claim runs. Only who holds the data folder may call it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn start(&self) -> Result<Importer, CatalogError> {
        self.end_prepared().await?;
        self.repair().await?;
        let shelved = self.0.store.all_shelved().await?;
        for shelved in &shelved {
            if self.0.shelves.ready(shelved.of).is_none() {
                self.0.shelves.put(shelved.of, Shelf::Rebuilding);
            }
        }
        Importer::start(self.clone(), shelved)
    }

    /// A product with all its variants as cards, by its id, or the SKU or GTIN of a variant.
    ///
    /// # Errors
    /// What the database says.
    pub async fn product(
        &self,
        wanted: &Wanted,
        name: &str,
        now: Timestamp,
    ) -> Result<Option<CatalogProduct>, StoreError> {
        Ok(self.look_up(wanted, name).await?.and_then(|product| cards::product(&product, now)))
    }

    /// The card of a product, of the variant named or of the first in stock. From the
    /// store, not from the index, so that what is frozen in a message is the truth.
    ///
    /// # Errors
    /// What the database says.
    pub async fn card(
        &self,
        wanted: &Wanted,
        product: &ProductId,
        sku: Option<&Sku>,
        now: Timestamp,
    ) -> Result<Option<ProductCard>, StoreError> {
        Ok(self.chosen(wanted, product, sku).await?.and_then(|product| cards::card(&product, sku, now)))
    }

    /// The products side by side, each as [`Catalog::card`]; none when one of them is not there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn comparison(
        &self,
        wanted: &Wanted,
        choices: &[ProductChoice],
        now: Timestamp,
    ) -> Result<Option<ProductComparison>, StoreError> {
        let mut products = Vec::with_capacity(choices.len());
        for choice in choices {
            let product = self.chosen(wanted, &choice.product, choice.sku.as_ref()).await?;
            let Some(product) = product else { return Ok(None) };
            products.push(product);
        }
        let chosen = |(product, choice): (_, &ProductChoice)| {
            let variant = cards::chosen(product, choice.sku.as_ref())?;
            Some((product, variant))
        };
        let chosen: Option<Vec<_>> = products.iter().zip(choices).map(chosen).collect();
        Ok(chosen.map(|chosen| cards::comparison(&chosen, now)))
    }

    /// A published product, from the first catalog that has the variant named.
    async fn chosen(&self, wanted: &Wanted, id: &ProductId, sku: Option<&Sku>) -> Result<Option<Product>, StoreError> {
        for shelved in self.0.store.shelved_for(wanted).await? {
            let product = self.0.store.product(shelved.of, shelved.generation, &id.0).await?;
            let has_it = |product: &Product| product.published && cards::chosen(product, sku).is_some();
            if let Some(product) = product.filter(has_it) {
                return Ok(Some(product));
            }
        }
        Ok(None)
    }

    async fn look_up(&self, wanted: &Wanted, name: &str) -> Result<Option<Product>, StoreError> {
        let all = self.0.store.shelved_for(wanted).await?;
        for shelved in &all {
            if let Some(product) = self.0.store.product(shelved.of, shelved.generation, name).await? {
                return Ok(Some(product));
            }
        }
        for shelved in &all {
            if let Some(product) = self.0.store.by_code(shelved.of, shelved.generation, name).await? {
                return Ok(Some(product));
            }
        }
        Ok(None)
    }

    /// What answers of a site: the first catalog of those that are wanted; nothing when it has none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn shelved(&self, wanted: &Wanted) -> Result<Option<Shelved>, StoreError> {
        Ok(self.0.store.shelved_for(wanted).await?.into_iter().next())
    }

    /// # Errors
    /// What the database says.
    pub async fn status(&self, wanted: &Wanted) -> Result<CatalogStatus, StoreError> {
        let shelved = self.shelved(wanted).await?;
        Ok(CatalogStatus {
            products: shelved.as_ref().map_or(0, |shelved| shelved.products),
            generation: shelved.as_ref().map_or(0, |shelved| shelved.generation),
            lang: shelved.as_ref().map(|shelved| shelved.of.lang.to_string()).unwrap_or_default(),
            rebuilding: matches!(self.0.shelves.first(wanted), Some((_, Shelf::Rebuilding))),
            imported_at: shelved.map(|shelved| shelved.imported_at),
        })
    }

    /// Products of the largest of a site's catalogs: those of other languages are the same ones.
    ///
    /// # Errors
    /// What the database says.
    pub async fn products(&self, site: SiteId) -> Result<u64, StoreError> {
        let all = self.0.store.shelved_for(&Wanted::in_main(site, "")).await?;
        Ok(all.iter().map(|shelved| shelved.products).max().unwrap_or_default())
    }

    /// Writes the log back into the file and closes it.
    pub async fn close(&self) {
        self.0.store.close().await;
    }
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalog").field("dir", &self.0.dir).finish_non_exhaustive()
    }
}
