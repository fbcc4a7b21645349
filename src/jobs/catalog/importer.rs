//! Claims queued runs, two at a time; the others wait, visibly, in the table.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::{Catalog, import};

/// Imports at once: half of a small machine.
const IMPORTS_MAX: usize = 2;
/// How long a run that a command has queued waits at most to be seen.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// The task that claims runs, as long as this value lives.
#[derive(Debug)]
pub struct Importer(JoinHandle<()>);

impl Importer {
    pub(super) fn start(catalog: Catalog) -> Self {
        Self(tokio::spawn(claim_for_ever(catalog)))
    }

    /// Claims nothing: for tests of what a kill leaves.
    #[cfg(test)]
    pub(super) fn idle() -> Self {
        Self(tokio::spawn(async {}))
    }
}

impl Drop for Importer {
    fn drop(&mut self) {
        // A run that is under way goes on with the next start.
        self.0.abort();
    }
}

async fn claim_for_ever(catalog: Catalog) {
    let turns = Arc::new(Semaphore::new(IMPORTS_MAX));
    loop {
        let Ok(turn) = turns.clone().acquire_owned().await else { return };
        match catalog.0.store.claim().await {
            Ok(Some(run)) => {
                let catalog = catalog.clone();
                tokio::spawn(async move {
                    let _turn = turn;
                    import::carry_out(&catalog, &run).await;
                });
            }
            Ok(None) => {
                drop(turn);
                let _ = tokio::time::timeout(LOOK_AGAIN, catalog.0.wake.notified()).await;
            }
            Err(error) => {
                drop(turn);
                tracing::warn!(%error, "the queue of imports could not be read");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}
