//! Text to words: cut, folded, stemmed, by language.
//!
//! One analysis serves indexing, queries and whatever else compares texts, so
//! that both sides of a comparison are always cut in the same way. The order of
//! the steps matters and is measured: compatibility forms first (a decomposed
//! `é` would be cut in two), then cut, lower case, elision, fold accents, and
//! only then stem (`lumière` and `lumiere` must meet).
//!
//! Nothing is dropped here: a [`Word`] says what it is, and the caller decides.

pub(crate) mod distance;
mod fold;
mod lexicon;
mod split;
mod stem;
mod stop;

pub use distance::errors;
pub use fold::fold;
pub use lexicon::{Lexicon, WordId};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stem::Stemming;

/// The version of the analysis; an index built with another one is rebuilt.
pub const ANALYSIS_VERSION: u32 = 1;

/// Longer words are cut at a character boundary: nobody types them twice alike.
pub const WORD_BYTES_MAX: usize = 64;

/// Words that a guess of the language looks at, and how many signs of it are enough.
const GUESS_WORDS_MAX: usize = 5_000;
const GUESS_SIGNS_MIN: usize = 3;

/// A language whose words we know how to cut and stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Fr,
    De,
    Es,
    It,
    Nl,
    Pt,
    /// Words are cut and folded, never stemmed.
    Other,
}

impl Lang {
    /// Reads a language tag (`fr`, `fr-CA`, `FR_fr`); unknown ones are [`Lang::Other`].
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Self::En,
            "fr" => Self::Fr,
            "de" => Self::De,
            "es" => Self::Es,
            "it" => Self::It,
            "nl" => Self::Nl,
            "pt" => Self::Pt,
            _ => Self::Other,
        }
    }

    /// The language whose words of grammar and marked letters a text holds most of,
    /// each counted once; nothing when there are too few to tell, or two languages tie.
    #[must_use]
    pub fn guess(text: &str) -> Option<Self> {
        let mut words: BTreeSet<String> = BTreeSet::new();
        let mut left = GUESS_WORDS_MAX;
        split::split(Self::Other, text, |word| {
            if left > 0 {
                left -= 1;
                words.insert(fold(word));
            }
        });
        let signs = |lang| {
            let stops = words.iter().filter(|word| stop::weight(lang, word) == Weight::Stop).count();
            stops + stop::marked_letters(lang).chars().filter(|letter| text.contains(*letter)).count()
        };
        let mut counts =
            [Self::En, Self::Fr, Self::De, Self::Es, Self::It, Self::Nl, Self::Pt].map(|lang| (signs(lang), lang));
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let [(most, lang), (next, _), ..] = counts;
        (most >= GUESS_SIGNS_MIN && most > next).then_some(lang)
    }

    /// The two-letter tag; empty for [`Lang::Other`].
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::De => "de",
            Self::Es => "es",
            Self::It => "it",
            Self::Nl => "nl",
            Self::Pt => "pt",
            Self::Other => "",
        }
    }
}

/// What a word is worth in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// A word that says something about what is meant.
    Plain,
    /// A word of grammar: `the`, `de`, `with`.
    Stop,
    /// A word of talk: `hello`, `cherche`, `recommend`.
    Chat,
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// In lower case, with its accents.
    pub lower: String,
    /// In lower case, without accents: what typed words are compared by.
    pub folded: String,
    /// What remains when endings are taken off the folded word.
    pub stem: String,
    pub weight: Weight,
}

/// How one language's text becomes words. Cheap to make and to clone.
#[derive(Debug, Clone)]
pub struct Analysis {
    lang: Lang,
    stemming: Stemming,
}

impl Analysis {
    #[must_use]
    pub fn of(lang: Lang) -> Self {
        Self { lang, stemming: Stemming::of(lang) }
    }

    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// All words of a text, in order, none left out.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        split::split(self.lang, text, |lower| words.push(self.word(lower.to_owned())));
        words
    }

    /// The words that say something: without stop and chat words, unless there
    /// is nothing else.
    #[must_use]
    pub fn telling_words(&self, text: &str) -> Vec<Word> {
        let words = self.words(text);
        for keep in [&[Weight::Plain][..], &[Weight::Plain, Weight::Chat]] {
            if words.iter().any(|word| keep.contains(&word.weight)) {
                return words.into_iter().filter(|word| keep.contains(&word.weight)).collect();
            }
        }
        words
    }

    /// The stem of a word that is already in lower case and folded.
    #[must_use]
    pub fn stem(&self, folded: &str) -> String {
        self.stemming.stem(folded)
    }

    /// The language's plain Snowball stem of a word in lower case, accents kept.
    #[must_use]
    pub fn snowball(&self, lower: &str) -> String {
        self.stemming.snowball(lower)
    }

    fn word(&self, lower: String) -> Word {
        let folded = fold(&lower);
        let stem = self.stemming.stem(&folded);
        let weight = stop::weight(self.lang, &folded);
        Word { lower, folded, stem, weight }
    }
}

