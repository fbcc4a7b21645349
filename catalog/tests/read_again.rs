//! A feed read again: what is known of it is passed over, and nothing else.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use std::collections::HashSet;
use std::io::Write;

use common::read;
use comptoir_catalog::feed::{self, Encoding, Found, Outcome, Settings, Watch};
use comptoir_catalog::model::Currency;
use comptoir_catalog::words::Lang;

const GOOGLE: &str = include_str!("data/google.csv");
const SHOPIFY_OLDER: &str = include_str!("data/shopify-older.csv");
const SHOPIFY_NEWER: &str = include_str!("data/shopify-newer.csv");

fn faults(outcome: &Outcome) -> Vec<String> {
    outcome.faults.first.iter().map(ToString::to_string).collect()
}

/// Knows products by the hash of their rows.
struct Knowing {
    hashes: HashSet<u64>,
    compares: bool,
}

impl Watch for Knowing {
    fn compares(&self) -> bool {
        self.compares
    }

    fn knows(&mut self, hash: u64) -> bool {
        self.hashes.remove(&hash)
    }
}

/// What reading a feed again hands on, where these products are known, and what it comes to.
fn read_again(text: &str, known: &[Found]) -> (Vec<Found>, Outcome) {
    let hashes = known.iter().map(|found| found.hash).collect();
    read_knowing(text.as_bytes(), Knowing { hashes, compares: true })
}

fn read_knowing(bytes: &[u8], knowing: Knowing) -> (Vec<Found>, Outcome) {
    feed_knowing(bytes, &Settings::new(Currency::EUR, Lang::En), knowing).unwrap()
}

fn feed_knowing(
    bytes: &[u8],
    settings: &Settings,
    mut knowing: Knowing,
) -> Result<(Vec<Found>, Outcome), feed::FeedFault> {
    let (mut found, mut aside) = (Vec::new(), feed::scratch::in_memory());
    let outcome = feed::read(std::io::Cursor::new(bytes), settings, &mut aside, &mut knowing, &mut |product| {
        found.push(product);
        Ok(())
    })?;
    Ok((found, outcome))
}

#[test]
fn a_feed_read_again_hands_on_what_differs_only() {
    for text in [GOOGLE, SHOPIFY_OLDER, SHOPIFY_NEWER, include_str!("data/dialects/woocommerce-en.csv")] {
        let (before, first) = read(text, Lang::En).unwrap();
        let (again, outcome) = read_again(text, &before);
        assert_eq!((again, outcome.report.products), (vec![], first.report.products));
    }
    let (before, _) = read(GOOGLE, Lang::En).unwrap();
    let (again, outcome) = read_again(&GOOGLE.replace("349.00", "329.00"), &before);
    let ids: Vec<&str> = again.iter().map(|found| found.product.id.as_str()).collect();
    assert_eq!((ids, outcome.report.products), (vec!["RUG-1"], 8));
    // The same cells under another name, or beside other decimals, are other products.
    assert_eq!(read_again(&GOOGLE.replace(",finish", ",surface"), &before).0.len(), 8);
    let thousand = "id,title,price,link\nA,One,\"12,500\",https://x.example/a\n";
    let (before, _) = read(thousand, Lang::En).unwrap();
    let (again, _) = read_again(&format!("{thousand}B,Two,\"12,50\",https://x.example/b\n"), &before);
    assert_eq!(again.len(), 2);
}

#[test]
fn faults_of_a_feed_read_again_are_told_again() {
    let text = "id,title,price,availability,link\n\
        A,One,1.00,in stock,https://x.example/a\n\
        B,Two,2.00,perhaps,https://x.example/b\n\
        C,Three,dear,in stock,https://x.example/c\n\
        D,Four,4.00,in stock,https://x.example/d\n\
        A,Again,5.00,in stock,https://x.example/e\n";
    let (before, first) = read(text, Lang::En).unwrap();
    assert_eq!((first.faults.rejected, first.faults.warnings), (2, 1));
    let (again, outcome) = read_again(text, &before);
    assert_eq!(outcome.faults, first.faults);
    // Handed on because of what is told of them; whoever compares finds them unchanged.
    assert!(again.iter().all(|found| before.contains(found)));
    let ids: Vec<&str> = again.iter().map(|found| found.product.id.as_str()).collect();
    assert_eq!(ids, ["B", "A"]);
}

#[test]
fn a_sku_of_a_known_product_is_still_its_own() {
    let text = "id,sku,title,price\n1,S,One,1.00\n2,T,Two,2.00\n";
    let (before, _) = read(text, Lang::En).unwrap();
    let (again, outcome) = read_again(&format!("{text}3,S,Three,3.00\n"), &before);
    assert!(again.is_empty());
    assert_eq!(faults(&outcome), ["line 4: sku `S` was already given on line 2; give every variant its own"]);
}

