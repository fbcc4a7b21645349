//! A header with its meanings: what dialect and mapping together make of the columns.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use super::bounds::FOUND_COLUMNS_CHARS_MAX;
use super::dialect::{Dialect, Meaning, Meaning as M, Rank};
use super::dialects::woocommerce;
use super::header::{self, Named, Tax};
use super::keys::Mixed;
use super::record::Record;
use super::{FeedFault, Settings};
use crate::model::Currency;
use crate::model::bounds::ATTRIBUTE_CHARS_MAX;

/// One column of a feed, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// As the file writes it.
    pub name: String,
    pub meaning: Meaning,
    /// What an attribute or a choice is called instead of the column's name.
    pub label: Option<String>,
    /// Whether its prices are with tax, where the name or the mapping says it.
    pub tax: Option<Tax>,
    /// Of its prices that name none, where the column's name does.
    pub currency: Option<Currency>,
}

impl Column {
    pub fn new(name: &str, meaning: Meaning) -> Self {
        let name = name.chars().take(ATTRIBUTE_CHARS_MAX).collect();
        Self { name, meaning, label: None, tax: None, currency: None }
    }
}

/// A header with its meanings.
#[derive(Debug)]
pub(super) struct Layout {
    pub dialect: Dialect,
    pub columns: Vec<Column>,
    /// Columns that say again what another says; nothing is taken from them.
    pub unused: Vec<usize>,
    /// Columns of WooCommerce's attributes: a name's and its values'.
    pub counted: Vec<(usize, usize)>,
    by_meaning: ByMeaning,
    /// The columns that name a row, the one that counts first.
    keys: Vec<usize>,
    /// The columns that name a variant, likewise.
    skus: Vec<usize>,
}

type ByMeaning = HashMap<Meaning, Vec<usize>, BuildHasherDefault<Mixed>>;

impl Layout {
    /// Recognises a header, corrected by the mapping where there is one.
    pub fn of(header: &Record, sample: &[Record], settings: &Settings) -> Result<Self, FeedFault> {
        let recognised = Self::recognised(header, sample);
        // A mapping is of the products; combinations beside them need none.
        let layout = match &settings.mapping {
            Some(mapping) if recognised.dialect != Dialect::PrestaShopCombinations => mapping.corrected(recognised)?,
            Some(_) | None => recognised,
        };
        layout.complete(settings)
    }

    /// What the dialects say of these columns; whether that is enough is not asked yet.
    /// `sample` are the first rows below the header.
    pub fn recognised(header: &Record, sample: &[Record]) -> Self {
        let names = (0..header.len()).map(|column| header.get(column));
        let named: Vec<Named> = names.clone().map(Named::of).collect();
        let normals: Vec<String> = named.iter().map(|named| named.normal.clone()).collect();
        let dialect = Dialect::detect(&normals, sample);
        let own = header::own_columns(&normals);
        let mut known: Vec<(Rank, Meaning)> = named.iter().map(|named| dialect.meaning(named)).collect();
        if dialect == Dialect::WooCommerce
            && !known.iter().any(|(_, meaning)| *meaning == M::Price)
            && let Some(meanings) = woocommerce::by_order(&normals, sample)
        {
            known = meanings.into_iter().map(|meaning| (Rank::Exact, meaning)).collect();
        }
        let mut order: Vec<usize> = (own..known.len()).collect();
        order.sort_by_key(|index| known.get(*index).map(|(rank, _)| *rank));
        let mut columns: Vec<Column> = names.map(|name| Column::new(name, M::Ignored)).collect();
        let (mut taken, mut unused) = (HashSet::new(), Vec::new());
        for index in order {
            let (Some((_, meaning)), Some(named), Some(column)) =
                (known.get(index), named.get(index), columns.get_mut(index))
            else {
                continue;
            };
            match free(*meaning, &taken) {
                None => unused.push(index),
                Some(meaning) => {
                    taken.insert(meaning);
                    column.meaning = meaning;
                    column.tax = named.tax.filter(|_| meaning.is_money());
                    column.currency = named.currency.filter(|_| meaning.is_money());
                }
            }
        }
        unused.sort_unstable();
        Self::new(dialect, columns, unused)
    }

