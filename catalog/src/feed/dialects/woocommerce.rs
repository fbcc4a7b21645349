//! WooCommerce's product export, in any language.
//!
//! Parents and variations are rows of their own, tied by the parent's SKU or `id:NN`,
//! in any order. Headers are translated, the words of `Type` and `Visibility` never are:
//! where a header is in a language that [`COLUMNS`] does not hold, the exporter's order of
//! columns tells what they are.

use std::borrow::Cow;

use crate::feed::dialect::{Meaning, Meaning as M};
use crate::feed::record::Record;

#[rustfmt::skip]
pub(in crate::feed) const COLUMNS: &[(&str, Meaning)] = &[
    ("id", M::ExternalId), ("type", M::Kind), ("sku", M::Sku), ("ugs", M::Sku),
    ("gtin upc ean or isbn", M::Gtin), ("gtin upc ean ou isbn", M::Gtin),
    ("name", M::Title), ("nom", M::Title), ("published", M::Published), ("publie", M::Published),
    ("visibility in catalog", M::Visibility), ("visibilite dans le catalogue", M::Visibility),
    ("short description", M::Summary), ("description courte", M::Summary), ("description", M::Description),
    ("date sale price starts", M::SaleFrom), ("date de debut de promo", M::SaleFrom),
    ("date sale price ends", M::SaleUntil), ("date de fin de promo", M::SaleUntil),
    ("in stock", M::Availability), ("en stock", M::Availability), ("en inventaire", M::Availability),
    ("stock", M::Stock), ("inventaire", M::Stock), ("backorders allowed", M::StockPolicy),
    ("autoriser les commandes de produits en rupture", M::StockPolicy),
    ("sale price", M::SalePrice), ("tarif promo", M::SalePrice), ("regular price", M::Price), ("tarif regulier", M::Price),
    ("categories", M::Category), ("tags", M::Tags), ("etiquettes", M::Tags), ("images", M::Image), ("parent", M::Parent),
    ("upsells", M::Similar), ("montee en gamme", M::Similar), ("cross sells", M::Complementary),
    ("ventes croisees", M::Complementary), ("external url", M::Link), ("url externe", M::Link),
    ("brands", M::Brand), ("marques", M::Brand),
];

/// The words of a `Type` cell, which no language translates; `simple, virtual` is two.
const KINDS: &[&str] = &["simple", "variable", "variation", "grouped", "external", "downloadable", "virtual"];
const VISIBILITIES: &[&str] = &["visible", "catalog", "search", "hidden"];
const TAX_STATUSES: &[&str] = &["taxable", "shipping", "none"];
/// A file with fewer columns is no export of the platform.
const COLUMNS_MIN: usize = 5;

/// `Attribute 3 name`, `Valeur(s) de l'attribut 3`.
pub(in crate::feed) fn counted_column(normal: &str) -> Meaning {
    let Some(number) = number_in(normal).filter(|_| normal.contains("attribut")) else { return M::Ignored };
    let says = |words: &[&str]| normal.split(' ').any(|word| words.contains(&word));
    if says(&["name", "nom"]) {
        M::AttributeName(number)
    } else if says(&["value", "values", "valeur", "valeurs"]) {
        M::AttributeValues(number)
    } else {
        M::Ignored
    }
}

fn number_in(normal: &str) -> Option<u16> {
    let mut numbers = normal.split(' ').filter_map(|word| word.parse().ok());
    let number = numbers.next()?;
    numbers.next().is_none().then_some(number)
}

/// The column whose every word is a kind of product.
pub(in crate::feed) fn kind_column(normals: &[String], sample: &[Record]) -> Option<usize> {
    let columns = normals.len();
    (0..columns.min(4)).find(|column| columns >= COLUMNS_MIN && all_of(sample, *column, KINDS))
}

fn all_of(sample: &[Record], column: usize, words: &[&str]) -> bool {
    let cells: Vec<&str> = sample.iter().map(|row| row.get(column)).filter(|cell| !cell.is_empty()).collect();
    !cells.is_empty() && cells.iter().all(|cell| cell.split(',').all(|word| words.contains(&word.trim())))
}

fn any_holds(sample: &[Record], column: usize, text: &str) -> bool {
    sample.iter().any(|row| row.get(column).contains(text))
}

