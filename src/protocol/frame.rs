//! The frames of the two sockets: `/w/v1/socket` for visitors, `/api/v1/socket` for agents.
//!
//! One JSON text message each way; the first one of a client is its hello.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cobrowse::ShareSettings;
use super::conversation::TabCounts;
use super::session::{AgentPresence, Presence};
use super::suggestion::OnPage;
use super::{
    AgentCommand, AgentRef, AskId, Begin, BotTurn, CommandId, ConversationId, ConversationRow, Event, Marks, PageVisit,
    RatingView, Refusal, ShareId, SiteId, Stage, VisitorCommand,
};

/// What a visitor's browser sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitorFrame {
    /// First, within 5 s, at most [`super::HELLO_BYTES_MAX`].
    Hello {
        /// The site's public key, as in the snippet.
        site: String,
        /// A name for this tab, at most 36 characters.
        tab: String,
        lang: String,
        /// Absent at the first act: the server makes one and says it once, in the welcome.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        token: Option<String>,
        /// The pass of the test page; conversations are then marked *test*.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        test: Option<String>,
    },
    /// Everything after `since`; answered by `Events` chunks. Once it is answered, live events follow.
    Resume {
        conversation: ConversationId,
        since: u64,
    },
    /// The last `last` events (at most 50) in place of a resume; older ones by HTTP.
    Open {
        conversation: ConversationId,
        last: u32,
    },
    /// The next chunk, after one that said `more`.
    More {
        conversation: ConversationId,
    },
    Command {
        id: CommandId,
        /// Absent: begins a conversation; `begin` is then required. A visitor who has an open one gets into that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        conversation: Option<ConversationId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        begin: Option<Begin>,
        command: VisitorCommand,
    },
    /// A page opened while a conversation is open; repeated ids add nothing.
    Visit {
        visit: PageVisit,
    },
    /// What the visitor has before them, for suggestions: kept in memory while the socket is open.
    OnPage {
        page: OnPage,
    },
    /// The answer to [`ToVisitor::ShareAsked`], by the visitor's own click.
    AnswerShare {
        ask: AskId,
        granted: bool,
    },
    /// Also here, where the share's own socket is gone.
    StopShare {
        share: ShareId,
    },
    /// The visitor withdrew consent to page visits: those joined are deleted.
    ForgetVisits {},
    Typing {
        on: bool,
    },
    /// Highest number received, and highest number seen in a visible, focused panel.
    Mark {
        delivered: u64,
        read: u64,
    },
    Ping {},
}

/// What a visitor's browser receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToVisitor {
    Welcome {
        /// Only when the hello had none or an unknown one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        token: Option<String>,
        /// The visitor's open conversation, or the last closed one of this day, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        conversation: Option<ConversationHead>,
        /// The bot's first words with the buttons that hold now; drawn when there is no open conversation.
        start: BotTurn,
        bot_version: u32,
        /// An agent of this site is on duty and the shop is open.
        reachable: bool,
    },
    /// A chunk of at most 60 KiB, numbers contiguous. `more`: ask for the next.
    Events {
        conversation: ConversationId,
        events: Vec<Event>,
        more: bool,
        head: u64,
    },
    Event {
        conversation: ConversationId,
        event: Event,
    },
    /// On disk. Comes before or after the event itself.
    Ack {
        id: CommandId,
        conversation: ConversationId,
        seq: u64,
    },
    Refused {
        id: CommandId,
        refusal: Refusal,
    },
    Head {
        head: ConversationHead,
    },
    /// The agent in charge types.
    Typing {
        conversation: ConversationId,
        on: bool,
    },
    Marks {
        conversation: ConversationId,
        marks: Marks,
    },
    Reachable {
        reachable: bool,
    },
    /// The agent in charge asks to see the page; repeated to each tab while the question is open.
    ShareAsked {
        ask: AskId,
        agent: AgentRef,
        seconds_left: u32,
        settings: ShareSettings,
    },
    /// The question is no longer open, but for the tab that agreed.
    ShareAskEnded {
        ask: AskId,
    },
    /// To the tab that agreed: open `/w/v1/share` with this.
    ShareOpened {
        ask: AskId,
        share: ShareId,
        key: String,
    },
    /// Position in the line, from 1; said when it changes.
    Place {
        place: u32,
    },
    Pong {},
    /// A frame that was not a command could not be carried out.
    Fault {
        refusal: Refusal,
    },
    /// The socket closes; come back after `retry_ms` (jittered by the server), or not at all when absent.
    Closing {
        reason: ClosingReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        retry_ms: Option<u32>,
    },
}

/// A visitor's conversation in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationHead {
    pub id: ConversationId,
    pub stage: Stage,
    pub head: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub in_charge: Option<AgentRef>,
    pub marks: Marks,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub previous: Option<ConversationId>,
    /// Closed and not rated: what the visitor is asked, where the bot's definition asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rating: Option<RatingView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClosingReason {
    Restart,
    TooSlow,
    SignedOut,
    OtherTab,
    Overloaded,
    Refused,
}

/// What an agent's browser sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentFrame {
    /// First, within 5 s. The pass comes from `POST /api/v1/socket-pass`, once, 30 s.
    Hello {
        pass: String,
        tab: String,
    },
    /// On duty for these sites (a subset of one's own); lists and counts follow them.
    Duty {
        sites: Vec<SiteId>,
    },
    Presence {
        presence: Presence,
    },
    /// Follow a conversation live: the last `last` events, then each new one.
    Open {
        conversation: ConversationId,
        last: u32,
    },
    Resume {
        conversation: ConversationId,
        since: u64,
    },
    More {
        conversation: ConversationId,
    },
    /// No more events of it to this tab.
    Leave {
        conversation: ConversationId,
    },
    Command {
        id: CommandId,
        conversation: ConversationId,
        command: AgentCommand,
    },
    Typing {
        conversation: ConversationId,
        on: bool,
    },
    Mark {
        conversation: ConversationId,
        delivered: u64,
        read: u64,
    },
    Ping {},
}

/// What an agent's browser receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToAgent {
    Welcome {
        agent: AgentRef,
        presence: Presence,
        duty: Vec<SiteId>,
        counts: TabCounts,
    },
    Events {
        conversation: ConversationId,
        events: Vec<Event>,
        more: bool,
        head: u64,
    },
    Event {
        conversation: ConversationId,
        event: Event,
    },
    Ack {
        id: CommandId,
        conversation: ConversationId,
        seq: u64,
    },
    Refused {
        id: CommandId,
        refusal: Refusal,
    },
    /// A row changed on a site on duty; at most 4 a second for one conversation.
    Row {
        row: ConversationRow,
    },
    Counts {
        counts: TabCounts,
    },
    VisitorTyping {
        conversation: ConversationId,
        on: bool,
    },
    Marks {
        conversation: ConversationId,
        marks: Marks,
    },
    Visit {
        conversation: ConversationId,
        visit: PageVisit,
    },
    /// What the visitor has before them, when it is something else than before.
    OnPage {
        conversation: ConversationId,
        page: OnPage,
    },
    /// The visitor withdrew consent to page visits.
    VisitsForgotten {
        conversation: ConversationId,
    },
    /// Presence of an agent of a site on duty.
    Colleague {
        agent: AgentPresence,
    },
    Pong {},
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
