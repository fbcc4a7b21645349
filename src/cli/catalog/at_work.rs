//! A folder's catalogs for a command that changes one: done here, or by the server that
//! holds the folder.

use std::path::Path;
use std::time::Duration;

use super::failed;
use crate::cli::{Failure, Terminal};
use crate::jobs::catalog::{Catalog, Importer};
use crate::protocol::catalog::{ImportRun, ImportState};
use crate::protocol::{ImportId, SiteId};
use crate::store::folder::{DataFolder, FolderError};
use crate::store::{Database, Sites};

/// How often the run is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(super) struct AtWork {
    pub catalog: Catalog,
    pub sites: Sites,
    database: Database,
    importer: Option<Importer>,
    /// Held to the end where no server runs; otherwise the server does the work.
    held: Option<DataFolder>,
}

impl AtWork {
    pub async fn open(dir: &Path) -> Result<Self, Failure> {
        let held = match DataFolder::hold(dir) {
            Ok(held) => Some(held),
            Err(FolderError::Held { .. }) => None,
            Err(error) => return Err(Failure::new(error)),
        };
        let database = Database::open(dir).await.map_err(failed)?;
        let catalog = Catalog::open(dir).await.map_err(failed)?;
        Ok(Self { catalog, sites: Sites::new(database.clone()), database, importer: None, held })
    }

    /// Begins to carry out what is queued, or says who does.
    pub async fn begin(&mut self, terminal: &mut Terminal) -> Result<(), Failure> {
        if self.held.is_some() {
            self.importer = Some(self.catalog.start().await.map_err(Failure::new)?);
        } else {
            terminal.complain("handed over to the server that runs on this folder");
        }
        Ok(())
    }

    /// Waits for the run's end and shows how far it is, where somebody looks.
    pub async fn watch(&self, site: SiteId, id: ImportId, terminal: &mut Terminal) -> Result<ImportRun, Failure> {
        let mut shown = false;
        loop {
            let run = self.catalog.run(site, id).await.map_err(Failure::new)?;
            let (moving, doing) = match run.state {
                ImportState::Queued {} => (true, "waiting"),
                ImportState::Reading {} => (true, "reading"),
                ImportState::Indexing {} => (true, "indexing"),
                ImportState::AwaitsConfirmation { .. }
                | ImportState::Done {}
                | ImportState::Refused { .. }
                | ImportState::Cancelled {} => (false, ""),
            };
            if terminal.is_watched() && (moving || shown) {
                let percent = run.bytes_read * 100 / run.bytes_total.max(1);
                let line = if moving { format!("{doing} {percent} %, {} rows", run.rows_read) } else { String::new() };
                // Overwrites itself; the last one leaves a clean line.
                let _ = write!(terminal.err, "\r{line:<60}{}", if moving { "" } else { "\r" });
                let _ = terminal.err.flush();
                shown = true;
            }
            if !moving {
                return Ok(run);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    pub async fn close(self) {
        drop(self.importer);
        self.catalog.close().await;
        self.database.close().await;
        drop(self.held);
    }
}
