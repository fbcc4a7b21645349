//! Heads of data frames, and frames that came in parts put together under their bounds.

use crate::protocol::cobrowse::{
    DATA_ASSET, DATA_FRAME_BYTES_MAX, DATA_FULL, DATA_HEAD_BYTES, DATA_INCREMENT, FLAG_DEFLATED, FLAG_MORE, FrameFault,
};

use super::{ASSET_BYTES_MAX, FULL_BYTES_MAX, INCREMENT_BYTES_MAX};

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

    fn continues(&self, first: &Self) -> bool {
        (self.kind, self.deflated, self.doc, self.seq) == (first.kind, first.deflated, first.doc, first.seq)
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

/// What has come of a body until now. Parts of one body follow each other.
#[derive(Debug, Default)]
pub struct Parts {
    begun: Option<Assembled>,
}

impl Parts {
    /// Takes the next frame; a body once it is whole.
    ///
    /// # Errors
    /// [`FrameFault::Shape`] for a part that does not continue what was begun, [`FrameFault::TooLarge`]
    /// over the bound of its kind. What was begun is forgotten then.
    pub fn push(&mut self, frame: &[u8]) -> Result<Option<Assembled>, FrameFault> {
        let begun = self.begun.take();
        let (head, body) = Head::read(frame)?;
        let mut whole = match begun {
            None => Assembled {
                kind: head.kind,
                deflated: head.deflated,
                doc: head.doc,
                seq: head.seq,
                bytes: Vec::with_capacity(body.len()),
            },
            Some(begun) if head.continues(&begun.head()) => begun,
            Some(_) => return Err(FrameFault::Shape),
        };
        if whole.bytes.len() + body.len() > bytes_max(head.kind) {
            return Err(FrameFault::TooLarge);
        }
        whole.bytes.extend_from_slice(body);
        if !head.more {
            return Ok(Some(whole));
        }
        self.begun = Some(whole);
        Ok(None)
    }

    /// Bytes held for a body that is not whole.
    #[must_use]
    pub fn held(&self) -> usize {
        self.begun.as_ref().map_or(0, |begun| begun.bytes.len())
    }
}

impl Assembled {
    fn head(&self) -> Head {
        Head { kind: self.kind, deflated: self.deflated, more: true, doc: self.doc, seq: self.seq }
    }
}

fn bytes_max(kind: u8) -> usize {
    match kind {
        DATA_FULL => FULL_BYTES_MAX,
        DATA_INCREMENT => INCREMENT_BYTES_MAX,
        _ => ASSET_BYTES_MAX,
    }
}
