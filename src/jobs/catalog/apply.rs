//! From staged rows to a catalog that answers: the index in one commit, then one number.
//!
//! 1. Prepare: what will be switched to is written down.
//! 2. The index: its commit, which says the new generation, is the point of no
//!    return. A small difference is applied to the index that is searched; a large
//!    one is built in a folder of its own.
//! 3. Switch: one small transaction.
//! 4. The searches see it.
//!
//! Killed before 2, a start gives the rows up; after it, a start ends 3 and 4.

use std::path::PathBuf;
use std::sync::Arc;

use comptoir_catalog::index::{Changer, Index, IndexFault};
use comptoir_catalog::model::{Product, ProductId};
use comptoir_catalog::words::Lang;
use tokio::sync::mpsc;

use super::Catalog;
use super::bench::Bench;
use super::building::{Building, lost};
use super::pacer::Pacer;
use super::shelves::{BuildError, folder_of, lang_of};
use crate::store::catalog::{CatalogKey, Pace, Prepared, Run, Shelved};
use crate::store::{CatalogStore, StoreError};

/// Pages of a difference on their way to the thread that changes the index.
const PAGES_AHEAD: usize = 2;
/// A difference of more than one product in so many is built whole.
const REBUILT_ONE_IN: u64 = 2;

/// What is to be switched to.
pub(super) struct Plan {
    /// Its folder is chosen here.
    pub to: Prepared,
    /// Products that are staged or ended.
    pub changes: u64,
    /// The index, where it was built while the feed was read, with its folder.
    pub building: Option<(u64, Building)>,
}

/// Who is told how far it is, and may call it off.
pub(super) enum Watching<'a> {
    Nobody,
    /// Of its file all is read; what goes on is told by its pace.
    Run {
        store: &'a CatalogStore,
        run: &'a Run,
        rows: u64,
        pacer: Pacer,
    },
}

impl Watching<'_> {
    async fn is_cancelled(&mut self, products: u64) -> Result<bool, StoreError> {
        match self {
            Self::Nobody => Ok(false),
            Self::Run { store, run, rows, pacer } => match pacer.look(products, products) {
                Some(pace) => store.progress(run.id, &Pace { bytes: run.bytes_total, rows: *rows, ..pace }).await,
                None => Ok(false),
            },
        }
    }
}

/// Makes staged rows the catalog that answers. Nothing is visible when this fails;
/// the caller discards what was staged.
pub(super) async fn apply(
    catalog: &Catalog,
    bench: &mut Bench,
    of: CatalogKey,
    plan: Plan,
    mut watching: Watching<'_>,
) -> Result<(), BuildError> {
    let store = &catalog.0.store;
    let now = store.shelved(of).await?;
    let Plan { mut to, changes, building } = plan;
    let standing = match (&now, catalog.0.shelves.ready(of)) {
        (Some(now), Some(index)) if building.is_none() && is_small(changes, now, &index) => Some((now.folder, index)),
        _ => None,
    };
    if let Some((folder, index)) = standing {
        to.folder = folder;
        store.prepare(of, &to).await?;
        change(catalog, bench, of, &to, &mut watching).await?;
        switch(catalog, bench, of, &to).await?;
        let reopened = index.clone();
        tokio::task::spawn_blocking(move || reopened.reopen()).await.unwrap_or_else(|error| Err(lost(error)))?;
    } else {
        bench.changer = None;
        let (folder, building) = match building {
            Some((folder, building)) => (folder, Some(building)),
            None => (now.as_ref().map_or(0, |now| now.folder) + 1, None),
        };
        to.folder = folder;
        store.prepare(of, &to).await?;
        let index = match building {
            Some(building) => building.finish().await?,
            None => build(catalog, &shelved(of, &to), &mut watching).await?,
        };
        switch(catalog, bench, of, &to).await?;
        catalog.0.shelves.put_ready(of, index);
    }
    Ok(())
}

fn is_small(changes: u64, now: &Shelved, index: &Index) -> bool {
    changes.saturating_mul(REBUILT_ONE_IN) <= now.products && index.generation() == now.generation
}

