//! Who is in which conversation: routes asked for, given and taken.

use actix::prelude::*;

use super::super::messages::{
    AskRoute, Carry, Join, LeaveRoute, LookUp, Moved, Part, RouteGiven, RouteTaken, Standing, VisitorKey, Wake,
};
use super::super::order::Order;
use super::ChatSupervisor;
use crate::protocol::{AgentId, ConversationId, RefusalCode, SiteId};
use crate::rules::conversation::{Command, ConversationState, Phase, ServerCommand};

impl Handler<AskRoute> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, ask: AskRoute, ctx: &mut Self::Context) {
        let known = self.routes.get(ask.conversation).map(|entry| entry.key);
        if let Some(key) = known {
            let allowed = ask.sites.contains(&key.site);
            self.answer(ask, allowed.then_some(key), ctx);
            return;
        }
        let located = self.ports.log.locate(ask.sites.clone(), ask.conversation);
        ctx.spawn(located.into_actor(self).map(move |located, this, ctx| match located {
            Ok(located) => {
                let key = located.map(|(site, visitor)| VisitorKey { site, visitor });
                this.answer(ask, key, ctx);
            }
            Err(error) => {
                tracing::warn!(%error, "a conversation could not be located");
                let route = Err(RefusalCode::TryLater.into());
                let _ = ask.from.try_send(RouteGiven { conversation: ask.conversation, route });
            }
        }));
    }
}

impl ChatSupervisor {
    /// Gives the route to both ends, or none: what is not theirs is not there.
    fn answer(&mut self, ask: AskRoute, key: Option<VisitorKey>, ctx: &mut Context<Self>) {
        let AskRoute { agent, conversation, from, .. } = ask;
        let session = key.and_then(|key| Some((key, self.visitor(key, ctx)?)));
        let Some((key, session)) = session else {
            let route = Err(RefusalCode::NotFound.into());
            let _ = from.try_send(RouteGiven { conversation, route });
            return;
        };
        self.routes.join(conversation, key, agent.id);
        let grant = self.grant_visitor(key);
        let join = Join { agent, conversation, to: from.clone(), grant };
        if session.try_send(join).is_err() {
            self.revoke_visitor(key);
            let route = Err(RefusalCode::TryLater.into());
            let _ = from.try_send(RouteGiven { conversation, route });
            return;
        }
        let _ = from.try_send(RouteGiven { conversation, route: Ok((key.site, session)) });
    }

    /// A visitor's session lives again: everybody who was in its conversations is told the new address.
    pub(super) fn rejoin(&mut self, key: VisitorKey, ctx: &Context<Self>) {
        for conversation in self.routes.of_visitor(key) {
            let joined: Vec<AgentId> =
                self.routes.get(conversation).map(|entry| entry.joined.iter().copied().collect()).unwrap_or_default();
            for agent in joined {
                self.connect(conversation, key, agent, ctx);
            }
        }
    }

    /// Gives both ends of one route their addresses.
    fn connect(&mut self, conversation: ConversationId, key: VisitorKey, agent: AgentId, ctx: &Context<Self>) {
        let Some(agents) = self.agents.get(&agent).and_then(|child| child.address.clone()) else { return };
        let Some(seen) = self.seen.get(&agent).map(|seen| seen.agent.clone()) else { return };
        let Some(session) = self.visitor(key, ctx) else { return };
        let grant = self.grant_visitor(key);
        let join = Join { agent: seen, conversation, to: agents.clone(), grant };
        if session.try_send(join).is_err() {
            self.revoke_visitor(key);
            tracing::warn!(conversation.id = %conversation, agent.id = %agent, "a route found no room");
        }
        let _ = agents.try_send(RouteGiven { conversation, route: Ok((key.site, session)) });
    }

    fn disconnect(&mut self, conversation: ConversationId, key: VisitorKey, agent: AgentId) {
        if let Some(session) = self.visitors.get(&key).and_then(|child| child.address.as_ref()) {
            let _ = session.try_send(Part { agent, conversation });
        }
        if let Some(session) = self.agents.get(&agent).and_then(|child| child.address.as_ref()) {
            let _ = session.try_send(RouteTaken { conversation });
        }
    }

