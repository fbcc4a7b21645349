//! One cell to one value: numbers, prices, availability, dates, yes and no.
//!
//! How a column writes its numbers is decided over the whole column
//! ([`NumberEvidence`]), never cell by cell: `1.250` alone says nothing.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::model::{Availability, Currency, TaxRate};
use crate::words::{Lang, fold};

/// Digits of an amount, its decimals included; more is no price.
const AMOUNT_DIGITS_MAX: usize = 15;

/// How a column writes decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimals {
    Dot,
    Comma,
    /// Only cells like `489,000`: it cannot be told, and is asked rather than guessed.
    Unclear,
}

/// What a column's cells tell about its decimals.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NumberEvidence {
    dot: u64,
    comma: u64,
    unclear: u64,
}

impl NumberEvidence {
    pub fn see(&mut self, cell: &str) {
        match decimal_mark(cell) {
            Mark::Dot => self.dot += 1,
            Mark::Comma => self.comma += 1,
            Mark::Unclear => self.unclear += 1,
            Mark::None => {}
        }
    }

    /// Whether any cell could tell by itself.
    pub fn is_decisive(&self) -> bool {
        self.dot + self.comma > 0
    }

    pub fn decide(&self, currency: Currency) -> Decimals {
        if self.comma > self.dot {
            Decimals::Comma
        } else if self.dot > 0 || self.unclear == 0 {
            Decimals::Dot
        } else if currency.decimals() == 3 {
            // Three digits behind the mark are this currency's decimals.
            Decimals::Comma
        } else {
            Decimals::Unclear
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dot,
    Comma,
    Unclear,
    None,
}

/// Which sign is the decimal one in this cell, if the cell alone can tell.
fn decimal_mark(cell: &str) -> Mark {
    let bytes = cell.as_bytes();
    let (mut dots, mut commas, mut last) = (0, 0, None);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'.' => (dots, last) = (dots + 1, Some((at, Mark::Dot))),
            b',' => (commas, last) = (commas + 1, Some((at, Mark::Comma))),
            _ => {}
        }
    }
    let Some((at, mark)) = last else { return Mark::None };
    if dots > 0 && commas > 0 {
        return mark;
    }
    if dots + commas > 1 {
        // `1.234.567`: this sign groups, so the other one is for decimals.
        return if mark == Mark::Dot { Mark::Comma } else { Mark::Dot };
    }
    let is_digit = |byte: &&u8| byte.is_ascii_digit();
    let behind = bytes.iter().skip(at + 1).take_while(is_digit).count();
    let before = bytes.get(..at).unwrap_or_default();
    let leading = before.iter().rev().take_while(is_digit).count();
    let first = before.len().checked_sub(leading).and_then(|first| before.get(first));
    // `0,500` and `1234,500` cannot be groups of three.
    let groups = behind == 3 && (1..=3).contains(&leading) && first != Some(&b'0');
    if groups { Mark::Unclear } else { mark }
}

/// Why a cell is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AmountFault {
    Unreadable,
    Unclear,
    UnknownCurrency,
}

/// An amount exactly as it is written: `digits` of which the last `places` are decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    digits: i64,
    places: u32,
}

impl Amount {
    pub fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let scaled = |amount: Self| amount.digits.checked_mul(10_i64.checked_pow(places - amount.places)?);
        Some(Self { digits: scaled(self)?.checked_add(scaled(other)?)?, places })
    }

    /// In minor units of a currency, tax added, rounded half away from zero.
    pub fn minor(self, currency: Currency, tax: TaxRate) -> Option<i64> {
        tax.added(self.digits, self.places, currency.decimals())
    }

    /// So many percent of an amount in minor units.
    pub fn percent_of(self, minor: i64) -> Option<i64> {
        let exact = i128::from(minor).checked_mul(i128::from(self.digits))?;
        let divisor = 10_i128.checked_pow(self.places)?.checked_mul(100)?;
        i64::try_from((exact + divisor / 2) / divisor).ok()
    }
}

