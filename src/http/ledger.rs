//! The ledger over HTTP: what became of recommendations, and what searches did not find.
//!
//! Admins see all of a site; an agent sees what they recommended themselves.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Json, Path, Query};
use futures_util::stream;
use serde::Deserialize;

use super::auth::{Action, Object, Signed};
use super::csv;
use super::front::Front;
use super::problem::Problem;
use crate::protocol::ledger::{EmptyQuery, Ledger, LedgerEntry};
use crate::protocol::{AgentId, ProductId, Refusal, RefusalCode, SiteId, Timestamp};
use crate::store::StoreError;
use crate::store::ledger::{Filter, Place};

/// Entries of one page.
const PAGE_ENTRIES: u32 = 50;
/// Rows that an export reads at once, and has in all: half a minute's reading.
const EXPORT_ROWS_AT_ONCE: u32 = 1_000;
const EXPORT_ROWS_MAX: u32 = 500_000;

const COLUMNS: [&str; 11] = [
    "sent_at",
    "agent",
    "product",
    "sku",
    "title",
    "compared",
    "seen_at",
    "opened_at",
    "added_at",
    "conversation",
    "card",
];
const QUERY_COLUMNS: [&str; 4] = ["text", "lang", "times", "last_at"];

/// `?from=&to=&agent=&product=&cursor=`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    agent: Option<AgentId>,
    product: Option<ProductId>,
    cursor: Option<String>,
}

/// `GET /api/v1/sites/{site}/ledger`: the newest first.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::Malformed`] for a cursor that is not ours.
pub async fn ledger(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    asked: Query<Asked>,
) -> Result<Json<Ledger>, Problem> {
    let filter = allowed(&signed, *site, &asked)?;
    let after = match asked.cursor.as_deref() {
        Some(text) => Some(Place::parse(text).ok_or_else(unreadable_cursor)?),
        None => None,
    };
    let page = front.ledger.page(*site, &filter, after, PAGE_ENTRIES).await?;
    Ok(Json(Ledger {
        total: front.ledger.total(*site, &filter).await?,
        agents: front.ledger.agents(*site, &filter).await?,
        products: front.ledger.products(*site, &filter).await?,
        entries: page.entries,
        next: page.next.map(Place::to_text),
    }))
}

/// `GET /api/v1/sites/{site}/ledger.csv`: the same rows, all of them.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn export(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let filter = allowed(&signed, *site, &asked)?;
    let (site, ledger) = (*site, front.ledger.clone());
    let read = move |at: Reading| {
        let (ledger, filter) = (ledger.clone(), filter.clone());
        async move {
            let (lines, after, left) = match at {
                Reading::Header => {
                    return Ok(Some((Bytes::from(csv::header(&COLUMNS)), Reading::From(None, EXPORT_ROWS_MAX))));
                }
                Reading::Done => return Ok(None),
                Reading::From(after, left) => {
                    let page = ledger.page(site, &filter, after, EXPORT_ROWS_AT_ONCE.min(left)).await?;
                    (page.entries, page.next, left)
                }
            };
            let left = left.saturating_sub(u32::try_from(lines.len()).unwrap_or(left));
            let next = if after.is_some() && left > 0 { Reading::From(after, left) } else { Reading::Done };
            let text: String = lines.iter().map(row).collect();
            Ok::<_, StoreError>(Some((Bytes::from(text), next)))
        }
    };
    Ok(csv::file("ledger.csv", stream::try_unfold(Reading::Header, read)))
}

/// How far an export has come.
enum Reading {
    Header,
    /// After a place, and how many rows may follow.
    From(Option<Place>, u32),
    Done,
}

fn row(entry: &LedgerEntry) -> String {
    let at = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let sku = entry.sku.as_ref().map_or("", |sku| sku.0.as_str());
    csv::line([
        entry.sent_at.to_string().as_str(),
        &entry.by.first_name,
        &entry.product.0,
        sku,
        &entry.title,
        if entry.compared { "yes" } else { "no" },
        &at(entry.seen_at),
        &at(entry.opened_at),
        &at(entry.added_at),
        &entry.conversation.to_string(),
        &entry.card.to_string(),
    ])
}

/// `?from=&to=`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

/// `GET /api/v1/sites/{site}/ledger/queries`: the most asked first.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn queries(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    days: Query<Days>,
) -> Result<Json<Vec<EmptyQuery>>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    Ok(Json(front.ledger.empty_queries(*site, days.from, days.to).await?))
}

/// `GET /api/v1/sites/{site}/ledger/queries.csv`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn export_queries(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    days: Query<Days>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let queries = front.ledger.empty_queries(*site, days.from, days.to).await?;
    let row = |query: &EmptyQuery| {
        let (times, at) = (query.times.to_string(), query.last_at.to_string());
        csv::line([query.text.as_str(), &query.lang, &times, &at])
    };
    let text: String = std::iter::once(csv::header(&QUERY_COLUMNS)).chain(queries.iter().map(row)).collect();
    Ok(csv::file("queries.csv", stream::iter([Ok::<_, StoreError>(Bytes::from(text))])))
}

/// What is asked for, as far as they may see it.
fn allowed(signed: &Signed, site: SiteId, asked: &Asked) -> Result<Filter, Refusal> {
    signed.may(Action::WorkOn, Object::Site(site))?;
    let own = signed.id();
    let agent = match (signed.is_admin(), asked.agent) {
        (true, agent) => agent,
        (false, None) => Some(own),
        (false, Some(agent)) if agent == own => Some(own),
        (false, Some(_)) => return Err(RefusalCode::NotFound.into()),
    };
    Ok(Filter { from: asked.from, to: asked.to, agent, product: asked.product.clone() })
}

fn unreadable_cursor() -> Refusal {
    Refusal::new(RefusalCode::Malformed).saying("This cursor is not one of ours; ask for the first page without one.")
}
