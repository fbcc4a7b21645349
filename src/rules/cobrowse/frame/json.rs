//! JSON read into one flat list, without recursion: a page of 512 levels is two thousand deep in JSON.
//!
//! A value is its place in the text; strings are unescaped when they are asked for. A container knows
//! where it ends, so that a reader steps over what it does not want. A lone surrogate, which no page
//! of ours sends, is refused here.

use std::borrow::Cow;

use crate::protocol::cobrowse::FrameFault;

/// Values of a frame, keys included: some 30 MB of places.
const VALUES_MAX: usize = 2_500_000;
/// Two a level of the page, and what stands around them.
const DEPTH_MAX: usize = 2 * super::NODE_DEPTH_MAX + 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    True,
    False,
    Number,
    Text,
    /// A text with escapes in it.
    Escaped,
    Array,
    Object,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    kind: Kind,
    /// Of a scalar: where it begins in the text, without its quotes.
    at: u32,
    /// Of a scalar: where it ends in the text. Of a container: the item after its last.
    end: u32,
}

/// A whole text, read.
#[derive(Debug)]
pub(super) struct Tape<'a> {
    text: &'a str,
    items: Vec<Item>,
}

/// One value of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t> {
    tape: &'t Tape<'t>,
    item: Item,
    index: usize,
}

enum Expected {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    CommaOrEnd,
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    items: Vec<Item>,
    open: Vec<usize>,
}

impl<'a> Tape<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, FrameFault> {
        let text = std::str::from_utf8(bytes).map_err(|_| FrameFault::NoJson)?;
        let mut reader = Reader { text, bytes, at: 0, items: Vec::new(), open: Vec::new() };
        reader.read()?;
        Ok(Self { text, items: reader.items })
    }

    pub(super) fn root(&self) -> Result<Value<'_>, FrameFault> {
        self.value(0).ok_or(FrameFault::NoJson)
    }

    fn value(&self, index: usize) -> Option<Value<'_>> {
        let item = *self.items.get(index)?;
        Some(Value { tape: self, item, index })
    }
}

impl<'t> Value<'t> {
    pub(super) fn is_null(&self) -> bool {
        self.item.kind == Kind::Null
    }

    pub(super) fn is_true(&self) -> bool {
        self.item.kind == Kind::True
    }

    pub(super) fn is_false(&self) -> bool {
        self.item.kind == Kind::False
    }

    pub(super) fn text(&self) -> Option<Cow<'t, str>> {
        match self.item.kind {
            Kind::Text => Some(Cow::Borrowed(self.raw())),
            Kind::Escaped => Some(Cow::Owned(unescaped(self.raw()))),
            Kind::Null | Kind::True | Kind::False | Kind::Number | Kind::Array | Kind::Object => None,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        (self.item.kind == Kind::Number).then(|| self.raw().parse().ok()).flatten()
    }

    /// Its values, if it is an array.
    pub(super) fn array(&self) -> Option<impl Iterator<Item = Value<'t>> + use<'t>> {
        let (tape, mut next, end) = (self.tape, self.index + 1, self.item.end as usize);
        (self.item.kind == Kind::Array).then(move || {
            std::iter::from_fn(move || {
                let value = (next < end).then(|| tape.value(next)).flatten()?;
                next = value.after();
                Some(value)
            })
        })
    }

