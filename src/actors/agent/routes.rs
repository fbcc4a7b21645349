//! The way to a conversation: cached, else asked of the supervisor; and what waits meanwhile.

use std::collections::HashMap;

use actix::prelude::*;

use super::super::link::SocketId;
use super::super::messages::{Answered, AskRoute, Carry, LeaveRoute, RouteGiven, RouteTaken};
use super::super::order::{Order, Sender};
use super::super::visitor::VisitorSession;
use super::AgentSession;
use crate::protocol::frame::ToAgent;
use crate::protocol::{AgentCommand, CommandId, ConversationId, Refusal, RefusalCode, SiteId};
use crate::rules::conversation::Command;

/// What waits for one route; beyond it tabs are told `try_later`.
const WANTED_MAX: usize = 32;
/// Commands of one agent on their way at once; beyond it they are told `try_later`.
const PENDING_MAX: usize = 256;
/// Conversations that one agent's session may be in.
const ROUTES_MAX: usize = 256;
/// When a client may repeat what found no room or no route.
const RETRY_MS: u32 = 200;

pub(super) enum Route {
    /// The supervisor was asked.
    Asked(Vec<Wanted>),
    Known {
        site: SiteId,
        to: Addr<VisitorSession>,
    },
}

/// What a tab wants of a conversation.
#[derive(Debug)]
pub(super) enum Wanted {
    Open { socket: SocketId, last: u32 },
    Resume { socket: SocketId, since: u64 },
    Command { socket: SocketId, id: CommandId, command: AgentCommand },
}

/// Commands whose answers have not come.
#[derive(Debug, Default)]
pub(super) struct Pending {
    commands: HashMap<(SocketId, CommandId), ConversationId>,
}

impl Pending {
    pub fn forget(&mut self, socket: SocketId) {
        self.commands.retain(|(of, _), _| *of != socket);
    }

    /// Those that went along a route that is no more.
    fn lose(&mut self, conversation: ConversationId) -> Vec<(SocketId, CommandId)> {
        let lost: Vec<_> =
            self.commands.iter().filter(|(_, at)| **at == conversation).map(|(command, _)| *command).collect();
        self.commands.retain(|_, at| *at != conversation);
        lost
    }
}

impl AgentSession {
    pub(super) fn route(&self, conversation: ConversationId) -> Option<(SiteId, &Addr<VisitorSession>)> {
        match self.routes.get(&conversation) {
            Some(Route::Known { site, to }) => Some((*site, to)),
            Some(Route::Asked(_)) | None => None,
        }
    }

    /// Does what a tab wants when there is a route, now or as soon as it is given.
    pub(super) fn along(&mut self, conversation: ConversationId, wanted: Wanted, ctx: &mut Context<Self>) {
        let full = self.routes.len() >= ROUTES_MAX;
        match self.routes.get_mut(&conversation) {
            Some(Route::Known { site, to }) => {
                let (site, to) = (*site, to.clone());
                self.go(conversation, site, &to, wanted, ctx);
            }
            Some(Route::Asked(waiting)) if waiting.len() < WANTED_MAX => waiting.push(wanted),
            Some(Route::Asked(_)) => self.refuse(wanted, try_later()),
            None if full => self.refuse(wanted, try_later()),
            None => {
                let ask = AskRoute {
                    agent: self.agent.clone(),
                    sites: self.sites.clone(),
                    conversation,
                    from: ctx.address(),
                };
                match self.around.supervisor.try_send(ask) {
                    Ok(()) => {
                        self.routes.insert(conversation, Route::Asked(vec![wanted]));
                    }
                    Err(_) => self.refuse(wanted, try_later()),
                }
            }
        }
    }

    fn go(
        &mut self,
        conversation: ConversationId,
        site: SiteId,
        to: &Addr<VisitorSession>,
        wanted: Wanted,
        ctx: &mut Context<Self>,
    ) {
        match wanted {
            Wanted::Open { socket, last } => self.open(socket, site, conversation, last, ctx),
            Wanted::Resume { socket, since } => self.resume(socket, site, conversation, since, ctx),
            Wanted::Command { socket, id, command } => {
                if self.pending.commands.len() >= PENDING_MAX {
                    self.say(socket, &ToAgent::Refused { id, refusal: try_later() });
                    return;
                }
                #[cfg(feature = "fault-hooks")]
                crate::actors::fault::strike(crate::actors::fault::PANIC_WITH_AGENT, &command);
                let agent = self.agent.id;
                let order = Order {
                    sender: Sender::Agent { agent, to: ctx.address(), socket, id },
                    conversation: Some(conversation),
                    begin: None,
                    command: Command::Agent { by: self.agent.clone(), command },
                };
                match to.try_send(Carry(order)) {
                    Ok(()) => {
                        self.pending.commands.insert((socket, id), conversation);
                    }
                    Err(error) => {
                        if let SendError::Closed(_) = error {
                            // Its session died; the supervisor starts another and gives the new route.
                            self.routes.remove(&conversation);
                        }
                        self.say(socket, &ToAgent::Refused { id, refusal: try_later() });
                    }
                }
            }
        }
    }

