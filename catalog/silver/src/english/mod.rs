//! The English shop: furniture in all its classes.
//!
//! Facts first (class, colours, material), words from them: judgments need the
//! facts alone, so that a million products are judged without writing a sentence.

mod words;
mod write;

use std::collections::HashMap;
use std::io::{self, Write};

use comptoir_catalog::model::{Product, ProductId};

use crate::SEED;
use crate::feeds::google_feed;
use crate::pick::{Pick, Skewed};
use crate::questions::{Judged, Kind, Need, typo};
use words::{COLOURS, MATERIALS, SERIES_ENDS, SERIES_MIDDLES, SERIES_STARTS, SHELVES, STYLES, Shelf, TALK};

/// Products that share a series name, each of another class.
const SERIES: u64 = 12;
/// Colours of one product.
const COLOURS_MAX: usize = 4;
/// One product in four has variants.
const WITH_VARIANTS: usize = 25;

/// A shop with so many products.
#[derive(Debug, Clone)]
pub struct English {
    seed: u64,
    products: u64,
    variants: bool,
}

impl English {
    #[must_use]
    pub fn new(products: u64) -> Self {
        Self { seed: SEED, products, variants: true }
    }

    /// Another shop of the same kind.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// One row a product, so that a million products are a million rows.
    #[must_use]
    pub fn without_variants(self) -> Self {
        Self { variants: false, ..self }
    }

    /// The products, one after the other; not two of them have the same title.
    #[must_use]
    pub fn products(&self) -> EnglishProducts {
        EnglishProducts { facts: self.facts(), last_of_class: vec![None; classes().len()] }
    }

    /// The products as a Google-style CSV, one row a variant. Answers how many rows.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_feed(&self, out: &mut impl Write) -> io::Result<u64> {
        google_feed(self.products(), out)
    }

    /// Queries for `needs` wants, each asked plainly, with a typing error and in a
    /// sentence; and as many for one known product. Grade 2: class and all
    /// attributes; 1: class.
    #[must_use]
    pub fn judged(&self, needs: usize) -> Judged {
        let mut pick = Pick::of(self.seed, u64::MAX);
        let facts: Vec<Facts> = self.facts().collect();
        let mut by_class: HashMap<usize, Vec<&Facts>> = HashMap::new();
        for fact in &facts {
            by_class.entry(fact.class).or_default().push(fact);
        }
        let mut judged = Judged::default();
        for number in 0..needs {
            let Some(wanted) = facts.get(pick.below(facts.len())) else { break };
            let want = Want::of(wanted, &mut pick);
            let mates = by_class.get(&wanted.class).map(Vec::as_slice).unwrap_or_default();
            let grades = mates.iter().map(|fact| (fact.id(), if want.is_met_by(fact) { 2 } else { 1 }));
            let mut need = Need::new(&mut judged, format!("w{number}"), grades);
            let text = want.text();
            need.ask(Kind::Plain, text.clone());
            need.ask(Kind::Typo, typo(&text, &mut pick));
            for (kind, side) in [(Kind::Chat, 0), (Kind::ChatUntuned, 1)] {
                let talk = TALK.get(2 * pick.below(TALK.len() / 2) + side).copied().unwrap_or_default();
                need.ask(kind, talk.replace("{}", &text));
            }
        }
        for number in 0..needs {
            let Some(known) = facts.get(pick.below(facts.len())) else { break };
            let mut need = Need::new(&mut judged, format!("k{number}"), [(known.id(), 2)]);
            need.ask(Kind::Known, format!("{} {}", known.series, noun(known.class)).to_lowercase());
        }
        judged
    }

    fn facts(&self) -> FactsIter {
        let skewed = Skewed::over(classes().len());
        FactsIter { shop: self.clone(), number: 0, series: None, skewed }
    }
}

/// What is true of a product, before it is put into words.
#[derive(Debug, Clone)]
struct Facts {
    number: u64,
    series: String,
    brand: String,
    class: usize,
    colours: Vec<usize>,
    material: usize,
    style: usize,
    seed: u64,
}

impl Facts {
    fn id(&self) -> ProductId {
        let letters: String = self.series.chars().take(3).collect();
        ProductId::new(&format!("{}-{:07}", letters.to_uppercase(), self.number))
            .unwrap_or_else(|_| unreachable!("three letters and a number"))
    }
}

/// Twelve products at a time.
struct Series {
    name: String,
    brand: String,
    style: usize,
    classes: Vec<usize>,
}

impl Series {
    fn of(seed: u64, number: u64, skewed: &Skewed) -> Self {
        let mut pick = Pick::of(seed, number << 8);
        let mut classes = Vec::new();
        while (classes.len() as u64) < SERIES {
            let class = skewed.place(&mut pick);
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        let brand = format!("{}{}", pick.one(&words::BRAND_STARTS), pick.one(&words::BRAND_ENDS));
        Self { name: series_name(number), brand, style: pick.below(STYLES.len()), classes }
    }
}

/// A name for each number, neighbours unlike each other.
pub(crate) fn series_name(number: u64) -> String {
    let names = SERIES_STARTS.len() * SERIES_MIDDLES.len() * SERIES_ENDS.len();
    // 37,889 has no divisor in common with 96,000, so every name comes up once.
    let at = usize::try_from(number.wrapping_mul(37_889) % names as u64).unwrap_or_default();
    let (end, rest) = (at % SERIES_ENDS.len(), at / SERIES_ENDS.len());
    let (middle, start) = (rest % SERIES_MIDDLES.len(), rest / SERIES_MIDDLES.len());
    let parts = [SERIES_STARTS.get(start), SERIES_MIDDLES.get(middle), SERIES_ENDS.get(end)];
    parts.into_iter().flatten().copied().collect()
}

struct FactsIter {
    shop: English,
    number: u64,
    series: Option<Series>,
    skewed: Skewed,
}

impl Iterator for FactsIter {
    type Item = Facts;

