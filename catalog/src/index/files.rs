//! Whether an index folder can be trusted.
//!
//! There is no list of files of our own that could fall behind: tantivy's commit is
//! the seal. Its `meta.json` names the segments and carries our [`Payload`], and
//! every file of a segment ends with a checksum of its content. A commit replaces
//! `meta.json` at once, so a kill at any moment leaves the commit before or after.

use std::fs::File;
use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::{Index, SegmentReader, TantivyError};
use xxhash_rust::xxh3::xxh3_64;

use super::IndexFault;
use super::schema::{SCHEMA_VERSION, columns, schema, tokenizers};
use crate::words::ANALYSIS_VERSION;

pub(super) const META: &str = "meta.json";

/// What a commit says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Payload {
    pub generation: u64,
}

impl Payload {
    pub fn of(generation: u64) -> Self {
        Self { generation }
    }

    /// `2.1 17 <hash>`: the versions of fields and analysis, the generation, and a hash of both.
    pub fn text(self) -> String {
        let text = format!("{SCHEMA_VERSION}.{ANALYSIS_VERSION} {}", self.generation);
        let hash = xxh3_64(text.as_bytes());
        format!("{text} {hash:016x}")
    }

    fn read(text: &str) -> Result<Self, IndexFault> {
        let damaged = || IndexFault::Damaged { what: META.to_owned() };
        let (said, hash) = text.rsplit_once(' ').ok_or_else(damaged)?;
        if hash != format!("{:016x}", xxh3_64(said.as_bytes())) {
            return Err(damaged());
        }
        let (version, generation) = said.split_once(' ').ok_or_else(damaged)?;
        if version != format!("{SCHEMA_VERSION}.{ANALYSIS_VERSION}") {
            return Err(IndexFault::OtherVersion);
        }
        Ok(Self { generation: generation.parse().map_err(|_| damaged())? })
    }
}

/// What tells one commit from the next.
pub(super) fn stamp(folder: &Path) -> Option<u64> {
    std::fs::read(folder.join(META)).ok().map(|meta| xxh3_64(&meta))
}

/// Opens a folder of this version; its files are not looked into yet.
pub(super) fn open(folder: &Path) -> Result<Index, IndexFault> {
    if !folder.join(META).exists() {
        return Err(IndexFault::Missing);
    }
    let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    let mut index = Index::open(directory)?;
    if index.schema() != schema().0 {
        return Err(IndexFault::OtherVersion);
    }
    index.set_tokenizers(tokenizers());
    Ok(index)
}

/// What the last commit says; nothing was committed: [`IndexFault::Missing`].
pub(super) fn payload(index: &Index) -> Result<Payload, IndexFault> {
    Payload::read(&index.load_metas()?.payload.ok_or(IndexFault::Missing)?)
}

/// Compares every file of the last commit with the checksum at its end.
pub(super) fn verify(index: &Index, folder: &Path) -> Result<(), IndexFault> {
    let metas = index.load_metas()?;
    // A changed name would read as something left out: what was understood must be all there is.
    let understood = serde_json::to_vec_pretty(&metas).map_err(std::io::Error::from)?;
    if std::fs::read(folder.join(META))?.trim_ascii() != understood.trim_ascii() {
        return Err(IndexFault::Damaged { what: META.to_owned() });
    }
    let optional: Vec<_> = metas
        .segments
        .iter()
        .filter(|segment| !segment.has_deletes())
        .map(|segment| segment.relative_path(SegmentComponent::Delete))
        .collect();
    for path in metas.list_segment_files() {
        let is_missing = !folder.join(&path).exists();
        if is_missing && (optional.contains(&path) || path.extension().is_some_and(|end| end == "temp")) {
            continue;
        }
        if is_missing || !index.directory().validate_checksum(&path).unwrap_or(false) {
            return Err(IndexFault::Damaged { what: path.display().to_string() });
        }
    }
    Ok(())
}

/// Whether what `meta.json` says of its segments is what their files hold.
pub(super) fn agree(index: &Index, segments: &[SegmentReader]) -> Result<bool, IndexFault> {
    let metas = index.searchable_segment_metas()?;
    let said = |segment: &SegmentReader| metas.iter().find(|meta| meta.id() == segment.segment_id());
    Ok(segments.iter().all(|segment| {
        let agrees = |meta: &SegmentMeta| {
            meta.num_docs() == segment.num_docs() && meta.has_deletes() == meta.delete_opstamp().is_some()
        };
        holds(segment) && said(segment).is_some_and(agrees)
    }))
}

fn holds(segment: &SegmentReader) -> bool {
    let rows = segment.fast_fields().u64(columns::ADDED).map(|column| column.num_docs());
    let bits = segment
        .alive_bitset()
        .map_or(segment.max_doc(), |alive| u32::try_from(alive.num_alive_docs()).unwrap_or_default());
    rows.is_ok_and(|rows| rows == segment.max_doc()) && bits == segment.num_docs()
}

/// Waits until the disk has what was written.
pub(super) fn make_durable(folder: &Path) -> Result<(), IndexFault> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_with_any_letter_changed_is_damaged() {
        let text = Payload::of(17).text();
        assert_eq!(Payload::read(&text).unwrap(), Payload::of(17));
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Payload::read(&changed).is_err(), "{changed}");
        }
        let other = "1.1 17";
        let other = format!("{other} {:016x}", xxh3_64(other.as_bytes()));
        assert!(matches!(Payload::read(&other), Err(IndexFault::OtherVersion)));
    }
}
