//! One file of a feed, read from its start as often as needed.
//!
//! It is examined once: whether it is compressed, how its letters are spelled, whether it
//! is a table or an XML document. Then it can be opened again and again.

use std::io::{Read, Seek, SeekFrom};

use super::encoding::{self, Decoded, Encoding, NotUtf8, Told};
use super::items::{self, ItemColumn};
use super::opened::{Headed, Opened};
use super::progress::Tally;
use super::unpack::{GZIP_MAGIC, Unpacked};
use super::{FeedFault, Settings, bounds};

/// How a file writes its rows.
pub(super) enum Form {
    Table,
    /// The items of an XML document, under these columns.
    Items(Vec<ItemColumn>),
}

pub(super) struct Source<R> {
    file: R,
    bytes: u64,
    packed: bool,
    told: Told,
    form: Form,
}

impl<R: Read + Seek> Source<R> {
    /// The files of a feed, not yet examined.
    pub fn all(files: Vec<R>) -> Result<Vec<Self>, FeedFault> {
        if files.len() > bounds::SOURCES_MAX {
            return Err(FeedFault::TooManyFiles);
        }
        files.into_iter().map(Self::new).collect()
    }

    fn new(mut file: R) -> Result<Self, FeedFault> {
        let bytes = file.seek(SeekFrom::End(0))?;
        if bytes > bounds::FILE_BYTES_MAX {
            return Err(FeedFault::TooLarge);
        }
        Ok(Self { file, bytes, packed: false, told: Told::Certain(Encoding::Utf8), form: Form::Table })
    }

    /// The size of the file as it is stored.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    pub fn encoding(&self) -> Encoding {
        match self.told {
            Told::Certain(encoding) | Told::SoFar(encoding) => encoding,
        }
    }

    /// Decides what kind of file this is, and for certain how its letters are spelled.
    pub fn examine(&mut self, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        self.glance(tally)?;
        self.make_certain(tally)
    }

    /// Decides what kind of file this is by how it begins. How the letters of a table are
    /// spelled may turn out otherwise as it is read: see [`Source::was_none`].
    pub fn glance(&mut self, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        self.file.rewind()?;
        let mut head = Vec::new();
        (&mut self.file).take(GZIP_MAGIC.len() as u64).read_to_end(&mut head)?;
        self.packed = head == GZIP_MAGIC;
        self.told = encoding::sniff(&mut self.unpacked()?)?;
        if encoding::is_xml(self.decoded()?)? {
            self.make_certain(tally)?;
            self.form = Form::Items(items::columns(self.decoded()?, |bytes, _| tally.bytes(bytes))?);
        }
        Ok(())
    }

    fn make_certain(&mut self, tally: &mut Tally<'_>) -> Result<(), FeedFault> {
        let told = self.told;
        self.told = Told::Certain(encoding::detect(told, &mut self.unpacked()?, tally)?);
        Ok(())
    }

    /// It was read to its end.
    pub fn was_whole(&mut self) {
        self.told = Told::Certain(self.encoding());
    }

    /// Whether reading ended with `fault` because this is no UTF-8; then it is read otherwise.
    pub fn was_none(&mut self, fault: &FeedFault) -> bool {
        let was_none = matches!(self.told, Told::SoFar(_)) && NotUtf8::is_why(fault);
        if was_none {
            self.told = Told::Certain(Encoding::Windows1252);
        }
        was_none
    }

    /// Opens the file at its start.
    pub fn open(&mut self, settings: &Settings) -> Result<Opened<&mut R>, FeedFault> {
        self.headed()?.understood(settings)
    }

    /// Opens the file and reads the names of its columns.
    pub fn headed(&mut self) -> Result<Headed<&mut R>, FeedFault> {
        self.file.rewind()?;
        let unpacked = unpacked(&mut self.file, self.packed, self.bytes);
        Headed::new(Decoded::checked(unpacked, self.told), &self.form)
    }

    /// The file itself, to be read anew.
    pub fn into_file(self) -> R {
        self.file
    }

    fn unpacked(&mut self) -> Result<Unpacked<&mut R>, FeedFault> {
        self.file.rewind()?;
        Ok(unpacked(&mut self.file, self.packed, self.bytes))
    }

    fn decoded(&mut self) -> Result<Decoded<&mut R>, FeedFault> {
        let encoding = self.encoding();
        Ok(Decoded::new(self.unpacked()?, encoding))
    }
}

fn unpacked<R: Read>(file: R, packed: bool, bytes: u64) -> Unpacked<R> {
    if packed { Unpacked::gzip(file, bytes) } else { Unpacked::plain(file) }
}
