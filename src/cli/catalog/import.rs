//! `comptoir catalog import`: done here, or handed over to the server that holds the folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use comptoir_catalog::feed::bounds::{FILE_BYTES_MAX, SOURCES_MAX};
use comptoir_catalog::words::Lang;
use serde_json::json;
use uuid::Uuid;

use super::at_work::AtWork;
use super::flags::FeedFlags;
use super::{failed, find_site, wrongly};
use crate::cli::{Common, Failure, Terminal};
use crate::http::sites::new_site;
use crate::jobs::catalog::Catalog;
use crate::jobs::catalog::sources::{Refused, append};
use crate::protocol::admin::NewSite;
use crate::protocol::catalog::{ImportFrom, ImportReport, ImportRun, ImportState};
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::catalog::{CatalogKey, LangTag, NewRun, RunSettings};
use crate::store::{Site, Sites};

/// How much of a file its language is guessed from.
const GUESS_BYTES: u64 = 256 * 1024;
/// Refused rows that are told on a terminal.
const FAULTS_TOLD: usize = 20;

const EXAMPLES: &str = "Examples:\n  comptoir catalog import shop.csv --data /var/lib/comptoir --site boutique\n  \
    comptoir catalog import products.csv --site demo --create-site --currency EUR --shop-url https://shop.example\n  \
    comptoir catalog import stock.csv --site boutique --dry-run --json > seen.json\n  \
    comptoir catalog import products.csv combinations.csv --site boutique --tax-rate 20\n  \
    comptoir catalog import stock.csv --site boutique --mapping stock.json --tax-rate 20\n\n\
    What is said of currency, shop, tax and columns is remembered for the next import.\n\
    Exit 0: imported. 2: refused by a guard, or the file cannot be used; the catalog stays as it was.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// The export: CSV with comma, semicolon, tab or pipe, or Google Merchant XML; of PrestaShop
    /// the products and the combinations
    #[arg(value_name = "FILE", required = true, num_args = 1..=SOURCES_MAX)]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    /// The site's name; may be left out where there is only one
    #[arg(long, value_name = "NAME")]
    pub(super) site: Option<String>,
    /// Make the site if there is none of that name
    #[arg(long)]
    create_site: bool,
    #[command(flatten)]
    feed: FeedFlags,
    /// The catalog's language [default: the site's; guessed from the file for a new site]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Say what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Also when more than half of the products would be gone
    #[arg(long)]
    accept_removals: bool,
    /// One JSON object instead of sentences
    #[arg(long)]
    pub(super) json: bool,
}

/// The site that is imported into, and whether it is there already.
pub(super) struct Target {
    pub site: Site,
    pub is_new: bool,
}

