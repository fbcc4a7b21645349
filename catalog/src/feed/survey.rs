//! A first look at all rows: what must be known before the first can be read.

use std::io::Read;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::dialect::Meaning;
use super::keys::{self, Keys};
use super::layout::Layout;
use super::opened::Opened;
use super::progress::Tally;
use super::record::Record;
use super::records::Next;
use super::spans::{Place, Spans, Unread};
use super::values::{Decimals, NumberEvidence};
use super::{DecimalMark, FeedFault, Settings, bounds};
use crate::model::Currency;

/// What all files of a feed say about its rows.
pub(super) struct Survey {
    pub keys: Keys,
    /// Of a single file that is compared with what is known.
    spans: Option<Spans>,
    first: Table,
    more: Vec<Table>,
}

/// One file of a feed: its columns, and how it writes numbers.
pub(super) struct Table {
    pub layout: Layout,
    pub rows: u64,
    numbers: Vec<Numbers>,
    /// What the merchant says where no cell can tell.
    said: Option<Decimals>,
}

/// How one column writes its numbers.
struct Numbers {
    meaning: Meaning,
    column: usize,
    evidence: NumberEvidence,
}

impl Survey {
    /// Of a feed whose first file is `opened`; `is_compared`: it is its only one, and much
    /// of it may be known.
    pub fn of<R: Read>(
        opened: Opened<R>,
        is_compared: bool,
        settings: &Settings,
        tally: &mut Tally<'_>,
    ) -> Result<Self, FeedFault> {
        let mut seen = Seen { keys: Keys::default(), spans: is_compared.then(Spans::default) };
        let first = Table::of(opened, settings, &mut seen, tally)?;
        Ok(Self { keys: seen.keys, spans: seen.spans, first, more: Vec::new() })
    }

    /// Looks at one more file of the feed.
    pub fn add<R: Read>(
        &mut self,
        opened: Opened<R>,
        settings: &Settings,
        tally: &mut Tally<'_>,
    ) -> Result<(), FeedFault> {
        let mut seen = Seen { keys: std::mem::take(&mut self.keys), spans: None };
        seen.keys.next_source();
        let table = Table::of(opened, settings, &mut seen, tally)?;
        self.keys = seen.keys;
        self.more.push(table);
        Ok(())
    }

    /// All files of the feed were looked at.
    pub fn end(&mut self) {
        self.keys.end();
    }

    /// What must be read of the feed's only file, once the others are asked for by
    /// `knows`; nothing where everything must be.
    pub fn unread(&self, knows: impl FnMut(u64) -> bool) -> Option<Unread> {
        Some(self.spans.as_ref()?.unread(&self.keys, knows))
    }

    /// The file that a row is of.
    pub fn table(&self, source: u8) -> &Table {
        let more = usize::from(source).checked_sub(1);
        more.and_then(|at| self.more.get(at)).unwrap_or(&self.first)
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// Over all that decides how a row is read, beside the row and the settings: the same
    /// cells under other names, or beside other decimals, are another product.
    pub fn hash(&self, seed: u64, settings: &Settings) -> u64 {
        let mut hasher = Xxh3::with_seed(seed);
        for table in self.tables() {
            hasher.update(table.layout.dialect.name().as_bytes());
            for column in &table.layout.columns {
                hasher.update(format!("{}\u{1f}{:?}\u{1e}", column.name, column.meaning).as_bytes());
            }
            for numbers in &table.numbers {
                let decimals = table.decimals(numbers.meaning, settings.currency);
                hasher.update(format!("{:?}{decimals:?}", numbers.meaning).as_bytes());
            }
        }
        hasher.digest()
    }
}

/// What is learned row by row.
struct Seen {
    keys: Keys,
    spans: Option<Spans>,
}

impl Seen {
    fn row(&mut self, layout: &Layout, from: Option<Place>, row: &Record) {
        let key = self.keys.see(layout, row);
        let (Some(spans), Some(from)) = (&mut self.spans, from) else { return };
        match key.filter(|_| !layout.is_passed_by(row)) {
            Some(key) => {
                let sku = layout.sku(row).map(|(_, text)| text);
                spans.row_of(key, sku.map(|text| xxh3_64(text.as_bytes())), from, row);
                match sku {
                    Some(sku) => spans.gives(sku),
                    None => spans.derives(keys::named(layout, row)),
                }
            }
            None => spans.left_out(from, true),
        }
    }

    fn left_out(&mut self, from: Option<Place>, is_told: bool) {
        if let (Some(spans), Some(from)) = (&mut self.spans, from) {
            spans.left_out(from, is_told);
        }
    }
}

impl Table {
    fn of<R: Read>(
        mut opened: Opened<R>,
        settings: &Settings,
        seen: &mut Seen,
        tally: &mut Tally<'_>,
    ) -> Result<Self, FeedFault> {
        let mut numbers: Vec<Numbers> = Vec::new();
        for (column, named) in opened.layout.columns.iter().enumerate() {
            let meaning = named.meaning;
            let counts = meaning.is_money() || meaning == Meaning::DiscountPercent;
            if counts && !numbers.iter().any(|known| known.meaning == meaning) {
                numbers.push(Numbers { meaning, column, evidence: NumberEvidence::default() });
            }
        }
        let mut record = Record::default();
        let (mut rows, mut broken) = (0, 0);
        // The items of a document are looked at whole.
        seen.spans = seen.spans.take().filter(|_| opened.rows.place().is_some());
        loop {
            let from = opened.rows.place();
            match opened.rows.next(&mut record)? {
                Next::End => break,
                _ if tally.is_enough(rows) => break,
                Next::Broken(stretch) => {
                    broken += 1;
                    if broken > bounds::BROKEN_RECORDS_MAX {
                        return Err(FeedFault::TooManyBroken { line: stretch.line });
                    }
                    seen.left_out(from, true);
                }
                Next::Record if record.is_blank() => continue,
                Next::Record if opened.layout.is_translation(&record) => seen.left_out(from, false),
                Next::Record => {
                    seen.row(&opened.layout, from, &record);
                    numbers.iter_mut().for_each(|numbers| numbers.evidence.see(record.get(numbers.column)));
                }
            }
            rows += 1;
            tally.at(opened.rows.bytes(), rows)?;
        }
        if let Some(spans) = &mut seen.spans {
            spans.end();
        }
        let said = settings.mapping.as_ref().and_then(|mapping| mapping.decimals).map(|mark| match mark {
            DecimalMark::Dot => Decimals::Dot,
            DecimalMark::Comma => Decimals::Comma,
        });
        Ok(Self { layout: opened.layout, rows, numbers, said })
    }

    /// How a column of this meaning writes decimals.
    pub fn decimals(&self, meaning: Meaning, currency: Currency) -> Decimals {
        let own = self.numbers.iter().find(|numbers| numbers.meaning == meaning);
        let decided = own.map_or(Decimals::Unclear, |own| own.evidence.decide(currency));
        if decided != Decimals::Unclear {
            return decided;
        }
        // The other price columns of the file are written by the same hand.
        let other = self.numbers.iter().find(|numbers| numbers.evidence.is_decisive());
        let by_dialect = self.layout.dialect.writes_dots().then_some(Decimals::Dot);
        other.map(|other| other.evidence.decide(currency)).or(self.said).or(by_dialect).unwrap_or(Decimals::Unclear)
    }
}
