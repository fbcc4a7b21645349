//! Wishes that are taken back and not replaced: `peu importe la couleur`, `forget the blue`.
//!
//! Only what earlier messages asked for is freed; which wishes those are is known to
//! [`Constraints::after`](super::wish::Constraints).

use std::ops::Range;

use super::lexeme::Cut;
use super::vocabulary::{NamedValue, ValueKind, Vocabulary};

/// Small words between a phrase and what it speaks of.
const ARTICLES_MAX: usize = 2;

/// What no longer matters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Freed {
    pub price: bool,
    pub kinds: Vec<ValueKind>,
    pub values: Vec<NamedValue>,
    /// The words that say so, which ask for nothing.
    pub runs: Vec<Range<usize>>,
}

/// Before the price, a kind of value, or a value itself where the second says so.
#[rustfmt::skip]
const BEFORE: &[(&str, bool)] = &[
    ("peu importe", false), ("qu importe", false), ("importe", false), ("n importe quel", false),
    ("n importe quelle", false), ("n importe quels", false), ("n importe quelles", false), ("sans limite de", false),
    ("pas de limite de", false), ("oubliez", true), ("oublie", true), ("oublions", true), ("laissez tomber", true),
    ("laisse tomber", true), ("tant pis pour", true), ("plus besoin de", true), ("plus besoin du", true),
    ("any", false), ("whatever", false), ("regardless of", false), ("no matter", false), ("t mind", false),
    ("t care about", false), ("never mind", true), ("forget", true), ("forget about", true), ("ignore", true),
];
/// Behind the price or a kind of value.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "m est egal", "m est egale", "est egal", "est egale", "importe peu", "n importe pas", "peu importe",
    "n a pas d importance", "n a aucune importance", "n est pas important", "n est pas importante", "pas important",
    "est sans importance", "au choix", "doesn t matter", "does not matter", "isn t important", "is not important",
    "not important", "is up to you", "is no object", "no object",
];
#[rustfmt::skip]
const ARTICLES: &[&str] = &["le", "la", "les", "l", "du", "de", "d", "ma", "mon", "pour", "the", "about", "my", "what"];
const PRICES: &[&str] = &["prix", "budget", "tarif", "price", "cost", "money"];
/// `n'oubliez pas`, `don't forget`.
const NEGATIONS: &[&str] = &["t", "not", "never", "dont"];

enum Topic {
    Price,
    Kind(ValueKind),
    /// What one word means, by all names that the catalog has for it.
    Values(Vec<NamedValue>),
}

pub(super) fn read(cut: &Cut, vocabulary: &Vocabulary) -> Freed {
    let reader = Reader { cut, vocabulary };
    let mut freed = Freed::default();
    let mut at = 0;
    while at < cut.lexemes.len() {
        let Some((topic, end)) = reader.before(at).or_else(|| reader.behind(at)) else {
            at += 1;
            continue;
        };
        match topic {
            Topic::Price => freed.price = true,
            Topic::Kind(kind) => freed.kinds.push(kind),
            Topic::Values(values) => freed.values.extend(values),
        }
        freed.runs.push(at..end);
        at = end;
    }
    freed
}

struct Reader<'r> {
    cut: &'r Cut,
    vocabulary: &'r Vocabulary,
}

impl Reader<'_> {
    fn before(&self, start: usize) -> Option<(Topic, usize)> {
        let previous = start.checked_sub(1).and_then(|previous| self.cut.at(previous));
        if previous.is_some_and(|lexeme| NEGATIONS.contains(&lexeme.folded.as_str())) {
            return None;
        }
        let found = BEFORE.iter().filter_map(|(words, values)| Some((self.phrase(start, words)?, *values)));
        let (mut at, with_values) = found.max()?;
        for _ in 0..ARTICLES_MAX {
            let article = self.cut.at(at).is_some_and(|lexeme| ARTICLES.contains(&lexeme.folded.as_str()));
            at += usize::from(article);
        }
        self.topic(at).or_else(|| self.value(at).filter(|_| with_values))
    }

    fn behind(&self, start: usize) -> Option<(Topic, usize)> {
        let (topic, end) = self.topic(start)?;
        let end = end + usize::from(self.cut.at(end).is_some_and(|lexeme| lexeme.is_sign(',')));
        let end = BEHIND.iter().filter_map(|words| self.phrase(end, words)).max()?;
        Some((topic, end))
    }

    fn phrase(&self, at: usize, words: &str) -> Option<usize> {
        let mut words = words.split(' ').enumerate();
        let count = words.clone().count();
        words
            .all(|(place, word)| self.cut.at(at + place).is_some_and(|lexeme| lexeme.is_word(word)))
            .then_some(at + count)
    }

    fn topic(&self, at: usize) -> Option<(Topic, usize)> {
        let word = self.cut.at(at)?.folded.as_str();
        if PRICES.contains(&word) {
            return Some((Topic::Price, at + 1));
        }
        match ValueKind::of_name(word) {
            kind @ (ValueKind::Colour | ValueKind::Size | ValueKind::Material) => Some((Topic::Kind(kind), at + 1)),
            ValueKind::Named(_) => None,
        }
    }

    fn value(&self, at: usize) -> Option<(Topic, usize)> {
        let stem = self.vocabulary.stem_of(self.cut.at(at)?)?;
        let entry = self.vocabulary.beginning_with(&stem).find(|entry| {
            let stems = entry.stems.iter().enumerate();
            stems.into_iter().all(|(place, stem)| {
                let lexeme = self.cut.at(at + place);
                lexeme.and_then(|lexeme| self.vocabulary.stem_of(lexeme)).as_ref() == Some(stem)
            })
        })?;
        Some((Topic::Values(entry.values.clone()), at + entry.stems.len()))
    }
}
