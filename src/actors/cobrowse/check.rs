//! A whole frame, looked at before anything of it is used: off the session's thread where it is large.
//!
//! What may be in a frame is [`crate::rules::cobrowse::frame`]'s; here is only which of its words the
//! session needs.

use bytes::Bytes;

use super::assembly::Whole;
use super::shelf::{Asset, AssetHash};
use crate::protocol::cobrowse::FrameFault;
use crate::rules::cobrowse::frame;

/// Bodies up to this are looked at on the session's own thread.
pub const SMALL_BYTES: usize = 16 * 1024;

/// A frame that is in order.
#[derive(Debug)]
pub enum Checked {
    Picture(Whole),
    Asset(AssetHash, Asset),
}

/// Looks at a whole frame.
///
/// # Errors
/// Why it is not shown, or not kept.
pub fn check(whole: Whole) -> Result<Checked, FrameFault> {
    match frame::check(&whole.assembled())? {
        frame::Checked::Picture { .. } => Ok(Checked::Picture(whole)),
        frame::Checked::Asset(asset) => {
            Ok(Checked::Asset(asset.hash, Asset { kind: asset.kind, bytes: Bytes::from(asset.bytes) }))
        }
    }
}
