//! Claims queued runs, two at a time; the others wait, visibly, in the table.
//!
//! Works on a thread of its own, so that conversations never wait behind an import.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use super::{Catalog, CatalogError, import};
use crate::store::catalog::Shelved;

/// Imports at once: half of a small machine.
const IMPORTS_MAX: usize = 2;
/// How long a run that a command has queued waits at most to be seen.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// The thread that opens indexes and carries out runs, as long as this value lives.
#[derive(Debug)]
pub struct Importer {
    /// Dropping it ends the thread; a run that is under way begins again at the next start.
    _stop: oneshot::Sender<()>,
}

impl Importer {
    pub(super) fn start(catalog: Catalog, shelved: Vec<Shelved>) -> Result<Self, CatalogError> {
        let failed = |error| CatalogError::Thread { error };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let (stop, stopped) = oneshot::channel();
        let work = move || {
            runtime.block_on(async {
                for shelved in shelved {
                    let catalog = catalog.clone();
                    tokio::spawn(async move { catalog.shelve(&shelved).await });
                }
                apply_left(&catalog).await;
                tokio::select! {
                    () = carry_out_for_ever(catalog) => {}
                    _ = stopped => {}
                }
            });
            // Threads that read or index notice by themselves that nobody waits.
            runtime.shutdown_background();
        };
        std::thread::Builder::new().name("imports".to_owned()).spawn(work).map_err(failed)?;
        Ok(Self { _stop: stop })
    }

    /// Claims nothing: for tests of what a kill leaves.
    #[cfg(test)]
    pub(super) fn idle() -> Self {
        Self { _stop: oneshot::channel().0 }
    }
}

/// Updates that were kept for an import which has ended since.
async fn apply_left(catalog: &Catalog) {
    match catalog.0.store.left_with_updates().await {
        Ok(left) => {
            for of in left {
                let catalog = catalog.clone();
                tokio::spawn(async move { catalog.leave_bench(of).await });
            }
        }
        Err(error) => tracing::warn!(%error, "kept updates were not looked for; the next start does it"),
    }
}

async fn carry_out_for_ever(catalog: Catalog) {
    let turns = Arc::new(Semaphore::new(IMPORTS_MAX));
    loop {
        let Ok(turn) = turns.clone().acquire_owned().await else { return };
        match catalog.0.store.claim(chrono::Utc::now().into()).await {
            Ok(Some(run)) => {
                let catalog = catalog.clone();
                tokio::spawn(async move {
                    let _turn = turn;
                    import::carry_out(&catalog, &run).await;
                });
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the queue of imports could not be read"),
        }
        drop(turn);
        let _ = tokio::time::timeout(LOOK_AGAIN, catalog.0.wake.notified()).await;
    }
}
