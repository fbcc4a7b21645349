//! [`ConversationLog`] in memory, for tests of the actors alone: it can crash.
//!
//! What [`Faults`] let through is kept, as if it were on disk, and outlives the actors that
//! wrote it; the rest never happened. It passes the same conformance suite as the database.

use std::collections::{HashMap, HashSet};
use std::future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::{BoxFuture, ready};

use super::StoreError;
use super::log::{Answer, Append, Appended, Chunk, CommandKey, ConversationLog, Stored};
use super::shares::{ShareKeys, ShareRow, Shares};
use crate::protocol::conversation::TabCounts;
use crate::protocol::{
    AgentId, CommandId, ConversationId, Event, Mark, Marks, PageVisit, ShareId, SiteId, Stage, Timestamp, VisitId,
    VisitorId,
};
use crate::rules::bot;
use crate::rules::conversation::ConversationState;

/// What goes wrong from now on.
#[derive(Debug, Default)]
pub struct Faults {
    /// What the bot says is neither written nor answered: the process dies between input and turn.
    pub turns_vanish: AtomicBool,
    /// Every append is refused as busy.
    pub busy: AtomicBool,
}

/// Cheap to clone; clones share what is kept.
#[derive(Clone, Default)]
pub struct MemoryLog {
    kept: Arc<Mutex<HashMap<ConversationId, Kept>>>,
    pub faults: Arc<Faults>,
    shares: Arc<Mutex<HashMap<ShareId, ShareRow>>>,
}

#[derive(Clone)]
struct Kept {
    state: ConversationState,
    bot: bot::State,
    marks: Marks,
    visits_consented: bool,
    events: Vec<Event>,
    commands: HashMap<CommandId, ([u8; 16], u64)>,
    visits: HashSet<VisitId>,
}

impl Kept {
    fn new(append: &Append) -> Self {
        Self {
            state: append.state.clone(),
            bot: bot::State::default(),
            marks: Marks::default(),
            visits_consented: append.visits_consented.unwrap_or(false),
            events: Vec::new(),
            commands: HashMap::new(),
            visits: append.visits.iter().map(|visit| visit.id).collect(),
        }
    }

    fn stored(&self) -> Stored {
        let Self { state, bot, marks, visits_consented, .. } = self.clone();
        Stored { state, bot, marks, visits_consented }
    }

    fn answered(&self, key: &CommandKey) -> Result<Option<u64>, StoreError> {
        match self.commands.get(&key.id) {
            Some((hash, seq)) if *hash == key.hash => Ok(Some(*seq)),
            Some(_) => Err(StoreError::IdReused),
            None => Ok(None),
        }
    }

    fn accept(&mut self, append: Append) {
        self.events.extend(append.events);
        self.state = append.state;
        if let Some(bot) = append.bot {
            self.bot = bot;
        }
        if let Some(key) = append.command {
            self.commands.insert(key.id, (key.hash, append.answer));
        }
    }

    /// A start takes it up.
    fn is_due(&self) -> bool {
        match self.state.phase.stage() {
            Stage::Bot => self.state.unanswered > 0,
            Stage::Waiting | Stage::InProgress => true,
            Stage::Closed => false,
        }
    }
}

impl MemoryLog {
    fn kept(&self) -> MutexGuard<'_, HashMap<ConversationId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of<T>(&self, site: SiteId, conversation: ConversationId, read: impl FnOnce(&mut Kept) -> T) -> Option<T> {
        self.kept().get_mut(&conversation).filter(|kept| kept.state.site == site).map(read)
    }

    fn write(&self, append: Append) -> Result<Appended, StoreError> {
        if self.faults.busy.load(Ordering::Relaxed) {
            return Err(StoreError::Busy);
        }
        let mut kept = self.kept();
        if append.seen_head == 0 {
            let is_open = |kept: &&Kept| {
                kept.state.visitor == append.state.visitor && kept.state.site == append.site && kept.state.is_open()
            };
            if let Some(open) = kept.values().find(is_open) {
                return Err(StoreError::Conflict { head: open.state.head });
            }
            let mut fresh = Kept::new(&append);
            let conversation = append.conversation;
            fresh.accept(append);
            kept.insert(conversation, fresh);
            return Ok(Appended::Written);
        }
        let Some(own) = kept.get_mut(&append.conversation).filter(|own| own.state.site == append.site) else {
            return Err(StoreError::Conflict { head: 0 });
        };
        if let Some(key) = &append.command
            && let Some(seq) = own.answered(key)?
        {
            return Ok(Appended::Repeated { seq });
        }
        if own.state.head != append.seen_head {
            return Err(StoreError::Conflict { head: own.state.head });
        }
        own.accept(append);
        Ok(Appended::Written)
    }
}

fn now<T: Send + 'static>(answer: Result<T, StoreError>) -> Answer<T> {
    Box::pin(ready(answer))
}

fn raise(mark: &mut Mark, given: Mark) {
    mark.delivered = mark.delivered.max(given.delivered);
    mark.read = mark.read.max(given.read);
}

impl ConversationLog for MemoryLog {
    fn append(&self, append: Append) -> Answer<Appended> {
        if append.command.is_none() && self.faults.turns_vanish.load(Ordering::Relaxed) {
            return Box::pin(future::pending());
        }
        now(self.write(append))
    }

