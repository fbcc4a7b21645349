//! Back to the import before the last one: its rows, as a new generation.
//!
//! Nothing is read and no guard asks: somebody who looks on wants it. What answers
//! now can be restored in turn.

use std::sync::Arc;
use std::time::Instant;

use super::Catalog;
use super::apply::{Ahead, Plan};
use super::import::{Ended, finish, millis, prepared};
use crate::protocol::catalog::ImportReport;
use crate::store::StoreError;
use crate::store::catalog::{Pace, Prepared, Run, Staged};

pub(super) async fn restore(catalog: &Catalog, run: &Run) -> Result<Ended, StoreError> {
    let (started, of) = (Instant::now(), run.of());
    let store = &catalog.0.store;
    store.discard(of).await?;
    let Some(now) = store.shelved(of).await? else { return Ok(nothing()) };
    let Some(back) = now.previous else { return Ok(nothing()) };
    let next = now.generation + 1;
    let mut report = ImportReport { generation: now.generation, ..ImportReport::default() };
    let mut after = 0;
    loop {
        let page = store.restorable(of, back, now.generation, after).await?;
        let Some(last) = page.last() else { break };
        after = last.key;
        let mut steps = Vec::with_capacity(page.len());
        for row in page {
            if row.instead_of.is_some() {
                report.changed += 1
            } else {
                report.added += 1
            }
            let (product, hash) = (Arc::new(row.product), row.hash);
            steps.push(Staged::Put { product, hash, instead_of: row.instead_of });
        }
        store.stage(of, next, &steps).await?;
        if store.progress(run.id, &Pace { rows: report.added + report.changed, ..Pace::default() }).await? {
            return Ok(Ended::Cancelled);
        }
    }
    after = 0;
    loop {
        let page = store.newer(of, back, now.generation, after).await?;
        let Some(last) = page.last() else { break };
        after = *last;
        report.removed += page.len() as u64;
        store.stage(of, next, &page.into_iter().map(|key| Staged::End { key }).collect::<Vec<_>>()).await?;
    }
    report.products = (now.products + report.added).saturating_sub(report.removed);
    report.unchanged = report.products.saturating_sub(report.added + report.changed);
    report.took_ms = millis(started);
    store.report(run.id, &report, &[]).await?;
    let changes = report.added + report.changed + report.removed;
    let to = Prepared { previous: Some(now.generation), ..prepared(run, next, report.products) };
    let plan = Plan { to, changes, removed: report.removed, ahead: Ahead::Nothing };
    finish(catalog, run, plan, report, started).await
}

fn nothing() -> Ended {
    Ended::Refused { why: "There is no earlier import of this catalog that could be restored.".to_owned() }
}
