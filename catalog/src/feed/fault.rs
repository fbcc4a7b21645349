//! What can be wrong with a feed, a row or a field, and what to do about it.

use std::collections::BTreeMap;

use super::bounds;
use super::fault_kind::FaultKind;
use super::mapping_fault::MappingFault;
use super::record::Record;
use super::unpack::ArchiveFault;

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
        "these are PrestaShop's combinations, which say nothing without their products; give the export of the products with it, both files at once"
    )]
    CombinationsAlone,
    #[error("a feed is at most {} files; put their rows into one", bounds::SOURCES_MAX)]
    TooManyFiles,
    #[error(
        "the compressed file unpacks to more than {} times its size; give the file unpacked",
        bounds::UNPACKED_TIMES_MAX
    )]
    UnpacksTooFar,
    #[error("the compressed file is damaged: {why}; download or export it again")]
    DamagedArchive { why: String },
    #[error("the XML breaks off or cannot be read near line {line}: {why}; export it again")]
    BrokenXml { line: u64, why: String },
    #[error(
        "this XML is no Google Merchant feed: it has no `item` and no `entry`; give the feed that Google Merchant Center reads, or a CSV"
    )]
    NoItems,
    #[error(
        "more than {} records are broken, the last near line {line}; check that every quote is closed and export again",
        bounds::BROKEN_RECORDS_MAX
    )]
    TooManyBroken { line: u64 },
    #[error("the import was cancelled")]
    Cancelled,
    #[error("cannot read the file: {0}; try again")]
    Io(#[source] std::io::Error),
    /// Whoever takes the products could not.
    #[error("cannot keep the products: {0}")]
    Sink(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<std::io::Error> for FeedFault {
    fn from(fault: std::io::Error) -> Self {
        match fault.downcast::<ArchiveFault>() {
            Ok(ArchiveFault::TooFar) => Self::UnpacksTooFar,
            Ok(ArchiveFault::TooLarge) => Self::TooLarge,
            Ok(ArchiveFault::Damaged(why)) => Self::DamagedArchive { why },
            Err(fault) => Self::Io(fault),
        }
    }
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
            Self::CombinationsAlone => "combinations_alone",
            Self::TooManyFiles => "too_many_files",
            Self::UnpacksTooFar => "unpacks_too_far",
            Self::DamagedArchive { .. } => "damaged_archive",
            Self::BrokenXml { .. } => "broken_xml",
            Self::NoItems => "no_items",
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

    fn bytes(&self) -> usize {
        self.cells.iter().map(String::len).sum()
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
    /// Of the rows that are kept.
    row_bytes: usize,
}

impl Faults {
    /// All that were noted, kept or not.
    pub(super) fn counted(&self) -> u64 {
        self.rejected + self.warnings
    }

    pub(super) fn add(&mut self, mut fault: RowFault) {
        *self.counts.entry(fault.kind.code()).or_default() += 1;
        if fault.is_warning() {
            self.warnings += 1;
        } else {
            self.rejected += 1;
        }
        let is_kept = if fault.is_warning() { self.warnings <= KEPT } else { self.rejected <= KEPT };
        if is_kept {
            fault.row = fault.row.filter(|row| has_room(&mut self.row_bytes, row));
            self.first.push(fault);
        }
    }

    /// Leaves out the refused rows of a kind, as if they had not been read.
    pub(super) fn forget(&mut self, kind: &FaultKind) {
        self.first.retain(|fault| fault.kind != *kind);
        self.rejected -= self.counts.remove(kind.code()).unwrap_or_default().min(self.rejected);
    }

    /// Gives the faults noted since there were `from` of them their rows.
    pub(super) fn keep_rows(&mut self, from: usize, rows: &[Record]) {
        for fault in self.first.iter_mut().skip(from).filter(|fault| !fault.is_warning()) {
            let row = rows.iter().find(|row| row.line == fault.line);
            fault.row = row.map(|row| RawRow::of(row.fields())).filter(|row| has_room(&mut self.row_bytes, row));
        }
    }
}

/// Whether a row may still be kept; counts it.
fn has_room(taken: &mut usize, row: &RawRow) -> bool {
    let bytes = *taken + row.bytes();
    if bytes > bounds::RAW_ROWS_BYTES_MAX {
        return false;
    }
    *taken = bytes;
    true
}
