//! A site's bot as admins work on it: what is published, the [`draft`], its [`versions`], its
//! [`preview`].
//!
//! A text is judged beside the requests, never on their thread: the longest one takes a while.

pub mod draft;
pub mod preview;
pub mod versions;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use tracing::info;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::front::Front;
use super::problem::{self, Problem};
use crate::actors::Desk;
use crate::protocol::admin::{BotReport, BotText, BotView};
use crate::protocol::bot_desk::{BotTemplate, StaleDraft};
use crate::protocol::{Refusal, RefusalCode, SiteId};
use crate::rules::bot::{self, Checked, DEFINITION_BYTES_MAX};
use crate::store::bots::{BotDraft, Over, Publication};

/// What an admin may write about a version, in characters.
const NOTE_CHARS_MAX: usize = 200;

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
    let view = match front.bots.store.latest(*site).await? {
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
    let (_, checked) = judged(&front, *site, given.toml).await?;
    Ok(web::Json(checked.report().clone()))
}

/// `GET /api/v1/bot/templates`: whole definitions to begin with.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn templates(signed: Signed) -> Result<web::Json<Vec<BotTemplate>>, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    Ok(web::Json(bot::templates()))
}

/// The text again, read and judged.
async fn judged(front: &Front, site: SiteId, toml: String) -> Result<(String, Checked), Problem> {
    let site = front.known.by_id(site).ok_or(RefusalCode::NotFound)?;
    beside(move || {
        let checked = Checked::of(&toml, &site.origins);
        (toml, checked)
    })
    .await
}

/// Work that would hold up the other requests of this thread.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    web::block(work).await.map_err(|_| RefusalCode::TryLater.into())
}

/// A text that can be kept, whatever is wrong with it.
fn keepable(toml: &str) -> Result<(), Refusal> {
    if toml.len() > DEFINITION_BYTES_MAX {
        return Err(RefusalCode::DefinitionTooLarge.into());
    }
    if toml.contains('\0') {
        return Err(RefusalCode::ForbiddenCharacter.into());
    }
    Ok(())
}

fn note(given: &str) -> Result<&str, Refusal> {
    let note = given.trim();
    if note.contains('\0') {
        return Err(RefusalCode::ForbiddenCharacter.into());
    }
    if note.chars().count() > NOTE_CHARS_MAX {
        let words = format!("The note is longer than {NOTE_CHARS_MAX} characters.");
        return Err(Refusal::new(RefusalCode::InvalidValue).saying(words));
    }
    Ok(note)
}

/// What goes live, and by whom it was read.
struct Next<'a> {
    site: SiteId,
    /// Of the draft that was read.
    revision: u64,
    toml: String,
    note: &'a str,
}

/// Publishes a text over the draft that was read: its report with the version, or what is wrong with it (422).
async fn publish_next(front: &Front, desk: &Desk, signed: &Signed, next: Next<'_>) -> Result<HttpResponse, Problem> {
    let Next { site, revision, toml, note } = next;
    let (toml, checked) = judged(front, site, toml).await?;
    let mut report = checked.report().clone();
    if report.errors > 0 {
        let first = report.problems.iter().find(|problem| bot::is_error(problem));
        let words = first.map_or_else(String::new, |problem| format!("Line {}: {}", problem.line, problem.message));
        let refusal = Refusal::new(RefusalCode::InvalidValue).saying(words);
        return Ok(problem::with(&refusal, StatusCode::UNPROCESSABLE_ENTITY, &report));
    }
    let (by, at) = (signed.id(), front.clock.now());
    let version = match front.bots.publish_over(site, Publication { revision, toml: &toml, note, by, at }).await? {
        Over::Done(version) => version,
        Over::Stale(now) => return Ok(stale(now)),
    };
    info!(site.id = %site, agent.id = %by, version, "published a bot");
    desk.bot_published(site);
    report.version = Some(version);
    Ok(HttpResponse::Ok().json(report))
}

/// Somebody saved since the draft was read: who and when, so that it can be loaded or saved over.
fn stale(now: Option<BotDraft>) -> HttpResponse {
    let mut refusal = Refusal::new(RefusalCode::StaleVersion);
    let member = StaleDraft {
        revision: now.as_ref().map_or(0, |draft| draft.revision),
        saved_at: now.as_ref().map(|draft| draft.saved_at),
    };
    if let Some(by) = now.and_then(|draft| draft.saved_by) {
        refusal = refusal.saying(format!("{} has saved this since you read it.", by.first_name)).by(by);
    }
    problem::with(&refusal, StatusCode::CONFLICT, &member)
}
