//! A conversation written straight into the log: who leads it is the sessions' own test.

use uuid::Uuid;

use super::{Browser, House, STORE};
use crate::actors::ports::{Door, Knock, VisitorHello};
use crate::protocol::{
    AgentRef, Author, ConversationId, DocumentRef, Event, EventBody, QueueReason, SiteId, VisitorId,
};
use crate::rules::bot::State;
use crate::rules::conversation::{ConversationState, apply};
use crate::store::log::Append;

/// A visitor's conversation and the browser they have it in.
pub struct Chat {
    pub id: ConversationId,
    pub site: SiteId,
    pub visitor: VisitorId,
    pub browser: Browser,
    state: ConversationState,
}

/// A visitor opened the widget and wrote.
pub async fn chat(house: &House, site: SiteId) -> Chat {
    let hello = VisitorHello { site: house.key(site), token: None, test: None };
    let knock = Knock { origin: Some(STORE.to_owned()), host: Some("127.0.0.1:8370".to_owned()) };
    let admitted = house.front.door.visitor(hello, knock).await.unwrap();
    let fresh = admitted.fresh.unwrap();
    house.front.door.settle_visitor(site, admitted.visitor, fresh.token_hash).await.unwrap();
    let mut browser = Browser::on(STORE);
    browser.set("authorization", &format!("Bearer {}", fresh.token));
    let (id, visitor) = (ConversationId(Uuid::now_v7()), admitted.visitor);
    let state = ConversationState::unbegun(id, site, visitor);
    let mut chat = Chat { id, site, visitor, browser, state };
    chat.write(
        house,
        EventBody::ConversationStarted {
            previous: None,
            lang: "fr".to_owned(),
            page: None,
            bot_version: 1,
            test: false,
        },
    )
    .await;
    chat
}

impl Chat {
    pub async fn taken_by(&mut self, house: &House, agent: AgentRef) {
        self.write(house, EventBody::ConversationQueued { reason: QueueReason::Handoff {} }).await;
        self.write(house, EventBody::ConversationTaken { by: agent }).await;
    }

    pub async fn closed_by(&mut self, house: &House, agent: AgentRef) {
        self.write(house, EventBody::ConversationClosed { by: agent }).await;
    }

    pub async fn note(&mut self, house: &House, by: AgentRef, text: &str) {
        self.write(house, EventBody::NoteAdded { by, text: text.to_owned() }).await;
    }

    pub async fn share(&mut self, house: &House, author: Author, document: DocumentRef) {
        self.write(house, EventBody::DocumentShared { author, document }).await;
    }

    /// The number of the event.
    pub async fn write(&mut self, house: &House, body: EventBody) -> u64 {
        let event = Event { seq: self.state.head + 1, at: house.front.clock.now(), body };
        let after = apply(self.state.clone(), &event);
        let append = Append {
            site: self.site,
            conversation: self.id,
            command: None,
            answer: event.seq,
            seen_head: self.state.head,
            events: vec![event],
            state: after.clone(),
            bot: (self.state.head == 0).then(State::new),
            visits: Vec::new(),
            visits_consented: None,
            device: None,
        };
        house.desk.ports().log.append(append).await.unwrap();
        self.state = after;
        self.state.head
    }
}
