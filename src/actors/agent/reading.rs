//! Transcripts for tabs: what is missing in chunks, then live.

use actix::prelude::*;

use super::super::follow::{Follower, Next};
use super::super::link::{SocketId, encode};
use super::super::messages::{Signed, Told};
use super::super::visitor::{CHUNK_BYTES_MAX, OPEN_EVENTS_MAX};
use super::AgentSession;
use crate::protocol::frame::ToAgent;
use crate::protocol::{ConversationId, RefusalCode, SiteId};
use crate::store::StoreError;
use crate::store::log::Chunk;

/// Conversations that one tab may follow at once.
const FOLLOWS_MAX: usize = 64;

impl AgentSession {
    pub(super) fn resume(
        &mut self,
        socket: SocketId,
        site: SiteId,
        conversation: ConversationId,
        since: u64,
        ctx: &mut Context<Self>,
    ) {
        let Some(tab) = self.tab(socket) else { return };
        if tab.follows.len() >= FOLLOWS_MAX && !tab.follows.contains_key(&conversation) {
            self.fault(socket, RefusalCode::TooFast);
            return;
        }
        tab.follows.insert(conversation, Follower::resuming(since));
        self.read_chunk(socket, site, conversation, since, ctx);
    }

    /// The last events: a resume that begins so far before the end.
    pub(super) fn open(
        &mut self,
        socket: SocketId,
        site: SiteId,
        conversation: ConversationId,
        last: u32,
        ctx: &mut Context<Self>,
    ) {
        let newest = self.around.ports.log.before(site, conversation, 0, 1);
        let last = u64::from(last.min(OPEN_EVENTS_MAX));
        ctx.spawn(newest.into_actor(self).map(move |newest, this, ctx| match newest {
            Ok(newest) => {
                let head = newest.last().map_or(0, |event| event.seq);
                this.resume(socket, site, conversation, head.saturating_sub(last), ctx);
            }
            Err(error) => this.could_not_read(socket, conversation, &error),
        }));
    }

    pub(super) fn more(&mut self, socket: SocketId, conversation: ConversationId, ctx: &mut Context<Self>) {
        let Some((site, _)) = self.route(conversation) else { return };
        let follower = self.tab(socket).and_then(|tab| tab.follows.get_mut(&conversation));
        if let Some(since) = follower.and_then(Follower::more) {
            self.read_chunk(socket, site, conversation, since, ctx);
        }
    }

    fn read_chunk(
        &mut self,
        socket: SocketId,
        site: SiteId,
        conversation: ConversationId,
        since: u64,
        ctx: &mut Context<Self>,
    ) {
        let chunk = self.around.ports.log.since(site, conversation, since, CHUNK_BYTES_MAX);
        ctx.spawn(chunk.into_actor(self).map(move |chunk, this, _| match chunk {
            Ok(chunk) => this.send_chunk(socket, conversation, chunk),
            Err(error) => this.could_not_read(socket, conversation, &error),
        }));
    }

    fn send_chunk(&mut self, socket: SocketId, conversation: ConversationId, chunk: Chunk) {
        let Some(tab) = self.tab(socket) else { return };
        let Some(follower) = tab.follows.get_mut(&conversation) else { return };
        let more = follower.chunk(&chunk.events, chunk.more);
        let head = follower.head();
        let frame = ToAgent::Events { conversation, events: chunk.events, more, head };
        if tab.link.send_chunk(encode(&frame)).is_err() {
            self.forget(socket);
        }
    }

    fn could_not_read(&mut self, socket: SocketId, conversation: ConversationId, error: &StoreError) {
        tracing::warn!(%error, conversation.id = %conversation, "a transcript could not be read");
        if let Some(follower) = self.tab(socket).and_then(|tab| tab.follows.get_mut(&conversation)) {
            follower.failed();
        }
        self.fault(socket, RefusalCode::TryLater);
    }

    /// A new route: what happened on the way to it may have been missed.
    pub(super) fn catch_up(&mut self, conversation: ConversationId, site: SiteId, ctx: &mut Context<Self>) {
        let live: Vec<(SocketId, u64)> = self
            .tabs
            .iter_mut()
            .filter_map(|tab| {
                let follower = tab.follows.get_mut(&conversation)?;
                follower.doubt().map(|since| (tab.link.socket, since))
            })
            .collect();
        for (socket, since) in live {
            self.read_chunk(socket, site, conversation, since, ctx);
        }
    }

    /// A row says that there is more than was heard.
    pub(super) fn hear_head(&mut self, conversation: ConversationId, head: u64, ctx: &mut Context<Self>) {
        let Some((site, _)) = self.route(conversation) else { return };
        let behind: Vec<(SocketId, u64)> = self
            .tabs
            .iter_mut()
            .filter_map(|tab| {
                let follower = tab.follows.get_mut(&conversation)?;
                follower.hear_head(head).map(|since| (tab.link.socket, since))
            })
            .collect();
        for (socket, since) in behind {
            self.read_chunk(socket, site, conversation, since, ctx);
        }
    }
}

impl Handler<Told> for AgentSession {
    type Result = ();

    fn handle(&mut self, told: Told, ctx: &mut Self::Context) {
        let conversation = told.conversation;
        let site = self.route(conversation).map(|(site, _)| site);
        let (mut gone, mut behind) = (Vec::new(), Vec::new());
        for tab in &mut self.tabs {
            let Some(follower) = tab.follows.get_mut(&conversation) else { continue };
            for (seq, text) in told.events.iter() {
                match follower.hear(*seq) {
                    Next::Skip => {}
                    Next::Read => behind.push((tab.link.socket, follower.sent())),
                    Next::Send => {
                        if tab.link.send(text.clone()).is_err() {
                            gone.push(tab.link.socket);
                            break;
                        }
                    }
                }
            }
        }
        for socket in gone {
            self.forget(socket);
        }
        if let Some(site) = site {
            for (socket, since) in behind {
                self.read_chunk(socket, site, conversation, since, ctx);
            }
        }
    }
}

impl Handler<Signed> for AgentSession {
    type Result = ();

    fn handle(&mut self, Signed { conversation, text }: Signed, _: &mut Self::Context) {
        for tab in self.tabs.iter_mut().filter(|tab| tab.follows.contains_key(&conversation)) {
            tab.link.send_ephemeral(text.clone());
        }
    }
}
