//! Products to an index folder, all at once.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::indexer::IndexWriterOptions;
use tantivy::store::Compressor;
use tantivy::{IndexSettings, IndexWriter};

use super::IndexFault;
use super::document::Documents;
use super::files::{self, Payload};
use super::merge::Tiers;
use super::schema::{Fields, schema, tokenizers};
use crate::model::Product;
use crate::words::{Analysis, Lang};

/// Memory for words that are not written yet, of all threads. The more, the fewer
/// segments, and those of a build are not joined.
const WRITER_BYTES: usize = 240 * 1024 * 1024;
/// What is stored stands in blocks of so many bytes; each hit copies one. Packed, they
/// would be smaller by half, and unpacking them a tenth of a search.
const STORED_BYTES: usize = 4 * 1024;
/// Threads that write; products are read and made into words on others.
const THREADS_MAX: usize = 2;

/// Builds the index of one generation, in a folder of its own.
pub struct Builder {
    folder: PathBuf,
    generation: u64,
    writer: IndexWriter,
    fields: Fields,
    documents: Documents,
    products: u64,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder").field("folder", &self.folder).field("products", &self.products).finish()
    }
}

impl Builder {
    /// Starts an index in `folder`, which is made, or emptied of an unfinished one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(folder: &Path, generation: u64) -> Result<Self, IndexFault> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        let settings = IndexSettings {
            docstore_blocksize: STORED_BYTES,
            docstore_compression: Compressor::None,
            ..IndexSettings::default()
        };
        let directory = tantivy::directory::MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let mut index = tantivy::Index::create(directory, schema, settings)?;
        index.set_tokenizers(tokenizers());
        let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(THREADS_MAX));
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(WRITER_BYTES / threads)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options)?;
        writer.set_merge_policy(Box::new(Tiers));
        let documents = Documents::new(fields, Analysis::of(Lang::default()));
        Ok(Self { folder: folder.to_owned(), generation, writer, fields, documents, products: 0 })
    }

    /// Adds a product as brought by this generation; one that is not published is passed over.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn add(&mut self, product: &Product, lang: Lang) -> Result<(), IndexFault> {
        self.add_since(product, lang, self.generation)
    }

    /// The same for a product that an earlier generation brought: what
    /// [`Sort::Newest`](super::Sort::Newest) orders by.
    ///
    /// # Errors
    /// As [`Builder::add`].
    pub fn add_since(&mut self, product: &Product, lang: Lang, generation: u64) -> Result<(), IndexFault> {
        if !product.published {
            return Ok(());
        }
        if self.documents.analysis().lang() != lang {
            self.documents = Documents::new(self.fields, Analysis::of(lang));
        }
        self.writer.add_document(self.documents.of(product, generation))?;
        self.products += 1;
        Ok(())
    }

    /// Makes the index whole and durable. Answers how many products can be found.
    ///
    /// # Errors
    /// When the index cannot be written; the folder is then unfinished and is never opened.
    pub fn finish(mut self) -> Result<u64, IndexFault> {
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&Payload::of(self.generation).text());
        prepared.commit()?;
        self.writer.wait_merging_threads()?;
        files::make_durable(&self.folder)?;
        Ok(self.products)
    }
}
