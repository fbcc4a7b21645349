//! Files looked at before they are imported: uploaded once, read again under other settings.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::catalog::refusal;
use super::feeds::checked;
use super::front::Front;
use super::guard::is_upload;
use super::imports::take;
use super::in_lang::catalog_of;
use super::problem::Problem;
use super::upload::given_name;
use crate::files::clean;
use crate::jobs::catalog::Catalog;
use crate::jobs::catalog::preview::Uploaded;
use crate::protocol::feed::{FeedPreview, PreviewAgain};
use crate::protocol::{PreviewId, RefusalCode, SiteId};

/// `?lang=` of which catalog; `&with=` a preview that the file is put to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    lang: Option<String>,
    with: Option<PreviewId>,
}

/// `POST /api/v1/sites/{site}/catalog/previews?lang=&with=`: keeps a file for an hour and
/// reads it under the feed's settings.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::FileTooLarge`]; [`RefusalCode::DiskFull`];
/// [`RefusalCode::TryLater`]; [`RefusalCode::InvalidValue`] when they are too many files.
pub async fn start(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    request: HttpRequest,
    signed: Signed,
    site: web::Path<SiteId>,
    asked: web::Query<Asked>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    if !is_upload(&request) {
        return Err(RefusalCode::WrongMediaType.into());
    }
    let site = front.sites.by_id(*site).await?.ok_or(RefusalCode::NotFound)?;
    let refused = |error| refusal(&error);
    let of = match asked.with {
        Some(with) => catalog.previewed(site.id, with).map_err(refused)?,
        None => catalog_of(asked.lang.as_deref(), &site)?,
    };
    let _one = front.uploads.try_acquire().map_err(|_| RefusalCode::TryLater)?;
    let fresh = PreviewId(front.ids.fresh());
    let place = catalog.place_for_preview(fresh).await.map_err(refused)?;
    let bytes = take(payload, &place).await?;
    let file = clean(&given_name(&request));
    let id = match asked.with {
        Some(with) => {
            catalog.add_to_preview(site.id, with, place, &file, bytes).await.map_err(refused)?;
            with
        }
        None => {
            catalog.keep_preview(Uploaded { id: fresh, of, file, bytes }).await;
            fresh
        }
    };
    let settings = catalog.feed_settings(&site, of.lang).await?;
    let seen = catalog.preview(site.id, id, settings, front.clock.now()).await;
    Ok(HttpResponse::Created().json(seen.map_err(refused)?))
}

/// `POST /api/v1/sites/{site}/catalog/previews/{id}`: the same file under other settings,
/// which are not kept.
///
/// # Errors
/// [`RefusalCode::NotFound`], also when the file was let go; [`RefusalCode::InvalidValue`].
pub async fn again(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, PreviewId)>,
    Sent(PreviewAgain { settings }): Sent<PreviewAgain>,
) -> Result<web::Json<FeedPreview>, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    catalog.previewed(site, id).map_err(|error| refusal(&error))?;
    let seen = catalog.preview(site, id, checked(settings)?, front.clock.now()).await;
    Ok(web::Json(seen.map_err(|error| refusal(&error))?))
}

/// `DELETE /api/v1/sites/{site}/catalog/previews/{id}`
///
/// # Errors
/// [`RefusalCode::NotFound`], also when it was let go already.
pub async fn forget(
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, PreviewId)>,
) -> Result<HttpResponse, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    catalog.previewed(site, id).map_err(|error| refusal(&error))?;
    catalog.forget_preview(id).await;
    Ok(HttpResponse::NoContent().finish())
}
