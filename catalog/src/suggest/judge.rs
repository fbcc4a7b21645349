//! Whether a product keeps to what was asked for: judged on the product itself,
//! variant by variant, never on the index alone.

use std::collections::HashSet;

use super::talk::{Reason, Suggestion};
use super::vocabulary::ValueKind;
use super::wish::{Constraint, Constraints, ValueWish};
use crate::index::{Sought, SoughtWord};
use crate::model::{Availability, Currency, Product, Sku, Variant};
use crate::words::{Analysis, fold};

/// A description is compared by its beginning.
const DESCRIPTION_BYTES: usize = 8_192;

/// A product beside what was asked for.
#[derive(Debug)]
pub(super) struct Judged<'p> {
    /// The variant that breaks the least; of several the one in stock, then the one
    /// with the most of the words among its options.
    pub variant: &'p Variant,
    pub broken: Vec<Constraint>,
}

impl Judged<'_> {
    pub fn fits(&self) -> bool {
        self.broken.is_empty()
    }
}

/// What a suggestion says of a product.
pub(super) struct Told {
    sku: Sku,
    pub reasons: Vec<Reason>,
    breaks: Vec<Constraint>,
}

impl Told {
    pub fn of(self, product: Product, score: f32) -> Suggestion {
        Suggestion { product, sku: Some(self.sku), score, reasons: self.reasons, breaks: self.breaks }
    }
}

pub(super) struct Judge<'j> {
    pub analysis: &'j Analysis,
    /// Of the prices asked for; one in another currency breaks them.
    pub currency: Currency,
    pub constraints: &'j Constraints,
    pub sought: &'j Sought,
    /// Unix seconds.
    pub now: i64,
}

/// Which of the words a product holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Held {
    /// As typed.
    pub words: Vec<String>,
    /// How many of them stand elsewhere than in the description.
    pub prominent: usize,
    /// One of them is a kind of thing, and this is of that kind.
    pub kind: bool,
    /// How many of them are kinds of things that its title or class names.
    pub named: usize,
    /// One of them is the product's class itself.
    pub class: bool,
}

