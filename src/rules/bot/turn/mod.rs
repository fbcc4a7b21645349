//! The interpreter: one input, one turn at most.
//!
//! Pure and total: the same bot, facts, state and input give the same outcome,
//! every input is answered in every state, and nothing here can fail. Preview,
//! command line and live conversations call this one function.
//!
//! [`ladder`] decides what a free text means, [`ask`] asks fields and takes their
//! answers, [`faq`] answers and offers FAQs, [`products`] searches and shows,
//! [`menu`] offers buttons, [`handoff`] leads to a person or to a message left.

mod ask;
mod faq;
mod handoff;
mod ladder;
mod menu;
mod products;

#[cfg(test)]
pub use menu::BUTTONS_MAX;

use super::keywords::Keywords;
use super::model::{Bot, Localized, Next, NextTo, Target};
use super::phrase::{NEXT_OPENING, POSITION, Phrase};
use super::state::{Act, Facts, Input, Mode, Offered, Output, State, Then};
use super::{hours, rung, words};
use crate::protocol::{BotTurn, BotWhy, Detail};

/// Steps entered by themselves for one input; then the handoff is offered.
pub const MOVES_MAX: u32 = 20;

/// What the bot does with one input.
///
/// A silenced bot answers nothing. Outputs come in the order in which they are
/// to be carried out; none means that there is nothing to say.
#[must_use]
pub fn step(bot: &Bot, facts: &Facts, state: State, input: Input) -> (State, Vec<Output>) {
    if state.is_silenced() {
        return (state, Vec::new());
    }
    let mut run = Run::new(bot, facts, state);
    if !matches!(input, Input::Found { .. }) {
        run.drop_search();
    }
    match input {
        Input::Start => run.start(),
        Input::Return => run.come_back(),
        Input::Text(text) => run.hear(&text),
        Input::Button { index } => run.click(index),
        Input::Form(answers) => run.take_form(&answers),
        Input::DocumentShared => run.receive_document(),
        Input::WaitedTooLong => run.wait_too_long(),
        Input::NobodyLeft => run.wait_in_vain(),
        Input::PlaceChanged(place) => run.change_place(place),
        Input::Found { turn, cards } => run.receive_products(turn, cards),
    }
    run.finish()
}

/// The turn that a conversation will begin with, for the widget before there is one.
#[must_use]
pub fn start_turn(bot: &Bot, facts: &Facts) -> BotTurn {
    let (_, outputs) = step(bot, facts, State::new(), Input::Start);
    let said = outputs.into_iter().find_map(|output| if let Output::Say(turn) = output { Some(turn) } else { None });
    said.unwrap_or_default()
}

/// A person could answer now: the shop is open and an agent is there.
#[must_use]
pub fn is_reachable(bot: &Bot, facts: &Facts) -> bool {
    let there = match bot.handoff.needs {
        super::model::Needs::Online => facts.agents_online,
        super::model::Needs::Free => facts.agents_free,
    };
    there > 0 && bot.hours.is_open(facts.now, bot.zone)
}

/// One input being answered.
struct Run<'a> {
    bot: &'a Bot,
    facts: &'a Facts,
    /// Index into the bot's languages.
    language: usize,
    /// The same, as a code.
    lang: &'a str,
    reachable: bool,
    state: State,
    turn: BotTurn,
    kept: Vec<Detail>,
    /// Between what is kept and what is said.
    queued: Option<Output>,
    remind: Option<u32>,
    /// In place of everything else.
    refused: Option<Output>,
    /// What is said waits for this.
    search: Option<Output>,
    /// The first words: shown before there is a conversation, so they ask nothing of the catalog.
    opening: bool,
    moves: u32,
    /// Searches made for this input.
    searches: u32,
    why: BotWhy,
    /// What the latest turn offers, before this one.
    offered_before: Vec<Offered>,
}

impl<'a> Run<'a> {
    fn new(bot: &'a Bot, facts: &'a Facts, state: State) -> Self {
        Self {
            bot,
            facts,
            language: bot.language_index(&facts.lang),
            lang: bot.language_for(&facts.lang),
            reachable: is_reachable(bot, facts),
            offered_before: state.offered.clone(),
            state,
            turn: BotTurn::default(),
            kept: Vec::new(),
            queued: None,
            remind: None,
            refused: None,
            search: None,
            opening: false,
            moves: 0,
            searches: 0,
            why: BotWhy { rung: rung::START.to_owned(), version: bot.version, ..BotWhy::default() },
        }
    }

    fn finish(self) -> (State, Vec<Output>) {
        let Self { mut state, turn, kept, queued, remind, refused, search, why, offered_before, .. } = self;
        if let Some(refused) = refused {
            return (state, vec![refused]);
        }
        let mut outputs = Vec::new();
        if !kept.is_empty() {
            outputs.push(Output::Keep(kept));
        }
        if let Some(search) = search {
            outputs.push(search);
            return (state, outputs);
        }
        outputs.extend(queued);
        let said = !turn.is_silent();
        if said {
            state.turn = state.turn.saturating_add(1);
            outputs.push(Output::Say(turn));
        } else {
            // The latest turn is still the one before: its buttons stand there and work.
            state.offered = offered_before;
        }
        outputs.extend(remind.map(|seconds| Output::RemindAt { seconds }));
        if said {
            outputs.push(Output::Explain(why));
        }
        (state, outputs)
    }

