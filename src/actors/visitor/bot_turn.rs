//! The bot's part: its first words, whether a form fits, and its turn after an input.
//!
//! The visitor's input is committed and acknowledged before; a turn and the bot's new state
//! are one append that names the event it answers. After a crash between the two, the
//! state's `unanswered` says which input to answer.

use std::sync::Arc;

use super::super::bot_step;
use super::work::{Live, Opener, Trouble, Worker};
use crate::protocol::command::FieldAnswer;
use crate::protocol::{
    Begin, BotTurn, ConversationId, Detail, Event, EventBody, RatingView, Refusal, RefusalCode, TransferId,
    VisitorCommand,
};
use crate::rules::bot::{self, Bot, Input, NEXT_TO_HOURS, NextTo, Output};
use crate::rules::conversation::{BotAnswer, Command, Facts, FormFault, Phase, Queue, ServerCommand, decide};
use crate::store::StoreError;
use crate::store::log::{Append, Appended};

/// What a conversation begins with.
#[derive(Debug, Clone)]
pub struct Start {
    pub version: u32,
    pub bot: Arc<Bot>,
    /// The bot's state after its first words.
    pub state: bot::State,
    pub answer: Command,
    pub remind: Option<u32>,
}

impl Start {
    /// What the widget draws before there is a conversation.
    pub fn turn(&self) -> BotTurn {
        match &self.answer {
            Command::Server(ServerCommand::Answer(answer)) => answer.turn.clone().unwrap_or_default(),
            Command::Server(_) | Command::Begin(_) | Command::Visitor(_) | Command::Agent { .. } => BotTurn::default(),
        }
    }
}

/// A turn that was written, or found to be nothing.
#[derive(Debug)]
pub struct Turn {
    pub live: Live,
    pub events: Vec<Event>,
    pub remind: Option<u32>,
}

/// The outputs of one step, sorted.
struct Sorted {
    answer: BotAnswer,
    remind: Option<u32>,
    refused: Option<FormFault>,
}

fn sort(outputs: Vec<Output>, answers: u64) -> Sorted {
    let mut sorted = Sorted { answer: BotAnswer { answers, ..BotAnswer::default() }, remind: None, refused: None };
    for output in outputs {
        match output {
            Output::Keep(details) => sorted.answer.kept.extend(details),
            Output::HandOff => sorted.answer.queue = Some(Queue::Handoff),
            Output::LeaveMessage => sorted.answer.queue = Some(Queue::MessageLeft),
            Output::Say(turn) => sorted.answer.turn = Some(turn),
            Output::RemindAt { seconds } => sorted.remind = Some(seconds),
            Output::Refuse(faults) => sorted.refused = Some(FormFault::Invalid(faults)),
            Output::Stale => sorted.refused = Some(FormFault::Stale),
            Output::Explain(why) => sorted.answer.why = Some(why),
            // Searched for before.
            Output::SearchProducts { .. } => {}
        }
    }
    sorted
}

/// What the bot makes of a visitor's command; none = nothing.
pub fn input_of(command: &Command) -> Option<Input> {
    match command {
        Command::Visitor(command) => match command {
            VisitorCommand::PostMessage { text } => Some(Input::Text(text.clone())),
            VisitorCommand::ChooseButton { turn: _, button } => Some(Input::Button { index: *button }),
            VisitorCommand::SubmitForm { turn: _, answers } => Some(Input::Form(answers.clone())),
            VisitorCommand::ShareDocument { document: _ } => Some(Input::DocumentShared),
            VisitorCommand::Begin {} | VisitorCommand::MarkCard { .. } | VisitorCommand::Rate { .. } => None,
        },
        Command::Begin(_) | Command::Agent { .. } | Command::Server(_) => None,
    }
}