    /// A conversation from the store, at the start.
    pub(super) fn remember_one(&mut self, state: &ConversationState, ctx: &mut Context<Self>) {
        let key = VisitorKey { site: state.site, visitor: state.visitor };
        let (standing, wakes) = match &state.phase {
            Phase::Bot {} => (Standing::WithBot, state.unanswered > 0),
            Phase::Waiting { since, message_left, first_in_line, .. } => {
                let standing = Standing::Waiting { first: *first_in_line, since: *since, message_left: *message_left };
                (standing, !message_left)
            }
            Phase::InProgress { agent, offer, .. } => {
                self.held_from_before(agent);
                let offered_to = offer.as_ref().map(|offer| offer.to.id);
                (Standing::With { agent: agent.clone(), offered_to }, offer.is_some())
            }
            Phase::Closed { .. } => return,
        };
        self.stands(state.id, key, standing, ctx);
        if state.share.is_some() {
            self.resume_share(state.id, key, ctx);
        }
        if wakes && let Some(session) = self.visitor(key, ctx) {
            let _ = session.try_send(Wake);
        }
    }

    /// Takes note of where a conversation stands, and changes routes, line and loads with it.
    fn stands(&mut self, conversation: ConversationId, key: VisitorKey, standing: Standing, ctx: &mut Context<Self>) {
        let line_moved = self.change_line(key.site, conversation, &standing);
        let change = self.routes.stands(conversation, key, standing);
        if let Some(agent) = change.parts {
            self.disconnect(conversation, key, agent);
            self.publish_presence(agent);
        }
        if let Some(agent) = change.joins {
            self.connect(conversation, key, agent, ctx);
            self.publish_presence(agent);
        }
        if line_moved {
            self.tell_line(key.site);
        }
    }

    /// True: places changed.
    fn change_line(&mut self, site: SiteId, conversation: ConversationId, standing: &Standing) -> bool {
        let mut board = self.board.write();
        let line = board.lines.entry(site).or_default();
        let before = line.clone();
        match standing {
            Standing::Waiting { first, since, message_left: false } => line.enter(conversation, *first, *since),
            Standing::Waiting { message_left: true, .. }
            | Standing::WithBot
            | Standing::With { .. }
            | Standing::Closed => line.leave(conversation),
        }
        *line != before
    }

    /// Those who wait on the site look at their place again.
    pub(super) fn tell_line(&self, site: SiteId) {
        for key in self.routes.waiting_on(site) {
            if let Some(session) = self.visitors.get(&key).and_then(|child| child.address.as_ref()) {
                // No room: it looks at its next tick.
                let _ = session.try_send(LookUp);
            }
        }
    }

    /// Has the visitor's session carry out a command of the server. Repeated by the caller until it had its effect.
    pub(super) fn order(&mut self, conversation: ConversationId, command: ServerCommand, ctx: &Context<Self>) {
        let Some(key) = self.routes.get(conversation).map(|entry| entry.key) else { return };
        if let Some(session) = self.visitor(key, ctx) {
            let order = Order::by_server(conversation, Command::Server(command));
            let _ = session.try_send(Carry(order));
        }
    }
}

impl Handler<LeaveRoute> for ChatSupervisor {
    type Result = ();

    /// Whoever is in charge stays in it, open or not.
    fn handle(&mut self, LeaveRoute { agent, conversation }: LeaveRoute, _: &mut Self::Context) {
        let Some(key) = self.routes.get(conversation).map(|entry| entry.key) else { return };
        if !self.routes.leave(conversation, agent) {
            return;
        }
        if let Some(session) = self.visitors.get(&key).and_then(|child| child.address.as_ref()) {
            let _ = session.try_send(Part { agent, conversation });
        }
    }
}

impl Handler<Moved> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, moved: Moved, ctx: &mut Self::Context) {
        self.stands(moved.conversation, moved.key, moved.standing, ctx);
    }
}
