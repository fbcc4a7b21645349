//! Files that somebody looks at before they are imported: uploaded once, read again under
//! other settings, imported as they lie.
//!
//! They lie in `tmp/previews/{id}`, few, not for long, and not across a start.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use comptoir_catalog::feed::bounds::PREVIEW_ROWS_MAX;
use comptoir_catalog::feed::{self, FeedFault, Missing, Preview};
use tokio::sync::Semaphore;

use super::{Catalog, CatalogError, cards, reading, settings, sources};
use crate::protocol::catalog::{ImportFrom, ImportRun};
use crate::protocol::feed::{Confidence, DistinctValue, FeedPreview, FeedSettings, PreviewColumn, PreviewMissing};
use crate::protocol::{ImportId, PreviewId, SiteId, Timestamp};
use crate::store::catalog::{CatalogKey, NewRun, RunSettings};

/// Previews of all sites, of one, their bytes together, and how long one is kept.
const PREVIEWS_MAX: usize = 16;
const PREVIEWS_OF_SITE_MAX: usize = 3;
const PREVIEWS_BYTES_MAX: u64 = 1 << 30;
const PREVIEW_AGE_MAX: Duration = Duration::from_secs(60 * 60);
/// Files read for a preview at once.
const READ_AT_ONCE: usize = 1;

/// A file that was uploaded to be looked at.
#[derive(Debug, Clone)]
pub struct Uploaded {
    pub id: PreviewId,
    /// The catalog that it would be imported into.
    pub of: CatalogKey,
    /// The name that the merchant's file has.
    pub file: String,
    pub bytes: u64,
}

/// What lies in `tmp/previews`.
#[derive(Debug)]
pub(super) struct Previews {
    kept: Mutex<Vec<(Instant, Uploaded)>>,
    turns: Semaphore,
}

impl Default for Previews {
    fn default() -> Self {
        Self { kept: Mutex::default(), turns: Semaphore::new(READ_AT_ONCE) }
    }
}

impl Previews {
    /// Adds one and answers those that had to go for it, the oldest first.
    fn add(&self, uploaded: Uploaded, now: Instant) -> Vec<PreviewId> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push((now, uploaded));
        make_room(&mut kept, now)
    }

    fn get(&self, site: SiteId, id: PreviewId) -> Option<Uploaded> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(_, uploaded)| uploaded.id == id && uploaded.of.site == site);
        found.map(|(_, uploaded)| uploaded.clone())
    }

    /// Puts one that grew in the place of what it was, and answers those that had to go for
    /// it; nothing where it was let go itself.
    fn put(&self, changed: Uploaded, now: Instant) -> Option<Vec<PreviewId>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(_, uploaded)| uploaded.id == changed.id)?;
        // What somebody works on is the last to go, but it gets no older for it.
        let (at, _) = kept.remove(place);
        kept.push((at, changed));
        Some(make_room(&mut kept, now))
    }

    fn remove(&self, id: PreviewId) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(_, uploaded)| uploaded.id != id);
    }
}

/// Takes out what is one too many, until nothing is.
fn make_room(kept: &mut Vec<(Instant, Uploaded)>, now: Instant) -> Vec<PreviewId> {
    let mut gone = Vec::new();
    while let Some(place) = excess(kept, now) {
        let (_, uploaded) = kept.remove(place);
        gone.push(uploaded.id);
    }
    gone
}

/// The first that is one too many: too old, its site's fourth, or beyond what all may take.
fn excess(kept: &[(Instant, Uploaded)], now: Instant) -> Option<usize> {
    let old = kept.iter().position(|(at, _)| now.duration_since(*at) > PREVIEW_AGE_MAX);
    let newest = kept.last()?.1.of.site;
    let of_site = kept.iter().filter(|(_, uploaded)| uploaded.of.site == newest).count();
    let of_site = (of_site > PREVIEWS_OF_SITE_MAX)
        .then(|| kept.iter().position(|(_, uploaded)| uploaded.of.site == newest))
        .flatten();
    let bytes: u64 = kept.iter().map(|(_, uploaded)| uploaded.bytes).sum();
    // The newest itself is never the one to go.
    let many = (kept.len() > PREVIEWS_MAX || bytes > PREVIEWS_BYTES_MAX) && kept.len() > 1;
    old.or(of_site).or(many.then_some(0))
}

