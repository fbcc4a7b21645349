//! The rows of one product to the product, with its faults.
//!
//! What the first row that says it says, holds for the product (title, brand,
//! description …); its variants are read by [`super::variants`], its links and pictures
//! by [`super::addresses`].

use super::dialect::Meaning as M;
use super::dialects::{google, magento, prestashop, woocommerce};
use super::fault::{Faults, RowFault};
use super::fault_kind::FaultKind;
use super::keys::HashedMap;
use super::layout::Layout;
use super::parted::Parted;
use super::record::Record;
use super::survey::Survey;
use super::values;
use super::variants::demote_options;
use super::worded::MAPPED_VALUES;
use super::{Dialect, Found, Settings};
use crate::model::{Attribute, Product, ProductId, bounds};
use crate::plain_text::plain_text;

pub(super) struct Assembler<'a> {
    pub faults: Faults,
    pub(super) settings: &'a Settings,
    pub(super) survey: &'a Survey,
    /// Where each SKU (hashed) was first given: they are unique in a site.
    pub(super) skus: HashedMap<u64>,
}

/// A cell that holds something, with its column.
#[derive(Clone, Copy)]
pub(super) struct Cell<'r> {
    pub column: usize,
    pub text: &'r str,
}

impl<'a> Assembler<'a> {
    pub fn new(settings: &'a Settings, survey: &'a Survey) -> Self {
        let skus = HashedMap::with_capacity_and_hasher(survey.keys.count(), Default::default());
        Self { faults: Faults::default(), settings, survey, skus }
    }

