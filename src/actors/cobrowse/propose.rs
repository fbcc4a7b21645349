//! "Show me": the agent suggests a product's page, and the visitor's one click goes there. Who drives
//! goes there with an order like any other.
//!
//! Only pages of the store's own origin where sharing is not off are suggested, and the product is read
//! from the catalog: an agent cannot send a visitor to an address of their own.

use std::time::Duration;

use actix::prelude::*;
use tokio::time::Instant;

use super::super::link::SocketId;
use super::CobrowseSession;
use crate::protocol::cobrowse::{PROPOSAL_SECONDS, PageRule, ToPage, ToWatcher};
use crate::protocol::{AgentRef, AskId, ProductCard, ProductId, RefusalCode};
use crate::rules::cobrowse::{Stage, show};

/// The one suggestion that is open.
#[derive(Debug)]
pub struct Proposal {
    ask: AskId,
    by: SocketId,
    title: String,
    until: Instant,
}

impl CobrowseSession {
    pub(super) fn propose(&mut self, socket: SocketId, by: &AgentRef, product: ProductId, ctx: &mut Context<Self>) {
        let seen = self.share.is_seen() && self.share.agreed().is_some_and(|agent| agent.id == by.id);
        if !seen {
            return self.fault_watcher(socket, RefusalCode::NotShared);
        }
        let card = self.around.ports.cards.card(self.key.site, self.lang.clone(), product, None);
        let by = by.clone();
        ctx.spawn(card.into_actor(self).map(move |card, this, _| match card {
            Ok(Some(card)) => this.put_proposal(socket, by, &card),
            Ok(None) => this.fault_watcher(socket, RefusalCode::NoSuchProduct),
            Err(error) => {
                tracing::warn!(%error, "a product to suggest could not be read");
                this.fault_watcher(socket, RefusalCode::TryLater);
            }
        }));
    }

    fn put_proposal(&mut self, socket: SocketId, agent: AgentRef, card: &ProductCard) {
        let here = self.page.as_ref().and_then(|page| page.shown.as_ref()).map(|page| page.url.clone());
        let settings = self.settings();
        let path = here.as_deref().and_then(|here| show::path_of(&settings, here, card.link.as_deref()?));
        let Some(path) = path.filter(|_| self.share.is_seen()) else {
            return self.fault_watcher(socket, RefusalCode::PageElsewhere);
        };
        if self.is_driven_by(&agent) {
            self.acts.shows(&path, &card.title);
            return self.tell_watcher(socket, &ToWatcher::ProductPage { path });
        }
        let ask = self.fresh_ask();
        let title = card.title.clone();
        self.proposal = Some(Proposal {
            ask,
            by: socket,
            title,
            until: Instant::now() + Duration::from_secs(PROPOSAL_SECONDS.into()),
        });
        self.tell_page(&ToPage::Proposed { ask, agent, path, title: card.title.clone(), seconds: PROPOSAL_SECONDS });
    }

    fn is_driven_by(&self, by: &AgentRef) -> bool {
        match &self.share.stage {
            Stage::InControl { agent, .. } => agent.id == by.id && self.share.rule == PageRule::Full,
            Stage::Idle
            | Stage::Asked { .. }
            | Stage::Sharing { .. }
            | Stage::ControlAsked { .. }
            | Stage::Suspended { .. }
            | Stage::Away { .. } => false,
        }
    }

    pub(super) fn answer_proposal(&mut self, ask: AskId, granted: bool, ctx: &mut Context<Self>) {
        if let Some(proposal) = self.proposal.take_if(|proposal| proposal.ask == ask) {
            if granted {
                self.acts.showed(&proposal.title);
                self.say_acts(false, ctx);
            }
            self.tell_watcher(proposal.by, &ToWatcher::ProposalEnded { granted });
        }
    }

    pub(super) fn end_proposal_if_due(&mut self, now: Instant) {
        if let Some(proposal) = self.proposal.take_if(|proposal| proposal.until <= now) {
            self.tell_page(&ToPage::AskEnded { ask: proposal.ask });
            self.tell_watcher(proposal.by, &ToWatcher::ProposalEnded { granted: false });
        }
    }
}
