//! Every dialect in every encoding and with every separator, against what a person wrote down.
//!
//! `data/dialects` holds a file of each dialect with the traps of its format, and beside
//! it the products as they must come out, field by field.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::io::Cursor;

use comptoir_catalog::feed::{self, Dialect, Encoding, FeedFault, Outcome, Quiet, Settings};
use comptoir_catalog::model::{Currency, Product, TaxRate};
use comptoir_catalog::words::Lang;

/// One file with its expectation.
struct Case {
    name: &'static str,
    dialect: Dialect,
    lang: Lang,
    separator: u8,
    tax_rate: Option<&'static str>,
    text: &'static str,
    /// What joins the products from a second file.
    joined: Option<&'static str>,
    expected: &'static str,
    /// Warnings that the traps are told by; no row is ever refused.
    warnings: &'static [&'static str],
}

macro_rules! case {
    ($name:literal, $dialect:ident, $lang:ident, $separator:literal, $tax:expr, $joined:expr, $warnings:expr) => {
        Case {
            name: $name,
            dialect: Dialect::$dialect,
            lang: Lang::$lang,
            separator: $separator,
            tax_rate: $tax,
            text: include_str!(concat!("data/dialects/", $name, ".csv")),
            joined: $joined,
            expected: include_str!(concat!("data/dialects/", $name, ".json")),
            warnings: $warnings,
        }
    };
}

fn cases() -> Vec<Case> {
    let combinations = Some(include_str!("data/dialects/prestashop-combinations.csv"));
    vec![
        case!("shopify-older", ShopifyOlder, En, b',', None, None, &["unreadable_gtin"]),
        case!("shopify-newer", Shopify, En, b',', None, None, &["unreadable_gtin"]),
        case!("woocommerce-en", WooCommerce, En, b',', None, None, &[]),
        case!("woocommerce-fr", WooCommerce, Fr, b',', None, None, &[]),
        case!("woocommerce-de", WooCommerce, De, b',', None, None, &[]),
        case!("google", Google, En, b',', None, None, &["sale_not_lower", "unreadable_gtin"]),
        case!("meta", Google, En, b',', None, None, &[]),
        case!("prestashop", PrestaShop, Fr, b';', Some("20"), combinations, &[]),
        case!("magento", Magento, En, b',', None, None, &[]),
        case!("home-made-fr", HomeMade, Fr, b';', None, None, &["unreadable_gtin"]),
        case!("home-made-en", HomeMade, En, b';', Some("20"), None, &[]),
    ]
}

const ENCODINGS: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Utf8WithMark, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be];

/// The text in an encoding; nothing where that has no sign for a letter.
fn encoded(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let units = || format!("\u{feff}{text}").encode_utf16().collect::<Vec<_>>();
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf8WithMark => Some(format!("\u{feff}{text}").into_bytes()),
        Encoding::Utf16Le => Some(units().into_iter().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(units().into_iter().flat_map(u16::to_be_bytes).collect()),
        Encoding::Windows1252 => {
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
            (!lost).then(|| bytes.into_owned())
        }
    }
}

