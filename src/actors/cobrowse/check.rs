//! What a body holds, looked at once it is whole: off the session's thread where it is large.
//!
//! Inflating is bounded before a byte is looked at. What a picture may hold is the pure check of
//! [`crate::rules::cobrowse`]; a file's hash is computed here and its type told by its bytes.

use std::io::Read;

use bytes::Bytes;
use flate2::read::DeflateDecoder;
use sha2::{Digest, Sha256};

use super::assembly::{ASSET_BYTES_MAX, DataKind, Whole};
use super::shelf::{Asset, AssetHash, kind_of};
use crate::protocol::cobrowse::FrameFault;

/// A full snapshot as JSON.
const FULL_INFLATED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// An increment as JSON.
const INCREMENT_INFLATED_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Deflate reaches 1,029 to 1, pages 8 to 12: beyond this, above so many bytes, it is a bomb.
const RATIO_MAX: usize = 100;
const RATIO_FROM_BYTES: usize = 64 * 1024;
/// Events of one frame.
const EVENTS_MAX: usize = 5_000;
/// Bodies up to this are looked at on the session's own thread.
pub const SMALL_BYTES: usize = 16 * 1024;

/// A body that is in order.
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
    let body = whole.body();
    match whole.kind {
        DataKind::Full => picture(&body, whole.deflated, FULL_INFLATED_BYTES_MAX).map(|()| Checked::Picture(whole)),
        DataKind::Increment => {
            picture(&body, whole.deflated, INCREMENT_INFLATED_BYTES_MAX).map(|()| Checked::Picture(whole))
        }
        DataKind::Asset => asset(&inflated(body, whole.deflated, ASSET_BYTES_MAX)?),
    }
}

fn picture(body: &[u8], deflated: bool, bytes_max: usize) -> Result<(), FrameFault> {
    let json = inflated(body.to_vec(), deflated, bytes_max)?;
    let text = std::str::from_utf8(&json).map_err(|_| FrameFault::NoJson)?;
    let events: Vec<serde::de::IgnoredAny> = serde_json::from_str(text).map_err(|_| FrameFault::NoJson)?;
    if events.len() > EVENTS_MAX { Err(FrameFault::TooLarge) } else { Ok(()) }
}

fn inflated(body: Vec<u8>, deflated: bool, bytes_max: usize) -> Result<Vec<u8>, FrameFault> {
    if !deflated {
        return if body.len() > bytes_max { Err(FrameFault::TooLarge) } else { Ok(body) };
    }
    let allowed = bytes_max.min((body.len() * RATIO_MAX).max(RATIO_FROM_BYTES));
    let mut bytes = Vec::new();
    let limit = u64::try_from(allowed).unwrap_or(u64::MAX).saturating_add(1);
    DeflateDecoder::new(body.as_slice()).take(limit).read_to_end(&mut bytes).map_err(|_| FrameFault::Shape)?;
    if bytes.len() > allowed { Err(FrameFault::Bomb) } else { Ok(bytes) }
}

fn asset(body: &[u8]) -> Result<Checked, FrameFault> {
    let (said, bytes) = body.split_first_chunk::<32>().ok_or(FrameFault::Shape)?;
    let hash: AssetHash = Sha256::digest(bytes).into();
    let kind = kind_of(bytes).ok_or(FrameFault::BadAsset)?;
    if *said != hash || bytes.len() > kind.bytes_max() {
        return Err(FrameFault::BadAsset);
    }
    Ok(Checked::Asset(hash, Asset { kind, bytes: Bytes::copy_from_slice(bytes) }))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn whole(kind: DataKind, deflated: bool, body: &[u8]) -> Whole {
        let part = Bytes::from([&[0; 10][..], body].concat());
        Whole { kind, deflated, doc: 1, seq: 1, bytes: part.len(), parts: vec![part] }
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_bomb_costs_no_more_than_its_bound_and_is_refused() {
        let bomb = deflate(&vec![b' '; 40 * 1024 * 1024]);
        assert!(bomb.len() < 64 * 1024, "{}", bomb.len());
        let refused = check(whole(DataKind::Full, true, &bomb)).unwrap_err();
        assert_eq!(refused, FrameFault::Bomb);
    }

    #[test]
    fn a_picture_is_an_array_of_events() {
        let shown = |body: &[u8], deflated| check(whole(DataKind::Full, deflated, body)).map(|_| ());
        assert_eq!(shown(b"[{\"type\":4}]", false), Ok(()));
        assert_eq!(shown(&deflate(b"[{\"type\":4}]"), true), Ok(()));
        assert_eq!(shown(b"{}", false), Err(FrameFault::NoJson));
        assert_eq!(shown(b"[1,2", false), Err(FrameFault::NoJson));
        assert_eq!(shown(b"not deflate at all", true), Err(FrameFault::Shape));
        assert_eq!(shown(&[b'[', 0xff, b']'], false), Err(FrameFault::NoJson));
    }

    #[test]
    fn a_file_is_what_its_hash_says_or_nothing() {
        let css = b"a { color: red }";
        let hash: AssetHash = Sha256::digest(css).into();
        let body = [&hash[..], css].concat();
        let Ok(Checked::Asset(known, asset)) = check(whole(DataKind::Asset, true, &deflate(&body))) else { panic!() };
        assert_eq!((known, asset.bytes.as_ref()), (hash, &css[..]));
        let lie = [&[0; 32][..], css].concat();
        assert_eq!(check(whole(DataKind::Asset, false, &lie)).unwrap_err(), FrameFault::BadAsset);
    }
}
