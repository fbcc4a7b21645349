//! The words around a price, in French and English.
//!
//! Written as people write them, apostrophes and hyphens as spaces. A word with an
//! accent must be typed with it (`dès` is not `des`), one without stands for both.

/// What a phrase says of the amount beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Below,
    AtMost,
    Above,
    AtLeast,
    /// A fifth less to a fifth more.
    Around,
    /// What somebody has to spend: at most so much, unless more is said.
    Budget,
    /// `à 50 euros`, `a $50 lamp`: around so much, where nothing points at one product.
    At,
}

/// A phrase, what it says, and whether only an amount that names its money will do.
pub(super) type Phrase = (&'static str, Op, bool);

use Op::{Above, Around, At, AtLeast, AtMost, Below, Budget};

/// Before the amount, in any language.
pub(super) const BEFORE_ANY: &[Phrase] = &[
    ("<", Below, false),
    ("≤", AtMost, false),
    (">", Above, false),
    ("≥", AtLeast, false),
    ("~", Around, false),
    ("≈", Around, false),
    ("±", Around, false),
    ("max", AtMost, false),
    ("maxi", AtMost, false),
    ("maximum", AtMost, false),
    ("max .", AtMost, false),
    ("min", AtLeast, false),
    ("mini", AtLeast, false),
    ("minimum", AtLeast, false),
    ("min .", AtLeast, false),
    ("budget", Budget, false),
];

#[rustfmt::skip]
pub(super) const BEFORE_FRENCH: &[Phrase] = &[
    ("moins de", Below, false), ("moins d", Below, false), ("moins que", Below, false), ("mois de", Below, true),
    ("moins cher que", Below, false), ("moins chere que", Below, false), ("moins chers que", Below, false),
    ("moins cheres que", Below, false), ("inferieur a", Below, false), ("inferieure a", Below, false),
    ("inferieurs a", Below, false), ("inferieures a", Below, false), ("en dessous de", Below, false),
    ("en dessous des", Below, false), ("dessous de", Below, false), ("au dessous de", Below, false),
    ("au dessous des", Below, false), ("en deca de", Below, false), ("sous", Below, false),
    ("sous les", Below, false), ("sous la barre de", Below, false), ("sous la barre des", Below, false),
    ("pas plus de", AtMost, false), ("pas plus d", AtMost, false), ("pas plus que", AtMost, false),
    ("pas plus cher que", AtMost, false), ("pas plus chere que", AtMost, false),
    ("pas plus chers que", AtMost, false), ("pas plus haut que", AtMost, false), ("pas au dessus de", AtMost, false),
    ("pas au dela de", AtMost, false), ("rien au dessus de", AtMost, false), ("rien au dela de", AtMost, false),
    ("pas superieur a", AtMost, false), ("au maximum", AtMost, false), ("au max", AtMost, false),
    ("au plus", AtMost, false), ("tout au plus", AtMost, false), ("grand maximum", AtMost, false),
    ("jusqu a", AtMost, false), ("jusque", AtMost, false), ("jusqu aux", AtMost, false),
    ("sans depasser", AtMost, false), ("ne depasse pas", AtMost, false), ("ne depassent pas", AtMost, false),
    ("ne depassant pas", AtMost, false), ("depasse pas", AtMost, false), ("depassant pas", AtMost, false),
    ("pas depasser", AtMost, false), ("pas exceder", AtMost, false), ("sans exceder", AtMost, false),
    ("excede pas", AtMost, false), ("excedent pas", AtMost, false), ("n excedant pas", AtMost, false),
    ("dans la limite de", AtMost, false), ("limite a", AtMost, false), ("limitee a", AtMost, false),
    ("limite de", AtMost, true), ("plafond", AtMost, false), ("plafond de", AtMost, false),
    ("plafonne a", AtMost, false), ("prix max", AtMost, false), ("maximum de", AtMost, false),
    ("plus de", Above, false), ("plus d", Above, false), ("plus que", Above, true), ("superieur a", Above, false),
    ("superieure a", Above, false), ("superieurs a", Above, false), ("superieures a", Above, false),
    ("au dessus de", Above, false), ("au dessus des", Above, false), ("dessus de", Above, true),
    ("au dela de", Above, false), ("au dela des", Above, false), ("plus cher que", Above, false),
    ("plus chere que", Above, false), ("plus chers que", Above, false), ("depassant", Above, true),
    ("qui depasse", Above, true), ("qui depassent", Above, true),
    ("à partir de", AtLeast, false), ("a partir de", AtLeast, false), ("a partir d", AtLeast, false),
    ("dès", AtLeast, true), ("au moins", AtLeast, false), ("d au moins", AtLeast, false),
    ("au minimum", AtLeast, false), ("minimum de", AtLeast, false), ("pas moins de", AtLeast, false),
    ("pas moins d", AtLeast, false), ("pas moins cher que", AtLeast, false), ("pas en dessous de", AtLeast, false),
    ("pas sous", AtLeast, false), ("pas au dessous de", AtLeast, false), ("rien en dessous de", AtLeast, false),
    ("rien à moins de", AtLeast, false), ("rien a moins de", AtLeast, false), ("pas à moins de", AtLeast, false),
    ("pas a moins de", AtLeast, false), ("pas inferieur a", AtLeast, false),
    ("autour de", Around, false), ("autour des", Around, false), ("autour d", Around, false),
    ("environ", Around, false), ("aux alentours de", Around, false), ("aux alentours des", Around, false),
    ("alentours de", Around, false), ("aux environs de", Around, false), ("aux environs des", Around, false),
    ("dans les environs de", Around, false), ("dans les", Around, true), ("dans les eaux de", Around, true),
    ("dans les alentours de", Around, true), ("vers", Around, true), ("vers les", Around, true),
    ("a peu pres", Around, false), ("approximativement", Around, false), ("approx", Around, false),
    ("plus ou moins", Around, false), ("grosso modo", Around, false), ("pres de", Around, true),
    ("proche de", Around, true), ("proche des", Around, true), ("de l ordre de", Around, true),
    ("aux environs d", Around, false), ("aux alentours d", Around, false), ("en gros", Around, true),
    ("budget de", Budget, false), ("budget d", Budget, false), ("enveloppe de", Budget, true),
    ("j ai", Budget, true), ("avec", Budget, true), ("pour", Budget, true), ("mettre", Budget, true),
    ("depenser", Budget, true), ("dispose de", Budget, true), ("disposons de", Budget, true),
    ("je dispose de", Budget, true), ("maximum est de", AtMost, false), ("on a", Budget, true),
    ("à", At, true), ("a", At, true),
];

#[rustfmt::skip]
pub(super) const BEFORE_ENGLISH: &[Phrase] = &[
    ("less than", Below, false), ("less then", Below, false), ("lower than", Below, false),
    ("cheaper than", Below, false), ("less expensive than", Below, false), ("under", Below, false),
    ("below", Below, false), ("beneath", Below, false), ("sub", Below, false), ("for less than", Below, false),
    ("for under", Below, false), ("smaller than", Below, true), ("underneath", Below, true),
    ("up to", AtMost, false), ("at most", AtMost, false), ("at the most", AtMost, false),
    ("no more than", AtMost, false), ("not more than", AtMost, false), ("no more then", AtMost, false),
    ("not over", AtMost, false), ("not above", AtMost, false), ("no higher than", AtMost, false),
    ("not higher than", AtMost, false), ("nothing over", AtMost, false), ("nothing above", AtMost, false),
    ("nothing more than", AtMost, false), ("nothing more expensive than", AtMost, false),
    ("not more expensive than", AtMost, false), ("no more expensive than", AtMost, false),
    ("not exceeding", AtMost, false), ("without exceeding", AtMost, false), ("t exceed", AtMost, false),
    ("not exceed", AtMost, false), ("not to exceed", AtMost, false), ("without going over", AtMost, false),
    ("without going above", AtMost, false), ("without spending more than", AtMost, false),
    ("within", AtMost, true), ("within a budget of", AtMost, false), ("within my budget of", AtMost, false),
    ("capped at", AtMost, false), ("cap of", AtMost, true), ("limit of", AtMost, true), ("limit is", AtMost, false),
    ("maximum of", AtMost, false), ("max of", AtMost, false), ("limited to", AtMost, false),
    ("ceiling of", AtMost, true), ("as much as", AtMost, true), ("upper limit", AtMost, true),
    ("over", Above, false), ("above", Above, false), ("more than", Above, false), ("more then", Above, false),
    ("greater than", Above, false), ("higher than", Above, false), ("more expensive than", Above, false),
    ("upwards of", Above, false), ("upward of", Above, false), ("north of", Above, true), ("beyond", Above, true),
    ("exceeding", Above, true), ("at least", AtLeast, false), ("from", AtLeast, true), ("starting at", AtLeast, true),
    ("starting from", AtLeast, true), ("no less than", AtLeast, false), ("not less than", AtLeast, false),
    ("no less then", AtLeast, false), ("not under", AtLeast, false), ("not below", AtLeast, false),
    ("nothing under", AtLeast, false), ("nothing below", AtLeast, false), ("nothing less than", AtLeast, false),
    ("nothing cheaper than", AtLeast, false), ("not cheaper than", AtLeast, false), ("no cheaper than", AtLeast, false),
    ("minimum of", AtLeast, false), ("a minimum of", AtLeast, false), ("min of", AtLeast, false),
    ("from about", AtLeast, true),
    ("around", Around, false), ("about", Around, true), ("approximately", Around, false), ("approx", Around, false),
    ("approx .", Around, false), ("roughly", Around, false), ("circa", Around, true), ("near", Around, true),
    ("close to", Around, true), ("in the region of", Around, false), ("in the neighborhood of", Around, true),
    ("somewhere around", Around, false), ("give or take", Around, true), ("more or less", Around, true),
    ("ballpark of", Around, true), ("in the area of", Around, true), ("nearly", Around, true),
    ("budget of", Budget, false), ("budget is", Budget, false), ("budget s", Budget, false),
    ("i have", Budget, true), ("i ve got", Budget, true), ("i got", Budget, true), ("we have", Budget, true),
    ("i can spend", Budget, true), ("can spend", Budget, true), ("to spend", Budget, true), ("spend", Budget, true),
    ("spending", Budget, true), ("for", Budget, true), ("with", Budget, true), ("i can afford", Budget, true),
    ("afford", Budget, true), ("pay", Budget, true), ("willing to pay", Budget, true),
    ("priced at", At, true), ("a", At, true), ("an", At, true), ("at", At, true),
];

/// Behind the amount.
#[rustfmt::skip]
pub(super) const BEHIND_FRENCH: &[Phrase] = &[
    ("ou moins", AtMost, false), ("et moins", AtMost, false), ("au maximum", AtMost, false), ("au max", AtMost, false),
    ("au plus", AtMost, false), ("tout au plus", AtMost, false), ("grand maximum", AtMost, false),
    ("grand max", AtMost, false), ("a tout casser", AtMost, false), ("pas plus", AtMost, false),
    ("et pas plus", AtMost, false), ("a ne pas depasser", AtMost, false), ("maximum", AtMost, false),
    ("max", AtMost, false), ("maxi", AtMost, false), ("de budget", AtMost, true), ("de budget max", AtMost, true),
    ("ou en dessous", AtMost, false), ("est mon maximum", AtMost, false), ("c est mon maximum", AtMost, false),
    ("est mon budget", AtMost, false), ("c est mon budget", AtMost, true), ("a depenser", AtMost, true),
    ("ou plus", AtLeast, false), ("et plus", AtLeast, false), ("minimum", AtLeast, false), ("mini", AtLeast, false),
    ("min", AtLeast, true), ("au minimum", AtLeast, false), ("au moins", AtLeast, false), ("et au dela", AtLeast, false),
    ("et au dessus", AtLeast, false), ("ou au dessus", AtLeast, false), ("environ", Around, false),
    ("a peu pres", Around, false), ("approximativement", Around, false), ("plus ou moins", Around, true),
    ("grosso modo", Around, true), ("en gros", Around, true), ("a quelque chose pres", Around, true),
];

#[rustfmt::skip]
pub(super) const BEHIND_ENGLISH: &[Phrase] = &[
    ("or less", AtMost, false), ("or under", AtMost, false), ("or below", AtMost, false), ("or lower", AtMost, false),
    ("or cheaper", AtMost, false), ("and under", AtMost, false), ("and below", AtMost, false), ("and less", AtMost, false),
    ("tops", AtMost, false), ("max", AtMost, false), ("maximum", AtMost, false), ("at most", AtMost, false),
    ("at the most", AtMost, false), ("at maximum", AtMost, false), ("limit", AtMost, true), ("budget", AtMost, true),
    ("no more", AtMost, true), ("not more", AtMost, true), ("price limit", AtMost, true), ("price cap", AtMost, true),
    ("is my limit", AtMost, true), ("is my budget", AtMost, true), ("is my maximum", AtMost, true),
    ("is my max", AtMost, true), ("is the most i can spend", AtMost, true), ("to spend", AtMost, true),
    ("or more", AtLeast, false), ("and up", AtLeast, false), ("and over", AtLeast, false), ("or over", AtLeast, false),
    ("or above", AtLeast, false), ("and above", AtLeast, false), ("and more", AtLeast, true), ("or higher", AtLeast, false),
    ("minimum", AtLeast, false), ("min", AtLeast, true), ("at least", AtLeast, false), ("upwards", AtLeast, true),
    ("and upwards", AtLeast, true), ("or so", Around, true), ("roughly", Around, true), ("approximately", Around, true),
    ("approx", Around, true), ("give or take", Around, true), ("more or less", Around, true), ("range", Around, true),
    ("mark", Around, true), ("price range", Around, true), ("price point", Around, true), ("or thereabouts", Around, true),
];

/// Between an amount and a phrase behind it: `25 euros chacun maximum`.
#[rustfmt::skip]
pub(super) const EACH: &[&str] = &[
    "chacun", "chacune", "piece", "la piece", "par piece", "l unite", "each", "apiece", "a piece", "per piece", "ttc",
];

/// Opens a range. The second says that `and` may join it.
#[rustfmt::skip]
pub(super) const RANGE_OPENERS: &[(&str, bool)] = &[
    ("entre", true), ("comprise entre", true), ("compris entre", true), ("between", true), ("btw", true),
    ("from", false), ("de", false), ("d", false), ("à partir de", false), ("a partir de", false), ("des", false),
    ("anywhere from", false), ("range of", false), ("dans les", false), ("fourchette de", false), ("minimum", true),
    ("at least", true), ("starting at", false),
];
#[rustfmt::skip]
pub(super) const RANGE_JOINS: &[&str] = &[
    "-", "à", "a", "to", "et", "and", "&", "jusqu a", "up to", "until", "till", "ou", "or", "through", "/", "et jusqu a",
];

/// Passed over between a phrase and its amount.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "de", "d", "des", "du", "les", "le", "la", "l", "a", "à", "un", "une", ":", "=", "prix", "est", "c", "ca", "sera",
    "serait", "environ", "genre", "disons", "autour", "the", "of", "is", "at", "about", "around", "like", "say", "price",
    "cost", "an", "s", "max", "maximum", "maxi", "roughly", "my", "mon", "tourne",
];

