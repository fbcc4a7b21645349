//! What the demo store sells, read from the same files that Comptoir imports.
//!
//! `demo/catalog/*.csv` are written to the product contract that merchants are
//! given, so the store's shelves and the chat's catalog cannot disagree. How a
//! product looks on a page is left to [`super::pages`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DemoFault, words::Language};

/// The address under which the files were written; replaced when the store
/// listens elsewhere.
pub(super) const WRITTEN_ORIGIN: &str = "http://localhost:8081";

/// The catalog file of a language, as committed.
pub(super) fn file(language: Language) -> &'static str {
    match language {
        Language::French => include_str!("../../demo/catalog/fr.csv"),
        Language::English => include_str!("../../demo/catalog/en.csv"),
    }
}

/// An amount in euro cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cents(pub i64);

impl Cents {
    /// Reads `24.00 EUR`.
    fn read(text: &str) -> Option<Self> {
        let (euros, cents) = text.strip_suffix(" EUR")?.split_once('.')?;
        let (euros, cents): (i64, i64) = (euros.parse().ok()?, cents.parse().ok()?);
        Some(Self(euros * 100 + cents))
    }

    /// `24.00`, as JSON-LD and the product contract write it.
    pub(super) fn plain(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// As a reader of the language expects it; French keeps the sign on the line.
    pub(super) fn in_words(self, language: Language) -> String {
        match language {
            Language::French => format!("{},{:02}\u{a0}€", self.0 / 100, self.0 % 100),
            Language::English => format!("€{}", self.plain()),
        }
    }
}

/// One way to buy a product: a row of the file.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub sku: String,
    /// Path of the page on which this variant is chosen.
    pub path: String,
    pub picture: String,
    pub detail: String,
    /// The palette's name of the colour, the same in both languages.
    pub colour_key: String,
    /// Pieces on the shelf; none means sold out.
    pub stock: u32,
    pub price: Cents,
    /// Paid instead of the price while it is there.
    pub sale: Option<Cents>,
    pub gtin: String,
    pub colour: String,
    pub size: Option<String>,
    pub material: String,
}

impl Variant {
    pub(super) fn paid(&self) -> Cents {
        self.sale.unwrap_or(self.price)
    }
}

/// A product with the variants it comes in, in the order of the file.
#[derive(Debug, Clone)]
pub(super) struct Product {
    /// The same in both languages, so that a page finds its twin.
    pub code: String,
    pub path: String,
    pub title: String,
    pub description: String,
    pub category: String,
    pub subcategory: String,
    /// The drawing of `demo/pictures` that shows it.
    pub kind: String,
    pub variants: Vec<Variant>,
}

impl Product {
    /// What is shown first: a variant that can be bought, if there is one.
    pub(super) fn face(&self) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.stock > 0).or_else(|| self.variants.first())
    }

    pub(super) fn variant(&self, sku: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.sku.eq_ignore_ascii_case(sku))
    }

    /// Palette names of the colours, each once.
    pub(super) fn colour_keys(&self) -> Vec<&str> {
        let mut keys = Vec::new();
        for variant in &self.variants {
            if !keys.contains(&variant.colour_key.as_str()) {
                keys.push(variant.colour_key.as_str());
            }
        }
        keys
    }

    pub(super) fn on_sale(&self) -> bool {
        self.variants.iter().any(|variant| variant.sale.is_some())
    }
}

/// A shelf of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Category {
    pub name: String,
    pub slug: String,
}

/// The whole stock in one language.
#[derive(Debug)]
pub(super) struct Goods {
    pub categories: Vec<Category>,
    pub products: Vec<Product>,
}

/// A row as the contract writes it. Columns that the store does not show are skipped.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    item_group_id: String,
    title: String,
    description: String,
    link: String,
    image_link: String,
    additional_image_link: String,
    quantity: u32,
    price: String,
    sale_price: Option<String>,
    gtin: String,
    product_type: String,
    color: String,
    size: Option<String>,
    material: String,
}

impl Goods {
    pub(super) fn load(language: Language) -> Result<Self, DemoFault> {
        Self::read(file(language)).map_err(|fault| DemoFault::Catalog { language: language.code(), fault })
    }

