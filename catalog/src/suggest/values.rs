//! Finds this catalog's values in a message: wanted ones and refused ones.
//!
//! A misspelt value is read only where one value alone is meant; the words that an
//! index knows are asked for first, so that `noix` is never taken for `noir`.

use std::ops::Range;

use super::freed::Freed;
use super::lexeme::{Cut, Kind, Lexeme};
use super::vocabulary::{Entry, NamedValue, ValueKind, Vocabulary};
use super::whose::Whose;
use super::wish::ValueWish;
use crate::words::distance::errors;
use crate::words::{Analysis, Lang, Weight, fold};

/// How far before a value its negation may stand.
const NEGATION_REACH: usize = 6;
/// How far behind a material the thing may stand.
const NOUN_REACH: usize = 3;
/// A misspelt value has at least so many letters; from more on two errors are forgiven.
const TYPO_LETTERS_MIN: usize = 5;
const TYPO_LETTERS_LONG: usize = 9;

#[rustfmt::skip]
const REFUSALS: &[&str] = &[
    "pas", "not", "t", "no", "sans", "without", "sauf", "except", "excepte", "hormis", "ni", "neither", "nor", "non",
    "jamais", "never", "aucun", "aucune", "dont", "hate", "hates", "dislike", "dislikes", "deteste", "detestes",
];
/// `autre que le noir`, `anything but black`.
const REFUSING_PAIRS: &[(&str, &str)] = &[
    ("autre", "que"),
    ("autres", "que"),
    ("other", "than"),
    ("anything", "but"),
    ("everything", "but"),
    ("color", "but"),
    ("colour", "but"),
    ("rather", "than"),
    ("plutot", "que"),
];
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "en", "de", "d", "le", "la", "les", "l", "du", "des", "un", "une", "the", "a", "an", "in", "any", "of", "too",
    "trop", "couleur", "coloris", "color", "colour", "vraiment", "really", "want", "like", "love", "fan", "made", "matiere",
    "size", "taille", "material", "need", "it", "be", "du", "tout",
];
/// Of the refusals, those that never ask: `une table sans chaises`, not `pas de chaises ?`.
#[rustfmt::skip]
const LEAVING_OUT: &[&str] = &[
    "sans", "without", "sauf", "except", "excepte", "hormis", "ni", "neither", "nor",
];
/// Colours, whether this catalog has them or not, but for a last `s`.
#[rustfmt::skip]
const COLOURS: &[&str] = &[
    "noir", "noire", "blanc", "blanche", "rouge", "bleu", "bleue", "vert", "verte", "jaune", "gri", "grise", "marron",
    "rose", "violet", "violette", "orange", "beige", "dore", "doree", "argente", "argentee", "brun", "brune", "turquoise",
    "bordeaux", "kaki", "ecru", "taupe", "ivoire", "black", "white", "red", "blue", "green", "yellow", "grey", "gray",
    "brown", "pink", "purple", "gold", "golden", "silver", "navy", "burgundy", "khaki", "ivory", "charcoal",
];
/// `je fais du 38`, `I take a 10`: the verb, then one small word, then the size.
#[rustfmt::skip]
const WORN: &[&str] = &[
    "fais", "fait", "faisons", "porte", "mets", "met", "chausse", "prends", "prend", "wear", "wears", "take", "takes",
];
const WORN_JOINS: &[&str] = &["du", "un", "une", "a", "an"];
/// `bleu ou vert` after `pas en`: the refusal goes on.
const GOES_ON: &[&str] = &["ou", "or", "ni", "nor"];
const PREFERRED: &[&str] = &["rather", "prefer", "prefers"];
/// `n'oubliez pas le bleu` wants it.
const NOT_FORGOTTEN: &[&str] = &["oublie", "oubliez", "oublions", "oublier"];
/// `vous ne l'avez pas en noir ?` asks for it.
const ASKED_FOR: &[&str] = &["avez", "auriez", "existe", "avait", "have", "aviez", "reste"];
#[rustfmt::skip]
const CUES: &[&str] = &[
    "en", "in", "matiere", "material", "couleur", "color", "colour", "coloris", "of", "made",
];
const SIZE_CUES: &[&str] = &["taille", "tailles", "pointure", "size", "sizes", "t"];
/// `en 42`, but not `en 42 jours`
const SIZE_LEADS: &[&str] = &["en", "in"];
/// Words that are one letter away from a colour or a size, and mean themselves.
#[rustfmt::skip]
const THEMSELVES: &[&str] = &[
    "block", "while", "write", "greet", "greek", "great", "crown", "drown", "frown", "brow", "prey", "pinky", "barge",
    "bouge", "route", "louge", "blanches", "voire", "soire", "noire", "foire", "poire", "boire", "range", "charge",
    "gorge", "jeune", "jaune", "brute", "breen", "blank", "slack", "track", "clack", "shite", "white", "quite", "sliver",
    "could", "cold", "bold", "metal", "petal", "medal", "medium", "median", "button", "carton",
    "boite", "boites", "chere", "cheres", "cheri", "cherie", "leather", "weather", "feather", "heather", "lather",
];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub wishes: Vec<ValueWish>,
    /// The words that each wish was read from, with what they mean.
    pub wished: Vec<(Range<usize>, ValueKind, Vec<NamedValue>)>,
    /// The words that name what is refused.
    pub refused: Vec<Range<usize>>,
}

