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
//! # A lesson
//! From a file to answers, with everything that a caller decides: what the file does not
//! say itself, where rows are set aside, and what becomes of each product.
//!
//! ```
//! use std::fs::File;
//!
//! use comptoir_catalog::feed::{self, Settings};
//! use comptoir_catalog::index::{Builder, Changer, Filters, Index, Mode, Question};
//! use comptoir_catalog::model::{Availability, Currency};
//! use comptoir_catalog::words::Lang;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A shop's export as it comes: semicolons, decimal commas, a price that nobody can read.
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("boutique.csv");
//! std::fs::write(&path, "Référence;Désignation;Prix TTC;Couleur;Stock\n\
//!     T1;Table basse en chêne;89,00 €;naturel;3\n\
//!     L1;Lampe dorée;45,50 €;or;0\n\
//!     L2;Lampe en papier;cher;blanc;7\n")?;
//!
//! // 1. Read. What the file does not say is in the settings; which columns, signs and
//! //    encoding it has is found out. Each product is handed on as soon as it is whole.
//! let settings = Settings::new(Currency::EUR, Lang::Fr);
//! let mut products = Vec::new();
//! let outcome = feed::read(
//!     File::open(&path)?,
//!     &settings,
//!     &mut feed::scratch::in_memory(),
//!     &mut feed::Quiet,
//!     &mut |found| { products.push(found.product); Ok(()) },
//! )?;
//! assert_eq!((outcome.report.products, outcome.faults.rejected), (2, 1));
//!
//! // 2. What was left out says where, what and how to write it.
//! let fault = &outcome.faults.first[0];
//! assert_eq!(
//!     fault.to_string(),
//!     "line 4: cannot read price `cher` in column `Prix TTC`; write it like 12.90"
//! );
//!
//! // 3. An index is built whole, in a folder of its own, and has a generation.
//! let place = folder.path().join("index");
//! let mut builder = Builder::create(&place, 1)?;
//! for product in &products {
//!     builder.add(product, Lang::Fr)?;
//! }
//! builder.finish()?;
//!
//! // 4. Any text is a question: accents, plurals and slips are forgiven, and told.
//! let index = Index::open(&place, Lang::Fr)?;
//! let answer = index.search("lanpes dorees", Mode::Ranked, 10)?;
//! assert_eq!(answer.hits[0].product.as_str(), "L1");
//! assert_eq!(answer.corrections[0].read_as, "lampe");
//!
//! // 5. Filters hold whatever the words say.
//! let filters = Filters { in_stock: true, price_max: Some(5_000), ..Filters::default() };
//! let question = Question { filters, ..Question::about("lampe") };
//! assert!(index.ask(&question)?.hits.is_empty(), "the lamp is sold out");
//!
//! // 6. A small change is a commit on the same index, seen once it is reopened.
//! let lamp = products.iter_mut().find(|product| product.id.as_str() == "L1").ok_or("no lamp")?;
//! lamp.variants[0].availability = Availability::InStock;
//! let mut changer = Changer::open(&place, Lang::Fr)?;
//! changer.put(lamp)?;
//! changer.commit(2)?;
//! index.reopen()?;
//! let answer = index.ask(&question)?;
//! assert_eq!((answer.generation, answer.hits.len()), (2, 1));
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
