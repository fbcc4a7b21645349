//! The rows of a product, parted: which speak for it, and which are its variants.

use super::assemble::Assembler;
use super::dialect::{Dialect, Meaning as M};
use super::dialects::woocommerce;
use super::fault_kind::FaultKind;
use super::keys::is_variation;
use super::record::Record;
use super::values;

/// The rows of one product.
pub(super) struct Parted<'r> {
    /// Title, description, attributes … are taken from these, the first that says so first.
    pub lead: Vec<&'r Record>,
    /// One row each; they may be of the leading ones.
    pub variants: Vec<&'r Record>,
    /// None of its variants can be bought.
    pub withdrawn: bool,
}

impl Parted<'_> {
    /// Whether variants have rows of their own, beside those that speak for the product.
    pub fn has_own_variants(&self) -> bool {
        !self.variants.first().is_some_and(|row| self.leads(row))
    }

    /// Whether a row is one of those that speak for the product.
    pub fn leads(&self, row: &Record) -> bool {
        self.lead.iter().any(|lead| std::ptr::eq(*lead, row))
    }
}

impl Assembler<'_> {
    /// # Errors
    /// When the row that the others belong to is missing.
    pub(super) fn parted<'r>(&self, rows: &'r [Record]) -> Result<Parted<'r>, FaultKind> {
        let all = || rows.iter().collect::<Vec<_>>();
        let Some(first) = rows.first() else { return Err(FaultKind::MissingParent) };
        let (lead, variants): (Vec<&Record>, Vec<&Record>) = match self.layout(first).dialect {
            Dialect::Google | Dialect::HomeMade => (all(), all()),
            Dialect::Shopify | Dialect::ShopifyOlder => {
                (all(), rows.iter().filter(|row| self.is_shopify_variant(row)).collect())
            }
            Dialect::WooCommerce => rows.iter().partition(|row| !is_variation(self.layout(row), row)),
            Dialect::PrestaShop | Dialect::PrestaShopCombinations => {
                rows.iter().partition(|row| self.layout(row).dialect != Dialect::PrestaShopCombinations)
            }
            Dialect::Magento => {
                let (lead, variants): (Vec<_>, Vec<_>) = rows.iter().partition(|row| self.is_configurable(row));
                if lead.is_empty() { (variants, Vec::new()) } else { (lead, variants) }
            }
        };
        if lead.is_empty() {
            return Err(FaultKind::MissingParent);
        }
        if variants.is_empty() {
            return Ok(Parted { variants: lead.clone(), lead, withdrawn: false });
        }
        let on_sale: Vec<&Record> = variants.into_iter().filter(|row| !self.is_withdrawn(row)).collect();
        let withdrawn = on_sale.is_empty();
        let variants = if withdrawn { lead.clone() } else { on_sale };
        Ok(Parted { lead, variants, withdrawn })
    }

    /// A row that names a handle and a picture only is one more picture.
    fn is_shopify_variant(&self, row: &Record) -> bool {
        [M::Title, M::Price, M::Sku, M::OptionValue(1)].iter().any(|meaning| self.cell(row, *meaning).is_some())
    }

    fn is_configurable(&self, row: &Record) -> bool {
        self.cell(row, M::Variations).is_some() || self.is_of_kind(row, &["configurable"])
    }

    /// A variation that the shop has switched off.
    fn is_withdrawn(&self, row: &Record) -> bool {
        is_variation(self.layout(row), row)
            && self.cell(row, M::Published).is_some_and(|cell| values::yes(cell.text) == Some(false))
    }

    /// Whether the platform says that the row is one of these.
    pub(super) fn is_of_kind(&self, row: &Record, kinds: &[&str]) -> bool {
        self.cell(row, M::Kind).is_some_and(|cell| kinds.iter().any(|kind| woocommerce::is_kind(cell.text, kind)))
    }
}
