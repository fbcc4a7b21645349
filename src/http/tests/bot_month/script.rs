//! One conversation of the month: what is written of it, and what it must count for.
//!
//! It counts by itself, from what it makes happen, and knows nothing of how the store counts.

use uuid::Uuid;

use super::pool::Said;
use crate::protocol::{
    AgentId, AgentRef, Author, BotTurn, BotWhy, ConversationId, Detail, DetailRole, Event, EventBody, QueueReason,
    SiteId, Timestamp, VisitorId,
};
use crate::rules::bot::rung;
use crate::rules::conversation::{ConversationState, apply};
use crate::store::log::Append;

/// What an FAQ was in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Answered,
    Suggested,
    Clicked,
    HandedOffAfter,
}

/// What a conversation counts for.
#[derive(Debug, Default)]
pub struct Counts {
    pub missed: Vec<Said>,
    pub used: Vec<(&'static str, Use)>,
    pub handed_off: bool,
    pub message_left: bool,
    pub taken: bool,
    pub rating: Option<u8>,
}

/// A conversation as it is written, append by append.
pub struct Script {
    pub appends: Vec<Append>,
    pub counts: Counts,
    state: ConversationState,
    at: Timestamp,
    /// The visitor's turns that are no answers to fields.
    turns: u32,
    /// FAQ answers with the turn that they were said in, and whether a person was asked for soon after.
    answers: Vec<(&'static str, u32, bool)>,
}

impl Script {
    pub fn begin(site: SiteId, lang: &str, at: Timestamp, test: bool) -> Self {
        let (id, visitor) = (ConversationId(Uuid::now_v7()), VisitorId(Uuid::now_v7()));
        let state = ConversationState::unbegun(id, site, visitor);
        let mut script = Self { appends: vec![], counts: Counts::default(), state, at, turns: 0, answers: vec![] };
        let started =
            EventBody::ConversationStarted { previous: None, lang: lang.to_owned(), page: None, bot_version: 1, test };
        let why = BotWhy { rung: rung::START.into(), ..BotWhy::default() };
        let first_words = [spoke(0), EventBody::BotExplained { answers: 0, why }];
        script.write(std::iter::once(started).chain(first_words).collect());
        script
    }

    /// Eight seconds pass between any two things.
    fn write(&mut self, bodies: Vec<EventBody>) {
        let seen_head = self.state.head;
        let events: Vec<Event> =
            (seen_head + 1..).zip(bodies).map(|(seq, body)| Event { seq, at: self.at, body }).collect();
        for event in &events {
            self.state = apply(self.state.clone(), event);
        }
        self.at = self.at.plus_seconds(8);
        self.appends.push(Append {
            site: self.state.site,
            conversation: self.state.id,
            command: None,
            answer: self.state.head,
            seen_head,
            events,
            state: self.state.clone(),
            bot: None,
            visits: Vec::new(),
            visits_consented: None,
            device: None,
        });
    }

    fn turn(&mut self, mut done: Vec<EventBody>, rung: &str, answered: Option<&'static str>, offered: &[&'static str]) {
        let answers = self.state.head;
        let why = BotWhy {
            rung: rung.into(),
            version: 1,
            answered: answered.map(str::to_owned),
            suggested: offered.iter().map(|faq| (*faq).to_owned()).collect(),
            ..BotWhy::default()
        };
        done.extend([spoke(answers), EventBody::BotExplained { answers, why }]);
        self.write(done);
        self.turns += u32::from(rung != rung::FIELD);
        if let Some(faq) = answered {
            self.answers.push((faq, self.turns, false));
        }
    }

    fn says(&mut self, text: &str) {
        self.write(vec![EventBody::MessagePosted { author: Author::Visitor {}, text: text.into() }]);
    }

    fn presses(&mut self) {
        let turn = self.state.latest_turn;
        self.write(vec![EventBody::ButtonChosen { turn, button: 0, label: "Choix".into() }]);
    }

    pub fn is_not_understood(&mut self, said: Said) {
        self.says(said.text);
        self.turn(vec![], rung::UNKNOWN, None, &[]);
        self.counts.missed.push(said);
    }

