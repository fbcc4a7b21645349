//! [`ConversationLog`] on SQLite: writes go to the one writer, reads to the readers.

use std::sync::Arc;

use futures_util::TryStreamExt;
use sqlx::{Row, SqlitePool};

use super::batch::Work;
use super::entry::Entry;
use super::lists::Lists;
use super::log::{Answer, Append, Appended, Chunk, CommandKey, ConversationLog, Stored};
use super::rows::{event, stored};
use super::writer::{Queue, Writer};
use super::{Database, StoreError};
use crate::protocol::conversation::TabCounts;
use crate::protocol::{AgentId, ConversationId, Event, Marks, PageVisit, SiteId, VisitorId};

/// Events in one chunk, whatever their size.
const CHUNK_EVENTS_MAX: i64 = 500;
/// Events in one page of older history.
const PAGE_EVENTS_MAX: u32 = 200;
/// Open conversations that a start takes up again; beyond it the rest waits for its visitor or an agent.
const OPEN_MAX: i64 = 10_000;
/// What a chunk's event adds to its body: number, time, names.
const FRAME_BYTES: usize = 64;

/// The log of all sites. Cheap to clone.
#[derive(Clone)]
pub struct SqliteLog {
    queue: Queue,
    readers: SqlitePool,
    lists: Lists,
}

impl SqliteLog {
    /// Starts the writer on the current tokio runtime. There must be one a database.
    #[must_use]
    pub fn start(database: &Database) -> (Arc<Self>, Writer) {
        let (queue, writer) = Writer::start(database.clone());
        (Arc::new(Self { queue, readers: database.read().clone(), lists: Lists::new(database) }), writer)
    }

    fn write(&self, work: Work) -> Answer<()> {
        let queue = self.queue.clone();
        Box::pin(async move { queue.write(work).await.map(|_| ()) })
    }
}

impl ConversationLog for SqliteLog {
    fn append(&self, append: Append) -> Answer<Appended> {
        let queue = self.queue.clone();
        Box::pin(async move { queue.write(Work::Append(Box::new(Entry::new(append)?))).await })
    }

    fn answered(&self, site: SiteId, conversation: ConversationId, key: CommandKey) -> Answer<Option<u64>> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let found: Option<(Vec<u8>, i64)> = sqlx::query_as(
                "SELECT k.hash, k.seq FROM commands k JOIN conversations c ON c.number = k.conversation
                 WHERE c.site_id = $1 AND c.id = $2 AND k.id = $3",
            )
            .bind(site.0)
            .bind(conversation.0)
            .bind(key.id.0)
            .fetch_optional(&readers)
            .await?;
            match found {
                Some((hash, seq)) if hash == key.hash => Ok(Some(seq.cast_unsigned())),
                Some(_) => Err(StoreError::IdReused),
                None => Ok(None),
            }
        })
    }

    fn load(&self, site: SiteId, conversation: ConversationId) -> Answer<Option<Stored>> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let row = sqlx::query(
                "SELECT c.state, c.bot, c.visits_consented, m.*
                 FROM conversations c LEFT JOIN marks m ON m.conversation = c.number
                 WHERE c.site_id = $1 AND c.id = $2",
            )
            .bind(site.0)
            .bind(conversation.0)
            .fetch_optional(&readers)
            .await?;
            row.as_ref().map(stored).transpose()
        })
    }

    fn locate(&self, sites: Vec<SiteId>, conversation: ConversationId) -> Answer<Option<(SiteId, VisitorId)>> {
        let lists = self.lists.clone();
        Box::pin(async move { lists.locate(&sites, conversation).await })
    }

    fn latest_of(&self, site: SiteId, visitor: VisitorId) -> Answer<Option<Stored>> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let row = sqlx::query(
                "SELECT c.state, c.bot, c.visits_consented, m.*
                 FROM conversations c LEFT JOIN marks m ON m.conversation = c.number
                 WHERE c.site_id = $1 AND c.visitor_id = $2
                 ORDER BY c.stage = 'closed', c.number DESC LIMIT 1",
            )
            .bind(site.0)
            .bind(visitor.0)
            .fetch_optional(&readers)
            .await?;
            row.as_ref().map(stored).transpose()
        })
    }

    fn since(&self, site: SiteId, conversation: ConversationId, since: u64, bytes_max: usize) -> Answer<Chunk> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let mut rows = sqlx::query(
                "SELECT seq, at, body FROM events WHERE site_id = $1 AND seq > $3
                 AND conversation = (SELECT number FROM conversations WHERE site_id = $1 AND id = $2)
                 ORDER BY seq LIMIT $4",
            )
            .bind(site.0)
            .bind(conversation.0)
            .bind(since.cast_signed())
            .bind(CHUNK_EVENTS_MAX + 1)
            .fetch(&readers);
            let mut chunk = Chunk::default();
            let mut bytes = 0;
            while let Some(row) = rows.try_next().await? {
                bytes += row.try_get::<&str, _>("body")?.len() + FRAME_BYTES;
                let full = bytes > bytes_max || chunk.events.len() as i64 == CHUNK_EVENTS_MAX;
                if full && !chunk.events.is_empty() {
                    chunk.more = true;
                    break;
                }
                chunk.events.push(event(&row)?);
            }
            Ok(chunk)
        })
    }

    fn before(&self, site: SiteId, conversation: ConversationId, before: u64, count: u32) -> Answer<Vec<Event>> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let rows = sqlx::query(
                "SELECT seq, at, body FROM events WHERE site_id = $1 AND ($3 = 0 OR seq < $3)
                 AND conversation = (SELECT number FROM conversations WHERE site_id = $1 AND id = $2)
                 ORDER BY seq DESC LIMIT $4",
            )
            .bind(site.0)
            .bind(conversation.0)
            .bind(before.cast_signed())
            .bind(count.min(PAGE_EVENTS_MAX))
            .fetch_all(&readers)
            .await?;
            rows.iter().rev().map(event).collect()
        })
    }

    fn mark(&self, site: SiteId, conversation: ConversationId, marks: Marks) -> Answer<()> {
        self.write(Work::Mark { site, conversation, marks })
    }

    fn visit(&self, site: SiteId, conversation: ConversationId, visit: PageVisit) -> Answer<()> {
        self.write(Work::Visit { site, conversation, visit })
    }

    fn forget_visits(&self, site: SiteId, conversation: ConversationId) -> Answer<()> {
        self.write(Work::ForgetVisits { site, conversation })
    }

    fn open_of_site(&self, site: SiteId) -> Answer<Vec<Stored>> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let rows = sqlx::query(
                "SELECT c.state, c.bot, c.visits_consented, m.*
                 FROM conversations c LEFT JOIN marks m ON m.conversation = c.number
                 WHERE c.site_id = $1 AND c.number IN (
                     SELECT number FROM conversations WHERE site_id = $1 AND stage IN ('waiting', 'in_progress')
                     UNION ALL
                     SELECT number FROM conversations WHERE site_id = $1 AND stage = 'bot' AND unanswered > 0)
                 ORDER BY c.number DESC LIMIT $2",
            )
            .bind(site.0)
            .bind(OPEN_MAX)
            .fetch_all(&readers)
            .await?;
            rows.iter().map(stored).collect()
        })
    }

    fn counts(&self, agent: AgentId, sites: Vec<SiteId>) -> Answer<TabCounts> {
        let lists = self.lists.clone();
        Box::pin(async move { lists.counts(agent, &sites).await })
    }
}