/// The same from the log, for an input whose turn was lost in a crash.
fn input_again(event: Event) -> Option<Input> {
    match event.body {
        EventBody::MessagePosted { author: _, text } => Some(Input::Text(text)),
        EventBody::ButtonChosen { turn: _, button, label: _ } => Some(Input::Button { index: button }),
        EventBody::DetailsGiven { details } => {
            let answer = |detail: Detail| FieldAnswer { field: detail.field, value: detail.value };
            Some(Input::Form(details.into_iter().map(answer).collect()))
        }
        EventBody::DocumentShared { .. } => Some(Input::DocumentShared),
        EventBody::ConversationStarted { .. }
        | EventBody::BotSpoke { .. }
        | EventBody::BotExplained { .. }
        | EventBody::ConversationQueued { .. }
        | EventBody::ConversationTaken { .. }
        | EventBody::TransferOffered { .. }
        | EventBody::TransferEnded { .. }
        | EventBody::ConversationTransferred { .. }
        | EventBody::ConversationClosed { .. }
        | EventBody::ProductRecommended { .. }
        | EventBody::ProductsCompared { .. }
        | EventBody::CardMarked { .. }
        | EventBody::ConversationRated { .. }
        | EventBody::NoteAdded { .. }
        | EventBody::ShareChanged { .. }
        | EventBody::ShareActed { .. }
        | EventBody::Withheld {} => None,
    }
}

impl Worker {
    /// What is true outside now.
    async fn bot_facts(&self, bot: &Bot, conversation: Option<ConversationId>, lang: &str) -> bot::Facts {
        let values = bot_step::values(&*self.around.ports.finder, self.key.site, bot, lang).await;
        bot::Facts { values, ..self.presence(conversation, lang) }
    }

    /// The same without what only a question of the bot needs.
    fn presence(&self, conversation: Option<ConversationId>, lang: &str) -> bot::Facts {
        let reach = self.around.board.reach(self.key.site);
        let nowhere = ConversationId(uuid::Uuid::nil());
        bot::Facts {
            now: self.around.ports.clock.now(),
            agents_online: reach.online,
            agents_free: reach.free,
            place: self.around.board.place(self.key.site, conversation.unwrap_or(nowhere)),
            lang: lang.to_owned(),
            values: std::collections::BTreeMap::new(),
        }
    }

    /// A person could answer on this site now.
    pub fn is_reachable(&self, lang: &str) -> bool {
        let published = self.around.ports.bots.published(self.key.site);
        published.is_some_and(|(_, bot)| bot::is_reachable(&bot, &self.presence(None, lang)))
    }

    /// The first words of the published version, for a visitor whose earlier conversation is known.
    pub async fn published_start(&self, before: Option<&Live>, lang: &str) -> Option<Start> {
        let (version, bot) = self.around.ports.bots.published(self.key.site)?;
        Some(self.start(version, bot, before, lang, Input::Start).await)
    }

    async fn start(&self, version: u32, bot: Arc<Bot>, before: Option<&Live>, lang: &str, input: Input) -> Start {
        let known = before.map_or_else(bot::State::new, |live| bot::State::knowing(&live.state.details));
        let facts = self.bot_facts(&bot, None, lang).await;
        let (state, outputs) = self.step(&bot, &facts, known, input).await;
        let mut sorted = sort(outputs, 0);
        // What is not asked again is kept again: the agent of this conversation needs it, too.
        sorted.answer.kept.extend(before.iter().flat_map(|live| live.state.details.clone()));
        let answer = Command::Server(ServerCommand::Answer(Box::new(sorted.answer)));
        Start { version, bot, state, answer, remind: sorted.remind }
    }

    /// The start that this visitor saw, if its version still is; else a fresh one.
    ///
    /// # Errors
    /// [`RefusalCode::SiteNotReady`] without a published bot.
    pub async fn start_for(&self, before: Option<&Live>, begin: &Begin, opener: &Opener) -> Result<Start, Trouble> {
        let (published, bot) = self.around.ports.bots.published(self.key.site).ok_or(RefusalCode::SiteNotReady)?;
        if bot.next_to() == NextTo::Waiting && self.came_back_soon(before) {
            return Ok(self.start(published, bot, before, &begin.lang, Input::Return).await);
        }
        if let Some(start) = opener.start.clone().filter(|start| start.version == begin.bot_version) {
            return Ok(start);
        }
        let kept = if begin.bot_version == published || begin.bot_version == 0 {
            None
        } else {
            self.around.ports.bots.version(self.key.site, begin.bot_version).await?
        };
        let (version, bot) = kept.map_or((published, bot), |kept| (begin.bot_version, kept));
        Ok(self.start(version, bot, before, &begin.lang, Input::Start).await)
    }

    /// One step with what it searches for.
    async fn step(&self, bot: &Bot, facts: &bot::Facts, state: bot::State, input: Input) -> (bot::State, Vec<Output>) {
        bot_step::step(&*self.around.ports.finder, self.key.site, bot, facts, state, input).await
    }

