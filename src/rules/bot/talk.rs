//! A talk with a bot in memory: what the preview, the command line and tests drive.
//!
//! One loop for all of them: an input goes in, and either a turn comes out or a
//! search that the caller makes (at once or later) before the turn comes. A live
//! conversation stores between its turns and so calls [`super::step`] itself;
//! [`take_search`] is the part of the loop that both share.

use serde::Serialize;

use super::model::Bot;
use super::state::{Facts, Input, Output, ProductQuery, State};
use super::step;
use crate::protocol::bot_desk::{PreviewInput, PreviewOutcome, PreviewTurn};
use crate::protocol::refusal::FieldFault;
use crate::protocol::{BotTurn, BotWhy, Detail, ProductCard};

/// A search that a turn waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Goes back in [`Input::Found`].
    pub turn: u32,
    pub query: ProductQuery,
    /// At most [`super::PRODUCTS_MAX`].
    pub limit: u32,
}

/// Takes the search out of a step's outputs, where it waits for one: whatever else is in them
/// stands, and goes before the outputs of the step that [`Input::Found`] gives.
pub fn take_search(outputs: &mut Vec<Output>) -> Option<Search> {
    let last = outputs.pop()?;
    if let Output::SearchProducts { turn, query, limit } = last {
        return Some(Search { turn, query, limit });
    }
    outputs.push(last);
    None
}

/// What one input led to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Turn {
    /// None: the bot says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<BotTurn>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<BotWhy>,
    /// What became of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<PreviewOutcome>,
    /// Details that were kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Detail>,
    /// After so many seconds the wait is too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remind: Option<u32>,
    /// Why a form was refused; nothing else happened then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FieldFault>,
    /// What was clicked or filled in is not offered; nothing else happened then.
    pub stale: bool,
}

impl Turn {
    /// What the outputs of a step come to, in which nothing waits for a search.
    #[must_use]
    pub fn of(outputs: Vec<Output>) -> Self {
        let mut turn = Self::default();
        for output in outputs {
            match output {
                Output::Keep(details) => turn.kept.extend(details),
                Output::HandOff => turn.outcome = Some(PreviewOutcome::Waiting),
                Output::LeaveMessage => turn.outcome = Some(PreviewOutcome::MessageLeft),
                Output::Say(said) => turn.turn = Some(said),
                Output::RemindAt { seconds } => turn.remind = Some(seconds),
                Output::Refuse(faults) => turn.faults = faults,
                Output::Stale => turn.stale = true,
                Output::Explain(why) => turn.why = Some(why),
                // Taken out before.
                Output::SearchProducts { .. } => {}
            }
        }
        turn
    }
}

impl From<Turn> for PreviewTurn {
    fn from(turn: Turn) -> Self {
        Self { turn: turn.turn, why: turn.why, outcome: turn.outcome, fields: turn.faults }
    }
}

impl From<PreviewInput> for Input {
    fn from(input: PreviewInput) -> Self {
        match input {
            PreviewInput::Text { text } => Self::Text(text),
            PreviewInput::Button { button } => Self::Button { index: button },
            PreviewInput::Form { answers } => Self::Form(answers),
            PreviewInput::Document {} => Self::DocumentShared,
            PreviewInput::WaitedTooLong {} => Self::WaitedTooLong,
            PreviewInput::NobodyLeft {} => Self::NobodyLeft,
        }
    }
}

/// What an input leads to next.
#[derive(Debug)]
pub enum Next {
    Turn(Box<Turn>),
    /// Search, and hand what was found to [`Talk::found`].
    Search(Search),
}

/// A talk from its beginning.
#[derive(Debug, Clone)]
pub struct Talk<'b> {
    bot: &'b Bot,
    /// What is true outside; may change between two inputs.
    pub facts: Facts,
    state: State,
    /// Of the input that a search interrupted.
    outputs: Vec<Output>,
}

impl<'b> Talk<'b> {
    /// Nothing has been said yet: [`Input::Start`] comes first.
    #[must_use]
    pub fn new(bot: &'b Bot, facts: Facts) -> Self {
        Self { bot, facts, state: State::new(), outputs: Vec::new() }
    }

    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// One input. After [`Next::Search`] the next call is [`Self::found`]; another input in its
    /// place drops the search.
    pub fn tell(&mut self, input: Input) -> Next {
        self.outputs.clear();
        self.go_on(input)
    }

    /// What the search found, at most as many as were asked for; nothing where it failed.
    pub fn found(&mut self, turn: u32, cards: Vec<ProductCard>) -> Next {
        self.go_on(Input::Found { turn, cards })
    }

    fn go_on(&mut self, input: Input) -> Next {
        let (state, outputs) = step(self.bot, &self.facts, std::mem::take(&mut self.state), input);
        self.state = state;
        self.outputs.extend(outputs);
        match take_search(&mut self.outputs) {
            Some(search) => Next::Search(search),
            None => Next::Turn(Box::new(Turn::of(std::mem::take(&mut self.outputs)))),
        }
    }

    /// One input, searching at once.
    pub fn tell_with(&mut self, input: Input, mut search: impl FnMut(&ProductQuery, u32) -> Vec<ProductCard>) -> Turn {
        let mut next = self.tell(input);
        loop {
            match next {
                Next::Turn(turn) => return *turn,
                Next::Search(wanted) => {
                    let cards = search(&wanted.query, wanted.limit);
                    next = self.found(wanted.turn, cards);
                }
            }
        }
    }
}
