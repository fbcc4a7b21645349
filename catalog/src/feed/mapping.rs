//! What a merchant says of the columns of a file: corrections kept with the feed.
//!
//! A mapping is JSON, made by the console's mapping screen or written by hand for
//! the command line. It names columns and values as the file does; what it does not
//! name is read as recognised. It belongs to the header it was made for: with
//! another one the difference is told ([`MappingFault::HeaderChanged`]) and nothing
//! is read, since a column that means something else would spoil every product.
//!
//! ```json
//! {
//!   "header": ["Réf.", "Article", "PU (HT)", "Dispo", "Récupérateurs"],
//!   "columns": [
//!     {"column": "Réf.", "field": "sku"},
//!     {"column": "Article", "field": "title"},
//!     {"column": "PU (HT)", "field": "price_without_tax"},
//!     {"column": "Dispo", "field": "availability"},
//!     {"column": "Récupérateurs", "field": "attribute", "name": "chaleur"}
//!   ],
//!   "values": [
//!     {"column": "Dispo", "from": "Rupture définitive", "to": "out_of_stock"},
//!     {"column": "Récupérateurs", "from": "air/eau + solaire", "to": ["air", "eau", "solaire"]}
//!   ],
//!   "link_base": "https://boutique.example/", "currency": "EUR", "tax_rate": "20", "decimals": "comma"
//! }
//! ```
//!
//! How values are put into rows is left to [`super::worded`].

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::bounds::{COLUMNS_MAX, MAPPED_VALUES_MAX, MAPPING_BYTES_MAX, VALUE_MAPS_MAX};
use super::dialect::Meaning as M;
use super::header::{Tax, normal};
use super::layout::{Column, Layout};
use super::mapping_fault::MappingFault;
use crate::model::bounds::ATTRIBUTE_CHARS_MAX;
use crate::model::{Currency, TaxRate};

/// What a merchant says of a file's columns and values.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The columns of the file it was made for, as it names them, in any order.
    /// Empty: for any file that has the columns named below.
    pub header: Vec<String>,
    /// What single columns give; all others are read as recognised.
    pub columns: Vec<ColumnMapping>,
    /// What single values of a column mean.
    pub values: Vec<ValueMap>,
    /// Completes relative links and pictures, and makes the links of handles; instead
    /// of the shop's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_base: Option<Url>,
    /// Of prices that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Added to prices that are written without tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<TaxRate>,
    /// Which sign stands before decimals, where cells like `489,000` cannot tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<DecimalMark>,
}

/// What one column gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// As the file names it; accents, case and signs do not count.
    pub column: String,
    #[serde(flatten)]
    pub field: Field,
}

/// What a column can give to a product or a variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum Field {
    Id,
    /// Ties the rows of one product together.
    Group,
    Sku,
    Title,
    Description,
    Summary,
    Brand,
    /// A path with ` > ` between its levels.
    Category,
    /// The level below the category, in a column of its own.
    SubCategory,
    /// The regular price; or what is paid now, where a column gives [`Field::RegularPrice`].
    Price,
    PriceWithoutTax,
    /// What is paid now, below the price. With tax if the price is, unless its name says otherwise.
    SalePrice,
    /// Two instants joined by `/`.
    SaleDates,
    /// Struck out beside the price.
    RegularPrice,
    Currency,
    Availability,
    Stock,
    Gtin,
    Mpn,
    Link,
    Image,
    MoreImages,
    /// A choice between variants, like size; without a name it is called like the column.
    Option {
        #[serde(default)]
        name: String,
    },
    /// A property, like material; without a name it is called like the column.
    Attribute {
        #[serde(default)]
        name: String,
    },
    Tags,
    Published,
    Similar,
    Complementary,
    /// Nothing is taken from it.
    Ignore,
    /// What the recognised dialect makes of it, also where no other field says that.
    AsRecognised,
}

/// What a value of a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueMap {
    pub column: String,
    /// Case, accents and doubled spaces do not count: `Noir mat` is also `NOIR MAT`.
    pub from: String,
    /// Read instead. Attributes and tags take several; none: the value is left out.
    #[serde(deserialize_with = "one_or_many")]
    pub to: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    Dot,
    Comma,
}

