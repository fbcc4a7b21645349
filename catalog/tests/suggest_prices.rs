//! Phrases about prices, and phrases that only look like it: each read exactly.
//!
//! The tables are `suggest/prices-*.txt` and `suggest/no-prices-*.txt`, one phrase
//! a line, written by hand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

use comptoir_catalog::model::Currency;
use comptoir_catalog::suggest::{Bound, Constraints, Vocabulary, read};
use comptoir_catalog::words::Lang;

/// Fewer phrases of a kind prove little.
const PHRASES_MIN: usize = 200;

fn lines(table: &str) -> Vec<&str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// As the tables write it: `..<50`, `20..40`, `USD`, `none`.
fn written(constraints: &Constraints) -> String {
    if let Some(code) = &constraints.foreign_currency {
        return code.clone();
    }
    let Some(price) = constraints.price else { return "none".to_owned() };
    let amount = |bound: Bound| match bound.minor % 100 {
        0 => format!("{}", bound.minor / 100),
        cents => format!("{}.{cents:02}", bound.minor / 100),
    };
    let end = |bound: Option<Bound>, mark: char| match bound {
        None => String::new(),
        Some(bound) if bound.included => amount(bound),
        Some(bound) => format!("{mark}{}", amount(bound)),
    };
    format!("{}..{}", end(price.min, '>'), end(price.max, '<'))
}

fn wrongly_read(phrases: impl Iterator<Item = (String, String)>, currency: Currency, lang: Lang) -> Vec<String> {
    let vocabulary = Vocabulary::empty(currency, lang);
    phrases
        .filter_map(|(phrase, expected)| {
            let found = written(&read(&phrase, &vocabulary, lang));
            (found != expected).then(|| format!("`{phrase}` was read as {found}, not {expected}"))
        })
        .collect()
}

fn check_prices(table: &str, currency: Currency, lang: Lang) {
    let lines = lines(table);
    assert!(lines.len() >= PHRASES_MIN, "{} phrases", lines.len());
    let pairs = lines.iter().map(|line| line.split_once(" | ").unwrap());
    let pairs = pairs.map(|(phrase, expected)| (phrase.to_owned(), expected.trim().to_owned()));
    let wrong = wrongly_read(pairs, currency, lang);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

fn check_no_prices(table: &str, currency: Currency, lang: Lang) {
    let lines = lines(table);
    assert!(lines.len() >= PHRASES_MIN, "{} phrases", lines.len());
    let wrong = wrongly_read(lines.iter().map(|line| ((*line).to_owned(), "none".to_owned())), currency, lang);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

#[test]
fn french_price_phrases_are_read_exactly() {
    check_prices(include_str!("suggest/prices-fr.txt"), Currency::EUR, Lang::Fr);
}

#[test]
fn english_price_phrases_are_read_exactly() {
    check_prices(include_str!("suggest/prices-en.txt"), Currency::USD, Lang::En);
}

#[test]
fn french_numbers_that_are_no_price_are_left_alone() {
    check_no_prices(include_str!("suggest/no-prices-fr.txt"), Currency::EUR, Lang::Fr);
}

#[test]
fn english_numbers_that_are_no_price_are_left_alone() {
    check_no_prices(include_str!("suggest/no-prices-en.txt"), Currency::USD, Lang::En);
}

#[test]
fn a_french_price_is_read_in_an_english_conversation_and_the_other_way() {
    let pounds = Vocabulary::empty(Currency::new("GBP").unwrap(), Lang::En);
    assert_eq!(written(&read("moins de 50 livres sterling", &pounds, Lang::En)), "..<50");
    let euros = Vocabulary::empty(Currency::EUR, Lang::Fr);
    assert_eq!(written(&read("a lamp under 50 euros", &euros, Lang::Fr)), "..<50");
    assert_eq!(written(&read("a lamp under 50 euros", &euros, Lang::De)), "..<50");
}

#[test]
fn an_amount_has_the_decimals_of_the_catalogs_currency() {
    let price = |text: &str, code: &str| {
        let vocabulary = Vocabulary::empty(Currency::new(code).unwrap(), Lang::En);
        read(text, &vocabulary, Lang::En).price.and_then(|price| price.max).map(|bound| bound.minor)
    };
    assert_eq!(price("under 5000 yen", "JPY"), Some(5000));
    assert_eq!(price("under 49.950 dinars", "TND"), Some(49_950));
    assert_eq!(price("max 1 200,50", "TND"), Some(1_200_500));
    assert_eq!(price("under 50.5 yen", "JPY"), None);
    assert_eq!(price("under $50", "CAD"), Some(5000));
    assert_eq!(price("under US$50", "CAD"), None);
}

#[test]
fn no_text_breaks_the_reading() {
    let vocabulary = Vocabulary::empty(Currency::EUR, Lang::Fr);
    for text in [
        "moins de ".repeat(2_000),
        "9".repeat(5_000),
        "1 000 ".repeat(900),
        "entre 1 et 2 ".repeat(500),
        "cent mille ".repeat(900),
        "pas ".repeat(3_000),
        "\u{0}€$-…".repeat(700),
        "é".repeat(9_000),
        String::new(),
    ] {
        assert!(read(&text, &vocabulary, Lang::Fr).values.is_empty());
    }
}
