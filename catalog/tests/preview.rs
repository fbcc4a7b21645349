//! What a merchant is shown of a file before it is imported.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use comptoir_catalog::feed::bounds::PREVIEW_ROWS_MAX;
use comptoir_catalog::feed::{self, Confidence, Field, Mapping, Missing, Preview, PreviewColumn, Settings};
use comptoir_catalog::model::{Currency, TaxRate};
use comptoir_catalog::words::Lang;

const MAISON: &str = include_str!("data/maison.csv");
const SHOPIFY: &str = include_str!("data/shopify-newer.csv");

/// A file whose columns no table of names knows.
const POELES: &str = "Code interne;Appellation;Notre prix HT;Web dispo;Récupérateurs;Voir;Vignette\n\
    P-1;Poêle Ardoise;890,00;Rupture définitive;air,eau;https://b.example/1;https://b.example/1.jpg\n\
    P-2;Poêle Brume;1 090,00;en stock;eau;https://b.example/2;https://b.example/2.jpg\n\
    P-3;Poêle Cendre;550,00;en stock;air;https://b.example/3;https://b.example/3.jpg\n\
    P-4;Poêle Dune;12,9O;en stock;air,eau;https://b.example/4;https://b.example/4.jpg\n";

fn french() -> Settings {
    Settings::new(Currency::EUR, Lang::Fr)
}

fn shown(text: &str, settings: &Settings) -> Preview {
    feed::preview(std::io::Cursor::new(text), settings, PREVIEW_ROWS_MAX).unwrap()
}

fn column<'p>(preview: &'p Preview, name: &str) -> &'p PreviewColumn {
    preview.columns.iter().find(|column| column.name == name).unwrap()
}

#[test]
fn a_file_by_hand_is_shown_with_its_columns_and_a_dry_run() {
    let preview = shown(MAISON, &french());
    assert_eq!((preview.encoding.name(), preview.separator), ("UTF-8", "semicolon"));
    assert_eq!((preview.rows, preview.products, preview.rejected), (10, 10, 0));
    assert_eq!((preview.missing, preview.examples.len()), (vec![], 5));
    assert_eq!(preview.examples[0].title, "Table basse en chêne");
    let preview = shown(MAISON, &french());
    let price = column(&preview, "Prix TTC");
    assert_eq!((&price.field, price.confidence), (&Field::Price, Confidence::Likely));
    assert_eq!(price.samples, ["1 249,00 €", "89,90", "59,00"]);
    let family = column(&preview, "Famille");
    assert_eq!(family.distinct[0], ("Meubles".to_owned(), 3));
    let warranty = column(&preview, "Garantie");
    assert_eq!(warranty.field, Field::Attribute { name: "Garantie".to_owned() });
    assert_eq!(warranty.confidence, Confidence::None);
    assert_eq!(warranty.distinct, [("5 ans".to_owned(), 2), ("2 ans".to_owned(), 2), ("10 ans".to_owned(), 1)]);
}

#[test]
fn a_platforms_own_export_is_certain() {
    let preview = shown(SHOPIFY, &french());
    assert!(preview.columns.iter().all(|column| column.confidence == Confidence::Certain), "{:?}", preview.columns);
    assert_eq!(column(&preview, "Option1 name").field, Field::AsRecognised);
    assert_eq!(preview.mapping.columns, []);
}

#[test]
fn what_no_name_tells_is_guessed_and_what_is_missing_is_asked() {
    let preview = shown(POELES, &french());
    assert_eq!(preview.missing, [Missing::TaxRate]);
    for (name, field) in [
        ("Code interne", Field::Sku),
        ("Appellation", Field::Title),
        ("Notre prix HT", Field::PriceWithoutTax),
        ("Web dispo", Field::Availability),
        ("Voir", Field::Link),
        ("Vignette", Field::Image),
    ] {
        let column = column(&preview, name);
        assert_eq!((&column.field, column.confidence), (&field, Confidence::Guess), "{name}");
    }
    assert_eq!((preview.rows, preview.products, preview.rejected), (4, 3, 1));
    assert_eq!(
        preview.faults.iter().map(|fault| fault.kind.code()).collect::<Vec<_>>(),
        ["unknown_availability", "unreadable_price"]
    );
    // The words of a list are counted one by one, ready for a value map.
    assert_eq!(column(&preview, "Récupérateurs").distinct, [("air".to_owned(), 3), ("eau".to_owned(), 3)]);
    assert_eq!(column(&preview, "Web dispo").distinct[0], ("en stock".to_owned(), 3));
}

#[test]
fn the_mapping_that_is_shown_imports_the_file() {
    let preview = shown(POELES, &french());
    let settings = french().with_tax_rate(TaxRate::new("20").ok()).with_mapping(Some(preview.mapping));
    let mut titles = Vec::new();
    let outcome = feed::read(
        std::io::Cursor::new(POELES),
        &settings,
        &mut feed::scratch::in_memory(),
        &mut feed::Quiet,
        &mut |found| {
            titles.push(found.product.title);
            Ok(())
        },
    )
    .unwrap();
    assert_eq!((titles.len(), outcome.faults.rejected), (3, 1));
    assert!(
        shown(POELES, &settings)
            .columns
            .iter()
            .filter(|column| column.name != "Récupérateurs")
            .all(|column| column.confidence == Confidence::Certain)
    );
}

#[test]
fn decimals_and_tax_that_cannot_be_told_are_asked() {
    let unclear = shown("id;title;price\n1;A;489,000\n2;B;12,500\n", &french());
    assert_eq!((unclear.missing, unclear.rejected), (vec![Missing::Decimals], 2));
    let said = Mapping::of_json(br#"{"decimals": "comma"}"#).unwrap();
    let told = shown("id;title;price\n1;A;489,000\n2;B;12,500\n", &french().with_mapping(Some(said)));
    assert_eq!((told.missing, told.rejected), (vec![], 0));
    let nothing = shown("a;b\nx;y\n", &french());
    assert_eq!(nothing.missing, [Missing::Id, Missing::Title, Missing::Price]);
    assert_eq!(nothing.columns.len(), 2);
}

#[test]
fn a_mapping_for_another_header_is_put_on_what_is_left_and_the_difference_told() {
    let settings = french().with_tax_rate(TaxRate::new("20").ok());
    let mut saved = shown(POELES, &settings).mapping;
    saved.header.retain(|name| name != "Voir");
    saved.header.push("Couleur".to_owned());
    let preview = shown(POELES, &settings.with_mapping(Some(saved)));
    assert_eq!((preview.gone, preview.added), (vec!["Couleur".to_owned()], vec!["Voir".to_owned()]));
    assert_eq!((preview.products, preview.missing), (3, vec![]));
    assert_eq!(preview.mapping.header.len(), 7);
}

#[test]
fn only_the_first_rows_are_tried() {
    let mut text = String::from("id,title,price,link\n");
    for row in 0..5_000 {
        text.push_str(&format!("{row},Lamp {row},1.00,https://b.example/{row}\n"));
    }
    let preview = shown(&text, &french());
    assert_eq!((preview.rows, preview.products, preview.examples.len()), (100, 100, 5));
    assert_eq!(column(&preview, "title").distinct, []);
}
