//! Reads what a message says about prices, in French and English.
//!
//! An amount is a price when it names its money or a phrase bounds it, and neither
//! a unit, a noun nor a size word takes it away: `2 chaises`, `taille 42`, `40 cm`
//! are none. What stays doubtful is not read: a wrong filter hides what was asked.

use std::ops::Range;

use super::lexeme::{Cut, Kind, Lexeme};
use super::money_words::{Amount, amount, means};
use super::phrases::{self, Op, Phrase};
use super::wish::{Bound, PriceWish};
use crate::model::Currency;

/// Fillers passed over between a phrase and its amount.
const FILLERS_MAX: usize = 4;
/// How far back a negation, a size word or a shipping word is looked for.
const NEGATION_REACH: usize = 7;
const SIZE_REACH: usize = 3;
const GUARD_REACH: usize = 6;
const POINTING_REACH: usize = 4;

/// Which phrases are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    French,
    English,
}

/// What was read, and which lexemes it took.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Prices {
    pub wish: Option<PriceWish>,
    /// Another currency than the catalog's was named: its ISO code.
    pub foreign: Option<String>,
    pub runs: Vec<Range<usize>>,
}

/// `goes_on`: whether a word may follow a bare number without making it a quantity.
pub(super) fn read(cut: &Cut, currency: Currency, tongue: Tongue, goes_on: &dyn Fn(&Lexeme) -> bool) -> Prices {
    let reader = Reader { cut, currency, tongue, goes_on };
    let mut prices = Prices::default();
    let mut at = 0;
    while at < cut.lexemes.len() {
        let Some(reading) = reader.reading(at) else {
            at += 1;
            continue;
        };
        at = reading.end.max(at + 1);
        if reader.is_about_something_else(&reading) {
            continue;
        }
        let foreign = reading.foreign(currency);
        match (foreign, reading.wish(currency)) {
            (Some(code), _) => prices.foreign = Some(code.to_owned()),
            (None, Some(wish)) => prices.wish = Some(prices.wish.map_or(wish, |before| before.refined(wish))),
            (None, None) => continue,
        }
        // `12 € pièce` asks for no piece of anything.
        prices.runs.push(reading.start..reader.behind_each(reading.end).unwrap_or(reading.end));
    }
    prices
}

/// A bound and its amounts.
struct Reading {
    op: Op,
    low: Amount,
    /// Of a range.
    high: Option<Amount>,
    start: usize,
    end: usize,
}

impl Reading {
    /// The first currency that the amount may mean, when none of them is the catalog's.
    fn foreign(&self, currency: Currency) -> Option<&'static str> {
        let named = self.low.money.or(self.high.and_then(|high| high.money))?;
        if means(named, currency) { None } else { named.first().copied() }
    }

    fn wish(&self, currency: Currency) -> Option<PriceWish> {
        let minor = |amount: Amount| amount.value.minor(currency.decimals());
        let low = minor(self.low)?;
        if let Some(high) = self.high {
            let high = minor(high)?;
            return Some(PriceWish::between(low.min(high), low.max(high)));
        }
        let bound = |included| Some(Bound { minor: low, included });
        Some(match self.op {
            Op::Below => PriceWish { min: None, max: bound(false) },
            Op::AtMost | Op::Budget => PriceWish { min: None, max: bound(true) },
            Op::Above => PriceWish { min: bound(false), max: None },
            Op::AtLeast => PriceWish { min: bound(true), max: None },
            Op::Around | Op::At => PriceWish::around(low)?,
        })
    }
}

struct Reader<'c> {
    cut: &'c Cut,
    currency: Currency,
    tongue: Tongue,
    goes_on: &'c dyn Fn(&Lexeme) -> bool,
}

