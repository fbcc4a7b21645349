//! What people type into settings, made fit or refused with what to write instead.

use comptoir_catalog::model::Currency;
use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::known_sites::KnownSites;
use super::origin::Origin;
use crate::protocol::refusal::FieldFault;
use crate::protocol::{Refusal, RefusalCode, SiteId};

pub const NAME_CHARS_MAX: usize = 80;
/// RFC 5321's bound of a path.
pub const EMAIL_BYTES_MAX: usize = 254;
const ORIGINS_MAX: usize = 20;
const QUERY_KEEP_MAX: usize = 20;
const URL_BYTES_MAX: usize = 500;

/// Collects every fault of a form, so that people see them together.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldFault>);

impl Faults {
    /// The value, or its default with the fault noted.
    pub fn take<T: Default>(&mut self, field: &str, read: Result<T, String>) -> T {
        self.take_coded(field, read.map_err(|error| ("", error)))
    }

    /// The same of what may fail by a public code, told before its sentence.
    pub fn take_coded<T: Default>(&mut self, field: &str, read: Result<T, (&str, String)>) -> T {
        read.unwrap_or_else(|(code, error)| {
            self.0.push(FieldFault { field: field.to_owned(), error, code: code.to_owned() });
            T::default()
        })
    }

    /// # Errors
    /// [`RefusalCode::InvalidValue`] with all faults; the sentence is the first one's.
    pub fn done(self) -> Result<(), Refusal> {
        let Some(first) = self.0.first() else { return Ok(()) };
        let mut refusal = Refusal::new(RefusalCode::InvalidValue).saying(first.error.clone());
        refusal.fields = self.0;
        Err(refusal)
    }
}

pub type Read<T> = Result<T, String>;

/// A name of a person or a site: one line of text without what could disturb others.
///
/// # Errors
/// Empty, or too long.
pub fn name(text: &str) -> Read<String> {
    let clean: String = text.nfc().filter(|c| !disturbs(*c)).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    match clean.chars().count() {
        0 => Err("Write a name.".to_owned()),
        1..=NAME_CHARS_MAX => Ok(clean),
        _ => Err(format!("The name is longer than {NAME_CHARS_MAX} characters; shorten it.")),
    }
}

/// Control characters, and those that turn or hide the text around them.
#[must_use]
pub fn disturbs(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// An e-mail address in lower case; whether it exists is not known here.
///
/// # Errors
/// Not of the form `name@example.com`.
pub fn email(text: &str) -> Read<String> {
    let text = text.trim().to_lowercase();
    let fits = text.len() <= EMAIL_BYTES_MAX
        && !text.chars().any(|c| c.is_whitespace() || disturbs(c))
        && text.rsplit_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !local.contains('@')
                && host.contains('.')
                && host.split('.').all(|label| !label.is_empty())
        });
    if fits { Ok(text) } else { Err("Write an e-mail address like name@example.com.".to_owned()) }
}

/// Exact origins, without repeats.
///
/// # Errors
/// One is not an origin, or there are too many.
pub fn origins(texts: &[String]) -> Read<Vec<String>> {
    if texts.len() > ORIGINS_MAX {
        return Err(format!("At most {ORIGINS_MAX} origins are taken."));
    }
    let mut origins = Vec::with_capacity(texts.len());
    for text in texts {
        let text = text.trim();
        // A browser writes the star of a host as `%2A`.
        if text.contains(['*', '%']) {
            return Err(format!("“{text}” has a wildcard; write each origin in full, like https://shop.example."));
        }
        let origin = Origin::parse(text.strip_suffix('/').unwrap_or(text))
            .ok_or_else(|| format!("“{text}” is not an origin; write it like https://shop.example, without a path."))?
            .to_string();
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    Ok(origins)
}

/// A primary language subtag.
///
/// # Errors
/// Not two or three letters.
pub fn lang(text: &str) -> Read<String> {
    let text = text.trim().to_ascii_lowercase();
    let fits = matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    if fits { Ok(text) } else { Err("Write a language as two or three letters, like fr or en.".to_owned()) }
}

/// An ISO 4217 code in capitals, of those that the readers of a catalog know.
///
/// # Errors
/// None of them.
pub fn currency(text: &str) -> Read<String> {
    match Currency::new(text) {
        Ok(currency) => Ok(currency.code().to_owned()),
        Err(_) => Err("Write a currency as ISO 4217 does, like EUR.".to_owned()),
    }
}

/// The store's address; empty = none.
///
/// # Errors
/// Not http or https.
pub fn shop_url(text: &str) -> Read<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    match url.filter(|_| text.len() <= URL_BYTES_MAX) {
        Some(url) => Ok(Some(url.to_string())),
        None => Err("Write the store's address like https://shop.example.".to_owned()),
    }
}