    fn read(file: &str) -> Result<Self, String> {
        let mut goods = Self { categories: Vec::new(), products: Vec::new() };
        let mut place_of: BTreeMap<String, usize> = BTreeMap::new();
        for row in csv::Reader::from_reader(file.as_bytes()).deserialize::<Row>() {
            let row = row.map_err(|fault| fault.to_string())?;
            let variant = read_variant(&row)?;
            let place = *place_of.entry(row.item_group_id.clone()).or_insert(goods.products.len());
            match goods.products.get_mut(place) {
                Some(product) => product.variants.push(variant),
                None => {
                    let product = read_product(row, variant)?;
                    goods.note_category(&product.category);
                    goods.products.push(product);
                }
            }
        }
        Ok(goods)
    }

    fn note_category(&mut self, name: &str) {
        if !self.categories.iter().any(|category| category.name == name) {
            self.categories.push(Category { name: name.to_owned(), slug: slug(name) });
        }
    }

    pub(super) fn category(&self, slug: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.slug == slug)
    }

    /// The shelf at a place; both languages keep their shelves in one order.
    pub(super) fn place_of(&self, category: &Category) -> Option<usize> {
        self.categories.iter().position(|other| other == category)
    }

    pub(super) fn within<'a>(&'a self, category: &'a str) -> impl Iterator<Item = &'a Product> {
        self.products.iter().filter(move |product| product.category == category)
    }

    /// What a shelf is parted into, in the order of the file.
    pub(super) fn parts_of<'a>(&'a self, category: &'a str) -> Vec<&'a str> {
        let mut parts = Vec::new();
        for product in self.within(category) {
            if !parts.contains(&product.subcategory.as_str()) {
                parts.push(product.subcategory.as_str());
            }
        }
        parts
    }

    pub(super) fn by_path(&self, path: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.path == path)
    }

    pub(super) fn by_code(&self, code: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.code == code)
    }
}

fn read_variant(row: &Row) -> Result<Variant, String> {
    let unreadable =
        |column: &str, value: &str| format!("cannot read {column} `{value}` of `{}`; write it like 12.90 EUR", row.id);
    let sale = match &row.sale_price {
        Some(text) => Some(Cents::read(text).ok_or_else(|| unreadable("sale_price", text))?),
        None => None,
    };
    Ok(Variant {
        sku: row.id.clone(),
        path: path_of(&row.link)?,
        picture: path_of(&row.image_link)?,
        detail: path_of(&row.additional_image_link)?,
        colour_key: colour_key(&row.image_link),
        stock: row.quantity,
        price: Cents::read(&row.price).ok_or_else(|| unreadable("price", &row.price))?,
        sale,
        gtin: row.gtin.clone(),
        colour: row.color.clone(),
        size: row.size.clone(),
        material: row.material.clone(),
    })
}

fn read_product(row: Row, variant: Variant) -> Result<Product, String> {
    let (category, subcategory) = row
        .product_type
        .split_once(" > ")
        .ok_or_else(|| format!("`{}` has no category; write product_type like A > B", row.id))?;
    let path = variant
        .path
        .rsplit_once('/')
        .map(|(path, _)| path.to_owned())
        .ok_or_else(|| format!("`{}` has no page; write link like /fr/p/name/sku", row.id))?;
    let kind = variant.picture.split('/').nth(2).unwrap_or_default().to_owned();
    Ok(Product {
        category: category.to_owned(),
        subcategory: subcategory.to_owned(),
        path,
        kind,
        code: row.item_group_id,
        title: row.title,
        description: row.description,
        variants: vec![variant],
    })
}

/// The path of an address of this store.
fn path_of(address: &str) -> Result<String, String> {
    address
        .strip_prefix(WRITTEN_ORIGIN)
        .map(str::to_owned)
        .ok_or_else(|| format!("`{address}` leads elsewhere; begin links with {WRITTEN_ORIGIN}"))
}