    /// The columns of the file that a row is of.
    pub(super) fn layout(&self, row: &Record) -> &'a Layout {
        &self.survey.table(row.source).layout
    }

    /// The key of the product that a record belongs to; if of none, its fault is noted.
    pub fn accepts(&mut self, record: &Record) -> Option<u64> {
        let layout = self.layout(record);
        let columns = layout.columns.len();
        if layout.is_passed_by(record) {
            let kind = FaultKind::ExtraFields { fields: record.len(), columns };
            self.faults.add(RowFault::of_row(record.line, kind));
            return None;
        }
        let key = self.survey.keys.of(layout, record);
        if key.is_none() {
            let column = layout.name_of(&[M::Group, M::Id, M::Sku, M::ExternalId]);
            self.faults.add(RowFault::of_cell(record.line, column, "", FaultKind::MissingId));
        }
        key
    }

    /// The product of these rows, or nothing when no row of it can be used. `hash` is over
    /// the rows.
    pub fn product(&mut self, rows: &[Record], hash: u64) -> Option<Found> {
        let first = rows.first()?;
        let parted = match self.parted(rows) {
            Ok(parted) => parted,
            Err(kind) => {
                self.refuse_all(rows, &[M::Parent, M::Id], kind);
                return None;
            }
        };
        let lead = &parted.lead;
        let id = match lead.first().map(|row| ProductId::new(self.layout(row).key(row))) {
            Some(Ok(id)) => id,
            Some(Err(_)) | None => {
                self.refuse_all(rows, &[M::Group, M::Id, M::Sku], FaultKind::CodeTooLong);
                return None;
            }
        };
        let Some(title) = self.text(lead, M::Title, bounds::TITLE_CHARS_MAX) else {
            self.refuse_all(rows, &[M::Title], FaultKind::MissingTitle);
            return None;
        };
        let mut variants = self.variants(&parted, &id);
        if variants.is_empty() {
            return None;
        }
        let mut attributes = self.attributes(&parted);
        // What can be chosen is no attribute beside it.
        attributes.retain(|attribute| {
            !variants.iter().any(|variant| variant.options.iter().any(|option| option.name == attribute.name))
        });
        demote_options(&mut variants, &mut attributes);
        let named =
            attributes.iter().find(|attribute| is_brand(&attribute.name)).and_then(|brand| brand.values.first());
        let brand = self.text(lead, M::Brand, bounds::BRAND_CHARS_MAX);
        let product = Product {
            title,
            brand: brand.or_else(|| named.map(|name| name.chars().take(bounds::BRAND_CHARS_MAX).collect())),
            description: self.description(lead),
            categories: self.categories(lead),
            attributes,
            link: self.product_link(lead, &id),
            images: self.images(&parted),
            similar: self.related(lead, M::Similar),
            complementary: self.related(lead, M::Complementary),
            published: self.published(&parted),
            variants,
            id,
        };
        Some(Found { product, hash, line: first.line })
    }

    fn refuse_all(&mut self, rows: &[Record], meanings: &[M], kind: FaultKind) {
        for row in rows {
            let layout = self.layout(row);
            let column = layout.name_of(meanings);
            let value = match layout.first(M::Parent).filter(|_| kind == FaultKind::MissingParent) {
                Some(parent) => row.get(parent),
                None => layout.key(row),
            };
            self.faults.add(RowFault::of_cell(row.line, column, value, kind.clone()));
        }
    }

    pub(super) fn cell<'r>(&self, row: &'r Record, meaning: M) -> Option<Cell<'r>> {
        let column = self.layout(row).first(meaning)?;
        let text = row.get(column);
        (!text.is_empty()).then_some(Cell { column, text })
    }

    pub(super) fn warn(&mut self, row: &Record, cell: Cell<'_>, kind: FaultKind) {
        let column = self.layout(row).name(cell.column);
        self.faults.add(RowFault::of_cell(row.line, column, cell.text, kind));
    }

    /// The first text that a row gives, plain and not longer than `chars_max`.
    fn text(&mut self, rows: &[&Record], meaning: M, chars_max: usize) -> Option<String> {
        let (row, cell) = rows.iter().find_map(|row| Some((*row, self.cell(row, meaning)?)))?;
        let mut text = one_line(cell.text);
        let length = text.len();
        cut(&mut text, chars_max);
        if text.len() < length {
            self.warn(row, cell, FaultKind::Cut { chars: chars_max });
        }
        (!text.is_empty()).then_some(text)
    }

    fn description(&self, rows: &[&Record]) -> String {
        for meaning in [M::Description, M::Summary] {
            for row in rows {
                let Some(cell) = self.cell(row, meaning) else { continue };
                let written = match self.layout(row).dialect {
                    Dialect::WooCommerce => woocommerce::lines(cell.text),
                    _ => cell.text.into(),
                };
                let text = plain_text(&written, bounds::DESCRIPTION_BYTES_MAX);
                if !text.is_empty() {
                    return text;
                }
            }
        }
        String::new()
    }

    fn categories(&self, rows: &[&Record]) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for meaning in [M::Category, M::GoogleCategory] {
            // Google's own taxonomy counts only where the shop says nothing itself.
            if meaning == M::GoogleCategory && !paths.is_empty() {
                break;
            }
            for row in rows {
                let layout = self.layout(row);
                for column in layout.all(meaning) {
                    for written in written_paths(layout.dialect, row.get(*column)) {
                        let mut levels = path(&written);
                        if let Some(below) = self.cell(row, M::SubCategory) {
                            levels.extend(path(below.text));
                            levels.truncate(bounds::CATEGORY_DEPTH_MAX);
                        }
                        let is_number = levels.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
                        if !levels.is_empty() && !is_number && !paths.contains(&levels) {
                            paths.push(levels);
                        }
                    }
                }
            }
        }
        paths.truncate(bounds::CATEGORIES_MAX);
        paths
    }

    fn attributes(&self, parted: &Parted<'_>) -> Vec<Attribute> {
        let mut attributes: Vec<Attribute> = Vec::new();
        for row in &parted.lead {
            let layout = self.layout(row);
            for column in layout.all(M::Attribute) {
                let name = layout.name(*column);
                let name = match layout.label(*column) {
                    Some(label) => label.to_owned(),
                    // `Colour (product.metafields.…)` is called Colour.
                    None => name.split(" (").next().unwrap_or(name).replace('_', " "),
                };
                for value in row.get(*column).split(MAPPED_VALUES) {
                    add_value(&mut attributes, &name, value);
                }
            }
            for (name, values) in self.counted_pairs(row) {
                woocommerce::list(values).iter().for_each(|value| add_value(&mut attributes, name, value));
            }
            if let Some(cell) = self.cell(row, M::Features) {
                let features = prestashop::features(cell.text);
                features.into_iter().for_each(|(name, value)| add_value(&mut attributes, name, value));
            }
            for column in layout.all(M::Details) {
                let details = google::details(row.get(*column));
                details.into_iter().for_each(|(name, value)| add_value(&mut attributes, name, value));
            }
            if let Some(cell) = self.cell(row, M::Pairs) {
                for (name, values) in magento::pairs(cell.text) {
                    values.split('|').for_each(|value| add_value(&mut attributes, &name.replace('_', " "), value));
                }
            }
            for column in layout.all(M::Tags) {
                for tag in row.get(*column).split(',') {
                    add_value(&mut attributes, "tags", tag);
                }
            }
        }
        attributes
    }

    fn related(&self, rows: &[&Record], meaning: M) -> Vec<String> {
        let mut related = Vec::new();
        for row in rows {
            let layout = self.layout(row);
            for name in layout.all(meaning).iter().flat_map(|column| row.get(*column).split([',', '|'])) {
                let name = match layout.dialect {
                    Dialect::WooCommerce => woocommerce::related(name.trim()),
                    _ => name.trim(),
                };
                let name: String = name.chars().take(bounds::CODE_CHARS_MAX).collect();
                if !name.is_empty() && !related.contains(&name) && related.len() < bounds::RELATED_MAX {
                    related.push(name);
                }
            }
        }
        related
    }

    fn published(&mut self, parted: &Parted<'_>) -> bool {
        let mut published = !parted.withdrawn;
        for meaning in [M::Published, M::Status] {
            let said = parted.lead.iter().find_map(|row| Some((*row, self.cell(row, meaning)?)));
            if let Some((row, cell)) = said {
                match values::yes(cell.text) {
                    Some(yes) => published &= yes,
                    // Magento's way of saying disabled.
                    None if cell.text == "2" => published = false,
                    None => self.warn(row, cell, FaultKind::UnreadableYes),
                }
            }
        }
        // What the shop lists nowhere is recommended nowhere.
        let hidden = |cell: Cell<'_>| {
            ["hidden", "none", "not visible individually"].iter().any(|word| cell.text.eq_ignore_ascii_case(word))
        };
        published && !parted.lead.first().and_then(|row| self.cell(row, M::Visibility)).is_some_and(hidden)
    }
}

