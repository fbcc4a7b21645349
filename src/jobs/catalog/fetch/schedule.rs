//! Whose time has come; what was fetched goes the way of every file.
//!
//! The table of feeds is the schedule, so a restart forgets nothing: what was due
//! meanwhile is fetched at once. One feed at a time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use uuid::Uuid;

use super::download::download;
use super::{Download, FetchFault, FetchLimits, FetchRules};
use crate::jobs::catalog::reading::sentence;
use crate::jobs::catalog::{Catalog, CatalogError, settings};
use crate::protocol::catalog::{ImportFrom, ImportReason};
use crate::protocol::feed::FetchOutcome;
use crate::protocol::{ImportId, Timestamp};
use crate::store::catalog::{
    CatalogKey, Feed, FeedAddress, Fetched, FetchedFile, NewRun, Run, RunSettings, RunState, Validators,
};
use crate::store::{Site, Sites, StoreError};

/// How often the table is looked at; "fetch now" does not wait for it.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// A feed whose import could not be queued is tried again after so long.
const AGAIN_SECONDS: i64 = 60;
const HOUR_SECONDS: i64 = 3600;

/// Fetches what is due, as long as this value lives.
#[derive(Debug)]
pub struct Fetcher {
    _stop: oneshot::Sender<()>,
}

impl Fetcher {
    /// Begins to look at the schedule, on the runtime it is called in.
    #[must_use]
    pub fn start(catalog: Catalog, sites: Sites, rules: FetchRules, limits: FetchLimits) -> Self {
        let (stop, stopped) = oneshot::channel();
        let rules = Arc::new(rules);
        tokio::spawn(async move {
            let round = async {
                loop {
                    if let Err(error) = fetch_due(&catalog, &sites, &rules, limits, chrono::Utc::now().into()).await {
                        tracing::warn!(%error, "the schedule of feeds could not be read");
                    }
                    let _ = tokio::time::timeout(LOOK_EVERY, catalog.0.fetch.notified()).await;
                }
            };
            tokio::select! {
                () = round => {}
                _ = stopped => {}
            }
        });
        Self { _stop: stop }
    }
}

impl Catalog {
    /// Says that a feed is due, for "fetch now" and after its address changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn fetch_soon(&self, of: CatalogKey) -> Result<(), StoreError> {
        self.0.store.schedule(of, Some(chrono::Utc::now().into())).await?;
        self.0.fetch.notify_one();
        Ok(())
    }
}

/// Fetches every feed that is due at a moment, one after the other.
pub(super) async fn fetch_due(
    catalog: &Catalog,
    sites: &Sites,
    rules: &Arc<FetchRules>,
    limits: FetchLimits,
    now: Timestamp,
) -> Result<(), StoreError> {
    let store = &catalog.0.store;
    for Feed { of, .. } in store.due_feeds(now).await? {
        // Read again: the downloads before this one may have taken minutes.
        let is_due = |feed: &Feed| feed.due_at.is_some_and(|due| due <= now);
        let Some(feed) = store.feed(of).await?.filter(is_due) else { continue };
        let Some(site) = sites.by_id(of.site).await? else {
            store.schedule(of, None).await?;
            continue;
        };
        match fetch(catalog, &site, &feed, rules, limits).await {
            Ok(()) => {}
            Err(CatalogError::Store(error)) => return Err(error),
            Err(error) => {
                if !matches!(error, CatalogError::ImportRunning) {
                    tracing::error!(site.id = %of.site, %error, "a fetched feed was not queued");
                }
                store.schedule(of, Some(now.plus_seconds(AGAIN_SECONDS))).await?;
            }
        }
    }
    Ok(())
}

/// The import of a fetched feed ended. Only of one that is done it is kept what to ask with the
/// next time: otherwise "unchanged" would keep the old catalog for ever. One that brought
/// nothing is said with the feed.
pub(in crate::jobs::catalog) async fn run_ended(
    catalog: &Catalog,
    run: &Run,
    state: RunState,
    why: Option<&str>,
) -> Result<(), StoreError> {
    let Some(file) = &run.settings.fetched else { return Ok(()) };
    let store = &catalog.0.store;
    match state {
        RunState::Done => {
            let read_with = settings::reading(&run.settings.feed, &run.settings.lang);
            store.keep_validators(run.of(), file, read_with).await
        }
        RunState::Refused => {
            let faults = refused(catalog, run, why.unwrap_or_default()).await?;
            store.note_faults(run.of(), &file.url, &faults).await
        }
        RunState::Cancelled => {
            let fault = plain("import_cancelled", "The import was cancelled.");
            store.note_faults(run.of(), &file.url, &[fault]).await
        }
        RunState::Queued | RunState::Reading | RunState::Indexing | RunState::AwaitsConfirmation => Ok(()),
    }
}

