//! What a feed does not say itself: currency, language, shop address, tax, mapping.

use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use super::{Mapping, READER_VERSION};
use crate::model::{Currency, TaxRate};
use crate::words::Lang;

/// What a feed does not say itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Of prices that name none.
    pub currency: Currency,
    pub lang: Lang,
    /// Where the shop is: makes links of handles and of relative addresses.
    pub shop_url: Option<Url>,
    /// Added to prices that the file writes without tax; cards show them with it.
    pub tax_rate: Option<TaxRate>,
    /// What the merchant says of the columns. Its own currency, tax rate and link base
    /// go before the ones here.
    pub mapping: Option<Mapping>,
}

impl Settings {
    #[must_use]
    pub fn new(currency: Currency, lang: Lang) -> Self {
        Self { currency, lang, shop_url: None, tax_rate: None, mapping: None }
    }

    #[must_use]
    pub fn with_shop_url(mut self, shop_url: Option<Url>) -> Self {
        self.shop_url = shop_url;
        self
    }

    #[must_use]
    pub fn with_tax_rate(mut self, tax_rate: Option<TaxRate>) -> Self {
        self.tax_rate = tax_rate;
        self
    }

    #[must_use]
    pub fn with_mapping(mut self, mapping: Option<Mapping>) -> Self {
        self.mapping = mapping;
        self
    }

    /// With what the mapping says of the file as a whole put over.
    pub(super) fn mapped(&self) -> Self {
        let mut mapped = self.clone();
        if let Some(mapping) = &self.mapping {
            mapped.currency = mapping.currency.unwrap_or(self.currency);
            mapped.tax_rate = mapping.tax_rate.or(self.tax_rate);
            mapped.shop_url = mapping.link_base.clone().or_else(|| self.shop_url.clone());
        }
        mapped
    }

    /// Goes into every product's hash: read under other settings, or by another reader, it is
    /// another product.
    #[must_use]
    pub fn seed(&self) -> u64 {
        let shop = self.shop_url.as_ref().map(Url::as_str).unwrap_or_default();
        let tax = self.tax_rate.map(|rate| rate.to_string()).unwrap_or_default();
        // Lists and texts only: JSON can always be written of them.
        let mapping = self.mapping.as_ref().and_then(|mapping| serde_json::to_string(mapping).ok()).unwrap_or_default();
        let (currency, lang) = (self.currency, self.lang.tag());
        xxh3_64(format!("{READER_VERSION} {currency} {lang} {shop} {tax} {mapping}").as_bytes())
    }
}
