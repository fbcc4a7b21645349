//! The kinds of faults of rows and fields: their public names and their sentences.

use super::bounds;
use crate::model::GtinFault;

/// What is wrong with a row or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    OpenQuote {
        opened: u64,
        until: u64,
    },
    FieldTooLong {
        until: u64,
    },
    RecordTooLong,
    TooManyColumns,
    ExtraFields {
        fields: usize,
        columns: usize,
    },
    MissingId,
    MissingTitle,
    MissingParent,
    CodeTooLong,
    RepeatedSku {
        first_line: u64,
    },
    MissingPrice,
    UnreadablePrice,
    UnclearPrice,
    UnknownCurrency,
    TooManyVariants,
    /// Told of rows that are kept without a price.
    NoPrice,
    UnreadableGtin {
        why: GtinFault,
    },
    UnreadableStock,
    UnknownAvailability,
    UnreadableDate,
    UnreadableYes,
    BadLink,
    UnreadableSalePrice,
    SaleNotLower,
    Cut {
        chars: usize,
    },
    TooMany {
        kept: usize,
    },
}

impl FaultKind {
    /// The public name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OpenQuote { .. } => "open_quote",
            Self::FieldTooLong { .. } => "field_too_long",
            Self::RecordTooLong => "record_too_long",
            Self::TooManyColumns => "too_many_columns",
            Self::ExtraFields { .. } => "extra_fields",
            Self::MissingId => "missing_id",
            Self::MissingTitle => "missing_title",
            Self::MissingParent => "missing_parent",
            Self::CodeTooLong => "code_too_long",
            Self::RepeatedSku { .. } => "repeated_sku",
            Self::MissingPrice => "missing_price",
            Self::UnreadablePrice => "unreadable_price",
            Self::UnclearPrice => "unclear_price",
            Self::UnknownCurrency => "unknown_currency",
            Self::TooManyVariants => "too_many_variants",
            Self::NoPrice => "no_price",
            Self::UnreadableGtin { .. } => "unreadable_gtin",
            Self::UnreadableStock => "unreadable_stock",
            Self::UnknownAvailability => "unknown_availability",
            Self::UnreadableDate => "unreadable_date",
            Self::UnreadableYes => "unreadable_yes",
            Self::BadLink => "bad_link",
            Self::UnreadableSalePrice => "unreadable_sale_price",
            Self::SaleNotLower => "sale_not_lower",
            Self::Cut { .. } => "cut",
            Self::TooMany { .. } => "too_many_values",
        }
    }

    /// The numbers of its sentence by their names, for whoever says it in another language.
    #[must_use]
    pub fn numbers(&self) -> Vec<(&'static str, u64)> {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        match self {
            Self::OpenQuote { opened, until } => vec![("opened", *opened), ("until", *until)],
            Self::FieldTooLong { until } => {
                vec![("until", *until), ("kilobytes", count(bounds::FIELD_BYTES_MAX / 1024))]
            }
            Self::RecordTooLong => vec![("kilobytes", count(bounds::RECORD_BYTES_MAX / 1024))],
            Self::TooManyColumns => vec![("columns", count(bounds::COLUMNS_MAX))],
            Self::ExtraFields { fields, columns } => vec![("fields", count(*fields)), ("columns", count(*columns))],
            Self::CodeTooLong => vec![("chars", count(crate::model::bounds::CODE_CHARS_MAX))],
            Self::RepeatedSku { first_line } => vec![("first_line", *first_line)],
            Self::TooManyVariants => vec![("variants", count(crate::model::bounds::VARIANTS_MAX))],
            Self::Cut { chars } => vec![("chars", count(*chars))],
            Self::TooMany { kept } => vec![("kept", count(*kept))],
            _ => Vec::new(),
        }
    }

    /// Which kind it is, where a code has several.
    #[must_use]
    pub fn detail(&self) -> Option<&'static str> {
        match self {
            Self::UnreadableGtin { why: GtinFault::Exponent } => Some("exponent"),
            Self::UnreadableGtin { why: GtinFault::Length } => Some("length"),
            Self::UnreadableGtin { why: GtinFault::CheckDigit } => Some("check_digit"),
            _ => None,
        }
    }

    #[must_use]
    pub fn is_warning(&self) -> bool {
        match self {
            Self::OpenQuote { .. }
            | Self::FieldTooLong { .. }
            | Self::RecordTooLong
            | Self::TooManyColumns
            | Self::ExtraFields { .. }
            | Self::MissingId
            | Self::MissingTitle
            | Self::MissingParent
            | Self::CodeTooLong
            | Self::RepeatedSku { .. }
            | Self::MissingPrice
            | Self::UnreadablePrice
            | Self::UnclearPrice
            | Self::UnknownCurrency
            | Self::TooManyVariants => false,
            Self::NoPrice
            | Self::UnreadableGtin { .. }
            | Self::UnreadableStock
            | Self::UnknownAvailability
            | Self::UnreadableDate
            | Self::UnreadableYes
            | Self::BadLink
            | Self::UnreadableSalePrice
            | Self::SaleNotLower
            | Self::Cut { .. }
            | Self::TooMany { .. } => true,
        }
    }

    pub(super) fn sentence(&self, column: &str, value: &str) -> String {
        match self {
            Self::OpenQuote { opened, until } => format!(
                "a quote opened on line {opened} is never closed, lines to {until} were left out; close it or double it"
            ),
            Self::FieldTooLong { .. } => {
                format!("a field is longer than {} KB; shorten it", bounds::FIELD_BYTES_MAX / 1024)
            }
            Self::RecordTooLong => format!("the row is longer than {} KB; shorten it", bounds::RECORD_BYTES_MAX / 1024),
            Self::TooManyColumns => format!("the row has more than {} fields; check its quotes", bounds::COLUMNS_MAX),
            Self::ExtraFields { fields, columns } => format!(
                "the row has {fields} fields for {columns} columns; put texts that hold the separator in quotes"
            ),
            Self::MissingId => format!("column `{column}` is empty; give every row its id"),
            Self::MissingTitle => format!("column `{column}` is empty; give the product a title"),
            Self::MissingParent => format!(
                "no row of the product `{value}` in column `{column}` is in the feed; export the products with their variants"
            ),
            Self::CodeTooLong => format!(
                "`{value}` in column `{column}` is longer than {} characters; shorten it",
                crate::model::bounds::CODE_CHARS_MAX
            ),
            Self::RepeatedSku { first_line } => {
                format!("sku `{value}` was already given on line {first_line}; give every variant its own")
            }
            Self::MissingPrice => format!("column `{column}` is empty; write a price like 12.90"),
            Self::UnreadablePrice => {
                format!("cannot read price `{value}` in column `{column}`; write it like 12.90")
            }
            Self::UnclearPrice => format!(
                "cannot tell whether `{value}` in column `{column}` has decimals; write two of them, like 489.00"
            ),
            Self::UnknownCurrency => format!(
                "cannot find the currency of `{value}` in column `{column}`; write its ISO 4217 code, like 12.90 EUR"
            ),
            Self::TooManyVariants => format!(
                "the product has more than {} variants; split it into several products",
                crate::model::bounds::VARIANTS_MAX
            ),
            Self::NoPrice => format!("column `{column}` is empty; the product is kept without a price"),
            Self::UnreadableGtin { why } => {
                let remedy = match why {
                    GtinFault::Exponent => "a spreadsheet destroyed it; format the column as text and export again",
                    GtinFault::Length => "a code has 8, 12, 13 or 14 digits",
                    GtinFault::CheckDigit => "its last digit does not fit the others; look for a typing error",
                };
                format!("code `{value}` in column `{column}` was left out: {remedy}")
            }
            Self::UnreadableStock => {
                format!("stock `{value}` in column `{column}` was left out; write a whole number")
            }
            Self::UnknownAvailability => format!(
                "availability `{value}` in column `{column}` is not known; write in_stock, out_of_stock, preorder or backorder"
            ),
            Self::UnreadableDate => {
                format!("date `{value}` in column `{column}` was left out; write it like 2026-01-31T12:00:00Z")
            }
            Self::UnreadableYes => format!("`{value}` in column `{column}` is neither yes nor no; write true or false"),
            Self::BadLink => {
                format!("`{value}` in column `{column}` was left out; an address starts with https:// or http://")
            }
            Self::UnreadableSalePrice => {
                format!("sale price `{value}` in column `{column}` was left out; write it like 12.90")
            }
            Self::SaleNotLower => {
                format!("sale price `{value}` in column `{column}` is not below the price and was left out")
            }
            Self::Cut { chars } => format!("the text in column `{column}` was cut after {chars} characters"),
            Self::TooMany { kept } => format!("column `{column}` has too many values; the first {kept} were kept"),
        }
    }
}
