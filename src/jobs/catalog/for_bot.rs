//! What the bot asks of a catalog: products by words or by name, and the values of an
//! attribute that can be bought.
//!
//! A shop that says nothing of its stock sells what it shows: where nothing is in stock,
//! products whose stock is unknown are found all the same.

use comptoir_catalog::index::{Filters, Index, Mode, Question};
use comptoir_catalog::model::Currency;

use super::search::{Found, Search};
use super::{Catalog, CatalogError};
use crate::protocol::catalog::{CardAvailability, CatalogHits, FilterKind};
use crate::protocol::{ProductCard, Timestamp};
use crate::store::catalog::Wanted;

/// What is looked for by words.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Empty: whatever passes.
    pub text: String,
    /// Of the currency's main unit, a decimal number with a point.
    pub price_max: Option<String>,
    pub in_stock: bool,
    /// Attribute and value, each of which must hold.
    pub values: Vec<(String, String)>,
}

impl Catalog {
    /// At most `limit` products as cards, best first; `currency` is the site's, for a price of
    /// which the last import did not say the currency.
    ///
    /// # Errors
    /// [`CatalogError::Rebuilding`] or [`CatalogError::Busy`]: try later.
    pub async fn fitting(
        &self,
        wanted: &Wanted,
        wish: Wish,
        limit: usize,
        currency: &str,
        now: Timestamp,
    ) -> Result<Vec<ProductCard>, CatalogError> {
        let Wish { text, price_max, in_stock, values } = wish;
        let price_max = match price_max {
            Some(price) => minor(&price, self.currency_of(wanted, currency).await?),
            None => None,
        };
        let attributes = values.into_iter().map(|(name, value)| (name, vec![value])).collect();
        let filters = Filters { price_max, in_stock, attributes, ..Filters::default() };
        let hits = self.can_be_bought(wanted, Search { text, limit, filters, ..Search::default() }, now).await?;
        Ok(cards_of(hits))
    }

    async fn can_be_bought(
        &self,
        wanted: &Wanted,
        search: Search,
        now: Timestamp,
    ) -> Result<CatalogHits, CatalogError> {
        let hits = self.ask(wanted, Search { mode: Mode::Ranked, ..search.clone() }, now).await?;
        let only_stock_is_missing = hits.without.iter().any(|loss| loss.filter == FilterKind::InStock);
        if !hits.hits.is_empty() || !only_stock_is_missing {
            return Ok(hits);
        }
        let filters = Filters { in_stock: false, ..search.filters.clone() };
        let mut hits = self.ask(wanted, Search { filters, ..search }, now).await?;
        hits.hits.retain(|hit| hit.card.availability == CardAvailability::Unknown);
        Ok(hits)
    }

    /// The products that a text names outright, at most `limit`.
    ///
    /// # Errors
    /// As [`Catalog::fitting`].
    pub async fn named(
        &self,
        wanted: &Wanted,
        text: String,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<ProductCard>, CatalogError> {
        let search = Search { text, limit, ..Search::default() };
        let ask = move |index: &Index, deadline| index.named(&search.question(now, deadline));
        match self.on_index(wanted, ask).await? {
            Some((of, answer, took)) => Ok(cards_of(self.shown(Found { of, answer, took }, now).await?)),
            None => Ok(Vec::new()),
        }
    }

    /// The values of one attribute that products in stock have, those of most products first.
    ///
    /// # Errors
    /// As [`Catalog::fitting`].
    pub async fn values_in_stock(
        &self,
        wanted: &Wanted,
        attribute: String,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<String>, CatalogError> {
        let ask = move |index: &Index, deadline| {
            let seconds = now.millis().div_euclid(1000);
            let any = Filters::default();
            let in_stock = Filters { in_stock: true, ..Filters::default() };
            // Nothing at all is in stock: the feed says nothing of it.
            let says = index.ask(&Question { filters: in_stock.clone(), limit: 1, ..Question::about("") })?.total > 0;
            index.values(&attribute, if says { &in_stock } else { &any }, limit, seconds, Some(deadline))
        };
        Ok(self.on_index(wanted, ask).await?.map(|(_, values, _)| values).unwrap_or_default())
    }

    /// What the catalog's prices are in: as its last import read them, else the site's.
    async fn currency_of(&self, wanted: &Wanted, site: &str) -> Result<Currency, CatalogError> {
        let of = self.0.shelves.first(wanted).map(|(of, _)| of);
        let read_by = match of {
            Some(of) => self.0.store.currency_of(of).await?,
            None => None,
        };
        let known = read_by.iter().map(String::as_str).chain([site]).find_map(|code| Currency::new(code).ok());
        Ok(known.unwrap_or(Currency::EUR))
    }
}

fn cards_of(hits: CatalogHits) -> Vec<ProductCard> {
    hits.hits.into_iter().map(|hit| hit.card).collect()
}

/// A price of the main unit, written with a point, in minor units: what is below them is cut.
/// Nothing for what is no price: a bound that nobody can read is none.
fn minor(price: &str, currency: Currency) -> Option<i64> {
    let decimals = usize::try_from(currency.decimals()).ok()?;
    let (whole, part) = price.trim().split_once('.').unwrap_or((price.trim(), ""));
    let is_number = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(part) {
        return None;
    }
    let part: String = part.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    format!("{whole}{part}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_of_the_main_unit_is_read_in_minor_units() {
        let yen = Currency::new("JPY").unwrap();
        for (price, currency, wanted) in [
            ("60", Currency::EUR, Some(6_000)),
            (" 12.5 ", Currency::EUR, Some(1_250)),
            ("12.999", Currency::EUR, Some(1_299)),
            ("0.5", Currency::EUR, Some(50)),
            ("1500", yen, Some(1_500)),
            ("1500.9", yen, Some(1_500)),
            ("", Currency::EUR, None),
            ("-3", Currency::EUR, None),
            ("beaucoup", Currency::EUR, None),
            ("99999999999999999999", Currency::EUR, None),
        ] {
            assert_eq!(minor(price, currency), wanted, "{price}");
        }
    }
}
