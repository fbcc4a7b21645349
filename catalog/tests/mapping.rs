//! Files whose columns a merchant explains: mappings, value maps, tax, refused rows.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use comptoir_catalog::feed::bounds::RAW_ROWS_BYTES_MAX;
use comptoir_catalog::feed::{self, FeedFault, Found, Mapping, MappingFault, Outcome, Quiet, Settings, ValueMap};
use comptoir_catalog::model::{Availability, Currency, Product, TaxRate};
use comptoir_catalog::words::Lang;

/// A file that no table of names knows.
const POELES: &str = "Code interne;Article;PU (HT);Dispo;Récupérateurs;Fiche\n\
    P-1;Poêle Ardoise;8,325;Rupture définitive;Air / eau;p/1\n\
    P-2;Poêle Brume;100,00;dispo;AIR/EAU,solaire;p/2\n\
    P-3;Poêle Cendre;55,50;EN STOCK;;/p/3\n";

const COLUMNS: &str = r#"{
    "columns": [
        {"column": "code interne", "field": "sku"},
        {"column": "Article", "field": "title"},
        {"column": "PU (HT)", "field": "price_without_tax"},
        {"column": "Dispo", "field": "availability"},
        {"column": "Recuperateurs", "field": "attribute", "name": "chaleur"},
        {"column": "Fiche", "field": "link"}
    ],
    "values": [
        {"column": "Dispo", "from": "rupture DEFINITIVE", "to": "out_of_stock"},
        {"column": "Dispo", "from": "dispo", "to": ["in_stock"]},
        {"column": "Récupérateurs", "from": "air / eau", "to": ["air", "eau"]},
        {"column": "Récupérateurs", "from": "air/eau", "to": ["air", "eau"]}
    ],
    "link_base": "https://boutique.example/fr/", "tax_rate": 20
}"#;

fn read_with(text: &str, mapping: Option<Mapping>, settings: &Settings) -> Result<(Vec<Found>, Outcome), FeedFault> {
    let settings = settings.clone().with_mapping(mapping);
    let mut found = Vec::new();
    let source = std::io::Cursor::new(text);
    let outcome = feed::read(source, &settings, &mut feed::scratch::in_memory(), &mut Quiet, &mut |product| {
        found.push(product);
        Ok(())
    })?;
    Ok((found, outcome))
}

fn french() -> Settings {
    Settings::new(Currency::EUR, Lang::Fr)
}

fn mapping(json: &str) -> Mapping {
    Mapping::of_json(json.as_bytes()).unwrap()
}

fn price(product: &Product) -> String {
    product.variants[0].price.unwrap().at(0).to_string()
}

fn fault_of(text: &str, mapping: Mapping) -> String {
    read_with(text, Some(mapping), &french()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn a_file_that_nobody_recognises_is_read_by_its_mapping() {
    let (found, outcome) = read_with(POELES, Some(mapping(COLUMNS)), &french()).unwrap();
    assert_eq!(outcome.faults.first, []);
    let products: Vec<&Product> = found.iter().map(|found| &found.product).collect();
    assert_eq!(
        products.iter().map(|product| price(product)).collect::<Vec<_>>(),
        ["9.99 EUR", "120.00 EUR", "66.60 EUR"]
    );
    let availability: Vec<Availability> = products.iter().map(|product| product.variants[0].availability).collect();
    assert_eq!(availability, [Availability::OutOfStock, Availability::InStock, Availability::InStock]);
    let links: Vec<&str> = products.iter().filter_map(|product| product.link.as_deref()).collect();
    assert_eq!(
        links,
        ["https://boutique.example/fr/p/1", "https://boutique.example/fr/p/2", "https://boutique.example/p/3"]
    );
    let heat = |product: &Product| {
        product
            .attributes
            .iter()
            .find(|attribute| attribute.name == "chaleur")
            .map(|attribute| attribute.values.clone())
    };
    assert_eq!(heat(products[0]).unwrap(), ["air", "eau"]);
    assert_eq!(heat(products[1]).unwrap(), ["air", "eau", "solaire"]);
    assert_eq!(heat(products[2]), None);
}

#[test]
fn a_mapping_reads_back_as_it_was_written() {
    let written = mapping(COLUMNS);
    let json = serde_json::to_string(&written).unwrap();
    assert_eq!(mapping(&json), written);
    for (json, word) in [
        ("{\"columns\": [{\"column\": \"a\", \"field\": \"colour\"}]}", "colour"),
        ("{\"colums\": []}", "colums"),
        ("{\"tax_rate\": \"a lot\"}", "a lot"),
    ] {
        let told = Mapping::of_json(json.as_bytes()).unwrap_err().to_string();
        assert!(told.contains(word), "{told}");
    }
}

#[test]
fn values_that_differ_in_case_and_accents_become_one() {
    let text = "id,title,price,finition\n1,A,1.00,Noir mat\n2,B,1.00,NOIR  MAT\n3,C,1.00,Chêne\n";
    let maps = r#"{"values": [{"column": "finition", "from": "noir mat", "to": "noir"}]}"#;
    let (found, _) = read_with(text, Some(mapping(maps)), &french()).unwrap();
    let values: Vec<&str> = found.iter().map(|found| found.product.attributes[0].values[0].as_str()).collect();
    assert_eq!(values, ["noir", "noir", "Chêne"]);
}

#[test]
fn a_recognised_file_is_corrected_column_by_column() {
    let text = "Référence;Désignation;Libellé;Prix TTC;Promo web\nR1;DES-1;Lampe dorée;20,00;15,00\n";
    let (found, outcome) = read_with(text, None, &french()).unwrap();
    assert_eq!(found[0].product.title, "DES-1");
    assert_eq!(outcome.report.unused_columns, ["Libellé"]);
    let corrected = r#"{"columns": [
        {"column": "Libellé", "field": "title"}, {"column": "Promo web", "field": "sale_price"}
    ]}"#;
    let (found, outcome) = read_with(text, Some(mapping(corrected)), &french()).unwrap();
    assert_eq!((found[0].product.title.as_str(), price(&found[0].product).as_str()), ("Lampe dorée", "15.00 EUR"));
    assert_eq!(outcome.report.unused_columns, ["Désignation"]);
}

