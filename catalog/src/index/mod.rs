//! The products of one site, searchable: one folder a generation.
//!
//! An index is built whole by a [`Builder`] and never changed afterwards, so every
//! answer comes wholly from one generation. It is a cache: a folder that is
//! missing, damaged or of another version is built again from the products.
//!
//! The ranking, measured on real descriptions: per word the best field counts
//! (BM25 by title, class, attributes, brand, path, description), plus a constant
//! for being found at all; then the classes of the best fifty vote.

mod build;
mod manifest;
mod query;
mod rank;
mod schema;
mod typos;

pub use build::Builder;

use std::path::Path;

use query::{Asked, Reading};
use schema::{Fields, Shown, schema};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query};
use tantivy::schema::document::{TantivyDocument, Value};
use tantivy::{IndexReader, ReloadPolicy, Searcher};

use crate::model::{IdTooLong, ProductId, Sku};
use crate::words::{Analysis, Lang, Weight, Word};

/// A question's text; what is longer is cut between words.
pub const QUERY_BYTES_MAX: usize = 256;
/// Words of a question that are searched, after words of talk and grammar went.
pub const QUERY_WORDS_MAX: usize = 16;
/// Hits of one answer.
pub const HITS_MAX: usize = 100;

/// Why an index cannot be used.
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
}

/// How a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A finished question: any of its words, ranked, typing errors corrected.
    Ranked,
    /// A text being typed: all its words, the last one perhaps only begun. Where
    /// nothing is found so, it is taken as [`Mode::Ranked`].
    TypeAhead,
}

/// What a search found, wholly in one generation of the catalog.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub generation: u64,
    /// Best first.
    pub hits: Vec<Hit>,
    pub corrections: Vec<Correction>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub product: ProductId,
    /// The variant that the text names, by its code or its options.
    pub sku: Option<Sku>,
    /// Comparable within one answer only.
    pub score: f32,
    pub title: String,
}

/// A word that was read as another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub typed: String,
    pub read_as: String,
}

/// An open index. Searching is synchronous and needs no lock.
pub struct Index {
    reader: IndexReader,
    fields: Fields,
    analysis: Analysis,
    generation: u64,
    products: u64,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("generation", &self.generation).field("products", &self.products).finish()
    }
}

impl Index {
    /// Opens a finished index after comparing every file with its manifest.
    /// `lang` is the language that questions are asked in.
    ///
    /// # Errors
    /// When it is missing, unfinished, damaged or of another version.
    pub fn open(folder: &Path, lang: Lang) -> Result<Self, IndexFault> {
        let manifest = manifest::Manifest::verify(folder)?;
        let index = tantivy::Index::open_in_dir(folder)?;
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(IndexFault::OtherVersion);
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let analysis = Analysis::of(lang);
        Ok(Self { reader, fields, analysis, generation: manifest.generation, products: manifest.products })
    }

    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Products that can be found.
    #[must_use]
    pub fn products(&self) -> u64 {
        self.products
    }

    /// The best products for a text, at most `limit` and [`HITS_MAX`] of them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, text: &str, mode: Mode, limit: usize) -> Result<Answer, IndexFault> {
        let text = cut(text);
        let question = Question { text, words: self.analysis.words(text) };
        let limit = limit.min(HITS_MAX);
        let mut answer = Answer { generation: self.generation, hits: Vec::new(), corrections: Vec::new() };
        if question.words.is_empty() || limit == 0 {
            return Ok(answer);
        }
        let searcher = self.reader.searcher();
        let names = query::names(text, &question.words);
        if mode == Mode::TypeAhead {
            let (finished, last) = question.as_typed();
            let query = query::type_ahead(&self.fields, &finished, last);
            answer.hits = self.hits(&searcher, query, &question, &names, limit)?;
        }
        if answer.hits.is_empty() {
            let (asked, corrections) = self.asked(&searcher, text)?;
            let query = query::ranked(&self.fields, &asked);
            answer.hits = self.hits(&searcher, query, &question, &names, limit)?;
            answer.corrections = corrections;
        }
        Ok(answer)
    }

    /// The words that are searched, each with what it may have meant.
    fn asked(&self, searcher: &Searcher, text: &str) -> Result<(Vec<Asked>, Vec<Correction>), IndexFault> {
        let mut asked = Vec::new();
        let mut corrections = Vec::new();
        for word in self.analysis.telling_words(text).into_iter().take(QUERY_WORDS_MAX) {
            let guesses = typos::guesses(searcher, &self.fields, &word)?;
            match guesses.first() {
                None => asked.push(Asked::plainly(&word)),
                Some(best) => {
                    corrections.push(Correction { typed: word.lower, read_as: best.folded.clone() });
                    let reading =
                        |guess: typos::Guess| Reading { stem: self.analysis.stem(&guess.folded), weight: guess.weight };
                    asked.push(Asked { readings: guesses.into_iter().map(reading).collect() });
                }
            }
        }
        Ok((asked, corrections))
    }

    fn hits(
        &self,
        searcher: &Searcher,
        query: Box<dyn Query>,
        question: &Question<'_>,
        names: &[String],
        limit: usize,
    ) -> Result<Vec<Hit>, IndexFault> {
        let query = BooleanQuery::union(vec![query::named(&self.fields, names), query]);
        let best = searcher.search(&query, &TopDocs::with_limit(rank::CONSIDERED).order_by_score())?;
        let ranked = rank::by_class_vote(searcher, best)?;
        let mut hits = Vec::new();
        for (score, address) in ranked.into_iter().take(limit) {
            let document: TantivyDocument = searcher.doc(address)?;
            let bytes = document.get_first(self.fields.shown).and_then(|value| value.as_bytes());
            let shown: Shown = serde_json::from_slice(bytes.unwrap_or_default())
                .map_err(|_| IndexFault::Damaged { what: "a stored product".to_owned() })?;
            hits.push(
                hit(shown, score, question, names).map_err(|_| IndexFault::Damaged { what: "a code".to_owned() })?,
            );
        }
        Ok(hits)
    }
}

fn hit(shown: Shown, score: f32, question: &Question<'_>, names: &[String]) -> Result<Hit, IdTooLong> {
    let sku = rank::matching_variant(&shown.variants, &question.words, names).map(|variant| Sku::new(&variant.sku));
    Ok(Hit { product: ProductId::new(&shown.id)?, sku: sku.transpose()?, score, title: shown.title })
}

/// A text as it was typed, with its words.
struct Question<'t> {
    text: &'t str,
    words: Vec<Word>,
}

impl Question<'_> {
    /// The finished words that say something, and the one still being typed.
    fn as_typed(&self) -> (Vec<Word>, Option<&Word>) {
        let typing = self.text.ends_with(|last: char| last.is_alphanumeric());
        let (last, before) = match self.words.split_last() {
            Some((last, before)) if typing => (Some(last), before),
            _ => (None, self.words.as_slice()),
        };
        let mut finished: Vec<Word> =
            before.iter().filter(|word| word.weight == Weight::Plain).take(QUERY_WORDS_MAX).cloned().collect();
        if finished.is_empty() && last.is_none() {
            finished = before.iter().take(QUERY_WORDS_MAX).cloned().collect();
        }
        (finished, last)
    }
}

/// The start of a text, at most [`QUERY_BYTES_MAX`], cut between words where it can be.
fn cut(text: &str) -> &str {
    let text = text.trim_start();
    if text.len() <= QUERY_BYTES_MAX {
        return text;
    }
    let mut end = QUERY_BYTES_MAX;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end).unwrap_or_default();
    start.rfind(char::is_whitespace).and_then(|space| start.get(..space)).unwrap_or(start)
}
