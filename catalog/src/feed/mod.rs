//! A shop's export to products and faults.
//!
//! [`read`] goes over the bytes three times: once for the encoding, which is only
//! certain at the end, once to survey rows (how each column writes its numbers,
//! which products have rows in several places), and once to read them. Memory is
//! bounded by a product, not by the file. A row that cannot be read is left out
//! with a [`RowFault`] that says what to write; a field that cannot, with a warning.
//!
//! What to do with the products, and whether a feed is good enough to replace a
//! catalog, is left to the caller.

mod assemble;
mod dialect;
mod encoding;
mod fault;
mod guess;
mod header;
mod layout;
mod mapping;
mod preview;
mod progress;
mod reading;
mod records;
pub mod scratch;
mod settings;
mod survey;
mod values;
mod variants;
mod worded;

pub use dialect::Dialect;
pub use encoding::Encoding;
pub use fault::{FaultKind, Faults, FeedFault, RawRow, RowFault};
pub use header::REPORT_COLUMNS;
pub use mapping::{ColumnMapping, DecimalMark, Field, Mapping, MappingFault, ValueMap};
pub use preview::{Confidence, Missing, Preview, PreviewColumn, preview};
pub use progress::{Phase, Progress, Quiet, Watch};
pub use records::FORMULA_SIGNS;
pub use settings::Settings;

use std::io::{Read, Seek, SeekFrom};

use progress::Tally;
use reading::{Opened, Reading};
use scratch::Scratch;
use survey::Survey;

use crate::model::Product;

/// The version of the readers; a product read by another one is written again.
pub const READER_VERSION: u32 = 1;

/// Bounds of a feed.
pub mod bounds {
    pub const FILE_BYTES_MAX: u64 = 1 << 30;
    pub const ROWS_MAX: u64 = 1_000_000;
    pub const COLUMNS_MAX: usize = 1_024;
    pub const FIELD_BYTES_MAX: usize = 64 * 1024;
    pub const RECORD_BYTES_MAX: usize = 1024 * 1024;
    /// Rows of one product, further images included, and their bytes.
    pub const PRODUCT_ROWS_MAX: usize = 2 * crate::model::bounds::VARIANTS_MAX;
    pub const PRODUCT_BYTES_MAX: usize = 16 * 1024 * 1024;
    /// Refused rows kept in full, and as many warnings; all are counted.
    pub const FAULTS_MAX: usize = 1_000;
    pub const FAULT_VALUE_CHARS_MAX: usize = 80;
    /// Of a refused row's own text, kept for `rejected.csv`.
    pub const RAW_ROW_BYTES_MAX: usize = 16 * 1024;
    /// A mapping as JSON, its value maps, and what one value may mean.
    pub const MAPPING_BYTES_MAX: usize = 512 * 1024;
    pub const VALUE_MAPS_MAX: usize = 2_000;
    pub const MAPPED_VALUES_MAX: usize = 20;
    /// Each broken record may cost a second look at a field's bytes.
    pub const BROKEN_RECORDS_MAX: u64 = 10_000;
    /// `#` and `sep=` lines before the header.
    pub const COMMENT_LINES_MAX: usize = 20;
    pub const FOUND_COLUMNS_CHARS_MAX: usize = 400;
    /// A preview: the rows of its dry run, of its look at values, and what it tells.
    pub const PREVIEW_ROWS_MAX: u64 = 100;
    pub const PREVIEW_VALUES_ROWS_MAX: u64 = 10_000;
    pub const PREVIEW_FAULTS_MAX: usize = 20;
    pub const PREVIEW_SAMPLES_MAX: usize = 3;
    pub const DISTINCT_TOLD_MAX: usize = 30;
    pub const EXAMPLES_MAX: usize = 5;
    /// Rows between two calls of [`super::Watch`].
    pub const WATCH_ROWS: u64 = 256;
}

/// A product that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub product: Product,
    /// Over the product's raw rows, the reader's version and the settings.
    pub hash: u64,
    /// The file's line on which the product starts.
    pub line: u64,
}

/// What reading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub dialect: Dialect,
    pub encoding: Encoding,
    pub separator: &'static str,
    pub rows: u64,
    pub products: u64,
    /// Columns that say again what another column says, as the file names them.
    pub unused_columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub report: Report,
    pub faults: Faults,
}

/// What takes the products as they are read.
pub type Sink<'a> = dyn FnMut(Found) -> Result<(), Box<dyn std::error::Error + Send + Sync>> + 'a;

/// Reads a feed from its start and hands each product to `sink`.
///
/// # Errors
/// When the file as a whole cannot be used, reading is cancelled, or `sink` fails.
/// Faults of single rows are in the [`Outcome`].
pub fn read<R: Read + Seek>(
    source: R,
    settings: &Settings,
    scratch: &mut dyn Scratch,
    watch: &mut dyn Watch,
    sink: &mut Sink<'_>,
) -> Result<Outcome, FeedFault> {
    read_rows(source, settings, scratch, watch, sink, u64::MAX)
}

/// As [`read`], of the first `rows_max` rows.
fn read_rows<R: Read + Seek>(
    mut source: R,
    settings: &Settings,
    scratch: &mut dyn Scratch,
    watch: &mut dyn Watch,
    sink: &mut Sink<'_>,
    rows_max: u64,
) -> Result<Outcome, FeedFault> {
    let settings = &settings.mapped();
    let bytes_total = source.seek(SeekFrom::End(0))?;
    if bytes_total > bounds::FILE_BYTES_MAX {
        return Err(FeedFault::TooLarge);
    }
    source.rewind()?;
    let mut tally = Tally::new(watch, bytes_total).with_rows(rows_max);
    let encoding = encoding::detect(&mut source, &mut tally)?;
    source.rewind()?;
    let (layout, separator, survey) = {
        let mut opened = Opened::new(&mut source, encoding, settings)?;
        tally.phase(Phase::Surveying);
        let survey = Survey::of(&mut opened, &mut tally)?.told(settings);
        (opened.layout, opened.separator, survey)
    };
    source.rewind()?;
    tally.phase(Phase::Reading);
    let mut reading = Reading::new(&layout, settings, &survey, scratch, sink)?;
    let rows = reading.rows(&mut Opened::new(&mut source, encoding, settings)?, &mut tally)?;
    let (faults, products) = reading.end(&mut tally)?;
    let separator = header::separator_name(separator);
    let report = Report {
        dialect: layout.dialect,
        encoding,
        separator,
        rows,
        products,
        unused_columns: layout.unused.iter().map(|at| layout.name(*at).to_owned()).collect(),
    };
    Ok(Outcome { report, faults })
}
