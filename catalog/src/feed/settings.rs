//! What a feed does not say itself: currency, language, shop address, tax, mapping.

use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use super::READER_VERSION;
use crate::model::Currency;
use crate::words::Lang;

/// What a feed does not say itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Of prices that name none.
    pub currency: Currency,
    pub lang: Lang,
    /// Where the shop is: makes links of handles and of relative addresses.
    pub shop_url: Option<Url>,
}

impl Settings {
    #[must_use]
    pub fn new(currency: Currency, lang: Lang) -> Self {
        Self { currency, lang, shop_url: None }
    }

    #[must_use]
    pub fn with_shop_url(mut self, shop_url: Option<Url>) -> Self {
        self.shop_url = shop_url;
        self
    }

    /// Goes into every product's hash: read under other settings it is another product.
    pub(super) fn seed(&self) -> u64 {
        let shop = self.shop_url.as_ref().map(Url::as_str).unwrap_or_default();
        xxh3_64(format!("{READER_VERSION} {} {} {shop}", self.currency, self.lang.tag()).as_bytes())
    }
}
