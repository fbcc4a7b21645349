//! The products of one catalog, searchable: one folder, changed commit by commit.
//!
//! An index is built whole by a [`Builder`]; a [`Changer`] puts and removes single
//! products. Each commit is a generation, and every answer comes wholly from one.
//! It is a cache: a folder that is missing, damaged or of another version is built
//! again from the products.
//!
//! The ranking, measured on real descriptions: per word the best field counts
//! (BM25 by title, class, attributes, brand, path, description), plus a constant
//! for being found at all; then the classes of the best fifty vote.
//!
//! | part | what it does |
//! |-|-|
//! | [`Question`], [`Filters`], [`Answer`] | what is asked and answered |
//! | `document`, `facets`, `offers`, `shown` | a product as words, choices, prices, and what is shown |
//! | `ask`, `query`, `typos`, `dictionary` | a text to a query; errors corrected |
//! | `filter`, `gather`, `first`, `score`, `sums`, `lists`, `counts`, `rank` | what passes, what is first, how it spreads |
//! | `view`, `values` | what suggestions ask; which values there are |
//! | `named` | what a text names outright; the values of one attribute |
//! | `files` | whether a folder can be trusted |

mod ask;
mod build;
mod change;
mod columns;
mod counts;
mod dictionary;
mod document;
mod facets;
mod files;
mod filter;
mod first;
mod gather;
mod lists;
mod merge;
mod named;
mod offers;
mod query;
mod question;
mod rank;
mod schema;
mod score;
mod shown;
mod sums;
mod typos;
mod values;
mod view;

pub use build::Builder;
pub use change::Changer;
pub use counts::{COUNTED_ATTRIBUTES_MAX, COUNTED_VALUES_MAX};
pub use question::{
    Answer, AttributeCounts, CategoryCount, Correction, Counts, Dropped, FILTER_VALUES_MAX, Filter, Filters, HITS_MAX,
    Hit, Mode, PriceCounts, PriceRange, QUERY_BYTES_MAX, QUERY_WORDS_MAX, Question, Relaxed, Sort, ValueCount, Why,
};

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Instant;

use ask::Asking;
use columns::Columns;
use dictionary::Dictionaries;
use lists::Lists;
use schema::{Fields, schema};
use tantivy::{IndexReader, ReloadPolicy, Searcher};
use typos::Guesses;

use crate::model::Currency;
use crate::suggest::Vocabulary;
use crate::words::{Analysis, Lang};

pub(crate) use view::{Sought, SoughtWord, View};

/// Products that are looked at while a text is being typed: a single letter begins
/// a word of nearly every one, and the first ones found will do.
pub const TYPED_PRODUCTS_MAX: u64 = 4_000;
/// Readings of a folder that changes meanwhile.
const READINGS_MAX: usize = 10;

/// Why an index cannot be used, or a question not be answered.
#[derive(Debug, thiserror::Error)]
pub enum IndexFault {
    #[error("there is no finished index; build it from the products")]
    Missing,
    #[error("the index was built by another version; build it again from the products")]
    OtherVersion,
    #[error("file `{what}` of the index is missing or changed; build it again from the products")]
    Damaged { what: String },
    #[error("cannot read or write the index: {0}; check the disk and build it again from the products")]
    Io(#[from] std::io::Error),
    #[error("the index failed: {0}; build it again from the products")]
    Tantivy(#[from] tantivy::TantivyError),
    #[error("the index is being changed by another process or thread; wait until it is done")]
    Held,
    /// The question's deadline passed. Nothing is wrong with the index.
    #[error("the search took too long; try again, or with fewer words")]
    TooSlow,
}

/// An open index. Searching is synchronous, needs no lock, and goes on in its
/// generation while the folder changes.
pub struct Index {
    folder: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    analysis: Analysis,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// One commit, as it is searched.
struct Snapshot {
    searcher: Searcher,
    /// Of each segment.
    columns: Vec<Columns>,
    lists: Lists,
    guesses: Guesses,
    dictionaries: Dictionaries,
    generation: u64,
    /// Read from the index when it is first needed.
    vocabulary: OnceLock<Arc<Vocabulary>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.folder).field("generation", &self.generation()).finish()
    }
}

impl Index {
    /// Opens a finished index after comparing every file with its checksum.
    /// `lang` is the language that questions are asked in.
    ///
    /// # Errors
    /// When it is missing, unfinished, damaged or of another version.
    pub fn open(folder: &Path, lang: Lang) -> Result<Self, IndexFault> {
        // A commit that comes between takes files away that the one before named.
        for _ in 0..READINGS_MAX {
            let before = files::stamp(folder);
            match Self::open_once(folder, lang) {
                Err(_) if files::stamp(folder) != before => {}
                opened => return opened,
            }
        }
        Self::open_once(folder, lang)
    }