    fn refuse(&mut self, wanted: Wanted, refusal: Refusal) {
        match wanted {
            Wanted::Open { socket, .. } | Wanted::Resume { socket, .. } => self.fault(socket, refusal),
            Wanted::Command { socket, id, .. } => self.say(socket, &ToAgent::Refused { id, refusal }),
        }
    }

    /// Conversations of a site that the agent serves no more are not theirs to read.
    pub(super) fn leave_other_sites(&mut self) {
        let sites = &self.sites;
        let lost = |route: &Route| match route {
            Route::Known { site, to: _ } => !sites.contains(site),
            Route::Asked(_) => false,
        };
        let left: Vec<ConversationId> =
            self.routes.iter().filter(|(_, route)| lost(route)).map(|(conversation, _)| *conversation).collect();
        for conversation in left {
            for tab in &mut self.tabs {
                tab.follows.remove(&conversation);
            }
            for (socket, id) in self.pending.lose(conversation) {
                self.say(socket, &ToAgent::Refused { id, refusal: RefusalCode::NotFound.into() });
            }
        }
        self.leave_what_nobody_reads();
    }

    /// A conversation that no tab follows and that waits for no answer needs no route.
    pub(super) fn leave_what_nobody_reads(&mut self) {
        let (tabs, pending) = (&self.tabs, &self.pending);
        let mut left = Vec::new();
        self.routes.retain(|conversation, route| {
            let read = tabs.iter().any(|tab| tab.follows.contains_key(conversation));
            let due = pending.commands.values().any(|at| at == conversation);
            let keep = read || due || matches!(route, Route::Asked(_));
            if !keep {
                left.push(*conversation);
            }
            keep
        });
        for conversation in left {
            // No room: it stays joined, which costs a message for each event.
            let _ = self.around.supervisor.try_send(LeaveRoute { agent: self.agent.id, conversation });
        }
    }
}

fn try_later() -> Refusal {
    Refusal::from(RefusalCode::TryLater).retry_in(RETRY_MS)
}

impl Handler<RouteGiven> for AgentSession {
    type Result = ();

    /// A route that nobody here wants any more is not kept: the supervisor may have taken it back since, and
    /// whoever opens the conversation asks again.
    fn handle(&mut self, RouteGiven { conversation, route }: RouteGiven, ctx: &mut Self::Context) {
        let (waiting, before) = match self.routes.remove(&conversation) {
            Some(Route::Asked(waiting)) => (waiting, None),
            Some(Route::Known { site: _, to }) => (Vec::new(), Some(to)),
            None => return,
        };
        let moved = match (&route, &before) {
            (Ok((_, to)), Some(before)) => to != before,
            (Ok(_) | Err(_), _) => true,
        };
        match route {
            Ok((site, to)) => {
                if moved {
                    // What went along the earlier route died there: its senders repeat it.
                    for (socket, id) in self.pending.lose(conversation) {
                        self.say(socket, &ToAgent::Refused { id, refusal: try_later() });
                    }
                }
                self.routes.insert(conversation, Route::Known { site, to: to.clone() });
                for wanted in waiting {
                    self.go(conversation, site, &to, wanted, ctx);
                }
                if moved {
                    self.catch_up(conversation, site, ctx);
                }
            }
            Err(refusal) => {
                for wanted in waiting {
                    self.refuse(wanted, refusal.clone());
                }
            }
        }
    }
}

impl Handler<RouteTaken> for AgentSession {
    type Result = ();

    /// A route that was only asked for is not the one that was taken: its answer is still to come, and whoever
    /// waits for it is told then.
    fn handle(&mut self, RouteTaken { conversation }: RouteTaken, _: &mut Self::Context) {
        if let Some(Route::Known { .. }) = self.routes.get(&conversation) {
            self.routes.remove(&conversation);
        }
        for tab in &mut self.tabs {
            tab.follows.remove(&conversation);
        }
    }
}

impl Handler<Answered> for AgentSession {
    type Result = ();

    fn handle(&mut self, answered: Answered, _: &mut Self::Context) {
        let Answered { socket, id, conversation, outcome } = answered;
        self.pending.commands.remove(&(socket, id));
        let frame = match outcome {
            Ok(seq) => ToAgent::Ack { id, conversation, seq },
            Err(refusal) => ToAgent::Refused { id, refusal },
        };
        self.say(socket, &frame);
        self.leave_what_nobody_reads();
    }
}
