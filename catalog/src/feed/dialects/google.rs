//! The columns of Google Merchant and Meta catalogs, and of files written by hand with their names.

use crate::feed::dialect::{Meaning, Meaning as M};

#[rustfmt::skip]
pub(in crate::feed) const GOOGLE: &[(&str, Meaning)] = &[
    ("id", M::Id), ("item group id", M::Group), ("title", M::Title), ("description", M::Description),
    ("link", M::Link), ("image link", M::Image), ("additional image link", M::MoreImages),
    ("image 0 url", M::MoreImages), ("availability", M::Availability), ("price", M::Price),
    ("sale price", M::SalePrice), ("sale price effective date", M::SaleDates), ("brand", M::Brand),
    ("gtin", M::Gtin), ("mpn", M::Mpn), ("sku", M::Sku), ("product type", M::Category), ("product types", M::Category),
    ("google product category", M::GoogleCategory), ("fb product category", M::GoogleCategory),
    ("quantity to sell on facebook", M::Stock), ("quantity", M::Stock), ("stock", M::Stock), ("inventory", M::Stock),
    ("color", M::Choice), ("size", M::Choice), ("material", M::Choice), ("pattern", M::Choice),
    ("gender", M::Attribute), ("age group", M::Attribute), ("product highlight", M::Attribute),
    ("summary", M::Summary), ("category", M::Category), ("guid", M::Ignored), ("pubdate", M::Ignored),
    ("updated", M::Ignored), ("published", M::Ignored), ("author", M::Ignored), ("content", M::Description),
    ("crosssellproducts", M::Complementary), ("compatiblewith", M::Complementary), ("currency", M::Currency),
    ("availability date", M::Ignored), ("identifier exists", M::Ignored), ("condition", M::Ignored),
    ("size type", M::Ignored), ("size system", M::Ignored), ("adult", M::Ignored), ("multipack", M::Ignored),
    ("is bundle", M::Ignored), ("unit pricing measure", M::Ignored), ("unit pricing base measure", M::Ignored),
    ("custom label 0", M::Ignored), ("custom label 1", M::Ignored), ("custom label 2", M::Ignored),
    ("custom label 3", M::Ignored), ("custom label 4", M::Ignored), ("shipping", M::Ignored),
    ("shipping weight", M::Ignored), ("shipping label", M::Ignored), ("tax", M::Ignored),
    ("product detail", M::Details), ("image 0 tag 0", M::Ignored), ("mobile link", M::Ignored),
    ("cost of goods sold", M::Ignored), ("video 0 url", M::Ignored),
];

/// The names and values of `General:Cable:2 m,General:Weight:3 kg`.
pub(in crate::feed) fn details(cell: &str) -> Vec<(&str, &str)> {
    cell.split(',')
        .filter_map(|entry| {
            let mut parts = entry.splitn(3, ':').map(str::trim);
            let (_section, name, value) = (parts.next()?, parts.next()?, parts.next()?);
            (!name.is_empty() && !value.is_empty()).then_some((name, value))
        })
        .collect()
}
