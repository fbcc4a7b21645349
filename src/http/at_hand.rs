//! What an agent has at hand without searching: products that they pinned, and recommended last.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};

use super::auth::{Action, Object, Signed};
use super::front::Front;
use super::in_lang::{self, wanted};
use super::problem::Problem;
use crate::jobs::catalog::Catalog;
use crate::protocol::catalog::ProductsAtHand;
use crate::protocol::{ProductId, RefusalCode, SiteId};

/// Recommended last, each once.
const RECENT_MAX: u32 = 10;

/// `GET /api/v1/sites/{site}/catalog/shelf`: what the catalog still has of them.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn shelf(
    front: Data<Front>,
    catalog: Data<Catalog>,
    signed: Signed,
    site: Path<SiteId>,
    asked: in_lang::Asked,
) -> Result<Json<ProductsAtHand>, Problem> {
    signed.may(Action::WorkOn, Object::Site(*site))?;
    let wanted = wanted(&front, *site, asked.lang.as_deref());
    let pinned = front.pins.of(*site, signed.id()).await?;
    let recent = front.ledger.recent(*site, signed.id(), RECENT_MAX).await?;
    let now = front.clock.now();
    Ok(Json(ProductsAtHand {
        pinned: catalog.hits(&wanted, &pinned, now).await?,
        recent: catalog.hits(&wanted, &recent, now).await?,
    }))
}

/// `PUT /api/v1/sites/{site}/catalog/pins/{product}`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::NoSuchProduct`].
pub async fn pin(
    front: Data<Front>,
    catalog: Data<Catalog>,
    signed: Signed,
    of: Path<(SiteId, ProductId)>,
) -> Result<HttpResponse, Problem> {
    let (site, product) = of.into_inner();
    signed.may(Action::WorkOn, Object::Site(site))?;
    let known = catalog.card(&wanted(&front, site, None), &product, None, front.clock.now()).await?;
    known.ok_or(RefusalCode::NoSuchProduct)?;
    front.pins.pin(site, signed.id(), &product, front.clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /api/v1/sites/{site}/catalog/pins/{product}`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn unpin(front: Data<Front>, signed: Signed, of: Path<(SiteId, ProductId)>) -> Result<HttpResponse, Problem> {
    let (site, product) = of.into_inner();
    signed.may(Action::WorkOn, Object::Site(site))?;
    front.pins.unpin(site, signed.id(), &product).await?;
    Ok(HttpResponse::NoContent().finish())
}
