//! An amount with the money it names: `49,90 €`, `$1.5k`, `cinquante euros`, `12€50`.

use super::lexeme::{Cut, Kind, Lexeme};
use super::numeral::{self, Decimal};
use crate::model::Currency;

/// The currencies that a word or sign may mean, the likeliest first; empty for slang,
/// which means whatever is paid in here.
pub(super) type Named = &'static [&'static str];

const DOLLARS: Named = &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"];
const FRANCS: Named = &["CHF", "XOF", "XAF", "XPF", "CDF", "RWF", "GNF", "BIF", "DJF", "KMF"];
const CROWNS: Named = &["SEK", "NOK", "DKK", "ISK"];
const HERE: Named = &[];

const WORDS: &[(&str, Named)] = &[
    ("euro", &["EUR"]),
    ("euros", &["EUR"]),
    ("eur", &["EUR"]),
    ("eurs", &["EUR"]),
    ("balles", HERE),
    ("dollar", DOLLARS),
    ("dollars", DOLLARS),
    ("bucks", DOLLARS),
    ("usd", &["USD"]),
    ("cad", &["CAD"]),
    ("aud", &["AUD"]),
    ("pound", &["GBP", "EGP", "LBP"]),
    ("pounds", &["GBP", "EGP", "LBP"]),
    ("quid", &["GBP"]),
    ("gbp", &["GBP"]),
    ("franc", FRANCS),
    ("francs", FRANCS),
    ("chf", &["CHF"]),
    ("yen", &["JPY"]),
    ("yens", &["JPY"]),
    ("jpy", &["JPY"]),
    ("dirham", &["MAD", "AED"]),
    ("dirhams", &["MAD", "AED"]),
    ("dinar", &["TND", "DZD", "KWD", "RSD", "JOD"]),
    ("dinars", &["TND", "DZD", "KWD", "RSD", "JOD"]),
    ("kr", CROWNS),
    ("sek", &["SEK"]),
    ("nok", &["NOK"]),
    ("dkk", &["DKK"]),
    ("zl", &["PLN"]),
    ("zlotys", &["PLN"]),
    ("pln", &["PLN"]),
];
const SIGNS: &[(char, Named)] = &[
    ('€', &["EUR"]),
    ('$', DOLLARS),
    ('£', &["GBP", "EGP", "LBP"]),
    ('¥', &["JPY", "CNY"]),
    ('₹', &["INR"]),
    ('₩', &["KRW"]),
    ('₺', &["TRY"]),
    ('₪', &["ILS"]),
];
/// What stands beside `$` to say whose dollars.
const WHOSE_DOLLARS: &[(&str, Named)] = &[
    ("us", &["USD"]),
    ("usd", &["USD"]),
    ("ca", &["CAD"]),
    ("c", &["CAD"]),
    ("cad", &["CAD"]),
    ("a", &["AUD"]),
    ("au", &["AUD"]),
    ("aud", &["AUD"]),
    ("nz", &["NZD"]),
    ("hk", &["HKD"]),
];
/// Adjectives behind `dollars`, `francs`, `pounds`.
const WHOSE: &[(&str, Named)] = &[
    ("canadiens", &["CAD"]),
    ("canadian", &["CAD"]),
    ("americains", &["USD"]),
    ("australiens", &["AUD"]),
    ("suisses", &["CHF"]),
    ("cfa", &["XOF", "XAF"]),
    ("sterling", &["GBP"]),
];
const COINS: &[(&str, Named)] = &[
    ("centime", HERE),
    ("centimes", HERE),
    ("cents", HERE),
    ("cent", HERE),
    ("cts", HERE),
    ("ct", HERE),
    ("pence", &["GBP"]),
];

/// A number that may be a price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub value: Decimal,
    /// Absent: the number stands alone.
    pub money: Option<Named>,
    /// `une centaine`, `50ish`.
    pub about: bool,
    /// Written with a `k` for a thousand.
    pub thousands: bool,
    /// Lexemes.
    pub start: usize,
    pub end: usize,
}

