//! Shared pages: what travels on the two share sockets, and the words that both sides have for it.
//!
//! A share has two sockets of its own, so that a picture of a page never stands in front of a
//! message: `/w/v1/share` for the visitor's page, `/api/v1/share` for the agent's tab. Control
//! messages are JSON text; what the page looks like travels as binary data frames, which the
//! server checks ([`crate::rules::cobrowse::frame`]) and forwards as they are.
//!
//! A data frame is big-endian: `u8` kind ([`DATA_FULL`]…), `u8` flags ([`FLAG_DEFLATED`],
//! [`FLAG_MORE`]), `u32` document, `u32` sequence number, then the body: a JSON array of rrweb
//! events, or for an asset 32 bytes of SHA-256 and the asset's bytes. What is longer than
//! [`DATA_FRAME_BYTES_MAX`] goes in parts, which repeat the head.
//!
//! Who may do what is decided in [`crate::rules::cobrowse`]. The page is the judge and the server
//! the ledger: an order runs only if both have the same agent and epoch.

mod orders;
mod page;
mod preview;
mod settings;
mod watch;

pub use orders::{ActionOutcome, ActionRefusal, MouseButton, Place, RemoteAction, RemoteKey};
pub use page::{PageFrame, PageStop, ToPage};
pub use preview::{
    AwaitPreview, OpenPreview, PREVIEW_MARKS_MAX, PreviewFiles, PreviewMark, PreviewOpened, PreviewRank,
    PreviewSelector, PreviewSettings, PreviewedPage, SharePreview, SharePreviewBegun, SharePreviewStage, TrySharing,
};
pub use settings::{ShareSettings, ShowLevel};
pub use watch::{FrameFault, ShareView, ToWatcher, WatcherFrame};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::AgentRef;

/// A data frame on the wire, head included: Chromium fragments what is longer than 64 KiB.
pub const DATA_FRAME_BYTES_MAX: usize = 60 * 1024;
/// The head of a data frame.
pub const DATA_HEAD_BYTES: usize = 10;
/// A full snapshot: the page as it is.
pub const DATA_FULL: u8 = 1;
/// What changed since.
pub const DATA_INCREMENT: u8 = 2;
/// A style sheet, font or picture of the page, by its hash.
pub const DATA_ASSET: u8 = 3;
/// The body is deflated (raw), as a whole, before it is cut into parts.
pub const FLAG_DEFLATED: u8 = 1;
/// More parts of the same document and number follow.
pub const FLAG_MORE: u8 = 2;

/// A question to the visitor is open for so long: to see the page.
pub const CONSENT_SECONDS: u32 = 60;
/// The same for control.
pub const CONTROL_SECONDS: u32 = 30;
/// The same for going to the page of a product.
pub const PROPOSAL_SECONDS: u32 = 30;
/// A text that an agent may put into a field, in bytes.
pub const ACTION_TEXT_BYTES_MAX: usize = 4 * 1024;
/// A label of the audit, in bytes; longer ones are cut.
pub const ACT_LABEL_BYTES_MAX: usize = 120;
/// Acts of one event of the log.
pub const ACTS_MAX: usize = 50;
/// Hashes of one offer of assets.
pub const OFFERED_ASSETS_MAX: usize = 400;
/// Both ends of a share say a beat so often, in milliseconds.
pub const SHARE_BEAT_MS: u32 = 2_000;

/// What a visitor agreed to. Seeing includes pointing; control is a consent of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShareLevel {
    See,
    Control,
}

/// One of the two who are in a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShareParty {
    Visitor,
    Agent,
}

/// A step of a share as the conversation's log keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ShareStep {
    /// The agent in charge asked for it.
    Asked { by: AgentRef, level: ShareLevel },
    /// The visitor's consent: for this agent, this share, this level.
    Agreed { to: AgentRef, level: ShareLevel },
    /// The question ended without a consent.
    NotAgreed { to: AgentRef, level: ShareLevel, why: NotAgreed },
    /// Control is over; the page is shared on.
    ControlEnded { agent: AgentRef, reason: ControlEnd },
    /// The page is shared no more.
    Ended { agent: AgentRef, reason: ShareEnd },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotAgreed {
    /// The visitor said no.
    Refused,
    TimedOut,
    /// The agent took the question back, or closed the tab.
    Withdrawn,
    /// The conversation went to somebody else or was closed.
    Overtaken,
}

/// Why control ended while the page is shared on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ControlEnd {
    /// The visitor took back.
    TakenBack,
    /// The agent gave back.
    GivenBack,
    /// The agent's tab closed or fell silent.
    AgentGone,
    /// The agent's tab was hidden for a minute.
    AgentAway,
    /// No order for ten minutes.
    Idle,
    /// The page that came next may only be seen.
    SeeOnly,
    /// The page did not come back in time, or with another epoch.
    PageLost,
    Transferred,
    /// The server had to start the share anew.
    Restarted,
}

/// Why a page is shared no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShareEnd {
    VisitorStopped,
    AgentStopped,
    /// The visitor's page did not come back within a minute.
    VisitorGone,
    /// Nobody watched for a minute.
    NobodyWatched,
    /// Nobody touched the page for a quarter of an hour.
    Idle,
    /// The store does not share the page that came next.
    PageOff,
    ConversationClosed,
    /// Signed out, disabled, or gone for too long.
    AgentGone,
    /// The visitor did not agree to the agent who came.
    Transferred,
    /// The page sent what cannot be shown, again and again.
    Unshowable,
    /// A Stop that the visitor can reach could not be kept on the page.
    StopCovered,
}

/// What an agent did on the page for the visitor: its kind and what it was done to, never a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareAct {
    pub kind: ActKind,
    /// The element's name as the page masks it, at most [`ACT_LABEL_BYTES_MAX`]; may be empty.
    pub label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    Pointed,
    Clicked,
    /// Once for each field, however much was typed.
    Typed,
    Chose,
    Pressed,
    /// Back, forward, or another page of the store.
    Went,
    /// Showed a product's page.
    Showed,
}

/// Where a share stands, for both ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ShareStage {
    /// Nothing is shared and nothing is asked.
    Idle {},
    Asked {
        agent: AgentRef,
        seconds_left: u32,
    },
    Sharing {
        agent: AgentRef,
    },
    ControlAsked {
        agent: AgentRef,
        seconds_left: u32,
    },
    InControl {
        agent: AgentRef,
        epoch: u32,
    },
    /// In control, and the page is on its way to the next one.
    Suspended {
        agent: AgentRef,
        epoch: u32,
    },
    /// Shared, and the page is not there.
    Away {
        agent: AgentRef,
    },
}

/// What may be done with the page that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PageRule {
    Off,
    SeeOnly,
    Full,
}

/// The page as its browser describes it, scrubbed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SharedPage {
    /// Without fragment, queries' values and tokens.
    pub url: String,
    pub title: String,
    /// The viewport, in CSS pixels.
    pub width: u32,
    pub height: u32,
    /// A finger, not a mouse.
    pub touch: bool,
    /// The tab is in view.
    pub visible: bool,
    /// The visitor's browser asks for dark pages.
    #[serde(default)]
    pub dark: bool,
    pub rule: PageRule,
    /// What of it cannot be shown.
    pub lacks: Vec<PageLack>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PageLack {
    /// A style sheet of another host that nobody may read.
    ForeignStyles,
    ForeignFrames,
    Canvas,
    Video,
}
