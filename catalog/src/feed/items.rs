//! The items of a Google Merchant document, RSS or Atom, as rows.
//!
//! Each child of an `item` or `entry` is a cell under its name, prefix or not; one that
//! repeats has a column for each time. A child with children of its own (`g:shipping`) is
//! one cell, its parts joined by `:`, as the same feed written as a table has it. A
//! document type, entities of its own, deep nesting and endless texts are refused, and
//! only the item at hand is kept.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::FeedFault;
use super::bounds::{COLUMNS_MAX, FIELD_BYTES_MAX, RAW_ROW_BYTES_MAX, RECORD_BYTES_MAX, XML_DEPTH_MAX};
use super::broken::{Broken, BrokenKind};
use super::encoding::Decoded;
use super::record::Record;
use super::records::Next;

/// How often one name may repeat in an item; the rest is left out.
const REPEATED_MAX: usize = 40;

/// A name and how often it stands before in the same item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemColumn {
    name: String,
    nth: usize,
}

pub(super) struct Items<R> {
    reader: Reader<Text<R>>,
    buffer: Vec<u8>,
    depth: usize,
    columns: Vec<ItemColumn>,
    item: Item,
}

/// The item being read.
#[derive(Default)]
struct Item {
    line: u64,
    cells: Vec<ItemCell>,
    bytes: usize,
    too_long: Option<BrokenKind>,
}

struct ItemCell {
    name: String,
    /// `g:title` goes before `title`.
    prefixed: bool,
    text: String,
}

/// What one event of the document came to.
enum Step {
    Nothing,
    Item,
    End,
}

impl<R: Read> Items<R> {
    /// `columns` as [`columns`] found them.
    pub fn new(source: Decoded<R>, columns: Vec<ItemColumn>) -> Self {
        let text = Text { source, window: Vec::new(), start: 0, line: 1, since_event: 0 };
        let mut reader = Reader::from_reader(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), depth: 0, columns, item: Item::default() }
    }

    pub fn bytes(&self) -> u64 {
        self.reader.get_ref().source.bytes()
    }

    /// The columns' names, as a header.
    pub fn header(&self) -> Record {
        Record::of(1, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// Reads the next item into `record`.
    pub fn next(&mut self, record: &mut Record) -> Result<Next, FeedFault> {
        loop {
            if !self.item()? {
                return Ok(Next::End);
            }
            if self.item.too_long.is_none() && self.item.cells.is_empty() {
                continue;
            }
            let line = self.item.line;
            if let Some(kind) = self.item.too_long {
                let text = self.item.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
                let text = text.chars().take(RAW_ROW_BYTES_MAX / 4).collect();
                return Ok(Next::Broken(Broken { line, until: self.reader.get_ref().line, kind, text }));
            }
            self.item.put(&self.columns, record);
            return Ok(Next::Record);
        }
    }

    /// Reads up to the end of the next item; answers `false` when there is none.
    fn item(&mut self) -> Result<bool, FeedFault> {
        self.item = Item::default();
        let mut item_depth = None;
        loop {
            match self.step(&mut item_depth)? {
                Step::Nothing => {}
                Step::Item => return Ok(true),
                Step::End => return Ok(false),
            }
        }
    }

    fn step(&mut self, item_depth: &mut Option<usize>) -> Result<Step, FeedFault> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        self.reader.get_mut().since_event = 0;
        let event = match self.reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(fault) => return Err(self.fault(fault)),
        };
        let mut step = Step::Nothing;
        let mut refused = None;
        match event {
            Event::Start(start) => {
                self.depth += 1;
                match *item_depth {
                    _ if self.depth > XML_DEPTH_MAX => refused = Some("it is nested too deep"),
                    None if matches!(start.local_name().as_ref(), "item" | "entry") => {
                        *item_depth = Some(self.depth);
                        self.item.line = self.reader.get_ref().line;
                    }
                    None => {}
                    Some(item) => self.item.start(&start, self.depth - item),
                }
            }
            Event::End(_) => {
                if *item_depth == Some(self.depth) {
                    step = Step::Item;
                }
                self.depth = self.depth.saturating_sub(1);
            }
            Event::Text(text) => self.item.text(&text.xml10_content(), item_depth.map(|item| self.depth - item)),
            Event::CData(text) => self.item.text(&text.xml10_content(), item_depth.map(|item| self.depth - item)),
            Event::GeneralRef(entity) => {
                self.item.text(&resolved(&entity), item_depth.map(|item| self.depth - item));
            }
            Event::DocType(_) => refused = Some("it declares a document type, which a feed does not need"),
            Event::Eof if self.depth > 0 => refused = Some("it ends before it is whole"),
            Event::Eof => step = Step::End,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        self.buffer = buffer;
        match refused {
            Some(why) => Err(FeedFault::BrokenXml { line: self.reader.get_ref().line, why: why.to_owned() }),
            None => Ok(step),
        }
    }

    fn fault(&self, fault: quick_xml::Error) -> FeedFault {
        let line = self.reader.get_ref().line;
        match fault {
            quick_xml::Error::Io(fault) => match std::sync::Arc::try_unwrap(fault) {
                Ok(fault) if fault.get_ref().is_some_and(|inner| inner.is::<EndlessText>()) => {
                    FeedFault::BrokenXml { line, why: EndlessText.to_string() }
                }
                Ok(fault) => FeedFault::from(fault),
                Err(shared) => FeedFault::BrokenXml { line, why: shared.to_string() },
            },
            other => FeedFault::BrokenXml { line, why: other.to_string() },
        }
    }
}

