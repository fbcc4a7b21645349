//! A page's data frames as they come: heads read, parts joined, sizes and rates bounded.
//!
//! What is in a body is [`super::check`]'s; which numbers may follow which, [`super::picture`]'s.

use bytes::Bytes;
use tokio::time::Instant;

use crate::protocol::cobrowse::{DATA_ASSET, DATA_FULL, DATA_HEAD_BYTES, DATA_INCREMENT, FrameFault};
use crate::rules::cobrowse::frame::{ASSET_BYTES_MAX, Assembled, FULL_BYTES_MAX, Head, INCREMENT_BYTES_MAX};

/// What a page may send at once, and then in a second.
const BURST_BYTES: f64 = 10.0 * 1024.0 * 1024.0;
const BYTES_PER_SECOND: f64 = 1024.0 * 1024.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataKind {
    Full,
    Increment,
    Asset,
}

impl DataKind {
    fn of(code: u8) -> Option<Self> {
        match code {
            DATA_FULL => Some(Self::Full),
            DATA_INCREMENT => Some(Self::Increment),
            DATA_ASSET => Some(Self::Asset),
            _ => None,
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Full => DATA_FULL,
            Self::Increment => DATA_INCREMENT,
            Self::Asset => DATA_ASSET,
        }
    }
}

/// A frame with all its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub kind: DataKind,
    pub deflated: bool,
    pub doc: u32,
    pub seq: u32,
    /// As they came, heads included: what is forwarded.
    pub parts: Vec<Bytes>,
    /// Of all parts, heads included.
    pub bytes: usize,
}

impl Whole {
    /// The bodies of the parts, joined, to be looked at.
    #[must_use]
    pub fn assembled(&self) -> Assembled {
        let mut bytes = Vec::with_capacity(self.bytes);
        for part in &self.parts {
            bytes.extend_from_slice(part.get(DATA_HEAD_BYTES..).unwrap_or_default());
        }
        Assembled { kind: self.kind.code(), deflated: self.deflated, doc: self.doc, seq: self.seq, bytes }
    }
}

/// The parts that have come of one frame.
#[derive(Debug)]
pub struct Assembly {
    begun: Option<Whole>,
    /// What may still be sent now.
    left: f64,
    at: Instant,
}

impl Assembly {
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { begun: None, left: BURST_BYTES, at: now }
    }

    /// The socket is another one: what was begun is lost.
    pub fn forget(&mut self) {
        self.begun = None;
    }

    /// Of what has been begun.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.begun.as_ref().map_or(0, |begun| begun.bytes)
    }

    /// One more part; a frame when it was the last.
    ///
    /// # Errors
    /// Why it is refused, with all that was begun.
    pub fn take(&mut self, part: Bytes, now: Instant) -> Result<Option<Whole>, FrameFault> {
        let taken = self.pay(part.len(), now).and_then(|()| self.join(part));
        if taken.is_err() {
            self.begun = None;
        }
        taken
    }

    fn pay(&mut self, bytes: usize, now: Instant) -> Result<(), FrameFault> {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() * BYTES_PER_SECOND;
        self.left = (self.left + gained).min(BURST_BYTES);
        self.at = now;
        // At most 64 KiB: exact as a float.
        let bytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        if self.left < bytes {
            return Err(FrameFault::TooFast);
        }
        self.left -= bytes;
        Ok(())
    }

    fn join(&mut self, part: Bytes) -> Result<Option<Whole>, FrameFault> {
        let (mut whole, more) = head(&part)?;
        if let Some(begun) = self.begun.take() {
            let same = (begun.kind, begun.deflated, begun.doc, begun.seq)
                == (whole.kind, whole.deflated, whole.doc, whole.seq);
            if !same {
                return Err(FrameFault::Shape);
            }
            whole = begun;
        }
        whole.bytes += part.len();
        whole.parts.push(part);
        if whole.bytes - whole.parts.len() * DATA_HEAD_BYTES > bytes_max(whole.kind) {
            return Err(FrameFault::TooLarge);
        }
        if more {
            self.begun = Some(whole);
            return Ok(None);
        }
        Ok(Some(whole))
    }
}

fn bytes_max(kind: DataKind) -> usize {
    match kind {
        DataKind::Full => FULL_BYTES_MAX,
        DataKind::Increment => INCREMENT_BYTES_MAX,
        DataKind::Asset => ASSET_BYTES_MAX,
    }
}

fn head(part: &Bytes) -> Result<(Whole, bool), FrameFault> {
    let (head, _) = Head::read(part)?;
    let kind = DataKind::of(head.kind).ok_or(FrameFault::Shape)?;
    let (deflated, doc, seq) = (head.deflated, head.doc, head.seq);
    Ok((Whole { kind, deflated, doc, seq, parts: Vec::new(), bytes: 0 }, head.more))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: u8, flags: u8, seq: u8, body: &[u8]) -> Bytes {
        Bytes::from([&[kind, flags, 0, 0, 0, 1, 0, 0, 0, seq][..], body].concat())
    }

    #[test]
    fn parts_of_one_number_are_one_frame_and_others_break_it() {
        let now = Instant::now();
        let mut assembly = Assembly::new(now);
        assert_eq!(assembly.take(part(1, 2, 1, b"ab"), now), Ok(None));
        let whole = assembly.take(part(1, 0, 1, b"cd"), now).unwrap().unwrap();
        assert_eq!((whole.assembled().bytes, whole.doc, whole.seq, whole.parts.len()), (b"abcd".to_vec(), 1, 1, 2));
        assert_eq!(assembly.take(part(1, 2, 2, b"ab"), now), Ok(None));
        assert_eq!(assembly.take(part(2, 0, 3, b"cd"), now), Err(FrameFault::Shape));
        assert!(assembly.take(part(2, 0, 3, b"cd"), now).unwrap().is_some(), "what was begun is forgotten");
    }

    #[test]
    fn what_has_no_head_or_an_unknown_one_is_refused() {
        let now = Instant::now();
        let mut assembly = Assembly::new(now);
        for bad in [
            Bytes::new(),
            Bytes::from_static(b"\x01\x00"),
            part(4, 0, 1, b"x"),
            part(1, 8, 1, b"x"),
            part(1, 0, 1, b""),
        ] {
            assert_eq!(assembly.take(bad, now), Err(FrameFault::Shape));
        }
    }

    #[test]
    fn a_frame_beyond_its_bound_and_a_page_beyond_its_pace_are_refused() {
        let now = Instant::now();
        let mut assembly = Assembly::new(now);
        let body = vec![7; 60 * 1024 - 10];
        let mut taken = 0;
        let refused = loop {
            match assembly.take(part(2, 2, 1, &body), now) {
                Ok(_) => taken += 1,
                Err(fault) => break fault,
            }
        };
        assert_eq!((refused, taken), (FrameFault::TooLarge, 8));
        let refused = loop {
            if let Err(fault) = assembly.take(part(1, 2, 1, &body), now)
                && fault == FrameFault::TooFast
            {
                break fault;
            }
        };
        assert_eq!(refused, FrameFault::TooFast);
        assert!(assembly.take(part(2, 0, 1, &body), now + std::time::Duration::from_secs(1)).is_ok());
    }
}
