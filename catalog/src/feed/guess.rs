//! What a column may give when no table of names tells: by the start of its name, or
//! by what it holds. A guess is shown and asked, never used unseen.

use std::collections::HashMap;

use super::dialect::{Dialect, Meaning as M, Rank};
use super::header::{Named, normal};
use super::layout::Layout;
use super::mapping::{Field, Mapping};
use super::preview::{Confidence, SeenColumn};
use super::values;
use crate::model::Gtin;

/// Of the filled cells, in how many of ten a guess by values must hold.
const TENTHS_MIN: usize = 8;
/// A code is no sentence.
const CODE_CHARS: usize = 40;
/// A title has letters, and is shorter than a description.
const TITLE_CHARS: std::ops::RangeInclusive<usize> = 3..=150;
/// Words of prices that are not the customer's.
const NOT_FOR_SALE: [&str; 6] = ["achat", "revient", "cost", "purchase", "wholesale", "fournisseur"];

/// How sure each column is by its name and the mapping.
pub(super) fn confidences(layout: &Layout, mapping: Option<&Mapping>) -> Vec<Confidence> {
    let mapped = |name: &str| mapping.is_some_and(|mapping| mapping.names(name));
    let of = |name: &str| {
        let (rank, _) = layout.dialect.meaning(&Named::of(name));
        match rank {
            _ if mapped(name) => Confidence::Certain,
            Rank::Exact if layout.dialect == Dialect::HomeMade => Confidence::Likely,
            Rank::Exact => Confidence::Certain,
            Rank::Bare | Rank::WithoutTax => Confidence::Likely,
            Rank::Beginning => Confidence::Guess,
            Rank::Unknown if is_platform(layout.dialect) => Confidence::Certain,
            Rank::Unknown => Confidence::None,
        }
    };
    layout.columns.iter().map(|column| of(&column.name)).collect()
}

/// A platform's own export, whose further columns are known to say nothing.
fn is_platform(dialect: Dialect) -> bool {
    !matches!(dialect, Dialect::HomeMade | Dialect::Google)
}

/// Guesses for columns of which nothing is known, of fields that no column gives yet.
pub(super) fn of(layout: &Layout, known: &[Confidence], seen: &[SeenColumn]) -> HashMap<usize, Field> {
    let mut guesses: HashMap<usize, Field> = HashMap::new();
    if is_platform(layout.dialect) {
        return guesses;
    }
    let mut free: Vec<usize> = (0..known.len())
        .filter(|at| known.get(*at) == Some(&Confidence::None) && seen.get(*at).is_some_and(|seen| seen.filled > 0))
        .collect();
    for wanted in WANTED {
        let given = layout.first(wanted.meaning).is_some();
        let has_id = [M::Id, M::Sku, M::Group, M::ExternalId].iter().any(|meaning| layout.first(*meaning).is_some());
        if given || (wanted.meaning == M::Sku && has_id) {
            continue;
        }
        let by_name = free.iter().position(|at| wanted.by_name(layout.name(*at)));
        let by_values = || free.iter().position(|at| seen.get(*at).is_some_and(|seen| (wanted.by_values)(seen)));
        if let Some(place) = by_name.or_else(by_values) {
            let at = free.remove(place);
            let name = normal(layout.name(at));
            guesses.insert(at, wanted.field(layout.name(at)));
            // A mapping knows columns by their names: of two that are called alike, one may be said.
            free.retain(|other| normal(layout.name(*other)) != name);
        }
    }
    guesses
}

/// A field that is looked for, the surest signs first.
struct Wanted {
    meaning: M,
    field: Field,
    /// How its column's name may begin or which word it may hold, in the normal form.
    words: &'static [&'static str],
    by_values: fn(&SeenColumn) -> bool,
}

