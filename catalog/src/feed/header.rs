//! The first lines of a feed: marks, comments, the separator, the column names.

use std::io::{self, Read};

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::bounds::{COLUMNS_MAX, COMMENT_LINES_MAX};
use super::records::Records;
use crate::words::fold;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a feed is looked at to find its separator, and how many records of it.
const SNIFF_BYTES: usize = 64 * 1024;
const SNIFF_RECORDS: usize = 50;

/// What people call a separator.
pub(super) fn separator_name(separator: u8) -> &'static str {
    match separator {
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        _ => "pipe",
    }
}

/// Passes over what stands before the header and sets the separator.
pub(super) fn prepare<R: Read>(records: &mut Records<R>) -> io::Result<u8> {
    let mut stated = None;
    for _ in 0..COMMENT_LINES_MAX {
        let head = records.peek(16)?;
        if let Some(separator) = stated_separator(head) {
            stated = Some(separator);
        } else if head.first() != Some(&b'#') {
            break;
        }
        records.skip_line()?;
    }
    let separator = match stated {
        Some(separator) => separator,
        None => most_even_separator(records.peek(SNIFF_BYTES)?),
    };
    records.separate_by(separator);
    Ok(separator)
}

/// Excel's `sep=;` line.
fn stated_separator(head: &[u8]) -> Option<u8> {
    let name = head.get(..4)?;
    let separator = *head.get(4)?;
    (name.eq_ignore_ascii_case(b"sep=") && SEPARATORS.contains(&separator)).then_some(separator)
}

/// The separator that cuts the most records into as many fields as the header.
fn most_even_separator(sample: &[u8]) -> u8 {
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let even = even_records(sample, separator);
        if even > best.0 {
            best = (even, separator);
        }
    }
    best.1
}

fn even_records(sample: &[u8], separator: u8) -> usize {
    let mut core = ReaderBuilder::new().delimiter(separator).build();
    let mut out = vec![0; sample.len() + 1];
    let mut ends = vec![0; COLUMNS_MAX + 1];
    let mut rest = sample;
    let mut widths = Vec::new();
    while widths.len() < SNIFF_RECORDS {
        let (result, read, _, fields) = core.read_record(rest, &mut out, &mut ends);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            ReadRecordResult::Record => widths.push(fields),
            // The last one may be cut by the sample's end.
            ReadRecordResult::InputEmpty if widths.is_empty() => widths.push(fields + 1),
            _ => break,
        }
    }
    let header = widths.first().copied().unwrap_or_default();
    if header < 2 {
        return 0;
    }
    // A wider header wins among equals: `a;b,c` twice is more likely semicolons with a decimal comma.
    widths.iter().filter(|width| **width == header).count() * COLUMNS_MAX + header.min(COLUMNS_MAX - 1)
}

/// A column's name as it is compared: no accents, lower case, `g:` and `*` dropped,
/// one space for any run of other signs. Text in brackets stays: `Prix (HT)` and
/// `Prix (TTC)` are two columns.
pub(super) fn normal(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.trim().strip_prefix("g:").unwrap_or(folded.trim());
    let mut normal = String::with_capacity(bare.len());
    for letter in bare.chars() {
        if letter.is_alphanumeric() {
            normal.push(letter);
        } else if letter != '*' && !normal.is_empty() && !normal.ends_with(' ') {
            normal.push(' ');
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_are_compared_in_their_normal_form() {
        for (name, expected) in [
            ("g:image_link", "image link"),
            (" Référence * ", "reference"),
            ("Prix (TTC)", "prix ttc"),
            ("Body (HTML)", "body html"),
            ("Google Shopping / MPN", "google shopping mpn"),
            ("En\u{a0}stock\u{202f}?", "en stock"),
            ("Compare-at price", "compare at price"),
        ] {
            assert_eq!(normal(name), expected);
        }
    }

    #[test]
    fn the_separator_is_the_one_that_cuts_evenly() {
        for (sample, separator) in [
            ("a;b\n1,50;x\n2,50;y\n", b';'),
            ("a,b\n1,\"x;y;z\"\n", b','),
            ("a\tb\n1\tx, y\n", b'\t'),
            ("a|b\n1|x\n", b'|'),
            ("a,b", b','),
        ] {
            assert_eq!(most_even_separator(sample.as_bytes()), separator, "{sample}");
        }
    }
}
