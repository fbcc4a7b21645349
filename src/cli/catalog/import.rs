//! `comptoir catalog import`: done here, or handed over to the server that holds the folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use comptoir_catalog::feed::bounds::FILE_BYTES_MAX;
use comptoir_catalog::model::Currency;
use comptoir_catalog::words::Lang;
use serde_json::json;
use uuid::Uuid;

use super::{failed, find_site, wrongly};
use crate::cli::{Common, Failure, Terminal};
use crate::http::fields;
use crate::http::sites::new_site;
use crate::jobs::catalog::{Catalog, dry_run};
use crate::protocol::admin::NewSite;
use crate::protocol::catalog::{ImportFrom, ImportReport, ImportRun, ImportState};
use crate::protocol::feed::FeedSettings;
use crate::protocol::{ImportId, SiteId, Timestamp};
use crate::store::catalog::{NewRun, RunSettings};
use crate::store::folder::{DataFolder, FolderError};
use crate::store::{Database, Site, Sites};

/// How often the run is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How much of a file its language is guessed from.
const GUESS_BYTES: u64 = 256 * 1024;
/// Refused rows that are told on a terminal.
const FAULTS_TOLD: usize = 20;

const EXAMPLES: &str = "Examples:\n  comptoir catalog import shop.csv --data /var/lib/comptoir --site boutique\n  \
    comptoir catalog import products.csv --site demo --create-site --currency EUR --shop-url https://shop.example\n\n\
    Exit 0: imported. 2: refused by a guard, or the file cannot be used; the catalog stays as it was.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// The export: CSV with comma, semicolon, tab or pipe
    file: PathBuf,
    #[command(flatten)]
    common: Common,
    /// The site's name; may be left out where there is only one
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    /// Make the site if there is none of that name
    #[arg(long)]
    create_site: bool,
    /// Of prices that name none [default: the site's; EUR for a new one]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Where the shop is, for links [default: the site's]
    #[arg(long, value_name = "URL")]
    shop_url: Option<String>,
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
    json: bool,
}

/// The site that is imported into, and whether it is there already.
struct Target {
    site: Site,
    is_new: bool,
}

