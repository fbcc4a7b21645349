//! What a decision needs from outside: documents, cards, colleagues, what a button says.

use super::super::order::Order;
use super::super::ports::Uploader;
use super::work::{Live, Trouble, Worker};
use crate::protocol::{
    AgentCommand, BotTurn, ConversationId, DocumentId, DocumentRef, Event, EventBody, VisitorCommand,
};
use crate::rules::conversation::{COMPARED, Command, Facts};
use crate::store::StoreError;

/// Enough for the one event that is wanted.
const ONE_EVENT_BYTES: usize = 1;

impl Worker {
    /// Looks up what the decision needs.
    pub async fn facts(&self, live: &mut Live, order: &Order) -> Result<Facts, Trouble> {
        let mut facts = Facts::at(self.around.ports.clock.now(), self.fresh_transfer());
        let (site, id) = (self.key.site, live.state.id);
        match &order.command {
            Command::Visitor(VisitorCommand::ShareDocument { document }) => {
                facts.document = self.document(id, Uploader::Visitor(self.key.visitor), *document).await?;
            }
            Command::Visitor(VisitorCommand::ChooseButton { turn: _, button }) => {
                let at = usize::try_from(*button).unwrap_or(usize::MAX);
                let offered = self.offered(live).await?;
                let chosen = offered.and_then(|turn| turn.buttons.get(at)).filter(|button| button.url.is_none());
                facts.label = chosen.map(|button| button.label.clone());
            }
            Command::Visitor(VisitorCommand::SubmitForm { turn: _, answers }) => {
                facts.form = self.check_form(live, answers).await?;
            }
            Command::Agent { by, command: AgentCommand::ShareDocument { document } } => {
                facts.document = self.document(id, Uploader::Agent(by.id), *document).await?;
            }
            Command::Agent { by: _, command: AgentCommand::RecommendProduct { product, sku } } => {
                let lang = live.state.lang.clone();
                facts.card = self.around.ports.cards.card(site, lang, product.clone(), sku.clone()).await?;
            }
            Command::Agent { by: _, command: AgentCommand::CompareProducts { products } }
                if COMPARED.contains(&products.len()) =>
            {
                let lang = live.state.lang.clone();
                facts.comparison = self.around.ports.cards.comparison(site, lang, products.clone()).await?;
            }
            Command::Agent { by: _, command: AgentCommand::OfferTransfer { to, .. } } => {
                facts.target = self.around.board.online_agent(site, *to).map(|presence| presence.agent);
            }
            Command::Visitor(VisitorCommand::Rate { .. }) => {
                facts.rating = self.rating(live).await?.map(|rating| rating.scale);
            }
            Command::Visitor(
                VisitorCommand::Begin {} | VisitorCommand::PostMessage { .. } | VisitorCommand::MarkCard { .. },
            )
            | Command::Agent { .. }
            | Command::Begin(_)
            | Command::Server(_) => {}
        }
        Ok(facts)
    }

    async fn document(
        &self,
        conversation: ConversationId,
        by: Uploader,
        document: DocumentId,
    ) -> Result<Option<DocumentRef>, StoreError> {
        self.around.ports.documents.uploaded(self.key.site, conversation, by, document).await
    }

    /// The latest turn of the bot.
    async fn offered<'a>(&self, live: &'a mut Live) -> Result<Option<&'a BotTurn>, StoreError> {
        if live.offered.is_none() && live.state.latest_turn > 0 {
            let event = self.event(live.state.id, live.state.latest_turn).await?;
            live.offered = event.and_then(|event| match event.body {
                EventBody::BotSpoke { turn, .. } => Some(turn),
                _ => None,
            });
        }
        Ok(live.offered.as_ref())
    }

    /// One event by its number.
    pub async fn event(&self, conversation: ConversationId, seq: u64) -> Result<Option<Event>, StoreError> {
        let before = seq.saturating_sub(1);
        let chunk = self.around.ports.log.since(self.key.site, conversation, before, ONE_EVENT_BYTES).await?;
        Ok(chunk.events.into_iter().find(|event| event.seq == seq))
    }
}