struct Found<'v> {
    entry: &'v Entry,
    end: usize,
    /// The words around it say whose it is.
    is_settled: bool,
}

/// What an index knows of a folded word.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    /// Some product holds it, be it in its description.
    pub word: &'k dyn Fn(&str) -> bool,
    /// Something is called so, by its title or class.
    pub sold: &'k dyn Fn(&str) -> bool,
}

/// `taken`: lexemes that are prices, or said of what no longer matters.
pub(super) fn read(
    cut: &Cut,
    vocabulary: &Vocabulary,
    taken: &[Range<usize>],
    freed: &Freed,
    known: Known<'_>,
) -> Values {
    let whose = Whose { cut, vocabulary, is_sold: known.sold };
    let reader = Reader { cut, vocabulary, taken, is_known: known.word, whose };
    let mut values = Values::default();
    let mut at = 0;
    let mut before: Option<(usize, bool)> = None;
    let mut others: Option<usize> = None;
    while at < cut.lexemes.len() {
        let listed = before.is_some_and(|(end, _)| reader.continues(end, at));
        let Some(found) = reader.value(at, listed) else {
            if reader.leaves_out(at) {
                values.refused.push(at..at + 1);
            }
            at += 1;
            continue;
        };
        let of_others = others.is_some_and(|end| reader.continues(end, at))
            || (!listed && !found.is_settled && reader.whose.is_of_another_thing(at, found.end, found.entry));
        let not = reader.is_refused(at, before);
        if of_others || (!not && freed.takes_back(found.end, found.entry)) {
            others = of_others.then_some(found.end);
            at = found.end;
            continue;
        }
        if not {
            values.refused.push(at..found.end);
        } else {
            values.wished.push((at..found.end, found.entry.kind.clone(), found.entry.values.clone()));
        }
        let said = cut.text.get(reader.start(at)..reader.start_of_rest(found.end)).unwrap_or_default();
        add(&mut values.wishes, found.entry, not, said);
        before = Some((found.end, not));
        at = found.end;
    }
    values
}

/// Values of one kind in one message stand for each other.
fn add(wishes: &mut Vec<ValueWish>, entry: &Entry, not: bool, said: &str) {
    let said = said.trim().to_lowercase();
    match wishes.iter_mut().find(|wish| wish.kind == entry.kind && wish.not == not) {
        Some(wish) => {
            let new: Vec<NamedValue> = entry.values.iter().filter(|value| !wish.any.contains(value)).cloned().collect();
            wish.any.extend(new);
            wish.said.push(said);
        }
        None => wishes.push(ValueWish { kind: entry.kind.clone(), any: entry.values.clone(), not, said: vec![said] }),
    }
}

struct Reader<'r> {
    cut: &'r Cut,
    vocabulary: &'r Vocabulary,
    taken: &'r [Range<usize>],
    is_known: &'r dyn Fn(&str) -> bool,
    whose: Whose<'r>,
}

impl<'r> Reader<'r> {
    fn start(&self, at: usize) -> usize {
        self.cut.at(at).map_or(self.cut.text.len(), |lexeme| lexeme.start)
    }

    fn start_of_rest(&self, end: usize) -> usize {
        end.checked_sub(1).and_then(|last| self.cut.at(last)).map_or(0, |lexeme| lexeme.end)
    }

