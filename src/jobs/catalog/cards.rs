//! A product as a card: what a visitor will see, frozen at a moment.

use comptoir_catalog::model::{self, Availability, Product, Variant};

use crate::protocol::catalog::{
    CardAvailability, CatalogHit, CatalogProduct, ComparedRow, ComparedWhat, Money, ProductAttribute,
};
use crate::protocol::{ProductCard, ProductComparison, ProductId, Sku, Timestamp};

/// Differences told of a comparison.
const COMPARED_ROWS_MAX: usize = 20;

/// The card of the variant named, else of the first in stock. Nothing when there is
/// no such variant.
#[must_use]
pub fn card(product: &Product, sku: Option<&Sku>, now: Timestamp) -> Option<ProductCard> {
    let variant = chosen(product, sku)?;
    Some(of_variant(product, variant, now))
}

/// The variant named, else the first in stock.
#[must_use]
pub fn chosen<'p>(product: &'p Product, sku: Option<&Sku>) -> Option<&'p Variant> {
    match sku {
        Some(sku) => product.variants.iter().find(|variant| variant.sku.as_str() == sku.0),
        None => product.leading_variant(),
    }
}

/// A search's hit; a variant that the index knows and the store does not is no reason to lose it.
#[must_use]
pub fn hit(product: &Product, sku: Option<&Sku>, now: Timestamp) -> Option<CatalogHit> {
    let card = card(product, sku, now).or_else(|| card(product, None, now))?;
    let variants = u32::try_from(product.variants.len()).unwrap_or(u32::MAX);
    Some(CatalogHit { card, variants, brand: product.brand.clone() })
}

/// A product with a card for each variant.
#[must_use]
pub fn product(product: &Product, now: Timestamp) -> Option<CatalogProduct> {
    let variants: Vec<ProductCard> = product.variants.iter().map(|variant| of_variant(product, variant, now)).collect();
    (!variants.is_empty()).then(|| CatalogProduct {
        product: ProductId(product.id.as_str().to_owned()),
        title: product.title.clone(),
        brand: product.brand.clone(),
        description: product.description.clone(),
        categories: product.categories.iter().map(|path| path.join(" > ")).collect(),
        attributes: product.attributes.iter().map(attribute).collect(),
        variants,
    })
}

/// Products side by side: of what the feed says of them, only what differs.
#[must_use]
pub fn comparison(chosen: &[(&Product, &Variant)], now: Timestamp) -> ProductComparison {
    let cards = chosen.iter().map(|(product, variant)| of_variant(product, variant, now)).collect();
    let brands = chosen.iter().map(|(product, _)| product.brand.clone().unwrap_or_default()).collect();
    let mut rows = vec![ComparedRow { what: ComparedWhat::Brand {}, values: brands }];
    let mut names: Vec<&str> = Vec::new();
    for (product, variant) in chosen {
        let options = variant.options.iter().map(|option| option.name.as_str());
        for name in options.chain(product.attributes.iter().map(|attribute| attribute.name.as_str())) {
            if !names.iter().any(|known| is_same_name(known, name)) {
                names.push(name);
            }
        }
    }
    rows.extend(names.into_iter().map(|name| ComparedRow {
        what: ComparedWhat::Attribute { name: name.to_owned() },
        values: chosen.iter().map(|(product, variant)| value_of(product, variant, name)).collect(),
    }));
    rows.retain(|row| row.values.iter().any(|value| row.values.first() != Some(value)));
    rows.truncate(COMPARED_ROWS_MAX);
    ProductComparison { cards, rows }
}

/// Of the variant where it says so itself, else of the product.
fn value_of(product: &Product, variant: &Variant, name: &str) -> String {
    if let Some(option) = variant.options.iter().find(|option| is_same_name(&option.name, name)) {
        return option.value.clone();
    }
    let attribute = product.attributes.iter().find(|attribute| is_same_name(&attribute.name, name));
    attribute.map(|attribute| attribute.values.join(", ")).unwrap_or_default()
}

fn is_same_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn of_variant(product: &Product, variant: &Variant, now: Timestamp) -> ProductCard {
    let paid = variant.price.map(|price| price.at(now.millis().div_euclid(1000)));
    let regular = variant.price.map(|price| price.regular).filter(|regular| Some(*regular) != paid);
    let options: Vec<&str> = variant.options.iter().map(|option| option.value.as_str()).collect();
    ProductCard {
        product: ProductId(product.id.as_str().to_owned()),
        sku: Some(Sku(variant.sku.as_str().to_owned())),
        title: product.title.clone(),
        variant: options.join(" · "),
        price: paid.map(money),
        regular_price: regular.map(money),
        availability: availability(variant.availability),
        stock: variant.stock.and_then(|stock| u32::try_from(stock).ok()),
        image: variant.image.clone().or_else(|| product.images.first().cloned()),
        link: variant.link.clone().or_else(|| product.link.clone()),
        external_id: variant.external_id.clone(),
    }
}

fn attribute(attribute: &model::Attribute) -> ProductAttribute {
    ProductAttribute { name: attribute.name.clone(), values: attribute.values.clone() }
}

fn money(money: model::Money) -> Money {
    let decimals = u8::try_from(money.currency.decimals()).unwrap_or(2);
    Money { minor: money.minor, currency: money.currency.code().to_owned(), decimals }
}

fn availability(availability: Availability) -> CardAvailability {
    match availability {
        Availability::InStock => CardAvailability::InStock,
        Availability::OutOfStock => CardAvailability::OutOfStock,
        Availability::Preorder => CardAvailability::Preorder,
        Availability::Backorder => CardAvailability::Backorder,
        Availability::Unknown => CardAvailability::Unknown,
    }
}
