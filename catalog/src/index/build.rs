//! Products to an index folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::schema::document::TantivyDocument;
use tantivy::{IndexSettings, IndexWriter};
use xxhash_rust::xxh3::xxh3_64;

use super::IndexFault;
use super::manifest::Manifest;
use super::schema::{Fields, PREFIX_CHARS_MAX, Shown, ShownVariant, schema};
use crate::model::{Product, Variant};
use crate::words::{Analysis, Lang, Word, fold};

/// Memory for words that are not written yet; one thread, since chat comes first.
const WRITER_BYTES: usize = 64 * 1024 * 1024;
/// Words of one field of one product.
const PRODUCT_WORDS_MAX: usize = 20_000;

/// Builds the index of one generation, in a folder of its own.
pub struct Builder {
    folder: PathBuf,
    generation: u64,
    writer: IndexWriter,
    fields: Fields,
    analysis: Analysis,
    products: u64,
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
        let directory = tantivy::directory::MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let index = tantivy::Index::create(directory, schema, IndexSettings::default())?;
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let analysis = Analysis::of(Lang::default());
        Ok(Self { folder: folder.to_owned(), generation, writer, fields, analysis, products: 0 })
    }

    /// Adds a product; one that is not published is passed over. Of two products
    /// that a query ranks alike, the one added first comes first.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn add(&mut self, product: &Product, lang: Lang) -> Result<(), IndexFault> {
        if !product.published {
            return Ok(());
        }
        if self.analysis.lang() != lang {
            self.analysis = Analysis::of(lang);
        }
        let document = self.document(product)?;
        self.writer.add_document(document)?;
        self.products += 1;
        Ok(())
    }

    /// Makes the index whole and durable. Answers how many products can be found.
    ///
    /// # Errors
    /// When the index cannot be written; the folder is then unfinished and is never opened.
    pub fn finish(mut self) -> Result<u64, IndexFault> {
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        let manifest = Manifest::seal(&self.folder, self.generation, self.products)?;
        Ok(manifest.products)
    }

    fn document(&self, product: &Product) -> Result<TantivyDocument, IndexFault> {
        let fields = self.fields;
        let title = self.analysis.words(&product.title);
        let class = self.words(product.class());
        let brand = self.words(product.brand.as_deref());
        let options = self.options(product);
        let values = product.attributes.iter().flat_map(|attribute| &attribute.values).map(String::as_str);
        let mut attributes = self.words(values);
        attributes.extend_from_slice(&options);
        let path = self.words(product.categories.iter().flatten().map(String::as_str));
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, product.id.as_str());
        for (field, words) in [
            (fields.title, &title),
            (fields.class, &class),
            (fields.brand, &brand),
            (fields.attributes, &attributes),
            (fields.path, &path),
            (fields.description, &self.analysis.words(&product.description)),
        ] {
            document.add_text(field, stems(words));
        }
        let known = [&title, &class, &brand, &attributes, &path].into_iter().flatten();
        document.add_text(fields.words, unique(known.map(|word| word.folded.clone())));
        let begun = [&title, &class, &brand, &options].into_iter().flatten();
        document.add_text(fields.prefixes, unique(begun.flat_map(|word| prefixes(&word.folded))));
        for exact in exact_terms(product, &title) {
            document.add_text(fields.exact, exact);
        }
        document.add_u64(fields.class_key, product.class().map_or(0, class_key));
        document.add_u64(fields.order, self.products);
        document.add_bytes(fields.shown, &serde_json::to_vec(&self.shown(product)).map_err(std::io::Error::from)?);
        Ok(document)
    }

    fn words<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Vec<Word> {
        texts.into_iter().flat_map(|text| self.analysis.words(text)).take(PRODUCT_WORDS_MAX).collect()
    }

    /// The words of all variants' options, each once.
    fn options(&self, product: &Product) -> Vec<Word> {
        let values: BTreeSet<&str> =
            product.variants.iter().flat_map(|variant| &variant.options).map(|option| option.value.as_str()).collect();
        self.words(values)
    }

    fn shown(&self, product: &Product) -> Shown {
        let variant = |variant: &Variant| {
            let words = self.words(variant.options.iter().map(|option| option.value.as_str()));
            let words: BTreeSet<String> = words.into_iter().flat_map(|word| [word.folded, word.stem]).collect();
            ShownVariant {
                sku: variant.sku.as_str().to_owned(),
                words: words.into_iter().collect(),
                codes: codes(variant).collect(),
            }
        };
        Shown {
            id: product.id.as_str().to_owned(),
            title: product.title.clone(),
            variants: product.variants.iter().map(variant).collect(),
        }
    }
}

fn stems(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(&word.stem);
        text.push(' ');
    }
    text
}

fn unique(words: impl Iterator<Item = String>) -> String {
    let words: BTreeSet<String> = words.collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn prefixes(word: &str) -> impl Iterator<Item = String> {
    word.char_indices()
        .take(PREFIX_CHARS_MAX)
        .filter_map(|(at, letter)| word.get(..at + letter.len_utf8()))
        .map(str::to_owned)
}

/// What names a variant and nothing else, folded.
fn codes(variant: &Variant) -> impl Iterator<Item = String> {
    let sku = Some(code_term(variant.sku.as_str()));
    let gtin = variant.gtin.as_ref().map(|gtin| gtin.canonical());
    let mpn = variant.mpn.as_deref().map(code_term);
    [sku, gtin, mpn].into_iter().flatten()
}

fn exact_terms(product: &Product, title: &[Word]) -> BTreeSet<String> {
    let mut terms: BTreeSet<String> = product.variants.iter().flat_map(codes).collect();
    terms.insert(code_term(product.id.as_str()));
    terms.insert(title_term(title));
    terms
}

/// A code as it is compared.
pub(super) fn code_term(code: &str) -> String {
    fold(code.trim())
}

/// A whole title as it is compared. The mark keeps titles and codes apart.
pub(super) fn title_term(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    format!("title {}", words.join(" "))
}

pub(super) fn class_key(class: &str) -> u64 {
    // Zero says that there is no class.
    xxh3_64(fold(class).as_bytes()).max(1)
}
