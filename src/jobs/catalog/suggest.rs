//! Suggestions for a conversation: the talk to the index, what it answers as cards.
//!
//! They share the places of searches, their waiting and their deadline. What is
//! read, ranked and explained is decided by [`comptoir_catalog::suggest`].

use std::time::{Duration, Instant};

use comptoir_catalog::index::IndexFault;
use comptoir_catalog::model::{self, Currency, Product};
use comptoir_catalog::suggest::{self as advice, Lookup, LookupFault, Page, SuggestFault, Talk};
use comptoir_catalog::words::Lang;
use tokio::runtime::Handle;

use super::search::{SEARCH_TIME, SEARCH_WAIT};
use super::shelves::Shelf;
use super::{Catalog, CatalogError, cards};
use crate::protocol::catalog::Money;
use crate::protocol::suggestion::{Constraint, Reason, Suggestion, Suggestions};
use crate::protocol::{ProductId, Sku, Timestamp};
use crate::store::CatalogStore;
use crate::store::catalog::{CatalogKey, Wanted};

/// Values of one wish that are told by name; more are told by the word that was said.
const VALUES_TOLD: usize = 3;

/// A conversation, as [`Talk`] without what only the server knows.
#[derive(Debug, Clone, Default)]
pub struct Talking {
    /// The visitor's, newest last.
    pub messages: Vec<String>,
    /// What the visitor chose of what the bot offered, newest last.
    pub answers: Vec<String>,
    pub page: Page,
    /// SKUs, or product ids.
    pub cart: Vec<String>,
    pub recommended: Vec<ProductId>,
    /// What wishes were read from that the agent leaves out.
    pub unsaid: Vec<String>,
    /// A language tag; empty: the catalog's.
    pub lang: String,
    /// ISO 4217, where no product has a price.
    pub currency: String,
}

/// What was suggested, from which catalog, and in what time.
#[derive(Debug)]
pub struct Advice {
    pub of: CatalogKey,
    pub suggestions: advice::Suggestions,
    pub took: Duration,
}

impl Catalog {
    /// What fits a conversation, as cards, wholly from one generation of the first
    /// catalog of those that are wanted.
    ///
    /// # Errors
    /// [`CatalogError::Rebuilding`] or [`CatalogError::Busy`]: try later.
    pub async fn suggest(
        &self,
        wanted: &Wanted,
        talking: Talking,
        now: Timestamp,
    ) -> Result<Suggestions, CatalogError> {
        let advised = self.advise(wanted, talking, now).await?;
        Ok(advised.map_or_else(Suggestions::default, |advised| told(&advised, now)))
    }

    /// The same as products; nothing when there is no catalog.
    ///
    /// # Errors
    /// As [`Catalog::suggest`].
    pub async fn advise(
        &self,
        wanted: &Wanted,
        talking: Talking,
        now: Timestamp,
    ) -> Result<Option<Advice>, CatalogError> {
        let (of, index) = match self.0.shelves.first(wanted) {
            None => return Ok(None),
            Some((_, Shelf::Rebuilding)) => return Err(CatalogError::Rebuilding),
            Some((of, Shelf::Ready(index))) => (of, index),
        };
        let turn = tokio::time::timeout(SEARCH_WAIT, self.0.searches.clone().acquire_owned());
        let Ok(Ok(turn)) = turn.await else { return Err(CatalogError::Busy) };
        let rows = Rows { store: self.0.store.clone(), of, runtime: Handle::current() };
        let found = tokio::task::spawn_blocking(move || {
            // Held until it is over, also when nobody waits for it any more.
            let _turn = turn;
            let started = Instant::now();
            let recommended: Vec<model::ProductId> =
                talking.recommended.iter().filter_map(|id| model::ProductId::new(&id.0).ok()).collect();
            let talk = Talk {
                messages: &talking.messages,
                answers: &talking.answers,
                page: talking.page.clone(),
                cart: &talking.cart,
                recommended: &recommended,
                unsaid: &talking.unsaid,
                lang: Lang::of_tag(&talking.lang),
                currency: Currency::new(&talking.currency).unwrap_or(Currency::EUR),
                now: now.millis().div_euclid(1000),
                deadline: Some(started + SEARCH_TIME),
            };
            advice::suggest(&index, &talk, &rows).map(|suggestions| (suggestions, started.elapsed()))
        })
        .await;
        match found {
            Ok(Ok((suggestions, took))) => Ok(Some(Advice { of, suggestions, took })),
            Ok(Err(SuggestFault::Index(IndexFault::TooSlow))) | Err(_) => Err(CatalogError::Busy),
            Ok(Err(SuggestFault::Index(error))) => {
                self.rebuild(of, &error);
                Err(CatalogError::Rebuilding)
            }
            Ok(Err(SuggestFault::Lookup(error))) => {
                tracing::error!(site.id = %of.site, lang = %of.lang, %error, "products were not read for suggestions");
                Err(CatalogError::Busy)
            }
        }
    }
}

