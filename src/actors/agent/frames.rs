//! What an agent's tabs ask.

use actix::prelude::*;

use super::super::link::{FromSocket, SocketId};
use super::super::messages::{FromAgent, Sign};
use super::AgentSession;
use super::routes::Wanted;
use crate::protocol::frame::{AgentFrame, ToAgent};
use crate::protocol::{ConversationId, RefusalCode};

impl Handler<FromSocket<AgentFrame>> for AgentSession {
    type Result = ();

    fn handle(&mut self, FromSocket { socket, frame }: FromSocket<AgentFrame>, ctx: &mut Self::Context) {
        match frame {
            AgentFrame::Hello { .. } => self.fault(socket, RefusalCode::Malformed),
            AgentFrame::Duty { sites } => {
                if let Err(code) = self.go_on_duty(sites, ctx) {
                    self.fault(socket, code);
                }
            }
            AgentFrame::Presence { presence } => {
                self.presence = presence;
                self.tell_supervisor();
            }
            AgentFrame::Open { conversation, last } => {
                self.along(conversation, Wanted::Open { socket, last }, ctx);
            }
            AgentFrame::Resume { conversation, since } => {
                self.along(conversation, Wanted::Resume { socket, since }, ctx);
            }
            AgentFrame::More { conversation } => self.more(socket, conversation, ctx),
            AgentFrame::Leave { conversation } => {
                if let Some(tab) = self.tab(socket) {
                    tab.follows.remove(&conversation);
                }
                self.leave_what_nobody_reads();
            }
            AgentFrame::Command { id, conversation, command } => {
                self.along(conversation, Wanted::Command { socket, id, command }, ctx);
            }
            AgentFrame::Typing { conversation, on } => self.sign(conversation, Sign::Typing(on)),
            AgentFrame::Mark { conversation, delivered, read } => {
                self.sign(conversation, Sign::Mark { delivered, read });
            }
            AgentFrame::Ping {} => self.say(socket, &ToAgent::Pong {}),
        }
    }
}

impl AgentSession {
    /// Only along a route that is there: dropped otherwise.
    fn sign(&self, conversation: ConversationId, sign: Sign) {
        if let Some((_, to)) = self.route(conversation) {
            let _ = to.try_send(FromAgent { agent: self.agent.id, conversation, sign });
        }
    }

    pub(super) fn welcome(&mut self, socket: SocketId, ctx: &mut Context<Self>) {
        let counts = self.around.ports.log.counts(self.agent.id, self.duty.clone());
        ctx.spawn(counts.into_actor(self).map(move |counts, this, _| {
            let counts = counts.unwrap_or_else(|error| {
                tracing::warn!(%error, "the tabs' counts could not be read");
                this.lists.counts_are_stale();
                Default::default()
            });
            let welcome = ToAgent::Welcome {
                agent: this.agent.clone(),
                presence: this.presence,
                duty: this.duty.clone(),
                counts,
            };
            if let Some(tab) = this.tab(socket) {
                tab.welcomed = true;
            }
            this.lists.counts_were_told_apart();
            this.say(socket, &welcome);
        }));
    }
}
