//! Product feeds to products, and products to answers; knows nothing of chat.
//!
//! - [`words`] cuts text into folded and stemmed words, by language.
//! - [`model`] says what a product is: variants, money, availability.
//! - [`feed`] turns the bytes of a shop's export into products and faults.
//! - [`index`] keeps the products of one site searchable and ranks them.
//! - [`suggest`] reads what a conversation asks for, and finds what to recommend.
//!
//! Everything here is synchronous and bounded. Where products are kept, who may
//! read them and when an import runs is decided by whoever uses the crate: the
//! index is a cache that can be built again from the products at any time.
//!
//! ```
//! use comptoir_catalog::feed::{self, Settings};
//! use comptoir_catalog::index::{self, Mode};
//! use comptoir_catalog::model::Currency;
//! use comptoir_catalog::words::Lang;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let csv = "id,title,price,availability,link\n\
//!            T1,Oak side table,89.00 EUR,in stock,https://shop.example/t1\n\
//!            L1,Brass lamp,45.50 EUR,out of stock,https://shop.example/l1\n";
//! let settings = Settings::new(Currency::EUR, Lang::En);
//! let mut products = Vec::new();
//! let outcome = feed::read(
//!     std::io::Cursor::new(csv),
//!     &settings,
//!     &mut feed::scratch::in_memory(),
//!     &mut feed::Quiet,
//!     &mut |found| { products.push(found.product); Ok(()) },
//! )?;
//! assert_eq!(outcome.report.products, 2);
//!
//! let folder = tempfile::tempdir()?;
//! let mut builder = index::Builder::create(folder.path(), 1)?;
//! for product in &products {
//!     builder.add(product, Lang::En)?;
//! }
//! builder.finish()?;
//!
//! let index = index::Index::open(folder.path(), Lang::En)?;
//! let answer = index.search("table", Mode::Ranked, 10)?;
//! assert_eq!(answer.hits.first().map(|hit| hit.product.as_str()), Some("T1"));
//! # Ok(())
//! # }
//! ```
//!
//! # Formats
//! Shopify, WooCommerce, PrestaShop, Magento, Google Merchant (tables and XML), Meta and
//! files made by hand, each with its columns and traps in a page below `docs/feeds` of the
//! repository. Which one a file is, how it is encoded and what separates its fields is
//! found out by [`feed::read`]; [`feed::preview()`] shows it first; [`feed::Mapping`]
//! corrects it.
//!
//! # Non-objectives
//! No network, no database, no rights, no schedule, no async.

pub mod feed;
pub mod index;
pub mod model;
pub mod plain_text;
pub mod suggest;
pub mod words;
