//! One row to one variant: options, SKU, price, availability, codes.
//!
//! One fault leaves the row out; warnings drop single fields.

use xxhash_rust::xxh3::xxh3_64;

use super::Dialect;
use super::assemble::{Assembler, Cell, add_value, one_line};
use super::dialect::Meaning as M;
use super::fault::{FaultKind, RowFault};
use super::header::Tax;
use super::records::Record;
use super::values::{self, AmountFault, Decimals};
use crate::model::{
    Attribute, Availability, Currency, Gtin, Money, Price, ProductId, ProductOption, Sale, Sku, TaxRate, Variant,
    bounds,
};

impl Assembler<'_> {
    pub(super) fn variants(&mut self, rows: &[Record], id: &ProductId) -> Vec<Variant> {
        let names = self.option_names(rows);
        let mut variants = Vec::new();
        for row in rows {
            if !self.is_variant(row) {
                continue;
            }
            match self.variant(row, id, &names) {
                Ok(_) if variants.len() >= bounds::VARIANTS_MAX => {
                    self.faults.add(RowFault::of_row(row.line, FaultKind::TooManyVariants));
                }
                Ok(variant) => variants.push(variant),
                Err(fault) => self.faults.add(fault),
            }
        }
        variants
    }

    /// A row of Shopify that names a handle and a picture only is one more picture.
    fn is_variant(&self, row: &Record) -> bool {
        match self.layout.dialect {
            Dialect::Shopify | Dialect::ShopifyOlder => {
                [M::Title, M::Price, M::Sku, M::OptionValue(1)].iter().any(|meaning| self.cell(row, *meaning).is_some())
            }
            Dialect::Google | Dialect::HomeMade => true,
        }
    }

    /// Names of Shopify's options stand on a product's first row only.
    fn option_names(&self, rows: &[Record]) -> [Option<String>; 3] {
        [1, 2, 3].map(|number| {
            rows.iter().find_map(|row| self.cell(row, M::OptionName(number))).map(|cell| one_line(cell.text))
        })
    }

    fn variant(&mut self, row: &Record, id: &ProductId, names: &[Option<String>; 3]) -> Result<Variant, RowFault> {
        let options = self.options(row, names);
        let price = self.price(row)?;
        let sku = self.sku(row, id, &options)?;
        let (availability, stock) = self.availability(row);
        let gtin = self.gtin(row);
        let mpn = self.cell(row, M::Mpn).map(|cell| one_line(cell.text).chars().take(bounds::CODE_CHARS_MAX).collect());
        let image_of = if self.layout.dialect == Dialect::Google { M::Image } else { M::VariantImage };
        let image = self.cell(row, image_of).and_then(|cell| self.usable_address(cell.text));
        let link = match self.cell(row, M::Link) {
            Some(cell) => self.address(row, cell),
            None => None,
        };
        Ok(Variant { sku, external_id: None, gtin, mpn, options, price: Some(price), availability, stock, image, link })
    }

    fn options(&self, row: &Record, names: &[Option<String>; 3]) -> Vec<ProductOption> {
        let mut options = Vec::new();
        for (number, name) in (1..).zip(names) {
            if let (Some(name), Some(value)) = (name, self.cell(row, M::OptionValue(number))) {
                // Shopify's way of saying that there is no choice.
                if !(name == "Title" && value.text == "Default Title") {
                    options.push(option(name, value.text));
                }
            }
        }
        for column in self.layout.all(M::Choice) {
            let value = row.get(*column);
            if !value.is_empty() && options.len() < bounds::OPTIONS_MAX {
                let name = self.layout.label(*column).unwrap_or_else(|| self.layout.name(*column));
                options.push(option(name, value));
            }
        }
        options
    }

    fn sku(&mut self, row: &Record, id: &ProductId, options: &[ProductOption]) -> Result<Sku, RowFault> {
        let given = self.cell(row, M::Sku).or_else(|| self.cell(row, M::Id));
        let column = self.layout.name_of(&[M::Sku, M::Id, M::Group]).to_owned();
        let text = given.map_or_else(|| derived_sku(id, options), |cell| cell.text.to_owned());
        let refused = |kind| RowFault::of_cell(row.line, &column, &text, kind);
        let sku = Sku::new(&text).map_err(|_| refused(FaultKind::CodeTooLong))?;
        match self.skus.insert(xxh3_64(sku.as_str().as_bytes()), row.line) {
            None => Ok(sku),
            Some(first_line) => {
                self.skus.insert(xxh3_64(sku.as_str().as_bytes()), first_line);
                Err(refused(FaultKind::RepeatedSku { first_line }))
            }
        }
    }

    fn price(&mut self, row: &Record) -> Result<Price, RowFault> {
        let currency = match self.cell(row, M::Currency) {
            None => {
                let price = self.layout.first(M::Price).and_then(|price| self.layout.columns.get(price));
                price.and_then(|price| price.currency).unwrap_or(self.settings.currency)
            }
            Some(cell) => Currency::new(cell.text).map_err(|_| {
                RowFault::of_cell(row.line, self.layout.name(cell.column), cell.text, FaultKind::UnknownCurrency)
            })?,
        };
        let Some(cell) = self.cell(row, M::Price) else {
            let column = self.layout.name_of(&[M::Price]);
            return Err(RowFault::of_cell(row.line, column, "", FaultKind::MissingPrice));
        };
        let price = self.amount(M::Price, cell, currency).map_err(|fault| {
            let kind = match fault {
                AmountFault::Unreadable => FaultKind::UnreadablePrice,
                AmountFault::Unclear => FaultKind::UnclearPrice,
                AmountFault::UnknownCurrency => FaultKind::UnknownCurrency,
            };
            RowFault::of_cell(row.line, self.layout.name(cell.column), cell.text, kind)
        })?;
        Ok(self.with_sale(row, price))
    }

    fn amount(&self, meaning: M, cell: Cell<'_>, currency: Currency) -> Result<Money, AmountFault> {
        let decided = self.survey.decimals(meaning, currency);
        let decimals = match (decided, self.layout.dialect) {
            // These exports always write a dot before decimals.
            (Decimals::Unclear, Dialect::Shopify | Dialect::ShopifyOlder | Dialect::Google) => Decimals::Dot,
            (decided, _) => decided,
        };
        values::money(cell.text, decimals, currency, self.tax_on(cell.column))
    }

    /// What is added to an amount of this column: cards show prices with tax.
    fn tax_on(&self, column: usize) -> TaxRate {
        match self.layout.columns.get(column).and_then(|column| self.layout.tax_of(column)) {
            Some(Tax::Excluded) => self.settings.tax_rate.unwrap_or(TaxRate::ZERO),
            Some(Tax::Included | Tax::Either) | None => TaxRate::ZERO,
        }
    }

    /// Adds what is reduced: a sale price below, or a compared price above.
    fn with_sale(&mut self, row: &Record, price: Money) -> Price {
        let plain = Price { regular: price, sale: None };
        if let Some(cell) = self.cell(row, M::ComparePrice) {
            return match self.amount(M::ComparePrice, cell, price.currency) {
                Ok(compared) if compared.minor > price.minor && compared.currency == price.currency => {
                    Price { regular: compared, sale: Some(Sale { price, from: None, until: None }) }
                }
                Ok(_) => plain,
                Err(_) => {
                    self.warn(row, cell, FaultKind::UnreadableSalePrice);
                    plain
                }
            };
        }
        let Some(cell) = self.cell(row, M::SalePrice) else { return plain };
        match self.amount(M::SalePrice, cell, price.currency) {
            Err(_) => self.warn(row, cell, FaultKind::UnreadableSalePrice),
            Ok(sale) if sale.minor >= price.minor || sale.currency != price.currency => {
                self.warn(row, cell, FaultKind::SaleNotLower);
            }
            Ok(sale) => {
                if let Some((from, until)) = self.sale_window(row) {
                    return Price { regular: price, sale: Some(Sale { price: sale, from, until }) };
                }
            }
        }
        plain
    }

    /// When the sale holds; nothing when that cannot be read, since a reduction
    /// that may be over must not be promised.
    fn sale_window(&mut self, row: &Record) -> Option<(Option<i64>, Option<i64>)> {
        let Some(cell) = self.cell(row, M::SaleDates) else { return Some((None, None)) };
        let window = values::window(cell.text);
        if window.is_none() {
            self.warn(row, cell, FaultKind::UnreadableDate);
        }
        window
    }

    fn availability(&mut self, row: &Record) -> (Availability, Option<i64>) {
        let stock = self.cell(row, M::Stock);
        let pieces = stock.and_then(|cell| values::pieces(cell.text));
        if let (Some(cell), None) = (stock, pieces) {
            self.warn(row, cell, FaultKind::UnreadableStock);
        }
        if matches!(self.layout.dialect, Dialect::Shopify | Dialect::ShopifyOlder) {
            return self.shopify_availability(row, pieces);
        }
        let said = match self.cell(row, M::Availability) {
            None => None,
            Some(cell) => {
                let said = values::availability(cell.text);
                if said.is_none() {
                    self.warn(row, cell, FaultKind::UnknownAvailability);
                }
                said
            }
        };
        let counted = pieces.map(|count| if count > 0 { Availability::InStock } else { Availability::OutOfStock });
        (said.or(counted).unwrap_or_default(), pieces.map(|count| count.max(0)))
    }

    /// Without a tracker the quantity means nothing; with one, policy says whether selling goes on below zero.
    fn shopify_availability(&self, row: &Record, pieces: Option<i64>) -> (Availability, Option<i64>) {
        if self.cell(row, M::StockTracker).is_none() {
            return (Availability::InStock, None);
        }
        let policy = self.cell(row, M::StockPolicy).map(|cell| cell.text.to_ascii_lowercase());
        let denies = matches!(policy.as_deref(), None | Some("deny" | "false"));
        match pieces {
            Some(count) if count > 0 => (Availability::InStock, Some(count)),
            Some(_) if denies => (Availability::OutOfStock, Some(0)),
            Some(_) => (Availability::Backorder, Some(0)),
            None => (Availability::InStock, None),
        }
    }

    fn gtin(&mut self, row: &Record) -> Option<Gtin> {
        let cell = self.cell(row, M::Gtin)?;
        match Gtin::new(cell.text) {
            Ok(gtin) => Some(gtin),
            Err(fault) => {
                self.warn(row, cell, FaultKind::UnreadableGtin { why: fault });
                None
            }
        }
    }
}

fn option(name: &str, value: &str) -> ProductOption {
    let short = |text: &str| one_line(text).chars().take(bounds::ATTRIBUTE_CHARS_MAX).collect();
    ProductOption { name: short(name), value: short(value) }
}

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
    let start: String = id.as_str().chars().take(bounds::CODE_CHARS_MAX - 17).collect();
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
