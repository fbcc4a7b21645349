//! The list of what may travel (`allowed.json`), as questions.
//!
//! The page and the console ask the same file. Were it unreadable, nothing would be allowed; a test
//! holds it to be readable, and all three to answer alike.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::css;

/// Characters of an attribute; paths of drawings are long.
pub(super) const ATTRIBUTE_CHARS_MAX: usize = 256 * 1024;

const SOURCE: &str = include_str!("../../../../widget/src/shared/allowed.json");

static LIST: LazyLock<Option<List>> = LazyLock::new(|| serde_json::from_str::<Source>(SOURCE).ok()?.list());

/// How the value of an attribute is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Text,
    /// CSS: a style, or what a drawing is filled with.
    Paint,
    /// One of our assets, or a picture of data.
    Picture,
    /// A place in the same document.
    Local,
    /// Of an element that is not known here.
    PictureOrLocal,
    Flag,
    /// A number for a group of radio buttons.
    Group,
    /// An attribute of the store's own, with one short word.
    Free,
}

#[derive(Debug, Deserialize)]
struct Source {
    html: String,
    svg: String,
    filters: String,
    custom: String,
    reserved: String,
    hosts: String,
    plain: String,
    text: String,
    paint: String,
    picture: BTreeMap<String, String>,
    local: BTreeMap<String, String>,
    flags: String,
    numbers: String,
    lengths: String,
    length: String,
    modes: String,
    popovers: String,
    group: String,
    free: String,
    unfree: String,
    word: String,
    asset: String,
    data: String,
    fragment: String,
    increments: BTreeMap<String, String>,
    interactions: String,
}

#[derive(Debug)]
pub(super) struct List {
    html: BTreeSet<String>,
    svg: BTreeSet<String>,
    filters: Regex,
    custom: Regex,
    reserved: BTreeSet<String>,
    hosts: BTreeSet<String>,
    plain: BTreeSet<String>,
    text: BTreeSet<String>,
    paint: Regex,
    picture: BTreeMap<String, BTreeSet<String>>,
    local: BTreeMap<String, BTreeSet<String>>,
    flags: BTreeSet<String>,
    numbers: BTreeSet<String>,
    lengths: BTreeSet<String>,
    length: Regex,
    modes: BTreeSet<String>,
    popovers: BTreeSet<String>,
    group: Regex,
    free: Regex,
    unfree: Regex,
    word: Regex,
    asset: Regex,
    data: Regex,
    fragment: Regex,
    increments: BTreeMap<String, String>,
    interactions: BTreeSet<String>,
}

fn set(names: &str) -> BTreeSet<String> {
    names.split(' ').map(str::to_owned).collect()
}

impl Source {
    fn list(self) -> Option<List> {
        let regex = |pattern: &str| Regex::new(pattern).ok();
        let sets = |names: BTreeMap<String, String>| names.into_iter().map(|(name, tags)| (name, set(&tags))).collect();
        Some(List {
            html: set(&self.html),
            svg: set(&self.svg),
            filters: regex(&self.filters)?,
            custom: regex(&self.custom)?,
            reserved: set(&self.reserved),
            hosts: set(&self.hosts),
            plain: set(&self.plain),
            text: set(&self.text),
            paint: regex(&self.paint)?,
            picture: sets(self.picture),
            local: sets(self.local),
            flags: set(&self.flags),
            numbers: set(&self.numbers),
            lengths: set(&self.lengths),
            length: regex(&self.length)?,
            modes: set(&self.modes),
            popovers: set(&self.popovers),
            group: regex(&self.group)?,
            free: regex(&self.free)?,
            unfree: regex(&self.unfree)?,
            word: regex(&self.word)?,
            asset: regex(&self.asset)?,
            data: regex(&self.data)?,
            fragment: regex(&self.fragment)?,
            increments: self.increments,
            interactions: set(&self.interactions),
        })
    }
}

