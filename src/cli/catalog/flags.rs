//! What a command says of a feed: flags and a mapping's file, over what was saved.

use std::path::PathBuf;

use clap::Args;
use comptoir_catalog::feed::Mapping;
use comptoir_catalog::feed::bounds::MAPPING_BYTES_MAX;
use comptoir_catalog::model::{Currency, TaxRate};

use super::wrongly;
use crate::cli::Failure;
use crate::http::fields;
use crate::jobs::catalog::settings::with_mapping;
use crate::protocol::feed::FeedSettings;

#[derive(Debug, Args)]
pub(super) struct FeedFlags {
    /// Of prices that name none [default: the feed's, else the site's; EUR for a new site]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Where the shop is, for links [default: the feed's, else the site's]
    #[arg(long, value_name = "URL")]
    pub shop_url: Option<String>,
    /// Percent to add to prices without tax, like 20 or 5.5 [default: the feed's]
    #[arg(long, value_name = "PERCENT")]
    tax_rate: Option<String>,
    /// What the columns give, as JSON: the `mapping` of a dry run, changed [default: the feed's]
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
}

impl FeedFlags {
    /// Whether anything is said that the feed shall remember.
    pub fn say_something(&self) -> bool {
        self.currency.is_some() || self.shop_url.is_some() || self.tax_rate.is_some() || self.mapping.is_some()
    }

    /// The saved settings with what is said put over them. A mapping's own currency, tax
    /// rate and link base stand below the flags.
    pub fn over(&self, saved: FeedSettings) -> Result<FeedSettings, Failure> {
        let mut settings = match self.read_mapping()? {
            Some(mapping) => with_mapping(saved, mapping),
            None => saved,
        };
        if let Some(currency) = &self.currency {
            Currency::new(currency).map_err(wrongly)?.code().clone_into(&mut settings.currency);
        }
        if let Some(url) = &self.shop_url {
            settings.shop_url = fields::shop_url(url).map_err(|why| wrongly(format!("--shop-url `{url}`: {why}")))?;
        }
        if let Some(rate) = &self.tax_rate {
            settings.tax_rate = Some(TaxRate::new(rate).map_err(wrongly)?.hundredths());
        }
        Ok(settings)
    }

    fn read_mapping(&self) -> Result<Option<Mapping>, Failure> {
        let Some(path) = &self.mapping else { return Ok(None) };
        let unreadable = |why: String| wrongly(format!("the mapping `{}` cannot be used: {why}", path.display()));
        let about = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
        if about.len() > MAPPING_BYTES_MAX as u64 {
            return Err(unreadable(format!("it is larger than {} KB", MAPPING_BYTES_MAX / 1024)));
        }
        let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
        Mapping::of_json(&bytes).map(Some).map_err(|fault| unreadable(fault.to_string()))
    }
}
