//! Facts to a product with its sentences.

use comptoir_catalog::model::{
    Attribute, Availability, Currency, Money, Price, Product, ProductId, ProductOption, Sale, Sku, Variant,
};

use super::words::{COLOURS, MATERIALS, OPENINGS, PARTS, QUALITIES, ROOMS, SENTENCES, STYLES, Shelf, WHOM};
use super::{Facts, SERIES, classes, noun};
use crate::pick::{Pick, capital, fill, gtin};

const SHOP: &str = "https://shop.example";
const IN_STOCK: usize = 85;

pub(super) fn product(facts: &Facts, before: Option<&ProductId>) -> Product {
    let mut pick = Pick::of(facts.seed, (facts.number << 8) + 2);
    let (shelf, noun) =
        classes().get(facts.class).copied().unwrap_or_else(|| unreachable!("a class that was never listed"));
    let size = pick.one(shelf.sizes);
    let (material, style) = (word(MATERIALS, facts.material), word(STYLES, facts.style));
    let id = facts.id();
    let link = format!("{SHOP}/p/{}", id.as_str().to_lowercase());
    let title = title(facts, noun, size, &mut pick);
    let description = description(facts, noun, &mut pick);
    let variants = variants(facts, &id, &link, shelf, &mut pick);
    let mut attributes = vec![attribute("style", &capital(style))];
    if let [only] = facts.colours.as_slice() {
        attributes.push(attribute("color", &capital(word(COLOURS, *only))));
    }
    attributes.push(attribute("size", size));
    attributes.push(attribute("material", &capital(material)));
    let images = variants.iter().filter_map(|variant| variant.image.clone()).collect();
    let similar = before.filter(|_| pick.is_in(15)).map(|id| id.as_str().to_owned()).into_iter().collect();
    Product {
        title,
        brand: Some(facts.brand.clone()),
        description,
        categories: vec![shelf.path.iter().map(|name| (*name).to_owned()).chain([plural(noun)]).collect()],
        attributes,
        link: Some(link),
        images,
        similar,
        complementary: complementary(facts, &mut pick),
        published: true,
        variants,
        id,
    }
}

fn word(words: &'static [&'static str], at: usize) -> &'static str {
    words.get(at).copied().unwrap_or_default()
}

fn attribute(name: &str, value: &str) -> Attribute {
    Attribute { name: name.to_owned(), values: vec![value.to_owned()] }
}

/// The series and the noun are in every title; within a series no noun comes twice.
fn title(facts: &Facts, noun: &str, size: &str, pick: &mut Pick) -> String {
    let (style, material) = (word(STYLES, facts.style), word(MATERIALS, facts.material));
    let colour = facts.colours.first().filter(|_| facts.colours.len() == 1).map(|colour| word(COLOURS, *colour));
    let series = &facts.series;
    let text = match (pick.below(5), colour) {
        (0, Some(colour)) => format!("{series} {colour} {noun}"),
        (1, _) => format!("{series} {material} {noun}, {size}"),
        (2, _) => format!("{series} {style} {noun}"),
        (3, Some(colour)) => format!("{series} {style} {material} {noun} in {colour}"),
        _ => format!("{series} {noun}"),
    };
    text.split(' ').map(|word| if word == "in" { word.to_owned() } else { capital(word) }).collect::<Vec<_>>().join(" ")
}

fn plural(noun: &str) -> String {
    let text = noun.split(' ').map(capital).collect::<Vec<_>>().join(" ");
    match text.as_str() {
        text if text.ends_with("Shelf") => text.replace("Shelf", "Shelves"),
        text if text.ends_with("ch") || text.ends_with("sh") || text.ends_with('s') || text.ends_with('x') => {
            format!("{text}es")
        }
        text if text.ends_with("ry") => format!("{}ies", text.trim_end_matches('y')),
        text => format!("{text}s"),
    }
}

