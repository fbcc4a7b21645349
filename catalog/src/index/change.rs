//! Single products put into, or taken out of, an index that is being searched.

use std::path::Path;

use tantivy::index::SegmentId;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, IndexReader, IndexWriter, ReloadPolicy, Searcher, TERMINATED, TantivyError, Term};

use super::IndexFault;
use super::document::Documents;
use super::files::{self, Payload};
use super::merge::Tiers;
use super::schema::{Fields, columns, schema};
use crate::model::{Product, ProductId};
use crate::words::{Analysis, Lang};

/// Memory for words that are not written yet; more is written early, still invisible.
const CHANGE_BYTES: usize = 32 * 1024 * 1024;

/// Changes a finished index: what was put and removed becomes visible with one
/// commit, or, when this is dropped or the process killed before, not at all.
///
/// Holds the folder's writer lock and memory, so it is opened when there is
/// something to change and closed when it gets quiet. While it lives, small
/// segments are joined in the background.
///
/// ```
/// # use comptoir_catalog::index::{Builder, Changer, Index};
/// # use comptoir_catalog::words::Lang;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let lamp: comptoir_catalog::model::Product = serde_json::from_str(
/// #     r#"{"id": "L1", "title": "Brass lamp", "published": true, "variants": []}"#)?;
/// # Builder::create(folder.path(), 1)?.finish()?;
/// let index = Index::open(folder.path(), Lang::En)?;
/// let mut changer = Changer::open(folder.path(), Lang::En)?;
/// changer.put(&lamp)?;
/// changer.commit(2)?;
/// changer.close()?;
/// assert_eq!((index.generation(), index.products()), (1, 0));
/// index.reopen()?;
/// assert_eq!((index.generation(), index.products()), (2, 1));
/// # Ok(())
/// # }
/// ```
pub struct Changer {
    writer: IndexWriter,
    fields: Fields,
    documents: Documents,
    index: tantivy::Index,
    reader: IndexReader,
    /// The last commit: what a changed product keeps is read from it.
    before: Searcher,
    generation: u64,
}

impl std::fmt::Debug for Changer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Changer").field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl Changer {
    /// Takes the writer's place in a finished index. Its files are not verified
    /// again: open it only where an index was opened.
    ///
    /// # Errors
    /// [`IndexFault::Held`] while another one changes it; as [`Index::open`](super::Index::open).
    pub fn open(folder: &Path, lang: Lang) -> Result<Self, IndexFault> {
        let index = files::open(folder)?;
        let Payload { generation } = files::payload(&index)?;
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(CHANGE_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options).map_err(|error| match error {
            TantivyError::LockFailure(..) => IndexFault::Held,
            error => error.into(),
        })?;
        writer.set_merge_policy(Box::new(Tiers));
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let before = reader.searcher();
        let (_, fields) = schema();
        let documents = Documents::new(fields, Analysis::of(lang));
        Ok(Self { writer, fields, documents, index, reader, before, generation })
    }

    /// The generation of the last commit.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Puts a product in the place of the one with its id, or adds it. One that is
    /// not published is removed.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn put(&mut self, product: &Product) -> Result<(), IndexFault> {
        let id = Term::from_field_text(self.fields.id, product.id.as_str());
        let added = self.added(&id)?.unwrap_or(self.generation + 1);
        self.writer.delete_term(id);
        if product.published {
            self.writer.add_document(self.documents.of(product, added))?;
        }
        Ok(())
    }

    /// Removes a product; one that is not there is no fault.
    pub fn remove(&mut self, id: &ProductId) {
        self.writer.delete_term(Term::from_field_text(self.fields.id, id.as_str()));
    }

    /// Makes everything since the last commit visible and durable at once, for who
    /// calls [`Index::reopen`](super::Index::reopen). The commit itself says `generation`.
    ///
    /// # Errors
    /// When the index cannot be written; then the commit before holds.
    pub fn commit(&mut self, generation: u64) -> Result<(), IndexFault> {
        self.commit_when(|| Some(generation)).map(|_| ())
    }

    /// The same in two steps: all is written down, then `generation` is asked for, which may
    /// wait for others; where it says nothing, all is forgotten and this answers false.
    ///
    /// # Errors
    /// As [`Changer::commit`].
    pub fn commit_when(&mut self, generation: impl FnOnce() -> Option<u64>) -> Result<bool, IndexFault> {
        let mut prepared = self.writer.prepare_commit()?;
        let Some(generation) = generation() else {
            prepared.abort()?;
            return Ok(false);
        };
        prepared.set_payload(&Payload::of(generation).text());
        prepared.commit()?;
        self.generation = generation;
        self.reader.reload()?;
        self.before = self.reader.searcher();
        Ok(true)
    }

    /// Forgets what was put and removed since the last commit.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn roll_back(&mut self) -> Result<(), IndexFault> {
        self.writer.rollback()?;
        Ok(())
    }

    /// Waits for segments that are being joined, and gives the writer's place up.
    ///
    /// # Errors
    /// When joining failed; everything committed holds all the same.
    pub fn close(self) -> Result<(), IndexFault> {
        self.writer.wait_merging_threads()?;
        Ok(())
    }

    /// Segments of the last commit: each costs every search a little.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn segments(&self) -> Result<Vec<SegmentId>, IndexFault> {
        Ok(self.index.searchable_segment_ids()?)
    }

    /// The generation that brought a product.
    fn added(&self, id: &Term) -> Result<Option<u64>, IndexFault> {
        for segment in self.before.segment_readers() {
            let inverted = segment.inverted_index(self.fields.id)?;
            let Some(mut postings) = inverted.read_postings(id, IndexRecordOption::Basic)? else { continue };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    return Ok(segment.fast_fields().u64(columns::ADDED)?.first(doc));
                }
                doc = postings.advance();
            }
        }
        Ok(None)
    }
}
