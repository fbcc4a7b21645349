//! A product and its variants.

use super::{Gtin, Money, ProductId, Sku};
use serde::{Deserialize, Serialize};

/// What a shop sells under one title. Texts are plain, links are `http` or `https`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Plain text: paragraphs and list entries are lines.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Several paths, each a list of names from the root.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// Ids or SKUs of products that could take this one's place, as the feed names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub similar: Vec<String>,
    /// Ids or SKUs of products that go with this one, as the feed names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complementary: Vec<String>,
    /// Kept, but neither found nor recommended, when `false`.
    pub published: bool,
    /// At least one; a product without options has exactly one.
    pub variants: Vec<Variant>,
}

/// A property with its values, in the feed's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub name: String,
    pub values: Vec<String>,
}

/// What is put into a cart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    pub sku: Sku,
    /// The platform's own number of the variant, where the feed gives one that is
    /// neither id nor SKU: WooCommerce puts it into a cart. At most
    /// [`super::bounds::CODE_CHARS_MAX`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mpn: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ProductOption>,
    /// Absent where the shop names none: a set, or a product sold elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    pub availability: Availability,
    /// Pieces that can be sold; absent when the shop does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// One choice that tells variants apart: `Colour`, `Blue`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    pub name: String,
    pub value: String,
}

/// What a variant costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    pub regular: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale: Option<Sale>,
}

/// A lower price, perhaps for a time. Whether it holds is judged when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    pub price: Money,
    /// Unix seconds; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Unix seconds, not included; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

impl Price {
    /// What is paid at a moment, in Unix seconds.
    #[must_use]
    pub fn at(&self, now: i64) -> Money {
        match self.sale {
            Some(sale) if sale.from.is_none_or(|from| from <= now) && sale.until.is_none_or(|until| now < until) => {
                sale.price
            }
            _ => self.regular,
        }
    }
}

/// Whether a variant can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    InStock,
    OutOfStock,
    /// Not made yet; can be ordered.
    Preorder,
    /// Out of stock; can be ordered and comes later.
    Backorder,
    #[default]
    Unknown,
}

impl Product {
    /// The leaf of the first category: what kind of thing this is, for ranking.
    #[must_use]
    pub fn class(&self) -> Option<&str> {
        self.categories.first()?.last().map(String::as_str)
    }

    /// The variant that stands for the product: the first in stock, else the first.
    #[must_use]
    pub fn leading_variant(&self) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| variant.availability == Availability::InStock)
            .or_else(|| self.variants.first())
    }

    #[must_use]
    pub fn variant(&self, sku: &Sku) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.sku == *sku)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;

    #[test]
    fn a_sale_holds_from_its_first_second_to_the_one_before_its_last() {
        let money = |minor| Money { minor, currency: Currency::EUR };
        let price =
            Price { regular: money(1000), sale: Some(Sale { price: money(800), from: Some(10), until: Some(20) }) };
        let paid: Vec<i64> = [9, 10, 19, 20].map(|now| price.at(now).minor).to_vec();
        assert_eq!(paid, [1000, 800, 800, 1000]);
    }
}
