//! The first lines of a feed: marks, comments, the separator, the column names.

use std::io::{self, Read};

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::bounds::{COLUMNS_MAX, COMMENT_LINES_MAX};
use super::records::Records;
use crate::model::Currency;
use crate::words::fold;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a feed is looked at to find its separator, and how many records of it.
pub(super) const SNIFF_BYTES: usize = 64 * 1024;
pub(super) const SNIFF_RECORDS: usize = 50;

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

/// What a column's name says of the prices below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tax {
    Included,
    Excluded,
    /// The name says both, as in PrestaShop's `Price tax excluded or Price tax included`.
    Either,
}

/// A column's name, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// As [`normal`] writes it.
    pub normal: String,
    /// Without brackets and without the words of tax and currency: `Prix de vente (HT, en euros)`
    /// is `prix de vente`.
    pub bare: String,
    pub tax: Option<Tax>,
    pub currency: Option<Currency>,
}

impl Named {
    pub fn of(name: &str) -> Self {
        let normal = normal(name);
        let (excluded, included) = (says(&normal, EXCLUDED), says(&normal, INCLUDED));
        let tax = match (excluded, included) {
            (true, true) => Some(Tax::Either),
            (true, false) => Some(Tax::Excluded),
            (false, true) => Some(Tax::Included),
            (false, false) => None,
        };
        Self { bare: bare(&self::normal(&outside_brackets(name))), tax, currency: currency_in(name), normal }
    }
}

#[rustfmt::skip]
const EXCLUDED: &[&str] = &[
    "ht", "hors taxe", "hors taxes", "hors tva", "tax excluded", "excl tax", "excl vat", "excluding tax", "excluding vat",
    "ex vat", "ex tax", "without tax", "net of tax",
];
#[rustfmt::skip]
const INCLUDED: &[&str] = &[
    "ttc", "tvac", "taxes comprises", "tva comprise", "tax included", "incl tax", "incl vat", "including tax",
    "including vat", "inc vat", "with tax",
];
const CURRENCY_WORDS: &[&str] = &["eur", "euro", "euros", "usd", "dollars", "chf", "gbp"];

/// Whether one of these phrases stands among the words of a normal name.
fn says(normal: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {normal} ");
    phrases.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
}

fn bare(normal: &str) -> String {
    let mut padded = format!(" {normal} ");
    for phrase in EXCLUDED.iter().chain(INCLUDED).chain(CURRENCY_WORDS) {
        padded = padded.replace(&format!(" {phrase} "), " ");
    }
    let bare = padded.trim();
    // `Prix en €`, `Price in EUR`.
    bare.strip_suffix(" en").or_else(|| bare.strip_suffix(" in")).unwrap_or(bare).to_owned()
}

fn outside_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    outside
}

/// A code in capitals or a sign that stands alone; `TOP` in a title is no currency, but
/// then nobody asks, since only prices have one.
fn currency_in(name: &str) -> Option<Currency> {
    name.split(|letter: char| !letter.is_alphanumeric() && !"€$£¥₹₩₺₪".contains(letter)).find_map(|word| {
        let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        match fold(word).as_str() {
            "euro" | "euros" => Some(Currency::EUR),
            _ if is_code => Currency::new(word).ok(),
            _ => Currency::of_sign(word),
        }
    })
}

/// The columns that `rejected.csv` writes before those of the file itself.
pub const REPORT_COLUMNS: [&str; 5] = ["line", "code", "column", "value", "what to do"];

/// How many columns at the start are our own: a corrected `rejected.csv` is imported as it is.
pub(super) fn own_columns(normals: &[String]) -> usize {
    let starts = normals.len() > REPORT_COLUMNS.len() && normals.iter().zip(REPORT_COLUMNS).all(|(a, b)| a == b);
    if starts { REPORT_COLUMNS.len() } else { 0 }
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

    #[test]
    fn a_name_is_read_for_tax_and_currency_before_its_brackets_go() {
        let eur = Some(Currency::EUR);
        for (name, bare, tax, currency) in [
            ("Prix (HT)", "prix", Some(Tax::Excluded), None),
            ("Prix (TTC)", "prix", Some(Tax::Included), None),
            ("Prix de vente TTC (en €)", "prix de vente", Some(Tax::Included), eur),
            ("Price EUR", "price", None, eur),
            ("Prix hors taxes en euros", "prix", Some(Tax::Excluded), eur),
            ("Price (excl. VAT)", "price", Some(Tax::Excluded), None),
            ("Price tax excluded or Price tax included", "price or price", Some(Tax::Either), None),
            ("Taille (cm)", "taille", None, None),
            ("Chute", "chute", None, None),
        ] {
            let named = Named::of(name);
            assert_eq!((named.bare.as_str(), named.tax, named.currency), (bare, tax, currency), "{name}");
        }
        assert_ne!(Named::of("Prix (HT)").normal, Named::of("Prix (TTC)").normal);
    }

    #[test]
    fn our_own_columns_are_known_again() {
        let normals = |names: &str| names.split(',').map(normal).collect::<Vec<_>>();
        assert_eq!(own_columns(&normals("line,code,column,value,what to do,Handle,Title")), 5);
        assert_eq!(own_columns(&normals("line,code,column,value,title,price")), 0);
    }
}
