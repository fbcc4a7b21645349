//! Prices and stock by API, gathered for a moment into one commit.
//!
//! Requests that come together are applied together: rows, index and number change
//! once for all of them ([`super::apply`]). While an import of the catalog runs they
//! are kept in the database and applied right after it. An update leaves the hash of
//! the feed's rows alone, so a feed that says nothing new does not undo it.

mod change;
mod keys;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use change::{Named, Said};
use comptoir_catalog::model::{Currency, Product};
use tokio::sync::oneshot;

use super::apply::{Ahead, Plan, Watching, apply};
use super::bench::Bench;
use super::import::GENERATIONS_KEPT;
use super::shelves::BuildError;
use super::{Catalog, CatalogError};
use crate::protocol::feed::{ProductUpdate, UpdateRefused, UpdatesTaken};
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, KeptUpdate, Prepared, Shelved, Staged};

/// How long requests are gathered: most of what an update may take is left for the rest.
const GATHERED_FOR: Duration = Duration::from_millis(80);
/// Requests of a catalog that wait at once.
const GATHERED_MAX: usize = 64;
/// Updates that wait for the end of an import.
const KEPT_MAX: u32 = 100_000;
/// Kept updates that are applied in one commit.
const KEPT_AT_ONCE: u32 = 1_000;
/// The index's writer is given up when nothing came for so long.
const IDLE: Duration = Duration::from_secs(20);
/// How often rows that updates left behind are cleared.
const CLEARED_EVERY: Duration = Duration::from_secs(600);

/// A request's updates, and who waits for the answer.
type Request = (Updates, Reply);
type Reply = oneshot::Sender<Result<UpdatesTaken, CatalogError>>;

/// What one request changes.
#[derive(Debug, Default)]
pub struct Updates {
    pub list: Vec<ProductUpdate>,
    /// The site's currency, for products without a price where nothing else says theirs.
    pub currency: Option<Currency>,
}

/// Requests that wait to be applied together.
#[derive(Debug, Default)]
pub(super) struct Gathering(Mutex<HashMap<CatalogKey, Vec<Request>>>);

impl Gathering {
    /// True for the first, who sees to it that they are taken up; none when too many wait.
    fn add(&self, of: CatalogKey, updates: Updates, reply: Reply) -> Option<bool> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = gathered.entry(of).or_default();
        if waiting.len() >= GATHERED_MAX {
            return None;
        }
        waiting.push((updates, reply));
        Some(waiting.len() == 1)
    }

    fn take(&self, of: CatalogKey) -> Vec<Request> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&of).unwrap_or_default()
    }
}

