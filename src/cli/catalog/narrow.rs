//! What narrows and orders `comptoir catalog search`, and how the answer spreads.

use clap::{Args, ValueEnum};
use comptoir_catalog::index::{Filters, Sort};

use super::{Searchable, wrongly};
use crate::cli::{Failure, Terminal};
use crate::jobs::catalog::Search;
use crate::protocol::catalog::{CatalogHits, CountedValue, FilterKind, FilterLoss, Money};

#[derive(Debug, Clone, Args)]
pub(super) struct Narrow {
    /// Only this category, from the root: "Kitchen > Mugs"
    #[arg(long, value_name = "PATH")]
    category: Option<String>,
    /// Only this brand; several: any of them
    #[arg(long, value_name = "NAME")]
    brand: Vec<String>,
    /// Only what costs at least so much now, like 12.90
    #[arg(long, value_name = "AMOUNT")]
    price_min: Option<String>,
    /// Only what costs at most so much now
    #[arg(long, value_name = "AMOUNT")]
    price_max: Option<String>,
    /// Only what is on the shelf
    #[arg(long)]
    in_stock: bool,
    /// Only with this option or attribute; of one name any value will do
    #[arg(long, value_name = "NAME=VALUE")]
    attribute: Vec<String>,
    /// What comes first
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// How the products found spread over categories, brands, attributes and prices
    #[arg(long)]
    counts: bool,
    /// Search the words as they stand, errors and all
    #[arg(long)]
    literal: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Relevance,
    PriceUp,
    PriceDown,
    Title,
    Newest,
}

impl Narrow {
    /// The search without its text.
    pub async fn search(&self, searchable: &Searchable) -> Result<Search, Failure> {
        let decimals = match (&self.price_min, &self.price_max) {
            (None, None) => 0,
            _ => decimals(searchable).await?,
        };
        let amount = |text: &Option<String>| text.as_deref().map(|text| minor(text, decimals)).transpose();
        let path = self.category.as_deref().unwrap_or_default().split('>').map(str::trim);
        let filters = Filters {
            category: path.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            brands: self.brand.clone(),
            price_min: amount(&self.price_min)?,
            price_max: amount(&self.price_max)?,
            in_stock: self.in_stock,
            attributes: attributes(&self.attribute)?,
            ..Filters::default()
        };
        let sort = match self.sort {
            Order::Relevance => Sort::Relevance,
            Order::PriceUp => Sort::PriceUp,
            Order::PriceDown => Sort::PriceDown,
            Order::Title => Sort::Title,
            Order::Newest => Sort::Newest,
        };
        Ok(Search { filters, sort, counts: self.counts, literal: self.literal, ..Search::default() })
    }
}

/// The decimals of the catalog's currency, as the cheapest product says them.
async fn decimals(searchable: &Searchable) -> Result<u8, Failure> {
    let cheapest = Search { sort: Sort::PriceUp, limit: 1, ..Search::default() };
    let hits = searchable.catalog.ask(&searchable.wanted, cheapest, chrono::Utc::now().into()).await;
    let hits = hits.map_err(Failure::new)?.hits;
    Ok(hits.first().and_then(|hit| hit.card.price.as_ref()).map_or(2, |price| price.decimals))
}

/// `12.90` in minor units.
fn minor(text: &str, decimals: u8) -> Result<i64, Failure> {
    let wrong = || wrongly(format!("cannot read the amount `{text}`; write it like 12.90"));
    let normal = text.trim().replace(',', ".");
    let (whole, part) = normal.split_once('.').unwrap_or((&normal, ""));
    let width = usize::from(decimals);
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || part.len() > width || !is_number(whole) || !is_number(part) {
        return Err(wrong());
    }
    format!("{whole}{part:0<width$}").parse().map_err(|_| wrong())
}

fn attributes(written: &[String]) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let mut attributes: Vec<(String, Vec<String>)> = Vec::new();
    for text in written {
        let Some((name, value)) = text.split_once('=') else {
            return Err(wrongly(format!("cannot read the attribute `{text}`; write it like colour=blue")));
        };
        match attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value.to_owned()),
            None => attributes.push((name.to_owned(), vec![value.to_owned()])),
        }
    }
    Ok(attributes)
}

/// How many there are, what filters cost, and how they spread.
pub(super) fn tell(hits: &CatalogHits, terminal: &mut Terminal) {
    for loss in &hits.without {
        terminal.say(format_args!("{} without the filter on {}.", products(loss.products), filter(loss)));
    }
    let Some(counts) = &hits.counts else { return };
    terminal.say(format_args!("{}, {} in stock", products(hits.total), counts.in_stock));
    if let Some(prices) = &counts.prices {
        terminal.say(format_args!("prices: {} to {}", money(&prices.least), money(&prices.most)));
    }
    if !counts.categories.is_empty() {
        let path =
            |count: &crate::protocol::catalog::CountedPath| format!("{} ({})", count.path.join(" > "), count.products);
        terminal.say(format_args!("categories: {}", counts.categories.iter().map(path).collect::<Vec<_>>().join(", ")));
    }
    if !counts.brands.is_empty() {
        terminal.say(format_args!("brands: {}", values(&counts.brands)));
    }
    for attribute in &counts.attributes {
        terminal.say(format_args!("{}: {}", attribute.name, values(&attribute.values)));
    }
}

fn products(count: u64) -> String {
    if count == 1 { "1 product".to_owned() } else { format!("{count} products") }
}

fn filter(loss: &FilterLoss) -> String {
    match loss.filter {
        FilterKind::Category => "the category".to_owned(),
        FilterKind::Brand => "the brand".to_owned(),
        FilterKind::Price => "the price".to_owned(),
        FilterKind::InStock => "the stock".to_owned(),
        FilterKind::Attribute => format!("“{}”", loss.attribute.as_deref().unwrap_or_default()),
    }
}

fn values(counted: &[CountedValue]) -> String {
    let value = |count: &CountedValue| format!("{} ({})", count.value, count.products);
    counted.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// Dot decimals and the code.
pub(super) fn money(money: &Money) -> String {
    let unit = 10_u64.pow(money.decimals.into());
    let minor = money.minor.unsigned_abs();
    let width = usize::from(money.decimals);
    match width {
        0 => format!("{minor} {}", money.currency),
        _ => format!("{}.{:0width$} {}", minor / unit, minor % unit, money.currency),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_the_decimals_of_the_currency() {
        assert_eq!(minor("12.90", 2).ok(), Some(1_290));
        assert_eq!(minor("12,9", 2).ok(), Some(1_290));
        assert_eq!(minor("50", 2).ok(), Some(5_000));
        assert_eq!(minor("4999", 0).ok(), Some(4_999));
        for wrong in ["", "cheap", "-5", "1.234", "1e3", ".5"] {
            assert!(minor(wrong, 2).is_err(), "{wrong}");
        }
    }

    #[test]
    fn values_of_one_attribute_stand_together() {
        let written = ["colour=blue", "size=M", "colour=red"].map(str::to_owned);
        let read = attributes(&written).unwrap_or_default();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].1, ["blue", "red"]);
        assert!(attributes(&["blue".to_owned()]).is_err());
    }
}
