//! Shared pages: their sessions are found, started and introduced here; then they need nobody.

use actix::prelude::*;
use tokio::time::Instant;

use super::super::cobrowse::messages::{EndWatcher, GiveVisitor, SeatPage, SeatWatcher};
use super::super::cobrowse::{ArrivePage, ArriveWatcher, CobrowseSession};
use super::super::messages::{Retired, VisitorKey};
use super::{ChatSupervisor, Child, alarm};
use crate::protocol::ConversationId;

/// After which a session without room is told again that an agent's tabs end.
const TRY_AGAIN: std::time::Duration = std::time::Duration::from_millis(100);

/// The session of a conversation's shared page.
pub(super) struct Shared {
    pub key: VisitorKey,
    pub child: Child<CobrowseSession>,
}

impl ChatSupervisor {
    /// The conversation's share session, started if it does not run, and introduced to the visitor's.
    fn share(
        &mut self,
        conversation: ConversationId,
        key: VisitorKey,
        ctx: &Context<Self>,
    ) -> Option<Addr<CobrowseSession>> {
        let visitor = self.visitor(key, ctx)?;
        let around = self.around(ctx);
        let arbiter = self.share_arbiter(conversation.0)?;
        let life = self.next_life();
        let shared = self.shares.entry(conversation).or_insert_with(|| Shared { key, child: Child::unborn() });
        if shared.child.address.is_none() {
            shared.child.life = life;
            let session = CobrowseSession::start_in(&arbiter, conversation, key, around, visitor, life);
            shared.child.address = Some(session);
        }
        shared.child.address.clone()
    }

    /// A share that the store knows and that nobody carries on.
    pub(super) fn resume_share(&mut self, conversation: ConversationId, key: VisitorKey, ctx: &Context<Self>) {
        let _ = self.share(conversation, key, ctx);
    }

    /// The visitor's session lives at another address.
    pub(super) fn introduce(&self, key: VisitorKey) {
        let Some(visitor) = self.visitors.get(&key).and_then(|child| child.address.clone()) else { return };
        for shared in self.shares.values().filter(|shared| shared.key == key) {
            if let Some(session) = &shared.child.address {
                let _ = session.try_send(GiveVisitor(visitor.clone()));
            }
        }
    }

    pub(super) fn share_died(&mut self, conversation: ConversationId, life: u64, ctx: &mut Context<Self>) {
        let Some(shared) = self.shares.get_mut(&conversation).filter(|shared| shared.child.life == life) else {
            return;
        };
        let key = shared.key;
        let wait = shared.child.mourn(Instant::now());
        alarm(shared.child.deaths, &format!("shared page of {conversation}"));
        // Its page and its tabs come back by themselves; should they not, somebody must end it.
        ctx.run_later(wait, move |this, ctx| this.resume_share(conversation, key, ctx));
    }

    pub(super) fn retire_share(&mut self, conversation: ConversationId, grants: u64) {
        let idle = self.shares.get(&conversation).filter(|shared| shared.child.grants == grants);
        let told = idle.and_then(|shared| shared.child.address.as_ref()).map(|session| session.try_send(Retired));
        if let Some(Ok(())) = told {
            self.shares.remove(&conversation);
        }
    }

    /// The agent signed out, or was disabled: their tabs of shared pages end with it.
    pub(super) fn end_watchers(&self, end: EndWatcher, ctx: &mut Context<Self>) {
        let sessions = self.shares.values().filter_map(|shared| shared.child.address.as_ref());
        let full = sessions.filter(|session| matches!(session.try_send(end), Err(SendError::Full(_)))).count();
        if full > 0 {
            ctx.run_later(TRY_AGAIN, move |this, ctx| this.end_watchers(end, ctx));
        }
    }

    fn grant_share(&mut self, conversation: ConversationId) -> u64 {
        self.shares.get_mut(&conversation).map_or(0, |shared| shared.child.grant())
    }

    fn revoke_share(&mut self, conversation: ConversationId) {
        if let Some(shared) = self.shares.get_mut(&conversation) {
            shared.child.grants = shared.child.grants.saturating_sub(1);
        }
    }

    fn seat_watcher(&mut self, arrival: ArriveWatcher, key: VisitorKey, ctx: &Context<Self>) {
        let conversation = arrival.conversation;
        let Some(session) = self.share(conversation, key, ctx) else { return };
        let grant = self.grant_share(conversation);
        if session.try_send(SeatWatcher { arrival, grant }).is_err() {
            self.revoke_share(conversation);
        }
    }
}

impl Handler<ArriveWatcher> for ChatSupervisor {
    type Result = ();

    /// A tab whose conversation is not there, or not theirs, is turned away like one that is nobody's.
    fn handle(&mut self, arrival: ArriveWatcher, ctx: &mut Self::Context) {
        if self.draining {
            return;
        }
        let known = self.routes.get(arrival.conversation).map(|entry| entry.key);
        if let Some(key) = known {
            if arrival.admitted.sites.contains(&key.site) {
                self.seat_watcher(arrival, key, ctx);
            } else {
                arrival.turn_away();
            }
            return;
        }
        let located = self.ports.log.locate(arrival.admitted.sites.clone(), arrival.conversation);
        ctx.spawn(located.into_actor(self).map(move |located, this, ctx| match located {
            Ok(Some((site, visitor))) => this.seat_watcher(arrival, VisitorKey { site, visitor }, ctx),
            Ok(None) => arrival.turn_away(),
            // The link is dropped, which tells the tab to come back.
            Err(error) => tracing::warn!(%error, "a conversation could not be located"),
        }));
    }
}

impl Handler<ArrivePage> for ChatSupervisor {
    type Result = ();

    fn handle(&mut self, arrival: ArrivePage, ctx: &mut Self::Context) {
        if self.draining {
            return;
        }
        let ArrivePage { admitted, hello, link } = arrival;
        let site = admitted.site;
        let known = self.ports.shares.open(site, hello.share);
        ctx.spawn(known.into_actor(self).map(move |known, this, ctx| match known {
            Ok(Some(row)) if row.visitor == admitted.visitor => {
                let conversation = row.conversation;
                let key = VisitorKey { site, visitor: row.visitor };
                let Some(session) = this.share(conversation, key, ctx) else { return };
                let grant = this.grant_share(conversation);
                if session.try_send(SeatPage { hello, row, link, grant }).is_err() {
                    this.revoke_share(conversation);
                }
            }
            Ok(_) => ArrivePage { admitted, hello, link }.turn_away(),
            Err(error) => tracing::warn!(%error, "a share could not be read"),
        }));
    }
}
