//! Takes endings off folded words, by language.
//!
//! Snowball does the work. Its French rules keep a plural `s` after a, i, o, u
//! (`vélos`, `bleus`) and know nothing of `jeux`: two rules before it and a small
//! table after them make singular and plural, masculine and feminine meet.

use super::Lang;
use frostem::{Algorithm, Stemmer};

#[derive(Debug, Clone)]
pub(super) struct Stemming {
    french: bool,
    algorithm: Option<Algorithm>,
}

/// Feminine forms that no ending rule reaches: what is left of the word after
/// [`singular`], and the masculine form it should meet.
const FRENCH_FORMS: &[(&str, &str)] = &[
    ("blanche", "blanc"),
    ("franche", "franc"),
    ("seche", "sec"),
    ("fraiche", "frai"),
    ("grise", "gri"),
    ("basse", "bas"),
    ("grasse", "gras"),
    ("grosse", "gro"),
    ("epaisse", "epai"),
    ("fausse", "faux"),
    ("rousse", "rou"),
    ("douce", "dou"),
    ("longu", "long"),
    ("neuve", "neuf"),
    ("vive", "vif"),
    ("soyeuse", "soyeu"),
    ("moelleuse", "moelleu"),
    ("spacieuse", "spacieu"),
    ("lumineuse", "lumineu"),
    ("precieuse", "precieu"),
    ("belle", "beau"),
    ("nouvelle", "nouveau"),
    ("vieille", "vieux"),
    ("molle", "mou"),
    ("publiqu", "public"),
    ("turqu", "turc"),
    ("favorite", "favori"),
];

impl Stemming {
    pub(super) fn of(lang: Lang) -> Self {
        let algorithm = match lang {
            Lang::En => Some(Algorithm::English),
            Lang::Fr => Some(Algorithm::French),
            Lang::De => Some(Algorithm::German),
            Lang::Es => Some(Algorithm::Spanish),
            Lang::It => Some(Algorithm::Italian),
            Lang::Nl => Some(Algorithm::Dutch),
            Lang::Pt => Some(Algorithm::Portuguese),
            Lang::Other => None,
        };
        Self { french: lang == Lang::Fr, algorithm }
    }

    pub(super) fn stem(&self, folded: &str) -> String {
        // Codes and sizes are no words: `x200s` must not lose its `s`.
        if folded.chars().any(|letter| letter.is_ascii_digit()) {
            return folded.to_owned();
        }
        if self.french { self.snowball(french(folded)) } else { self.snowball(folded) }
    }

    pub(super) fn snowball(&self, word: &str) -> String {
        match self.algorithm {
            Some(algorithm) => Stemmer::new(algorithm).stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

fn french(folded: &str) -> &str {
    let singular = singular(folded);
    for (feminine, masculine) in FRENCH_FORMS {
        if *feminine == singular {
            return masculine;
        }
    }
    singular
}

/// Drops a last `s` or `x`, then a silent `e`, from words of four letters or more.
fn singular(folded: &str) -> &str {
    if folded.chars().count() < 4 {
        return folded;
    }
    let word = if folded.ends_with("ss") {
        folded
    } else if let Some(rest) = folded.strip_suffix('s') {
        rest
    } else if folded.ends_with("aux") && !folded.ends_with("eaux") && !folded.ends_with("yaux") {
        // `journaux` comes from `journal`: Snowball knows.
        folded
    } else {
        folded.strip_suffix('x').unwrap_or(folded)
    };
    if ["ee", "ue", "ie"].iter().any(|end| word.ends_with(end)) { word.strip_suffix('e').unwrap_or(word) } else { word }
}
