//! A shop's export to products and faults.
//!
//! [`read`] goes over the bytes twice: once to survey rows (how letters are spelled and
//! each column writes its numbers, which products have rows in several places), and once
//! to read them; what is known as it is ([`Watch::knows`]) is then passed over. Of XML
//! the spelling and the columns are looked for before. Memory is bounded by a product and
//! some bytes for each of them, not by the file. A row that cannot be read is left out
//! with a [`RowFault`] that says what to write; a field that cannot, with a warning.
//!
//! What to do with the products, and whether a feed is good enough to replace a
//! catalog, is left to the caller.

mod addresses;
mod assemble;
mod broken;
mod dialect;
mod dialects;
mod encoding;
mod fault;
mod fault_kind;
mod guess;
mod header;
mod items;
mod keys;
mod layout;
mod mapping;
mod mapping_fault;
mod opened;
mod parted;
mod preview;
mod prices;
mod progress;
mod quick;
mod quotes;
mod reading;
mod record;
mod records;
mod rows;
pub mod scratch;
mod settings;
mod source;
mod spans;
mod stock;
mod survey;
mod told;
mod unpack;
mod values;
mod variants;
mod worded;

pub use dialect::Dialect;
pub use encoding::Encoding;
pub use fault::{Faults, FeedFault, RawRow, RowFault};
pub use fault_kind::FaultKind;
pub use header::REPORT_COLUMNS;
pub use mapping::{ColumnMapping, DecimalMark, Field, Mapping, ValueMap};
pub use mapping_fault::MappingFault;
pub use preview::{Confidence, Missing, Preview, PreviewColumn, preview, preview_all};
pub use progress::{Phase, Progress, Quiet, Watch};
pub use record::FORMULA_SIGNS;
pub use settings::Settings;

use std::io::{Read, Seek};

use progress::Tally;
use reading::Reading;
use scratch::Scratch;
use source::Source;
use survey::Survey;

use crate::model::Product;

/// The version of the readers; a product read by another one is written again.
pub const READER_VERSION: u32 = 3;

/// Bounds of a feed.
pub mod bounds {
    pub const FILE_BYTES_MAX: u64 = 1 << 30;
    /// Files that make one feed: products, and what joins them.
    pub const SOURCES_MAX: usize = 8;
    /// What a compressed file may unpack to, against its size.
    pub const UNPACKED_TIMES_MAX: u64 = 100;
    pub const XML_DEPTH_MAX: usize = 32;
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
    /// Of all of them together.
    pub const RAW_ROWS_BYTES_MAX: usize = 4 * 1024 * 1024;
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
    /// Over the product's raw rows, the reader's version and the settings. Even, unless
    /// something of the rows was refused or dropped.
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
    /// The columns as the file names them.
    pub header: Vec<String>,
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

/// Reads a feed of one file from its start and hands each product to `sink`.
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
    read_all(vec![source], settings, scratch, watch, sink)
}

/// Reads a feed that comes in several files, in any order: PrestaShop's products and
/// combinations. As [`read`] in all else; rows are counted over all files, and the
/// report's dialect, encoding and separator are those of the products.
///
/// # Errors
/// As [`read`].
pub fn read_all<R: Read + Seek>(
    sources: Vec<R>,
    settings: &Settings,
    scratch: &mut dyn Scratch,
    watch: &mut dyn Watch,
    sink: &mut Sink<'_>,
) -> Result<Outcome, FeedFault> {
    read_rows(sources, settings, scratch, &mut Tally::new(watch), sink)
}

/// Reads as far as the tally lets it.
fn read_rows<R: Read + Seek>(
    sources: Vec<R>,
    settings: &Settings,
    scratch: &mut dyn Scratch,
    tally: &mut Tally<'_>,
    sink: &mut Sink<'_>,
) -> Result<Outcome, FeedFault> {
    let settings = &settings.mapped();
    let mut sources = Source::all(sources)?;
    tally.begin(sources.iter().map(Source::bytes).sum());
    for source in &mut sources {
        if tally.reads_all() {
            source.glance(tally)?;
        } else {
            source.examine(tally)?;
        }
        tally.next_source();
    }
    let (survey, mut report) = loop {
        tally.phase(Phase::Surveying);
        // One that turns out to be no UTF-8 is looked at again, and the others with it.
        if let Some(surveyed) = survey_all(&mut sources, settings, tally)? {
            break surveyed;
        }
    };
    tally.phase(Phase::Reading);
    let mut reading = Reading::new(settings, &survey, scratch, sink)?;
    for (number, source) in (0..).zip(&mut sources) {
        reading.rows(number, &mut source.open(settings)?, tally)?;
        // What was passed over is done with too.
        tally.at(source.bytes(), survey.table(number).rows)?;
        tally.check()?;
        tally.next_source();
    }
    let (faults, products) = reading.end(tally)?;
    report.products = products;
    Ok(Outcome { report, faults })
}

/// Looks at all files; the report is still without what reading comes to. Nothing where
/// one is spelled otherwise than it began.
fn survey_all<R: Read + Seek>(
    sources: &mut [Source<R>],
    settings: &Settings,
    tally: &mut Tally<'_>,
) -> Result<Option<(Survey, Report)>, FeedFault> {
    let is_compared = sources.len() == 1 && tally.compares();
    let mut looked = Looked::default();
    for source in sources {
        match looked.at(source, is_compared, settings, tally) {
            Ok(()) => source.was_whole(),
            Err(fault) if source.was_none(&fault) => return Ok(None),
            Err(fault) => return Err(fault),
        }
        tally.next_source();
    }
    match looked {
        Looked { survey: Some(mut survey), report: Some(report) } => {
            survey.end();
            let rows = survey.tables().map(|table| table.rows).sum();
            Ok(Some((survey, Report { rows, ..report })))
        }
        Looked { survey: Some(_), report: None } => Err(FeedFault::CombinationsAlone),
        Looked { survey: None, .. } => Err(FeedFault::Empty),
    }
}

/// What was learned of the files looked at so far.
#[derive(Default)]
struct Looked {
    survey: Option<Survey>,
    /// Of the products.
    report: Option<Report>,
}

impl Looked {
    fn at<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        is_compared: bool,
        settings: &Settings,
        tally: &mut Tally<'_>,
    ) -> Result<(), FeedFault> {
        let encoding = source.encoding();
        let opened = source.open(settings)?;
        let is_products = opened.layout.dialect != Dialect::PrestaShopCombinations;
        if is_products && self.report.is_none() {
            let layout = &opened.layout;
            let unused_columns = layout.unused.iter().map(|at| layout.name(*at).to_owned()).collect();
            let (dialect, separator) = (layout.dialect, opened.separator);
            let header = layout.names();
            self.report = Some(Report { dialect, encoding, separator, rows: 0, products: 0, header, unused_columns });
        }
        match &mut self.survey {
            None => self.survey = Some(Survey::of(opened, is_compared, settings, tally)?),
            Some(survey) => survey.add(opened, settings, tally)?,
        }
        Ok(())
    }
}
