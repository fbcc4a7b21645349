//! The rows of one product to the product, with its faults.
//!
//! What the first row that says it says, holds for the product (title, brand,
//! description …); each row is also read as a variant by [`super::variants`].

use std::collections::HashMap;

use xxhash_rust::xxh3::Xxh3;

use super::dialect::Meaning as M;
use super::fault::{FaultKind, Faults, RowFault};
use super::layout::Layout;
use super::records::Record;
use super::survey::Survey;
use super::values;
use super::variants::demote_options;
use super::worded::MAPPED_VALUES;
use super::{Dialect, Found, Settings};
use crate::model::{Attribute, Product, ProductId, bounds};
use crate::plain_text::plain_text;

pub(super) struct Assembler<'a> {
    pub faults: Faults,
    pub(super) layout: &'a Layout,
    pub(super) settings: &'a Settings,
    pub(super) survey: &'a Survey,
    seed: u64,
    /// Where each SKU (hashed) was first given: they are unique in a site.
    pub(super) skus: HashMap<u64, u64>,
}

/// A cell that holds something, with its column.
#[derive(Clone, Copy)]
pub(super) struct Cell<'r> {
    pub column: usize,
    pub text: &'r str,
}

impl<'a> Assembler<'a> {
    pub fn new(layout: &'a Layout, settings: &'a Settings, survey: &'a Survey) -> Self {
        let seed = settings.seed();
        Self { faults: Faults::default(), layout, settings, survey, seed, skus: HashMap::new() }
    }

    /// Whether a record can belong to a product; if not, its fault is noted.
    pub fn accepts(&mut self, record: &Record) -> bool {
        let columns = self.layout.columns.len();
        if (columns..record.len()).any(|column| !record.get(column).is_empty()) {
            let kind = FaultKind::ExtraFields { fields: record.len(), columns };
            self.faults.add(RowFault::of_row(record.line, kind));
            return false;
        }
        if self.layout.key(record).is_empty() {
            let column = self.layout.name_of(&[M::Group, M::Id, M::Sku]);
            self.faults.add(RowFault::of_cell(record.line, column, "", FaultKind::MissingId));
            return false;
        }
        true
    }

    /// The product of these rows, or nothing when no row of it can be used.
    pub fn product(&mut self, rows: &[Record]) -> Option<Found> {
        let first = rows.first()?;
        let id = match ProductId::new(self.layout.key(first)) {
            Ok(id) => id,
            Err(_) => {
                self.refuse_all(rows, &[M::Group, M::Id, M::Sku], FaultKind::CodeTooLong);
                return None;
            }
        };
        let Some(title) = self.text(rows, M::Title, bounds::TITLE_CHARS_MAX) else {
            self.refuse_all(rows, &[M::Title], FaultKind::MissingTitle);
            return None;
        };
        let mut variants = self.variants(rows, &id);
        if variants.is_empty() {
            return None;
        }
        let mut attributes = self.attributes(rows);
        demote_options(&mut variants, &mut attributes);
        let product = Product {
            title,
            brand: self.text(rows, M::Brand, bounds::BRAND_CHARS_MAX),
            description: self.description(rows),
            categories: self.categories(rows),
            attributes,
            link: self.product_link(rows, &id),
            images: self.images(rows),
            similar: self.related(rows, M::Similar),
            complementary: self.related(rows, M::Complementary),
            published: self.published(rows),
            variants,
            id,
        };
        Some(Found { product, hash: self.hash(rows), line: first.line })
    }

    fn refuse_all(&mut self, rows: &[Record], meanings: &[M], kind: FaultKind) {
        let layout = self.layout;
        let column = layout.name_of(meanings);
        for row in rows {
            let value = layout.key(row);
            self.faults.add(RowFault::of_cell(row.line, column, value, kind.clone()));
        }
    }

