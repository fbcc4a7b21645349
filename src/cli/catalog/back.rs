//! `comptoir catalog empty` and `comptoir catalog restore`: products taken back, and brought back.

use clap::Args;
use uuid::Uuid;

use super::at_work::AtWork;
use super::import::ended;
use super::{Where, failed, wrongly};
use crate::cli::{Failure, Terminal};
use crate::protocol::{ImportId, Timestamp};
use crate::store::catalog::CatalogKey;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  comptoir catalog empty --data /var/lib/comptoir --site boutique --lang fr --yes\n\n\
    Searches find nothing then. The feed's settings, mapping and address are forgotten; the products\n\
    come back with `comptoir catalog restore`. Exit 2: refused; the catalog stays as it was."
)]
pub(super) struct Empty {
    #[command(flatten)]
    at: Where,
    /// Do it; without, it is only said what would be gone
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  comptoir catalog restore --data /var/lib/comptoir --site boutique\n\n\
    Restoring twice comes back to where it began. Exit 2: refused; the catalog stays as it was.")]
pub(super) struct Restore {
    #[command(flatten)]
    at: Where,
}

#[derive(Clone, Copy)]
enum Back {
    Empty { sure: bool },
    Restore,
}

impl Empty {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        take_back(&self.at, Back::Empty { sure: self.yes }, terminal).await
    }
}

impl Restore {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        take_back(&self.at, Back::Restore, terminal).await
    }
}

async fn take_back(at: &Where, what: Back, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut work = AtWork::open(&at.folder()?).await?;
    let done = carry_out(&mut work, at, what, terminal).await;
    work.close().await;
    done
}

async fn carry_out(work: &mut AtWork, at: &Where, what: Back, terminal: &mut Terminal) -> Result<(), Failure> {
    let site = at.site(&work.sites).await?;
    let of = at.catalog_of(&site);
    if let Back::Empty { sure: false } = what {
        let feeds = work.catalog.feeds(&site).await.map_err(failed)?;
        let products = feeds.iter().find(|feed| feed.lang == of.lang.as_str()).map_or(0, |feed| feed.products);
        let name = &site.name;
        let would = format!("{products} products of `{name}` in `{}` would be gone; add --yes to empty it", of.lang);
        return Err(wrongly(would));
    }
    let id = queue(work, of, what).await?;
    work.begin(terminal).await?;
    let run = work.watch(of.site, id, terminal).await?;
    ended(&run.state)?;
    if let Some(report) = &run.report {
        terminal.say(format_args!(
            "added {}, changed {}, removed {}: {} products are served by the site `{}` in `{}`.",
            report.added, report.changed, report.removed, report.products, site.name, of.lang
        ));
    }
    Ok(())
}

async fn queue(work: &AtWork, of: CatalogKey, what: Back) -> Result<ImportId, Failure> {
    let (id, now) = (ImportId(Uuid::now_v7()), Timestamp::from(chrono::Utc::now()));
    let queued = match what {
        Back::Empty { .. } => work.catalog.empty(of, id, now).await,
        Back::Restore => work.catalog.restore(of, id, now).await,
    };
    queued.map_err(wrongly)?;
    Ok(id)
}
