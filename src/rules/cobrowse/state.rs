//! Where a share stands, what can happen to it, and what follows. Types only.

use crate::protocol::cobrowse::{
    ActionRefusal, ControlEnd, NotAgreed, PageRule, ShareEnd, ShareLevel, ShareStage, ShareStep,
};
use crate::protocol::{AgentId, AgentRef, AskId, RefusalCode, ShareId};
use crate::rules::conversation::ShareCommand;

/// A monotonic clock's milliseconds, from any beginning.
pub type Millis = u64;

/// A share of one conversation, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub stage: Stage,
    /// The highest that either side has seen; no epoch is used twice.
    pub epoch: u32,
    /// The page's socket is there.
    pub page_here: bool,
    /// Of the page described last; what is not described may only be seen.
    pub rule: PageRule,
    /// Tabs of the agent that watch.
    pub tabs: u32,
    /// No tab since then.
    pub unwatched: Option<Millis>,
    /// All the agent's tabs hidden since then.
    pub hidden: Option<Millis>,
    /// The agent's tabs were heard last.
    pub heard: Millis,
    /// Anybody's hands did something last.
    pub touched: Millis,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Idle,
    Asked {
        share: ShareId,
        ask: AskId,
        agent: AgentRef,
        /// Who was seen with before the transfer that this question comes from.
        replaces: Option<AgentRef>,
        until: Millis,
        /// The answer, or the end of waiting, is on its way to the log.
        answered: bool,
    },
    Sharing {
        share: ShareId,
        agent: AgentRef,
    },
    ControlAsked {
        share: ShareId,
        agent: AgentRef,
        ask: AskId,
        until: Millis,
        /// The page's grant, on its way to the log.
        granted: Option<u32>,
    },
    InControl {
        share: ShareId,
        agent: AgentRef,
        epoch: u32,
        /// The last order.
        ordered: Millis,
    },
    /// In control, and the page is on its way to the next one.
    Suspended {
        share: ShareId,
        agent: AgentRef,
        epoch: u32,
        ordered: Millis,
        until: Millis,
    },
    /// Agreed to, and the page is not there (yet).
    Away {
        share: ShareId,
        agent: AgentRef,
        until: Millis,
    },
}

/// What happens to a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    // ---- the agent's tab
    /// `share`: a fresh name; `allowed`: the site shares pages.
    AskConsent {
        by: AgentRef,
        share: ShareId,
        allowed: bool,
    },
    WithdrawAsk {
        by: AgentId,
    },
    RequestControl {
        by: AgentRef,
        allowed: bool,
    },
    ReleaseControl {
        by: AgentId,
    },
    AgentStops {
        by: AgentId,
    },
    Order {
        by: AgentId,
        epoch: u32,
    },
    Point {
        by: AgentId,
    },
    /// So many of their tabs watch now.
    Watched {
        tabs: u32,
    },
    /// One of them is in view, or none.
    Looked {
        visible: bool,
    },
    /// One of them was heard.
    Heard,

    // ---- the visitor
    AnswerConsent {
        ask: AskId,
        granted: bool,
    },
    AnswerControl {
        ask: AskId,
        granted: bool,
        epoch: u32,
    },
    TakeBack {
        epoch: u32,
    },
    PageStops {
        reason: ShareEnd,
    },
    /// The page's hello; `epoch`: of the grant that it holds, 0 = none.
    PageCame {
        epoch: u32,
    },
    PageGone,
    Described {
        rule: PageRule,
    },
    Touched,
    /// What it sends cannot be shown, again and again.
    Unshowable,

    // ---- the server
    /// The log says so; `ask`: a fresh name, should this be a question.
    Logged {
        share: ShareId,
        step: ShareStep,
        ask: AskId,
    },
    /// The log could not be told of a consent.
    Unwritten {
        level: ShareLevel,
    },
    Tick,
}