impl Import {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let bytes = self.check_files()?;
        let dir = self.common.load()?.data.dir;
        if self.dry_run {
            return self.try_out(&dir, terminal).await;
        }
        let mut work = AtWork::open(&dir).await?;
        let done = self.import(&mut work, bytes, terminal).await;
        work.close().await;
        done
    }

    /// The bytes of all files.
    fn check_files(&self) -> Result<u64, Failure> {
        let mut bytes = 0;
        for file in &self.files {
            let unreadable = |why: String| wrongly(format!("`{}` cannot be read: {why}", file.display()));
            let about = std::fs::metadata(file).map_err(|error| unreadable(error.to_string()))?;
            if !about.is_file() {
                return Err(unreadable("it is no file; name a CSV".to_owned()));
            }
            bytes += about.len();
            if bytes > FILE_BYTES_MAX {
                return Err(unreadable(format!("it is larger than {} MB; split it", FILE_BYTES_MAX / 1_000_000)));
            }
        }
        Ok(bytes)
    }

    async fn import(&self, work: &mut AtWork, bytes: u64, terminal: &mut Terminal) -> Result<(), Failure> {
        let target = self.target(&work.sites).await?;
        let settings = self.settings(&work.catalog, &target.site).await?;
        work.begin(terminal).await?;
        let catalog = &work.catalog;
        let id = ImportId(Uuid::now_v7());
        let place = catalog.place_for(id).await.map_err(Failure::new)?;
        self.copy_to(&place)?;
        let file = self.file_name();
        let (of, said) =
            (CatalogKey { site: target.site.id, lang: LangTag::of(&settings.lang) }, settings.feed.clone());
        let at = Timestamp::from(chrono::Utc::now());
        let run = NewRun { id, site: target.site.id, from: ImportFrom::File, file, bytes, at, settings };
        catalog.queue(run).await.map_err(wrongly)?;
        let run = work.watch(target.site.id, id, terminal).await?;
        // Only now, so that a file that cannot be used leaves no empty site behind.
        if target.is_new && matches!(run.state, ImportState::Done {}) {
            work.sites.add(&target.site).await.map_err(failed)?;
        }
        if self.feed.say_something() && matches!(run.state, ImportState::Done {}) {
            catalog.save_feed_settings(of, said).await.map_err(failed)?;
        }
        self.tell(&run, &target, terminal)
    }

    pub(super) async fn target(&self, sites: &Sites) -> Result<Target, Failure> {
        let name = self.site.as_deref();
        if let Some(site) = find_site(sites, name).await? {
            return Ok(Target { site, is_new: false });
        }
        let name = name.unwrap_or_default();
        if !self.create_site {
            return Err(wrongly(format!("there is no site `{name}`; add --create-site to make it")));
        }
        Ok(Target { site: self.new_site(name)?, is_new: true })
    }

    pub(super) fn new_site(&self, name: &str) -> Result<Site, Failure> {
        let asked = NewSite {
            name: name.to_owned(),
            origins: Vec::new(),
            lang: self.lang.clone().unwrap_or_else(|| self.files.first().map(|file| guessed(file)).unwrap_or_default()),
            currency: self.feed.currency.clone().unwrap_or_else(|| "EUR".to_owned()),
            shop_url: self.feed.shop_url.clone(),
        };
        let now = Timestamp::from(chrono::Utc::now());
        new_site(&asked, SiteId(Uuid::now_v7()), now).map_err(|refusal| {
            let faults = refusal.fields.iter().map(|fault| format!("{}: {}", fault.field, fault.error)).collect();
            Failure { code: 2, lines: faults }
        })
    }

    /// What the feed remembers, with what the command says put over it.
    pub(super) async fn settings(&self, catalog: &Catalog, site: &Site) -> Result<RunSettings, Failure> {
        let lang = self.lang.as_ref().unwrap_or(&site.lang).clone();
        let saved = catalog.feed_settings(site, LangTag::of(&lang)).await.map_err(failed)?;
        let feed = self.feed.over(saved)?;
        Ok(RunSettings { lang, feed, attended: false, accept_removals: self.accept_removals, fetched: None })
    }

    pub(super) fn file_name(&self) -> String {
        let names = self.files.iter().filter_map(|file| file.file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" + ")
    }

    /// Copies the files, joined where they are several, on the disk when it returns.
    pub(super) fn copy_to(&self, place: &Path) -> Result<(), Failure> {
        let Some((first, further)) = self.files.split_first() else { return Ok(()) };
        let copied = copy(first, place);
        let copied =
            copied.map_err(Refused::from).and_then(|()| further.iter().try_for_each(|file| append(place, file)));
        copied.map_err(|error| {
            let _ = std::fs::remove_file(place);
            Failure::new(format!("the file cannot be copied into the data folder: {error}"))
        })
    }

    fn tell(&self, run: &ImportRun, target: &Target, terminal: &mut Terminal) -> Result<(), Failure> {
        if self.json {
            terminal.say(json!({"site": target.site.name, "import": run}));
        } else if let Some(report) = &run.report {
            figures(report, terminal);
        }
        ended(&run.state)?;
        if !self.json {
            let made = if target.is_new { ", which was made" } else { "" };
            terminal.say(format_args!("The catalog is served by the site `{}`{made}.", target.site.name));
        }
        Ok(())
    }
}

/// The language that a file's words are in; English when they do not tell.
fn guessed(file: &Path) -> String {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|file| file.take(GUESS_BYTES).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let lang = read.ok().and_then(|_| Lang::guess(&text)).unwrap_or(Lang::En);
    lang.tag().to_owned()
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::copy(from, to).and_then(|_| File::open(to)?.sync_all())
}

/// How a run that is over ended, as the command ends.
pub(super) fn ended(state: &ImportState) -> Result<(), Failure> {
    match state {
        ImportState::Done {} => Ok(()),
        ImportState::Refused { why } | ImportState::AwaitsConfirmation { why } => Err(wrongly(why)),
        ImportState::Cancelled {} => Err(Failure::new("the import was cancelled; the catalog stays as it is")),
        ImportState::Queued {} | ImportState::Reading {} | ImportState::Indexing {} => {
            Err(Failure::new("the import has not ended"))
        }
    }
}

pub(super) fn figures(report: &ImportReport, terminal: &mut Terminal) {
    if report.dialect.is_empty() {
        return;
    }
    terminal.say(format_args!("{}; {}, separated by {}", report.dialect, report.encoding, report.separator));
    terminal.say(format_args!("{} rows, {} products in {} ms", report.rows, report.products, report.took_ms));
    terminal.say(format_args!(
        "added {}, changed {}, unchanged {}, removed {}; {} rows refused, {} warnings",
        report.added, report.changed, report.unchanged, report.removed, report.rejected, report.warnings
    ));
    for fault in report.faults.iter().take(FAULTS_TOLD) {
        let mark = if fault.warning { "warning, " } else { "" };
        terminal.say(format_args!("  {mark}line {}: {}", fault.line, fault.message));
    }
    let more = (report.rejected + report.warnings).saturating_sub(FAULTS_TOLD as u64);
    if report.faults.len() > FAULTS_TOLD && more > 0 {
        terminal.say(format_args!("  and {more} more"));
    }
    for remark in &report.remarks {
        terminal.say(&remark.message);
    }
}