impl Catalog {
    /// Where a file is written before [`Catalog::keep_preview`].
    ///
    /// # Errors
    /// [`CatalogError::File`] when the folder cannot be made.
    pub async fn place_for_preview(&self, id: PreviewId) -> Result<PathBuf, CatalogError> {
        let folder = self.previews_folder();
        let made = tokio::fs::create_dir_all(&folder).await;
        made.map_err(|error| CatalogError::File { path: folder.clone(), error })?;
        Ok(folder.join(id.to_string()))
    }

    /// Keeps the file at [`Catalog::place_for_preview`] for an hour, instead of older ones.
    pub async fn keep_preview(&self, uploaded: Uploaded) {
        let id = uploaded.id;
        for gone in self.0.previews.add(uploaded, Instant::now()) {
            self.remove_preview_file(gone).await;
        }
        let catalog = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PREVIEW_AGE_MAX).await;
            catalog.forget_preview(id).await;
        });
    }

    /// Puts a further file to a preview: PrestaShop's products to its combinations. The
    /// file at `further` is taken away, also when this fails.
    ///
    /// # Errors
    /// [`CatalogError::NoSuchPreview`]; [`CatalogError::TooManyFiles`];
    /// [`CatalogError::FeedTooLarge`]; [`CatalogError::File`].
    pub async fn add_to_preview(
        &self,
        site: SiteId,
        id: PreviewId,
        further: PathBuf,
        file: &str,
        bytes: u64,
    ) -> Result<(), CatalogError> {
        let joined = self.join(site, id, &further, (file, bytes)).await;
        let _ = tokio::fs::remove_file(&further).await;
        joined
    }

    async fn join(
        &self,
        site: SiteId,
        id: PreviewId,
        further: &Path,
        (file, bytes): (&str, u64),
    ) -> Result<(), CatalogError> {
        let _turn = self.0.previews.turns.acquire().await.map_err(|_| CatalogError::Busy)?;
        // After those before it: what they put to it stands in it.
        let mut uploaded = self.0.previews.get(site, id).ok_or(CatalogError::NoSuchPreview)?;
        if uploaded.bytes.saturating_add(bytes) > PREVIEWS_BYTES_MAX {
            return Err(CatalogError::FeedTooLarge);
        }
        let path = self.previews_folder().join(id.to_string());
        let (first, second) = (path.clone(), further.to_owned());
        let joined = tokio::task::spawn_blocking(move || sources::append(&first, &second)).await;
        joined.map_err(|_| CatalogError::Busy)?.map_err(|refused| match refused {
            sources::Refused::TooManyFiles => CatalogError::TooManyFiles,
            sources::Refused::Disk(error) => CatalogError::File { path, error },
        })?;
        uploaded.bytes += bytes;
        uploaded.file = format!("{} + {file}", uploaded.file);
        let gone = self.0.previews.put(uploaded, Instant::now()).ok_or(CatalogError::NoSuchPreview)?;
        let is_gone = gone.contains(&id);
        for gone in gone {
            self.remove_preview_file(gone).await;
        }
        if is_gone { Err(CatalogError::NoSuchPreview) } else { Ok(()) }
    }

    /// An uploaded file as it would be read under these settings.
    ///
    /// # Errors
    /// [`CatalogError::NoSuchPreview`], also when it was let go; [`CatalogError::Busy`].
    pub async fn preview(
        &self,
        site: SiteId,
        id: PreviewId,
        settings: FeedSettings,
        now: Timestamp,
    ) -> Result<FeedPreview, CatalogError> {
        let uploaded = self.0.previews.get(site, id).ok_or(CatalogError::NoSuchPreview)?;
        let path = self.previews_folder().join(id.to_string());
        let _turn = self.0.previews.turns.acquire().await.map_err(|_| CatalogError::Busy)?;
        let seen = tokio::task::spawn_blocking(move || look(&path, &uploaded, settings, now)).await;
        seen.map_err(|_| CatalogError::Busy)
    }

    /// Queues an uploaded file for import under these settings, and lets the preview go.
    ///
    /// # Errors
    /// [`CatalogError::NoSuchPreview`]; as [`Catalog::queue`], and then the preview stays.
    pub async fn import_preview(
        &self,
        site: SiteId,
        preview: PreviewId,
        id: ImportId,
        feed: FeedSettings,
        at: Timestamp,
    ) -> Result<ImportRun, CatalogError> {
        let Uploaded { of, file, bytes, .. } = self.0.previews.get(site, preview).ok_or(CatalogError::NoSuchPreview)?;
        let (from, to) = (self.previews_folder().join(preview.to_string()), self.place_for(id).await?);
        let linked = tokio::fs::hard_link(&from, &to).await;
        linked.map_err(|error| CatalogError::File { path: to, error })?;
        let settings =
            RunSettings { lang: of.lang.to_string(), feed, attended: true, accept_removals: false, fetched: None };
        let run = self.queue(NewRun { id, site, from: ImportFrom::File, file, bytes, at, settings }).await?;
        self.forget_preview(preview).await;
        Ok(run)
    }

    /// The catalog that an uploaded file would be imported into.
    ///
    /// # Errors
    /// [`CatalogError::NoSuchPreview`].
    pub fn previewed(&self, site: SiteId, id: PreviewId) -> Result<CatalogKey, CatalogError> {
        self.0.previews.get(site, id).map(|uploaded| uploaded.of).ok_or(CatalogError::NoSuchPreview)
    }

    /// Lets a preview go, where it is still kept.
    pub async fn forget_preview(&self, id: PreviewId) {
        self.0.previews.remove(id);
        self.remove_preview_file(id).await;
    }

    /// After a start nobody looks at what lies there.
    pub(super) async fn clear_previews(&self) {
        let _ = tokio::fs::remove_dir_all(self.previews_folder()).await;
    }

    fn previews_folder(&self) -> PathBuf {
        self.0.dir.join("tmp").join("previews")
    }

    async fn remove_preview_file(&self, id: PreviewId) {
        let path = self.previews_folder().join(id.to_string());
        if let Err(error) = tokio::fs::remove_file(&path).await
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(preview.id = %id, %error, "a file that was looked at was not removed");
        }
    }
}

