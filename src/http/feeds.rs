//! Where each catalog of a site comes from: settings, mapping, address.

use actix_web::{HttpResponse, web};
use comptoir_catalog::feed::MappingFault;
use comptoir_catalog::model::TaxRate;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::catalog::refusal;
use super::fields::{self, Faults};
use super::front::Front;
use super::in_lang::catalog_of;
use super::problem::Problem;
use super::sign_in::Nothing;
use crate::jobs::catalog::fetch::{self, FetchRules};
use crate::jobs::catalog::settings::to_mapping;
use crate::jobs::catalog::{Catalog, sentence};
use crate::protocol::feed::{FeedAddress, FeedChange, FeedMapping, FeedSettings, FeedView};
use crate::protocol::{ImportId, Refusal, RefusalCode, SiteId};
use crate::store::catalog::{self as stored, CatalogKey, Feed, LangTag};

/// An address, its name and its password.
const ADDRESS_BYTES_MAX: usize = 2_000;
const CREDENTIAL_BYTES_MAX: usize = 200;
/// A month: rarer is by hand.
const EVERY_HOURS_MAX: u32 = 24 * 31;

/// `GET /api/v1/sites/{site}/catalog/feeds`: of the site's main language first.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn list(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<Vec<FeedView>>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let site = front.sites.by_id(*site).await?.ok_or(RefusalCode::NotFound)?;
    Ok(web::Json(catalog.feeds(&site).await?))
}

/// `PATCH /api/v1/sites/{site}/catalog/feeds/{lang}`: makes the feed where there is none.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`] with every fault.
pub async fn change(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    rules: web::Data<FetchRules>,
    signed: Signed,
    of: web::Path<(SiteId, String)>,
    Sent(change): Sent<FeedChange>,
) -> Result<web::Json<FeedView>, Problem> {
    let (site, lang) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let site = front.sites.by_id(site).await?.ok_or(RefusalCode::NotFound)?;
    let mut faults = Faults::default();
    let lang = LangTag::of(&faults.take("lang", fields::lang(&lang)));
    let mut feed = catalog.feed(CatalogKey { site: site.id, lang }).await?;
    if let Some(settings) = change.settings {
        feed.settings = Some(check(settings, &mut faults));
    }
    if change.forget_address {
        feed.address = None;
    }
    if let Some(address) = change.address {
        let url = fetch::check(address.url.trim(), &site, &rules)
            .map(String::from)
            .map_err(|fault| (fault.code(), sentence(&fault.to_string())));
        feed.address = Some(address_of(address, url, &feed, &mut faults));
    }
    faults.done()?;
    catalog.save_feed(&feed).await?;
    tracing::info!(site.id = %site.id, agent.id = %signed.id(), lang = %lang, "changed a feed");
    let view = catalog.feeds(&site).await?.into_iter().find(|view| view.lang == lang.as_str());
    Ok(web::Json(view.ok_or(RefusalCode::NotFound)?))
}

/// `POST /api/v1/sites/{site}/catalog/feeds/{lang}/fetch`: fetches its address soon.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`] where it has no address.
pub async fn fetch(
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, String)>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (site, lang) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let of = CatalogKey { site, lang: LangTag::of(&lang) };
    if catalog.feed(of).await?.address.is_none() {
        let refusal = Refusal::new(RefusalCode::InvalidValue);
        return Err(refusal.saying("This feed has no address. Save one first, or upload a file.").into());
    }
    catalog.fetch_soon(of).await?;
    tracing::info!(site.id = %site, agent.id = %signed.id(), lang = %of.lang, "asked to fetch a feed");
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /api/v1/sites/{site}/catalog/feeds/{lang}`: empties the catalog, as an import of
/// nothing would, and forgets its settings, mapping and address.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::ImportRunning`]; [`RefusalCode::InvalidValue`]
/// where there is nothing to empty.
pub async fn empty(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, String)>,
) -> Result<HttpResponse, Problem> {
    let (site, lang) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let site = front.sites.by_id(site).await?.ok_or(RefusalCode::NotFound)?;
    let (of, id) = (catalog_of(Some(&lang), &site)?, ImportId(front.ids.fresh()));
    let run = catalog.empty(of, id, front.clock.now()).await.map_err(|error| refusal(&error))?;
    tracing::info!(site.id = %site.id, agent.id = %signed.id(), import.id = %id, lang = %of.lang, "asked to empty a catalog");
    Ok(HttpResponse::Accepted().json(run))
}

