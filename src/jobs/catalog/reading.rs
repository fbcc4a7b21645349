//! Reads a feed on a thread of its own and hands its products over, bounded.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use comptoir_catalog::feed::{self, FeedFault, Found, Outcome, Phase, Progress, RowFault, Settings, Watch};
use comptoir_catalog::model::Currency;
use comptoir_catalog::words::Lang;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::difference::Difference;
use super::{Catalog, CatalogError};
use crate::protocol::SiteId;
use crate::protocol::catalog::{ImportFault, ImportReason, ImportReport};
use crate::store::catalog::{CatalogKey, LangTag, RunSettings};

/// Products on their way from the reading thread to the database.
const PRODUCTS_AHEAD: usize = 64;
/// Columns named in the note on unused ones.
const UNUSED_TOLD: usize = 20;

/// How far reading is, seen from outside.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// Of the file's bytes, all phases together, so that it only rises.
    pub bytes: AtomicU64,
    pub rows: AtomicU64,
    pub cancelled: AtomicBool,
}

struct Watcher(Arc<Live>);

impl Watch for Watcher {
    fn progress(&mut self, at: &Progress) {
        // In tenths of the time that each phase takes.
        let (before, share) = match at.phase {
            Phase::Examining => (0, 1),
            Phase::Surveying => (1, 3),
            Phase::Reading => (4, 6),
        };
        let bytes = (before * at.bytes_total + share * at.bytes.min(at.bytes_total)) / 10;
        self.0.bytes.store(bytes, Ordering::Relaxed);
        if at.phase == Phase::Reading {
            self.0.rows.store(at.rows, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }
}

/// A feed being read.
pub(super) struct Reading {
    pub products: mpsc::Receiver<Found>,
    pub live: Arc<Live>,
    thread: JoinHandle<Result<Outcome, FeedFault>>,
}

impl Reading {
    pub fn start(path: PathBuf, settings: Settings) -> Self {
        let aside = path.with_extension("rows");
        Self::start_beside(path, aside, settings)
    }

    /// As [`Reading::start`], with the place where rows wait.
    fn start_beside(path: PathBuf, aside: PathBuf, settings: Settings) -> Self {
        let (sender, products) = mpsc::channel(PRODUCTS_AHEAD);
        let live = Arc::new(Live::default());
        let watcher = Watcher(live.clone());
        let thread = tokio::task::spawn_blocking(move || read(&path, &aside, &settings, watcher, &sender));
        Self { products, live, thread }
    }

    /// What reading came to, once all products were taken.
    pub async fn outcome(self) -> Result<Outcome, FeedFault> {
        drop(self.products);
        self.thread.await.unwrap_or_else(|error| Err(FeedFault::Io(std::io::Error::other(error))))
    }
}

fn read(
    path: &Path,
    aside: &Path,
    settings: &Settings,
    mut watcher: Watcher,
    products: &mpsc::Sender<Found>,
) -> Result<Outcome, FeedFault> {
    let source = File::open(path)?;
    let mut scratch = OpenOptions::new().create(true).truncate(true).read(true).write(true).open(aside)?;
    // Unlinked at once: the open file lives on, and no stop leaves it behind.
    std::fs::remove_file(aside)?;
    feed::read(source, settings, &mut scratch, &mut watcher, &mut |found| {
        products.blocking_send(found).map_err(|_| "nobody takes the products any more".into())
    })
}

/// The feed's settings of a run; a currency that is none was refused earlier.
pub(super) fn settings(of: &RunSettings) -> Settings {
    let currency = Currency::new(&of.feed.currency).unwrap_or(Currency::EUR);
    let shop_url = of.feed.shop_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    Settings::new(currency, Lang::of_tag(&of.lang)).with_shop_url(shop_url)
}

/// What reading and comparing found, as a report.
pub(super) fn report(outcome: &Outcome, difference: &Difference, settings: &Settings) -> ImportReport {
    let feed = &outcome.report;
    let mut remarks = Vec::new();
    if !feed.unused_columns.is_empty() {
        remarks.push(unused(&feed.unused_columns));
    }
    if difference.named() > 0 && difference.linked == 0 {
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

fn fault(fault: &RowFault) -> ImportFault {
    ImportFault {
        line: fault.line,
        code: fault.kind.code().to_owned(),
        column: fault.column.clone(),
        value: fault.value.clone(),
        message: fault.message(),
        warning: fault.is_warning(),
        numbers: fault.kind.numbers().into_iter().map(|(name, number)| (name.to_owned(), number)).collect(),
        detail: fault.kind.detail().map(str::to_owned),
    }
}

/// Faults as RFC 4180, safe to open in a spreadsheet.
pub(super) fn rejected_csv(faults: &[ImportFault]) -> String {
    let mut text = String::from("line,code,column,value,what to do\r\n");
    for fault in faults {
        let cells = [
            fault.line.to_string(),
            fault.code.clone(),
            fault.column.clone().unwrap_or_default(),
            fault.value.clone().unwrap_or_default(),
            fault.message.clone(),
        ];
        text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotes; what a spreadsheet would run as a formula gets a `'`.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
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
    let known = match store.shelved(of).await? {
        Some(shelved) => store.known(of, shelved.generation).await?,
        None => Vec::new(),
    };
    let mut difference = Difference::against(known);
    let settings = settings(run);
    let mut reading = Reading::start_beside(path.to_owned(), folder.join("rows"), settings.clone());
    while let Some(found) = reading.products.recv().await {
        difference.judge(found);
    }
    Ok(reading.outcome().await.map(|outcome| ImportReport {
        took_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        ..report(&outcome, &difference, &settings)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_rows_are_safe_in_a_spreadsheet() {
        let fault = ImportFault {
            line: 3,
            code: "unreadable_price".into(),
            column: Some("Prix \"TTC\"".into()),
            value: Some("=1+1".into()),
            message: "cannot read it".into(),
            warning: false,
            numbers: BTreeMap::new(),
            detail: None,
        };
        assert_eq!(
            rejected_csv(&[fault]),
            "line,code,column,value,what to do\r\n\"3\",\"unreadable_price\",\"Prix \"\"TTC\"\"\",\"'=1+1\",\"cannot read it\"\r\n"
        );
    }
}
