//! PrestaShop's two exports: products, and combinations that join them on the product's id.
//!
//! The misspelling `Acessories  (x,y,z...)` is the platform's own. Prices are without tax;
//! a combination's is the product's plus its impact.

use crate::feed::dialect::{Meaning, Meaning as M};

#[rustfmt::skip]
pub(in crate::feed) const PRODUCTS: &[(&str, Meaning)] = &[
    ("product id", M::Id), ("id", M::Id), ("active 0 1", M::Published), ("name", M::Title),
    ("categories x y z", M::Category), ("price tax excluded", M::Price),
    ("price tax excluded or price tax included", M::Price), ("price tax included", M::Price),
    ("discount amount", M::DiscountAmount), ("discount percent", M::DiscountPercent),
    ("discount from yyyy mm dd", M::SaleFrom), ("discount to yyyy mm dd", M::SaleUntil),
    ("reference", M::Sku), ("manufacturer", M::Brand), ("brand", M::Brand), ("ean13", M::Gtin), ("upc", M::Gtin),
    ("isbn", M::Gtin), ("mpn", M::Mpn), ("quantity", M::Stock), ("visibility", M::Visibility),
    ("action when out of stock", M::StockPolicy), ("out of stock action", M::StockPolicy),
    ("summary", M::Summary), ("short description", M::Summary), ("description", M::Description), ("tags x y z", M::Tags),
    ("url rewritten", M::Slug), ("rewritten url", M::Slug), ("available for order 0 no 1 yes", M::AvailableForOrder),
    ("show price 0 no 1 yes", M::ShowPrice), ("image urls x y z", M::Image), ("feature name value position", M::Features),
    ("feature name value position customized", M::Features), ("acessories x y z", M::Complementary),
    ("accessories x y z", M::Complementary),
];

#[rustfmt::skip]
pub(in crate::feed) const COMBINATIONS: &[(&str, Meaning)] = &[
    ("product id", M::Id), ("id", M::Id), ("attribute name type position", M::CombinationNames),
    ("value value position", M::CombinationValues), ("reference", M::Sku), ("ean13", M::Gtin), ("upc", M::Gtin),
    ("isbn", M::Gtin), ("mpn", M::Mpn), ("impact on price", M::PriceImpact), ("impact on price tax excluded", M::PriceImpact),
    ("quantity", M::Stock), ("image urls x y z", M::VariantImage),
];

/// The platform's root, named in every list of categories.
const ROOTS: &[&str] = &["home", "accueil", "root", "racine"];

pub(in crate::feed) fn is_products(normals: &[String]) -> bool {
    let has = |name: &str| normals.iter().any(|normal| normal == name);
    has("name") && normals.iter().any(|name| name.starts_with("price tax excluded") || name == "tax rules id")
}

pub(in crate::feed) fn is_combinations(normals: &[String]) -> bool {
    let has = |name: &str| normals.iter().any(|normal| normal.starts_with(name));
    (has("product id") || has("id")) && has("impact on price")
}

/// The names of `Color:color:0, Disk space:select:1` or the values of `Blue:0, 16GB:1`.
pub(in crate::feed) fn heads(cell: &str) -> Vec<&str> {
    cell.split(',').map(|entry| entry.split(':').next().unwrap_or_default().trim()).collect()
}

/// The names and values of `Matière:Coton:1, Saison:Été:2`.
pub(in crate::feed) fn features(cell: &str) -> Vec<(&str, &str)> {
    let pair = |entry: &'_ str| -> Option<(usize, usize)> {
        let name = entry.find(':')?;
        let rest = entry.get(name + 1..)?;
        Some((name, name + 1 + rest.find(':').unwrap_or(rest.len())))
    };
    cell.split(',')
        .filter_map(|entry| {
            let (name, value) = pair(entry)?;
            Some((entry.get(..name)?.trim(), entry.get(name + 1..value)?.trim()))
        })
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect()
}

/// The paths of a list of categories, without the root where it is not all there is.
pub(in crate::feed) fn categories(cell: &str) -> Vec<String> {
    let paths: Vec<&str> = cell.split(',').map(str::trim).filter(|path| !path.is_empty()).collect();
    let is_root = |name: &str| ROOTS.contains(&name.trim().to_lowercase().as_str());
    let below = |path: &str| {
        let names: Vec<&str> = path.split('/').skip_while(|name| is_root(name)).collect();
        names.join(" > ")
    };
    let named: Vec<String> = paths.iter().map(|path| below(path)).filter(|path| !path.is_empty()).collect();
    if named.is_empty() { paths.into_iter().map(str::to_owned).collect() } else { named }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_and_combinations_are_read_without_their_positions() {
        assert_eq!(features("Matière:Coton:1, Saison:Été"), [("Matière", "Coton"), ("Saison", "Été")]);
        assert_eq!(features("no value, :x:1"), []);
        assert_eq!(heads("Color:color:0, Disk space:select:1"), ["Color", "Disk space"]);
    }

    #[test]
    fn the_root_of_all_categories_is_dropped() {
        assert_eq!(categories("Home,Lamps"), ["Lamps"]);
        assert_eq!(categories("Accueil/Maison/Lampes"), ["Maison > Lampes"]);
        assert_eq!(categories("Home"), ["Home"]);
    }
}
