//! Wishes that are taken back and not replaced: `peu importe la couleur`, `forget the blue`.
//!
//! Only what was asked for before is freed, in this message or in earlier ones; which
//! wishes of earlier ones those are is known to [`Constraints::after`](super::wish::Constraints).
//! The phrases stand in [`super::indifferent`].

use std::ops::Range;

use super::indifferent::{ARTICLES, BEFORE, BEHIND, BETWEEN, FINE, NONE, OTHERS, PREFERRED};
use super::lexeme::{Cut, Lexeme};
use super::vocabulary::{Entry, NamedValue, ValueKind, Vocabulary};

/// Small words between a phrase and what it speaks of, and the other way round.
const ARTICLES_MAX: usize = 3;
const BETWEEN_MAX: usize = 4;

/// What no longer matters, each with the lexeme that it was said at.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Freed {
    topics: Vec<(usize, Topic)>,
    /// The words that say so, which ask for nothing.
    pub runs: Vec<Range<usize>>,
}

impl Freed {
    pub fn price(&self) -> bool {
        self.topics.iter().any(|(_, topic)| *topic == Topic::Price)
    }

    pub fn kinds(&self) -> Vec<ValueKind> {
        let kind = |(_, topic): &(usize, Topic)| match topic {
            Topic::Kind(kind) => Some(kind.clone()),
            Topic::Price | Topic::Values(_) => None,
        };
        self.topics.iter().filter_map(kind).collect()
    }

    pub fn values(&self) -> Vec<NamedValue> {
        let values = |(_, topic): &(usize, Topic)| match topic {
            Topic::Values(values) => values.clone(),
            Topic::Price | Topic::Kind(_) => Vec::new(),
        };
        self.topics.iter().flat_map(values).collect()
    }

    /// Whether a value that was said before this lexeme is taken back behind it.
    pub fn takes_back(&self, end: usize, entry: &Entry) -> bool {
        self.topics.iter().filter(|(at, _)| *at >= end).any(|(_, topic)| match topic {
            Topic::Price => false,
            Topic::Kind(kind) => *kind == entry.kind,
            Topic::Values(values) => entry.values.iter().all(|value| values.contains(value)),
        })
    }
}

/// `n'oubliez pas`, `don't forget`.
const NEGATIONS: &[&str] = &["t", "not", "never", "dont"];
/// `do you have any colours?` asks what there is.
const ASKING: &[&str] = &["have", "there", "got", "sell", "stock"];
const PRICES: &[&str] = &["prix", "budget", "tarif", "price", "cost", "money"];
const JOINS: &[&str] = &["et", "ou", "ni", "and", "or", "nor"];

#[derive(Debug, Clone, PartialEq)]
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
        let found = reader.before(at).or_else(|| reader.around(at)).or_else(|| reader.behind(at));
        let Some((topics, end)) = found else {
            at += 1;
            continue;
        };
        freed.topics.extend(topics.into_iter().map(|topic| (at, topic)));
        freed.runs.push(at..end);
        at = end;
    }
    freed
}

type Topics = (Vec<Topic>, usize);

struct Reader<'r> {
    cut: &'r Cut,
    vocabulary: &'r Vocabulary,
}

