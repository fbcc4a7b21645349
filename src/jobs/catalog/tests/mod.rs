//! A data folder whose catalogs are served, and what a merchant does with it.

mod faults;
mod for_bot;
mod imports;
mod searching;

use std::path::PathBuf;
use std::time::Duration;

use comptoir_catalog::index::Mode;
use tempfile::TempDir;
use uuid::Uuid;

use super::shelves::folder_of;
use super::{Catalog, CatalogError, Importer};
use crate::protocol::catalog::{ImportFrom, ImportReport, ImportRun, ImportState};
use crate::protocol::feed::FeedSettings;
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::catalog::{CatalogKey, LangTag, NewRun, RunSettings, Wanted};

pub(super) const LAMPS: &str = "id,item_group_id,title,price,sale_price,availability,color,link,image_link\n\
    L1,,Brass lamp,89.00,69.00,in stock,,https://shop.example/l1,https://img.example/l1.jpg\n\
    L2,,Paper lamp,45.50,,out of stock,,https://shop.example/l2,https://img.example/l2.jpg\n\
    M-B,MUG,Mug,14.00,,in stock,blue,https://shop.example/mug,https://img.example/b.jpg\n\
    M-R,MUG,Mug,15.00,,preorder,red,https://shop.example/mug,https://img.example/r.jpg\n";
pub(super) const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

/// A data folder whose catalogs are served.
pub(super) struct Desk {
    pub folder: TempDir,
    pub catalog: Catalog,
    pub site: SiteId,
    pub _importer: Importer,
}

pub(super) fn settings(attended: bool) -> RunSettings {
    let feed = FeedSettings { currency: "EUR".into(), shop_url: None, tax_rate: None, mapping: None };
    RunSettings { lang: "en".into(), feed, attended, accept_removals: false, fetched: None }
}

pub(super) fn english(site: SiteId) -> CatalogKey {
    CatalogKey { site, lang: LangTag::of("en") }
}

/// Waits until a wish is fulfilled; a minute is long enough for the slowest machine.
pub(super) async fn until<T>(what: &str, mut wish: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..6_000 {
        if let Some(found) = wish().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain until {what}");
}

impl Desk {
    pub async fn open() -> Self {
        Self::reopen(tempfile::tempdir().unwrap(), SiteId(Uuid::now_v7())).await
    }

    pub async fn reopen(folder: TempDir, site: SiteId) -> Self {
        let catalog = Catalog::open(folder.path()).await.unwrap();
        let importer = catalog.start().await.unwrap();
        Self { folder, catalog, site, _importer: importer }
    }

    pub async fn queue(&self, text: impl AsRef<[u8]>, settings: RunSettings) -> Result<ImportRun, CatalogError> {
        let id = ImportId(Uuid::now_v7());
        let bytes = text.as_ref().len() as u64;
        std::fs::write(self.catalog.place_for(id).await.unwrap(), text).unwrap();
        let (from, file) = (ImportFrom::File, "shop.csv".into());
        let run = NewRun { id, site: self.site, from, file, bytes, at: NOW, settings };
        self.catalog.queue(run).await
    }

    pub async fn import_with(&self, text: impl AsRef<[u8]>, settings: RunSettings) -> ImportRun {
        let run = self.queue(text, settings).await.unwrap();
        self.settled(run.id).await
    }

    pub async fn import(&self, text: impl AsRef<[u8]>) -> ImportRun {
        self.import_with(text, settings(false)).await
    }

    /// The run once it has ended or asks.
    pub async fn settled(&self, id: ImportId) -> ImportRun {
        until("the import has settled", async || {
            let run = self.catalog.run(self.site, id).await.unwrap();
            let moving =
                matches!(run.state, ImportState::Queued {} | ImportState::Reading {} | ImportState::Indexing {});
            (!moving).then_some(run)
        })
        .await
    }

    pub async fn found(&self, text: &str) -> Vec<String> {
        until("the index is open", async || {
            match self.catalog.search(&self.wanted(), text, Mode::Ranked, 10, NOW).await {
                Ok(hits) => Some(hits.hits.into_iter().map(|hit| hit.card.product.0).collect()),
                Err(CatalogError::Rebuilding) => None,
                Err(error) => panic!("{error}"),
            }
        })
        .await
    }

    pub fn wanted(&self) -> Wanted {
        Wanted::in_main(self.site, "en")
    }

    /// The folder that the index of the English catalog lies in.
    pub async fn index(&self) -> PathBuf {
        let shelved = self.catalog.0.store.shelved(english(self.site)).await.unwrap().unwrap();
        folder_of(self.folder.path(), &shelved)
    }

    /// Kills the server: nothing is ended, nothing is said.
    pub async fn killed(self) -> (TempDir, SiteId) {
        let Self { folder, catalog, site, _importer: importer } = self;
        drop(importer);
        catalog.close().await;
        (folder, site)
    }

    pub async fn generation(&self) -> u64 {
        self.catalog.status(&self.wanted()).await.unwrap().generation
    }
}

pub(super) fn report(run: &ImportRun) -> &ImportReport {
    run.report.as_ref().unwrap()
}

pub(super) fn counts(run: &ImportRun) -> [u64; 4] {
    let report = report(run);
    [report.added, report.changed, report.unchanged, report.removed]
}

pub(super) fn why(run: &ImportRun) -> &str {
    match &run.state {
        ImportState::Refused { why } | ImportState::AwaitsConfirmation { why } => why,
        state => panic!("{state:?}"),
    }
}
