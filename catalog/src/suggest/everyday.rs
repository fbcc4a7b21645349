//! Words of any talk, in French and English, that say nothing of what is wanted.
//!
//! Words of grammar are known to [`crate::words`]; these mean something elsewhere.

/// Words that point at something instead of naming it.
#[rustfmt::skip]
pub(super) const POINTING: &[&str] = &[
    "meme", "memes", "pareil", "pareille", "pareils", "similaire", "similaires", "identique", "celui", "celle", "ceux",
    "celles", "ca", "cela", "ceci", "autre", "autres", "equivalent", "truc", "article", "articles", "produit", "produits",
    "modele", "modeles", "same", "similar", "other", "others", "another", "else", "item", "items", "product", "products",
    "model", "models", "alternative", "alternatives", "version", "existe", "existent", "exist", "come", "comes",
];
/// What talk about buying is made of, and no product.
#[rustfmt::skip]
pub(super) const NOT_SOLD: &[&str] = &[
    "parfait", "parfaite", "super", "cool", "genial", "accord", "livraison", "delai", "delais", "retour", "retours",
    "commande", "paiement", "facture", "perfect", "great", "awesome", "nice", "delivery", "shipping", "order", "payment",
    "invoice", "refund", "beaucoup", "taille", "tailles", "pointure", "size", "sizes", "couleur", "couleurs", "coloris",
    "color", "colour", "colors", "colours", "cherche", "finalement", "actually", "instead", "cher", "chere", "expensive",
    "plait", "bonne", "journee", "day", "cest", "oui", "non", "yes", "depasser", "mettre", "spend", "pay", "cost", "coute",
    "couter", "idee", "idees", "idea", "ideas", "choix", "choice", "regarde", "regardais", "regarder", "vu", "vue", "saw",
];

/// Words of any talk: searched where the catalog has them, never read as a slip.
#[rustfmt::skip]
pub(super) const EVERYDAY: &[&str] = &[
    "fine", "okay", "good", "hate", "love", "rather", "maybe", "hope", "look", "looking", "site", "shop", "store", "week",
    "today", "home", "house", "place", "gift", "gifts", "present", "wife", "husband", "mother", "father", "mum", "mom",
    "sister", "brother", "friend", "daughter", "kids", "money", "limit", "boutique", "magasin", "aime", "adore", "deteste",
    "fils", "fille", "mere", "pere", "mari", "femme", "frere", "soeur", "amie", "copine", "copain", "enfant", "enfants",
    "anniversaire", "noel", "cadeau", "cadeaux", "offrir", "livre", "livree", "demain", "semaine", "maison", "importe",
    "pense", "voir", "trouve", "chere", "cheres", "plus", "limite",
];
