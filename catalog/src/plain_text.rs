//! HTML to plain text: what a shop wrote for its pages, readable in a chat.
//!
//! Tags, scripts and styles go, blocks and list entries become lines, entities
//! are decoded once. It is no sanitiser: what comes out is text and is drawn as
//! text.

use std::borrow::Cow;

use memchr::memchr2;

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "section",
    "article",
    "blockquote",
    "dt",
    "dd",
    "pre",
];
/// Elements whose content is no text for people.
const SILENT: &[&str] = &["script", "style", "template", "noscript", "iframe", "svg"];
/// `&thetasym;` has nine letters; longer is no entity.
const ENTITY_BYTES_MAX: usize = 12;

/// The text of a piece of HTML, cut at `bytes_max` on a character boundary.
/// Control characters and NUL are dropped; plain text stays what it is.
#[must_use]
pub fn plain_text(html: &str, bytes_max: usize) -> String {
    if html.len() < bytes_max && plain_bytes(html) == html.len() && !html.ends_with(' ') {
        return html.to_owned();
    }
    // Text hardly grows when tags and entities go.
    let mut out = Lines::new(bytes_max, html.len());
    let mut rest = html;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        let (text, from) = rest.split_at(at);
        out.text(text);
        rest = if from.starts_with('<') { tag(from, &mut out) } else { entity(from, &mut out) };
        if out.is_full() {
            break;
        }
    }
    if !out.is_full() {
        out.text(rest);
    }
    out.end()
}

/// How many bytes at the start of a text are what comes out of them: words of plain letters
/// with one space between them, and perhaps one behind.
fn plain_bytes(text: &str) -> usize {
    let mut before = b' ';
    let is_other = |byte: u8| {
        let was_space = std::mem::replace(&mut before, byte) == b' ';
        !matches!(byte, b'!'..=b'~' | b' ') || matches!(byte, b'<' | b'&') || (was_space && byte == b' ')
    };
    text.bytes().position(is_other).unwrap_or(text.len())
}

/// Reads one tag at the start of `html` and answers what follows it.
fn tag<'a>(html: &'a str, out: &mut Lines) -> &'a str {
    let after = html.get(1..).unwrap_or_default();
    if let Some(comment) = after.strip_prefix("!--") {
        return comment.find("-->").map_or("", |end| comment.get(end + 3..).unwrap_or_default());
    }
    let is_tag = after.starts_with(|next: char| next.is_ascii_alphabetic() || next == '/' || next == '!');
    let Some(end) = after.find('>').filter(|_| is_tag) else {
        // `a < b` is text.
        out.text("<");
        return after;
    };
    let inside = after.get(..end).unwrap_or_default();
    let rest = after.get(end + 1..).unwrap_or_default();
    let closing = inside.starts_with('/');
    let bare = inside.trim_start_matches('/');
    let length = bare.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = bare.get(..length).unwrap_or_default();
    let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_one_of(BLOCKS) {
        out.line();
    }
    if !closing && is_one_of(SILENT) && !inside.ends_with('/') {
        return after_closing(rest, &name.to_ascii_lowercase());
    }
    if is_one_of(&["td", "th"]) {
        out.text(" ");
    }
    rest
}

/// What follows `</name>`; nothing when it never closes.
fn after_closing<'a>(html: &'a str, name: &str) -> &'a str {
    let lower = html.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("</{name}")) else {
        return "";
    };
    let from = html.get(at..).unwrap_or_default();
    from.find('>').and_then(|end| from.get(end + 1..)).unwrap_or_default()
}

fn entity<'a>(html: &'a str, out: &mut Lines) -> &'a str {
    let end = html.bytes().take(ENTITY_BYTES_MAX).position(|byte| byte == b';');
    if let Some(end) = end
        && let Some(name) = html.get(1..end)
        && let Some(decoded) = decode(name)
    {
        out.text(&decoded);
        return html.get(end + 1..).unwrap_or_default();
    }
    out.text("&");
    html.get(1..).unwrap_or_default()
}

fn decode(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(|letter| Cow::Owned(letter.to_string()));
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, text)| Cow::Borrowed(*text))
}

