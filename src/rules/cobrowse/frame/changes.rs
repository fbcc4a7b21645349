//! Events of the recorder: the kinds that travel, and what each may hold.

use crate::protocol::cobrowse::FrameFault;

use super::css;
use super::json::{Tape, Value};
use super::list::List;
use super::nodes::{Judged, Nodes, Parent, fields, id, is_number, when, whole};
use super::{Checked, EVENTS_MAX};

const NOT_ALLOWED: FrameFault = FrameFault::NotAllowed;
const FULL: u32 = 2;
const INCREMENT: u32 = 3;
const META: u32 = 4;
/// Pixels of a viewport.
const SIZE_MAX: f64 = 20_000.0;
/// How deep a rule can stand in rules, and at which place.
const RULE_DEPTH_MAX: usize = 19;
const RULE_INDEX_MAX: u32 = 1_000_000;
const INPUT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The events of a frame: a full one holds one picture, the other kind none.
pub(super) fn events(tape: &Tape<'_>, is_full: bool) -> Result<Checked, FrameFault> {
    let list = List::get().ok_or(NOT_ALLOWED)?;
    let mut events = Events { list, nodes: Nodes::new(list), count: 0, pictures: 0 };
    for event in tape.root()?.array().ok_or(NOT_ALLOWED)? {
        events.count += 1;
        if events.count > EVENTS_MAX {
            return Err(FrameFault::TooLarge);
        }
        events.event(event, is_full)?;
    }
    when(events.pictures == usize::from(is_full))?;
    Ok(Checked::Picture { events: events.count, nodes: events.nodes.count() })
}

struct Events<'l> {
    list: &'l List,
    nodes: Nodes<'l>,
    count: usize,
    pictures: usize,
}

