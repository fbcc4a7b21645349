//! One update on one product. Pure.

use comptoir_catalog::model::{Availability, Currency, Gtin, Money, Price, Product, Sale, Variant};
use comptoir_catalog::words::fold;

use crate::protocol::catalog::CardAvailability;
use crate::protocol::feed::ProductUpdate;

/// Digits of an amount: more is a slip of the keyboard.
const AMOUNT_DIGITS_MAX: usize = 15;

/// What an update names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// One variant: by its SKU or GTIN.
    Code(String),
    /// A product with all its variants.
    Id(String),
}

impl Named {
    /// # Errors
    /// The sentence for one that names nothing, or twice.
    pub fn of(update: &ProductUpdate) -> Result<Self, String> {
        let sku = update.sku.as_ref().map(|sku| Self::Code(sku.0.clone()));
        let gtin = update.gtin.clone().map(Self::Code);
        let id = update.id.as_ref().map(|id| Self::Id(id.0.clone()));
        let mut names = [sku, gtin, id].into_iter().flatten();
        match (names.next(), names.next()) {
            (Some(name), None) => Ok(name),
            (None, _) => Err("It names no product. Give `sku`, `gtin` or `id`.".to_owned()),
            (Some(_), Some(_)) => Err("It names a product twice. Give one of `sku`, `gtin` and `id`.".to_owned()),
        }
    }

    pub fn unknown(&self) -> String {
        match self {
            Self::Code(code) => {
                format!("No variant of the catalog has the SKU or GTIN `{}`. Import it first.", shortened(code))
            }
            Self::Id(id) => format!("No product of the catalog has the id `{}`. Import it first.", shortened(id)),
        }
    }

    fn is_of(&self, variant: &Variant) -> bool {
        match self {
            Self::Id(_) => true,
            Self::Code(code) => {
                let given = || Gtin::new(code).ok().map(|gtin| gtin.canonical());
                let has = variant.gtin.as_ref().map(Gtin::canonical);
                fold(variant.sku.as_str()) == fold(code.trim()) || (has.is_some() && has == given())
            }
        }
    }
}

/// What an update says, read and found sensible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    price: Option<Amount>,
    /// Inside: none ends the sale.
    sale: Option<Option<Amount>>,
    stock: Option<i64>,
    availability: Option<Availability>,
}

/// An amount as it was written: its currency decides where the minor units begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Amount {
    digits: i64,
    decimals: u32,
    currency: Option<Currency>,
}

impl Said {
    /// # Errors
    /// The sentence that says what to write.
    pub fn read(update: &ProductUpdate) -> Result<Self, String> {
        let price = update.price.as_deref().map(|text| amount("price", text)).transpose()?;
        let sale = match update.sale_price.as_deref() {
            None => None,
            Some(text) if text.trim().is_empty() => Some(None),
            Some(text) => Some(Some(amount("sale_price", text)?)),
        };
        if update.stock.is_some_and(|stock| stock < 0) {
            return Err("The stock is below 0. Write 0 for none.".to_owned());
        }
        let availability = update.availability.map(availability);
        if price.is_none() && sale.is_none() && update.stock.is_none() && availability.is_none() {
            return Err("It changes nothing. Give `price`, `sale_price`, `stock` or `availability`.".to_owned());
        }
        Ok(Self { price, sale, stock: update.stock, availability })
    }

    /// Changes the variants that are named; answers how many were changed and how many were so already.
    ///
    /// # Errors
    /// The sentence; then nothing was changed.
    pub fn apply(&self, named: &Named, product: &mut Product, currency: Currency) -> Result<(u64, u64), String> {
        let mut changed = Vec::new();
        for (place, variant) in product.variants.iter().enumerate().filter(|(_, variant)| named.is_of(variant)) {
            changed.push((place, self.applied(variant, currency)?));
        }
        let (mut new, mut same) = (0, 0);
        for (place, variant) in changed {
            let Some(known) = product.variants.get_mut(place) else { continue };
            if *known == variant {
                same += 1
            } else {
                new += 1
            }
            *known = variant;
        }
        Ok((new, same))
    }

