//! What a variant costs: its price, the tax on it, and what is reduced.

use super::Dialect;
use super::assemble::{Assembler, Cell};
use super::dialect::Meaning as M;
use super::fault::RowFault;
use super::fault_kind::FaultKind;
use super::header::Tax;
use super::parted::Parted;
use super::record::Record;
use super::values::{self, Amount, AmountFault};
use crate::model::{Currency, Money, Price, Sale, TaxRate};

/// When a sale holds: from its first second, until before its last; open where absent.
type Window = (Option<i64>, Option<i64>);

impl Assembler<'_> {
    /// What a row's variant costs; nothing where the platform sells without a price.
    pub(super) fn price(&mut self, row: &Record, parted: &Parted<'_>) -> Result<Option<Price>, RowFault> {
        // A combination costs what its product does, plus its impact.
        let combined = self.layout(row).dialect == Dialect::PrestaShopCombinations;
        let bearer = if combined { parted.lead.first().copied().unwrap_or(row) } else { row };
        let currency = self.currency(bearer)?;
        let Some(cell) = self.cell(bearer, M::Price) else { return self.without_price(bearer) };
        if self.cell(bearer, M::ShowPrice).is_some_and(|cell| values::yes(cell.text) == Some(false)) {
            return Ok(None);
        }
        let (mut amount, currency) = self.exact(bearer, M::Price, cell, currency)?;
        if let Some(impact) = self.cell(row, M::PriceImpact).filter(|_| combined) {
            let (more, _) = self.exact(row, M::PriceImpact, impact, currency)?;
            amount = amount.plus(more).ok_or_else(|| self.unreadable(row, impact, FaultKind::UnreadablePrice))?;
        }
        let minor = amount.minor(currency, self.tax_on(bearer, cell.column)).filter(|minor| *minor >= 0);
        let minor = minor.ok_or_else(|| self.unreadable(bearer, cell, FaultKind::UnreadablePrice))?;
        Ok(Some(self.with_sale(bearer, Money { minor, currency })))
    }

    fn currency(&self, row: &Record) -> Result<Currency, RowFault> {
        let layout = self.layout(row);
        match self.cell(row, M::Currency) {
            None => {
                let price = layout.first(M::Price).and_then(|price| layout.columns.get(price));
                Ok(price.and_then(|price| price.currency).unwrap_or(self.settings.currency))
            }
            Some(cell) => {
                values::currency(cell.text).ok_or_else(|| self.unreadable(row, cell, FaultKind::UnknownCurrency))
            }
        }
    }

    /// Sets, and what is sold elsewhere, have no price of their own; of other rows it is told.
    fn without_price(&mut self, row: &Record) -> Result<Option<Price>, RowFault> {
        let layout = self.layout(row);
        let column = layout.name_of(&[M::Price]).to_owned();
        match layout.dialect {
            Dialect::WooCommerce | Dialect::Magento => {
                let unpriced = ["variable", "grouped", "external", "configurable", "bundle"];
                if !self.is_of_kind(row, &unpriced) {
                    self.faults.add(RowFault::of_cell(row.line, &column, "", FaultKind::NoPrice));
                }
                Ok(None)
            }
            Dialect::Shopify
            | Dialect::ShopifyOlder
            | Dialect::PrestaShop
            | Dialect::PrestaShopCombinations
            | Dialect::Google
            | Dialect::HomeMade => Err(RowFault::of_cell(row.line, &column, "", FaultKind::MissingPrice)),
        }
    }

    fn exact(&self, row: &Record, of: M, cell: Cell<'_>, default: Currency) -> Result<(Amount, Currency), RowFault> {
        self.amount(row, of, cell, default).map_err(|fault| {
            let kind = match fault {
                AmountFault::Unreadable => FaultKind::UnreadablePrice,
                AmountFault::Unclear => FaultKind::UnclearPrice,
                AmountFault::UnknownCurrency => FaultKind::UnknownCurrency,
            };
            self.unreadable(row, cell, kind)
        })
    }

    fn amount(
        &self,
        row: &Record,
        of: M,
        cell: Cell<'_>,
        default: Currency,
    ) -> Result<(Amount, Currency), AmountFault> {
        let decimals = self.survey.table(row.source).decimals(of, default);
        if of == M::PriceImpact
            && let Some(less) = cell.text.strip_prefix('-')
        {
            let (amount, currency) = values::amount(less.trim(), decimals, default)?;
            return Ok((amount.negated(), currency));
        }
        values::amount(cell.text, decimals, default)
    }

    fn unreadable(&self, row: &Record, cell: Cell<'_>, kind: FaultKind) -> RowFault {
        RowFault::of_cell(row.line, self.layout(row).name(cell.column), cell.text, kind)
    }

    /// What is added to an amount of this column: cards show prices with tax.
    fn tax_on(&self, row: &Record, column: usize) -> TaxRate {
        let layout = self.layout(row);
        match layout.columns.get(column).and_then(|column| layout.tax_of(column)) {
            Some(Tax::Excluded) => self.settings.tax_rate.unwrap_or(TaxRate::ZERO),
            Some(Tax::Included | Tax::Either) | None => TaxRate::ZERO,
        }
    }

    /// Adds what is reduced: a price compared above, a discount, or a sale price below.
    fn with_sale(&mut self, row: &Record, price: Money) -> Price {
        let plain = Price { regular: price, sale: None };
        if let Some(cell) = self.cell(row, M::ComparePrice) {
            return match self.reduced(row, M::ComparePrice, cell, price.currency) {
                Some(compared) if compared.minor > price.minor && compared.currency == price.currency => {
                    Price { regular: compared, sale: Some(Sale { price, from: None, until: None }) }
                }
                Some(_) | None => plain,
            };
        }
        let sale = match self.cell(row, M::SalePrice) {
            Some(cell) => self.reduced(row, M::SalePrice, cell, price.currency).map(|sale| (cell, sale)),
            None => self.discounted(row, price),
        };
        let Some((cell, sale)) = sale else { return plain };
        if sale.minor >= price.minor || sale.currency != price.currency {
            self.warn(row, cell, FaultKind::SaleNotLower);
            return plain;
        }
        match self.sale_window(row) {
            Some((from, until)) => Price { regular: price, sale: Some(Sale { price: sale, from, until }) },
            None => plain,
        }
    }

    fn reduced(&mut self, row: &Record, of: M, cell: Cell<'_>, default: Currency) -> Option<Money> {
        let read = self.amount(row, of, cell, default).ok();
        let money = read.and_then(|(amount, currency)| {
            let minor = amount.minor(currency, self.tax_on(row, cell.column))?;
            Some(Money { minor, currency })
        });
        if money.is_none() {
            self.warn(row, cell, FaultKind::UnreadableSalePrice);
        }
        money
    }

    /// PrestaShop's discount: an amount with tax, or else a share of the price.
    fn discounted<'r>(&mut self, row: &'r Record, price: Money) -> Option<(Cell<'r>, Money)> {
        let is_more = |cell: &Cell<'_>| cell.text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let currency = price.currency;
        let less = if let Some(cell) = self.cell(row, M::DiscountAmount).filter(is_more) {
            let amount = self.amount(row, M::DiscountAmount, cell, currency).ok();
            (cell, amount.and_then(|(amount, _)| amount.minor(currency, TaxRate::ZERO)))
        } else {
            let cell = self.cell(row, M::DiscountPercent).filter(is_more)?;
            let decimals = self.survey.table(row.source).decimals(M::DiscountPercent, currency);
            let share = values::amount(cell.text.trim_end_matches('%'), decimals, currency).ok();
            (cell, share.and_then(|(share, _)| share.percent_of(price.minor)))
        };
        let (cell, less) = less;
        match less.map(|less| price.minor - less).filter(|minor| *minor >= 0) {
            Some(minor) if minor < price.minor => Some((cell, Money { minor, currency })),
            _ => {
                self.warn(row, cell, FaultKind::UnreadableSalePrice);
                None
            }
        }
    }

    /// When the sale holds; nothing when that cannot be read, since a reduction
    /// that may be over must not be promised.
    fn sale_window(&mut self, row: &Record) -> Option<Window> {
        let lang = self.settings.lang;
        if let Some(cell) = self.cell(row, M::SaleDates) {
            let window = values::window(cell.text, lang);
            if window.is_none() {
                self.warn(row, cell, FaultKind::UnreadableDate);
            }
            return window;
        }
        let mut ends = (None, None);
        for meaning in [M::SaleFrom, M::SaleUntil] {
            // PrestaShop's way of saying: always.
            let Some(cell) = self.cell(row, meaning).filter(|cell| !cell.text.starts_with("0000-00-00")) else {
                continue;
            };
            let read =
                if meaning == M::SaleFrom { values::moment(cell.text, lang) } else { values::end(cell.text, lang) };
            let Some(moment) = read else {
                self.warn(row, cell, FaultKind::UnreadableDate);
                return None;
            };
            if meaning == M::SaleFrom { ends.0 = Some(moment) } else { ends.1 = Some(moment) }
        }
        Some(ends)
    }
}
