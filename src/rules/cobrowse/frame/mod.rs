//! What may be in a data frame of a shared page: size, shape and content, before anybody sees it.
//!
//! The stream is written by a stranger. A frame that is not as an honest page's own filter makes it
//! is refused, never mended: the same bytes are forwarded, or none. Nothing here waits, keeps or
//! tells what it read.
//!
//! [`Head`] reads what stands before each part; [`check`] inflates under bounds, reads the JSON without
//! recursion and holds every node, attribute, address and rule against one list, the file
//! `allowed.json` that the page and the console read too. Assets are known by their bytes alone.

mod asset;
mod changes;
mod css;
mod inflate;
mod json;
mod list;
mod nodes;
mod parts;
#[cfg(test)]
mod tests;

use crate::protocol::cobrowse::{DATA_ASSET, DATA_FULL, DATA_INCREMENT, FrameFault};

pub use asset::AssetType;
pub use parts::{Assembled, Head};

/// Of a full snapshot as sent, and inflated.
pub const FULL_BYTES_MAX: usize = 8 * 1024 * 1024;
pub const FULL_INFLATED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Of one frame of changes as sent, and inflated.
pub const INCREMENT_BYTES_MAX: usize = 512 * 1024;
pub const INCREMENT_INFLATED_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Of one asset, its hash included, as sent and inflated.
pub const ASSET_BYTES_MAX: usize = 4 * 1024 * 1024 + 32;
/// Honest pages deflate 8 to 12 times; deflate itself reaches 1,029.
pub const INFLATE_RATIO_MAX: usize = 100;
/// Below this a ratio says nothing.
pub const INFLATE_FREE_BYTES: usize = 64 * 1024;
pub const EVENTS_MAX: usize = 5_000;
pub const NODES_MAX: usize = 100_000;
/// Levels of the page's tree.
pub const NODE_DEPTH_MAX: usize = 512;

/// A frame that may be forwarded, or kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// What the page looks like: forward the bytes as they came.
    Picture {
        events: usize,
        nodes: usize,
    },
    Asset(Asset),
}

/// A file of the store whose bytes are what their name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// SHA-256, computed here.
    pub hash: [u8; 32],
    pub kind: AssetType,
    pub bytes: Vec<u8>,
}

/// Whether a frame may be seen by an agent.
///
/// Takes up to some hundred milliseconds for the largest: not to be called on an actor's thread.
///
/// # Errors
/// A [`FrameFault`] for the first thing that is not allowed; nothing of the frame may be used then.
pub fn check(frame: &Assembled) -> Result<Checked, FrameFault> {
    match frame.kind {
        DATA_FULL => picture(frame, FULL_INFLATED_BYTES_MAX),
        DATA_INCREMENT => picture(frame, INCREMENT_INFLATED_BYTES_MAX),
        DATA_ASSET => {
            let bytes = inflate::body(frame, ASSET_BYTES_MAX)?;
            asset::check(&bytes).map(Checked::Asset)
        }
        _ => Err(FrameFault::Shape),
    }
}

fn picture(frame: &Assembled, most: usize) -> Result<Checked, FrameFault> {
    let bytes = inflate::body(frame, most)?;
    let tape = json::Tape::read(&bytes)?;
    changes::events(&tape, frame.kind == DATA_FULL)
}
