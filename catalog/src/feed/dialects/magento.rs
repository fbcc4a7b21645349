//! Magento's and Adobe Commerce's product export.
//!
//! A `configurable` row is the product; its variants are rows of their own, tied by the
//! SKUs in `configurable_variations`. Rows of a store view are translations.

use crate::feed::dialect::{Meaning, Meaning as M};

#[rustfmt::skip]
pub(in crate::feed) const COLUMNS: &[(&str, Meaning)] = &[
    ("sku", M::Sku), ("store view code", M::StoreView), ("product type", M::Kind), ("categories", M::Category),
    ("name", M::Title), ("description", M::Description), ("short description", M::Summary), ("product online", M::Published),
    ("visibility", M::Visibility), ("price", M::Price), ("special price", M::SalePrice),
    ("special price from date", M::SaleFrom), ("special price to date", M::SaleUntil), ("url key", M::Slug),
    ("base image", M::Image), ("additional images", M::MoreImages), ("additional attributes", M::Pairs), ("qty", M::Stock),
    ("is in stock", M::Availability), ("allow backorders", M::StockPolicy), ("related skus", M::Complementary),
    ("crosssell skus", M::Complementary), ("upsell skus", M::Similar), ("configurable variations", M::Variations),
    ("configurable variation labels", M::VariationLabels), ("manufacturer", M::Brand), ("brand", M::Brand),
    ("gtin", M::Gtin), ("ean", M::Gtin), ("upc", M::Gtin), ("mpn", M::Mpn),
];

const ROOTS: &[&str] = &["default category", "root catalog", "categorie par defaut"];
/// Attributes that the platform keeps for itself.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "has_options", "required_options", "gift_message_available", "tax_class_id", "ts_dimensions_height",
    "ts_dimensions_length", "ts_dimensions_width", "shipment_type",
];

/// The paths of `Default Category/Gear/Bags,Default Category/New`, without the root.
pub(in crate::feed) fn categories(cell: &str) -> Vec<String> {
    let is_root = |name: &str| ROOTS.contains(&crate::words::fold(name.trim()).as_str());
    cell.split(',')
        .map(|path| path.split('/').skip_while(|name| is_root(name)).map(str::trim).collect::<Vec<_>>().join(" > "))
        .filter(|path| !path.is_empty())
        .collect()
}

/// The names and values of `color=Black,activity=Gym|Hiking`. A piece without `=` belongs to
/// the value before it, which held a comma.
pub(in crate::feed) fn pairs(cell: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in cell.split(',') {
        match (piece.split_once('='), pairs.last_mut()) {
            (Some((name, value)), _) if is_name(name) => pairs.push((name.trim().to_owned(), value.to_owned())),
            (_, Some((_, value))) => {
                value.push(',');
                value.push_str(piece);
            }
            (_, None) => {}
        }
    }
    pairs.retain(|(name, _)| !OWN.contains(&name.as_str()));
    pairs
}

fn is_name(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// One variant of `sku=A,size=XS|sku=B,size=S`.
pub(in crate::feed) struct Variation<'c> {
    pub sku: &'c str,
    pub choices: Vec<(&'c str, &'c str)>,
}

pub(in crate::feed) fn variations(cell: &str) -> impl Iterator<Item = Variation<'_>> {
    cell.split('|').filter_map(|entry| {
        let mut pairs = entry.split(',').filter_map(|pair| pair.split_once('='));
        let (_, sku) = pairs.next().filter(|(name, _)| name.trim() == "sku")?;
        let choices = pairs.map(|(name, value)| (name.trim(), value.trim())).collect();
        Some(Variation { sku: sku.trim(), choices })
    })
}

/// What a choice is called by `color=Color,size=Size`.
pub(in crate::feed) fn label<'c>(cell: &'c str, name: &str) -> Option<&'c str> {
    let mut labels = cell.split(',').filter_map(|pair| pair.split_once('='));
    labels.find(|(of, _)| of.trim() == name).map(|(_, label)| label.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_the_commas_of_their_values() {
        let of =
            |cell: &str| pairs(cell).into_iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>();
        assert_eq!(of("has_options=0,color=Black,material=Wool, boiled"), ["color: Black", "material: Wool, boiled"]);
        assert_eq!(of("nothing"), Vec::<String>::new());
    }

    #[test]
    fn variations_name_their_sku_and_choices() {
        let told: Vec<_> =
            variations("sku=A,size=XS,color=Black|sku=B,size=S|size=L").map(|one| (one.sku, one.choices)).collect();
        assert_eq!(told, [("A", vec![("size", "XS"), ("color", "Black")]), ("B", vec![("size", "S")])]);
        assert_eq!(label("color=Couleur,size=Taille", "size"), Some("Taille"));
    }

    #[test]
    fn the_root_of_the_categories_is_dropped() {
        assert_eq!(categories("Default Category/Gear/Bags,Default Category"), ["Gear > Bags"]);
    }
}
