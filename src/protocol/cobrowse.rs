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

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::frame::ClosingReason;
use super::{AgentRef, AskId, ConversationId, ProductId, Refusal, ShareId};

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

// ---------------------------------------------------------------- orders

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
    /// The whole value, at most [`ACTION_TEXT_BYTES_MAX`]; `commit` says that the field is left.
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

// ---------------------------------------------------------------- the page's socket

/// What the visitor's page sends, as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum PageFrame {
    /// First. Also after each navigation: node ids died with the old document.
    ResumeShare {
        /// The site's public key.
        site: String,
        /// The visitor's token.
        token: String,
        share: ShareId,
        /// The share's key as it was said last: it is rotated at each hello.
        key: String,
        /// A name of this tab, at most 36 characters.
        tab: String,
        /// The epoch of the grant that this tab holds; 0 = none. Its gate stays closed until the server confirms it.
        epoch: u32,
    },
    DescribePage {
        page: SharedPage,
    },
    /// To the question of who comes by a transfer; the first question is answered on the chat's socket.
    AnswerConsent {
        ask: AskId,
        granted: bool,
    },
    /// `epoch` is higher than any that either side has seen.
    AnswerControl {
        ask: AskId,
        granted: bool,
        epoch: u32,
    },
    /// Said after the page closed its gate.
    TakeBackControl {
        epoch: u32,
    },
    StopSharing {
        reason: PageStop,
    },
    OfferAssets {
        /// SHA-256, hexadecimal, at most [`OFFERED_ASSETS_MAX`].
        hashes: Vec<String>,
    },
    ReportAction {
        n: u32,
        outcome: ActionOutcome,
    },
    /// To a proposal of the agent's: the visitor's one click.
    AnswerProposal {
        ask: AskId,
        granted: bool,
    },
    /// The visitor's own hands did something; at most one a second.
    Active {},
    Beat {},
}

/// Why the page itself ends a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PageStop {
    Visitor,
    PageOff,
    StopCovered,
}

/// What the visitor's page receives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToPage {
    /// The share goes on. A gate opens again only when `epoch` is the page's own.
    Welcome {
        key: String,
        stage: ShareStage,
        watchers: Vec<AgentRef>,
        settings: ShareSettings,
    },
    ConsentAsked {
        ask: AskId,
        agent: AgentRef,
        /// Who was seen with until now.
        replaces: AgentRef,
        seconds: u32,
    },
    ControlAsked {
        ask: AskId,
        agent: AgentRef,
        seconds: u32,
    },
    /// The question is no longer open.
    AskEnded {
        ask: AskId,
    },
    /// "{agent} suggests this page": goes there only after the visitor's click.
    Proposed {
        ask: AskId,
        agent: AgentRef,
        path: String,
        title: String,
    },
    ControlEnded {
        epoch: u32,
        reason: ControlEnd,
    },
    SharingEnded {
        reason: ShareEnd,
    },
    SnapshotWanted {},
    AssetsWanted {
        hashes: Vec<String>,
    },
    /// Empty: nobody looks; the page stops sending until somebody does.
    WatchersChanged {
        watchers: Vec<AgentRef>,
    },
    /// Absent = the pointer goes away.
    Pointed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        at: Option<Place>,
        /// A click: the pointer says so by a ring. It never acts on the page.
        click: bool,
    },
    ActionOrdered {
        n: u32,
        epoch: u32,
        action: RemoteAction,
    },
    Beat {},
    Fault {
        refusal: Refusal,
    },
    Closing {
        reason: ClosingReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        retry_ms: Option<u32>,
    },
}

// ---------------------------------------------------------------- the agent's socket

/// What the agent's tab sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum WatcherFrame {
    /// First. The pass comes from `POST /api/v1/socket-pass`.
    Watch {
        pass: String,
        conversation: ConversationId,
        tab: String,
    },
    AskConsent {},
    WithdrawAsk {},
    RequestControl {},
    ReleaseControl {},
    StopSharing {},
    Point {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        at: Option<Place>,
        click: bool,
    },
    DoRemotely {
        n: u32,
        epoch: u32,
        action: RemoteAction,
    },
    /// "Show me": a product of this site's catalog, on the store's own origin.
    ProposeProduct {
        product: ProductId,
    },
    WantSnapshot {},
    /// The tab is in view, or no more.
    Look {
        visible: bool,
    },
    Beat {},
}

/// What the agent's tab receives beside data frames.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToWatcher {
    Welcome {
        agent: AgentRef,
        view: ShareView,
    },
    /// Where it stands has changed.
    Changed {
        view: ShareView,
    },
    /// A question was not agreed to.
    NotAgreed {
        level: ShareLevel,
        why: NotAgreed,
    },
    ControlEnded {
        reason: ControlEnd,
    },
    SharingEnded {
        reason: ShareEnd,
    },
    /// Another document is on its way, or the page is back.
    Page {
        page: SharedPage,
    },
    /// The document that the next frames are of.
    Outcome {
        n: u32,
        outcome: ActionOutcome,
    },
    ProposalEnded {
        granted: bool,
    },
    /// The page was heard; with none for 5 s the picture is frozen.
    PageBeat {},
    /// What cannot be shown of it was refused: too large, or of a shape that is not allowed.
    Unshowable {
        why: FrameFault,
    },
    Beat {},
    Fault {
        refusal: Refusal,
    },
    Closing {
        reason: ClosingReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        retry_ms: Option<u32>,
    },
}

/// A share as the agent's tab shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareView {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub share: Option<ShareId>,
    pub stage: ShareStage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub page: Option<SharedPage>,
    pub watchers: Vec<AgentRef>,
    pub settings: ShareSettings,
}

/// Why a data frame was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FrameFault {
    /// No head, no such kind, parts out of order.
    Shape,
    /// Over a bound of bytes, nodes, depth or events.
    TooLarge,
    /// Inflates to more than it may.
    Bomb,
    NoJson,
    /// An element, attribute, address or kind of event that is not on the list.
    NotAllowed,
    TooFast,
    /// An asset whose bytes do not give its hash, or of a type that is not taken.
    BadAsset,
}

// ---------------------------------------------------------------- settings

/// How a site shares its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ShareSettings {
    pub see: bool,
    pub point: bool,
    pub control: bool,
    /// Paths where nothing is shared: a path, or its beginning before a `*`.
    pub off_paths: Vec<String>,
    /// Paths that may only be seen. A page with a payment field is one by itself.
    pub see_only_paths: Vec<String>,
    pub show: ShowLevel,
    /// Selectors of elements that are masked, left out, or shown as they are.
    pub mask: Vec<String>,
    pub block: Vec<String>,
    pub reveal: Vec<String>,
}

impl Default for ShareSettings {
    fn default() -> Self {
        Self {
            see: true,
            point: true,
            control: true,
            off_paths: Vec::new(),
            see_only_paths: Vec::new(),
            show: ShowLevel::Choices,
            mask: Vec::new(),
            block: Vec::new(),
            reveal: Vec::new(),
        }
    }
}

/// Which values of fields are shown, beside what is secret and never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShowLevel {
    None,
    /// Selects, radios, check boxes, ranges: so that an agent can choose a size.
    Choices,
    All,
}
