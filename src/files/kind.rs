//! What a file is, told from its bytes and from nothing that its sender said.
//!
//! Archives are never opened: of office documents only the names in the directory at
//! their end are read, and those with macros are refused.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The types that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Png,
    Jpeg,
    Webp,
    Gif,
    Pdf,
    Text,
    Csv,
    Docx,
    Xlsx,
    Odt,
    Ods,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Gif,
        Self::Pdf,
        Self::Text,
        Self::Csv,
        Self::Docx,
        Self::Xlsx,
        Self::Odt,
        Self::Ods,
    ];

    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    /// File name extensions that fit, the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "md", "log"],
            Self::Csv => &["csv"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
        }
    }

    /// A preview can be drawn anew from it.
    #[must_use]
    pub fn has_preview(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp)
    }

    fn of_head(head: &[u8]) -> Option<Self> {
        match head {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// Bytes of a file's head that are kept for its magic number.
const HEAD_BYTES: usize = 128;

/// Looks at a file as it passes.
#[derive(Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    /// Bytes of a UTF-8 character that the next chunk completes.
    pending: Vec<u8>,
    /// Something came that no text has.
    is_binary: bool,
}

impl Sniffer {
    pub fn feed(&mut self, chunk: &[u8]) {
        let missing = HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend(chunk.iter().take(missing));
        if self.is_binary {
            return;
        }
        // A text has no control characters but tab, line feed, form feed, carriage return, escape.
        let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x1b);
        if chunk.iter().any(is_control) {
            self.is_binary = true;
            return;
        }
        let joined: Vec<u8>;
        let bytes = if self.pending.is_empty() {
            chunk
        } else {
            joined = [self.pending.as_slice(), chunk].concat();
            &joined
        };
        match std::str::from_utf8(bytes) {
            Ok(_) => self.pending = Vec::new(),
            Err(error) if error.error_len().is_none() => {
                self.pending = bytes.get(error.valid_up_to()..).unwrap_or_default().to_vec();
            }
            Err(_) => self.is_binary = true,
        }
    }

    /// Nothing that is taken can begin like this: no need to read on.
    #[must_use]
    pub fn is_hopeless(&self) -> bool {
        self.head.len() >= 16 && self.is_binary && Kind::of_head(&self.head).is_none() && !self.is_zip()
    }

    fn is_zip(&self) -> bool {
        self.head.starts_with(b"PK\x03\x04")
    }

    /// What the whole file is; `name` only tells a table from a text.
    ///
    /// # Errors
    /// What the file system says.
    pub fn kind(&self, file: &Path, name: &str) -> io::Result<Option<Kind>> {
        if let Some(kind) = Kind::of_head(&self.head) {
            return Ok(Some(kind));
        }
        if self.is_zip() {
            return office(file);
        }
        let is_text = !self.is_binary && self.pending.is_empty() && !self.head.is_empty() && !is_markup(&self.head);
        let is_table = name.to_lowercase().ends_with(".csv");
        Ok(is_text.then_some(if is_table { Kind::Csv } else { Kind::Text }))
    }
}

/// HTML, SVG and other XML are texts that browsers run.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().first() == Some(&b'<')
}

/// A zip's directory is read up to this size.
const DIRECTORY_BYTES_MAX: u64 = 1024 * 1024;
/// The end record, its comment left out: office programs write none.
const END_BYTES: u64 = 22;

/// Which office document a zip is, by the names of its entries.
fn office(path: &Path) -> io::Result<Option<Kind>> {
    let mut file = File::open(path)?;
    if let Some(kind) = open_document(&mut file)? {
        return Ok(Some(kind));
    }
    let names = entry_names(&mut file)?;
    let has = |name: &[u8]| names.iter().any(|entry| entry.eq_ignore_ascii_case(name));
    let has_macros = names.iter().any(|entry| entry.to_ascii_lowercase().ends_with(b"vbaproject.bin"));
    if !has(b"[Content_Types].xml") || has_macros {
        return Ok(None);
    }
    Ok(match (has(b"word/document.xml"), has(b"xl/workbook.xml")) {
        (true, false) => Some(Kind::Docx),
        (false, true) => Some(Kind::Xlsx),
        _ => None,
    })
}

/// OpenDocument puts its media type first, uncompressed, at a fixed place.
fn open_document(file: &mut File) -> io::Result<Option<Kind>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let Some(after) = head.get(30..).and_then(|rest| rest.strip_prefix(b"mimetype")) else { return Ok(None) };
    let types = [(Kind::Ods, Kind::Ods.media_type()), (Kind::Odt, Kind::Odt.media_type())];
    let found = types.iter().find(|(_, media_type)| {
        // What follows must not be a letter or a hyphen: `…text-master` is another type.
        after.strip_prefix(media_type.as_bytes()).is_some_and(|rest| rest.starts_with(b"PK"))
    });
    Ok(found.map(|(kind, _)| *kind))
}