/// The rows of one catalog, read from the thread that suggests.
struct Rows {
    store: CatalogStore,
    of: CatalogKey,
    runtime: Handle,
}

impl Lookup for Rows {
    fn products(&self, generation: u64, ids: &[model::ProductId]) -> Result<Vec<Product>, LookupFault> {
        let ids: Vec<ProductId> = ids.iter().map(|id| ProductId(id.as_str().to_owned())).collect();
        self.runtime.block_on(self.store.products(self.of, generation, &ids)).map_err(LookupFault::from)
    }
}

fn told(advised: &Advice, now: Timestamp) -> Suggestions {
    let Advice { of, suggestions: found, took } = advised;
    let currency = found.currency;
    let list = |list: &[advice::Suggestion]| list.iter().filter_map(|one| suggestion(one, currency, now)).collect();
    Suggestions {
        lang: of.lang.to_string(),
        generation: found.generation,
        took_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        constraints: found.constraints.list().iter().map(|one| constraint(one, currency)).collect(),
        relaxed: found.relaxed,
        suggestions: list(&found.suggestions),
        on_page: found.on_page.as_ref().and_then(|product| cards::hit(product, None, now)),
        similar: list(&found.similar),
        complementary: list(&found.complementary),
    }
}

fn suggestion(one: &advice::Suggestion, currency: Currency, now: Timestamp) -> Option<Suggestion> {
    let sku = one.sku.as_ref().map(|sku| Sku(sku.as_str().to_owned()));
    let hit = cards::hit(&one.product, sku.as_ref(), now)?;
    let reasons = one.reasons.iter().map(|why| reason(why, sku.as_ref(), currency)).collect();
    let breaks = one.breaks.iter().map(|broken| constraint(broken, currency)).collect();
    Some(Suggestion { hit, reasons, breaks })
}

fn constraint(one: &advice::Constraint, currency: Currency) -> Constraint {
    let decimals = u8::try_from(currency.decimals()).unwrap_or(2);
    let money = |bound: advice::Bound| Money { minor: bound.minor, currency: currency.code().to_owned(), decimals };
    match one {
        advice::Constraint::Price { min, max, said } => {
            Constraint::Price { least: min.map(money), most: max.map(money), said: said.clone() }
        }
        advice::Constraint::Value { any, not, said } => {
            let mut values: Vec<&str> = any.iter().map(|named| named.value.as_str()).collect();
            values.sort_unstable();
            values.dedup();
            let value = if values.len() > VALUES_TOLD { said.clone() } else { values.join(" / ") };
            let name = any.first().map(|named| named.name.clone()).unwrap_or_default();
            Constraint::Attribute { name, value, not: *not, said: said.clone() }
        }
        advice::Constraint::InStock { said } => Constraint::InStock { said: said.clone() },
        advice::Constraint::OtherCurrency { said, .. } => Constraint::OtherCurrency { said: said.clone() },
    }
}

fn reason(one: &advice::Reason, sku: Option<&Sku>, currency: Currency) -> Reason {
    let id = |product: &model::ProductId| ProductId(product.as_str().to_owned());
    match one {
        advice::Reason::Words { words } => Reason::Words { words: words.clone() },
        advice::Reason::Meets { constraint: met } => Reason::Meets { constraint: constraint(met, currency) },
        advice::Reason::InStock => Reason::InStock {},
        advice::Reason::SimilarByFeed { product, title } => {
            Reason::SimilarByFeed { product: id(product), title: title.clone() }
        }
        advice::Reason::SimilarToPage { product, title } => {
            Reason::SimilarToPage { product: id(product), title: title.clone() }
        }
        advice::Reason::GoesWithByFeed { product, title } => {
            Reason::GoesWithByFeed { product: id(product), title: title.clone() }
        }
        advice::Reason::GoesWithPage { product, title } => {
            Reason::GoesWithPage { product: id(product), title: title.clone() }
        }
        advice::Reason::InCategory { name } => Reason::InCategory { name: name.clone() },
        advice::Reason::OnPage => Reason::OnPage { sku: sku.cloned() },
    }
}
