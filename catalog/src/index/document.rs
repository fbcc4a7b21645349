//! Products as search documents.
//!
//! Many a million of them are written, so words are analysed once and are numbers
//! here, buffers are used again, and what repeats from product to product (a
//! colour, a category) is put together once.

use tantivy::schema::Field;
use tantivy::schema::document::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use super::ask::cut;
use super::facets::Facets;
use super::offers;
use super::schema::{Fields, PREFIX_CHARS_MAX, order_key};
use super::shown::{self, OptionWords};
use crate::model::{Product, Variant};
use crate::words::{Analysis, Lexicon, Word, WordId, fold};

/// Words of one field of one product.
const PRODUCT_WORDS_MAX: usize = 20_000;

/// Turns products of one language into documents.
pub(super) struct Documents {
    fields: Fields,
    lexicon: Lexicon,
    facets: Facets,
    words: PlacedWords,
    text: String,
    numbers: Vec<u64>,
}

/// The words of one product by the place they stand in.
#[derive(Default)]
struct PlacedWords {
    title: Vec<WordId>,
    class: Vec<WordId>,
    brand: Vec<WordId>,
    attributes: Vec<WordId>,
    options: Vec<WordId>,
    path: Vec<WordId>,
    description: Vec<WordId>,
    /// Several places together, each word once.
    several: Vec<WordId>,
}

impl PlacedWords {
    fn read(&mut self, lexicon: &mut Lexicon, product: &Product) {
        let mut read = |into: &mut Vec<WordId>, texts: &mut dyn Iterator<Item = &str>| {
            into.clear();
            texts.for_each(|text| lexicon.read(text, into, PRODUCT_WORDS_MAX));
        };
        read(&mut self.title, &mut [product.title.as_str()].into_iter());
        read(&mut self.class, &mut product.class().into_iter());
        read(&mut self.brand, &mut product.brand.as_deref().into_iter());
        let attributes = product.attributes.iter().flat_map(|attribute| &attribute.values);
        read(&mut self.attributes, &mut attributes.map(String::as_str));
        read(&mut self.options, &mut option_values(product).into_iter());
        self.attributes.extend_from_slice(&self.options);
        read(&mut self.path, &mut product.categories.iter().flatten().map(String::as_str));
        read(&mut self.description, &mut [product.description.as_str()].into_iter());
    }

    fn together(several: &mut Vec<WordId>, places: &[&[WordId]]) {
        several.clear();
        places.iter().for_each(|place| several.extend_from_slice(place));
        several.sort_unstable();
        several.dedup();
    }
}

/// The values of all options, each once.
fn option_values(product: &Product) -> Vec<&str> {
    let options = product.variants.iter().flat_map(|variant| &variant.options);
    let mut values: Vec<&str> = options.map(|option| option.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

impl Documents {
    pub fn new(fields: Fields, analysis: Analysis) -> Self {
        Self {
            fields,
            lexicon: Lexicon::new(analysis),
            facets: Facets::default(),
            words: PlacedWords::default(),
            text: String::new(),
            numbers: Vec::new(),
        }
    }

    pub fn analysis(&self) -> &Analysis {
        self.lexicon.analysis()
    }

    /// The document of a product; `added` is the generation that brought it.
    pub fn of(&mut self, product: &Product, added: u64) -> TantivyDocument {
        let Self { fields, lexicon, facets, words, text, numbers } = self;
        lexicon.make_room();
        words.read(lexicon, product);
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, product.id.as_str());
        for (field, words) in [
            (fields.title, &words.title),
            (fields.class, &words.class),
            (fields.brand, &words.brand),
            (fields.attributes, &words.attributes),
            (fields.path, &words.path),
            (fields.description, &words.description),
        ] {
            add_joined(&mut document, field, text, words.iter().map(|word| lexicon.stem(*word)));
        }
        let PlacedWords { title, class, brand, attributes, options, path, several, .. } = words;
        PlacedWords::together(several, &[title, class, brand, attributes, path]);
        add_joined(&mut document, fields.words, text, several.iter().map(|word| lexicon.folded(*word)));
        text.clear();
        for word in several.iter() {
            push_stem(text, lexicon.stem(*word));
        }
        PlacedWords::together(several, &[title, class, brand, options]);
        for prefix in several.iter().flat_map(|word| prefixes(lexicon.folded(*word))) {
            text.push_str(prefix);
            text.push(' ');
        }
        document.add_text(fields.prefixes, &text);
        add_exact(&mut document, fields.exact, lexicon, product, title);
        facets.of(product, |facet| document.add_text(fields.facets, facet));
        add_numbers(fields, &mut document, product, added, numbers);
        let shown = shown::encode(product, &mut |value| option_words(lexicon, value), codes);
        document.add_bytes(fields.shown, &shown);
        document
    }
}

fn add_joined<'w>(
    document: &mut TantivyDocument,
    field: Field,
    text: &mut String,
    words: impl Iterator<Item = &'w str>,
) {
    text.clear();
    for word in words {
        text.push_str(word);
        text.push(' ');
    }
    document.add_text(field, &text);
}