/// Whether money so named is this currency.
pub(super) fn means(named: Named, currency: Currency) -> bool {
    named.is_empty() || named.contains(&currency.code())
}

/// The amount that begins at a lexeme.
pub(super) fn amount(cut: &Cut, start: usize, currency: Currency) -> Option<Amount> {
    let (ahead, at) = match money_before(cut, start, currency) {
        Some((money, end)) => (Some(money), end),
        None => (None, start),
    };
    let mut found = number(cut, at).or_else(|| one(cut, at, currency))?;
    found.start = start;
    found.money = ahead;
    if ahead.is_none() {
        take_money_behind(cut, &mut found, currency);
    } else if let Some(money) = cut.at(found.end).and_then(|next| word_or_sign(next, currency)) {
        // `$50 USD`, `€50 euros`
        found.money = Some(money);
        found.end += 1;
    }
    if glued(cut, found.end).is_some_and(|next| next.is_word("ish"))
        || cut.at(found.end).is_some_and(|next| next.is_word("ish"))
    {
        found.about = true;
        found.end += 1;
    }
    Some(found)
}

fn number(cut: &Cut, at: usize) -> Option<Amount> {
    let lexeme = cut.at(at)?;
    let plain = |value, end, about| Amount { value, money: None, about, thousands: false, start: at, end };
    match lexeme.kind {
        Kind::Number(value) => {
            let thousand = cut.at(at + 1).is_some_and(|next| {
                (next.glued && next.is_word("k")) || next.is_word("mille") || next.is_word("grand")
            });
            let mut found = plain(value, at + 1, false);
            if thousand {
                found.value = value.thousand_times()?;
                found.thousands = true;
                found.end += 1;
            }
            Some(found)
        }
        Kind::Word => {
            numeral::spelled(cut, at).map(|spelled| plain(Decimal::whole(spelled.value), spelled.end, spelled.about))
        }
        Kind::Code | Kind::Sign(_) => None,
    }
}

/// `un euro`, `one dollar`: otherwise an article.
fn one(cut: &Cut, at: usize, currency: Currency) -> Option<Amount> {
    let lexeme = cut.at(at).filter(|lexeme| lexeme.is_word("un") || lexeme.is_word("one"))?;
    cut.at(at + 1).filter(|next| next.kind == Kind::Word && lexeme.end < next.start)?;
    cut.at(at + 1).and_then(|next| word_or_sign(next, currency))?;
    Some(Amount { value: Decimal::whole(1), money: None, about: false, thousands: false, start: at, end: at + 1 })
}

fn glued(cut: &Cut, at: usize) -> Option<&Lexeme> {
    cut.at(at).filter(|lexeme| lexeme.glued)
}

/// `€50`, `US$50`, `EUR 50`.
fn money_before(cut: &Cut, start: usize, currency: Currency) -> Option<(Named, usize)> {
    let first = cut.at(start)?;
    if let Some((_, whose)) = WHOSE_DOLLARS.iter().find(|(word, _)| first.is_word(word))
        && glued(cut, start + 1).is_some_and(|sign| sign.is_sign('$'))
    {
        return Some((whose, start + 2));
    }
    let money = match first.kind {
        Kind::Sign(_) => word_or_sign(first, currency)?,
        // Only codes stand before a number: not `euros 50`, which may end another amount.
        Kind::Word if first.folded.len() == 3 => word_or_sign(first, currency)?,
        Kind::Word | Kind::Number(_) | Kind::Code => return None,
    };
    matches!(cut.at(start + 1)?.kind, Kind::Number(_)).then_some((money, start + 1))
}

fn word_or_sign(lexeme: &Lexeme, currency: Currency) -> Option<Named> {
    match &lexeme.kind {
        Kind::Sign(sign) => SIGNS.iter().find(|(known, _)| known == sign).map(|(_, named)| *named),
        Kind::Word if lexeme.folded.eq_ignore_ascii_case(currency.code()) => Some(HERE),
        Kind::Word => WORDS.iter().find(|(known, _)| *known == lexeme.folded).map(|(_, named)| *named),
        Kind::Number(_) | Kind::Code => None,
    }
}

