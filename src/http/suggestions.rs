//! What the agent could recommend now, from what was said and what is on the page.

use actix_web::web::{Data, Json, Path, Query};
use comptoir_catalog::suggest::{MESSAGES_READ, Page};

use super::auth::Signed;
use super::catalog::refusal;
use super::conversations::readable;
use super::front::Front;
use super::in_lang::wanted;
use super::problem::Problem;
use crate::actors::Desk;
use crate::jobs::catalog::{Catalog, Talking};
use crate::protocol::event::{Author, Event, EventBody};
use crate::protocol::suggestion::{OnPage, Suggestions};
use crate::protocol::{ConversationId, Refusal, RefusalCode};

/// Events that are looked back over; what was said before them is over.
const EVENTS_READ: u32 = 200;
/// Wishes that one answer can leave out.
const WITHOUT_MAX: usize = 20;
/// Choices among what the bot offered that are read.
const ANSWERS_READ: usize = 5;

/// `GET /api/v1/conversations/{id}/suggestions`; `?without=` what a wish was read from, one
/// parameter each, leaves the wish out of this answer.
///
/// # Errors
/// [`RefusalCode::InvalidValue`] for another parameter, or too many;
/// [`RefusalCode::NotFound`]; [`RefusalCode::TryLater`] while the index is rebuilt, or
/// when too many search at once.
pub async fn suggestions(
    signed: Signed,
    desk: Data<Desk>,
    front: Data<Front>,
    catalog: Data<Catalog>,
    id: Path<ConversationId>,
    asked: Query<Vec<(String, String)>>,
) -> Result<Json<Suggestions>, Problem> {
    let unsaid = unsaid(asked.into_inner())?;
    let (site, visitor) = readable(&signed, &front.lists, *id).await?;
    let log = &desk.ports().log;
    let stored = log.load(site, *id).await?.ok_or(RefusalCode::NotFound)?;
    let events = log.before(site, *id, 0, EVENTS_READ).await?;
    let (page, cart) = match desk.page_of(site, visitor, *id).await {
        Some(on_page) => said_by_page(on_page),
        None => {
            // Nobody is there, or an older widget: the last page visit at least has an address.
            let visits = front.lists.around(site, *id).await?.map(|around| around.visits).unwrap_or_default();
            let last = visits.into_iter().max_by_key(|visit| visit.at);
            (Page { url: last.map(|visit| visit.page.url), ..Page::default() }, Vec::new())
        }
    };
    let currency = front.known.by_id(site).map(|site| site.currency.clone()).unwrap_or_default();
    let lang = stored.state.lang;
    let talking = Talking { page, cart, currency, unsaid, lang: lang.clone(), ..said(&events) };
    let found = catalog.suggest(&wanted(&front, site, Some(&lang)), talking, front.clock.now()).await;
    Ok(Json(found.map_err(|error| refusal(&error))?))
}

fn unsaid(asked: Vec<(String, String)>) -> Result<Vec<String>, Problem> {
    if asked.len() > WITHOUT_MAX || asked.iter().any(|(name, _)| name != "without") {
        let message = "The only parameter is `without`, at most 20 times.";
        return Err(Refusal::new(RefusalCode::InvalidValue).saying(message).into());
    }
    Ok(asked.into_iter().map(|(_, said)| said).collect())
}

fn said_by_page(on_page: OnPage) -> (Page, Vec<String>) {
    let product = on_page.product.unwrap_or_default();
    let page = Page {
        sku: product.sku,
        gtin: product.gtin,
        id: product.id,
        url: Some(on_page.url),
        categories: on_page.categories,
    };
    (page, on_page.cart.into_iter().map(|line| line.sku).collect())
}

/// What the visitor wrote and chose, and what was recommended.
fn said(events: &[Event]) -> Talking {
    let mut talking = Talking::default();
    for event in events {
        match &event.body {
            EventBody::MessagePosted { author: Author::Visitor {}, text } => talking.messages.push(text.clone()),
            EventBody::ButtonChosen { label, .. } => talking.answers.push(label.clone()),
            EventBody::ProductRecommended { card, .. } => talking.recommended.push(card.product.clone()),
            EventBody::ProductsCompared { comparison, .. } => {
                talking.recommended.extend(comparison.cards.iter().map(|card| card.product.clone()));
            }
            _ => {}
        }
    }
    talking.messages.drain(..talking.messages.len().saturating_sub(MESSAGES_READ));
    talking.answers.drain(..talking.answers.len().saturating_sub(ANSWERS_READ));
    talking
}
