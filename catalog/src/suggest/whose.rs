//! Whose value it is: that of what is looked for, or of a shelf, a child, a delay.
//!
//! A size that nothing calls a size belongs to the nearest thing that is named. It is a
//! wish where that thing is sold here and nobody says that it is theirs already; a colour
//! or a material is a wish but for that. `a 40 cm shelf` where no shelves are sold, `my son
//! is 38 months old` and `to match my blue sofa` ask for nothing.

use super::everyday::{NOT_SOLD, POINTING};
use super::lexeme::{Cut, Kind, Lexeme};
use super::phrases::{DIMENSIONS, UNITS};
use super::values::is_talk;
use super::vocabulary::{Entry, ValueKind, Vocabulary};

/// Words of one thing that are looked at, on either side of a value.
const THING_REACH: usize = 3;
/// Words between a subject and its measure.
const VERB_REACH: usize = 4;

const ENGLISH_OWNERS: &[&str] = &["my", "our", "their"];
const FRENCH_OWNERS: &[&str] = &["mon", "ma", "mes", "notre", "nos"];
/// These point at a person too: `give her blue shoes`.
const OTHER_OWNERS: &[&str] = &["his", "her", "its", "son", "sa", "ses", "leur", "leurs"];
/// What stands between an owner and a value and is no thing.
#[rustfmt::skip]
const ADJECTIVES: &[&str] = &[
    "old", "new", "big", "small", "little", "current", "existing", "own", "nice", "lovely", "beautiful", "dark", "light",
    "vieux", "vieille", "nouveau", "nouvelle", "grand", "grande", "petit", "petite", "beau", "belle", "joli", "jolie",
];
/// `my favourite colour is blue` is a wish.
#[rustfmt::skip]
const PREFERENCES: &[&str] = &[
    "favourite", "favorite", "preference", "preferred", "choice", "wish", "budget", "choix", "prefere", "preferee", "envie",
    "souhait", "ideal", "ideale", "first", "premier",
];
const PERSONS: &[&str] = &["i", "he", "she", "we", "they", "je", "j", "elle", "ils", "elles", "nous"];
#[rustfmt::skip]
const IS: &[&str] = &[
    "is", "are", "was", "am", "m", "s", "re", "has", "have", "ve", "measures", "measure", "est", "sont", "a", "ai", "avons",
    "ont", "fait", "fais", "font", "mesure", "mesurent", "mesurant", "measuring",
];
/// They have an age and a height, and are not sold, whatever a category is called.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "enfant", "enfants", "fille", "filles", "garcon", "garcons", "bebe", "bebes", "fils", "homme", "femme", "ado", "adulte",
    "child", "children", "kid", "kids", "girl", "girls", "boy", "boys", "baby", "babies", "son", "daughter", "man", "woman",
    "toddler", "teenager",
];
/// Passed over between a verb and its measure, or a thing and its measure.
#[rustfmt::skip]
const HEDGES: &[&str] = &[
    "about", "around", "only", "just", "almost", "nearly", "exactly", "now", "environ", "presque", "deja", "seulement",
    "juste", "que", "qui", "that", "which", "ne", "n", "de", "d", "of", "en", "in", "old",
];
#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "this", "that", "some", "un", "une", "le", "la", "l", "les", "des", "ce", "cet", "cette", "ces",
];
#[rustfmt::skip]
const RELATIONS: &[&str] = &[
    "for", "on", "onto", "in", "into", "inside", "under", "behind", "beside", "against", "with", "pour", "sur", "dans", "sous",
    "derriere", "contre", "avec",
];
/// What is asked for without its name.
const ANYTHING: &[&str] = &["something", "anything", "chose", "truc", "machin"];
/// `38 months` behind a size 38, however it was led to.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "week", "weeks", "month", "months", "minute", "minutes", "second", "seconds", "hour", "step", "steps", "semaine",
    "semaines", "seconde", "secondes", "heure", "jours", "fois", "euros", "dollars", "exemplaires", "copies", "colours",
    "colors", "couleurs", "coloris", "sizes", "tailles",
];

