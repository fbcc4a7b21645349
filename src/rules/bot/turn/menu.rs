//! Buttons: which of a step are offered now, and what each will do when clicked.

use super::super::model::{Button, Leads, Next, Target, WhenNobody};
use super::super::state::{Act, Offered};
use super::Run;
use crate::protocol::BotButton;

/// Buttons of one turn: a menu and the ways to a person.
pub const BUTTONS_MAX: usize = 10;

impl Run<'_> {
    /// The buttons of the present step, else of the first one.
    pub(super) fn offer_menu(&mut self) {
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
    pub(super) fn offer_button(&mut self, button: &Button, among: &[Button]) {
        let label = button.label.get(self.language).clone();
        match &button.leads {
            Leads::Url(url) => self.offer(label, Act::Open, Some(url.clone())),
            Leads::To(Target::HandOff) if !self.reachable => {
                let stands_there = among.iter().any(|b| matches!(b.leads, Leads::To(Target::LeaveMessage)));
                if self.bot.handoff.when_nobody == WhenNobody::Message && !stands_there {
                    self.offer_leave_message();
                }
            }
            Leads::To(target) => self.offer(label, Act::Go { target: target.clone() }, None),
        }
    }

    pub(super) fn offer(&mut self, label: String, act: Act, url: Option<String>) {
        let repeated = self.state.offered.iter().any(|offered| offered.label == label && offered.act == act);
        if self.state.offered.len() < BUTTONS_MAX && !repeated {
            self.turn.buttons.push(BotButton { label: label.clone(), url });
            self.state.offered.push(Offered { label, act });
        }
    }
}
