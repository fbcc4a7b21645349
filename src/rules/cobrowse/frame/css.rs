//! CSS as the page writes it: nothing in it asks for what is not ours.
//!
//! Read token by token as in `widget/src/shared/css.ts`, which wrote it: addresses are quoted and on
//! the list, strings and comments are closed, no sheet names another. What that writer would have
//! changed is refused.

use std::borrow::Cow;

use super::list::List;

/// Between the texts of one style element; the player joins them without it.
const SPLIT: &str = "/* rr_split */";

/// The text of a sheet, as it is and as the player joins it.
pub(super) fn is_clean_sheet(css: &str, list: &List) -> bool {
    is_clean(css, list) && (!css.contains(SPLIT) || is_clean(&css.replace(SPLIT, ""), list))
}

pub(super) fn is_clean(css: &str, list: &List) -> bool {
    Css { rest: css, list, depth: 0, set: 0, before: Before::Start }.reads()
}

/// What stood before, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    /// `{` or `;`: a property begins.
    Begin,
    /// `type(`, whose string is no address.
    Type,
    Other,
}

struct Css<'a> {
    rest: &'a str,
    list: &'a List,
    depth: usize,
    /// How deep we stood where an image set began; 0 = in none.
    set: usize,
    before: Before,
}

impl<'a> Css<'a> {
    fn reads(mut self) -> bool {
        while let Some(first) = self.rest.chars().next() {
            let fine = match first {
                '/' if self.rest.starts_with("/*") => self.comment(),
                '"' | '\'' => {
                    let fine = self.string(first).is_some() && (self.set == 0 || self.before == Before::Type);
                    self.before = Before::Other;
                    fine
                }
                _ => self.word_or_sign(first),
            };
            if !fine {
                return false;
            }
        }
        true
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        skipped
    }

    fn comment(&mut self) -> bool {
        let end = self.rest.get(2..).and_then(|inside| inside.find("*/"));
        end.map(|end| self.skip(end + 4)).is_some()
    }

    /// What stands between the quotes; absent = it is not closed.
    fn string(&mut self, quote: char) -> Option<&'a str> {
        let inside = self.rest.get(1..)?;
        let mut escaped = false;
        for (at, char) in inside.char_indices() {
            if escaped {
                escaped = false;
            } else if char == '\\' {
                escaped = true;
            } else if char == quote {
                self.skip(at + 2);
                return inside.get(..at);
            } else if is_newline(char) {
                return None;
            }
        }
        None
    }

    fn word_or_sign(&mut self, first: char) -> bool {
        let sign = if matches!(first, '@' | '#') { 1 } else { 0 };
        let length = self.rest.get(sign..).map_or(0, word_length);
        if length == 0 {
            self.skip(first.len_utf8());
            self.sign(first);
            return true;
        }
        let is_function = self.rest.get(sign + length..).is_some_and(|rest| rest.starts_with('('));
        let word = self.skip(sign + length + usize::from(is_function));
        let raw = word;
        let word = plain(word.strip_suffix('(').filter(|_| is_function).unwrap_or(word)).to_lowercase();
        let begins = matches!(self.before, Before::Start | Before::Begin);
        self.before = if is_function && word == "type" { Before::Type } else { Before::Other };
        if is_function {
            return self.function(&word, raw);
        }
        match word.as_str() {
            "@import" | "@namespace" | "@charset" => false,
            "behavior" | "-moz-binding" => !begins,
            _ => true,
        }
    }

    fn sign(&mut self, sign: char) {
        match sign {
            '(' => self.depth += 1,
            ')' => {
                if self.depth == self.set {
                    self.set = 0;
                }
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
        if !sign.is_whitespace() {
            self.before = if matches!(sign, '{' | ';') { Before::Begin } else { Before::Other };
        }
    }

    fn function(&mut self, name: &str, raw: &str) -> bool {
        if name == "url" {
            return raw == "url(" && self.address();
        }
        self.depth += 1;
        if matches!(name, "src" | "image" | "expression") {
            return false;
        }
        if self.set > 0 {
            return matches!(name, "type" | "calc") || name.ends_with("gradient");
        }
        if matches!(name, "image-set" | "-webkit-image-set") {
            self.set = self.depth;
        }
        true
    }

    /// Only as it is written by the page: in double quotes and closed at once.
    fn address(&mut self) -> bool {
        if !self.rest.starts_with('"') {
            return false;
        }
        let address = self.string('"').map(plain);
        let closed = self.rest.starts_with(')');
        self.skip(1);
        closed && address.is_some_and(|address| self.list.is_address(&address))
    }
}

fn is_newline(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{c}')
}

fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t') || is_newline(char)
}

/// Bytes of the name that stands here, escapes included.
fn word_length(text: &str) -> usize {
    let mut rest = text;
    loop {
        let mut chars = rest.chars();
        rest = match chars.next() {
            Some('-' | '_' | '\u{80}'..) => chars.as_str(),
            Some(char) if char.is_ascii_alphanumeric() => chars.as_str(),
            Some('\\') => match escape(chars.as_str()) {
                Some((_, rest)) => rest,
                None => break,
            },
            Some(_) | None => break,
        };
    }
    text.len() - rest.len()
}

/// What an escape stands for, and what follows it; absent = it is none.
fn escape(text: &str) -> Option<(char, &str)> {
    let digits = text.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        let mut chars = text.chars();
        let char = chars.next().filter(|&char| !is_newline(char))?;
        return Some((char, chars.as_str()));
    }
    let (hex, rest) = text.split_at_checked(digits)?;
    let char = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(is_space)).unwrap_or(rest);
    Some((char, rest))
}

fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        rest = if let Some((char, after)) = escape(after) {
            out.push(char);
            after
        } else {
            // An escaped line break in a string stands for nothing.
            after.strip_prefix("\r\n").or_else(|| after.strip_prefix(is_newline)).unwrap_or(after)
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}
