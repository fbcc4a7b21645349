//! What to recommend in a conversation: constraints read, applied, and explained.
//!
//! [`read`] turns a message into [`Constraints`] by this catalog's own words
//! ([`Vocabulary`]): a price range in its currency, colours, sizes, materials and
//! other listed values, wanted or refused, and whether it must be in stock. Nothing
//! is guessed: what could mean two things is left to the ranking.
//!
//! No currency is converted, no text is sent anywhere, no language model is asked.

mod lexeme;
mod money_words;
mod numeral;
mod phrases;
mod price;
mod read;
mod values;
mod vocabulary;
mod wish;

pub use read::{Message, read};
pub use vocabulary::{NamedValue, ValueKind, Vocabulary, VocabularyBuilder};
pub use wish::{Bound, Constraints, PriceWish, ValueWish};
