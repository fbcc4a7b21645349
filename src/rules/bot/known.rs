//! What a published bot makes of a text outside of any conversation.
//!
//! A talk is [`super::step`]'s. Here a text stands alone, as on the page of what was not understood.

use chrono_tz::Tz;

use super::faq::{Decision, OFFERED_MAX};
use super::model::Bot;

impl Bot {
    /// The shop's own days and hours are in this zone.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The ids of its FAQs, in the definition's order.
    pub fn faq_ids(&self) -> impl Iterator<Item = &str> {
        self.faqs.iter().map(|faq| faq.id.as_str())
    }

    /// One FAQ answers this text, or it asks for a person in so many words. Offering several FAQs is no answer.
    #[must_use]
    pub fn would_answer(&self, lang: &str, text: &str) -> bool {
        let found = self.index.get(self.language_index(lang)).find(text, OFFERED_MAX);
        let is_answer = match Decision::of(&found, self.thresholds.answer_above, self.thresholds.suggest_above) {
            Decision::Answer => true,
            Decision::Offer(_) | Decision::Silent => false,
        };
        is_answer || self.handoff.keywords.found_in(text).is_some()
    }

    /// The FAQ that comes nearest to this text, if any of its words speaks for one.
    #[must_use]
    pub fn nearest_faq(&self, lang: &str, text: &str) -> Option<&str> {
        let nearest = self.index.get(self.language_index(lang)).find(text, 1).into_iter().next()?;
        self.faqs.get(nearest.faq).map(|faq| faq.id.as_str())
    }
}
