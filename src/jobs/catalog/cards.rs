//! A product as a card: what a visitor will see, frozen at a moment.

use comptoir_catalog::model::{self, Availability, Product, Variant};

use crate::protocol::catalog::{CardAvailability, CatalogHit, CatalogProduct, Money};
use crate::protocol::{ProductCard, ProductId, Sku, Timestamp};

/// The card of the variant named, else of the first in stock. Nothing when there is
/// no such variant, or it has no price.
#[must_use]
pub fn card(product: &Product, sku: Option<&Sku>, now: Timestamp) -> Option<ProductCard> {
    let variant = match sku {
        Some(sku) => product.variants.iter().find(|variant| variant.sku.as_str() == sku.0)?,
        None => product.leading_variant()?,
    };
    of_variant(product, variant, now)
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
    let variants: Vec<ProductCard> =
        product.variants.iter().filter_map(|variant| of_variant(product, variant, now)).collect();
    (!variants.is_empty()).then(|| CatalogProduct {
        product: ProductId(product.id.as_str().to_owned()),
        title: product.title.clone(),
        brand: product.brand.clone(),
        description: product.description.clone(),
        categories: product.categories.iter().map(|path| path.join(" > ")).collect(),
        variants,
    })
}

fn of_variant(product: &Product, variant: &Variant, now: Timestamp) -> Option<ProductCard> {
    let price = variant.price?;
    let paid = price.at(now.millis().div_euclid(1000));
    let options: Vec<&str> = variant.options.iter().map(|option| option.value.as_str()).collect();
    Some(ProductCard {
        product: ProductId(product.id.as_str().to_owned()),
        sku: Some(Sku(variant.sku.as_str().to_owned())),
        title: product.title.clone(),
        variant: options.join(" · "),
        price: money(paid),
        regular_price: (paid != price.regular).then(|| money(price.regular)),
        availability: availability(variant.availability),
        stock: variant.stock.and_then(|stock| u32::try_from(stock).ok()),
        image: variant.image.clone().or_else(|| product.images.first().cloned()),
        link: variant.link.clone().or_else(|| product.link.clone()),
    })
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
