//! A site's bot as admins see, check and publish it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use tracing::info;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::front::Front;
use super::problem::{self, Problem};
use crate::actors::Desk;
use crate::protocol::admin::{BotReport, BotText, BotView};
use crate::protocol::{Refusal, RefusalCode, SiteId};
use crate::rules::bot;

/// `GET /api/v1/sites/{site}/bot`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn bot(
    front: web::Data<Front>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<BotView>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let view = match front.bots.latest(*site).await? {
        Some(row) => BotView { version: row.version, toml: Some(row.toml), published_at: Some(row.published_at) },
        None => BotView { version: 0, toml: None, published_at: None },
    };
    Ok(web::Json(view))
}

/// `POST /api/v1/sites/{site}/bot/check`: what is wrong with a definition; nothing changes.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn check(
    front: web::Data<Front>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(given): Sent<BotText>,
) -> Result<web::Json<BotReport>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    Ok(web::Json(report(&front, *site, &given)?))
}

/// `POST /api/v1/sites/{site}/bot/publish`
///
/// # Errors
/// [`RefusalCode::NotFound`]. A definition with errors answers 422 with the report in the problem.
pub async fn publish(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(given): Sent<BotText>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let mut report = report(&front, *site, &given)?;
    if report.errors > 0 {
        let first = report.problems.iter().find(|problem| bot::is_error(problem));
        let words = first.map_or_else(String::new, |problem| format!("Line {}: {}", problem.line, problem.message));
        let refusal = Refusal::new(RefusalCode::InvalidValue).saying(words);
        return Ok(problem::with(&refusal, StatusCode::UNPROCESSABLE_ENTITY, &report));
    }
    let version = front.bots.publish(*site, &given.toml, Some(signed.id()), front.clock.now()).await?;
    info!(site.id = %*site, agent.id = %signed.id(), version, "published a bot");
    desk.bot_published(*site);
    report.version = Some(version);
    Ok(HttpResponse::Ok().json(report))
}

fn report(front: &Front, site: SiteId, given: &BotText) -> Result<BotReport, Problem> {
    let site = front.known.by_id(site).ok_or(RefusalCode::NotFound)?;
    Ok(bot::check(&given.toml, &site.origins))
}
