//! Nodes of a recorded page: what they are, what they have, and where they stand.
//!
//! Walked with a stack of our own: a page can be deeper than a thread's stack is long.

use std::collections::HashSet;

use crate::protocol::cobrowse::FrameFault;

use super::css;
use super::json::Value;
use super::list::{Kind, List};
use super::{NODE_DEPTH_MAX, NODES_MAX};

pub(super) type Judged = Result<(), FrameFault>;

const NOT_ALLOWED: FrameFault = FrameFault::NotAllowed;
const ID_MAX: f64 = 2_147_483_647.0;
const NUMBER_MAX: f64 = 1e9;
const TEXT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Properties that one change of a style may name, and the length of each name.
const PROPERTY_BYTES_MAX: usize = 102;

const DOCUMENT: u32 = 0;
const DOCTYPE: u32 = 1;
const ELEMENT: u32 = 2;
const TEXT: u32 = 3;

const NODE_KEYS: [&str; 15] = [
    "type",
    "id",
    "rootId",
    "isShadow",
    "childNodes",
    "compatMode",
    "name",
    "publicId",
    "systemId",
    "tagName",
    "attributes",
    "isSVG",
    "isCustom",
    "isShadowHost",
    "textContent",
];

/// What a node stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    /// It is the root of a full snapshot.
    None,
    /// It is added to a node that is known by its number; a document only into a frame.
    Number {
        frame: bool,
    },
    Document,
    Element,
    /// A style element, whose texts are CSS.
    Style,
}

/// The values of an object that has no key but these, each at most once.
pub(super) fn fields<'t, const N: usize>(
    value: Value<'t>,
    names: [&str; N],
) -> Result<[Option<Value<'t>>; N], FrameFault> {
    let mut found = [None; N];
    for (key, value) in value.object().ok_or(NOT_ALLOWED)? {
        let slot = names.iter().position(|name| *name == key).and_then(|at| found.get_mut(at)).ok_or(NOT_ALLOWED)?;
        if slot.replace(value).is_some() {
            return Err(NOT_ALLOWED);
        }
    }
    Ok(found)
}

pub(super) fn when(fine: bool) -> Judged {
    if fine { Ok(()) } else { Err(NOT_ALLOWED) }
}

/// A whole number that is not negative.
pub(super) fn whole(value: Option<Value<'_>>) -> Option<u32> {
    let number = value?.number()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within bounds")]
    (number.fract() == 0.0 && (0.0..=ID_MAX).contains(&number)).then_some(number as u32)
}

/// A number of a node or sheet.
pub(super) fn id(value: Option<Value<'_>>) -> Result<u32, FrameFault> {
    whole(value).filter(|&id| id > 0).ok_or(NOT_ALLOWED)
}

pub(super) fn is_number(value: Option<Value<'_>>) -> bool {
    value.and_then(|value| value.number()).is_some_and(|number| number.abs() <= NUMBER_MAX)
}

/// Absent or true: the recorder writes no false.
fn is_flag(value: Option<Value<'_>>) -> bool {
    value.is_none_or(|value| value.is_true())
}

fn short_text(value: Option<Value<'_>>) -> bool {
    let fine = |char: char| char.is_ascii_alphanumeric() || char.is_ascii_whitespace() || "_./:-".contains(char);
    value.and_then(|value| value.text()).is_some_and(|text| text.len() <= 200 && text.chars().all(fine))
}

/// Nodes of one frame.
pub(super) struct Nodes<'l> {
    list: &'l List,
    count: usize,
    /// Numbers of one event.
    seen: HashSet<u32>,
}

impl<'l> Nodes<'l> {
    pub(super) fn new(list: &'l List) -> Self {
        Self { list, count: 0, seen: HashSet::new() }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Another event begins: what left in one may come back in the next.
    pub(super) fn event(&mut self) {
        self.seen.clear();
    }

    pub(super) fn tree(&mut self, root: Value<'_>, parent: Parent) -> Judged {
        let mut open = vec![(root, parent, 0)];
        while let Some((value, parent, depth)) = open.pop() {
            self.count += 1;
            if self.count > NODES_MAX || depth > NODE_DEPTH_MAX {
                return Err(FrameFault::TooLarge);
            }
            let Some((children, inside)) = self.node(value, parent)? else { continue };
            let before = open.len();
            for child in children.array().ok_or(NOT_ALLOWED)? {
                open.push((child, inside, depth + 1));
            }
            if inside == Parent::Document {
                let has_element = open.iter().skip(before).any(|(child, _, _)| is_element(*child));
                when(has_element)?;
            }
        }
        Ok(())
    }

    /// Its children and what they stand in, if it can have any.
    fn node<'t>(&mut self, value: Value<'t>, parent: Parent) -> Result<Option<(Value<'t>, Parent)>, FrameFault> {
        let [
            kind,
            number,
            root,
            shadow,
            children,
            mode,
            name,
            public,
            system,
            tag,
            attributes,
            svg,
            custom,
            host,
            text,
        ] = fields(value, NODE_KEYS)?;
        when(self.seen.insert(id(number)?))?;
        root.map_or(Ok(0), |root| id(Some(root)))?;
        when(is_flag(shadow))?;
        let kind = whole(kind).ok_or(NOT_ALLOWED)?;
        when(stands(kind, parent))?;
        let doctype = [name, public, system];
        let element = [tag, attributes, svg, custom, host];
        match kind {
            DOCUMENT => {
                when(doctype.iter().chain(&element).chain([&text, &shadow]).all(Option::is_none))?;
                when(mode.is_none_or(|mode| mode.text().as_deref() == Some("BackCompat")))?;
                Ok(Some((children.ok_or(NOT_ALLOWED)?, Parent::Document)))
            }
            DOCTYPE => {
                when(element.iter().chain([&text, &shadow, &mode, &children]).all(Option::is_none))?;
                when(name.and_then(|name| name.text()).as_deref() == Some("html"))?;
                when(short_text(public) && short_text(system))?;
                Ok(None)
            }
            ELEMENT => {
                when(doctype.iter().chain([&text, &mode]).all(Option::is_none))?;
                let inside = self.element(element)?;
                Ok(Some((children.ok_or(NOT_ALLOWED)?, inside)))
            }
            TEXT => {
                when(doctype.iter().chain(&element).chain([&mode, &children]).all(Option::is_none))?;
                let text = text.and_then(|text| text.text()).ok_or(NOT_ALLOWED)?;
                when(text.len() <= TEXT_BYTES_MAX)?;
                when(parent != Parent::Style || css::is_clean(&text, self.list))?;
                Ok(None)
            }
            _ => Err(NOT_ALLOWED),
        }
    }

