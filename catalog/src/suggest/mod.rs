//! What to recommend in a conversation: constraints read, applied, and explained.
//!
//! [`read`] turns a message into [`Constraints`] by this catalog's own words
//! ([`Vocabulary`]): a price range in its currency, colours, sizes, materials and
//! other listed values, wanted or refused, and whether it must be in stock. Nothing
//! is guessed: what could mean two things is left to the ranking.
//!
//! [`suggest()`] ranks products by the visitor's last messages and judges each of
//! them, variant by variant, by the constraints; and says what is similar to the
//! product on the page and what goes with it. Each suggestion carries its
//! [`Reason`]s: facts that were checked, for others to put into words.
//!
//! No currency is converted, no text is sent anywhere, no language model is asked.

mod advise;
mod everyday;
mod finder;
mod freed;
mod indifferent;
mod judge;
mod lexeme;
mod money_words;
mod numeral;
mod page;
mod phrases;
mod price;
mod read;
mod talk;
mod values;
mod vocabulary;
mod whose;
mod wish;

pub use advise::suggest;
pub use read::read;
pub use talk::{
    LEFT_OUT_MAX, Lookup, LookupFault, MESSAGES_READ, Page, Reason, SUGGESTIONS_MAX, SuggestFault, Suggestion,
    Suggestions, Talk,
};
pub use vocabulary::{NamedValue, ValueKind, Vocabulary};
pub use wish::{Bound, Constraint, Constraints, PriceWish, ValueWish};

pub(crate) use vocabulary::{COVERAGE_ONE_IN, VocabularyBuilder};