/// A colour.
///
/// # Errors
/// Not `#rrggbb`.
pub fn accent(text: &str) -> Read<String> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.strip_prefix('#').unwrap_or_default();
    let fits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits { Ok(text) } else { Err("Write a colour like #1f4ed8.".to_owned()) }
}

/// Names of query parameters that stay in page addresses.
///
/// # Errors
/// One is no such name, or there are too many.
pub fn query_keep(texts: &[String]) -> Read<Vec<String>> {
    let fits = |name: &str| {
        (1..=40).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']'))
    };
    let names: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
    match names.iter().find(|name| !fits(name)) {
        Some(name) => Err(format!("“{name}” is not a query parameter's name; write it like id_product.")),
        None if names.len() > QUERY_KEEP_MAX => Err(format!("At most {QUERY_KEEP_MAX} parameters are taken.")),
        None => Ok(names),
    }
}

/// # Errors
/// Outside 30 seconds to an hour.
pub fn agent_gone_seconds(seconds: u32) -> Read<u32> {
    if (30..=3600).contains(&seconds) { Ok(seconds) } else { Err("Write 30 to 3600 seconds.".to_owned()) }
}

/// Sites that somebody shall serve.
///
/// # Errors
/// One does not exist.
pub fn sites(ids: &[SiteId], known: &KnownSites) -> Read<()> {
    match ids.iter().find(|id| known.by_id(**id).is_none()) {
        Some(id) => Err(format!("There is no site {id}.")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_disturbs_and_keep_what_people_are_called() {
        for (text, wanted) in [
            ("  Camille   Durand ", Ok("Camille Durand")),
            ("Zoe\u{308}", Ok("Zoë")),
            ("a\u{202e}b\0c", Ok("abc")),
            ("François O’Neill-Østergård", Ok("François O’Neill-Østergård")),
            (" \u{200b} ", Err(())),
        ] {
            assert_eq!(name(text).map_err(|_| ()), wanted.map(str::to_owned), "{text}");
        }
        assert!(name(&"x".repeat(81)).is_err());
    }

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(email(" Camille@Example.COM ").unwrap(), "camille@example.com");
        for text in
            ["camille", "camille@", "@example.com", "camille@localhost", "a b@example.com", "a@b@example.com", "a@b..c"]
        {
            assert!(email(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_origin_with_a_star_is_refused_since_it_would_match_nothing() {
        for text in ["*", "https://*.shop.example", "https://%2A.shop.example"] {
            let error = origins(&[text.to_owned()]).unwrap_err();
            assert!(error.contains("write each origin in full"), "{error}");
        }
    }

    #[test]
    fn an_origin_with_a_path_is_refused_with_what_to_write() {
        let error = origins(&["https://shop.example/fr".to_owned()]).unwrap_err();
        assert!(error.contains("https://shop.example"), "{error}");
        let taken = origins(&["https://Shop.example/".to_owned(), "https://shop.example".to_owned()]).unwrap();
        assert_eq!(taken, ["https://shop.example"]);
    }

    #[test]
    fn a_currency_is_one_that_a_catalog_can_be_read_by() {
        for (text, wanted) in [("EUR", "EUR"), (" chf ", "CHF"), ("Jpy", "JPY")] {
            assert_eq!(currency(text).as_deref(), Ok(wanted));
        }
        for text in ["", "EURO", "€", "EUX", "XYZ"] {
            assert_eq!(currency(text).unwrap_err(), "Write a currency as ISO 4217 does, like EUR.", "{text}");
        }
    }

    #[test]
    fn every_fault_of_a_form_is_said_at_once() {
        let mut faults = Faults::default();
        faults.take("lang", lang("français"));
        faults.take("accent", accent("red"));
        let refusal = faults.done().unwrap_err();
        let fields: Vec<_> = refusal.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["lang", "accent"]);
    }
}
