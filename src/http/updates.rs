//! Prices and stock by API, and the key that a shop's own program sends them with.
//!
//! A request that shows a key is judged by the key alone; whoever else is signed in
//! does not count. Keys are made, rotated and withdrawn by admins, shown once, and
//! kept as a hash.

use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use comptoir_catalog::model::Currency;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::catalog::refusal;
use super::front::Front;
use super::in_lang::{given, wanted};
use super::problem::Problem;
use super::sign_in::Nothing;
use super::token::{self, Token};
use crate::jobs::catalog::{Catalog, Updates};
use crate::protocol::feed::{ProductUpdates, UpdateKey, UpdatesTaken};
use crate::protocol::{Refusal, RefusalCode, SiteId};
use crate::store::catalog::CatalogKey;

/// The key that a request shows, if any.
#[must_use]
pub fn bearer(request: &HttpRequest) -> Option<&str> {
    let (kind, key) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// `PATCH /api/v1/sites/{site}/catalog/products`
///
/// # Errors
/// [`RefusalCode::NotSignedIn`] for a wrong key; [`RefusalCode::NotFound`]; [`RefusalCode::TooFast`];
/// [`RefusalCode::InvalidValue`] for too many at once; [`RefusalCode::TryLater`].
pub async fn update(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    request: HttpRequest,
    site: web::Path<SiteId>,
    Sent(sent): Sent<ProductUpdates>,
) -> Result<web::Json<UpdatesTaken>, Problem> {
    match bearer(&request) {
        Some(key) => {
            front.key_limit.take(front.address(&request))?;
            if !catalog.is_update_key(*site, &token::hash(key)).await? {
                return Err(RefusalCode::NotSignedIn.into());
            }
        }
        None => {
            Signed::extract(&request).await?.may(Action::Configure, Object::Site(*site))?;
        }
    }
    front.update_limit.take(*site)?;
    if sent.updates.len() > ProductUpdates::MAX {
        let why = "These are more than 1,000 updates. Send the rest in further requests.";
        return Err(Refusal::new(RefusalCode::InvalidValue).saying(why).into());
    }
    let of = match given(sent.lang.as_deref())? {
        Some(lang) => CatalogKey { site: *site, lang },
        None => {
            let wanted = wanted(&front, *site, None);
            let shelved = catalog.shelved(&wanted).await?;
            shelved.map_or(CatalogKey { site: *site, lang: wanted.main }, |shelved| shelved.of)
        }
    };
    let currency = front.known.by_id(*site).and_then(|site| Currency::new(&site.currency).ok());
    let updates = Updates { list: sent.updates, currency };
    Ok(web::Json(catalog.update(of, updates).await.map_err(|error| refusal(&error))?))
}

/// `GET /api/v1/sites/{site}/catalog/key`: when it was made; the key itself is told once, by who makes it.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn key(
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<UpdateKey>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    Ok(web::Json(UpdateKey { key: None, made_at: catalog.update_key_made_at(*site).await? }))
}

/// `POST /api/v1/sites/{site}/catalog/key`: makes one; an earlier one is void at once.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn make_key(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<web::Json<UpdateKey>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let (key, at) = (Token::fresh()?, front.clock.now());
    catalog.set_update_key(*site, &key.hash, at).await?;
    tracing::info!(site.id = %*site, agent.id = %signed.id(), "made a key for updates");
    Ok(web::Json(UpdateKey { key: Some(key.text), made_at: Some(at) }))
}

/// `DELETE /api/v1/sites/{site}/catalog/key`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn withdraw_key(
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<UpdateKey>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    catalog.drop_update_key(*site).await?;
    tracing::info!(site.id = %*site, agent.id = %signed.id(), "withdrew the key for updates");
    Ok(web::Json(UpdateKey::default()))
}
