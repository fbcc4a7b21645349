//! What the rest of the server asks of the sessions, by the [`Desk`](super::super::Desk).

use actix::prelude::*;
use futures_util::future::join_all;
use tokio::time::{Instant, timeout};

use super::super::cobrowse::messages::EndWatcher;
use super::super::messages::{AskPage, EndSignIn, HangUp, Renew, VisitorKey};
use super::super::{DRAIN_SECONDS_MAX, ports::AdmittedAgent, ports::SignInId};
use super::ChatSupervisor;
use crate::protocol::frame::ClosingReason;
use crate::protocol::suggestion::OnPage;
use crate::protocol::{AgentId, ConversationId, SiteId};
use crate::rules::conversation::ServerCommand;

/// A visitor's session that writes a command answers later than this: then nothing is known of its page.
const PAGE_WAIT: std::time::Duration = std::time::Duration::from_millis(200);
/// After which a full mailbox is tried again.
const TRY_AGAIN: std::time::Duration = std::time::Duration::from_millis(100);

/// End all sockets of an agent at once.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct EndAgent {
    pub agent: AgentId,
    pub reason: ClosingReason,
}

/// One browser of an agent signed out.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "()")]
pub struct SignedOut {
    pub agent: AgentId,
    pub sign_in: SignInId,
}

/// Name, role or sites of an agent changed.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct AgentChanged(pub AgentId);

/// A bot was published: visitors' reachability follows it.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct BotPublished(pub SiteId);

/// What does this visitor have before them? Starts no session: one that does not run knows nothing.
#[derive(Debug, Clone, Copy, Message)]
#[rtype(result = "Option<OnPage>")]
pub struct PageOf {
    pub key: VisitorKey,
    pub conversation: ConversationId,
}

/// Let nobody in, tell every socket to come back, finish what was on its way.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Drain;

impl Handler<EndAgent> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, EndAgent { agent, reason }: EndAgent, ctx: &mut Self::Context) {
        if let Some(session) = self.agents.get(&agent).and_then(|child| child.address.as_ref()) {
            // A session whose mailbox is full is ended with its mailbox.
            if session.try_send(HangUp(reason)).is_err() {
                tracing::warn!(agent.id = %agent, "an agent's session had no room to be ended; trying again");
                ctx.run_later(TRY_AGAIN, move |_, ctx| {
                    ctx.notify(EndAgent { agent, reason });
                });
                return;
            }
        }
        self.end_watchers(EndWatcher { agent, sign_in: None, reason }, ctx);
        if let Some(seen) = self.seen.get_mut(&agent) {
            seen.offline_since.get_or_insert_with(Instant::now);
            seen.ended = true;
        }
        self.publish_presence(agent);
        self.look_for_the_vanished(ctx);
    }
}

impl Handler<SignedOut> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, order: SignedOut, ctx: &mut Self::Context) {
        let reason = ClosingReason::SignedOut;
        self.end_watchers(EndWatcher { agent: order.agent, sign_in: Some(order.sign_in), reason }, ctx);
        let session = self.agents.get(&order.agent).and_then(|child| child.address.as_ref());
        if session.is_some_and(|session| session.try_send(EndSignIn(order.sign_in)).is_err()) {
            ctx.run_later(TRY_AGAIN, move |_, ctx| ctx.notify(order));
        }
    }
}

impl Handler<AgentChanged> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, AgentChanged(agent): AgentChanged, ctx: &mut Self::Context) {
        let now = self.ports.door.agent_now(agent);
        ctx.spawn(now.into_actor(self).map(move |now, this, ctx| match now {
            Ok(Some(admitted)) => this.renew(admitted, ctx),
            Ok(None) => ctx.notify(EndAgent { agent, reason: ClosingReason::SignedOut }),
            Err(error) => tracing::warn!(%error, agent.id = %agent, "an agent's change was not read; it holds at their next sign-in"),
        }));
    }
}

impl ChatSupervisor {
    /// What they held on a site that they serve no more goes back to its line; their session hears it
    /// first, so that they can do nothing there once the conversation is back.
    fn renew(&mut self, admitted: AdmittedAgent, ctx: &mut Context<Self>) {
        let agent = admitted.agent.id;
        if let Some(session) = self.agents.get(&agent).and_then(|child| child.address.as_ref())
            && session.try_send(Renew(admitted.clone())).is_err()
        {
            ctx.run_later(TRY_AGAIN, move |_, ctx| ctx.notify(AgentChanged(agent)));
            return;
        }
        for conversation in self.routes.in_charge_of(agent).into_iter().chain(self.routes.offered_to(agent)) {
            let Some(site) = self.routes.get(conversation).map(|entry| entry.key.site) else { continue };
            if !admitted.sites.contains(&site) {
                self.order(conversation, ServerCommand::LoseAgent { agent }, ctx);
                self.order(conversation, ServerCommand::LoseTarget { target: agent }, ctx);
            }
        }
    }
}

impl Handler<BotPublished> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, BotPublished(site): BotPublished, _: &mut Self::Context) {
        self.tell_visitors(site);
    }
}

impl Handler<PageOf> for ChatSupervisor {
    type Result = ResponseFuture<Option<OnPage>>;

    fn handle(&mut self, PageOf { key, conversation }: PageOf, _: &mut Self::Context) -> Self::Result {
        let session = self.visitors.get(&key).and_then(|child| child.address.clone());
        Box::pin(async move {
            let asked = session?.send(AskPage(conversation));
            timeout(PAGE_WAIT, asked).await.ok()?.ok().flatten()
        })
    }
}

impl Handler<Drain> for ChatSupervisor {
    type Result = ResponseFuture<()>;

    /// The answers come when all that stood before in the sessions' mailboxes is done.
    fn handle(&mut self, _: Drain, _: &mut Self::Context) -> Self::Result {
        self.draining = true;
        let goodbye = HangUp(ClosingReason::Restart);
        let visitors: Vec<_> = self.visitors.values().filter_map(|child| child.address.clone()).collect();
        let shares: Vec<_> = self.shares.values().filter_map(|shared| shared.child.address.clone()).collect();
        let agents: Vec<_> = self.agents.values().filter_map(|child| child.address.clone()).collect();
        let all = async move {
            join_all(shares.iter().map(|session| session.send(goodbye))).await;
            join_all(agents.iter().map(|session| session.send(goodbye))).await;
            join_all(visitors.iter().map(|session| session.send(goodbye))).await;
        };
        Box::pin(async move {
            if timeout(std::time::Duration::from_secs(DRAIN_SECONDS_MAX), all).await.is_err() {
                tracing::warn!("some sessions did not finish in time; what they acknowledged is on disk");
            }
        })
    }
}
