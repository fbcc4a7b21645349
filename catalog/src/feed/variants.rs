//! One row to one variant: options, SKU, codes, picture, link.
//!
//! What it costs is read by [`super::prices`], whether it can be had by [`super::stock`].
//! One fault leaves the row out; warnings drop single fields.

use xxhash_rust::xxh3::xxh3_64;

use super::Dialect;
use super::assemble::{Assembler, Cell, add_value, cut, one_line};
use super::dialect::Meaning as M;
use super::dialects::{magento, prestashop};
use super::fault::RowFault;
use super::fault_kind::FaultKind;
use super::parted::Parted;
use super::record::Record;
use crate::model::{Attribute, Gtin, ProductId, ProductOption, Sku, Variant, bounds};

impl Assembler<'_> {
    pub(super) fn variants(&mut self, parted: &Parted<'_>, id: &ProductId) -> Vec<Variant> {
        let names = self.option_names(&parted.lead);
        let mut variants = Vec::new();
        for row in &parted.variants {
            match self.variant(row, parted, id, &names) {
                Ok(_) if variants.len() >= bounds::VARIANTS_MAX => {
                    self.faults.add(RowFault::of_row(row.line, FaultKind::TooManyVariants));
                }
                Ok(variant) => variants.push(variant),
                Err(fault) => self.faults.add(fault),
            }
        }
        variants
    }

    /// Names of Shopify's options stand on a product's first row only.
    fn option_names(&self, rows: &[&Record]) -> [Option<String>; 3] {
        [1, 2, 3].map(|number| {
            rows.iter().find_map(|row| self.cell(row, M::OptionName(number))).map(|cell| one_line(cell.text))
        })
    }

    fn variant(
        &mut self,
        row: &Record,
        parted: &Parted<'_>,
        id: &ProductId,
        names: &[Option<String>; 3],
    ) -> Result<Variant, RowFault> {
        let options = self.options(row, parted, names);
        let sku = self.sku(row, id, &options)?;
        let price = self.price(row, parted)?;
        let (availability, stock) = self.availability(row, parted);
        let gtin = self.gtin(row);
        let short = |cell: Cell<'_>| short(cell.text, bounds::CODE_CHARS_MAX);
        let mpn = self.cell(row, M::Mpn).map(short);
        let external_id = self.cell(row, M::ExternalId).map(short);
        let image = self.variant_image(row, parted);
        let link = match self.cell(row, M::Link) {
            Some(cell) => self.address(row, cell),
            None => None,
        };
        Ok(Variant { sku, external_id, gtin, mpn, options, price, availability, stock, image, link })
    }

    fn options(&self, row: &Record, parted: &Parted<'_>, names: &[Option<String>; 3]) -> Vec<ProductOption> {
        let mut options = Vec::new();
        for (number, name) in (1..).zip(names) {
            if let (Some(name), Some(value)) = (name, self.cell(row, M::OptionValue(number))) {
                // Shopify's way of saying that there is no choice.
                if !(name == "Title" && value.text == "Default Title") {
                    options.push(option(name, value.text));
                }
            }
        }
        let layout = self.layout(row);
        for column in layout.all(M::Choice) {
            let value = row.get(*column);
            if !value.is_empty() {
                let name = layout.label(*column).unwrap_or_else(|| layout.name(*column));
                options.push(option(name, value));
            }
        }
        match layout.dialect {
            Dialect::WooCommerce if parted.has_own_variants() => {
                options.extend(self.counted_pairs(row).map(|(name, value)| option(name, value)));
            }
            Dialect::PrestaShopCombinations => {
                let names = self.cell(row, M::CombinationNames).map(|cell| cell.text).unwrap_or_default();
                let values = self.cell(row, M::CombinationValues).map(|cell| cell.text).unwrap_or_default();
                let pairs = prestashop::heads(names).into_iter().zip(prestashop::heads(values));
                options.extend(pairs.filter(|(_, value)| !value.is_empty()).map(|(name, value)| option(name, value)));
            }
            Dialect::Magento => options.extend(self.magento_options(row, parted)),
            Dialect::WooCommerce
            | Dialect::Shopify
            | Dialect::ShopifyOlder
            | Dialect::PrestaShop
            | Dialect::Google
            | Dialect::HomeMade => {}
        }
        options.truncate(bounds::OPTIONS_MAX);
        options
    }

    /// WooCommerce's attributes of a row: names beside what stands for each.
    pub(super) fn counted_pairs<'r>(&'r self, row: &'r Record) -> impl Iterator<Item = (&'r str, &'r str)> {
        let columns = self.layout(row).counted.iter();
        let pairs = columns.map(|(name, values)| (row.get(*name), row.get(*values)));
        pairs.filter(|(name, values)| !name.is_empty() && !values.is_empty())
    }

    /// The choices of a variant stand in its product's row.
    fn magento_options(&self, row: &Record, parted: &Parted<'_>) -> Vec<ProductOption> {
        let own = self.layout(row).key(row);
        for lead in &parted.lead {
            let Some(variations) = self.cell(lead, M::Variations) else { continue };
            let labels = self.cell(lead, M::VariationLabels).map(|cell| cell.text).unwrap_or_default();
            if let Some(variation) = magento::variations(variations.text).find(|variation| variation.sku == own) {
                let named =
                    |name: &str| magento::label(labels, name).map_or_else(|| name.replace('_', " "), str::to_owned);
                return variation.choices.into_iter().map(|(name, value)| option(&named(name), value)).collect();
            }
        }
        Vec::new()
    }

    /// Keeps the SKUs of a product that is not read again from others.
    pub(super) fn take_skus(&mut self, skus: &[(u64, u64)]) {
        for (sku, line) in skus {
            self.skus.entry(*sku).or_insert(*line);
        }
    }

    /// Whether no product before has one of these SKUs.
    pub(super) fn skus_are_free(&self, skus: &[(u64, u64)]) -> bool {
        skus.iter().all(|(sku, _)| !self.skus.contains_key(sku))
    }

    /// Whether these rows say each SKU themselves.
    pub(super) fn give_skus(&self, rows: &[Record]) -> bool {
        rows.iter().all(|row| self.given_sku(row).is_some())
    }

    /// The SKUs of a product's variants, given or derived, hashed, with their lines.
    pub(super) fn skus_of(&self, rows: &[Record]) -> Vec<(u64, u64)> {
        let hashed = |sku: &str, row: &Record| (xxh3_64(sku.as_bytes()), row.line);
        if let [only] = rows
            && let Some(given) = self.given_sku(only)
        {
            return vec![hashed(given.text, only)];
        }
        let Ok(parted) = self.parted(rows) else { return Vec::new() };
        let id = parted.lead.first().and_then(|row| ProductId::new(self.layout(row).key(row)).ok());
        let names = self.option_names(&parted.lead);
        let sku = |row: &&Record| match self.given_sku(row) {
            Some(given) => Some(hashed(given.text, row)),
            None => Some(hashed(&derived_sku(id.as_ref()?, &self.options(row, &parted, &names)), row)),
        };
        parted.variants.iter().filter_map(sku).collect()
    }

    fn given_sku<'r>(&self, row: &'r Record) -> Option<Cell<'r>> {
        self.layout(row).sku(row).map(|(column, text)| Cell { column, text })
    }

    fn sku(&mut self, row: &Record, id: &ProductId, options: &[ProductOption]) -> Result<Sku, RowFault> {
        let layout = self.layout(row);
        let given = self.given_sku(row);
        let column = layout.name_of(&[M::Sku, M::Id, M::Group]);
        let text = given.map_or_else(|| derived_sku(id, options), |cell| cell.text.to_owned());
        let refused = |kind| RowFault::of_cell(row.line, column, &text, kind);
        let sku = Sku::new(&text).map_err(|_| refused(FaultKind::CodeTooLong))?;
        match self.skus.insert(xxh3_64(sku.as_str().as_bytes()), row.line) {
            None => Ok(sku),
            Some(first_line) => {
                self.skus.insert(xxh3_64(sku.as_str().as_bytes()), first_line);
                Err(refused(FaultKind::RepeatedSku { first_line }))
            }
        }
    }

    fn variant_image(&mut self, row: &Record, parted: &Parted<'_>) -> Option<String> {
        let of = match self.layout(row).dialect {
            Dialect::Google => M::Image,
            Dialect::WooCommerce | Dialect::Magento if parted.has_own_variants() => M::Image,
            Dialect::Shopify
            | Dialect::ShopifyOlder
            | Dialect::WooCommerce
            | Dialect::PrestaShop
            | Dialect::PrestaShopCombinations
            | Dialect::Magento
            | Dialect::HomeMade => M::VariantImage,
        };
        let cell = self.cell(row, of)?;
        let text = self.listed(row, cell).next()?;
        self.picture(row, text)
    }

    /// The first code of the row that is one; of codes that are none it is told.
    fn gtin(&mut self, row: &Record) -> Option<Gtin> {
        for column in self.layout(row).all(M::Gtin) {
            let cell = Cell { column: *column, text: row.get(*column) };
            // PrestaShop writes a zero where there is none.
            if cell.text.is_empty() || cell.text == "0" {
                continue;
            }
            match Gtin::new(cell.text) {
                Ok(gtin) => return Some(gtin),
                Err(fault) => self.warn(row, cell, FaultKind::UnreadableGtin { why: fault }),
            }
        }
        None
    }
}

