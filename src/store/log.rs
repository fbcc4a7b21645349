//! The conversations' log as the actors see it: a trait, so that a simulator can
//! put a crashing memory in the place of the database.
//!
//! `append` answers after its COMMIT reached the disk. The writer behind it takes
//! whatever queued while the last commit ran and commits it as one transaction.

use futures_util::future::BoxFuture;

use super::StoreError;
use crate::protocol::conversation::TabCounts;
use crate::protocol::{AgentId, CommandId, ConversationId, Event, Marks, PageVisit, SiteId, VisitorId};
use crate::rules::bot;
use crate::rules::conversation::ConversationState;

/// One decision to be written, whole or not at all.
#[derive(Debug, Clone)]
pub struct Append {
    pub site: SiteId,
    pub conversation: ConversationId,
    /// Who sent it under which id, with a hash of its content; none for what the server does itself.
    pub command: Option<CommandKey>,
    /// The event that answers the command: what its sender is told, now and at each repeat.
    pub answer: u64,
    /// The head that the decision saw; another one in the database is a [`StoreError::Conflict`].
    /// 0 begins the conversation: it is refused when the visitor has an open one.
    pub seen_head: u64,
    /// Numbered `seen_head + 1 ..`.
    pub events: Vec<Event>,
    /// The fold after the events.
    pub state: ConversationState,
    /// The bot's state after the events; none = as it was.
    pub bot: Option<bot::State>,
    /// Begun with these page visits, already bounded and cleaned.
    pub visits: Vec<PageVisit>,
    pub visits_consented: Option<bool>,
    /// What the browser says of itself in words, at the beginning only.
    pub device: Option<String>,
}

/// A command's identity within its conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CommandKey {
    pub id: CommandId,
    /// Of sender and content: the same id with another one is [`StoreError::IdReused`].
    pub hash: [u8; 16],
}

/// What became of an [`Append`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// On disk now.
    Written,
    /// This command was written before; its first answer.
    Repeated { seq: u64 },
}

/// A conversation as it lies in the database.
#[derive(Debug, Clone)]
pub struct Stored {
    pub state: ConversationState,
    pub bot: bot::State,
    pub marks: Marks,
    pub visits_consented: bool,
}

/// A bounded piece of a log.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    pub events: Vec<Event>,
    /// More follow after the last of `events`.
    pub more: bool,
}

pub type Answer<T> = BoxFuture<'static, Result<T, StoreError>>;

/// What sessions need of the store. Implementations are cheap to clone behind an `Arc`.
pub trait ConversationLog: Send + Sync + 'static {
    /// Writes a decision; answers after the commit.
    fn append(&self, append: Append) -> Answer<Appended>;

    /// The answer that a command got before, if it was written.
    fn answered(&self, site: SiteId, conversation: ConversationId, key: CommandKey) -> Answer<Option<u64>>;

    fn load(&self, site: SiteId, conversation: ConversationId) -> Answer<Option<Stored>>;

    /// Whose conversation it is, if it is of one of these sites.
    fn locate(&self, sites: Vec<SiteId>, conversation: ConversationId) -> Answer<Option<(SiteId, VisitorId)>>;

    /// The visitor's open conversation, else their latest closed one.
    fn latest_of(&self, site: SiteId, visitor: VisitorId) -> Answer<Option<Stored>>;

    /// Events after `since`, oldest first, at most `bytes_max` of JSON (at least one event).
    fn since(&self, site: SiteId, conversation: ConversationId, since: u64, bytes_max: usize) -> Answer<Chunk>;

    /// The last `count` events before `before` (0 = from the end), oldest first.
    fn before(&self, site: SiteId, conversation: ConversationId, before: u64, count: u32) -> Answer<Vec<Event>>;

    /// Raises the marks; lower values change nothing.
    fn mark(&self, site: SiteId, conversation: ConversationId, marks: Marks) -> Answer<()>;

    /// Joins a page visit; a repeated id changes nothing.
    fn visit(&self, site: SiteId, conversation: ConversationId, visit: PageVisit) -> Answer<()>;

    /// The visitor withdrew consent: the visits joined to the conversation go.
    fn forget_visits(&self, site: SiteId, conversation: ConversationId) -> Answer<()>;

    /// Conversations of a site that are `Bot` with an unanswered input, `Waiting` or `InProgress`, for the start.
    fn open_of_site(&self, site: SiteId) -> Answer<Vec<Stored>>;

    /// The three tabs' counts for an agent on duty for these sites.
    fn counts(&self, agent: AgentId, sites: Vec<SiteId>) -> Answer<TabCounts>;
}
