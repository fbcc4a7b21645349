//! The bytes of documents: a folder, later S3; no decision.
//!
//! A document's path is made of its id alone, never of anything that somebody sent. Its
//! bytes are written aside, forced to the disk and renamed into place, and the folder is
//! forced too, all before a row names it: a row without its bytes cannot be.

mod kind;
mod name;
mod preview;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use crate::protocol::DocumentId;

pub use kind::{Kind, Sniffer};
pub use name::{clean, with_extension};
pub use preview::{PREVIEW_PIXELS_MAX, Previews};

/// Bytes that no row names are kept for so long: their row may be on its way.
pub const ORPHAN_SECONDS: Duration = Duration::from_secs(3600);

/// `files/` and `tmp/` of the data folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Folder {
    files: PathBuf,
    tmp: PathBuf,
}

impl Folder {
    /// Makes both folders and clears what an earlier process left unfinished.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(data: &Path) -> io::Result<Self> {
        let folder = Self { files: data.join("files"), tmp: data.join("tmp").join("uploads") };
        std::fs::create_dir_all(&folder.files)?;
        std::fs::create_dir_all(&folder.tmp)?;
        for left in std::fs::read_dir(&folder.tmp)? {
            std::fs::remove_file(left?.path())?;
        }
        Ok(folder)
    }

    /// Begins a document; nothing is there until [`Draft::keep`].
    ///
    /// # Errors
    /// What the file system says.
    pub async fn begin(&self, id: DocumentId) -> io::Result<Draft> {
        let path = self.tmp.join(id.to_string());
        let file = File::options().write(true).create_new(true).open(&path).await?;
        Ok(Draft { folder: self.clone(), id, path, file: Some(file), hash: Sha256::new(), bytes: 0 })
    }

    /// Keeps a document's preview, as durably as the document.
    ///
    /// # Errors
    /// What the file system says.
    pub async fn keep_preview(&self, id: DocumentId, bytes: &[u8]) -> io::Result<()> {
        let aside = self.tmp.join(format!("{id}.preview"));
        let mut file = File::create(&aside).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        self.place(&aside, &self.preview_path(id)).await
    }

    /// # Errors
    /// What the file system says.
    pub async fn read(&self, id: DocumentId) -> io::Result<File> {
        File::open(self.path(id)).await
    }

    /// # Errors
    /// What the file system says.
    pub async fn read_preview(&self, id: DocumentId) -> io::Result<Vec<u8>> {
        fs::read(self.preview_path(id)).await
    }

    /// Takes a document and its preview away; what is not there is no error.
    ///
    /// # Errors
    /// What the file system says.
    pub async fn remove(&self, id: DocumentId) -> io::Result<()> {
        for path in [self.path(id), self.preview_path(id)] {
            match fs::remove_file(path).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Documents whose bytes lie here for longer than [`ORPHAN_SECONDS`].
    ///
    /// # Errors
    /// What the file system says.
    pub async fn settled(&self) -> io::Result<HashSet<DocumentId>> {
        let mut found = HashSet::new();
        let mut shelves = fs::read_dir(&self.files).await?;
        while let Some(shelf) = shelves.next_entry().await? {
            if !shelf.file_type().await?.is_dir() {
                continue;
            }
            let mut files = fs::read_dir(shelf.path()).await?;
            while let Some(file) = files.next_entry().await? {
                let age = SystemTime::now().duration_since(file.metadata().await?.modified()?).unwrap_or_default();
                let path = file.path();
                let id = path.file_stem().and_then(OsStr::to_str).and_then(|stem| DocumentId::from_str(stem).ok());
                if let Some(id) = id.filter(|_| age >= ORPHAN_SECONDS) {
                    found.insert(id);
                }
            }
        }
        Ok(found)
    }

    /// Two levels, so that no folder gets too many entries; the id's last digits are random.
    fn path(&self, id: DocumentId) -> PathBuf {
        let name = id.to_string();
        let shelf = name.get(name.len().saturating_sub(2)..).unwrap_or("00").to_owned();
        self.files.join(shelf).join(name)
    }

    fn preview_path(&self, id: DocumentId) -> PathBuf {
        let mut path = self.path(id);
        path.set_extension("preview");
        path
    }

    async fn place(&self, from: &Path, to: &Path) -> io::Result<()> {
        let shelf = to.parent().unwrap_or(&self.files);
        if !fs::try_exists(shelf).await? {
            fs::create_dir_all(shelf).await?;
            File::open(&self.files).await?.sync_all().await?;
        }
        fs::rename(from, to).await?;
        File::open(shelf).await?.sync_all().await
    }
}

/// A document on its way; dropped before [`Draft::keep`], it leaves nothing.
#[derive(Debug)]
pub struct Draft {
    folder: Folder,
    id: DocumentId,
    path: PathBuf,
    file: Option<File>,
    hash: Sha256,
    bytes: u64,
}

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub bytes: u64,
    pub sha256: [u8; 32],
}

impl Draft {
    /// # Errors
    /// What the file system says.
    pub async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.write_all(chunk).await?;
        }
        self.hash.update(chunk);
        self.bytes += chunk.len() as u64;
        Ok(())
    }

    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where the bytes are while it is a draft, once flushed: for looking into them.
    ///
    /// # Errors
    /// What the file system says.
    pub async fn flushed(&mut self) -> io::Result<&Path> {
        if let Some(file) = &mut self.file {
            file.flush().await?;
        }
        Ok(&self.path)
    }

    /// Forces the bytes to the disk and puts them in their place.
    ///
    /// # Errors
    /// What the file system says; nothing is kept then.
    pub async fn keep(mut self) -> io::Result<Kept> {
        if let Some(mut file) = self.file.take() {
            file.flush().await?;
            file.sync_all().await?;
        }
        self.folder.place(&self.path, &self.folder.path(self.id)).await?;
        Ok(Kept { bytes: self.bytes, sha256: std::mem::take(&mut self.hash).finalize().into() })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After `keep` it is no longer there; a start clears what a crash left.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_document_is_whole_or_absent() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::open(data.path()).unwrap();
        let (cut, whole) = (DocumentId(Uuid::now_v7()), DocumentId(Uuid::now_v7()));

        let mut draft = folder.begin(cut).await.unwrap();
        draft.write(b"half of").await.unwrap();
        drop(draft);
        assert!(folder.read(cut).await.is_err());

        let mut draft = folder.begin(whole).await.unwrap();
        draft.write(b"hello ").await.unwrap();
        draft.write(b"world").await.unwrap();
        let kept = draft.keep().await.unwrap();
        assert_eq!(kept.bytes, 11);
        assert_eq!(kept.sha256, <[u8; 32]>::from(Sha256::digest(b"hello world")));
        assert!(folder.read(whole).await.is_ok());
        assert_eq!(std::fs::read_dir(data.path().join("tmp/uploads")).unwrap().count(), 0);

        folder.keep_preview(whole, b"small").await.unwrap();
        assert_eq!(folder.read_preview(whole).await.unwrap(), b"small");
        folder.remove(whole).await.unwrap();
        folder.remove(whole).await.unwrap();
        assert!(folder.read(whole).await.is_err());
    }

    #[tokio::test]
    async fn a_start_clears_what_a_crash_left_unfinished() {
        let data = tempfile::tempdir().unwrap();
        Folder::open(data.path()).unwrap();
        std::fs::write(data.path().join("tmp/uploads/left"), b"half").unwrap();
        Folder::open(data.path()).unwrap();
        assert_eq!(std::fs::read_dir(data.path().join("tmp/uploads")).unwrap().count(), 0);
    }
}