fn take_money_behind(cut: &Cut, found: &mut Amount, currency: Currency) {
    // `une centaine d'euros`
    let at = match cut.at(found.end) {
        Some(of) if found.about && (of.is_word("d") || of.is_word("de") || of.is_word("of")) => found.end + 1,
        Some(_) | None => found.end,
    };
    let Some(next) = cut.at(at) else { return };
    let coin = COINS.iter().find(|(word, _)| next.is_word(word)).map(|(_, named)| *named);
    let coin = coin.or_else(|| (next.glued && (next.is_word("c") || next.is_word("p"))).then_some(HERE));
    if let Some(named) = coin {
        found.value = found.value.hundredth();
        found.money = Some(named);
        found.end = at + 1;
        return;
    }
    // `50 canadian dollars`
    if let Some((_, whose)) = WHOSE.iter().find(|(word, _)| next.is_word(word))
        && cut.at(at + 1).is_some_and(|money| word_or_sign(money, currency).is_some())
    {
        found.money = Some(whose);
        found.end = at + 2;
        return;
    }
    if let Some(named) = word_or_sign(next, currency) {
        found.money = Some(named);
        found.end = at + 1;
        take_whose(cut, found);
        take_cents(cut, found, next.kind != Kind::Word, currency);
    } else if next.glued && next.is_word("e") && cut.at(at + 1).is_none_or(may_follow_e) {
        // `50e` is how French chats write it, and how they count birthdays.
        found.money = Some(&["EUR"]);
        found.end = at + 1;
    } else if next.is_word("livres") && cut.at(at + 1).is_some_and(|next| next.is_word("sterling")) {
        found.money = Some(&["GBP"]);
        found.end = at + 2;
    }
}

fn may_follow_e(next: &Lexeme) -> bool {
    const MAY: &[&str] = &[
        "max", "maxi", "maximum", "mini", "minimum", "svp", "stp", "ou", "et", "environ", "pour", "en", "avec", "si",
        "c", "par", "a", "mais", "grand", "au", "de", "pas", "s",
    ];
    next.kind != Kind::Word || MAY.contains(&next.folded.as_str())
}

/// `50 $ US`, `50 dollars canadiens`, `50$CA`.
fn take_whose(cut: &Cut, found: &mut Amount) {
    let Some(next) = cut.at(found.end) else { return };
    let dollar = cut.at(found.end - 1).is_some_and(|sign| sign.is_sign('$'));
    let whose = if dollar {
        WHOSE_DOLLARS.iter().filter(|(word, _)| word.len() > 1).find(|(word, _)| next.is_word(word))
    } else {
        WHOSE.iter().find(|(word, _)| next.is_word(word))
    };
    if let Some((_, named)) = whose {
        found.money = Some(named);
        found.end += 1;
    }
}

/// `12€50`, `12 euros 50`, `12 euros et 50 centimes`.
fn take_cents(cut: &Cut, found: &mut Amount, sign: bool, currency: Currency) {
    if found.value.scale > 0 || currency.decimals() != 2 {
        return;
    }
    let joined = cut.at(found.end).is_some_and(|next| next.is_word("et") || next.is_word("and"));
    let at = found.end + usize::from(joined);
    let Some(next) = cut.at(at) else { return };
    let Kind::Number(cents) = next.kind else { return };
    let after = cut.at(at + 1);
    let coin = after.is_some_and(|after| COINS.iter().any(|(word, _)| after.is_word(word)));
    let ends_here = after.is_none_or(|after| after.ends_clause());
    let two_digits = next.folded.len() == 2 && cents.scale == 0;
    let belongs = if joined { coin } else { coin || (sign && next.glued) || (!sign && ends_here) };
    if two_digits && belongs {
        let digits = found.value.digits.checked_mul(100).and_then(|whole| whole.checked_add(cents.digits));
        if let Some(digits) = digits {
            found.value = Decimal { digits, scale: 2 };
            found.end = at + 1 + usize::from(coin);
        }
    }
}
