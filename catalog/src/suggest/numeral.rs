//! Numbers as people write them: `1 299,90`, `1,299.90`, `cinquante`, `two hundred`.

use super::lexeme::{Cut, Kind};
use std::fmt;

/// More digits are no price.
const DIGITS_MAX: u32 = 12;

/// A number with the decimals it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub digits: i64,
    pub scale: u32,
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_i64.pow(self.scale);
        match self.scale {
            0 => write!(f, "{}", self.digits),
            scale => write!(f, "{}.{:0width$}", self.digits / unit, self.digits % unit, width = scale as usize),
        }
    }
}

impl Decimal {
    pub fn whole(digits: i64) -> Self {
        Self { digits, scale: 0 }
    }

    /// In minor units of a currency with so many decimals; nothing when it has more of them.
    pub fn minor(self, decimals: u32) -> Option<i64> {
        let mut value = self;
        while value.scale > decimals && value.digits % 10 == 0 {
            value = Self { digits: value.digits / 10, scale: value.scale - 1 };
        }
        let missing = decimals.checked_sub(value.scale)?;
        value.digits.checked_mul(10_i64.checked_pow(missing)?)
    }

    pub fn thousand_times(self) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(1000)?, scale: self.scale })
    }

    pub fn hundredth(self) -> Self {
        Self { digits: self.digits, scale: self.scale + 2 }
    }

    /// Has one digit and no decimals: more often a quantity than a price.
    pub fn is_small(self) -> bool {
        self.scale == 0 && self.digits < 10
    }
}

/// Reads the digits that a text begins with. Answers the number, if it is one, and
/// the bytes that belong together.
pub(super) fn digits(text: &str, three_decimals: bool) -> (Option<Decimal>, usize) {
    let mut parts: Vec<(char, &str)> = Vec::new();
    let mut at = 0;
    if let Some(rest) = text.strip_prefix('.') {
        let run = run(rest);
        return (joined("0", run), 1 + run.len());
    }
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (mark, width) = match parts.is_empty() {
            true => (' ', 0),
            false => match rest.chars().next() {
                Some(mark @ (',' | '.' | ' ' | '\'' | '\u{2019}')) => (mark, mark.len_utf8()),
                Some(_) | None => break,
            },
        };
        let digits = run(rest.get(width..).unwrap_or_default());
        if digits.is_empty() || (!parts.is_empty() && is_space(mark) && !goes_on_in_groups(&parts, digits)) {
            break;
        }
        parts.push((mark, digits));
        at += width + digits.len();
    }
    (value(&parts, three_decimals), at)
}

fn run(text: &str) -> &str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..end).unwrap_or_default()
}

fn is_space(mark: char) -> bool {
    !matches!(mark, ',' | '.')
}

/// A space joins digits only as in `12 500`: one to three digits, then threes.
fn goes_on_in_groups(parts: &[(char, &str)], digits: &str) -> bool {
    let grouped = parts.iter().skip(1).all(|(mark, digits)| is_space(*mark) && digits.len() == 3);
    let first = parts.first().map_or("", |(_, digits)| digits);
    digits.len() == 3 && grouped && first.len() <= 3 && !first.starts_with('0')
}

fn value(parts: &[(char, &str)], three_decimals: bool) -> Option<Decimal> {
    let (_, first) = parts.first()?;
    let marked: Vec<(char, &str)> = parts.iter().skip(1).copied().filter(|(mark, _)| !is_space(*mark)).collect();
    let spaced: String = parts.iter().skip(1).filter(|(mark, _)| is_space(*mark)).map(|(_, digits)| *digits).collect();
    let head = format!("{first}{spaced}");
    let in_threes = |parts: &[(char, &str)]| parts.iter().all(|(_, digits)| digits.len() == 3);
    let Some(((last_mark, last), before)) = marked.split_last() else { return joined(&head, "") };
    if before.is_empty() {
        let is_group = last.len() == 3 && spaced.is_empty() && first.len() <= 3 && *first != "0" && !three_decimals;
        return if is_group { joined(&format!("{head}{last}"), "") } else { joined(&head, last) };
    }
    if before.iter().any(|(mark, _)| Some(mark) != before.first().map(|(mark, _)| mark)) || !in_threes(before) {
        return None;
    }
    let grouped: String = before.iter().map(|(_, digits)| *digits).collect();
    let same = before.first().is_some_and(|(mark, _)| mark == last_mark);
    match (same, last.len()) {
        (true, 3) => joined(&format!("{head}{grouped}{last}"), ""),
        (true, _) => None,
        (false, _) => joined(&format!("{head}{grouped}"), last),
    }
}

fn joined(whole: &str, decimals: &str) -> Option<Decimal> {
    let scale = u32::try_from(decimals.len()).ok()?;
    let all = format!("{whole}{decimals}");
    (all.len() <= DIGITS_MAX as usize).then_some(())?;
    Some(Decimal { digits: all.parse().ok()?, scale })
}

#[rustfmt::skip]
const UNITS: &[(&str, i64)] = &[
    ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("six", 6), ("sept", 7), ("huit", 8), ("neuf", 9),
    ("dix", 10), ("onze", 11), ("douze", 12), ("treize", 13), ("quatorze", 14), ("quinze", 15), ("seize", 16),
    ("vingt", 20), ("vingts", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60),
    ("septante", 70), ("huitante", 80), ("octante", 80), ("nonante", 90),
    ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10),
    ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16),
    ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30), ("forty", 40),
    ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90), ("one", 1), ("un", 1), ("une", 1),
];
const SCALES: &[(&str, i64)] =
    &[("cent", 100), ("cents", 100), ("hundred", 100), ("mille", 1000), ("thousand", 1000), ("grand", 1000)];
