//! From a conversation to suggestions: what is asked for, what is on the page.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::everyday::{EVERYDAY, NOT_SOLD, POINTING};
use super::finder::Finder;
use super::judge::{Held, Judge, Judged};
use super::page;
use super::read::message;
use super::talk::{Lookup, MESSAGES_READ, Reason, SUGGESTIONS_MAX, SuggestFault, Suggestion, Suggestions, Talk};
use super::values::{self, Known};
use super::vocabulary::{ValueKind, Vocabulary};
use super::wish::{Bound, Constraints, PriceWish};
use crate::index::{Filters, Index, Sought, View};
use crate::model::{Availability, Product, ProductId};
use crate::words::{Lang, Word};

/// What an older message counts beside the newest.
const OLDER: f32 = 0.5;
/// Answers to the bot that are read.
const ANSWERS_READ: usize = 5;
/// Products of one search that are judged.
const JUDGED_MAX: usize = 40;
/// What a product's score gains in the category on the page.
const CATEGORY_GAIN: f32 = 1.1;
/// A product holds at least so much of the words that the best one holds.
const WORDS_SHARE: usize = 2;

/// Suggests products for a conversation.
///
/// What the visitor asks for is read from the last messages and applied: nothing in
/// [`Suggestions::suggestions`] breaks it, unless nothing fits at all; then the
/// nearest are given and marked. A greeting alone asks for nothing: only the page
/// speaks then.
///
/// # Errors
/// When the index or the products cannot be read, or the deadline passes.
pub fn suggest(index: &Index, talk: &Talk<'_>, lookup: &dyn Lookup) -> Result<Suggestions, SuggestFault> {
    let view = index.view();
    let finder = Finder::new(&view, lookup);
    let vocabulary = match view.known_vocabulary() {
        Some(known) => known,
        None => view.read_vocabulary(finder.currency()?.unwrap_or(talk.currency))?,
    };
    let on_page = finder.on_page(talk)?;
    let (mut constraints, texts) = read_talk(talk, &vocabulary, &view);
    cheaper_than_page(&mut constraints, on_page.as_ref(), talk.now);
    let constraints = constraints.without(talk.unsaid);
    let mut sought = sought(&view, &texts, talk)?;
    // What was read as a value names no kind of thing: `linen` of a headboard.
    let values: Vec<&String> = constraints.values.iter().flat_map(|wish| &wish.said).collect();
    let is_value = |typed: &str| values.iter().any(|said| said.split_whitespace().any(|word| word == typed));
    sought.words.iter_mut().for_each(|word| word.is_kind &= !is_value(&word.typed));
    let left_out = finder.left_out(talk, on_page.as_ref())?;
    let adviser = Adviser {
        view: &view,
        vocabulary,
        talk,
        finder,
        constraints,
        sought,
        on_page,
        left_out,
        held: RefCell::default(),
    };
    adviser.advise()
}

/// Constraints of all messages, and what is left of each to search for, newest first.
fn read_talk(talk: &Talk<'_>, vocabulary: &Vocabulary, view: &View<'_>) -> (Constraints, Vec<(String, f32)>) {
    let lang = if talk.lang == Lang::Other { vocabulary.lang() } else { talk.lang };
    let answers = talk.answers.iter().rev().take(ANSWERS_READ).rev();
    let messages = talk.messages.iter().rev().take(MESSAGES_READ).rev();
    let mut constraints = Constraints::default();
    let known = Known { word: &|word| view.has_word(word), sold: &|word| view.is_sold(word) };
    let mut read = Vec::new();
    for text in answers.chain(messages) {
        let message = message(text, vocabulary, lang, known);
        constraints = message.constraints.clone().after(constraints);
        read.push(message);
    }
    let mut texts: Vec<(String, f32)> = read.iter().map(|message| (message.rest(&constraints), OLDER)).collect();
    if let Some((_, weight)) = texts.last_mut().filter(|_| !talk.messages.is_empty()) {
        *weight = 1.0;
    }
    texts.reverse();
    (constraints, texts)
}

fn cheaper_than_page(constraints: &mut Constraints, on_page: Option<&Product>, now: i64) {
    let price = on_page.and_then(Product::leading_variant).and_then(|variant| variant.price);
    if let Some(price) = price.filter(|_| constraints.cheaper) {
        let below = PriceWish { min: None, max: Some(Bound { minor: price.at(now).minor, included: false }) };
        let known = constraints.price.and_then(|wish| wish.highest());
        if known.is_none_or(|known| Some(known) > below.highest()) {
            constraints.price = Some(constraints.price.map_or(below, |wish| wish.refined(below)));
        }
    }
}

