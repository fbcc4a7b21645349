//! The second look at a feed: rows gathered by product, assembled and handed on.

use std::io::Read;

use xxhash_rust::xxh3::xxh3_64;

use super::assemble::Assembler;
use super::encoding::Encoding;
use super::fault::{FaultKind, Faults, FeedFault, RawRow, RowFault};
use super::layout::Layout;
use super::progress::Tally;
use super::records::{Broken, BrokenKind, Next, Record, Records};
use super::scratch::{Scratch, SetAside};
use super::survey::Survey;
use super::worded::Worded;
use super::{Settings, Sink, bounds, header};

/// A source whose header was read.
pub(super) struct Opened<R> {
    pub records: Records<R>,
    pub layout: Layout,
    pub separator: u8,
}

impl<R: Read> Opened<R> {
    pub fn new(source: R, encoding: Encoding, settings: &Settings) -> Result<Self, FeedFault> {
        let (records, header, separator) = Self::header(source, encoding)?;
        let layout = Layout::of(&header, settings)?;
        Ok(Self { records, layout, separator })
    }

    /// The column names, with the rows below them and what separates fields.
    pub fn header(source: R, encoding: Encoding) -> Result<(Records<R>, Record, u8), FeedFault> {
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
        Ok((records, header, separator))
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
            let before = faults.first.len();
            faults.add(RowFault::of_row(record.line, FaultKind::TooManyVariants));
            faults.keep_rows(before, &[record]);
            return;
        }
        self.bytes = bytes;
        self.rows.push(record);
    }
}

/// Makes products of rows and hands them on.
struct Output<'a> {
    assembler: Assembler<'a>,
    worded: Worded,
    sink: &'a mut Sink<'a>,
    products: u64,
}

impl Output<'_> {
    fn assemble(&mut self, rows: &[Record]) -> Result<(), FeedFault> {
        let before = self.assembler.faults.first.len();
        let found = self.assembler.product(&self.worded.apply(rows));
        self.assembler.faults.keep_rows(before, rows);
        if let Some(found) = found {
            self.products += 1;
            (self.sink)(found).map_err(FeedFault::Sink)?;
        }
        Ok(())
    }
}

pub(super) struct Reading<'a> {
    layout: &'a Layout,
    survey: &'a Survey,
    output: Output<'a>,
    aside: SetAside<'a>,
    group: Group,
}

impl<'a> Reading<'a> {
    pub fn new(
        layout: &'a Layout,
        settings: &'a Settings,
        survey: &'a Survey,
        scratch: &'a mut dyn Scratch,
        sink: &'a mut Sink<'a>,
    ) -> Result<Self, FeedFault> {
        let worded = Worded::of(settings.mapping.as_ref(), layout)?;
        let output = Output { assembler: Assembler::new(layout, settings, survey), worded, sink, products: 0 };
        Ok(Self { layout, survey, output, aside: SetAside::new(scratch), group: Group::default() })
    }

    pub fn rows<R: Read>(&mut self, opened: &mut Opened<R>, tally: &mut Tally<'_>) -> Result<u64, FeedFault> {
        let mut record = Record::default();
        let mut rows = 0;
        loop {
            match opened.records.next(&mut record)? {
                Next::End => break,
                _ if tally.is_enough(rows) => break,
                Next::Broken(broken) => self.output.assembler.faults.add(fault_of(&broken)),
                Next::Record if record.is_blank() => continue,
                Next::Record => self.take(&mut record)?,
            }
            rows += 1;
            tally.at(opened.records.bytes(), rows)?;
        }
        self.finish_group()?;
        tally.check()?;
        Ok(rows)
    }

    fn take(&mut self, record: &mut Record) -> Result<(), FeedFault> {
        let faults = self.output.assembler.faults.first.len();
        if self.output.assembler.accepts(record) {
            return self.row(record);
        }
        self.output.assembler.faults.keep_rows(faults, std::slice::from_ref(record));
        Ok(())
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
    pub fn end(self, tally: &mut Tally<'_>) -> Result<(Faults, u64), FeedFault> {
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
    let row = Some(RawRow::of([broken.text.as_str()]));
    RowFault { row, ..RowFault::of_row(broken.line, kind) }
}