impl Reader<'_> {
    fn reading(&self, at: usize) -> Option<Reading> {
        self.range(at).or_else(|| self.bounded(at)).or_else(|| self.amount_first(at))
    }

    fn amount(&self, at: usize) -> Option<Amount> {
        amount(self.cut, at, self.currency)
    }

    /// `entre 20 et 40`, `from 20 to 40`, `30 - 50 €`.
    fn range(&self, start: usize) -> Option<Reading> {
        let opener = phrases::RANGE_OPENERS
            .iter()
            .filter_map(|(words, and)| self.phrase_at(start, words).map(|end| (end, *and)))
            .max_by_key(|(end, _)| *end);
        let (from, and) = opener.unwrap_or((start, false));
        let mut low = self.amount_behind_fillers(from, if opener.is_some() { 2 } else { 0 })?;
        let (at, join) = phrases::RANGE_JOINS
            .iter()
            .filter_map(|join| self.phrase_at(low.end, join).map(|end| (end, *join)))
            .max_by_key(|(end, _)| *end)?;
        let high = self.amount_behind_fillers(at, 2)?;
        let joins_two = matches!(join, "et" | "and" | "&" | "et jusqu a");
        if (joins_two && !and) || (join == "/" && opener.is_none()) {
            return None;
        }
        if high.thousands && !low.thousands && low.value.is_small() {
            low.value = low.value.thousand_times()?;
        }
        let money = high.money.or(low.money);
        low.money = low.money.or(money);
        let end = high.end;
        let named = money.is_some() || self.speaks_of_price(start);
        let opened = opener.is_some() && !(high.value.is_small() || self.are_years(&low, &high));
        let listed = matches!(join, "ou" | "or" | "a" | "à" | "to" | "-");
        let weak = self.cut.at(start).is_some_and(|first| first.is_word("des") || first.is_word("d"));
        let stands = if named { opener.is_some() || listed } else { opened && !weak && self.is_bare_price(start, end) };
        stands.then_some(Reading { op: Op::AtMost, low, high: Some(high), start, end })
    }

    /// A phrase, then its amount; what stands behind it may say more.
    fn bounded(&self, start: usize) -> Option<Reading> {
        let (op, money_only, at) = self.phrase(start, &[phrases::BEFORE_ANY, self.before()])?;
        let low = self.amount_behind_fillers(at, if op == Op::At { 0 } else { FILLERS_MAX })?;
        let mut end = low.end;
        let mut op = self.negated(op, start);
        if let Some((behind, wants_money, after)) = self.phrase_behind(low.end)
            && (!wants_money || low.money.is_some())
        {
            let softens = matches!(op, Op::Budget | Op::At);
            op = if softens { behind } else { op };
            end = after;
        }
        if matches!(op, Op::Budget) && (low.about || self.speaks_of_about(at, low.start)) {
            op = Op::Around;
        }
        if low.about && op == Op::At {
            op = Op::Around;
        }
        let stands = match low.money {
            Some(_) => op != Op::At || !self.points_at_one(start),
            None if money_only => false,
            None => {
                (!low.value.is_small() || self.speaks_of_price(start) || self.speaks_of_cost(start, low.start))
                    && self.is_bare_price(start, end)
            }
        };
        stands.then_some(Reading { op, low, high: None, start, end })
    }

    /// `50 euros maximum`, `$100 or less`, `une centaine d'euros`.
    fn amount_first(&self, start: usize) -> Option<Reading> {
        let low = self.amount(start)?;
        let plus = self.cut.at(low.end).is_some_and(|sign| sign.is_sign('+') && sign.glued);
        let behind = self.phrase_behind(low.end);
        let (op, wants_money, end) = match behind {
            Some(found) => found,
            None if plus => (Op::AtLeast, true, low.end + 1),
            None if low.about => (Op::Around, true, low.end),
            None => return None,
        };
        let stands = match low.money {
            Some(_) => true,
            None => !wants_money && !low.value.is_small() && self.is_bare_price(start, end),
        };
        stands.then_some(Reading { op, low, high: None, start, end })
    }

    fn before(&self) -> &'static [Phrase] {
        match self.tongue {
            Tongue::French => phrases::BEFORE_FRENCH,
            Tongue::English => phrases::BEFORE_ENGLISH,
        }
    }

    fn behind(&self) -> &'static [Phrase] {
        match self.tongue {
            Tongue::French => phrases::BEHIND_FRENCH,
            Tongue::English => phrases::BEHIND_ENGLISH,
        }
    }

    fn behind_each(&self, at: usize) -> Option<usize> {
        phrases::EACH.iter().filter_map(|words| self.phrase_at(at, words)).max()
    }

    /// The longest phrase that begins here.
    fn phrase(&self, at: usize, lists: &[&[Phrase]]) -> Option<(Op, bool, usize)> {
        let all = lists.iter().flat_map(|list| list.iter());
        all.filter_map(|(words, op, money)| self.phrase_at(at, words).map(|end| (*op, *money, end)))
            .max_by_key(|(_, _, end)| *end)
    }

    /// A phrase behind an amount: not the beginning of the next one, as in `plus de 20
    /// et moins de 40`.
    fn phrase_behind(&self, at: usize) -> Option<(Op, bool, usize)> {
        [Some(at), self.behind_each(at)].into_iter().flatten().find_map(|at| {
            self.phrase(at, &[self.behind()]).filter(|(_, _, end)| self.amount_behind_fillers(*end, 2).is_none())
        })
    }

    /// The lexeme after these words, if they stand here.
    fn phrase_at(&self, mut at: usize, words: &str) -> Option<usize> {
        for word in words.split(' ') {
            let lexeme = self.cut.at(at)?;
            let same = match lexeme.kind {
                Kind::Word if word.is_ascii() => lexeme.folded == word,
                Kind::Word => lexeme.lower == word,
                Kind::Sign(sign) => word.chars().eq([sign]),
                Kind::Number(_) | Kind::Code => false,
            };
            same.then_some(())?;
            at += 1;
        }
        Some(at)
    }

    fn amount_behind_fillers(&self, mut at: usize, fillers_max: usize) -> Option<Amount> {
        for _ in 0..=fillers_max {
            if let Some(found) = self.amount(at) {
                return Some(found);
            }
            let filler = self.cut.at(at)?;
            phrases::FILLERS.contains(&filler.folded.as_str()).then_some(())?;
            at += 1;
        }
        None
    }

    /// The lexemes before one, nearest first, within its clause.
    fn back(&self, at: usize, reach: usize) -> impl Iterator<Item = &Lexeme> {
        let from = at.saturating_sub(reach);
        let before = self.cut.lexemes.get(from..at).unwrap_or_default();
        before.iter().rev().take_while(|lexeme| !lexeme.ends_clause() || lexeme.is_sign(':'))
    }

    /// `je ne veux pas mettre plus de 50 €` is at most 50.
    fn negated(&self, op: Op, start: usize) -> Op {
        let flipped = match op {
            Op::Above => Op::AtMost,
            Op::Below => Op::AtLeast,
            Op::AtMost | Op::AtLeast | Op::Around | Op::Budget | Op::At => return op,
        };
        for lexeme in self.back(start, NEGATION_REACH) {
            let word = lexeme.folded.as_str();
            if phrases::NEGATIONS.contains(&word) {
                return flipped;
            }
            if !phrases::BETWEEN_NEGATION.contains(&word) {
                return op;
            }
        }
        op
    }

    fn speaks_of_price(&self, start: usize) -> bool {
        let words = ["budget", "prix", "price", "prices", "priced", "tarif", "tarifs", "cost", "costs", "euros", "eur"];
        self.back(start + 1, SIZE_REACH + 1).any(|lexeme| words.contains(&lexeme.folded.as_str()))
    }

    /// `moins cher que 8`
    fn speaks_of_cost(&self, start: usize, end: usize) -> bool {
        let phrase = self.cut.lexemes.get(start..end).unwrap_or_default();
        phrase.iter().any(|lexeme| {
            ["cher", "chere", "chers", "cheaper", "expensive", "prix", "price"].contains(&lexeme.folded.as_str())
        })
    }

    fn speaks_of_about(&self, from: usize, to: usize) -> bool {
        let between = self.cut.lexemes.get(from..to).unwrap_or_default();
        between.iter().any(|lexeme| {
            ["environ", "autour", "about", "around", "roughly", "tourne"].contains(&lexeme.folded.as_str())
        })
    }

    fn are_years(&self, low: &Amount, high: &Amount) -> bool {
        let is_year = |amount: &Amount| amount.value.scale == 0 && (1900..=2100).contains(&amount.value.digits);
        is_year(low) && is_year(high)
    }

    /// A number without money is a price when nothing around it makes it a size or a quantity.
    fn is_bare_price(&self, start: usize, end: usize) -> bool {
        let sized = self.back(start, SIZE_REACH).any(|lexeme| phrases::SIZE_WORDS.contains(&lexeme.folded.as_str()));
        !sized && self.cut.at(end).is_none_or(|next| self.may_follow(next, end))
    }

    fn may_follow(&self, next: &Lexeme, at: usize) -> bool {
        let word = next.folded.as_str();
        match next.kind {
            Kind::Sign(sign) => {
                let range =
                    sign == '-' && self.cut.at(at + 1).is_some_and(|after| matches!(after.kind, Kind::Number(_)));
                !range && !matches!(sign, '%' | '°' | '"' | '″' | '\'' | '′' | '×' | '*' | '/' | '²')
            }
            Kind::Number(_) | Kind::Code => false,
            Kind::Word => {
                let of = matches!(word, "de" | "d" | "in" | "en");
                let ends = self.cut.at(at + 2).is_none_or(Lexeme::ends_clause);
                let measured = of
                    && self.cut.at(at + 1).is_some_and(|after| {
                        let named = after.folded.as_str();
                        phrases::DIMENSIONS.contains(&named)
                            || (ends && matches!(named, "taille" | "pointure" | "size" | "sizes"))
                    });
                let preposition = word == "an" || word == "to" || word == "s";
                let counted = phrases::UNITS.contains(&word) && !(preposition && !next.glued && word == "s");
                let dimension = phrases::DIMENSIONS.contains(&word);
                !measured && !counted && !dimension && (self.goes_on)(next)
            }
        }
    }

    /// `la lampe à 50 euros` already has its price.
    fn points_at_one(&self, start: usize) -> bool {
        let back: Vec<&Lexeme> = self.back(start, POINTING_REACH).collect();
        back.iter().enumerate().any(|(place, lexeme)| {
            let pointing = phrases::POINTING.contains(&lexeme.folded.as_str());
            // `pour la chambre` points at a room.
            let place_of = ["pour", "dans", "de", "sur", "d", "for", "in", "on", "of", "a"];
            let behind_preposition =
                back.get(place + 1).is_some_and(|before| place_of.contains(&before.folded.as_str()));
            pointing && !behind_preposition
        })
    }

    /// Shipping, discounts, refunds: not the price of a product.
    fn is_about_something_else(&self, reading: &Reading) -> bool {
        let stands_at = |at: usize| phrases::NO_PRODUCT_PRICE.iter().any(|words| self.phrase_at(at, words).is_some());
        let clause = self.back(reading.start, GUARD_REACH).count();
        let before = (reading.start - clause..reading.start).any(stands_at);
        let behind = self.cut.at(reading.end).is_some_and(|next| !next.ends_clause())
            && (stands_at(reading.end)
                || self
                    .cut
                    .at(reading.end)
                    .is_some_and(|of| ["de", "d", "en", "of", "for"].contains(&of.folded.as_str()))
                    && stands_at(reading.end + 1));
        let monthly = ["par mois", "per month", "a month", "/ mois", "/ month", "par an", "a year", "per year"];
        before || behind || monthly.iter().any(|words| self.phrase_at(reading.end, words).is_some())
    }
}
