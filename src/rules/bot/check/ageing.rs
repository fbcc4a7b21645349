//! What ages in a text: amounts of money, percentages, dates.
//!
//! Told of FAQ answers only, as a warning: prices live in the catalog and
//! opening days in `[hours]`, where they are changed in one place.

use std::sync::LazyLock;

use regex::Regex;

const CURRENCIES: &str = r"(?:€|\$|£|EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?|cents?|centimes?|pence)";
const MONTHS: &str = r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december)";

static AGEING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = r"\d+(?:[.,\u{a0}\u{202f} ]\d+)*";
    let pattern = [
        format!(r"{number}[\s\u{{a0}}]*{CURRENCIES}(?:\b|\W|$)"),
        r"(?:€|\$|£|\b(?:EUR|USD|GBP|CHF))[\s\u{a0}]*\d[\d.,]*".to_owned(),
        format!(r"{number}[\s\u{{a0}}]*(?:%|\bpour cent\b|\bper ?cent\b)"),
        r"\b\d{4}-\d{2}-\d{2}\b".to_owned(),
        r"\b(?:0?[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2])(?:/\d{2,4})?\b".to_owned(),
        r"\b(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.\d{2,4}\b".to_owned(),
        format!(r"\b\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:of\s+)?{MONTHS}\b"),
        format!(r"\b{MONTHS}\s+\d{{1,4}}(?:st|nd|rd|th)?\b"),
        r"\b20[2-9]\d\b".to_owned(),
    ]
    .join("|");
    // Held by a test: never none.
    Regex::new(&format!("(?i){pattern}")).ok()
});

/// The first amount, percentage or date in a text, as written.
pub fn what_ages(text: &str) -> Option<&str> {
    AGEING.as_ref()?.find(text).map(|found| found.as_str().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_percentages_and_dates_are_found_in_both_languages() {
        for (text, aged) in [
            ("La livraison coûte 4,90 € en France.", "4,90 €"),
            ("Offerte dès 60 euros d'achat", "60 euros"),
            ("Free from £45", "£45"),
            ("It costs EUR 12.50", "EUR 12.50"),
            ("1 200 € de caution", "1 200 €"),
            ("Une remise de 10 % pour vous", "10 %"),
            ("We take 15% off", "15%"),
            ("jusqu'au 24 décembre", "24 décembre"),
            ("on the 3rd of May", "3rd of May"),
            ("closed on August 15", "August 15"),
            ("le 24/12/2026", "24/12/2026"),
            ("since 2026-01-05", "2026-01-05"),
            ("la collection 2027", "2027"),
        ] {
            assert_eq!(
                what_ages(text)
                    .map(|found| found.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '€' && c != '%')),
                Some(aged),
                "{text}"
            );
        }
    }

    #[test]
    fn spans_hours_and_counts_do_not_age() {
        for text in [
            "Chaque pièce part le lendemain, puis voyage deux à quatre jours.",
            "Allow 2 to 4 days, 24/7.",
            "Du lundi au vendredi, de 9:30 à 18:00.",
            "Taille 38 : tour de poitrine 92 cm, lavage à 30 degrés.",
            "You may send it back within 30 days.",
            "En mai comme en hiver",
            "Une étagère de 120 x 40 tient 25 kg.",
        ] {
            assert_eq!(what_ages(text), None, "{text}");
        }
    }
}
