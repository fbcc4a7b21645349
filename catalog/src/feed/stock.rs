//! Whether a variant can be had, and how many: each platform says it its own way.

use super::Dialect;
use super::assemble::{Assembler, Cell};
use super::dialect::Meaning as M;
use super::fault_kind::FaultKind;
use super::parted::Parted;
use super::record::Record;
use super::values;
use crate::model::Availability;

impl Assembler<'_> {
    pub(super) fn availability(&mut self, row: &Record, parted: &Parted<'_>) -> (Availability, Option<i64>) {
        match self.layout(row).dialect {
            Dialect::Shopify | Dialect::ShopifyOlder => {
                let pieces = self.pieces(row);
                self.shopify_availability(row, pieces)
            }
            Dialect::WooCommerce => {
                // A variation may share what its parent has.
                let shares = self.cell(row, M::Stock).is_some_and(|cell| cell.text.eq_ignore_ascii_case("parent"));
                let counted = if shares { parted.lead.first().copied().unwrap_or(row) } else { row };
                let pieces = self.pieces(counted);
                let said = self.said(row);
                self.counted_or_said(said, pieces, self.sells_on(row))
            }
            Dialect::PrestaShop | Dialect::PrestaShopCombinations => {
                let product = parted.lead.first().copied().unwrap_or(row);
                let pieces = self.pieces(row);
                let closed =
                    self.cell(product, M::AvailableForOrder).and_then(|cell| values::yes(cell.text)) == Some(false);
                if closed {
                    return (Availability::OutOfStock, pieces.map(|count| count.max(0)));
                }
                self.counted_or_said(None, pieces, self.sells_on(product))
            }
            Dialect::Magento => {
                let pieces = self.pieces(row);
                match (self.said(row), pieces) {
                    // In stock without pieces: either sold on, or not counted at all.
                    (Some(Availability::InStock), Some(count)) if count <= 0 => {
                        if self.sells_on(row) {
                            (Availability::Backorder, Some(0))
                        } else {
                            (Availability::InStock, None)
                        }
                    }
                    (said, pieces) => self.counted_or_said(said, pieces, false),
                }
            }
            Dialect::Google | Dialect::HomeMade => self.plain_availability(row),
        }
    }

    /// The stock of a row; what is no count is told and left out.
    fn pieces(&mut self, row: &Record) -> Option<i64> {
        let cell = self.cell(row, M::Stock)?;
        let pieces = values::pieces(cell.text);
        if pieces.is_none() && !cell.text.eq_ignore_ascii_case("parent") {
            self.warn(row, cell, FaultKind::UnreadableStock);
        }
        pieces
    }

    fn said(&mut self, row: &Record) -> Option<Availability> {
        let cell = self.cell(row, M::Availability)?;
        let said = values::availability(cell.text);
        if said.is_none() {
            self.warn(row, cell, FaultKind::UnknownAvailability);
        }
        said
    }

    /// Whether the platform goes on selling what is not there: `1`, `2`, `notify`, `yes`.
    fn sells_on(&self, row: &Record) -> bool {
        let is_yes = |cell: Cell<'_>| values::yes(cell.text) == Some(true) || cell.text.eq_ignore_ascii_case("notify");
        let policy = self.cell(row, M::StockPolicy);
        match self.layout(row).dialect {
            // Magento: 2 tells the buyer. PrestaShop: 2 is the shop's default, which is to refuse.
            Dialect::Magento => policy.is_some_and(|cell| is_yes(cell) || cell.text == "2"),
            _ => policy.is_some_and(is_yes),
        }
    }

    /// A count of nothing goes before a word that says otherwise.
    fn counted_or_said(
        &self,
        said: Option<Availability>,
        pieces: Option<i64>,
        sells_on: bool,
    ) -> (Availability, Option<i64>) {
        let empty = if sells_on { Availability::Backorder } else { Availability::OutOfStock };
        let stock = pieces.map(|count| count.max(0));
        let availability = match (said, pieces) {
            (Some(Availability::InStock) | None, Some(count)) if count <= 0 => empty,
            (Some(said), _) => said,
            (None, Some(_)) => Availability::InStock,
            (None, None) => Availability::Unknown,
        };
        (availability, stock)
    }

    /// As it is written: a word, else a count. A word in the column of stock counts too.
    fn plain_availability(&mut self, row: &Record) -> (Availability, Option<i64>) {
        let worded = self.cell(row, M::Stock).filter(|cell| values::pieces(cell.text).is_none());
        let worded = worded.and_then(|cell| values::availability(cell.text));
        let pieces = if worded.is_some() { None } else { self.pieces(row) };
        let said = self.said(row).or(worded);
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
}