    /// The longest value that begins here. `listed`: it goes on a list, `taille 40 ou 42`.
    fn value(&self, at: usize, listed: bool) -> Option<Found<'r>> {
        if self.taken.iter().any(|run| run.contains(&at)) {
            return None;
        }
        let lexeme = self.cut.at(at)?;
        let stem = self.vocabulary.stem_of(lexeme)?;
        let exact = self.vocabulary.beginning_with(&stem).find_map(|entry| {
            let end = self.matches(entry, at)?;
            let plain = !entry.wants_cue && !entry.names_a_class;
            let named = !entry.wants_cue && (self.tells_of_a_thing(end) || self.is_left_out(at));
            let is_settled = self.is_worn(at, entry);
            let stands = plain || listed || named || is_settled || self.has_cue(at, end, entry);
            stands.then_some(Found { entry, end, is_settled })
        });
        exact.or_else(|| self.misspelt(lexeme).map(|entry| Found { entry, end: at + 1, is_settled: false }))
    }

    fn matches(&self, entry: &Entry, mut at: usize) -> Option<usize> {
        for (place, stem) in entry.stems.iter().enumerate() {
            let mut lexeme = self.cut.at(at)?;
            if place > 0 && matches!(lexeme.kind, Kind::Sign(_)) && !lexeme.ends_clause() {
                at += 1;
                lexeme = self.cut.at(at)?;
            }
            (self.vocabulary.stem_of(lexeme)? == *stem).then_some(())?;
            at += 1;
        }
        Some(at)
    }

    fn back(&self, at: usize, reach: usize) -> impl Iterator<Item = &Lexeme> {
        let before = self.cut.lexemes.get(at.saturating_sub(reach)..at).unwrap_or_default();
        before.iter().rev().take_while(|lexeme| !lexeme.ends_clause())
    }

    /// `taille 42`, `en M`, `in size S`; `en verre` where glasses are sold too.
    fn has_cue(&self, at: usize, end: usize, entry: &Entry) -> bool {
        let mut back = self.back(at, 2).map(|lexeme| lexeme.folded.as_str());
        let Some(word) = back.next() else { return false };
        match &entry.kind {
            ValueKind::Named(name) => name == word || CUES.contains(&word),
            ValueKind::Colour | ValueKind::Material => CUES.contains(&word),
            ValueKind::Size if matches!(word, "is" | "est" | "s") => {
                back.next().is_some_and(|word| SIZE_CUES.contains(&word))
            }
            ValueKind::Size => SIZE_CUES.contains(&word) || (SIZE_LEADS.contains(&word) && !self.whose.is_counted(end)),
        }
    }

    /// `je fais du 38`
    fn is_worn(&self, at: usize, entry: &Entry) -> bool {
        let mut back = self.back(at, 2);
        let mut stands = |list: &[&str]| back.next().is_some_and(|lexeme| list.contains(&lexeme.folded.as_str()));
        entry.kind == ValueKind::Size && stands(WORN_JOINS) && stands(WORN)
    }

    /// A word that is no value here and is refused: a kind of thing by what never asks,
    /// a colour by any refusal. Who wants `a lamp without glass` is not shown glasses.
    fn leaves_out(&self, at: usize) -> bool {
        let word = self.cut.at(at).filter(|lexeme| lexeme.kind == Kind::Word).map(|lexeme| lexeme.folded.as_str());
        let Some(word) = word.filter(|word| !is_talk(word)) else { return false };
        if is_colour(word) {
            return self.is_refused(at, None);
        }
        self.vocabulary.is_class(&self.vocabulary.analysis.stem(word)) && self.is_left_out(at)
    }

    fn is_left_out(&self, at: usize) -> bool {
        let back: Vec<&str> = self.back(at, NEGATION_REACH).map(|lexeme| lexeme.folded.as_str()).collect();
        let refusing = |place: usize, word: &str| {
            let previous = back.get(place + 1).copied().unwrap_or_default();
            LEAVING_OUT.contains(&word) || REFUSING_PAIRS.contains(&(previous, word))
        };
        for (place, word) in back.iter().enumerate() {
            if refusing(place, word) {
                return true;
            }
            if !FILLERS.contains(word) {
                return false;
            }
        }
        false
    }

    /// `glass` in `a glass coffee table`: the thing itself follows.
    fn tells_of_a_thing(&self, end: usize) -> bool {
        let behind = self.cut.lexemes.get(end..).unwrap_or_default();
        let words =
            behind.iter().take(NOUN_REACH).take_while(|lexeme| lexeme.kind == Kind::Word && !is_talk(&lexeme.folded));
        self.vocabulary.names_last()
            && words.filter_map(|lexeme| self.vocabulary.stem_of(lexeme)).any(|stem| self.vocabulary.is_class(&stem))
    }

    /// A value one error away, when no other word is meant.
    fn misspelt(&self, lexeme: &Lexeme) -> Option<&'r Entry> {
        let word = lexeme.folded.as_str();
        let letters = word.chars().count();
        let is_candidate = lexeme.kind == Kind::Word
            && letters >= TYPO_LETTERS_MIN
            && !THEMSELVES.contains(&word)
            && !is_talk(word)
            && !self.vocabulary.is_class(&self.vocabulary.analysis.stem(word))
            && !(self.is_known)(word);
        is_candidate.then_some(())?;
        let allowed = if letters >= TYPO_LETTERS_LONG { 2 } else { 1 };
        let typed: Vec<char> = word.chars().collect();
        // As it is written, never by its stem: endings are what tells `noyer` from `noir`.
        let is_near = |entry: &Entry| {
            entry.values.iter().any(|value| {
                let written = fold(&value.value);
                let letters = written.chars().count();
                let same_first = written.chars().next() == typed.first().copied();
                same_first && letters + 1 >= TYPO_LETTERS_MIN && errors(&typed, &written) <= allowed
            })
        };
        let mut found =
            self.vocabulary.single_words().filter(|entry| !entry.wants_cue && !entry.names_a_class && is_near(entry));
        match (found.next(), found.next()) {
            (Some(entry), None) => Some(entry),
            (Some(_), Some(_)) | (None, _) => None,
        }
    }

    /// Only a conjunction, and small words, stand between two values.
    fn continues(&self, end: usize, at: usize) -> bool {
        let between = self.cut.lexemes.get(end..at).unwrap_or_default();
        !between.is_empty()
            && between.len() <= 3
            && between.iter().all(|lexeme| {
                matches!(lexeme.folded.as_str(), "ou" | "or" | "et" | "and" | "ni" | "nor" | "en" | "in" | "/" | ",")
            })
    }

    fn is_refused(&self, at: usize, before: Option<(usize, bool)>) -> bool {
        if let Some((end, true)) = before {
            let between = self.cut.lexemes.get(end..at).unwrap_or_default();
            let goes_on = |lexeme: &Lexeme| {
                let word = lexeme.folded.as_str();
                GOES_ON.contains(&word) || FILLERS.contains(&word)
            };
            if between.iter().any(|lexeme| GOES_ON.contains(&lexeme.folded.as_str())) && between.iter().all(goes_on) {
                return true;
            }
        }
        let back: Vec<&Lexeme> = self.back(at, NEGATION_REACH).collect();
        for (place, lexeme) in back.iter().enumerate() {
            let word = lexeme.folded.as_str();
            let previous = back.get(place + 1).map(|lexeme| lexeme.folded.as_str()).unwrap_or_default();
            if REFUSING_PAIRS.contains(&(previous, word)) {
                return true;
            }
            // `I'd rather have linen than velvet`
            let rather = || back.iter().skip(place).any(|lexeme| PREFERRED.contains(&lexeme.folded.as_str()));
            if word == "than" && rather() {
                return true;
            }
            if NOT_FORGOTTEN.contains(&previous) {
                return false;
            }
            if REFUSALS.contains(&word) {
                return !self.is_asked_for(back.get(place + 1..).unwrap_or_default(), at);
            }
            if !FILLERS.contains(&word) {
                return false;
            }
        }
        false
    }

    fn is_asked_for(&self, before: &[&Lexeme], at: usize) -> bool {
        let asks = before.iter().take(2).any(|lexeme| ASKED_FOR.contains(&lexeme.folded.as_str()));
        let rest = self.cut.lexemes.get(at..).unwrap_or_default();
        let ends = rest.iter().find(|lexeme| matches!(lexeme.kind, Kind::Sign('.' | '!' | '?' | '\n')));
        asks && ends.is_some_and(|end| end.is_sign('?'))
    }
}

/// A colour in French or English, whatever this catalog calls its own.
pub(super) fn is_colour(folded: &str) -> bool {
    COLOURS.contains(&folded) || folded.strip_suffix('s').is_some_and(|one| COLOURS.contains(&one))
}

/// A word of grammar or of talk, in French or English.
pub(super) fn is_talk(folded: &str) -> bool {
    [Lang::Fr, Lang::En]
        .iter()
        .any(|lang| Analysis::of(*lang).words(folded).first().is_some_and(|word| word.weight != Weight::Plain))
}