impl Events<'_> {
    fn event(&mut self, event: Value<'_>, is_full: bool) -> Judged {
        let [kind, data, timestamp] = fields(event, ["type", "data", "timestamp"])?;
        let data = data.ok_or(NOT_ALLOWED)?;
        when(timestamp.and_then(|at| at.number()).is_some_and(f64::is_finite))?;
        self.nodes.event();
        match whole(kind) {
            Some(FULL) if is_full => {
                self.pictures += 1;
                let [node, offset] = fields(data, ["node", "initialOffset"])?;
                let [left, top] = fields(offset.ok_or(NOT_ALLOWED)?, ["left", "top"])?;
                when(is_number(left) && is_number(top))?;
                self.nodes.tree(node.ok_or(NOT_ALLOWED)?, Parent::None)
            }
            Some(META) if is_full => {
                let [href, width, height] = fields(data, ["href", "width", "height"])?;
                let href = href.and_then(|href| href.text()).ok_or(NOT_ALLOWED)?;
                when(href.is_empty() || href.starts_with("https://") || href.starts_with("http://"))?;
                when(is_size(width) && is_size(height))
            }
            Some(INCREMENT) => self.increment(data),
            _ => Err(NOT_ALLOWED),
        }
    }

    fn increment(&mut self, data: Value<'_>) -> Judged {
        let source = data.object().and_then(|mut keys| keys.find(|(key, _)| key == "source"));
        let source = source.and_then(|(_, source)| whole(Some(source))).ok_or(NOT_ALLOWED)?;
        match self.list.increment(source) {
            Some("mutation") => self.mutation(data),
            Some("moves") => moves(data),
            Some("interaction") => self.interaction(data),
            Some("scroll") => {
                let [_, number, x, y] = fields(data, ["source", "id", "x", "y"])?;
                id(number)?;
                when(is_number(x) && is_number(y))
            }
            Some("resize") => {
                let [_, width, height] = fields(data, ["source", "width", "height"])?;
                when(is_size(width) && is_size(height))
            }
            Some("input") => {
                let [_, number, text, checked] = fields(data, ["source", "id", "text", "isChecked"])?;
                id(number)?;
                when(text.and_then(|text| text.text()).is_some_and(|text| text.len() <= INPUT_BYTES_MAX))?;
                when(checked.is_some_and(|checked| checked.is_true() || checked.is_false()))
            }
            Some("rules") => self.rules(data),
            Some("declaration") => self.declaration(data),
            Some("adopted") => self.adopted(data),
            Some(_) | None => Err(NOT_ALLOWED),
        }
    }

    fn mutation(&mut self, data: Value<'_>) -> Judged {
        let [_, adds, texts, attributes, removes, attached] =
            fields(data, ["source", "adds", "texts", "attributes", "removes", "isAttachIframe"])?;
        when(attached.is_none_or(|attached| attached.is_true()))?;
        for add in list_of(adds)? {
            let [parent, next, node] = fields(add, ["parentId", "nextId", "node"])?;
            id(parent)?;
            let next = next.ok_or(NOT_ALLOWED)?;
            when(next.is_null() || id(Some(next)).is_ok())?;
            self.nodes.tree(node.ok_or(NOT_ALLOWED)?, Parent::Number { frame: attached.is_some() })?;
        }
        for change in list_of(texts)? {
            let [number, value] = fields(change, ["id", "value"])?;
            id(number)?;
            when(value.is_some_and(|value| value.text().is_some()))?;
        }
        for change in list_of(attributes)? {
            let [number, attributes] = fields(change, ["id", "attributes"])?;
            id(number)?;
            for (name, value) in attributes.and_then(|attributes| attributes.object()).ok_or(NOT_ALLOWED)? {
                self.nodes.attribute(&name, value, None)?;
            }
        }
        for removed in list_of(removes)? {
            let [parent, number, shadow] = fields(removed, ["parentId", "id", "isShadow"])?;
            id(parent)?;
            id(number)?;
            when(shadow.is_none_or(|shadow| shadow.is_true()))?;
        }
        Ok(())
    }

    fn interaction(&self, data: Value<'_>) -> Judged {
        let [_, kind, number, x, y, pointer] = fields(data, ["source", "type", "id", "x", "y", "pointerType"])?;
        id(number)?;
        when(whole(kind).is_some_and(|kind| self.list.is_interaction(kind)))?;
        when(is_number(x) && is_number(y))?;
        when(pointer.is_none_or(|pointer| whole(Some(pointer)).is_some_and(|pointer| pointer <= 2)))
    }

    fn rules(&self, data: Value<'_>) -> Judged {
        let [_, number, sheet, adds, removes, replace, replace_sync] =
            fields(data, ["source", "id", "styleId", "adds", "removes", "replace", "replaceSync"])?;
        of_sheet(number, sheet)?;
        if adds.is_some() {
            self.added_rules(adds)?;
        }
        if removes.is_some() {
            for removed in list_of(removes)? {
                let [index] = fields(removed, ["index"])?;
                when(index.is_some_and(is_rule_index))?;
            }
        }
        for text in [replace, replace_sync].into_iter().flatten() {
            self.is_css(Some(text))?;
        }
        Ok(())
    }

    fn added_rules(&self, adds: Option<Value<'_>>) -> Judged {
        for added in list_of(adds)? {
            let [rule, index] = fields(added, ["rule", "index"])?;
            self.is_css(rule)?;
            when(index.is_none_or(is_rule_index))?;
        }
        Ok(())
    }

    fn declaration(&self, data: Value<'_>) -> Judged {
        let [_, number, sheet, index, set, remove] =
            fields(data, ["source", "id", "styleId", "index", "set", "remove"])?;
        of_sheet(number, sheet)?;
        when(index.is_some_and(|index| index.array().is_some() && is_rule_index(index)))?;
        if let Some(set) = set {
            let [property, value, priority] = fields(set, ["property", "value", "priority"])?;
            self.is_css(property)?;
            self.is_css(value)?;
            when(priority.is_none_or(|one| one.is_null() || matches!(one.text().as_deref(), Some("" | "important"))))?;
        }
        if let Some(remove) = remove {
            let [property] = fields(remove, ["property"])?;
            when(property.is_some_and(|property| property.text().is_some()))?;
        }
        when(set.is_some() != remove.is_some())
    }

    fn adopted(&self, data: Value<'_>) -> Judged {
        let [_, number, ids, styles] = fields(data, ["source", "id", "styleIds", "styles"])?;
        id(number)?;
        for one in list_of(ids)? {
            id(Some(one))?;
        }
        if styles.is_some() {
            for style in list_of(styles)? {
                let [number, rules] = fields(style, ["styleId", "rules"])?;
                id(number)?;
                self.added_rules(rules)?;
            }
        }
        Ok(())
    }

    fn is_css(&self, value: Option<Value<'_>>) -> Judged {
        when(value.and_then(|value| value.text()).is_some_and(|text| css::is_clean_sheet(&text, self.list)))
    }
}

fn list_of<'t>(value: Option<Value<'t>>) -> Result<impl Iterator<Item = Value<'t>>, FrameFault> {
    value.and_then(|value| value.array()).ok_or(NOT_ALLOWED)
}

/// One of both says which sheet.
fn of_sheet(number: Option<Value<'_>>, sheet: Option<Value<'_>>) -> Judged {
    for one in [number, sheet].into_iter().flatten() {
        id(Some(one))?;
    }
    when(number.is_some() || sheet.is_some())
}

fn moves(data: Value<'_>) -> Judged {
    let [_, positions] = fields(data, ["source", "positions"])?;
    for position in list_of(positions)? {
        let [x, y, number, offset] = fields(position, ["x", "y", "id", "timeOffset"])?;
        id(number)?;
        when(is_number(x) && is_number(y) && is_number(offset))?;
    }
    Ok(())
}

fn is_size(value: Option<Value<'_>>) -> bool {
    value.and_then(|value| value.number()).is_some_and(|size| size > 0.0 && size <= SIZE_MAX)
}

/// The place of a rule in its sheet, or of one within others.
fn is_rule_index(value: Value<'_>) -> bool {
    let is_small = |value: Value<'_>| whole(Some(value)).is_some_and(|index| index < RULE_INDEX_MAX);
    match value.array() {
        Some(indexes) => {
            let indexes: Vec<_> = indexes.take(RULE_DEPTH_MAX + 1).collect();
            indexes.len() <= RULE_DEPTH_MAX && indexes.into_iter().all(is_small)
        }
        None => is_small(value),
    }
}
