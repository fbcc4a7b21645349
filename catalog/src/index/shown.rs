//! What an answer needs of a product, kept beside its words in a few bytes.
//!
//! Options repeat from variant to variant, so their words are written once and
//! variants refer to them. Texts are preceded by their length, numbers are in
//! seven bits a byte, the lowest first.

use std::collections::HashMap;

use crate::model::{Product, Variant};
use crate::words::fold;

#[derive(Debug, Default, PartialEq)]
pub(super) struct Shown {
    pub id: String,
    pub title: String,
    /// The words of each option's value, folded and stemmed.
    pub options: Vec<OptionWords>,
    pub variants: Vec<ShownVariant>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct ShownVariant {
    pub sku: String,
    /// GTIN and MPN as codes are compared.
    pub codes: Vec<String>,
    /// Which of the product's options it has.
    pub options: Vec<usize>,
}

impl ShownVariant {
    /// Whether one of these folded names is this variant's.
    pub fn is_named(&self, names: &[String]) -> bool {
        names.contains(&fold(&self.sku)) || self.codes.iter().any(|code| names.contains(code))
    }
}

impl Shown {
    pub fn has_option_word(&self, variant: &ShownVariant, word: &str) -> bool {
        let options = variant.options.iter().filter_map(|option| self.options.get(*option));
        options.flatten().any(|known| known == word)
    }
}

/// The words of an option's value.
pub(super) type OptionWords = Vec<String>;

/// Writes a product; `codes` gives a variant's codes but its SKU.
pub(super) fn encode(
    product: &Product,
    option_words: &mut dyn FnMut(&str) -> OptionWords,
    codes: impl Fn(&Variant) -> Vec<String>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 + product.title.len());
    push_text(&mut out, product.id.as_str());
    push_text(&mut out, &product.title);
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut words = Vec::new();
    for option in product.variants.iter().flat_map(|variant| &variant.options) {
        let next = places.len();
        places.entry(&option.value).or_insert_with(|| {
            words.push(option_words(&option.value));
            next
        });
    }
    push_number(&mut out, words.len());
    for words in &words {
        push_number(&mut out, words.len());
        words.iter().for_each(|word| push_text(&mut out, word));
    }
    push_number(&mut out, product.variants.len());
    for variant in &product.variants {
        push_text(&mut out, variant.sku.as_str());
        let codes = codes(variant);
        push_number(&mut out, codes.len());
        codes.iter().for_each(|code| push_text(&mut out, code));
        push_number(&mut out, variant.options.len());
        for option in &variant.options {
            push_number(&mut out, places.get(option.value.as_str()).copied().unwrap_or_default());
        }
    }
    out
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push_number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Reads a product; nothing when the bytes are none.
pub(super) fn decode(bytes: &[u8]) -> Option<Shown> {
    let mut input = Input(bytes);
    let id = input.text()?;
    let title = input.text()?;
    let options = input.list(|input| input.list(Input::text))?;
    let variants = input.list(|input| {
        Some(ShownVariant { sku: input.text()?, codes: input.list(Input::text)?, options: input.list(Input::number)? })
    })?;
    Some(Shown { id, title, options, variants })
}

struct Input<'b>(&'b [u8]);

impl Input<'_> {
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()?;
        (0..length).map(|_| item(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Analysis, Lang};

    #[test]
    fn a_product_is_read_back_and_anything_cut_is_nothing() {
        let product: Product = serde_json::from_value(serde_json::json!({
            "id": "MUG", "title": "Stoneware mug", "published": true,
            "variants": [
                {"sku": "MUG-B", "options": [{"name": "Colour", "value": "Dark blue"}], "availability": "in_stock"},
                {"sku": "MUG-R", "mpn": "R/1", "options": [{"name": "Colour", "value": "Reds"}], "availability": "unknown"}
            ]
        }))
        .unwrap();
        let analysis = Analysis::of(Lang::En);
        let mut words = |value: &str| -> OptionWords {
            analysis.words(value).into_iter().flat_map(|word| [word.folded, word.stem]).collect()
        };
        let bytes = encode(&product, &mut words, |variant| variant.mpn.iter().cloned().collect());
        let shown = decode(&bytes).unwrap();
        assert_eq!((shown.id.as_str(), shown.title.as_str()), ("MUG", "Stoneware mug"));
        assert_eq!(shown.variants[1].codes, ["R/1"]);
        assert!(shown.has_option_word(&shown.variants[0], "blue"));
        assert!(shown.has_option_word(&shown.variants[1], "red"));
        assert!(!shown.has_option_word(&shown.variants[1], "blue"));
        assert!(shown.variants[0].is_named(&["mug-b".to_owned()]));
        for end in 0..bytes.len() {
            assert_eq!(decode(&bytes[..end]), None, "{end}");
        }
    }
}