#[test]
fn a_known_product_whose_sku_went_to_an_earlier_one_is_told_of_it() {
    let (before, _) = read("id,sku,title,price\n1,R,One,1.00\n2,S,Two,2.00\n", Lang::En).unwrap();
    let now = "id,sku,title,price\n1,S,One,1.00\n2,S,Two,2.00\n";
    let (again, outcome) = read_again(now, &before);
    let ids: Vec<&str> = again.iter().map(|found| found.product.id.as_str()).collect();
    assert_eq!(ids, ["1"]);
    assert_eq!(faults(&outcome), ["line 3: sku `S` was already given on line 2; give every variant its own"]);
}

#[test]
fn a_derived_sku_of_a_known_product_is_its_own_too() {
    let told = |text: &str, sku: &str, line: u64, first: u64| {
        let (before, _) = read(text, Lang::En).unwrap();
        let rows = format!("{text}New,New,Color,Red,{sku},3.00\n");
        let (again, outcome) = read_again(&rows, &before);
        let ids: Vec<&str> = again.iter().map(|found| found.product.id.as_str()).collect();
        let sentence =
            format!("line {line}: sku `{sku}` was already given on line {first}; give every variant its own");
        assert_eq!((ids, faults(&outcome)), (vec![], vec![sentence]), "{sku}");
    };
    let header = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n";
    told(&format!("{header}mug,Mug,Color,Blue,,1.00\nmug,,,Green,,1.00\n"), "mug:Green", 4, 3);
    told(&format!("{header}lamp,Lamp,Title,Default Title,,1.00\n"), "lamp", 3, 2);
    // And the other way round: an earlier one has taken what a known one derives.
    let known = format!("{header}first,First,Title,Default Title,A,1.00\nlamp,Lamp,Title,Default Title,,1.00\n");
    let (before, _) = read(&known, Lang::En).unwrap();
    let (_, outcome) = read_again(&known.replace(",A,", ",lamp,"), &before);
    assert_eq!(faults(&outcome), ["line 3: sku `lamp` was already given on line 2; give every variant its own"]);
}

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }

    /// Some text of at most so many letters, which no packing makes a hundred times smaller.
    fn letters(&mut self, most: usize) -> String {
        const LETTERS: [char; 8] = ['a', 'b', 'é', ' ', 'l', '.', 'M', '3'];
        (0..self.below(most)).map(|_| LETTERS[self.below(LETTERS.len())]).collect()
    }

    fn any<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

const HEADERS: [&str; 4] = [
    "id,item_group_id,title,price,link,description\n",
    "ID,Type,SKU,Name,Published,Regular price,Parent,Description\n",
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n",
    "sku,store_view_code,attribute_set_code,product_type,name,price,configurable_variations\n",
];

/// A row of a dialect, as shops write it on a bad day.
fn row(dialect: usize, dice: &mut Dice) -> String {
    let id = dice.below(40);
    let group = dice.any(&["", "", "G1", "G2", "g é"]);
    let price = dice.any(&["1.00", "12.50", "12.50", "", "dear"]);
    let text = match dice.below(6) {
        0 => format!("\"two\nlines, {}\"", dice.letters(1_000)),
        1 => dice.letters(9_000),
        _ => dice.any(&["plain", "\"a \"\"b\"\"\"", ""]).to_owned(),
    };
    match (dice.below(24), dialect) {
        (0, _) => String::from("\r\n\n"),
        (1, _) => format!("{id},\"never closed,{price}\n"),
        (2, _) => format!("{id},a,b,c,d,e,f,g,h,i,too,many\n"),
        (3, _) => format!(",,,{price},,\n"),
        (_, 0) => format!("{id},{group},{text},{price},https://x.example/{id},{text}\n"),
        (_, 1) => {
            let kind = dice.any(&["simple", "variable", "variation", "variation"]);
            let parent = if kind == "variation" { dice.any(&["id:3", "id:7", "S4", "S5"]) } else { "" };
            format!("{},{kind},S{id},{text},1,{price},{parent},x\r\n", id / 2)
        }
        (_, 2) => format!("H{},{text},Size,{id},{},{price}\n", id / 3, dice.any(&["", "S1", "S2"])),
        (_, _) => {
            let store = dice.any(&["", "", "fr"]);
            let children = dice.any(&["", "", "sku=3,size=S|sku=4,size=M", "sku=9,size=L"]);
            let kind = if children.is_empty() { "simple" } else { "configurable" };
            format!("{id},{store},Default,{kind},{text},{price},\"{children}\"\n")
        }
    }
}

