//! Comparing what a visitor typed with words and labels of the definition.
//!
//! Everything here works on folded text: lower case, no accents, no
//! punctuation. At most [`MATCH_CHARS_MAX`] characters and [`MATCH_WORDS_MAX`]
//! words of a text are looked at; the whole text is stored elsewhere.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a text that matching reads.
pub const MATCH_CHARS_MAX: usize = 500;
/// Words of a text that matching reads.
pub const MATCH_WORDS_MAX: usize = 64;
/// From this likeness (Dice, of trigrams) on, a typed text is a button's label.
pub const LABEL_LIKENESS_MIN: f64 = 0.8;
/// A keyword within so many words after one of these is denied by it.
const NEGATION_REACH_WORDS: usize = 2;
const NEGATIONS: [&str; 5] = ["pas", "sans", "no", "not", "without"];

/// Lower case, no accents, every run of anything else than letters and digits one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars().take(MATCH_CHARS_MAX).nfkd().filter(|c| !is_combining_mark(*c)) {
        for c in c.to_lowercase() {
            match c {
                'œ' => folded.push_str("oe"),
                'æ' => folded.push_str("ae"),
                'ß' => folded.push_str("ss"),
                c if c.is_alphanumeric() => folded.push(c),
                _ if folded.is_empty() || folded.ends_with(' ') => {}
                _ => folded.push(' '),
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a text, folded.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).take(MATCH_WORDS_MAX).map(str::to_owned).collect()
}

/// How alike two folded texts are by their trigrams (Dice), 0 to 1.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (trigrams(a), trigrams(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut left = b.clone();
    let shared = a
        .iter()
        .filter(|gram| left.iter().position(|other| other == *gram).map(|at| left.swap_remove(at)).is_some())
        .count();
    2.0 * count(shared) / (count(a.len()) + count(b.len()))
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

fn trigrams(folded: &str) -> Vec<[char; 3]> {
    let chars: Vec<char> = format!("^{folded}$").chars().collect();
    chars.windows(3).filter_map(|window| <[char; 3]>::try_from(window).ok()).collect()
}

/// The best of `labels` that a typed text names: equal when folded, or very alike.
pub fn label_named<'a>(text: &str, labels: impl Iterator<Item = &'a str>) -> Option<usize> {
    let typed = fold(text);
    if typed.is_empty() {
        return None;
    }
    let mut best: Option<(usize, f64)> = None;
    for (at, label) in labels.enumerate() {
        let label = fold(label);
        let score = if label == typed { 2.0 } else { likeness(&typed, &label) };
        if score >= LABEL_LIKENESS_MIN && best.is_none_or(|(_, other)| score > other) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

/// The words by which a visitor asks for a person.
#[derive(Debug, Clone, Default)]
pub struct Keywords {
    /// As written, and cut into stems.
    list: Vec<(String, Vec<String>)>,
}

impl Keywords {
    pub fn new<'a>(keywords: impl Iterator<Item = &'a str>) -> Self {
        let list = keywords.map(|keyword| (keyword.to_owned(), stems(keyword)));
        Self { list: list.filter(|(_, stems)| !stems.is_empty()).collect() }
    }

    /// The first keyword that occurs in whole words and is not denied just before.
    pub fn found_in(&self, text: &str) -> Option<&str> {
        let words = words(text);
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let found = |keyword: &[String]| {
            stems.windows(keyword.len()).enumerate().any(|(at, window)| window == keyword && !is_denied(&words, at))
        };
        self.list.iter().find(|(_, keyword)| found(keyword)).map(|(written, _)| written.as_str())
    }
}

/// One letter is no word here: it is an elision (`d'un`) or an `à`.
fn is_denied(words: &[String], at: usize) -> bool {
    let before = words.iter().take(at).rev().filter(|word| word.chars().count() > 1);
    before.take(NEGATION_REACH_WORDS).any(|word| NEGATIONS.contains(&word.as_str()))
}

fn stems(text: &str) -> Vec<String> {
    words(text).iter().map(|word| stem(word)).collect()
}

/// A light stem of a folded word: what French and English add for number and gender goes.
fn stem(word: &str) -> String {
    const STEM_CHARS_MIN: usize = 4;
    let mut stem = word;
    for ending in ["s", "x", "e", "er", "ez"] {
        if let Some(shorter) = stem.strip_suffix(ending)
            && shorter.chars().count() >= STEM_CHARS_MIN
        {
            stem = shorter;
        }
    }
    stem.to_owned()
}
