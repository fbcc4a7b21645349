//! An index being built whole, on a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;

use comptoir_catalog::index::{Builder, Index, IndexFault};
use comptoir_catalog::model::Product;
use comptoir_catalog::words::Lang;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Portions of products on their way to the thread: enough for as long as the
/// database takes to commit.
const PORTIONS_AHEAD: usize = 48;

enum Order {
    /// Products, each with the generation that brought it.
    Add(Vec<(Arc<Product>, u64)>),
    Finish,
}

/// Dropped before [`Building::finish`], it leaves a folder that is never opened.
pub(super) struct Building {
    folder: PathBuf,
    lang: Lang,
    orders: mpsc::Sender<Order>,
    thread: JoinHandle<Result<(), IndexFault>>,
}

impl Building {
    /// Starts an index of `generation` in `folder`, which is emptied first.
    pub fn start(folder: PathBuf, generation: u64, lang: Lang) -> Self {
        let (orders, taken) = mpsc::channel(PORTIONS_AHEAD);
        let place = folder.clone();
        let thread = tokio::task::spawn_blocking(move || build(place, generation, lang, taken));
        Self { folder, lang, orders, thread }
    }

    /// Adds products. When the thread has failed, [`Building::finish`] says why.
    pub async fn add(&self, products: Vec<(Arc<Product>, u64)>) {
        let _ = self.orders.send(Order::Add(products)).await;
    }

    /// Its folder is free when this returns.
    pub async fn give_up(self) {
        let Self { orders, thread, .. } = self;
        drop(orders);
        let _ = thread.await;
    }

    /// Makes the index whole and durable, and opens it.
    pub async fn finish(self) -> Result<Index, IndexFault> {
        let _ = self.orders.send(Order::Finish).await;
        let Self { folder, lang, orders, thread } = self;
        drop(orders);
        thread.await.unwrap_or_else(|error| Err(lost(error)))?;
        open(folder, lang).await
    }
}

fn build(folder: PathBuf, generation: u64, lang: Lang, mut orders: mpsc::Receiver<Order>) -> Result<(), IndexFault> {
    let mut builder = Builder::create(&folder, generation)?;
    while let Some(order) = orders.blocking_recv() {
        match order {
            Order::Add(products) => {
                for (product, since) in products {
                    builder.add_since(&product, lang, since)?;
                }
            }
            Order::Finish => return builder.finish().map(|_| ()),
        }
    }
    // Given up: without a commit the folder is never opened.
    Ok(())
}

/// Opens an index after comparing every file with its checksum.
pub(super) async fn open(folder: PathBuf, lang: Lang) -> Result<Index, IndexFault> {
    let opened = tokio::task::spawn_blocking(move || Index::open(&folder, lang)).await;
    opened.unwrap_or_else(|error| Err(lost(error)))
}

/// A thread that did not come back.
pub(super) fn lost(error: tokio::task::JoinError) -> IndexFault {
    IndexFault::Io(std::io::Error::other(error))
}
