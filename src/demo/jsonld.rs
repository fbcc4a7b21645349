//! The product as search engines, and the widget's page context, read it.
//!
//! Written as schema.org `ProductGroup` with its variants, or `Product` when
//! there is but one way to buy it.

use serde_json::{Value, json};

use super::goods::{Product, Variant};

/// The content of a `<script type="application/ld+json">`.
///
/// `<` is written as an escape, so that no text of the catalog can end the element.
pub(super) fn of_product(product: &Product, origin: &str) -> String {
    let value = match product.variants.as_slice() {
        [only] => single(product, only, origin),
        _ => group(product, origin),
    };
    value.to_string().replace('<', "\\u003c")
}

/// A page's place in the store: names and addresses from the start page to itself.
pub(super) fn of_path(steps: &[(String, String)]) -> String {
    let items: Vec<Value> = (1..)
        .zip(steps)
        .map(|(position, (name, address))| {
            json!({ "@type": "ListItem", "position": position, "name": name, "item": address })
        })
        .collect();
    let value = json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items });
    value.to_string().replace('<', "\\u003c")
}

fn single(product: &Product, variant: &Variant, origin: &str) -> Value {
    let mut value = variant_of(product, variant, origin);
    if let Some(map) = value.as_object_mut() {
        map.insert("@context".into(), json!("https://schema.org"));
        map.insert("@id".into(), json!(format!("{origin}{}", product.path)));
        map.insert("url".into(), json!(format!("{origin}{}", product.path)));
        map.insert("category".into(), json!(product.category));
    }
    value
}

fn group(product: &Product, origin: &str) -> Value {
    let mut varies = Vec::new();
    if product.colour_keys().len() > 1 {
        varies.push("https://schema.org/color");
    }
    if product.variants.iter().any(|variant| variant.size.is_some()) {
        varies.push("https://schema.org/size");
    }
    let url = format!("{origin}{}", product.path);
    json!({
        "@context": "https://schema.org",
        "@type": "ProductGroup",
        "@id": url,
        "url": url,
        "productGroupID": product.code,
        "name": product.title,
        "description": product.description,
        "category": product.category,
        "brand": { "@type": "Brand", "name": "Corlieu" },
        "variesBy": varies,
        "hasVariant": product
            .variants
            .iter()
            .map(|variant| variant_of(product, variant, origin))
            .collect::<Vec<_>>(),
    })
}

fn variant_of(product: &Product, variant: &Variant, origin: &str) -> Value {
    let availability = if variant.stock > 0 { "InStock" } else { "OutOfStock" };
    let mut value = json!({
        "@type": "Product",
        "@id": format!("{origin}{}", variant.path),
        "name": product.title,
        "description": product.description,
        "image": [format!("{origin}{}", variant.picture), format!("{origin}{}", variant.detail)],
        "sku": variant.sku,
        "gtin": variant.gtin,
        "color": variant.colour,
        "material": variant.material,
        "brand": { "@type": "Brand", "name": "Corlieu" },
        "offers": {
            "@type": "Offer",
            "url": format!("{origin}{}", variant.path),
            "price": variant.paid().plain(),
            "priceCurrency": "EUR",
            "availability": format!("https://schema.org/{availability}"),
            "itemCondition": "https://schema.org/NewCondition",
        },
    });
    if let (Some(size), Some(map)) = (&variant.size, value.as_object_mut()) {
        map.insert("size".into(), json!(size));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::goods::Goods;
    use crate::demo::words::Language;

    const ORIGIN: &str = "http://localhost:8081";

    #[test]
    fn every_product_says_what_a_card_needs() {
        let goods = Goods::load(Language::French).expect("the demo catalog");
        for product in &goods.products {
            let value: Value = serde_json::from_str(&of_product(product, ORIGIN)).expect("valid JSON-LD");
            assert_eq!(value["url"], format!("{ORIGIN}{}", product.path));
            let variants = match value["@type"].as_str() {
                Some("ProductGroup") => value["hasVariant"].as_array().cloned().expect("variants"),
                Some("Product") => vec![value.clone()],
                other => panic!("type `{other:?}` of `{}`", product.code),
            };
            assert_eq!(variants.len(), product.variants.len());
            for (written, variant) in variants.iter().zip(&product.variants) {
                assert_eq!(written["sku"], variant.sku);
                assert_eq!(written["gtin"], variant.gtin);
                assert_eq!(written["offers"]["price"], variant.paid().plain());
                assert_eq!(written["offers"]["priceCurrency"], "EUR");
                let sold_out = written["offers"]["availability"] == "https://schema.org/OutOfStock";
                assert_eq!(sold_out, variant.stock == 0);
            }
        }
    }

    #[test]
    fn no_text_of_the_catalog_ends_the_script_element() {
        let mut goods = Goods::load(Language::English).expect("the demo catalog");
        let product = goods.products.first_mut().expect("a product");
        product.title = "</script><script>alert(1)</script>".to_owned();

        let written = of_product(product, ORIGIN);

        assert!(!written.contains('<'));
        let value: Value = serde_json::from_str(&written).expect("valid JSON-LD");
        assert_eq!(value["name"], product.title);
    }
}
