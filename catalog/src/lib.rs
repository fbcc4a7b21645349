//! Product feeds to products, and products to answers; knows nothing of chat.
//!
//! - [`words`] cuts text into folded and stemmed words, by language.
//! - [`model`] says what a product is: variants, money, availability.
//!
//! Everything here is synchronous and bounded. Where products are kept, who may
//! read them and when an import runs is decided by whoever uses the crate: the
//! index is a cache that can be built again from the products at any time.
//!
//! # Non-objectives
//! No network, no database, no rights, no schedule, no async.

pub mod model;
pub mod plain_text;
pub mod words;