#[test]
fn prices_with_and_without_tax_stay_apart() {
    let both = "Réf;Nom;Prix (HT);Prix (TTC)\nR1;Lampe;10,00;12,00\n";
    let (found, outcome) = read_with(both, None, &french()).unwrap();
    assert_eq!(
        (price(&found[0].product).as_str(), outcome.report.unused_columns),
        ("12.00 EUR", vec!["Prix (HT)".into()])
    );
    let without = "Réf;Nom;Prix (HT);Prix promo\nR1;Lampe;10,00;8,00\n";
    assert!(matches!(read_with(without, None, &french()), Err(FeedFault::TaxRateMissing { .. })));
    let taxed = french().with_tax_rate(TaxRate::new("20").ok());
    let (found, _) = read_with(without, None, &taxed).unwrap();
    let price = found[0].product.variants[0].price.unwrap();
    assert_eq!((price.regular.to_string().as_str(), price.at(0).to_string().as_str()), ("12.00 EUR", "9.60 EUR"));
    let either = "ID;Name;Price tax excluded or Price tax included\n1;Lamp;10.00\n";
    let said = |field: &str| {
        let column = "Price tax excluded or Price tax included";
        mapping(&format!(
            r#"{{"columns": [
                {{"column": "ID", "field": "id"}}, {{"column": "Name", "field": "title"}},
                {{"column": "{column}", "field": "{field}"}}
            ]}}"#
        ))
    };
    let priced = |field| read_with(either, Some(said(field)), &taxed).map(|(found, _)| self::price(&found[0].product));
    assert_eq!([priced("price").unwrap(), priced("price_without_tax").unwrap()], ["10.00 EUR", "12.00 EUR"]);
}

#[test]
fn a_column_can_name_the_currency_of_its_prices() {
    let text = "Réf;Nom;Prix TTC (CHF)\nR1;Lampe;12,00\nR2;Vase;9,00 €\n";
    let (found, _) = read_with(text, None, &french()).unwrap();
    assert_eq!([price(&found[0].product), price(&found[1].product)], ["12.00 CHF", "9.00 EUR"]);
}

