//! The demo store: a small shop that exists so that Comptoir can be tried on it.
//!
//! It plays a merchant's store and nothing more: another origin than the
//! console, a strict content security policy, the snippet, a consent bar. It
//! knows the widget only by the snippet's address, and works the same when that
//! address does not answer. What `comptoir demo` needs besides is here, too; the
//! command itself is in [`crate::cli`].
//!
//! | part | does |
//! |-|-|
//! | [`goods`] | reads the catalog files that are also imported into Comptoir |
//! | [`palette`], [`picture`] | draw every picture |
//! | [`words`], [`html`] | sentences, escaping, templates |
//! | [`pages`], [`parts`], [`choose`], [`sieve`], [`jsonld`] | make the pages |
//! | [`serve`] | addresses and headers |
//! | [`seed`], [`people`], [`stock`] | make a data folder the demo's: site, sign-ins, bot, catalog |
//! | [`start`] | the start page on the console's address |

mod choose;
mod goods;
mod html;
mod jsonld;
mod pages;
mod palette;
mod parts;
pub mod people;
mod picture;
pub mod seed;
mod serve;
mod sieve;
pub mod start;
pub mod stock;
mod words;

pub use serve::configure;
pub use words::Language;

use goods::Goods;
use picture::Gallery;
use words::Words;

/// The bot of the demo site, in the format of `comptoir bot check`.
pub const BOT_DEFINITION: &str = include_str!("../../demo/bot.toml");

/// Why the demo store cannot open. Only a mistake in `demo/` leads here.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    #[error("cannot read the demo catalog `{language}`: {fault}")]
    Catalog { language: &'static str, fault: String },
    #[error("cannot read the demo words `{language}`: {fault}")]
    Words { language: &'static str, fault: String },
}

/// Where the store stands and which chat it carries.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// Origin of the store, without a slash at the end: `http://localhost:8081`.
    pub origin: String,
    /// Origin of Comptoir: `http://127.0.0.1:8080`.
    pub comptoir: String,
    /// The site's public key, for the snippet.
    pub site_key: String,
}

/// The store, ready to be served: everything is read and drawn once.
#[derive(Debug)]
pub struct DemoStore {
    settings: StoreSettings,
    french: Shelf,
    english: Shelf,
    gallery: Gallery,
}

/// What the store says and sells in one language.
#[derive(Debug)]
struct Shelf {
    language: Language,
    words: Words,
    goods: Goods,
}

impl DemoStore {
    /// Reads the catalog and the words, draws the pictures.
    ///
    /// # Errors
    /// A file under `demo/` is not what its reader expects.
    pub fn open(settings: StoreSettings) -> Result<Self, DemoFault> {
        let french = Shelf::open(Language::French)?;
        let english = Shelf::open(Language::English)?;
        let gallery = Gallery::draw(&french.goods.products);
        Ok(Self { settings, french, english, gallery })
    }

    /// The catalog of a language as a merchant would export it, with links to
    /// where this store really is.
    pub fn catalog_csv(&self, language: Language) -> String {
        catalog_csv(language, &self.settings.origin)
    }

    fn shelf(&self, language: Language) -> &Shelf {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

impl Shelf {
    fn open(language: Language) -> Result<Self, DemoFault> {
        Ok(Self { language, words: Words::load(language)?, goods: Goods::load(language)? })
    }
}

/// The demo catalog of a language, with links to a store at `origin`.
pub fn catalog_csv(language: Language, origin: &str) -> String {
    goods::file(language).replace(goods::WRITTEN_ORIGIN, origin)
}

#[cfg(test)]
mod tests;
