//! One run, from its file to a catalog that answers.
//!
//! 1. Read: products that are new or changed are staged as rows of the next
//!    generation, which nobody sees; unchanged ones write nothing.
//! 2. Judge: a guard may hold the run ([`super::guard`]).
//! 3. Build the next generation's index in a folder of its own.
//! 4. Switch: one small transaction, then the new index takes the old one's place.
//!
//! Killed, cancelled or failed before step 4, the old catalog answers as before.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use comptoir_catalog::feed::{FeedFault, Outcome};

use super::Catalog;
use super::difference::Difference;
use super::guard::{self, Verdict};
use super::reading::{self, Reading};
use super::shelves::{self, BuildError};
use crate::protocol::catalog::ImportReport;
use crate::store::StoreError;
use crate::store::catalog::{Run, RunState, Shelved, Staged};

/// Products written in one transaction.
const STAGED_AT_ONCE: usize = 200;
/// How often progress is written and a wish to cancel is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// How a run ended or paused.
enum Ended {
    Done,
    Awaits { why: String },
    Refused { why: String },
    Cancelled,
}

/// Carries a claimed run out; whatever happens ends up in the table.
pub(super) async fn carry_out(catalog: &Catalog, run: &Run) {
    tracing::info!(site.id = %run.site, import.id = %run.id, bytes = run.bytes_total, "an import begins");
    let ended = read_and_judge(catalog, run).await;
    settle(catalog, run, ended).await;
}

/// Goes on with a run that was confirmed.
pub(super) async fn finish(catalog: &Catalog, run: &Run) {
    let ended = build_and_switch(catalog, run, Instant::now()).await;
    settle(catalog, run, ended).await;
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
        if matches!(state, RunState::Refused | RunState::Cancelled) {
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
}

async fn read_and_judge(catalog: &Catalog, run: &Run) -> Result<Ended, StoreError> {
    let started = Instant::now();
    let store = &catalog.0.store;
    let now = store.shelved(run.of()).await?;
    let (generation, products_before) = now.map_or((0, 0), |now| (now.generation, now.products));
    store.discard(run.of()).await?;
    let mut difference = Difference::against(store.known(run.of(), generation).await?);
    let settings = reading::settings(&run.settings);
    let reading = Reading::start(catalog.imports().join(run.id.to_string()), settings.clone());
    let outcome = match stage_all(catalog, run, generation + 1, reading, &mut difference).await? {
        Ok(outcome) => outcome,
        Err(FeedFault::Cancelled) => return Ok(Ended::Cancelled),
        Err(fault) => {
            let report = ImportReport { took_ms: millis(started), generation, ..ImportReport::default() };
            store.report(run.id, &report, &[]).await?;
            return Ok(Ended::Refused { why: sentence(&fault.to_string()) });
        }
    };
    let mut report = reading::report(&outcome, &difference, &settings);
    report.took_ms = millis(started);
    report.generation = generation;
    store.report(run.id, &report, &report.faults).await?;
    store.progress(run.id, run.bytes_total, report.rows).await?;
    match guard::judge(&report, products_before, &run.settings) {
        Verdict::Ask { why } => return Ok(Ended::Awaits { why }),
        Verdict::Refuse { why } => return Ok(Ended::Refused { why }),
        Verdict::GoOn => {}
    }
    if difference.is_empty() {
        return Ok(Ended::Done);
    }
    store.advance(run.id, &[RunState::Reading], RunState::Indexing, None).await?;
    build_and_switch(catalog, run, started).await
}

/// Writes what differs as it is read, and at the end what is gone.
async fn stage_all(
    catalog: &Catalog,
    run: &Run,
    next: u64,
    mut reading: Reading,
    difference: &mut Difference,
) -> Result<Result<Outcome, FeedFault>, StoreError> {
    let store = &catalog.0.store;
    let mut look = tokio::time::interval(LOOK_EVERY);
    let mut steps = Vec::with_capacity(STAGED_AT_ONCE);
    loop {
        tokio::select! {
            found = reading.products.recv() => {
                let Some(found) = found else { break };
                steps.extend(difference.judge(found));
                if steps.len() >= STAGED_AT_ONCE {
                    store.stage(run.of(), next, &steps).await?;
                    steps.clear();
                }
            }
            _ = look.tick() => {
                let bytes = reading.live.bytes.load(Ordering::Relaxed);
                let rows = reading.live.rows.load(Ordering::Relaxed);
                if store.progress(run.id, bytes, rows).await? {
                    reading.live.cancelled.store(true, Ordering::Relaxed);
                }
            }
        }
    }
    let outcome = match reading.outcome().await {
        Ok(outcome) => outcome,
        Err(fault) => return Ok(Err(fault)),
    };
    for key in difference.gone() {
        steps.push(Staged::End { key });
        if steps.len() >= STAGED_AT_ONCE {
            store.stage(run.of(), next, &steps).await?;
            steps.clear();
        }
    }
    store.stage(run.of(), next, &steps).await?;
    Ok(Ok(outcome))
}

async fn build_and_switch(catalog: &Catalog, run: &Run, started: Instant) -> Result<Ended, StoreError> {
    let store = &catalog.0.store;
    let now = store.shelved(run.of()).await?;
    let report = store.run(run.id).await?.and_then(|run| run.report).unwrap_or_default();
    let generation = now.as_ref().map_or(0, |now| now.generation) + 1;
    let next = Shelved {
        of: run.of(),
        generation,
        products: report.products,
        imported_at: chrono::Utc::now().into(),
        folder: generation,
        previous: now.map(|now| now.generation),
    };
    let cancelled = || store.progress(run.id, run.bytes_total, report.rows);
    let index = match shelves::build(store, &next, &catalog.0.dir, cancelled).await {
        Ok(index) => index,
        Err(BuildError::Cancelled) => return Ok(Ended::Cancelled),
        Err(BuildError::Store(error)) => return Err(error),
        Err(BuildError::Index(fault)) => {
            tracing::error!(site.id = %run.site, %fault, "an index was not built");
            return Ok(Ended::Refused { why: format!("{} The catalog stays as it is.", sentence(&fault.to_string())) });
        }
    };
    store.switch(&next).await?;
    catalog.0.shelves.put_ready(run.of(), index);
    let faults = store.faults(run.id, u32::MAX).await?;
    let report = ImportReport { generation: next.generation, took_ms: millis(started), ..report };
    store.report(run.id, &report, &faults).await?;
    catalog.tidy(run.of()).await;
    store.forget_older(run.of()).await?;
    Ok(Ended::Done)
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// An error as people read it: a capital and a full stop.
pub(super) fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