impl Mapping {
    /// Reads a mapping written as JSON.
    ///
    /// # Errors
    /// When it is no mapping, or larger than a mapping may be.
    pub fn of_json(bytes: &[u8]) -> Result<Self, MappingFault> {
        if bytes.len() > MAPPING_BYTES_MAX {
            return Err(MappingFault::TooLarge { what: "the JSON" });
        }
        let unreadable = |error: serde_json::Error| MappingFault::Unreadable { why: error.to_string() };
        let mapping: Self = serde_json::from_slice(bytes).map_err(unreadable)?;
        mapping.within_bounds().map(|()| mapping)
    }

    /// Whether its lists are within their bounds.
    ///
    /// # Errors
    /// [`MappingFault::TooLarge`].
    pub fn within_bounds(&self) -> Result<(), MappingFault> {
        let too_large = |what| Err(MappingFault::TooLarge { what });
        if self.header.len() > COLUMNS_MAX || self.columns.len() > COLUMNS_MAX {
            too_large("its columns")
        } else if self.values.len() > VALUE_MAPS_MAX {
            too_large("its values")
        } else if self.values.iter().any(|value| value.to.len() > MAPPED_VALUES_MAX) {
            too_large("what one value means")
        } else {
            Ok(())
        }
    }

    /// Columns that are gone from, and new in, a file with this header.
    #[must_use]
    pub fn header_change(&self, names: &[String]) -> Option<(Vec<String>, Vec<String>)> {
        if self.header.is_empty() {
            return None;
        }
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        names.iter().for_each(|name| *counts.entry(normal(name)).or_default() += 1);
        self.header.iter().for_each(|name| *counts.entry(normal(name)).or_default() -= 1);
        let with = |names: &[String], is_so: fn(i64) -> bool| -> Vec<String> {
            names.iter().filter(|name| counts.get(&normal(name)).copied().is_some_and(is_so)).cloned().collect()
        };
        let (gone, added) = (with(&self.header, |count| count < 0), with(names, |count| count > 0));
        (!gone.is_empty() || !added.is_empty()).then_some((gone, added))
    }

    /// The layout with what the mapping says put over what was recognised.
    pub(super) fn corrected(&self, layout: Layout) -> Result<Layout, MappingFault> {
        self.within_bounds()?;
        if let Some((gone, added)) = self.header_change(&layout.names()) {
            return Err(MappingFault::HeaderChanged { gone, added });
        }
        self.put_over(layout)
    }

    /// Whether it says what a column gives.
    pub(super) fn names(&self, column: &str) -> bool {
        self.columns.iter().any(|mapped| normal(&mapped.column) == normal(column))
    }

    /// As [`Mapping::corrected`], of the columns that are still there.
    pub(super) fn corrected_where_it_fits(&self, layout: Layout) -> Result<Layout, MappingFault> {
        let there = |column: &str| layout.columns.iter().any(|known| normal(&known.name) == normal(column));
        let columns = self.columns.iter().filter(|mapped| there(&mapped.column)).cloned().collect();
        Self { columns, ..Self::default() }.put_over(layout)
    }

    fn put_over(&self, layout: Layout) -> Result<Layout, MappingFault> {
        let normals: Vec<String> = layout.columns.iter().map(|column| normal(&column.name)).collect();
        let mut columns = layout.columns;
        let mut unused = layout.unused;
        let mut said: HashMap<usize, ()> = HashMap::new();
        let mut singles: HashMap<M, String> = HashMap::new();
        for mapped in &self.columns {
            let wanted = normal(&mapped.column);
            let places: Vec<usize> = (0..normals.len()).filter(|at| normals.get(*at) == Some(&wanted)).collect();
            if places.is_empty() {
                return Err(MappingFault::NoSuchColumn { column: mapped.column.clone() });
            }
            for (nth, at) in places.into_iter().enumerate() {
                if said.insert(at, ()).is_some() {
                    return Err(MappingFault::ColumnTwice { column: mapped.column.clone() });
                }
                let Some(column) = columns.get_mut(at) else { continue };
                unused.retain(|other| *other != at);
                let Some(meaning) = mapped.field.put_on(column) else { continue };
                let first = if meaning.is_list() { None } else { singles.insert(meaning, mapped.column.clone()) };
                match first {
                    None => {}
                    // Columns of the same name: further pictures, or the same thing again.
                    Some(_) if nth > 0 => {
                        column.meaning = if meaning == M::Image { M::MoreImages } else { M::Ignored };
                    }
                    Some(first) => return Err(MappingFault::FieldTwice { first, second: mapped.column.clone() }),
                }
            }
        }
        // What the mapping gives to one column no other keeps by its name.
        for (at, column) in columns.iter_mut().enumerate() {
            if !said.contains_key(&at) && singles.contains_key(&column.meaning) {
                column.meaning = M::Ignored;
                unused.push(at);
            }
        }
        unused.sort_unstable();
        Ok(Layout::new(layout.dialect, columns, unused))
    }
}

