//! What a finished index folder must hold, file by file.
//!
//! An index is written once and then only read. Its manifest is written last, so
//! a folder without one is unfinished; every file is named with its length and
//! hash, so one that is missing, cut or changed is noticed before it is searched.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::IndexFault;
use super::schema::SCHEMA_VERSION;
use crate::words::ANALYSIS_VERSION;

const MANIFEST: &str = "manifest.json";
const MANIFEST_BYTES_MAX: u64 = 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    schema: u32,
    analysis: u32,
    pub generation: u64,
    pub products: u64,
    files: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    name: String,
    bytes: u64,
    /// XXH3 of the content, as hexadecimal text: JSON numbers lose 64 bits.
    hash: String,
}

impl Manifest {
    /// Describes a folder whose files are all written, and makes them durable.
    pub fn seal(folder: &Path, generation: u64, products: u64) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Locks and tantivy's own list of files to tidy start with a dot.
            if entry.file_type()?.is_file() && !name.starts_with('.') && name != MANIFEST {
                let (bytes, hash) = content(&entry.path())?;
                File::open(entry.path())?.sync_all()?;
                files.push(Part { name, bytes, hash });
            }
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let manifest = Self { schema: SCHEMA_VERSION, analysis: ANALYSIS_VERSION, generation, products, files };
        let mut file = File::create(folder.join(MANIFEST))?;
        file.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
        file.sync_all()?;
        File::open(folder)?.sync_all()?;
        Ok(manifest)
    }

    /// Reads a folder's manifest and compares every file with it.
    pub fn verify(folder: &Path) -> Result<Self, IndexFault> {
        let damaged = |what: &str| IndexFault::Damaged { what: what.to_owned() };
        let mut text = Vec::new();
        match File::open(folder.join(MANIFEST)) {
            Ok(file) => file.take(MANIFEST_BYTES_MAX).read_to_end(&mut text)?,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Err(IndexFault::Missing),
            Err(fault) => return Err(fault.into()),
        };
        let manifest: Self = serde_json::from_slice(&text).map_err(|_| damaged(MANIFEST))?;
        if manifest.schema != SCHEMA_VERSION || manifest.analysis != ANALYSIS_VERSION {
            return Err(IndexFault::OtherVersion);
        }
        for part in &manifest.files {
            match content(&folder.join(&part.name)) {
                Ok((bytes, hash)) if bytes == part.bytes && hash == part.hash => {}
                Ok(_) | Err(_) => return Err(damaged(&part.name)),
            }
        }
        Ok(manifest)
    }
}

fn content(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hasher = Xxh3::new();
    let mut chunk = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok((bytes, format!("{:016x}", hasher.digest()))),
            count => {
                hasher.update(chunk.get(..count).unwrap_or_default());
                bytes += count as u64;
            }
        }
    }
}
