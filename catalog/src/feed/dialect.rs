//! What the columns of an export mean: one table a dialect.
//!
//! A dialect is data: its table stands in [`super::dialects`], beside what its rows mean
//! that no other's do. What no table can say (which row is a variant of which) is asked
//! there by [`super::parted`] and the readers of prices, options and stock.

use super::dialects::{google, home_made, magento, prestashop, shopify, woocommerce};
use super::header::{Named, Tax};
use super::record::Record;

/// Which platform's habits a feed follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Shopify's export since 2024 (`URL handle`).
    Shopify,
    /// Shopify's export before (`Handle`, `Variant Price`).
    ShopifyOlder,
    /// WooCommerce's export, in any language.
    WooCommerce,
    /// PrestaShop's products.
    PrestaShop,
    /// PrestaShop's combinations, which say nothing without its products.
    PrestaShopCombinations,
    /// Magento's and Adobe Commerce's products.
    Magento,
    /// Google Merchant and Meta catalogs, and files written by hand with their names.
    Google,
    /// Recognised by synonyms, English or French.
    HomeMade,
}

/// What one column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Id,
    /// Ties rows to one product; the product's id where it is given.
    Group,
    Sku,
    Title,
    Description,
    Summary,
    Brand,
    /// A path with ` > ` between its levels.
    Category,
    /// A level below [`Meaning::Category`], in a column of its own.
    SubCategory,
    /// Google's taxonomy, used when the shop gives no category of its own.
    GoogleCategory,
    /// The regular price, or what is paid now where [`Meaning::ComparePrice`] exists.
    Price,
    SalePrice,
    SaleDates,
    SaleFrom,
    /// A day without a time is counted in.
    SaleUntil,
    /// Of PrestaShop: what a combination costs more than its product.
    PriceImpact,
    DiscountAmount,
    DiscountPercent,
    /// Whether a price may be shown at all.
    ShowPrice,
    /// The regular price, if higher than the price.
    ComparePrice,
    Currency,
    Availability,
    Stock,
    StockTracker,
    StockPolicy,
    Gtin,
    Mpn,
    Link,
    Image,
    MoreImages,
    ImagePosition,
    VariantImage,
    OptionName(u8),
    OptionValue(u8),
    /// Attributes of WooCommerce, counted by the platform.
    AttributeName(u16),
    AttributeValues(u16),
    /// Names and values of one row in a cell of their own each: `Color:color:0, Size:select:1`.
    CombinationNames,
    CombinationValues,
    /// `Name:Value:Position`, several in one cell.
    Features,
    /// `Section:Name:Value`, several in one cell.
    Details,
    /// `name=value`, several in one cell.
    Pairs,
    /// Of Magento: the SKUs of a product's variants with their choices, and how choices are called.
    Variations,
    VariationLabels,
    /// What kind of row this is: `variable`, `configurable` …
    Kind,
    /// The SKU or number of the row that this one is a variant of.
    Parent,
    /// The platform's own number of the row.
    ExternalId,
    /// Not empty: a translation, no product.
    StoreView,
    /// Whether it is listed, beside being published.
    Visibility,
    /// What its page is called in the shop's addresses.
    Slug,
    AvailableForOrder,
    /// A choice whose name is the column's.
    Choice,
    Published,
    Status,
    Tags,
    /// A property whose name is the column's.
    Attribute,
    Similar,
    Complementary,
    Ignored,
}

use Meaning as M;

impl Meaning {
    /// Whether it may be spread over columns; of everything else the first column counts.
    pub fn is_list(self) -> bool {
        const LISTS: [Meaning; 11] = [
            M::Category,
            M::GoogleCategory,
            M::Tags,
            M::MoreImages,
            M::Gtin,
            M::Choice,
            M::Attribute,
            M::Details,
            M::Similar,
            M::Complementary,
            M::Ignored,
        ];
        LISTS.contains(&self)
    }

    pub fn is_money(self) -> bool {
        matches!(self, M::Price | M::SalePrice | M::ComparePrice | M::PriceImpact | M::DiscountAmount)
    }
}