impl Reader<'_> {
    /// `peu importe la couleur ou la taille`, `not necessarily blue`
    fn before(&self, start: usize) -> Option<Topics> {
        let previous = start.checked_sub(1).and_then(|previous| self.cut.at(previous));
        let is_previous = |words: &[&str]| previous.is_some_and(|lexeme| words.contains(&lexeme.folded.as_str()));
        let asks = is_previous(ASKING) && self.is_one_of(start, &["any"]);
        if is_previous(NEGATIONS) || asks {
            return None;
        }
        let found = BEFORE.iter().filter_map(|(words, values)| Some((self.phrase(start, words)?, *values)));
        let (at, with_values) = found.max()?;
        self.topics(self.behind_articles(at), with_values)
    }

    /// `another colour is fine too`, `no colour in particular`
    fn around(&self, start: usize) -> Option<Topics> {
        [(OTHERS, FINE), (NONE, PREFERRED)].into_iter().find_map(|(before, behind)| {
            let at = self.longest(start, before)?;
            let (topics, end) = self.topics(self.behind_articles(at), false)?;
            Some((topics, self.longest_within(end, behind)?))
        })
    }

    /// `la couleur, je n'ai pas de préférence`, `blue is not a must`
    fn behind(&self, start: usize) -> Option<Topics> {
        let (topics, end) = self.topics(start, true)?;
        let of_values = matches!(topics.as_slice(), [Topic::Values(_)]);
        let end = end + usize::from(self.cut.at(end).is_some_and(|lexeme| lexeme.is_sign(',') || lexeme.is_sign(':')));
        let phrases = BEHIND.iter().filter(|(_, values)| *values == of_values).map(|(words, _)| *words);
        let end = (0..=BETWEEN_MAX)
            .take_while(|skipped| *skipped == 0 || self.is_one_of(end + skipped - 1, BETWEEN))
            .find_map(|skipped| phrases.clone().filter_map(|words| self.phrase(end + skipped, words)).max())?;
        // `black, no preference on size` speaks of what follows.
        self.topics(self.behind_articles(end), true).is_none().then_some((topics, end))
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        self.cut.at(at).is_some_and(|lexeme| words.contains(&lexeme.folded.as_str()))
    }

    fn behind_articles(&self, at: usize) -> usize {
        (0..ARTICLES_MAX).fold(at, |at, _| at + usize::from(self.is_one_of(at, ARTICLES)))
    }

    fn longest(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|words| self.phrase(at, words)).max()
    }

    fn longest_within(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        (0..=BETWEEN_MAX)
            .take_while(|skipped| *skipped == 0 || self.is_one_of(at + skipped - 1, BETWEEN))
            .find_map(|skipped| self.longest(at + skipped, phrases))
    }

    fn phrase(&self, at: usize, words: &str) -> Option<usize> {
        let mut words = words.split(' ').enumerate();
        let count = words.clone().count();
        words
            .all(|(place, word)| self.cut.at(at + place).is_some_and(|lexeme| lexeme.is_word(word)))
            .then_some(at + count)
    }

    /// One thing that was asked for, or several: `la couleur et la taille`.
    fn topics(&self, start: usize, with_values: bool) -> Option<Topics> {
        let one = |at: usize| {
            let topic = self.topic(at, with_values);
            topic.or_else(|| self.value(at).filter(|_| with_values))
        };
        let (first, mut end) = one(start)?;
        let mut topics = vec![first];
        while self.is_one_of(end, JOINS) || self.cut.at(end).is_some_and(|lexeme| lexeme.is_sign(',')) {
            let Some((topic, after)) = self.topic(self.behind_articles(end + 1), with_values) else { break };
            topics.push(topic);
            end = after;
        }
        Some((topics, end))
    }

    /// The price, or a kind of value; with values, one of the kind behind its name.
    fn topic(&self, at: usize, with_values: bool) -> Option<(Topic, usize)> {
        let lexeme = self.cut.at(at)?;
        if PRICES.contains(&lexeme.folded.as_str()) {
            return Some((Topic::Price, at + 1));
        }
        let kind = match ValueKind::of_name(&lexeme.folded) {
            kind @ (ValueKind::Colour | ValueKind::Size | ValueKind::Material) => kind,
            ValueKind::Named(_) => self.vocabulary.kind_called(lexeme)?,
        };
        let named = self.entry(at + 1).filter(|entry| with_values && entry.kind == kind);
        let values = named.map(|entry| (Topic::Values(entry.values.clone()), at + 1 + entry.stems.len()));
        Some(values.unwrap_or((Topic::Kind(kind), at + 1)))
    }

    fn value(&self, at: usize) -> Option<(Topic, usize)> {
        self.entry(at).map(|entry| (Topic::Values(entry.values.clone()), at + entry.stems.len()))
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        let stem = self.vocabulary.stem_of(self.cut.at(at)?)?;
        self.vocabulary.beginning_with(&stem).find(|entry| {
            let stems = entry.stems.iter().enumerate();
            let stem_at = |at: usize| self.cut.at(at).and_then(|lexeme: &Lexeme| self.vocabulary.stem_of(lexeme));
            stems.into_iter().all(|(place, stem)| stem_at(at + place).as_ref() == Some(stem))
        })
    }
}
