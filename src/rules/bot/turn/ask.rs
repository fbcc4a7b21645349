//! Fields: asking what is not known yet, taking answers, passing over.
//!
//! Nothing is asked twice. Whether an answer fits is [`super::super::answer`]'s.

use super::super::answer::fitting;
use super::super::keywords::{fold, label_named};
use super::super::model::{Field, Kind};
use super::super::state::{Act, Mode, Output, Then};
use super::super::{rung, words};
use super::Run;
use crate::protocol::command::FieldAnswer;
use crate::protocol::refusal::FieldFault;
use crate::protocol::{Detail, DetailRole, FieldKind, FieldView};

/// Answers that did not fit, in a row, before ways around the field are offered.
const TRIES_BEFORE_WAYS_OUT: u32 = 3;

/// Values of a catalog attribute that are offered as answers.
const VALUES_MAX: usize = 12;

impl Run<'_> {
    /// Asks the next field that is not known, or does what follows the last of them.
    pub(super) fn ask_next(&mut self, then: Then) {
        let next = self.list_of(&then).iter().find(|id| !self.is_settled(id, &then)).cloned();
        match next {
            Some(field) => {
                self.state.tries = 0;
                self.state.offered.clear();
                self.ask(&field, then);
            }
            None => self.arrive(then),
        }
    }

    fn arrive(&mut self, then: Then) {
        match then {
            Then::Form => self.begin(),
            Then::Step { id } => self.act_out(&id),
            Then::HandOff => self.hand_off_now(),
            Then::LeaveMessage => self.finish_message(),
        }
    }

    /// The form is done: a question that was typed in its place is answered now, if it surely is one.
    fn begin(&mut self) {
        let unheard = self.state.unheard.take();
        if !unheard.is_some_and(|text| self.hear_sure_question(&text)) {
            self.go_to_first_step();
        }
    }

    fn list_of(&self, then: &Then) -> &[String] {
        match then {
            Then::Form => &self.bot.form,
            Then::Step { id } => self.bot.steps.get(id).map_or(&[], |step| step.collect.as_slice()),
            Then::HandOff => &self.bot.handoff.ask_before,
            Then::LeaveMessage => self.bot.leave.as_ref().map_or(&[], |leave| leave.collect.as_slice()),
        }
    }

    /// A catalog attribute without a value in stock has no answer.
    fn can_be_asked(&self, field: &Field) -> bool {
        match &field.kind {
            Kind::Attribute { name } => !self.values_of(name).is_empty(),
            Kind::Text | Kind::Email | Kind::Phone | Kind::Number { .. } | Kind::Choice { .. } | Kind::Pattern(_) => {
                true
            }
        }
    }

    /// The answers that a catalog attribute has now.
    fn values_of(&self, attribute: &str) -> &[String] {
        let values = self.facts.values.get(attribute).map_or(&[] as &[String], Vec::as_slice);
        values.get(..VALUES_MAX).unwrap_or(values)
    }

    /// The answer as kept, or nothing when it does not fit.
    fn fitting(&self, field: &Field, answer: &str) -> Option<String> {
        match &field.kind {
            Kind::Attribute { name } => {
                let values = self.values_of(name);
                values.get(label_named(answer, values.iter().map(String::as_str))?).cloned()
            }
            Kind::Text | Kind::Email | Kind::Phone | Kind::Number { .. } | Kind::Choice { .. } | Kind::Pattern(_) => {
                fitting(field, self.language, answer)
            }
        }
    }

    /// Not to be asked (again). An address passed over earlier is asked once more
    /// when a message is left and no address at all is known: it could not be answered.
    pub(super) fn is_settled(&self, id: &str, then: &Then) -> bool {
        let Some(field) = self.bot.fields.get(id).filter(|field| self.can_be_asked(field)) else { return true };
        let needed = *then == Then::LeaveMessage
            && is_address(field)
            && !self.state.passed_address
            && !self.bot.fields.values().any(|f| is_address(f) && self.state.known.contains_key(&f.id));
        self.state.known.contains_key(id) || (self.state.skipped.contains(id) && !needed)
    }

    /// Puts the question. Options and the way around are in the field's view: the
    /// widget draws them there and sends the one chosen as a text.
    fn ask(&mut self, id: &str, then: Then) {
        let Some(field) = self.bot.fields.get(id) else { return };
        self.state.mode = Mode::Asking { field: id.to_owned(), then };
        self.say(&field.ask);
        self.turn.asks = self.view(id);
    }

    /// The field as the widget draws it.
    pub(super) fn view(&self, id: &str) -> Option<FieldView> {
        let field = self.bot.fields.get(id)?;
        let language = self.language;
        Some(FieldView {
            id: id.to_owned(),
            label: field.label.get(language).clone(),
            ask: self.fill(field.ask.get(language)),
            kind: self.kind_view(field),
            max_chars: field.max_chars,
            skip: field.skip.as_ref().map(|skip| skip.get(language).clone()),
            autocomplete: field.autocomplete.clone(),
            error: self.fill(field.error.get(language)),
        })
    }

    fn kind_view(&self, field: &Field) -> FieldKind {
        match &field.kind {
            Kind::Text => FieldKind::Text {},
            Kind::Email => FieldKind::Email {},
            Kind::Phone => FieldKind::Phone {},
            Kind::Number { min, max } => FieldKind::Number { min: *min, max: *max },
            Kind::Attribute { name } => FieldKind::Choice { options: self.values_of(name).to_vec() },
            Kind::Choice { options } => {
                FieldKind::Choice { options: options.iter().map(|option| option.get(self.language).clone()).collect() }
            }
            Kind::Pattern(_) => FieldKind::Pattern {},
        }
    }

    pub(super) fn is_free_text(&self, id: &str) -> bool {
        self.bot.fields.get(id).is_some_and(|field| matches!(field.kind, Kind::Text))
    }

    pub(super) fn fits(&self, id: &str, text: &str) -> bool {
        self.bot.fields.get(id).is_some_and(|field| self.fitting(field, text).is_some())
    }

    pub(super) fn is_skip_label(&self, id: &str, text: &str) -> bool {
        let skip = self.bot.fields.get(id).and_then(|field| field.skip.as_ref());
        skip.is_some_and(|skip| fold(skip.get(self.language)) == fold(text))
    }

    /// An answer to the awaited field.
    pub(super) fn answer(&mut self, text: &str) {
        let Mode::Asking { field, then } = self.state.mode.clone() else { return };
        let Some(definition) = self.bot.fields.get(&field).filter(|field| self.can_be_asked(field)) else {
            // The field went with an older version, or its last value was sold.
            self.why(rung::FIELD, format!("`{field}` is gone"));
            self.ask_next(then);
            return;
        };
        match self.fitting(definition, text) {
            Some(value) => {
                self.why(rung::FIELD, format!("`{field}` answered"));
                self.state.misses = 0;
                self.keep(&field, value);
                self.ask_next(then);
            }
            None => self.ask_again(&field),
        }
    }

    fn ask_again(&mut self, field: &str) {
        self.state.tries = self.state.tries.saturating_add(1);
        self.why(rung::FIELD, format!("`{field}` does not fit, try {}", self.state.tries));
        self.state.offered.clear();
        if let Some(definition) = self.bot.fields.get(field) {
            self.say(&definition.error);
        }
        if self.state.tries >= TRIES_BEFORE_WAYS_OUT {
            self.offer_ways_out(field);
        }
        self.turn.asks = self.view(field);
    }

    /// Around the field, also where it has no `skip`, and to a person or a message.
    fn offer_ways_out(&mut self, field: &str) {
        let has_skip = self.bot.fields.get(field).is_some_and(|field| field.skip.is_some());
        if !has_skip {
            self.offer(words::go_on(self.lang).to_owned(), Act::Skip, None);
        }
        self.offer_ways_to_a_person();
    }

    pub(super) fn skip(&mut self) {
        let Mode::Asking { field, then } = self.state.mode.clone() else { return };
        if then == Then::LeaveMessage && self.bot.fields.get(&field).is_some_and(is_address) {
            self.state.passed_address = true;
        }
        self.state.skipped.insert(field);
        self.ask_next(then);
    }

    fn keep(&mut self, id: &str, value: String) {
        let Some(field) = self.bot.fields.get(id) else { return };
        let label = field.label.get(self.language).clone();
        let role = role_of(field);
        self.state.skipped.remove(id);
        self.state.known.insert(id.to_owned(), value.clone());
        self.kept.push(Detail { field: id.to_owned(), label, value, role });
    }

    /// The pre-chat form, or the one awaited field filled in as a form.
    pub(super) fn take_form(&mut self, answers: &[FieldAnswer]) {
        let (ids, then) = match self.state.mode.clone() {
            Mode::Form => (self.bot.form.clone(), Then::Form),
            Mode::Asking { field, then } => (vec![field], then),
            Mode::New
            | Mode::Menu
            | Mode::Query { .. }
            | Mode::Searching(_)
            | Mode::Message
            | Mode::Waiting { .. }
            | Mode::Left
            | Mode::Silenced => {
                self.refused = Some(Output::Stale);
                return;
            }
        };
        let open: Vec<String> = ids.into_iter().filter(|id| !self.is_settled(id, &then)).collect();
        let faults = self.faults_in(&open, answers);
        if !faults.is_empty() {
            self.refused = Some(Output::Refuse(faults));
            return;
        }
        for id in &open {
            let fitting = self.bot.fields.get(id).and_then(|f| self.fitting(f, answer_to(id, answers)));
            match fitting {
                Some(value) => self.keep(id, value),
                None => {
                    self.state.skipped.insert(id.clone());
                }
            }
        }
        self.why(rung::FORM, "filled in");
        self.ask_next(then);
    }

    fn faults_in(&self, ids: &[String], answers: &[FieldAnswer]) -> Vec<FieldFault> {
        let fits = |field: &Field| {
            let answer = answer_to(&field.id, answers);
            (answer.trim().is_empty() && field.skip.is_some()) || self.fitting(field, answer).is_some()
        };
        ids.iter()
            .filter_map(|id| self.bot.fields.get(id))
            .filter(|field| !fits(field))
            .map(|field| FieldFault {
                field: field.id.clone(),
                error: self.fill(field.error.get(self.language)),
                code: String::new(),
            })
            .collect()
    }
}

fn answer_to<'a>(id: &str, answers: &'a [FieldAnswer]) -> &'a str {
    answers.iter().find(|answer| answer.field == id).map_or("", |answer| answer.value.as_str())
}

/// What the answer is for the product itself.
fn role_of(field: &Field) -> DetailRole {
    match (&field.kind, field.autocomplete.as_deref()) {
        (Kind::Email, _) => DetailRole::Email,
        (Kind::Phone, _) => DetailRole::Phone,
        (Kind::Text, Some("name" | "given-name" | "nickname")) => DetailRole::Name,
        (Kind::Text | Kind::Number { .. } | Kind::Choice { .. } | Kind::Attribute { .. } | Kind::Pattern(_), _) => {
            DetailRole::Other
        }
    }
}

/// A field by which a message left can be answered.
fn is_address(field: &Field) -> bool {
    matches!(field.kind, Kind::Email | Kind::Phone)
}
