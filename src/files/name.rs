//! A document's name: text for people, never a path.

use unicode_normalization::UnicodeNormalization;

use super::Kind;

pub const NAME_BYTES_MAX: usize = 200;
/// Of a file that came without a usable one.
const NAMELESS: &str = "document";

/// One line without separators, control or direction characters, at most [`NAME_BYTES_MAX`] bytes.
#[must_use]
pub fn clean(name: &str) -> String {
    // What a browser of long ago sent before the name was a path of its own machine.
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .nfc()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c) && !matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        .collect();
    let trimmed = kept.trim_matches([' ', '.']);
    if trimmed.is_empty() { NAMELESS.to_owned() } else { shortened(trimmed) }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Cut in front of the extension, which people need.
fn shortened(name: &str) -> String {
    if name.len() <= NAME_BYTES_MAX {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 10 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let mut end = NAME_BYTES_MAX.saturating_sub(extension.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{extension}", stem.get(..end).unwrap_or_default().trim_end())
}

/// The name with an extension that fits what the file is, so that a system opens it as that.
#[must_use]
pub fn with_extension(name: &str, kind: Kind) -> String {
    let fits = |extension: &str| kind.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known));
    match (name.rsplit_once('.'), kind.extensions().first()) {
        (Some((stem, extension)), _) if !stem.is_empty() && fits(extension) => name.to_owned(),
        (_, Some(usual)) => shortened(&format!("{name}.{usual}")),
        (_, None) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_and_never_a_path() {
        for (given, wanted) in [
            ("facture 12.pdf", "facture 12.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
            ("..", "document"),
            (".htaccess", "htaccess"),
            ("a\0b\u{202e}gpj.exe", "abgpj.exe"),
            ("re\u{301}sume\u{301}.pdf", "résumé.pdf"),
            ("two\nlines\t.txt", "two lines .txt"),
            ("<img src=x>.png", "img src=x.png"),
            ("", "document"),
        ] {
            assert_eq!(clean(given), wanted, "{given:?}");
        }
        let long = clean(&format!("{}.pdf", "é".repeat(300)));
        assert!(long.len() <= NAME_BYTES_MAX && long.ends_with("é.pdf"), "{long}");
    }

    #[test]
    fn the_extension_says_what_the_bytes_are() {
        for (given, kind, wanted) in [
            ("photo.JPG", Kind::Jpeg, "photo.JPG"),
            ("photo.html", Kind::Png, "photo.html.png"),
            ("photo", Kind::Webp, "photo.webp"),
            ("notes.md", Kind::Text, "notes.md"),
            ("png", Kind::Png, "png.png"),
        ] {
            assert_eq!(with_extension(given, kind), wanted, "{given}");
        }
    }
}