    fn next(&mut self) -> Option<Facts> {
        let number = self.number;
        if number >= self.shop.products {
            return None;
        }
        let seed = self.shop.seed;
        if number.is_multiple_of(SERIES) {
            self.series = Some(Series::of(seed, number / SERIES, &self.skewed));
        }
        let series = self.series.as_ref()?;
        let class = usize::try_from(number % SERIES).ok().and_then(|place| series.classes.get(place).copied())?;
        let mut pick = Pick::of(seed, (number << 8) + 1);
        let several = if self.shop.variants && pick.is_in(WITH_VARIANTS) { pick.between(2, COLOURS_MAX) } else { 1 };
        let mut colours = Vec::new();
        while colours.len() < several {
            // The square makes the first colours of the list the frequent ones.
            let colour = pick.below(COLOURS.len()) * pick.below(COLOURS.len()) / COLOURS.len();
            if !colours.contains(&colour) {
                colours.push(colour);
            }
        }
        let material = pick.below(MATERIALS.len());
        let style = if pick.is_in(70) { series.style } else { pick.below(STYLES.len()) };
        self.number += 1;
        let (brand, series) = (series.brand.clone(), series.name.clone());
        Some(Facts { number, series, brand, class, colours, material, style, seed })
    }
}

/// What [`English::products`] gives.
pub struct EnglishProducts {
    facts: FactsIter,
    /// Whom a product of the same class is linked to.
    last_of_class: Vec<Option<ProductId>>,
}

impl Iterator for EnglishProducts {
    type Item = Product;

    fn next(&mut self) -> Option<Product> {
        let facts = self.facts.next()?;
        let before = self.last_of_class.get_mut(facts.class)?;
        let product = write::product(&facts, before.as_ref());
        *before = Some(product.id.clone());
        Some(product)
    }
}

/// What somebody wants: a class with one or two properties.
struct Want {
    class: usize,
    colour: Option<usize>,
    material: Option<usize>,
    style: Option<usize>,
}

impl Want {
    fn of(facts: &Facts, pick: &mut Pick) -> Self {
        let shape = pick.below(5);
        Self {
            class: facts.class,
            colour: facts.colours.first().copied().filter(|_| matches!(shape, 0 | 2 | 3)),
            material: Some(facts.material).filter(|_| matches!(shape, 1 | 2 | 4)),
            style: Some(facts.style).filter(|_| matches!(shape, 3 | 4)),
        }
    }

    fn is_met_by(&self, facts: &Facts) -> bool {
        self.class == facts.class
            && self.colour.is_none_or(|colour| facts.colours.contains(&colour))
            && self.material.is_none_or(|material| facts.material == material)
            && self.style.is_none_or(|style| facts.style == style)
    }

    fn text(&self) -> String {
        let words = [
            self.style.and_then(|style| STYLES.get(style)),
            self.colour.and_then(|colour| COLOURS.get(colour)),
            self.material.and_then(|material| MATERIALS.get(material)),
        ];
        let mut text: Vec<&str> = words.into_iter().flatten().copied().collect();
        text.push(noun(self.class));
        text.join(" ")
    }
}

/// Every class with its shelf: the first of each shelf, then the second …, so
/// that the frequent ones are spread over the shop.
fn classes() -> &'static [(&'static Shelf, &'static str)] {
    static CLASSES: std::sync::OnceLock<Vec<(&'static Shelf, &'static str)>> = std::sync::OnceLock::new();
    CLASSES.get_or_init(|| {
        let deepest = SHELVES.iter().map(|shelf| shelf.classes.len()).max().unwrap_or_default();
        let row = |place| SHELVES.iter().filter_map(move |shelf| Some((shelf, *shelf.classes.get(place)?)));
        (0..deepest).flat_map(row).collect()
    })
}

fn noun(class: usize) -> &'static str {
    classes().get(class).map(|(_, noun)| *noun).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_shop_has_as_many_classes_and_names_as_it_says() {
        assert!((185..=215).contains(&classes().len()), "{}", classes().len());
        let names: HashSet<String> = (0..90_000).map(series_name).collect();
        assert_eq!(names.len(), 90_000);
    }

    #[test]
    fn every_want_is_met_and_every_title_is_the_only_one_of_its_kind() {
        let shop = English::new(3_000);
        let titles: HashSet<String> = shop.products().map(|product| product.title).collect();
        assert_eq!(titles.len(), 3_000);
        let judged = shop.judged(50);
        assert_eq!(judged.queries.len(), 50 * 5);
        assert!(judged.judgments.values().all(|grades| grades.iter().any(|(_, grade)| *grade == 2)));
    }
}