impl Judge<'_> {
    /// Nothing for a product without variants.
    pub fn judge<'p>(&self, product: &'p Product) -> Option<Judged<'p>> {
        let judged = |variant: &'p Variant| Judged { variant, broken: self.broken(product, variant) };
        let worth = |judged: &Judged<'p>| {
            let buyable = judged.variant.availability == Availability::InStock;
            (std::cmp::Reverse(judged.broken.len()), self.options_said(judged.variant), buyable)
        };
        // Of variants that are worth the same, the first.
        product
            .variants
            .iter()
            .map(judged)
            .reduce(|best, other| if worth(&other) > worth(&best) { other } else { best })
    }

    fn broken(&self, product: &Product, variant: &Variant) -> Vec<Constraint> {
        let price = self.constraints.price.filter(|wish| {
            let paid = variant.price.map(|price| price.at(self.now));
            !paid.is_some_and(|paid| paid.currency == self.currency && wish.fits(paid.minor))
        });
        let stock = self.constraints.in_stock && variant.availability != Availability::InStock;
        let values = self.constraints.values.iter().filter(|wish| !meets(wish, product, variant));
        let price = price.map(|wish| Constraint::Price {
            min: wish.min,
            max: wish.max,
            said: self.constraints.price_said.clone(),
        });
        let stock = stock.then(|| Constraint::InStock { said: self.constraints.stock_said.clone() });
        values.map(ValueWish::constraint).chain(price).chain(stock).collect()
    }

    fn options_said(&self, variant: &Variant) -> usize {
        let stems: HashSet<String> = variant
            .options
            .iter()
            .flat_map(|option| self.analysis.words(&option.value))
            .map(|word| word.stem)
            .collect();
        self.sought.words.iter().filter(|word| word.stems.iter().any(|stem| stems.contains(stem))).count()
    }

    /// What is told of a judged product: why it is here, then what it meets.
    pub fn told(&self, judged: Judged<'_>, why: impl IntoIterator<Item = Reason>) -> Told {
        let mut reasons: Vec<Reason> = why.into_iter().collect();
        reasons.extend(self.met(&judged));
        Told { sku: judged.variant.sku.clone(), reasons, breaks: judged.broken }
    }

    /// What the variant meets of what was asked for, and that it is in stock.
    fn met(&self, judged: &Judged<'_>) -> Vec<Reason> {
        let all = self.constraints.list();
        let is_met = |constraint: &Constraint| match constraint {
            Constraint::OtherCurrency { .. } => false,
            Constraint::Price { .. } | Constraint::Value { .. } | Constraint::InStock { .. } => {
                !judged.broken.contains(constraint)
            }
        };
        let mut reasons: Vec<Reason> =
            all.into_iter().filter(is_met).map(|constraint| Reason::Meets { constraint }).collect();
        let told =
            reasons.iter().any(|reason| matches!(reason, Reason::Meets { constraint: Constraint::InStock { .. } }));
        if judged.variant.availability == Availability::InStock && !told {
            reasons.push(Reason::InStock);
        }
        reasons
    }

    pub fn held(&self, product: &Product) -> Held {
        let stems = |texts: &mut dyn Iterator<Item = &str>| -> HashSet<String> {
            texts.flat_map(|text| self.analysis.words(text)).map(|word| word.stem).collect()
        };
        let class = stems(&mut product.class().into_iter());
        let title = stems(&mut [product.title.as_str()].into_iter());
        let path = stems(&mut product.categories.iter().flatten().map(String::as_str));
        let attributes = product.attributes.iter().flat_map(|attribute| &attribute.values).map(String::as_str);
        let options = product.variants.iter().flat_map(|variant| &variant.options).map(|option| option.value.as_str());
        let others = stems(&mut attributes.chain(options).chain(product.brand.as_deref()));
        let is_in = |set: &HashSet<String>, word: &SoughtWord| word.stems.iter().any(|stem| set.contains(stem));
        let is_kind = |word: &SoughtWord| is_in(&title, word) || is_in(&path, word);
        let stands_before = |word: &SoughtWord| is_kind(word) || is_in(&others, word);
        // The long text is read only for words that stand nowhere else.
        let description = if self.sought.words.iter().all(stands_before) {
            HashSet::new()
        } else {
            stems(&mut [start_of(&product.description)].into_iter())
        };
        let mut held = Held::default();
        for word in &self.sought.words {
            let prominent = stands_before(word);
            if prominent || is_in(&description, word) {
                held.words.push(word.typed.clone());
                held.prominent += usize::from(prominent);
                held.kind |= word.is_kind && is_kind(word);
                held.class |= is_in(&class, word);
                held.named += usize::from(word.is_kind && (is_in(&class, word) || is_in(&title, word)));
            }
        }
        held
    }
}

fn start_of(description: &str) -> &str {
    description.get(..description.floor_char_boundary(DESCRIPTION_BYTES)).unwrap_or_default()
}

/// A variant's own option of the kind counts alone; without one, the product's attributes do.
fn meets(wish: &ValueWish, product: &Product, variant: &Variant) -> bool {
    let of_kind = |name: &str| ValueKind::of_name(name) == wish.kind;
    let options = variant.options.iter().filter(|option| of_kind(&option.name));
    let own: Vec<(&str, &str)> = options.map(|option| (option.name.as_str(), option.value.as_str())).collect();
    let attributes = product.attributes.iter().filter(|attribute| of_kind(&attribute.name));
    let shared: Vec<(&str, &str)> = attributes
        .flat_map(|attribute| attribute.values.iter().map(|value| (attribute.name.as_str(), value.as_str())))
        .collect();
    let same = |(_, value): &(&str, &str)| {
        let value = fold(value.trim());
        wish.any.iter().any(|wanted| fold(wanted.value.trim()) == value)
    };
    let judged = if own.is_empty() { shared } else { own };
    judged.iter().any(same) != wish.not
}
