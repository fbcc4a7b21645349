//! For whom an event is, fixed by its type, and what a visitor receives of the rest.

use crate::protocol::{Audience, Event, EventBody};

/// Who may see an event of this type.
#[must_use]
pub fn audience(body: &EventBody) -> Audience {
    match body {
        EventBody::ConversationStarted { .. }
        | EventBody::BotSpoke { .. }
        | EventBody::MessagePosted { .. }
        | EventBody::ButtonChosen { .. }
        | EventBody::DetailsGiven { .. }
        | EventBody::DocumentShared { .. }
        | EventBody::ConversationQueued { .. }
        | EventBody::ConversationTaken { .. }
        | EventBody::ConversationTransferred { .. }
        | EventBody::ConversationClosed { .. }
        | EventBody::ConversationRated { .. }
        | EventBody::ProductRecommended { .. }
        | EventBody::ProductsCompared { .. }
        | EventBody::ShareChanged { .. }
        | EventBody::Withheld {} => Audience::Everyone,
        EventBody::BotExplained { .. }
        | EventBody::TransferOffered { .. }
        | EventBody::TransferEnded { .. }
        | EventBody::CardMarked { .. }
        | EventBody::ShareActed { .. }
        | EventBody::NoteAdded { .. } => Audience::Agents,
    }
}

/// The event as somebody of that audience may see it: `Everyone` is the visitor.
///
/// A withheld event keeps its number, so that numbers stay contiguous, and nothing
/// else: not even its time, which would tell when agents speak among themselves.
#[must_use]
pub fn view_for(viewer: Audience, event: &Event) -> Event {
    match (viewer, audience(&event.body)) {
        (Audience::Agents, Audience::Agents | Audience::Everyone) | (Audience::Everyone, Audience::Everyone) => {
            event.clone()
        }
        (Audience::Everyone, Audience::Agents) => {
            Event { seq: event.seq, at: crate::protocol::Timestamp::EPOCH, body: EventBody::Withheld {} }
        }
    }
}
