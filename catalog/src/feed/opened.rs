//! A file whose header was read: the rows below it, and what its columns mean.

use std::io::Read;

use super::broken::BrokenKind;
use super::encoding::Decoded;
use super::header::{self, SNIFF_BYTES, SNIFF_RECORDS};
use super::items::Items;
use super::layout::Layout;
use super::record::Record;
use super::records::{Next, Records};
use super::rows::{self, Rows};
use super::source::Form;
use super::{FeedFault, Settings};

/// A file with its column names, whatever they mean.
pub(super) struct Headed<R> {
    pub rows: Rows<R>,
    pub header: Record,
    /// The first rows, which are read again with the others.
    pub sample: Vec<Record>,
    pub separator: &'static str,
}

/// A file with its columns.
pub(super) struct Opened<R> {
    pub rows: Rows<R>,
    pub layout: Layout,
    pub separator: &'static str,
}

impl<R: Read> Headed<R> {
    pub fn new(source: Decoded<R>, form: &Form) -> Result<Self, FeedFault> {
        match form {
            Form::Table => Self::table(source),
            Form::Items(columns) => {
                let items = Items::new(source, columns.clone());
                let header = items.header();
                Ok(Self { rows: Rows::Items(Box::new(items)), header, sample: Vec::new(), separator: "XML" })
            }
        }
    }

    fn table(source: Decoded<R>) -> Result<Self, FeedFault> {
        let mut records = Records::new(source, b',');
        let separator = header::prepare(&mut records)?;
        let mut sample = rows::of_text(records.peek(SNIFF_BYTES)?, separator, 1 + SNIFF_RECORDS)?;
        sample.drain(..1.min(sample.len()));
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
        let separator = header::separator_name(separator);
        Ok(Self { rows: Rows::Table(Box::new(records)), header, sample, separator })
    }

    /// With what the columns mean, by dialect and mapping.
    pub fn understood(self, settings: &Settings) -> Result<Opened<R>, FeedFault> {
        let layout = Layout::of(&self.header, &self.sample, settings)?;
        Ok(Opened { rows: self.rows, layout, separator: self.separator })
    }
}
