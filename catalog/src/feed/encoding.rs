//! Bytes of unknown origin to UTF-8.
//!
//! The encoding is certain once the whole stream was looked at, before a row is read as a
//! product: a file that stops being UTF-8 after a megabyte must not be half read. Whether the text is a table
//! or an XML document is decided here too, by how it begins.

use std::io::{self, Read, Seek};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::FeedFault;
use super::progress::Tally;
use super::unpack::Unpacked;

/// How much is read at once.
pub(super) const CHUNK_BYTES: usize = 64 * 1024;
/// How much is read first after a leap: often a row is wanted there, and nothing behind it.
const LEAP_BYTES: usize = 4 * 1024;
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
/// Where UTF-16 without a mark is looked for.
const SNIFF_BYTES: usize = 4 * 1024;

/// How the bytes of a feed spell letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8WithMark => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// How sure an encoding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Certain(Encoding),
    /// UTF-8, as long as no later byte says otherwise: then it is Windows-1252.
    SoFar(Encoding),
}

/// Says by the first bytes of a source how it is encoded.
pub(super) fn sniff<R: Read>(source: &mut Unpacked<R>) -> Result<Told, FeedFault> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let count = fill(source, &mut chunk)?;
    let bytes = chunk.get(..count).unwrap_or_default();
    if bytes.is_empty() {
        return Err(FeedFault::Empty);
    }
    refuse_other_kinds(bytes)?;
    if let Some(marked) = by_mark_or_zeros(bytes) {
        return Ok(Told::Certain(marked));
    }
    if bytes.contains(&0) {
        return Err(FeedFault::OtherKind { kind: "a program, a picture or another file of bytes" });
    }
    let mut utf8 = Utf8Check::default();
    utf8.take(bytes);
    Ok(match (utf8.broken, utf8.marked) {
        (true, _) => Told::Certain(Encoding::Windows1252),
        (false, true) => Told::SoFar(Encoding::Utf8WithMark),
        (false, false) => Told::SoFar(Encoding::Utf8),
    })
}

/// Reads on to the end of the source and says how it is encoded.
pub(super) fn detect<R: Read>(
    first: Told,
    source: &mut Unpacked<R>,
    tally: &mut Tally<'_>,
) -> Result<Encoding, FeedFault> {
    let likely = match first {
        Told::Certain(encoding) => return Ok(encoding),
        Told::SoFar(encoding) => encoding,
    };
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut utf8 = Utf8Check::default();
    loop {
        let count = fill(source, &mut chunk)?;
        let Some(bytes) = chunk.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        utf8.take(bytes);
        tally.bytes(source.bytes_read())?;
        if utf8.broken {
            break;
        }
    }
    Ok(if utf8.is_whole() { likely } else { Encoding::Windows1252 })
}

/// A source that began as UTF-8 is none. Travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("it is no UTF-8")]
pub(super) struct NotUtf8;

impl NotUtf8 {
    /// Whether this is why a source was not read on.
    pub fn is_why(fault: &FeedFault) -> bool {
        matches!(fault, FeedFault::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<Self>()))
    }
}

/// Whether the text begins as XML does.
pub(super) fn is_xml<R: Read>(mut source: Decoded<R>) -> Result<bool, FeedFault> {
    let mut window = Vec::new();
    source.append(&mut window)?;
    let text = window.trim_ascii_start();
    let head = text.get(..text.len().min(SNIFF_BYTES)).unwrap_or_default().to_ascii_lowercase();
    if !head.starts_with(b"<") {
        return Ok(false);
    }
    if head.starts_with(b"<!doctype html") || head.windows(5).any(|tag| tag == b"<html") {
        return Err(FeedFault::OtherKind { kind: "a page for people (HTML), perhaps one that asks for a password" });
    }
    Ok(true)
}

/// A full chunk, or what is left.
fn fill(source: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = chunk.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(filled)
}

