//! Steps and buttons: one way on, and one that exists.

use url::Url;

use super::super::compile::price_max_of;
use super::super::definition::{ButtonTable, ButtonsList, StepProductsTable, StepTable, Word};
use super::super::model::PriceMax;
use super::super::problem::{did_you_mean, shown};
use super::settings::PRODUCTS;
use super::texts::Kind;
use super::{Checker, STEPS_MAX};

/// Buttons of one step or FAQ.
pub const BUTTONS_MAX: usize = 8;

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
        if let Some(products) = &step.products {
            self.step_products(products);
        }
        if let Some(list) = &step.buttons {
            if list.buttons.is_empty() && !list.unread {
                self.add("E10", &list.spot, format!("no button; write 1 to {BUTTONS_MAX}"));
            }
            self.buttons(list);
        }
    }

    fn step_products(&mut self, products: &StepProductsTable) {
        self.text(products.query.as_ref(), Kind::Text);
        self.within(products.limit.as_ref(), &PRODUCTS);
        let Some(price) = &products.price_max else { return };
        match price_max_of(&price.value) {
            Some(PriceMax::Number(_)) => {}
            Some(PriceMax::Field(id)) => {
                let fields = &self.definition.fields;
                let kind = fields.iter().find(|field| field.id == id).map(|field| field.kind.as_ref());
                match kind {
                    None => {
                        let mean = did_you_mean(&id, fields.iter().map(|field| field.id.as_str()));
                        self.add("E08", &price.spot, format!("no field for {}{mean}", shown(&price.value)));
                    }
                    Some(Some(kind)) if kind.value != "number" => {
                        let message =
                            format!("`price_max` needs a field of type `number`, {} is `{}`", shown(&id), kind.value);
                        self.add("E06", &price.spot, message);
                    }
                    Some(_) => {}
                }
            }
            None => {
                let message = format!(
                    "cannot read {}; write a whole number, or a number field as `\"{{{{field}}}}\"`",
                    shown(&price.value)
                );
                self.add("E08", &price.spot, message);
            }
        }
    }

    pub(super) fn buttons(&mut self, list: &ButtonsList) {
        if let Some(over) = list.buttons.get(BUTTONS_MAX) {
            self.add("E10", &over.spot, format!("{} buttons; keep at most {BUTTONS_MAX}", list.buttons.len()));
        }
        for button in list.buttons.iter().take(BUTTONS_MAX) {
            self.button(button);
        }
    }

    fn button(&mut self, button: &ButtonTable) {
        self.label(button.label.as_ref());
        match (&button.goto, &button.faq, &button.url) {
            (Some(goto), None, None) => {
                self.target(goto);
            }
            (None, Some(id), None) => self.named_faq(id, &id.value),
            (None, None, Some(url)) => self.url(url),
            (None, None, None) if button.unread => {}
            (None, None, None) => {
                self.add("E10", &button.spot, "a button without effect; give it a `goto`, a `faq` or a `url`");
            }
            (Some(_), Some(over), None) | (Some(_) | None, Some(_), Some(over)) | (Some(_), None, Some(over)) => {
                self.add("E10", &over.spot, "a button with two effects; keep one of `goto`, `faq` and `url`");
            }
        }
    }

    /// `id` is what `word` names: the word itself, or what stands in it after `faq:`.
    pub(super) fn named_faq(&mut self, word: &Word, id: &str) {
        let ids = || self.definition.faqs.iter().filter_map(|faq| faq.id.as_ref()).map(|id| id.value.as_str());
        if ids().any(|other| other == id) {
            return;
        }
        let mean = did_you_mean(id, ids());
        let remedy = if mean.is_empty() { "; write it as a `[[faq]]` with this `id`".to_owned() } else { mean };
        self.add("E03", &word.spot, format!("no FAQ {}{remedy}", shown(id)));
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
