//! What suggestions are made from, and what they are. Types only.

use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::wish::{Constraint, Constraints};
use crate::index::IndexFault;
use crate::model::{Currency, Product, ProductId, Sku};
use crate::words::Lang;

/// Messages of the visitor that are read; earlier ones are over.
pub const MESSAGES_READ: usize = 3;
/// Suggestions of each kind.
pub const SUGGESTIONS_MAX: usize = 5;
/// Lines of the cart, and products recommended, that are left out.
pub const LEFT_OUT_MAX: usize = 50;

/// A conversation as far as suggestions need it.
#[derive(Debug, Clone)]
pub struct Talk<'a> {
    /// The visitor's, newest last.
    pub messages: &'a [String],
    /// What the visitor chose or typed when the bot asked, newest last.
    pub answers: &'a [String],
    pub page: Page,
    /// SKUs, or product ids.
    pub cart: &'a [String],
    /// Products recommended already.
    pub recommended: &'a [ProductId],
    /// What a wish was read from, as [`Constraint`] tells it, where the agent wants the
    /// wish left out.
    pub unsaid: &'a [String],
    /// The conversation's language; [`Lang::Other`] takes the catalog's.
    pub lang: Lang,
    /// What prices are read in where no product of the catalog has one. Its products'
    /// own currency counts first; prices in another one are told and not applied.
    pub currency: Currency,
    /// Unix seconds: what sales are judged by.
    pub now: i64,
    pub deadline: Option<Instant>,
}

/// What the visitor has before them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What the page calls its product: tried as SKU, then GTIN, then id.
    pub sku: Option<String>,
    pub gtin: Option<String>,
    pub id: Option<String>,
    /// The page's address: its path finds the product when no code does.
    pub url: Option<String>,
    /// The page's category from the root.
    pub categories: Vec<String>,
}

/// Gives whole products, as they are in one generation of the catalog.
pub trait Lookup {
    /// Those of these ids that are there, in any order; at most a hundred are asked for.
    ///
    /// # Errors
    /// When the products cannot be read.
    fn products(&self, generation: u64, ids: &[ProductId]) -> Result<Vec<Product>, LookupFault>;
}

/// Why products could not be read; whoever keeps them knows.
pub type LookupFault = Box<dyn std::error::Error + Send + Sync>;

/// Why nothing can be suggested.
#[derive(Debug, thiserror::Error)]
pub enum SuggestFault {
    #[error(transparent)]
    Index(#[from] IndexFault),
    #[error("cannot read the products: {0}")]
    Lookup(#[source] LookupFault),
}

/// What fits a conversation, wholly in one generation of the catalog.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestions {
    pub generation: u64,
    /// That prices were read in: the catalog's.
    pub currency: Currency,
    /// What was read from the words.
    pub constraints: Constraints,
    /// Nothing fits all of it: these come nearest, and each says what it breaks.
    pub relaxed: bool,
    /// Best first.
    pub suggestions: Vec<Suggestion>,
    pub on_page: Option<Product>,
    /// Could take the place of the product on the page; the feed's links first.
    pub similar: Vec<Suggestion>,
    /// Go with it; the feed's links first.
    pub complementary: Vec<Suggestion>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub product: Product,
    /// The variant that fits best.
    pub sku: Option<Sku>,
    /// Comparable within one list only.
    pub score: f32,
    /// Checked facts, the most telling first; at least one.
    pub reasons: Vec<Reason>,
    /// What it breaks; only when relaxed.
    pub breaks: Vec<Constraint>,
}

/// Why a product is suggested: facts, checked against the product itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reason {
    /// Words of the visitor that the product holds, as they were typed.
    Words { words: Vec<String> },
    /// Something asked for, that the variant meets.
    Meets { constraint: Constraint },
    /// The variant can be had now.
    InStock,
    /// The feed names it as similar to that product.
    SimilarByFeed { product: ProductId, title: String },
    /// Of that product's class, and close in words.
    SimilarToPage { product: ProductId, title: String },
    /// The feed names it as going with that product.
    GoesWithByFeed { product: ProductId, title: String },
    /// Of another class under that product's root.
    GoesWithPage { product: ProductId, title: String },
    /// In the category on the page.
    InCategory { name: String },
    /// The product on the page, as a variant that was asked for.
    OnPage,
}