#[test]
fn decimals_that_no_cell_tells_are_said_once() {
    let text = "id;title;price\n1;A;489,000\n2;B;12,500\n";
    let (_, outcome) = read_with(text, None, &french()).unwrap();
    assert_eq!(outcome.faults.rejected, 2);
    let prices = |mark: &str| {
        let said = mapping(&format!(r#"{{"decimals": "{mark}"}}"#));
        let (found, _) = read_with(text, Some(said), &french()).unwrap();
        found.iter().map(|found| price(&found.product)).collect::<Vec<_>>()
    };
    assert_eq!(prices("dot"), ["489000.00 EUR", "12500.00 EUR"]);
    assert_eq!(prices("comma"), ["489.00 EUR", "12.50 EUR"]);
}

#[test]
fn a_mapping_that_does_not_fit_says_what_to_do() {
    let of = |json: &str| mapping(json);
    for (json, word) in [
        (r#"{"columns": [{"column": "Couleur", "field": "title"}]}"#, "`Couleur`"),
        (r#"{"columns": [{"column": "Dispo", "field": "stock"}, {"column": "DISPO", "field": "tags"}]}"#, "twice"),
        (r#"{"columns": [{"column": "Dispo", "field": "title"}, {"column": "Fiche", "field": "title"}]}"#, "`Fiche`"),
        (r#"{"header": ["Article", "Prix"]}"#, "header has changed: `Prix` are gone and `Code interne`"),
    ] {
        let told = fault_of(POELES, of(json));
        assert!(told.contains(word), "{told}");
    }
    let many = of(r#"{"columns": [{"column": "Code interne", "field": "sku"}, {"column": "Article", "field": "title"},
        {"column": "PU (HT)", "field": "price"}, {"column": "Dispo", "field": "availability"}],
        "values": [{"column": "Dispo", "from": "x", "to": ["in_stock", "preorder"]}]}"#);
    assert!(fault_of(POELES, many.clone()).contains("takes one value"));
    let mut twice = many;
    twice.values[0].to.truncate(1);
    twice.values.push(ValueMap { from: "X".to_owned(), ..twice.values[0].clone() });
    assert!(fault_of(POELES, twice).contains("mapped twice"));
}

#[test]
fn another_order_of_the_same_columns_is_the_same_header() {
    let mut said = mapping(COLUMNS);
    let header = "Fiche,Récupérateurs,Dispo,PU (HT),Article,Code interne";
    said.header = header.split(',').map(str::to_owned).collect();
    assert!(read_with(POELES, Some(said.clone()), &french()).is_ok());
    said.header.push("Couleur".to_owned());
    let changed = read_with(POELES, Some(said), &french()).map(|_| ());
    assert!(matches!(changed, Err(FeedFault::Mapping(MappingFault::HeaderChanged { .. }))));
}

#[test]
fn another_mapping_writes_the_products_again() {
    let text = "id;title;price\n1;A;1,00\n";
    let hash = |mapping| read_with(text, mapping, &french()).unwrap().0[0].hash;
    assert_eq!(hash(None), hash(None));
    assert_ne!(hash(None), hash(Some(mapping(r#"{"columns": [{"column": "price", "field": "price"}]}"#))));
}

#[test]
fn a_refused_row_is_kept_as_the_file_has_it() {
    let text =
        "id;title;price;color\n1;A;12,9O;'=red\n2;B;1,00;blue\n3;C;1,00;a;b\n4;\"open;1,00;x\n5;E;2,00;y\n;F;1,00;z\n";
    let maps = mapping(r#"{"values": [{"column": "color", "from": "=red", "to": "rouge"}]}"#);
    let (_, outcome) = read_with(text, Some(maps), &french()).unwrap();
    let rows: Vec<(u64, Vec<String>)> =
        outcome.faults.first.iter().map(|fault| (fault.line, fault.row.clone().unwrap().cells)).collect();
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    assert!(rows.contains(&(2, row(&["1", "A", "12,9O", "=red"]))), "{rows:?}");
    assert!(rows.contains(&(4, row(&["3", "C", "1,00", "a", "b"]))), "{rows:?}");
    assert!(rows.contains(&(5, row(&["4;\"open;1,00;x\n"]))), "{rows:?}");
    assert!(rows.contains(&(7, row(&["", "F", "1,00", "z"]))), "{rows:?}");
    assert_eq!(rows.len(), 4);
}

#[test]
fn a_corrected_report_of_refused_rows_is_imported_as_it_is() {
    let text = "line,code,column,value,what to do,id,title,price,stock\n\
        \"3\",\"unreadable_price\",\"price\",\"12,9O\",\"write it\",\"'-7\",\"'=Lamp\",\"12.90\",\"'-2\"\n";
    let (found, outcome) = read_with(text, None, &french()).unwrap();
    assert_eq!(outcome.faults.first, []);
    let lamp = &found[0].product;
    assert_eq!((lamp.id.as_str(), lamp.title.as_str(), lamp.attributes.len()), ("-7", "=Lamp", 0));
    assert_eq!(lamp.variants[0].availability, Availability::OutOfStock);
}

#[test]
fn refused_rows_are_kept_up_to_a_bound_and_their_faults_all_the_same() {
    let long = "x".repeat(15_000);
    let mut text = String::from("id;title;price\n");
    for row in 0..600 {
        text.push_str(&format!("{row};{long};dear\n"));
    }
    let (_, outcome) = read_with(&text, None, &french()).unwrap();
    let kept = outcome.faults.first.iter().filter(|fault| fault.row.is_some()).count();
    let refused = outcome.faults.first.iter().filter(|fault| !fault.is_warning()).count();
    assert_eq!((outcome.faults.rejected, refused), (600, 600));
    assert!(kept > 200 && kept * 15_000 <= RAW_ROWS_BYTES_MAX, "{kept}");
}
