//! A card before it goes into a cart: what the catalog says of it now, and what is not as it was.
//!
//! The cart itself is the store's page's; nothing is changed here.

use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::auth::{Action, Object};
use super::front::Front;
use super::problem::Problem;
use super::visiting::Visiting;
use crate::actors::Desk;
use crate::protocol::catalog::{CardAvailability, CardChange, CardNow};
use crate::protocol::{ConversationId, EventBody, ProductCard, ProductId, RefusalCode};

/// Enough for the one event that is wanted.
const ONE_EVENT_BYTES: usize = 1;

/// `?product=`: which one of several that were shown together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    product: Option<ProductId>,
}

/// `GET /w/v1/conversations/{id}/cards/{seq}/now?product=`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::NoSuchCard`]; [`RefusalCode::TooFast`].
pub async fn now(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    visiting: Visiting,
    of: web::Path<(ConversationId, u64)>,
    asked: web::Query<Asked>,
) -> Result<web::Json<CardNow>, Problem> {
    front.card_limit.take(front.address(&request))?;
    let (id, seq) = of.into_inner();
    let (site, ports) = (visiting.site.id, desk.ports());
    let state = ports.log.load(site, id).await?.ok_or(RefusalCode::NotFound)?.state;
    visiting.may(Action::Read, Object::Conversation { site, visitor: state.visitor, in_charge: None })?;
    let events = ports.log.since(site, id, seq.saturating_sub(1), ONE_EVENT_BYTES).await?.events;
    let body = events.into_iter().find(|event| event.seq == seq).map(|event| event.body);
    let sent = body.and_then(|body| card_of(body, asked.product.as_ref())).ok_or(RefusalCode::NoSuchCard)?;
    let card = ports.cards.card(site, state.lang, sent.product.clone(), sent.sku.clone()).await?;
    let changed = changes(&sent, card.as_ref());
    Ok(web::Json(CardNow { card, changed }))
}

/// The card that an event shows; of a comparison or a bot's turn, that of the product named.
fn card_of(body: EventBody, product: Option<&ProductId>) -> Option<ProductCard> {
    match body {
        EventBody::ProductRecommended { card, .. } => {
            Some(card).filter(|card| product.is_none_or(|product| card.product == *product))
        }
        EventBody::ProductsCompared { comparison, .. } => {
            comparison.cards.into_iter().find(|card| product == Some(&card.product))
        }
        EventBody::BotSpoke { turn, .. } => turn.cards.into_iter().find(|card| product == Some(&card.product)),
        _ => None,
    }
}

/// What a visitor who decided by the card should hear before it is added.
fn changes(sent: &ProductCard, now: Option<&ProductCard>) -> Vec<CardChange> {
    let Some(now) = now else { return vec![CardChange::Gone] };
    let mut changed = Vec::new();
    if sent.price != now.price {
        changed.push(CardChange::Price);
    }
    if delivery(sent.availability) != delivery(now.availability) {
        changed.push(CardChange::Availability);
    }
    changed
}

/// A shop that says nothing of its stock sells what it shows.
fn delivery(availability: CardAvailability) -> CardAvailability {
    match availability {
        CardAvailability::Unknown => CardAvailability::InStock,
        known => known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::catalog::Money;

    fn card(minor: i64, availability: CardAvailability) -> ProductCard {
        ProductCard {
            product: ProductId("L1".to_owned()),
            sku: None,
            title: "Lampe".to_owned(),
            variant: String::new(),
            price: Some(Money { minor, currency: "EUR".to_owned(), decimals: 2 }),
            regular_price: None,
            availability,
            stock: None,
            image: None,
            link: None,
            external_id: None,
        }
    }

    #[test]
    fn only_what_a_visitor_decided_by_counts_as_changed() {
        use CardAvailability::{Backorder, InStock, OutOfStock, Unknown};
        use CardChange::{Availability, Price};
        for (sent, now, wanted) in [
            ((100, InStock), (100, InStock), vec![]),
            ((100, InStock), (90, InStock), vec![Price]),
            ((100, InStock), (100, OutOfStock), vec![Availability]),
            ((100, OutOfStock), (100, InStock), vec![Availability]),
            ((100, InStock), (110, Backorder), vec![Price, Availability]),
            ((100, Unknown), (100, InStock), vec![]),
        ] {
            let now = ProductCard { stock: Some(3), image: Some("x".to_owned()), ..card(now.0, now.1) };
            assert_eq!(changes(&card(sent.0, sent.1), Some(&now)), wanted, "{sent:?}");
        }
        assert_eq!(changes(&card(100, InStock), None), [CardChange::Gone]);
    }
}
