//! A conversation in short: the row of the agents' lists, the head for its visitor.

use super::state::{ConversationState, Phase};
use crate::protocol::conversation::VisitorName;
use crate::protocol::frame::ConversationHead;
use crate::protocol::{ConversationRow, DetailRole, Marks, RatingView, VisitorId};

/// The row of the three tabs.
#[must_use]
pub fn row(state: &ConversationState, marks: &Marks, visitor_online: bool) -> ConversationRow {
    let (waiting_since, first_in_line, was_with, message_left, closed_at) = match &state.phase {
        Phase::Bot {} => (None, false, None, false, None),
        Phase::Waiting { since, message_left, first_in_line, was_with } => {
            (Some(*since), *first_in_line, was_with.clone(), *message_left, None)
        }
        Phase::InProgress { agent: _, offer: _, message_left } => (None, false, None, *message_left, None),
        Phase::Closed { at, by: _ } => (None, false, None, false, Some(*at)),
    };
    let unread = state.visitor_inputs.iter().filter(|seq| **seq > marks.agent.read).count();
    ConversationRow {
        id: state.id,
        site: state.site,
        visitor: state.visitor,
        visitor_name: visitor_name(state),
        stage: state.phase.stage(),
        version: state.version,
        head: state.head,
        in_charge: state.phase.agent().cloned(),
        waiting_since,
        first_in_line,
        was_with,
        message_left,
        offer: state.phase.offer().cloned(),
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
        last: state.last.clone(),
        started_at: state.started_at,
        closed_at,
        rating: state.rated.as_ref().map(|rated| rated.rating),
        lang: state.lang.clone(),
        test: state.test,
        visitor_online,
    }
}

/// What a visitor is told of their conversation; `rating` is asked of a closed one that is not rated.
#[must_use]
pub fn head(state: &ConversationState, marks: Marks, rating: Option<RatingView>) -> ConversationHead {
    ConversationHead {
        id: state.id,
        stage: state.phase.stage(),
        head: state.head,
        in_charge: state.phase.in_charge().cloned(),
        marks,
        previous: state.previous,
        rating: rating.filter(|_| state.phase.is_closed() && state.rated.is_none()),
    }
}

fn visitor_name(state: &ConversationState) -> VisitorName {
    let given = state.details.iter().find(|detail| detail.role == DetailRole::Name && !detail.value.trim().is_empty());
    match given {
        Some(detail) => VisitorName::Given { name: detail.value.clone() },
        None => VisitorName::Unnamed { tag: tag(state.visitor) },
    }
}

/// Three readable characters; the end of a UUIDv7 is its random part.
fn tag(visitor: VisitorId) -> String {
    let hex = visitor.0.simple().to_string().to_uppercase();
    hex.chars().rev().take(3).collect()
}
