//! What both peers are given: the same texts of each product, the same words of each query.

use comptoir_catalog::model::Product;
use comptoir_catalog::words::{Analysis, Lang};

/// Id, title, class, attributes, brand, path, description: the places that the index has.
pub const COLUMNS: [&str; 7] = ["id", "title", "class", "attributes", "brand", "path", "description"];

pub fn row(product: &Product) -> [String; 7] {
    let attributes = product.attributes.iter().flat_map(|attribute| attribute.values.iter().map(String::as_str));
    let options = product.variants.iter().flat_map(|variant| &variant.options).map(|option| option.value.as_str());
    let attributes: Vec<&str> = attributes.chain(options).collect();
    [
        product.id.as_str().to_owned(),
        product.title.clone(),
        product.class().unwrap_or_default().to_owned(),
        attributes.join(" "),
        product.brand.clone().unwrap_or_default(),
        product.categories.iter().flatten().cloned().collect::<Vec<_>>().join(" "),
        product.description.clone(),
    ]
}

/// All words of a query joined for a peer; letters and digits only, so that nothing
/// in them is an operator.
pub fn any_of(text: &str, quoted: bool, or: &str) -> String {
    let words = Analysis::of(Lang::En).words(text).into_iter();
    let words = words.map(|word| word.folded.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>());
    let words = words.filter(|word| !word.is_empty());
    let quote = |word: String| if quoted { format!("\"{word}\"") } else { word };
    words.map(quote).collect::<Vec<_>>().join(or)
}
