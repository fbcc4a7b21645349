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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    /// Singular and plural, masculine and feminine of words that shops say.
    #[rustfmt::skip]
    const PAIRS: &[(&str, &str)] = &[
        ("vélo", "vélos"), ("tissu", "tissus"), ("bleu", "bleus"), ("bleu", "bleue"), ("bleu", "bleues"),
        ("photo", "photos"), ("jeu", "jeux"), ("bureau", "bureaux"), ("rideau", "rideaux"), ("tableau", "tableaux"),
        ("manteau", "manteaux"), ("couteau", "couteaux"), ("tuyau", "tuyaux"), ("journal", "journaux"),
        ("animal", "animaux"), ("bocal", "bocaux"), ("cheveu", "cheveux"), ("bijou", "bijoux"), ("genou", "genoux"),
        ("chaise", "chaises"), ("lampe", "lampes"), ("canapé", "canapés"), ("coussin", "coussins"),
        ("étagère", "étagères"), ("miroir", "miroirs"), ("tapis", "tapis"), ("matelas", "matelas"),
        ("drap", "draps"), ("couverture", "couvertures"), ("serviette", "serviettes"), ("casserole", "casseroles"),
        ("poêle", "poêles"), ("assiette", "assiettes"), ("tasse", "tasses"), ("verre", "verres"), ("bol", "bols"),
        ("robe", "robes"), ("jupe", "jupes"), ("chemise", "chemises"), ("pantalon", "pantalons"),
        ("chaussure", "chaussures"), ("botte", "bottes"), ("gant", "gants"), ("écharpe", "écharpes"),
        ("sac", "sacs"), ("ceinture", "ceintures"), ("collier", "colliers"), ("bague", "bagues"),
        ("doré", "dorée"), ("doré", "dorés"), ("doré", "dorées"), ("argenté", "argentée"), ("brodé", "brodées"),
        ("rayé", "rayée"), ("noir", "noire"), ("noir", "noirs"), ("noir", "noires"), ("vert", "verte"),
        ("vert", "vertes"), ("gris", "grise"), ("gris", "grises"), ("blanc", "blanche"), ("blanc", "blancs"),
        ("blanc", "blanches"), ("violet", "violette"), ("brun", "brune"), ("rond", "ronde"), ("carré", "carrée"),
        ("long", "longue"), ("long", "longues"), ("court", "courte"), ("grand", "grande"), ("petit", "petites"),
        ("haut", "haute"), ("bas", "basse"), ("bas", "basses"), ("épais", "épaisse"), ("doux", "douce"),
        ("sec", "sèche"), ("frais", "fraîche"), ("neuf", "neuve"), ("beau", "belle"), ("nouveau", "nouvelle"),
        ("ancien", "ancienne"), ("léger", "légère"), ("joli", "jolie"), ("naturel", "naturelle"),
        ("rectangulaire", "rectangulaires"), ("pliant", "pliante"), ("lavable", "lavables"), ("rayon", "rayons"),
        ("cuir", "cuirs"), ("œuf", "œufs"), ("gâteau", "gâteaux"), ("clé", "clés"), ("noix", "noix"),
    ];

    #[test]
    fn nine_of_ten_french_pairs_meet() {
        let stemming = Stemming::of(Lang::Fr);
        let stem = |word: &str| stemming.stem(&fold(word));
        let apart: Vec<_> = PAIRS.iter().filter(|(one, other)| stem(one) != stem(other)).collect();
        assert!(PAIRS.len() >= 80 && apart.len() * 10 <= PAIRS.len(), "{} of {}: {apart:?}", apart.len(), PAIRS.len());
    }
}
