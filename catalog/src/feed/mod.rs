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
mod header;
mod records;
pub mod scratch;
mod survey;
mod values;
mod variants;

pub use dialect::Dialect;
pub use encoding::Encoding;
pub use fault::{FaultKind, Faults, FeedFault, RowFault};

use std::io::{Read, Seek, SeekFrom};

use assemble::Assembler;
use dialect::Layout;
use records::{Broken, BrokenKind, Next, Record, Records};
use scratch::{Scratch, SetAside};
use survey::Survey;
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Currency, Product};
use crate::words::Lang;

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
    /// Faults kept in full; all are counted.
    pub const FAULTS_MAX: usize = 1_000;
    pub const FAULT_VALUE_CHARS_MAX: usize = 80;
    /// Each broken record may cost a second look at a field's bytes.
    pub const BROKEN_RECORDS_MAX: u64 = 10_000;
    /// `#` and `sep=` lines before the header.
    pub const COMMENT_LINES_MAX: usize = 20;
    pub const FOUND_COLUMNS_CHARS_MAX: usize = 400;
    /// Rows between two calls of [`super::Watch`].
    pub const WATCH_ROWS: u64 = 256;
}

/// What a feed does not say itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Of prices that name none.
    pub currency: Currency,
    pub lang: Lang,
    /// Where the shop is: makes links of handles and of relative addresses.
    pub shop_url: Option<Url>,
}

impl Settings {
    #[must_use]
    pub fn new(currency: Currency, lang: Lang) -> Self {
        Self { currency, lang, shop_url: None }
    }

    #[must_use]
    pub fn with_shop_url(mut self, shop_url: Option<Url>) -> Self {
        self.shop_url = shop_url;
        self
    }

    /// Goes into every product's hash: read under other settings it is another product.
    fn seed(&self) -> u64 {
        let shop = self.shop_url.as_ref().map(Url::as_str).unwrap_or_default();
        xxh3_64(format!("{READER_VERSION} {} {} {shop}", self.currency, self.lang.tag()).as_bytes())
    }
}

/// Which part of reading is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The encoding is decided.
    Examining,
    /// Rows are counted and their numbers looked at.
    Surveying,
    /// Rows become products.
    Reading,
}

/// How far reading has come; bytes start again with each phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub phase: Phase,
    pub bytes: u64,
    pub bytes_total: u64,
    pub rows: u64,
}

/// Told about progress and asked whether to go on, every few hundred rows.
pub trait Watch {
    fn progress(&mut self, _at: &Progress) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing and never cancels.
#[derive(Debug, Clone, Copy)]
pub struct Quiet;
impl Watch for Quiet {}

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
    mut source: R,
    settings: &Settings,
    scratch: &mut dyn Scratch,
    watch: &mut dyn Watch,
    sink: &mut Sink<'_>,
) -> Result<Outcome, FeedFault> {
    let bytes_total = source.seek(SeekFrom::End(0))?;
    if bytes_total > bounds::FILE_BYTES_MAX {
        return Err(FeedFault::TooLarge);
    }
    source.rewind()?;
    let mut tally = Tally::new(watch, bytes_total);
    let encoding = encoding::detect(&mut source, &mut tally)?;
    source.rewind()?;
    let (layout, separator, survey) = {
        let mut opened = Opened::new(&mut source, encoding)?;
        tally.phase(Phase::Surveying);
        let survey = Survey::of(&mut opened, &mut tally)?;
        (opened.layout, opened.separator, survey)
    };
    source.rewind()?;
    tally.phase(Phase::Reading);
    let mut reading = Reading {
        layout: &layout,
        survey: &survey,
        output: Output { assembler: Assembler::new(&layout, settings, &survey), sink, products: 0 },
        aside: SetAside::new(scratch),
        group: Group::default(),
    };
    let rows = reading.rows(&mut Opened::new(&mut source, encoding)?, &mut tally)?;
    let (faults, products) = reading.end(&mut tally)?;
    let separator = header::separator_name(separator);
    let report =
        Report { dialect: layout.dialect, encoding, separator, rows, products, unused_columns: layout.unused.clone() };
    Ok(Outcome { report, faults })
}

/// A source whose header was read.
struct Opened<R> {
    records: Records<R>,
    layout: Layout,
    separator: u8,
}

impl<R: Read> Opened<R> {
    fn new(source: R, encoding: Encoding) -> Result<Self, FeedFault> {
        let mut records = Records::new(source, encoding, b',');
        let separator = header::prepare(&mut records)?;
        let mut header = Record::default();
        match records.next(&mut header)? {
            Next::End => return Err(FeedFault::Empty),
            Next::Broken(broken) => {
                let why = match broken.kind {
                    BrokenKind::OpenQuote { .. } => "a quote in it is never closed",
                    BrokenKind::TooManyColumns => "it has too many columns",
                    BrokenKind::FieldTooLong | BrokenKind::RecordTooLong => "it is too long",
                };
                return Err(FeedFault::UnreadableHeader { why });
            }
            Next::Record => {}
        }
        records.expect_width(header.len());
        let layout = Layout::of(&header)?;
        Ok(Self { records, layout, separator })
    }
}

