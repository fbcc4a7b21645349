//! A style sheet, font or picture: what it is by its bytes, and that its name is their hash.
//!
//! What a page says about a file is not asked. A sheet must be clean CSS; a drawing (SVG) is served
//! for pictures only, where nothing in it runs or loads.

use sha2::{Digest, Sha256};

use crate::protocol::cobrowse::FrameFault;

use super::list::List;
use super::{Asset, css};

const FONT_BYTES_MAX: usize = 300_000;
const IMAGE_BYTES_MAX: usize = 1_000_000;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssetType {
    Css,
    Svg,
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
    Ico,
    Bmp,
    Woff,
    Woff2,
    Ttf,
    Otf,
}

impl AssetType {
    /// As it is served, always with `nosniff`.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Css => "text/css; charset=utf-8",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Ico => "image/x-icon",
            Self::Bmp => "image/bmp",
            Self::Woff => "font/woff",
            Self::Woff2 => "font/woff2",
            Self::Ttf => "font/ttf",
            Self::Otf => "font/otf",
        }
    }

    /// Kept for all visitors of a site. A picture is not: a common cache answers whether somebody
    /// else has seen it.
    #[must_use]
    pub fn is_of_site(self) -> bool {
        matches!(self, Self::Css) || self.is_font()
    }

    fn is_font(self) -> bool {
        matches!(self, Self::Woff | Self::Woff2 | Self::Ttf | Self::Otf)
    }
}

/// 32 bytes of SHA-256, then the file.
pub(super) fn check(body: &[u8]) -> Result<Asset, FrameFault> {
    let (told, bytes) = body.split_first_chunk::<32>().ok_or(FrameFault::BadAsset)?;
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let kind = type_of(bytes).filter(|_| hash == *told).ok_or(FrameFault::BadAsset)?;
    let most = match kind {
        AssetType::Css => usize::MAX,
        _ if kind.is_font() => FONT_BYTES_MAX,
        _ => IMAGE_BYTES_MAX,
    };
    if bytes.len() > most {
        return Err(FrameFault::TooLarge);
    }
    Ok(Asset { hash, kind, bytes: bytes.to_vec() })
}

fn type_of(bytes: &[u8]) -> Option<AssetType> {
    Some(match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => AssetType::Png,
        [0xff, 0xd8, 0xff, ..] => AssetType::Jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => AssetType::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => AssetType::Webp,
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => AssetType::Avif,
        [0, 0, 1, 0, ..] => AssetType::Ico,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => AssetType::Bmp,
        [b'w', b'O', b'F', b'F', ..] => AssetType::Woff,
        [b'w', b'O', b'F', b'2', ..] => AssetType::Woff2,
        [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] => AssetType::Ttf,
        [b'O', b'T', b'T', b'O', ..] => AssetType::Otf,
        _ => return text_type(bytes),
    })
}

fn is_control(char: char) -> bool {
    char.is_control() && !char.is_whitespace()
}

/// No sheet begins like a document, and no document but a drawing is taken.
fn text_type(bytes: &[u8]) -> Option<AssetType> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains(is_control))?;
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    if !rest.starts_with('<') {
        return css::is_clean_sheet(text, List::get()?).then_some(AssetType::Css);
    }
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            ">"
        } else {
            break;
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let after = rest.strip_prefix("<svg")?;
    after.starts_with(|char: char| char.is_whitespace() || matches!(char, '>' | '/')).then_some(AssetType::Svg)
}