/// Reads a file as an import under these settings would read its first rows.
#[must_use]
pub fn look(path: &Path, uploaded: &Uploaded, given: FeedSettings, now: Timestamp) -> FeedPreview {
    let lang = uploaded.of.lang.to_string();
    let read = |settings: &feed::Settings| -> Result<Preview, FeedFault> {
        feed::preview_all(sources::open(path)?, settings, PREVIEW_ROWS_MAX)
    };
    let under = settings::for_reading(&given, &lang);
    let (seen, fault) = match read(&under) {
        Ok(seen) => (Some(seen), None),
        // The columns are wanted all the same, to put the mapping right.
        Err(fault @ FeedFault::Mapping(_)) => (read(&under.with_mapping(None)).ok(), Some(fault)),
        Err(fault) => (None, Some(fault)),
    };
    let missing = match fault {
        Some(FeedFault::CombinationsAlone) => vec![PreviewMissing::Products],
        _ => Vec::new(),
    };
    let fault = fault.map(|fault| reading::reason(&fault));
    let mut told = FeedPreview {
        id: uploaded.id,
        file: uploaded.file.clone(),
        bytes: uploaded.bytes,
        lang,
        settings: given,
        fault,
        dialect: String::new(),
        encoding: String::new(),
        separator: String::new(),
        columns: Vec::new(),
        missing,
        added_columns: Vec::new(),
        removed_columns: Vec::new(),
        rows: 0,
        products: 0,
        rejected: 0,
        warnings: 0,
        faults: Vec::new(),
        examples: Vec::new(),
    };
    if let Some(seen) = seen {
        tell(&mut told, seen, now);
    }
    told
}