impl Catalog {
    /// Changes prices and stock, searchable when this answers; each update that cannot
    /// be carried out has its sentence.
    ///
    /// # Errors
    /// [`CatalogError::Busy`] when too many wait; what the database or the index says.
    pub async fn update(&self, of: CatalogKey, updates: Updates) -> Result<UpdatesTaken, CatalogError> {
        let (reply, answered) = oneshot::channel();
        let is_first = self.0.gathering.add(of, updates, reply).ok_or(CatalogError::Busy)?;
        if is_first {
            let catalog = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(GATHERED_FOR).await;
                catalog.take_up(of).await;
            });
        }
        answered.await.unwrap_or(Err(CatalogError::Busy))
    }

    async fn take_up(&self, of: CatalogKey) {
        let mut bench = self.0.benches.take(of).await;
        let (lists, replies): (Vec<_>, Vec<_>) = self.0.gathering.take(of).into_iter().unzip();
        let taken = if bench.importing {
            self.keep(of, &lists).await
        } else {
            self.carry_out(&mut bench, of, &lists, None).await
        };
        match taken {
            Ok(taken) => replies.into_iter().zip(taken).for_each(|(reply, taken)| drop(reply.send(Ok(taken)))),
            Err(error) => {
                tracing::error!(site.id = %of.site, lang = %of.lang, %error, "updates were not applied");
                replies.into_iter().for_each(|reply| drop(reply.send(Err(told(&error)))));
            }
        }
        self.leave_idle(&mut bench, of).await;
    }

    /// Keeps what can be read for the end of the import.
    async fn keep(&self, of: CatalogKey, lists: &[Updates]) -> Result<Vec<UpdatesTaken>, BuildError> {
        let generation = self.0.store.shelved(of).await?.map_or(0, |now| now.generation);
        let (mut taken, mut kept) = (Vec::with_capacity(lists.len()), Vec::new());
        for updates in lists {
            let mut answer = UpdatesTaken { waiting: true, generation, ..UpdatesTaken::default() };
            for (place, update) in (0..).zip(&updates.list) {
                match Named::of(update).and_then(|_| Said::read(update)) {
                    Ok(_) => {
                        let body = serde_json::to_string(update).map_err(StoreError::from)?;
                        kept.push(KeptUpdate { body, currency: updates.currency.map(|own| own.code().to_owned()) });
                        answer.changed += 1;
                    }
                    Err(message) => answer.refused.push(UpdateRefused { place, message }),
                }
            }
            taken.push(answer);
        }
        let at = chrono::Utc::now().into();
        if !kept.is_empty() && !self.0.store.keep_updates(of, &kept, at, KEPT_MAX).await? {
            return Err(StoreError::Busy.into());
        }
        Ok(taken)
    }

    /// Applies lists of updates in one commit. `until` is the place of the last of them
    /// among the kept ones.
    async fn carry_out(
        &self,
        bench: &mut Bench,
        of: CatalogKey,
        lists: &[Updates],
        until: Option<i64>,
    ) -> Result<Vec<UpdatesTaken>, BuildError> {
        let Some(now) = self.0.store.shelved(of).await? else { return Ok(lists.iter().map(unknown).collect()) };
        let own = lists.iter().find_map(|updates| updates.currency);
        let mut touched = Touched::new(self, &now, own).await?;
        let mut taken = Vec::with_capacity(lists.len());
        for updates in lists {
            let mut answer = UpdatesTaken { generation: now.generation, ..UpdatesTaken::default() };
            for (place, update) in (0..).zip(&updates.list) {
                match touched.update(update).await? {
                    Ok((changed, same)) => {
                        answer.changed += changed;
                        answer.unchanged += same;
                    }
                    Err(message) => answer.refused.push(UpdateRefused { place, message }),
                }
            }
            taken.push(answer);
        }
        let steps = touched.steps();
        if steps.is_empty() {
            if let Some(until) = until {
                self.0.store.forget_updates(of, until).await?;
            }
            return Ok(taken);
        }
        let next = now.generation + 1;
        if let Err(error) = self.stage_and_apply(bench, &now, &steps, until).await {
            self.0.store.discard(of).await?;
            return Err(error);
        }
        taken.iter_mut().for_each(|answer| answer.generation = next);
        Ok(taken)
    }

    async fn stage_and_apply(
        &self,
        bench: &mut Bench,
        now: &Shelved,
        steps: &[Staged],
        until: Option<i64>,
    ) -> Result<(), BuildError> {
        let to = Prepared {
            generation: now.generation + 1,
            products: now.products,
            imported_at: now.imported_at.millis(),
            folder: now.folder,
            previous: now.previous,
            run: None,
            updates_until: until,
            forgets_feed: false,
        };
        self.0.store.stage(now.of, to.generation, steps).await?;
        let plan = Plan { to, changes: steps.len() as u64, removed: 0, ahead: Ahead::Nothing };
        apply(self, bench, now.of, plan, Watching::Nobody).await
    }

    /// Applies what was kept while an import ran. With nothing kept it costs a look.
    pub(super) async fn apply_kept(&self, bench: &mut Bench, of: CatalogKey) -> Result<(), BuildError> {
        loop {
            let kept = self.0.store.kept_updates(of, KEPT_AT_ONCE).await?;
            let Some((until, _)) = kept.last() else { return Ok(()) };
            let until = *until;
            let list = kept.iter().filter_map(|(_, update)| serde_json::from_str(&update.body).ok()).collect();
            let own = kept.iter().rev().find_map(|(_, update)| update.currency.as_deref());
            let updates = Updates { list, currency: own.and_then(|own| Currency::new(own).ok()) };
            let taken = self.carry_out(bench, of, &[updates], Some(until)).await?;
            if self.0.store.shelved(of).await?.is_none() {
                self.0.store.forget_updates(of, until).await?;
            }
            let refused: usize = taken.iter().map(|answer| answer.refused.len()).sum();
            tracing::info!(site.id = %of.site, lang = %of.lang, updates = kept.len(), refused, "kept updates were applied");
        }
    }

    /// Leaves the index's writer open for the next update, and gives it up when none comes.
    async fn leave_idle(&self, bench: &mut Bench, of: CatalogKey) {
        if bench.cleared.is_none_or(|cleared| cleared.elapsed() >= CLEARED_EVERY) {
            bench.cleared = Some(Instant::now());
            if let Err(error) = self.0.store.forget_older(of, GENERATIONS_KEPT).await {
                tracing::warn!(site.id = %of.site, %error, "old rows were not cleared; the next import does it");
            }
        }
        let used = Instant::now();
        bench.used = Some(used);
        let catalog = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(IDLE).await;
            let mut bench = catalog.0.benches.take(of).await;
            if bench.used == Some(used) && !bench.importing {
                bench.close(of).await;
            }
        });
    }
}

