//! A body as it was before it was deflated, and no larger than it may be.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};

use crate::protocol::cobrowse::FrameFault;

use super::{Assembled, INFLATE_FREE_BYTES, INFLATE_RATIO_MAX};

/// So much is made room for at a time: a lie about the size costs no more.
const STEP_BYTES: usize = 64 * 1024;

pub(super) fn body(frame: &Assembled, most: usize) -> Result<Cow<'_, [u8]>, FrameFault> {
    if frame.deflated {
        inflated(&frame.bytes, most).map(Cow::Owned)
    } else if frame.bytes.len() > most {
        Err(FrameFault::TooLarge)
    } else {
        Ok(Cow::Borrowed(&frame.bytes))
    }
}

fn inflated(deflated: &[u8], most: usize) -> Result<Vec<u8>, FrameFault> {
    let by_ratio = deflated.len().saturating_mul(INFLATE_RATIO_MAX).max(INFLATE_FREE_BYTES);
    let mut inflater = Decompress::new(false);
    let mut out = Vec::new();
    loop {
        let read = usize::try_from(inflater.total_in()).map_err(|_| FrameFault::Shape)?;
        let rest = deflated.get(read..).unwrap_or_default();
        let before = out.len();
        out.reserve(STEP_BYTES);
        let status = inflater.decompress_vec(rest, &mut out, FlushDecompress::None).map_err(|_| FrameFault::Shape)?;
        if out.len() > most {
            return Err(FrameFault::TooLarge);
        }
        if out.len() > by_ratio {
            return Err(FrameFault::Bomb);
        }
        match status {
            Status::StreamEnd if inflater.total_in() == deflated.len() as u64 => return Ok(out),
            Status::StreamEnd => return Err(FrameFault::Shape),
            // Neither read nor written: the stream is cut off.
            Status::Ok | Status::BufError if out.len() == before && inflater.total_in() == read as u64 => {
                return Err(FrameFault::Shape);
            }
            Status::Ok | Status::BufError => {}
        }
    }
}
