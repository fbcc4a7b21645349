//! Paths: what nobody can reach, and how far a person is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::definition::StepTable;
use super::Checker;

/// A person or a message stands within so many clicks of the start.
const CLICKS_TO_A_PERSON_MAX: u32 = 2;

impl<'d> Checker<'d> {
    /// Only worth saying about a definition without other faults.
    pub(super) fn paths(&mut self) {
        let definition = self.definition;
        let Some(goto) = definition.start.goto.clone() else { return };
        if self.problems.has_errors() {
            return;
        }
        let clicks = self.clicks_from(&goto.value);
        for step in definition.steps.iter().filter(|step| !clicks.contains_key(&step.id)) {
            self.add("W04", &step.spot, format!("no path leads to step `{}`; lead one there or remove it", step.id));
        }
        let asked = self.fields_asked(&clicks);
        for field in definition.fields.iter().filter(|field| !asked.contains(field.id.as_str())) {
            self.add("W04", &field.spot, format!("field `{}` is never asked; ask it or remove it", field.id));
        }
        let near = ["@handoff", "@leave_message"]
            .iter()
            .any(|target| clicks.get(*target).is_some_and(|clicks| *clicks <= CLICKS_TO_A_PERSON_MAX));
        if !near {
            let message = format!(
                "no person and no message within {CLICKS_TO_A_PERSON_MAX} clicks of the start; \
                     add a button that leads to `@handoff`"
            );
            self.add("W16", &goto.spot, message);
        }
    }

    /// Every step and target that is reached, with the fewest clicks.
    fn clicks_from(&self, start: &str) -> BTreeMap<String, u32> {
        let steps: BTreeMap<&str, &StepTable> =
            self.definition.steps.iter().map(|step| (step.id.as_str(), step)).collect();
        let mut clicks = BTreeMap::new();
        let mut level = vec![start.to_owned()];
        let mut count = 0;
        while !level.is_empty() {
            let mut next = Vec::new();
            while let Some(id) = level.pop() {
                if clicks.contains_key(&id) {
                    continue;
                }
                clicks.insert(id.clone(), count);
                let Some(step) = steps.get(id.as_str()) else { continue };
                level.extend(step.goto.iter().map(|goto| goto.value.clone()));
                let buttons = step.buttons.iter().flat_map(|list| &list.buttons);
                next.extend(buttons.filter_map(|button| button.goto.as_ref()).map(|goto| goto.value.clone()));
            }
            level = next;
            count += 1;
        }
        clicks
    }

    fn fields_asked(&self, reached: &BTreeMap<String, u32>) -> BTreeSet<&'d str> {
        let definition = self.definition;
        let steps = definition.steps.iter().filter(|step| reached.contains_key(&step.id));
        let lists = steps
            .map(|step| step.collect.as_slice())
            .chain([definition.start.form.as_slice(), definition.handoff.ask_before.as_slice()])
            .chain(definition.leave_message.iter().filter_map(|leave| leave.collect.as_deref()));
        lists.flatten().map(|word| word.value.as_str()).collect()
    }
}
