//! The draft: one text a site, kept with its errors, saved only over what was read, then published.

use actix_web::{HttpResponse, web};

use super::super::auth::{Action, Object, Signed};
use super::super::body::Sent;
use super::super::front::Front;
use super::super::problem::Problem;
use super::{Next, judged, keepable, note, publish_next, stale};
use crate::actors::Desk;
use crate::protocol::bot_desk::{BotDraftChange, BotDraftView, BotPublish};
use crate::protocol::definition::BotDefinition;
use crate::protocol::{Refusal, RefusalCode, SiteId};
use crate::rules::bot;
use crate::store::bots::{BotDraft, Over};

/// `GET /api/v1/sites/{site}/bot/draft`: while there is none, what is published.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn draft(
    front: web::Data<Front>,
    signed: Signed,
    site: web::Path<SiteId>,
) -> Result<web::Json<BotDraftView>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let draft = front.bots.store.draft(*site).await?;
    Ok(web::Json(view(&front, *site, draft).await?))
}

/// `PUT /api/v1/sites/{site}/bot/draft`: keeps a text, errors and all.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::StaleVersion`] over another revision than was read;
/// [`RefusalCode::DefinitionTooLarge`]; [`RefusalCode::ForbiddenCharacter`]. Nothing is saved then.
pub async fn save(
    front: web::Data<Front>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(given): Sent<BotDraftChange>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let revision = given.revision;
    let toml = text_of(given.toml, given.definition)?;
    keepable(&toml)?;
    let (by, at) = (signed.agent_ref(), front.clock.now());
    Ok(match front.bots.store.save_draft(*site, revision, &toml, by.id, at).await? {
        Over::Stale(now) => stale(now),
        Over::Done(revision) => {
            let saved = BotDraft { revision, toml, saved_by: Some(by), saved_at: at };
            HttpResponse::Ok().json(view(&front, *site, Some(saved)).await?)
        }
    })
}

/// `POST /api/v1/sites/{site}/bot/publish`: the draft of that revision becomes the next version.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::StaleVersion`]. A draft with errors answers 422 with
/// the report in the problem.
pub async fn publish(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(given): Sent<BotPublish>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let note = note(&given.note)?;
    let draft = match front.bots.store.draft(*site).await? {
        Some(draft) if draft.revision == given.revision => draft,
        None if given.revision == 0 => {
            let refusal = Refusal::new(RefusalCode::InvalidValue).saying("There is no draft yet; save one first.");
            return Err(refusal.into());
        }
        other => return Ok(stale(other)),
    };
    let next = Next { site: *site, revision: draft.revision, toml: draft.toml, note };
    publish_next(&front, &desk, &signed, next).await
}

/// The one text that is given, as itself or as structure.
pub(super) fn text_of(toml: Option<String>, definition: Option<BotDefinition>) -> Result<String, Refusal> {
    match (toml, definition) {
        (Some(toml), None) => Ok(toml),
        (None, Some(definition)) => Ok(bot::write(&definition)),
        (Some(_), Some(_)) | (None, None) => {
            Err(Refusal::new(RefusalCode::InvalidValue).saying("Give one of `toml` and `definition`."))
        }
    }
}

async fn view(front: &Front, site: SiteId, draft: Option<BotDraft>) -> Result<BotDraftView, Problem> {
    let published = front.bots.store.latest(site).await?;
    let version = published.as_ref().map_or(0, |published| published.version);
    let published = published.map(|published| published.toml).unwrap_or_default();
    let changed = draft.as_ref().is_some_and(|draft| draft.toml != published);
    let (revision, saved_at, saved_by, toml) = match draft {
        Some(draft) => (draft.revision, Some(draft.saved_at), draft.saved_by, draft.toml),
        None => (0, None, None, published),
    };
    let (toml, checked) = judged(front, site, toml).await?;
    Ok(BotDraftView {
        revision,
        definition: bot::structure(&toml),
        toml,
        report: checked.report().clone(),
        published: version,
        changed,
        saved_at,
        saved_by,
    })
}
