//! The catalog as the bot asks it, live and in a preview: never late, never a fault.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;

use super::catalog::Shop;
use crate::actors::ports::{Finder, VALUES_OFFERED_MAX};
use crate::jobs::catalog::{CatalogError, Wish};
use crate::protocol::{ProductCard, SiteId};
use crate::rules::bot::ProductQuery;
use crate::store::catalog::Wanted;

/// A visitor waits for the bot's turn no longer than this for the catalog.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// Values are read anew after so long: a start turn is asked for at every page view.
const VALUES_KEPT_FOR: Duration = Duration::from_secs(10);
/// Attributes whose values are kept; one more lets all of them go.
const VALUES_KEPT_MAX: usize = 1_000;

/// A site's attribute in a language.
type Kept = (SiteId, String, String);

/// When they were read, and which.
type Values = (Instant, Vec<String>);

/// What the bot asks of the [`Shop`]. Cheap to clone.
#[derive(Clone)]
pub struct ShopFinder {
    shop: Shop,
    values: Arc<Mutex<HashMap<Kept, Values>>>,
}

impl ShopFinder {
    #[must_use]
    pub fn new(shop: Shop) -> Self {
        Self { shop, values: Arc::default() }
    }

    async fn found(
        &self,
        site: SiteId,
        lang: &str,
        query: ProductQuery,
        limit: u32,
    ) -> Result<Vec<ProductCard>, CatalogError> {
        let (wanted, currency) = self.wanted(site, lang).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let (catalog, now) = (&self.shop.catalog, self.shop.clock.now());
        match query {
            ProductQuery::Named { text } => catalog.named(&wanted, text, limit, now).await,
            ProductQuery::Words { text, price_max, in_stock, values } => {
                let wish = Wish { text, price_max, in_stock, values };
                catalog.fitting(&wanted, wish, limit, &currency, now).await
            }
        }
    }

    /// Where products are looked for, and the site's currency.
    async fn wanted(&self, site: SiteId, lang: &str) -> Result<(Wanted, String), CatalogError> {
        let known = self.shop.sites.by_id(site).await?;
        let (main, currency) = known.map(|site| (site.lang, site.currency)).unwrap_or_default();
        Ok((Wanted::in_main(site, &main).or_in(Some(lang)), currency))
    }

    async fn values_of(&self, key: Kept) -> Result<Vec<String>, CatalogError> {
        if let Some(values) = self.kept(&key) {
            return Ok(values);
        }
        let (wanted, _) = self.wanted(key.0, &key.1).await?;
        let now = self.shop.clock.now();
        let values = self.shop.catalog.values_in_stock(&wanted, key.2.clone(), VALUES_OFFERED_MAX, now).await?;
        let mut kept = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= VALUES_KEPT_MAX {
            kept.clear();
        }
        kept.insert(key, (Instant::now(), values.clone()));
        Ok(values)
    }

    fn kept(&self, key: &Kept) -> Option<Vec<String>> {
        let kept = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, values) = kept.get(key)?;
        (since.elapsed() < VALUES_KEPT_FOR).then(|| values.clone())
    }
}

impl Finder for ShopFinder {
    fn find(
        &self,
        site: SiteId,
        lang: String,
        query: ProductQuery,
        limit: u32,
    ) -> BoxFuture<'static, Vec<ProductCard>> {
        let this = self.clone();
        Box::pin(async move {
            let found = tokio::time::timeout(ANSWER_WITHIN, this.found(site, &lang, query, limit));
            match found.await {
                Ok(Ok(cards)) => cards,
                Ok(Err(error)) => {
                    tracing::warn!(site.id = %site, %error, "the bot's search found nothing");
                    Vec::new()
                }
                Err(_) => {
                    tracing::warn!(site.id = %site, "the bot's search was too late");
                    Vec::new()
                }
            }
        })
    }

    fn values(
        &self,
        site: SiteId,
        lang: String,
        attributes: Vec<String>,
    ) -> BoxFuture<'static, BTreeMap<String, Vec<String>>> {
        let this = self.clone();
        Box::pin(async move {
            let mut all = BTreeMap::new();
            let deadline = tokio::time::Instant::now() + ANSWER_WITHIN;
            for attribute in attributes {
                let values = this.values_of((site, lang.clone(), attribute.clone()));
                match tokio::time::timeout_at(deadline, values).await {
                    Ok(Ok(values)) if values.is_empty() => {}
                    Ok(Ok(values)) => {
                        all.insert(attribute, values);
                    }
                    Ok(Err(error)) => tracing::warn!(site.id = %site, attribute, %error, "values were not read"),
                    Err(_) => tracing::warn!(site.id = %site, attribute, "values were read too late"),
                }
            }
            all
        })
    }
}
