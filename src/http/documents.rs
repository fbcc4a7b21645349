//! Documents over HTTP: up by who may write, down by who may read, to visitors by a signed address.
//!
//! Bytes leave as an attachment under a sandbox; only previews, which we drew ourselves,
//! are shown in place.

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use futures_util::future::BoxFuture;
use futures_util::stream::try_unfold;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::auth::{Action, Object, Signed};
use super::front::Front;
use super::headers::CROSS_ORIGIN_RESOURCE_POLICY;
use super::problem::Problem;
use super::signer::Purpose;
use super::upload::{Destination, receive};
use super::visiting::Visiting;
use crate::actors::Desk;
use crate::actors::ports::{self, Uploader};
use crate::protocol::widget::{DocumentAddress, Uploaded};
use crate::protocol::{ConversationId, DocumentId, DocumentRef, RefusalCode, SiteId, Timestamp};
use crate::rules::conversation::ConversationState;
use crate::store::StoreError;
use crate::store::documents::{Document, Documents, UploadedBy};

/// A visitor's address of a document holds for so long.
const ADDRESS_SECONDS: i64 = 600;
/// Read from the disk at once.
const CHUNK_BYTES: usize = 64 * 1024;
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// `POST /api/v1/conversations/{id}/documents`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::NotInCharge`]; those of [`receive`].
pub async fn upload_as_agent(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    signed: Signed,
    id: web::Path<ConversationId>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let log = &desk.ports().log;
    let (site, _) = log.locate(signed.sites().to_vec(), *id).await?.ok_or(RefusalCode::NotFound)?;
    let state = log.load(site, *id).await?.ok_or(RefusalCode::NotFound)?.state;
    signed.may(Action::Upload, object(&state))?;
    let to = Destination { site, conversation: *id, by: UploadedBy::Agent(signed.id()) };
    let document = receive(&front, &request, payload, to).await?;
    Ok(HttpResponse::Created().json(Uploaded { document }))
}

/// `POST /w/v1/conversations/{id}/documents`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::ConversationClosed`]; those of [`receive`].
pub async fn upload_as_visitor(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    visiting: Visiting,
    id: web::Path<ConversationId>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let state = desk.ports().log.load(visiting.site.id, *id).await?.ok_or(RefusalCode::NotFound)?.state;
    visiting.may(Action::Upload, object(&state))?;
    if state.phase.is_closed() {
        return Err(RefusalCode::ConversationClosed.into());
    }
    let by = UploadedBy::Visitor(visiting.visitor);
    let document = receive(&front, &request, payload, Destination { site: state.site, conversation: *id, by }).await?;
    Ok(HttpResponse::Created().json(Uploaded { document }))
}

fn object(state: &ConversationState) -> Object {
    let in_charge = state.phase.in_charge().map(|agent| agent.id);
    Object::Conversation { site: state.site, visitor: state.visitor, in_charge }
}

/// `GET /api/v1/documents/{id}`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn download(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
    id: web::Path<DocumentId>,
) -> Result<HttpResponse, Problem> {
    let (document, object) = found(&front, &desk, *id).await?;
    signed.may(Action::Fetch, object)?;
    attachment(&front, &document, HttpResponse::Ok()).await
}

/// `GET /api/v1/documents/{id}/preview`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn preview(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
    id: web::Path<DocumentId>,
) -> Result<HttpResponse, Problem> {
    let (document, object) = found(&front, &desk, *id).await?;
    signed.may(Action::Fetch, object)?;
    picture(&front, &document, HttpResponse::Ok()).await
}

/// `GET /w/v1/documents/{id}/address`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn address(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    visiting: Visiting,
    id: web::Path<DocumentId>,
) -> Result<web::Json<DocumentAddress>, Problem> {
    let (document, object) = found(&front, &desk, *id).await?;
    visiting.may(Action::Fetch, object)?;
    let (base, until) = (front.base(&request)?, front.clock.now().plus_seconds(ADDRESS_SECONDS));
    let signed = |purpose, word: &str| {
        let signature = front.signer.sign(purpose, id.0, until)?;
        Ok::<_, Problem>(format!("{base}/w/v1/documents/{id}?as={word}&until={}&sig={signature}", until.millis()))
    };
    let preview = if document.face.preview { Some(signed(Purpose::Preview, "preview")?) } else { None };
    Ok(web::Json(DocumentAddress { preview, download: signed(Purpose::Download, "download")? }))
}

/// The query of [`by_address`].
#[derive(Debug, Deserialize)]
pub struct Address {
    r#as: Form,
    until: i64,
    sig: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    Preview,
    Download,
}