/// A currency written as its code or its sign.
pub(super) fn currency(text: &str) -> Option<Currency> {
    Currency::of_sign(text).or_else(|| Currency::new(text).ok())
}

/// Reads an amount, with a currency in the cell or the one given.
pub(super) fn amount(cell: &str, decimals: Decimals, default: Currency) -> Result<(Amount, Currency), AmountFault> {
    let (number, unit) = split_unit(cell);
    let currency = match unit.as_str() {
        "" => default,
        sign => match currency(sign) {
            Some(currency) => currency,
            None if sign.chars().all(char::is_alphabetic) && number.len() > 1 && sign.chars().count() >= 3 => {
                return Err(AmountFault::UnknownCurrency);
            }
            None => return Err(AmountFault::Unreadable),
        },
    };
    Ok((exactly(&number, decimals)?, currency))
}

/// The digits and marks of a cell, and the currency's letters or sign beside them.
/// Signs between digits stay in the number, where they make it unreadable.
fn split_unit(cell: &str) -> (String, String) {
    let cell = cell.trim();
    let is_unit = |letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',' | '-' | '+');
    let before: String = cell.chars().take_while(|letter| is_unit(*letter)).collect();
    let rest = cell.get(before.len()..).unwrap_or_default();
    let after: String = rest.chars().rev().take_while(|letter| is_unit(*letter)).collect();
    let number = rest.get(..rest.len() - after.len()).unwrap_or_default();
    let unit: String = before.chars().chain(after.chars().rev()).filter(|letter| !letter.is_whitespace()).collect();
    let number = number.chars().filter(|letter| !letter.is_whitespace() && *letter != '\'' && *letter != '’').collect();
    (number, unit)
}

fn exactly(number: &str, decimals: Decimals) -> Result<Amount, AmountFault> {
    let mark = match (decimal_mark(number), decimals) {
        (Mark::None, _) => '.',
        (Mark::Dot, _) => '.',
        (Mark::Comma, _) => ',',
        (Mark::Unclear, Decimals::Dot) => '.',
        (Mark::Unclear, Decimals::Comma) => ',',
        (Mark::Unclear, Decimals::Unclear) => return Err(AmountFault::Unclear),
    };
    let (whole, fraction) = number.rsplit_once(mark).unwrap_or((number, ""));
    let group = if mark == '.' { ',' } else { '.' };
    let whole = ungrouped(whole, group).ok_or(AmountFault::Unreadable)?;
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let empty = whole.is_empty() && fraction.is_empty();
    if empty || !digits_only(&whole) || !digits_only(fraction) || whole.len() + fraction.len() > AMOUNT_DIGITS_MAX {
        return Err(AmountFault::Unreadable);
    }
    let digits: i64 = format!("0{whole}{fraction}").parse().map_err(|_| AmountFault::Unreadable)?;
    Ok(Amount { digits, places: u32::try_from(fraction.len()).unwrap_or(u32::MAX) })
}

/// `1,234,567` without its marks; nothing when they do not cut groups of three.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut parts = whole.split(group);
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    if rest.is_empty() {
        return Some(first.to_owned());
    }
    let even = (1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3);
    even.then(|| format!("{first}{}", rest.concat()))
}

/// A count of pieces; `12.0` and `1 250` are read, what is no whole number is not.
pub(super) fn pieces(cell: &str) -> Option<i64> {
    let compact: String = cell.chars().filter(|letter| !letter.is_whitespace()).collect();
    let whole = match compact.split_once(['.', ',']) {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => &compact,
    };
    if whole.len() > AMOUNT_DIGITS_MAX {
        return None;
    }
    whole.parse().ok()
}

pub(super) fn yes(cell: &str) -> Option<bool> {
    match fold(cell.trim()).as_str() {
        "true" | "yes" | "oui" | "vrai" | "1" | "x" | "active" | "actif" | "published" | "publish" => Some(true),
        "false" | "no" | "non" | "faux" | "0" | "-1" | "draft" | "archived" | "unlisted" | "inactif" => Some(false),
        _ => None,
    }
}

