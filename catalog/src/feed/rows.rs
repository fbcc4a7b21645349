//! The rows of a feed, whether they stand in a table or in the items of an XML document.

use std::io::{self, Read, Seek};

use super::FeedFault;
use super::items::Items;
use super::record::Record;
use super::records::{Next, Records};
use super::spans::Place;

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

    /// Where the next row begins; only of a table can one go on there.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Table(records) => Some(records.place()),
            Self::Items(_) => None,
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

impl<R: Read + Seek> Rows<R> {
    /// Goes on at a [`Rows::place`] further down.
    pub fn skip_to(&mut self, place: Place) -> Result<(), FeedFault> {
        match self {
            Self::Table(records) => Ok(records.skip_to(place)?),
            Self::Items(_) => Err(io::Error::other("the items of a document are read one by one").into()),
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
