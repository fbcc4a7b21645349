//! What can be wrong with a feed, a row or a field, and what to do about it.

use std::collections::BTreeMap;

use super::bounds;
use super::mapping::MappingFault;
use super::records::Record;
use crate::model::GtinFault;

/// Why a whole feed could not be read. Nothing of it was used.
#[derive(Debug, thiserror::Error)]
pub enum FeedFault {
    #[error("the file is empty; export the products again and check that the file holds a header and rows")]
    Empty,
    #[error("this is {kind}, not a table of text; save or export it as CSV (UTF-8)")]
    OtherKind { kind: &'static str },
    #[error("the file is larger than {} MB; split it, or leave out columns that a card does not show", bounds::FILE_BYTES_MAX / 1_000_000)]
    TooLarge,
    #[error("the file has more than {} rows; split it by category", bounds::ROWS_MAX)]
    TooManyRows,
    #[error("the first line cannot be read as column names: {why}")]
    UnreadableHeader { why: &'static str },
    #[error(
        "the columns {found} name no {missing}; write `id`, `title`, `price`, `availability`, `link` and `image_link` in the first line, or use your shop's own product export, or say in a mapping what each column gives"
    )]
    UnknownColumns { found: String, missing: &'static str },
    #[error(
        "the prices in column `{column}` are without tax and cards show them with it; give the rate in percent, like 20 or 5.5"
    )]
    TaxRateMissing { column: String },
    #[error(
        "column `{column}` does not say whether its prices are with tax; say so in the mapping: `price` or `price_without_tax`"
    )]
    TaxUnclear { column: String },
    #[error(transparent)]
    Mapping(#[from] MappingFault),
    #[error(
        "this looks like an export of {platform}, which cannot be read yet; export the shop's Google Merchant feed as CSV instead"
    )]
    NotYet { platform: &'static str },
    #[error(
        "more than {} records are broken, the last near line {line}; check that every quote is closed and export again",
        bounds::BROKEN_RECORDS_MAX
    )]
    TooManyBroken { line: u64 },
    #[error("the import was cancelled")]
    Cancelled,
    #[error("cannot read the file: {0}; try again")]
    Io(#[from] std::io::Error),
    /// Whoever takes the products could not.
    #[error("cannot keep the products: {0}")]
    Sink(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl FeedFault {
    /// The public name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::OtherKind { .. } => "not_a_table",
            Self::TooLarge => "file_too_large",
            Self::TooManyRows => "too_many_rows",
            Self::UnreadableHeader { .. } => "unreadable_header",
            Self::UnknownColumns { .. } => "unknown_columns",
            Self::TaxRateMissing { .. } => "tax_rate_missing",
            Self::TaxUnclear { .. } => "tax_unclear",
            Self::Mapping(fault) => fault.code(),
            Self::NotYet { .. } => "dialect_not_read_yet",
            Self::TooManyBroken { .. } => "too_many_broken_records",
            Self::Cancelled => "cancelled",
            Self::Io(_) => "unreadable_file",
            Self::Sink(_) => "not_kept",
        }
    }
}

/// A row that was left out, or (a warning) a field of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The file's line where the record starts.
    pub line: u64,
    /// As the file names it.
    pub column: Option<String>,
    /// At most [`bounds::FAULT_VALUE_CHARS_MAX`] characters.
    pub value: Option<String>,
    pub kind: FaultKind,
    /// The row as the file has it, where it was left out.
    pub row: Option<RawRow>,
}

/// A refused row's own cells, to be corrected and imported again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// Under the file's header. A record whose quotes lie is one cell: its text.
    pub cells: Vec<String>,
    /// More than [`bounds::RAW_ROW_BYTES_MAX`]; the rest is not kept.
    pub cut: bool,
}

