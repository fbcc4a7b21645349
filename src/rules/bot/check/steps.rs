//! Steps and buttons: one way on, and one that exists.

use url::Url;

use super::super::definition::{ButtonTable, StepTable, Word};
use super::super::problem::shown;
use super::texts::Kind;
use super::{Checker, STEPS_MAX};

const STEP_BUTTONS_MAX: usize = 8;

impl Checker<'_> {
    pub(super) fn steps(&mut self) {
        let definition = self.definition;
        for step in &definition.steps {
            self.id(&step.id, &step.spot);
            self.step(step);
        }
        self.loops();
    }

    fn step(&mut self, step: &StepTable) {
        self.field_list(&step.collect);
        self.text(step.say.as_ref(), Kind::Text);
        match (&step.buttons, &step.goto) {
            (None, None) if !step.unread => {
                let message = format!(
                    "step `{}` leads nowhere; give it `buttons`, or a `goto` (`\"@end\"` to say nothing more)",
                    step.id
                );
                self.add("E05", &step.spot, message);
            }
            (Some(_), Some(goto)) => {
                self.add("E05", &goto.spot, format!("step `{}` has both `buttons` and `goto`; keep one", step.id));
            }
            (None | Some(_), None | Some(_)) => {}
        }
        if let Some(goto) = &step.goto {
            self.target(goto);
        }
        if let Some(list) = &step.buttons {
            if list.buttons.is_empty() && !list.unread {
                self.add("E10", &list.spot, format!("no button; write 1 to {STEP_BUTTONS_MAX}"));
            }
            if let Some(over) = list.buttons.get(STEP_BUTTONS_MAX) {
                let message = format!("{} buttons; keep at most {STEP_BUTTONS_MAX}", list.buttons.len());
                self.add("E10", &over.spot, message);
            }
            for button in list.buttons.iter().take(STEP_BUTTONS_MAX) {
                self.button(button);
            }
        }
    }

    fn button(&mut self, button: &ButtonTable) {
        self.label(button.label.as_ref());
        match (&button.goto, &button.url) {
            (Some(goto), None) => {
                self.target(goto);
            }
            (None, Some(url)) => self.url(url),
            (None, None) if button.unread => {}
            (None, None) => self.add("E10", &button.spot, "a button without effect; give it a `goto` or a `url`"),
            (Some(_), Some(url)) => self.add("E10", &url.spot, "a button with both `goto` and `url`; keep one"),
        }
    }

    fn url(&mut self, word: &Word) {
        let url = Url::parse(&word.value).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(url) = url else {
            let message =
                format!("cannot use {}; write an address that begins with `https://` or `http://`", shown(&word.value));
            self.add("E14", &word.spot, message);
            return;
        };
        let host = url.host_str().unwrap_or_default();
        let ours = |origin: &String| Url::parse(origin).is_ok_and(|origin| origin.host_str() == Some(host));
        if !self.origins.is_empty() && !self.origins.iter().any(ours) {
            self.add(
                "W14",
                &word.spot,
                format!("host {} is not one of the site's; visitors leave the shop", shown(host)),
            );
        }
    }

    /// Steps that go round by themselves: nobody would be asked anything any more.
    fn loops(&mut self) {
        let definition = self.definition;
        let next = |id: &str| {
            definition
                .steps
                .iter()
                .find(|step| step.id == id && step.buttons.is_none())
                .and_then(|step| step.goto.as_ref())
        };
        for first in &definition.steps {
            let mut path = vec![first.id.as_str()];
            while let Some(goto) = path.last().and_then(|id| next(id)).filter(|_| path.len() <= STEPS_MAX) {
                if goto.value == first.id {
                    // Told once, at its first step in the file.
                    let told = definition.steps.iter().find(|step| path.contains(&step.id.as_str()));
                    if told.is_some_and(|step| step.id == first.id) {
                        let round =
                            path.iter().chain([&first.id.as_str()]).map(|id| format!("`{id}`")).collect::<Vec<_>>();
                        let message = format!(
                            "{} goes round without a button; end one of these steps in `buttons`",
                            round.join(" to ")
                        );
                        self.add("E05", &goto.spot, message);
                    }
                    break;
                }
                if path.contains(&goto.value.as_str()) {
                    break;
                }
                path.push(&goto.value);
            }
        }
    }
}
