//! Whose time has come; what was fetched goes the way of every file.
//!
//! The table of feeds is the schedule, so a restart forgets nothing: what was due
//! meanwhile is fetched at once. One feed at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use uuid::Uuid;

use super::download::{Validators, download};
use super::{Download, FetchFault, FetchLimits, FetchRules};
use crate::jobs::catalog::{Catalog, CatalogError};
use crate::protocol::catalog::ImportFrom;
use crate::protocol::feed::{FeedSettings, FetchOutcome};
use crate::protocol::{ImportId, Timestamp};
use crate::store::catalog::{Feed, Fetched, NewRun, Run, RunSettings, RunState};
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
    pub async fn fetch_soon(&self, of: crate::store::catalog::CatalogKey) -> Result<(), StoreError> {
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
    for feed in catalog.0.store.due_feeds(now).await? {
        let Some(site) = sites.by_id(feed.of.site).await? else {
            catalog.0.store.schedule(feed.of, None).await?;
            continue;
        };
        match fetch(catalog, &site, &feed, rules, limits).await {
            Ok(fetched) => {
                if let Some(fault) = &fetched.fault {
                    tracing::warn!(site.id = %feed.of.site, %fault, "a feed was not fetched");
                }
                catalog.0.store.note_fetch(feed.of, &fetched).await?;
                catalog.0.store.schedule(feed.of, next(&feed, fetched.at)).await?;
            }
            Err(CatalogError::ImportRunning) => {
                // Nothing was asked of the shop yet; its turn comes after the import.
                catalog.0.store.schedule(feed.of, Some(now.plus_seconds(AGAIN_SECONDS))).await?;
            }
            Err(CatalogError::Store(error)) => return Err(error),
            Err(error) => {
                tracing::error!(site.id = %feed.of.site, %error, "a fetched feed was not queued");
                catalog.0.store.schedule(feed.of, Some(now.plus_seconds(AGAIN_SECONDS))).await?;
            }
        }
    }
    Ok(())
}

/// The import of a fetched feed ended. One that brought nothing is said with the feed, and the
/// file is asked for whole the next time: "unchanged" would keep the old catalog for ever.
pub(in crate::jobs::catalog) async fn run_ended(
    catalog: &Catalog,
    run: &Run,
    state: RunState,
    why: Option<&str>,
) -> Result<(), StoreError> {
    if run.from != ImportFrom::Address || !matches!(state, RunState::Refused | RunState::Cancelled) {
        return Ok(());
    }
    let of = run.of();
    let Some(fetched) = catalog.0.store.feed(of).await?.and_then(|feed| feed.fetched) else { return Ok(()) };
    let fault = why.unwrap_or("The import was cancelled.").to_owned();
    let outcome = FetchOutcome::Failed;
    let fetched = Fetched { outcome, fault: Some(fault), etag: None, last_modified: None, ..fetched };
    catalog.0.store.note_fetch(of, &fetched).await
}

fn next(feed: &Feed, at: Timestamp) -> Option<Timestamp> {
    let hours = feed.address.as_ref()?.every_hours.filter(|hours| *hours > 0)?;
    Some(at.plus_seconds(i64::from(hours) * HOUR_SECONDS))
}

async fn fetch(
    catalog: &Catalog,
    site: &Site,
    feed: &Feed,
    rules: &Arc<FetchRules>,
    limits: FetchLimits,
) -> Result<Fetched, CatalogError> {
    let Some(address) = feed.address.clone() else { return Ok(ended(Err(FetchFault::NotAnAddress), feed)) };
    if catalog.runs(site.id).await?.iter().any(|run| is_open(&run.state)) {
        return Err(CatalogError::ImportRunning);
    }
    let id = ImportId(Uuid::now_v7());
    let place = catalog.place_for(id).await?;
    let known = Validators {
        etag: feed.fetched.as_ref().and_then(|fetched| fetched.etag.clone()),
        last_modified: feed.fetched.as_ref().and_then(|fetched| fetched.last_modified.clone()),
    };
    let (owner, rules, file, url) = (site.clone(), rules.clone(), place.clone(), address.url.clone());
    let fetched = tokio::task::spawn_blocking(move || download(&address, &owner, &known, &file, &rules, limits)).await;
    let fetched = fetched.unwrap_or_else(|error| Err(FetchFault::Unreachable { why: error.to_string() }));
    let Ok(Download::Whole { bytes, .. }) = &fetched else {
        catalog.remove_file(id).await;
        return Ok(ended(fetched, feed));
    };
    let settings = RunSettings {
        lang: feed.of.lang.to_string(),
        feed: feed.settings.clone().unwrap_or_else(|| own_settings(site)),
        attended: false,
        accept_removals: false,
    };
    let at = chrono::Utc::now().into();
    let from = ImportFrom::Address;
    catalog.queue(NewRun { id, site: site.id, from, file: shown(&url), bytes: *bytes, at, settings }).await?;
    Ok(ended(fetched, feed))
}

pub(super) fn is_open(state: &crate::protocol::catalog::ImportState) -> bool {
    use crate::protocol::catalog::ImportState as State;
    match state {
        State::Queued {} | State::Reading {} | State::Indexing {} | State::AwaitsConfirmation { .. } => true,
        State::Done {} | State::Refused { .. } | State::Cancelled {} => false,
    }
}

fn own_settings(site: &Site) -> FeedSettings {
    FeedSettings { currency: site.currency.clone(), shop_url: site.shop_url.clone(), tax_rate: None, mapping: None }
}

/// An address as the list of imports shows it: a key in its query is nobody's business.
fn shown(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// What to remember. Only a whole file changes what the next request asks with.
fn ended(fetched: Result<Download, FetchFault>, feed: &Feed) -> Fetched {
    let before = feed.fetched.as_ref();
    let kept = |outcome, fault| Fetched {
        at: chrono::Utc::now().into(),
        outcome,
        fault,
        etag: before.and_then(|before| before.etag.clone()),
        last_modified: before.and_then(|before| before.last_modified.clone()),
    };
    match fetched {
        Ok(Download::Unchanged) => kept(FetchOutcome::Unchanged, None),
        Ok(Download::Whole { bytes: _, etag, last_modified }) => {
            Fetched { etag, last_modified, ..kept(FetchOutcome::Imported, None) }
        }
        Err(fault) => kept(FetchOutcome::Failed, Some(super::super::reading::sentence(&fault.to_string()))),
    }
}
