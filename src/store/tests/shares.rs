//! Shares that may be resumed: what every store of them must do, run on each by the same tests.

use uuid::Uuid;

use super::{add_site, someone};
use crate::protocol::{AgentId, ConversationId, ShareId, SiteId, Timestamp};
use crate::store::memory::MemoryLog;
use crate::store::{Database, ShareKeys, ShareRow, Shares, SqliteShares};

const AGREED: Timestamp = Timestamp::EPOCH;

fn row(site: SiteId, key: u8) -> ShareRow {
    ShareRow {
        share: ShareId(Uuid::now_v7()),
        site,
        conversation: ConversationId(Uuid::now_v7()),
        visitor: someone(),
        agent: AgentId(Uuid::now_v7()),
        keys: ShareKeys { current: [key; 32], before: None },
    }
}

async fn holds(shares: &impl Shares, site: SiteId, other: SiteId) {
    let (first, second) = (row(site, 1), row(site, 2));
    assert_eq!(shares.open(site, first.share).await.unwrap(), None, "nothing was agreed to");
    for row in [&first, &second] {
        shares.agreed(row.clone(), AGREED).await.unwrap();
    }
    assert_eq!(shares.open(site, first.share).await.unwrap(), Some(first.clone()));
    assert_eq!(shares.open(other, first.share).await.unwrap(), None, "another site's share is not there");

    let keys = ShareKeys { current: [7; 32], before: Some([1; 32]) };
    shares.rotate(site, first.share, keys).await.unwrap();
    shares.rotate(other, second.share, keys).await.unwrap();
    let rotated = ShareRow { keys, ..first.clone() };
    assert_eq!(shares.open(site, first.share).await.unwrap(), Some(rotated.clone()));
    assert_eq!(shares.open(site, second.share).await.unwrap(), Some(second.clone()), "only its own site rotates a key");

    // After a transfer: the page's key stays.
    let noor = ShareRow { agent: AgentId(Uuid::now_v7()), ..first.clone() };
    shares.agreed(noor.clone(), AGREED).await.unwrap();
    assert_eq!(shares.open(site, first.share).await.unwrap(), Some(ShareRow { agent: noor.agent, ..rotated }));

    shares.ended(other, first.share, AGREED).await.unwrap();
    assert!(shares.open(site, first.share).await.unwrap().is_some(), "only its own site ends it");
    for _ in 0..2 {
        shares.ended(site, first.share, AGREED).await.unwrap();
        assert_eq!(shares.open(site, first.share).await.unwrap(), None, "what has ended is never resumed");
    }
    assert_eq!(shares.open(site, second.share).await.unwrap(), Some(second));
}

#[tokio::test]
async fn a_share_is_resumed_by_its_site_and_its_last_two_keys_until_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let (site, other) = (add_site(&database, "shop").await, add_site(&database, "other").await);
    holds(&SqliteShares::new(database), site, other).await;
    holds(&MemoryLog::default(), site, other).await;
}

#[tokio::test]
async fn a_share_can_be_resumed_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let site = add_site(&database, "shop").await;
    let row = row(site, 3);
    SqliteShares::new(database).agreed(row.clone(), AGREED).await.unwrap();
    let shares = SqliteShares::new(Database::open(dir.path()).await.unwrap());
    assert_eq!(shares.open(site, row.share).await.unwrap(), Some(row));
}
