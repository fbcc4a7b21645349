//! To a person, or to a message left: nobody is promised who is not there.

use super::super::model::Target;
use super::super::phrase::POSITION;
use super::super::state::{Act, Mode, Output, Then};
use super::super::{rung, words};
use super::Run;

/// The place in line is told again at most so often.
const PLACE_SECONDS_MIN: i64 = 20;

impl Run<'_> {
    /// A person is wanted: ask what must be known before, then queue. Whoever
    /// insists while that is being asked is asked no more.
    pub(super) fn hand_off(&mut self) {
        let insists = matches!(&self.state.mode, Mode::Asking { then: Then::HandOff, .. });
        if !self.reachable {
            self.leave_message();
        } else if insists {
            self.hand_off_now();
        } else {
            self.ask_next(Then::HandOff);
        }
    }

    /// Queues, if there still is somebody.
    pub(super) fn hand_off_now(&mut self) {
        if !self.reachable {
            self.leave_message();
            return;
        }
        self.rest();
        self.state.mode = Mode::Waiting { place: self.facts.place, said_at: self.facts.now, offered: false };
        self.queued = Some(Output::HandOff);
        self.say(&self.bot.handoff.waiting);
        self.remind = Some(self.bot.handoff.wait_seconds);
    }

    /// Whether insisting leads anywhere: while leaving a message only when somebody has come.
    pub(super) fn may_hand_off(&self, then: &Then) -> bool {
        self.reachable || *then != Then::LeaveMessage
    }

    /// Asks for the message.
    pub(super) fn leave_message(&mut self) {
        self.rest();
        let Some(leave) = &self.bot.leave else {
            // The validator lets this through only where no way leads here; an older state might.
            self.say(&self.bot.texts.unknown);
            self.offer_menu();
            return;
        };
        self.state.mode = Mode::Message;
        self.state.passed_address = false;
        self.say(if self.is_open() { &leave.say_open } else { &leave.say });
    }

    /// The message is there: ask for the address to answer to.
    pub(super) fn complete_message(&mut self) {
        self.ask_next(Then::LeaveMessage);
    }

    /// Message and address are there: queue it.
    pub(super) fn finish_message(&mut self) {
        self.rest();
        self.state.mode = Mode::Left;
        self.queued = Some(Output::LeaveMessage);
        if let Some(leave) = &self.bot.leave {
            self.say(&leave.done);
        }
    }

    /// Offers a person, or a message while there is none, and the menu.
    pub(super) fn offer_person(&mut self) {
        self.rest();
        if self.reachable {
            self.say(&self.bot.handoff.offer);
            let label = self.bot.handoff.label.get(self.language).clone();
            self.offer(label, Act::Go { target: Target::HandOff }, None);
        } else {
            self.say(&self.bot.texts.unknown);
            self.offer_leave_message();
        }
        self.offer_menu();
    }

    pub(super) fn offer_leave_message(&mut self) {
        if let Some(leave) = &self.bot.leave {
            let label = leave.label.get(self.language).clone();
            self.offer(label, Act::Go { target: Target::LeaveMessage }, None);
        }
    }

    /// The wait is long: what the definition has for it is offered, once. The place is kept until it is accepted.
    pub(super) fn wait_too_long(&mut self) {
        if matches!(self.state.mode, Mode::Waiting { offered: false, .. }) {
            self.offer_in_line("waited too long", !self.reachable);
        }
    }

    /// The last agent left: a message may be left, whatever else was offered before.
    pub(super) fn wait_in_vain(&mut self) {
        let leads_to_a_message = |act: &Act| matches!(act, Act::Go { target: Target::LeaveMessage });
        if !self.state.offered.iter().any(|offered| leads_to_a_message(&offered.act)) {
            self.offer_in_line("nobody is left", true);
        }
    }

    fn offer_in_line(&mut self, because: &'static str, in_vain: bool) {
        let Mode::Waiting { place, said_at, .. } = self.state.mode else { return };
        self.state.offered.clear();
        self.offer_other_ways(in_vain);
        if self.state.offered.is_empty() {
            return;
        }
        self.why(rung::WAITING, because);
        self.state.mode = Mode::Waiting { place, said_at, offered: true };
        self.say(&self.bot.handoff.still_waiting);
    }

    /// What whoever waits may do instead; while nobody is there, a message comes with it.
    fn offer_other_ways(&mut self, in_vain: bool) {
        let target = self.bot.handoff.on_wait_too_long.clone();
        match target {
            Target::LeaveMessage => self.offer_leave_message(),
            Target::Step { .. } | Target::Products | Target::Faq { .. } => {
                self.offer(words::meanwhile(self.lang).to_owned(), Act::Go { target }, None);
            }
            // The validator refuses the line as a way out of the line.
            Target::End | Target::HandOff => {}
        }
        if in_vain {
            self.offer_leave_message();
        }
    }

    pub(super) fn change_place(&mut self, place: u32) {
        let Mode::Waiting { place: before, said_at, offered } = self.state.mode else { return };
        let text = &self.bot.handoff.waiting;
        let news = place != before && text.get(self.language).mentions(POSITION);
        if !news || self.facts.now.seconds_since(said_at) < PLACE_SECONDS_MIN {
            return;
        }
        self.why(rung::WAITING, format!("place {place}"));
        self.state.mode = Mode::Waiting { place, said_at: self.facts.now, offered };
        self.state.offered.clear();
        let said = text.get(self.language).fill(|name| match name {
            POSITION => Some(place.max(1).to_string()),
            field => self.state.known.get(field).cloned(),
        });
        self.turn.say.push(said);
        if offered {
            self.offer_other_ways(!self.reachable);
        }
    }

    /// A document is stored and shown to whoever takes over; the bot says that it cannot read it.
    pub(super) fn receive_document(&mut self) {
        self.why(rung::FILE, "a document");
        match self.state.mode.clone() {
            Mode::New | Mode::Menu | Mode::Query { .. } | Mode::Searching(_) => {
                self.rest();
                self.say(&self.bot.texts.file);
                self.offer_ways_to_a_person();
                self.offer_menu();
            }
            Mode::Form => {
                self.say(&self.bot.texts.file);
                self.ask_next(Then::Form);
            }
            Mode::Asking { field, .. } => {
                self.state.offered.clear();
                self.say(&self.bot.texts.file);
                self.offer_ways_to_a_person();
                self.turn.asks = self.view(&field);
            }
            Mode::Message => {
                self.state.offered.clear();
                self.say(&self.bot.texts.file);
                self.offer(words::send_file_alone(self.lang).to_owned(), Act::Complete, None);
            }
            Mode::Waiting { .. } | Mode::Left | Mode::Silenced => {}
        }
    }

    pub(super) fn offer_ways_to_a_person(&mut self) {
        if self.reachable {
            let label = self.bot.handoff.label.get(self.language).clone();
            self.offer(label, Act::Go { target: Target::HandOff }, None);
        } else if !matches!(&self.state.mode, Mode::Asking { then: Then::LeaveMessage, .. }) {
            self.offer_leave_message();
        }
    }
}