impl Dialect {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopify => "Shopify",
            Self::ShopifyOlder => "Shopify (older header)",
            Self::WooCommerce => "WooCommerce",
            Self::PrestaShop => "PrestaShop",
            Self::PrestaShopCombinations => "PrestaShop combinations",
            Self::Magento => "Magento",
            Self::Google => "Google Merchant or Meta",
            Self::HomeMade => "recognised by its column names",
        }
    }

    fn columns(self) -> &'static [(&'static str, Meaning)] {
        match self {
            Self::Shopify => shopify::SHOPIFY,
            Self::ShopifyOlder => shopify::SHOPIFY_OLDER,
            Self::WooCommerce => woocommerce::COLUMNS,
            Self::PrestaShop => prestashop::PRODUCTS,
            Self::PrestaShopCombinations => prestashop::COMBINATIONS,
            Self::Magento => magento::COLUMNS,
            Self::Google => google::GOOGLE,
            Self::HomeMade => home_made::HOME_MADE,
        }
    }

    /// Platforms export many columns for themselves; whoever writes a file by hand means each.
    fn unknown_column(self, normal: &str) -> Meaning {
        match self {
            Self::Shopify | Self::ShopifyOlder if normal.contains(" product metafields ") => M::Attribute,
            Self::WooCommerce => woocommerce::counted_column(normal),
            Self::Shopify | Self::ShopifyOlder | Self::PrestaShop | Self::PrestaShopCombinations | Self::Magento => {
                M::Ignored
            }
            Self::Google | Self::HomeMade => M::Attribute,
        }
    }

    /// The first dialect that fits a header; the rows tell where the header is translated.
    pub(super) fn detect(normals: &[String], sample: &[Record]) -> Self {
        let has = |name: &str| normals.iter().any(|normal| normal == name);
        let google = ["link", "image link", "availability", "price"].iter().filter(|name| has(name)).count();
        if has("url handle") && (has("product image url") || has("price")) {
            Self::Shopify
        } else if has("handle") && has("variant price") {
            Self::ShopifyOlder
        } else if has("attribute set code") && has("product type") {
            Self::Magento
        } else if (has("regular price") || has("tarif regulier")) && has("type") && (has("sku") || has("ugs")) {
            Self::WooCommerce
        } else if prestashop::is_combinations(normals) {
            Self::PrestaShopCombinations
        } else if prestashop::is_products(normals) {
            Self::PrestaShop
        } else if has("id") && has("title") && google >= 2 {
            Self::Google
        } else if woocommerce::kind_column(normals, sample).is_some() {
            Self::WooCommerce
        } else {
            Self::HomeMade
        }
    }

    /// Whether its prices always have a dot before decimals, whatever the shop's language.
    pub(super) fn writes_dots(self) -> bool {
        match self {
            Self::Shopify | Self::ShopifyOlder | Self::Google | Self::Magento => true,
            Self::PrestaShop | Self::PrestaShopCombinations => true,
            Self::WooCommerce | Self::HomeMade => false,
        }
    }
}

/// How sure a dialect is of a column; the surest is served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The name stands in the dialect's table.
    Exact,
    /// It does without its words of tax and currency.
    Bare,
    /// The same, and the price below it is without tax: one with tax goes before.
    WithoutTax,
    /// It begins with one that does: `Prix conseillé`.
    Beginning,
    Unknown,
}

impl Dialect {
    /// What a column gives by its name alone.
    pub(super) fn meaning(self, named: &Named) -> (Rank, Meaning) {
        let table = |text: &str| self.columns().iter().find(|(name, _)| *name == text).map(|(_, meaning)| *meaning);
        if named.normal.is_empty() {
            return (Rank::Exact, M::Ignored);
        }
        if let Some(meaning) = table(&named.normal) {
            return (Rank::Exact, meaning);
        }
        match self {
            Self::Shopify
            | Self::ShopifyOlder
            | Self::WooCommerce
            | Self::PrestaShop
            | Self::PrestaShopCombinations
            | Self::Magento => {}
            Self::Google | Self::HomeMade => {
                if let Some(meaning) = table(&named.bare) {
                    let without_tax = meaning.is_money() && named.tax == Some(Tax::Excluded);
                    return (if without_tax { Rank::WithoutTax } else { Rank::Bare }, meaning);
                }
            }
        }
        if self == Self::HomeMade
            && let Some(meaning) = home_made::by_beginning(&named.bare)
        {
            return (Rank::Beginning, meaning);
        }
        (Rank::Unknown, self.unknown_column(&named.normal))
    }
}
