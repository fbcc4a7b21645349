//! Imports over HTTP: the file streamed to disk and queued, then watched, confirmed, cancelled.

use std::convert::Infallible;
use std::path::Path;

use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use comptoir_catalog::feed::REPORT_COLUMNS;
use futures_util::stream;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::catalog::refusal;
use super::csv;
use super::feeds::checked;
use super::front::Front;
use super::guard::is_upload;
use super::in_lang::{self, catalog_of};
use super::problem::Problem;
use super::sign_in::Nothing;
use super::upload::{Incoming, given_name, of_disk};
use crate::files::clean;
use crate::jobs::catalog::{Catalog, Rejected};
use crate::protocol::catalog::{ImportFrom, ImportRun};
use crate::protocol::feed::{FeedSettings, ImportPreview};
use crate::protocol::{ImportId, PreviewId, Refusal, RefusalCode, SiteId};
use crate::store::Site;
use crate::store::catalog::{CatalogKey, NewRun, RunSettings};

/// A feed by upload; larger ones are imported by the command line.
const FEED_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// `POST /api/v1/sites/{site}/catalog/imports`: a file, or the one of a preview.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::FileTooLarge`]; [`RefusalCode::ImportRunning`];
/// [`RefusalCode::InvalidValue`] with what is wrong in a preview's settings;
/// [`RefusalCode::DiskFull`].
pub async fn start(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    request: HttpRequest,
    signed: Signed,
    site: web::Path<SiteId>,
    asked: in_lang::Asked,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let site = front.sites.by_id(*site).await?.ok_or(RefusalCode::NotFound)?;
    let id = ImportId(front.ids.fresh());
    let run = if is_upload(&request) {
        upload(&front, &catalog, &request, &site, catalog_of(asked.lang.as_deref(), &site)?, id, payload).await?
    } else {
        let Sent(ImportPreview { preview, settings }) = Sent::from_request(&request, &mut payload.into_inner()).await?;
        of_preview(&front, &catalog, &site, id, preview, settings).await?
    };
    let bytes = run.bytes_total;
    tracing::info!(site.id = %site.id, agent.id = %signed.id(), import.id = %id, bytes, "queued an import");
    Ok(HttpResponse::Accepted().json(run))
}

async fn upload(
    front: &Front,
    catalog: &Catalog,
    request: &HttpRequest,
    site: &Site,
    of: CatalogKey,
    id: ImportId,
    payload: web::Payload,
) -> Result<ImportRun, Problem> {
    let _one = front.uploads.try_acquire().map_err(|_| RefusalCode::TryLater)?;
    let place = catalog.place_for(id).await.map_err(|error| refusal(&error))?;
    let bytes = take(payload, &place).await?;
    let feed = catalog.feed_settings(site, of.lang).await?;
    let settings =
        RunSettings { lang: of.lang.to_string(), feed, attended: true, accept_removals: false, fetched: None };
    let file = clean(&given_name(request));
    let (from, at) = (ImportFrom::File, front.clock.now());
    let run = NewRun { id, site: site.id, from, file, bytes, at, settings };
    Ok(catalog.queue(run).await.map_err(|error| refusal(&error))?)
}

/// The file of a preview; its settings are kept for the next import.
async fn of_preview(
    front: &Front,
    catalog: &Catalog,
    site: &Site,
    id: ImportId,
    preview: PreviewId,
    settings: FeedSettings,
) -> Result<ImportRun, Problem> {
    let of = catalog.previewed(site.id, preview).map_err(|error| refusal(&error))?;
    let settings = checked(settings)?;
    let at = front.clock.now();
    let run = catalog.import_preview(site.id, preview, id, settings.clone(), at).await;
    let run = run.map_err(|error| refusal(&error))?;
    catalog.save_feed_settings(of, settings).await?;
    Ok(run)
}

/// Receives a file; what is refused leaves nothing behind.
pub(super) async fn take(payload: web::Payload, place: &Path) -> Result<u64, Problem> {
    let mut incoming = Incoming::new(payload);
    match store(&mut incoming, place).await {
        Ok(bytes) => Ok(bytes),
        Err(refusal) => {
            let _ = tokio::fs::remove_file(place).await;
            incoming.drop_rest().await;
            Err(refusal.into())
        }
    }
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

/// `GET /api/v1/sites/{site}/catalog/imports/{id}/rejected.csv`: line, code, column, value and
/// what to do, then the row's own cells under the file's columns. The readers pass over the
/// first five, so that a corrected file is imported as it is.
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
    let rejected = catalog.rejected(site, id).await.map_err(|error| refusal(&error))?;
    let text = rejected_csv(&rejected);
    Ok(csv::file("rejected.csv", stream::iter([Ok::<_, Infallible>(web::Bytes::from(text))])))
}

fn rejected_csv(rejected: &Rejected) -> String {
    let header: Vec<&str> = REPORT_COLUMNS.iter().copied().chain(rejected.header.iter().map(String::as_str)).collect();
    let mut text = csv::header(&header);
    for (fault, cells) in &rejected.rows {
        let number = fault.line.to_string();
        let column = fault.column.as_deref().unwrap_or_default();
        let value = fault.value.as_deref().unwrap_or_default();
        let told = [&*number, &fault.code, column, value, &fault.message];
        text.push_str(&csv::line(told.into_iter().chain(cells.iter().map(String::as_str))));
    }
    text
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

/// `POST /api/v1/sites/{site}/catalog/imports/restore?lang=`: back to the import before the
/// last one; again, and it comes back.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::ImportRunning`]; [`RefusalCode::InvalidValue`]
/// when there is nothing to go back to.
pub async fn restore(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
    asked: in_lang::Asked,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let site = front.sites.by_id(*site).await?.ok_or(RefusalCode::NotFound)?;
    let (of, id) = (catalog_of(asked.lang.as_deref(), &site)?, ImportId(front.ids.fresh()));
    let run = catalog.restore(of, id, front.clock.now()).await.map_err(|error| refusal(&error))?;
    tracing::info!(site.id = %site.id, agent.id = %signed.id(), import.id = %id, lang = %of.lang, "asked to restore an import");
    Ok(HttpResponse::Accepted().json(run))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::protocol::catalog::ImportFault;

    #[test]
    fn refused_rows_stand_under_their_header_and_are_safe_in_a_spreadsheet() {
        let fault = |line: u64, value: &str| ImportFault {
            line,
            code: "unreadable_price".into(),
            column: Some("Prix \"TTC\"".into()),
            value: Some(value.into()),
            message: "cannot read it".into(),
            warning: false,
            numbers: BTreeMap::new(),
            detail: None,
        };
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rejected = Rejected {
            header: row(["Réf", "=Nom", "Prix"]),
            rows: vec![
                (fault(3, "=1+1"), row(["R-2", "@Lampe\r\ndorée", ""])),
                (fault(4, "-"), row(["\t=1", "Lampe, dorée", "+33"])),
            ],
        };
        assert_eq!(
            rejected_csv(&rejected),
            "\u{feff}line,code,column,value,what to do,Réf,'=Nom,Prix\r\n\
             3,unreadable_price,\"Prix \"\"TTC\"\"\",'=1+1,cannot read it,R-2,\"'@Lampe\r\ndorée\",\r\n\
             4,unreadable_price,\"Prix \"\"TTC\"\"\",'-,cannot read it,'\t=1,\"Lampe, dorée\",'+33\r\n"
        );
    }
}
