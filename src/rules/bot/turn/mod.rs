//! The interpreter: one input, one turn at most.
//!
//! Pure and total: the same bot, facts, state and input give the same outcome,
//! every input is answered in every state, and nothing here can fail. Preview,
//! command line and live conversations call this one function.
//!
//! [`ladder`] decides what a free text means, [`ask`] asks fields and takes
//! their answers, [`handoff`] leads to a person or to a message left.

mod ask;
mod handoff;
mod ladder;

use super::keywords::Keywords;
use super::model::{Bot, Button, Leads, Localized, Next, NextTo, Target};
use super::phrase::{NEXT_OPENING, POSITION, Phrase};
use super::state::{Act, Facts, Input, Mode, Offered, Output, State, Then};
use super::{hours, words};
use crate::protocol::{BotButton, BotTurn, BotWhy, Detail};

/// Steps entered by themselves for one input; then the handoff is offered.
pub const MOVES_MAX: u32 = 20;
/// Buttons of one turn: a menu and the ways to a person.
pub const BUTTONS_MAX: usize = 10;

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
    match input {
        Input::Start => run.start(),
        Input::Return => run.come_back(),
        Input::Text(text) => run.hear(&text),
        Input::Button { index } => run.click(index),
        Input::Form(answers) => run.take_form(&answers),
        Input::DocumentShared => run.receive_document(),
        Input::WaitedTooLong => run.offer_message("waited too long"),
        Input::NobodyLeft => run.offer_message("nobody is left"),
        Input::PlaceChanged(place) => run.change_place(place),
        Input::Found { .. } => {}
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
    moves: u32,
    rung: &'static str,
    because: String,
}

impl<'a> Run<'a> {
    fn new(bot: &'a Bot, facts: &'a Facts, state: State) -> Self {
        Self {
            bot,
            facts,
            language: bot.language_index(&facts.lang),
            lang: bot.language_for(&facts.lang),
            reachable: is_reachable(bot, facts),
            state,
            turn: BotTurn::default(),
            kept: Vec::new(),
            queued: None,
            remind: None,
            refused: None,
            moves: 0,
            rung: "start",
            because: String::new(),
        }
    }

    fn finish(self) -> (State, Vec<Output>) {
        let Self { mut state, turn, kept, queued, remind, refused, rung, because, bot, .. } = self;
        if let Some(refused) = refused {
            return (state, vec![refused]);
        }
        let mut outputs = Vec::new();
        if !kept.is_empty() {
            outputs.push(Output::Keep(kept));
        }
        outputs.extend(queued);
        let said = !turn.is_silent();
        if said {
            state.turn = state.turn.saturating_add(1);
            outputs.push(Output::Say(turn));
        }
        outputs.extend(remind.map(|seconds| Output::RemindAt { seconds }));
        if said {
            let why = BotWhy { rung: rung.to_owned(), version: bot.version, because, ..BotWhy::default() };
            outputs.push(Output::Explain(why));
        }
        (state, outputs)
    }

    fn why(&mut self, rung: &'static str, because: impl Into<String>) {
        self.rung = rung;
        self.because = because.into();
    }

    fn start(&mut self) {
        self.why("start", format!("step `{}`", self.bot.first_step));
        if let Some(notice) = &self.bot.notice {
            self.say(notice);
        }
        let form: Vec<String> = self.bot.form.iter().filter(|id| !self.is_answered(id)).cloned().collect();
        if form.is_empty() {
            self.go_to_first_step();
            return;
        }
        self.why("start", "pre-chat form");
        self.state.mode = Mode::Form;
        self.turn.form = form.iter().filter_map(|id| self.view(id)).collect();
    }

    /// Back soon after a close: to the line, where the definition says so.
    fn come_back(&mut self) {
        match self.bot.next_to {
            NextTo::Bot => self.start(),
            NextTo::Waiting => {
                self.why("start", "back after a close, `close.next_to`");
                // Nothing is asked first: they come with something to say to the person they know.
                self.hand_off_now();
            }
        }
    }

    fn click(&mut self, index: u32) {
        let offered = usize::try_from(index).ok().and_then(|index| self.state.offered.get(index)).cloned();
        match offered {
            Some(offered) => self.press(&offered, "button"),
            None => self.refused = Some(Output::Stale),
        }
    }

    /// Does what a button promised.
    fn press(&mut self, offered: &Offered, rung: &'static str) {
        self.why(rung, format!("`{}`", offered.label));
        match &offered.act {
            Act::Go { target } => {
                self.state.misses = 0;
                self.go(target);
            }
            Act::Open => {}
            Act::Skip => self.skip(),
            Act::Complete => self.complete_message(),
        }
    }

    fn go(&mut self, target: &Target) {
        match target {
            Target::Step { id } => self.enter(id),
            Target::HandOff => self.hand_off(),
            Target::LeaveMessage => self.leave_message(),
            Target::Products | Target::Faq { .. } | Target::End => self.rest(),
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
        match &step.next {
            Next::Buttons(_) => {
                self.rest();
                self.offer_menu();
            }
            Next::Go(target) => self.go(target),
        }
    }

    /// Nothing is awaited; what was offered before is over.
    fn rest(&mut self) {
        self.state.mode = Mode::Menu;
        self.state.tries = 0;
        self.state.offered.clear();
    }

    /// The buttons of the present step, else of the first one.
    fn offer_menu(&mut self) {
        let at = |id: &str| match self.bot.steps.get(id).map(|step| &step.next) {
            Some(Next::Buttons(buttons)) => Some(buttons),
            Some(Next::Go(_)) | None => None,
        };
        let buttons = at(&self.state.step).or_else(|| at(&self.bot.first_step));
        for button in buttons.into_iter().flatten() {
            self.offer_button(button, buttons.map_or(&[], Vec::as_slice));
        }
    }

    /// A way to a person is shown only while there is one; a way to leave a message stands in once.
    fn offer_button(&mut self, button: &Button, among: &[Button]) {
        let label = button.label.get(self.language).clone();
        match &button.leads {
            Leads::Url(url) => self.offer(label, Act::Open, Some(url.clone())),
            Leads::To(Target::HandOff) if !self.reachable => {
                let stands_there = among.iter().any(|b| matches!(b.leads, Leads::To(Target::LeaveMessage)));
                if self.bot.handoff.when_nobody == super::model::WhenNobody::Message && !stands_there {
                    self.offer_leave_message();
                }
            }
            Leads::To(target) => self.offer(label, Act::Go { target: target.clone() }, None),
        }
    }

    fn offer(&mut self, label: String, act: Act, url: Option<String>) {
        let repeated = self.state.offered.iter().any(|offered| offered.label == label && offered.act == act);
        if self.state.offered.len() < BUTTONS_MAX && !repeated {
            self.turn.buttons.push(BotButton { label: label.clone(), url });
            self.state.offered.push(Offered { label, act });
        }
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
