//! How people say that something no longer matters, in French and English.
//!
//! Written as they write it, apostrophes and hyphens as spaces, without accents. What
//! the phrases take back is found by [`super::freed`].

/// Before the price, a kind of value, or a value itself where the second says so.
#[rustfmt::skip]
pub(super) const BEFORE: &[(&str, bool)] = &[
    ("peu importe", false), ("peu m importe", false), ("qu importe", false), ("importe", false),
    ("n importe quel", false), ("n importe quelle", false), ("n importe quels", false), ("n importe quelles", false),
    ("quel que soit", false), ("quelle que soit", false), ("quels que soient", false), ("quelles que soient", false),
    ("sans limite", false), ("pas de limite", false), ("aucune limite", false), ("pas de preference", false),
    ("pas de preference particuliere", false), ("aucune preference", false), ("aucune preference particuliere", false),
    ("sans preference", false), ("me fiche", false), ("m en fiche", false), ("me moque", false), ("m en moque", false),
    ("me fous", false), ("m en fous", false), ("pas regardant", false), ("pas regardante", false),
    ("pas difficile", false), ("pas exigeant", false), ("pas exigeante", false), ("pas fixe", false),
    ("pas fixee", false), ("ouvert", false), ("ouverte", false), ("ouverts", false), ("flexible", false),
    ("flexibles", false), ("souple", false), ("oubliez", true), ("oublie", true), ("oublions", true),
    ("laissez tomber", true), ("laisse tomber", true), ("tant pis pour", true), ("plus besoin", true),
    ("pas forcement", true), ("pas necessairement", true), ("pas obligatoirement", true), ("pas specialement", true),
    ("pas oblige", true), ("pas obligee", true), ("n insiste pas", true), ("pas besoin que ce soit", true),
    ("pas besoin d etre", true),
    ("any", false), ("whatever", false), ("whichever", false), ("regardless", false), ("irrespective", false),
    ("no matter", false), ("t mind", false), ("dont mind", false), ("not mind", false), ("t care", false),
    ("dont care", false), ("not care", false), ("not picky", false), ("not fussy", false), ("not fussed", false),
    ("not particular", false), ("not bothered", false), ("t bothered", false), ("t fussed", false), ("open", false),
    ("no preference", false), ("no preferences", false), ("no strong preference", false),
    ("no particular preference", false), ("t have a preference", false), ("t have any preference", false),
    ("no limit", false), ("never mind", true), ("forget", true), ("ignore", true), ("not necessarily", true),
    ("t necessarily", true), ("t have to be", true), ("not have to be", true), ("t need to be", true),
    ("not need to be", true), ("need not be", true), ("needn t be", true), ("t insist", true), ("not set", true),
];
/// Behind the price or a kind of value; behind a value where the second says so.
#[rustfmt::skip]
pub(super) const BEHIND: &[(&str, bool)] = &[
    ("egal", false), ("egale", false), ("egales", false), ("importe peu", false), ("importent peu", false),
    ("importe pas", false), ("peu importe", false), ("pas d importance", false), ("aucune importance", false),
    ("pas important", false), ("pas importante", false), ("sans importance", false), ("au choix", false),
    ("a votre choix", false), ("comme vous voulez", false), ("compte pas", false), ("comptent pas", false),
    ("pas un critere", false), ("pas une priorite", false), ("pas un probleme", false), ("pas de preference", false),
    ("aucune preference", false), ("sans preference", false), ("indifferent", false), ("indifferente", false),
    ("indiffere", false), ("ouvert", false), ("ouverte", false), ("flexible", false), ("pas difficile", false),
    ("pas regardant", false), ("pas regardante", false), ("m en fiche", false), ("m en moque", false),
    ("secondaire", false), ("t matter", false), ("not matter", false), ("no matter", false), ("t important", false),
    ("not important", false), ("unimportant", false), ("irrelevant", false), ("secondary", false),
    ("up to you", false), ("no object", false), ("no issue", false), ("not an issue", false), ("t an issue", false),
    ("no preference", false), ("no particular preference", false), ("t mind", false), ("t care", false),
    ("not picky", false), ("not fussy", false), ("open", false), ("whatever", false), ("not a priority", false),
    ("t a priority", false), ("t make a difference", false), ("makes no difference", false),
    ("pas obligatoire", true), ("pas indispensable", true), ("pas necessaire", true), ("pas imperatif", true),
    ("not necessary", true), ("t necessary", true), ("not a must", true), ("t a must", true), ("not essential", true),
    ("t essential", true), ("not required", true), ("t required", true), ("not mandatory", true), ("optional", true),
];
/// Before a kind of value that may be other, with [`FINE`] behind it.
#[rustfmt::skip]
pub(super) const OTHERS: &[&str] = &[
    "toutes", "toute", "tous", "une autre", "un autre", "d autres", "les autres", "all", "every", "any other", "another",
    "other", "the other", "a different", "different",
];
#[rustfmt::skip]
pub(super) const FINE: &[&str] = &[
    "va", "vont", "convient", "conviennent", "conviendrait", "conviendraient", "irait", "iraient", "d accord", "bien",
    "bon", "bonnes", "acceptable", "acceptables", "possible", "possibles", "fera l affaire", "feront l affaire", "fine",
    "good", "great", "okay", "ok", "alright", "welcome", "work", "works", "will do", "would do", "can do", "do",
];
/// Before a kind of value that nobody minds, with [`PREFERRED`] behind it.
#[rustfmt::skip]
pub(super) const NONE: &[&str] = &[
    "pas de", "aucun", "aucune", "sans", "no", "t have a", "t have any", "not have any", "without",
];
#[rustfmt::skip]
pub(super) const PREFERRED: &[&str] = &[
    "preference", "preferences", "preferee", "preferees", "particuliere", "en particulier", "precise", "en tete",
    "in particular", "in mind", "requirement", "requirements", "preferred",
];
/// Between a phrase and what it speaks of.
#[rustfmt::skip]
pub(super) const ARTICLES: &[&str] = &[
    "le", "la", "les", "l", "du", "des", "de", "d", "ma", "mon", "pour", "sur", "quant", "a", "au", "aux", "niveau",
    "cote", "concernant", "en", "que", "ce", "soit", "etre", "the", "about", "my", "what", "which", "on", "of", "for",
    "to", "as", "with", "in", "regarding", "it", "is", "s", "be",
];
/// Between a kind of value and a phrase behind it: `la couleur, je suis ouvert`.
#[rustfmt::skip]
pub(super) const BETWEEN: &[&str] = &[
    "je", "j", "n", "ne", "suis", "ai", "me", "m", "est", "sont", "c", "ca", "cela", "on", "a", "reste", "vraiment", "tout",
    "totalement", "aussi", "i", "am", "have", "ve", "got", "is", "are", "it", "s", "does", "doesn", "isn", "don", "do", "be",
    "would", "will", "really", "totally", "completely", "just", "also", "too", "that", "for", "us",
];
