//! Who hears of what happened: tabs, joined agents, the lists of the site, the supervisor.

use std::sync::Arc;

use actix::prelude::*;
use bytestring::ByteString;

use super::super::follow::Next;
use super::super::link::{SocketId, encode};
use super::super::messages::{Moved, Standing, Told};
use super::VisitorSession;
use crate::bus::Hint;
use crate::protocol::frame::{ToAgent, ToVisitor};
use crate::protocol::{Audience, ConversationId, Event, EventBody, QueueReason, Stage};
use crate::rules::conversation::{ConversationState, Phase, row, view_for};

impl VisitorSession {
    /// Tells what has been committed.
    pub(super) fn tell(&mut self, conversation: ConversationId, events: &[Event], ctx: &mut Context<Self>) {
        if events.is_empty() {
            return;
        }
        self.tell_agents(conversation, events);
        self.tell_tabs(conversation, events, ctx);
        self.drop_routes(events);
        self.tell_share(conversation, events);
        let held = self.held.live().is_some_and(|live| live.state.id == conversation);
        if held {
            self.tell_supervisor();
            self.tell_lists(ctx);
            self.arm_offer(ctx);
            if events.iter().any(|event| matches!(event.body, EventBody::ConversationClosed { .. })) {
                self.ask_for_rating(ctx);
            }
        }
    }

    fn tell_agents(&mut self, conversation: ConversationId, events: &[Event]) {
        if !self.joined.values().any(|joined| joined.conversation == conversation) {
            return;
        }
        let frame = |event: &Event| encode(&ToAgent::Event { conversation, event: event.clone() });
        let events: Arc<[(u64, ByteString)]> = events.iter().map(|event| (event.seq, frame(event))).collect();
        self.joined.retain(|_, joined| {
            if joined.conversation != conversation {
                return true;
            }
            match joined.to.try_send(Told { conversation, events: events.clone() }) {
                // Full: the next event shows the hole.
                Ok(()) | Err(SendError::Full(_)) => true,
                Err(SendError::Closed(_)) => false,
            }
        });
    }

    fn tell_tabs(&mut self, conversation: ConversationId, events: &[Event], ctx: &mut Context<Self>) {
        let mut missing: Vec<(SocketId, u64)> = Vec::new();
        let mut gone: Vec<SocketId> = Vec::new();
        for event in events {
            let frame = ToVisitor::Event { conversation, event: view_for(Audience::Everyone, event) };
            let text = encode(&frame);
            for seat in &mut self.seats {
                let follower = seat.follows.as_mut().filter(|(at, _)| *at == conversation);
                let Some((_, follower)) = follower else { continue };
                match follower.hear(event.seq) {
                    Next::Skip => {}
                    Next::Read => missing.push((seat.link.socket, follower.sent())),
                    Next::Send => {
                        if seat.link.send(text.clone()).is_err() {
                            gone.push(seat.link.socket);
                        }
                    }
                }
            }
        }
        for socket in gone {
            self.forget(socket);
        }
        for (socket, since) in missing {
            self.read_chunk(socket, conversation, since, ctx);
        }
    }

    /// A route ends with the charge: whoever gave the conversation away hears that, and no more of it.
    /// New routes come from the supervisor.
    fn drop_routes(&mut self, events: &[Event]) {
        for event in events {
            let gone = match &event.body {
                EventBody::ConversationTransferred { from, .. } => Some(from.id),
                EventBody::ConversationQueued { reason: QueueReason::AgentGone { agent } } => Some(agent.id),
                _ => None,
            };
            if let Some(agent) = gone {
                self.joined.remove(&agent);
            }
        }
    }

    /// Says once more what the supervisor should know, if it changed or was not heard.
    pub(super) fn tell_supervisor(&mut self) {
        let Some(live) = self.held.live() else { return };
        let told = (live.state.id, standing(&live.state));
        if self.standing_told.as_ref() == Some(&told) {
            return;
        }
        let moved = Moved { conversation: told.0, key: self.key, standing: told.1.clone() };
        if self.around.supervisor.try_send(moved).is_ok() {
            self.standing_told = Some(told);
        }
    }

    /// A row for the lists of the site, the last one a conversation, at most four a second.
    pub(super) fn tell_lists(&mut self, ctx: &mut Context<Self>) {
        let Some(live) = self.held.live() else { return };
        if live.state.phase.stage() == Stage::Bot {
            // Not in any of the three tabs.
            return;
        }
        if self.timers.row_may_go(ctx) {
            self.publish_row();
        }
    }

    pub(super) fn publish_row(&self) {
        let Some(live) = self.held.live() else { return };
        let row = row(&live.state, &live.marks, self.online_told);
        let text = encode(&ToAgent::Row { row: row.clone() });
        self.around.bus.publish(self.key.site, Hint::Row { row: Arc::new(row), text });
    }
}

fn standing(state: &ConversationState) -> Standing {
    match &state.phase {
        Phase::Bot {} => Standing::WithBot,
        Phase::Waiting { since, message_left, first_in_line, was_with: _ } => {
            Standing::Waiting { first: *first_in_line, since: *since, message_left: *message_left }
        }
        Phase::InProgress { agent, offer, message_left: _ } => {
            Standing::With { agent: agent.clone(), offered_to: offer.as_ref().map(|offer| offer.to.id) }
        }
        Phase::Closed { .. } => Standing::Closed,
    }
}
