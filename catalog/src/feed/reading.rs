//! The second look at a feed: rows gathered by product, assembled and handed on.

use std::io::Read;

use xxhash_rust::xxh3::Xxh3;

use super::assemble::Assembler;
use super::fault::{Faults, FeedFault, RawRow, RowFault};
use super::fault_kind::FaultKind;
use super::opened::Opened;
use super::progress::Tally;
use super::record::Record;
use super::records::{Broken, BrokenKind, Next};
use super::scratch::{Scratch, SetAside};
use super::survey::{Survey, Table};
use super::worded::Worded;
use super::{Dialect, Settings, Sink, bounds};

/// Rows of one product, being gathered.
#[derive(Default)]
struct Group {
    key: Option<u64>,
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
    /// The value maps of each file.
    worded: Vec<Worded>,
    sink: &'a mut Sink<'a>,
    seed: u64,
    products: u64,
}

impl Output<'_> {
    fn assemble(&mut self, rows: &[Record], tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let Some(first) = rows.first() else { return Ok(()) };
        // Odd is the hash of a product with faults: it is read each time, and they are told each time.
        let hash = self.hash(rows) & !1;
        if tally.knows(hash) {
            self.products += 1;
            return Ok(());
        }
        let (before, faults) = (self.assembler.faults.first.len(), self.assembler.faults.counted());
        let found = match self.worded.get(usize::from(first.source)) {
            Some(worded) => self.assembler.product(&worded.apply(rows), hash),
            None => self.assembler.product(rows, hash),
        };
        self.assembler.faults.keep_rows(before, rows);
        if let Some(mut found) = found {
            self.products += 1;
            found.hash |= u64::from(self.assembler.faults.counted() > faults);
            (self.sink)(found).map_err(FeedFault::Sink)?;
        }
        Ok(())
    }

    fn hash(&self, rows: &[Record]) -> u64 {
        let mut hasher = Xxh3::with_seed(self.seed);
        for row in rows {
            for end in &row.ends {
                hasher.update(&(*end as u64).to_le_bytes());
            }
            hasher.update(row.text.as_bytes());
        }
        hasher.digest()
    }
}

pub(super) struct Reading<'a> {
    survey: &'a Survey,
    output: Output<'a>,
    aside: SetAside<'a>,
    group: Group,
}

impl<'a> Reading<'a> {
    pub fn new(
        settings: &'a Settings,
        survey: &'a Survey,
        scratch: &'a mut dyn Scratch,
        sink: &'a mut Sink<'a>,
    ) -> Result<Self, FeedFault> {
        let worded = |table: &Table| match table.layout.dialect {
            Dialect::PrestaShopCombinations => Ok(Worded::default()),
            _ => Worded::of(settings.mapping.as_ref(), &table.layout),
        };
        let worded = survey.tables().map(worded).collect::<Result<_, _>>()?;
        let seed = survey.hash(settings.seed(), settings);
        let output = Output { assembler: Assembler::new(settings, survey), worded, sink, seed, products: 0 };
        Ok(Self { survey, output, aside: SetAside::new(scratch), group: Group::default() })
    }

    /// Reads one file of the feed.
    pub fn rows<R: Read>(
        &mut self,
        source: u8,
        opened: &mut Opened<R>,
        tally: &mut Tally<'_>,
    ) -> Result<u64, FeedFault> {
        let mut record = Record::default();
        let mut rows = 0;
        loop {
            match opened.rows.next(&mut record)? {
                Next::End => break,
                _ if tally.is_enough(rows) => break,
                Next::Broken(broken) => self.output.assembler.faults.add(fault_of(&broken)),
                Next::Record if record.is_blank() => continue,
                Next::Record => {
                    record.source = source;
                    self.take(&mut record, tally)?;
                }
            }
            rows += 1;
            tally.at(opened.rows.bytes(), rows)?;
        }
        self.finish_group(tally)?;
        tally.check()?;
        Ok(rows)
    }

    fn take(&mut self, record: &mut Record, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let layout = self.output.assembler.layout(record);
        if layout.is_translation(record) {
            return Ok(());
        }
        let faults = self.output.assembler.faults.first.len();
        if !self.output.assembler.accepts(record) {
            self.output.assembler.faults.keep_rows(faults, std::slice::from_ref(record));
            return Ok(());
        }
        let key = self.survey.keys.of(layout, record);
        if key != self.group.key {
            self.finish_group(tally)?;
            self.group.key = key;
        }
        self.group.add(std::mem::take(record), &mut self.output.assembler.faults);
        Ok(())
    }

    /// Assembles the group if these are all its rows, else sets them aside.
    fn finish_group(&mut self, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let group = std::mem::take(&mut self.group);
        let Some(key) = group.key else { return Ok(()) };
        if self.survey.keys.is_scattered(key) {
            for row in &group.rows {
                self.aside.put(key, row)?;
            }
            return Ok(());
        }
        self.output.assemble(&group.rows, tally)
    }

    /// Assembles what was set aside.
    pub fn end(self, tally: &mut Tally<'_>) -> Result<(Faults, u64), FeedFault> {
        let Self { mut output, aside, mut group, .. } = self;
        let mut groups = aside.groups()?;
        while let Some((key, record)) = groups.next()? {
            if group.key != Some(key) {
                output.assemble(&std::mem::take(&mut group).rows, tally)?;
                group.key = Some(key);
                tally.check()?;
            }
            group.add(record, &mut output.assembler.faults);
        }
        output.assemble(&group.rows, tally)?;
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