fn sought(view: &View<'_>, texts: &[(String, f32)], talk: &Talk<'_>) -> Result<Sought, SuggestFault> {
    let is_meant = |word: &Word| {
        let number = word.folded.chars().all(|letter| letter.is_ascii_digit());
        // What is not sold is no slip of something that is: `gris` of `grès`, `fine` of `fire`.
        let everyday = values::is_colour(&word.folded) || EVERYDAY.contains(&word.folded.as_str());
        let missing = everyday && !view.has_word(&word.folded);
        !number && !missing && !POINTING.contains(&word.folded.as_str()) && !NOT_SOLD.contains(&word.folded.as_str())
    };
    let texts: Vec<(&str, f32)> = texts.iter().map(|(text, weight)| (text.as_str(), *weight)).collect();
    Ok(view.sought(&texts, &is_meant, talk.deadline)?)
}

pub(super) struct Adviser<'a> {
    pub view: &'a View<'a>,
    vocabulary: Arc<Vocabulary>,
    pub talk: &'a Talk<'a>,
    pub finder: Finder<'a>,
    pub constraints: Constraints,
    sought: Sought,
    pub on_page: Option<Product>,
    pub left_out: Vec<ProductId>,
    /// What products hold of what is sought.
    held: RefCell<HashMap<ProductId, Held>>,
}

/// A product that was searched for, judged.
struct Candidate {
    suggestion: Suggestion,
    held: Held,
}