/// `GET /w/v1/documents/{id}?as=…&until=…&sig=…`: the address itself is the permission.
///
/// # Errors
/// [`RefusalCode::NotFound`] for an address that is over or not ours.
pub async fn by_address(
    front: web::Data<Front>,
    id: web::Path<DocumentId>,
    address: web::Query<Address>,
) -> Result<HttpResponse, Problem> {
    let purpose = match address.r#as {
        Form::Preview => Purpose::Preview,
        Form::Download => Purpose::Download,
    };
    let until = Timestamp::from_millis(address.until);
    if !front.signer.holds(purpose, id.0, until, &address.sig, front.clock.now()) {
        return Err(RefusalCode::NotFound.into());
    }
    let document = front.documents.find(*id).await?.ok_or(RefusalCode::NotFound)?;
    let mut response = HttpResponse::Ok();
    // An `<img>` on a store's page asks from another origin.
    response.insert_header((CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"));
    match address.r#as {
        Form::Preview => picture(&front, &document, response).await,
        Form::Download => attachment(&front, &document, response).await,
    }
}

/// The document, and what `authorize` must know of it.
async fn found(front: &Front, desk: &Desk, id: DocumentId) -> Result<(Document, Object), Problem> {
    let document = front.documents.find(id).await?.ok_or(RefusalCode::NotFound)?;
    let log = &desk.ports().log;
    let (_, visitor) = log.locate(vec![document.site], document.conversation).await?.ok_or(RefusalCode::NotFound)?;
    let by_agent = match document.by {
        UploadedBy::Agent(agent) => Some(agent),
        UploadedBy::Visitor(_) => None,
    };
    let object = Object::Document { site: document.site, visitor, by_agent, shared: document.shared };
    Ok((document, object))
}

async fn attachment(
    front: &Front,
    document: &Document,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    let file = front.folder.read(document.face.id).await.map_err(|error| lost(&error, document))?;
    response.insert_header((CONTENT_TYPE, document.face.media_type.clone()));
    response.insert_header((CONTENT_DISPOSITION, disposition(&document.face.name)));
    response.insert_header((CONTENT_SECURITY_POLICY, SANDBOX));
    Ok(response.body(SizedStream::new(document.face.bytes, Box::pin(chunks(file)))))
}

async fn picture(
    front: &Front,
    document: &Document,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    if !document.face.preview {
        return Err(RefusalCode::NotFound.into());
    }
    let bytes = front.folder.read_preview(document.face.id).await.map_err(|error| lost(&error, document))?;
    // We drew it: one of these two.
    let kind = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    response.insert_header((CONTENT_TYPE, kind));
    response.insert_header((CONTENT_SECURITY_POLICY, SANDBOX));
    Ok(response.body(bytes))
}

fn lost(error: &std::io::Error, document: &Document) -> Problem {
    tracing::error!(%error, document.id = %document.face.id, "a document's bytes cannot be read");
    RefusalCode::NoSuchDocument.into()
}

fn chunks(file: File) -> impl futures_util::Stream<Item = std::io::Result<web::Bytes>> {
    try_unfold(file, |mut file| async move {
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        let read = (&mut file).take(CHUNK_BYTES as u64).read_to_end(&mut chunk).await?;
        Ok((read > 0).then(|| (web::Bytes::from(chunk), file)))
    })
}

/// RFC 6266: a name of plain letters for all, and the real one for those who read RFC 8187.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')') { c } else { '_' })
        .collect();
    let exact: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// Uploaded documents as the sessions ask for them.
#[derive(Debug, Clone)]
pub struct SharedDocuments(pub Documents);

impl ports::Documents for SharedDocuments {
    fn uploaded(
        &self,
        site: SiteId,
        conversation: ConversationId,
        by: Uploader,
        document: DocumentId,
    ) -> BoxFuture<'static, Result<Option<DocumentRef>, StoreError>> {
        let store = self.0.clone();
        Box::pin(async move {
            let by = match by {
                Uploader::Visitor(visitor) => UploadedBy::Visitor(visitor),
                Uploader::Agent(agent) => UploadedBy::Agent(agent),
            };
            let found = store.find(document).await?.filter(|found| {
                found.site == site && found.conversation == conversation && found.by == by && !found.shared
            });
            Ok(found.map(|found| found.face))
        })
    }
}

impl Front {
    /// Uploaded documents, for the sessions.
    #[must_use]
    pub fn shared_documents(&self) -> Arc<dyn ports::Documents> {
        Arc::new(SharedDocuments(self.documents.clone()))
    }

    /// Takes away bytes that no row names; once an hour.
    ///
    /// # Errors
    /// What the database or the file system says; the next hour tries again.
    pub async fn sweep(&self) -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
        let mut swept = 0;
        for id in self.folder.settled().await? {
            if !self.documents.is_named(id).await? {
                self.folder.remove(id).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_keeps_its_name_and_cannot_break_the_header() {
        assert_eq!(
            disposition("été \"1\"\r\nx: y.pdf"),
            "attachment; filename=\"_t_ _1___x_ y.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22%0D%0Ax%3A%20y.pdf"
        );
    }
}
