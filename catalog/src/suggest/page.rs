//! What goes with the product on the page, and what could take its place.
//!
//! The feed's own links come first: the merchant knows. Then the class decides:
//! what is like a product is of its class, what goes with it is not, but stands
//! under the same root.

use std::collections::HashSet;

use super::advise::Adviser;
use super::judge::Judged;
use super::talk::{Reason, SUGGESTIONS_MAX, SuggestFault, Suggestion};
use crate::index::Filters;
use crate::model::{Availability, Product, ProductId};
use crate::words::fold;

/// Links of the feed that are followed.
const LINKS_MAX: usize = 20;
/// Products of one search that are looked at.
const LOOKED_MAX: usize = 40;
const OTHER_CLASSES_LOOKED_MAX: usize = 60;
/// How much of a score depends on how near the prices are.
const PRICE_SHARE: f32 = 0.25;
/// How much a score gains where all attributes are the same.
const LIKENESS_GAIN: f32 = 0.5;
/// What a product keeps of its score that cannot be had now.
const GONE_SHARE: f32 = 0.6;

/// What could take the place of the product on the page.
pub(super) fn similar(adviser: &Adviser<'_>, told: &HashSet<ProductId>) -> Result<Vec<Suggestion>, SuggestFault> {
    let Some(anchor) = adviser.on_page.as_ref() else { return Ok(Vec::new()) };
    let reason = Reason::SimilarByFeed { product: anchor.id.clone(), title: anchor.title.clone() };
    let mut similar = linked(adviser, &anchor.similar, &reason, told, Fit::Wholly)?;
    if similar.len() < SUGGESTIONS_MAX {
        let more = alike(adviser, anchor, SUGGESTIONS_MAX + told.len() + similar.len())?;
        let is_new = |suggestion: &Suggestion| {
            let id = &suggestion.product.id;
            !told.contains(id) && !similar.iter().any(|known| known.product.id == *id)
        };
        let more: Vec<Suggestion> = more.into_iter().filter(is_new).collect();
        similar.extend(more);
    }
    similar.truncate(SUGGESTIONS_MAX);
    Ok(similar)
}

/// What goes with the product on the page.
pub(super) fn complementary(adviser: &Adviser<'_>, told: &HashSet<ProductId>) -> Result<Vec<Suggestion>, SuggestFault> {
    let Some(anchor) = adviser.on_page.as_ref() else { return Ok(Vec::new()) };
    let reason = Reason::GoesWithByFeed { product: anchor.id.clone(), title: anchor.title.clone() };
    let mut found = linked(adviser, &anchor.complementary, &reason, told, Fit::Purse)?;
    if found.is_empty() {
        found = of_other_classes(adviser, anchor, told)?;
    }
    found.truncate(SUGGESTIONS_MAX);
    Ok(found)
}

/// Which constraints count: a cushion that goes with a blue sofa need not be blue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Wholly,
    /// Price, stock and what was refused.
    Purse,
}

fn fits(judged: &Judged<'_>, fit: Fit) -> bool {
    use super::wish::Constraint;
    judged.broken.iter().all(|constraint| match constraint {
        Constraint::Value { not, .. } => fit == Fit::Purse && !not,
        Constraint::Price { .. } | Constraint::InStock { .. } | Constraint::OtherCurrency { .. } => false,
    })
}

/// The products that the feed names, in its order; those that can be had first.
fn linked(
    adviser: &Adviser<'_>,
    links: &[String],
    reason: &Reason,
    told: &HashSet<ProductId>,
    fit: Fit,
) -> Result<Vec<Suggestion>, SuggestFault> {
    let none = crate::index::Sought::default();
    let judge = adviser.judge(&none);
    let mut found: Vec<Suggestion> = Vec::new();
    for link in links.iter().take(LINKS_MAX) {
        let Some(product) = adviser.finder.by_code(link)? else { continue };
        let known = found.iter().any(|known| known.product.id == product.id);
        if known || told.contains(&product.id) || adviser.left_out.contains(&product.id) {
            continue;
        }
        let Some(judged) = judge.judge(&product).filter(|judged| fits(judged, fit)) else { continue };
        let score = share(&judged);
        found.push(judge.told(judged, [reason.clone()]).of(product, score));
    }
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    Ok(found)
}

