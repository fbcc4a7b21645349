//! Documents: who uploaded what to which conversation. Their bytes are in [`crate::files`],
//! on disk before a row here names them.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{Database, StoreError};
use crate::protocol::{AgentId, ConversationId, DocumentId, DocumentRef, SiteId, Timestamp, VisitorId};

/// Files that a visitor may upload in [`QUOTA_SECONDS`].
pub const VISITOR_FILES_MAX: i64 = 20;
/// And their bytes together.
pub const VISITOR_BYTES_MAX: i64 = 50 * 1024 * 1024;
pub const QUOTA_SECONDS: i64 = 24 * 3600;

/// Who uploaded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadedBy {
    Visitor(VisitorId),
    Agent(AgentId),
}

/// A document as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub site: SiteId,
    pub conversation: ConversationId,
    pub by: UploadedBy,
    pub face: DocumentRef,
    pub sha256: [u8; 32],
    pub created_at: Timestamp,
    /// An event names it: all who read the conversation may have it.
    pub shared: bool,
}

/// The statements on documents. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Documents(Database);

impl Documents {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// Writes a row for bytes that are on disk. False: the visitor's quota is reached.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add(&self, document: &Document) -> Result<bool, StoreError> {
        let (visitor, agent) = match document.by {
            UploadedBy::Visitor(visitor) => (Some(visitor.0), None),
            UploadedBy::Agent(agent) => (None, Some(agent.0)),
        };
        let bytes = i64::try_from(document.face.bytes).unwrap_or(i64::MAX);
        let mut tx = self.0.write().await?;
        if let UploadedBy::Visitor(visitor) = document.by {
            let since = document.created_at.plus_seconds(-QUOTA_SECONDS);
            let (files, sum) = used(&mut *tx, document.site, visitor, since).await?;
            if files >= VISITOR_FILES_MAX || sum.saturating_add(bytes) > VISITOR_BYTES_MAX {
                return Ok(false);
            }
        }
        sqlx::query(
            "INSERT INTO documents (id, site_id, conversation_id, visitor_id, agent_id, name, media_type, bytes,
                                    sha256, preview, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(document.face.id.0)
        .bind(document.site.0)
        .bind(document.conversation.0)
        .bind(visitor)
        .bind(agent)
        .bind(&document.face.name)
        .bind(&document.face.media_type)
        .bind(bytes)
        .bind(document.sha256.as_slice())
        .bind(document.face.preview)
        .bind(document.created_at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Whether the visitor may begin another upload; [`Documents::add`] asks again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_room(&self, site: SiteId, visitor: VisitorId, now: Timestamp) -> Result<bool, StoreError> {
        let (files, bytes) = used(self.0.read(), site, visitor, now.plus_seconds(-QUOTA_SECONDS)).await?;
        Ok(files < VISITOR_FILES_MAX && bytes < VISITOR_BYTES_MAX)
    }

    /// By its id alone, since an address names no site: the caller asks `authorize` with the
    /// site that the answer names.
    ///
    /// # Errors
    /// What the database says.
    pub async fn find(&self, document: DocumentId) -> Result<Option<Document>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM documents WHERE id = $1").bind(document.0).fetch_optional(self.0.read()).await?;
        row.as_ref().map(read).transpose()
    }

    /// A row names these bytes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_named(&self, document: DocumentId) -> Result<bool, StoreError> {
        let (found,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM documents WHERE id = $1)")
            .bind(document.0)
            .fetch_one(self.0.read())
            .await?;
        Ok(found)
    }
}

async fn used<'e>(
    from: impl sqlx::Executor<'e, Database = sqlx::Sqlite>,
    site: SiteId,
    visitor: VisitorId,
    since: Timestamp,
) -> Result<(i64, i64), StoreError> {
    Ok(sqlx::query_as(
        "SELECT count(*), coalesce(sum(bytes), 0) FROM documents
         WHERE site_id = $1 AND visitor_id = $2 AND created_at > $3",
    )
    .bind(site.0)
    .bind(visitor.0)
    .bind(since.millis())
    .fetch_one(from)
    .await?)
}

fn read(row: &SqliteRow) -> Result<Document, StoreError> {
    let by = match (row.try_get::<Option<Uuid>, _>("visitor_id")?, row.try_get::<Option<Uuid>, _>("agent_id")?) {
        (Some(visitor), None) => UploadedBy::Visitor(VisitorId(visitor)),
        (None, Some(agent)) => UploadedBy::Agent(AgentId(agent)),
        _ => return Err(StoreError::Corrupt("documents: not exactly one uploader".to_owned())),
    };
    let sha256: Vec<u8> = row.try_get("sha256")?;
    Ok(Document {
        site: SiteId(row.try_get("site_id")?),
        conversation: ConversationId(row.try_get("conversation_id")?),
        by,
        face: DocumentRef {
            id: DocumentId(row.try_get("id")?),
            name: row.try_get("name")?,
            media_type: row.try_get("media_type")?,
            bytes: row.try_get::<i64, _>("bytes")?.unsigned_abs(),
            preview: row.try_get("preview")?,
        },
        sha256: sha256.try_into().map_err(|_| StoreError::Corrupt("documents.sha256".to_owned()))?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        shared: row.try_get::<Option<i64>, _>("shared_seq")?.is_some(),
    })
}