    pub(super) fn cell<'r>(&self, row: &'r Record, meaning: M) -> Option<Cell<'r>> {
        let column = self.layout.first(meaning)?;
        let text = row.get(column);
        (!text.is_empty()).then_some(Cell { column, text })
    }

    pub(super) fn warn(&mut self, row: &Record, cell: Cell<'_>, kind: FaultKind) {
        let column = self.layout.name(cell.column);
        self.faults.add(RowFault::of_cell(row.line, column, cell.text, kind));
    }

    /// The first text that a row gives, plain and not longer than `chars_max`.
    fn text(&mut self, rows: &[Record], meaning: M, chars_max: usize) -> Option<String> {
        let (row, cell) = rows.iter().find_map(|row| Some((row, self.cell(row, meaning)?)))?;
        let text = one_line(cell.text);
        if text.chars().count() > chars_max {
            self.warn(row, cell, FaultKind::Cut { chars: chars_max });
        }
        let text: String = text.chars().take(chars_max).collect();
        (!text.is_empty()).then_some(text)
    }

    fn description(&self, rows: &[Record]) -> String {
        [M::Description, M::Summary]
            .into_iter()
            .flat_map(|meaning| rows.iter().filter_map(move |row| self.cell(row, meaning)))
            .map(|cell| plain_text(cell.text, bounds::DESCRIPTION_BYTES_MAX))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    fn categories(&mut self, rows: &[Record]) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for meaning in [M::Category, M::GoogleCategory] {
            // Google's own taxonomy counts only where the shop says nothing itself.
            if meaning == M::GoogleCategory && !paths.is_empty() {
                break;
            }
            for row in rows {
                for column in self.layout.all(meaning) {
                    let mut path = path(row.get(*column));
                    if let Some(below) = self.cell(row, M::SubCategory) {
                        path.push(one_line(below.text));
                    }
                    let is_number = path.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
                    if !path.is_empty() && !is_number && !paths.contains(&path) {
                        paths.push(path);
                    }
                }
            }
        }
        paths.truncate(bounds::CATEGORIES_MAX);
        paths
    }

    fn attributes(&mut self, rows: &[Record]) -> Vec<Attribute> {
        let mut attributes: Vec<Attribute> = Vec::new();
        for row in rows {
            for column in self.layout.all(M::Attribute) {
                let name = self.layout.name(*column);
                let name = match self.layout.label(*column) {
                    Some(label) => label.to_owned(),
                    // `Colour (product.metafields.…)` is called Colour.
                    None => name.split(" (").next().unwrap_or(name).replace('_', " "),
                };
                for value in row.get(*column).split(MAPPED_VALUES) {
                    add_value(&mut attributes, &name, value);
                }
            }
            for column in self.layout.all(M::Tags) {
                for tag in row.get(*column).split(',') {
                    add_value(&mut attributes, "tags", tag);
                }
            }
        }
        attributes
    }

    fn product_link(&mut self, rows: &[Record], id: &ProductId) -> Option<String> {
        if let Some(cell) = rows.iter().find_map(|row| self.cell(row, M::Link)) {
            return self.usable_address(cell.text);
        }
        let shopify = matches!(self.layout.dialect, Dialect::Shopify | Dialect::ShopifyOlder);
        let shop = self.settings.shop_url.as_ref().filter(|_| shopify)?;
        let mut link = shop.clone();
        link.path_segments_mut().ok()?.pop_if_empty().extend(["products", id.as_str()]);
        Some(link.into())
    }

    /// An `http(s)` address; relative ones are completed by the shop's.
    pub(super) fn address(&mut self, row: &Record, cell: Cell<'_>) -> Option<String> {
        let address = self.usable_address(cell.text);
        if address.is_none() {
            self.warn(row, cell, FaultKind::BadLink);
        }
        address
    }

    pub(super) fn usable_address(&self, text: &str) -> Option<String> {
        let address = match &self.settings.shop_url {
            Some(shop) => shop.join(text).ok(),
            None => url::Url::parse(text).ok(),
        }?;
        let usable = matches!(address.scheme(), "http" | "https") && address.as_str().len() <= bounds::LINK_BYTES_MAX;
        usable.then(|| address.into())
    }

    fn images(&mut self, rows: &[Record]) -> Vec<String> {
        let mut placed: Vec<(i64, String)> = Vec::new();
        for row in rows {
            let position = self.cell(row, M::ImagePosition).and_then(|cell| values::pieces(cell.text));
            for (order, meaning) in [(0, M::Image), (1, M::MoreImages)] {
                for column in self.layout.all(meaning).to_vec() {
                    for text in addresses(row.get(column)) {
                        if let Some(address) = self.address(row, Cell { column, text })
                            && !placed.iter().any(|(_, known)| *known == address)
                        {
                            placed.push((position.unwrap_or(order), address));
                        }
                    }
                }
            }
            if placed.len() > bounds::IMAGES_MAX {
                break;
            }
        }
        placed.sort_by_key(|(position, _)| *position);
        placed.into_iter().map(|(_, address)| address).take(bounds::IMAGES_MAX).collect()
    }

    fn related(&self, rows: &[Record], meaning: M) -> Vec<String> {
        let mut related = Vec::new();
        for row in rows {
            for name in self.cell(row, meaning).into_iter().flat_map(|cell| cell.text.split(',')) {
                let name: String = name.trim().chars().take(bounds::CODE_CHARS_MAX).collect();
                if !name.is_empty() && !related.contains(&name) && related.len() < bounds::RELATED_MAX {
                    related.push(name);
                }
            }
        }
        related
    }

    fn published(&mut self, rows: &[Record]) -> bool {
        let mut published = true;
        for meaning in [M::Published, M::Status] {
            let said = rows.iter().find_map(|row| Some((row, self.cell(row, meaning)?)));
            if let Some((row, cell)) = said {
                match values::yes(cell.text) {
                    Some(yes) => published &= yes,
                    None => self.warn(row, cell, FaultKind::UnreadableYes),
                }
            }
        }
        published
    }

    fn hash(&self, rows: &[Record]) -> u64 {
        let mut hasher = Xxh3::with_seed(self.seed);
        for row in rows {
            for end in &row.ends {
                hasher.update(&(*end as u64).to_le_bytes());
            }
            hasher.update(row.text.as_bytes());
        }
        hasher.digest()
    }
}