/// The same table with another separator; what stands before the header is kept, but for
/// a line that names the separator.
fn separated(text: &str, from: u8, to: u8) -> String {
    let mut head = String::new();
    let mut table = text;
    while table.starts_with('#') || table.starts_with("sep=") {
        let (line, rest) = table.split_once('\n').unwrap();
        if line.starts_with("sep=") {
            head.push_str(&format!("sep={}\n", char::from(to)));
        } else {
            head.push_str(line);
            head.push('\n');
        }
        table = rest;
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(from).flexible(true).has_headers(false).from_reader(table.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(to).flexible(true).from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    head + &String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn read(files: Vec<Vec<u8>>, case: &Case) -> Result<(Vec<Product>, Outcome), FeedFault> {
    let settings = Settings::new(Currency::EUR, case.lang)
        .with_shop_url("https://shop.example".parse().ok())
        .with_tax_rate(case.tax_rate.map(|rate| TaxRate::new(rate).unwrap()));
    let mut products = Vec::new();
    let files = files.into_iter().map(Cursor::new).collect();
    let outcome = feed::read_all(files, &settings, &mut feed::scratch::in_memory(), &mut Quiet, &mut |found| {
        products.push(found.product);
        Ok(())
    })?;
    products.sort_by(|one, other| one.id.cmp(&other.id));
    Ok((products, outcome))
}

fn expected(json: &str) -> Vec<Product> {
    let mut products: Vec<Product> = serde_json::from_str(json).unwrap();
    products.sort_by(|one, other| one.id.cmp(&other.id));
    products
}

/// Compares product by product and field by field, so that a difference can be read.
fn assert_same(products: &[Product], expected: &[Product], what: &str) {
    let ids = |products: &[Product]| products.iter().map(|product| product.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(products), ids(expected), "{what}");
    for (product, expected) in products.iter().zip(expected) {
        let (told, wanted) = (serde_json::to_value(product).unwrap(), serde_json::to_value(expected).unwrap());
        let fields: std::collections::BTreeSet<&String> =
            told.as_object().unwrap().keys().chain(wanted.as_object().unwrap().keys()).collect();
        for field in fields {
            assert_eq!(told.get(field), wanted.get(field), "{what}: {field} of {}", product.id);
        }
    }
}

#[test]
fn every_dialect_encoding_and_separator_gives_the_products_that_were_written_down() {
    let mut read_so = 0;
    for case in cases() {
        let expected = expected(case.expected);
        for separator in [b',', b';', b'\t', b'|'] {
            let text = separated(case.text, case.separator, separator);
            let joined = case.joined.map(|joined| separated(joined, case.separator, separator));
            for encoding in ENCODINGS {
                let what = format!("{} in {} by {:?}", case.name, encoding.name(), char::from(separator));
                let Some(bytes) = encoded(&text, encoding) else { continue };
                let files = std::iter::once(bytes).chain(joined.as_ref().and_then(|text| encoded(text, encoding)));
                let (products, outcome) = read(files.collect(), &case).unwrap();
                // Plain ASCII is the same in both.
                let told = if encoding == Encoding::Windows1252 && text.is_ascii() { Encoding::Utf8 } else { encoding };
                assert_eq!((outcome.report.dialect, outcome.report.encoding), (case.dialect, told), "{what}");
                let counts: Vec<&str> = outcome.faults.counts.keys().copied().collect();
                assert_eq!(
                    (outcome.faults.rejected, counts.as_slice()),
                    (0, case.warnings),
                    "{what}: {:?}",
                    outcome.faults
                );
                assert_same(&products, &expected, &what);
                read_so += 1;
            }
        }
    }
    // Windows-1252 has no sign for a few of the letters in these files.
    assert!(read_so > 11 * 4 * 4, "{read_so}");
}

#[test]
fn rss_and_atom_give_the_same_products_as_the_table() {
    let case = cases().into_iter().find(|case| case.name == "google").unwrap();
    let expected = expected(case.expected);
    for (kind, text) in
        [("RSS", include_str!("data/dialects/google-rss.xml")), ("Atom", include_str!("data/dialects/google-atom.xml"))]
    {
        for encoding in ENCODINGS {
            let Some(bytes) = encoded(text, encoding) else { continue };
            let what = format!("{kind} in {}", encoding.name());
            let (products, outcome) = read(vec![bytes], &case).unwrap();
            assert_eq!((outcome.report.separator, outcome.faults.rejected), ("XML", 0), "{what}: {:?}", outcome.faults);
            assert_same(&products, &expected, &what);
        }
    }
}

#[test]
fn combinations_may_come_first_and_need_their_products() {
    let case = cases().into_iter().find(|case| case.name == "prestashop").unwrap();
    let combinations = case.joined.unwrap().as_bytes().to_vec();
    let (products, outcome) = read(vec![combinations.clone(), case.text.as_bytes().to_vec()], &case).unwrap();
    assert_eq!(outcome.report.dialect, Dialect::PrestaShop);
    assert_same(&products, &expected(case.expected), "combinations first");
    assert!(matches!(read(vec![combinations.clone()], &case), Err(FeedFault::CombinationsAlone)));
    let stray = [combinations, b"99;Couleur:color:0;Bleu:0\n".to_vec()].concat();
    let (products, outcome) = read(vec![case.text.as_bytes().to_vec(), stray], &case).unwrap();
    assert_eq!(products.len(), 9);
    assert_eq!(outcome.faults.counts["missing_parent"], 1);
    assert!(outcome.faults.first[0].message().contains("`99`"), "{}", outcome.faults.first[0]);
}

#[test]
fn prices_without_tax_are_asked_for_the_rate() {
    for case in cases().into_iter().filter(|case| case.tax_rate.is_some()) {
        let asked = read(vec![case.text.as_bytes().to_vec()], &Case { tax_rate: None, ..case }).unwrap_err();
        assert!(matches!(asked, FeedFault::TaxRateMissing { .. }), "{asked}");
    }
    let older = "ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded or Price tax included;Tax rules ID\n\
        1;1;Vase;Home;10.00;1\n";
    let case = cases().into_iter().find(|case| case.name == "prestashop").unwrap();
    let asked = read(vec![older.as_bytes().to_vec()], &case).unwrap_err();
    assert!(matches!(&asked, FeedFault::TaxUnclear { column } if column.contains("or")), "{asked}");
}

#[test]
fn a_compressed_feed_is_read_as_it_is_unpacked() {
    use std::io::Write;
    let case = cases().into_iter().find(|case| case.name == "google").unwrap();
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    for text in [case.text, include_str!("data/dialects/google-rss.xml")] {
        let (products, _) = read(vec![packed(text.as_bytes())], &case).unwrap();
        assert_same(&products, &expected(case.expected), "packed");
    }
    let cut = packed(case.text.as_bytes());
    let cut = read(vec![cut[..cut.len() / 2].to_vec()], &case).unwrap_err();
    assert!(matches!(cut, FeedFault::DamagedArchive { .. }), "{cut}");
    let bomb = read(vec![packed(&vec![b' '; 64 << 20])], &case).unwrap_err();
    assert!(matches!(bomb, FeedFault::UnpacksTooFar), "{bomb}");
}
