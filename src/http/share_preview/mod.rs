//! The preview of a site's masks: an admin's own page of the store, as an agent would see it under
//! settings that are not saved.
//!
//! The picture of a shared page is made in the browser, so only a browser can preview it. The console
//! begins a preview and gets a pass, the admin opens a page of the store with it, and that page's
//! widget makes the picture with the code of a real share, after a press of *Agree* there: whoever
//! lures a visitor to such an address gets nothing from a click on a link. [`kept`] holds what there is, in memory
//! only; [`page`] is the page's side, here is the console's.

pub mod kept;
pub mod page;

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use self::kept::Preview;
use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::fields::Faults;
use super::front::Front;
use super::problem::Problem;
use super::share_settings;
use crate::protocol::cobrowse::{SharePreview, SharePreviewBegun, ShareSettings, TrySharing};
use crate::protocol::{Refusal, RefusalCode, ShareId, SiteId};

/// `?turn=` that the console has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    #[serde(default)]
    turn: u32,
}

/// `POST /api/v1/sites/{site}/share-previews`: another one in place of the agent's before.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`]; [`RefusalCode::TryLater`] when too many admins preview.
pub async fn begin(
    front: web::Data<Front>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(given): Sent<TrySharing>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let site = front.sites.by_id(*site).await?.ok_or(RefusalCode::NotFound)?;
    let settings = read(&given.settings)?;
    let id = ShareId(front.ids.fresh());
    let preview = Preview::new(site.id, signed.account.agent_ref(), settings);
    let pass = front.share_previews.begin(id, preview)?;
    Ok(HttpResponse::Created().json(SharePreviewBegun { id, pass }))
}

/// `POST /api/v1/sites/{site}/share-previews/{id}`: other settings, which are not kept.
///
/// # Errors
/// [`RefusalCode::NotFound`], also when it is over; [`RefusalCode::InvalidValue`].
pub async fn change(
    front: web::Data<Front>,
    signed: Signed,
    of: web::Path<(SiteId, ShareId)>,
    Sent(given): Sent<TrySharing>,
) -> Result<HttpResponse, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let settings = read(&given.settings)?;
    front.share_previews.of(id, site, signed.id(), |preview| preview.change(settings))?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /api/v1/sites/{site}/share-previews/{id}?turn=`: where it stands, once that is another turn or
/// [`kept::WAIT`] has passed.
///
/// # Errors
/// [`RefusalCode::NotFound`], also when it is over.
pub async fn state(
    front: web::Data<Front>,
    signed: Signed,
    of: web::Path<(SiteId, ShareId)>,
    seen: web::Query<Seen>,
) -> Result<web::Json<SharePreview>, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let look = || front.share_previews.of(id, site, signed.id(), |preview| (preview.view(), preview.changes()));
    let (view, changes) = look()?;
    if view.turn != seen.turn {
        return Ok(web::Json(view));
    }
    kept::wait(changes).await;
    Ok(web::Json(look()?.0))
}

/// `GET /api/v1/sites/{site}/share-previews/{id}/picture`: deflated JSON of events, as a share's full picture;
/// 204 while there is none.
///
/// # Errors
/// [`RefusalCode::NotFound`], also when it is over.
pub async fn picture(
    front: web::Data<Front>,
    signed: Signed,
    of: web::Path<(SiteId, ShareId)>,
) -> Result<HttpResponse, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let picture = front.share_previews.of(id, site, signed.id(), |preview| preview.picture())?;
    Ok(match picture {
        Some(picture) => HttpResponse::Ok().content_type("application/octet-stream").body(picture),
        None => HttpResponse::NoContent().finish(),
    })
}

/// `DELETE /api/v1/sites/{site}/share-previews/{id}`
///
/// # Errors
/// [`RefusalCode::NotFound`], also when it is over already.
pub async fn end(
    front: web::Data<Front>,
    signed: Signed,
    of: web::Path<(SiteId, ShareId)>,
) -> Result<HttpResponse, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    front.share_previews.of(id, site, signed.id(), |_| ())?;
    front.share_previews.forget(id);
    Ok(HttpResponse::NoContent().finish())
}

fn read(given: &ShareSettings) -> Result<ShareSettings, Refusal> {
    let mut faults = Faults::default();
    let settings = faults.take("share", share_settings::read(given));
    faults.done()?;
    Ok(settings)
}