/// Rows of one product, being gathered.
#[derive(Default)]
struct Group {
    key: String,
    rows: Vec<Record>,
    bytes: usize,
}

impl Group {
    fn add(&mut self, record: Record, faults: &mut Faults) {
        let bytes = self.bytes + record.text.len();
        if self.rows.len() >= bounds::PRODUCT_ROWS_MAX || bytes > bounds::PRODUCT_BYTES_MAX {
            faults.add(RowFault::of_row(record.line, FaultKind::TooManyVariants));
            return;
        }
        self.bytes = bytes;
        self.rows.push(record);
    }
}

/// Makes products of rows and hands them on.
struct Output<'a> {
    assembler: Assembler<'a>,
    sink: &'a mut Sink<'a>,
    products: u64,
}

impl Output<'_> {
    fn assemble(&mut self, rows: &[Record]) -> Result<(), FeedFault> {
        if let Some(found) = self.assembler.product(rows) {
            self.products += 1;
            (self.sink)(found).map_err(FeedFault::Sink)?;
        }
        Ok(())
    }
}

struct Reading<'a> {
    layout: &'a Layout,
    survey: &'a Survey,
    output: Output<'a>,
    aside: SetAside<'a>,
    group: Group,
}

impl Reading<'_> {
    fn rows<R: Read>(&mut self, opened: &mut Opened<R>, tally: &mut Tally<'_>) -> Result<u64, FeedFault> {
        let mut record = Record::default();
        let mut rows = 0;
        loop {
            match opened.records.next(&mut record)? {
                Next::End => break,
                Next::Broken(broken) => self.output.assembler.faults.add(fault_of(&broken)),
                Next::Record if record.is_blank() => continue,
                Next::Record if self.output.assembler.accepts(&record) => self.row(&mut record)?,
                Next::Record => {}
            }
            rows += 1;
            tally.at(opened.records.bytes(), rows)?;
        }
        self.finish_group()?;
        tally.check()?;
        Ok(rows)
    }

    fn row(&mut self, record: &mut Record) -> Result<(), FeedFault> {
        let key = self.layout.key(record);
        if key != self.group.key {
            let key = key.to_owned();
            self.finish_group()?;
            self.group.key = key;
        }
        self.group.add(std::mem::take(record), &mut self.output.assembler.faults);
        Ok(())
    }

    /// Assembles the group if these are all its rows, else sets them aside.
    fn finish_group(&mut self) -> Result<(), FeedFault> {
        let group = std::mem::take(&mut self.group);
        let key = xxh3_64(group.key.as_bytes());
        if self.survey.is_scattered(key) {
            for row in &group.rows {
                self.aside.put(key, row)?;
            }
            return Ok(());
        }
        self.output.assemble(&group.rows)
    }

    /// Assembles what was set aside.
    fn end(self, tally: &mut Tally<'_>) -> Result<(Faults, u64), FeedFault> {
        let Self { layout, mut output, aside, mut group, .. } = self;
        let mut groups = aside.groups()?;
        while let Some(record) = groups.next()? {
            if layout.key(&record) != group.key {
                output.assemble(&std::mem::take(&mut group).rows)?;
                layout.key(&record).clone_into(&mut group.key);
                tally.check()?;
            }
            group.add(record, &mut output.assembler.faults);
        }
        output.assemble(&group.rows)?;
        Ok((output.assembler.faults, output.products))
    }
}

fn fault_of(broken: &Broken) -> RowFault {
    let until = broken.until;
    let kind = match broken.kind {
        BrokenKind::OpenQuote { opened } => FaultKind::OpenQuote { opened, until },
        BrokenKind::FieldTooLong => FaultKind::FieldTooLong { until },
        BrokenKind::RecordTooLong => FaultKind::RecordTooLong,
        BrokenKind::TooManyColumns => FaultKind::TooManyColumns,
    };
    RowFault::of_row(broken.line, kind)
}

/// Counts what was read and tells the watch.
pub(crate) struct Tally<'a> {
    watch: &'a mut dyn Watch,
    at: Progress,
}

impl<'a> Tally<'a> {
    fn new(watch: &'a mut dyn Watch, bytes_total: u64) -> Self {
        Self { watch, at: Progress { phase: Phase::Examining, bytes: 0, bytes_total, rows: 0 } }
    }

    fn phase(&mut self, phase: Phase) {
        self.at = Progress { phase, bytes: 0, rows: 0, ..self.at };
    }

    fn bytes(&mut self, more: u64) -> Result<(), FeedFault> {
        self.at.bytes += more;
        self.check()
    }

    fn at(&mut self, bytes: u64, rows: u64) -> Result<(), FeedFault> {
        self.at.bytes = bytes;
        self.at.rows = rows;
        if rows > bounds::ROWS_MAX {
            return Err(FeedFault::TooManyRows);
        }
        if rows.is_multiple_of(bounds::WATCH_ROWS) { self.check() } else { Ok(()) }
    }

    fn check(&mut self) -> Result<(), FeedFault> {
        self.watch.progress(&self.at);
        if self.watch.is_cancelled() { Err(FeedFault::Cancelled) } else { Ok(()) }
    }
}
