//! Products as they travel: cards, search results, imports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use super::import::{ImportFault, ImportFrom, ImportReason, ImportReport, ImportRun, ImportState};
use super::{ProductId, Sku, Timestamp};

/// A product as it was recommended: frozen in the event, so that later imports never change history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProductCard {
    pub product: ProductId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sku: Option<Sku>,
    pub title: String,
    /// The chosen variant in words ("Blue · 42"); empty without options.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub variant: String,
    /// What is paid now; absent where the shop gives no price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub price: Option<Money>,
    /// Present when the price is reduced: the regular one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub regular_price: Option<Money>,
    pub availability: CardAvailability,
    /// Pieces left, where the feed says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stock: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub image: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// The shop platform's own number of the variant, for its cart; at most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub external_id: Option<String>,
}

/// Two to four products side by side, frozen like a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProductComparison {
    /// In the order in which the agent ticked them.
    pub cards: Vec<ProductCard>,
    /// Only what differs; price and stock stand on the cards themselves.
    pub rows: Vec<ComparedRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComparedRow {
    pub what: ComparedWhat,
    /// One a card, in its order; empty where the feed says nothing.
    pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ComparedWhat {
    Brand {},
    /// An option or attribute, in the feed's own words.
    Attribute {
        name: String,
    },
}

/// A product, and the variant where one was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProductChoice {
    pub product: ProductId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sku: Option<Sku>,
}

/// What the catalog says now of a card that was sent, asked before it goes into a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardNow {
    /// Absent: the product or variant is no longer in the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub card: Option<ProductCard>,
    /// What is not as it was when the card was sent; empty: all as before.
    pub changed: Vec<CardChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardChange {
    Price,
    /// In stock then and not now, or the other way round.
    Availability,
    Gone,
}

/// Minor units (cents for EUR, yen for JPY) and an ISO 4217 code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Money {
    pub minor: i64,
    pub currency: String,
    /// Decimals of the currency: 2 for EUR, 0 for JPY, 3 for TND.
    pub decimals: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardAvailability {
    InStock,
    OutOfStock,
    Preorder,
    Backorder,
    Unknown,
}

/// An answer of the search, wholly from one generation of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct CatalogHits {
    pub query: String,
    /// The language of the catalog that answered, a primary subtag.
    pub lang: String,
    /// The search alone, in whole microseconds.
    pub took_us: u64,
    pub generation: u64,
    pub hits: Vec<CatalogHit>,
    /// Products found in all; `hits` holds the first of them.
    pub total: u64,
    /// Words that were read as others, e.g. `lampr` as `lampe`.
    pub corrections: Vec<Correction>,
    /// Words that nothing was searched for, because the catalog knows them nowhere.
    #[serde(default)]
    pub dropped: Vec<String>,
    /// Only when nothing was found: how many would be without each filter.
    #[serde(default)]
    pub without: Vec<FilterLoss>,
    /// Only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub counts: Option<CatalogCounts>,
}

/// How many products a search would find without one of its filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilterLoss {
    pub filter: FilterKind,
    /// Of an attribute's filter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub attribute: Option<String>,
    pub products: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FilterKind {
    Category,
    Brand,
    Price,
    InStock,
    Attribute,
}

/// How many of the products found have what; the commonest first, at most
/// [`CatalogCounts::VALUES_MAX`] of each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct CatalogCounts {
    pub in_stock: u64,
    pub categories: Vec<CountedPath>,
    pub brands: Vec<CountedValue>,
    pub attributes: Vec<CountedAttribute>,
    /// The least and the highest price; absent when none has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub prices: Option<PriceSpan>,
}

impl CatalogCounts {
    pub const VALUES_MAX: usize = 30;
    pub const ATTRIBUTES_MAX: usize = 12;
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedPath {
    /// From the root.
    pub path: Vec<String>,
    pub products: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedValue {
    pub value: String,
    pub products: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedAttribute {
    pub name: String,
    pub values: Vec<CountedValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceSpan {
    pub least: Money,
    pub most: Money,
}

/// In what order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CatalogSort {
    #[default]
    Relevance,
    PriceUp,
    PriceDown,
    Title,
}

/// What an agent has at hand without searching, on one site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ProductsAtHand {
    /// Pinned by this agent, the latest first, at most 20.
    pub pinned: Vec<CatalogHit>,
    /// Last recommended by this agent, the latest first, at most 10.
    pub recent: Vec<CatalogHit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogHit {
    /// As it would be sent, with the variant that matched.
    pub card: ProductCard,
    /// Variants in all; more than one: the picker is offered.
    pub variants: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub brand: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Correction {
    pub typed: String,
    pub read_as: String,
}

/// One product with all its variants, as cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogProduct {
    pub product: ProductId,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub brand: Option<String>,
    pub description: String,
    pub categories: Vec<String>,
    #[serde(default)]
    pub attributes: Vec<ProductAttribute>,
    pub variants: Vec<ProductCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProductAttribute {
    pub name: String,
    pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogStatus {
    /// The language of this catalog, a primary subtag.
    pub lang: String,
    /// 0 = none imported yet.
    pub products: u64,
    pub generation: u64,
    /// The index is being rebuilt from the database; searches answer `try_later` meanwhile.
    pub rebuilding: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub imported_at: Option<Timestamp>,
}
