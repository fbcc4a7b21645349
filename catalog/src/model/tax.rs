//! A rate of tax that is added to prices written without it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Hundredths of a percent: 2000 is 20 %, 550 is 5.5 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Given", into = "String")]
pub struct TaxRate(u16);

/// The text is no rate of tax.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no rate of tax; write percents from 0 to 100 with at most two decimals, like 20 or 5.5")]
pub struct NoTaxRate {
    pub text: String,
}

/// A rate as JSON may hold it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Text(String),
    Number(serde_json::Number),
}

/// More is no tax but a typing error.
const HUNDREDTHS_MAX: u16 = 10_000;
/// What 100 % is in hundredths of a percent.
const WHOLE: i128 = 10_000;

impl TaxRate {
    /// No tax: prices stay as they are written.
    pub const ZERO: Self = Self(0);

    /// Reads percents: `20`, `5.5`, `5,5 %`.
    ///
    /// # Errors
    /// When it is no number from 0 to 100 with at most two decimals.
    pub fn new(text: &str) -> Result<Self, NoTaxRate> {
        let fault = || NoTaxRate { text: text.chars().take(20).collect() };
        let number = text.trim().trim_end_matches('%').trim_end();
        let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
            return Err(fault());
        }
        let hundredths: u32 = format!("{whole}{part:0<2}").parse().map_err(|_| fault())?;
        let hundredths = u16::try_from(hundredths).ok().filter(|hundredths| *hundredths <= HUNDREDTHS_MAX);
        hundredths.map(Self).ok_or_else(fault)
    }

    /// A rate in hundredths of a percent; nothing above 100 %.
    #[must_use]
    pub fn of_hundredths(hundredths: u32) -> Option<Self> {
        u16::try_from(hundredths).ok().filter(|hundredths| *hundredths <= HUNDREDTHS_MAX).map(Self)
    }

    /// 2000 for 20 %.
    #[must_use]
    pub fn hundredths(self) -> u32 {
        u32::from(self.0)
    }

    /// An amount written as `digits` with `places` decimals, tax added, in units of
    /// `decimals` decimals; rounded half away from zero, once, at the end. `8.325` and
    /// 20 % are 9.99: rounding before adding would say 10.00.
    #[must_use]
    pub fn added(self, digits: i64, places: u32, decimals: u32) -> Option<i64> {
        let power = |exponent: u32| 10_i128.checked_pow(exponent);
        let exact = i128::from(digits).checked_mul(WHOLE + i128::from(self.0))?.checked_mul(power(decimals)?)?;
        let divisor = power(places)?.checked_mul(WHOLE)?;
        let half = divisor / 2;
        let rounded = if exact < 0 { (exact - half) / divisor } else { (exact + half) / divisor };
        i64::try_from(rounded).ok()
    }
}

impl fmt::Display for TaxRate {
    /// Percents without needless zeros: `20`, `5.5`, `2.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl TryFrom<Given> for TaxRate {
    type Error = NoTaxRate;
    fn try_from(given: Given) -> Result<Self, NoTaxRate> {
        match given {
            Given::Text(text) => Self::new(&text),
            Given::Number(number) => Self::new(number.to_string().trim_end_matches(".0")),
        }
    }
}

impl From<TaxRate> for String {
    fn from(rate: TaxRate) -> String {
        rate.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_people_write_them() {
        for (text, told) in
            [("20", "20"), ("5.5", "5.5"), ("5,5 %", "5.5"), ("2.25", "2.25"), ("0", "0"), ("100", "100")]
        {
            assert_eq!(TaxRate::new(text).unwrap().to_string(), told, "{text}");
        }
        for text in ["", "-1", "100.01", "20.555", "twenty", "1e1", ".5", "1000"] {
            assert!(TaxRate::new(text).is_err(), "{text}");
        }
        let of_json = |json: &str| serde_json::from_str::<TaxRate>(json).unwrap().to_string();
        assert_eq!([of_json("20"), of_json("5.5"), of_json("\"5,5\""), of_json("20.0")], ["20", "5.5", "5.5", "20"]);
    }

    #[test]
    fn tax_is_added_before_anything_is_rounded() {
        for (digits, places, rate, decimals, minor) in [
            (8_325, 3, "20", 2, 999),
            (749_167, 4, "20", 2, 8_990),
            (1_000, 2, "5.5", 2, 1_055),
            (125, 3, "0", 2, 13),
            (-125, 3, "0", 2, -13),
            (4_999, 0, "10", 0, 5_499),
            (12_345, 3, "19", 3, 14_691),
        ] {
            let rate = TaxRate::new(rate).unwrap();
            assert_eq!(rate.added(digits, places, decimals), Some(minor), "{digits} {places} {rate}");
        }
        assert_eq!(TaxRate::new("20").unwrap().added(i64::MAX, 0, 2), None);
    }
}
