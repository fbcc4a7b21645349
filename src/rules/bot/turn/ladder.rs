//! What a free text means: the ladder, one rung after the other.
//!
//! 1 field, 2 keyword, 3 label, 4 courtesy, 5 product query, 6 and 7 FAQ,
//! 8 catalog, 10 unknown; of one word alone the catalog is asked before the FAQs.
//! Rung 9, a language model, comes with a later release and takes its place before
//! unknown in [`Run::climb`]; nothing else has to move.

use super::super::keywords::{fold, label_named, read_part, words_of};
use super::super::state::{Mode, Offered, Then};
use super::super::{rung, words};
use super::Run;
use crate::protocol::BotTurn;

/// From so many words on, a keyword in the answer to a text field asks for a person.
const KEYWORD_IN_ANSWER_WORDS_MIN: usize = 3;

impl Run<'_> {
    /// A text of the visitor.
    pub(super) fn hear(&mut self, text: &str) {
        match self.state.mode.clone() {
            // The conversation was begun by a client that did not show the start turn.
            Mode::New => {
                self.start();
                self.opening = false;
                self.turn = BotTurn::default();
                self.hear(text);
            }
            Mode::Form => self.hear_at_form(text),
            Mode::Menu | Mode::Query { .. } | Mode::Searching(_) => self.climb(text),
            Mode::Asking { field, then } => self.hear_answer(text, &field, &then),
            Mode::Message => self.hear_message(text),
            // Stored for whoever takes the conversation; the bot answers nothing.
            Mode::Waiting { .. } | Mode::Left | Mode::Silenced => {}
        }
    }

    fn climb(&mut self, text: &str) {
        if self.asks_for_a_person(text) {
            self.hand_off();
        } else if let Some(offered) = self.button_named(text) {
            self.press(&offered, rung::LABEL);
        } else if let Some(is_thanks) = courtesy(text) {
            self.why(rung::COURTESY, format!("`{}`", fold(text)));
            let texts = &self.bot.texts;
            self.state.misses = 0;
            self.rest();
            self.say(if is_thanks { &texts.thanks } else { &texts.hello });
            self.offer_menu();
        } else {
            self.understand(text);
        }
    }

    /// Words without a word in them (only signs, only emoji) are matched with nothing.
    fn understand(&mut self, text: &str) {
        let has_words = !fold(text).is_empty();
        let understood = has_words
            && match self.state.mode {
                Mode::Query { again } => self.hear_query(text, again),
                Mode::New
                | Mode::Form
                | Mode::Menu
                | Mode::Asking { .. }
                | Mode::Message
                | Mode::Searching(_)
                | Mode::Waiting { .. }
                | Mode::Left
                | Mode::Silenced => {
                    self.search_for_word(text) || self.hear_question(text) || self.search_for_name(text)
                }
            };
        if !understood {
            self.miss();
        }
    }

    /// What to search for was asked. After a search that found nothing, a text that is surely a
    /// question is taken for one.
    fn hear_query(&mut self, text: &str, again: bool) -> bool {
        if !again || !self.hear_sure_question(text) {
            self.search_for_query(text);
        }
        true
    }

    /// Nothing caught the text.
    pub(super) fn miss(&mut self) {
        let misses = self.state.misses.saturating_add(1);
        self.why(rung::UNKNOWN, format!("miss {misses}"));
        self.count_miss(misses);
    }

    /// None of the FAQs offered was meant.
    pub(super) fn miss_suggestions(&mut self) {
        let misses = self.state.misses.saturating_add(1);
        self.why(rung::NONE_OF_THESE, format!("miss {misses}"));
        self.count_miss(misses);
    }

    /// Says so, or offers a person after some of these in a row.
    fn count_miss(&mut self, misses: u32) {
        self.state.misses = misses;
        let limit = self.bot.handoff.after_unknown;
        self.rest();
        if limit > 0 && misses >= limit {
            self.offer_person();
        } else {
            self.say(&self.bot.texts.unknown);
            self.offer_menu();
        }
    }

    /// A visitor who types instead of filling the form in is asked in the chat.
    fn hear_at_form(&mut self, text: &str) {
        if self.asks_for_a_person(text) {
            self.hand_off();
        } else {
            self.why(rung::FIELD, "a text in place of the form");
            self.state.unheard = Some(read_part(text).to_owned());
            self.ask_next(Then::Form);
        }
    }

    fn hear_answer(&mut self, text: &str, field: &str, then: &Then) {
        let free = self.is_free_text(field);
        // A text field takes any words, so a person must be asked for in a sentence there.
        let is_answer = if free { words_of(text).len() < KEYWORD_IN_ANSWER_WORDS_MIN } else { self.fits(field, text) };
        let named = self.button_named(text).filter(|offered| !free || names_exactly(offered, text));
        if self.is_skip_label(field, text) {
            self.why(rung::FIELD, format!("`{field}` skipped"));
            self.skip();
        } else if !is_answer && self.may_hand_off(then) && self.asks_for_a_person(text) {
            self.hand_off();
        } else if let Some(offered) = named {
            self.press(&offered, rung::LABEL);
        } else {
            self.answer(text);
        }
    }

    fn hear_message(&mut self, text: &str) {
        if self.reachable && self.asks_for_a_person(text) {
            self.hand_off();
        } else {
            self.why(rung::FIELD, "the message to leave");
            self.complete_message();
        }
    }

    /// Whether a handoff keyword is in the text; if so, says why.
    fn asks_for_a_person(&mut self, text: &str) -> bool {
        let found = self.keyword_in(text).map(|keyword| format!("`{keyword}`"));
        let asks = found.is_some();
        if let Some(keyword) = found {
            self.state.misses = 0;
            self.why(rung::KEYWORD, keyword);
        }
        asks
    }

    fn keyword_in(&self, text: &str) -> Option<&str> {
        self.keywords().found_in(text)
    }

    fn button_named(&self, text: &str) -> Option<Offered> {
        let at = label_named(text, self.state.offered.iter().map(|offered| offered.label.as_str()))?;
        self.state.offered.get(at).cloned()
    }
}

fn names_exactly(offered: &Offered, text: &str) -> bool {
    fold(&offered.label) == fold(text)
}

/// A text that only greets (false) or only thanks (true).
fn courtesy(text: &str) -> Option<bool> {
    let text = fold(text);
    if words::THANKS.contains(&text.as_str()) {
        Some(true)
    } else {
        words::GREETINGS.contains(&text.as_str()).then_some(false)
    }
}
