//! Exports of shops, read as their owners mean them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use common::{read, shared_data};
use comptoir_catalog::feed::{self, Dialect, Encoding, FaultKind, FeedFault, Found, Outcome, Quiet, Settings, Watch};
use comptoir_catalog::model::{Availability, Currency, Product};
use comptoir_catalog::words::Lang;

const GOOGLE: &str = include_str!("data/google.csv");
const SHOPIFY_OLDER: &str = include_str!("data/shopify-older.csv");
const SHOPIFY_NEWER: &str = include_str!("data/shopify-newer.csv");
const MAISON: &str = include_str!("data/maison.csv");

fn product<'f>(found: &'f [Found], id: &str) -> &'f Product {
    &found.iter().find(|found| found.product.id.as_str() == id).unwrap().product
}

/// A product's variants in one line each: sku, options, price paid, availability, stock.
fn variants(product: &Product) -> Vec<String> {
    let line = |variant: &comptoir_catalog::model::Variant| {
        let options: Vec<&str> = variant.options.iter().map(|option| option.value.as_str()).collect();
        let price = variant.price.unwrap();
        let stock = variant.stock.map(|stock| stock.to_string()).unwrap_or_default();
        format!("{} [{}] {} {:?} {stock}", variant.sku, options.join(" "), price.at(0), variant.availability)
    };
    product.variants.iter().map(line).collect()
}

fn faults(outcome: &Outcome) -> Vec<String> {
    outcome.faults.first.iter().map(ToString::to_string).collect()
}

#[test]
fn a_google_feed_is_read_whole() {
    let (found, outcome) = read(GOOGLE, Lang::En).unwrap();
    assert_eq!(faults(&outcome), Vec::<String>::new());
    assert_eq!((outcome.report.dialect, outcome.report.rows, found.len()), (Dialect::Google, 10, 8));
    let lamp = product(&found, "LAMP-1");
    assert_eq!(lamp.description, "Warm light for late work.\nDimmable\nCable of 2 m");
    assert_eq!(lamp.class(), Some("Desk lamps"));
    assert_eq!(
        lamp.images,
        [
            "https://img.example/lamp-1.jpg",
            "https://img.example/lamp-1b.jpg",
            "https://img.example/w_300,h_200/lamp-1c.jpg"
        ]
    );
    assert!(lamp.attributes.iter().any(|attribute| attribute.name == "finish" && attribute.values == ["brushed"]));
    assert_eq!(variants(product(&found, "TABLE-1")), ["TABLE-1 [] 1249.00 EUR InStock "]);
    assert_eq!(variants(product(&found, "CUP-JP")), ["CUP-JP [] 4999 JPY InStock "]);
    let sale = product(&found, "LAMP-2").variants[0].price.unwrap();
    assert_eq!(sale.at(1_767_225_600).to_string(), "69.50 EUR");
    assert_eq!(sale.at(1_769_904_000).to_string(), "89.50 EUR");
}

#[test]
fn rows_of_one_product_need_not_be_neighbours() {
    let (found, _) = read(GOOGLE, Lang::En).unwrap();
    let mug = product(&found, "MUG");
    assert_eq!(
        variants(mug),
        [
            "MUG-BLUE [blue] 14.00 EUR InStock ",
            "MUG-GREEN [green] 14.00 EUR Preorder ",
            "MUG-RED [red] 15.00 EUR OutOfStock "
        ]
    );
    // What all mugs share is no choice between them.
    assert!(mug.attributes.iter().any(|attribute| attribute.name == "material"));
    assert_eq!(mug.variants[2].image.as_deref(), Some("https://img.example/mug-red.jpg"));
}

