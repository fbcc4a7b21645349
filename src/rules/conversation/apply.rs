//! Folding one event into a conversation. It judges nothing: what is in the log has happened.

use super::share;
use super::state::{CARDS_MAX, CardState, ConversationState, Phase, Rated, VISITOR_INPUTS_MAX};
use crate::protocol::conversation::{LastLine, LineFrom, LineKind, TransferOffer};
use crate::protocol::{Author, BotTurn, Detail, Event, EventBody, QueueReason, Timestamp};

/// A list's line shows so much of what was said last.
pub const LINE_CHARS_MAX: usize = 140;

/// The state after one more event.
#[must_use]
pub fn apply(mut state: ConversationState, event: &Event) -> ConversationState {
    let (seq, at) = (event.seq, event.at);
    state.head = seq;
    match &event.body {
        EventBody::ConversationStarted { previous, lang, page: _, bot_version, test } => {
            state.previous = *previous;
            state.lang.clone_from(lang);
            state.bot_version = *bot_version;
            state.test = *test;
            state.started_at = at;
            state.version = 1;
            state.last.at = at;
        }
        EventBody::BotSpoke { turn, answers } => bot_spoke(&mut state, seq, at, turn, *answers),
        EventBody::BotExplained { .. } => state.unanswered = 0,
        EventBody::MessagePosted { author, text } => {
            said(&mut state, seq, at, author, LineKind::Text, text);
        }
        EventBody::ButtonChosen { turn: _, button: _, label } => {
            said(&mut state, seq, at, &Author::Visitor {}, LineKind::Text, label);
        }
        EventBody::DetailsGiven { details } => {
            remember(&mut state.details, details);
            awaits_bot(&mut state, seq);
        }
        EventBody::DocumentShared { author, document } => {
            said(&mut state, seq, at, author, LineKind::Document, &document.name);
        }
        EventBody::ConversationQueued { reason } => queued(&mut state, at, reason),
        EventBody::ConversationTaken { by } => {
            let message_left = matches!(state.phase, Phase::Waiting { message_left: true, .. });
            enter(&mut state, Phase::InProgress { agent: by.clone(), offer: None, message_left });
        }
        EventBody::TransferOffered { transfer, from, to, note, expires_at } => {
            let offered = TransferOffer {
                transfer: *transfer,
                from: from.clone(),
                to: to.clone(),
                note: note.clone(),
                expires_at: *expires_at,
            };
            set_offer(&mut state, Some(offered));
        }
        EventBody::TransferEnded { .. } => set_offer(&mut state, None),
        EventBody::ConversationTransferred { transfer: _, from: _, to } => {
            let message_left = matches!(state.phase, Phase::InProgress { message_left: true, .. });
            enter(&mut state, Phase::InProgress { agent: to.clone(), offer: None, message_left });
        }
        EventBody::ConversationClosed { by } => enter(&mut state, Phase::Closed { at, by: by.clone() }),
        EventBody::ProductRecommended { by: _, card } => {
            push_bounded(&mut state.cards, CardState::sent(seq, Vec::new()), CARDS_MAX);
            state.last = line(at, LineFrom::Agent, LineKind::Product, &card.title);
        }
        EventBody::ProductsCompared { by: _, comparison } => {
            let products = comparison.cards.iter().map(|card| card.product.clone()).collect();
            push_bounded(&mut state.cards, CardState::sent(seq, products), CARDS_MAX);
            let titles: Vec<&str> = comparison.cards.iter().map(|card| card.title.as_str()).collect();
            state.last = line(at, LineFrom::Agent, LineKind::Product, &titles.join(" / "));
        }
        EventBody::CardMarked { card, mark, product } => {
            if let Some(card) = state.cards.iter_mut().find(|known| known.seq == *card) {
                card.mark(*mark, product.as_ref());
            }
        }
        EventBody::ShareChanged { share, step } => share::apply(&mut state, *share, step),
        EventBody::ConversationRated { rating, comment } => {
            state.rated = Some(Rated { rating: *rating, comment: comment.clone() });
        }
        EventBody::NoteAdded { .. } | EventBody::ShareActed { .. } | EventBody::Withheld {} => {}
    }
    state
}

