//! `comptoir catalog`: import a shop's export, search it, measure the search.
//!
//! Works on a data folder with or without a running server: what changes a catalog is
//! handed over to the server that holds the folder, or done here; searches only read.

mod at_work;
mod back;
mod dry_run;
mod eval;
mod flags;
mod import;
mod narrow;
mod search;
mod suggest;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Common, Failure, Terminal};
use crate::jobs::catalog::Catalog;
use crate::store::catalog::{CatalogKey, LangTag, Shelved, Wanted};
use crate::store::folder::{DataFolder, FolderError};
use crate::store::{Database, Site, Sites, StoreError};

/// Import a shop's products, take them back, search them, measure the search
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  comptoir catalog import shop.csv --site boutique --create-site\n  \
    comptoir catalog search --site boutique \"table basse\"\n\n\
    Each works on the folder of --data, whether a server runs on it or not. What changes a catalog is\n\
    handed over to a running server.")]
pub struct CatalogCommand {
    #[command(subcommand)]
    name: Name,
}

#[derive(Debug, Subcommand)]
enum Name {
    /// Bring in the export of a shop: Shopify, WooCommerce, PrestaShop, Magento, Google Merchant,
    /// Meta, or a file made by hand
    Import(import::Import),
    /// Go back to the import before the last one
    Restore(back::Restore),
    /// Take all products of a catalog back, and forget its feed
    Empty(back::Empty),
    /// Search as an agent's question is searched
    Search(search::Search),
    /// Suggest products for a conversation, as an agent is shown them
    Suggest(suggest::Suggest),
    /// How well judged queries are answered: nDCG@10 by kind
    Eval(eval::Eval),
}

/// Which folder and which of its sites.
#[derive(Debug, Clone, Args)]
struct Where {
    #[command(flatten)]
    common: Common,
    /// The site's name; may be left out where there is only one
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    /// Which of its catalogs [default: that of the site's main language]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

impl CatalogCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::new)?;
        let done = runtime.block_on(async {
            match self.name {
                Name::Import(import) => import.carry_out(terminal).await,
                Name::Restore(restore) => restore.carry_out(terminal).await,
                Name::Empty(empty) => empty.carry_out(terminal).await,
                Name::Search(search) => search.carry_out(terminal).await,
                Name::Suggest(suggest) => suggest.carry_out(terminal).await,
                Name::Eval(eval) => eval.carry_out(terminal).await,
            }
        });
        // A reader or indexer that is left over must not hold up the answer.
        runtime.shutdown_background();
        done
    }
}

/// Asked in a way that cannot be carried out: exit code 2.
fn wrongly(why: impl std::fmt::Display) -> Failure {
    Failure { code: 2, lines: vec![why.to_string()] }
}

/// The site named, or the only one; nothing when no site has that name.
async fn find_site(sites: &Sites, name: Option<&str>) -> Result<Option<Site>, Failure> {
    match name {
        Some(name) => sites.by_name(name).await.map_err(Failure::new),
        None => {
            let mut all = sites.all().await.map_err(Failure::new)?;
            match all.len() {
                1 => Ok(all.pop()),
                0 => Err(wrongly("there is no site yet; name one with --site, and make it with --create-site")),
                _ => Err(wrongly(format!("which site? name it with --site: {}", names(&all)))),
            }
        }
    }
}

fn names(sites: &[Site]) -> String {
    sites.iter().map(|site| format!("`{}`", site.name)).collect::<Vec<_>>().join(", ")
}

/// A folder's catalogs with the index of one open for searching.
struct Searchable {
    catalog: Catalog,
    wanted: Wanted,
}

impl Where {
    /// The folder, which must be there.
    fn folder(&self) -> Result<PathBuf, Failure> {
        let dir = self.common.load()?.data.dir;
        if !dir.join("comptoir.db").exists() {
            return Err(wrongly(format!("there are no data in `{}`; name the folder with --data", dir.display())));
        }
        Ok(dir)
    }

    async fn site(&self, sites: &Sites) -> Result<Site, Failure> {
        if let Some(site) = find_site(sites, self.site.as_deref()).await? {
            return Ok(site);
        }
        let all = sites.all().await.map_err(Failure::new)?;
        let name = self.site.as_deref().unwrap_or_default();
        Err(wrongly(format!("there is no site `{name}`; there is {}", names(&all))))
    }

    fn catalog_of(&self, site: &Site) -> CatalogKey {
        CatalogKey { site: site.id, lang: LangTag::of(self.lang.as_deref().unwrap_or(&site.lang)) }
    }

    async fn searchable(&self) -> Result<Searchable, Failure> {
        let dir = self.folder()?;
        let database = Database::open(&dir).await.map_err(Failure::new)?;
        let site = self.site(&Sites::new(database.clone())).await?;
        database.close().await;
        let catalog = Catalog::open(&dir).await.map_err(Failure::new)?;
        let wanted = Wanted::in_main(site.id, &site.lang).or_in(self.lang.as_deref());
        let Some(shelved) = catalog.shelved(&wanted).await.map_err(Failure::new)? else {
            return Err(Failure::new(format!(
                "the site `{}` has no catalog yet; bring one in with `comptoir catalog import`",
                site.name
            )));
        };
        open_index(&catalog, &shelved, &dir).await?;
        Ok(Searchable { catalog, wanted })
    }
}

async fn open_index(catalog: &Catalog, shelved: &Shelved, dir: &Path) -> Result<(), Failure> {
    if catalog.open_shelf(shelved).await {
        return Ok(());
    }
    // Only who holds the folder may build.
    match DataFolder::hold(dir) {
        Ok(_held) => {
            catalog.shelve(shelved).await;
            Ok(())
        }
        Err(FolderError::Held { .. }) => {
            Err(Failure::new("the running server is rebuilding the catalog's index; try again in a moment"))
        }
        Err(error) => Err(Failure::new(error)),
    }
}

/// The store's error as a failure of the command.
fn failed(error: StoreError) -> Failure {
    Failure::new(error)
}
