//! The rows of a feed, whether they stand in a table or in the items of an XML document.

use std::io::{self, Read};

use super::FeedFault;
use super::items::Items;
use super::record::Record;
use super::records::{Next, Records};

pub(super) enum Rows<R> {
    Table(Box<Records<R>>),
    Items(Box<Items<R>>),
}

impl<R: Read> Rows<R> {
    /// Reads the next row into `record`.
    pub fn next(&mut self, record: &mut Record) -> Result<Next, FeedFault> {
        match self {
            Self::Table(records) => records.next(record).map_err(FeedFault::from),
            Self::Items(items) => items.next(record),
        }
    }

    /// Bytes of the source that were read so far.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Table(records) => records.bytes(),
            Self::Items(items) => items.bytes(),
        }
    }
}

/// Rows of text that are already at hand: the first of a feed, looked at before the rest.
pub(super) fn of_text(text: &[u8], separator: u8, rows_max: usize) -> io::Result<Vec<Record>> {
    let mut records = Records::of_text(text, separator);
    let mut rows = Vec::new();
    let mut record = Record::default();
    while rows.len() < rows_max {
        match records.next(&mut record)? {
            Next::Record => rows.push(std::mem::take(&mut record)),
            Next::Broken(_) => {}
            Next::End => break,
        }
    }
    Ok(rows)
}