/// `une centaine`: about so much.
#[rustfmt::skip]
const ROUND: &[(&str, i64)] = &[
    ("dizaine", 10), ("quinzaine", 15), ("vingtaine", 20), ("trentaine", 30), ("quarantaine", 40),
    ("cinquantaine", 50), ("soixantaine", 60), ("centaine", 100), ("millier", 1000),
];

/// A number in words, with the lexeme after it and whether it is only about so much.
pub(super) struct Spelled {
    pub value: i64,
    pub end: usize,
    pub about: bool,
}

/// Reads the number words that stand at `start`. A lone `un`, `one`, `a` or `cents` is none.
pub(super) fn spelled(cut: &Cut, start: usize) -> Option<Spelled> {
    let look = |list: &[(&str, i64)], at: usize| {
        let lexeme = cut.at(at).filter(|lexeme| lexeme.kind == Kind::Word)?;
        list.iter().find(|(word, _)| *word == lexeme.folded).map(|(_, value)| *value)
    };
    let article = cut.at(start).is_some_and(|lexeme| ["un", "une", "a", "one", "la"].contains(&lexeme.folded.as_str()));
    if let Some(value) = look(ROUND, if article { start + 1 } else { start }) {
        return Some(Spelled { value, end: start + 1 + usize::from(article), about: true });
    }
    let mut at = start;
    let (mut total, mut below, mut words, mut scaled) = (0_i64, 0_i64, 0, false);
    loop {
        let joiner = words > 0 && joins(cut, at, scaled, below);
        let next = if joiner { at + 1 } else { at };
        if let Some(unit) = look(UNITS, next) {
            // `quatre-vingt`
            let fits_behind =
                below == 0 || below % 100 == 0 || (below % 10 == 0 && unit < 20) || below == 4 && unit == 20;
            if !fits_behind {
                break;
            }
            below = if below == 4 && unit == 20 { 80 } else { below + unit };
        } else if let Some(scale) = look(SCALES, next).filter(|_| !joiner) {
            // `50 cents` and `un cent` are coins, `cent` alone is French.
            let word = cut.at(next).map(|lexeme| lexeme.folded.as_str()).unwrap_or_default();
            if (words == 0 && matches!(word, "cents" | "grand")) || (words == 0 && !article && word == "hundred") {
                break;
            }
            scaled = true;
            match scale {
                100 => below = below.max(1) * 100,
                _ => {
                    total += below.max(1) * scale;
                    below = 0;
                }
            }
        } else if words == 0 && article && cut.at(at).is_some_and(|lexeme| lexeme.is_word("a")) {
            at += 1;
            look(SCALES, at)?;
            continue;
        } else {
            break;
        }
        at = next + 1;
        words += 1;
    }
    let value = total + below;
    // A lone `un` is an article.
    (value > 0 && (words > 1 || !article || scaled)).then_some(Spelled { value, end: at, about: false })
}

/// `vingt et un`, `two hundred and fifty`; not `cent et deux cents`.
fn joins(cut: &Cut, at: usize, scaled: bool, below: i64) -> bool {
    let is = |at: usize, words: &[&str]| cut.at(at).is_some_and(|lexeme| words.iter().any(|word| lexeme.is_word(word)));
    let french = is(at, &["et"]) && is(at + 1, &["un", "une", "onze"]) && below > 0 && below % 10 == 0 && !scaled;
    let english = is(at, &["and"]) && scaled && !is(at + 2, &["hundred", "thousand", "grand"]);
    french || english
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_with_any_marks() {
        for (text, expected) in [
            ("1 299,90 €", Some("1299.90")),
            ("1,299.90", Some("1299.90")),
            ("1.299.000", Some("1299000")),
            ("1'299.90", Some("1299.90")),
            ("1,299", Some("1299")),
            ("1.299", Some("1299")),
            ("12,5", Some("12.5")),
            ("0.999", Some("0.999")),
            ("50.", Some("50")),
            ("50, 60", Some("50")),
            ("42 100", Some("42100")),
            ("42 10", Some("42")),
            ("12 345 678", Some("12345678")),
            ("1.2.3", None),
            ("99999999999999", None),
        ] {
            assert_eq!(digits(text, false).0.map(|value| value.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(digits("1.250", true).0, Some(Decimal { digits: 1250, scale: 3 }));
    }

    #[test]
    fn minor_units_are_exact_or_absent() {
        assert_eq!(Decimal { digits: 129_990, scale: 2 }.minor(2), Some(129_990));
        assert_eq!(Decimal { digits: 125, scale: 1 }.minor(2), Some(1250));
        assert_eq!(Decimal { digits: 500, scale: 2 }.minor(0), Some(5));
        assert_eq!(Decimal { digits: 505, scale: 2 }.minor(0), None);
        assert_eq!(Decimal::whole(i64::MAX / 10).minor(2), None);
    }

    #[test]
    fn numbers_in_words_are_read() {
        for (text, expected) in [
            ("cinquante euros", Some(50)),
            ("quatre-vingt-dix-neuf euros", Some(99)),
            ("soixante-quinze", Some(75)),
            ("vingt et un", Some(21)),
            ("deux cents euros", Some(200)),
            ("cent cinquante", Some(150)),
            ("mille deux cents", Some(1200)),
            ("deux mille", Some(2000)),
            ("fifty", Some(50)),
            ("twenty-five", Some(25)),
            ("a hundred", Some(100)),
            ("two hundred and fifty", Some(250)),
            ("one thousand two hundred", Some(1200)),
            ("une centaine", Some(100)),
            ("une lampe", None),
            ("a lamp", None),
            ("cents", None),
        ] {
            let read = spelled(&Cut::of(text, false), 0).map(|spelled| spelled.value);
            assert_eq!(read, expected, "{text}");
        }
    }
}
