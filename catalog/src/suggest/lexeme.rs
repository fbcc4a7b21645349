//! A message cut into words, numbers and signs, as prices need it.
//!
//! [`crate::words`] cuts for searching and drops every sign; here `1 299,90 €`
//! is one number and one sign, `T-100` is no number at all, and each piece knows
//! where it stood. What the pieces mean is decided by [`super::price`] and
//! [`super::values`].

use super::numeral::{self, Decimal};
use crate::words::fold;
use unicode_normalization::UnicodeNormalization;

/// Pieces of one message; what follows is not read.
const LEXEMES_MAX: usize = 600;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Word,
    Number(Decimal),
    /// Digits that are no amount: a date, an address, part of a code.
    Code,
    Sign(char),
}

/// One piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme {
    pub kind: Kind,
    /// In lower case, with accents.
    pub lower: String,
    /// In lower case, without accents.
    pub folded: String,
    /// Bytes of the normalized text.
    pub start: usize,
    pub end: usize,
    /// No space stands before it.
    pub glued: bool,
}

impl Lexeme {
    pub fn is_word(&self, folded: &str) -> bool {
        self.kind == Kind::Word && self.folded == folded
    }

    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// A sentence or a part of it ends here.
    pub fn ends_clause(&self) -> bool {
        matches!(self.kind, Kind::Sign('.' | '!' | '?' | ';' | ',' | '\n' | '(' | ')' | ':'))
    }
}

/// A text in its compatibility form, cut.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cut {
    pub text: String,
    pub lexemes: Vec<Lexeme>,
}

impl Cut {
    /// `three_decimals`: the currency has three, so that `1.250` is not a thousand.
    pub fn of(text: &str, three_decimals: bool) -> Self {
        let text: String = text.nfkc().collect();
        let lexemes = Cutter { text: &text, three_decimals, lexemes: Vec::new() }.cut();
        Self { text, lexemes }
    }

    pub fn at(&self, index: usize) -> Option<&Lexeme> {
        self.lexemes.get(index)
    }

    /// The text without these runs of lexemes.
    pub fn without(&self, runs: &[std::ops::Range<usize>]) -> String {
        let mut rest = String::with_capacity(self.text.len());
        let mut from = 0;
        for run in runs {
            let (Some(first), Some(last)) = (self.at(run.start), self.at(run.end.saturating_sub(1))) else { continue };
            if first.start < from {
                continue;
            }
            rest.push_str(self.text.get(from..first.start).unwrap_or_default());
            rest.push(' ');
            from = last.end;
        }
        rest.push_str(self.text.get(from..).unwrap_or_default());
        rest
    }
}

struct Cutter<'t> {
    text: &'t str,
    three_decimals: bool,
    lexemes: Vec<Lexeme>,
}

