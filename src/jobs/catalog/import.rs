//! One run, from what brings it to a catalog that answers.
//!
//! 1. Read: products that are new or changed are staged as rows of the next
//!    generation, which nobody sees; unchanged ones write nothing. The index is built
//!    or changed meanwhile, as invisibly ([`super::staging`]).
//! 2. Judge: a guard may hold the run ([`super::guard`]).
//! 3. Apply: the index in one commit, then one small transaction ([`super::apply`]).
//!
//! Killed, cancelled or failed before the commit, the old catalog answers as before.

use std::time::Instant;

use comptoir_catalog::feed::FeedFault;
use tokio::sync::oneshot;

use super::apply::{self, Ahead, Plan, Watching};
use super::building::Building;
use super::difference::Earlier;
use super::guard::{self, Verdict};
use super::pacer::Pacer;
use super::reading::{self, sentence};
use super::rejected;
use super::shelves::{BuildError, folder_of, lang_of};
use super::staging::Staging;
use super::stream::{HandedOver, Read, Stream};
use super::{Catalog, emptying, restore};
use crate::protocol::catalog::{ImportFrom, ImportReport};
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, Prepared, Run, RunState};

/// Generations before the current one whose rows are kept, for searches under way.
pub(super) const GENERATIONS_KEPT: u64 = 8;

/// How a run ended or paused.
pub(super) enum Ended {
    Done,
    Awaits { why: String },
    Refused { why: String },
    Cancelled,
}

impl Ended {
    pub fn by(error: BuildError) -> Result<Self, StoreError> {
        match error {
            BuildError::Cancelled => Ok(Self::Cancelled),
            BuildError::Store(error) => Err(error),
            BuildError::Index(fault) => {
                let why = format!("{} The catalog stays as it is.", sentence(&fault.to_string()));
                Ok(Self::Refused { why })
            }
        }
    }
}

/// Carries a claimed run out; whatever happens ends up in the table.
pub(super) async fn carry_out(catalog: &Catalog, run: &Run) {
    let of = run.of();
    tracing::info!(site.id = %run.site, lang = %of.lang, import.id = %run.id, bytes = run.bytes_total, "an import begins");
    catalog.0.benches.take(of).await.importing = true;
    let ended = match run.from {
        ImportFrom::File | ImportFrom::Address => read_and_judge(catalog, run).await,
        ImportFrom::Restore => restore::restore(catalog, run).await,
        ImportFrom::Empty => emptying::empty(catalog, run).await,
    };
    settle(catalog, run, ended).await;
    catalog.leave_bench(of).await;
}

async fn settle(catalog: &Catalog, run: &Run, ended: Result<Ended, StoreError>) {
    let store = &catalog.0.store;
    let ended = ended.unwrap_or_else(|error| {
        tracing::error!(site.id = %run.site, import.id = %run.id, %error, "an import failed");
        Ended::Refused { why: format!("The import could not be kept: {error}. The catalog stays as it is.") }
    });
    let (state, why) = match ended {
        Ended::Done => (RunState::Done, None),
        Ended::Awaits { why } => (RunState::AwaitsConfirmation, Some(why)),
        Ended::Refused { why } => (RunState::Refused, Some(why)),
        Ended::Cancelled => (RunState::Cancelled, None),
    };
    tracing::info!(site.id = %run.site, import.id = %run.id, ?state, "an import ended");
    let settled = async {
        if state != RunState::Done {
            store.discard(run.of()).await?;
        }
        store.advance(run.id, &[RunState::Reading, RunState::Indexing], state, why.as_deref()).await
    };
    if let Err(error) = super::fetch::run_ended(catalog, run, state, why.as_deref()).await {
        tracing::warn!(import.id = %run.id, %error, "how a fetched feed ended could not be written");
    }
    if let Err(error) = settled.await {
        // The next start finds the run as it was and begins it again.
        tracing::error!(import.id = %run.id, %error, "how an import ended could not be written");
        return;
    }
    if state.is_final() {
        catalog.remove_file(run.id).await;
    }
    if state == RunState::Done {
        catalog.tidy(run.of()).await;
        if let Err(error) = store.forget_older(run.of(), GENERATIONS_KEPT).await {
            tracing::warn!(import.id = %run.id, %error, "old rows were not cleared; the next import does it");
        }
    }
}

/// What the catalog has, compact.
pub(super) async fn earlier(catalog: &Catalog, of: CatalogKey, generation: u64) -> Result<Earlier, StoreError> {
    let mut earlier = Earlier::default();
    catalog.0.store.known(of, generation, |known| earlier.add(known)).await?;
    Ok(earlier.hashed())
}

/// A feed that was read and may be applied.
struct Passed {
    report: ImportReport,
    changes: u64,
}