fn tell(told: &mut FeedPreview, seen: Preview, now: Timestamp) {
    if told.fault.is_none() {
        told.settings = settings::with_mapping(told.settings.clone(), seen.mapping);
    }
    seen.dialect.name().clone_into(&mut told.dialect);
    seen.encoding.name().clone_into(&mut told.encoding);
    seen.separator.clone_into(&mut told.separator);
    told.columns = seen.columns.into_iter().map(column).collect();
    told.missing = seen.missing.into_iter().map(missing).collect();
    told.added_columns = seen.added;
    told.removed_columns = seen.gone;
    told.rows = seen.rows;
    told.products = seen.products;
    told.rejected = seen.rejected;
    told.warnings = seen.warnings;
    told.faults = seen.faults.iter().map(reading::fault).collect();
    told.examples = seen.examples.iter().filter_map(|product| cards::card(product, None, now)).collect();
}

fn column(column: feed::PreviewColumn) -> PreviewColumn {
    PreviewColumn {
        name: column.name,
        field: settings::of_field(column.field),
        confidence: match column.confidence {
            feed::Confidence::Certain => Confidence::Certain,
            feed::Confidence::Likely => Confidence::Likely,
            feed::Confidence::Guess => Confidence::Guess,
            feed::Confidence::None => Confidence::None,
        },
        samples: column.samples,
        distinct: column.distinct.into_iter().map(|(value, rows)| DistinctValue { value, rows }).collect(),
    }
}

fn missing(missing: Missing) -> PreviewMissing {
    match missing {
        Missing::Id => PreviewMissing::Id,
        Missing::Title => PreviewMissing::Title,
        Missing::Price => PreviewMissing::Price,
        Missing::TaxRate => PreviewMissing::TaxRate,
        Missing::TaxKind => PreviewMissing::TaxKind,
        Missing::Decimals => PreviewMissing::Decimals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::catalog::LangTag;

    fn uploaded(site: u128, bytes: u64) -> Uploaded {
        let of = CatalogKey { site: SiteId(uuid::Uuid::from_u128(site)), lang: LangTag::of("fr") };
        Uploaded { id: PreviewId(uuid::Uuid::now_v7()), of, file: "a.csv".into(), bytes }
    }

    #[test]
    fn uploads_to_look_at_are_few_small_and_not_old() {
        let previews = Previews::default();
        let now = Instant::now();
        let first = uploaded(1, 1);
        assert_eq!(previews.add(first.clone(), now), []);
        for _ in 1..PREVIEWS_OF_SITE_MAX {
            assert_eq!(previews.add(uploaded(1, 1), now), []);
        }
        assert_eq!(previews.add(uploaded(1, 1), now), [first.id]);
        for site in 2..=(PREVIEWS_MAX - PREVIEWS_OF_SITE_MAX + 1) {
            assert_eq!(previews.add(uploaded(site as u128, 1), now), []);
        }
        assert_eq!(previews.add(uploaded(99, 1), now).len(), 1);
        assert_eq!(previews.add(uploaded(98, PREVIEWS_BYTES_MAX), now).len(), PREVIEWS_MAX);
        let later = now + PREVIEW_AGE_MAX + Duration::from_secs(1);
        assert_eq!(previews.add(uploaded(97, 1), later).len(), 1);
    }

    #[test]
    fn a_preview_that_grows_makes_room_for_itself() {
        let previews = Previews::default();
        let now = Instant::now();
        let (mine, other) = (uploaded(1, 1), uploaded(2, PREVIEWS_BYTES_MAX - 2));
        previews.add(mine.clone(), now);
        previews.add(other.clone(), now);
        let grown = |bytes| previews.put(Uploaded { bytes, ..mine.clone() }, now);
        assert_eq!(grown(2), Some(vec![]));
        assert_eq!(grown(3), Some(vec![other.id]), "one byte more than all may take");
        assert_eq!(previews.get(mine.of.site, mine.id).map(|kept| kept.bytes), Some(3));
        previews.remove(mine.id);
        assert_eq!(grown(4), None, "it was let go meanwhile");
    }

    #[test]
    fn a_preview_belongs_to_its_site() {
        let previews = Previews::default();
        let mine = uploaded(1, 1);
        previews.add(mine.clone(), Instant::now());
        assert!(previews.get(mine.of.site, mine.id).is_some());
        assert!(previews.get(SiteId(uuid::Uuid::from_u128(2)), mine.id).is_none());
    }
}
