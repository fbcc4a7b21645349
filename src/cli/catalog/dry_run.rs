//! `comptoir catalog import --dry-run`: what a file holds and what importing it would do.

use std::path::Path;

use comptoir_catalog::feed::Mapping;
use serde_json::json;
use uuid::Uuid;

use super::import::{Import, Target, figures};
use super::{failed, wrongly};
use crate::cli::{Failure, Terminal};
use crate::jobs::catalog::preview::{Uploaded, look};
use crate::jobs::catalog::settings::to_mapping;
use crate::jobs::catalog::{Catalog, dry_run};
use crate::protocol::catalog::ImportReport;
use crate::protocol::feed::{Confidence, FeedPreview, PreviewColumn, PreviewMissing};
use crate::protocol::{PreviewId, Timestamp};
use crate::store::catalog::{CatalogKey, LangTag};
use crate::store::{Database, Sites};

impl Import {
    /// Compares with what is there, if anything is, and writes nothing into the folder.
    pub(super) async fn try_out(&self, dir: &Path, terminal: &mut Terminal) -> Result<(), Failure> {
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
        let tried = self.tried(&catalog, &target, &aside).await;
        catalog.close().await;
        let _ = std::fs::remove_dir_all(&aside);
        let (preview, report) = tried?;
        self.tell_trial(&target, &preview, report.as_ref(), terminal)
    }

    async fn tried(
        &self,
        catalog: &Catalog,
        target: &Target,
        aside: &Path,
    ) -> Result<(FeedPreview, Option<ImportReport>), Failure> {
        let settings = self.settings(catalog, &target.site).await?;
        let of = CatalogKey { site: target.site.id, lang: LangTag::of(&settings.lang) };
        let path = match self.files.as_slice() {
            [file] => file.clone(),
            _ => {
                let joined = aside.join("joined");
                self.copy_to(&joined)?;
                joined
            }
        };
        let bytes = std::fs::metadata(&path).map_err(Failure::new)?.len();
        let uploaded = Uploaded { id: PreviewId(Uuid::nil()), of, file: self.file_name(), bytes };
        let now = Timestamp::from(chrono::Utc::now());
        let preview = look(&path, &uploaded, settings.feed.clone(), now);
        if preview.fault.is_some() || !preview.missing.is_empty() {
            return Ok((preview, None));
        }
        // What was guessed is not used unseen: only what an import would use.
        let tried = dry_run(catalog, target.site.id, &path, aside, &settings).await;
        match tried.map_err(Failure::new)? {
            Ok(report) => Ok((preview, Some(report))),
            Err(fault) => {
                let fault = Some(crate::jobs::catalog::reason(&fault));
                Ok((FeedPreview { fault, ..preview }, None))
            }
        }
    }

    fn tell_trial(
        &self,
        target: &Target,
        preview: &FeedPreview,
        report: Option<&ImportReport>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        if self.json {
            let mapping = preview.settings.mapping.as_ref().map(to_mapping).unwrap_or_else(|| Mapping {
                header: preview.columns.iter().map(|column| column.name.clone()).collect(),
                ..Mapping::default()
            });
            terminal.say(json!({
                "site": target.site.name, "dry_run": true, "preview": preview, "mapping": mapping, "report": report,
            }));
        } else {
            preview.columns.iter().for_each(|column| terminal.say(described(column)));
            if let Some(report) = report {
                terminal.say("Nothing was changed. This would happen:");
                figures(report, terminal);
            }
        }
        let mut why: Vec<String> = preview.fault.iter().map(|fault| fault.message.clone()).collect();
        why.extend(preview.missing.iter().map(|missing| remedy(*missing).to_owned()));
        if why.is_empty() { Ok(()) } else { Err(wrongly(why.join("\n"))) }
    }
}

/// A column in one line: what it gives, how sure that is, and how its values look.
fn described(column: &PreviewColumn) -> String {
    let field = serde_json::to_value(&column.field).unwrap_or_default();
    let field = field.get("type").and_then(|name| name.as_str()).unwrap_or_default().replace('_', " ");
    let sure = match column.confidence {
        Confidence::Certain => "",
        Confidence::Likely => " (likely)",
        Confidence::Guess => " (a guess)",
        Confidence::None => " (not recognised)",
    };
    let samples: Vec<String> = column.samples.iter().map(|sample| format!("`{sample}`")).collect();
    format!("  {}: {field}{sure}  {}", column.name, samples.join(" "))
}

/// What to do about something that must be said first.
fn remedy(missing: PreviewMissing) -> &'static str {
    match missing {
        PreviewMissing::Id => "no column gives an id or SKU; say which in a mapping (--mapping FILE)",
        PreviewMissing::Title => "no column gives a title; say which in a mapping (--mapping FILE)",
        PreviewMissing::Price => "no column gives a price; say which in a mapping (--mapping FILE)",
        PreviewMissing::TaxRate => "prices are without tax; give the rate with --tax-rate, like --tax-rate 20",
        PreviewMissing::TaxKind => {
            "a price's column does not say whether it is with tax; map it to `price` or `price_without_tax`"
        }
        PreviewMissing::Decimals => {
            "prices like 489,000 do not tell their decimals; write \"decimals\": \"dot\" or \"comma\" in a mapping"
        }
        PreviewMissing::Products => "these are combinations alone; import them together with the export of products",
    }
}
