//! Amounts in minor units, with their currency.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 code that is in use, in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// The text names no currency that is in use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no currency; write its ISO 4217 code, like EUR")]
pub struct UnknownCurrency {
    pub text: String,
}

const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
const TWO_DECIMALS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD \
    BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
    GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP \
    LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG";

/// Whether a code stands in a list of codes of three letters and a space.
fn is_in(list: &str, code: [u8; 3]) -> bool {
    list.as_bytes().chunks(4).any(|entry| entry.first_chunk() == Some(&code))
}

impl Currency {
    pub const EUR: Self = Self(*b"EUR");
    pub const USD: Self = Self(*b"USD");

    /// Reads a code in any case.
    ///
    /// # Errors
    /// When ISO 4217 has no such code in use.
    pub fn new(text: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency { text: text.chars().take(20).collect() };
        let mut code: [u8; 3] = text.trim().as_bytes().try_into().map_err(|_| unknown())?;
        code.make_ascii_uppercase();
        let known = [TWO_DECIMALS, NO_DECIMALS, THREE_DECIMALS].iter().any(|list| is_in(list, code));
        if known { Ok(Self(code)) } else { Err(unknown()) }
    }

    /// The currency that a sign means in most shops: `$` is read as US dollars.
    #[must_use]
    pub fn of_sign(sign: &str) -> Option<Self> {
        match sign {
            "€" => Some(Self::EUR),
            "$" | "US$" => Some(Self::USD),
            "£" => Some(Self(*b"GBP")),
            "¥" => Some(Self(*b"JPY")),
            "zł" => Some(Self(*b"PLN")),
            "₹" => Some(Self(*b"INR")),
            "₩" => Some(Self(*b"KRW")),
            "₺" => Some(Self(*b"TRY")),
            "₪" => Some(Self(*b"ILS")),
            "Kč" => Some(Self(*b"CZK")),
            _ => None,
        }
    }

    #[must_use]
    pub fn code(&self) -> &str {
        // Three ASCII capitals by construction.
        std::str::from_utf8(&self.0).unwrap_or("EUR")
    }

    /// How many digits stand behind the decimal point, by ISO 4217.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        if is_in(NO_DECIMALS, self.0) {
            0
        } else if is_in(THREE_DECIMALS, self.0) {
            3
        } else {
            2
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;
    fn try_from(text: String) -> Result<Self, UnknownCurrency> {
        Self::new(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

/// An amount: 1290 EUR minor units are 12.90 EUR, 1290 JPY are 1290 yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl fmt::Display for Money {
    /// Dot decimals and the code: `12.90 EUR`. People's own formats are made where they read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.currency.decimals();
        let unit = 10_u64.pow(decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        let (whole, rest) = (minor / unit, minor % unit);
        if decimals == 0 {
            write!(f, "{sign}{whole} {}", self.currency)
        } else {
            let width = decimals as usize;
            write!(f, "{sign}{whole}.{rest:0width$} {}", self.currency)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_the_decimals_of_its_currency() {
        let written = |minor, code: &str| Money { minor, currency: Currency::new(code).unwrap() }.to_string();
        assert_eq!(written(1290, "EUR"), "12.90 EUR");
        assert_eq!(written(-5, "eur"), "-0.05 EUR");
        assert_eq!(written(4999, "JPY"), "4999 JPY");
        assert_eq!(written(12_345, "TND"), "12.345 TND");
    }

    #[test]
    fn an_unknown_currency_is_refused_with_what_to_write() {
        assert_eq!(
            Currency::new("EURO").unwrap_err().to_string(),
            "`EURO` is no currency; write its ISO 4217 code, like EUR"
        );
        assert!(Currency::new("ZZZ").is_err());
        for list in [NO_DECIMALS, TWO_DECIMALS, THREE_DECIMALS] {
            for code in list.split_ascii_whitespace() {
                assert_eq!(Currency::new(code).unwrap().code(), code);
            }
        }
    }
}
