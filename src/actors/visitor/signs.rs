//! Typing, reading marks and page visits: what is said but is no event.

use actix::prelude::*;

use super::super::link::{SocketId, encode};
use super::super::messages::{AskPage, FromAgent, Sign, Signed};
use super::{VisitorSession, pages};
use crate::protocol::frame::{ToAgent, ToVisitor};
use crate::protocol::suggestion::OnPage;
use crate::protocol::{ConversationId, Mark, PageVisit};

impl VisitorSession {
    /// To the agents who have the conversation open; dropped where there is no room.
    fn sign_to_agents(&self, conversation: ConversationId, frame: &ToAgent) {
        let text = encode(frame);
        for joined in self.joined.values().filter(|joined| joined.conversation == conversation) {
            let _ = joined.to.try_send(Signed { conversation, text: text.clone() });
        }
    }

    /// To all tabs; dropped where a tab is behind.
    fn sign_to_tabs(&mut self, frame: &ToVisitor) {
        let text = encode(frame);
        for seat in &mut self.seats {
            seat.link.send_ephemeral(text.clone());
        }
    }

    pub(super) fn visitor_types(&self, on: bool) {
        if let Some(live) = self.held.open() {
            let conversation = live.state.id;
            self.sign_to_agents(conversation, &ToAgent::VisitorTyping { conversation, on });
        }
    }

    pub(super) fn visitor_marks(&mut self, delivered: u64, read: u64, ctx: &mut Context<Self>) {
        let Some(live) = self.held.live_mut() else { return };
        if raise(&mut live.marks.visitor, live.state.head, delivered, read) {
            self.marks_rose(ctx);
        }
    }

    fn agent_marks(&mut self, delivered: u64, read: u64, ctx: &mut Context<Self>) {
        let Some(live) = self.held.live_mut() else { return };
        if raise(&mut live.marks.agent, live.state.head, delivered, read) {
            self.marks_rose(ctx);
            // What the agent has read counts as unread no more.
            self.tell_lists(ctx);
        }
    }

    /// Shown at once, written at most once a second.
    fn marks_rose(&mut self, ctx: &mut Context<Self>) {
        let Some(live) = self.held.live() else { return };
        let (conversation, marks) = (live.state.id, live.marks);
        self.sign_to_agents(conversation, &ToAgent::Marks { conversation, marks });
        self.sign_to_tabs(&ToVisitor::Marks { conversation, marks });
        self.timers.keep_marks_soon(ctx);
    }

    /// Writes the marks, if they rose since the last time. One that is lost rises again with the next.
    pub(super) fn keep_marks(&mut self, ctx: &mut Context<Self>) {
        if !self.timers.marks_are_due() {
            return;
        }
        let Some(live) = self.held.live() else { return };
        let written = self.around.ports.log.mark(self.key.site, live.state.id, live.marks);
        ctx.spawn(written.into_actor(self).map(|written, _, _| {
            if let Err(error) = written {
                tracing::warn!(%error, "reading marks were not written");
            }
        }));
    }

    /// Joins a page to the open conversation and shows it to its agents.
    pub(super) fn keep_visit(&mut self, visit: PageVisit, ctx: &mut Context<Self>) {
        let Some(live) = self.held.open() else { return };
        let conversation = live.state.id;
        let written = self.around.ports.log.visit(self.key.site, conversation, visit.clone());
        ctx.spawn(written.into_actor(self).map(move |written, this, _| match written {
            Ok(()) => this.sign_to_agents(conversation, &ToAgent::Visit { conversation, visit }),
            Err(error) => tracing::warn!(%error, conversation.id = %conversation, "a page visit was not written"),
        }));
    }

    /// Keeps what the visitor has before them, and tells the agents when it is something else than before.
    pub(super) fn is_on(&mut self, socket: SocketId, page: OnPage) {
        let Some(page) = pages::on_page(page) else { return };
        let changed = self.on_page.as_ref().is_none_or(|(_, before)| *before != page);
        self.on_page = Some((socket, page.clone()));
        if let Some(live) = self.held.open().filter(|_| changed) {
            let conversation = live.state.id;
            self.sign_to_agents(conversation, &ToAgent::OnPage { conversation, page });
        }
    }

    pub(super) fn forget_visits(&mut self, ctx: &mut Context<Self>) {
        let Some(live) = self.held.live_mut() else { return };
        live.visits_consented = false;
        let conversation = live.state.id;
        let forgotten = self.around.ports.log.forget_visits(self.key.site, conversation);
        ctx.spawn(forgotten.into_actor(self).map(move |forgotten, this, _| match forgotten {
            Ok(()) => this.sign_to_agents(conversation, &ToAgent::VisitsForgotten { conversation }),
            Err(error) => tracing::error!(%error, conversation.id = %conversation, "page visits were not deleted"),
        }));
    }
}

impl Handler<AskPage> for VisitorSession {
    type Result = Option<OnPage>;

    fn handle(&mut self, AskPage(conversation): AskPage, _: &mut Self::Context) -> Self::Result {
        self.held.open().filter(|live| live.state.id == conversation)?;
        self.on_page.as_ref().map(|(_, page)| page.clone())
    }
}

impl Handler<FromAgent> for VisitorSession {
    type Result = ();

    /// Only the agent in charge types to the visitor and reads in their name.
    fn handle(&mut self, sign: FromAgent, ctx: &mut Self::Context) {
        let FromAgent { agent, conversation, sign } = sign;
        let Some(live) = self.held.live().filter(|live| live.state.id == conversation) else { return };
        if live.state.phase.in_charge().is_none_or(|in_charge| in_charge.id != agent) {
            return;
        }
        match sign {
            Sign::Typing(on) => self.sign_to_tabs(&ToVisitor::Typing { conversation, on }),
            Sign::Mark { delivered, read } => self.agent_marks(delivered, read, ctx),
        }
    }
}

/// Marks only rise, never beyond what there is, and nothing is read that was not delivered.
fn raise(mark: &mut Mark, head: u64, delivered: u64, read: u64) -> bool {
    let before = *mark;
    let read = mark.read.max(read.min(head));
    mark.delivered = mark.delivered.max(delivered.min(head)).max(read);
    mark.read = read;
    *mark != before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_only_rise_and_never_beyond_what_there_is() {
        let mut mark = Mark::default();
        assert!(raise(&mut mark, 10, 7, 3));
        assert!(!raise(&mut mark, 10, 5, 2));
        assert!(raise(&mut mark, 10, 0, 9), "what is read was delivered");
        assert!(raise(&mut mark, 10, 99, 99));
        assert_eq!(mark, Mark { delivered: 10, read: 10 });
    }
}
