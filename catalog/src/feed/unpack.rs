//! A feed's bytes, unpacked where they are compressed.
//!
//! gzip only, told by its first bytes, and never further than
//! [`UNPACKED_TIMES_MAX`] times its size: a small file must not fill a disk.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

use super::bounds::{FILE_BYTES_MAX, UNPACKED_TIMES_MAX};

/// Why a compressed feed cannot be read. Travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveFault {
    #[error("it unpacks too far")]
    TooFar,
    #[error("it unpacks to more than a feed may hold")]
    TooLarge,
    #[error("{0}")]
    Damaged(String),
}

pub(super) const GZIP_MAGIC: &[u8] = b"\x1f\x8b";

/// A source, unpacked as it is read.
pub(super) enum Unpacked<R> {
    Plain(Counted<R>),
    Gzip { decoder: Box<MultiGzDecoder<Counted<R>>>, unpacked: u64, unpacked_max: u64 },
}

impl<R: Read> Unpacked<R> {
    pub fn plain(source: R) -> Self {
        Self::Plain(Counted { source, bytes: 0 })
    }

    /// `bytes` is how large the compressed source is.
    pub fn gzip(source: R, bytes: u64) -> Self {
        let decoder = Box::new(MultiGzDecoder::new(Counted { source, bytes: 0 }));
        Self::Gzip { decoder, unpacked: 0, unpacked_max: bytes.saturating_mul(UNPACKED_TIMES_MAX) }
    }

    /// Bytes of the source, as it is stored, that were read.
    pub fn bytes_read(&self) -> u64 {
        match self {
            Self::Plain(source) => source.bytes,
            Self::Gzip { decoder, .. } => decoder.get_ref().bytes,
        }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(room),
            Self::Gzip { decoder, unpacked, unpacked_max } => {
                let count = decoder.read(room).map_err(|fault| match fault.kind() {
                    io::ErrorKind::Interrupted => fault,
                    _ => io::Error::other(ArchiveFault::Damaged(fault.to_string())),
                })?;
                *unpacked += count as u64;
                if *unpacked > *unpacked_max {
                    return Err(io::Error::other(ArchiveFault::TooFar));
                }
                if *unpacked > FILE_BYTES_MAX {
                    return Err(io::Error::other(ArchiveFault::TooLarge));
                }
                Ok(count)
            }
        }
    }
}

impl<R: Read + Seek> Unpacked<R> {
    /// Goes on reading at a byte of the source; false where it is compressed, and stays.
    pub fn seek(&mut self, at: u64) -> io::Result<bool> {
        match self {
            Self::Plain(counted) => {
                counted.bytes = counted.source.seek(SeekFrom::Start(at))?;
                Ok(true)
            }
            Self::Gzip { .. } => Ok(false),
        }
    }
}

/// Counts what is read.
pub(super) struct Counted<R> {
    source: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(room)?;
        self.bytes += count as u64;
        Ok(count)
    }
}
