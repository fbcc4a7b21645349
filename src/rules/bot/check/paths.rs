//! Paths: what nobody can reach, and how far a person is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::definition::{ButtonTable, FaqTable, StepTable};
use super::Checker;

/// A person or a message stands within so many clicks of the start.
const CLICKS_TO_A_PERSON_MAX: u32 = 2;

/// Where a talk can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'d> {
    /// A step's id or an `@` target.
    Target(&'d str),
    Faq(&'d str),
}

impl<'d> Place<'d> {
    fn of(target: &'d str) -> Self {
        Self::Target(target)
    }

    fn behind(button: &'d ButtonTable) -> Option<Self> {
        let faq = button.faq.as_ref().map(|id| Self::Faq(&id.value));
        button.goto.as_ref().map(|goto| Self::Target(&goto.value)).or(faq)
    }
}

impl<'d> Checker<'d> {
    /// Only worth saying about a definition without other faults.
    pub(super) fn paths(&mut self) {
        let definition = self.definition;
        let Some(goto) = definition.start.goto.as_ref() else { return };
        if self.problems.has_errors() {
            return;
        }
        let clicks = self.clicks_from(vec![Place::of(&goto.value)]);
        let reached = self.clicks_from(self.ways_in(&goto.value));
        let is_reached = |id: &str| reached.contains_key(&Place::Target(id));
        for step in definition.steps.iter().filter(|step| !is_reached(&step.id)) {
            self.add("W04", &step.spot, format!("no path leads to step `{}`; lead one there or remove it", step.id));
        }
        let asked = self.fields_asked(&reached);
        for field in definition.fields.iter().filter(|field| !asked.contains(field.id.as_str())) {
            self.add("W04", &field.spot, format!("field `{}` is never asked; ask it or remove it", field.id));
        }
        let near = ["@handoff", "@leave_message"]
            .into_iter()
            .any(|target| clicks.get(&Place::Target(target)).is_some_and(|clicks| *clicks <= CLICKS_TO_A_PERSON_MAX));
        if !near {
            let message = format!(
                "no person and no message within {CLICKS_TO_A_PERSON_MAX} clicks of the start; \
                     add a button that leads to `@handoff`"
            );
            self.add("W16", &goto.spot, message);
        }
    }

    /// Where a talk can get to without a click on a step's button: the start, every
    /// FAQ (by a text), and what is offered after waiting too long.
    fn ways_in(&self, start: &'d str) -> Vec<Place<'d>> {
        let definition = self.definition;
        let faqs = definition.faqs.iter().filter_map(|faq| faq.id.as_ref()).map(|id| Place::Faq(id.value.as_str()));
        let too_long = definition.handoff.on_wait_too_long.iter().map(|word| Place::of(&word.value));
        std::iter::once(Place::of(start)).chain(faqs).chain(too_long).collect()
    }

    /// Every place that is reached from these, with the fewest clicks.
    fn clicks_from(&self, from: Vec<Place<'d>>) -> BTreeMap<Place<'d>, u32> {
        let definition = self.definition;
        let steps: BTreeMap<&str, &StepTable> = definition.steps.iter().map(|step| (step.id.as_str(), step)).collect();
        let faqs: BTreeMap<&str, &FaqTable> =
            definition.faqs.iter().filter_map(|faq| Some((faq.id.as_ref()?.value.as_str(), faq))).collect();
        let mut clicks = BTreeMap::new();
        let mut level = from;
        let mut count = 0;
        while !level.is_empty() {
            let mut next = Vec::new();
            while let Some(place) = level.pop() {
                if clicks.contains_key(&place) {
                    continue;
                }
                clicks.insert(place, count);
                let buttons = match place {
                    // What was searched for is followed by a way to a person.
                    Place::Target("@products") => {
                        next.push(Place::Target("@handoff"));
                        None
                    }
                    Place::Target(id) => {
                        let step = steps.get(id);
                        level.extend(step.and_then(|step| step.goto.as_ref()).map(|goto| Place::of(&goto.value)));
                        step.and_then(|step| step.buttons.as_ref())
                    }
                    Place::Faq(id) => faqs.get(id).and_then(|faq| faq.buttons.as_ref()),
                };
                next.extend(buttons.into_iter().flat_map(|list| &list.buttons).filter_map(Place::behind));
            }
            level = next;
            count += 1;
        }
        clicks
    }

    fn fields_asked(&self, reached: &BTreeMap<Place<'d>, u32>) -> BTreeSet<&'d str> {
        let definition = self.definition;
        let steps = definition.steps.iter().filter(|step| reached.contains_key(&Place::Target(&step.id)));
        let lists = steps
            .map(|step| step.collect.as_slice())
            .chain([definition.start.form.as_slice(), definition.handoff.ask_before.as_slice()])
            .chain(definition.leave_message.iter().filter_map(|leave| leave.collect.as_deref()));
        lists.flatten().map(|word| word.value.as_str()).collect()
    }
}
