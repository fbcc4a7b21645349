//! What is saved of each catalog's feed, beside the site's own settings.

use super::{Catalog, Shelf};
use crate::protocol::feed::{FeedAddressView, FeedSettings, FeedView};
use crate::store::Site;
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, Feed, LangTag, Shelved, Wanted};

impl Catalog {
    /// What an import of this catalog takes from its feed; the site's own settings where
    /// nothing was saved.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feed_settings(&self, site: &Site, lang: LangTag) -> Result<FeedSettings, StoreError> {
        let feed = self.0.store.feed(CatalogKey { site: site.id, lang }).await?;
        Ok(feed.and_then(|feed| feed.settings).unwrap_or_else(|| of_site(site)))
    }

    /// Keeps settings for the next import.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_feed_settings(&self, of: CatalogKey, settings: FeedSettings) -> Result<(), StoreError> {
        let feed = self.feed(of).await?;
        self.0.store.save_feed(&Feed { settings: Some(settings), ..feed }).await
    }

    /// What is saved of a catalog's feed; by upload with nothing of its own where nothing is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feed(&self, of: CatalogKey) -> Result<Feed, StoreError> {
        Ok(self.0.store.feed(of).await?.unwrap_or_else(|| Feed::by_upload(of)))
    }

    /// Writes what an admin says of a feed. An address with a schedule that is new or another
    /// one is fetched at once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_feed(&self, feed: &Feed) -> Result<(), StoreError> {
        let before = self.feed(feed.of).await?.address;
        self.0.store.save_feed(feed).await?;
        if feed.address.as_ref().is_none_or(|address| address.every_hours.is_none()) {
            self.0.store.schedule(feed.of, None).await
        } else if feed.address != before {
            self.fetch_soon(feed.of).await
        } else {
            Ok(())
        }
    }

    /// The feeds of a site: of every language that has a catalog or settings, and of the
    /// site's own, which comes first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feeds(&self, site: &Site) -> Result<Vec<FeedView>, StoreError> {
        let main = Wanted::in_main(site.id, &site.lang);
        let shelved = self.0.store.shelved_for(&main).await?;
        let saved = self.0.store.feeds(site.id).await?;
        let mut langs: Vec<LangTag> = vec![main.main];
        langs.extend(shelved.iter().map(|shelved| shelved.of.lang));
        langs.extend(saved.iter().map(|feed| feed.of.lang));
        langs.sort_by_key(|lang| main.rank(*lang));
        langs.dedup();
        let view = |lang: LangTag| {
            let feed = saved.iter().find(|feed| feed.of.lang == lang);
            let shelved = shelved.iter().find(|shelved| shelved.of.lang == lang);
            self.view(site, lang, feed, shelved)
        };
        Ok(langs.into_iter().map(view).collect())
    }

    fn view(&self, site: &Site, lang: LangTag, feed: Option<&Feed>, shelved: Option<&Shelved>) -> FeedView {
        let of = CatalogKey { site: site.id, lang };
        let wanted = Wanted { site: site.id, lang: Some(lang), main: lang };
        let rebuilding = matches!(self.0.shelves.first(&wanted), Some((found, Shelf::Rebuilding)) if found == of);
        FeedView {
            lang: lang.to_string(),
            settings: feed.and_then(|feed| feed.settings.clone()).unwrap_or_else(|| of_site(site)),
            address: feed.and_then(address),
            products: shelved.map_or(0, |shelved| shelved.products),
            generation: shelved.map_or(0, |shelved| shelved.generation),
            rebuilding,
            imported_at: shelved.map(|shelved| shelved.imported_at),
            restorable: shelved.is_some_and(|shelved| shelved.previous.is_some()),
        }
    }
}

/// What a site says itself.
#[must_use]
pub fn of_site(site: &Site) -> FeedSettings {
    FeedSettings { currency: site.currency.clone(), shop_url: site.shop_url.clone(), tax_rate: None, mapping: None }
}

fn address(feed: &Feed) -> Option<FeedAddressView> {
    let address = feed.address.as_ref()?;
    let fetched = feed.fetched.as_ref();
    Some(FeedAddressView {
        url: address.url.clone(),
        user: address.user.clone(),
        every_hours: address.every_hours.unwrap_or_default(),
        fetched_at: fetched.map(|fetched| fetched.at),
        next_at: feed.due_at,
        outcome: fetched.map(|fetched| fetched.outcome),
        faults: fetched.map(|fetched| fetched.faults.clone()).unwrap_or_default(),
    })
}