/// Settings as they may be kept and read by.
///
/// # Errors
/// [`RefusalCode::InvalidValue`] with every fault.
pub(super) fn checked(settings: FeedSettings) -> Result<FeedSettings, Refusal> {
    let mut faults = Faults::default();
    let settings = check(settings, &mut faults);
    faults.done()?;
    Ok(settings)
}

fn check(settings: FeedSettings, faults: &mut Faults) -> FeedSettings {
    let tax_rate = match settings.tax_rate {
        Some(rate) if TaxRate::of_hundredths(rate).is_none() => Err("Write a tax rate from 0 to 100 %.".to_owned()),
        rate => Ok(rate),
    };
    FeedSettings {
        currency: faults.take("currency", fields::currency(&settings.currency)),
        shop_url: faults.take("shop_url", fields::shop_url(settings.shop_url.as_deref().unwrap_or_default())),
        tax_rate: faults.take("tax_rate", tax_rate),
        mapping: faults.take("mapping", settings.mapping.map(mapping).transpose()),
    }
}

fn mapping(mapping: FeedMapping) -> Result<FeedMapping, String> {
    match to_mapping(&mapping).within_bounds() {
        Ok(()) => Ok(mapping),
        Err(MappingFault::TooLarge { what }) => Err(format!("The mapping is larger than it may be: {what}.")),
        Err(fault) => Err(fault.to_string()),
    }
}

fn address_of(
    given: FeedAddress,
    url: Result<String, (&'static str, String)>,
    feed: &Feed,
    faults: &mut Faults,
) -> stored::FeedAddress {
    let short = |text: Option<String>| match text.filter(|text| !text.is_empty()) {
        Some(text) if text.len() > CREDENTIAL_BYTES_MAX => {
            Err(format!("It is longer than {CREDENTIAL_BYTES_MAX} bytes; shorten it."))
        }
        text => Ok(text),
    };
    let hours = match given.every_hours {
        0 => Ok(None),
        hours if hours <= EVERY_HOURS_MAX => Ok(Some(hours)),
        _ => Err(format!("Write hours from 1 to {EVERY_HOURS_MAX}, or 0 to fetch it by hand.")),
    };
    let url = match url {
        Ok(url) if url.len() > ADDRESS_BYTES_MAX => {
            Err(("", format!("The address is longer than {ADDRESS_BYTES_MAX} bytes; shorten it.")))
        }
        url => url,
    };
    let url = faults.take_coded("address.url", url);
    // A password goes nowhere but where it was given for.
    let before = feed.address.as_ref().filter(|before| before.url == url && before.user == given.user);
    let password = given.password.or_else(|| before.and_then(|before| before.password.clone()));
    stored::FeedAddress {
        url,
        user: faults.take("address.user", short(given.user)),
        password: faults.take("address.password", short(password)),
        every_hours: faults.take("address.every_hours", hours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::feed::{ColumnMapping, FeedField};

    #[test]
    fn settings_that_cannot_be_read_by_are_refused_together() {
        let settings = FeedSettings {
            currency: "euros".into(),
            shop_url: Some("shop".into()),
            tax_rate: Some(10_001),
            mapping: Some(FeedMapping {
                columns: vec![ColumnMapping { column: "a".into(), field: FeedField::Title {} }; 2_000],
                ..FeedMapping::default()
            }),
        };
        let refused = checked(settings).unwrap_err();
        let fields: Vec<&str> = refused.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["currency", "shop_url", "tax_rate", "mapping"]);
    }

    #[test]
    fn a_password_never_moves_to_another_address() {
        let of = CatalogKey { site: SiteId(uuid::Uuid::nil()), lang: LangTag::of("fr") };
        let mut feed = Feed::by_upload(of);
        let given = |password: Option<&str>| FeedAddress {
            url: String::new(),
            user: Some("shop".into()),
            password: password.map(str::to_owned),
            every_hours: 0,
        };
        let mut faults = Faults::default();
        let url = |host: &str| Ok(format!("https://{host}.example/f.csv"));
        feed.address = Some(address_of(given(Some("secret")), url("a"), &feed, &mut faults));
        let same = address_of(given(None), url("a"), &feed, &mut faults);
        let other = address_of(given(None), url("b"), &feed, &mut faults);
        assert_eq!((same.password.as_deref(), other.password), (Some("secret"), None));
        assert!(faults.done().is_ok());
    }
}