    fn element(&self, [tag, attributes, svg, custom, host]: [Option<Value<'_>>; 5]) -> Result<Parent, FrameFault> {
        when([svg, custom, host].into_iter().all(is_flag))?;
        let tag = tag.and_then(|tag| tag.text()).ok_or(NOT_ALLOWED)?;
        when(self.list.is_element(&tag, svg.is_some()))?;
        when(custom.is_none() || self.list.is_custom(&tag))?;
        when(host.is_none() || (svg.is_none() && self.list.is_host(&tag)))?;
        for (name, value) in attributes.and_then(|attributes| attributes.object()).ok_or(NOT_ALLOWED)? {
            when(!value.is_null())?;
            self.attribute(&name, value, Some(&tag))?;
        }
        Ok(if tag == "style" { Parent::Style } else { Parent::Element })
    }

    /// `tag` absent = a change of an element that is known by its number; null takes the attribute away.
    pub(super) fn attribute(&self, name: &str, value: Value<'_>, tag: Option<&str>) -> Judged {
        let text = value.text();
        if name.starts_with("rr_") || name.starts_with("_css") {
            return self.own(name, value, text.as_deref(), tag);
        }
        let kind = self.list.kind_of(name, tag).ok_or(NOT_ALLOWED)?;
        if value.is_null() || (kind == Kind::Flag && value.is_true()) {
            return Ok(());
        }
        if name == "style" && text.is_none() {
            return self.styles(value);
        }
        when(text.is_some_and(|text| self.list.fits(kind, &text)))
    }

    /// What the recorder itself adds, and the styles that the page puts there.
    fn own(&self, name: &str, value: Value<'_>, text: Option<&str>, tag: Option<&str>) -> Judged {
        let is_sheet = tag.is_none_or(|tag| matches!(tag, "style" | "link"));
        let list = self.list;
        when(match name {
            "_cssText" => is_sheet && text.is_some_and(|css| css::is_clean_sheet(css, list)),
            "_cssAsset" => is_sheet && text.is_some_and(|address| list.is_asset(address)),
            "rr_open_mode" => {
                value.is_null()
                    || (tag.is_none_or(|tag| tag == "dialog") && text.is_some_and(|mode| list.is_mode(mode)))
            }
            "rr_popover" => text.is_some_and(|state| list.is_popover(state)),
            _ if list.is_scroll(name) => is_number(Some(value)),
            _ if list.is_size(name) => text.is_some_and(|text| list.is_length(text)),
            _ => false,
        })
    }

    /// Changes of a style attribute: a value, a value with its priority, or false for none.
    fn styles(&self, value: Value<'_>) -> Judged {
        for (property, change) in value.object().ok_or(NOT_ALLOWED)? {
            when(is_property(&property))?;
            if change.is_false() {
                continue;
            }
            if let Some(text) = change.text() {
                when(css::is_clean(&text, self.list))?;
                continue;
            }
            let parts: Vec<_> = change.array().ok_or(NOT_ALLOWED)?.map(|part| part.text()).collect();
            match parts.as_slice() {
                [Some(text), Some(priority)] => {
                    when(css::is_clean(text, self.list) && matches!(priority.as_ref(), "" | "important"))?;
                }
                _ => return Err(NOT_ALLOWED),
            }
        }
        Ok(())
    }
}

fn is_property(name: &str) -> bool {
    let fine = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    !name.is_empty() && name.len() <= PROPERTY_BYTES_MAX && name.chars().all(fine)
}

fn is_element(node: Value<'_>) -> bool {
    let kind = node.object().and_then(|mut keys| keys.find(|(key, _)| key == "type"));
    kind.is_some_and(|(_, kind)| whole(Some(kind)) == Some(ELEMENT))
}

/// Whether a node of that kind may stand there: a document anywhere else would empty the player.
fn stands(kind: u32, parent: Parent) -> bool {
    match parent {
        Parent::None => kind == DOCUMENT,
        Parent::Number { frame } => (kind == DOCUMENT) == frame,
        Parent::Document => kind == DOCTYPE || kind == ELEMENT,
        Parent::Element | Parent::Style => kind == ELEMENT || kind == TEXT,
    }
}
