//! Imports over HTTP: the file streamed to disk and queued, then watched, confirmed, cancelled.

use std::path::Path;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use comptoir_catalog::model::Currency;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::catalog::refusal;
use super::front::Front;
use super::guard::is_upload;
use super::problem::Problem;
use super::sign_in::Nothing;
use super::upload::{Incoming, given_name, of_disk};
use crate::files::clean;
use crate::jobs::catalog::Catalog;
use crate::protocol::catalog::{ImportFrom, ImportRun};
use crate::protocol::feed::FeedSettings;
use crate::protocol::{ImportId, Refusal, RefusalCode, SiteId};
use crate::store::Site;
use crate::store::catalog::{NewRun, RunSettings};

/// A feed by upload; larger ones are imported by the command line.
const FEED_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// `POST /api/v1/sites/{site}/catalog/imports`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::FileTooLarge`]; [`RefusalCode::ImportRunning`];
/// [`RefusalCode::DiskFull`].
pub async fn start(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    request: HttpRequest,
    signed: Signed,
    site: web::Path<SiteId>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    if !is_upload(&request) {
        return Err(RefusalCode::WrongMediaType.into());
    }
    let site = front.sites.by_id(*site).await?.ok_or(RefusalCode::NotFound)?;
    let settings = settings(&site)?;
    let _one = front.uploads.try_acquire().map_err(|_| RefusalCode::TryLater)?;
    let id = ImportId(front.ids.fresh());
    let place = catalog.place_for(id).await.map_err(|error| refusal(&error))?;
    let mut incoming = Incoming::new(payload);
    let bytes = match store(&mut incoming, &place).await {
        Ok(bytes) => bytes,
        Err(refusal) => {
            let _ = tokio::fs::remove_file(&place).await;
            incoming.drop_rest().await;
            return Err(refusal.into());
        }
    };
    let file = clean(&given_name(&request));
    let (from, at) = (ImportFrom::File, front.clock.now());
    let run = NewRun { id, site: site.id, from, file, bytes, at, settings };
    let run = catalog.queue(run).await.map_err(|error| refusal(&error))?;
    tracing::info!(site.id = %site.id, agent.id = %signed.id(), import.id = %id, bytes, "queued an import");
    Ok(HttpResponse::Accepted().json(run))
}

/// What an attended import of a site takes from its settings.
fn settings(site: &Site) -> Result<RunSettings, Refusal> {
    let currency = Currency::new(&site.currency).map_err(|unknown| {
        Refusal::new(RefusalCode::InvalidValue).saying(format!("The site's currency is wrong: {unknown}."))
    })?;
    Ok(RunSettings {
        lang: site.lang.clone(),
        feed: FeedSettings {
            currency: currency.code().to_owned(),
            shop_url: site.shop_url.clone(),
            tax_rate: None,
            mapping: None,
        },
        attended: true,
        accept_removals: false,
    })
}

/// Streams the body into a file that is on the disk when this answers.
async fn store(incoming: &mut Incoming, place: &Path) -> Result<u64, Refusal> {
    let mut file = File::create(place).await.map_err(|error| of_disk(&error))?;
    let mut bytes = 0;
    while let Some(chunk) = incoming.next().await? {
        bytes += chunk.len() as u64;
        if bytes > FEED_BYTES_MAX {
            return Err(Refusal::new(RefusalCode::FileTooLarge).saying(
                "The file is larger than 200 MB. Import it with `comptoir catalog import`, or leave out columns.",
            ));
        }
        file.write_all(&chunk).await.map_err(|error| of_disk(&error))?;
    }
    file.sync_all().await.map_err(|error| of_disk(&error))?;
    Ok(bytes)
}

/// `GET /api/v1/sites/{site}/catalog/imports`: newest first.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn list(
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<Vec<ImportRun>>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    Ok(web::Json(catalog.runs(*site).await?))
}

/// `GET /api/v1/sites/{site}/catalog/imports/{id}`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn one(
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, ImportId)>,
) -> Result<web::Json<ImportRun>, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    Ok(web::Json(catalog.run(site, id).await.map_err(|error| refusal(&error))?))
}

/// `GET /api/v1/sites/{site}/catalog/imports/{id}/rejected.csv`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn rejected(
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, ImportId)>,
) -> Result<HttpResponse, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let csv = catalog.rejected(site, id).await.map_err(|error| refusal(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"rejected.csv\""))
        .body(csv))
}

/// `POST /api/v1/sites/{site}/catalog/imports/{id}/confirm`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`] when it does not wait for an answer.
pub async fn confirm(
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, ImportId)>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<web::Json<ImportRun>, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let run = catalog.confirm(site, id).await.map_err(|error| refusal(&error))?;
    tracing::info!(site.id = %site, agent.id = %signed.id(), import.id = %id, "confirmed an import");
    Ok(web::Json(run))
}

/// `POST /api/v1/sites/{site}/catalog/imports/{id}/cancel`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn cancel(
    catalog: web::Data<Catalog>,
    signed: Signed,
    of: web::Path<(SiteId, ImportId)>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<web::Json<ImportRun>, Problem> {
    let (site, id) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let run = catalog.cancel(site, id).await.map_err(|error| refusal(&error))?;
    tracing::info!(site.id = %site, agent.id = %signed.id(), import.id = %id, "asked to cancel an import");
    Ok(web::Json(run))
}