/// The columns of all items; nothing when the document has none.
pub(super) fn columns<R: Read>(
    source: Decoded<R>,
    mut at: impl FnMut(u64, u64) -> Result<(), FeedFault>,
) -> Result<Vec<ItemColumn>, FeedFault> {
    let mut items = Items::new(source, Vec::new());
    let mut columns: Vec<ItemColumn> = Vec::new();
    let mut seen = 0;
    while items.item()? {
        seen += 1;
        at(items.bytes(), seen)?;
        for cell in items.item.numbered() {
            if columns.len() < COLUMNS_MAX && !columns.contains(&cell.0) {
                columns.push(cell.0);
            }
        }
    }
    if seen == 0 { Err(FeedFault::NoItems) } else { Ok(columns) }
}

impl Item {
    /// An element begins, so many levels below the item.
    fn start(&mut self, start: &BytesStart<'_>, below: usize) {
        if below == 1 {
            let name = start.local_name();
            let name = name.as_ref().to_owned();
            let prefixed = start.name().as_ref().starts_with("g:");
            // Atom writes the address of a link as an attribute.
            let href = (name == "link").then(|| attribute(start, "href")).flatten();
            let usual = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
            self.cells.push(ItemCell { name, prefixed, text: href.filter(|_| usual).unwrap_or_default() });
        } else if let Some(cell) = self.cells.last_mut().filter(|cell| below > 1 && !cell.text.trim().is_empty()) {
            // The next part of a cell that has parts.
            cell.text.truncate(cell.text.trim_end().len());
            cell.text.push(':');
        }
    }

    /// Text, so many levels below the item; nothing when no item is being read.
    fn text(&mut self, text: &str, below: Option<usize>) {
        let Some(cell) = self.cells.last_mut().filter(|_| below.is_some_and(|below| below >= 1)) else { return };
        // Between the parts of a cell stands nothing but layout.
        if below.is_some_and(|below| below > 1) || !text.trim().is_empty() {
            self.bytes += text.len();
            if cell.text.len() + text.len() > FIELD_BYTES_MAX {
                self.too_long = Some(BrokenKind::FieldTooLong);
            } else if self.bytes > RECORD_BYTES_MAX {
                self.too_long = Some(BrokenKind::RecordTooLong);
            } else {
                cell.text.push_str(text);
            }
        } else if !cell.text.is_empty() && !cell.text.ends_with(':') {
            cell.text.push(' ');
        }
    }

    /// The cells under their columns: a prefixed name goes before the bare one.
    fn numbered(&self) -> Vec<(ItemColumn, &str)> {
        let mut numbered: Vec<(ItemColumn, &str)> = Vec::new();
        for cell in &self.cells {
            let text = cell.text.trim();
            let displaced = !cell.prefixed && self.cells.iter().any(|other| other.prefixed && other.name == cell.name);
            let nth = numbered.iter().filter(|(column, _)| column.name == cell.name).count();
            if !text.is_empty() && !displaced && nth < REPEATED_MAX {
                numbered.push((ItemColumn { name: cell.name.clone(), nth }, text));
            }
        }
        numbered
    }

    fn put(&self, columns: &[ItemColumn], record: &mut Record) {
        let cells = self.numbered();
        let under = |column: &ItemColumn| cells.iter().find(|(of, _)| of == column).map(|(_, text)| *text);
        *record = Record::of(self.line, columns.iter().map(|column| under(column).unwrap_or_default()));
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let value = found.value.replace("&amp;", "&");
    (value.len() <= FIELD_BYTES_MAX).then_some(value)
}

/// The five entities of XML and numbers. All others stay as they are written: those of
/// HTML are read with the text, and a document has none of its own.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        return letter.to_string();
    }
    let name = entity.xml10_content();
    match name.as_ref() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a tag or a text in it is longer than {} KB", RECORD_BYTES_MAX / 1024)]
struct EndlessText;

/// The document's text, line by line counted, and bounded between two events.
struct Text<R> {
    source: Decoded<R>,
    window: Vec<u8>,
    start: usize,
    line: u64,
    since_event: usize,
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(room)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Text<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_event > RECORD_BYTES_MAX {
            return Err(io::Error::other(EndlessText));
        }
        while self.start >= self.window.len() {
            self.window.clear();
            self.start = 0;
            if !self.source.append(&mut self.window)? {
                break;
            }
        }
        Ok(self.window.get(self.start..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let end = self.window.len().min(self.start + count);
        let read = self.window.get(self.start..end).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', read).count() as u64;
        self.since_event += count;
        self.start = end;
    }
}
