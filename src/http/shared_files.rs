//! Style sheets, fonts and pictures of a shared page, for the agent who watches it, and of a preview, for
//! the admin whose it is.
//!
//! The bytes are a stranger's. Their type is told by themselves, from a short list, and whatever a
//! browser makes of them runs nothing and fetches nothing.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use actix_web::{HttpResponse, web};

use super::auth::Signed;
use super::front::Front;
use super::problem::Problem;
use crate::actors::Desk;
use crate::actors::cobrowse::shelf::{Asset, AssetHash, hash_of};
use crate::protocol::{AgentId, RefusalCode};

/// A file that is opened by itself is nothing but a picture.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// The address is the content; the browser may keep it while it watches.
const CACHING: &str = "private, max-age=3600, immutable";

/// The page names a file before it has sent it: the agent's browser would find a font or a background
/// missing and never ask again. So long a file that was named is waited for.
const LOOKS_MAX: u32 = 40;
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// `GET /cb/a/{hash}`
///
/// # Errors
/// [`RefusalCode::NotFound`] for everybody else, and for what is not there.
pub async fn file(
    desk: web::Data<Desk>,
    front: web::Data<Front>,
    signed: Signed,
    hash: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let hash = hash_of(&hash).ok_or(RefusalCode::NotFound)?;
    let asset = arrived(&desk, &front, signed.id(), &hash).await.ok_or(RefusalCode::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, asset.kind.content_type()))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((CACHE_CONTROL, CACHING))
        .body(asset.bytes))
}

async fn arrived(desk: &Desk, front: &Front, agent: AgentId, hash: &AssetHash) -> Option<Asset> {
    for _ in 0..LOOKS_MAX {
        let asset = desk.shared_file(agent, hash).or_else(|| front.share_previews.file(agent, hash));
        let comes = || desk.expects_shared_file(agent, hash) || front.share_previews.expects(agent, hash);
        if asset.is_some() || !comes() {
            return asset;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    None
}
