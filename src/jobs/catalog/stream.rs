//! Reads a feed on a thread of its own and hands on what differs, bounded.
//!
//! The comparison is made on that thread: a product whose rows are as they were is
//! not even put together, and nothing of it crosses to the others.

use std::cell::RefCell;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use comptoir_catalog::feed::{self, FeedFault, Found, Outcome, Phase, Progress, Settings, Watch};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::difference::{Difference, Earlier};
use super::sources;
use crate::store::catalog::Staged;
use crate::store::{CatalogStore, StoreError};

/// Steps that cross to another thread at once.
const BATCH_STEPS: usize = 64;
/// Batches on their way to the database.
const BATCHES_AHEAD: usize = 8;

/// Steps towards the next generation, shared by who stages and who indexes.
pub(super) type Batch = Arc<Vec<Staged>>;

/// How far reading is, seen from outside.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// Of the file's bytes, all phases together, so that it only rises.
    pub bytes: AtomicU64,
    pub rows: AtomicU64,
    /// Products that are not as they were or not there any more, at most: said before the
    /// first of them is handed on.
    pub unseen: AtomicU64,
    pub cancelled: AtomicBool,
}

/// What a catalog has, and who knows the ids of its rows.
pub(super) struct HandedOver {
    earlier: Earlier,
    ask: oneshot::Sender<Vec<i64>>,
    answer: oneshot::Receiver<Result<Vec<(i64, String)>, StoreError>>,
}

impl HandedOver {
    /// Of a store that is asked for ids once, if at all.
    pub fn of(earlier: Earlier, store: CatalogStore) -> Self {
        let (ask, asked) = oneshot::channel::<Vec<i64>>();
        let (reply, answer) = oneshot::channel();
        tokio::spawn(async move {
            if let Ok(keys) = asked.await {
                let _ = reply.send(store.ids(&keys).await);
            }
        });
        Self { earlier, ask, answer }
    }
}

/// A feed being read.
pub(super) struct Stream {
    pub batches: mpsc::Receiver<Batch>,
    pub live: Arc<Live>,
    thread: JoinHandle<Read>,
}

pub(super) type Read = (Result<Outcome, FeedFault>, Difference);

impl Stream {
    /// Begins to read. What the catalog has, if it `has` anything, is handed over later: the
    /// file is looked through first. `aside` is where rows wait that are not beside their
    /// product's others.
    pub fn start(
        path: PathBuf,
        aside: PathBuf,
        settings: Settings,
        has: bool,
        earlier: oneshot::Receiver<HandedOver>,
    ) -> Self {
        let (sender, batches) = mpsc::channel(BATCHES_AHEAD);
        let live = Arc::new(Live::default());
        let seen = live.clone();
        let thread = tokio::task::spawn_blocking(move || {
            let comparing = RefCell::new(Comparing::new(earlier, sender, seen.clone()));
            let outcome = read(&path, &aside, &settings, &mut Watcher { live: &seen, has, comparing: &comparing });
            (outcome, comparing.into_inner().difference)
        });
        Self { batches, live, thread }
    }

    /// What reading came to, once all batches were taken.
    pub async fn end(self) -> Read {
        drop(self.batches);
        let lost = |error| (Err(FeedFault::Io(std::io::Error::other(error))), Difference::default());
        self.thread.await.unwrap_or_else(lost)
    }
}

fn read(path: &Path, aside: &Path, settings: &Settings, watcher: &mut Watcher<'_>) -> Result<Outcome, FeedFault> {
    let comparing = watcher.comparing;
    let sources = sources::open(path)?;
    let mut scratch = OpenOptions::new().create(true).truncate(true).read(true).write(true).open(aside)?;
    // Unlinked at once: the open file lives on, and no stop leaves it behind.
    std::fs::remove_file(aside)?;
    let mut sink = |found| comparing.borrow_mut().take(found).map_err(Into::into);
    let outcome = feed::read_all(sources, settings, &mut scratch, watcher, &mut sink)?;
    let mut comparing = comparing.borrow_mut();
    comparing.ready().and_then(|()| comparing.flush()).map_err(|error| FeedFault::Sink(error.into()))?;
    Ok(outcome)
}

struct Watcher<'a> {
    live: &'a Live,
    has: bool,
    comparing: &'a RefCell<Comparing>,
}

impl Watch for Watcher<'_> {
    fn progress(&mut self, at: &Progress) {
        // In tenths of the time that each phase takes.
        let (before, share) = match at.phase {
            Phase::Examining => (0, 1),
            Phase::Surveying => (1, 3),
            Phase::Reading => (4, 6),
        };
        let bytes = (before * at.bytes_total + share * at.bytes.min(at.bytes_total)) / 10;
        // A file that turns out to be spelled otherwise is looked at again.
        self.live.bytes.fetch_max(bytes, Ordering::Relaxed);
        if at.phase == Phase::Reading {
            self.live.rows.store(at.rows, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.live.cancelled.load(Ordering::Relaxed)
    }

    fn compares(&self) -> bool {
        self.has
    }

    fn knows(&mut self, hash: u64) -> bool {
        let mut comparing = self.comparing.borrow_mut();
        comparing.ready().is_ok() && comparing.difference.knows(hash)
    }
}

/// Why reading cannot go on.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("nobody takes the products any more")]
    NobodyTakes,
    #[error(transparent)]
    Store(#[from] StoreError),
}

type Ids = (oneshot::Sender<Vec<i64>>, oneshot::Receiver<Result<Vec<(i64, String)>, StoreError>>);

/// The reading thread's view of the catalog that answers now.
struct Comparing {
    /// Until what the catalog has was handed over.
    earlier: Option<oneshot::Receiver<HandedOver>>,
    /// Until ids were asked for.
    ids: Option<Ids>,
    difference: Difference,
    batch: Vec<Staged>,
    batches: mpsc::Sender<Batch>,
    live: Arc<Live>,
}

impl Comparing {
    fn new(earlier: oneshot::Receiver<HandedOver>, batches: mpsc::Sender<Batch>, live: Arc<Live>) -> Self {
        let (earlier, batch) = (Some(earlier), Vec::with_capacity(BATCH_STEPS));
        Self { earlier, ids: None, difference: Difference::default(), batch, batches, live }
    }

    fn ready(&mut self) -> Result<(), Stopped> {
        if let Some(earlier) = self.earlier.take() {
            let HandedOver { earlier, ask, answer } = earlier.blocking_recv().map_err(|_| Stopped::NobodyTakes)?;
            self.difference = Difference::against(earlier);
            self.ids = Some((ask, answer));
        }
        Ok(())
    }

    /// Sees to it that products can be told apart from those that changed.
    fn named(&mut self) -> Result<(), Stopped> {
        self.ready()?;
        if let Some(keys) = self.difference.nameless()
            && let Some((ask, answer)) = self.ids.take()
        {
            self.live.unseen.store(keys.len() as u64, Ordering::Relaxed);
            ask.send(keys).map_err(|_| Stopped::NobodyTakes)?;
            let ids = answer.blocking_recv().map_err(|_| Stopped::NobodyTakes)??;
            self.difference.name(&ids);
        }
        Ok(())
    }

    fn take(&mut self, found: Found) -> Result<(), Stopped> {
        self.named()?;
        self.batch.extend(self.difference.judge(found));
        if self.batch.len() >= BATCH_STEPS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Stopped> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH_STEPS));
        self.batches.blocking_send(Arc::new(batch)).map_err(|_| Stopped::NobodyTakes)
    }
}
