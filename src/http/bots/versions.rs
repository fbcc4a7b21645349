//! Published versions: the list, what differs between two texts, and going back to an older one.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::super::auth::{Action, Object, Signed};
use super::super::body::Sent;
use super::super::front::Front;
use super::super::problem::Problem;
use super::{Next, beside, note, publish_next};
use crate::actors::Desk;
use crate::protocol::bot_desk::{BotComparison, BotPublish, BotVersions};
use crate::protocol::{Refusal, RefusalCode, SiteId};
use crate::rules::bot::difference;

/// Lines of a comparison; whoever writes more of them compares files elsewhere.
const COMPARED_LINES_MAX: usize = 20_000;

/// `GET /api/v1/sites/{site}/bot/versions`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn versions(
    front: web::Data<Front>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<BotVersions>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let versions = front.bots.store.versions(*site).await?;
    let published = versions.first().map_or(0, |row| row.version);
    Ok(web::Json(BotVersions { published, versions }))
}

/// What a version is compared with.
#[derive(Debug, Deserialize)]
pub struct Against {
    /// A version or `draft`; absent = the version before.
    against: Option<String>,
}

/// `GET /api/v1/sites/{site}/bot/versions/{n}?against=`
///
/// # Errors
/// [`RefusalCode::NotFound`], also for a version that does not exist; [`RefusalCode::InvalidValue`].
pub async fn version(
    front: web::Data<Front>,
    signed: Signed,
    of: web::Path<(SiteId, u32)>,
    asked: web::Query<Against>,
) -> Result<web::Json<BotComparison>, Problem> {
    let (site, version) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let toml = text(&front, site, version).await?;
    let other = match asked.into_inner().against.as_deref() {
        None if version == 1 => String::new(),
        None => text(&front, site, version - 1).await?,
        Some("draft") => match front.bots.store.draft(site).await? {
            Some(draft) => draft.toml,
            None => front.bots.store.latest(site).await?.map(|latest| latest.toml).unwrap_or_default(),
        },
        Some(number) => text(&front, site, number.parse().map_err(|_| unreadable(number))?).await?,
    };
    let compared = beside(move || {
        let mut lines: Vec<_> = difference::compare(&other, &toml).collect();
        let more = lines.len().saturating_sub(COMPARED_LINES_MAX);
        lines.truncate(COMPARED_LINES_MAX);
        BotComparison { version, toml, lines, more: u32::try_from(more).unwrap_or(u32::MAX) }
    });
    Ok(web::Json(compared.await?))
}

fn unreadable(against: &str) -> Refusal {
    let words = format!("“{against}” is no version; write a number, or `draft`.");
    Refusal::new(RefusalCode::InvalidValue).saying(words)
}

async fn text(front: &Front, site: SiteId, version: u32) -> Result<String, Problem> {
    let found = front.bots.store.version(site, version).await?;
    Ok(found.ok_or(RefusalCode::NotFound)?.toml)
}

/// `POST /api/v1/sites/{site}/bot/versions/{n}/restore`: publishes it anew; the draft becomes it.
///
/// # Errors
/// [`RefusalCode::NotFound`], also for a version that does not exist; [`RefusalCode::StaleVersion`]
/// when the draft is another one than was read. A version that this release no longer takes
/// answers 422 with its report.
pub async fn restore(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
    of: web::Path<(SiteId, u32)>,
    Sent(given): Sent<BotPublish>,
) -> Result<HttpResponse, Problem> {
    let (site, version) = of.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let toml = text(&front, site, version).await?;
    let next = Next { site, revision: given.revision, toml, note: note(&given.note)? };
    publish_next(&front, &desk, &signed, next).await
}
