//! Whether an answer fits its field, and in which form it is kept.

use super::keywords::label_named;
use super::model::{Field, Kind};

/// Characters of an e-mail address, by RFC 5321.
const EMAIL_CHARS_MAX: usize = 254;
const EMAIL_LOCAL_CHARS_MAX: usize = 64;
/// Digits of a telephone number; E.164 allows 15.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// The answer as kept, or nothing when it does not fit.
pub(super) fn fitting(field: &Field, language: usize, answer: &str) -> Option<String> {
    let answer = answer.trim();
    if answer.is_empty() || answer.chars().count() > field.max_chars as usize || answer.contains('\0') {
        return None;
    }
    match &field.kind {
        Kind::Text => Some(answer.to_owned()),
        Kind::Email => is_email(answer).then(|| answer.to_owned()),
        Kind::Phone => is_phone(answer).then(|| answer.to_owned()),
        Kind::Number { min, max } => number(answer, *min, *max),
        Kind::Choice { options } => {
            let at = label_named(answer, options.iter().map(|option| option.get(language).as_str()))?;
            options.get(at).map(|option| option.get(language).clone())
        }
        Kind::Attribute { name: _ } => None,
        Kind::Pattern(pattern) => pattern.is_match(answer).then(|| answer.to_owned()),
    }
}

/// Shape only: one `@`, a dotted host, nothing that a mail server could not take. Whether it exists, mail tells.
fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let local_fits = !local.is_empty()
        && local.chars().count() <= EMAIL_LOCAL_CHARS_MAX
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
    let labels: Vec<&str> = host.split('.').collect();
    let label_fits = |label: &&str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let ending_fits =
        labels.last().is_some_and(|ending| ending.chars().count() >= 2 && !ending.chars().all(|c| c.is_ascii_digit()));
    text.chars().count() <= EMAIL_CHARS_MAX
        && local_fits
        && labels.len() >= 2
        && labels.iter().all(label_fits)
        && ending_fits
}

fn is_phone(text: &str) -> bool {
    let written = text.strip_prefix('+').unwrap_or(text);
    let digits = written.chars().filter(char::is_ascii_digit).count();
    PHONE_DIGITS.contains(&digits)
        && written.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".-/()".contains(c))
}

/// Reads `12,90`, `1 200` and `12.90`; kept with a point and without spaces.
fn number(text: &str, min: Option<i64>, max: Option<i64>) -> Option<String> {
    let plain: String = text
        .trim_end_matches(['€', '$', '£'])
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .replace(',', ".");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let shape = digits.split('.').count() <= 2
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = plain.parse().ok().filter(|_| shape)?;
    let above = min.is_none_or(|min| value >= as_float(min));
    let below = max.is_none_or(|max| value <= as_float(max));
    (above && below).then_some(plain)
}

/// Exact for what a definition may say: limits are at most nine digits long.
fn as_float(limit: i64) -> f64 {
    i32::try_from(limit).map_or(if limit < 0 { f64::MIN } else { f64::MAX }, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_could_get_an_answer_is_taken_and_others_are_not() {
        for good in ["lea@exemple.fr", "l.e-a+shop@mail.exemple.co.uk", "o'brien@exemple.ie", "élodie@exämple.fr"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "lea",
            "lea@",
            "@exemple.fr",
            "lea@exemple",
            "lea@exemple.f",
            "a b@exemple.fr",
            "lea@.fr",
            "lea@-x.fr",
            "lea..b@x.fr",
            "lea@1.2.3.4",
            "a@b@c",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_telephone_number_is_read_as_people_write_it() {
        for good in ["06 12 34 56 78", "+33 6.12.34.56.78", "(020) 7946-0018", "118218"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["12345", "appelez-moi", "06 12 34 56 78 9 0 1 2 3 4 5", "+", "06x12345678"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }

    #[test]
    fn a_number_is_read_with_a_comma_a_point_and_spaces() {
        for (text, kept) in
            [("12,90", Some("12.90")), ("1 200", Some("1200")), ("80 €", Some("80")), ("-5", Some("-5"))]
        {
            assert_eq!(number(text, None, None).as_deref(), kept, "{text}");
        }
        for text in ["", "abc", "1.2.3", "1e9", "inf", "NaN", ".5", "5.", "0x1F", "--5"] {
            assert_eq!(number(text, None, None), None, "{text}");
        }
        assert_eq!(number("4", Some(5), None), None);
        assert_eq!(number("501", None, Some(500)), None);
        assert_eq!(number("500", Some(5), Some(500)).as_deref(), Some("500"));
    }
}