/// What turns `plus de` into `pas plus de`, and what may stand between the two.
#[rustfmt::skip]
pub(super) const NEGATIONS: &[&str] = &[
    "pas", "not", "t", "never", "jamais", "rien", "nothing", "cannot", "sans", "without", "dont", "cant", "wont",
    "aucun", "aucune",
];
#[rustfmt::skip]
pub(super) const BETWEEN_NEGATION: &[&str] = &[
    "mettre", "depenser", "payer", "aller", "acheter", "veux", "peux", "voudrais", "souhaite", "couter", "coute",
    "coutent", "y", "a", "à", "de", "monter", "debourser", "investir", "vraiment", "en", "que", "qui", "soit", "want",
    "to", "spend", "pay", "go", "be", "cost", "costs", "costing", "like", "really", "anything", "that", "it", "is",
    "for", "going", "spending", "wish", "priced", "paying", "can", "looking", "interested", "in", "any", "willing",
    "exceed", "price", "prix", "un", "at",
];

/// Near these an amount is no price of a product.
#[rustfmt::skip]
pub(super) const NO_PRODUCT_PRICE: &[&str] = &[
    "livraison", "livraisons", "frais", "expedition", "remise", "remises", "reduction", "rabais", "rembourse",
    "remboursement", "rembourser", "remboursez", "acompte", "caution", "mensualites", "mensualite", "gratuit",
    "gratuite", "gratuits", "gratuitement", "offert", "offerte", "offerts", "offre", "coupon", "voucher", "commandes", "achats", "paye",
    "payee", "avoir", "shipping", "delivery", "postage", "refund", "refunded", "discount", "fee", "fees", "free",
    "charged", "orders", "deposit", "paid", "installments", "purchases", "bon d achat", "bons d achat", "code promo",
    "cheque cadeau", "carte cadeau", "gift card", "gift cards", "d achat", "d achats", "de port", "off", "cashback",
    "toute commande", "une commande de", "order of", "purchase of", "import duty", "duties", "douane", "virement",
    "difference", "economise", "economiser", "save", "saved", "savings",
];