const WANTED: [Wanted; 8] = [
    Wanted { meaning: M::Gtin, field: Field::Gtin, words: &["ean", "gtin", "gencod", "barcode"], by_values: gtins },
    Wanted {
        meaning: M::Image,
        field: Field::Image,
        words: &["image", "photo", "visuel", "picture"],
        by_values: images,
    },
    Wanted { meaning: M::Link, field: Field::Link, words: &["url", "lien", "link", "adresse"], by_values: links },
    Wanted {
        meaning: M::Availability,
        field: Field::Availability,
        words: &["dispo", "availability", "disponibilite"],
        by_values: availabilities,
    },
    Wanted {
        meaning: M::Price,
        field: Field::Price,
        words: &["prix", "price", "tarif", "pvc", "pu"],
        by_values: prices,
    },
    Wanted { meaning: M::Sku, field: Field::Sku, words: &["ref", "reference", "sku", "code", "id"], by_values: codes },
    Wanted {
        meaning: M::Title,
        field: Field::Title,
        words: &["nom", "titre", "name", "title", "libelle", "designation", "article", "produit", "product"],
        by_values: titles,
    },
    Wanted {
        meaning: M::Stock,
        field: Field::Stock,
        words: &["stock", "qte", "quantite", "qty"],
        by_values: |_| false,
    },
];

impl Wanted {
    fn by_name(&self, name: &str) -> bool {
        let named = Named::of(name);
        let mut words = named.bare.split(' ');
        let is_ours = |word: &str| self.words.contains(&word);
        let ours = words.clone().any(is_ours);
        ours && !(self.meaning == M::Price && words.any(|word| NOT_FOR_SALE.contains(&word)))
    }

    fn field(&self, name: &str) -> Field {
        match self.field {
            Field::Price if Named::of(name).tax == Some(super::header::Tax::Excluded) => Field::PriceWithoutTax,
            _ => self.field.clone(),
        }
    }
}

fn mostly(seen: &SeenColumn, holds: impl Fn(&str) -> bool) -> bool {
    let held = seen.counts.keys().filter(|value| holds(value)).count();
    !seen.counts.is_empty() && held * 10 >= seen.counts.len() * TENTHS_MIN
}

fn gtins(seen: &SeenColumn) -> bool {
    mostly(seen, |value| value.len() >= 8 && Gtin::new(value).is_ok())
}

fn links(seen: &SeenColumn) -> bool {
    mostly(seen, |value| value.starts_with("http://") || value.starts_with("https://"))
}

fn images(seen: &SeenColumn) -> bool {
    let is_picture = |value: &str| {
        let path = value.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].iter().any(|ending| path.ends_with(ending))
    };
    links(seen) && mostly(seen, is_picture)
}

fn availabilities(seen: &SeenColumn) -> bool {
    let is_word = |value: &str| values::pieces(value).is_none() && values::availability(value).is_some();
    // Words for it come again and again; half of them known is telling enough.
    let known = seen.counts.keys().filter(|value| is_word(value)).count();
    seen.counts.len() <= 12 && known * 2 >= seen.counts.len() && known > 0
}

/// Amounts with decimals: whole numbers may be anything.
fn prices(seen: &SeenColumn) -> bool {
    mostly(seen, |value| {
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let cents = value.trim_end_matches(|sign: char| !sign.is_ascii_digit());
        let has_cents = cents.rsplit_once(['.', ',']).is_some_and(|(_, behind)| behind.len() == 2);
        has_cents && digits * 2 > value.chars().count() && !value.contains('/')
    })
}

fn codes(seen: &SeenColumn) -> bool {
    let all_differ = seen.counts.len() == seen.filled as usize;
    all_differ
        && mostly(seen, |value| {
            value.chars().count() <= CODE_CHARS
                && !value.contains(' ')
                && value.bytes().any(|byte| byte.is_ascii_digit())
                && !value.contains([',', '€'])
        })
}

fn titles(seen: &SeenColumn) -> bool {
    let many_differ = seen.counts.len() * 2 > seen.filled as usize;
    let is_title = |value: &str| {
        let letters = value.chars().filter(|letter| letter.is_alphabetic()).count();
        TITLE_CHARS.contains(&value.chars().count()) && letters * 2 > value.chars().count() && !value.contains("://")
    };
    many_differ && mostly(seen, is_title)
}
