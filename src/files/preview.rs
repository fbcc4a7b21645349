//! Previews: an image decoded within limits and drawn anew, smaller, without its metadata.
//!
//! A pool of one: a decoded image of 40 million pixels takes 160 MB. Whoever comes while
//! too many wait gets no preview; the document itself is kept all the same.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

/// The longer side of a preview.
pub const PREVIEW_PIXELS_MAX: u32 = 1_280;
/// Of a whole image, before anything of it is decoded.
const PIXELS_MAX: u64 = 40_000_000;
const SIDE_PIXELS_MAX: u32 = 32_768;
/// What decoding may take: four bytes a pixel, and half as much again for the decoder.
const DECODER_BYTES_MAX: u64 = PIXELS_MAX * 6;
/// Previews asked for at once, the one that runs included.
const WAITING_MAX: usize = 16;
const JPEG_QUALITY: u8 = 82;

/// The pool. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Previews {
    asked: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Default for Previews {
    fn default() -> Self {
        Self { asked: Arc::new(Semaphore::new(WAITING_MAX)), running: Arc::new(Semaphore::new(1)) }
    }
}

impl Previews {
    /// The image of this file, at most [`PREVIEW_PIXELS_MAX`], as JPEG (PNG where it is see-through).
    /// None: too large, not decodable, or too many wait.
    pub async fn draw(&self, file: &Path) -> Option<Vec<u8>> {
        let _asked = self.asked.try_acquire().ok()?;
        let _running = self.running.acquire().await.ok()?;
        let file: PathBuf = file.to_owned();
        tokio::task::spawn_blocking(move || draw(&file)).await.ok().flatten()
    }
}

fn draw(file: &Path) -> Option<Vec<u8>> {
    let mut reader = ImageReader::open(file).ok()?.with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_PIXELS_MAX);
    limits.max_image_height = Some(SIDE_PIXELS_MAX);
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return None;
    }
    // A photograph says how it was held only in the metadata that the preview leaves out.
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if width > PREVIEW_PIXELS_MAX || height > PREVIEW_PIXELS_MAX {
        picture = picture.resize(PREVIEW_PIXELS_MAX, PREVIEW_PIXELS_MAX, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    encode(&picture)
}

fn encode(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    if picture.color().has_alpha() {
        DynamicImage::from(picture.to_rgba8()).write_to(&mut out, ImageFormat::Png).ok()?;
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY);
        DynamicImage::from(picture.to_rgb8()).write_with_encoder(encoder).ok()?;
    }
    Some(out.into_inner())
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, RgbaImage};

    use super::*;

    fn saved(picture: &DynamicImage) -> tempfile::TempPath {
        let file = tempfile::NamedTempFile::new().unwrap();
        picture.write_to(&mut std::fs::File::create(file.path()).unwrap(), ImageFormat::Png).unwrap();
        file.into_temp_path()
    }

    #[tokio::test]
    async fn a_preview_is_drawn_anew_and_small() {
        let photo = DynamicImage::from(RgbImage::from_pixel(2_600, 1_300, Rgb([200, 40, 40])));
        let preview = Previews::default().draw(&saved(&photo)).await.unwrap();
        assert_eq!(image::guess_format(&preview).unwrap(), ImageFormat::Jpeg);
        let drawn = image::load_from_memory(&preview).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (1_280, 640));

        let logo = DynamicImage::from(RgbaImage::new(300, 200));
        let preview = Previews::default().draw(&saved(&logo)).await.unwrap();
        assert_eq!(image::guess_format(&preview).unwrap(), ImageFormat::Png);
    }

    #[tokio::test]
    async fn a_bomb_or_rubbish_gets_no_preview() {
        let mut bomb = Cursor::new(Vec::new());
        DynamicImage::from(image::GrayImage::new(16, 16)).write_to(&mut bomb, ImageFormat::Png).unwrap();
        let mut bytes = bomb.into_inner();
        // Claims 30,000 x 30,000 in the header, with the checksum that belongs to it.
        bytes[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let sum = crc(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&sum);
        for bytes in [bytes, b"\x89PNG\r\n\x1a\nrubbish".to_vec()] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), bytes).unwrap();
            assert!(Previews::default().draw(file.path()).await.is_none());
        }
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }
}
