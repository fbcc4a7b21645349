//! Sizes and colours of other things than what is looked for are no wishes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;

use std::sync::Arc;

use common::{indexed, read as feed};
use comptoir_catalog::model::Currency;
use comptoir_catalog::suggest::{Vocabulary, read};
use comptoir_catalog::words::Lang;

const FRENCH: &str = "id;nom;prix;couleur;taille;catégorie\n\
    1;Tapis A;40;Bleu;160 x 230;Maison > Tapis\n\
    2;Vase B;50;Noir;40 cm;Maison > Vases\n\
    3;Étagère C;50;Blanc;120 cm;Maison > Étagères\n\
    4;Pyjama D;20;Rose;24 mois;Enfants > Pyjamas\n\
    5;Pyjama E;20;Vert;8 ans;Enfants > Pyjamas\n\
    6;Bottines F;90;Rouge;38;Mode > Chaussures\n\
    7;Bottines G;90;Rouge;10;Mode > Chaussures\n";
const ENGLISH: &str = "id,title,price,color,size,category\n\
    1,Rug A,40,Blue,5x7,Home > Rugs\n\
    2,Vase B,50,Black,40 cm,Home > Vases\n\
    3,Pyjamas D,20,Pink,38 months,Kids > Pyjamas\n\
    4,Boots F,90,Red,38,Fashion > Shoes\n\
    5,Boots G,90,White,10,Fashion > Shoes\n";

fn vocabulary(csv: &str, lang: Lang) -> Arc<Vocabulary> {
    let (found, _) = feed(csv, lang).unwrap();
    let (_folder, index) = indexed(found.iter().map(|found| &found.product), lang);
    index.vocabulary(Currency::EUR).unwrap()
}

fn check(vocabulary: &Vocabulary, cases: &[(&str, &str)]) {
    let written = |text: &str| {
        let wishes = read(text, vocabulary, vocabulary.lang()).values;
        let mut values: Vec<String> =
            wishes.iter().flat_map(|wish| wish.any.iter().map(|value| value.value.clone())).collect();
        values.sort();
        values.join(", ")
    };
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| written(text) != *expected)
        .map(|(text, expected)| format!("`{text}`: `{}` instead of `{expected}`", written(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_size_of_another_thing_is_no_wish_in_english() {
    check(
        &vocabulary(ENGLISH, Lang::En),
        &[
            ("a vase for a 40 cm shelf", ""),
            ("something for a 40 cm shelf", ""),
            ("it goes on my 40 cm shelf", ""),
            ("my shelf is only 40 cm wide", ""),
            ("the gap is 40 cm", ""),
            ("I have 40 cm of space", ""),
            ("my son is 38 months old", ""),
            ("he is 38 months", ""),
            ("for a 38 months old boy", ""),
            ("pyjamas for my daughter, she is 38 months", ""),
            ("I need it in 10 days", ""),
            ("a set of 10", ""),
            ("a rug for a 40 cm vase", ""),
            ("a 40 cm vase", "40 cm"),
            ("I'm looking for a 40 cm vase", "40 cm"),
            ("a tall 40 cm white vase", "40 cm, White"),
            ("a vase of 40 cm", "40 cm"),
            ("do you have it in 40 cm?", "40 cm"),
            ("I'd like the 40 cm please", "40 cm"),
            ("my wife wants a 5x7 rug", "5x7"),
            ("it should be 5x7", "5x7"),
            ("size 38 for my son", "38"),
            ("my size is 38", "38"),
            ("boots in 10", "10"),
            ("I wear a 38", "38"),
            ("38 months pyjamas", "38 months"),
        ],
    );
}

#[test]
fn the_size_of_another_thing_is_no_wish_in_french() {
    check(
        &vocabulary(FRENCH, Lang::Fr),
        &[
            ("un vase pour une étagère de 40 cm", ""),
            ("un vase pour une niche de 40 cm", ""),
            ("quelque chose pour mon meuble de 40 cm", ""),
            ("mon buffet fait 40 cm", ""),
            ("la niche mesure 40 cm", ""),
            ("j'ai 40 cm de place", ""),
            ("mon fils a 24 mois", ""),
            ("elle a 8 ans", ""),
            ("pour un enfant de 8 ans", ""),
            ("ma fille de 8 ans", ""),
            ("livré en 10 jours", ""),
            ("un lot de 10", ""),
            ("un vase de 40 cm", "40 cm"),
            ("un grand vase bleu de 40 cm", "40 cm, Bleu"),
            ("une étagère de 120 cm", "120 cm"),
            ("je cherche un tapis moelleux 160 x 230", "160 x 230"),
            ("un renseignement sur un tapis 160 x 230", "160 x 230"),
            ("le modèle en 160 x 230", "160 x 230"),
            ("il me faut 40 cm", "40 cm"),
            ("un pyjama 24 mois", "24 mois"),
            ("ce pyjama en 8 ans", "8 ans"),
            ("un pyjama taille 8 ans pour ma fille", "8 ans"),
            ("des bottines en 38", "38"),
            ("ma fille fait du 38", "38"),
            ("ma taille est 38", "38"),
        ],
    );
}

#[test]
fn the_colour_of_what_somebody_has_is_no_wish() {
    check(
        &vocabulary(ENGLISH, Lang::En),
        &[
            ("a rug to match my blue sofa", ""),
            ("a rug to match my old blue and white sofa", ""),
            ("my sofa is blue", ""),
            ("I have a blue sofa, what goes with it?", ""),
            ("my favourite colour is blue", "Blue"),
            ("my wife wants a blue rug", "Blue"),
            ("my daughter loves pink", "Pink"),
            ("can I have a blue one", "Blue"),
            ("give her blue boots", "Blue"),
            ("a blue rug for my sofa", "Blue"),
        ],
    );
    check(
        &vocabulary(FRENCH, Lang::Fr),
        &[
            ("un tapis assorti à mon canapé bleu", ""),
            ("mon canapé est bleu", ""),
            ("j'ai un canapé bleu", ""),
            ("un tapis bleu pour mon salon", "Bleu"),
            ("ma couleur préférée est le bleu", "Bleu"),
            ("j'ai besoin d'un tapis bleu", "Bleu"),
            ("j'aimerais un tapis bleu", "Bleu"),
        ],
    );
}
