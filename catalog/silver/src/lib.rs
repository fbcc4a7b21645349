//! Catalogs made from a seed, with queries and their judgments: *silver* sets.
//!
//! - [`English`]: furniture, about 190 classes of which few are frequent, 400
//!   brands, a series name for twelve products, one product in four with variants.
//! - [`French`]: the same trade, with words that agree in gender and number.
//!
//! The same seed gives the same bytes on every machine; nothing is stored. The
//! products and the feed say the same: the feed is written from the products.
//! Memory does not grow with their number.
//!
//! Silver sets saturate, because whoever wrote the words knows the answers. They
//! show that something got worse or slower, not how good a search is; and their
//! small vocabulary flatters speeds.
//!
//! ```
//! use comptoir_silver::English;
//!
//! let shop = English::new(100);
//! let first = shop.products().next().expect("a hundred products");
//! let mut feed = Vec::new();
//! shop.write_feed(&mut feed)?;
//! assert!(String::from_utf8_lossy(&feed).contains(first.id.as_str()));
//! # Ok::<(), std::io::Error>(())
//! ```

mod english;
mod feeds;
mod french;
mod pick;
mod questions;

pub use english::{English, EnglishProducts};
pub use feeds::{french_feed, google_feed};
pub use french::{French, FrenchProducts};
pub use questions::{Judged, Kind, Query};

/// The seed of the sets that figures are given for.
pub const SEED: u64 = 20_261_126;