impl RawRow {
    pub(super) fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let mut room = bounds::RAW_ROW_BYTES_MAX;
        let mut row = Self { cells: Vec::new(), cut: false };
        for cell in cells {
            // A cut cell would be imported as if it were whole.
            if cell.len() > room {
                row.cut = true;
                break;
            }
            room -= cell.len();
            row.cells.push(cell.to_owned());
        }
        row
    }
}

impl RowFault {
    pub(super) fn of_row(line: u64, kind: FaultKind) -> Self {
        Self { line, column: None, value: None, kind, row: None }
    }

    pub(super) fn of_cell(line: u64, column: &str, value: &str, kind: FaultKind) -> Self {
        let value = value.chars().take(bounds::FAULT_VALUE_CHARS_MAX).collect();
        Self { line, column: Some(column.to_owned()), value: Some(value), kind, row: None }
    }

    /// A warning drops only the field; otherwise the row is left out.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.kind.is_warning()
    }

    /// One sentence: what is wrong and how to write it.
    #[must_use]
    pub fn message(&self) -> String {
        let column = self.column.as_deref().unwrap_or_default();
        let value = self.value.as_deref().unwrap_or_default();
        self.kind.sentence(column, value)
    }
}

impl std::fmt::Display for RowFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message())
    }
}

/// What is wrong with a row or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    OpenQuote { opened: u64, until: u64 },
    FieldTooLong { until: u64 },
    RecordTooLong,
    TooManyColumns,
    ExtraFields { fields: usize, columns: usize },
    MissingId,
    MissingTitle,
    CodeTooLong,
    RepeatedSku { first_line: u64 },
    MissingPrice,
    UnreadablePrice,
    UnclearPrice,
    UnknownCurrency,
    TooManyVariants,
    UnreadableGtin { why: GtinFault },
    UnreadableStock,
    UnknownAvailability,
    UnreadableDate,
    UnreadableYes,
    BadLink,
    UnreadableSalePrice,
    SaleNotLower,
    Cut { chars: usize },
    TooMany { kept: usize },
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
            Self::CodeTooLong => "code_too_long",
            Self::RepeatedSku { .. } => "repeated_sku",
            Self::MissingPrice => "missing_price",
            Self::UnreadablePrice => "unreadable_price",
            Self::UnclearPrice => "unclear_price",
            Self::UnknownCurrency => "unknown_currency",
            Self::TooManyVariants => "too_many_variants",
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
            | Self::CodeTooLong
            | Self::RepeatedSku { .. }
            | Self::MissingPrice
            | Self::UnreadablePrice
            | Self::UnclearPrice
            | Self::UnknownCurrency
            | Self::TooManyVariants => false,
            Self::UnreadableGtin { .. }
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

    fn sentence(&self, column: &str, value: &str) -> String {
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

const KEPT: u64 = bounds::FAULTS_MAX as u64;

/// The faults of one reading: the first in full, all of them counted. Warnings have room
/// of their own, so that they never displace a refused row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    pub first: Vec<RowFault>,
    /// How often each code was met, faults and warnings alike.
    pub counts: BTreeMap<&'static str, u64>,
    /// Rows that were left out.
    pub rejected: u64,
    pub warnings: u64,
}

impl Faults {
    pub(super) fn add(&mut self, fault: RowFault) {
        *self.counts.entry(fault.kind.code()).or_default() += 1;
        if fault.is_warning() {
            self.warnings += 1;
        } else {
            self.rejected += 1;
        }
        let is_kept = if fault.is_warning() { self.warnings <= KEPT } else { self.rejected <= KEPT };
        if is_kept {
            self.first.push(fault);
        }
    }

    /// Gives the faults noted since there were `from` of them their rows.
    pub(super) fn keep_rows(&mut self, from: usize, rows: &[Record]) {
        for fault in self.first.iter_mut().skip(from).filter(|fault| !fault.is_warning()) {
            let row = rows.iter().find(|row| row.line == fault.line);
            fault.row = row.map(|row| RawRow::of(row.fields()));
        }
    }
}
