//! What each variant is sold for, packed into one numeric column.
//!
//! A filter must hold for one variant as a whole, at a moment that is only known
//! when it is asked, so the column has a record for each variant, in their order:
//!
//! | number | meaning |
//! |-|-|
//! | header | bits 0-2 availability, 3 priced, 4 on sale, 8-15 options |
//! | regular price | if priced; minor units |
//! | sale price, from, until | if on sale |
//! | options | name's hash in the upper half, value's in the lower |

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Availability, Variant};
use crate::words::fold;

const PRICED: u64 = 1 << 3;
const ON_SALE: u64 = 1 << 4;
const OPTIONS_SHIFT: u32 = 8;

/// One variant as the column knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Offer {
    pub availability: u64,
    /// Paid at the moment asked for.
    pub price: Option<i64>,
}

pub(super) const IN_STOCK: u64 = 0;
pub(super) const OUT_OF_STOCK: u64 = 1;

fn availability(of: Availability) -> u64 {
    match of {
        Availability::InStock => IN_STOCK,
        Availability::OutOfStock => OUT_OF_STOCK,
        Availability::Preorder => 2,
        Availability::Backorder => 3,
        Availability::Unknown => 4,
    }
}

/// A name or a value as options are compared.
pub(super) fn hash_of(text: &str) -> u64 {
    xxh3_64(fold(text.trim()).as_bytes()) & 0xffff_ffff
}

/// Signed numbers as unsigned ones in the same order.
pub(super) fn unsigned(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

fn signed(number: u64) -> i64 {
    (number ^ (1 << 63)).cast_signed()
}

/// Writes the record of a variant.
pub(super) fn encode(variant: &Variant, out: &mut Vec<u64>) {
    let options = variant.options.len().min(255) as u64;
    let mut header = availability(variant.availability) | (options << OPTIONS_SHIFT);
    let sale = variant.price.and_then(|price| price.sale);
    if variant.price.is_some() {
        header |= PRICED;
    }
    if sale.is_some() {
        header |= ON_SALE;
    }
    out.push(header);
    out.extend(variant.price.map(|price| unsigned(price.regular.minor)));
    if let Some(sale) = sale {
        let window = [sale.price.minor, sale.from.unwrap_or(i64::MIN), sale.until.unwrap_or(i64::MAX)];
        out.extend(window.map(unsigned));
    }
    let options = variant.options.iter().take(255);
    out.extend(options.map(|option| (hash_of(&option.name) << 32) | hash_of(&option.value)));
}

pub(super) fn availability_in(header: u64) -> u64 {
    header & 0b111
}

fn options_in(header: u64) -> u64 {
    (header >> OPTIONS_SHIFT) & 0xff
}

/// The numbers of a record that come after its header.
pub(super) fn numbers_after(header: u64) -> u32 {
    let price = u32::from(header & PRICED != 0);
    let sale = if header & ON_SALE == 0 { 0 } else { 3 };
    price + sale + u32::try_from(options_in(header)).unwrap_or_default()
}

/// Reads the record of the next variant: the offer at `now`, its options into `options`.
/// Nothing at the end, or where a record is cut.
pub(super) fn next(numbers: &mut impl Iterator<Item = u64>, now: i64, options: &mut Vec<u64>) -> Option<Offer> {
    options.clear();
    let header = numbers.next()?;
    let mut price = None;
    if header & PRICED != 0 {
        price = Some(signed(numbers.next()?));
    }
    if header & ON_SALE != 0 {
        let sale = signed(numbers.next()?);
        let from = signed(numbers.next()?);
        let until = signed(numbers.next()?);
        if from <= now && now < until {
            price = Some(sale);
        }
    }
    for _ in 0..options_in(header) {
        options.push(numbers.next()?);
    }
    Some(Offer { availability: availability_in(header), price })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Currency, Money, Price, ProductOption, Sale, Sku};

    fn variant(minor: i64, sale: Option<Sale>, options: &[(&str, &str)]) -> Variant {
        let option = |(name, value): &(&str, &str)| ProductOption { name: (*name).into(), value: (*value).into() };
        Variant {
            sku: Sku::new("A").unwrap(),
            gtin: None,
            external_id: None,
            mpn: None,
            options: options.iter().map(option).collect(),
            price: Some(Price { regular: Money { minor, currency: Currency::EUR }, sale }),
            availability: Availability::Preorder,
            stock: None,
            image: None,
            link: None,
        }
    }

    #[test]
    fn variants_are_read_back_one_by_one_at_any_moment() {
        let sale = Sale { price: Money { minor: 800, currency: Currency::EUR }, from: Some(10), until: Some(20) };
        let mut unpriced = variant(0, None, &[]);
        unpriced.price = None;
        let variants =
            [variant(1000, Some(sale), &[("Colour", "Blue"), ("Size", "M")]), unpriced, variant(-5, None, &[])];
        let mut numbers = Vec::new();
        variants.iter().for_each(|variant| encode(variant, &mut numbers));
        let mut headers = Vec::new();
        let mut at = 0;
        while let Some(header) = numbers.get(at) {
            headers.push(availability_in(*header));
            at += 1 + numbers_after(*header) as usize;
        }
        assert_eq!((headers.as_slice(), at), ([2, 2, 2].as_slice(), numbers.len()), "records can be passed over");
        for (now, paid) in [(9, 1000), (10, 800), (19, 800), (20, 1000)] {
            let (mut numbers, mut options) = (numbers.iter().copied(), Vec::new());
            assert_eq!(next(&mut numbers, now, &mut options), Some(Offer { availability: 2, price: Some(paid) }));
            assert_eq!(options, [(hash_of("colour") << 32) | hash_of("BLUE"), (hash_of("size") << 32) | hash_of("m")]);
            assert_eq!(next(&mut numbers, now, &mut options), Some(Offer { availability: 2, price: None }));
            assert!(options.is_empty());
            assert_eq!(next(&mut numbers, now, &mut options), Some(Offer { availability: 2, price: Some(-5) }));
            assert_eq!(next(&mut numbers, now, &mut options), None);
        }
    }
}
