//! Words that a shop's visitors use for one another, and how they shorten words.
//!
//! Written for this project from how people talk to shops, not from any set that
//! matching is measured on. A typed word that no example question has is read as
//! the first one of its group that some example has; a word that examples do have
//! is never read as another. Words are folded; a word may stand in several groups.

use comptoir_catalog::words::Lang;

/// Groups of words near enough to stand for one another, the nearest first.
pub(super) fn groups(lang: Lang) -> &'static [&'static [&'static str]] {
    match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
        Lang::De | Lang::Es | Lang::It | Lang::Nl | Lang::Pt | Lang::Other => &[],
    }
}

/// What a word shortened in a hurry stands for.
pub(super) fn in_full(lang: Lang, folded: &str) -> Option<&'static str> {
    let table = match lang {
        Lang::Fr => FRENCH_SHORT,
        Lang::En => ENGLISH_SHORT,
        Lang::De | Lang::Es | Lang::It | Lang::Nl | Lang::Pt | Lang::Other => return None,
    };
    table.iter().find(|(short, _)| *short == folded).map(|(_, full)| *full)
}

#[rustfmt::skip]
const FRENCH: &[&[&str]] = &[
    &["colis", "paquet", "commande", "envoi"],
    &["commande", "achat", "colis"],
    &["livraison", "expedition", "envoi", "acheminement", "transport"],
    &["livrer", "expedier", "envoyer", "acheminer"],
    &["recevoir", "reception", "arriver", "arrivee"],
    &["retourner", "renvoyer", "rendre", "rapporter", "retour", "renvoi"],
    &["rembourser", "remboursement", "recrediter", "argent"],
    &["echanger", "echange", "remplacer", "changer"],
    &["annuler", "annulation", "resilier"],
    &["modifier", "modification", "changer", "corriger", "rectifier"],
    &["payer", "paiement", "payement", "regler", "reglement"],
    &["carte", "visa", "mastercard", "bancaire"],
    &["prix", "tarif", "cout", "couter", "montant"],
    &["gratuit", "offert", "gratuitement"],
    &["promo", "promotion", "reduction", "remise", "rabais", "solde", "coupon"],
    &["cadeau", "offrir", "present"],
    &["facture", "justificatif", "recu", "ticket"],
    &["casse", "abime", "endommage", "brise", "fele", "fissure", "defectueux", "defaut", "deteriore"],
    &["panne", "marche", "fonctionne", "defectueux"],
    &["taille", "pointure", "mesure", "dimension"],
    &["disponible", "stock", "disponibilite", "rupture", "reapprovisionnement"],
    &["magasin", "boutique", "showroom", "atelier"],
    &["horaire", "ouvert", "ouverture", "heure", "ferme", "fermeture"],
    &["contacter", "joindre", "appeler", "telephoner", "contact"],
    &["telephone", "portable", "mobile", "appeler"],
    &["mail", "email", "courriel", "messagerie"],
    &["compte", "profil", "espace"],
    &["connecter", "connexion", "identifier", "identifiant", "login"],
    &["delai", "temps", "duree", "jour"],
    &["suivre", "suivi", "tracking", "localiser", "tracer"],
    &["perdu", "egare", "disparu", "introuvable"],
    &["retard", "attendre", "attente", "tarder"],
    &["garantie", "sav", "garanti"],
    &["etranger", "international", "pays", "europe"],
    &["desabonner", "desinscrire", "newsletter"],
    &["donnees", "rgpd", "confidentialite", "informations"],
    &["supprimer", "effacer", "fermer"],
    &["article", "produit", "objet", "modele"],
    &["probleme", "souci", "erreur"],
    &["conseiller", "vendeur", "humain", "personne"],
    &["mensualite", "echeance", "fois"],
    &["refuse", "bloque", "echoue", "rejete"],
    &["emballage", "paquet", "emballer", "emballe"],
];