    fn applied(&self, variant: &Variant, currency: Currency) -> Result<Variant, String> {
        let mut variant = variant.clone();
        let currency = variant.price.map_or(currency, |price| price.regular.currency);
        if let Some(amount) = self.price {
            let regular = amount.in_currency(currency)?;
            // A sale that is no reduction any more is over.
            let sale = variant.price.and_then(|price| price.sale).filter(|sale| sale.price.minor < regular.minor);
            variant.price = Some(Price { regular, sale });
        }
        if let Some(sale) = self.sale {
            let price = variant.price.as_mut().ok_or("It has no price yet. Give `price` beside `sale_price`.")?;
            price.sale = match sale {
                None => None,
                Some(amount) => Some(reduced(amount.in_currency(currency)?, price.regular)?),
            };
        }
        if let Some(stock) = self.stock {
            variant.stock = Some(stock);
            match (variant.availability, stock) {
                (Availability::InStock | Availability::Unknown, 0) => variant.availability = Availability::OutOfStock,
                (Availability::OutOfStock | Availability::Unknown, 1..) => {
                    variant.availability = Availability::InStock;
                }
                _ => {}
            }
        }
        if let Some(availability) = self.availability {
            variant.availability = availability;
        }
        Ok(variant)
    }
}

/// From now until somebody ends it.
fn reduced(price: Money, regular: Money) -> Result<Sale, String> {
    if price.minor >= regular.minor {
        return Err(format!("The sale price {price} is not below the price {regular}. Empty ends a sale."));
    }
    Ok(Sale { price, from: None, until: None })
}

impl Amount {
    fn in_currency(self, currency: Currency) -> Result<Money, String> {
        if let Some(given) = self.currency.filter(|given| *given != currency) {
            return Err(format!("The price is in {given}, and those of the catalog are in {currency}."));
        }
        let missing = currency.decimals().checked_sub(self.decimals).ok_or_else(|| {
            format!("The price has {} decimals; {currency} has {}.", self.decimals, currency.decimals())
        })?;
        Ok(Money { minor: self.digits.saturating_mul(10_i64.saturating_pow(missing)), currency })
    }
}

/// `12.90`, `12,90` or `12.90 EUR`.
fn amount(field: &str, text: &str) -> Result<Amount, String> {
    let wrong = || format!("Cannot read `{field}` `{}`. Write it like 12.90 or 12.90 EUR.", shortened(text));
    let (number, currency) = match text.trim().split_once(' ') {
        Some((number, code)) => (number, Some(Currency::new(code).map_err(|_| wrong())?)),
        None => (text.trim(), None),
    };
    let (whole, rest) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let digits = format!("{whole}{rest}");
    let is_number = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || digits.len() > AMOUNT_DIGITS_MAX || (rest.is_empty() && number.ends_with(['.', ','])) {
        return Err(wrong());
    }
    let decimals = u32::try_from(rest.len()).map_err(|_| wrong())?;
    Ok(Amount { digits: digits.parse().map_err(|_| wrong())?, decimals, currency })
}

fn availability(said: CardAvailability) -> Availability {
    match said {
        CardAvailability::InStock => Availability::InStock,
        CardAvailability::OutOfStock => Availability::OutOfStock,
        CardAvailability::Preorder => Availability::Preorder,
        CardAvailability::Backorder => Availability::Backorder,
        CardAvailability::Unknown => Availability::Unknown,
    }
}

