//! The page's side of a preview: it shows the pass of its address once, and from then on its key.
//!
//! What it sends passes the checks of a shared page: the frame's, the files' by their bytes.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};

use super::kept::{self, Preview};
use crate::actors::cobrowse::shelf::{Asset, hash_of, hex_of};
use crate::http::body::{self, Sent};
use crate::http::front::Front;
use crate::http::known_sites::lists;
use crate::http::origin::Origin;
use crate::http::problem::Problem;
use crate::http::updates::bearer;
use crate::http::upload::Incoming;
use crate::protocol::cobrowse::{
    AwaitPreview, DATA_ASSET, DATA_FULL, FrameFault, OFFERED_ASSETS_MAX, OpenPreview, PREVIEW_MARKS_MAX, PreviewFiles,
    PreviewOpened, PreviewSettings, PreviewedPage,
};
use crate::protocol::{Refusal, RefusalCode, ShareId, SiteId};
use crate::rules::cobrowse::frame::{self, ASSET_BYTES_MAX, Assembled, FULL_BYTES_MAX};

/// What a page tells beside its picture, as JSON.
const REPORT_BYTES_MAX: usize = 256 * 1024;
/// In front of a picture: the length of the report.
const LENGTH_BYTES: usize = 4;

/// The page behind a request: its key, and where it comes from.
pub struct Key {
    front: web::Data<Front>,
    text: String,
    origin: Option<Origin>,
}

impl FromRequest for Key {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = || {
            let front = request.app_data::<web::Data<Front>>().ok_or(RefusalCode::Fault)?.clone();
            let text = bearer(request).ok_or(RefusalCode::NotSignedIn)?.to_owned();
            Ok(Self { front, text, origin: Origin::of_request(request) })
        };
        ready(key())
    }
}

impl Key {
    fn preview<T>(&self, act: impl FnOnce(ShareId, &mut Preview) -> T) -> Result<T, Refusal> {
        let front = &self.front;
        front.share_previews.by_key(&self.text, |site| is_of(front, site, self.origin.as_ref()), act)
    }
}

fn is_of(front: &Front, site: SiteId, origin: Option<&Origin>) -> bool {
    let site = front.known.by_id(site);
    site.zip(origin).is_some_and(|(site, origin)| lists(&site, origin))
}

/// `POST /w/v1/share-preview`
///
/// # Errors
/// [`RefusalCode::NotFound`] for a pass that is none any more; [`RefusalCode::TooFast`].
pub async fn open(
    front: web::Data<Front>,
    request: HttpRequest,
    Sent(given): Sent<OpenPreview>,
) -> Result<web::Json<PreviewOpened>, Problem> {
    front.config_limit.take(front.address(&request))?;
    let origin = Origin::of_request(&request);
    let of_site = |site| is_of(&front, site, origin.as_ref());
    let (_, key) = front.share_previews.open(&given.pass, of_site)?;
    let about = |_, preview: &mut Preview| (preview.first_name(), preview.settings());
    let (first_name, settings) = front.share_previews.by_key(&key, |_| true, about)?;
    Ok(web::Json(PreviewOpened { key, first_name, settings }))
}

/// `POST /w/v1/share-preview/next`: settings, once they are others than the page has or
/// [`kept::WAIT`] has passed.
///
/// # Errors
/// [`RefusalCode::NotFound`] when the preview is over.
pub async fn next(key: Key, Sent(given): Sent<AwaitPreview>) -> Result<web::Json<PreviewSettings>, Problem> {
    let (settings, changes) = key.preview(|_, preview| {
        preview.heard(given.agreed, given.leaving);
        (preview.settings(), preview.changes())
    })?;
    if given.leaving || settings.version != given.version {
        return Ok(web::Json(settings));
    }
    kept::wait(changes).await;
    Ok(web::Json(key.preview(|_, preview| preview.settings())?))
}

