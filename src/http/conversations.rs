//! The console's reading of conversations: tabs, counts, what is around one, older events.
//!
//! Nothing is changed here: commands go over the socket to the session.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path, Query};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::auth::{Action, Object, Signed};
use super::front::Front;
use super::problem::Problem;
use crate::actors::Desk;
use crate::protocol::conversation::{ConversationPage, TabCounts};
use crate::protocol::{ConversationDetails, ConversationId, Event, Refusal, RefusalCode, SiteId, VisitorId};
use crate::rules::conversation::row;
use crate::store::Lists;
use crate::store::lists::{Cursor, PAGE_ROWS_MAX, Tab};
use crate::store::log::Stored;

/// Rows in a page that asks for no number.
const PAGE_ROWS: u32 = 50;
/// Events in a page of older history.
const PAGE_EVENTS_MAX: u32 = 200;

/// `?tab=…&scope=…&q=…&cursor=…&limit=…`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    tab: AskedTab,
    #[serde(default)]
    scope: Scope,
    /// Words that must all have been said.
    #[serde(default)]
    q: String,
    cursor: Option<String>,
    limit: Option<u32>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AskedTab {
    Waiting,
    InProgress,
    History,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scope {
    #[default]
    Mine,
    Colleagues,
}

/// `?before=SEQ&limit=50`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedEvents {
    #[serde(default)]
    before: u64,
    limit: Option<u32>,
}

/// A page of a log, oldest first.
#[derive(Debug, Serialize)]
pub(super) struct EventPage {
    events: Vec<Event>,
    head: u64,
}

/// `GET /api/v1/conversations`
pub(super) async fn list(
    signed: Signed,
    desk: Data<Desk>,
    front: Data<Front>,
    request: HttpRequest,
) -> Result<Json<ConversationPage>, Problem> {
    signed.may(Action::WorkOn, Object::Server)?;
    let asked: Asked = asked(&request)?;
    let tab = match (asked.tab, asked.scope) {
        (AskedTab::Waiting, _) => Tab::Waiting,
        (AskedTab::InProgress, Scope::Mine) => Tab::Mine(signed.id()),
        (AskedTab::InProgress, Scope::Colleagues) => Tab::Colleagues(signed.id()),
        (AskedTab::History, _) => Tab::History,
    };
    let after = match asked.cursor.as_deref() {
        Some(text) => Some(Cursor::parse(text).ok_or_else(unreadable_cursor)?),
        None => None,
    };
    let limit = asked.limit.unwrap_or(PAGE_ROWS).clamp(1, PAGE_ROWS_MAX);
    let page = front.lists.page(&on_duty(&signed, &desk), tab, &asked.q, after, limit).await?;
    Ok(Json(ConversationPage {
        items: page.items.iter().map(|stored| seen(stored, &desk)).collect(),
        next: page.next.map(Cursor::to_text),
    }))
}

/// `GET /api/v1/conversations/counts`
pub(super) async fn counts(signed: Signed, desk: Data<Desk>, front: Data<Front>) -> Result<Json<TabCounts>, Problem> {
    signed.may(Action::WorkOn, Object::Server)?;
    Ok(Json(front.lists.counts(signed.id(), &on_duty(&signed, &desk)).await?))
}

/// `GET /api/v1/conversations/{id}`
pub(super) async fn details(
    signed: Signed,
    desk: Data<Desk>,
    front: Data<Front>,
    id: Path<ConversationId>,
) -> Result<Json<ConversationDetails>, Problem> {
    let (site, _) = readable(&signed, &front.lists, *id).await?;
    let around = front.lists.around(site, *id).await?.ok_or(RefusalCode::NotFound)?;
    Ok(Json(ConversationDetails {
        row: seen(&around.stored, &desk),
        details: around.stored.state.details.clone(),
        visits: around.visits,
        visits_consented: around.stored.visits_consented,
        documents: around.documents,
        marks: around.stored.marks,
        earlier: around.earlier.iter().map(|stored| seen(stored, &desk)).collect(),
        device: around.device,
    }))
}

/// `GET /api/v1/conversations/{id}/events`
pub(super) async fn events(
    signed: Signed,
    desk: Data<Desk>,
    front: Data<Front>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<Json<EventPage>, Problem> {
    let asked: AskedEvents = asked(&request)?;
    let (site, _) = readable(&signed, &front.lists, *id).await?;
    let log = &desk.ports().log;
    let limit = asked.limit.unwrap_or(PAGE_ROWS).clamp(1, PAGE_EVENTS_MAX);
    let stored = log.load(site, *id).await?.ok_or(RefusalCode::NotFound)?;
    let events = log.before(site, *id, asked.before, limit).await?;
    Ok(Json(EventPage { events, head: stored.state.head }))
}

/// The conversation's site and visitor, if the agent may read it.
pub(super) async fn readable(
    signed: &Signed,
    lists: &Lists,
    id: ConversationId,
) -> Result<(SiteId, VisitorId), Problem> {
    let (site, visitor) = lists.locate(signed.sites(), id).await?.ok_or(RefusalCode::NotFound)?;
    signed.may(Action::Read, Object::Conversation { site, visitor, in_charge: None })?;
    Ok((site, visitor))
}

/// The sites that the agent chose to be on duty for; without a socket, all of theirs.
fn on_duty(signed: &Signed, desk: &Desk) -> Vec<SiteId> {
    let own = signed.sites();
    let presence = desk.presences(own).into_iter().find(|presence| presence.agent.id == signed.id());
    match presence.filter(|presence| presence.online) {
        Some(presence) => presence.sites.into_iter().filter(|site| own.contains(site)).collect(),
        None => own.to_vec(),
    }
}

fn seen(stored: &Stored, desk: &Desk) -> crate::protocol::ConversationRow {
    row(&stored.state, &stored.marks, desk.is_online(stored.state.visitor))
}

/// What stands behind the `?`, unknown names refused.
fn asked<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Problem> {
    let read = Query::<T>::from_query(request.query_string());
    let said = |error| Refusal::new(RefusalCode::Malformed).saying(format!("The address does not fit: {error}."));
    Ok(read.map_err(said)?.into_inner())
}

fn unreadable_cursor() -> Refusal {
    Refusal::new(RefusalCode::Malformed).saying("This cursor is not one of ours; ask for the first page without one.")
}
