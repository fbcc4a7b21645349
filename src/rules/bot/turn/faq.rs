//! Rungs 6 and 7: an FAQ answered, or a few of them offered.
//!
//! How near a text comes to an FAQ, and what is near enough to speak, is
//! [`super::super::faq`]'s; what is then said and offered is decided here.

use super::super::faq::{Decision, FaqMatch, OFFERED_MAX};
use super::super::keywords::read_part;
use super::super::model::{Faq, Target};
use super::super::rung;
use super::super::state::Act;
use super::super::words;
use super::Run;
use crate::protocol::FaqScore;

/// FAQs whose scores are told to agents.
const EXPLAINED_MAX: usize = 2;
/// Words that spoke for an FAQ, told to agents.
const EXPLAINED_WORDS_MAX: usize = 8;
impl Run<'_> {
    /// Answers or offers FAQs; false where none is near enough, with their scores kept in `why`.
    pub(super) fn hear_question(&mut self, text: &str) -> bool {
        let matches = self.matches(text);
        match self.decide(&matches) {
            Decision::Answer => self.answer_best(&matches),
            Decision::Offer(count) => self.suggest(matches.get(..count).unwrap_or(&matches)),
            Decision::Silent => return false,
        }
        true
    }

    /// Only an FAQ that is surely meant.
    pub(super) fn hear_sure_question(&mut self, text: &str) -> bool {
        let matches = self.matches(text);
        let sure = self.decide(&matches) == Decision::Answer;
        if sure {
            self.answer_best(&matches);
        }
        sure
    }

    fn decide(&self, matches: &[FaqMatch]) -> Decision {
        let thresholds = self.bot.thresholds;
        Decision::of(matches, thresholds.answer_above, thresholds.suggest_above)
    }

    /// The best FAQs for a text, which are noted in `why`.
    fn matches(&mut self, text: &str) -> Vec<FaqMatch> {
        let matches = self.bot.index.get(self.language).find(read_part(text), OFFERED_MAX);
        let scored = matches.iter().filter_map(|found| Some((self.bot.faqs.get(found.faq)?, found)));
        self.why.best = scored
            .take(EXPLAINED_MAX)
            .map(|(faq, found)| FaqScore {
                faq: faq.id.clone(),
                score: thousandths(found.score),
                words: found.words.iter().take(EXPLAINED_WORDS_MAX).cloned().collect(),
            })
            .collect();
        matches
    }

    fn answer_best(&mut self, matches: &[FaqMatch]) {
        let Some(faq) = matches.first().and_then(|best| self.bot.faqs.get(best.faq)) else { return };
        self.why(rung::FAQ, format!("`{}`", faq.id));
        self.state.misses = 0;
        self.say_answer(&faq.id);
    }

    /// Says an FAQ's answer; one that an older version had leads to the first step.
    pub(super) fn say_answer(&mut self, id: &str) {
        let Some(faq) = self.bot.faqs.iter().find(|faq| faq.id == id) else {
            self.go_to_first_step();
            return;
        };
        self.rest();
        self.why.answered = Some(faq.id.clone());
        self.say(&faq.answer);
        for button in &faq.buttons {
            self.offer_button(button, &faq.buttons);
        }
        // A link leaves the panel: it is no way on from here.
        if !self.state.offered.iter().any(|offered| offered.act != Act::Open) {
            self.offer_ways_to_a_person();
            self.offer_start();
        }
    }

    fn suggest(&mut self, matches: &[FaqMatch]) {
        let faqs: Vec<&Faq> = matches.iter().filter_map(|found| self.bot.faqs.get(found.faq)).collect();
        let ids: Vec<String> = faqs.iter().map(|faq| faq.id.clone()).collect();
        let listed: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        self.why(rung::SUGGEST, listed.join(", "));
        self.why.suggested = ids;
        self.rest();
        self.say(&self.bot.texts.suggest);
        for faq in faqs {
            let label = faq.label.get(self.language).clone();
            self.offer(label, Act::Go { target: Target::Faq { id: faq.id.clone() } }, None);
        }
        self.offer(self.bot.texts.none_of_these.get(self.language).clone(), Act::NoneOfThese, None);
    }

    /// Back to the first step, unless a button shown leads there already.
    pub(super) fn offer_start(&mut self) {
        let target = Target::Step { id: self.bot.first_step.clone() };
        let stands_there = |act: &Act| matches!(act, Act::Go { target: to } if *to == target);
        if !self.state.offered.iter().any(|offered| stands_there(&offered.act)) {
            self.offer(words::back_to_start(self.lang).to_owned(), Act::Go { target }, None);
        }
    }
}

fn thousandths(score: f32) -> u32 {
    (score.clamp(0.0, 1.0) * 1_000.0).round() as u32
}