/// Names of a zip's central directory; none when it is not as usual.
fn entry_names(file: &mut File) -> io::Result<Vec<Vec<u8>>> {
    let length = file.seek(SeekFrom::End(0))?;
    let Some(at) = length.checked_sub(END_BYTES) else { return Ok(Vec::new()) };
    file.seek(SeekFrom::Start(at))?;
    let mut end = [0_u8; END_BYTES as usize];
    file.read_exact(&mut end)?;
    let (size, offset) = (u64::from(four(&end, 12)), u64::from(four(&end, 16)));
    if !end.starts_with(b"PK\x05\x06") || size > DIRECTORY_BYTES_MAX || offset + size > at {
        return Ok(Vec::new());
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut directory = Vec::new();
    file.take(size).read_to_end(&mut directory)?;
    let (mut names, mut rest) = (Vec::new(), directory.as_slice());
    while rest.starts_with(b"PK\x01\x02") {
        let (name, extra, comment) = (two(rest, 28), two(rest, 30), two(rest, 32));
        let Some(entry) = rest.get(46..46 + name) else { break };
        names.push(entry.to_vec());
        rest = rest.get(46 + name + extra + comment..).unwrap_or_default();
    }
    Ok(names)
}

fn two(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..at + 2) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    }
}

fn four(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some([a, b, c, d]) => u32::from_le_bytes([*a, *b, *c, *d]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn kind_of(name: &str, bytes: &[u8]) -> Option<Kind> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let mut sniffer = Sniffer::default();
        for chunk in bytes.chunks(7) {
            sniffer.feed(chunk);
        }
        sniffer.kind(file.path(), name).unwrap()
    }

    /// A zip with empty entries of these names; `first` is a stored one with a content.
    fn zip(first: Option<(&str, &str)>, names: &[&str]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        let entries = first.into_iter().chain(names.iter().map(|name| (*name, "")));
        let mut count = 0_u16;
        for (name, content) in entries {
            let (name_length, length) = ((name.len() as u16).to_le_bytes(), (content.len() as u32).to_le_bytes());
            let offset = (out.len() as u32).to_le_bytes();
            out.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
            out.extend(length.iter().chain(&length).chain(&name_length).chain(&[0, 0]));
            out.extend(name.as_bytes().iter().chain(content.as_bytes()));
            directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
            directory.extend(length.iter().chain(&length).chain(&name_length));
            directory.extend([0; 12]);
            directory.extend(offset.iter().chain(name.as_bytes()));
            count += 1;
        }
        let (size, offset) = (directory.len() as u32, out.len() as u32);
        out.extend(directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend(count.to_le_bytes().iter().chain(&count.to_le_bytes()));
        out.extend(size.to_le_bytes().iter().chain(&offset.to_le_bytes()).chain(&[0, 0]));
        out
    }

    #[test]
    fn a_file_is_what_its_bytes_say_and_not_what_it_is_called() {
        let word = zip(None, &["[Content_Types].xml", "word/document.xml"]);
        let excel = zip(None, &["[Content_Types].xml", "xl/workbook.xml"]);
        let macros = zip(None, &["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
        let text = zip(Some(("mimetype", "application/vnd.oasis.opendocument.text")), &["content.xml"]);
        let master = zip(Some(("mimetype", "application/vnd.oasis.opendocument.text-master")), &["content.xml"]);
        let archive = zip(None, &["a.exe", "b.html"]);
        let cases: [(&str, &[u8], Option<Kind>); 20] = [
            ("a.html", b"\x89PNG\r\n\x1a\n....", Some(Kind::Png)),
            ("a.png", b"\xff\xd8\xff\xe0..", Some(Kind::Jpeg)),
            ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            ("a.gif", b"GIF89a......", Some(Kind::Gif)),
            ("a.pdf", b"%PDF-1.7\n\x80\x81", Some(Kind::Pdf)),
            ("a.txt", "Bonjour, où est ma lampe ?\n".as_bytes(), Some(Kind::Text)),
            ("A.CSV", "ref;prix\nL1;12,90 €\n".as_bytes(), Some(Kind::Csv)),
            ("a.docx", &word, Some(Kind::Docx)),
            ("a.zip", &excel, Some(Kind::Xlsx)),
            ("a.odt", &text, Some(Kind::Odt)),
            ("a.odt", &master, None),
            ("a.docm", &macros, None),
            ("a.zip", &archive, None),
            ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", None),
            ("a.txt", b"\xef\xbb\xbf  <!doctype html><script>", None),
            ("a.txt", b"caf\xe9", None),
            ("a.txt", b"a\0b", None),
            ("a.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", None),
            ("a.mp4", b"\0\0\0\x18ftypmp42", None),
            ("empty.txt", b"", None),
        ];
        for (name, bytes, wanted) in cases {
            assert_eq!(kind_of(name, bytes), wanted, "{name} {:?}", bytes.get(..8));
        }
    }

    #[test]
    fn a_hopeless_file_is_told_from_its_first_bytes() {
        let mut sniffer = Sniffer::default();
        sniffer.feed(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0");
        assert!(sniffer.is_hopeless());
        let mut sniffer = Sniffer::default();
        sniffer.feed(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        assert!(!sniffer.is_hopeless());
    }

    #[test]
    fn every_type_has_a_name_and_an_extension() {
        for kind in Kind::ALL {
            assert!(kind.media_type().contains('/'));
            assert!(!kind.extensions().is_empty());
        }
    }
}
