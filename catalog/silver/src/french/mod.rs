//! The French shop: words agree, prices have commas, and people type without accents.

mod words;
mod write;

use std::collections::HashMap;
use std::io::{self, Write};

use comptoir_catalog::model::{Product, ProductId};

use crate::SEED;
use crate::feeds::french_feed;
use crate::pick::{Pick, Skewed};
use crate::questions::{Judged, Kind, Need, typo};
use words::{COLOURS, MATERIALS, Noun, SHELVES, STYLES, Shelf, TALK};

/// Products that share a series name, each of another class.
const SERIES: u64 = 12;
/// Things sold in lots are so three times in ten.
const IN_LOTS: usize = 30;

/// A shop with so many products, each with one variant.
#[derive(Debug, Clone)]
pub struct French {
    seed: u64,
    products: u64,
}

impl French {
    #[must_use]
    pub fn new(products: u64) -> Self {
        Self { seed: SEED, products }
    }

    /// Another shop of the same kind.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The products, one after the other; not two of them have the same title.
    #[must_use]
    pub fn products(&self) -> FrenchProducts {
        FrenchProducts { facts: self.facts(), last_of_class: vec![None; classes().len()] }
    }

    /// The products as a French spreadsheet: semicolons, decimal commas, UTF-8.
    /// Answers how many rows.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_feed(&self, out: &mut impl Write) -> io::Result<u64> {
        french_feed(self.products(), out)
    }

    /// Queries for `needs` wants, each asked plainly and in every way of
    /// [`Kind`] that French has. Grade 2: class and all attributes; 1: class.
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
            want.ask(&mut Need::new(&mut judged, format!("b{number}"), grades), &mut pick);
        }
        judged
    }

    fn facts(&self) -> FactsIter {
        FactsIter { shop: self.clone(), number: 0, series: None, skewed: Skewed::over(classes().len()) }
    }
}

/// What is true of a product, before it is put into words.
#[derive(Debug, Clone)]
struct Facts {
    number: u64,
    series: String,
    brand: &'static str,
    class: usize,
    colour: usize,
    material: usize,
    style: usize,
    /// Pieces that are sold together.
    lot: Option<usize>,
    seed: u64,
}

impl Facts {
    fn id(&self) -> ProductId {
        let letters: String = self.series.chars().take(3).collect();
        ProductId::new(&format!("{}{:06}", letters.to_uppercase(), self.number))
            .unwrap_or_else(|_| unreachable!("three letters and a number"))
    }
}

struct Series {
    name: String,
    brand: &'static str,
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
        let name = crate::english::series_name(number + 90_001);
        Self { name, brand: pick.one(words::BRANDS), style: pick.below(STYLES.len()), classes }
    }
}

struct FactsIter {
    shop: French,
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
        let in_lots = classes().get(class).is_some_and(|(shelf, _)| shelf.lots);
        self.number += 1;
        Some(Facts {
            number,
            series: series.name.clone(),
            brand: series.brand,
            class,
            colour: pick.below(COLOURS.len()),
            material: pick.below(MATERIALS.len()),
            style: if pick.is_in(70) { series.style } else { pick.below(STYLES.len()) },
            lot: (in_lots && pick.is_in(IN_LOTS)).then(|| pick.between(2, 8)),
            seed,
        })
    }
}

/// What [`French::products`] gives.
pub struct FrenchProducts {
    facts: FactsIter,
    last_of_class: Vec<Option<ProductId>>,
}

