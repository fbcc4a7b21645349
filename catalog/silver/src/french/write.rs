//! Facts to a French product with its sentences.

use comptoir_catalog::model::{
    Attribute, Availability, Currency, Money, Price, Product, ProductId, Sale, Sku, Variant,
};

use super::words::{Adjective, COLOURS, MATERIALS, Noun, OPENINGS, QUALITIES, ROOMS, SENTENCES, STYLES, Shelf};
use super::{Facts, SERIES, begins_with_a_vowel, classes};
use crate::pick::{Pick, capital, fill, gtin};

const SHOP: &str = "https://boutique.example";
const IN_STOCK: usize = 85;

pub(super) fn product(facts: &Facts, before: Option<&ProductId>) -> Product {
    let mut pick = Pick::of(facts.seed, (facts.number << 8) + 2);
    let (shelf, noun) =
        classes().get(facts.class).copied().unwrap_or_else(|| unreachable!("a class that was never listed"));
    let id = facts.id();
    let link = format!("{SHOP}/{}", id.as_str().to_lowercase());
    let image = format!("{SHOP}/photos/{}.jpg", id.as_str().to_lowercase());
    let similar = before.filter(|_| pick.is_in(15)).map(|id| id.as_str().to_owned()).into_iter().collect();
    let attributes = [
        ("Style", capital(masculine(STYLES, facts.style))),
        ("Couleur", capital(masculine(COLOURS, facts.colour))),
        ("Matière", capital(material(facts))),
        ("Taille", pick.one(shelf.sizes).to_owned()),
    ];
    let attribute = |(name, value): (&str, String)| Attribute { name: name.to_owned(), values: vec![value] };
    Product {
        title: title(facts, noun, &mut pick),
        brand: Some(facts.brand.to_owned()),
        description: description(facts, noun, &mut pick),
        categories: vec![shelf.path.iter().map(|name| (*name).to_owned()).chain([capital(noun.many)]).collect()],
        attributes: attributes.map(attribute).into(),
        link: Some(link.clone()),
        images: vec![image],
        similar,
        complementary: complementary(facts, &mut pick),
        published: true,
        variants: vec![variant(facts, &id, link, shelf, &mut pick)],
        id,
    }
}

fn masculine(words: &'static [Adjective], at: usize) -> &'static str {
    words.get(at).map(|word| word.form(false, false)).unwrap_or_default()
}

fn form(words: &'static [Adjective], at: usize, feminine: bool, several: bool) -> &'static str {
    words.get(at).map(|word| word.form(feminine, several)).unwrap_or_default()
}

fn material(facts: &Facts) -> &'static str {
    MATERIALS.get(facts.material).copied().unwrap_or_default()
}

/// The series and the noun are in every title; within a series no noun comes twice.
fn title(facts: &Facts, noun: &Noun, pick: &mut Pick) -> String {
    let several = facts.lot.is_some();
    let thing = if several { noun.many } else { noun.one };
    let colour = form(COLOURS, facts.colour, noun.feminine, several);
    let style = form(STYLES, facts.style, noun.feminine, several);
    let (series, material) = (&facts.series, material(facts));
    let text = match pick.below(4) {
        0 => format!("{thing} {colour} en {material} {series}"),
        1 => format!("{thing} {style} en {material} {series}"),
        2 => format!("{thing} {colour} {series}"),
        _ => format!("{thing} {style} {series}"),
    };
    match facts.lot {
        Some(pieces) => format!("Lot de {pieces} {text}"),
        None => capital(&text),
    }
}

/// Three to six sentences: a paragraph, and the last ones as a list.
fn description(facts: &Facts, noun: &Noun, pick: &mut Pick) -> String {
    let sentences = pick.between(2, 5);
    let in_paragraph = pick.between(1, sentences);
    let mut text = String::with_capacity(500);
    sentence(&mut text, pick.one(OPENINGS), facts, noun, pick);
    let first = pick.below(SENTENCES.len());
    for number in 0..sentences {
        text.push(if number < in_paragraph { ' ' } else { '\n' });
        let pattern = SENTENCES.get((first + number * 5) % SENTENCES.len()).copied().unwrap_or_default();
        sentence(&mut text, pattern, facts, noun, pick);
    }
    text
}

fn sentence(text: &mut String, pattern: &str, facts: &Facts, noun: &Noun, pick: &mut Pick) {
    let start = text.len();
    fill(text, pattern, |name, out| match name {
        "Le" if begins_with_a_vowel(noun.one) => out.push('L'),
        "Le" => out.push_str(if noun.feminine { "La" } else { "Le" }),
        "un" => out.push_str(if noun.feminine { "une" } else { "un" }),
        "nom" => {
            // `L` takes its apostrophe in place of the space that the pattern has.
            if out.get(start..) == Some("L ") {
                out.pop();
                out.push('’');
            }
            out.push_str(noun.one);
        }
        "série" => out.push_str(&facts.series),
        "marque" => out.push_str(facts.brand),
        "style" => out.push_str(form(STYLES, facts.style, noun.feminine, false)),
        "style f" => out.push_str(form(STYLES, facts.style, true, false)),
        "matière" => out.push_str(material(facts)),
        "qualité" => out.push_str(pick.one(QUALITIES)),
        "pièce" => out.push_str(pick.one(ROOMS)),
        "autres" => {
            let other = classes().get(pick.below(classes().len())).map(|(_, noun)| *noun);
            let colour = pick.below(COLOURS.len());
            if let Some(other) = other {
                out.push_str("des ");
                out.push_str(other.many);
                out.push(' ');
                out.push_str(form(COLOURS, colour, other.feminine, true));
            }
        }
        "autre couleur" => out.push_str(masculine(COLOURS, pick.below(COLOURS.len()))),
        _ => out.push_str(&pick.between(2, 60).to_string()),
    });
}

fn variant(facts: &Facts, id: &ProductId, link: String, shelf: &Shelf, pick: &mut Pick) -> Variant {
    let whole = pick.between(shelf.price.0, shelf.price.1) as i64 * 100;
    let regular = whole - [0, 1, 10, 50, 100].get(pick.below(5)).copied().unwrap_or_default();
    let money = |minor| Money { minor, currency: Currency::EUR };
    let sale = pick.is_in(15).then(|| Sale {
        price: money(regular * pick.between(60, 95) as i64 / 100),
        from: None,
        until: None,
    });
    let (availability, stock) = if pick.is_in(IN_STOCK) {
        (Availability::InStock, Some(pick.between(1, 90) as i64))
    } else if pick.is_in(50) {
        (Availability::Backorder, Some(0))
    } else {
        (Availability::OutOfStock, Some(0))
    };
    Variant {
        sku: Sku::new(id.as_str()).unwrap_or_else(|_| unreachable!("an id is no longer than a SKU")),
        external_id: None,
        gtin: gtin(5_000_000_000 + facts.number),
        mpn: None,
        options: Vec::new(),
        price: Some(Price { regular: money(regular), sale }),
        availability,
        stock,
        image: None,
        link: Some(link),
    }
}

/// One product in three names some of its own series.
fn complementary(facts: &Facts, pick: &mut Pick) -> Vec<String> {
    if !pick.is_in(33) {
        return Vec::new();
    }
    let first = facts.number - facts.number % SERIES;
    let mut named: Vec<String> = Vec::new();
    for _ in 0..pick.between(1, 3) {
        let number = first + pick.below(SERIES as usize) as u64;
        let id = Facts { number, ..facts.clone() }.id();
        if number != facts.number && !named.iter().any(|known| known == id.as_str()) {
            named.push(id.as_str().to_owned());
        }
    }
    named
}