    fn open_once(folder: &Path, lang: Lang) -> Result<Self, IndexFault> {
        let index = files::open(folder)?;
        // Before anything is read: a changed byte may mislead whoever reads it.
        files::payload(&index)?;
        files::verify(&index, folder)?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Snapshot::of(&index, &reader, None)?;
        if !files::agree(&index, snapshot.searcher.segment_readers())? {
            return Err(IndexFault::Damaged { what: files::META.to_owned() });
        }
        let (_, fields) = schema();
        Ok(Self {
            folder: folder.to_owned(),
            index,
            reader,
            fields,
            analysis: Analysis::of(lang),
            snapshot: RwLock::new(Arc::new(snapshot)),
        })
    }

    /// Sees what was committed since. Searches under way stay in their generation.
    ///
    /// # Errors
    /// When the index cannot be read; then it goes on as it was.
    pub fn reopen(&self) -> Result<(), IndexFault> {
        let snapshot = Arc::new(Snapshot::of(&self.index, &self.reader, Some(&self.snapshot()))?);
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[must_use]
    pub fn generation(&self) -> u64 {
        self.snapshot().generation
    }

    /// Products that can be found.
    #[must_use]
    pub fn products(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    /// The values of its products that messages are read by, as suggestions read them:
    /// once a generation, in the currency that is given first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn vocabulary(&self, currency: Currency) -> Result<Arc<Vocabulary>, IndexFault> {
        let view = self.view();
        view.known_vocabulary().map_or_else(|| view.read_vocabulary(currency), Ok)
    }

    /// The best products for a text, at most `limit` and [`HITS_MAX`] of them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, text: &str, mode: Mode, limit: usize) -> Result<Answer, IndexFault> {
        self.ask(&Question { mode, limit, ..Question::about(text) })
    }

    /// Answers a question, wholly from one generation.
    ///
    /// # Errors
    /// [`IndexFault::TooSlow`] at the question's deadline; when the index cannot be read.
    pub fn ask(&self, question: &Question<'_>) -> Result<Answer, IndexFault> {
        let snapshot = self.snapshot();
        let asking = Asking { snapshot: &snapshot, fields: &self.fields, analysis: &self.analysis, question };
        asking.answer()
    }
}

impl Snapshot {
    /// The last commit: read again where another one came between.
    fn of(index: &tantivy::Index, reader: &IndexReader, known: Option<&Self>) -> Result<Self, IndexFault> {
        let mut before = files::payload(index)?;
        for _ in 0..READINGS_MAX {
            reader.reload()?;
            let searcher = reader.searcher();
            let after = files::payload(index)?;
            if before == after {
                let columns = searcher.segment_readers().iter().map(Columns::of).collect::<Result<_, IndexFault>>()?;
                let known = known.map(|known| &known.dictionaries);
                let dictionaries = Dictionaries::of(&searcher, schema().1.words, known);
                return Ok(Self {
                    searcher,
                    columns,
                    dictionaries,
                    lists: Lists::default(),
                    guesses: Guesses::default(),
                    generation: after.generation,
                    vocabulary: OnceLock::new(),
                });
            }
            before = after;
        }
        Err(IndexFault::TooSlow)
    }
}

/// # Errors
/// [`IndexFault::TooSlow`] at the deadline.
fn in_time(deadline: Option<Instant>) -> Result<(), IndexFault> {
    match deadline {
        Some(deadline) if Instant::now() >= deadline => Err(IndexFault::TooSlow),
        _ => Ok(()),
    }
}