impl Iterator for FrenchProducts {
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
            colour: Some(facts.colour).filter(|_| matches!(shape, 0 | 2 | 3)),
            material: Some(facts.material).filter(|_| matches!(shape, 1 | 2 | 4)),
            style: Some(facts.style).filter(|_| matches!(shape, 3 | 4)),
        }
    }

    fn is_met_by(&self, facts: &Facts) -> bool {
        self.class == facts.class
            && self.colour.is_none_or(|colour| facts.colour == colour)
            && self.material.is_none_or(|material| facts.material == material)
            && self.style.is_none_or(|style| facts.style == style)
    }

    fn ask(&self, need: &mut Need<'_>, pick: &mut Pick) {
        let (one, many) = (self.text(false), self.text(true));
        let article = if noun(self.class).feminine { "une" } else { "un" };
        need.ask(Kind::Plain, one.clone());
        need.ask(Kind::Plural, many.clone());
        need.ask(Kind::Unaccented, without_accents(&one));
        need.ask(Kind::UpperCase, one.to_uppercase());
        need.ask(Kind::Typo, typo(&one, pick));
        let mark = if pick.is_in(50) { '\'' } else { '’' };
        let elided = if begins_with_a_vowel(&one) {
            format!("je cherche l{mark}{one}")
        } else {
            format!("j{mark}ai besoin d{mark}{article} {one}")
        };
        need.ask(Kind::Elided, elided);
        for (kind, side) in [(Kind::Chat, 0), (Kind::ChatUntuned, 1)] {
            let talk = TALK.get(2 * pick.below(TALK.len() / 2) + side).copied().unwrap_or_default();
            need.ask(kind, talk.replace("{un}", &format!("{article} {one}")).replace("{des}", &many));
        }
    }

    fn text(&self, several: bool) -> String {
        let noun = noun(self.class);
        let mut text = vec![if several { noun.many } else { noun.one }.to_owned()];
        let colour = self.colour.and_then(|colour| COLOURS.get(colour));
        let style = self.style.and_then(|style| STYLES.get(style));
        text.extend([colour, style].into_iter().flatten().map(|word| word.form(noun.feminine, several).to_owned()));
        text.extend(
            self.material.and_then(|material| MATERIALS.get(material)).map(|material| format!("en {material}")),
        );
        text.join(" ")
    }
}

fn begins_with_a_vowel(text: &str) -> bool {
    text.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê', 'h'])
}

/// As typed on a keyboard without accents.
fn without_accents(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'à' | 'â' => 'a',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'ù' | 'û' => 'u',
            'ç' => 'c',
            letter => letter,
        })
        .collect()
}

/// Every class with its shelf, the first of each shelf first.
fn classes() -> &'static [(&'static Shelf, &'static Noun)] {
    static CLASSES: std::sync::OnceLock<Vec<(&'static Shelf, &'static Noun)>> = std::sync::OnceLock::new();
    CLASSES.get_or_init(|| {
        let deepest = SHELVES.iter().map(|shelf| shelf.nouns.len()).max().unwrap_or_default();
        let row = |place| SHELVES.iter().filter_map(move |shelf| Some((shelf, shelf.nouns.get(place)?)));
        (0..deepest).flat_map(row).collect()
    })
}

fn noun(class: usize) -> &'static Noun {
    classes().get(class).map(|(_, noun)| *noun).unwrap_or_else(|| unreachable!("a class that was never listed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn words_agree_in_gender_and_number() {
        let of = |one: &str| classes().iter().position(|(_, noun)| noun.one == one);
        let golden = COLOURS.iter().position(|colour| colour.0 == "doré");
        let want = Want { class: of("chaise").unwrap_or_default(), colour: golden, material: None, style: None };
        assert_eq!((want.text(false), want.text(true)), ("chaise dorée".to_owned(), "chaises dorées".to_owned()));
        let want = Want { class: of("bureau").unwrap_or_default(), colour: golden, material: Some(0), style: None };
        assert_eq!(want.text(true), "bureaux dorés en chêne");
    }

    #[test]
    fn every_want_is_met_and_every_title_is_the_only_one_of_its_kind() {
        let shop = French::new(3_000);
        let titles: HashSet<String> = shop.products().map(|product| product.title).collect();
        assert_eq!(titles.len(), 3_000);
        let judged = shop.judged(50);
        assert_eq!(judged.queries.len(), 50 * 8);
        assert!(judged.judgments.values().all(|grades| grades.iter().any(|(_, grade)| *grade == 2)));
    }
}
