//! Writes the feeds that the others read.

use std::fs::File;

use comptoir_catalog::model::Product;
use comptoir_silver::google_feed;
use serde_json::{Value, json};

use super::Asked;
use crate::Failure;

/// One product in so many has another price in the changed feed.
const CHANGED_ONE_IN: usize = 100;

pub fn write(asked: &Asked) -> Result<Value, Failure> {
    let shop = asked.shop();
    let rows = shop.write_feed(&mut File::create(asked.feed())?)?;
    let changed = shop.products().enumerate().map(|(number, product)| {
        if number % CHANGED_ONE_IN == CHANGED_ONE_IN / 2 { one_euro_more(product) } else { product }
    });
    google_feed(changed, &mut File::create(asked.changed_feed())?)?;
    Ok(json!({"rows": rows, "bytes": asked.feed().metadata()?.len()}))
}

fn one_euro_more(mut product: Product) -> Product {
    for price in product.variants.iter_mut().filter_map(|variant| variant.price.as_mut()) {
        price.regular.minor += 100;
    }
    product
}
