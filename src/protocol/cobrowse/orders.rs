//! What an agent may have done on a page, and what the page makes of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ShareAct;

/// An order on the page. A place is a node of the replay and fractions of its box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum RemoteAction {
    Move {
        at: Place,
    },
    Click {
        at: Place,
        button: MouseButton,
    },
    /// The whole value, at most [`super::ACTION_TEXT_BYTES_MAX`]; `commit` says that the field is left.
    SetValue {
        node: u32,
        text: String,
        commit: bool,
    },
    /// Of a select: which options, from 0.
    Choose {
        node: u32,
        indexes: Vec<u32>,
    },
    /// `node` absent = what has the page's focus.
    Press {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        node: Option<u32>,
        key: RemoteKey,
    },
    /// `node` absent = the page; pixels from its top left corner.
    Scroll {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        node: Option<u32>,
        x: u32,
        y: u32,
    },
    Back {},
    Forward {},
    /// A path of the same origin.
    Go {
        path: String,
    },
}

/// A point of an element: fractions of its box from the top left corner, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub node: u32,
    pub fx: f32,
    pub fy: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MouseButton {
    Left,
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RemoteKey {
    Enter,
    Tab,
    BackTab,
    Escape,
    Up,
    Down,
    Left,
    Right,
    Backspace,
}

/// What became of an order. The page says `Done` before it carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ActionOutcome {
    /// `act` is absent for what is not audited: moves and scrolls.
    Done {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        act: Option<ShareAct>,
    },
    Refused {
        why: ActionRefusal,
    },
}

/// Why the page did not carry an order out. Whatever is in doubt is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionRefusal {
    /// Another epoch or agent than the page's gate.
    Stale,
    /// The visitor's own hands are on the page.
    VisitorActive,
    Gone,
    Covered,
    Secret,
    /// The form holds a secret field.
    FormSecret,
    Masked,
    /// Our own banner, card or chat.
    OwnUi,
    OffSite,
    Scheme,
    NewTab,
    Download,
    File,
    Disabled,
    WrongKind,
    SeeOnly,
    TooFast,
}