/// The paths in a cell of categories, each with ` > ` between its levels.
fn written_paths(dialect: Dialect, cell: &str) -> Vec<String> {
    match dialect {
        Dialect::WooCommerce => woocommerce::list(cell),
        Dialect::PrestaShop | Dialect::PrestaShopCombinations => prestashop::categories(cell),
        Dialect::Magento => magento::categories(cell),
        Dialect::HomeMade => cell.split('|').map(str::to_owned).collect(),
        Dialect::Shopify | Dialect::ShopifyOlder | Dialect::Google => vec![cell.to_owned()],
    }
}

fn is_brand(name: &str) -> bool {
    ["brand", "manufacturer", "marque"].iter().any(|word| name.eq_ignore_ascii_case(word))
}

pub(super) fn add_value(attributes: &mut Vec<Attribute>, name: &str, value: &str) {
    let (name, value) = (name.trim(), value.trim());
    if value.is_empty() || name.is_empty() {
        return;
    }
    let mut value = plain_text(value, 4 * bounds::ATTRIBUTE_CHARS_MAX);
    cut(&mut value, bounds::ATTRIBUTE_CHARS_MAX);
    if value.is_empty() {
        return;
    }
    if let Some(known) = attributes.iter_mut().find(|attribute| attribute.name == name) {
        if !known.values.contains(&value) && known.values.len() < bounds::ATTRIBUTE_VALUES_MAX {
            known.values.push(value);
        }
    } else if attributes.len() < bounds::ATTRIBUTES_MAX {
        let name = name.chars().take(bounds::ATTRIBUTE_CHARS_MAX).collect();
        attributes.push(Attribute { name, values: vec![value] });
    }
}

/// Cuts a text after so many characters.
pub(super) fn cut(text: &mut String, chars_max: usize) {
    // As many bytes are never more characters.
    if text.len() > chars_max
        && let Some((end, _)) = text.char_indices().nth(chars_max)
    {
        text.truncate(end);
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

/// Plain text on one line.
pub(super) fn one_line(text: &str) -> String {
    let plain = plain_text(text, bounds::DESCRIPTION_BYTES_MAX);
    if plain.contains('\n') { plain.replace('\n', " ") } else { plain }
}