impl Field {
    /// Puts the field on a column; answers its meaning, or nothing where it stays as recognised.
    fn put_on(&self, column: &mut Column) -> Option<M> {
        let named = |name: &str| {
            let name: String = name.trim().chars().take(ATTRIBUTE_CHARS_MAX).collect();
            (!name.is_empty()).then_some(name)
        };
        let meaning = match self {
            Self::Id => M::Id,
            Self::Group => M::Group,
            Self::Sku => M::Sku,
            Self::Title => M::Title,
            Self::Description => M::Description,
            Self::Summary => M::Summary,
            Self::Brand => M::Brand,
            Self::Category => M::Category,
            Self::SubCategory => M::SubCategory,
            Self::Price | Self::PriceWithoutTax => M::Price,
            Self::SalePrice => M::SalePrice,
            Self::SaleDates => M::SaleDates,
            Self::RegularPrice => M::ComparePrice,
            Self::Currency => M::Currency,
            Self::Availability => M::Availability,
            Self::Stock => M::Stock,
            Self::Gtin => M::Gtin,
            Self::Mpn => M::Mpn,
            Self::Link => M::Link,
            Self::Image => M::Image,
            Self::MoreImages => M::MoreImages,
            Self::Option { .. } => M::Choice,
            Self::Attribute { .. } => M::Attribute,
            Self::Tags => M::Tags,
            Self::Published => M::Published,
            Self::Similar => M::Similar,
            Self::Complementary => M::Complementary,
            Self::Ignore => M::Ignored,
            Self::AsRecognised => return None,
        };
        column.meaning = meaning;
        match self {
            Self::Option { name } | Self::Attribute { name } => column.label = named(name),
            Self::Price => column.tax = Some(Tax::Included),
            Self::PriceWithoutTax => column.tax = Some(Tax::Excluded),
            _ => {}
        }
        Some(meaning)
    }

    /// What a recognised column gives, as a mapping would say it.
    pub(super) fn of(column: &Column) -> Self {
        let name = || column.label.clone().unwrap_or_default();
        match column.meaning {
            M::Id => Self::Id,
            M::Group => Self::Group,
            M::Sku => Self::Sku,
            M::Title => Self::Title,
            M::Description => Self::Description,
            M::Summary => Self::Summary,
            M::Brand => Self::Brand,
            M::Category => Self::Category,
            M::SubCategory => Self::SubCategory,
            M::Price if column.tax == Some(Tax::Excluded) => Self::PriceWithoutTax,
            M::Price => Self::Price,
            M::SalePrice => Self::SalePrice,
            M::SaleDates => Self::SaleDates,
            M::ComparePrice => Self::RegularPrice,
            M::Currency => Self::Currency,
            M::Availability => Self::Availability,
            M::Stock => Self::Stock,
            M::Gtin => Self::Gtin,
            M::Mpn => Self::Mpn,
            M::Link => Self::Link,
            M::Image => Self::Image,
            M::MoreImages => Self::MoreImages,
            M::Choice => Self::Option { name: name() },
            M::Attribute => Self::Attribute { name: name() },
            M::Tags => Self::Tags,
            M::Published => Self::Published,
            M::Similar => Self::Similar,
            M::Complementary => Self::Complementary,
            M::Ignored => Self::Ignore,
            _ => Self::AsRecognised,
        }
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Given::deserialize(from)? {
        Given::One(value) => vec![value],
        Given::Many(values) => values,
    })
}
