//! One message to what it asks for.

use std::ops::Range;

use super::freed;
use super::lexeme::{Cut, Lexeme};
use super::price::{self, Prices, Tongue};
use super::values::{self, Known};
use super::vocabulary::{NamedValue, ValueKind, Vocabulary};
use super::wish::Constraints;
use crate::words::Lang;

/// A message is read up to here.
const MESSAGE_BYTES_MAX: usize = 4_096;

/// A message, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Message {
    pub constraints: Constraints,
    cut: Cut,
    /// Prices, what is refused, what no longer matters.
    gone: Vec<Range<usize>>,
    wished: Vec<(Range<usize>, ValueKind, Vec<NamedValue>)>,
}

impl Message {
    /// What is searched: the text without prices, without what is refused, and without
    /// the wishes that a later message took back or replaced.
    pub fn rest(&self, all: &Constraints) -> String {
        let stands = |kind: &ValueKind, values: &[NamedValue]| {
            let mut wishes = all.values.iter().filter(|wish| !wish.not && wish.kind == *kind);
            wishes.any(|wish| values.iter().any(|value| wish.any.contains(value)))
        };
        let over = self.wished.iter().filter(|(_, kind, values)| !stands(kind, values));
        let mut gone: Vec<Range<usize>> = over.map(|(run, ..)| run).chain(&self.gone).cloned().collect();
        gone.sort_by_key(|run| run.start);
        self.cut.without(&gone)
    }
}

/// Reads what a message asks for, by this catalog's own values. `lang` is tried
/// first; prices and stock are read in French and English whatever it is.
#[must_use]
pub fn read(text: &str, vocabulary: &Vocabulary, lang: Lang) -> Constraints {
    // Where no kinds of things are known, any may be sold.
    let sold = |word: &str| !vocabulary.has_classes() || vocabulary.is_class(&vocabulary.analysis.stem(word));
    message(text, vocabulary, lang, Known { word: &|_| false, sold: &sold }).constraints
}

/// As [`read`], with the rest of the text. A word that the index knows is never taken
/// for a misspelt value.
pub(super) fn message(text: &str, vocabulary: &Vocabulary, lang: Lang, known: Known<'_>) -> Message {
    let text = start_of(text);
    let cut = Cut::of(text, vocabulary.currency().decimals() == 3);
    let prices = prices(&cut, vocabulary, lang);
    let freed = freed::read(&cut, vocabulary);
    let taken: Vec<Range<usize>> = prices.runs.iter().chain(&freed.runs).cloned().collect();
    let values = values::read(&cut, vocabulary, &taken, &freed, known);
    let mut gone = taken;
    gone.extend(values.refused);
    let stock = asks_for_stock(&cut);
    gone.extend(stock.clone());
    let is_free = |at: usize| !prices.runs.iter().any(|run| run.contains(&at));
    let constraints = Constraints {
        price: prices.wish,
        price_said: said(&cut, &prices.runs),
        foreign_currency: prices.foreign,
        values: values.wishes,
        in_stock: stock.is_some(),
        stock_said: stock.map_or_else(String::new, |run| said(&cut, &[run])),
        price_freed: freed.price(),
        freed: freed.kinds(),
        values_freed: freed.values(),
        cheaper: stands(&cut, CHEAPER, &is_free).is_some() && stands(&cut, NOT_CHEAPER, &is_free).is_none(),
    };
    Message { constraints, gone, wished: values.wished, cut }
}

fn prices(cut: &Cut, vocabulary: &Vocabulary, lang: Lang) -> Prices {
    let goes_on = |lexeme: &Lexeme| {
        const MORE: &[&str] = &[
            "ttc",
            "ht",
            "chacun",
            "chacune",
            "each",
            "incl",
            "included",
            "compris",
            "please",
            "total",
            "whatever",
            "maximum",
            "max",
            "maxi",
            "env",
            "environ",
            "normalement",
            "grand",
            "apiece",
            "altogether",
            "svp",
            "merci",
        ];
        MORE.contains(&lexeme.folded.as_str())
            || values::is_talk(&lexeme.folded)
            || vocabulary.beginning_with(&vocabulary.analysis.stem(&lexeme.folded)).any(|entry| !entry.wants_cue)
    };
    let (first, second) = match lang {
        Lang::Fr => (Tongue::French, Tongue::English),
        Lang::En | Lang::De | Lang::Es | Lang::It | Lang::Nl | Lang::Pt | Lang::Other => {
            (Tongue::English, Tongue::French)
        }
    };
    let found = price::read(cut, vocabulary.currency(), first, &goes_on);
    if found == Prices::default() { price::read(cut, vocabulary.currency(), second, &goes_on) } else { found }
}

fn start_of(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MESSAGE_BYTES_MAX)).unwrap_or_default()
}

#[rustfmt::skip]
const IN_STOCK: &[&str] = &[
    "en stock", "in stock", "disponible tout de suite", "disponibles tout de suite", "disponible de suite",
    "disponible immediatement", "disponibles immediatement", "immediatement disponible", "disponible maintenant",
    "disponibles maintenant", "dispo tout de suite", "dispo maintenant", "dispo de suite", "dispo immediatement",
    "available now", "available right now", "available immediately", "available today", "available right away",
    "immediately available", "ready to ship", "ready to go", "pret a partir", "prete a partir", "disponible a la livraison",
    "disponible aujourd hui", "disponibles aujourd hui", "livrable de suite", "livrable immediatement", "en rayon",
];
#[rustfmt::skip]
const NOT_IN_STOCK: &[&str] = &[
    "pas en stock", "plus en stock", "not in stock", "no longer in stock", "t in stock", "plus disponible", "back in stock",
    "de retour en stock", "en stock ou pas", "meme pas en stock", "even if not in stock", "meme si pas en stock",
];
#[rustfmt::skip]
const CHEAPER: &[&str] = &[
    "moins cher", "moins chere", "moins chers", "moins cheres", "plus abordable", "plus abordables", "meilleur marche",
    "moins couteux", "moins couteuse", "moins onereux", "cheaper", "less expensive", "more affordable", "less pricey",
];
#[rustfmt::skip]
const NOT_CHEAPER: &[&str] =
    &["pas moins cher", "pas moins chere", "le moins cher", "la moins chere", "les moins chers", "les moins cheres", "not cheaper", "t cheaper"];

fn asks_for_stock(cut: &Cut) -> Option<Range<usize>> {
    stands(cut, IN_STOCK, &|_| true).filter(|_| stands(cut, NOT_IN_STOCK, &|_| true).is_none())
}

/// Where one of these phrases stands in the text, at a place that is free.
fn stands(cut: &Cut, phrases: &[&str], is_free: &dyn Fn(usize) -> bool) -> Option<Range<usize>> {
    let stands_at = |start: usize, phrase: &str| {
        let mut words = phrase.split(' ').enumerate();
        words.all(|(place, word)| cut.at(start + place).is_some_and(|next| next.is_word(word)))
    };
    (0..cut.lexemes.len()).filter(|at| is_free(*at)).find_map(|at| {
        let phrase = phrases.iter().find(|phrase| stands_at(at, phrase))?;
        Some(at..at + phrase.split(' ').count())
    })
}

/// The words of some runs, as they were typed.
fn said(cut: &Cut, runs: &[Range<usize>]) -> String {
    let text = |run: &Range<usize>| {
        let (first, last) = (cut.at(run.start)?, cut.at(run.end.checked_sub(1)?)?);
        cut.text.get(first.start..last.end)
    };
    runs.iter().filter_map(text).collect::<Vec<_>>().join(", ")
}
