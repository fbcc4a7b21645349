//! Words on the socket of a visitor's page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::frame::ClosingReason;
use super::super::{AgentRef, AskId, Refusal, ShareId};
use super::{ActionOutcome, ControlEnd, Place, RemoteAction, ShareEnd, ShareSettings, ShareStage, SharedPage};

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
        /// SHA-256, hexadecimal, at most [`super::OFFERED_ASSETS_MAX`].
        hashes: Vec<String>,
    },
    ReportAction {
        n: u32,
        outcome: ActionOutcome,
    },
    /// What the agent's pointer clicked: its masked name, for the log.
    ReportPointing {
        label: String,
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
        seconds: u32,
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