impl Import {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let bytes = self.check_file()?;
        let dir = self.common.load()?.data.dir;
        if self.dry_run {
            return self.try_out(&dir, terminal).await;
        }
        // Held to the end where no server runs; otherwise the server does the work.
        let held = match DataFolder::hold(&dir) {
            Ok(held) => Some(held),
            Err(FolderError::Held { .. }) => None,
            Err(error) => return Err(Failure::new(error)),
        };
        let database = Database::open(&dir).await.map_err(failed)?;
        let sites = Sites::new(database.clone());
        let done = self.import(&dir, &sites, bytes, held.is_some(), terminal).await;
        database.close().await;
        drop(held);
        done
    }

    fn check_file(&self) -> Result<u64, Failure> {
        let unreadable = |why: String| wrongly(format!("`{}` cannot be read: {why}", self.file.display()));
        let about = std::fs::metadata(&self.file).map_err(|error| unreadable(error.to_string()))?;
        if !about.is_file() {
            return Err(unreadable("it is no file; name a CSV".to_owned()));
        }
        if about.len() > FILE_BYTES_MAX {
            return Err(unreadable(format!("it is larger than {} MB; split it", FILE_BYTES_MAX / 1_000_000)));
        }
        Ok(about.len())
    }

    async fn import(
        &self,
        dir: &Path,
        sites: &Sites,
        bytes: u64,
        is_alone: bool,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let target = self.target(sites).await?;
        let settings = self.settings(&target.site)?;
        let catalog = Catalog::open(dir).await.map_err(failed)?;
        let importer = if is_alone { Some(catalog.start().await.map_err(Failure::new)?) } else { None };
        if !is_alone {
            terminal.complain("handed over to the server that runs on this folder");
        }
        let id = ImportId(Uuid::now_v7());
        let place = catalog.place_for(id).await.map_err(Failure::new)?;
        copy(&self.file, &place)?;
        let file = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let at = Timestamp::from(chrono::Utc::now());
        let run = NewRun { id, site: target.site.id, from: ImportFrom::File, file, bytes, at, settings };
        catalog.queue(run).await.map_err(wrongly)?;
        let run = watch(&catalog, target.site.id, id, terminal).await?;
        // Only now, so that a file that cannot be used leaves no empty site behind.
        if target.is_new && matches!(run.state, ImportState::Done {}) {
            sites.add(&target.site).await.map_err(failed)?;
        }
        drop(importer);
        catalog.close().await;
        self.tell(&run, &target, terminal)
    }

    async fn target(&self, sites: &Sites) -> Result<Target, Failure> {
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

    fn new_site(&self, name: &str) -> Result<Site, Failure> {
        let asked = NewSite {
            name: name.to_owned(),
            origins: Vec::new(),
            lang: self.lang.clone().unwrap_or_else(|| guessed(&self.file)),
            currency: self.currency.clone().unwrap_or_else(|| "EUR".to_owned()),
            shop_url: self.shop_url.clone(),
        };
        let now = Timestamp::from(chrono::Utc::now());
        new_site(&asked, SiteId(Uuid::now_v7()), now).map_err(|refusal| {
            let faults = refusal.fields.iter().map(|fault| format!("{}: {}", fault.field, fault.error)).collect();
            Failure { code: 2, lines: faults }
        })
    }

    fn settings(&self, site: &Site) -> Result<RunSettings, Failure> {
        let currency = self.currency.as_deref().unwrap_or(&site.currency);
        let currency = Currency::new(currency).map_err(wrongly)?.code().to_owned();
        let shop_url = match &self.shop_url {
            Some(url) => fields::shop_url(url).map_err(|why| wrongly(format!("--shop-url `{url}`: {why}")))?,
            None => site.shop_url.clone(),
        };
        let lang = self.lang.as_ref().unwrap_or(&site.lang).clone();
        let accept_removals = self.accept_removals;
        let feed = FeedSettings { currency, shop_url, tax_rate: None, mapping: None };
        Ok(RunSettings { lang, feed, attended: false, accept_removals })
    }

    /// Compares with what is there, if anything is, and writes nothing into the folder.
    async fn try_out(&self, dir: &Path, terminal: &mut Terminal) -> Result<(), Failure> {
        let exists = dir.join("comptoir.db").exists();
        let target = if exists {
            let database = Database::open(dir).await.map_err(failed)?;
            let target = self.target(&Sites::new(database.clone())).await;
            database.close().await;
            target?
        } else {
            Target { site: self.new_site(self.site.as_deref().unwrap_or("new"))?, is_new: true }
        };
        let aside = std::env::temp_dir().join(format!("comptoir-dry-run-{}", Uuid::now_v7()));
        std::fs::create_dir(&aside).map_err(Failure::new)?;
        let catalog = Catalog::open(if exists { dir } else { &aside }).await.map_err(failed)?;
        let settings = self.settings(&target.site)?;
        let tried = dry_run(&catalog, target.site.id, &self.file, &aside, &settings).await;
        catalog.close().await;
        let _ = std::fs::remove_dir_all(&aside);
        let report = tried.map_err(Failure::new)?.map_err(wrongly)?;
        if self.json {
            terminal.say(json!({"site": target.site.name, "dry_run": true, "report": report}));
        } else {
            terminal.say("Nothing was changed. This would happen:");
            figures(&report, terminal);
        }
        Ok(())
    }

    fn tell(&self, run: &ImportRun, target: &Target, terminal: &mut Terminal) -> Result<(), Failure> {
        if self.json {
            terminal.say(json!({"site": target.site.name, "import": run}));
        } else if let Some(report) = &run.report {
            figures(report, terminal);
        }
        match &run.state {
            ImportState::Done {} => {
                if !self.json {
                    let made = if target.is_new { ", which was made" } else { "" };
                    terminal.say(format_args!("The catalog is served by the site `{}`{made}.", target.site.name));
                }
                Ok(())
            }
            ImportState::Refused { why } | ImportState::AwaitsConfirmation { why } => Err(wrongly(why)),
            ImportState::Cancelled {} => Err(Failure::new("the import was cancelled; the catalog stays as it is")),
            ImportState::Queued {} | ImportState::Reading {} | ImportState::Indexing {} => {
                Err(Failure::new("the import has not ended"))
            }
        }
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

/// Copies into the folder, on the disk when it returns.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let copied = std::fs::copy(from, to).and_then(|_| File::open(to)?.sync_all());
    copied.map_err(|error| {
        let _ = std::fs::remove_file(to);
        Failure::new(format!("`{}` cannot be copied into the data folder: {error}", from.display()))
    })
}

/// Waits for the run's end and shows how far it is, where somebody looks.
async fn watch(catalog: &Catalog, site: SiteId, id: ImportId, terminal: &mut Terminal) -> Result<ImportRun, Failure> {
    let mut shown = false;
    loop {
        let run = catalog.run(site, id).await.map_err(Failure::new)?;
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

fn figures(report: &ImportReport, terminal: &mut Terminal) {
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