/// Words of availability, as Google, Meta, schema.org and French shops write them.
pub(super) fn availability(cell: &str) -> Option<Availability> {
    let folded = fold(cell.trim()).replace(['_', '-'], " ");
    let word = folded.rsplit('/').next().unwrap_or_default().trim();
    Some(match word {
        "in stock"
        | "instock"
        | "available"
        | "en stock"
        | "disponible"
        | "oui"
        | "yes"
        | "limited availability"
        | "limitedavailability"
        | "instoreonly"
        | "onlineonly"
        | "true" => Availability::InStock,
        "out of stock" | "outofstock" | "rupture" | "rupture de stock" | "en rupture" | "epuise" | "epuisee"
        | "indisponible" | "non disponible" | "discontinued" | "soldout" | "sold out" | "unavailable" | "non"
        | "no" | "hors stock" | "false" => Availability::OutOfStock,
        "preorder" | "pre order" | "presale" | "precommande" | "pre commande" => Availability::Preorder,
        "backorder" | "back order" | "available for order" | "sur commande" | "en reapprovisionnement" => {
            Availability::Backorder
        }
        _ => return pieces(cell).map(|count| if count > 0 { Availability::InStock } else { Availability::OutOfStock }),
    })
}

/// A moment in Unix seconds: ISO 8601, with or without time and zone (then UTC), or a day
/// as the feed's language writes it.
pub(super) fn moment(cell: &str, lang: Lang) -> Option<i64> {
    instant(cell).or_else(|| Some(day(cell, lang)?.and_hms_opt(0, 0, 0)?.and_utc().timestamp()))
}

/// When something ends: of a day without a time, when it is over.
pub(super) fn end(cell: &str, lang: Lang) -> Option<i64> {
    instant(cell).or_else(|| Some(day(cell, lang)?.succ_opt()?.and_hms_opt(0, 0, 0)?.and_utc().timestamp()))
}

fn instant(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    for format in ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z", "%Y-%m-%d %H:%M:%S%#z"] {
        if let Ok(moment) = DateTime::parse_from_str(cell, format) {
            return Some(moment.timestamp());
        }
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(cell) {
        return Some(moment.timestamp());
    }
    let formats = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%d/%m/%Y %H:%M",
        "%d/%m/%Y %H:%M:%S",
        // Magento's, always American.
        "%m/%d/%y, %I:%M %p",
    ];
    let read = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(cell, format).ok())?;
    Some(read.and_utc().timestamp())
}

/// `31/01/2026` is a day in every language; `02/03/2026` is the second of March but in
/// English, where it may be either and is not read.
fn day(cell: &str, lang: Lang) -> Option<NaiveDate> {
    let cell = cell.trim();
    if let Ok(day) = NaiveDate::parse_from_str(cell, "%Y-%m-%d") {
        return Some(day);
    }
    let signs = ["/", ".", "-"].map(|sign| cell.replace(sign, "/"));
    let read = |format: &str| signs.iter().find_map(|cell| NaiveDate::parse_from_str(cell, format).ok());
    let first_day = read("%d/%m/%Y");
    if lang != Lang::En {
        return first_day;
    }
    match (first_day, read("%m/%d/%Y")) {
        (Some(day), Some(american)) if day != american => None,
        (day, american) => day.or(american),
    }
}