/// The character trigrams of a word, its ends marked: `^sec`… of `sec` are `^se`, `sec`, `ec$`.
pub fn trigrams(folded: &str) -> impl Iterator<Item = String> {
    let marked: Vec<char> = std::iter::once('^').chain(folded.chars()).chain(std::iter::once('$')).collect();
    let count = marked.len().saturating_sub(2);
    (0..count).map(move |start| marked.iter().skip(start).take(3).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(lang: Lang, text: &str) -> Vec<String> {
        Analysis::of(lang).words(text).into_iter().map(|word| word.folded).collect()
    }

    fn stem(lang: Lang, word: &str) -> String {
        Analysis::of(lang).stem(&fold(&word.to_lowercase()))
    }

    #[test]
    fn a_decomposed_accent_does_not_cut_a_word() {
        assert_eq!(folded(Lang::Fr, "lumie\u{300}re"), ["lumiere"]);
        assert_eq!(folded(Lang::Fr, "ﬁn Œuvre Straße"), ["fin", "oeuvre", "strasse"]);
    }

    #[test]
    fn elision_is_dropped_only_before_an_apostrophe() {
        assert_eq!(folded(Lang::Fr, "l'armoire d’été qu'elle"), ["armoire", "ete", "elle"]);
        assert_eq!(folded(Lang::Fr, "taille S/M"), ["taille", "s", "m"]);
        assert_eq!(folded(Lang::Fr, "USB-C T-shirt"), ["usb", "c", "t", "shirt"]);
        assert_eq!(folded(Lang::Fr, "aujourd'hui"), ["aujourdhui"]);
        assert_eq!(folded(Lang::En, "men's don't"), ["men", "don"]);
    }

    #[test]
    fn accents_and_plurals_meet_in_french() {
        let pairs = [
            ("lumière", "lumiere"),
            ("dorée", "dorees"),
            ("doré", "dorée"),
            ("sécurité", "securite"),
            ("vélo", "vélos"),
            ("tissu", "tissus"),
            ("bleu", "bleus"),
            ("bleu", "bleue"),
            ("bleu", "bleues"),
            ("photo", "photos"),
            ("jeu", "jeux"),
            ("bureau", "bureaux"),
            ("tuyau", "tuyaux"),
            ("joli", "jolie"),
            ("blanc", "blanche"),
            ("blancs", "blanches"),
            ("sec", "sèches"),
            ("gris", "grise"),
            ("bas", "basses"),
            ("chaise", "chaises"),
            ("canapé", "canapés"),
            ("matelas", "matelas"),
            ("coussin", "coussins"),
            ("rideau", "rideaux"),
            ("chêne", "chene"),
            ("noir", "noire"),
            ("vert", "vertes"),
            ("long", "longues"),
            ("doux", "douce"),
            ("épais", "épaisse"),
        ];
        for (one, other) in pairs {
            assert_eq!(stem(Lang::Fr, one), stem(Lang::Fr, other), "{one} / {other}");
        }
    }

    #[test]
    fn different_french_things_keep_different_stems() {
        for (one, other) in [("chaise", "chaussure"), ("lit", "lin"), ("verre", "vert")] {
            assert_ne!(stem(Lang::Fr, one), stem(Lang::Fr, other), "{one} / {other}");
        }
    }

    #[test]
    fn a_language_is_guessed_from_its_grammar() {
        let french = "Une table basse en chêne avec deux tiroirs, pour le salon et la chambre.";
        let english = "A side table of oak with two drawers for the living room and the hall.";
        assert_eq!(Lang::guess(french), Some(Lang::Fr));
        assert_eq!(Lang::guess(english), Some(Lang::En));
        assert_eq!(Lang::guess("Lampe dorée, in stock; Table en chêne, in stock"), Some(Lang::Fr));
        assert_eq!(Lang::guess("SKU-1;Lamp;12.90;in stock"), None);
    }

    #[test]
    fn english_plurals_meet() {
        for (one, other) in [("hoodie", "hoodies"), ("jacket", "jackets"), ("tee", "tees"), ("running", "run")] {
            assert_eq!(stem(Lang::En, one), stem(Lang::En, other), "{one} / {other}");
        }
    }

    #[test]
    fn chat_words_are_dropped_but_never_all_words() {
        let telling = |lang, text: &str| -> Vec<String> {
            Analysis::of(lang).telling_words(text).into_iter().map(|word| word.folded).collect()
        };
        assert_eq!(telling(Lang::Fr, "Bonjour, je cherche une lampe dorée s'il vous plaît"), ["lampe", "doree"]);
        assert_eq!(telling(Lang::En, "Hello, do you have any wool hoodie?"), ["wool", "hoodie"]);
        assert_eq!(telling(Lang::Fr, "bonjour"), ["bonjour"]);
        assert_eq!(telling(Lang::Fr, "de la"), ["de", "la"]);
        assert!(telling(Lang::Fr, " ?! ").is_empty());
    }

    #[test]
    fn an_endless_word_is_cut() {
        let words = folded(Lang::Other, &"é".repeat(10_000));
        assert_eq!(words.len(), 1);
        assert!(words[0].len() <= WORD_BYTES_MAX);
    }

    #[test]
    fn trigrams_mark_the_ends() {
        let all: Vec<String> = trigrams("sec").collect();
        assert_eq!(all, ["^se", "sec", "ec$"]);
        assert_eq!(trigrams("").count(), 0);
    }
}