#[rustfmt::skip]
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "),
    ("eacute", "é"), ("egrave", "è"), ("ecirc", "ê"), ("euml", "ë"), ("agrave", "à"), ("acirc", "â"),
    ("auml", "ä"), ("aacute", "á"), ("atilde", "ã"), ("aring", "å"), ("ccedil", "ç"), ("icirc", "î"),
    ("iuml", "ï"), ("iacute", "í"), ("ocirc", "ô"), ("ouml", "ö"), ("oacute", "ó"), ("oslash", "ø"),
    ("ugrave", "ù"), ("ucirc", "û"), ("uuml", "ü"), ("uacute", "ú"), ("ntilde", "ñ"), ("szlig", "ß"),
    ("oelig", "œ"), ("aelig", "æ"), ("Eacute", "É"), ("Egrave", "È"), ("Agrave", "À"), ("Ccedil", "Ç"),
    ("Ocirc", "Ô"), ("Ouml", "Ö"), ("Uuml", "Ü"), ("Auml", "Ä"), ("rsquo", "’"), ("lsquo", "‘"),
    ("rdquo", "”"), ("ldquo", "“"), ("laquo", "«"), ("raquo", "»"), ("ndash", "–"), ("mdash", "—"),
    ("hellip", "…"), ("bull", "•"), ("middot", "·"), ("euro", "€"), ("pound", "£"), ("yen", "¥"),
    ("cent", "¢"), ("copy", "©"), ("reg", "®"), ("trade", "™"), ("deg", "°"), ("times", "×"),
    ("frac12", "½"), ("frac14", "¼"), ("frac34", "¾"), ("sup2", "²"), ("sup3", "³"), ("micro", "µ"),
    ("plusmn", "±"), ("shy", ""), ("zwnj", ""), ("zwj", ""), ("thinsp", " "), ("ensp", " "), ("emsp", " "),
];

/// Collects words into lines, one space between words, no empty lines.
struct Lines {
    text: String,
    bytes_max: usize,
    space: bool,
    line: bool,
}

impl Lines {
    fn new(bytes_max: usize, about: usize) -> Self {
        Self { text: String::with_capacity(about.min(bytes_max)), bytes_max, space: false, line: false }
    }

    fn is_full(&self) -> bool {
        self.text.len() >= self.bytes_max
    }

    fn line(&mut self) {
        self.line = true;
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            // Nearly all text is words of plain letters, taken together.
            let words = rest.get(..plain_bytes(rest)).unwrap_or_default();
            let plain = words.strip_suffix(' ').unwrap_or(words).len();
            let length = if plain > 0 { plain } else { letter.len_utf8() };
            let (piece, behind) = rest.split_at(length);
            rest = behind;
            match letter {
                _ if plain > 0 => self.words(piece),
                '\n' | '\r' => self.line |= letter == '\n',
                letter if letter.is_whitespace() => self.space = true,
                letter if letter.is_control() || letter == '\u{feff}' => {}
                letter => self.letter(letter),
            }
        }
    }

    /// Words with one space between them.
    fn words(&mut self, words: &str) {
        if self.text.len() + words.len() + 1 > self.bytes_max {
            words.chars().for_each(|letter| match letter {
                ' ' => self.space = true,
                letter => self.letter(letter),
            });
            return;
        }
        self.between();
        self.text.push_str(words);
    }

    fn letter(&mut self, letter: char) {
        if self.text.len() + letter.len_utf8() + 1 > self.bytes_max {
            return;
        }
        self.between();
        self.text.push(letter);
    }

    /// What stands between the text so far and what comes.
    fn between(&mut self) {
        if !self.text.is_empty() && self.line {
            self.text.push('\n');
        } else if !self.text.is_empty() && self.space {
            self.text.push(' ');
        }
        self.space = false;
        self.line = false;
    }

    fn end(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(html: &str) -> String {
        plain_text(html, 1_000)
    }

    #[test]
    fn html_becomes_lines_of_text() {
        let table = [
            ("<p>Oak &amp; steel.</p><p>Two drawers</p>", "Oak & steel.\nTwo drawers"),
            ("<ul><li>A</li><li>B</li></ul>", "A\nB"),
            ("a<br/>b", "a\nb"),
            ("x<script>alert(1)</script>y<STYLE>p{}</STYLE>z", "xyz"),
            ("Caf&eacute; &#233;t&#xE9; &euro;", "Café été €"),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
            ("size < 5 & > 3", "size < 5 & > 3"),
            ("<b>bold</b> move", "bold move"),
            ("<script>never closed", ""),
            ("plain\ntext\r\nstays", "plain\ntext\nstays"),
            ("a\u{0}b\u{7}c", "abc"),
            ("<!-- hidden -->shown", "shown"),
            ("<", "<"),
            ("&", "&"),
        ];
        for (html, text) in table {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let cut = plain_text(&"é".repeat(1_000), 101);
        assert!(cut.len() <= 101 && cut.chars().all(|letter| letter == 'é'));
    }

    #[test]
    fn text_taken_as_a_whole_is_what_its_letters_are_one_by_one() {
        const PIECES: [&str; 14] =
            ["a", "bc", " ", " ", "  ", "é", "\n", "\r", "\t", ".", "\u{a0}", "\u{7}", "word", "-"];
        let mut state = 5_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % below as u64).unwrap()
        };
        for _ in 0..20_000 {
            let text: String = (0..next(20)).map(|_| PIECES[next(PIECES.len())]).collect();
            let apart: String = text.chars().map(|letter| format!("{letter}<b></b>")).collect();
            assert_eq!(plain_text(&text, 1_000), plain_text(&apart, 1_000), "{text:?}");
            for bytes_max in [12, 7, 1] {
                assert!(plain_text(&text, bytes_max).len() <= bytes_max, "{text:?} in {bytes_max}");
            }
        }
    }
}
