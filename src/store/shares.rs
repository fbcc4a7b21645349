//! Consents to see a page, with the hash of the key that the page holds: for resuming, nothing else.
//!
//! The ledger of who agreed to what is the conversation's log. Nothing of the page is stored.

use futures_util::future::BoxFuture;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Database, StoreError, TokenHash};
use crate::protocol::{AgentId, ConversationId, ShareId, SiteId, Timestamp, VisitorId};

/// A consent to be seen, as it lies in the store: what a page needs to come back by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRow {
    pub share: ShareId,
    pub site: SiteId,
    pub conversation: ConversationId,
    pub visitor: VisitorId,
    pub agent: AgentId,
    pub keys: ShareKeys,
}

/// SHA-256 of the key that a page was given last. It may never have heard it: the one that it
/// showed before is good as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareKeys {
    pub current: [u8; 32],
    pub before: Option<[u8; 32]>,
}

/// Shares that may be resumed.
pub trait Shares: Send + Sync + 'static {
    /// Repeating it for another agent changes the agent alone.
    fn agreed(&self, row: ShareRow, at: Timestamp) -> BoxFuture<'static, Result<(), StoreError>>;
    /// The share, unless it has ended.
    fn open(&self, site: SiteId, share: ShareId) -> BoxFuture<'static, Result<Option<ShareRow>, StoreError>>;
    fn rotate(&self, site: SiteId, share: ShareId, keys: ShareKeys) -> BoxFuture<'static, Result<(), StoreError>>;
    fn ended(&self, site: SiteId, share: ShareId, at: Timestamp) -> BoxFuture<'static, Result<(), StoreError>>;
}

/// The statements on shares. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SqliteShares(Database);

impl SqliteShares {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    async fn write(self, row: ShareRow, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query(
            "INSERT INTO shares (id, site_id, conversation_id, visitor_id, agent_id, key_hash, key_before, agreed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id",
        )
        .bind(row.share.0)
        .bind(row.site.0)
        .bind(row.conversation.0)
        .bind(row.visitor.0)
        .bind(row.agent.0)
        .bind(row.keys.current.as_slice())
        .bind(row.keys.before.as_ref().map(<[u8; 32]>::as_slice))
        .bind(at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn read(self, site: SiteId, share: ShareId) -> Result<Option<ShareRow>, StoreError> {
        let row = sqlx::query("SELECT * FROM shares WHERE site_id = $1 AND id = $2 AND ended_at IS NULL")
            .bind(site.0)
            .bind(share.0)
            .fetch_optional(self.0.read())
            .await?;
        row.as_ref().map(row_of).transpose()
    }

    async fn replace(self, site: SiteId, share: ShareId, keys: ShareKeys) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE shares SET key_hash = $3, key_before = $4 WHERE site_id = $1 AND id = $2")
            .bind(site.0)
            .bind(share.0)
            .bind(keys.current.as_slice())
            .bind(keys.before.as_ref().map(<[u8; 32]>::as_slice))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn close(self, site: SiteId, share: ShareId, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.0.write().await?;
        sqlx::query("UPDATE shares SET ended_at = $3 WHERE site_id = $1 AND id = $2 AND ended_at IS NULL")
            .bind(site.0)
            .bind(share.0)
            .bind(at.millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Shares for SqliteShares {
    fn agreed(&self, row: ShareRow, at: Timestamp) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(self.clone().write(row, at))
    }

    fn open(&self, site: SiteId, share: ShareId) -> BoxFuture<'static, Result<Option<ShareRow>, StoreError>> {
        Box::pin(self.clone().read(site, share))
    }

    fn rotate(&self, site: SiteId, share: ShareId, keys: ShareKeys) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(self.clone().replace(site, share, keys))
    }

    fn ended(&self, site: SiteId, share: ShareId, at: Timestamp) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(self.clone().close(site, share, at))
    }
}

fn row_of(row: &SqliteRow) -> Result<ShareRow, StoreError> {
    let before: Option<Vec<u8>> = row.try_get("key_before")?;
    Ok(ShareRow {
        share: ShareId(row.try_get("id")?),
        site: SiteId(row.try_get("site_id")?),
        conversation: ConversationId(row.try_get("conversation_id")?),
        visitor: VisitorId(row.try_get("visitor_id")?),
        agent: AgentId(row.try_get("agent_id")?),
        keys: ShareKeys {
            current: hash(&row.try_get::<Vec<u8>, _>("key_hash")?)?,
            before: before.as_deref().map(hash).transpose()?,
        },
    })
}

fn hash(bytes: &[u8]) -> Result<TokenHash, StoreError> {
    TokenHash::try_from(bytes).map_err(|_| StoreError::Corrupt("shares: a key's hash is not 32 bytes".to_owned()))
}