impl List {
    pub(super) fn get() -> Option<&'static Self> {
        LIST.as_ref()
    }

    pub(super) fn is_custom(&self, tag: &str) -> bool {
        self.custom.is_match(tag) && !self.reserved.contains(tag)
    }

    pub(super) fn is_element(&self, tag: &str, is_svg: bool) -> bool {
        if is_svg {
            self.svg.contains(tag) || self.filters.is_match(tag)
        } else {
            self.html.contains(tag) || self.is_custom(tag)
        }
    }

    /// Elements that can have a shadow root; of others a browser throws.
    pub(super) fn is_host(&self, tag: &str) -> bool {
        self.hosts.contains(tag) || self.is_custom(tag)
    }

    /// `tag` absent = of an element that is known by its number only.
    pub(super) fn kind_of(&self, name: &str, tag: Option<&str>) -> Option<Kind> {
        let lower = name.to_lowercase();
        if self.plain.contains(&lower) {
            return Some(Kind::Plain);
        }
        if self.text.contains(&lower) {
            return Some(Kind::Text);
        }
        if self.paint.is_match(&lower) {
            return Some(Kind::Paint);
        }
        if self.flags.contains(&lower) {
            return Some(Kind::Flag);
        }
        if lower == "name" {
            return tag.is_none_or(|tag| tag == "input").then_some(Kind::Group);
        }
        let has = |sets: &BTreeMap<String, BTreeSet<String>>| {
            sets.get(&lower).is_some_and(|tags| tag.is_none_or(|tag| tags.contains(tag)))
        };
        match (has(&self.picture), has(&self.local)) {
            (true, true) => return Some(Kind::PictureOrLocal),
            (true, false) => return Some(Kind::Picture),
            (false, true) => return Some(Kind::Local),
            (false, false) => {}
        }
        (self.free.is_match(&lower) && !self.unfree.is_match(&lower)).then_some(Kind::Free)
    }

    pub(super) fn fits(&self, kind: Kind, value: &str) -> bool {
        if value.len() > ATTRIBUTE_CHARS_MAX * 4 || value.encode_utf16().count() > ATTRIBUTE_CHARS_MAX {
            return false;
        }
        match kind {
            Kind::Plain | Kind::Text => true,
            Kind::Paint => css::is_clean(value, self),
            Kind::Picture => self.is_picture(value),
            Kind::Local => self.fragment.is_match(value),
            Kind::PictureOrLocal => self.is_picture(value) || self.fragment.is_match(value),
            Kind::Flag => value.is_empty(),
            Kind::Group => self.group.is_match(value),
            Kind::Free => self.word.is_match(value),
        }
    }

    pub(super) fn is_asset(&self, address: &str) -> bool {
        self.asset.is_match(address)
    }

    fn is_picture(&self, address: &str) -> bool {
        self.asset.is_match(address) || self.data.is_match(address)
    }

    /// What CSS may name.
    pub(super) fn is_address(&self, address: &str) -> bool {
        self.is_picture(address) || self.fragment.is_match(address)
    }

    pub(super) fn is_scroll(&self, name: &str) -> bool {
        self.numbers.contains(name)
    }

    pub(super) fn is_size(&self, name: &str) -> bool {
        self.lengths.contains(name)
    }

    pub(super) fn is_length(&self, value: &str) -> bool {
        self.length.is_match(value)
    }

    pub(super) fn is_mode(&self, value: &str) -> bool {
        self.modes.contains(value)
    }

    pub(super) fn is_popover(&self, value: &str) -> bool {
        self.popovers.contains(value)
    }

    /// What an increment of that number is; absent = none that travels.
    pub(super) fn increment(&self, source: u32) -> Option<&str> {
        self.increments.get(&source.to_string()).map(String::as_str)
    }

    pub(super) fn is_interaction(&self, number: u32) -> bool {
        self.interactions.contains(&number.to_string())
    }
}
