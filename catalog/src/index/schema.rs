//! The fields of a search document: one document is one product.
//!
//! Texts are analysed by [`crate::words`] before tantivy sees them and handed over
//! as words joined by spaces, so that every product may have its own language.

use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The version of the fields and of what is stored; an index with another one is rebuilt.
pub(super) const SCHEMA_VERSION: u32 = 4;

/// Type-ahead knows a word by its first letters, up to so many.
pub(super) const PREFIX_CHARS_MAX: usize = 10;

/// Names of the columns that are read for every product found.
pub(super) mod columns {
    pub const CLASS: &str = "class_key";
    pub const ID: [&str; 2] = ["id_1", "id_2"];
    pub const TITLE: [&str; 2] = ["title_1", "title_2"];
    pub const OFFERS: &str = "offers";
    pub const FACETS: &str = "facets";
    pub const ADDED: &str = "added";
}

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
    /// What type-ahead asks for: first letters of the words of title, class, brand and
    /// options, and marked stems of all words but the description's.
    pub prefixes: Field,
    /// Codes and the whole title, folded: who types one means this product.
    pub exact: Field,
    /// What is filtered and counted by; see [`super::facets`].
    pub facets: Field,
    /// Which kind of thing this is, hashed.
    pub class_key: Field,
    /// The start of the id, and of the title, as numbers in their order; see [`order_key`].
    pub id_key: [Field; 2],
    pub title_key: [Field; 2],
    /// What its variants are sold for; see [`super::offers`].
    pub offers: Field,
    /// The generation that brought it.
    pub added: Field,
    /// What an answer shows; see [`super::shown`].
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
    let stems = text(JOINED, true);
    let fast = NumericOptions::default().set_fast();
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        title: schema.add_text_field("title", stems.clone()),
        class: schema.add_text_field("class", stems.clone()),
        attributes: schema.add_text_field("attributes", stems.clone()),
        brand: schema.add_text_field("brand", stems.clone()),
        path: schema.add_text_field("path", stems.clone()),
        description: schema.add_text_field("description", stems),
        words: schema.add_text_field("words", text(JOINED, false)),
        prefixes: schema.add_text_field("prefixes", text(JOINED, false)),
        exact: schema.add_text_field("exact", text("raw", false)),
        facets: schema.add_text_field(columns::FACETS, text("raw", false).set_fast("raw")),
        class_key: schema.add_u64_field(columns::CLASS, NumericOptions::from(INDEXED).set_fast()),
        id_key: columns::ID.map(|name| schema.add_u64_field(name, fast.clone())),
        title_key: columns::TITLE.map(|name| schema.add_u64_field(name, fast.clone())),
        offers: schema.add_u64_field(columns::OFFERS, fast.clone()),
        added: schema.add_u64_field(columns::ADDED, fast),
        shown: schema.add_bytes_field("shown", STORED),
    };
    (schema.build(), fields)
}

/// Letters in one number, and bits of a letter.
const KEY_LETTERS: usize = 10;
const LETTER_BITS: u32 = 6;

/// The first twenty letters of a text as two numbers in the same order: capitals and
/// small letters alike, what is no ASCII behind them.
pub(super) fn order_key(text: &str) -> [u64; 2] {
    let mut letters = text.chars().map(|letter| {
        let upper = u64::from(u32::from(letter.to_ascii_uppercase()));
        upper.saturating_sub(0x1f).clamp(1, 63)
    });
    [(); 2].map(|()| (0..KEY_LETTERS).fold(0, |key, _| (key << LETTER_BITS) | letters.next().unwrap_or_default()))
}

const JOINED: &str = "joined";

/// The tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(JOINED, Joined::default());
    tokenizers
}

/// Words that are joined by single spaces.
#[derive(Debug, Clone, Default)]
struct Joined {
    token: Token,
}

struct JoinedStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Joined {
    type TokenStream<'a> = JoinedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> JoinedStream<'a> {
        self.token.reset();
        JoinedStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for JoinedStream<'_> {
    fn advance(&mut self) -> bool {
        self.token.position = self.token.position.wrapping_add(1);
        while !self.rest.is_empty() {
            let (word, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
            self.rest = rest;
            if !word.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(word);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_their_texts() {
        let texts = ["", "A", "A-1", "A-10", "A-2", "ab", "B", "MH01", "SKU-0000000001", "SKU-0000000002", "é"];
        let keys = texts.map(order_key);
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(order_key("abc"), order_key("ABC"));
    }
}