fn add_exact(document: &mut TantivyDocument, field: Field, lexicon: &Lexicon, product: &Product, title: &[WordId]) {
    let mut terms: Vec<String> = product.variants.iter().flat_map(codes).collect();
    terms.extend(product.variants.iter().map(|variant| code_term(variant.sku.as_str())));
    terms.push(code_term(product.id.as_str()));
    // Cut as a question is: who pastes a long title means it whole.
    let whole = cut(&product.title);
    if whole.len() == product.title.trim_start().len() {
        terms.push(named_title(title.iter().map(|word| lexicon.folded(*word))));
    } else {
        terms.push(title_term(&lexicon.analysis().words(whole)));
    }
    let links = product.variants.iter().filter_map(|variant| variant.link.as_deref());
    let link = product.link.as_deref().or_else(|| links.into_iter().next());
    terms.extend(link.filter(|link| !link.contains('?')).and_then(link_term));
    terms.sort_unstable();
    terms.dedup();
    terms.iter().for_each(|term| document.add_text(field, term));
}

fn add_numbers(fields: &Fields, document: &mut TantivyDocument, product: &Product, added: u64, numbers: &mut Vec<u64>) {
    for (field, key) in fields.id_key.into_iter().zip(order_key(product.id.as_str())) {
        document.add_u64(field, key);
    }
    for (field, key) in fields.title_key.into_iter().zip(order_key(&fold(&product.title))) {
        document.add_u64(field, key);
    }
    numbers.clear();
    product.variants.iter().for_each(|variant| offers::encode(variant, numbers));
    for number in numbers.iter() {
        document.add_u64(fields.offers, *number);
    }
    document.add_u64(fields.added, added);
    document.add_u64(fields.class_key, product.class().map_or(0, class_key));
}

/// The words of an option's value, folded and stemmed.
fn option_words(lexicon: &mut Lexicon, value: &str) -> OptionWords {
    let mut ids = Vec::new();
    lexicon.read(value, &mut ids, PRODUCT_WORDS_MAX);
    let mut words = Vec::new();
    for id in ids {
        let (folded, stem) = (lexicon.folded(id), lexicon.stem(id));
        words.push(folded.to_owned());
        if stem != folded {
            words.push(stem.to_owned());
        }
    }
    words
}

/// Stems stand among the beginnings, so that type-ahead has one list for each word.
const STEM_MARK: char = '=';

fn push_stem(text: &mut String, stem: &str) {
    text.push(STEM_MARK);
    text.push_str(stem);
    text.push(' ');
}

/// A stem as it stands among the beginnings.
pub(super) fn stem_mark(stem: &str) -> String {
    format!("{STEM_MARK}{stem}")
}

fn prefixes(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().take(PREFIX_CHARS_MAX).filter_map(|(at, letter)| word.get(..at + letter.len_utf8()))
}

/// What names a variant besides its SKU and nothing else.
fn codes(variant: &Variant) -> Vec<String> {
    let gtin = variant.gtin.as_ref().map(|gtin| gtin.canonical());
    let mpn = variant.mpn.as_deref().map(code_term);
    gtin.into_iter().chain(mpn).collect()
}

/// The path of an address as it is compared: without the shop, what was asked, and a
/// last slash. Nothing for a front page. An address that is told from others by what
/// it asks (`product.php?id=3`) names nothing by its path: do not write one of it.
pub(super) fn link_term(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(Some(url), |(_, rest)| rest.find('/').and_then(|path| rest.get(path..)))?;
    let path = rest.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    (!path.is_empty()).then(|| format!("link {}", fold(path)))
}

/// A code as it is compared.
pub(super) fn code_term(code: &str) -> String {
    fold(code.trim())
}

/// A whole title as it is compared. The mark keeps titles and codes apart.
pub(super) fn title_term(words: &[Word]) -> String {
    named_title(words.iter().map(|word| word.folded.as_str()))
}

fn named_title<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut term = String::from("title");
    for word in words {
        term.push(' ');
        term.push_str(word);
    }
    term
}

pub(super) fn class_key(class: &str) -> u64 {
    // Zero says that there is no class.
    xxh3_64(fold(class).as_bytes()).max(1)
}
