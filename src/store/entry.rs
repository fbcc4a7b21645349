//! An append made ready for the writer: checked and serialised where it was decided,
//! so that the one writer only writes.

use super::log::{Append, CommandKey};
use super::{StoreError, botlog, ledger, search};
use crate::protocol::{AgentId, ConversationId, Event, PageVisit, SiteId, Stage, Timestamp, VisitorId};
use crate::rules::bot;
use crate::rules::conversation::{ConversationState, Phase};

/// An append as columns.
pub(super) struct Entry {
    pub site: SiteId,
    pub conversation: ConversationId,
    pub visitor: VisitorId,
    pub command: Option<CommandKey>,
    pub answer: u64,
    pub seen_head: u64,
    pub head: u64,
    pub lines: Vec<Line>,
    pub state: String,
    pub bot: Option<String>,
    pub stage: &'static str,
    pub agent: Option<AgentId>,
    pub place: i64,
    pub sort_at: i64,
    pub unanswered: u64,
    pub visits: Vec<PageVisit>,
    pub visits_consented: Option<bool>,
    pub device: Option<String>,
    /// What is told of the bot.
    pub of_bot: Option<botlog::Told>,
}

/// An event as columns.
pub(super) struct Line {
    pub seq: u64,
    pub at: i64,
    pub body: String,
    /// What can be searched for.
    pub said: Option<String>,
    /// What the ledger keeps of it.
    pub cards: Option<ledger::Cards>,
}

impl Entry {
    /// # Errors
    /// [`StoreError::Corrupt`] when the events are not numbered on from `seen_head` to the state's head.
    pub fn new(append: Append) -> Result<Self, StoreError> {
        let Append { site, conversation, state, events, .. } = &append;
        let numbered = (append.seen_head + 1..).zip(events).all(|(seq, event)| event.seq == seq)
            && append.seen_head + events.len() as u64 == state.head
            && state.head > 0;
        if !numbered || state.site != *site || state.id != *conversation {
            return Err(StoreError::Corrupt(format!(
                "events after {} of conversation `{conversation}` do not lead to its state",
                append.seen_head
            )));
        }
        let (agent, place, sort_at) = of_phase(state);
        Ok(Self {
            site: *site,
            conversation: *conversation,
            visitor: state.visitor,
            answer: append.answer,
            seen_head: append.seen_head,
            head: state.head,
            lines: events.iter().map(|event| Line::new(event, state)).collect::<Result<_, _>>()?,
            state: serde_json::to_string(state)?,
            bot: match &append.bot {
                Some(bot) => Some(serde_json::to_string(bot)?),
                None if append.seen_head == 0 => Some(serde_json::to_string(&bot::State::default())?),
                None => None,
            },
            stage: stage(state.phase.stage()),
            agent,
            place,
            sort_at: sort_at.millis(),
            unanswered: state.unanswered,
            of_bot: botlog::Told::of(&append),
            command: append.command,
            visits: append.visits,
            visits_consented: append.visits_consented,
            device: append.device,
        })
    }
}

impl Line {
    fn new(event: &Event, state: &ConversationState) -> Result<Self, StoreError> {
        Ok(Self {
            seq: event.seq,
            at: event.at.millis(),
            body: serde_json::to_string(&event.body)?,
            said: search::said(&event.body),
            cards: ledger::Cards::of(event, state),
        })
    }
}

/// A stage as its column has it.
pub(super) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Bot => "bot",
        Stage::Waiting => "waiting",
        Stage::InProgress => "in_progress",
        Stage::Closed => "closed",
    }
}

/// In charge, place in the line (0 = before all others), and the time that its list is sorted by.
fn of_phase(state: &ConversationState) -> (Option<AgentId>, i64, Timestamp) {
    match &state.phase {
        Phase::Bot { .. } => (None, 1, state.started_at),
        Phase::Waiting { since, first_in_line, .. } => (None, i64::from(!first_in_line), *since),
        Phase::InProgress { agent, .. } => (Some(agent.id), 1, state.last.at),
        Phase::Closed { at, .. } => (None, 1, *at),
    }
}