#[rustfmt::skip]
const TIMES: &[&str] = &[
    "mois", "ans", "an", "annees", "semaines", "jours", "month", "months", "year", "years", "weeks", "days",
];
#[rustfmt::skip]
const TIME_LEADS: &[&str] = &[
    "dans", "pendant", "depuis", "apres", "avant", "pour", "in", "for", "since", "after", "before", "within", "every",
];

pub(super) struct Whose<'w> {
    pub cut: &'w Cut,
    pub vocabulary: &'w Vocabulary,
    /// Whether something sold here is called so.
    pub is_sold: &'w dyn Fn(&str) -> bool,
}

/// What a few words name.
#[derive(PartialEq)]
enum Thing {
    /// Something sold here.
    Sold,
    /// Something else that has a name.
    Other,
    Unnamed,
}

impl Whose<'_> {
    /// Whether the value at these lexemes is told of something that is not looked for.
    pub fn is_of_another_thing(&self, start: usize, end: usize, entry: &Entry) -> bool {
        let measures = entry.kind == ValueKind::Size && is_measure(entry);
        if self.is_called(start, &entry.kind) {
            return false;
        }
        if self.is_owned(start, end, measures) || self.is_of_a_subject(start, measures) || self.is_had(start, end) {
            return true;
        }
        let of_person = || self.is_of_a_person(start) || self.is_a_time(start, entry);
        // What is led to by its cue, `en 38`, speaks of no noun beside it.
        measures && (of_person() || (!entry.wants_cue && self.is_of_another_noun(start, end)))
    }

    /// A number that counts or measures, and is no size: `in 10 days`.
    pub fn is_counted(&self, end: usize) -> bool {
        self.cut.at(end).is_some_and(|next| {
            let word = next.folded.as_str();
            let unit = (UNITS.contains(&word) && word != "of") || COUNTED.contains(&word);
            next.kind == Kind::Word && unit || next.is_sign('%')
        })
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.cut.at(at).filter(|lexeme| lexeme.kind == Kind::Word).map(|lexeme| lexeme.folded.as_str())
    }

    /// The lexemes before one, nearest first, within its clause, with their places.
    fn back(&self, at: usize) -> impl Iterator<Item = (usize, &Lexeme)> {
        let before = self.cut.lexemes.get(..at).unwrap_or_default();
        before.iter().enumerate().rev().take_while(|(_, lexeme)| !lexeme.ends_clause())
    }

    /// `size 40`, `taille 40`
    fn is_called(&self, start: usize, kind: &ValueKind) -> bool {
        let before = self.back(start).next();
        before.is_some_and(|(_, lexeme)| match kind {
            ValueKind::Named(name) => *name == lexeme.folded,
            ValueKind::Colour | ValueKind::Size | ValueKind::Material => ValueKind::of_name(&lexeme.folded) == *kind,
        })
    }

    /// `my 40 cm shelf`, `mon canapé bleu`, `ma table en verre`
    fn is_owned(&self, start: usize, end: usize, measures: bool) -> bool {
        let mut things = 0;
        for (_, lexeme) in self.back(start) {
            let word = lexeme.folded.as_str();
            let whole = measures || lexeme.kind == Kind::Word;
            if ENGLISH_OWNERS.contains(&word) || (measures && things == 0 && OTHER_OWNERS.contains(&word)) {
                return things == 0 && self.goes_on(end);
            }
            if FRENCH_OWNERS.contains(&word) || (measures && things > 0 && OTHER_OWNERS.contains(&word)) {
                return things > 0;
            }
            let small = ADJECTIVES.contains(&word) || matches!(word, "de" | "d" | "en");
            let thing = !small && whole && !is_talk(word) && !self.is_preference(word);
            things += usize::from(thing);
            if (!small && !thing) || things > if measures { 2 } else { 1 } {
                return false;
            }
        }
        false
    }

    /// A thing is named behind a value, other values aside: `my blue and white sofa`.
    fn goes_on(&self, end: usize) -> bool {
        let small = |word: &str| matches!(word, "and" | "or") || DIMENSIONS.contains(&word);
        let mut words = (end..end + THING_REACH).map_while(|at| Some((at, self.word(at)?)));
        words.find(|(at, word)| !small(word) && !self.is_value(*at)).is_some_and(|(_, word)| !is_talk(word))
    }

    /// `my shelf is 40 cm`, `mon canapé est bleu`, `the gap is 40 cm`
    fn is_of_a_subject(&self, start: usize, measures: bool) -> bool {
        let Some(verb) = self.verb(start) else { return false };
        // `a` is a verb in French alone.
        let french = self.word(verb) == Some("a");
        let owns = |word: &str| {
            let english = !french && ENGLISH_OWNERS.contains(&word);
            english || FRENCH_OWNERS.contains(&word) || OTHER_OWNERS.contains(&word)
        };
        for (nouns, (at, lexeme)) in self.back(verb).enumerate() {
            let word = lexeme.folded.as_str();
            // `my son is`, `my wife is`: what is owned is a noun, whatever else it may mean.
            let owned = at.checked_sub(1).and_then(|at| self.word(at)).is_some_and(owns);
            if owns(word) && nouns > 0 {
                return true;
            }
            if (is_talk(word) && !owned) || self.is_preference(word) || nouns >= THING_REACH {
                let the = DETERMINERS.contains(&word) && !(french && matches!(word, "the" | "an"));
                return measures && the && nouns > 0 && self.thing(at + 1..verb) == Thing::Other;
            }
        }
        false
    }

    /// `I have a blue sofa`, `j'ai une étagère de 40 cm`; `can I have a blue one` asks.
    fn is_had(&self, start: usize, end: usize) -> bool {
        let (opened, _) = self.noun(start, end);
        let before = |back: usize| opened.checked_sub(back).and_then(|at| self.word(at)).unwrap_or_default();
        let a = self.word(opened).is_some_and(|word| matches!(word, "a" | "an" | "some" | "un" | "une" | "des"));
        let (had, who, led) = match (before(2), before(1)) {
            ("ve", "got") => ("got", before(3), before(4)),
            (who, had) => (had, who, before(3)),
        };
        let has = matches!(had, "have" | "got" | "own" | "ai" | "avons" | "possede");
        a && has
            && matches!(who, "i" | "we" | "j" | "je" | "nous")
            && !matches!(led, "can" | "could" | "may" | "if" | "should")
    }

    /// The verb that a measure is the object of: `is only 40 cm`.
    fn verb(&self, start: usize) -> Option<usize> {
        let near = self.back(start).take(VERB_REACH);
        let mut near = near.skip_while(|(_, lexeme)| HEDGES.contains(&lexeme.folded.as_str()));
        near.next().filter(|(_, lexeme)| IS.contains(&lexeme.folded.as_str())).map(|(at, _)| at)
    }

    /// `he is 24 months old`, `j'ai 40 cm`
    fn is_of_a_person(&self, start: usize) -> bool {
        let subject = self.verb(start).and_then(|verb| self.back(verb).next());
        subject.is_some_and(|(at, lexeme)| {
            let word = lexeme.folded.as_str();
            let il = word == "il" && self.word(at + 1).is_some_and(|verb| matches!(verb, "a" | "mesure"));
            PERSONS.contains(&word) || il
        })
    }

    /// `for 24 months`, `dans 24 mois`: what could be a delay is no size.
    fn is_a_time(&self, start: usize, entry: &Entry) -> bool {
        let unit = |stem: &String| TIMES.iter().any(|time| self.vocabulary.analysis.stem(time) == *stem);
        let led = self.back(start).next().is_some_and(|(_, lexeme)| TIME_LEADS.contains(&lexeme.folded.as_str()));
        led && entry.stems.iter().any(unit)
    }

    /// `40 cm of space`, `40 cm de place`
    fn is_room(&self, end: usize) -> bool {
        let of = self.word(end).is_some_and(|word| matches!(word, "of" | "de" | "d"));
        let what = self.word(end + 1).filter(|word| !is_talk(word) && !DIMENSIONS.contains(word));
        of && what.is_some_and(|what| !(self.is_sold)(what)) && !self.is_value(end + 1)
    }

    /// The measure of something that is not sold, or that what is looked for is meant for.
    fn is_of_another_noun(&self, start: usize, end: usize) -> bool {
        let (opened, thing) = self.noun(start, end);
        let relation = opened.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|word| RELATIONS.contains(&word));
        match thing {
            Thing::Unnamed => self.is_room(end),
            Thing::Other => true,
            Thing::Sold => relation && self.asks_for_something_else(opened - 1),
        }
    }

    /// Where the noun phrase around a measure opens, and what it names.
    fn noun(&self, start: usize, end: usize) -> (usize, Thing) {
        let mut opened = start;
        let mut words = 0;
        for (at, lexeme) in self.back(start) {
            let word = lexeme.folded.as_str();
            let determines = DETERMINERS.contains(&word);
            if !determines && (lexeme.kind != Kind::Word || (is_talk(word) && !HEDGES.contains(&word))) {
                break;
            }
            opened = at;
            words += usize::from(!HEDGES.contains(&word));
            if determines || words > THING_REACH {
                break;
            }
        }
        let determined = opened < start && self.word(opened).is_some_and(|word| DETERMINERS.contains(&word));
        let led = opened.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|word| RELATIONS.contains(&word));
        let before = self.thing(opened..start);
        let behind = if self.vocabulary.names_last() { self.thing(end..end + THING_REACH) } else { Thing::Unnamed };
        let thing = match (before, behind) {
            (Thing::Sold, _) | (_, Thing::Sold) => Thing::Sold,
            // Only a phrase that is one names a thing.
            (Thing::Other, _) | (_, Thing::Other) if determined || led => Thing::Other,
            (Thing::Other | Thing::Unnamed, _) => Thing::Unnamed,
        };
        (opened, thing)
    }

    /// What some words name, up to the first that is no part of a name.
    fn thing(&self, places: std::ops::Range<usize>) -> Thing {
        let mut named = Thing::Unnamed;
        for at in places.filter(|at| !self.word(*at).is_some_and(|word| DETERMINERS.contains(&word))) {
            let Some(word) = self.word(at) else { break };
            if HEDGES.contains(&word) || DIMENSIONS.contains(&word) || self.is_value(at) {
                continue;
            }
            if is_talk(word) {
                break;
            }
            if !PEOPLE.contains(&word) && (self.is_sold)(word) {
                return Thing::Sold;
            }
            let pointing = POINTING.contains(&word) || NOT_SOLD.contains(&word) || self.is_preference(word);
            if !pointing {
                named = Thing::Other;
            }
        }
        named
    }

    /// `a vase for a 40 cm shelf`: what stands before is looked for.
    fn asks_for_something_else(&self, before: usize) -> bool {
        self.back(before)
            .filter_map(|(at, _)| self.word(at))
            .any(|word| ANYTHING.contains(&word) || (!is_talk(word) && (self.is_sold)(word)))
    }

    fn is_value(&self, at: usize) -> bool {
        let stem = self.cut.at(at).and_then(|lexeme| self.vocabulary.stem_of(lexeme));
        stem.is_some_and(|stem| self.vocabulary.beginning_with(&stem).any(|entry| !entry.wants_cue))
    }

    fn is_preference(&self, word: &str) -> bool {
        let kind = !matches!(ValueKind::of_name(word), ValueKind::Named(_));
        kind || PREFERENCES.contains(&word) || ADJECTIVES.contains(&word)
    }
}

/// It has digits: a length, an age, a format.
fn is_measure(entry: &Entry) -> bool {
    entry.stems.iter().any(|stem| stem.starts_with(|letter: char| letter.is_ascii_digit()))
}