    fn came_back_soon(&self, before: Option<&Live>) -> bool {
        let now = self.around.ports.clock.now();
        before.is_some_and(|live| match &live.state.phase {
            Phase::Closed { at, by: _ } => now.seconds_since(*at) < NEXT_TO_HOURS * 3600,
            Phase::Bot {} | Phase::Waiting { .. } | Phase::InProgress { .. } => false,
        })
    }

    /// The version that the conversation keeps, else the published one.
    async fn bot_of(&self, live: &mut Live) -> Result<Option<Arc<Bot>>, StoreError> {
        if live.bot.is_none() {
            let kept = self.around.ports.bots.version(self.key.site, live.state.bot_version).await?;
            live.bot = kept.or_else(|| self.around.ports.bots.published(self.key.site).map(|(_, bot)| bot));
        }
        Ok(live.bot.clone())
    }

    /// What the visitor is asked after the close; none where nothing is, or they have answered.
    ///
    /// # Errors
    /// What the store says.
    pub async fn rating(&self, live: &mut Live) -> Result<Option<RatingView>, StoreError> {
        let bot = self.bot_of(live).await?;
        Ok(bot.and_then(|bot| bot.rating(&live.state.lang)))
    }

    /// Tries a form on the bot without changing anything.
    pub async fn check_form(
        &self,
        live: &mut Live,
        answers: &[FieldAnswer],
    ) -> Result<Result<Vec<Detail>, FormFault>, StoreError> {
        let Some(bot) = self.bot_of(live).await? else { return Ok(Err(FormFault::Stale)) };
        let facts = self.bot_facts(&bot, Some(live.state.id), &live.state.lang).await;
        // What a form leads to may search: that is the turn's, not the check's.
        let (_, outputs) = bot::step(&bot, &facts, live.bot_state.clone(), Input::Form(answers.to_vec()));
        let sorted = sort(outputs, live.state.head);
        Ok(match sorted.refused {
            Some(fault) => Err(fault),
            None => Ok(sorted.answer.kept),
        })
    }

    /// The input that a crash left without a turn.
    ///
    /// # Errors
    /// What the store says.
    pub async fn unanswered(&self, live: &Live) -> Result<Option<Input>, StoreError> {
        if live.state.unanswered == 0 {
            return Ok(None);
        }
        Ok(self.event(live.state.id, live.state.unanswered).await?.and_then(input_again))
    }

    /// Lets the bot answer, and writes what it says.
    ///
    /// # Errors
    /// A conflict or the store's trouble: the input stays unanswered and is answered later.
    pub async fn bot_turn(&self, mut live: Live, input: Input) -> Result<Turn, Trouble> {
        let nothing = |live| Turn { live, events: Vec::new(), remind: None };
        let Some(bot) = self.bot_of(&mut live).await? else { return Ok(nothing(live)) };
        let facts = self.bot_facts(&bot, Some(live.state.id), &live.state.lang).await;
        let is_form = matches!(input, Input::Form(_));
        let (state, outputs) = self.step(&bot, &facts, live.bot_state.clone(), input).await;
        // A notice that answers nothing is said after the last event.
        let answers = if live.state.unanswered > 0 { live.state.unanswered } else { live.state.head };
        let mut sorted = sort(outputs, answers);
        if is_form {
            // Written with the form itself.
            sorted.answer.kept.clear();
        }
        let command = Command::Server(ServerCommand::Answer(Box::new(sorted.answer)));
        let transfer = TransferId(uuid::Uuid::nil());
        // An agent came meanwhile: what the bot was about to say stays unsaid.
        let Ok(bodies) = decide(&live.state, &command, &Facts::at(facts.now, transfer)) else {
            return Ok(nothing(live));
        };
        live.bot_state = state;
        let (seen_head, mut events) = (live.state.head, Vec::new());
        live.fold(bodies, facts.now, &mut events);
        if events.is_empty() {
            return Ok(Turn { live, events, remind: sorted.remind });
        }
        let append = Append {
            site: self.key.site,
            conversation: live.state.id,
            command: None,
            answer: live.state.head,
            seen_head,
            events: events.clone(),
            state: live.state.clone(),
            bot: Some(live.bot_state.clone()),
            visits: Vec::new(),
            visits_consented: None,
            device: None,
        };
        match self.around.ports.log.append(append).await? {
            Appended::Written => Ok(Turn { live, events, remind: sorted.remind }),
            Appended::Repeated { .. } => Err(Refusal::from(RefusalCode::Fault).into()),
        }
    }
}