/// A value as it is quoted in a sentence.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn mug() -> Product {
        let money = |minor: i64| json!({"minor": minor, "currency": "EUR"});
        serde_json::from_value(json!({
            "id": "MUG", "title": "Mug", "published": true, "variants": [
                {"sku": "M-B", "gtin": "4006381333931", "availability": "in_stock", "stock": 4,
                 "price": {"regular": money(1400), "sale": {"price": money(1000)}}},
                {"sku": "M-R", "availability": "out_of_stock", "price": {"regular": money(1500)}},
                {"sku": "M-G", "availability": "unknown"},
            ],
        }))
        .unwrap()
    }

    /// The first variant after an update, as `paid/regular stock availability`, or the sentence.
    fn after(update: Value) -> String {
        let update: ProductUpdate = serde_json::from_value(update).unwrap();
        let mut product = mug();
        let done = (|| {
            let named = Named::of(&update)?;
            let counts = Said::read(&update)?.apply(&named, &mut product, Currency::EUR)?;
            Ok::<_, String>((named, counts))
        })();
        let (named, (changed, same)) = match done {
            Ok(done) => done,
            Err(sentence) => return sentence,
        };
        let Some(variant) = product.variants.iter().find(|variant| named.is_of(variant)) else {
            return named.unknown();
        };
        let price = variant.price.map(|price| format!("{}/{}", price.at(0).minor, price.regular.minor));
        let stock = variant.stock.map(|stock| stock.to_string());
        format!(
            "{changed}+{same} {} {} {:?}",
            price.unwrap_or_default(),
            stock.unwrap_or_default(),
            variant.availability
        )
    }

    #[test]
    fn each_update_changes_what_it_says_or_says_what_is_wrong() {
        for (update, expected) in [
            (json!({"sku": "m-b", "price": "12.90"}), "1+0 1000/1290 4 InStock"),
            (json!({"gtin": "4006381333931", "price": "9,5 EUR"}), "1+0 950/950 4 InStock"),
            (json!({"sku": "M-B", "sale_price": ""}), "1+0 1400/1400 4 InStock"),
            (json!({"sku": "M-B", "sale_price": "12"}), "1+0 1200/1400 4 InStock"),
            (json!({"sku": "M-B", "stock": 0}), "1+0 1000/1400 0 OutOfStock"),
            (json!({"sku": "M-B", "stock": 4}), "0+1 1000/1400 4 InStock"),
            (json!({"sku": "M-R", "stock": 2}), "1+0 1500/1500 2 InStock"),
            (json!({"sku": "M-R", "stock": 2, "availability": "preorder"}), "1+0 1500/1500 2 Preorder"),
            (json!({"sku": "M-G", "price": "20"}), "1+0 2000/2000  Unknown"),
            (json!({"id": "MUG", "stock": 4}), "2+1 1000/1400 4 InStock"),
            (
                json!({"sku": "M-X", "stock": 1}),
                "No variant of the catalog has the SKU or GTIN `M-X`. Import it first.",
            ),
            (json!({"stock": 1}), "It names no product. Give `sku`, `gtin` or `id`."),
            (
                json!({"sku": "A", "id": "B", "stock": 1}),
                "It names a product twice. Give one of `sku`, `gtin` and `id`.",
            ),
            (json!({"sku": "M-B"}), "It changes nothing. Give `price`, `sale_price`, `stock` or `availability`."),
            (json!({"sku": "M-B", "stock": -1}), "The stock is below 0. Write 0 for none."),
            (json!({"sku": "M-B", "price": "12.9O"}), "Cannot read `price` `12.9O`. Write it like 12.90 or 12.90 EUR."),
            (json!({"sku": "M-B", "price": "12."}), "Cannot read `price` `12.`. Write it like 12.90 or 12.90 EUR."),
            (json!({"sku": "M-B", "price": "-3"}), "Cannot read `price` `-3`. Write it like 12.90 or 12.90 EUR."),
            (json!({"sku": "M-B", "price": "1.234"}), "The price has 3 decimals; EUR has 2."),
            (json!({"sku": "M-B", "price": "3 USD"}), "The price is in USD, and those of the catalog are in EUR."),
            (
                json!({"sku": "M-B", "sale_price": "14"}),
                "The sale price 14.00 EUR is not below the price 14.00 EUR. Empty ends a sale.",
            ),
            (json!({"sku": "M-G", "sale_price": "14"}), "It has no price yet. Give `price` beside `sale_price`."),
        ] {
            assert_eq!(after(update.clone()), expected, "{update}");
        }
    }
}