    /// A header of these columns, of which `unused` say again what another says.
    pub fn new(dialect: Dialect, columns: Vec<Column>, unused: Vec<usize>) -> Self {
        let mut by_meaning = ByMeaning::default();
        for (index, column) in columns.iter().enumerate() {
            by_meaning.entry(column.meaning).or_default().push(index);
        }
        let counted = columns.iter().enumerate().filter_map(|(at, column)| match column.meaning {
            M::AttributeName(number) => Some((at, *by_meaning.get(&M::AttributeValues(number))?.first()?)),
            _ => None,
        });
        let naming = [M::Group, M::Id, M::Sku, M::ExternalId];
        let keys = naming.iter().filter_map(|meaning| by_meaning.get(meaning)?.first().copied()).collect();
        // A combination has no number of its own.
        let is_numbered = dialect != Dialect::PrestaShopCombinations;
        let naming = [M::Sku, M::Id].into_iter().filter(|meaning| is_numbered || *meaning == M::Sku);
        let skus = naming.filter_map(|meaning| by_meaning.get(&meaning)?.first().copied()).collect();
        Self { dialect, counted: counted.collect(), keys, skus, columns, unused, by_meaning }
    }

    /// The layout, once nothing that every product needs is missing.
    fn complete(self, settings: &Settings) -> Result<Self, FeedFault> {
        if let Some(missing) = self.missing() {
            let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
            return Err(FeedFault::UnknownColumns { found: found(&names), missing });
        }
        for column in self.columns.iter().filter(|column| column.meaning.is_money()) {
            match self.tax_of(column) {
                Some(Tax::Either) => return Err(FeedFault::TaxUnclear { column: column.name.clone() }),
                Some(Tax::Excluded) if settings.tax_rate.is_none() => {
                    return Err(FeedFault::TaxRateMissing { column: column.name.clone() });
                }
                Some(Tax::Excluded | Tax::Included) | None => {}
            }
        }
        Ok(self)
    }

    fn missing(&self) -> Option<&'static str> {
        let has = |meaning| self.by_meaning.contains_key(&meaning);
        if !has(M::Id) && !has(M::Sku) && !has(M::Group) && !has(M::ExternalId) {
            Some("id")
        } else if self.dialect == Dialect::PrestaShopCombinations {
            (!has(M::CombinationNames) || !has(M::CombinationValues)).then_some("attribute and value")
        } else if !has(M::Title) {
            Some("title")
        } else if !has(M::Price) {
            Some("price")
        } else {
            None
        }
    }

    /// Whether a column's prices are with tax; what does not say it is as the price is.
    pub fn tax_of(&self, column: &Column) -> Option<Tax> {
        let of_price = || self.first(M::Price).and_then(|price| self.columns.get(price)).and_then(|price| price.tax);
        if column.meaning.is_money() { column.tax.or_else(of_price) } else { None }
    }

    pub fn all(&self, meaning: Meaning) -> &[usize] {
        self.by_meaning.get(&meaning).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn first(&self, meaning: Meaning) -> Option<usize> {
        self.all(meaning).first().copied()
    }

    /// The columns as the file names them.
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// What an attribute or a choice is called by the mapping.
    pub fn label(&self, column: usize) -> Option<&str> {
        self.columns.get(column).and_then(|column| column.label.as_deref())
    }

    pub fn name(&self, column: usize) -> &str {
        self.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default()
    }

    /// The first of the meanings that this file has a column for.
    pub fn name_of(&self, meanings: &[Meaning]) -> &str {
        meanings.iter().find_map(|meaning| self.first(*meaning)).map(|column| self.name(column)).unwrap_or_default()
    }

    /// Whether a row is a translation of another one, and no product.
    pub fn is_translation(&self, record: &Record) -> bool {
        self.dialect == Dialect::Magento
            && self.first(M::StoreView).is_some_and(|column| !record.get(column).is_empty())
    }

    /// Whether a row holds something behind the last column.
    pub fn is_passed_by(&self, record: &Record) -> bool {
        (self.columns.len()..record.len()).any(|column| !record.get(column).is_empty())
    }

    /// The column and text of the SKU that a row gives.
    pub fn sku<'r>(&self, record: &'r Record) -> Option<(usize, &'r str)> {
        self.skus.iter().map(|column| (*column, record.get(*column))).find(|(_, text)| !text.is_empty())
    }

    /// What ties a row to its product; empty when the row names nothing.
    pub fn key<'r>(&self, record: &'r Record) -> &'r str {
        self.keys.iter().map(|column| record.get(*column)).find(|key| !key.is_empty()).unwrap_or_default()
    }
}

/// The meaning if it is still to be had; nothing when another column gives it already.
fn free(meaning: Meaning, taken: &HashSet<Meaning>) -> Option<Meaning> {
    match meaning {
        meaning if meaning.is_list() || !taken.contains(&meaning) => Some(meaning),
        M::Image => Some(M::MoreImages),
        _ => None,
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