pub(super) fn add_value(attributes: &mut Vec<Attribute>, name: &str, value: &str) {
    let value: String =
        plain_text(value.trim(), 4 * bounds::ATTRIBUTE_CHARS_MAX).chars().take(bounds::ATTRIBUTE_CHARS_MAX).collect();
    if value.is_empty() || name.is_empty() {
        return;
    }
    if let Some(known) = attributes.iter_mut().find(|attribute| attribute.name == name) {
        if !known.values.contains(&value) && known.values.len() < bounds::ATTRIBUTE_VALUES_MAX {
            known.values.push(value);
        }
    } else if attributes.len() < bounds::ATTRIBUTES_MAX {
        attributes.push(Attribute { name: name.to_owned(), values: vec![value] });
    }
}

/// The levels of a category written `A > B > C`.
fn path(text: &str) -> Vec<String> {
    one_line(text)
        .split('>')
        .map(|name| name.trim().chars().take(bounds::CATEGORY_CHARS_MAX).collect::<String>())
        .filter(|name| !name.is_empty())
        .take(bounds::CATEGORY_DEPTH_MAX)
        .collect()
}

/// The addresses of a list. An address may itself hold commas, so only a comma or
/// a space before a new `http` cuts.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([',', ' ', '\n']);
        if rest.is_empty() {
            return None;
        }
        let next = rest
            .match_indices("http")
            .map(|(at, _)| at)
            .find(|at| *at > 0 && rest.get(..*at).is_some_and(|before| before.ends_with([',', ' ', '\n'])));
        let (address, after) = rest.split_at(next.unwrap_or(rest.len()));
        rest = after;
        Some(address.trim_end_matches([',', ' ', '\n']))
    })
}

/// Plain text on one line.
pub(super) fn one_line(text: &str) -> String {
    plain_text(text, bounds::DESCRIPTION_BYTES_MAX).replace('\n', " ")
}