/// What follows, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Have the log say it.
    Write(ShareCommand),
    /// Put the question to the visitor: on the chat's socket, or on the page's if somebody is replaced.
    Ask {
        ask: AskId,
        agent: AgentRef,
        replaces: Option<AgentRef>,
    },
    /// The same for control, on the page's socket.
    AskControl {
        ask: AskId,
        agent: AgentRef,
    },
    /// The question is no longer open.
    EndAsk {
        ask: AskId,
    },
    /// The consent is stored: the tab that gave it gets the share's key.
    Open {
        ask: AskId,
        share: ShareId,
    },
    /// Tell the agent's tabs that a question was not agreed to.
    NotAgreed {
        level: ShareLevel,
        why: NotAgreed,
    },
    /// Tell both sides; the page raises its own to this epoch.
    ControlEnded {
        epoch: u32,
        reason: ControlEnd,
    },
    /// Tell the page alone that control is over here too.
    Confirm {
        epoch: u32,
    },
    /// Tell both sides, empty all buffers, let the page's socket go.
    SharingEnded {
        reason: ShareEnd,
    },
    /// The tabs of whoever watched until now see nothing more.
    PartWith {
        agent: AgentRef,
    },
    /// Who watches has changed: the page stops sending, or sends again.
    WatchersChanged,
    /// Ask the page for the whole of it.
    WantSnapshot,
    /// Forward the order, or the pointer.
    Forward,
    RefuseOrder(ActionRefusal),
    /// Tell whoever asked.
    Refuse(RefusalCode),
}

impl Share {
    /// Nothing is shared.
    #[must_use]
    pub fn idle(now: Millis) -> Self {
        Self {
            stage: Stage::Idle,
            epoch: 0,
            page_here: false,
            rule: PageRule::SeeOnly,
            tabs: 0,
            unwatched: None,
            hidden: None,
            heard: now,
            touched: now,
        }
    }

    #[must_use]
    pub fn id(&self) -> Option<ShareId> {
        match &self.stage {
            Stage::Idle => None,
            Stage::Asked { share, .. }
            | Stage::Sharing { share, .. }
            | Stage::ControlAsked { share, .. }
            | Stage::InControl { share, .. }
            | Stage::Suspended { share, .. }
            | Stage::Away { share, .. } => Some(*share),
        }
    }

    /// Whom the visitor agreed to.
    #[must_use]
    pub fn agreed(&self) -> Option<&AgentRef> {
        match &self.stage {
            Stage::Idle | Stage::Asked { .. } => None,
            Stage::Sharing { agent, .. }
            | Stage::ControlAsked { agent, .. }
            | Stage::InControl { agent, .. }
            | Stage::Suspended { agent, .. }
            | Stage::Away { agent, .. } => Some(agent),
        }
    }

    /// Frames of the page are for somebody: they agreed, and somebody looks.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        let shown = match &self.stage {
            Stage::Idle | Stage::Asked { .. } | Stage::Suspended { .. } | Stage::Away { .. } => false,
            Stage::Sharing { .. } | Stage::ControlAsked { .. } | Stage::InControl { .. } => true,
        };
        shown && self.page_here && self.tabs > 0
    }

    /// As both ends are told.
    #[must_use]
    pub fn view(&self, now: Millis) -> ShareStage {
        let left = |until: Millis| u32::try_from(until.saturating_sub(now).div_ceil(1000)).unwrap_or(u32::MAX);
        match &self.stage {
            Stage::Idle => ShareStage::Idle {},
            Stage::Asked { agent, until, .. } => ShareStage::Asked { agent: agent.clone(), seconds_left: left(*until) },
            Stage::Sharing { agent, .. } => ShareStage::Sharing { agent: agent.clone() },
            Stage::ControlAsked { agent, until, .. } => {
                ShareStage::ControlAsked { agent: agent.clone(), seconds_left: left(*until) }
            }
            Stage::InControl { agent, epoch, .. } => ShareStage::InControl { agent: agent.clone(), epoch: *epoch },
            Stage::Suspended { agent, epoch, .. } => ShareStage::Suspended { agent: agent.clone(), epoch: *epoch },
            Stage::Away { agent, .. } => ShareStage::Away { agent: agent.clone() },
        }
    }
}
