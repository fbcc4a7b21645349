//! The second look at a feed: rows gathered by product, assembled and handed on.

use std::io::{Read, Seek};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::assemble::Assembler;
use super::broken::{Broken, BrokenKind};
use super::fault::{Faults, FeedFault, RawRow, RowFault};
use super::fault_kind::FaultKind;
use super::opened::Opened;
use super::progress::Tally;
use super::record::Record;
use super::records::Next;
use super::scratch::{Scratch, SetAside};
use super::spans::{RowsHash, Stretch};
use super::survey::{Survey, Table};
use super::worded::Worded;
use super::{Dialect, Settings, Sink, bounds};

/// Rows of one product, being gathered. Their room is used again for the next product's.
#[derive(Default)]
struct Group {
    key: Option<u64>,
    rows: Vec<Record>,
    count: usize,
    bytes: usize,
}

impl Group {
    /// Takes a row; what it leaves in `record` is room for the next one.
    fn add(&mut self, record: &mut Record, faults: &mut Faults) {
        let bytes = self.bytes + record.text.len();
        if self.count >= bounds::PRODUCT_ROWS_MAX || bytes > bounds::PRODUCT_BYTES_MAX {
            let before = faults.first.len();
            faults.add(RowFault::of_row(record.line, FaultKind::TooManyVariants));
            faults.keep_rows(before, std::slice::from_ref(record));
            return;
        }
        self.bytes = bytes;
        match self.rows.get_mut(self.count) {
            Some(room) => std::mem::swap(room, record),
            None => self.rows.push(std::mem::take(record)),
        }
        self.count += 1;
    }

    fn rows(&self) -> &[Record] {
        self.rows.get(..self.count).unwrap_or_default()
    }

    /// Begins with the rows of another product.
    fn begin(&mut self, key: Option<u64>) {
        // A product of thousands of rows leaves no room behind.
        self.rows.truncate(GROUP_ROWS_KEPT);
        self.key = key;
        self.count = 0;
        self.bytes = 0;
    }
}

const GROUP_ROWS_KEPT: usize = 32;

/// Makes products of rows and hands them on.
struct Output<'a> {
    assembler: Assembler<'a>,
    /// The value maps of each file.
    worded: Vec<Worded>,
    sink: &'a mut Sink<'a>,
    seed: u64,
    rows_hash: RowsHash,
    products: u64,
}

impl Output<'_> {
    fn assemble(&mut self, rows: &[Record], tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let Some(first) = rows.first() else { return Ok(()) };
        let hash = self.hash(rows);
        let worded = self.worded.get(usize::from(first.source));
        let skus = match worded {
            // What its options are called decides a SKU that is derived.
            Some(worded) if !self.assembler.give_skus(rows) => self.assembler.skus_of(&worded.apply(rows)),
            Some(_) | None => self.assembler.skus_of(rows),
        };
        // A known product whose SKU went to another one is read again, to be told of it.
        if self.assembler.skus_are_free(&skus) && tally.knows(hash) {
            self.assembler.take_skus(&skus);
            self.products += 1;
            return Ok(());
        }
        let before = self.assembler.faults.first.len();
        let counted = self.assembler.faults.counted();
        let found = match worded {
            Some(worded) => self.assembler.product(&worded.apply(rows), hash),
            None => self.assembler.product(rows, hash),
        };
        self.assembler.faults.keep_rows(before, rows);
        if let Some(mut found) = found {
            if self.assembler.faults.counted() > counted {
                found.hash |= TOLD_BIT;
            }
            self.products += 1;
            (self.sink)(found).map_err(FeedFault::Sink)?;
        }
        Ok(())
    }

    fn hash(&mut self, rows: &[Record]) -> u64 {
        rows.iter().for_each(|row| self.rows_hash.add(row));
        product_hash(self.rows_hash.take(), self.seed)
    }
}

/// The hash of a product by that of its rows, and by what decides how they are read.
fn product_hash(rows: u64, seed: u64) -> u64 {
    xxh3_64_with_seed(&rows.to_le_bytes(), seed) & !TOLD_BIT
}

/// Set in the hash of a product of which faults or warnings were told, so that no such
/// product is ever passed over as known: what is wrong with it is told at each import.
const TOLD_BIT: u64 = 1;

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
        let assembler = Assembler::new(settings, survey);
        let output = Output { assembler, worded, sink, seed, rows_hash: RowsHash::default(), products: 0 };
        Ok(Self { survey, output, aside: SetAside::new(scratch), group: Group::default() })
    }

    /// Reads one file of the feed; what is known of it is passed over.
    pub fn rows<R: Read + Seek>(
        &mut self,
        source: u8,
        opened: &mut Opened<R>,
        tally: &mut Tally<'_>,
    ) -> Result<(), FeedFault> {
        let seed = self.output.seed;
        match self.survey.unread(|rows| tally.knows(product_hash(rows, seed))) {
            None => self.stretch(source, opened, None, tally)?,
            Some(unread) => {
                self.output.products += unread.products;
                for stretch in unread.stretches {
                    opened.rows.skip_to(stretch.from)?;
                    self.stretch(source, opened, Some(stretch), tally)?;
                }
            }
        }
        Ok(())
    }

    /// Reads up to where a known product begins, or to the file's end.
    fn stretch<R: Read>(
        &mut self,
        source: u8,
        opened: &mut Opened<R>,
        stretch: Option<Stretch>,
        tally: &mut Tally<'_>,
    ) -> Result<(), FeedFault> {
        let until = stretch.and_then(|stretch| stretch.until);
        let mut rows = stretch.map_or(0, |stretch| stretch.rows_before);
        let mut record = Record::default();
        loop {
            if until.is_some() && opened.rows.place().map(|place| place.at) >= until {
                break;
            }
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
        self.group.begin(None);
        Ok(())
    }

    fn take(&mut self, record: &mut Record, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let layout = self.output.assembler.layout(record);
        if layout.is_translation(record) {
            return Ok(());
        }
        let faults = self.output.assembler.faults.first.len();
        let key = self.output.assembler.accepts(record);
        if key.is_none() {
            self.output.assembler.faults.keep_rows(faults, std::slice::from_ref(record));
            return Ok(());
        }
        if key != self.group.key {
            self.finish_group(tally)?;
            self.group.begin(key);
        }
        self.group.add(record, &mut self.output.assembler.faults);
        Ok(())
    }

    /// Assembles the group if these are all its rows, else sets them aside.
    fn finish_group(&mut self, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let Some(key) = self.group.key else { return Ok(()) };
        if self.survey.keys.is_scattered(key) {
            for row in self.group.rows() {
                self.aside.put(key, row)?;
            }
            return Ok(());
        }
        self.output.assemble(self.group.rows(), tally)
    }

    /// Assembles what was set aside.
    pub fn end(self, tally: &mut Tally<'_>) -> Result<(Faults, u64), FeedFault> {
        let Self { mut output, aside, mut group, .. } = self;
        let mut groups = aside.groups()?;
        group.begin(None);
        while let Some((key, mut record)) = groups.next()? {
            if group.key != Some(key) {
                output.assemble(group.rows(), tally)?;
                group.begin(Some(key));
                tally.check()?;
            }
            group.add(&mut record, &mut output.assembler.faults);
        }
        output.assemble(group.rows(), tally)?;
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