/// `/img/mug/corail-s.svg` shows `corail`.
fn colour_key(picture: &str) -> String {
    let file = picture.rsplit('/').next().unwrap_or_default();
    file.split(['-', '.']).next().unwrap_or_default().to_owned()
}

/// A name as the part of an address: ASCII letters and digits, words by hyphens.
pub(super) fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String =
        name.nfkd().filter(|character| character.is_ascii()).map(|character| character.to_ascii_lowercase()).collect();
    plain
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> [Goods; 2] {
        Language::ALL.map(|language| Goods::load(language).expect("the demo catalog is readable"))
    }

    #[test]
    fn the_shelves_are_full_enough_to_believe() {
        for goods in both() {
            assert!(goods.products.len() >= 60, "{} products", goods.products.len());
            assert!(goods.categories.len() >= 4);
            let variants = || goods.products.iter().flat_map(|product| &product.variants);
            assert!(variants().any(|variant| variant.stock == 0), "nothing is sold out");
            assert!(variants().any(|variant| variant.sale.is_some()), "nothing is on sale");
            assert!(goods.products.iter().any(|product| product.variants.len() >= 4));
        }
    }

    #[test]
    fn every_gtin_ends_with_its_check_digit_and_is_given_once() {
        let [french, _] = both();
        let mut seen = std::collections::BTreeSet::new();
        for variant in french.products.iter().flat_map(|product| &product.variants) {
            let digits: Vec<u32> = variant.gtin.chars().filter_map(|digit| digit.to_digit(10)).collect();
            assert_eq!(digits.len(), 13, "GTIN of `{}`", variant.sku);
            let weighted: u32 = digits.iter().zip([1, 3].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
            assert_eq!(weighted % 10, 0, "check digit of `{}`", variant.gtin);
            assert!(seen.insert(variant.gtin.clone()), "`{}` is given twice", variant.gtin);
        }
    }

    #[test]
    fn both_languages_sell_the_same_things_at_the_same_price() {
        let [french, english] = both();
        assert_eq!(french.products.len(), english.products.len());
        assert_eq!(french.categories.len(), english.categories.len());
        for (left, right) in french.products.iter().zip(&english.products) {
            assert_eq!(left.code, right.code);
            assert_ne!(left.description, right.description, "`{}` is not translated", left.code);
            for (one, other) in left.variants.iter().zip(&right.variants) {
                assert_eq!(
                    (&one.sku, one.price, one.sale, one.stock, &one.gtin, &one.picture),
                    (&other.sku, other.price, other.sale, other.stock, &other.gtin, &other.picture)
                );
            }
        }
    }

    #[test]
    fn a_sale_price_is_lower_and_stock_agrees_with_availability() {
        for language in Language::ALL {
            for row in csv::Reader::from_reader(file(language).as_bytes()).records() {
                let row = row.expect("a readable row");
                let available = row.get(7) == Some("in_stock");
                assert_eq!(available, row.get(8) != Some("0"), "`{:?}`", row.get(0));
            }
            let goods = Goods::load(language).expect("the demo catalog");
            for variant in goods.products.iter().flat_map(|product| &product.variants) {
                assert!(variant.paid() <= variant.price && variant.paid() > Cents(0));
            }
        }
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(Cents(12905).in_words(Language::French), "129,05\u{a0}€");
        assert_eq!(Cents(12905).in_words(Language::English), "€129.05");
        assert_eq!(Cents::read("24.00 EUR"), Some(Cents(2400)));
        assert_eq!(Cents::read("24 EUR"), None);
    }

    #[test]
    fn a_broken_price_says_which_product_and_what_to_write() {
        let header = file(Language::French).lines().next().expect("a header");
        let row = "A-1,A,T,D,http://localhost:8081/fr/p/t/a-1,http://localhost:8081/img/mug/corail.svg,\
                   http://localhost:8081/img/mug/corail-detail.svg,in_stock,1,dear,,Corlieu,1,A > B,Red,,Clay,";

        let fault = Goods::read(&format!("{header}\n{row}\n")).expect_err("a price that is a word");

        assert_eq!(fault, "cannot read price `dear` of `A-1`; write it like 12.90 EUR");
    }
}
