//! The fields of a search document: one document is one product.
//!
//! Texts are analysed by [`crate::words`] before tantivy sees them and handed over
//! as words joined by spaces, so that every product may have its own language.

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// The version of the fields; an index with another one is rebuilt.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// Type-ahead knows a word by its first letters, up to so many.
pub(super) const PREFIX_CHARS_MAX: usize = 10;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The product's id, as it is.
    pub id: Field,
    /// Stems, one field for each place a word may stand in.
    pub title: Field,
    pub class: Field,
    pub attributes: Field,
    pub brand: Field,
    pub path: Field,
    pub description: Field,
    /// Folded words as written: the dictionary for typing errors.
    pub words: Field,
    /// First letters of the words of title, class, brand and options.
    pub prefixes: Field,
    /// Codes and the whole title, folded: who types one means this product.
    pub exact: Field,
    /// Which kind of thing this is, hashed.
    pub class_key: Field,
    /// The order in which products were added: what ties are broken by.
    pub order: Field,
    /// What an answer shows.
    pub shown: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str, freqs: bool| {
        let record = if freqs { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let indexing =
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record).set_fieldnorms(freqs);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stems = text("whitespace", true);
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        title: schema.add_text_field("title", stems.clone()),
        class: schema.add_text_field("class", stems.clone()),
        attributes: schema.add_text_field("attributes", stems.clone()),
        brand: schema.add_text_field("brand", stems.clone()),
        path: schema.add_text_field("path", stems.clone()),
        description: schema.add_text_field("description", stems),
        words: schema.add_text_field("words", text("whitespace", false)),
        prefixes: schema.add_text_field("prefixes", text("whitespace", false)),
        exact: schema.add_text_field("exact", text("raw", false)),
        class_key: schema.add_u64_field("class_key", NumericOptions::default().set_fast()),
        order: schema.add_u64_field("order", NumericOptions::from(INDEXED).set_fast()),
        shown: schema.add_bytes_field("shown", STORED),
    };
    (schema.build(), fields)
}

/// What an answer needs of a product, kept beside its words.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Shown {
    pub id: String,
    pub title: String,
    pub variants: Vec<ShownVariant>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ShownVariant {
    pub sku: String,
    /// The folded words and stems of its options.
    pub words: Vec<String>,
    pub codes: Vec<String>,
}
