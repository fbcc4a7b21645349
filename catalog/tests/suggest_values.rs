//! Colours, sizes, materials and stock, read by a catalog's own words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use std::sync::Arc;

use common::{indexed, read as feed};
use comptoir_catalog::model::Currency;
use comptoir_catalog::suggest::{Constraints, Vocabulary, read};
use comptoir_catalog::words::Lang;

const FRENCH: &str = "id;nom;prix;couleur;taille;matière;catégorie\n\
    1;Chaise A;40;Bleu;M;Chêne massif;Chaises\n\
    2;Chaise B;50;Noir;38;Verre;Chaises\n\
    3;Verre C;60;Blanc;42;Cristal;Verres\n\
    4;Tapis D;70;Vert d'eau;160x230;Laine;Tapis\n\
    5;Tapis E;70;Doré;XL;Coton;Tapis\n\
    6;Tapis F;70;Gris;Taille unique;Cuir;Tapis\n";
const ENGLISH: &str = "id,title,price,color,size,material,category\n\
    1,Chair A,40,Blue,M,Solid oak,Chairs\n\
    2,Chair B,50,Black,8,Glass,Chairs\n\
    3,Tumbler C,60,White,10,Crystal,Glasses\n\
    4,Rug D,70,Sea green,5x7,Wool,Rugs\n\
    5,Rug E,70,Grey,XL,Leather,Rugs\n";

/// Read from an index, as suggestions read it.
fn vocabulary(csv: &str, lang: Lang) -> Arc<Vocabulary> {
    let (found, _) = feed(csv, lang).unwrap();
    let (_folder, index) = indexed(found.iter().map(|found| &found.product), lang);
    index.vocabulary(Currency::EUR).unwrap()
}

/// `Bleu`, `-Noir`, several in order of kind and value.
fn written(constraints: &Constraints) -> String {
    let mut all: Vec<String> = constraints
        .values
        .iter()
        .flat_map(|wish| wish.any.iter().map(|value| format!("{}{}", if wish.not { "-" } else { "" }, value.value)))
        .collect();
    all.sort();
    all.join(" ")
}

fn check(vocabulary: &Vocabulary, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(written(&read(text, vocabulary, vocabulary.lang())), *expected, "{text}");
    }
}

#[test]
fn french_values_are_read_with_their_endings() {
    check(
        &vocabulary(FRENCH, Lang::Fr),
        &[
            ("une chaise bleue", "Bleu"),
            ("des chaises bleues", "Bleu"),
            ("des chaises blanches", "Blanc"),
            ("un tapis dore", "Doré"),
            ("en noir ou en blanc", "Blanc Noir"),
            ("un tapis vert d’eau", "Vert d'eau"),
            ("un tapis vert", "Vert d'eau"),
            ("une chaise en chêne", "Chêne massif"),
            ("une table en verre", "Verre"),
            ("un verre", ""),
            ("taille 42", "42"),
            ("taille 38 ou 42", "38 42"),
            ("en M", "M"),
            ("M. Dupont cherche 42 chaises", ""),
            ("un tapis 160 x 230", "160x230"),
            ("un tapis 160×230", ""),
            ("42 euros", ""),
            ("pas d'idée", ""),
            ("je fais du 38, en noir", "38 Noir"),
            ("je porte du M", "M"),
            ("je fais 38 chaises", ""),
            ("elle chausse du 42", "42"),
            ("une lampe sans verre", "-Verre"),
            ("une table sauf en verre", "-Verre"),
            ("une commode pas chère", ""),
            ("je déteste le cuir", "-Cuir"),
        ],
    );
}

#[test]
fn french_values_that_are_refused_are_told_from_those_asked_for() {
    check(
        &vocabulary(FRENCH, Lang::Fr),
        &[
            ("pas en noir", "-Noir"),
            ("pas noir", "-Noir"),
            ("surtout pas de noir", "-Noir"),
            ("tout sauf le noir", "-Noir"),
            ("autre que noir", "-Noir"),
            ("je n'aime pas le noir", "-Noir"),
            ("sans cuir", "-Cuir"),
            ("ni noir ni blanc", "-Blanc -Noir"),
            ("pas en noir ou en blanc", "-Blanc -Noir"),
            ("pas en noir, plutôt en bleu", "-Noir Bleu"),
            ("pas noire mais bleue", "-Noir Bleu"),
            ("vous ne l'avez pas en noir ?", "Noir"),
            ("vous n'avez pas de chaise noire ?", "Noir"),
            ("je ne veux pas dépenser trop, en noir", "Noir"),
        ],
    );
}