/// Every word of the bot answers all that came before it.
fn bot_spoke(state: &mut ConversationState, seq: u64, at: Timestamp, turn: &BotTurn, answers: u64) {
    state.unanswered = 0;
    state.latest_turn = seq;
    if answers == 0 {
        state.start_turn = seq;
    }
    if !turn.cards.is_empty() {
        let products = turn.cards.iter().map(|card| card.product.clone()).collect();
        push_bounded(&mut state.cards, CardState::sent(seq, products), CARDS_MAX);
    }
    if let Some(text) = turn.say.last() {
        state.last = line(at, LineFrom::Bot, LineKind::Text, text);
    }
}

/// Somebody said or showed something.
fn said(state: &mut ConversationState, seq: u64, at: Timestamp, author: &Author, what: LineKind, text: &str) {
    match author {
        Author::Visitor {} => {
            state.last = line(at, LineFrom::Visitor, what, text);
            push_bounded(&mut state.visitor_inputs, seq, VISITOR_INPUTS_MAX);
            awaits_bot(state, seq);
        }
        Author::Agent { agent: _ } => state.last = line(at, LineFrom::Agent, what, text),
    }
}

/// Only the bot owes every input an answer; in the line it may speak but need not.
fn awaits_bot(state: &mut ConversationState, seq: u64) {
    match state.phase {
        Phase::Bot {} => state.unanswered = seq,
        Phase::Waiting { .. } | Phase::InProgress { .. } | Phase::Closed { .. } => {}
    }
}

/// To the line, or another reason for being in it: that changes neither place nor version.
fn queued(state: &mut ConversationState, at: Timestamp, reason: &QueueReason) {
    let left = match reason {
        QueueReason::MessageLeft {} => true,
        QueueReason::Handoff {} | QueueReason::AgentGone { .. } => false,
    };
    let was_with = match reason {
        QueueReason::AgentGone { agent } => Some(agent.clone()),
        QueueReason::Handoff {} | QueueReason::MessageLeft {} => None,
    };
    match &mut state.phase {
        Phase::Waiting { message_left, .. } => *message_left = left,
        Phase::InProgress { message_left, .. } => {
            let message_left = left || *message_left;
            let first_in_line = was_with.is_some();
            enter(state, Phase::Waiting { since: at, message_left, first_in_line, was_with });
        }
        Phase::Bot {} | Phase::Closed { .. } => {
            let first_in_line = was_with.is_some();
            enter(state, Phase::Waiting { since: at, message_left: left, first_in_line, was_with });
        }
    }
}

/// Another party is in charge: what the bot owed is owed no more.
fn enter(state: &mut ConversationState, phase: Phase) {
    state.phase = phase;
    state.version += 1;
    state.unanswered = 0;
}

fn set_offer(state: &mut ConversationState, offered: Option<TransferOffer>) {
    match &mut state.phase {
        Phase::InProgress { offer, .. } => *offer = offered,
        Phase::Bot {} | Phase::Waiting { .. } | Phase::Closed { .. } => {}
    }
}

/// A later value replaces an earlier one, in its place.
fn remember(details: &mut Vec<Detail>, given: &[Detail]) {
    for detail in given {
        match details.iter_mut().find(|known| known.field == detail.field) {
            Some(known) => known.clone_from(detail),
            None => details.push(detail.clone()),
        }
    }
}

fn push_bounded<T>(list: &mut Vec<T>, item: T, max: usize) {
    if list.len() >= max {
        list.remove(0);
    }
    list.push(item);
}

fn line(at: Timestamp, from: LineFrom, what: LineKind, text: &str) -> LastLine {
    LastLine { from, what, text: text.chars().take(LINE_CHARS_MAX).collect(), at }
}
