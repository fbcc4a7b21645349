//! Bytes and texts that nobody means well: no panic, no swallowed file, bounded faults.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use common::{indexed, read};
use comptoir_catalog::feed::bounds::FAULTS_MAX;
use comptoir_catalog::index::{Filters, Mode, QUERY_WORDS_MAX, Question, Sort};
use comptoir_catalog::model::{Availability, Variant};
use comptoir_catalog::words::Lang;

/// A small generator, so that a failure can be repeated from its seed.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.next(of.len())]
    }

    fn text(&mut self, of: &[&str], pieces: usize) -> String {
        (0..pieces).map(|_| self.pick(of)).collect()
    }
}

/// `HOSTILE_TIMES=100` goes on a hundred times as long.
fn times() -> usize {
    std::env::var("HOSTILE_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

const QUERY_PIECES: &[&str] = &[
    "mug",
    " ",
    "lampe",
    "\"",
    "(",
    ")",
    "*",
    "?",
    "~2",
    "^",
    ":",
    "AND",
    " OR ",
    "-",
    "title:",
    "é",
    "e\u{301}",
    "\u{0}",
    "\u{202e}",
    "🦀",
    "ß",
    "l'",
    "’",
    "12.90",
    "4006381333931",
    "\n",
    "[a TO b]",
    "/",
    "\\",
    "ﬁ",
    "İ",
    "ǅ",
];

#[test]
fn random_texts_are_searched_without_a_fault() {
    let (found, _) = read(include_str!("data/google.csv"), Lang::En).unwrap();
    let (_folder, index) = indexed(found.iter().map(|found| &found.product), Lang::Fr);
    let (mut random, mut with_hits) = (Random(0x5eed_cafe), 0);
    for round in 0..10_000 * times() {
        let pieces = 1 + random.next(24);
        let text = random.text(QUERY_PIECES, pieces);
        let mode = if round % 2 == 0 { Mode::Ranked } else { Mode::TypeAhead };
        let question = Question {
            mode,
            filters: random_filters(&mut random),
            sort: [Sort::Relevance, Sort::PriceUp, Sort::PriceDown, Sort::Title, Sort::Newest][random.next(5)],
            counts: random.next(4) == 0,
            literal: random.next(4) == 0,
            now: 1_767_225_600,
            ..Question::about(&text)
        };
        let answer = index.ask(&question).unwrap_or_else(|fault| panic!("round {round}: {text:?}: {fault}"));
        assert!(answer.hits.len() <= 10 && answer.hits.len() as u64 <= answer.total, "round {round}: {text:?}");
        assert!(answer.hits.iter().all(|hit| hit.score.is_finite()), "round {round}: {text:?}");
        // Whatever was asked, what a filter excludes is not among the hits.
        for hit in &answer.hits {
            let product = found.iter().map(|found| &found.product).find(|product| product.id == hit.product).unwrap();
            let passes = |variant: &Variant| passes(&question.filters, variant, question.now);
            assert!(product.variants.iter().any(passes), "round {round}: {text:?} {:?}", question.filters);
            let named = hit.sku.as_ref().and_then(|sku| product.variant(sku));
            assert!(named.is_none_or(passes), "round {round}: {text:?} {:?}", question.filters);
        }
        with_hits += usize::from(!answer.hits.is_empty());
    }
    assert!(with_hits > 1_000, "only {with_hits} texts found anything");
}

fn random_filters(random: &mut Random) -> Filters {
    let mut filters = Filters::default();
    if random.next(3) == 0 {
        filters.in_stock = random.next(2) == 0;
        filters.price_max = (random.next(2) == 0).then(|| i64::try_from(random.next(20_000)).unwrap());
        filters.price_min = (random.next(4) == 0).then(|| i64::try_from(random.next(9_000)).unwrap());
    }
    if random.next(6) == 0 {
        filters.category = vec![random.text(QUERY_PIECES, 1)];
        filters.brands = vec![random.text(QUERY_PIECES, 2), String::new()];
        filters.attributes = vec![(random.text(QUERY_PIECES, 1), vec![random.text(QUERY_PIECES, 1)])];
        filters.class = Some(random.text(QUERY_PIECES, 1));
    }
    filters
}

fn passes(filters: &Filters, variant: &Variant, now: i64) -> bool {
    let price = variant.price.map(|price| price.at(now).minor);
    (!filters.in_stock || variant.availability == Availability::InStock)
        && filters.price_min.is_none_or(|least| price.is_some_and(|price| price >= least))
        && filters.price_max.is_none_or(|most| price.is_some_and(|price| price <= most))
}

#[test]
fn no_shape_of_text_is_slow_or_searched_beyond_its_bounds() {
    let (found, _) = read(include_str!("data/google.csv"), Lang::En).unwrap();
    let (_folder, index) = indexed(found.iter().map(|found| &found.product), Lang::En);
    let sixteen = (0..16).map(|number| format!("unknwon{number}x ")).collect::<String>();
    let letters = ["(", ")", "\u{0}", "e\u{301}", "\u{202e}א", "ﷺ", "a-", "=a ", "👩‍👩‍👧 ", "ａ", "x".repeat(300).as_str()]
        .map(|letter| letter.repeat(5_000));
    for text in letters.iter().chain([&sixteen, &sixteen.replace(char::is_numeric, "")]) {
        for mode in [Mode::Ranked, Mode::TypeAhead] {
            let answer = index.search(text, mode, 10).unwrap();
            assert!(answer.corrections.len() + answer.dropped.len() <= 3 * QUERY_WORDS_MAX, "{answer:?}");
        }
    }
}

const CELLS: &[&str] = &[
    "A",
    "Lamp",
    "12.90",
    "12,90 €",
    "1.234,5",
    "in stock",
    "https://x.example/a",
    "javascript:alert(1)",
    "",
    " ",
    "\"",
    "\"open",
    "\"a\nb\"",
    "\"a\"\"b\"",
    "é",
    "\u{0}",
    "=1+1",
    "'=1+1",
    "4,0E+12",
    "9999999999999999999999999999999999999999",
    "a > b > c",
    "variation",
    "variable",
    "configurable",
    "id:1",
    "1",
    "sku=A,size=S|sku=1,size=M|sku",
    "a:b:c,,:d,e:",
    r"a\,b\n\\n,\",
    "31/02/2026",
    "2026-01-31",
    "50 %",
    "🦀",
    "-5",
    "1e308",
    "\u{feff}",
];

#[test]
fn random_feeds_end_in_products_and_faults() {
    let mut random = Random(0xfeed_5eed);
    let (mut read_so, mut with_products) = (0, 0);
    for round in 0..2_000 * times() {
        let separator = random.pick(&[",", ";", "\t", "|"]);
        let header = random.pick(&[
            "id,title,price,availability,link,image_link,color",
            "Handle,Title,Variant Price,Option1 Name,Option1 Value,Image Src,Published",
            "Référence,Désignation,Prix TTC,Stock,Famille,Couleur,EAN",
            "ID,Type,SKU,Name,Regular price,Parent,Categories,Attribute 1 name,Attribute 1 value(s)",
            "Product ID,Name,Price tax included,Tax rules ID,Feature(Name:Value:Position),Discount percent,Quantity",
            "sku,attribute_set_code,product_type,name,price,configurable_variations,additional_attributes,store_view_code",
        ]);
        let mut text = header.replace(',', separator);
        for _ in 0..random.next(40) {
            text.push_str(random.pick(&["\n", "\r\n", "\n\n"]));
            let cells: Vec<&str> = (0..1 + random.next(9)).map(|_| random.pick(CELLS)).collect();
            text.push_str(&cells.join(separator));
        }
        let mut bytes = text.clone().into_bytes();
        if random.next(5) == 0 {
            bytes.truncate(random.next(bytes.len()) + 1);
        }
        if let Ok((found, outcome)) = read(&bytes, Lang::Fr) {
            read_so += 1;
            with_products += usize::from(!found.is_empty());
            assert_eq!(found.len() as u64, outcome.report.products, "round {round}: {text:?}");
            assert!(found.iter().all(|found| !found.product.variants.is_empty()), "round {round}");
            let lines = text.lines().count() as u64 + 1;
            assert!(outcome.faults.first.iter().all(|fault| fault.line <= lines), "round {round}: {text:?}");
        }
    }
    assert!(read_so > 300 && with_products > 40, "{read_so} feeds were read, {with_products} gave a product");
}

#[test]
fn faults_are_all_counted_and_the_first_are_kept() {
    let rows: String = (0..2_000).map(|row| format!("P{row},Lamp,dear,https://x.example/{row}\n")).collect();
    let (found, outcome) = read(format!("id,title,price,link\n{rows}"), Lang::En).unwrap();
    assert!(found.is_empty());
    assert_eq!((outcome.faults.rejected, outcome.faults.first.len()), (2_000, FAULTS_MAX));
    assert_eq!(outcome.faults.counts["unreadable_price"], 2_000);
}

#[test]
fn quotes_left_open_on_every_line_end_in_a_fault_not_in_invented_products() {
    let rows = "P,\"Lamp,1.00,https://x.example/a\n".repeat(30_000);
    let (found, outcome) = read(format!("id,title,price,link\n{rows}"), Lang::En).unwrap();
    assert!(found.is_empty());
    let codes: Vec<&str> = outcome.faults.counts.keys().copied().collect();
    assert_eq!(codes, ["open_quote"]);
}

const TAGS: &[&str] = &[
    "<rss>",
    "</rss>",
    "<channel>",
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<g:id>",
    "</g:id>",
    "<title>",
    "</title>",
    "<g:price>",
    "</g:price>",
    "<link href=\"https://x.example/a\"/>",
    "<link>",
    "</link>",
    "A",
    "12.90 EUR",
    "&amp;",
    "&#233;",
    "&#xffffffff;",
    "&eacute;",
    "&",
    "<![CDATA[",
    "]]>",
    "<!-- ",
    " -->",
    "<!DOCTYPE x [<!ENTITY y \"z\">]>",
    "&y;",
    "<",
    ">",
    "\"",
    "\u{0}",
    "<?xml version=\"1.0\"?>",
    "<g:shipping><g:country>FR</g:country></g:shipping>",
    "\n",
];

#[test]
fn random_documents_end_in_products_and_faults() {
    let mut random = Random(0x0dd5_eed5);
    let mut read_so = 0;
    for round in 0..3_000 * times() {
        let mut text = String::from("<rss><channel>");
        for _ in 0..random.next(4) {
            text.push_str("<item><g:id>");
            text.push_str(random.pick(&["A", "B", "C", "&amp;", ""]));
            text.push_str("</g:id><title>T</title><g:price>1</g:price><link>https://x.example</link>");
            if random.next(3) == 0 {
                let pieces = random.next(6);
                text.push_str(&random.text(TAGS, pieces));
            }
            text.push_str("</item>");
        }
        text.push_str("</channel></rss>");
        if random.next(6) == 0 {
            text = text.chars().take(random.next(text.len())).collect();
        }
        if let Ok((found, outcome)) = read(&text, Lang::En) {
            assert_eq!(found.len() as u64, outcome.report.products, "round {round}: {text:?}");
            read_so += 1;
        }
    }
    assert!(read_so > 500, "{read_so}");
}

/// An item whose one cell is put in between.
fn item(inside: &str) -> String {
    format!(
        "<rss><channel><item><g:id>A</g:id><title>T</title><g:price>1</g:price>\
         <link>https://x.example</link>{inside}</item></channel></rss>"
    )
}

#[test]
fn documents_are_bounded_in_depth_length_and_what_they_declare() {
    use comptoir_catalog::feed::FeedFault;
    use comptoir_catalog::feed::bounds::{FIELD_BYTES_MAX, RECORD_BYTES_MAX, XML_DEPTH_MAX};
    let nested = |levels: usize| item(&format!("{}x{}", "<a>".repeat(levels), "</a>".repeat(levels)));
    // `rss`, `channel` and `item` are three of them.
    assert!(read(nested(XML_DEPTH_MAX - 3), Lang::En).is_ok());
    assert!(matches!(read(nested(XML_DEPTH_MAX - 2), Lang::En), Err(FeedFault::BrokenXml { .. })));
    let described = |bytes: usize| read(item(&format!("<description>{}</description>", "z".repeat(bytes))), Lang::En);
    assert_eq!(described(FIELD_BYTES_MAX).unwrap().0.len(), 1);
    let (found, outcome) = described(FIELD_BYTES_MAX + 1).unwrap();
    assert_eq!((found.len(), outcome.faults.counts["field_too_long"]), (0, 1));
    assert!(matches!(described(2 * RECORD_BYTES_MAX), Err(FeedFault::BrokenXml { .. })));
    let declares = format!("<!DOCTYPE rss [<!ENTITY a \"b\">]>{}", item(""));
    assert!(read(declares, Lang::En).unwrap_err().to_string().contains("document type"));
    let (found, _) = read(item("<description>&a; caf&eacute; &amp;lt;</description>"), Lang::En).unwrap();
    assert_eq!(found[0].product.description, "&a; café <");
    let cut = item("").replace("</rss>", "");
    assert!(matches!(read(cut, Lang::En), Err(FeedFault::BrokenXml { .. })));
    assert!(matches!(read("<a><b>c</b></a>", Lang::En), Err(FeedFault::NoItems)));
}

#[test]
fn files_of_one_feed_and_their_packing_are_bounded() {
    use comptoir_catalog::feed::bounds::{SOURCES_MAX, UNPACKED_TIMES_MAX};
    use comptoir_catalog::feed::{self, FeedFault, Quiet, Settings};
    use std::io::Write;
    let settings = Settings::new(comptoir_catalog::model::Currency::EUR, Lang::En);
    let read_all = |files: Vec<String>| {
        let files = files.into_iter().map(std::io::Cursor::new).collect();
        feed::read_all(files, &settings, &mut feed::scratch::in_memory(), &mut Quiet, &mut |_| Ok(()))
    };
    let file = |number: usize| format!("id,title,price,link\nP{number},T,1.00,https://x.example\n");
    assert_eq!(read_all((0..SOURCES_MAX).map(file).collect()).unwrap().report.products, SOURCES_MAX as u64);
    assert!(matches!(read_all((0..=SOURCES_MAX).map(file).collect()), Err(FeedFault::TooManyFiles)));

    // Blank lines behind a feed pack well; incompressible bytes in a comment set the ratio.
    let packed = |blanks: usize| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(file(1).as_bytes()).unwrap();
        packer.write_all(&vec![b'\n'; blanks]).unwrap();
        packer.finish().unwrap()
    };
    let times = |blanks: usize| (file(1).len() + blanks) as u64 / packed(blanks).len() as u64;
    let (under, over) = (8_000, 64_000);
    assert!(times(under) < UNPACKED_TIMES_MAX && times(over) > UNPACKED_TIMES_MAX, "{} {}", times(under), times(over));
    assert_eq!(read(packed(under), Lang::En).unwrap().0.len(), 1);
    assert!(matches!(read(packed(over), Lang::En), Err(FeedFault::UnpacksTooFar)));
}
