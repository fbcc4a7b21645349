//! Searching a catalog: a question to its index, the products found as cards.
//!
//! Searches share a few places on threads of their own. Who finds none in time,
//! or asks what takes too long, is told so; a conversation never waits.

use std::time::{Duration, Instant};

use comptoir_catalog::index::{self, Answer, Filters, Index, IndexFault, Mode, Question, Sort};

use super::shelves::Shelf;
use super::{Catalog, CatalogError, cards};
use crate::protocol::catalog::{
    CatalogCounts, CatalogHit, CatalogHits, Correction, CountedAttribute, CountedPath, CountedValue, FilterKind,
    FilterLoss, Money, PriceSpan,
};
use crate::protocol::{ProductId, Sku, Timestamp};
use crate::store::catalog::{CatalogKey, Wanted};

/// How long a search waits for its turn before it is told to try later.
pub(super) const SEARCH_WAIT: Duration = Duration::from_millis(200);
/// How long one may take then.
pub(super) const SEARCH_TIME: Duration = Duration::from_millis(200);

/// What is asked of a catalog, as [`Question`] without what only the server knows.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub text: String,
    pub mode: Mode,
    pub limit: usize,
    pub filters: Filters,
    pub sort: Sort,
    pub counts: bool,
    /// Words are searched as they stand, errors and all.
    pub literal: bool,
}

impl Search {
    /// Whether it lists products where no text is given.
    #[must_use]
    pub fn lists_all(&self) -> bool {
        !self.filters.is_empty() || self.sort != Sort::Relevance
    }

    pub(super) fn question(&self, now: Timestamp, deadline: Instant) -> Question<'_> {
        Question {
            text: &self.text,
            mode: self.mode,
            limit: self.limit,
            filters: self.filters.clone(),
            sort: self.sort,
            counts: self.counts,
            literal: self.literal,
            now: now.millis().div_euclid(1000),
            deadline: Some(deadline),
        }
    }
}

/// What a search alone gave, from which catalog, and in what time.
#[derive(Debug)]
pub struct Found {
    pub of: CatalogKey,
    pub answer: Answer,
    pub took: Duration,
}

impl Catalog {
    /// The products that a text finds, as cards; see [`Catalog::ask`].
    ///
    /// # Errors
    /// As [`Catalog::ask`].
    pub async fn search(
        &self,
        wanted: &Wanted,
        text: &str,
        mode: Mode,
        limit: usize,
        now: Timestamp,
    ) -> Result<CatalogHits, CatalogError> {
        self.ask(wanted, Search { text: text.to_owned(), mode, limit, ..Search::default() }, now).await
    }

    /// Answers a search with cards, wholly from one generation of the first catalog
    /// of those that are wanted.
    ///
    /// # Errors
    /// [`CatalogError::Rebuilding`] or [`CatalogError::Busy`]: try later.
    pub async fn ask(&self, wanted: &Wanted, search: Search, now: Timestamp) -> Result<CatalogHits, CatalogError> {
        let query = search.text.clone();
        let Some(found) = self.find(wanted, search, now).await? else {
            return Ok(CatalogHits { query, ..CatalogHits::default() });
        };
        Ok(CatalogHits { query, ..self.shown(found, now).await? })
    }

    /// What was found, as cards of the same generation.
    pub(super) async fn shown(&self, found: Found, now: Timestamp) -> Result<CatalogHits, CatalogError> {
        let Found { of, answer, took } = found;
        let ids: Vec<ProductId> = answer.hits.iter().map(|hit| ProductId(hit.product.as_str().to_owned())).collect();
        let products = self.0.store.products(of, answer.generation, &ids).await?;
        let card = |hit: &index::Hit| -> Option<CatalogHit> {
            let product = products.iter().find(|product| product.id == hit.product)?;
            let sku = hit.sku.as_ref().map(|sku| Sku(sku.as_str().to_owned()));
            cards::hit(product, sku.as_ref(), now)
        };
        let mut hits = CatalogHits {
            hits: answer.hits.iter().filter_map(card).collect(),
            lang: of.lang.to_string(),
            generation: answer.generation,
            took_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            total: answer.total,
            ..CatalogHits::default()
        };
        explain(&mut hits, answer);
        Ok(hits)
    }