    pub fn greets(&mut self) {
        self.says("bonjour");
        self.turn(vec![], rung::COURTESY, None, &[]);
    }

    pub fn is_answered(&mut self, faq: &'static str, by_button: bool) {
        if by_button {
            self.presses();
        } else {
            self.says("une question que le robot connaît");
        }
        self.turn(vec![], if by_button { rung::BUTTON } else { rung::FAQ }, Some(faq), &[]);
        self.counts.used.push((faq, Use::Answered));
    }

    pub fn is_offered(&mut self, said: Said, faqs: &[&'static str]) {
        self.says(said.text);
        self.turn(vec![], rung::SUGGEST, None, faqs);
        self.counts.used.extend(faqs.iter().map(|faq| (*faq, Use::Suggested)));
    }

    pub fn takes(&mut self, faq: &'static str, typed: bool) {
        if typed {
            self.says("le nom du bouton");
        } else {
            self.presses();
        }
        self.turn(vec![], if typed { rung::LABEL } else { rung::BUTTON }, Some(faq), &[]);
        self.counts.used.push((faq, Use::Clicked));
    }

    pub fn wants_none(&mut self, offered_for: Said) {
        self.presses();
        self.turn(vec![], rung::NONE_OF_THESE, None, &[]);
        self.counts.missed.push(offered_for);
    }

    pub fn asks_for_a_person(&mut self, first_name_first: bool) {
        if first_name_first {
            self.presses();
            self.turn(vec![], rung::BUTTON, None, &[]);
            self.blame(self.turns);
            self.says("Léa");
            self.turn(vec![kept(), queued(QueueReason::Handoff {})], rung::FIELD, None, &[]);
        } else {
            self.blame(self.turns + 1);
            self.says("un conseiller");
            self.turn(vec![queued(QueueReason::Handoff {})], rung::KEYWORD, None, &[]);
        }
        self.counts.handed_off = true;
    }

    pub fn leaves_a_message(&mut self) {
        self.presses();
        self.turn(vec![], rung::BUTTON, None, &[]);
        self.blame(self.turns);
        self.says("Rappelez-moi pour le vase");
        self.turn(vec![], rung::FIELD, None, &[]);
        self.says("lea@example.com");
        self.turn(vec![kept(), queued(QueueReason::MessageLeft {})], rung::FIELD, None, &[]);
        self.counts.message_left = true;
    }

    /// The wish for a person came with this turn.
    fn blame(&mut self, wished_in: u32) {
        for (faq, said_in, blamed) in &mut self.answers {
            if wished_in - *said_in <= 2 && !*blamed {
                *blamed = true;
                self.counts.used.push((*faq, Use::HandedOffAfter));
            }
        }
    }

    pub fn is_taken(&mut self, and_closed: bool) {
        let agent = AgentRef { id: AgentId(Uuid::nil()), first_name: "Camille".into() };
        let says = EventBody::MessagePosted { author: Author::Agent { agent: agent.clone() }, text: "Bonjour".into() };
        self.write(vec![EventBody::ConversationTaken { by: agent.clone() }]);
        self.write(vec![says]);
        if and_closed {
            self.write(vec![EventBody::ConversationClosed { by: agent }]);
        }
        self.counts.taken = true;
    }

    pub fn rates(&mut self, rating: u8) {
        self.write(vec![EventBody::ConversationRated { rating, comment: String::new() }]);
        self.counts.rating = Some(rating);
    }
}

fn spoke(answers: u64) -> EventBody {
    EventBody::BotSpoke { turn: BotTurn { say: vec!["Bonjour".into()], ..BotTurn::default() }, answers }
}

fn queued(reason: QueueReason) -> EventBody {
    EventBody::ConversationQueued { reason }
}

fn kept() -> EventBody {
    let (field, label, value) = ("prenom".into(), "Prénom".into(), "Léa".into());
    EventBody::DetailsGiven { details: vec![Detail { field, label, value, role: DetailRole::Name }] }
}