    fn answered(&self, site: SiteId, conversation: ConversationId, key: CommandKey) -> Answer<Option<u64>> {
        now(self.of(site, conversation, |kept| kept.answered(&key)).unwrap_or(Ok(None)))
    }

    fn load(&self, site: SiteId, conversation: ConversationId) -> Answer<Option<Stored>> {
        now(Ok(self.of(site, conversation, |kept| kept.stored())))
    }

    fn locate(&self, sites: Vec<SiteId>, conversation: ConversationId) -> Answer<Option<(SiteId, VisitorId)>> {
        let found = self.kept().get(&conversation).map(|kept| (kept.state.site, kept.state.visitor));
        now(Ok(found.filter(|(site, _)| sites.contains(site))))
    }

    fn latest_of(&self, site: SiteId, visitor: VisitorId) -> Answer<Option<Stored>> {
        let kept = self.kept();
        let own = kept.values().filter(|kept| kept.state.site == site && kept.state.visitor == visitor);
        let latest = own.max_by_key(|kept| (kept.state.is_open(), kept.state.started_at, kept.state.id));
        now(Ok(latest.map(Kept::stored)))
    }

    fn since(&self, site: SiteId, conversation: ConversationId, since: u64, bytes_max: usize) -> Answer<Chunk> {
        let chunk = self.of(site, conversation, |kept| {
            let mut chunk = Chunk::default();
            let mut bytes = 0;
            for event in kept.events.iter().filter(|event| event.seq > since) {
                bytes += serde_json::to_vec(event).map_or(0, |json| json.len());
                if bytes > bytes_max && !chunk.events.is_empty() {
                    chunk.more = true;
                    break;
                }
                chunk.events.push(event.clone());
            }
            chunk.more = chunk.events.last().is_some_and(|last| last.seq < kept.state.head);
            chunk
        });
        now(Ok(chunk.unwrap_or_default()))
    }

    fn before(&self, site: SiteId, conversation: ConversationId, before: u64, count: u32) -> Answer<Vec<Event>> {
        let events = self.of(site, conversation, |kept| {
            let older: Vec<&Event> = kept.events.iter().filter(|event| before == 0 || event.seq < before).collect();
            let skipped = older.len().saturating_sub(usize::try_from(count).unwrap_or(usize::MAX));
            older.into_iter().skip(skipped).cloned().collect()
        });
        now(Ok(events.unwrap_or_default()))
    }

    fn mark(&self, site: SiteId, conversation: ConversationId, marks: Marks) -> Answer<()> {
        self.of(site, conversation, |kept| {
            raise(&mut kept.marks.visitor, marks.visitor);
            raise(&mut kept.marks.agent, marks.agent);
        });
        now(Ok(()))
    }

    fn visit(&self, site: SiteId, conversation: ConversationId, visit: PageVisit) -> Answer<()> {
        self.of(site, conversation, |kept| kept.visits.insert(visit.id));
        now(Ok(()))
    }

    fn forget_visits(&self, site: SiteId, conversation: ConversationId) -> Answer<()> {
        self.of(site, conversation, |kept| {
            kept.visits.clear();
            kept.visits_consented = false;
        });
        now(Ok(()))
    }

    fn open_of_site(&self, site: SiteId) -> Answer<Vec<Stored>> {
        let kept = self.kept();
        now(Ok(kept.values().filter(|kept| kept.state.site == site && kept.is_due()).map(Kept::stored).collect()))
    }

    fn counts(&self, agent: AgentId, sites: Vec<SiteId>) -> Answer<TabCounts> {
        let mut counts = TabCounts::default();
        for kept in self.kept().values().filter(|kept| sites.contains(&kept.state.site)) {
            match kept.state.phase.stage() {
                Stage::Bot => {}
                Stage::Waiting => counts.waiting += 1,
                Stage::InProgress if kept.state.phase.in_charge().is_some_and(|held| held.id == agent) => {
                    counts.mine += 1;
                }
                Stage::InProgress => counts.colleagues += 1,
                Stage::Closed => counts.history += 1,
            }
        }
        now(Ok(counts))
    }
}

impl Shares for MemoryLog {
    fn agreed(&self, row: ShareRow, _: Timestamp) -> BoxFuture<'static, Result<(), StoreError>> {
        let mut shares = self.shares.lock().unwrap();
        let agent = row.agent;
        shares.entry(row.share).or_insert(row).agent = agent;
        drop(shares);
        Box::pin(ready(Ok(())))
    }

    fn open(&self, site: SiteId, share: ShareId) -> BoxFuture<'static, Result<Option<ShareRow>, StoreError>> {
        let row = self.shares.lock().unwrap().get(&share).filter(|row| row.site == site).cloned();
        Box::pin(ready(Ok(row)))
    }

    fn rotate(&self, site: SiteId, share: ShareId, keys: ShareKeys) -> BoxFuture<'static, Result<(), StoreError>> {
        if let Some(row) = self.shares.lock().unwrap().get_mut(&share).filter(|row| row.site == site) {
            row.keys = keys;
        }
        Box::pin(ready(Ok(())))
    }

    fn ended(&self, site: SiteId, share: ShareId, _: Timestamp) -> BoxFuture<'static, Result<(), StoreError>> {
        self.shares.lock().unwrap().retain(|id, row| *id != share || row.site != site);
        Box::pin(ready(Ok(())))
    }
}