/// Files that merchants drop by mistake are named, rather than read as one odd column.
fn refuse_other_kinds(bytes: &[u8]) -> Result<(), FeedFault> {
    let kind = if bytes.starts_with(b"PK\x03\x04") {
        "an Excel workbook or a ZIP archive"
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        "an old Excel workbook"
    } else if bytes.starts_with(b"%PDF") {
        "a PDF document"
    } else if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8\xff") {
        "a picture"
    } else {
        let text = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes).trim_ascii_start();
        match text.first() {
            Some(b'{' | b'[') => "a JSON document",
            None if bytes.len() < SNIFF_BYTES => return Err(FeedFault::Empty),
            _ => return Ok(()),
        }
    };
    Err(FeedFault::OtherKind { kind })
}

fn by_mark_or_zeros(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some(Encoding::Utf16Le);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(Encoding::Utf16Be);
    }
    let head = bytes.get(..bytes.len().min(SNIFF_BYTES))?;
    let (even, odd) = head
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == 0)
        .fold((0, 0), |(even, odd), (place, _)| if place % 2 == 0 { (even + 1, odd) } else { (even, odd + 1) });
    // Latin text in UTF-16 has a zero in nearly every second byte.
    let many = head.len() / 4;
    if odd > many && even < many / 4 {
        Some(Encoding::Utf16Le)
    } else if even > many && odd < many / 4 {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Whether a stream, seen in pieces, is UTF-8.
#[derive(Default)]
struct Utf8Check {
    /// The bytes of a character that the last piece cut in two.
    tail: Vec<u8>,
    broken: bool,
    marked: bool,
    started: bool,
}

impl Utf8Check {
    fn take(&mut self, piece: &[u8]) {
        if !self.started {
            self.started = true;
            self.marked = piece.starts_with(UTF8_MARK);
        }
        let joined;
        let bytes = if self.tail.is_empty() {
            piece
        } else {
            self.tail.extend_from_slice(piece);
            joined = std::mem::take(&mut self.tail);
            &joined
        };
        if let Err(fault) = std::str::from_utf8(bytes) {
            if fault.error_len().is_some() {
                self.broken = true;
            } else {
                self.tail = bytes.get(fault.valid_up_to()..).unwrap_or_default().to_vec();
            }
        }
    }

    fn is_whole(&self) -> bool {
        !self.broken && self.tail.is_empty()
    }
}

/// A source read as UTF-8, whatever it is in.
pub(super) struct Decoded<R> {
    source: Unpacked<R>,
    chunk: Vec<u8>,
    decoder: Option<Decoder>,
    /// Of the mark before the text, where the text is the source's own bytes.
    mark_bytes: u64,
    skip_mark: bool,
    /// Watches whether UTF-8 goes on as it began, where that is not certain.
    check: Option<Utf8Check>,
    /// How much is read next.
    ahead: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(source: Unpacked<R>, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 | Encoding::Utf8WithMark => None,
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
            Encoding::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
        };
        let skip_mark = encoding == Encoding::Utf8WithMark;
        let mark_bytes = if skip_mark { UTF8_MARK.len() as u64 } else { 0 };
        let (chunk, ahead) = (Vec::new(), CHUNK_BYTES);
        Self { source, chunk, decoder, mark_bytes, skip_mark, check: None, ahead, ended: false }
    }

    /// The same; when a byte turns out to be no UTF-8, reading ends with [`NotUtf8`].
    pub(super) fn checked(source: Unpacked<R>, told: Told) -> Self {
        match told {
            Told::Certain(encoding) => Self::new(source, encoding),
            Told::SoFar(encoding) => Self { check: Some(Utf8Check::default()), ..Self::new(source, encoding) },
        }
    }

    /// Bytes of the source that were read.
    pub(super) fn bytes(&self) -> u64 {
        self.source.bytes_read()
    }

    /// Appends the next piece; answers `false` when there is no more.
    pub(super) fn append(&mut self, window: &mut Vec<u8>) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let start = window.len();
        let asked = self.ahead;
        self.ahead = (asked * 2).min(CHUNK_BYTES);
        let count = match &mut self.decoder {
            None => {
                window.resize(start + asked, 0);
                let count = fill(&mut self.source, window.get_mut(start..).unwrap_or_default())?;
                window.truncate(start + count);
                if let Some(check) = &mut self.check {
                    check.take(window.get(start..).unwrap_or_default());
                    if check.broken || (count < asked && !check.is_whole()) {
                        return Err(io::Error::new(io::ErrorKind::InvalidData, NotUtf8));
                    }
                }
                if std::mem::take(&mut self.skip_mark)
                    && window.get(start..).is_some_and(|piece| piece.starts_with(UTF8_MARK))
                {
                    window.drain(start..start + UTF8_MARK.len());
                }
                count
            }
            Some(decoder) => {
                self.chunk.resize(asked, 0);
                let count = fill(&mut self.source, &mut self.chunk)?;
                let piece = self.chunk.get(..count).unwrap_or_default();
                let room = decoder.max_utf8_buffer_length(piece.len()).unwrap_or(CHUNK_BYTES * 4);
                window.resize(start + room, 0);
                let free = window.get_mut(start..).unwrap_or_default();
                let (_, _, written, _) = decoder.decode_to_utf8(piece, free, count < asked);
                window.truncate(start + written);
                count
            }
        };
        self.ended = count < asked;
        Ok(true)
    }
}

