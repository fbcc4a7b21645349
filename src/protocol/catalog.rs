//! Products as they travel: cards, search results, imports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ProductId, Sku};

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
