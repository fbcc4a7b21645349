//! Runs as the rest of the server knows them: queued, watched, confirmed, cancelled.
//!
//! The queue is a table, so that a command may hand a run over; [`super::importer`]
//! claims what waits in it.

use std::path::PathBuf;

use super::building::open;
use super::shelves::{folder_of, lang_of};
use super::{Catalog, CatalogError, FAULTS_TOLD, apply};
use crate::protocol::catalog::{ImportFrom, ImportRun};
use crate::protocol::feed::FeedSettings;
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, NewRun, Run, RunSettings, RunState};

impl Catalog {
    /// Where the file of a run is written before it is queued.
    ///
    /// # Errors
    /// [`CatalogError::File`] when the folder cannot be made.
    pub async fn place_for(&self, id: ImportId) -> Result<PathBuf, CatalogError> {
        let folder = self.imports();
        let made = tokio::fs::create_dir_all(&folder).await;
        made.map_err(|error| CatalogError::File { path: folder.clone(), error })?;
        Ok(folder.join(id.to_string()))
    }

    /// Queues the file at [`Catalog::place_for`]; it is claimed within a second,
    /// here or by the server that holds the folder.
    ///
    /// # Errors
    /// [`CatalogError::ImportRunning`]; then the file is removed.
    pub async fn queue(&self, run: NewRun) -> Result<ImportRun, CatalogError> {
        let id = run.id;
        if !self.0.store.queue(&run).await? {
            self.remove_file(id).await;
            return Err(CatalogError::ImportRunning);
        }
        self.0.wake.notify_one();
        self.run(run.site, id).await
    }

    /// Queues the return to the import before the last one. Restoring twice comes back.
    ///
    /// # Errors
    /// [`CatalogError::NothingToRestore`]; [`CatalogError::ImportRunning`].
    pub async fn restore(&self, of: CatalogKey, id: ImportId, at: Timestamp) -> Result<ImportRun, CatalogError> {
        let now = self.0.store.shelved(of).await?;
        let back = now.and_then(|now| now.previous).ok_or(CatalogError::NothingToRestore)?;
        let runs = self.0.store.runs(of.site).await?;
        let brought = |run: &&Run| run.report.as_ref().is_some_and(|report| report.generation == back);
        let file = runs.iter().filter(|run| run.of() == of).find(brought).map(|run| run.file.clone());
        let (from, file, settings) = (ImportFrom::Restore, file.unwrap_or_default(), unread(of));
        self.queue(NewRun { id, site: of.site, from, file, bytes: 0, at, settings }).await
    }

    /// One run, with its first faults.
    ///
    /// # Errors
    /// [`CatalogError::NoSuchImport`], also for another site's.
    pub async fn run(&self, site: SiteId, id: ImportId) -> Result<ImportRun, CatalogError> {
        let run = self.0.store.run(id).await?.filter(|run| run.site == site).ok_or(CatalogError::NoSuchImport)?;
        let faults = self.0.store.faults(id, FAULTS_TOLD).await?;
        let mut told = told(run);
        if let Some(report) = &mut told.report {
            report.faults = faults;
        }
        Ok(told)
    }

    /// A site's runs, newest first, without their faults.
    ///
    /// # Errors
    /// What the database says.
    pub async fn runs(&self, site: SiteId) -> Result<Vec<ImportRun>, StoreError> {
        Ok(self.0.store.runs(site).await?.into_iter().map(told).collect())
    }

    /// Goes on with a run that a guard holds: its file is read again, and taken.
    ///
    /// # Errors
    /// [`CatalogError::NotAwaiting`]; as [`Catalog::run`].
    pub async fn confirm(&self, site: SiteId, id: ImportId) -> Result<ImportRun, CatalogError> {
        self.run(site, id).await?;
        if !self.0.store.confirm(id).await? {
            return Err(CatalogError::NotAwaiting);
        }
        self.0.wake.notify_one();
        self.run(site, id).await
    }

    /// Stops a run; the old catalog stays. One that has ended stays as it is.
    ///
    /// # Errors
    /// As [`Catalog::run`].
    pub async fn cancel(&self, site: SiteId, id: ImportId) -> Result<ImportRun, CatalogError> {
        let store = &self.0.store;
        let run = store.run(id).await?.filter(|run| run.site == site).ok_or(CatalogError::NoSuchImport)?;
        let is_over = store.advance(id, &[RunState::AwaitsConfirmation], RunState::Cancelled, None).await?
            || store.ask_to_cancel(site, id).await?;
        if is_over {
            self.remove_file(id).await;
            super::fetch::run_ended(self, &run, RunState::Cancelled, None).await?;
        }
        self.run(site, id).await
    }

    pub(super) fn imports(&self) -> PathBuf {
        self.0.dir.join("tmp").join("imports")
    }

    pub(super) async fn remove_file(&self, id: ImportId) {
        let path = self.imports().join(id.to_string());
        if let Err(error) = tokio::fs::remove_file(&path).await
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(import.id = %id, %error, "an imported file was not removed");
        }
    }

    /// Clears half-written generations and files that no run needs any more.
    pub(super) async fn repair(&self) -> Result<(), CatalogError> {
        self.0.store.repair().await?;
        self.clear_previews().await;
        let needed: Vec<String> = self.0.store.open_runs().await?.iter().map(ToString::to_string).collect();
        let Ok(mut entries) = tokio::fs::read_dir(self.imports()).await else { return Ok(()) };
        while let Ok(Some(entry)) = entries.next_entry().await {
            if !needed.iter().any(|id| entry.file_name().to_str() == Some(id)) {
                let _ = tokio::fs::remove_file(entry.path()).await;
            }
        }
        Ok(())
    }

    /// Ends switches that were cut off after the index had been changed.
    pub(super) async fn end_prepared(&self) -> Result<(), CatalogError> {
        for (of, prepared) in self.0.store.all_prepared().await? {
            let folder = folder_of(&self.0.dir, &apply::shelved(of, &prepared));
            let Ok(index) = open(folder, lang_of(of)).await else { continue };
            if index.generation() != prepared.generation {
                continue;
            }
            self.0.store.switch(of, &prepared).await?;
            if let Some(run) = prepared.run {
                self.0.store.end_with(run, prepared.generation).await?;
            }
            tracing::info!(site.id = %of.site, lang = %of.lang, generation = prepared.generation, "a switch was ended");
            self.0.shelves.put_ready(of, index);
        }
        Ok(())
    }
}

/// Of a run that reads no file, and that somebody who looks on wants.
pub(super) fn unread(of: CatalogKey) -> RunSettings {
    let feed = FeedSettings { currency: String::new(), shop_url: None, tax_rate: None, mapping: None };
    RunSettings { lang: of.lang.to_string(), feed, attended: true, accept_removals: true, fetched: None }
}

fn told(run: Run) -> ImportRun {
    ImportRun {
        id: run.id,
        lang: run.of().lang.to_string(),
        from: run.from,
        file: run.file,
        state: run.state.told(run.why),
        started_at: run.queued_at,
        bytes_total: run.bytes_total,
        bytes_read: run.bytes_read,
        rows_read: run.rows_read,
        rows_per_second: run.rows_per_second,
        seconds_left: run.seconds_left,
        report: run.report,
    }
}
