//! Heads of data frames, and a body as it was put together of its parts (by the session, which
//! keeps the parts to forward them).

use crate::protocol::cobrowse::{
    DATA_ASSET, DATA_FRAME_BYTES_MAX, DATA_FULL, DATA_HEAD_BYTES, DATA_INCREMENT, FLAG_DEFLATED, FLAG_MORE, FrameFault,
};

/// The head of a data frame, big-endian on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub kind: u8,
    pub deflated: bool,
    /// More parts of the same document and number follow.
    pub more: bool,
    pub doc: u32,
    pub seq: u32,
}

impl Head {
    /// The head and what follows it.
    ///
    /// # Errors
    /// [`FrameFault::Shape`] for too short a frame, an unknown kind or flag, a number of nought;
    /// [`FrameFault::TooLarge`] for one over [`DATA_FRAME_BYTES_MAX`].
    pub fn read(frame: &[u8]) -> Result<(Self, &[u8]), FrameFault> {
        if frame.len() > DATA_FRAME_BYTES_MAX {
            return Err(FrameFault::TooLarge);
        }
        let (head, body) = frame.split_first_chunk::<DATA_HEAD_BYTES>().ok_or(FrameFault::Shape)?;
        let [kind, flags, d0, d1, d2, d3, s0, s1, s2, s3] = *head;
        let known =
            matches!(kind, DATA_FULL | DATA_INCREMENT | DATA_ASSET) && flags & !(FLAG_DEFLATED | FLAG_MORE) == 0;
        let head = Self {
            kind,
            deflated: flags & FLAG_DEFLATED != 0,
            more: flags & FLAG_MORE != 0,
            doc: u32::from_be_bytes([d0, d1, d2, d3]),
            seq: u32::from_be_bytes([s0, s1, s2, s3]),
        };
        if known && head.seq > 0 && !body.is_empty() { Ok((head, body)) } else { Err(FrameFault::Shape) }
    }
}

/// A whole body, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembled {
    pub kind: u8,
    pub deflated: bool,
    pub doc: u32,
    pub seq: u32,
    pub bytes: Vec<u8>,
}
