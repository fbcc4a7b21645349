//! A feed of several files as one: PrestaShop's products with their combinations.
//!
//! A run has one file, so further ones are put behind the first, with a trailer that
//! says where each ends. A file alone is kept as it came.
//!
//! The trailer: the length of each file as eight bytes, little end first, then their
//! count as one byte, then [`MAGIC`].

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use comptoir_catalog::feed::bounds::SOURCES_MAX;

/// No text ends so: it begins with a byte that no encoding of a feed has there.
const MAGIC: &[u8; 16] = b"\xff\0comptoir feed\0";
const LENGTH_BYTES: u64 = 8;

/// The files that lie in one.
///
/// # Errors
/// When it cannot be read.
pub fn open(path: &Path) -> io::Result<Vec<Part>> {
    let lengths = lengths(&mut File::open(path)?)?;
    let mut start = 0;
    let mut parts = Vec::with_capacity(lengths.len());
    for length in lengths {
        // A file of its own each: what is read of one never moves another.
        parts.push(Part { file: File::open(path)?, start, length, at: 0 });
        start += length;
    }
    Ok(parts)
}

/// Why a file was not put behind others.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there are too many files in this feed already")]
    TooManyFiles,
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// Puts a further file behind those that lie at `path`.
///
/// # Errors
/// When either cannot be read or written, or there are too many.
pub fn append(path: &Path, further: &Path) -> Result<(), Refused> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut lengths = lengths(&mut file)?;
    if lengths.len() >= SOURCES_MAX {
        return Err(Refused::TooManyFiles);
    }
    let end = lengths.iter().sum();
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    lengths.push(io::copy(&mut File::open(further)?, &mut file)?);
    for length in &lengths {
        file.write_all(&length.to_le_bytes())?;
    }
    file.write_all(&[u8::try_from(lengths.len()).unwrap_or(u8::MAX)])?;
    file.write_all(MAGIC)?;
    Ok(file.sync_all()?)
}

/// How long each file is; one without a trailer is one file.
fn lengths(file: &mut File) -> io::Result<Vec<u64>> {
    let whole = file.seek(SeekFrom::End(0))?;
    let alone = Ok(vec![whole]);
    let tail = MAGIC.len() as u64 + 1;
    if whole < tail {
        return alone;
    }
    file.seek(SeekFrom::End(-i64::try_from(tail).unwrap_or_default()))?;
    let mut count = [0];
    let mut magic = [0; MAGIC.len()];
    file.read_exact(&mut count)?;
    file.read_exact(&mut magic)?;
    let [count] = count.map(u64::from);
    let trailer = count * LENGTH_BYTES + tail;
    if &magic != MAGIC || count < 2 || count > SOURCES_MAX as u64 || whole < trailer {
        return alone;
    }
    file.seek(SeekFrom::Start(whole - trailer))?;
    let mut lengths = Vec::new();
    for _ in 0..count {
        let mut length = [0; 8];
        file.read_exact(&mut length)?;
        lengths.push(u64::from_le_bytes(length));
    }
    let sum = lengths.iter().try_fold(0_u64, |sum, length| sum.checked_add(*length));
    if sum == Some(whole - trailer) { Ok(lengths) } else { alone }
}

/// One of the files, read as if it were alone.
#[derive(Debug)]
pub struct Part {
    file: File,
    start: u64,
    length: u64,
    at: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let room = left.min(buffer.len());
        let Some(buffer) = buffer.get_mut(..room).filter(|room| !room.is_empty()) else { return Ok(0) };
        self.file.seek(SeekFrom::Start(self.start + self.at))?;
        let count = self.file.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Part {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let outside = || io::Error::new(io::ErrorKind::InvalidInput, "a place outside the file");
        self.at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        }
        .ok_or_else(outside)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &Path) -> Vec<String> {
        let mut texts = Vec::new();
        for mut part in open(path).unwrap() {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            part.rewind().unwrap();
            let mut first = [0];
            assert!(part.read(&mut first).unwrap() == usize::from(!text.is_empty()));
            texts.push(text);
        }
        texts
    }

    #[test]
    fn files_put_behind_one_another_are_read_each_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (feed, second, third) = (place("a", "products"), place("b", ""), place("c", "combinations\n"));
        assert_eq!(texts(&feed), ["products"]);
        append(&feed, &second).unwrap();
        append(&feed, &third).unwrap();
        assert_eq!(texts(&feed), ["products", "", "combinations\n"]);
        for _ in 3..SOURCES_MAX {
            append(&feed, &third).unwrap();
        }
        assert!(matches!(append(&feed, &third), Err(Refused::TooManyFiles)));
        assert_eq!(texts(&feed).len(), SOURCES_MAX);
    }

    #[test]
    fn a_file_that_only_looks_like_several_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for count in [0_u8, 1, 2, 255] {
            let mut bytes = vec![9; 20];
            bytes.push(count);
            bytes.extend_from_slice(MAGIC);
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(open(&path).unwrap().iter().map(|part| part.length).collect::<Vec<_>>(), [bytes.len() as u64]);
        }
    }
}
