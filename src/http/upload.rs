//! Receiving a file: bounded in size, in time and in how slowly it may come; told by its
//! bytes; on disk before its row.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use actix_web::http::header::{CONTENT_LENGTH, HeaderName};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use tracing::{error, info};

use super::front::Front;
use super::guard::is_upload;
use super::health::Health;
use super::problem::Problem;
use crate::files::{Draft, Kept, Kind, Sniffer, clean, with_extension};
use crate::protocol::{ConversationId, DocumentId, DocumentRef, Refusal, RefusalCode, SiteId};
use crate::store::documents::{Document, UploadedBy};

const NAME: HeaderName = HeaderName::from_static("x-comptoir-name");
/// Uploads that the server receives at once.
pub const UPLOADS_AT_ONCE_MAX: usize = 64;
/// From the first to the last byte.
const UPLOAD_SECONDS_MAX: Duration = Duration::from_secs(15 * 60);
/// Nothing came for so long: the sender is gone.
const SILENCE_MAX: Duration = Duration::from_secs(15);
/// On average, once this time has passed.
const RATE_AFTER: Duration = Duration::from_secs(20);
const BYTES_PER_SECOND_MIN: u64 = 4 * 1024;
/// Of a refused file so much is read and dropped, so that the sender reads the answer
/// and not a broken connection.
const DROPPED_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Where a file goes.
#[derive(Debug, Clone, Copy)]
pub struct Destination {
    pub site: SiteId,
    pub conversation: ConversationId,
    pub by: UploadedBy,
}

/// Receives a file for a conversation that its sender may write in.
///
/// # Errors
/// [`RefusalCode::FileTooLarge`], [`RefusalCode::FileTypeRefused`], [`RefusalCode::QuotaReached`],
/// [`RefusalCode::DiskFull`], [`RefusalCode::TryLater`], [`RefusalCode::Draining`].
pub async fn receive(
    front: &Front,
    request: &HttpRequest,
    payload: web::Payload,
    to: Destination,
) -> Result<DocumentRef, Problem> {
    if !is_upload(request) {
        return Err(RefusalCode::WrongMediaType.into());
    }
    if request.app_data::<web::Data<Health>>().is_some_and(|health| health.draining()) {
        return Err(RefusalCode::Draining.into());
    }
    let _one = front.uploads.try_acquire().map_err(|_| RefusalCode::TryLater)?;
    let name = clean(&given_name(request));
    let mut incoming = Incoming::new(payload);
    let id = DocumentId(front.ids.fresh());
    let taken = async {
        room_for(front, request, to).await?;
        take(front, &mut incoming, id, &name).await
    };
    let (draft, kind) = match taken.await {
        Ok(taken) => taken,
        Err(refusal) => {
            incoming.drop_rest().await;
            return Err(refusal.into());
        }
    };
    let document = keep(front, draft, kind, with_extension(&name, kind), to, id).await?;
    info!(site.id = %to.site, conversation.id = %to.conversation, document.id = %id, bytes = document.bytes, media_type = document.media_type, "kept a document");
    Ok(document)
}

/// What can be known before the first byte.
async fn room_for(front: &Front, request: &HttpRequest, to: Destination) -> Result<(), Refusal> {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > front.file_bytes_max()) {
        return Err(too_large(front));
    }
    if let UploadedBy::Visitor(visitor) = to.by {
        let has_room = front.documents.has_room(to.site, visitor, front.clock.now()).await;
        if !has_room.map_err(|error| super::problem::refusal_of(&error))? {
            return Err(RefusalCode::QuotaReached.into());
        }
    }
    Ok(())
}

async fn take(front: &Front, incoming: &mut Incoming, id: DocumentId, name: &str) -> Result<(Draft, Kind), Refusal> {
    let mut draft = front.folder.begin(id).await.map_err(|error| of_disk(&error))?;
    let mut sniffer = Sniffer::default();
    while let Some(chunk) = incoming.next().await? {
        if draft.bytes() + chunk.len() as u64 > front.file_bytes_max() {
            return Err(too_large(front));
        }
        sniffer.feed(&chunk);
        if sniffer.is_hopeless() {
            return Err(RefusalCode::FileTypeRefused.into());
        }
        draft.write(&chunk).await.map_err(|error| of_disk(&error))?;
    }
    let path = draft.flushed().await.map_err(|error| of_disk(&error))?.to_owned();
    let name = name.to_owned();
    let kind = tokio::task::spawn_blocking(move || sniffer.kind(&path, &name)).await;
    let kind = kind.map_err(|_| RefusalCode::Fault)?.map_err(|error| of_disk(&error))?;
    Ok((draft, kind.ok_or(RefusalCode::FileTypeRefused)?))
}