#[rustfmt::skip]
const ENGLISH: &[&[&str]] = &[
    &["parcel", "package", "shipment", "order", "delivery"],
    &["order", "purchase", "parcel"],
    &["delivery", "shipping", "shipment", "postage"],
    &["deliver", "ship", "send", "dispatch"],
    &["arrive", "receive", "come"],
    &["return", "send"],
    &["refund", "reimburse", "money"],
    &["exchange", "swap", "replace", "replacement"],
    &["cancel", "cancellation"],
    &["change", "modify", "edit", "update", "correct"],
    &["pay", "payment", "checkout"],
    &["price", "cost", "fee", "charge"],
    &["free", "complimentary"],
    &["discount", "promo", "promotion", "voucher", "coupon", "sale"],
    &["gift", "present"],
    &["invoice", "receipt", "bill"],
    &["broken", "damaged", "faulty", "defective", "cracked", "smashed"],
    &["size", "sizing", "fit", "measurement"],
    &["stock", "available", "availability", "restock"],
    &["shop", "store", "branch", "showroom"],
    &["open", "opening", "hours", "close"],
    &["contact", "reach", "call", "phone", "ring"],
    &["phone", "telephone", "mobile", "call"],
    &["email", "mail"],
    &["login", "signin", "log", "sign"],
    &["account", "profile"],
    &["track", "tracking", "locate", "trace"],
    &["lost", "missing", "disappeared"],
    &["late", "delayed", "delay", "overdue"],
    &["warranty", "guarantee", "guaranteed"],
    &["abroad", "overseas", "international", "country"],
    &["unsubscribe", "newsletter", "mailing"],
    &["data", "privacy", "gdpr", "information"],
    &["delete", "erase", "remove", "close"],
    &["item", "product", "article"],
    &["problem", "issue", "trouble", "error"],
    &["agent", "advisor", "human", "person", "representative"],
    &["installment", "instalment", "klarna"],
    &["declined", "rejected", "refused", "failed"],
    &["wrap", "wrapping", "wrapped"],
];

#[rustfmt::skip]
const FRENCH_SHORT: &[(&str, &str)] = &[
    ("cmd", "commande"), ("cde", "commande"), ("qd", "quand"), ("kan", "quand"), ("kand", "quand"), ("pk", "pourquoi"),
    ("pq", "pourquoi"), ("pkoi", "pourquoi"), ("pourkoi", "pourquoi"), ("koi", "quoi"), ("kel", "quel"),
    ("cmt", "comment"), ("cmnt", "comment"), ("coment", "comment"), ("cb", "carte"), ("tt", "tout"), ("pr", "pour"),
    ("ds", "dans"), ("vs", "vous"), ("ns", "nous"), ("tel", "telephone"), ("num", "numero"), ("dispo", "disponible"),
    ("pb", "probleme"), ("pbl", "probleme"), ("auj", "aujourdhui"), ("ajd", "aujourdhui"), ("jr", "jour"),
    ("jrs", "jours"), ("mdp", "passe"), ("kdo", "cadeau"), ("msg", "message"), ("app", "application"),
    ("qqn", "quelqu"), ("remb", "remboursement"), ("liv", "livraison"), ("mag", "magasin"), ("tps", "temps"),
    ("bcp", "beaucoup"), ("tjs", "toujours"), ("tjrs", "toujours"), ("dc", "donc"), ("ac", "avec"), ("avc", "avec"),
    ("qq", "quelque"), ("ke", "que"), ("ki", "qui"), ("fo", "faut"), ("pa", "pas"), ("adr", "adresse"),
    ("ref", "reference"), ("promo", "promotion"), ("info", "information"), ("infos", "informations"),
];

#[rustfmt::skip]
const ENGLISH_SHORT: &[(&str, &str)] = &[
    ("u", "you"), ("ur", "your"), ("r", "are"), ("wen", "when"), ("wat", "what"), ("wut", "what"), ("hw", "how"),
    ("y", "why"), ("msg", "message"), ("acct", "account"), ("acc", "account"), ("tel", "phone"), ("num", "number"),
    ("addr", "address"), ("pw", "password"), ("pwd", "password"), ("tmrw", "tomorrow"), ("tmr", "tomorrow"),
    ("2day", "today"), ("cuz", "because"), ("bc", "because"), ("ppl", "people"), ("pic", "picture"),
    ("info", "information"), ("app", "application"), ("wanna", "want"), ("gonna", "going"), ("gimme", "give"),
    ("del", "delivery"),
];