async fn switch(catalog: &Catalog, bench: &mut Bench, of: CatalogKey, to: &Prepared) -> Result<(), BuildError> {
    #[cfg(feature = "fault-hooks")]
    super::fault::abort_at("committed");
    let switched = catalog.0.store.switch(of, to).await;
    #[cfg(feature = "fault-hooks")]
    super::fault::abort_at("switched");
    if switched.is_err() {
        // The index is ahead of a table that cannot be written: searches stay in the
        // open one, and a new one is built of the rows that hold.
        bench.changer = None;
        catalog.build_anew(of);
    }
    Ok(switched?)
}

pub(super) fn shelved(of: CatalogKey, to: &Prepared) -> Shelved {
    Shelved {
        of,
        generation: to.generation,
        products: to.products,
        imported_at: crate::protocol::Timestamp::from_millis(to.imported_at),
        folder: to.folder,
        previous: to.previous,
    }
}

/// Builds and opens the index of a generation from its rows.
pub(super) async fn build(
    catalog: &Catalog,
    shelved: &Shelved,
    watching: &mut Watching<'_>,
) -> Result<Index, BuildError> {
    let building = Building::start(folder_of(&catalog.0.dir, shelved), shelved.generation, lang_of(shelved.of));
    let (mut after, mut products) = (0, 0);
    loop {
        if watching.is_cancelled(products).await? {
            return Err(BuildError::Cancelled);
        }
        let page = catalog.0.store.page(shelved.of, shelved.generation, after).await?;
        let Some((last, ..)) = page.last() else { break };
        after = *last;
        products += page.len() as u64;
        building.add(page.into_iter().map(|(_, since, product)| (Arc::new(product), since)).collect()).await;
    }
    Ok(building.finish().await?)
}

enum Order {
    Put(Vec<Product>),
    Remove(Vec<ProductId>),
    Commit,
}

/// Applies what is staged towards `to.generation` to the index that is searched.
async fn change(
    catalog: &Catalog,
    bench: &mut Bench,
    of: CatalogKey,
    to: &Prepared,
    watching: &mut Watching<'_>,
) -> Result<(), BuildError> {
    let (store, generation) = (&catalog.0.store, to.generation);
    let (orders, taken) = mpsc::channel(PAGES_AHEAD);
    let changer = bench.changer_of(to.folder);
    let (folder, lang) = (folder_of(&catalog.0.dir, &shelved(of, to)), lang_of(of));
    let thread = tokio::task::spawn_blocking(move || make_changes(changer, folder, lang, generation, taken));
    let (mut after, mut products) = (0, 0);
    loop {
        let page = store.staged(of, generation, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        products += page.len() as u64;
        let _ = orders.send(Order::Put(page.into_iter().map(|(_, product)| product).collect())).await;
        if watching.is_cancelled(products).await? {
            return Err(BuildError::Cancelled);
        }
    }
    after = 0;
    loop {
        let page = store.ending(of, generation, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        let ids = page.iter().filter_map(|(_, id)| ProductId::new(id).ok()).collect();
        let _ = orders.send(Order::Remove(ids)).await;
    }
    let _ = orders.send(Order::Commit).await;
    drop(orders);
    let changer = thread.await.unwrap_or_else(|error| Err(lost(error)))?;
    bench.changer = changer.map(|changer| (to.folder, changer));
    Ok(())
}

/// None when it was given up before the commit; then nothing was changed.
fn make_changes(
    changer: Option<Changer>,
    folder: PathBuf,
    lang: Lang,
    generation: u64,
    mut orders: mpsc::Receiver<Order>,
) -> Result<Option<Changer>, IndexFault> {
    let mut changer = match changer {
        Some(changer) => changer,
        None => Changer::open(&folder, lang)?,
    };
    while let Some(order) = orders.blocking_recv() {
        match order {
            Order::Put(products) => products.iter().try_for_each(|product| changer.put(product))?,
            Order::Remove(ids) => ids.iter().for_each(|id| changer.remove(id)),
            Order::Commit => {
                changer.commit(generation)?;
                return Ok(Some(changer));
            }
        }
    }
    Ok(None)
}