async fn read_and_judge(catalog: &Catalog, run: &Run) -> Result<Ended, StoreError> {
    let (started, of) = (Instant::now(), run.of());
    let store = &catalog.0.store;
    store.discard(of).await?;
    let now = store.shelved(of).await?;
    let generation = now.as_ref().map_or(0, |now| now.generation);
    let products = now.as_ref().map_or(0, |now| now.products);
    let settings = reading::settings(&run.settings);
    let (hand_over, taken) = oneshot::channel();
    let path = catalog.imports().join(run.id.to_string());
    let aside = path.with_extension("rows");
    let stream = Stream::start(path, aside, settings, now.is_some(), taken);
    // Meanwhile the file is looked through.
    let earlier = earlier(catalog, of, generation).await?;
    let ahead = match &now {
        Some(now) if !earlier.is_empty() => apply::ahead(catalog, of, now).await,
        Some(_) | None => {
            // Leaves a number for a folder that is built again meanwhile.
            let folder = now.as_ref().map_or(0, |now| now.folder) + 2;
            let place = Prepared { folder, ..prepared(run, generation + 1, 0) };
            let place = folder_of(&catalog.0.dir, &apply::shelved(of, &place));
            Ahead::Built(folder, Building::start(place, generation + 1, lang_of(of)))
        }
    };
    let _ = hand_over.send(HandedOver::of(earlier, store.clone()));
    let mut staging = Staging { catalog, run, next: generation + 1, products, ahead };
    let read = staging.stage_all(stream).await;
    let ahead = staging.ahead;
    let judged = match read {
        Ok(read) => judge(catalog, run, read, (generation, products), started).await,
        Err(error) => Err(error),
    };
    match judged {
        Ok(Ok(Passed { report, changes })) => {
            let previous = now.map(|now| now.generation);
            let to = Prepared { previous, ..prepared(run, generation + 1, report.products) };
            let plan = Plan { to, changes, removed: report.removed, ahead };
            finish(catalog, run, plan, report, started).await
        }
        Ok(Err(ended)) => {
            ahead.give_up().await;
            Ok(ended)
        }
        Err(error) => {
            ahead.give_up().await;
            Err(error)
        }
    }
}

/// Writes down what reading came to, and whether it may be applied to a catalog of this
/// generation and so many products; else how the run ends.
async fn judge(
    catalog: &Catalog,
    run: &Run,
    (outcome, difference): Read,
    (generation, products_before): (u64, u64),
    started: Instant,
) -> Result<Result<Passed, Ended>, StoreError> {
    let store = &catalog.0.store;
    let settings = reading::settings(&run.settings);
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(FeedFault::Cancelled) => return Ok(Err(Ended::Cancelled)),
        Err(fault) => {
            let report = ImportReport { took_ms: millis(started), generation, ..ImportReport::default() };
            let reason = reading::reason(&fault);
            let why = reason.message.clone();
            store.report(run.id, &ImportReport { reasons: vec![reason], ..report }, &[]).await?;
            return Ok(Err(Ended::Refused { why }));
        }
    };
    let mut report = reading::report(&outcome, &difference, &settings);
    (report.took_ms, report.generation) = (millis(started), generation);
    let verdict = match run.confirmed && report.products > 0 {
        true => Verdict::GoOn,
        false => guard::judge(&report, products_before, &run.settings),
    };
    report.reasons = verdict.reasons();
    store.report(run.id, &report, &report.faults).await?;
    store.keep_refused(run.id, &rejected::rows_of(&outcome)).await?;
    Ok(match verdict {
        Verdict::Ask { why, .. } => Err(Ended::Awaits { why }),
        Verdict::Refuse { why, .. } => Err(Ended::Refused { why }),
        Verdict::GoOn if difference.changes() == 0 => Err(Ended::Done),
        Verdict::GoOn => Ok(Passed { report, changes: difference.changes() }),
    })
}

/// Makes what a run has staged answer, and completes its report.
pub(super) async fn finish(
    catalog: &Catalog,
    run: &Run,
    plan: Plan,
    report: ImportReport,
    started: Instant,
) -> Result<Ended, StoreError> {
    let store = &catalog.0.store;
    store.advance(run.id, &[RunState::Reading], RunState::Indexing, None).await?;
    let generation = plan.to.generation;
    let pacer = Pacer::begin(plan.changes);
    let watching = Watching::Run { store, run, rows: report.rows, pacer };
    let mut bench = catalog.0.benches.take(run.of()).await;
    if let Err(error) = apply::apply(catalog, &mut bench, run.of(), plan, watching).await {
        return Ended::by(error);
    }
    drop(bench);
    store.complete(run.id, &ImportReport { generation, took_ms: millis(started), ..report }).await?;
    Ok(Ended::Done)
}

pub(super) fn prepared(run: &Run, generation: u64, products: u64) -> Prepared {
    Prepared {
        generation,
        products,
        imported_at: chrono::Utc::now().timestamp_millis(),
        folder: 0,
        previous: None,
        run: Some(run.id),
        updates_until: None,
        forgets_feed: false,
    }
}

pub(super) fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
