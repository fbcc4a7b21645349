//! Imports the store's own files into the site's catalogs, one a language, by the way every merchant's file takes.
//!
//! Once: a catalog that somebody imported since then stays. A store that moved to
//! another port is imported again, so that cards lead to where it is.

use std::path::Path;
use std::time::Duration;

use uuid::Uuid;

use super::catalog_csv;
use super::words::Language;
use crate::jobs::catalog::{Catalog, CatalogError};
use crate::protocol::catalog::{ImportFrom, ImportState};
use crate::protocol::feed::FeedSettings;
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::catalog::{NewRun, RunSettings, Wanted};

/// A product of ours; its link says for which address the catalog was imported.
const WITNESS: &str = "MAR";
/// The site's main language.
const LANG: &str = "fr";
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// The file is small; a machine that takes longer has another trouble.
const IMPORT_MAX: Duration = Duration::from_secs(60);

/// Why the catalog was not filled.
#[derive(Debug, thiserror::Error)]
pub enum StockFault {
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error("the demo's catalog was not imported: {0}; start over with `comptoir demo --reset`")]
    NotTaken(String),
}

/// Fills the catalogs of `site` for a store at `origin`; says how many products it has.
///
/// # Errors
/// [`StockFault`]; the next start tries again.
pub async fn keep(dir: &Path, site: SiteId, origin: &str, now: Timestamp) -> Result<u64, StockFault> {
    let catalog = Catalog::open(dir).await.map_err(CatalogError::from)?;
    let importer = catalog.start().await?;
    let kept = fill_all(&catalog, site, origin, now).await;
    drop(importer);
    catalog.close().await;
    kept
}

async fn fill_all(catalog: &Catalog, site: SiteId, origin: &str, now: Timestamp) -> Result<u64, StockFault> {
    for language in Language::ALL {
        fill(catalog, site, language, origin, now).await?;
    }
    Ok(catalog.products(site).await.map_err(CatalogError::from)?)
}

async fn fill(
    catalog: &Catalog,
    site: SiteId,
    language: Language,
    origin: &str,
    now: Timestamp,
) -> Result<(), StockFault> {
    let wanted = Wanted::in_main(site, LANG).or_in(Some(language.code()));
    let status = catalog.status(&wanted).await.map_err(CatalogError::from)?;
    // Where there is no catalog in this language, another one answers.
    let is_there = status.products > 0 && status.lang == language.code();
    let witness = catalog.product(&wanted, WITNESS, now).await.map_err(CatalogError::from)?;
    let moved = witness.is_some_and(|product| {
        product.variants.first().and_then(|card| card.link.as_ref()).is_some_and(|link| !link.starts_with(origin))
    });
    if is_there && !moved {
        return Ok(());
    }
    let id = import(catalog, site, language, origin, now).await?;
    match tokio::time::timeout(IMPORT_MAX, settled(catalog, site, id)).await {
        Ok(Ok(ImportState::Done {})) => Ok(()),
        Ok(Ok(ImportState::Refused { why } | ImportState::AwaitsConfirmation { why })) => {
            Err(StockFault::NotTaken(why))
        }
        Ok(Ok(state)) => Err(StockFault::NotTaken(format!("it ended as {state:?}"))),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(StockFault::NotTaken(format!("it took longer than {} s", IMPORT_MAX.as_secs()))),
    }
}

async fn import(
    catalog: &Catalog,
    site: SiteId,
    language: Language,
    origin: &str,
    now: Timestamp,
) -> Result<ImportId, StockFault> {
    let id = ImportId(Uuid::now_v7());
    let csv = catalog_csv(language, origin);
    let path = catalog.place_for(id).await?;
    tokio::fs::write(&path, &csv).await.map_err(|error| CatalogError::File { path, error })?;
    let settings = RunSettings {
        lang: language.code().to_owned(),
        feed: FeedSettings { currency: "EUR".to_owned(), shop_url: None, tax_rate: None, mapping: None },
        attended: false,
        accept_removals: true,
        fetched: None,
    };
    let bytes = u64::try_from(csv.len()).unwrap_or(u64::MAX);
    let (from, file) = (ImportFrom::File, format!("corlieu-{}.csv", language.code()));
    catalog.queue(NewRun { id, site, from, file, bytes, at: now, settings }).await?;
    Ok(id)
}

/// The state in which an import ended, or asks.
async fn settled(catalog: &Catalog, site: SiteId, id: ImportId) -> Result<ImportState, CatalogError> {
    loop {
        match catalog.run(site, id).await?.state {
            ImportState::Queued {} | ImportState::Reading {} | ImportState::Indexing {} => {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
            ended => return Ok(ended),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    async fn link(dir: &Path, site: SiteId, lang: &str) -> String {
        let catalog = Catalog::open(dir).await.expect("the catalog");
        let product = catalog
            .product(&Wanted::in_main(site, LANG).or_in(Some(lang)), "VIG-AJO", NOW)
            .await
            .expect("read")
            .expect("the yellow lamp");
        catalog.close().await;
        product.variants.first().and_then(|card| card.link.clone()).expect("a link")
    }

    #[actix_rt::test]
    async fn the_whole_catalog_is_imported_once_and_again_when_the_store_moves() {
        let dir = tempfile::tempdir().expect("a folder");
        let site = SiteId(Uuid::now_v7());

        assert_eq!(keep(dir.path(), site, "http://localhost:9191", NOW).await.expect("imported"), 64);
        assert_eq!(keep(dir.path(), site, "http://localhost:9191", NOW).await.expect("kept"), 64);
        assert!(link(dir.path(), site, "fr").await.starts_with("http://localhost:9191/fr/p/lampe-vigie"));
        assert!(link(dir.path(), site, "en").await.starts_with("http://localhost:9191/en/p/"));

        assert_eq!(keep(dir.path(), site, "http://localhost:9292", NOW).await.expect("imported again"), 64);
        assert!(link(dir.path(), site, "en").await.starts_with("http://localhost:9292/"));
    }
}