fn option(name: &str, value: &str) -> ProductOption {
    let chars_max = bounds::ATTRIBUTE_CHARS_MAX;
    ProductOption { name: short(name, chars_max), value: short(value, chars_max) }
}

/// Plain text on one line, cut.
fn short(text: &str, chars_max: usize) -> String {
    let mut short = one_line(text);
    cut(&mut short, chars_max);
    short
}

/// What a derived SKU keeps of a long id, before a colon and the hash of the whole.
pub(super) const DERIVED_START_CHARS: usize = bounds::CODE_CHARS_MAX - 17;

/// The same at each import: the product's id and the chosen values.
fn derived_sku(id: &ProductId, options: &[ProductOption]) -> String {
    let values: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
    if values.is_empty() {
        return id.as_str().to_owned();
    }
    let derived = format!("{id}:{}", values.join("/"));
    if derived.chars().count() <= bounds::CODE_CHARS_MAX {
        return derived;
    }
    let start: String = id.as_str().chars().take(DERIVED_START_CHARS).collect();
    format!("{start}:{:016x}", xxh3_64(derived.as_bytes()))
}

/// What all variants share is no choice: it becomes an attribute.
pub(super) fn demote_options(variants: &mut [Variant], attributes: &mut Vec<Attribute>) {
    let Some(first) = variants.first().map(|variant| variant.options.clone()) else { return };
    for shared in first {
        if variants.iter().all(|variant| variant.options.contains(&shared)) {
            variants.iter_mut().for_each(|variant| variant.options.retain(|option| *option != shared));
            add_value(attributes, &shared.name, &shared.value);
        }
    }
}
