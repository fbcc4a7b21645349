//! Products suggested to the agent, each with its reasons.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::catalog::{CatalogHit, Money};
use super::{ProductId, Sku};

/// What the visitor has before them, said by their page; ephemeral, never stored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OnPage {
    /// Scrubbed like a page visit's.
    pub url: String,
    /// The product that the page's JSON-LD names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub product: Option<PageProduct>,
    /// The path of the page's breadcrumb from the root, at most [`OnPage::PATH_MAX`] names.
    #[serde(default)]
    pub categories: Vec<String>,
    /// At most [`OnPage::CART_MAX`] lines.
    #[serde(default)]
    pub cart: Vec<CartLine>,
}

impl OnPage {
    pub const PATH_MAX: usize = 8;
    pub const CART_MAX: usize = 50;
    /// Of any of its texts, in bytes; longer ones are cut.
    pub const TEXT_BYTES_MAX: usize = 300;
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PageProduct {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sku: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub gtin: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CartLine {
    /// A SKU, or the product's id.
    pub sku: String,
    pub quantity: u32,
}

/// What fits a conversation now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Suggestions {
    pub lang: String,
    pub generation: u64,
    pub took_us: u64,
    /// What was read from the visitor's words, in the order in which it was said.
    pub constraints: Vec<Constraint>,
    /// Nothing fits all constraints: these are the nearest, and each says what it breaks.
    pub relaxed: bool,
    /// Best first, at most 5.
    pub suggestions: Vec<Suggestion>,
    /// The product on the visitor's page, if the catalog has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub on_page: Option<CatalogHit>,
    /// Could take the place of the product on the page, at most 5.
    pub similar: Vec<Suggestion>,
    /// Go with it, at most 5.
    pub complementary: Vec<Suggestion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Suggestion {
    pub hit: CatalogHit,
    /// Checked facts, the most telling first; at least one.
    pub reasons: Vec<Reason>,
    /// Constraints that it breaks; only when relaxed.
    #[serde(default)]
    pub breaks: Vec<Constraint>,
}

/// Something that the visitor asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Constraint {
    Price {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        least: Option<Money>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        most: Option<Money>,
        /// The words it was read from.
        said: String,
    },
    /// An option or attribute of this catalog; `not`: without it.
    Attribute {
        name: String,
        value: String,
        not: bool,
        said: String,
    },
    InStock {
        said: String,
    },
    /// A price in a currency that the catalog does not have: said, never converted, not applied.
    OtherCurrency {
        said: String,
    },
}

/// Why a product is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reason {
    /// Words of the visitor that the product holds, as the visitor wrote them.
    Words {
        words: Vec<String>,
    },
    /// A constraint that it meets.
    Meets {
        constraint: Constraint,
    },
    InStock {},
    /// The feed names it as similar to that product.
    SimilarByFeed {
        product: ProductId,
        title: String,
    },
    /// Of the same class as that product, and close in words.
    SimilarToPage {
        product: ProductId,
        title: String,
    },
    /// The feed names it as going with that product.
    GoesWithByFeed {
        product: ProductId,
        title: String,
    },
    /// Of another class under the same root as that product.
    GoesWithPage {
        product: ProductId,
        title: String,
    },
    /// In the category that the visitor looks at.
    InCategory {
        name: String,
    },
    /// On the page that the visitor looks at.
    OnPage {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        sku: Option<Sku>,
    },
}
