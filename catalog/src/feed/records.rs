//! Text to records: quotes, separators, line ends, and what to do when they lie.
//!
//! A quote that is never closed must not swallow the rest of the file. The bytes
//! of the record being read are kept until it is whole, so that reading can begin
//! again at the line after the one that opened the quote. `csv_core` is used
//! rather than `csv` because of this, and because it lets every buffer be bounded.

use std::io::{self, Read, Seek};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::bounds::{COLUMNS_MAX, FIELD_BYTES_MAX, RAW_ROW_BYTES_MAX, RECORD_BYTES_MAX};
use super::broken::{Broken, BrokenKind};
use super::encoding::{Decoded, Encoding};
use super::quick::{self, Left};
use super::quotes::{count_lines, is_well_quoted};
use super::record::Record;
use super::spans::Place;
use super::unpack::Unpacked;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Record,
    Broken(Broken),
    End,
}

pub(super) struct Records<R> {
    source: Decoded<R>,
    separator: u8,
    core: Reader,
    /// Judges lines taken alone, beside the record being read.
    lone: Reader,
    window: Vec<u8>,
    /// Where the window stands in the text.
    window_at: u64,
    /// Where the next record starts in `window`.
    start: usize,
    /// The line of `start`.
    line: u64,
    /// Fields of the header; records that span lines are judged by it.
    width: Option<usize>,
    out: Vec<u8>,
    ends: Vec<usize>,
}

/// What one attempt to read a record at `start` came to.
enum Attempt {
    Whole { consumed: usize, bytes: usize, fields: usize },
    Failed(BrokenKind),
    End,
}

impl<'t> Records<&'t [u8]> {
    /// Of text that is at hand.
    pub fn of_text(text: &'t [u8], separator: u8) -> Self {
        Self::new(Decoded::new(Unpacked::plain(text), Encoding::Utf8), separator)
    }
}

impl<R: Read> Records<R> {
    pub fn new(source: Decoded<R>, separator: u8) -> Self {
        Self {
            source,
            separator,
            core: reader(separator),
            lone: reader(separator),
            window: Vec::new(),
            window_at: 0,
            start: 0,
            line: 1,
            width: None,
            out: vec![0; 4 * 1024],
            ends: vec![0; 64],
        }
    }

    /// Bytes of the source that were read so far.
    pub fn bytes(&self) -> u64 {
        self.source.bytes()
    }

    #[cfg(test)]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Where the next record begins, or a blank line before it.
    pub fn place(&self) -> Place {
        Place { at: self.window_at + self.start as u64, line: self.line }
    }

    pub fn expect_width(&mut self, fields: usize) {
        self.width = Some(fields);
    }

    /// The text from the next record on, without reading it: up to `bytes_max` of it.
    pub fn peek(&mut self, bytes_max: usize) -> io::Result<&[u8]> {
        while self.window.len() < self.start + bytes_max && self.source.append(&mut self.window)? {}
        let end = self.window.len().min(self.start + bytes_max);
        Ok(self.window.get(self.start..end).unwrap_or_default())
    }

    pub fn separate_by(&mut self, separator: u8) {
        self.separator = separator;
        self.core = reader(separator);
        self.lone = reader(separator);
    }

