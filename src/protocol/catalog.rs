//! Products as they travel: cards, search results, imports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImportId, ProductId, Sku, Timestamp};

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
    pub price: Money,
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
    /// The search alone, in whole microseconds.
    pub took_us: u64,
    pub generation: u64,
    pub hits: Vec<CatalogHit>,
    /// Words that were read as others, e.g. `lampr` as `lampe`.
    pub corrections: Vec<Correction>,
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
    pub variants: Vec<ProductCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogStatus {
    /// 0 = none imported yet.
    pub products: u64,
    pub generation: u64,
    /// The index is being rebuilt from the database; searches answer `try_later` meanwhile.
    pub rebuilding: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub imported_at: Option<Timestamp>,
}

/// One import, from its queueing to its report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRun {
    pub id: ImportId,
    pub file: String,
    pub state: ImportState,
    pub started_at: Timestamp,
    pub bytes_total: u64,
    pub bytes_read: u64,
    pub rows_read: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub report: Option<ImportReport>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ImportState {
    Queued {},
    Reading {},
    Indexing {},
    /// A guard asks: the figures are in the report.
    AwaitsConfirmation {
        why: String,
    },
    Done {},
    /// The old catalog stays.
    Refused {
        why: String,
    },
    Cancelled {},
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ImportReport {
    pub dialect: String,
    pub encoding: String,
    pub separator: String,
    pub rows: u64,
    pub products: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub rejected: u64,
    pub warnings: u64,
    pub took_ms: u64,
    pub generation: u64,
    /// What concerns the file as a whole: columns left unused, products without a link.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The first 100 here; up to 1,000 in `rejected.csv`.
    pub faults: Vec<ImportFault>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportFault {
    /// The file's line where the record starts; 0 for the file as a whole.
    pub line: u64,
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<String>,
    /// At most 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub value: Option<String>,
    /// What is wrong and how to write it, one sentence.
    pub message: String,
    /// A warning drops only the field.
    pub warning: bool,
}
