//! Cuts a text into words in lower case, accents kept, elisions dropped.
//!
//! Scripts written without spaces give one word a run; cutting them is left out.

use super::{Lang, WORD_BYTES_MAX};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// What French drops before an apostrophe, and nowhere else.
const FRENCH_ELISIONS: &[&str] = &["l", "d", "j", "qu", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu"];
const ITALIAN_ELISIONS: &[&str] = &["l", "un", "d", "c", "dell", "all", "dall", "nell", "sull", "quell"];
/// What English hangs behind an apostrophe, and that no search means.
const ENGLISH_ENDINGS: &[&str] = &["s", "t", "ll", "re", "ve", "d", "m"];

/// Gives each word of a text, in order.
pub(super) fn split(lang: Lang, text: &str, give: impl FnMut(&str)) {
    let mut cutter = Cutter { lang, current: String::new(), after_apostrophe: false, give };
    if text.is_ascii() {
        text.bytes().for_each(|letter| cutter.take_ascii(letter));
    } else if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(|letter| cutter.take(letter));
    } else {
        text.nfkc().for_each(|letter| cutter.take(letter));
    }
    cutter.finish();
}

struct Cutter<G> {
    lang: Lang,
    current: String,
    /// The letter before the current word was an apostrophe joined to a word.
    after_apostrophe: bool,
    give: G,
}

impl<G: FnMut(&str)> Cutter<G> {
    fn take_ascii(&mut self, letter: u8) {
        if !letter.is_ascii_alphanumeric() {
            self.take(char::from(letter));
        } else if self.current.len() + 4 <= WORD_BYTES_MAX {
            self.current.push(char::from(letter.to_ascii_lowercase()));
        }
    }

    fn take(&mut self, letter: char) {
        if letter.is_alphanumeric()
            || (!self.current.is_empty() && unicode_normalization::char::is_combining_mark(letter))
        {
            // Too long a word goes on unread rather than becoming two.
            if self.current.len() + 4 <= WORD_BYTES_MAX {
                self.current.extend(letter.to_lowercase());
            }
        } else if is_apostrophe(letter) && !self.current.is_empty() {
            self.apostrophe();
        } else {
            self.finish();
            self.after_apostrophe = false;
        }
    }

    fn apostrophe(&mut self) {
        let elided = match self.lang {
            Lang::Fr => FRENCH_ELISIONS.contains(&self.current.as_str()),
            Lang::It => ITALIAN_ELISIONS.contains(&self.current.as_str()),
            Lang::En | Lang::De | Lang::Es | Lang::Nl | Lang::Pt | Lang::Other => false,
        };
        if elided {
            self.current.clear();
            self.after_apostrophe = false;
        } else if self.lang == Lang::Fr && self.current == "aujourd" {
            // One word with an apostrophe inside.
        } else {
            self.finish();
            self.after_apostrophe = true;
        }
    }

    fn finish(&mut self) {
        if self.current.is_empty() {
            return;
        }
        let ending = self.after_apostrophe
            && (self.current == "s" || (self.lang == Lang::En && ENGLISH_ENDINGS.contains(&self.current.as_str())));
        if !ending {
            (self.give)(&self.current);
        }
        self.current.clear();
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}' | '\u{b4}' | '`')
}