#[test]
fn an_older_shopify_export_is_read_whole() {
    let shop = "https://shop.example".parse().ok();
    let settings = Settings::new(Currency::EUR, Lang::En).with_shop_url(shop);
    let mut found = Vec::new();
    let outcome = feed::read(
        std::io::Cursor::new(SHOPIFY_OLDER),
        &settings,
        &mut feed::scratch::in_memory(),
        &mut Quiet,
        &mut |product| {
            found.push(product);
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(faults(&outcome), Vec::<String>::new());
    assert_eq!((outcome.report.dialect, found.len()), (Dialect::ShopifyOlder, 5));
    let coat = product(&found, "rain-coat");
    assert_eq!(
        variants(coat),
        [
            "RC-S-Y [S Yellow] 89.00 EUR InStock 4",
            "RC-M-Y [M Yellow] 89.00 EUR OutOfStock 0",
            "RC-L-N [L Navy] 95.00 EUR Backorder 0"
        ]
    );
    assert_eq!(coat.variants[0].price.unwrap().regular.to_string(), "120.00 EUR");
    assert_eq!(coat.variants[0].image.as_deref(), Some("https://img.example/rain-coat-yellow.jpg"));
    assert_eq!(coat.images[0], "https://img.example/rain-coat-1.jpg");
    assert_eq!(coat.link.as_deref(), Some("https://shop.example/products/rain-coat"));
    assert_eq!(variants(product(&found, "umbrella")), ["umbrella [] 35.00 EUR InStock "]);
    assert!(!product(&found, "gift-card").published);
}

#[test]
fn a_newer_shopify_export_is_read_whole() {
    let (found, outcome) = read(SHOPIFY_NEWER, Lang::En).unwrap();
    assert_eq!(faults(&outcome), Vec::<String>::new());
    assert_eq!((outcome.report.dialect, found.len()), (Dialect::Shopify, 3));
    let shirt = product(&found, "linen-shirt");
    assert_eq!(
        variants(shirt),
        ["LS-S [S] 59.00 EUR InStock 7", "LS-M [M] 59.00 EUR OutOfStock 0", "LS-L [L] 59.00 EUR Backorder 0"]
    );
    assert!(shirt.attributes.iter().any(|attribute| attribute.name == "Color"));
    assert!(!product(&found, "straw-hat").published);
}

#[test]
fn a_french_file_made_by_hand_is_read_whole() {
    let (found, outcome) = read(MAISON, Lang::Fr).unwrap();
    assert_eq!(faults(&outcome), Vec::<String>::new());
    assert_eq!((outcome.report.dialect, outcome.report.separator, found.len()), (Dialect::HomeMade, "semicolon", 10));
    assert_eq!(variants(product(&found, "T-100")), ["T-100 [] 1249.00 EUR InStock 3"]);
    assert_eq!(variants(product(&found, "C-301")), ["C-301 [] 1490.00 EUR Backorder 1"]);
    let lamp = product(&found, "L-200");
    assert_eq!(lamp.categories, [["Luminaires", "Lampes à poser"]]);
    assert_eq!(variants(lamp), ["L-200 [] 69.90 EUR OutOfStock 0"]);
    assert_eq!(lamp.variants[0].availability, Availability::OutOfStock);
}

#[test]
fn every_encoding_and_separator_gives_the_same_products() {
    let (expected, _) = read(MAISON, Lang::Fr).unwrap();
    let products = |found: &[Found]| -> Vec<Product> { found.iter().map(|found| found.product.clone()).collect() };
    let utf16 = |big: bool| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        format!("\u{feff}{MAISON}").encode_utf16().flat_map(bytes).collect()
    };
    let latin: Vec<u8> =
        MAISON.chars().map(|letter| if letter == '€' { 0x80 } else { u8::try_from(letter as u32).unwrap() }).collect();
    for (bytes, encoding) in [
        (MAISON.as_bytes().to_vec(), Encoding::Utf8),
        (format!("\u{feff}{MAISON}").into_bytes(), Encoding::Utf8WithMark),
        (latin, Encoding::Windows1252),
        (utf16(false), Encoding::Utf16Le),
        (utf16(true), Encoding::Utf16Be),
    ] {
        let (found, outcome) = read(bytes, Lang::Fr).unwrap();
        assert_eq!(outcome.report.encoding, encoding);
        assert_eq!(products(&found), products(&expected), "{encoding:?}");
    }
    for (separator, name) in [('\t', "tab"), ('|', "pipe")] {
        let text = MAISON.replace("sep=;\n", "").replace(';', &separator.to_string());
        let (found, outcome) = read(text, Lang::Fr).unwrap();
        assert_eq!(outcome.report.separator, name);
        assert_eq!(products(&found), products(&expected), "{name}");
    }
    let crlf = MAISON.replace('\n', "\r\n");
    assert_eq!(products(&read(crlf, Lang::Fr).unwrap().0), products(&expected));
}

#[test]
fn a_bad_row_is_left_out_with_what_to_write() {
    let feed = "id,title,price,availability,link\n\
        A,Good,12.90 EUR,in stock,https://x.example/a\n\
        B,\"Two\nlines\",\"12,9O\",in stock,https://x.example/b\n\
        C,,5.00 EUR,in stock,https://x.example/c\n\
        ,No id,5.00 EUR,in stock,https://x.example/d\n\
        A2,Twice,5.00 ZZZ,in stock,https://x.example/e\n\
        A3,Odd,5.00 EUR,perhaps,javascript:alert(1)\n\
        A4,Wide,5.00 EUR,in stock,https://x.example/f,more\n\
        A5,None,,in stock,https://x.example/g\n";
    let (found, outcome) = read(feed, Lang::En).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((outcome.faults.rejected, outcome.faults.warnings), (6, 2));
    let mut told = faults(&outcome);
    told.sort();
    assert_eq!(
        told,
        [
            "line 10: column `price` is empty; write a price like 12.90",
            "line 3: cannot read price `12,9O` in column `price`; write it like 12.90",
            "line 5: column `title` is empty; give the product a title",
            "line 6: column `id` is empty; give every row its id",
            "line 7: cannot find the currency of `5.00 ZZZ` in column `price`; write its ISO 4217 code, like 12.90 EUR",
            "line 8: `javascript:alert(1)` in column `link` was left out; an address starts with https:// or http://",
            "line 8: availability `perhaps` in column `availability` is not known; write in_stock, out_of_stock, preorder or backorder",
            "line 9: the row has 6 fields for 5 columns; put texts that hold the separator in quotes",
        ]
    );
}

#[test]
fn a_repeated_sku_is_refused_with_its_first_line() {
    let feed = "id,title,price,link\nA,One,1.00,https://x/1\nB,Two,2.00,https://x/2\nA,Again,3.00,https://x/3\n";
    let (found, outcome) = read(feed, Lang::En).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(faults(&outcome), ["line 4: sku `A` was already given on line 2; give every variant its own"]);
}

#[test]
fn an_open_quote_does_not_swallow_the_feed() {
    let feed = "id,title,price,link\nA,One,1.00,https://x/1\nB,\"Two,2.00,https://x/2\nC,Three,3.00,https://x/3\n";
    let (found, outcome) = read(feed, Lang::En).unwrap();
    let ids: Vec<&str> = found.iter().map(|found| found.product.id.as_str()).collect();
    assert_eq!(ids, ["A", "C"]);
    assert_eq!(outcome.faults.first[0].kind, FaultKind::OpenQuote { opened: 3, until: 3 });
}

#[test]
fn a_file_that_cannot_be_used_says_what_to_do() {
    let refused = |bytes: &[u8]| read(bytes, Lang::En).unwrap_err().to_string();
    assert!(refused(b"").contains("empty"));
    assert!(refused(b"\n\n \n").contains("empty"));
    assert!(refused(b"PK\x03\x04").contains("Excel"));
    let unknown = refused(b"foo,bar\n1,2\n");
    assert!(unknown.contains("`foo`, `bar`") && unknown.contains("write `id`, `title`"), "{unknown}");
    assert!(refused(b"id,title,color\n1,2,3\n").contains("price"));
    let combinations = refused(
        b"Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Impact on price\n1;Colour:color:0;Blue:0;0\n",
    );
    assert!(combinations.contains("both files"), "{combinations}");
    assert!(refused(b"<!DOCTYPE html><html><body>Sign in</body></html>").contains("HTML"));
    let quote = refused(format!("\"id,title\n{}", "x\n".repeat(70_000)).as_bytes());
    assert!(quote.contains("quote"), "{quote}");
}

#[test]
fn the_hash_of_a_product_changes_with_its_rows_and_nothing_else() {
    let hash_of = |text: &str| -> Vec<(String, u64)> {
        let (found, _) = read(text, Lang::En).unwrap();
        found.iter().map(|found| (found.product.id.to_string(), found.hash)).collect()
    };
    let before = hash_of(GOOGLE);
    assert_eq!(before, hash_of(&GOOGLE.replace('\n', "\r\n").replace("300 ml.\r\nSafe", "300 ml.\nSafe")));
    let after = hash_of(&GOOGLE.replace("349.00", "329.00"));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(one, other)| one != other).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0.0, "RUG-1");
}

