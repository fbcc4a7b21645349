//! Rows and counts of the sites on duty, as the bus brings them.

use actix::prelude::*;
use futures_util::stream;

use super::super::link::encode;
use super::AgentSession;
use crate::bus::{Heard, Hint};
use crate::protocol::SiteId;
use crate::protocol::conversation::TabCounts;
use crate::protocol::frame::ToAgent;
use crate::rules::conversation::row;

#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The subscription to the sites on duty.
    listening: Option<SpawnHandle>,
    /// A row changed since the counts were read.
    stale: bool,
    /// The counts are being read.
    reading: bool,
    told: Option<TabCounts>,
}

impl Lists {
    pub fn counts_are_stale(&mut self) {
        self.stale = true;
    }

    /// A tab was welcomed with counts of its own: the next ones are said, whatever was said before.
    pub fn counts_were_told_apart(&mut self) {
        self.told = None;
    }
}

impl AgentSession {
    /// Listens to the sites on duty, and to no others.
    pub(super) fn listen(&mut self, ctx: &mut Context<Self>) {
        if let Some(listening) = self.lists.listening.take() {
            ctx.cancel_future(listening);
        }
        let heard: Vec<_> = self.duty.iter().map(|site| self.around.bus.subscribe(*site)).collect();
        if !heard.is_empty() {
            self.lists.listening = Some(ctx.add_stream(stream::select_all(heard)));
        }
    }

    /// Reads the counts once a tick, if a row changed.
    pub(super) fn refresh_counts(&mut self, ctx: &mut Context<Self>) {
        if !self.lists.stale || self.lists.reading || self.tabs.is_empty() {
            return;
        }
        self.lists.stale = false;
        self.lists.reading = true;
        let counts = self.around.ports.log.counts(self.agent.id, self.duty.clone());
        ctx.spawn(counts.into_actor(self).map(|counts, this, _| {
            this.lists.reading = false;
            match counts {
                Ok(counts) if this.lists.told == Some(counts) => {}
                Ok(counts) => {
                    this.lists.told = Some(counts);
                    this.say_to_all(&encode(&ToAgent::Counts { counts }));
                }
                Err(error) => {
                    tracing::warn!(%error, "the tabs' counts could not be read");
                    this.lists.stale = true;
                }
            }
        }));
    }

    /// Too many hints at once: all open rows of the site, from the store.
    fn reread_rows(&mut self, site: SiteId, ctx: &mut Context<Self>) {
        let open = self.around.ports.log.open_of_site(site);
        ctx.spawn(open.into_actor(self).map(move |open, this, _| match open {
            Ok(open) => {
                for stored in open {
                    let online = this.around.board.is_online(stored.state.visitor);
                    let row = row(&stored.state, &stored.marks, online);
                    this.say_to_all(&encode(&ToAgent::Row { row }));
                }
            }
            Err(error) => tracing::warn!(%error, site.id = %site, "the rows could not be read again"),
        }));
    }
}

impl StreamHandler<Heard> for AgentSession {
    fn handle(&mut self, heard: Heard, ctx: &mut Self::Context) {
        match heard {
            Heard::Hint(_, Hint::Row { row, text }) => {
                self.lists.counts_are_stale();
                self.say_to_all(&text);
                self.hear_head(row.id, row.head, ctx);
            }
            Heard::Hint(_, Hint::Colleague(agent)) => {
                let agent = agent.as_ref().clone();
                self.say_to_all(&encode(&ToAgent::Colleague { agent }));
            }
            Heard::Missed(site) => {
                self.lists.counts_are_stale();
                self.reread_rows(site, ctx);
            }
        }
    }

    /// The bus ended; the next duty listens again.
    fn finished(&mut self, _: &mut Self::Context) {}
}
