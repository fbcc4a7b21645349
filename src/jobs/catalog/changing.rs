//! An index being changed, on a thread of its own: products are put as they come, long before
//! it is known whether the change will be made.
//!
//! Nothing of it can be seen before the commit; given up, nothing of it remains.

use std::path::{Path, PathBuf};

use comptoir_catalog::index::{Changer, IndexFault};
use comptoir_catalog::model::{Product, ProductId};
use comptoir_catalog::words::Lang;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::building::lost;
use super::stream::Batch;
use crate::store::catalog::Staged;

/// Portions of changes on their way to the thread.
const PORTIONS_AHEAD: usize = 16;

enum Order {
    /// What a feed has otherwise; rows that end are left to [`Order::Remove`].
    Steps(Batch),
    Put(Vec<Product>),
    Remove(Vec<ProductId>),
    /// Gets everything ready, then waits for the generation; without one nothing is changed.
    Commit(oneshot::Receiver<u64>),
}

/// Dropped, it is given up a little later; [`Changing::give_up`] waits until the folder is free.
pub(super) struct Changing {
    /// The number of the folder.
    pub folder: u64,
    orders: mpsc::Sender<Order>,
    thread: JoinHandle<Result<Option<Changer>, IndexFault>>,
}

/// Everything but the last word.
pub(super) struct Ready {
    go: oneshot::Sender<u64>,
    thread: JoinHandle<Result<Option<Changer>, IndexFault>>,
}

impl Changing {
    /// Changes the index in `place` by `changer`, which is opened when it is needed first
    /// where none was left open.
    pub fn start(changer: Option<Changer>, folder: u64, place: PathBuf, lang: Lang) -> Self {
        let (orders, taken) = mpsc::channel(PORTIONS_AHEAD);
        let thread = tokio::task::spawn_blocking(move || make_changes(changer, &place, lang, taken));
        Self { folder, orders, thread }
    }

    /// Puts the products that are new or otherwise. When the thread has failed,
    /// [`Ready::commit`] says why; so for all that follows.
    pub async fn steps(&self, steps: Batch) {
        let _ = self.orders.send(Order::Steps(steps)).await;
    }

    pub async fn put(&self, products: Vec<Product>) {
        let _ = self.orders.send(Order::Put(products)).await;
    }

    pub async fn remove(&self, ids: Vec<ProductId>) {
        let _ = self.orders.send(Order::Remove(ids)).await;
    }

    /// Nothing more comes: the words are written down while the caller does the same elsewhere.
    pub async fn ready(self) -> Ready {
        let (go, said) = oneshot::channel();
        let _ = self.orders.send(Order::Commit(said)).await;
        Ready { go, thread: self.thread }
    }

    /// Leaves the index as it is; its folder is free when this returns.
    pub async fn give_up(self) {
        let Self { orders, thread, .. } = self;
        drop(orders);
        let _ = thread.await;
    }
}

impl Ready {
    /// Makes the changes visible, as a generation; the changer is left open.
    pub async fn commit(self, generation: u64) -> Result<Option<Changer>, IndexFault> {
        let _ = self.go.send(generation);
        self.thread.await.unwrap_or_else(|error| Err(lost(error)))
    }

    /// As [`Changing::give_up`].
    pub async fn give_up(self) {
        drop(self.go);
        let _ = self.thread.await;
    }
}

/// Nothing when it was given up before the commit; then nothing was changed.
fn make_changes(
    changer: Option<Changer>,
    place: &Path,
    lang: Lang,
    mut orders: mpsc::Receiver<Order>,
) -> Result<Option<Changer>, IndexFault> {
    let Some(mut order) = orders.blocking_recv() else { return Ok(None) };
    let mut changer = match changer {
        Some(changer) => changer,
        None => Changer::open(place, lang)?,
    };
    loop {
        match order {
            Order::Steps(steps) => steps.iter().try_for_each(|step| match step {
                Staged::Put { product, .. } => changer.put(product),
                Staged::End { .. } => Ok(()),
            })?,
            Order::Put(products) => products.iter().try_for_each(|product| changer.put(product))?,
            Order::Remove(ids) => ids.iter().for_each(|id| changer.remove(id)),
            Order::Commit(said) => {
                let is_changed = changer.commit_when(|| said.blocking_recv().ok())?;
                return Ok(is_changed.then_some(changer));
            }
        }
        match orders.blocking_recv() {
            Some(next) => order = next,
            None => return Ok(None),
        }
    }
}
