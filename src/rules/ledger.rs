//! What events mean for the ledger: products that were recommended, and how far each came.
//!
//! [`crate::store::ledger`] keeps a row a product from it; the rows can be made
//! again from the log at any time. Conversations of the test page are not counted.

use crate::protocol::{AgentRef, CardMark, EventBody, ProductCard, ProductId, Timestamp};

/// What one event does to the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry<'a> {
    Nothing,
    /// One row a product.
    Sent {
        by: &'a AgentRef,
        cards: &'a [ProductCard],
        compared: bool,
    },
    /// Of the rows of the event `card`: of one product, or of all.
    Marked {
        card: u64,
        mark: CardMark,
        product: Option<&'a ProductId>,
    },
}

#[must_use]
pub fn entry(body: &EventBody) -> Entry<'_> {
    match body {
        EventBody::ProductRecommended { by, card } => {
            Entry::Sent { by, cards: std::slice::from_ref(card), compared: false }
        }
        EventBody::ProductsCompared { by, comparison } => Entry::Sent { by, cards: &comparison.cards, compared: true },
        EventBody::CardMarked { card, mark, product } => {
            Entry::Marked { card: *card, mark: *mark, product: product.as_ref() }
        }
        EventBody::ConversationStarted { .. }
        | EventBody::BotSpoke { .. }
        | EventBody::BotExplained { .. }
        | EventBody::MessagePosted { .. }
        | EventBody::ButtonChosen { .. }
        | EventBody::DetailsGiven { .. }
        | EventBody::DocumentShared { .. }
        | EventBody::ConversationQueued { .. }
        | EventBody::ConversationTaken { .. }
        | EventBody::TransferOffered { .. }
        | EventBody::TransferEnded { .. }
        | EventBody::ConversationTransferred { .. }
        | EventBody::ConversationClosed { .. }
        | EventBody::ConversationRated { .. }
        | EventBody::NoteAdded { .. }
        | EventBody::ShareChanged { .. }
        | EventBody::ShareActed { .. }
        | EventBody::Withheld {} => Entry::Nothing,
    }
}

/// How far a product came, each at its first time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// What was opened or added was seen: a click may come before the second that a card must be in view.
    pub seen: Option<Timestamp>,
    pub opened: Option<Timestamp>,
    pub added: Option<Timestamp>,
}

impl Reached {
    #[must_use]
    pub fn with(self, mark: CardMark, at: Timestamp) -> Self {
        let seen = self.seen.or(Some(at));
        match mark {
            CardMark::Seen => Self { seen, ..self },
            CardMark::Opened => Self { seen, opened: self.opened.or(Some(at)), ..self },
            CardMark::Added => Self { seen, added: self.added.or(Some(at)), ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_or_added_was_seen_and_each_is_kept_as_it_was_first() {
        let at = Timestamp::from_millis;
        let reached = Reached::default().with(CardMark::Opened, at(5)).with(CardMark::Seen, at(6));
        assert_eq!(reached, Reached { seen: Some(at(5)), opened: Some(at(5)), added: None });
        let reached = reached.with(CardMark::Added, at(7)).with(CardMark::Added, at(8));
        assert_eq!(reached, Reached { seen: Some(at(5)), opened: Some(at(5)), added: Some(at(7)) });
    }
}
