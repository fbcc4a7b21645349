//! Shopify's two exports: their columns.

use crate::feed::dialect::{Meaning, Meaning as M};

#[rustfmt::skip]
pub(in crate::feed) const SHOPIFY: &[(&str, Meaning)] = &[
    ("url handle", M::Group), ("title", M::Title), ("description", M::Description), ("vendor", M::Brand),
    ("type", M::Category), ("product category", M::GoogleCategory), ("tags", M::Tags),
    ("published on online store", M::Published), ("status", M::Status), ("sku", M::Sku), ("barcode", M::Gtin),
    ("price", M::Price), ("compare at price", M::ComparePrice), ("inventory tracker", M::StockTracker),
    ("inventory quantity", M::Stock), ("continue selling when out of stock", M::StockPolicy),
    ("product image url", M::Image), ("image position", M::ImagePosition), ("variant image url", M::VariantImage),
    ("google shopping google product category", M::GoogleCategory), ("google shopping mpn", M::Mpn),
    ("google shopping gender", M::Attribute), ("google shopping age group", M::Attribute),
    ("google shopping manufacturer part number mpn", M::Mpn),
    ("option1 name", M::OptionName(1)), ("option1 value", M::OptionValue(1)),
    ("option2 name", M::OptionName(2)), ("option2 value", M::OptionValue(2)),
    ("option3 name", M::OptionName(3)), ("option3 value", M::OptionValue(3)),
];

#[rustfmt::skip]
pub(in crate::feed) const SHOPIFY_OLDER: &[(&str, Meaning)] = &[
    ("handle", M::Group), ("title", M::Title), ("body html", M::Description), ("body", M::Description),
    ("vendor", M::Brand), ("type", M::Category), ("custom product type", M::Category), ("tags", M::Tags),
    ("published", M::Published), ("status", M::Status), ("variant sku", M::Sku), ("variant price", M::Price),
    ("variant compare at price", M::ComparePrice), ("variant barcode", M::Gtin),
    ("variant inventory tracker", M::StockTracker), ("variant inventory qty", M::Stock),
    ("variant inventory policy", M::StockPolicy), ("image src", M::Image), ("image position", M::ImagePosition),
    ("variant image", M::VariantImage), ("google shopping mpn", M::Mpn), ("google shopping gender", M::Attribute),
    ("google shopping age group", M::Attribute), ("google shopping google product category", M::GoogleCategory),
    ("product category", M::GoogleCategory),
    ("option1 name", M::OptionName(1)), ("option1 value", M::OptionValue(1)),
    ("option2 name", M::OptionName(2)), ("option2 value", M::OptionValue(2)),
    ("option3 name", M::OptionName(3)), ("option3 value", M::OptionValue(3)),
];