    /// The search alone, without looking the products up; nothing when there is no catalog.
    ///
    /// # Errors
    /// As [`Catalog::ask`].
    pub async fn find(&self, wanted: &Wanted, search: Search, now: Timestamp) -> Result<Option<Found>, CatalogError> {
        let asked = move |index: &Index, deadline: Instant| index.ask(&search.question(now, deadline));
        Ok(self.on_index(wanted, asked).await?.map(|(of, answer, took)| Found { of, answer, took }))
    }

    /// Asks the index of the first catalog of those that are wanted, on a thread of its own and by
    /// a deadline; nothing when there is no catalog.
    pub(super) async fn on_index<T: Send + 'static>(
        &self,
        wanted: &Wanted,
        ask: impl FnOnce(&Index, Instant) -> Result<T, IndexFault> + Send + 'static,
    ) -> Result<Option<(CatalogKey, T, Duration)>, CatalogError> {
        let (of, index) = match self.0.shelves.first(wanted) {
            None => return Ok(None),
            Some((_, Shelf::Rebuilding)) => return Err(CatalogError::Rebuilding),
            Some((of, Shelf::Ready(index))) => (of, index),
        };
        let turn = tokio::time::timeout(SEARCH_WAIT, self.0.searches.clone().acquire_owned());
        let Ok(Ok(turn)) = turn.await else { return Err(CatalogError::Busy) };
        let found = tokio::task::spawn_blocking(move || {
            // Held until the search is over, also when nobody waits for it any more.
            let _turn = turn;
            let started = Instant::now();
            ask(&index, started + SEARCH_TIME).map(|answer| (of, answer, started.elapsed()))
        })
        .await;
        match found {
            Ok(Ok(found)) => Ok(Some(found)),
            Ok(Err(IndexFault::TooSlow)) | Err(_) => Err(CatalogError::Busy),
            Ok(Err(error)) => {
                self.rebuild(of, &error);
                Err(CatalogError::Rebuilding)
            }
        }
    }
}

/// What is told beside the hits: corrections, unknown words, lost filters, counts.
fn explain(hits: &mut CatalogHits, answer: Answer) {
    let corrected = |word: index::Correction| Correction { typed: word.typed, read_as: word.read_as };
    hits.corrections = answer.corrections.into_iter().map(corrected).collect();
    let unknown = answer.dropped.into_iter().filter(|word| word.why == index::Why::Unknown);
    hits.dropped = unknown.map(|word| word.word).collect();
    hits.without = answer.relaxed.into_iter().filter_map(loss).collect();
    // The index knows minor units; which currency they are of, any card says.
    let currency = hits.hits.iter().find_map(|hit| hit.card.price.as_ref());
    hits.counts = answer.counts.map(|counts| told(counts, currency));
}

fn loss(relaxed: index::Relaxed) -> Option<FilterLoss> {
    let (filter, attribute) = match relaxed.without {
        index::Filter::Category => (FilterKind::Category, None),
        index::Filter::Brand => (FilterKind::Brand, None),
        index::Filter::Price => (FilterKind::Price, None),
        index::Filter::Stock => (FilterKind::InStock, None),
        index::Filter::Attribute(name) => (FilterKind::Attribute, Some(name)),
        // Asked by suggestions only, which explain themselves.
        index::Filter::Class => return None,
    };
    Some(FilterLoss { filter, attribute, products: relaxed.total })
}

fn told(counts: index::Counts, currency: Option<&Money>) -> CatalogCounts {
    let value = |count: index::ValueCount| CountedValue { value: count.value, products: count.products };
    let values = |counts: Vec<index::ValueCount>| -> Vec<CountedValue> {
        counts.into_iter().take(CatalogCounts::VALUES_MAX).map(value).collect()
    };
    let attribute =
        |counts: index::AttributeCounts| CountedAttribute { name: counts.name, values: values(counts.values) };
    let categories = counts.categories.into_iter().take(CatalogCounts::VALUES_MAX);
    let span = |(prices, like): (index::PriceCounts, &Money)| PriceSpan {
        least: Money { minor: prices.lowest, ..like.clone() },
        most: Money { minor: prices.highest, ..like.clone() },
    };
    CatalogCounts {
        in_stock: counts.in_stock,
        categories: categories.map(|count| CountedPath { path: count.path, products: count.products }).collect(),
        brands: values(counts.brands),
        attributes: counts.attributes.into_iter().take(CatalogCounts::ATTRIBUTES_MAX).map(attribute).collect(),
        prices: counts.prices.zip(currency).map(span),
    }
}
