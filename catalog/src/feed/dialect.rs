//! What the columns of an export mean: one table a dialect.
//!
//! A dialect is data. Adding one means adding its table and, where its rows mean
//! something new, a [`Meaning`] that [`super::assemble`] knows.

use std::collections::HashMap;

use super::FeedFault;
use super::bounds::FOUND_COLUMNS_CHARS_MAX;
use super::header::normal;
use super::records::Record;
use crate::model::bounds::ATTRIBUTE_CHARS_MAX;

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

    fn detect(normals: &[String]) -> Result<Self, FeedFault> {
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

/// One column of a feed, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// As the file writes it.
    pub name: String,
    pub meaning: Meaning,
}

/// A header with its meanings.
#[derive(Debug)]
pub(super) struct Layout {
    pub dialect: Dialect,
    pub columns: Vec<Column>,
    /// Columns that say again what another says; nothing is taken from them.
    pub unused: Vec<String>,
    by_meaning: HashMap<Meaning, Vec<usize>>,
}

impl Layout {
    /// Recognises a header.
    pub fn of(header: &Record) -> Result<Self, FeedFault> {
        let names: Vec<&str> = (0..header.len()).map(|column| header.get(column)).collect();
        let normals: Vec<String> = names.iter().map(|name| normal(name)).collect();
        let dialect = Dialect::detect(&normals)?;
        let (mut columns, mut unused) = (Vec::new(), Vec::new());
        let mut by_meaning: HashMap<Meaning, Vec<usize>> = HashMap::new();
        for (index, (name, normal)) in names.iter().zip(&normals).enumerate() {
            let name: String = name.chars().take(ATTRIBUTE_CHARS_MAX).collect();
            let meaning = meaning_of(dialect, normal, &by_meaning).unwrap_or_else(|| {
                unused.push(name.clone());
                M::Ignored
            });
            by_meaning.entry(meaning).or_default().push(index);
            columns.push(Column { name, meaning });
        }
        let layout = Self { dialect, columns, unused, by_meaning };
        match layout.missing() {
            None => Ok(layout),
            Some(missing) => Err(FeedFault::UnknownColumns { found: found(&names), missing }),
        }
    }

    fn missing(&self) -> Option<&'static str> {
        let has = |meaning| self.by_meaning.contains_key(&meaning);
        if !has(M::Id) && !has(M::Sku) && !has(M::Group) {
            Some("id")
        } else if !has(M::Title) {
            Some("title")
        } else if !has(M::Price) {
            Some("price with tax")
        } else {
            None
        }
    }

    pub fn all(&self, meaning: Meaning) -> &[usize] {
        self.by_meaning.get(&meaning).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn first(&self, meaning: Meaning) -> Option<usize> {
        self.all(meaning).first().copied()
    }

    pub fn name(&self, column: usize) -> &str {
        self.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default()
    }

    /// The first of the meanings that this file has a column for.
    pub fn name_of(&self, meanings: &[Meaning]) -> &str {
        meanings.iter().find_map(|meaning| self.first(*meaning)).map(|column| self.name(column)).unwrap_or_default()
    }

    /// What ties a row to its product; empty when the row names nothing.
    pub fn key<'r>(&self, record: &'r Record) -> &'r str {
        [M::Group, M::Id, M::Sku]
            .into_iter()
            .filter_map(|meaning| self.first(meaning))
            .map(|column| record.get(column))
            .find(|key| !key.is_empty())
            .unwrap_or_default()
    }
}

/// What a column gives; nothing when another column gives it already.
fn meaning_of(dialect: Dialect, normal: &str, taken: &HashMap<Meaning, Vec<usize>>) -> Option<Meaning> {
    if normal.is_empty() {
        return Some(M::Ignored);
    }
    let known = dialect.columns().iter().find(|(name, _)| *name == normal).map(|(_, meaning)| *meaning);
    match known {
        // Lists may be spread over columns; of everything else the first column counts.
        Some(meaning @ (M::MoreImages | M::Choice | M::Attribute | M::Category | M::Tags | M::Ignored)) => {
            Some(meaning)
        }
        Some(M::Image) if taken.contains_key(&M::Image) => Some(M::MoreImages),
        Some(meaning) if taken.contains_key(&meaning) => None,
        Some(meaning) => Some(meaning),
        None => Some(dialect.unknown_column(normal)),
    }
}

fn found(names: &[&str]) -> String {
    let mut found = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if found.chars().count() > FOUND_COLUMNS_CHARS_MAX {
        found = found.chars().take(FOUND_COLUMNS_CHARS_MAX).collect();
        found.push('…');
    }
    found
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
];