/// The meanings of a header in a language that [`COLUMNS`] does not hold, by the order in
/// which the exporter writes columns; nothing where the order cannot be told. Columns that
/// newer versions add are told by the distance between those whose words are known.
pub(in crate::feed) fn by_order(normals: &[String], sample: &[Record]) -> Option<Vec<Meaning>> {
    let kind = kind_column(normals, sample)?;
    let columns = normals.len();
    let mut meanings = vec![M::Ignored; columns];
    let mut put = |at: usize, meaning: Meaning| {
        if let Some(place) = meanings.get_mut(at) {
            *place = meaning;
        }
    };
    let visibility = (kind + 1..columns).find(|column| all_of(sample, *column, VISIBILITIES))?;
    let tax = (visibility + 1..columns).find(|column| all_of(sample, *column, TAX_STATUSES))?;
    let images = (tax + 1..columns).find(|column| any_holds(sample, *column, "://"));
    // Kind, SKU, perhaps GTIN, name, published, featured, visibility.
    let has_gtin = visibility - kind == 6;
    let low_stock = match images {
        Some(images) => images - tax == 18,
        None => has_gtin,
    };
    if let Some(id) = kind.checked_sub(1) {
        put(id, M::ExternalId);
    }
    put(kind, M::Kind);
    put(kind + 1, M::Sku);
    if has_gtin {
        put(kind + 2, M::Gtin);
    }
    put(visibility - 3, M::Title);
    put(visibility - 2, M::Published);
    put(visibility, M::Visibility);
    put(visibility + 1, M::Summary);
    put(visibility + 2, M::Description);
    put(visibility + 3, M::SaleFrom);
    put(visibility + 4, M::SaleUntil);
    put(tax + 2, M::Availability);
    put(tax + 3, M::Stock);
    let after = tax + 4 + usize::from(low_stock);
    put(after, M::StockPolicy);
    // Sold alone, weight, length, width, height, reviews, note.
    put(after + 8, M::SalePrice);
    put(after + 9, M::Price);
    put(after + 10, M::Category);
    put(after + 11, M::Tags);
    let images = images.unwrap_or(after + 13);
    put(images, M::Image);
    // Two limits of downloads.
    put(images + 3, M::Parent);
    put(images + 5, M::Similar);
    put(images + 6, M::Complementary);
    put(images + 7, M::Link);
    let brand = images + 10;
    if normals.get(brand).is_some_and(|name| number_in(name).is_none() && !name.starts_with("meta ")) {
        put(brand, M::Brand);
    }
    let mut before = None;
    for (at, name) in normals.iter().enumerate().skip(brand) {
        let Some(number) = number_in(name) else { continue };
        if before == Some(number) {
            continue;
        }
        before = Some(number);
        put(at, M::AttributeName(number));
        put(at + 1, M::AttributeValues(number));
    }
    Some(meanings)
}

/// Whether a `Type` cell holds this kind.
pub(in crate::feed) fn is_kind(cell: &str, kind: &str) -> bool {
    cell.split(',').any(|word| word.trim().eq_ignore_ascii_case(kind))
}

/// The entries of a list; `\,` is a comma inside one.
pub(in crate::feed) fn list(cell: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = entries.len() - 1;
        match letter {
            '\\' if letters.next_if_eq(&',').is_some() => {
                if let Some(entry) = entries.get_mut(last) {
                    entry.push(',');
                }
            }
            ',' => entries.push(String::new()),
            letter => {
                if let Some(entry) = entries.get_mut(last) {
                    entry.push(letter);
                }
            }
        }
    }
    entries.into_iter().map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}

/// A description with its line breaks: the exporter writes `\n` as two characters, and a
/// backslash before an `n` that is meant as two.
pub(in crate::feed) fn lines(cell: &str) -> Cow<'_, str> {
    if !cell.contains("\\n") {
        return Cow::Borrowed(cell);
    }
    let parts: Vec<String> = cell.split("\\\\n").map(|part| part.replace("\\n", "\n")).collect();
    Cow::Owned(parts.join("\\n"))
}

/// What another row is named by; a product without SKU is named by its number.
pub(in crate::feed) fn related(name: &str) -> &str {
    name.strip_prefix("id:").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_escaped_commas() {
        assert_eq!(list(r"A > B, C\, D > E ,,"), ["A > B", "C, D > E"]);
        assert_eq!(list(""), Vec::<String>::new());
        assert_eq!(list(r"a\b\"), [r"a\b\"]);
    }

    #[test]
    fn written_line_breaks_become_real_ones() {
        assert_eq!(lines(r"One\nTwo"), "One\nTwo");
        assert_eq!(lines(r"C:\\new"), r"C:\new");
        assert_eq!(lines("plain"), "plain");
    }

    #[test]
    fn counted_columns_are_known_by_their_words() {
        assert_eq!(counted_column("attribute 12 name"), M::AttributeName(12));
        assert_eq!(counted_column("valeur s de l attribut 2"), M::AttributeValues(2));
        assert_eq!(counted_column("nom de l attribut 1"), M::AttributeName(1));
        assert_eq!(counted_column("attribute 1 visible"), M::Ignored);
        assert_eq!(counted_column("meta wpcom"), M::Ignored);
    }
}
