//! The ledger's rows: with the events of a transaction, and all of them again from the log.

use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};

use super::super::projection::Projection;
use super::super::{Database, StoreError};
use crate::protocol::{CardMark, Event, EventBody, ProductCard, ProductId, SiteId, Timestamp};
use crate::rules::conversation::ConversationState;
use crate::rules::ledger::{Entry, Reached, entry};

/// Its version is raised when rows mean something else than before.
pub(super) const PROJECTION: Projection = Projection { name: "recommendations", version: 1 };

/// What an event writes, made ready where it was decided.
pub(in super::super) enum Cards {
    Sent(Vec<Sent>),
    Marked { card: u64, mark: CardMark, product: Option<ProductId>, at: Timestamp },
}

/// One product of a card.
pub(in super::super) struct Sent {
    card: u64,
    compared: bool,
    agent: uuid::Uuid,
    first_name: String,
    product: String,
    sku: Option<String>,
    title: String,
    at: Timestamp,
}

impl Cards {
    /// Nothing for what is no recommendation, and for conversations of the test page.
    pub fn of(event: &Event, state: &ConversationState) -> Option<Self> {
        if state.test {
            return None;
        }
        Self::of_event(event)
    }

    fn of_event(event: &Event) -> Option<Self> {
        match entry(&event.body) {
            Entry::Nothing => None,
            Entry::Sent { by, cards, compared } => {
                let sent = |card: &ProductCard| Sent {
                    card: event.seq,
                    compared,
                    agent: by.id.0,
                    first_name: by.first_name.clone(),
                    product: card.product.0.clone(),
                    sku: card.sku.as_ref().map(|sku| sku.0.clone()),
                    title: card.title.clone(),
                    at: event.at,
                };
                Some(Self::Sent(cards.iter().map(sent).collect()))
            }
            Entry::Marked { card, mark, product } => {
                Some(Self::Marked { card, mark, product: product.cloned(), at: event.at })
            }
        }
    }
}

/// Writes what one event of a conversation does to its rows.
pub(in super::super) async fn insert(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: i64,
    cards: &Cards,
) -> Result<(), StoreError> {
    match cards {
        Cards::Sent(rows) => {
            for (place, row) in (0_i64..).zip(rows) {
                send(tx, site, conversation, place, row).await?;
            }
            Ok(())
        }
        Cards::Marked { card, mark, product, at } => {
            let card = (*card).cast_signed();
            raise(tx, site, conversation, card, product.as_ref(), Reached::default().with(*mark, *at)).await
        }
    }
}

async fn send(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: i64,
    place: i64,
    row: &Sent,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recommendations
             (site_id, conversation, card, place, compared, agent_id, first_name, product, sku, title, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(site.0)
    .bind(conversation)
    .bind(row.card.cast_signed())
    .bind(place)
    .bind(row.compared)
    .bind(row.agent)
    .bind(&row.first_name)
    .bind(&row.product)
    .bind(&row.sku)
    .bind(&row.title)
    .bind(row.at.millis())
    .execute(tx)
    .await?;
    Ok(())
}

/// What stands already stays: the first time counts.
async fn raise(
    tx: &mut SqliteConnection,
    site: SiteId,
    conversation: i64,
    card: i64,
    product: Option<&ProductId>,
    reached: Reached,
) -> Result<(), StoreError> {
    let millis = |at: Option<Timestamp>| at.map(Timestamp::millis);
    sqlx::query(
        "UPDATE recommendations SET seen_at = coalesce(seen_at, $5), opened_at = coalesce(opened_at, $6),
                                    added_at = coalesce(added_at, $7)
         WHERE site_id = $1 AND conversation = $2 AND card = $3 AND ($4 IS NULL OR product = $4)",
    )
    .bind(site.0)
    .bind(conversation)
    .bind(card)
    .bind(product.map(|product| product.0.as_str()))
    .bind(millis(reached.seen))
    .bind(millis(reached.opened))
    .bind(millis(reached.added))
    .execute(tx)
    .await?;
    Ok(())
}

/// One pass over the events of cards, in the order in which they happened.
pub(super) async fn rebuild(database: &Database) -> Result<(), StoreError> {
    let mut tx = database.write().await?;
    sqlx::query("DELETE FROM recommendations").execute(&mut *tx).await?;
    // Read beside the transaction, which holds off every writer of events.
    let mut rows = sqlx::query(
        "SELECT e.site_id, e.conversation, e.seq, e.at, e.body
         FROM events e JOIN conversations c ON c.number = e.conversation
         WHERE e.type IN ('product_recommended', 'products_compared', 'card_marked')
           AND json_extract(c.state, '$.test') = 0
         ORDER BY e.conversation, e.seq",
    )
    .fetch(database.read());
    while let Some(row) = rows.try_next().await? {
        let body: EventBody = serde_json::from_str(row.try_get("body")?)?;
        let seq = row.try_get::<i64, _>("seq")?.cast_unsigned();
        let event = Event { seq, at: Timestamp::from_millis(row.try_get("at")?), body };
        if let Some(cards) = Cards::of_event(&event) {
            insert(&mut tx, SiteId(row.try_get("site_id")?), row.try_get("conversation")?, &cards).await?;
        }
    }
    drop(rows);
    PROJECTION.mark(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
