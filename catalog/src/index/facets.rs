//! What products are filtered and counted by: categories, brands, attributes, options.
//!
//! Each is one term: a kind, what is compared (folded), and what is shown. So one
//! column serves filters and counts, and spellings that fold alike count as one.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Product, bounds};
use crate::words::fold;

/// Between the parts of what is compared, and of what is shown.
const PART: char = '\u{1f}';
/// Between what is compared and what is shown.
const SHOWN: char = '\u{1e}';
/// Longer values are texts, not choices; they are not filtered by.
const VALUE_BYTES_MAX: usize = 120;
/// Facets of one product.
const FACETS_MAX: usize = 300;
/// Different facets that are kept at hand.
const KNOWN_MAX: usize = 50_000;

/// What a facet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Category,
    Brand,
    Attribute,
}

impl Kind {
    fn letter(self) -> char {
        match self {
            Self::Category => 'c',
            Self::Brand => 'b',
            Self::Attribute => 'a',
        }
    }

    fn of_letter(letter: char) -> Option<Self> {
        [Self::Category, Self::Brand, Self::Attribute].into_iter().find(|kind| kind.letter() == letter)
    }
}

/// What all terms of one facet start with, whatever is shown.
pub(super) fn key<'p>(kind: Kind, parts: impl IntoIterator<Item = &'p str>) -> String {
    let mut key = String::from(kind.letter());
    for part in parts {
        key.push(PART);
        push_clean(&mut key, &fold(part.trim()));
    }
    key.push(SHOWN);
    key
}

/// What the keys of all values of one name start with.
pub(super) fn beginning(kind: Kind, name: &str) -> String {
    let mut beginning = key(kind, [name]);
    beginning.pop();
    beginning.push(PART);
    beginning
}

fn term<'p>(kind: Kind, parts: impl IntoIterator<Item = &'p str> + Clone) -> String {
    let mut term = key(kind, parts.clone());
    for (place, part) in parts.into_iter().enumerate() {
        if place > 0 {
            term.push(PART);
        }
        push_clean(&mut term, part.trim());
    }
    term
}

/// Control characters are our own here.
fn push_clean(to: &mut String, text: &str) {
    to.extend(text.chars().filter(|letter| !letter.is_control()));
}

/// A term taken apart: its kind, its key, and what is shown.
pub(super) fn parts(term: &str) -> Option<(Kind, &str, Vec<&str>)> {
    let kind = Kind::of_letter(term.chars().next()?)?;
    let (key, shown) = term.split_once(SHOWN)?;
    Some((kind, key, shown.split(PART).collect()))
}

/// Puts terms together, those that come up again only once.
#[derive(Debug, Default)]
pub(super) struct Facets {
    /// By their parts as written.
    known: HashMap<String, Term>,
    parts: String,
}

#[derive(Debug, Clone)]
struct Term {
    text: Arc<str>,
    /// Of what is compared.
    hash: u64,
}

impl Facets {
    /// The terms of a product, each facet once.
    pub fn of(&mut self, product: &Product, mut take: impl FnMut(&str)) {
        if self.known.len() >= KNOWN_MAX {
            self.known.clear();
        }
        let mut given: Vec<u64> = Vec::new();
        let mut add = |kind: Kind, parts: &[&str]| {
            let term = self.term(kind, parts);
            if given.len() < FACETS_MAX && !given.contains(&term.hash) {
                given.push(term.hash);
                take(&term.text);
            }
        };
        for path in product.categories.iter().take(bounds::CATEGORIES_MAX) {
            let path: Vec<&str> = path.iter().take(bounds::CATEGORY_DEPTH_MAX).map(String::as_str).collect();
            (1..=path.len()).for_each(|depth| add(Kind::Category, path.get(..depth).unwrap_or_default()));
        }
        if let Some(brand) = &product.brand {
            add(Kind::Brand, &[brand]);
        }
        let attributes = product.attributes.iter();
        let attributes = attributes.flat_map(|attribute| attribute.values.iter().map(|value| (&attribute.name, value)));
        let options = product.variants.iter().flat_map(|variant| &variant.options);
        let options = options.map(|option| (&option.name, &option.value));
        for (name, value) in attributes.chain(options) {
            if !value.is_empty() && value.len() <= VALUE_BYTES_MAX {
                add(Kind::Attribute, &[name, value]);
            }
        }
    }

    fn term(&mut self, kind: Kind, parts: &[&str]) -> Term {
        self.parts.clear();
        self.parts.push(kind.letter());
        for part in parts {
            self.parts.push(PART);
            self.parts.push_str(part);
        }
        if let Some(term) = self.known.get(&self.parts) {
            return term.clone();
        }
        let text = term(kind, parts.iter().copied());
        let hash = xxh3_64(text.split(SHOWN).next().unwrap_or_default().as_bytes());
        let term = Term { text: text.into(), hash };
        self.known.insert(self.parts.clone(), term.clone());
        term
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_is_compared_folded_and_shown_as_written() {
        let written = term(Kind::Attribute, ["Matière", " Chêne "]);
        assert!(written.starts_with(&key(Kind::Attribute, ["MATIERE", "chene"])));
        let (kind, _, shown) = parts(&written).unwrap();
        assert_eq!((kind, shown), (Kind::Attribute, vec!["Matière", "Chêne"]));
        assert_eq!(parts("x"), None);
        // A category is not the start of another one with a longer name.
        assert!(!term(Kind::Category, ["Tables basses"]).starts_with(&key(Kind::Category, ["Tables"])));
    }
}
