//! Between sessions and, later, between processes: hints and ephemeral traffic, never the record.
//!
//! A hint says that something changed on a site; who missed one reads the store.
//! [`local`] is the bus of one process. Losing everything here loses nothing.

pub mod local;

use std::sync::Arc;

use bytestring::ByteString;
use futures_util::stream::BoxStream;

use crate::protocol::session::AgentPresence;
use crate::protocol::{ConversationRow, SiteId};

pub use local::LocalBus;

/// What a site's listeners hear.
#[derive(Debug, Clone)]
pub enum Hint {
    /// A conversation as it is now; the last one counts. `text` is the same as a frame
    /// for agents, encoded once for all of them.
    Row {
        row: Arc<ConversationRow>,
        text: ByteString,
    },
    Colleague(Arc<AgentPresence>),
}

/// What a subscription yields.
#[derive(Debug, Clone)]
pub enum Heard {
    Hint(SiteId, Hint),
    /// The listener was too slow and some hints are gone: it must read what it shows again.
    Missed(SiteId),
}

pub trait Bus: Send + Sync + 'static {
    /// Never waits; without listeners nothing happens.
    fn publish(&self, site: SiteId, hint: Hint);
    /// Everything from now on; ends when the stream is dropped.
    fn subscribe(&self, site: SiteId) -> BoxStream<'static, Heard>;
}
