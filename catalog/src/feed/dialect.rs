//! What the columns of an export mean: one table a dialect.
//!
//! A dialect is data. Adding one means adding its table and, where its rows mean
//! something new, a [`Meaning`] that [`super::assemble`] knows.

use super::FeedFault;
use super::header::{Named, Tax};

/// Which platform's habits a feed follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Shopify's export since 2024 (`URL handle`).
    Shopify,
    /// Shopify's export before (`Handle`, `Variant Price`).
    ShopifyOlder,
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
        matches!(self, M::MoreImages | M::Choice | M::Attribute | M::Category | M::Tags | M::Ignored)
    }

    pub fn is_money(self) -> bool {
        matches!(self, M::Price | M::SalePrice | M::ComparePrice)
    }
}

impl Dialect {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopify => "Shopify",
            Self::ShopifyOlder => "Shopify (older header)",
            Self::Google => "Google Merchant or Meta",
            Self::HomeMade => "recognised by its column names",
        }
    }

    fn columns(self) -> &'static [(&'static str, Meaning)] {
        match self {
            Self::Shopify => SHOPIFY,
            Self::ShopifyOlder => SHOPIFY_OLDER,
            Self::Google => GOOGLE,
            Self::HomeMade => HOME_MADE,
        }
    }

    /// Platforms export many columns for themselves; whoever writes a file by hand means each.
    fn unknown_column(self, normal: &str) -> Meaning {
        match self {
            Self::Shopify | Self::ShopifyOlder if normal.contains(" product metafields ") => M::Attribute,
            Self::Shopify | Self::ShopifyOlder => M::Ignored,
            Self::Google | Self::HomeMade => M::Attribute,
        }
    }

    pub(super) fn detect(normals: &[String]) -> Result<Self, FeedFault> {
        let has = |name: &str| normals.iter().any(|normal| normal == name);
        if has("url handle") && (has("product image url") || has("price")) {
            return Ok(Self::Shopify);
        }
        if has("handle") && has("variant price") {
            return Ok(Self::ShopifyOlder);
        }
        if (has("regular price") || has("tarif regulier")) && has("type") && (has("sku") || has("ugs")) {
            return Err(FeedFault::NotYet { platform: "WooCommerce" });
        }
        let prestashop = has("product id") && has("impact on price")
            || has("name")
                && normals.iter().any(|name| name.starts_with("price tax excluded") || name == "tax rules id");
        if prestashop {
            return Err(FeedFault::NotYet { platform: "PrestaShop" });
        }
        if has("attribute set code") && has("product type") {
            return Err(FeedFault::NotYet { platform: "Magento" });
        }
        let google = ["link", "image link", "availability", "price"].iter().filter(|name| has(name)).count();
        if has("id") && has("title") && google >= 2 {
            return Ok(Self::Google);
        }
        Ok(Self::HomeMade)
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
            Self::Shopify | Self::ShopifyOlder => {}
            Self::Google | Self::HomeMade => {
                if let Some(meaning) = table(&named.bare) {
                    let without_tax = meaning.is_money() && named.tax == Some(Tax::Excluded);
                    return (if without_tax { Rank::WithoutTax } else { Rank::Bare }, meaning);
                }
            }
        }
        (Rank::Unknown, self.unknown_column(&named.normal))
    }
}

#[rustfmt::skip]
const SHOPIFY_OLDER: &[(&str, Meaning)] = &[
    ("handle", M::Group), ("title", M::Title), ("body html", M::Description), ("body", M::Description),
    ("vendor", M::Brand), ("type", M::Category), ("custom product type", M::Category), ("tags", M::Tags),
    ("published", M::Published), ("status", M::Status), ("variant sku", M::Sku), ("variant price", M::Price),
    ("variant compare at price", M::ComparePrice), ("variant barcode", M::Gtin),
    ("variant inventory tracker", M::StockTracker), ("variant inventory qty", M::Stock),
    ("variant inventory policy", M::StockPolicy), ("image src", M::Image), ("image position", M::ImagePosition),
    ("variant image", M::VariantImage), ("google shopping mpn", M::Mpn), ("google shopping gender", M::Attribute),
    ("google shopping age group", M::Attribute), ("google shopping google product category", M::GoogleCategory),
    ("product category", M::GoogleCategory),
    ("option1 name", M::OptionName(1)), ("option1 value", M::OptionValue(1)),
    ("option2 name", M::OptionName(2)), ("option2 value", M::OptionValue(2)),
    ("option3 name", M::OptionName(3)), ("option3 value", M::OptionValue(3)),
];