/// The bytes of a text in the encodings that shops use, packed or not.
fn bytes_of(text: &str, kind: usize) -> Vec<u8> {
    match kind {
        0 => text.as_bytes().to_vec(),
        1 => format!("\u{feff}{text}").into_bytes(),
        2 => text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
        3 => std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        _ => packed(text.as_bytes()),
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn passing_over_what_is_known_changes_nothing_of_what_is_read() {
    let mut dice = Dice(11);
    let mut passed_over = 0;
    for round in 0..60 {
        let dialect = round % HEADERS.len();
        let count = 4 + dice.below(120);
        let mut rows: Vec<String> = (0..count).map(|_| row(dialect, &mut dice)).collect();
        let first = format!("{}{}", HEADERS[dialect], rows.concat());
        let kind = dice.below(5);
        let Ok((before, _)) = read(bytes_of(&first, kind), Lang::En) else { continue };
        for _ in 0..dice.below(4) {
            let at = dice.below(rows.len());
            rows[at] = row(dialect, &mut dice);
        }
        let now = bytes_of(&format!("{}{}", HEADERS[dialect], rows.concat()), kind);
        let hashes: HashSet<u64> = before.iter().filter(|_| dice.below(8) > 0).map(|found| found.hash).collect();
        let one_by_one = read_knowing(&now, Knowing { hashes: hashes.clone(), compares: false });
        let passing = read_knowing(&now, Knowing { hashes, compares: true });
        assert_eq!(passing, one_by_one, "round {round}");
        passed_over += passing.1.report.products - passing.0.len() as u64;
    }
    assert!(passed_over > 100, "{passed_over}");
}

const FILES: [&[u8]; 12] = [
    GOOGLE.as_bytes(),
    SHOPIFY_OLDER.as_bytes(),
    SHOPIFY_NEWER.as_bytes(),
    include_bytes!("data/maison.csv"),
    include_bytes!("data/dialects/woocommerce-fr.csv"),
    include_bytes!("data/dialects/woocommerce-de.csv"),
    include_bytes!("data/dialects/magento.csv"),
    include_bytes!("data/dialects/prestashop.csv"),
    include_bytes!("data/dialects/meta.csv"),
    include_bytes!("data/dialects/home-made-en.csv"),
    include_bytes!("data/dialects/google-rss.xml"),
    include_bytes!("data/dialects/google-atom.xml"),
];
const PIECES: [&[u8]; 14] = [
    b"",
    b",",
    b";",
    b"\t",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xe9",
    "é".as_bytes(),
    b"12,50",
    b"<item>",
    b"]]>",
];

/// Bytes of a good file after a few accidents.
fn broken(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = FILES[dice.below(FILES.len())].to_vec();
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len().max(1));
        let end = (at + dice.below(80)).min(bytes.len());
        let other = dice.below(bytes.len().max(1));
        match dice.below(5) {
            0 => drop(bytes.splice(at..end, [])),
            1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            2 => drop(bytes.splice(other..other, bytes[at..end].to_vec())),
            3 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << dice.below(8)),
            _ => {
                // A line stands somewhere else as well.
                let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let line = lines[dice.below(lines.len())].to_vec();
                let place = lines[..dice.below(lines.len())].iter().map(|line| line.len()).sum::<usize>();
                bytes.splice(place..place, line);
            }
        }
    }
    bytes
}

/// `HOSTILE_TIMES=100` goes on a hundred times as long.
#[test]
fn a_broken_file_read_again_comes_to_the_same_whatever_is_known_of_it() {
    let times: usize = std::env::var("HOSTILE_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let mut dice = Dice(29);
    let mut read_again = 0;
    for round in 0..150 * times {
        let bytes = broken(&mut dice);
        let Ok((all, first)) = read(&bytes, Lang::Fr) else { continue };
        assert_eq!(first.report.products, all.len() as u64, "round {round}");
        let hashes: HashSet<u64> = all.iter().filter(|_| dice.below(4) > 0).map(|found| found.hash).collect();
        let again = |compares| {
            let knowing = Knowing { hashes: hashes.clone(), compares };
            feed_knowing(&bytes, &Settings::new(Currency::EUR, Lang::Fr), knowing).unwrap()
        };
        let passing = again(true);
        assert_eq!(passing, again(false), "round {round}");
        assert_eq!(
            (passing.1.report.products, &passing.1.faults),
            (first.report.products, &first.faults),
            "round {round}"
        );
        assert!(passing.0.iter().all(|found| all.contains(found)), "round {round}: something else was handed on");
        let unknown = all.iter().filter(|found| !hashes.contains(&found.hash));
        assert!(
            unknown.into_iter().all(|found| passing.0.contains(found)),
            "round {round}: passed over, and not known"
        );
        read_again += usize::from(!hashes.is_empty());
    }
    assert!(read_again > 30, "{read_again} broken files had a product");
}

#[test]
fn a_file_that_stops_being_utf8_late_is_read_from_its_start_as_windows_1252() {
    let rows: String = (0..9_000).map(|id| format!("{id},Lampe dorée {id},12.50\n")).collect();
    for tail in [&b"last,Caf\xe9,1.00\n"[..], b"last,Lamp,1.00\n\xc3"] {
        let bytes = [b"id,title,price\n", rows.as_bytes(), tail].concat();
        for bytes in [packed(&bytes), bytes] {
            let (found, outcome) = read(bytes, Lang::Fr).unwrap();
            assert_eq!((outcome.report.encoding, found.len()), (Encoding::Windows1252, 9_001));
            assert_eq!(found[0].product.title, "Lampe dorÃ©e 0");
        }
    }
}