#[test]
fn a_misspelt_value_is_read_only_when_one_alone_is_meant() {
    let french = vocabulary(FRENCH, Lang::Fr);
    check(
        &french,
        &[
            ("en blnac", "Blanc"),
            ("en laune", "Laine"),
            ("en cotton", "Coton"),
            ("en noix", ""),
            ("en noyer", ""),
            ("une poire", ""),
            ("une boite", ""),
            ("bonjour madame", ""),
        ],
    );
}

#[test]
fn english_values_are_read_wanted_and_refused() {
    check(
        &vocabulary(ENGLISH, Lang::En),
        &[
            ("a blue chair", "Blue"),
            ("black or white", "Black White"),
            ("not black", "-Black"),
            ("not in black", "-Black"),
            ("anything but black", "-Black"),
            ("I don't like black", "-Black"),
            ("I don't want it in black or white", "-Black -White"),
            ("neither black nor white", "-Black -White"),
            ("no leather", "-Leather"),
            ("without leather please", "-Leather"),
            ("other than black, maybe blue", "-Black Blue"),
            ("do you not have it in black?", "Black"),
            ("sea green rug", "Sea green"),
            ("an oak chair", "Solid oak"),
            ("made of glass", "Glass"),
            ("a glass", ""),
            ("a blue glass chair", "Blue Glass"),
            ("size 8", "8"),
            ("in size M", "M"),
            ("8 chairs", ""),
            ("I'm looking for a 5x7 rug", "5x7"),
            ("blakc please", "Black"),
            ("a bleck chair", "Black"),
            ("while you wait, a great block", ""),
            ("I wear a 10", "10"),
            ("a lamp without glass", "-Glass"),
            ("any colour but black", "-Black"),
            ("I hate leather", "-Leather"),
            ("I'd rather have wool than leather", "-Leather Wool"),
            ("a gray rug", "Grey"),
        ],
    );
}

#[test]
fn what_must_be_in_stock_is_said_in_many_ways() {
    let vocabulary = Vocabulary::empty(Currency::EUR, Lang::Fr);
    let stock = |text: &str| read(text, &vocabulary, Lang::Fr).in_stock;
    for text in [
        "une lampe en stock",
        "disponible tout de suite",
        "available now",
        "something in stock",
        "que vous avez en stock, svp",
        "ready to ship",
    ] {
        assert!(stock(text), "{text}");
    }
    for text in ["pas en stock ?", "elle n'est plus en stock", "out of stock", "une lampe", "not in stock"] {
        assert!(!stock(text), "{text}");
    }
}