#[rustfmt::skip]
const SHOPIFY: &[(&str, Meaning)] = &[
    ("url handle", M::Group), ("title", M::Title), ("description", M::Description), ("vendor", M::Brand),
    ("type", M::Category), ("product category", M::GoogleCategory), ("tags", M::Tags),
    ("published on online store", M::Published), ("status", M::Status), ("sku", M::Sku), ("barcode", M::Gtin),
    ("price", M::Price), ("compare at price", M::ComparePrice), ("inventory tracker", M::StockTracker),
    ("inventory quantity", M::Stock), ("continue selling when out of stock", M::StockPolicy),
    ("product image url", M::Image), ("image position", M::ImagePosition), ("variant image url", M::VariantImage),
    ("google shopping google product category", M::GoogleCategory), ("google shopping mpn", M::Mpn),
    ("google shopping gender", M::Attribute), ("google shopping age group", M::Attribute),
    ("google shopping manufacturer part number mpn", M::Mpn),
    ("option1 name", M::OptionName(1)), ("option1 value", M::OptionValue(1)),
    ("option2 name", M::OptionName(2)), ("option2 value", M::OptionValue(2)),
    ("option3 name", M::OptionName(3)), ("option3 value", M::OptionValue(3)),
];

#[rustfmt::skip]
const GOOGLE: &[(&str, Meaning)] = &[
    ("id", M::Id), ("item group id", M::Group), ("title", M::Title), ("description", M::Description),
    ("link", M::Link), ("image link", M::Image), ("additional image link", M::MoreImages),
    ("image 0 url", M::MoreImages), ("availability", M::Availability), ("price", M::Price),
    ("sale price", M::SalePrice), ("sale price effective date", M::SaleDates), ("brand", M::Brand),
    ("gtin", M::Gtin), ("mpn", M::Mpn), ("sku", M::Sku), ("product type", M::Category), ("product types", M::Category),
    ("google product category", M::GoogleCategory), ("fb product category", M::GoogleCategory),
    ("quantity to sell on facebook", M::Stock), ("quantity", M::Stock), ("stock", M::Stock), ("inventory", M::Stock),
    ("color", M::Choice), ("size", M::Choice), ("material", M::Choice), ("pattern", M::Choice),
    ("gender", M::Attribute), ("age group", M::Attribute), ("product highlight", M::Attribute),
    ("crosssellproducts", M::Complementary), ("compatiblewith", M::Complementary), ("currency", M::Currency),
    ("availability date", M::Ignored), ("identifier exists", M::Ignored), ("condition", M::Ignored),
    ("size type", M::Ignored), ("size system", M::Ignored), ("adult", M::Ignored), ("multipack", M::Ignored),
    ("is bundle", M::Ignored), ("unit pricing measure", M::Ignored), ("unit pricing base measure", M::Ignored),
    ("custom label 0", M::Ignored), ("custom label 1", M::Ignored), ("custom label 2", M::Ignored),
    ("custom label 3", M::Ignored), ("custom label 4", M::Ignored), ("shipping", M::Ignored),
    ("shipping weight", M::Ignored), ("shipping label", M::Ignored), ("tax", M::Ignored),
    ("product detail", M::Ignored), ("image 0 tag 0", M::Ignored), ("mobile link", M::Ignored),
    ("cost of goods sold", M::Ignored), ("video 0 url", M::Ignored),
];