    fn why(&mut self, rung: &'static str, because: impl Into<String>) {
        rung.clone_into(&mut self.why.rung);
        self.why.because = because.into();
    }

    fn start(&mut self) {
        self.opening = true;
        self.why(rung::START, format!("step `{}`", self.bot.first_step));
        if let Some(notice) = &self.bot.notice {
            self.say(notice);
        }
        let form: Vec<String> = self.bot.form.iter().filter(|id| !self.is_settled(id, &Then::Form)).cloned().collect();
        if form.is_empty() {
            self.go_to_first_step();
            return;
        }
        self.why(rung::START, "pre-chat form");
        self.state.mode = Mode::Form;
        self.turn.form = form.iter().filter_map(|id| self.view(id)).collect();
    }

    /// Back soon after a close: to the line, where the definition says so.
    fn come_back(&mut self) {
        match self.bot.next_to {
            NextTo::Bot => self.start(),
            NextTo::Waiting => {
                self.why(rung::START, "back after a close, `close.next_to`");
                // Nothing is asked first: they come with something to say to the person they know.
                self.hand_off_now();
            }
        }
    }

    fn click(&mut self, index: u32) {
        let offered = usize::try_from(index).ok().and_then(|index| self.state.offered.get(index)).cloned();
        match offered {
            Some(offered) => self.press(&offered, rung::BUTTON),
            None => self.refused = Some(Output::Stale),
        }
    }

    /// Does what a button promised.
    fn press(&mut self, offered: &Offered, rung: &'static str) {
        self.why(rung, format!("`{}`", offered.label));
        if offered.act != Act::NoneOfThese {
            self.state.misses = 0;
        }
        match &offered.act {
            Act::Go { target } => self.go(target),
            Act::Open => {}
            Act::Skip => self.skip(),
            Act::Complete => self.complete_message(),
            Act::NoneOfThese => self.miss_suggestions(),
        }
    }

    fn go(&mut self, target: &Target) {
        match target {
            Target::Step { id } => self.enter(id),
            Target::HandOff => self.hand_off(),
            Target::LeaveMessage => self.leave_message(),
            Target::Products => self.ask_for_products(),
            Target::Faq { id } => self.say_answer(id),
            Target::End => self.rest(),
        }
    }

    fn go_to_first_step(&mut self) {
        let first = &self.bot.first_step;
        self.enter(first);
    }

    /// A step of an older version that is gone leads to the first one.
    fn enter(&mut self, id: &str) {
        self.moves += 1;
        if self.moves > MOVES_MAX {
            self.offer_person();
            return;
        }
        let known = self.bot.steps.contains_key(id);
        let id = if known { id } else { self.bot.first_step.as_str() };
        id.clone_into(&mut self.state.step);
        self.ask_next(Then::Step { id: id.to_owned() });
    }

    /// The fields of a step are known: speak and go on.
    fn act_out(&mut self, id: &str) {
        let Some(step) = self.bot.steps.get(id) else {
            self.rest();
            return;
        };
        if let Some(text) = &step.say {
            self.say(text);
        }
        match &step.products {
            Some(products) if !self.opening && self.may_search() => self.search_for_step(id, products),
            Some(_) | None => self.go_on_from(id),
        }
    }

    /// What a step said and showed is done: its buttons, or where it leads.
    fn go_on_from(&mut self, id: &str) {
        match self.bot.steps.get(id).map(|step| &step.next) {
            Some(Next::Go(target)) => self.go(target),
            Some(Next::Buttons(_)) | None => {
                self.rest();
                self.offer_menu();
            }
        }
    }

    /// Nothing is awaited; what was offered before is over.
    fn rest(&mut self) {
        self.state.mode = Mode::Menu;
        self.state.tries = 0;
        self.state.offered.clear();
    }

    fn say(&mut self, text: &Localized<Phrase>) {
        let said = self.fill(text.get(self.language));
        if !said.is_empty() {
            self.turn.say.push(said);
        }
    }

    fn fill(&self, phrase: &Phrase) -> String {
        phrase.fill(|name| match name {
            POSITION => Some(self.facts.place.max(1).to_string()),
            NEXT_OPENING => Some(self.next_opening()),
            field => self.state.known.get(field).cloned(),
        })
    }

    fn next_opening(&self) -> String {
        let now = hours::local(self.facts.now, self.bot.zone);
        let opening = if self.is_open() { None } else { self.bot.hours.next_opening(self.facts.now, self.bot.zone) };
        words::next_opening(self.lang, opening, now.date())
    }

    fn is_open(&self) -> bool {
        self.bot.hours.is_open(self.facts.now, self.bot.zone)
    }

    fn keywords(&self) -> &'a Keywords {
        &self.bot.handoff.keywords
    }
}