impl Adviser<'_> {
    fn advise(self) -> Result<Suggestions, SuggestFault> {
        let (mut suggestions, relaxed) = self.asked()?;
        if !relaxed {
            self.page_as_variant(&mut suggestions);
        }
        suggestions.truncate(SUGGESTIONS_MAX);
        let mut told: HashSet<ProductId> = suggestions.iter().map(|suggestion| suggestion.product.id.clone()).collect();
        let similar = page::similar(&self, &told)?;
        told.extend(similar.iter().map(|suggestion| suggestion.product.id.clone()));
        let complementary = page::complementary(&self, &told)?;
        Ok(Suggestions {
            generation: self.view.generation(),
            currency: self.vocabulary.currency(),
            constraints: self.constraints,
            relaxed,
            suggestions,
            on_page: self.on_page,
            similar,
            complementary,
        })
    }

    pub fn judge<'j>(&'j self, sought: &'j Sought) -> Judge<'j> {
        Judge {
            analysis: &self.vocabulary.analysis,
            currency: self.vocabulary.currency(),
            constraints: &self.constraints,
            sought,
            now: self.talk.now,
        }
    }

    /// What was asked for in words or by constraints; whether nothing fits it.
    fn asked(&self) -> Result<(Vec<Suggestion>, bool), SuggestFault> {
        let binds =
            self.constraints.price.is_some() || !self.constraints.values.is_empty() || self.constraints.in_stock;
        if self.sought.is_empty() {
            return Ok((self.by_page(binds)?, false));
        }
        let names_a_kind = self.sought.words.iter().any(|word| word.is_kind);
        let scope = if names_a_kind { None } else { self.scope() };
        let mut fitting = Vec::new();
        if let Some(scope) = &scope {
            fitting = self.candidates(&self.filters(scope.clone()), true)?;
        }
        if fitting.is_empty() {
            fitting = self.candidates(&self.filters(Filters::default()), true)?;
            if binds && !fitting.iter().any(|candidate| candidate.held.kind) {
                // Something else that fits is worth less than what was asked for and nearly fits.
                let has_kind = |free: &[Candidate]| free.iter().take(SUGGESTIONS_MAX).any(|free| free.held.kind);
                if fitting.is_empty() || has_kind(&self.candidates(&self.without_constraints(), false)?) {
                    return Ok((self.nearest()?, true));
                }
            }
        }
        Ok((ordered(fitting), false))
    }

    /// The class or category that the visitor looks at.
    fn scope(&self) -> Option<Filters> {
        let class = self.on_page.as_ref().and_then(Product::class).map(str::to_owned);
        if class.is_some() {
            return Some(Filters { class, ..Filters::default() });
        }
        let category = self.talk.page.categories.clone();
        (!category.is_empty()).then(|| Filters { category, ..Filters::default() })
    }

    /// Constraints as filters of the index, which judges one variant as a whole too.
    pub fn filters(&self, scope: Filters) -> Filters {
        let mut filters = Filters { not: self.left_out.clone(), in_stock: self.constraints.in_stock, ..scope };
        if let Some(price) = self.constraints.price {
            filters.price_min = price.lowest();
            filters.price_max = price.highest();
        }
        for wish in self.constraints.values.iter().filter(|wish| !wish.not) {
            let mut names: Vec<String> = wish.any.iter().map(|value| crate::words::fold(&value.name)).collect();
            names.sort();
            names.dedup();
            // Under several names the index cannot say "or": the judge does.
            if let [name] = names.as_slice() {
                filters.attributes.push((name.clone(), wish.any.iter().map(|value| value.value.clone()).collect()));
            }
        }
        filters
    }

    fn without_constraints(&self) -> Filters {
        Filters { not: self.left_out.clone(), ..Filters::default() }
    }

    /// The best products for the words; with `fitting`, only those that break nothing.
    fn candidates(&self, filters: &Filters, fitting: bool) -> Result<Vec<Candidate>, SuggestFault> {
        let hits = self.view.seek(&self.sought, filters, JUDGED_MAX, self.talk.now, self.talk.deadline)?;
        let judge = self.judge(&self.sought);
        let mut candidates = Vec::new();
        for (product, score) in self.finder.of_hits(hits)? {
            let held = self.held(&judge, &product);
            if held.prominent == 0 && held.words.len() < 2 {
                continue;
            }
            let Some(judged) = judge.judge(&product).filter(|judged| !fitting || judged.fits()) else { continue };
            let score = self.worth(&product, &judged, score);
            let words = (!held.words.is_empty()).then(|| Reason::Words { words: held.words.clone() });
            let mut told = judge.told(judged, words);
            told.reasons.extend(self.in_category(&product));
            candidates.push(Candidate { suggestion: told.of(product, score), held });
        }
        candidates.sort_by(|one, other| other.suggestion.score.total_cmp(&one.suggestion.score));
        Ok(candidates)
    }

    /// What a product holds of the words; asked again for every search, read once.
    fn held(&self, judge: &Judge<'_>, product: &Product) -> Held {
        let mut known = self.held.borrow_mut();
        known.entry(product.id.clone()).or_insert_with(|| judge.held(product)).clone()
    }

    fn worth(&self, product: &Product, judged: &Judged<'_>, score: f32) -> f32 {
        let category = if self.in_category(product).is_some() { CATEGORY_GAIN } else { 1.0 };
        score * page::share(judged) * category
    }

    fn in_category(&self, product: &Product) -> Option<Reason> {
        let wanted: Vec<String> = self.talk.page.categories.iter().map(|name| crate::words::fold(name)).collect();
        let begins = |path: &Vec<String>| {
            path.len() >= wanted.len()
                && path.iter().zip(&wanted).all(|(name, wanted)| crate::words::fold(name) == *wanted)
        };
        let name = self.talk.page.categories.last()?;
        product.categories.iter().any(begins).then(|| Reason::InCategory { name: name.clone() })
    }

    /// Nothing fits: what breaks the least, each constraint left away in turn.
    fn nearest(&self) -> Result<Vec<Suggestion>, SuggestFault> {
        let all = self.filters(Filters::default());
        let mut tries = vec![self.without_constraints()];
        if all.price_min.is_some() || all.price_max.is_some() {
            tries.push(Filters { price_min: None, price_max: None, ..all.clone() });
        }
        if all.in_stock {
            tries.push(Filters { in_stock: false, ..all.clone() });
        }
        for at in 0..all.attributes.len() {
            let mut fewer = all.clone();
            fewer.attributes.remove(at);
            tries.push(fewer);
        }
        let mut found: Vec<Candidate> = Vec::new();
        for filters in tries {
            for candidate in self.candidates(&filters, false)? {
                if !found.iter().any(|known| known.suggestion.product.id == candidate.suggestion.product.id) {
                    found.push(candidate);
                }
            }
        }
        let kind = found.iter().any(|candidate| candidate.held.kind);
        found.retain(|candidate| !kind || candidate.held.kind);
        let named = found.iter().map(|candidate| candidate.held.named).max().unwrap_or_default();
        found.retain(|candidate| candidate.held.named == named);
        let fewest = found.iter().map(|candidate| candidate.suggestion.breaks.len()).min().unwrap_or_default();
        found.retain(|candidate| candidate.suggestion.breaks.len() == fewest);
        found.sort_by(|one, other| self.excess(one).total_cmp(&self.excess(other)));
        Ok(found.into_iter().map(|candidate| candidate.suggestion).collect())
    }

    /// How far the price is off, as a share, and that it cannot be had at all.
    fn excess(&self, candidate: &Candidate) -> f64 {
        let product = &candidate.suggestion.product;
        let sku = candidate.suggestion.sku.as_ref();
        let variant = sku.and_then(|sku| product.variant(sku));
        let gone =
            if variant.is_some_and(|variant| variant.availability == Availability::OutOfStock) { 1.0 } else { 0.0 };
        let price = variant.and_then(|variant| variant.price);
        let (Some(wish), Some(price)) = (self.constraints.price, price) else { return gone };
        let paid = price.at(self.talk.now).minor as f64;
        let over = wish.highest().map_or(0.0, |highest| (paid - highest as f64) / (highest.max(1) as f64));
        let under = wish.lowest().map_or(0.0, |lowest| (lowest as f64 - paid) / (lowest.max(1) as f64));
        over.max(under).max(0.0) + gone
    }

    /// No word names anything: what is like the page's product, or in its category,
    /// and keeps to the constraints. Without any constraint only a category speaks.
    fn by_page(&self, binds: bool) -> Result<Vec<Suggestion>, SuggestFault> {
        if let Some(anchor) = self.on_page.as_ref() {
            return if binds { page::alike(self, anchor, SUGGESTIONS_MAX) } else { Ok(Vec::new()) };
        }
        let scope = self.scope();
        if scope.is_none() && !binds {
            return Ok(Vec::new());
        }
        let none = Sought::default();
        let filters = self.filters(scope.unwrap_or_default());
        let hits = self.view.seek(&none, &filters, JUDGED_MAX, self.talk.now, self.talk.deadline)?;
        let judge = self.judge(&none);
        let mut listed = Vec::new();
        for (product, score) in self.finder.of_hits(hits)? {
            let Some(judged) = judge.judge(&product).filter(Judged::fits) else { continue };
            let score = self.worth(&product, &judged, score);
            let mut told = judge.told(judged, None);
            told.reasons.extend(self.in_category(&product));
            if !told.reasons.is_empty() {
                listed.push(told.of(product, score));
            }
        }
        listed.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ok(listed)
    }

    /// `l'avez-vous en bleu ?`: the page's product itself, as the variant asked for.
    fn page_as_variant(&self, suggestions: &mut Vec<Suggestion>) {
        let Some(product) = &self.on_page else { return };
        let of_variants = self.constraints.values.iter().any(|wish| {
            let has = |name: &str| ValueKind::of_name(name) == wish.kind;
            !wish.not && product.variants.iter().flat_map(|variant| &variant.options).any(|option| has(&option.name))
        });
        let judge = self.judge(&self.sought);
        let held = judge.held(product);
        let named = self.sought.words.iter().all(|word| !word.is_kind) || held.class;
        let Some(judged) = judge.judge(product).filter(|judged| judged.fits() && of_variants && named) else { return };
        if self.talk.recommended.contains(&product.id) {
            return;
        }
        let score = suggestions.first().map_or(1.0, |best| best.score);
        suggestions.insert(0, judge.told(judged, [Reason::OnPage]).of(product.clone(), score));
    }
}

/// Of the kind that was named, first, and by its title or class before by its category;
/// of another kind only what holds as many of the words, and not in its description.
/// None holds fewer than half of the best one's.
fn ordered(mut candidates: Vec<Candidate>) -> Vec<Suggestion> {
    let most = |kind: bool| {
        let held = candidates.iter().filter(|candidate| candidate.held.kind || !kind);
        held.map(|candidate| candidate.held.words.len()).max().unwrap_or_default()
    };
    let (most, most_of_kind) = (most(false), most(true));
    candidates.retain(|candidate| {
        let held = &candidate.held;
        held.words.len() * WORDS_SHARE >= most && (held.kind || held.prominent >= most_of_kind)
    });
    if most_of_kind > 0 {
        candidates.sort_by_key(|candidate| (!candidate.held.kind, candidate.held.named == 0));
    }
    candidates.into_iter().map(|candidate| candidate.suggestion).collect()
}