#[test]
fn reading_tells_how_far_it_is_and_can_be_cancelled() {
    struct Impatient {
        calls: usize,
    }
    impl Watch for Impatient {
        fn progress(&mut self, at: &feed::Progress) {
            assert_eq!(at.bytes_total, GOOGLE.len() as u64);
            self.calls += 1;
        }
        fn is_cancelled(&self) -> bool {
            self.calls > 1
        }
    }
    let fault = feed::read(
        std::io::Cursor::new(GOOGLE),
        &Settings::new(Currency::EUR, Lang::En),
        &mut feed::scratch::in_memory(),
        &mut Impatient { calls: 0 },
        &mut |_| Ok(()),
    )
    .unwrap_err();
    assert!(matches!(fault, FeedFault::Cancelled));
}

#[test]
fn the_shared_exports_are_read_without_a_refused_row() {
    for (path, products) in [
        ("feeds/shopify-apparel.csv", 20),
        ("feeds/shopify-home-and-garden.csv", 20),
        ("feeds/woocommerce-sample.csv", 18),
        ("luma/products.csv", 147),
    ] {
        let Some(file) = shared_data(path) else { continue };
        let (found, outcome) = read(std::fs::read(file).unwrap(), Lang::En).unwrap();
        assert_eq!(faults(&outcome), Vec::<String>::new(), "{path}");
        assert_eq!(found.len(), products, "{path}");
    }
}
