//! Words on the socket of an agent's tab.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::frame::ClosingReason;
use super::super::{AgentRef, ConversationId, ProductId, Refusal, ShareId};
use super::{
    ActionOutcome, ControlEnd, NotAgreed, Place, RemoteAction, ShareEnd, ShareLevel, ShareSettings, ShareStage,
    SharedPage,
};

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
    /// "Show me": a product of this site's catalog, on the store's own origin. Put to the visitor as a
    /// question, or answered by `product_page` to who drives.
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
    /// The page as it describes itself.
    Page {
        page: SharedPage,
    },
    /// What became of an order.
    Outcome {
        n: u32,
        outcome: ActionOutcome,
    },
    ProposalEnded {
        granted: bool,
    },
    /// To `propose_product` of who drives: where the product is, for an order to go there.
    ProductPage {
        path: String,
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