/// The reasons that a run's report has; where it came to none, the sentence alone.
async fn refused(catalog: &Catalog, run: &Run, why: &str) -> Result<Vec<ImportReason>, StoreError> {
    let report = catalog.0.store.run(run.id).await?.and_then(|run| run.report);
    let reasons = report.map(|report| report.reasons).unwrap_or_default();
    Ok(if reasons.is_empty() { vec![plain("import_failed", why)] } else { reasons })
}

fn plain(code: &str, message: &str) -> ImportReason {
    let (numbers, names) = (BTreeMap::new(), Vec::new());
    ImportReason { code: code.to_owned(), numbers, names, detail: None, message: message.to_owned() }
}

fn next(address: &FeedAddress, at: Timestamp) -> Option<Timestamp> {
    let hours = address.every_hours.filter(|hours| *hours > 0)?;
    Some(at.plus_seconds(i64::from(hours) * HOUR_SECONDS))
}

/// One fetch: what came of it is written with the feed, and a whole file is queued.
async fn fetch(
    catalog: &Catalog,
    site: &Site,
    feed: &Feed,
    rules: &Arc<FetchRules>,
    limits: FetchLimits,
) -> Result<(), CatalogError> {
    let (store, of) = (&catalog.0.store, feed.of);
    let Some(address) = &feed.address else { return Ok(()) };
    if store.runs(site.id).await?.iter().any(|run| run.of() == of && !run.state.is_final()) {
        // Nothing was asked of the shop yet; its turn comes after the import.
        return Err(CatalogError::ImportRunning);
    }
    let id = ImportId(Uuid::now_v7());
    let place = catalog.place_for(id).await?;
    // What the catalog was made with may have changed, with the feed, the site or the program.
    let read_with = settings::reading(&catalog.feed_settings(site, of.lang).await?, of.lang.as_str());
    let known = if feed.read_with == Some(read_with) { feed.validators.clone() } else { Validators::default() };
    let (from, owner, rules) = (address.clone(), site.clone(), rules.clone());
    let came = tokio::task::spawn_blocking(move || download(&from, &owner, &known, &place, &rules, limits)).await;
    let came = came.unwrap_or_else(|error| Err(FetchFault::Unreachable { why: error.to_string() }));
    let fetched = ended(&came);
    for fault in &fetched.faults {
        tracing::warn!(site.id = %of.site, fault = fault.message, "a feed was not fetched");
    }
    // Before it is queued: how its import ends is written over this.
    let next = next(address, fetched.at);
    let is_its_address = store.note_fetch(of, &address.url, &fetched, feed.due_at, next).await?;
    let Some((bytes, validators)) = whole(came).filter(|_| is_its_address) else {
        catalog.remove_file(id).await;
        return Ok(());
    };
    let settings = RunSettings {
        lang: of.lang.to_string(),
        feed: catalog.feed_settings(site, of.lang).await?,
        attended: false,
        accept_removals: false,
        fetched: Some(FetchedFile { url: address.url.clone(), validators }),
    };
    let (from, file, at) = (ImportFrom::Address, shown(&address.url), fetched.at);
    if let Err(error) = catalog.queue(NewRun { id, site: site.id, from, file, bytes, at, settings }).await {
        let code = if matches!(error, CatalogError::ImportRunning) { "import_running" } else { "import_failed" };
        let fault = plain(code, &sentence(&error.to_string()));
        store.note_faults(of, &address.url, &[fault]).await?;
        return Err(error);
    }
    Ok(())
}

fn whole(came: Result<Download, FetchFault>) -> Option<(u64, Validators)> {
    match came {
        Ok(Download::Whole { bytes, validators }) => Some((bytes, validators)),
        Ok(Download::Unchanged) | Err(_) => None,
    }
}

/// An address as the list of imports shows it: a key in its query is nobody's business.
fn shown(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// What is told of a fetch with its feed.
fn ended(came: &Result<Download, FetchFault>) -> Fetched {
    let (outcome, faults) = match came {
        Ok(Download::Unchanged) => (FetchOutcome::Unchanged, Vec::new()),
        Ok(Download::Whole { .. }) => (FetchOutcome::Imported, Vec::new()),
        Err(fault) => (FetchOutcome::Failed, vec![fault.told()]),
    };
    Fetched { at: chrono::Utc::now().into(), outcome, faults }
}
