//! Comparing what a visitor typed with words and labels of the definition.
//!
//! Everything here works on folded text: lower case, no accents, no
//! punctuation. At most [`MATCH_CHARS_MAX`] characters and [`MATCH_WORDS_MAX`]
//! words of a text are looked at; the whole text is stored elsewhere.

use comptoir_catalog::words;

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
    let read: String = text.trim().chars().take(MATCH_CHARS_MAX).collect();
    let folded = words::fold(&read);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The part of a text that matching reads, as typed.
pub fn read_part(text: &str) -> &str {
    let text = text.trim();
    let text = text.char_indices().nth(MATCH_CHARS_MAX).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    let (mut words, mut in_word) = (0, false);
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() && !in_word {
            words += 1;
            if words > MATCH_WORDS_MAX {
                return text.get(..at).unwrap_or(text).trim_end();
            }
        }
        in_word = !c.is_whitespace();
    }
    text.trim_end()
}

/// The words of a text, folded.
pub fn words_of(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).take(MATCH_WORDS_MAX).map(str::to_owned).collect()
}

/// How alike two folded texts are by their trigrams (Dice), 0 to 1.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, mut left): (Vec<String>, Vec<String>) = (words::trigrams(a).collect(), words::trigrams(b).collect());
    let all = a.len() + left.len();
    let mut shared = 0;
    for gram in &a {
        if let Some(at) = left.iter().position(|other| other == gram) {
            left.swap_remove(at);
            shared += 2;
        }
    }
    if all == 0 { 0.0 } else { f64::from(shared) / f64::from(u32::try_from(all).unwrap_or(u32::MAX)) }
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
        let words = words_of(text);
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
    words_of(text).iter().map(|word| stem(word)).collect()
}

/// What French and English add for number and gender goes, and no more: the
/// catalog's stems make one of `conseil` and `conseiller`, and whoever wants
/// advice on a lamp does not ask for a person yet.
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

#[cfg(test)]
mod tests {
    use comptoir_catalog::words::{Analysis, Lang};

    use super::*;

    #[test]
    fn whoever_wants_advice_does_not_ask_for_an_advisor_yet() {
        let french = Analysis::of(Lang::Fr);
        assert_eq!(french.stem("conseil"), french.stem("conseiller"), "why the catalog's stems are not used here");
        let keywords = Keywords::new(["conseiller"].into_iter());
        assert_eq!(keywords.found_in("j'aimerais un conseil pour ma chambre"), None);
        for text in ["une conseillère", "vos Conseillers ?", "le conseiller"] {
            assert_eq!(keywords.found_in(text), Some("conseiller"), "{text}");
        }
    }

    #[test]
    fn folding_makes_one_of_what_people_type_in_many_ways() {
        assert_eq!(fold("  Où  EST\tl’Œuvre ?!"), "ou est l oeuvre");
        assert_eq!(fold("…"), "");
        assert_eq!(words_of(&"mot ".repeat(500)).len(), MATCH_WORDS_MAX);
    }

    #[test]
    fn likeness_is_one_for_the_same_and_falls_with_each_typing_mistake() {
        assert!((likeness("suivi", "suivi") - 1.0).abs() < f64::EPSILON);
        assert!(likeness("suivre ma comande", "suivre ma commande") >= LABEL_LIKENESS_MIN);
        assert!(likeness("commande", "suivre ma commande") < LABEL_LIKENESS_MIN);
        assert_eq!(label_named("", ["", "a"].into_iter()), None);
    }
}
