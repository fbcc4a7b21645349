//! What reading a feed takes from a run, and what it tells: the report, reasons, a dry run.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use comptoir_catalog::feed::{FeedFault, Outcome, RowFault, Settings};
use tokio::sync::oneshot;

use super::difference::Difference;
use super::import::earlier;
use super::stream::{HandedOver, Stream};
use super::{Catalog, CatalogError, settings};
use crate::protocol::SiteId;
use crate::protocol::catalog::{ImportFault, ImportReason, ImportReport};
use crate::store::catalog::{CatalogKey, LangTag, RunSettings};

/// Columns named in the note on unused ones.
const UNUSED_TOLD: usize = 20;

/// The feed's settings of a run.
pub(super) fn settings(of: &RunSettings) -> Settings {
    settings::for_reading(&of.feed, &of.lang)
}

/// Why a file cannot be used, as it travels.
pub fn reason(fault: &FeedFault) -> ImportReason {
    ImportReason {
        code: fault.code().to_owned(),
        numbers: numbers(fault.numbers()),
        names: fault.names(),
        detail: None,
        message: sentence(&fault.to_string()),
    }
}

fn numbers(of: Vec<(&'static str, u64)>) -> BTreeMap<String, u64> {
    of.into_iter().map(|(name, number)| (name.to_owned(), number)).collect()
}

/// An error as people read it: a capital and a full stop.
#[must_use]
pub fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// What reading and comparing found, as a report.
pub(super) fn report(outcome: &Outcome, difference: &Difference, settings: &Settings) -> ImportReport {
    let feed = &outcome.report;
    let mut remarks = Vec::new();
    if !feed.unused_columns.is_empty() {
        remarks.push(unused(&feed.unused_columns));
    }
    if difference.is_unlinked() {
        remarks.push(without_links(settings));
    }
    ImportReport {
        dialect: feed.dialect.name().to_owned(),
        encoding: feed.encoding.name().to_owned(),
        separator: feed.separator.to_owned(),
        rows: feed.rows,
        products: feed.products,
        added: difference.added,
        changed: difference.changed,
        unchanged: difference.unchanged,
        removed: difference.removed(),
        rejected: outcome.faults.rejected,
        warnings: outcome.faults.warnings,
        faults: outcome.faults.first.iter().map(fault).collect(),
        remarks,
        ..ImportReport::default()
    }
}

fn unused(columns: &[String]) -> ImportReason {
    let names: Vec<String> = columns.iter().take(UNUSED_TOLD).cloned().collect();
    let told = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = columns.len() - names.len();
    let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
    ImportReason {
        code: "unused_columns".to_owned(),
        numbers: BTreeMap::from([("more".to_owned(), more as u64)]),
        message: format!("Nothing was taken from {told}{and_more}: other columns say the same."),
        names,
        detail: None,
    }
}

fn without_links(settings: &Settings) -> ImportReason {
    let (detail, remedy) = match settings.shop_url {
        None => (Some("no_shop_url"), "Give the shop's address in the site's settings, or a column `link`."),
        Some(_) => (None, "Give a column `link`."),
    };
    ImportReason {
        code: "no_links".to_owned(),
        numbers: BTreeMap::new(),
        names: Vec::new(),
        detail: detail.map(str::to_owned),
        message: format!("No product has a link, so their cards lead nowhere. {remedy}"),
    }
}

/// A fault as it travels.
pub(super) fn fault(fault: &RowFault) -> ImportFault {
    ImportFault {
        line: fault.line,
        code: fault.kind.code().to_owned(),
        column: fault.column.clone(),
        value: fault.value.clone(),
        message: fault.message(),
        warning: fault.is_warning(),
        numbers: numbers(fault.kind.numbers()),
        detail: fault.kind.detail().map(str::to_owned),
    }
}

/// What an import of this file would do; writes nothing but rows set aside in `folder`.
///
/// # Errors
/// What the database says; inside, the feed's fault.
pub async fn dry_run(
    catalog: &Catalog,
    site: SiteId,
    path: &Path,
    folder: &Path,
    run: &RunSettings,
) -> Result<Result<ImportReport, FeedFault>, CatalogError> {
    let started = Instant::now();
    let store = &catalog.0.store;
    let of = CatalogKey { site, lang: LangTag::of(&run.lang) };
    let generation = store.shelved(of).await?.map_or(0, |shelved| shelved.generation);
    let settings = settings(run);
    let (hand_over, taken) = oneshot::channel();
    let aside = folder.join("rows");
    let mut stream = Stream::start(path.to_owned(), aside, settings.clone(), generation > 0, taken);
    let _ = hand_over.send(HandedOver::of(earlier(catalog, of, generation).await?, store.clone()));
    while stream.batches.recv().await.is_some() {}
    let (outcome, difference) = stream.end().await;
    Ok(outcome.map(|outcome| ImportReport {
        took_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        ..report(&outcome, &difference, &settings)
    }))
}