/// Three to eight sentences: a paragraph, and some of them as a list.
fn description(facts: &Facts, noun: &str, pick: &mut Pick) -> String {
    let sentences = pick.between(2, 7);
    let in_paragraph = pick.between(1, sentences);
    let mut text = String::with_capacity(600);
    sentence(&mut text, pick.one(OPENINGS), facts, noun, pick);
    let first = pick.below(SENTENCES.len());
    for number in 0..sentences {
        text.push(if number < in_paragraph { ' ' } else { '\n' });
        // Seven has no divisor in common with their number: no sentence comes twice.
        let pattern = word(SENTENCES, (first + number * 7) % SENTENCES.len());
        sentence(&mut text, pattern, facts, noun, pick);
    }
    text
}

fn sentence(text: &mut String, pattern: &str, facts: &Facts, own_noun: &str, pick: &mut Pick) {
    fill(text, pattern, |name, out| match name {
        "series" => out.push_str(&facts.series),
        "brand" => out.push_str(&facts.brand),
        "noun" => out.push_str(own_noun),
        "material" => out.push_str(word(MATERIALS, facts.material)),
        "style" => out.push_str(word(STYLES, facts.style)),
        "quality" => out.push_str(pick.one(QUALITIES)),
        "room" => out.push_str(pick.one(ROOMS)),
        "Part" => out.push_str(&capital(pick.one(PARTS))),
        "whom" => out.push_str(pick.one(WHOM)),
        "other noun" => out.push_str(noun(pick.below(classes().len()))),
        "other colour" | "another colour" => out.push_str(pick.one(COLOURS)),
        _ => out.push_str(&pick.between(2, 60).to_string()),
    });
}

fn variants(facts: &Facts, id: &ProductId, link: &str, shelf: &Shelf, pick: &mut Pick) -> Vec<Variant> {
    let several = facts.colours.len() > 1;
    let base = pick.between(shelf.price.0, shelf.price.1) as i64 * 100;
    let regular = base - [1, 5, 10, 50, 100].get(pick.below(5)).copied().unwrap_or(1);
    let reduced = pick.is_in(15).then(|| regular * pick.between(60, 95) as i64 / 100);
    let money = |minor| Money { minor, currency: Currency::EUR };
    let price = Price {
        regular: money(regular),
        sale: reduced.map(|minor| Sale { price: money(minor), from: None, until: None }),
    };
    (1_u64..)
        .zip(&facts.colours)
        .map(|(number, colour)| {
            let colour = word(COLOURS, *colour);
            let code = if several { format!("{id}-{number}") } else { id.as_str().to_owned() };
            let (availability, stock) = availability(pick);
            Variant {
                sku: Sku::new(&code).unwrap_or_else(|_| unreachable!("an id and a number")),
                external_id: None,
                gtin: gtin(facts.number * 8 + number),
                mpn: None,
                options: several
                    .then(|| ProductOption { name: "color".to_owned(), value: capital(colour) })
                    .into_iter()
                    .collect(),
                price: Some(price),
                availability,
                stock,
                image: Some(format!("{SHOP}/i/{}.jpg", code.to_lowercase())),
                link: Some(link.to_owned()),
            }
        })
        .collect()
}

fn availability(pick: &mut Pick) -> (Availability, Option<i64>) {
    if pick.is_in(IN_STOCK) {
        return (Availability::InStock, Some(pick.between(1, 200) as i64));
    }
    match pick.below(3) {
        0 => (Availability::Preorder, None),
        1 => (Availability::Backorder, Some(0)),
        _ => (Availability::OutOfStock, Some(0)),
    }
}

/// One product in three names some of its own series.
fn complementary(facts: &Facts, pick: &mut Pick) -> Vec<String> {
    if !pick.is_in(33) {
        return Vec::new();
    }
    let first = facts.number - facts.number % SERIES;
    let mut named = Vec::new();
    for _ in 0..pick.between(1, 3) {
        let number = first + pick.below(SERIES as usize) as u64;
        let id = Facts { number, ..facts.clone() }.id();
        // The last series of a shop may be cut short; a link behind it leads nowhere, as in real feeds.
        if number != facts.number && !named.contains(&id.as_str().to_owned()) {
            named.push(id.as_str().to_owned());
        }
    }
    named
}