async fn keep(
    front: &Front,
    mut draft: Draft,
    kind: Kind,
    name: String,
    to: Destination,
    id: DocumentId,
) -> Result<DocumentRef, Problem> {
    let preview = if kind.has_preview() {
        let path: &Path = draft.flushed().await.map_err(|error| of_disk(&error))?;
        front.previews.draw(path).await
    } else {
        None
    };
    let Kept { bytes, sha256 } = draft.keep().await.map_err(|error| of_disk(&error))?;
    if let Some(preview) = &preview {
        front.folder.keep_preview(id, preview).await.map_err(|error| of_disk(&error))?;
    }
    let media_type = kind.media_type().to_owned();
    let face = DocumentRef { id, name, media_type, bytes, preview: preview.is_some() };
    let document = Document {
        site: to.site,
        conversation: to.conversation,
        by: to.by,
        face: face.clone(),
        sha256,
        created_at: front.clock.now(),
        shared: false,
    };
    if !front.documents.add(&document).await? {
        front.folder.remove(id).await.map_err(|error| of_disk(&error))?;
        return Err(RefusalCode::QuotaReached.into());
    }
    Ok(face)
}

/// A body on its way, with its deadlines.
pub(super) struct Incoming {
    payload: web::Payload,
    begun: Instant,
    bytes: u64,
}

impl Incoming {
    pub fn new(payload: web::Payload) -> Self {
        Self { payload, begun: Instant::now(), bytes: 0 }
    }

    pub async fn next(&mut self) -> Result<Option<web::Bytes>, Refusal> {
        let slow = || Refusal::new(RefusalCode::TryLater).saying("The file came too slowly.");
        let chunk = tokio::time::timeout(SILENCE_MAX, self.payload.next()).await.map_err(|_| slow())?;
        let Some(chunk) = chunk else { return Ok(None) };
        let chunk = chunk.map_err(|_| Refusal::new(RefusalCode::Malformed).saying("The file ended early."))?;
        self.bytes += chunk.len() as u64;
        let passed = self.begun.elapsed();
        let is_crawling = passed > RATE_AFTER && self.bytes / passed.as_secs().max(1) < BYTES_PER_SECOND_MIN;
        if is_crawling || passed > UPLOAD_SECONDS_MAX { Err(slow()) } else { Ok(Some(chunk)) }
    }

    pub async fn drop_rest(&mut self) {
        while self.bytes < DROPPED_BYTES_MAX && matches!(self.next().await, Ok(Some(_))) {}
    }
}

pub(super) fn given_name(request: &HttpRequest) -> String {
    let given = request.headers().get(NAME).and_then(|name| name.to_str().ok()).unwrap_or_default();
    percent_decoded(given)
}

/// As `encodeURIComponent` writes it; what is not UTF-8 becomes a question mark of Unicode.
fn percent_decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let pair = if *first == b'%' { after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok()) } else { None };
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn too_large(front: &Front) -> Refusal {
    let most = front.settings.file_megabytes_max;
    Refusal::new(RefusalCode::FileTooLarge).saying(format!("The file is larger than {most} MB."))
}

pub(super) fn of_disk(error: &io::Error) -> Refusal {
    error!(%error, "an upload could not be written");
    if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
        RefusalCode::DiskFull.into()
    } else {
        RefusalCode::Fault.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_arrive_percent_encoded() {
        for (given, wanted) in [
            ("facture%2012.pdf", "facture 12.pdf"),
            ("%C3%A9t%C3%A9%20100%25.png", "été 100%.png"),
            ("plain.txt", "plain.txt"),
            ("50%", "50%"),
            ("%zz%C3", "%zz\u{fffd}"),
        ] {
            assert_eq!(percent_decoded(given), wanted, "{given}");
        }
    }
}
