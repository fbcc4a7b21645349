//! One product as a search document.

use std::collections::BTreeSet;

use tantivy::schema::document::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use super::ask::cut;
use super::schema::{Fields, PREFIX_CHARS_MAX, order_key};
use super::{facets, offers, shown};
use crate::model::{Product, Variant};
use crate::words::{Analysis, Word, fold};

/// Words of one field of one product.
const PRODUCT_WORDS_MAX: usize = 20_000;

/// The document of a product; `added` is the generation that brought it.
pub(super) fn document(fields: &Fields, analysis: &Analysis, product: &Product, added: u64) -> TantivyDocument {
    let words = |texts: &mut dyn Iterator<Item = &str>| -> Vec<Word> {
        texts.flat_map(|text| analysis.words(text)).take(PRODUCT_WORDS_MAX).collect()
    };
    let title = analysis.words(&product.title);
    let class = words(&mut product.class().into_iter());
    let brand = words(&mut product.brand.as_deref().into_iter());
    let values: BTreeSet<&str> =
        product.variants.iter().flat_map(|variant| &variant.options).map(|option| option.value.as_str()).collect();
    let options = words(&mut values.into_iter());
    let mut attributes =
        words(&mut product.attributes.iter().flat_map(|attribute| &attribute.values).map(String::as_str));
    attributes.extend_from_slice(&options);
    let path = words(&mut product.categories.iter().flatten().map(String::as_str));
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, product.id.as_str());
    for (field, words) in [
        (fields.title, &title),
        (fields.class, &class),
        (fields.brand, &brand),
        (fields.attributes, &attributes),
        (fields.path, &path),
        (fields.description, &analysis.words(&product.description)),
    ] {
        document.add_text(field, stems(words));
    }
    let known = [&title, &class, &brand, &attributes, &path].into_iter().flatten();
    document.add_text(fields.words, unique(known.map(|word| word.folded.clone())));
    let begun = [&title, &class, &brand, &options].into_iter().flatten();
    document.add_text(fields.prefixes, unique(begun.flat_map(|word| prefixes(&word.folded))));
    for exact in exact_terms(analysis, product) {
        document.add_text(fields.exact, exact);
    }
    facets::of(product, |facet| document.add_text(fields.facets, facet));
    document.add_u64(fields.class_key, product.class().map_or(0, class_key));
    add_numbers(fields, &mut document, product, added);
    document.add_bytes(fields.shown, &shown::encode(product, analysis, codes));
    document
}

fn add_numbers(fields: &Fields, document: &mut TantivyDocument, product: &Product, added: u64) {
    for (field, key) in fields.id_key.into_iter().zip(order_key(product.id.as_str())) {
        document.add_u64(field, key);
    }
    for (field, key) in fields.title_key.into_iter().zip(order_key(&fold(&product.title))) {
        document.add_u64(field, key);
    }
    let mut numbers = Vec::new();
    product.variants.iter().for_each(|variant| offers::encode(variant, &mut numbers));
    for number in numbers {
        document.add_u64(fields.offers, number);
    }
    document.add_u64(fields.added, added);
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

/// What names a variant besides its SKU and nothing else.
fn codes(variant: &Variant) -> Vec<String> {
    let gtin = variant.gtin.as_ref().map(|gtin| gtin.canonical());
    let mpn = variant.mpn.as_deref().map(code_term);
    gtin.into_iter().chain(mpn).collect()
}

fn exact_terms(analysis: &Analysis, product: &Product) -> BTreeSet<String> {
    let skus = product.variants.iter().map(|variant| code_term(variant.sku.as_str()));
    let mut terms: BTreeSet<String> = product.variants.iter().flat_map(codes).chain(skus).collect();
    terms.insert(code_term(product.id.as_str()));
    // Cut as a question is: who pastes a long title means it whole.
    terms.insert(title_term(&analysis.words(cut(&product.title))));
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