    /// Its keys and values, if it is an object; a key can come twice.
    pub(super) fn object(&self) -> Option<impl Iterator<Item = (Cow<'t, str>, Value<'t>)> + use<'t>> {
        let (tape, mut next, end) = (self.tape, self.index + 1, self.item.end as usize);
        (self.item.kind == Kind::Object).then(move || {
            std::iter::from_fn(move || {
                let key = (next < end).then(|| tape.value(next)).flatten()?;
                let value = tape.value(key.after())?;
                next = value.after();
                Some((key.text()?, value))
            })
        })
    }

    fn after(&self) -> usize {
        match self.item.kind {
            Kind::Array | Kind::Object => self.item.end as usize,
            Kind::Null | Kind::True | Kind::False | Kind::Number | Kind::Text | Kind::Escaped => self.index + 1,
        }
    }

    fn raw(&self) -> &'t str {
        self.tape.text.get(self.item.at as usize..self.item.end as usize).unwrap_or_default()
    }
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), FrameFault> {
        let mut expected = Expected::Value;
        loop {
            self.skip_space();
            let Some(&byte) = self.bytes.get(self.at) else { return Err(FrameFault::NoJson) };
            expected = match (expected, byte) {
                (Expected::ValueOrEnd | Expected::CommaOrEnd, b']') => self.close(Kind::Array)?,
                (Expected::KeyOrEnd | Expected::CommaOrEnd, b'}') => self.close(Kind::Object)?,
                (Expected::CommaOrEnd, b',') => {
                    self.at += 1;
                    if self.in_object() { Expected::Key } else { Expected::Value }
                }
                (Expected::Key | Expected::KeyOrEnd, b'"') => {
                    self.string()?;
                    self.skip_space();
                    self.word(b":")?;
                    Expected::Value
                }
                (Expected::Value | Expected::ValueOrEnd, _) => self.value(byte)?,
                (Expected::Key | Expected::KeyOrEnd | Expected::CommaOrEnd, _) => return Err(FrameFault::NoJson),
            };
            if self.open.is_empty() {
                self.skip_space();
                return if self.at == self.bytes.len() { Ok(()) } else { Err(FrameFault::NoJson) };
            }
        }
    }

    fn value(&mut self, byte: u8) -> Result<Expected, FrameFault> {
        let at = self.at;
        match byte {
            b'[' | b'{' => {
                let (kind, expected) =
                    if byte == b'[' { (Kind::Array, Expected::ValueOrEnd) } else { (Kind::Object, Expected::KeyOrEnd) };
                if self.open.len() >= DEPTH_MAX {
                    return Err(FrameFault::TooLarge);
                }
                self.open.push(self.items.len());
                self.at += 1;
                self.put(kind, at, at)?;
                return Ok(expected);
            }
            b'"' => self.string()?,
            b't' => {
                self.word(b"true")?;
                self.put(Kind::True, at, self.at)?;
            }
            b'f' => {
                self.word(b"false")?;
                self.put(Kind::False, at, self.at)?;
            }
            b'n' => {
                self.word(b"null")?;
                self.put(Kind::Null, at, self.at)?;
            }
            b'-' | b'0'..=b'9' => {
                self.number()?;
                self.put(Kind::Number, at, self.at)?;
            }
            _ => return Err(FrameFault::NoJson),
        }
        Ok(Expected::CommaOrEnd)
    }

    fn close(&mut self, kind: Kind) -> Result<Expected, FrameFault> {
        let end = u32::try_from(self.items.len()).map_err(|_| FrameFault::TooLarge)?;
        let open = self.open.pop().ok_or(FrameFault::NoJson)?;
        let item = self.items.get_mut(open).filter(|item| item.kind == kind).ok_or(FrameFault::NoJson)?;
        item.end = end;
        self.at += 1;
        Ok(Expected::CommaOrEnd)
    }

    fn in_object(&self) -> bool {
        self.open.last().and_then(|&open| self.items.get(open)).is_some_and(|item| item.kind == Kind::Object)
    }

    fn put(&mut self, kind: Kind, at: usize, end: usize) -> Result<(), FrameFault> {
        if self.items.len() >= VALUES_MAX {
            return Err(FrameFault::TooLarge);
        }
        let at = u32::try_from(at).map_err(|_| FrameFault::TooLarge)?;
        let end = u32::try_from(end).map_err(|_| FrameFault::TooLarge)?;
        self.items.push(Item { kind, at, end });
        Ok(())
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), FrameFault> {
        let found = self.bytes.get(self.at..self.at + word.len()) == Some(word);
        self.at += word.len();
        if found { Ok(()) } else { Err(FrameFault::NoJson) }
    }

    fn digits(&mut self) -> Result<(), FrameFault> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err(FrameFault::NoJson) }
    }

    fn takes(&mut self, these: &[u8]) -> bool {
        let takes = self.bytes.get(self.at).is_some_and(|byte| these.contains(byte));
        self.at += usize::from(takes);
        takes
    }

    fn number(&mut self) -> Result<(), FrameFault> {
        self.takes(b"-");
        if !self.takes(b"0") {
            self.digits()?;
        }
        if self.takes(b".") {
            self.digits()?;
        }
        if self.takes(b"eE") {
            self.takes(b"+-");
            self.digits()?;
        }
        Ok(())
    }

    fn string(&mut self) -> Result<(), FrameFault> {
        let at = self.at + 1;
        let mut kind = Kind::Text;
        self.at = at;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    kind = Kind::Escaped;
                    self.escape()?;
                }
                Some(0x20..) => self.at += 1,
                Some(..0x20) | None => return Err(FrameFault::NoJson),
            }
        }
        let end = self.at;
        self.at += 1;
        self.put(kind, at, end)
    }

    fn escape(&mut self) -> Result<(), FrameFault> {
        self.at += 1;
        if self.takes(br#""\/bfnrt"#) {
            return Ok(());
        }
        self.word(b"u")?;
        match self.hex()? {
            // Half of a pair: the other half must follow.
            0xd800..=0xdbff => {
                self.word(b"\\u")?;
                if (0xdc00..=0xdfff).contains(&self.hex()?) { Ok(()) } else { Err(FrameFault::NoJson) }
            }
            0xdc00..=0xdfff => Err(FrameFault::NoJson),
            _ => Ok(()),
        }
    }

    fn hex(&mut self) -> Result<u16, FrameFault> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(FrameFault::NoJson)?;
        self.at += 4;
        if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            u16::from_str_radix(digits, 16).map_err(|_| FrameFault::NoJson)
        } else {
            Err(FrameFault::NoJson)
        }
    }
}

/// A text whose escapes were read before.
fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut units = Vec::new();
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut chars = escape.chars();
        let Some(first) = chars.next() else { break };
        if first != 'u' {
            out.push(match first {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                other => other,
            });
            rest = chars.as_str();
            continue;
        }
        units.clear();
        rest = escape;
        while let Some(hex) = rest.strip_prefix('u').and_then(|hex| hex.get(..4)) {
            units.push(u16::from_str_radix(hex, 16).unwrap_or(0xfffd));
            rest = rest.get(5..).unwrap_or_default();
            match rest.strip_prefix('\\') {
                Some(next) if next.starts_with('u') => rest = next,
                _ => break,
            }
        }
        out.extend(char::decode_utf16(units.iter().copied()).map(|unit| unit.unwrap_or('\u{fffd}')));
    }
    out.push_str(rest);
    out
}