/// `POST /w/v1/share-preview/files`: names files, answers those that are not here.
///
/// # Errors
/// [`RefusalCode::NotFound`] when the preview is over; [`RefusalCode::InvalidValue`] for too many at once.
pub async fn files(key: Key, Sent(given): Sent<PreviewFiles>) -> Result<web::Json<PreviewFiles>, Problem> {
    if given.hashes.len() > OFFERED_ASSETS_MAX {
        let why = format!("These are more than {OFFERED_ASSETS_MAX} files. Name the rest in further requests.");
        return Err(Refusal::new(RefusalCode::InvalidValue).saying(why).into());
    }
    let hashes = given.hashes.iter().filter_map(|hash| hash_of(hash)).collect();
    let wanted = key.preview(|id, preview| preview.files().offered(id, hashes))?;
    Ok(web::Json(PreviewFiles { hashes: wanted.iter().map(hex_of).collect() }))
}

/// `POST /w/v1/share-preview/file`: SHA-256 and bytes of a file that was named.
///
/// # Errors
/// [`RefusalCode::NotFound`] when the preview is over; [`RefusalCode::FileTooLarge`];
/// [`RefusalCode::InvalidValue`] for a file that was not named; [`RefusalCode::FileTypeRefused`]; [`RefusalCode::TryLater`].
pub async fn file(key: Key, payload: web::Payload) -> Result<HttpResponse, Problem> {
    key.preview(|_, _| ())?;
    let _one = key.front.uploads.try_acquire().map_err(|_| RefusalCode::TryLater)?;
    let bytes = whole(payload, ASSET_BYTES_MAX).await?;
    let Ok(frame::Checked::Asset(asset)) = checked(DATA_ASSET, false, bytes).await? else {
        return Err(RefusalCode::FileTypeRefused.into());
    };
    let file = Asset { kind: asset.kind, bytes: asset.bytes.into() };
    key.preview(|id, preview| preview.keep(id, asset.hash, file))??;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /w/v1/share-preview/picture`: the length of the report (`u32`, big-endian), the report
/// ([`PreviewedPage`]), and a full picture as a share's, deflated; none where the page is not shared.
///
/// # Errors
/// [`RefusalCode::NotFound`] when the preview is over; [`RefusalCode::Malformed`];
/// [`RefusalCode::InvalidValue`] for a picture that no agent would be shown; [`RefusalCode::TryLater`].
pub async fn picture(key: Key, payload: web::Payload) -> Result<HttpResponse, Problem> {
    key.preview(|_, _| ())?;
    let _one = key.front.uploads.try_acquire().map_err(|_| RefusalCode::TryLater)?;
    let bytes = whole(payload, LENGTH_BYTES + REPORT_BYTES_MAX + FULL_BYTES_MAX).await?;
    let cut = || Refusal::new(RefusalCode::Malformed).saying("The report is shorter than it says.");
    let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>().ok_or_else(cut)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let (report, picture) = rest.split_at_checked(length).ok_or_else(cut)?;
    if report.len() > REPORT_BYTES_MAX {
        return Err(Refusal::new(RefusalCode::Malformed).saying("The report is too long.").into());
    }
    let mut seen: PreviewedPage = body::parse(report)?;
    seen.marks.truncate(PREVIEW_MARKS_MAX);
    if !picture.is_empty()
        && let Err(fault) = checked(DATA_FULL, true, picture.to_vec()).await?
    {
        key.preview(|_, preview| preview.refuse(fault))?;
        let why = format!("This picture would not be shown to an agent: {fault:?}.");
        return Err(Refusal::new(RefusalCode::InvalidValue).saying(why).into());
    }
    key.preview(|_, preview| preview.show(seen, web::Bytes::copy_from_slice(picture)))?;
    Ok(HttpResponse::NoContent().finish())
}

/// Off the worker's thread: the largest take some hundred milliseconds.
async fn checked(kind: u8, deflated: bool, bytes: Vec<u8>) -> Result<Result<frame::Checked, FrameFault>, Problem> {
    let whole = Assembled { kind, deflated, doc: 1, seq: 1, bytes };
    let checked = tokio::task::spawn_blocking(move || frame::check(&whole)).await;
    Ok(checked.map_err(|_| RefusalCode::Fault)?)
}

async fn whole(payload: web::Payload, most: usize) -> Result<Vec<u8>, Problem> {
    let mut incoming = Incoming::new(payload);
    let mut bytes = Vec::new();
    while let Some(chunk) = incoming.next().await? {
        if bytes.len() + chunk.len() > most {
            return Err(RefusalCode::FileTooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