#[rustfmt::skip]
const HOME_MADE: &[(&str, Meaning)] = &[
    ("id", M::Id), ("product id", M::Id), ("identifiant", M::Id), ("code produit", M::Id), ("item group id", M::Group),
    ("sku", M::Sku), ("variant sku", M::Sku), ("reference", M::Sku), ("ref", M::Sku), ("ugs", M::Sku),
    ("code article", M::Sku), ("reference produit", M::Sku),
    ("title", M::Title), ("name", M::Title), ("product name", M::Title), ("nom", M::Title), ("titre", M::Title),
    ("designation", M::Title), ("denomination", M::Title), ("libelle", M::Title), ("nom du produit", M::Title),
    ("produit", M::Title), ("article", M::Title),
    ("description", M::Description), ("body html", M::Description), ("descriptif", M::Description),
    ("summary", M::Summary), ("resume", M::Summary), ("description courte", M::Summary), ("short description", M::Summary),
    ("price", M::Price), ("regular price", M::Price), ("variant price", M::Price), ("price tax included", M::Price),
    ("prix", M::Price), ("prix ttc", M::Price), ("tarif", M::Price), ("tarif regulier", M::Price), ("prix de vente", M::Price),
    ("prix de vente ttc", M::Price), ("prix public", M::Price), ("pvc", M::Price), ("prix ttc eur", M::Price),
    ("prix eur", M::Price),
    ("sale price", M::SalePrice), ("special price", M::SalePrice), ("prix promo", M::SalePrice),
    ("tarif promo", M::SalePrice), ("prix remise", M::SalePrice), ("prix solde", M::SalePrice),
    ("prix barre", M::ComparePrice), ("compare at price", M::ComparePrice),
    ("currency", M::Currency), ("devise", M::Currency),
    ("stock", M::Stock), ("qty", M::Stock), ("quantity", M::Stock), ("inventory", M::Stock), ("quantite", M::Stock),
    ("qte", M::Stock), ("qte dispo", M::Stock), ("inventaire", M::Stock), ("quantite disponible", M::Stock),
    ("availability", M::Availability), ("in stock", M::Availability), ("disponibilite", M::Availability),
    ("en stock", M::Availability), ("etat", M::Availability),
    ("category", M::Category), ("categories", M::Category), ("product category", M::Category), ("product type", M::Category),
    ("categorie", M::Category), ("famille", M::Category), ("rayon", M::Category), ("univers", M::Category),
    ("sous famille", M::SubCategory), ("sous categorie", M::SubCategory), ("subcategory", M::SubCategory),
    ("brand", M::Brand), ("vendor", M::Brand), ("manufacturer", M::Brand), ("marque", M::Brand), ("fabricant", M::Brand),
    ("link", M::Link), ("url", M::Link), ("product url", M::Link), ("lien", M::Link), ("adresse", M::Link),
    ("url produit", M::Link),
    ("image", M::Image), ("image link", M::Image), ("image src", M::Image), ("image url", M::Image), ("photo", M::Image),
    ("visuel", M::Image), ("url image", M::Image), ("images", M::MoreImages), ("photos", M::MoreImages),
    ("color", M::Choice), ("colour", M::Choice), ("size", M::Choice), ("material", M::Choice),
    ("couleur", M::Choice), ("coloris", M::Choice), ("taille", M::Choice), ("pointure", M::Choice), ("matiere", M::Choice),
    ("gtin", M::Gtin), ("ean", M::Gtin), ("ean13", M::Gtin), ("upc", M::Gtin), ("isbn", M::Gtin), ("barcode", M::Gtin),
    ("code barres", M::Gtin), ("code barre", M::Gtin), ("gencod", M::Gtin), ("mpn", M::Mpn),
    ("tags", M::Tags), ("etiquettes", M::Tags), ("mots cles", M::Tags), ("keywords", M::Tags),
    ("published", M::Published), ("publie", M::Published), ("actif", M::Published), ("active", M::Published),
    ("status", M::Status), ("statut", M::Status),
    // What the shop itself pays is nobody else's business.
    ("cost", M::Ignored), ("cost price", M::Ignored), ("purchase price", M::Ignored), ("wholesale price", M::Ignored),
    ("prix d achat", M::Ignored), ("prix achat", M::Ignored), ("prix de revient", M::Ignored), ("marge", M::Ignored),
    ("margin", M::Ignored), ("supplier", M::Ignored), ("fournisseur", M::Ignored),
];