/// Two moments joined by `/`; either may be empty.
pub(super) fn window(cell: &str, lang: Lang) -> Option<(Option<i64>, Option<i64>)> {
    let (from, until) = cell.split_once('/')?;
    let read = |text: &str, moment: fn(&str, Lang) -> Option<i64>| match text.trim() {
        "" => Some(None),
        text => moment(text, lang).map(Some),
    };
    Some((read(from, moment)?, read(until, end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], currency: &str) -> Vec<Result<i64, AmountFault>> {
        let currency = Currency::new(currency).unwrap();
        let mut evidence = NumberEvidence::default();
        cells.iter().for_each(|cell| evidence.see(cell));
        let decimals = evidence.decide(currency);
        let minor = |(amount, currency): (Amount, Currency)| amount.minor(currency, TaxRate::ZERO).unwrap();
        cells.iter().map(|cell| amount(cell, decimals, currency).map(minor)).collect()
    }

    #[test]
    fn amounts_are_read_as_their_column_writes_them() {
        let table: &[(&[&str], &str, &[i64])] = &[
            (&["12.90", "1,234.50", "489,000"], "EUR", &[1290, 123_450, 48_900_000]),
            (&["12,90", "1.234,50", "489.000"], "EUR", &[1290, 123_450, 48_900_000]),
            (&["1 299,90 €", "1\u{202f}299,90", "7"], "EUR", &[129_990, 129_990, 700]),
            (&["15.00 USD", "USD 15.00", "$9.5"], "EUR", &[1500, 1500, 950]),
            (&["4999 JPY", "4999"], "JPY", &[4999, 4999]),
            (&["489,000", "12,500"], "TND", &[489_000, 12_500]),
            (&["1.234.567,89"], "EUR", &[123_456_789]),
            (&["0.125", "0,5"], "EUR", &[13, 50]),
            (&["1'299.00 CHF"], "CHF", &[129_900]),
        ];
        for (cells, currency, minor) in table {
            let expected: Vec<_> = minor.iter().map(|minor| Ok(*minor)).collect();
            assert_eq!(read(cells, currency), expected, "{cells:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        use AmountFault::{Unclear, UnknownCurrency, Unreadable};
        for (cell, fault) in [
            ("12,9O", Unreadable),
            ("", Unreadable),
            ("-5.00", Unreadable),
            ("1,23,4.5", Unreadable),
            ("free", Unreadable),
            ("12.90 ZZZ", UnknownCurrency),
            ("489,000", Unclear),
            ("99999999999999999999", Unreadable),
            ("1e5", Unreadable),
        ] {
            assert_eq!(read(&[cell], "EUR"), [Err(fault)], "{cell}");
        }
    }

    #[test]
    fn dates_are_read_in_the_forms_that_feeds_use() {
        let noon = 1_706_702_400;
        for cell in ["2024-01-31T12:00:00Z", "2024-01-31T13:00+0100", "2024-01-31T13:00:00+01:00", "2024-01-31 12:00"] {
            assert_eq!(moment(cell, Lang::En), Some(noon), "{cell}");
        }
        let midnight = Some(noon - 43_200);
        assert_eq!(moment("31/01/2024", Lang::Fr), midnight);
        assert_eq!(moment("31.01.2024", Lang::De), midnight);
        assert_eq!(moment("01/31/2024", Lang::En), midnight);
        assert_eq!(moment("02/03/2024", Lang::Fr), moment("2024-03-02", Lang::Fr));
        assert_eq!(moment("02/03/2024", Lang::En), None);
        assert_eq!(moment("1/31/24, 12:00 PM", Lang::En), Some(noon));
        assert_eq!(moment("soon", Lang::En), None);
        assert_eq!(window("2024-01-31T12:00:00Z/", Lang::En), Some((Some(noon), None)));
        assert_eq!(end("2024-01-31", Lang::En), Some(noon + 43_200));
    }

    #[test]
    fn availability_is_understood_in_both_languages() {
        for (cell, expected) in [
            ("in_stock", Some(Availability::InStock)),
            ("https://schema.org/OutOfStock", Some(Availability::OutOfStock)),
            ("Épuisé", Some(Availability::OutOfStock)),
            ("sur commande", Some(Availability::Backorder)),
            ("3", Some(Availability::InStock)),
            ("0", Some(Availability::OutOfStock)),
            ("perhaps", None),
        ] {
            assert_eq!(availability(cell), expected, "{cell}");
        }
    }
}
