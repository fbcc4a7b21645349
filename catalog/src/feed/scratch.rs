//! Rows that wait for the rest of their product.
//!
//! Rows of one product need not be neighbours. Those that stand together are
//! assembled as they are read; the others are written aside and come back, sorted
//! by product, when the file has been read. Memory holds 40 bytes a row set aside.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::record::Record;

/// Where rows wait: a temporary file, or memory for small feeds.
pub trait Scratch: Read + Write + Seek {}
impl<T: Read + Write + Seek> Scratch for T {}

/// A place in memory, for tests and small feeds.
#[must_use]
pub fn in_memory() -> io::Cursor<Vec<u8>> {
    io::Cursor::new(Vec::new())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: u64,
    source: u8,
    line: u64,
    at: u64,
    bytes: u64,
}

pub(super) struct SetAside<'a> {
    file: &'a mut dyn Scratch,
    places: Vec<Place>,
    at: u64,
}

impl<'a> SetAside<'a> {
    pub fn new(file: &'a mut dyn Scratch) -> Self {
        Self { file, places: Vec::new(), at: 0 }
    }

    pub fn put(&mut self, key: u64, record: &Record) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(record.text.len() + record.ends.len() * 8 + 16);
        bytes.extend_from_slice(&(record.ends.len() as u64).to_le_bytes());
        for end in &record.ends {
            bytes.extend_from_slice(&(*end as u64).to_le_bytes());
        }
        bytes.extend_from_slice(record.text.as_bytes());
        self.file.write_all(&bytes)?;
        let bytes = bytes.len() as u64;
        self.places.push(Place { key, source: record.source, line: record.line, at: self.at, bytes });
        self.at += bytes;
        Ok(())
    }

    /// Hands back the rows, those of one key together, each key's in the order of the files.
    pub fn groups(mut self) -> io::Result<Groups<'a>> {
        self.file.flush()?;
        self.places.sort_unstable();
        Ok(Groups { file: self.file, places: self.places, next: 0 })
    }
}

pub(super) struct Groups<'a> {
    file: &'a mut dyn Scratch,
    places: Vec<Place>,
    next: usize,
}

impl Groups<'_> {
    /// The next row and its key.
    pub fn next(&mut self) -> io::Result<Option<(u64, Record)>> {
        let Some(place) = self.places.get(self.next).copied() else { return Ok(None) };
        self.next += 1;
        self.file.seek(SeekFrom::Start(place.at))?;
        let mut bytes = vec![0; usize::try_from(place.bytes).map_err(io::Error::other)?];
        self.file.read_exact(&mut bytes)?;
        let record = record(place, &bytes).ok_or_else(|| io::Error::other("a row set aside came back changed"))?;
        Ok(Some((place.key, record)))
    }
}

fn record(place: Place, bytes: &[u8]) -> Option<Record> {
    let number = |at: usize| -> Option<usize> {
        let eight: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(eight)).ok()
    };
    let count = number(0)?;
    let ends = (0..count).map(|place| number(8 + place * 8)).collect::<Option<Vec<_>>>()?;
    let text = String::from_utf8(bytes.get(8 + count * 8..)?.to_vec()).ok()?;
    Some(Record { line: place.line, source: place.source, text, ends })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_by_product_and_in_order() {
        let row = |line: u64, text: &str| Record { line, source: 0, text: text.to_owned(), ends: vec![1, text.len()] };
        let mut file = in_memory();
        let mut aside = SetAside::new(&mut file);
        for (key, line, text) in [(2, 1, "ab"), (1, 2, "cdé"), (2, 3, "ef")] {
            aside.put(key, &row(line, text)).unwrap();
        }
        let mut groups = aside.groups().unwrap();
        let mut back = Vec::new();
        while let Some(found) = groups.next().unwrap() {
            back.push(found.1);
        }
        assert_eq!(back, [row(2, "cdé"), row(1, "ab"), row(3, "ef")]);
    }
}