#[test]
fn a_wish_is_taken_back_without_another_one() {
    let (french, english) = (vocabulary(FRENCH, Lang::Fr), vocabulary(ENGLISH, Lang::En));
    let said = |vocabulary: &Vocabulary, texts: &[&str]| {
        let read = |text: &&str| read(text, vocabulary, vocabulary.lang());
        let all = texts.iter().map(read).fold(Constraints::default(), |earlier, now| now.after(earlier));
        (written(&all), all.price.is_some())
    };
    let wished = ["une chaise bleue en chêne", "moins de 50 euros"];
    let both = "Bleu Chêne massif";
    for (text, values, priced) in [
        ("peu importe la couleur", "Chêne massif", true),
        ("la couleur m'est égale", "Chêne massif", true),
        ("oubliez le bleu", "Chêne massif", true),
        ("n'importe quelle matière", "Bleu", true),
        ("le prix n'a pas d'importance", both, false),
        ("finalement peu importe le budget", both, false),
        ("n'oubliez pas le bleu", both, true),
        ("quelle couleur avez-vous ?", both, true),
        ("peu importe la couleur, mais pas en noir", "-Noir Chêne massif", true),
        ("peu importe la couleur ou la matière", "", true),
        ("quelle que soit la matière", "Bleu", true),
        ("je ne suis pas difficile sur la couleur", "Chêne massif", true),
        ("pour la couleur, je suis ouvert", "Chêne massif", true),
        ("je n'ai pas de préférence de couleur", "Chêne massif", true),
        ("pas de couleur en particulier", "Chêne massif", true),
        ("toutes les couleurs me vont", "Chêne massif", true),
        ("une autre couleur conviendrait aussi", "Chêne massif", true),
        ("avez-vous une autre couleur ?", both, true),
        ("pas forcément en bleu", "Chêne massif", true),
        ("le bleu n'est pas indispensable", "Chêne massif", true),
        ("je me fiche du prix", both, false),
        ("j'aime beaucoup la couleur, pas de préférence sur le prix", both, false),
    ] {
        let [wish, price] = wished;
        assert_eq!(said(&french, &[wish, price, text]), (values.to_owned(), priced), "{text}");
    }
    for (text, values, priced) in [
        ("never mind the colour", "Solid oak", true),
        ("forget the blue", "Solid oak", true),
        ("the colour doesn't matter", "Solid oak", true),
        ("any material is fine", "Blue", true),
        ("money is no object", "Blue Solid oak", false),
        ("don't forget the blue", "Blue Solid oak", true),
        ("regardless of the price", "Blue Solid oak", false),
        ("any colour is fine", "Solid oak", true),
        ("any colour or material would do", "", true),
        ("whichever colour", "Solid oak", true),
        ("all colours are fine", "Solid oak", true),
        ("another colour would work too", "Solid oak", true),
        ("I'm flexible on the material", "Blue", true),
        ("I'm not picky about colour", "Solid oak", true),
        ("as for the colour, I have no preference", "Solid oak", true),
        ("no colour in particular", "Solid oak", true),
        ("I don't have a colour preference", "Solid oak", true),
        ("it doesn't have to be blue", "Solid oak", true),
        ("blue isn't a must", "Solid oak", true),
        ("do you have any colours?", "Blue Solid oak", true),
        ("what colours do you have?", "Blue Solid oak", true),
        ("black, no preference on material", "Black", true),
    ] {
        let wish = ["a blue chair in oak", "under 50 euros", text];
        assert_eq!(said(&english, &wish), (values.to_owned(), priced), "{text}");
    }
    let colours = |texts: &[&str]| said(&french, texts).0;
    assert_eq!(colours(&["pas en noir", "oubliez le bleu"]), "-Noir", "a refusal stays");
    assert_eq!(colours(&["une chaise noire", "oubliez le bleu"]), "Noir", "it was never asked for");
    assert_eq!(colours(&["en bleu ou noir", "oubliez le bleu"]), "Noir");
    assert_eq!(colours(&["une chaise bleue en chêne, mais peu importe la couleur"]), "Chêne massif");
    assert_eq!(colours(&["peu importe la couleur, plutôt en bleu"]), "Bleu", "said afterwards");
}

#[test]
fn a_later_message_replaces_what_it_names_again() {
    let vocabulary = vocabulary(FRENCH, Lang::Fr);
    let said = |texts: &[&str]| {
        texts.iter().fold(Constraints::default(), |earlier, text| read(text, &vocabulary, Lang::Fr).after(earlier))
    };
    assert_eq!(written(&said(&["une chaise bleue", "finalement en noir"])), "Noir");
    assert_eq!(written(&said(&["une chaise bleue", "en chêne"])), "Bleu Chêne massif");
    assert_eq!(written(&said(&["une chaise bleue", "pas en bleu"])), "-Bleu");
    assert_eq!(written(&said(&["pas en bleu", "en stock"])), "-Bleu");
    assert_eq!(written(&said(&["pas en bleu", "bon, en bleu alors"])), "Bleu");
    let prices = said(&["moins de 50 euros", "en fait moins de 80 euros", "en noir"]);
    assert_eq!(prices.price.unwrap().highest(), Some(7999));
    assert!(said(&["en stock", "bleue"]).in_stock);
    let foreign = said(&["moins de 50 euros", "moins de 60 dollars"]);
    assert_eq!((foreign.price, foreign.foreign_currency.as_deref()), (None, Some("USD")));
}
