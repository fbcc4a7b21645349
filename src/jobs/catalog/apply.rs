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

use std::sync::Arc;

use comptoir_catalog::index::Index;
use comptoir_catalog::model::ProductId;

use super::Catalog;
use super::bench::Bench;
use super::building::{Building, lost};
use super::changing::Changing;
use super::pacer::Pacer;
use super::shelves::{BuildError, folder_of, lang_of};
use crate::store::catalog::{CatalogKey, Pace, Prepared, Run, Shelved};
use crate::store::{CatalogStore, StoreError};

/// A difference of more than one product in so many is built whole.
const REBUILT_ONE_IN: u64 = 2;

/// What is to be switched to.
pub(super) struct Plan {
    /// Its folder is chosen here.
    pub to: Prepared,
    /// Products that are staged or ended.
    pub changes: u64,
    /// Of these, products that no row of the new generation has.
    pub removed: u64,
    pub ahead: Ahead,
}

/// What was done of the index while the feed was still being read.
pub(super) enum Ahead {
    Nothing,
    /// It was built whole, in the folder of this number.
    Built(u64, Building),
    /// Everything that is staged was put into the one that is searched; nobody sees it yet.
    Changed(Changing),
}

impl Ahead {
    /// Leaves no trace that another change could meet.
    pub async fn give_up(self) {
        match self {
            Self::Nothing => {}
            Self::Built(_, building) => building.give_up().await,
            Self::Changed(changing) => changing.give_up().await,
        }
    }
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
    let Plan { mut to, changes, removed, ahead } = plan;
    let is_built = matches!(ahead, Ahead::Built(..));
    let standing = match (&now, catalog.0.shelves.ready(of)) {
        (Some(now), Some(index)) if !is_built && is_small(changes, now, &index) => Some((now.folder, index)),
        _ => None,
    };
    if let Some((folder, index)) = standing {
        to.folder = folder;
        let ahead = match ahead {
            Ahead::Changed(changing) if changing.folder == folder => Some(changing),
            other => {
                other.give_up().await;
                None
            }
        };
        change(catalog, bench, of, &to, (ahead, removed), &mut watching).await?;
        switch(catalog, bench, of, &to).await?;
        let reopened = index.clone();
        tokio::task::spawn_blocking(move || reopened.reopen()).await.unwrap_or_else(|error| Err(lost(error)))?;
    } else {
        bench.changer = None;
        let (folder, building) = match ahead {
            Ahead::Built(folder, building) => (folder, Some(building)),
            other => {
                other.give_up().await;
                (now.as_ref().map_or(0, |now| now.folder) + 1, None)
            }
        };
        to.folder = folder;
        if watching.is_cancelled(0).await? {
            if let Some(building) = building {
                building.give_up().await;
            }
            return Err(BuildError::Cancelled);
        }
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
    is_part(changes, now.products) && index.generation() == now.generation
}

/// Whether a difference is applied to an index of so many products rather than built anew.
pub(super) fn is_part(changes: u64, products: u64) -> bool {
    changes.saturating_mul(REBUILT_ONE_IN) <= products
}

/// Begins to change the index that is searched, if it is at hand.
pub(super) async fn ahead(catalog: &Catalog, of: CatalogKey, now: &Shelved) -> Ahead {
    match catalog.0.shelves.ready(of) {
        Some(index) if index.generation() == now.generation => {
            let changer = catalog.0.benches.take(of).await.changer_of(now.folder);
            let place = folder_of(&catalog.0.dir, now);
            Ahead::Changed(Changing::start(changer, now.folder, place, lang_of(of)))
        }
        Some(_) | None => Ahead::Nothing,
    }
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

/// Applies what is staged towards `to.generation` to the index that is searched. What is to
/// be put was put `ahead`, or is read back; so many are to be removed.
async fn change(
    catalog: &Catalog,
    bench: &mut Bench,
    of: CatalogKey,
    to: &Prepared,
    (ahead, removed): (Option<Changing>, u64),
    watching: &mut Watching<'_>,
) -> Result<(), BuildError> {
    let changing = match ahead {
        Some(changing) => changing,
        None => {
            let place = folder_of(&catalog.0.dir, &shelved(of, to));
            let changing = Changing::start(bench.changer_of(to.folder), to.folder, place, lang_of(of));
            if let Err(error) = put_staged(catalog, of, to.generation, &changing, watching).await {
                changing.give_up().await;
                return Err(error);
            }
            changing
        }
    };
    if removed > 0
        && let Err(error) = remove_ending(catalog, of, to.generation, &changing).await
    {
        changing.give_up().await;
        return Err(error.into());
    }
    // The index's words and what is switched to are written down at the same time.
    let ready = changing.ready().await;
    let prepared = match watching.is_cancelled(0).await {
        Ok(true) => Err(BuildError::Cancelled),
        Ok(false) => catalog.0.store.prepare(of, to).await.map_err(BuildError::from),
        Err(error) => Err(error.into()),
    };
    if let Err(error) = prepared {
        ready.give_up().await;
        return Err(error);
    }
    let changer = ready.commit(to.generation).await?;
    bench.changer = changer.map(|changer| (to.folder, changer));
    Ok(())
}

/// Puts what is staged.
async fn put_staged(
    catalog: &Catalog,
    of: CatalogKey,
    generation: u64,
    changing: &Changing,
    watching: &mut Watching<'_>,
) -> Result<(), BuildError> {
    let (mut after, mut products) = (0, 0);
    loop {
        let page = catalog.0.store.staged(of, generation, after).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = *last;
        products += page.len() as u64;
        changing.put(page.into_iter().map(|(_, product)| product).collect()).await;
        if watching.is_cancelled(products).await? {
            return Err(BuildError::Cancelled);
        }
    }
}

/// Removes what the generation has no more.
async fn remove_ending(
    catalog: &Catalog,
    of: CatalogKey,
    generation: u64,
    changing: &Changing,
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page = catalog.0.store.ending(of, generation, after).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = *last;
        changing.remove(page.iter().filter_map(|(_, id)| ProductId::new(id).ok()).collect()).await;
    }
}
