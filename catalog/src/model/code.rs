//! The names of things: product ids, SKUs, GTINs.

use super::bounds::CODE_CHARS_MAX;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A code is at most [`CODE_CHARS_MAX`] characters and never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdTooLong {
    #[error("a code may not be empty")]
    Empty,
    #[error("a code of {chars} characters is too long; use at most {CODE_CHARS_MAX}")]
    TooLong { chars: usize },
}

fn checked(text: &str) -> Result<String, IdTooLong> {
    let text = text.trim();
    let chars = text.chars().count();
    if text.is_empty() {
        Err(IdTooLong::Empty)
    } else if chars > CODE_CHARS_MAX {
        Err(IdTooLong::TooLong { chars })
    } else {
        Ok(text.to_owned())
    }
}

macro_rules! code {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// # Errors
            /// When the trimmed text is empty or too long.
            pub fn new(text: &str) -> Result<Self, IdTooLong> {
                checked(text).map(Self)
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdTooLong;
            fn try_from(text: String) -> Result<Self, IdTooLong> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.0
            }
        }
    };
}

code! {
    /// What one product is called everywhere: catalog, page, card, cart, order.
    ProductId
}
code! {
    /// What one variant is called; unique in a site.
    Sku
}

/// A trade item number of 8, 12, 13 or 14 digits whose check digit is right.
/// Text, because leading zeros count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Gtin(String);

/// Why a text is no GTIN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GtinFault {
    #[error("a spreadsheet has destroyed the code; format the column as text and export again")]
    Exponent,
    #[error("a code has 8, 12, 13 or 14 digits")]
    Length,
    #[error("the last digit does not fit the others; check the code for a typing error")]
    CheckDigit,
}

impl Gtin {
    /// Reads digits, with spaces and hyphens between them. Leading zeros that a
    /// spreadsheet took away are restored when the check digit fits.
    ///
    /// # Errors
    /// When the text is no GTIN; see [`GtinFault`].
    pub fn new(text: &str) -> Result<Self, GtinFault> {
        let compact: String =
            text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-' && *letter != '\'').collect();
        if is_exponent(&compact) {
            return Err(GtinFault::Exponent);
        }
        if compact.is_empty() || !compact.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(GtinFault::Length);
        }
        match compact.len() {
            8 | 12 | 13 | 14 if check_digit_fits(&compact) => Ok(Self(compact)),
            8 | 12 | 13 | 14 => Err(GtinFault::CheckDigit),
            7 => Self::restored(&compact, 8),
            9..=11 => Self::restored(&compact, 13),
            _ => Err(GtinFault::Length),
        }
    }

    fn restored(digits: &str, length: usize) -> Result<Self, GtinFault> {
        let restored = format!("{digits:0>length$}");
        if check_digit_fits(&restored) { Ok(Self(restored)) } else { Err(GtinFault::Length) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with zeros up to 14 digits, so that `0123…` as UPC and EAN meet.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{:0>14}", self.0)
    }
}

fn is_exponent(text: &str) -> bool {
    let mut parts = text.splitn(2, ['e', 'E']);
    let (Some(mantissa), Some(exponent)) = (parts.next(), parts.next()) else {
        return false;
    };
    exponent.starts_with('+') && mantissa.starts_with(|first: char| first.is_ascii_digit())
}

/// The last digit makes the sum, weighted 3 and 1 from the right, a multiple of ten.
fn check_digit_fits(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Gtin {
    type Error = GtinFault;
    fn try_from(text: String) -> Result<Self, GtinFault> {
        Self::new(&text)
    }
}

impl From<Gtin> for String {
    fn from(gtin: Gtin) -> String {
        gtin.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_trimmed_and_bounded() {
        assert_eq!(Sku::new("  A-1 ").map(String::from), Ok("A-1".to_owned()));
        assert_eq!(Sku::new("  "), Err(IdTooLong::Empty));
        assert!(ProductId::new(&"é".repeat(CODE_CHARS_MAX)).is_ok());
        assert_eq!(
            ProductId::new(&"é".repeat(CODE_CHARS_MAX + 1)),
            Err(IdTooLong::TooLong { chars: CODE_CHARS_MAX + 1 })
        );
    }

    #[test]
    fn a_gtin_is_checked_and_its_zeros_are_restored() {
        assert_eq!(Gtin::new("4006381333931").unwrap().as_str(), "4006381333931");
        assert_eq!(Gtin::new("4006381333932"), Err(GtinFault::CheckDigit));
        assert_eq!(Gtin::new("4,00638E+12"), Err(GtinFault::Exponent));
        assert_eq!(Gtin::new("12"), Err(GtinFault::Length));
        assert_eq!(Gtin::new("9780306406157").unwrap().as_str(), "9780306406157");
        // 0036000291452 as EAN, 036000291452 as UPC, 36000291452 as a spreadsheet leaves it.
        let restored = Gtin::new("36000291452").unwrap();
        assert_eq!(restored.canonical(), Gtin::new("036000291452").unwrap().canonical());
    }
}