/// The products that updates name, changed as they come.
struct Touched<'a> {
    catalog: &'a Catalog,
    now: &'a Shelved,
    currency: Currency,
    rows: Vec<Row>,
    /// Places in `rows` by id.
    by_id: HashMap<String, usize>,
}

struct Row {
    key: i64,
    hash: u64,
    before: Product,
    after: Product,
}

impl<'a> Touched<'a> {
    async fn new(catalog: &'a Catalog, now: &'a Shelved, own: Option<Currency>) -> Result<Self, StoreError> {
        let store = &catalog.0.store;
        // Of products without any price only; the others keep theirs.
        let code = match store.feed(now.of).await?.and_then(|feed| feed.settings) {
            Some(settings) => Some(settings.currency),
            None => store.currency_of(now.of).await?,
        };
        let currency = code.and_then(|code| Currency::new(&code).ok()).or(own).unwrap_or(Currency::EUR);
        Ok(Self { catalog, now, currency, rows: Vec::new(), by_id: HashMap::new() })
    }

    /// How many variants were changed and were so already; or what is wrong.
    async fn update(&mut self, update: &ProductUpdate) -> Result<Result<(u64, u64), String>, StoreError> {
        let (named, said) = match Named::of(update).and_then(|named| Ok((named, Said::read(update)?))) {
            Ok(read) => read,
            Err(message) => return Ok(Err(message)),
        };
        let store = &self.catalog.0.store;
        let found = match &named {
            Named::Id(id) => store.row_by_id(self.now.of, self.now.generation, id).await?,
            Named::Code(code) => store.row_by_code(self.now.of, self.now.generation, code).await?,
        };
        let Some(found) = found else { return Ok(Err(named.unknown())) };
        let id = found.product.id.as_str().to_owned();
        let place = *self.by_id.entry(id).or_insert(self.rows.len());
        if place == self.rows.len() {
            let (key, hash, after) = (found.key, found.hash, found.product.clone());
            self.rows.push(Row { key, hash, before: found.product, after });
        }
        let Some(row) = self.rows.get_mut(place) else { return Ok(Err(named.unknown())) };
        Ok(said.apply(&named, &mut row.after, self.currency))
    }

    fn steps(self) -> Vec<Staged> {
        let changed = self.rows.into_iter().filter(|row| row.before != row.after);
        changed
            .map(|row| Staged::Put { product: Arc::new(row.after), hash: row.hash, instead_of: Some(row.key) })
            .collect()
    }
}

/// The answer where there is no catalog yet.
fn unknown(updates: &Updates) -> UpdatesTaken {
    let refused = (0..).zip(&updates.list).map(|(place, update)| UpdateRefused {
        place,
        message: Named::of(update).map_or_else(|message| message, |named| named.unknown()),
    });
    UpdatesTaken { refused: refused.collect(), ..UpdatesTaken::default() }
}

/// One error, for everybody who waits.
fn told(error: &BuildError) -> CatalogError {
    match error {
        BuildError::Store(error) => CatalogError::Store(error.clone()),
        BuildError::Index(_) | BuildError::Cancelled => CatalogError::Busy,
    }
}
