//! The data folder: made when missing, and held by one server at a time.
//!
//! The lock is the operating system's, on an open file: it ends with the process,
//! however that ends. A command that changes a folder takes it too.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("another server{holder} uses the data folder `{}`; stop it, or name another folder with --data", dir.display())]
    Held { dir: PathBuf, holder: String },
    #[error("the data folder `{}` cannot be used: {error}; make it writable, or name another with --data", dir.display())]
    Unusable { dir: PathBuf, error: io::Error },
}

/// The folder, as long as this value lives.
#[derive(Debug)]
pub struct DataFolder {
    dir: PathBuf,
    /// Holds the lock; closing it gives it back.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if there is none and takes its lock.
    ///
    /// # Errors
    /// [`FolderError::Held`] while another process holds it.
    pub fn hold(dir: &Path) -> Result<Self, FolderError> {
        let unusable = |error| FolderError::Unusable { dir: dir.to_owned(), error };
        make(dir).map_err(unusable)?;
        let mut lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(dir.join("lock"))
            .map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FolderError::Held { dir: dir.to_owned(), holder: holder(&mut lock) });
            }
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        // Only for the sentence above: what counts is the lock, so a full disk does not stop a start.
        let _ = lock.set_len(0).and_then(|()| lock.seek(SeekFrom::Start(0)));
        let _ = writeln!(lock, "{}", std::process::id());
        Ok(Self { dir: dir.to_owned(), _lock: lock })
    }

    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Makes the folder if there is none, for the server's own user alone; one that others may look
/// into is used as it is, and said.
///
/// # Errors
/// What the file system says.
pub fn make(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    if dir.metadata()?.permissions().mode() & 0o007 != 0 {
        tracing::warn!(data = %dir.display(), "other users of this machine may read the data folder; type: chmod 700");
    }
    Ok(())
}

/// ` (process 123)`, if the lock's file says so.
fn holder(lock: &mut File) -> String {
    let mut text = String::new();
    let read = lock.take(20).read_to_string(&mut text);
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(pid)) => format!(" (process {pid})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_of_one_folder_is_refused_in_one_sentence_until_the_first_lets_go() {
        let dir = tempfile::tempdir().unwrap();
        let first = DataFolder::hold(dir.path()).unwrap();
        let refused = DataFolder::hold(dir.path()).unwrap_err().to_string();
        assert!(refused.starts_with(&format!("another server (process {})", std::process::id())), "{refused}");
        drop(first);
        assert!(DataFolder::hold(dir.path()).is_ok());
    }

    #[test]
    fn a_new_folder_is_for_its_own_user_alone() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("var").join("data");
        let _held = DataFolder::hold(&data).unwrap();
        assert_eq!(data.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_folder_that_cannot_be_made_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "").unwrap();
        let refused = DataFolder::hold(&file.join("data")).unwrap_err().to_string();
        assert!(refused.contains("cannot be used") && refused.contains("--data"), "{refused}");
    }
}