impl<R: Read + Seek> Decoded<R> {
    /// Goes on at a byte of the text; false where only reading leads there, and stays.
    pub(super) fn seek(&mut self, at: u64) -> io::Result<bool> {
        if self.decoder.is_some() || !self.source.seek(self.mark_bytes + at)? {
            return Ok(false);
        }
        (self.skip_mark, self.ended, self.ahead) = (false, false, LEAP_BYTES);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Quiet;

    fn detected(bytes: &[u8]) -> Result<Encoding, String> {
        let mut watch = Quiet;
        let mut tally = Tally::new(&mut watch);
        let source = || Unpacked::plain(io::Cursor::new(bytes));
        let told = sniff(&mut source()).map_err(|fault| fault.to_string())?;
        detect(told, &mut source(), &mut tally).map_err(|fault| fault.to_string())
    }

    fn decoded(bytes: &[u8]) -> String {
        let mut source = Decoded::new(Unpacked::plain(io::Cursor::new(bytes)), detected(bytes).unwrap());
        let mut window = Vec::new();
        while source.append(&mut window).unwrap() {}
        String::from_utf8(window).unwrap()
    }

    #[test]
    fn every_encoding_of_a_french_word_is_read() {
        let utf16 = |swap: bool, mark: bool| -> Vec<u8> {
            let mut units: Vec<u16> = "id;désignation\n".encode_utf16().collect();
            if mark {
                units.insert(0, 0xfeff);
            }
            units.into_iter().flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for bytes in [
            "id;désignation\n".as_bytes().to_vec(),
            "\u{feff}id;désignation\n".as_bytes().to_vec(),
            b"id;d\xe9signation\n".to_vec(),
            utf16(false, true),
            utf16(true, true),
            utf16(false, false),
            utf16(true, false),
        ] {
            assert_eq!(decoded(&bytes), "id;désignation\n", "{bytes:?}");
        }
    }

    #[test]
    fn a_file_that_stops_being_utf8_late_is_decided_again() {
        let mut bytes = "é,".repeat(CHUNK_BYTES).into_bytes();
        assert_eq!(detected(&bytes), Ok(Encoding::Utf8));
        bytes.push(0xe9);
        assert_eq!(detected(&bytes), Ok(Encoding::Windows1252));
    }

    #[test]
    fn files_of_another_kind_are_named() {
        for (bytes, word) in
            [(&b"PK\x03\x04rest"[..], "Excel"), (b"%PDF-1.7", "PDF"), (b"[{}]", "JSON"), (b"", "empty")]
        {
            assert!(detected(bytes).unwrap_err().contains(word));
        }
    }
}
