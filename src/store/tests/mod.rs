//! Tests of the store and what they share: conversations built from facts, as a
//! session would build them.

mod botlog;
mod catalog;
mod conformance;
mod ledger;
mod lists;
mod shares;
mod writer;

use uuid::Uuid;

use super::Database;
use super::log::{Append, CommandKey};
use crate::protocol::{
    AgentId, AgentRef, Author, CommandId, ConversationId, Detail, DetailRole, Event, EventBody, QueueReason, SiteId,
    Timestamp, VisitorId,
};
use crate::rules::conversation::{ConversationState, apply};

/// A site for conversations to be of.
pub(crate) async fn add_site(database: &Database, name: &str) -> SiteId {
    let site = SiteId(Uuid::now_v7());
    let mut tx = database.write().await.unwrap();
    sqlx::query("INSERT INTO sites (id, name, key, lang, currency, created_at) VALUES ($1, $2, $2, 'fr', 'EUR', 0)")
        .bind(site.0)
        .bind(name)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    site
}

/// A conversation as its session would hold it.
pub(crate) struct Talk {
    pub(crate) state: ConversationState,
}

impl Talk {
    pub(crate) fn new(site: SiteId, visitor: VisitorId) -> Self {
        Self { state: ConversationState::unbegun(ConversationId(Uuid::now_v7()), site, visitor) }
    }

    /// The append that these facts make; the talk goes on from it.
    pub(crate) fn then(&mut self, bodies: Vec<EventBody>) -> Append {
        let seen_head = self.state.head;
        let events: Vec<Event> = (seen_head + 1..)
            .zip(bodies)
            .map(|(seq, body)| Event { seq, at: Timestamp::from_millis(1_000 * seq.cast_signed()), body })
            .collect();
        for event in &events {
            self.state = apply(self.state.clone(), event);
        }
        Append {
            site: self.state.site,
            conversation: self.state.id,
            command: None,
            answer: self.state.head,
            seen_head,
            events,
            state: self.state.clone(),
            bot: None,
            visits: Vec::new(),
            visits_consented: None,
            device: None,
        }
    }

    pub(crate) fn begin(&mut self) -> Append {
        let started = EventBody::ConversationStarted {
            previous: None,
            lang: "fr".into(),
            page: None,
            bot_version: 1,
            test: false,
        };
        self.then(vec![started])
    }

    pub(crate) fn says(&mut self, text: &str) -> Append {
        self.then(vec![message(text)])
    }
}

pub(crate) fn message(text: &str) -> EventBody {
    EventBody::MessagePosted { author: Author::Visitor {}, text: text.into() }
}

pub(crate) fn agent(name: &str) -> AgentRef {
    AgentRef { id: AgentId(Uuid::now_v7()), first_name: name.into() }
}

pub(crate) fn named(name: &str) -> EventBody {
    let detail = Detail { field: "name".into(), label: "Name".into(), value: name.into(), role: DetailRole::Name };
    EventBody::DetailsGiven { details: vec![detail] }
}

pub(crate) fn queued() -> EventBody {
    EventBody::ConversationQueued { reason: QueueReason::Handoff {} }
}

pub(crate) fn taken(by: &AgentRef) -> EventBody {
    EventBody::ConversationTaken { by: by.clone() }
}

pub(crate) fn closed(by: &AgentRef) -> EventBody {
    EventBody::ConversationClosed { by: by.clone() }
}

pub(crate) fn someone() -> VisitorId {
    VisitorId(Uuid::now_v7())
}

pub(crate) fn key(content: u8) -> CommandKey {
    CommandKey { id: CommandId(Uuid::now_v7()), hash: [content; 16] }
}