    /// Passes over one line, whatever stands on it.
    pub fn skip_line(&mut self) -> io::Result<()> {
        loop {
            match self.line_end(self.start) {
                Some(end) => {
                    self.advance_to(end)?;
                    return Ok(());
                }
                None => {
                    // A line without end is thrown away as it comes.
                    self.start = self.window.len();
                    self.compact();
                    if !self.source.append(&mut self.window)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Reads the next record into `record`, blank lines left out.
    pub fn next(&mut self, record: &mut Record) -> io::Result<Next> {
        self.compact();
        self.skip_line_ends()?;
        let line = self.line;
        loop {
            match self.quick(record) {
                Ok(()) => {
                    record.line = line;
                    return Ok(Next::Record);
                }
                Err(Left::Short) if self.source.append(&mut self.window)? => {}
                Err(Left::Short | Left::Odd) => break,
            }
        }
        self.closely(record)
    }

    /// Reads the next record byte by byte.
    pub(super) fn closely(&mut self, record: &mut Record) -> io::Result<Next> {
        let line = self.line;
        match self.attempt()? {
            Attempt::End => Ok(Next::End),
            Attempt::Failed(kind) => self.pass_over(line, kind).map(Next::Broken),
            Attempt::Whole { consumed, bytes, fields } => {
                if self.swallowed_lines(consumed, fields) {
                    let kind = BrokenKind::OpenQuote { opened: line };
                    return self.pass_over(line, kind).map(Next::Broken);
                }
                record.line = line;
                record.ends.clear();
                record.ends.extend_from_slice(self.ends.get(..fields).unwrap_or_default());
                record.text.clear();
                // The source is UTF-8 throughout and is cut at ASCII only.
                record.text.push_str(&String::from_utf8_lossy(self.out.get(..bytes).unwrap_or_default()));
                let end = self.start + consumed;
                self.advance_to(end)?;
                Ok(Next::Record)
            }
        }
    }

    /// Reads a record that gives no trouble: whole in the window, its quotes where they
    /// belong, within all bounds. Nearly all are so, and this is much faster than to ask
    /// about each byte; of what it leaves alone it has read nothing.
    fn quick(&mut self, record: &mut Record) -> Result<(), Left> {
        let text = self.window.get(self.start..).unwrap_or_default();
        let read = quick::read(text, self.separator, record)?;
        // As wide as the header, or it may have swallowed the lines of others.
        if read.lines > 1 && self.width.is_some_and(|width| width != record.len()) {
            return Err(Left::Odd);
        }
        self.start += read.bytes;
        self.line += read.lines;
        Ok(())
    }

    fn attempt(&mut self) -> io::Result<Attempt> {
        self.core.reset();
        let (mut consumed, mut bytes, mut fields) = (0, 0, 0);
        loop {
            if self.start + consumed == self.window.len() {
                self.source.append(&mut self.window)?;
            }
            let input = self.window.get(self.start + consumed..).unwrap_or_default();
            let out = self.out.get_mut(bytes..).unwrap_or_default();
            let ends = self.ends.get_mut(fields..).unwrap_or_default();
            let (result, read, written, ended) = self.core.read_record(input, out, ends);
            consumed += read;
            bytes += written;
            fields += ended;
            let field_start = match fields.checked_sub(1) {
                Some(last) => self.ends.get(last).copied().unwrap_or_default(),
                None => 0,
            };
            if self.longest_field(fields, bytes.saturating_sub(field_start)) > FIELD_BYTES_MAX {
                return Ok(Attempt::Failed(self.why_too_long(consumed, field_start)));
            }
            if consumed > RECORD_BYTES_MAX {
                return Ok(Attempt::Failed(BrokenKind::RecordTooLong));
            }
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() > COLUMNS_MAX => {
                    return Ok(Attempt::Failed(BrokenKind::TooManyColumns));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record if fields > COLUMNS_MAX => {
                    return Ok(Attempt::Failed(BrokenKind::TooManyColumns));
                }
                ReadRecordResult::Record => return Ok(Attempt::Whole { consumed, bytes, fields }),
                ReadRecordResult::End => return Ok(Attempt::End),
            }
        }
    }

    /// The bytes of the longest field that is finished, or of the one being read.
    fn longest_field(&self, fields: usize, unfinished: usize) -> usize {
        let mut before = 0;
        let mut longest = unfinished;
        for &end in self.ends.get(..fields).unwrap_or_default() {
            longest = longest.max(end.saturating_sub(before));
            before = end;
        }
        longest
    }

    fn why_too_long(&self, consumed: usize, field_start: usize) -> BrokenKind {
        let read = self.window.get(self.start..self.start + consumed).unwrap_or_default();
        if read.contains(&b'\n') {
            let before = self.out.get(..field_start).unwrap_or_default();
            BrokenKind::OpenQuote { opened: self.line + count_lines(before, false) }
        } else {
            BrokenKind::FieldTooLong
        }
    }

    /// Whether a record that spans lines does so by a quote that was left open: its
    /// quotes do not fit, or it is not as wide as the header while the line after
    /// its first is.
    fn swallowed_lines(&mut self, consumed: usize, fields: usize) -> bool {
        let Some(width) = self.width else { return false };
        let Some(second) = self.line_end(self.start).filter(|end| *end < self.start + consumed) else {
            return false;
        };
        let read = self.window.get(self.start..self.start + consumed).unwrap_or_default();
        !is_well_quoted(read, self.separator) || (fields != width && self.width_of_line(second) == Some(width))
    }

    /// Leaves out the record at `start` and goes on at the next line that stands alone.
    fn pass_over(&mut self, line: u64, kind: BrokenKind) -> io::Result<Broken> {
        let mut text = self.line_start(RAW_ROW_BYTES_MAX);
        self.skip_line()?;
        if let Some(width) = self.width {
            loop {
                self.compact();
                self.fill_line()?;
                if self.window.is_empty() || self.width_of_line(self.start) == Some(width) {
                    break;
                }
                text.push_str(&self.line_start(RAW_ROW_BYTES_MAX.saturating_sub(text.len())));
                self.skip_line()?;
            }
        }
        Ok(Broken { line, until: self.line.saturating_sub(1).max(line), kind, text })
    }

    /// The line at `start`, its end included, up to `bytes_max` of what is read of it.
    fn line_start(&self, bytes_max: usize) -> String {
        let end = self.line_end(self.start).unwrap_or(self.window.len()).min(self.start + bytes_max);
        String::from_utf8_lossy(self.window.get(self.start..end).unwrap_or_default()).into_owned()
    }

    /// The fields of the line at `from`, taken alone.
    fn width_of_line(&mut self, from: usize) -> Option<usize> {
        let end = self.line_end(from).unwrap_or(self.window.len());
        let line = self.window.get(from..end)?;
        self.lone.reset();
        let mut out = vec![0; line.len() + 1];
        let mut ends = vec![0; COLUMNS_MAX + 1];
        let (mut read, mut written, mut fields) = (0, 0, 0);
        loop {
            let (result, more_read, more_written, more) =
                self.lone.read_record(line.get(read..)?, out.get_mut(written..)?, ends.get_mut(fields..)?);
            read += more_read;
            written += more_written;
            fields += more;
            match result {
                ReadRecordResult::InputEmpty if read >= line.len() => {}
                ReadRecordResult::Record => return Some(fields),
                ReadRecordResult::InputEmpty
                | ReadRecordResult::OutputFull
                | ReadRecordResult::OutputEndsFull
                | ReadRecordResult::End => return None,
            }
        }
    }

    /// Where the line that begins at `from` ends, its line end included.
    fn line_end(&self, from: usize) -> Option<usize> {
        let rest = self.window.get(from..)?;
        let at = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
        let crlf = rest.get(at) == Some(&b'\r') && rest.get(at + 1) == Some(&b'\n');
        Some(from + at + if crlf { 2 } else { 1 })
    }

    fn fill_line(&mut self) -> io::Result<()> {
        while self.line_end(self.start).is_none()
            && self.window.len() - self.start <= RECORD_BYTES_MAX
            && self.source.append(&mut self.window)?
        {}
        Ok(())
    }

    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            if self.start + 1 >= self.window.len() {
                self.source.append(&mut self.window)?;
            }
            let rest = self.window.get(self.start..).unwrap_or_default();
            match rest {
                [b'\r', b'\n', ..] => self.start += 2,
                [b'\r' | b'\n', ..] => self.start += 1,
                _ => return Ok(()),
            }
            self.line += 1;
            self.compact();
        }
    }

    /// Moves on to `end`, counting the lines passed; a CR waits for its LF.
    fn advance_to(&mut self, end: usize) -> io::Result<()> {
        let mut end = end;
        if end == self.window.len() {
            self.source.append(&mut self.window)?;
        }
        let ends_in_cr = end.checked_sub(1).and_then(|last| self.window.get(last)) == Some(&b'\r');
        if ends_in_cr && self.window.get(end) == Some(&b'\n') {
            end += 1;
        }
        self.line += count_lines(self.window.get(self.start..end).unwrap_or_default(), true);
        self.start = end;
        Ok(())
    }

    /// Forgets what was read, once that is worth the move.
    fn compact(&mut self) {
        if self.start == self.window.len() {
            self.window.clear();
        } else if self.start > RECORD_BYTES_MAX / 4 {
            self.window.drain(..self.start);
        } else {
            return;
        }
        self.window_at += self.start as u64;
        self.start = 0;
    }
}

impl<R: Read + Seek> Records<R> {
    /// Goes on at a record further down, which begins at `place`.
    pub fn skip_to(&mut self, place: Place) -> io::Result<()> {
        let read_until = self.window_at + self.window.len() as u64;
        if place.at >= read_until && self.source.seek(place.at)? {
            self.window.clear();
            (self.window_at, self.start) = (place.at, 0);
        }
        loop {
            let ahead = usize::try_from(place.at.saturating_sub(self.window_at)).unwrap_or(usize::MAX);
            self.start = ahead.min(self.window.len());
            if self.start == ahead {
                self.line = place.line;
                return Ok(());
            }
            self.compact();
            if !self.source.append(&mut self.window)? {
                return Err(io::Error::other("the file became shorter while it was read"));
            }
        }
    }
}

fn reader(separator: u8) -> Reader {
    ReaderBuilder::new().delimiter(separator).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads everything; a record as `line:fields`, a broken stretch as `!first-last`.
    fn told(text: &str) -> Vec<String> {
        let mut records = Records::of_text(text.as_bytes(), b',');
        let mut record = Record::default();
        let mut told = Vec::new();
        loop {
            match records.next(&mut record).unwrap() {
                Next::Record => {
                    if told.is_empty() {
                        records.expect_width(record.len());
                    }
                    let fields: Vec<&str> = (0..record.len()).map(|column| record.get(column)).collect();
                    told.push(format!("{}:{}", record.line, fields.join("|")));
                }
                Next::Broken(broken) => told.push(format!("!{}-{}", broken.line, broken.until)),
                Next::End => return told,
            }
        }
    }

    #[test]
    fn line_numbers_count_breaks_inside_quotes_and_all_line_ends() {
        assert_eq!(told("a,b\n1,\"x\ny\"\n2,z\n"), ["1:a|b", "2:1|x\ny", "4:2|z"]);
        assert_eq!(told("a,b\r\n\r\n1,2\r\n3,4"), ["1:a|b", "3:1|2", "4:3|4"]);
        assert_eq!(told("a,b\r1,2\r3,4\r"), ["1:a|b", "2:1|2", "3:3|4"]);
        assert_eq!(told(""), Vec::<String>::new());
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        assert_eq!(told("a,b\n1,\"open\n2,x\n3,y\n"), ["1:a|b", "!2-2", "3:2|x", "4:3|y"]);
        // The next quoted field would close it in the wrong place.
        assert_eq!(told("a,b\n1,\"open\n2,\"x\"\n3,y\n"), ["1:a|b", "!2-2", "3:2|x", "4:3|y"]);
    }

    #[test]
    fn an_open_quote_before_a_long_file_is_noticed_at_the_field_bound() {
        let mut text = String::from("a,b,c\n1,\"open,3\n");
        for row in 0..20_000 {
            text.push_str(&format!("{row},x,y\n"));
        }
        let told = told(&text);
        assert_eq!(told.len(), 1 + 1 + 20_000);
        assert_eq!(told[1], "!2-2");
        assert_eq!(told[2], "3:0|x|y");
    }

    #[test]
    fn a_gigantic_line_is_passed_over() {
        let text = format!("a,b\n1,{}\n2,x\n", "z".repeat(3 * RECORD_BYTES_MAX));
        assert_eq!(told(&text), ["1:a|b", "!2-2", "3:2|x"]);
    }

    #[test]
    fn fields_and_columns_are_bounded() {
        let field = |bytes: usize| told(&format!("a,b\n1,{}\n", "z".repeat(bytes)))[1].starts_with('!');
        assert!(!field(FIELD_BYTES_MAX));
        assert!(field(FIELD_BYTES_MAX + 1));
        let columns = |count: usize| told(&format!("a,b\n{}\n", vec!["z"; count].join(",")))[1].starts_with('!');
        assert!(!columns(COLUMNS_MAX));
        assert!(columns(COLUMNS_MAX + 1));
    }
}