/// Products of the anchor's class, the closest in words and price first.
pub(super) fn alike(adviser: &Adviser<'_>, anchor: &Product, limit: usize) -> Result<Vec<Suggestion>, SuggestFault> {
    let sought = adviser.view.alike(anchor);
    let class = anchor.class().map(str::to_owned);
    let is_classed = class.is_some();
    let mut filters = adviser.filters(Filters { class, ..Filters::default() });
    if !filters.not.contains(&anchor.id) {
        filters.not.push(anchor.id.clone());
    }
    let talk = adviser.talk;
    let hits = adviser.view.seek(&sought, &filters, LOOKED_MAX.max(limit), talk.now, talk.deadline)?;
    let judge = adviser.judge(&sought);
    let title: HashSet<String> = adviser.view.words(&anchor.title).into_iter().map(|word| word.stem).collect();
    let own = values_of(anchor);
    let mut found = Vec::new();
    for (product, score) in adviser.finder.of_hits(hits)? {
        let shared = adviser.view.words(&product.title).into_iter().filter(|word| title.contains(&word.stem)).count();
        // Without classes only the titles say what a thing is.
        if !is_classed && shared * 2 < title.len() {
            continue;
        }
        let Some(judged) = judge.judge(&product).filter(|judged| fits(judged, Fit::Wholly)) else { continue };
        let score = score * nearness(anchor, &product, talk.now) * share(&judged) * likeness(&own, &product);
        let reason = Reason::SimilarToPage { product: anchor.id.clone(), title: anchor.title.clone() };
        found.push(judge.told(judged, [reason]).of(product, score));
    }
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    found.truncate(limit);
    Ok(found)
}

/// Names and values of its attributes and options, as they are compared.
fn values_of(product: &Product) -> HashSet<(String, String)> {
    let attributes = product.attributes.iter();
    let values = attributes.flat_map(|attribute| attribute.values.iter().map(|value| (&attribute.name, value)));
    let options = product.variants.iter().flat_map(|variant| &variant.options);
    let options = options.map(|option| (&option.name, &option.value));
    values.chain(options).map(|(name, value)| (fold(name), fold(value))).collect()
}

/// 1 where none of these values is the other's, more the more are.
fn likeness(own: &HashSet<(String, String)>, other: &Product) -> f32 {
    let same = own.intersection(&values_of(other)).count();
    1.0 + LIKENESS_GAIN * same as f32 / own.len().max(1) as f32
}

/// What a product keeps of its score.
pub(super) fn share(judged: &Judged<'_>) -> f32 {
    if judged.variant.availability == Availability::OutOfStock { GONE_SHARE } else { 1.0 }
}

/// 1 at the same price, less the further they are apart.
fn nearness(one: &Product, other: &Product, now: i64) -> f32 {
    let paid = |product: &Product| Some(product.leading_variant()?.price?.at(now).minor as f32);
    let (Some(one), Some(other)) = (paid(one), paid(other)) else { return 1.0 - PRICE_SHARE };
    let ratio = if one.max(other) > 0.0 { one.min(other) / one.max(other) } else { 1.0 };
    1.0 - PRICE_SHARE + PRICE_SHARE * ratio
}

/// The closest product of each other class under the same root.
fn of_other_classes(
    adviser: &Adviser<'_>,
    anchor: &Product,
    told: &HashSet<ProductId>,
) -> Result<Vec<Suggestion>, SuggestFault> {
    let path = anchor.categories.first().filter(|path| path.len() > 1);
    let Some((root, class)) = path.and_then(|path| Some((path.first()?, fold(path.last()?)))) else {
        return Ok(Vec::new());
    };
    let sought = adviser.view.alike(anchor);
    let constraints = adviser.filters(Filters { category: vec![root.clone()], ..Filters::default() });
    let filters = Filters { attributes: Vec::new(), ..constraints };
    let talk = adviser.talk;
    let hits = adviser.view.seek(&sought, &filters, OTHER_CLASSES_LOOKED_MAX, talk.now, talk.deadline)?;
    let judge = adviser.judge(&sought);
    let mut classes = HashSet::from([class]);
    let mut found = Vec::new();
    for (product, score) in adviser.finder.of_hits(hits)? {
        let Some(class) = product.class().map(fold) else { continue };
        let Some(judged) = judge.judge(&product).filter(|judged| fits(judged, Fit::Purse)) else { continue };
        let gone = judged.variant.availability == Availability::OutOfStock;
        if gone || told.contains(&product.id) || !classes.insert(class) {
            continue;
        }
        let reason = Reason::GoesWithPage { product: anchor.id.clone(), title: anchor.title.clone() };
        found.push(judge.told(judged, [reason]).of(product, score));
        if found.len() >= SUGGESTIONS_MAX {
            break;
        }
    }
    Ok(found)
}
