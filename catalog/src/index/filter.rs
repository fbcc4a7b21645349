//! Filters as parts of the query, and as a test of each variant.

use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::document::class_key;
use super::offers::{self, IN_STOCK, Offer};
use super::question::FILTER_VALUES_MAX;
use super::schema::Fields;
use super::{Filter, Filters, IndexFault, facets};

/// Spellings of one value that are told apart.
const SPELLINGS_MAX: usize = 100;

/// More terms are made into a set first, which takes longer than to ask for a few.
const TERMS_ASKED_MAX: usize = 64;

/// Filters made ready for one searcher.
pub(super) struct Sieve {
    clauses: Vec<(Occur, Box<dyn Query>)>,
    pub variants: VariantTest,
}

/// What one variant must be as a whole.
#[derive(Debug, Clone, Default)]
pub(super) struct VariantTest {
    in_stock: bool,
    price_min: Option<i64>,
    price_max: Option<i64>,
    /// Hashes of names, each with those of the values that will do.
    options: Vec<(u64, Vec<u64>)>,
}

impl VariantTest {
    pub fn is_needed(&self) -> bool {
        self.in_stock || self.price_min.is_some() || self.price_max.is_some() || !self.options.is_empty()
    }

    /// An option that the variant does not have is judged by the product's attributes alone.
    pub fn passes(&self, offer: &Offer, options: &[u64]) -> bool {
        if self.in_stock && offer.availability != IN_STOCK {
            return false;
        }
        if self.price_min.is_some_and(|least| offer.price.is_none_or(|price| price < least))
            || self.price_max.is_some_and(|most| offer.price.is_none_or(|price| price > most))
        {
            return false;
        }
        self.options.iter().all(|(name, values)| {
            let mut named = options.iter().filter(|option| **option >> 32 == *name).peekable();
            named.peek().is_none() || named.any(|option| values.contains(&(option & 0xffff_ffff)))
        })
    }
}

impl Sieve {
    pub fn of(searcher: &Searcher, fields: &Fields, filters: &Filters) -> Result<Self, IndexFault> {
        let mut clauses = Vec::new();
        let mut must = |query: Box<dyn Query>| clauses.push((Occur::Must, query));
        if !filters.category.is_empty() {
            let path = filters.category.iter().map(String::as_str);
            must(any_of(searcher, fields, &[facets::key(facets::Kind::Category, path)])?);
        }
        if !filters.brands.is_empty() {
            let brands = filters.brands.iter().take(FILTER_VALUES_MAX);
            let keys: Vec<_> = brands.map(|brand| facets::key(facets::Kind::Brand, [brand.as_str()])).collect();
            must(any_of(searcher, fields, &keys)?);
        }
        let mut options = Vec::new();
        for (name, values) in filters.attributes.iter().take(FILTER_VALUES_MAX) {
            let values = values.iter().take(FILTER_VALUES_MAX);
            let key = |value: &String| facets::key(facets::Kind::Attribute, [name.as_str(), value.as_str()]);
            must(any_of(searcher, fields, &values.clone().map(key).collect::<Vec<_>>())?);
            options.push((offers::hash_of(name), values.map(|value| offers::hash_of(value)).collect()));
        }
        if let Some(class) = &filters.class {
            let term = Term::from_field_u64(fields.class_key, class_key(class));
            must(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        if !filters.not.is_empty() {
            let ids = filters.not.iter().take(FILTER_VALUES_MAX);
            let ids = ids.map(|id| Term::from_field_text(fields.id, id.as_str()));
            clauses.push((Occur::MustNot, having(ids.collect())));
        }
        let Filters { in_stock, price_min, price_max, .. } = *filters;
        Ok(Self { clauses, variants: VariantTest { in_stock, price_min, price_max, options } })
    }

    /// The filters on products alone; nothing when there are none.
    pub fn query(&self) -> Option<Box<dyn Query>> {
        let all: Box<dyn Query> = Box::new(AllQuery);
        (!self.clauses.is_empty()).then(|| self.around(all))
    }

    /// The query, let through by the filters on products.
    pub fn around(&self, query: Box<dyn Query>) -> Box<dyn Query> {
        if self.clauses.is_empty() {
            return query;
        }
        let clauses = self.clauses.iter().map(|(occur, clause)| (*occur, clause.box_clone()));
        Box::new(BooleanQuery::new(clauses.chain([(Occur::Must, query)]).collect()))
    }
}

/// Products with any of the facets, in any spelling.
fn any_of(searcher: &Searcher, fields: &Fields, keys: &[String]) -> Result<Box<dyn Query>, IndexFault> {
    let mut terms = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.facets)?;
        for key in keys {
            let mut stream = inverted.terms().range().ge(key.as_bytes()).into_stream()?;
            for _ in 0..SPELLINGS_MAX {
                if !stream.advance() || !stream.key().starts_with(key.as_bytes()) {
                    break;
                }
                if let Ok(text) = std::str::from_utf8(stream.key()) {
                    terms.push(Term::from_field_text(fields.facets, text));
                }
            }
        }
    }
    terms.sort_unstable();
    terms.dedup();
    Ok(having(terms))
}

/// Products with any of the terms.
fn having(terms: Vec<Term>) -> Box<dyn Query> {
    if terms.len() > TERMS_ASKED_MAX {
        return Box::new(TermSetQuery::new(terms));
    }
    let asked = |term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    Box::new(BooleanQuery::union(terms.into_iter().map(asked).collect()))
}

/// Each filter that is set, with what remains without it.
pub(super) fn relaxed(filters: &Filters) -> Vec<(Filter, Filters)> {
    let mut all = Vec::new();
    let mut without = |is_set: bool, filter: Filter, drop: &dyn Fn(&mut Filters)| {
        if is_set {
            let mut rest = filters.clone();
            drop(&mut rest);
            all.push((filter, rest));
        }
    };
    without(!filters.category.is_empty(), Filter::Category, &|rest| rest.category.clear());
    without(!filters.brands.is_empty(), Filter::Brand, &|rest| rest.brands.clear());
    without(filters.price_min.is_some() || filters.price_max.is_some(), Filter::Price, &|rest| {
        rest.price_min = None;
        rest.price_max = None;
    });
    without(filters.in_stock, Filter::Stock, &|rest| rest.in_stock = false);
    for (name, _) in &filters.attributes {
        let drop = |rest: &mut Filters| rest.attributes.retain(|(other, _)| other != name);
        without(true, Filter::Attribute(name.clone()), &drop);
    }
    without(filters.class.is_some(), Filter::Class, &|rest| rest.class = None);
    all
}