impl Cutter<'_> {
    fn cut(mut self) -> Vec<Lexeme> {
        let mut at = 0;
        while let Some(letter) = self.letter(at)
            && self.lexemes.len() < LEXEMES_MAX
        {
            let end = if letter.is_ascii_digit() || self.begins_decimal(at) {
                self.number(at)
            } else if letter.is_alphanumeric() {
                self.word(at)
            } else {
                self.sign(at, letter)
            };
            at = end.max(at + letter.len_utf8());
        }
        self.lexemes
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn letter(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// `.99`, as some write cents.
    fn begins_decimal(&self, at: usize) -> bool {
        let mut letters = self.rest(at).chars();
        letters.next() == Some('.')
            && letters.next().is_some_and(|next| next.is_ascii_digit())
            && self.before(at).is_none_or(|before| before.is_whitespace() || before == '$' || before == '€')
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let lower = self.text.get(start..end).unwrap_or_default().to_lowercase();
        let folded = fold(&lower);
        let glued = self.before(start).is_some_and(|before| !before.is_whitespace());
        self.lexemes.push(Lexeme { kind, lower, folded, start, end, glued });
    }

    fn word(&mut self, start: usize) -> usize {
        let is_letter = |letter: char| {
            (letter.is_alphabetic() && !letter.is_ascii_digit())
                || unicode_normalization::char::is_combining_mark(letter)
        };
        let length: usize = self.rest(start).chars().take_while(|letter| is_letter(*letter)).map(char::len_utf8).sum();
        let end = start + length;
        self.push(Kind::Word, start, end);
        end
    }

    fn number(&mut self, start: usize) -> usize {
        let (read, length) = numeral::digits(self.rest(start), self.three_decimals);
        let mut end = start + length;
        // `50,-` and `50.-`
        if [",-", ".-"].iter().any(|ending| self.rest(end).starts_with(ending)) {
            end += 2;
        }
        let kind = match read {
            Some(value) if !self.belongs_to_a_code(start) => Kind::Number(value),
            Some(_) | None => Kind::Code,
        };
        self.push(kind, start, start + length);
        end
    }

    /// `X200`, `L-201`: letters before digits make a code, but for money and bounds.
    fn belongs_to_a_code(&self, start: usize) -> bool {
        let Some(before) = self.lexemes.last() else { return false };
        let joined = self.text.get(before.end..start).unwrap_or_default();
        let is_joined = joined.is_empty() || joined == "-";
        is_joined
            && match &before.kind {
                Kind::Word => {
                    let may_precede = ["eur", "euro", "euros", "usd", "us", "gbp", "chf", "cad", "max", "min", "sub"];
                    !may_precede.contains(&before.folded.as_str())
                }
                Kind::Code => true,
                Kind::Number(_) | Kind::Sign(_) => false,
            }
    }

    fn sign(&mut self, at: usize, letter: char) -> usize {
        let end = at + letter.len_utf8();
        if letter.is_whitespace() && letter != '\n' {
            return end;
        }
        if is_joiner(letter) && self.stands_between_letters(at, end) {
            return end;
        }
        let two = |ending: char| self.rest(end).starts_with(ending);
        match letter {
            '<' | '>' if two('=') => {
                self.push(Kind::Sign(if letter == '<' { '≤' } else { '≥' }), at, end + 1);
                end + 1
            }
            '–' | '—' | '−' => {
                self.push(Kind::Sign('-'), at, end);
                end
            }
            other => {
                self.push(Kind::Sign(other), at, end);
                end
            }
        }
    }

    fn stands_between_letters(&self, at: usize, end: usize) -> bool {
        let before = self.before(at).is_some_and(char::is_alphabetic);
        let after = self.letter(end).is_some_and(|next| next.is_alphanumeric() || next == '$' || next == '€');
        before && after
    }
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{b4}' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let of = |lexeme: &Lexeme| match &lexeme.kind {
            Kind::Word => lexeme.folded.clone(),
            Kind::Number(value) => format!("#{value}"),
            Kind::Code => format!("?{}", lexeme.folded),
            Kind::Sign(sign) => format!("{sign}"),
        };
        Cut::of(text, false).lexemes.iter().map(of).collect()
    }

    #[test]
    fn numbers_stand_apart_from_words_and_codes_are_no_numbers() {
        for (text, expected) in [
            ("à 1 299,90 €", &["a", "#1299.90", "€"][..]),
            ("1,299.90$", &["#1299.90", "$"]),
            ("1.299,90€", &["#1299.90", "€"]),
            ("L-201 ou x200", &["l", "?201", "ou", "x", "?200"]),
            ("20-40€", &["#20", "-", "#40", "€"]),
            ("le 12.05.2024", &["le", "?12.05.2024"]),
            ("49,- svp", &["#49", "svp"]),
            ("d’une quatre-vingt", &["d", "une", "quatre", "vingt"]),
            ("<=30", &["≤", "#30"]),
            ("$.99", &["$", "#0.99"]),
            ("2\u{202f}500\u{a0}€", &["#2500", "€"]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn runs_are_taken_out_of_the_text() {
        let cut = Cut::of("une lampe à 50 € svp", false);
        assert_eq!(cut.without(std::slice::from_ref(&(2..5))), "une lampe   svp");
        assert_eq!(cut.without(&[]), "une lampe à 50 € svp");
    }
}