/// These point at one product that has its price already.
#[rustfmt::skip]
pub(super) const POINTING: &[&str] = &[
    "la", "le", "les", "l", "cette", "ce", "cet", "ces", "celle", "celui", "celles", "ceux", "the", "that", "this",
    "those", "these", "ones", "one", "vu", "vue", "achete", "achetee", "coute", "coutait", "passe", "saw", "seen",
    "bought", "costs", "was", "est", "affiche", "affichee", "trouve", "quantite",
];

/// Before a number without money: it is a size or a name.
#[rustfmt::skip]
pub(super) const SIZE_WORDS: &[&str] = &[
    "taille", "tailles", "pointure", "largeur", "hauteur", "longueur", "profondeur", "diametre", "poids", "age",
    "surface", "capacite", "puissance", "size", "sizes", "width", "height", "length", "depth", "diameter", "weight",
    "capacity", "power", "format", "dimension", "dimensions", "mesure", "mesurant", "large", "haut", "haute", "long",
    "longue", "wide", "tall", "deep", "numero", "ref", "reference", "modele", "model", "article", "number", "tel",
    "phone", "chapitre", "volume", "tome", "page", "ouvert", "ouverts", "ouverture", "open", "opening", "horaires",
    "heures", "hours", "annees", "years", "aged", "temperature", "epaisseur", "thickness", "quantite", "quantity",
    "wattage", "distance", "rayon", "vitesse", "note", "rated", "rating", "garantie", "warranty", "delai", "peak",
    "dated", "date", "lavage", "wash", "spf", "factor", "indice", "fps", "niveau", "level", "version",
];

/// Behind a number: it counts or measures.
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "cm", "mm", "m", "km", "metre", "metres", "meter", "meters", "kg", "g", "gr", "l", "litre", "litres", "liter",
    "liters", "cl", "ml", "w", "v", "go", "gb", "to", "tb", "mo", "mb", "h", "min", "s", "x", "fois", "times", "ans",
    "an", "mois", "jours", "jour", "years", "year", "yo", "old", "days", "day", "hours", "people", "persons", "person",
    "personnes", "personne", "places", "place", "pieces", "piece", "pcs", "degres", "degrees", "inch", "inches", "ft",
    "feet", "lbs", "oz", "pourcent", "percent", "th", "st", "nd", "rd", "eme", "e", "er", "am", "pm", "heures",
    "articles", "points", "of",
];

/// `50 de large`, `50 wide`: a number without money before these measures.
#[rustfmt::skip]
pub(super) const DIMENSIONS: &[&str] = &[
    "large", "largeur", "haut", "hauteur", "long", "longueur", "profondeur", "diametre", "wide", "high", "tall",
    "deep", "width", "height", "length", "depth", "diameter", "cote", "epaisseur", "profond", "thick", "poids",
];
