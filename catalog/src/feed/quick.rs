//! Records that give no trouble, read at the speed of looking for three bytes.
//!
//! What is odd in any way (a quote that closes in the middle of a field, a record that is
//! not whole, a bound that is passed) is left to [`super::records`], which asks about each
//! byte and knows what to do.

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::bounds::{COLUMNS_MAX, FIELD_BYTES_MAX, RECORD_BYTES_MAX};
use super::record::Record;

/// What was read of a text.
pub(super) struct Read {
    /// The record's bytes, its line end included.
    pub bytes: usize,
    /// How many lines it spans.
    pub lines: u64,
}

/// Why nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// The record may end behind the text.
    Short,
    /// It needs a closer look.
    Odd,
}

/// Reads the record at the start of `text`.
pub(super) fn read(text: &[u8], separator: u8, record: &mut Record) -> Result<Read, Left> {
    let mut out = std::mem::take(&mut record.text).into_bytes();
    out.clear();
    record.ends.clear();
    let read = fields(text, separator, &mut out, &mut record.ends);
    record.text = String::from_utf8(out).map_err(|_| Left::Odd)?;
    read
}

/// What is missing from a text of so many bytes that ends in a field.
fn short(rest: &[u8]) -> Left {
    if rest.len() > FIELD_BYTES_MAX { Left::Odd } else { Left::Short }
}

/// Fields up to so many bytes are looked through eight at a time; most are shorter than what
/// it takes to begin with more.
const SHORT_BYTES: usize = 32;
const LOW_BITS: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// The bytes of the field at the start of a text, up to a separator or a line end.
fn field_length(text: &[u8], separator: u8) -> Option<usize> {
    let separators = u64::from(separator) * LOW_BITS;
    // The high bit of the lowest byte that is zero, and perhaps of some above it.
    let zeros = |bytes: u64| bytes.wrapping_sub(LOW_BITS) & !bytes & HIGH_BITS;
    let (mut at, mut rest) = (0, text);
    while at < SHORT_BYTES
        && let Some((eight, behind)) = rest.split_first_chunk::<8>()
    {
        let eight = u64::from_le_bytes(*eight);
        let found = zeros(eight ^ separators)
            | zeros(eight ^ (u64::from(b'\n') * LOW_BITS))
            | zeros(eight ^ (u64::from(b'\r') * LOW_BITS));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        (at, rest) = (at + 8, behind);
    }
    memchr3(separator, b'\n', b'\r', rest).map(|length| at + length)
}

fn fields(text: &[u8], separator: u8, out: &mut Vec<u8>, ends: &mut Vec<usize>) -> Result<Read, Left> {
    let (mut at, mut lines) = (0, 1);
    loop {
        let start = out.len();
        let rest = text.get(at..).unwrap_or_default();
        let end = match rest.first().ok_or(Left::Short)? {
            b'"' => quoted(text, at + 1, out, &mut lines)?,
            _ => {
                let length = field_length(rest, separator).ok_or_else(|| short(rest))?;
                out.extend_from_slice(rest.get(..length).unwrap_or_default());
                at + length
            }
        };
        if out.len() - start > FIELD_BYTES_MAX || end >= RECORD_BYTES_MAX || ends.len() >= COLUMNS_MAX {
            return Err(Left::Odd);
        }
        ends.push(out.len());
        match (*text.get(end).ok_or(Left::Short)?, text.get(end + 1)) {
            (byte, _) if byte == separator => at = end + 1,
            (b'\n', _) => return Ok(Read { bytes: end + 1, lines }),
            (b'\r', Some(b'\n')) => return Ok(Read { bytes: end + 2, lines }),
            (b'\r', Some(_)) => return Ok(Read { bytes: end + 1, lines }),
            // Alone it may be half of a line end.
            (b'\r', None) => return Err(Left::Short),
            // Text goes on behind the closing quote.
            _ => return Err(Left::Odd),
        }
    }
}

/// Copies a quoted field whose text starts at `from`; answers what stands behind its quote.
fn quoted(text: &[u8], mut from: usize, out: &mut Vec<u8>, lines: &mut u64) -> Result<usize, Left> {
    loop {
        let rest = text.get(from..).unwrap_or_default();
        let length = memchr(b'"', rest).ok_or_else(|| short(rest))?;
        let piece = rest.get(..length).unwrap_or_default();
        if memchr2(b'\r', b'\n', piece).is_some() {
            // Old line ends are counted by who knows them all.
            if memchr_iter(b'\r', piece).any(|at| piece.get(at + 1) != Some(&b'\n')) {
                return Err(Left::Odd);
            }
            *lines += memchr_iter(b'\n', piece).count() as u64;
        }
        out.extend_from_slice(piece);
        from += length + 1;
        match text.get(from).ok_or(Left::Short)? {
            b'"' => out.push(b'"'),
            _ => return Ok(from),
        }
        from += 1;
        if out.len() > RECORD_BYTES_MAX {
            return Err(Left::Odd);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::{Next, Records};
    use super::*;

    /// A small generator, so that a failure can be repeated.
    fn next(state: &mut u64, below: usize) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((*state >> 33) % below as u64).unwrap()
    }

    #[test]
    fn what_is_read_quickly_is_what_the_closer_look_reads() {
        const PIECES: [&str; 12] = ["a", "é", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", ";", " ", "12.90"];
        let mut state = 7;
        let mut read_so = 0;
        for round in 0..20_000 {
            let count = 1 + next(&mut state, 14);
            let text: String = (0..count).map(|_| PIECES[next(&mut state, PIECES.len())]).collect();
            let mut quick = Record::default();
            let Ok(read) = read(text.as_bytes(), b',', &mut quick) else { continue };
            if text.starts_with(['\n', '\r']) {
                // Blank lines are passed over before.
                continue;
            }
            let mut closer = Records::of_text(text.as_bytes(), b',');
            let mut record = Record::default();
            assert_eq!(closer.closely(&mut record).unwrap(), Next::Record, "round {round}: {text:?}");
            assert_eq!((&quick.text, &quick.ends), (&record.text, &record.ends), "round {round}: {text:?}");
            assert_eq!(read.lines, closer.line() - 1, "round {round}: {text:?}");
            read_so += 1;
        }
        assert!(read_so > 5_000, "{read_so}");
    }
}
