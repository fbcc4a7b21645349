//! Where a site's catalog comes from: feeds, their mapping, previews, updates by API.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::catalog::{CardAvailability, ImportFault, ImportReason, ProductCard};
use super::{PreviewId, ProductId, Sku, Timestamp};

/// The feed of one site in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedView {
    /// A primary subtag.
    pub lang: String,
    pub settings: FeedSettings,
    /// Absent: products come by upload only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub address: Option<FeedAddressView>,
    pub products: u64,
    pub generation: u64,
    /// The index is being built again; searches answer `try_later` meanwhile.
    pub rebuilding: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub imported_at: Option<Timestamp>,
    /// The import before can be restored.
    pub restorable: bool,
}

/// What a feed does not say itself; kept and used again at the next import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeedSettings {
    /// ISO 4217, of prices that name none.
    pub currency: String,
    /// Makes links of handles and of relative addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shop_url: Option<String>,
    /// Added to prices without tax, in hundredths of a percent: 2000 is 20 %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tax_rate: Option<u32>,
    /// Corrections of what was recognised, and columns that were not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mapping: Option<FeedMapping>,
}

/// What the columns of one header mean.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeedMapping {
    /// The columns it was made for, as the file names them.
    pub header: Vec<String>,
    /// Columns that are not named keep what is recognised.
    pub columns: Vec<ColumnMapping>,
    #[serde(default)]
    pub values: Vec<ValueMapping>,
    /// The sign before decimals, where cells like `489,000` cannot tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub decimals: Option<DecimalMark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    Dot,
    Comma,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnMapping {
    pub column: String,
    pub field: FeedField,
}

/// One of a column's own words and the values that it stands for: `Rupture définitive` is `out_of_stock`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ValueMapping {
    pub column: String,
    pub from: String,
    /// Several for a list; none drops the value.
    pub to: Vec<String>,
}

/// What a column can give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FeedField {
    Id {},
    /// Ties rows to one product.
    Group {},
    Sku {},
    Title {},
    Description {},
    Summary {},
    Brand {},
    /// A path with ` > ` between its levels.
    Category {},
    SubCategory {},
    /// With tax: what is paid, unless a sale price stands beside it.
    Price {},
    PriceWithoutTax {},
    /// With tax if the price is, unless its name says otherwise.
    SalePrice {},
    /// Two instants joined by `/`.
    SaleDates {},
    /// The regular price, if higher than the price.
    RegularPrice {},
    Currency {},
    Availability {},
    Stock {},
    Gtin {},
    Mpn {},
    Link {},
    Image {},
    MoreImages {},
    /// A choice that tells variants apart, such as the colour.
    Option {
        name: String,
    },
    Attribute {
        name: String,
    },
    Tags {},
    Published {},
    Similar {},
    Complementary {},
    Ignore {},
    /// What the recognised export makes of it, also where no other field says that.
    AsRecognised {},
}

/// An address that is fetched on a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedAddressView {
    pub url: String,
    /// The name for basic authentication; the password is never told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub user: Option<String>,
    /// Hours between two fetches; 0: only when asked.
    pub every_hours: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fetched_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next_at: Option<Timestamp>,
    /// What came of the last fetch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub outcome: Option<FetchOutcome>,
    /// Why the last fetch brought nothing, or its import was refused: empty when all is well.
    #[serde(default)]
    pub faults: Vec<ImportReason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FetchOutcome {
    /// An import was queued.
    Imported,
    /// The server said that nothing changed.
    Unchanged,
    Failed,
}

/// What an admin sets of a feed's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeedAddress {
    pub url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub user: Option<String>,
    /// Absent: the one that is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
    pub every_hours: u32,
}

/// A change of a feed; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeedChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub settings: Option<FeedSettings>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub address: Option<FeedAddress>,
    /// Takes the address away; its products stay.
    #[serde(default)]
    pub forget_address: bool,
}

/// A file as it would be read; nothing is imported yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedPreview {
    pub id: PreviewId,
    pub file: String,
    pub bytes: u64,
    pub lang: String,
    /// The settings it was read under, with what was guessed put into the mapping.
    pub settings: FeedSettings,
    /// Why it cannot be used as it is, or the mapping cannot; then at most the columns follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fault: Option<ImportReason>,
    pub dialect: String,
    pub encoding: String,
    pub separator: String,
    pub columns: Vec<PreviewColumn>,
    /// What must be said before it can be imported; empty: it can.
    pub missing: Vec<PreviewMissing>,
    /// The saved mapping was made for another header: columns that are new, and those that are gone.
    #[serde(default)]
    pub added_columns: Vec<String>,
    #[serde(default)]
    pub removed_columns: Vec<String>,
    /// Of the first 100 rows.
    pub rows: u64,
    pub products: u64,
    pub rejected: u64,
    pub warnings: u64,
    /// The first 20.
    pub faults: Vec<ImportFault>,
    /// The first products as cards, at most 5.
    pub examples: Vec<ProductCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewColumn {
    pub name: String,
    pub field: FeedField,
    pub confidence: Confidence,
    /// The first three values, at most 80 characters each.
    pub samples: Vec<String>,
    /// The commonest values with their counts among the rows looked at, at most 30; empty where nearly all differ.
    pub distinct: Vec<DistinctValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DistinctValue {
    pub value: String,
    pub rows: u32,
}

/// How sure the guess of a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Said by the mapping, or a name of a platform's own export.
    Certain,
    /// A known synonym.
    Likely,
    /// By the start of its name or by its values.
    Guess,
    /// Nothing is known of it.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewMissing {
    Id,
    Title,
    Price,
    /// A price is without tax, and no rate is given.
    TaxRate,
    /// A price column's name says both `tax excluded` and `tax included`: choose its field.
    TaxKind,
    /// `489,000`: thousands or thousandths.
    Decimals,
    /// PrestaShop's combinations without their products.
    Products,
}

/// A preview is read again under other settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewAgain {
    pub settings: FeedSettings,
}

/// Imports the file of a preview; its settings are kept for the next import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportPreview {
    pub preview: PreviewId,
    pub settings: FeedSettings,
}

/// Prices and stock by API, at most [`ProductUpdates::MAX`] at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProductUpdates {
    /// Absent: the site's main language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lang: Option<String>,
    pub updates: Vec<ProductUpdate>,
}

impl ProductUpdates {
    pub const MAX: usize = 1_000;
}

/// Names one variant by `sku` or `gtin`, or all of a product by `id`; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProductUpdate {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sku: Option<Sku>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub gtin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub id: Option<ProductId>,
    /// As in a feed: `12.90` or `12.90 EUR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub price: Option<String>,
    /// The same; empty ends the sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sale_price: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stock: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub availability: Option<CardAvailability>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct UpdatesTaken {
    /// Variants that were changed, or will be right after the import that runs.
    pub changed: u64,
    /// Named variants that were so already.
    pub unchanged: u64,
    /// An import runs: the updates wait for its end and are applied to what it brings.
    pub waiting: bool,
    pub generation: u64,
    pub refused: Vec<UpdateRefused>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UpdateRefused {
    /// Its place among the updates, from 0.
    pub place: u32,
    /// What is wrong and what to do, one sentence.
    pub message: String,
}

/// The site's key for updates by API.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct UpdateKey {
    /// Only in the answer that makes it; the server keeps its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub made_at: Option<Timestamp>,
}
