//! The catalog over HTTP: search as one types, products with their variants, status.
//!
//! Also what the sessions and the sites' pages ask of it: [`Shop`].

use std::sync::Arc;

use actix_web::web;
use futures_util::future::BoxFuture;

use super::auth::{Action, Object, Signed};
use super::front::{Front, ProductCounts};
use super::in_lang::{self, wanted};
use super::problem::{Problem, refusal_of};
use super::search;
use crate::actors::ports::{Cards, Clock};
use crate::jobs::catalog::{Catalog, CatalogError, sentence};
use crate::protocol::catalog::{CatalogHits, CatalogProduct, CatalogStatus};
use crate::protocol::refusal::FieldFault;
use crate::protocol::{ProductCard, ProductChoice, ProductComparison, ProductId, Refusal, RefusalCode, SiteId, Sku};
use crate::store::catalog::Wanted;
use crate::store::{Sites, StoreError};

/// A rebuild takes seconds; a busy search pool is free again sooner.
const REBUILDING_RETRY_MS: u32 = 2_000;
const BUSY_RETRY_MS: u32 = 300;

/// `GET /api/v1/sites/{site}/catalog/search`: with the parameters of [`super::search`].
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`]; [`RefusalCode::TryLater`]
/// while the index is rebuilt or busy.
pub async fn search(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
    asked: web::Query<Vec<(String, String)>>,
) -> Result<web::Json<CatalogHits>, Problem> {
    signed.may(Action::WorkOn, Object::Site(*site))?;
    let asked = search::read(asked.into_inner())?;
    let wanted = wanted(&front, *site, asked.lang.as_deref());
    let filtered = !asked.search.filters.is_empty();
    let hits = catalog.ask(&wanted, asked.search, front.clock.now()).await.map_err(|error| refusal(&error))?;
    if !filtered {
        front.empty_searches.answered(signed.id(), *site, &hits);
    }
    Ok(web::Json(hits))
}

/// `GET /api/v1/sites/{site}/catalog/products/{id}`: by id, or by a variant's SKU or GTIN.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::NoSuchProduct`].
pub async fn product(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, String)>,
    asked: in_lang::Asked,
) -> Result<web::Json<CatalogProduct>, Problem> {
    let (site, name) = of.into_inner();
    signed.may(Action::WorkOn, Object::Site(site))?;
    let product = catalog.product(&wanted(&front, site, asked.lang.as_deref()), &name, front.clock.now()).await?;
    Ok(web::Json(product.ok_or(RefusalCode::NoSuchProduct)?))
}

/// `GET /api/v1/sites/{site}/catalog/status`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn status(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
    asked: in_lang::Asked,
) -> Result<web::Json<CatalogStatus>, Problem> {
    signed.may(Action::WorkOn, Object::Site(*site))?;
    Ok(web::Json(catalog.status(&wanted(&front, *site, asked.lang.as_deref())).await?))
}

/// A catalog's error as strangers may know it.
pub(super) fn refusal(error: &CatalogError) -> Refusal {
    let try_later = |message: &str, millis| Refusal::new(RefusalCode::TryLater).saying(message).retry_in(millis);
    match error {
        CatalogError::Rebuilding => try_later("The catalog is being rebuilt.", REBUILDING_RETRY_MS),
        CatalogError::Busy => try_later("The search is busy.", BUSY_RETRY_MS),
        CatalogError::Store(error) => refusal_of(error),
        CatalogError::ImportRunning => RefusalCode::ImportRunning.into(),
        CatalogError::NoSuchPreview => Refusal::new(RefusalCode::NotFound)
            .saying("This file was let go, as uploads that are looked at are after an hour. Upload it again."),
        CatalogError::NoSuchImport => RefusalCode::NotFound.into(),
        CatalogError::NothingToRestore | CatalogError::NothingToEmpty | CatalogError::NotAwaiting => {
            Refusal::new(RefusalCode::InvalidValue).saying(sentence(&error.to_string()))
        }
        CatalogError::FeedTooLarge => Refusal::new(RefusalCode::FileTooLarge).saying(sentence(&error.to_string())),
        CatalogError::TooManyFiles => {
            let error = sentence(&error.to_string());
            let mut refusal = Refusal::new(RefusalCode::InvalidValue).saying(error.clone());
            // Other values may be refused of the same request: a client tells this one by its code.
            refusal.fields.push(FieldFault { field: "with".to_owned(), error, code: "too_many_files".to_owned() });
            refusal
        }
        CatalogError::File { error: cause, .. } if cause.kind() == std::io::ErrorKind::StorageFull => {
            tracing::error!(%error, "the disk is full; imports are refused until there is space");
            RefusalCode::DiskFull.into()
        }
        CatalogError::Index(_) | CatalogError::File { .. } | CatalogError::Thread { .. } => {
            tracing::error!(%error, "the catalog failed");
            RefusalCode::Fault.into()
        }
    }
}

/// What the rest of the server asks of the catalogs, with the clock that sales are judged by.
#[derive(Clone)]
pub struct Shop {
    pub catalog: Catalog,
    /// Which language is a site's main one.
    pub sites: Sites,
    pub clock: Arc<dyn Clock>,
}

impl Shop {
    /// Where a conversation's products are looked for.
    async fn wanted(&self, site: SiteId, lang: &str) -> Result<Wanted, StoreError> {
        let main = self.sites.by_id(site).await?.map(|site| site.lang).unwrap_or_default();
        Ok(Wanted::in_main(site, &main).or_in(Some(lang)))
    }
}

impl Cards for Shop {
    fn card(
        &self,
        site: SiteId,
        lang: String,
        product: ProductId,
        sku: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>> {
        let this = self.clone();
        Box::pin(async move {
            let wanted = this.wanted(site, &lang).await?;
            this.catalog.card(&wanted, &product, sku.as_ref(), this.clock.now()).await
        })
    }

    fn comparison(
        &self,
        site: SiteId,
        lang: String,
        products: Vec<ProductChoice>,
    ) -> BoxFuture<'static, Result<Option<ProductComparison>, StoreError>> {
        let this = self.clone();
        Box::pin(async move {
            let wanted = this.wanted(site, &lang).await?;
            this.catalog.comparison(&wanted, &products, this.clock.now()).await
        })
    }
}

impl ProductCounts for Shop {
    fn products(&self, site: SiteId) -> BoxFuture<'static, Result<u64, StoreError>> {
        let catalog = self.catalog.clone();
        Box::pin(async move { catalog.products(site).await })
    }
}
