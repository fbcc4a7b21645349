//! Words of grammar and words of talk, folded.
//!
//! Written for this project and short on purpose: a word that could name what is
//! sold, or a size, is in neither list. Negations are among them, so nothing may
//! depend on a negation.

use super::{Lang, Weight};

pub(super) fn weight(lang: Lang, folded: &str) -> Weight {
    let (stop, chat): (&[&str], &[&str]) = match lang {
        Lang::En => (ENGLISH_STOP, ENGLISH_CHAT),
        Lang::Fr => (FRENCH_STOP, FRENCH_CHAT),
        Lang::De => (GERMAN_STOP, &[]),
        Lang::Es => (SPANISH_STOP, &[]),
        Lang::It => (ITALIAN_STOP, &[]),
        Lang::Nl => (DUTCH_STOP, &[]),
        Lang::Pt => (PORTUGUESE_STOP, &[]),
        Lang::Other => (&[], &[]),
    };
    if stop.contains(&folded) {
        Weight::Stop
    } else if chat.contains(&folded) {
        Weight::Chat
    } else {
        Weight::Plain
    }
}

/// Letters that tell a language from its neighbours, in lower case.
pub(super) fn marked_letters(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "éèêàçùûîôœ",
        Lang::De => "äöüß",
        Lang::Es => "ñáíóú¿¡",
        Lang::It => "àèìòù",
        Lang::Pt => "ãõáçê",
        Lang::En | Lang::Nl | Lang::Other => "",
    }
}

#[rustfmt::skip]
const ENGLISH_STOP: &[&str] = &[
    "the", "a", "an", "and", "or", "of", "to", "in", "on", "at", "by", "for", "from", "with", "without",
    "is", "are", "was", "were", "be", "been", "it", "its", "this", "that", "these", "those", "as", "but",
    "not", "no", "if", "so", "than", "then", "there", "here", "into", "about", "which", "who", "what",
    "how", "when", "where", "my", "your", "our", "his", "her", "their", "i", "you", "he", "she", "we",
    "they", "me", "us", "them", "am", "do", "does", "did", "don", "doesn", "have", "has", "had", "will",
    "would", "can", "could", "should", "may", "might", "also", "too", "very", "just", "some", "any",
];

#[rustfmt::skip]
const ENGLISH_CHAT: &[&str] = &[
    "hello", "hi", "hey", "good", "morning", "afternoon", "evening", "please", "thanks", "thank", "looking",
    "look", "searching", "search", "find", "finding", "want", "wanted", "need", "needed", "like", "love",
    "buy", "buying", "get", "got", "show", "tell", "give", "recommend", "recommendation", "suggest",
    "suggestion", "advise", "advice", "help", "something", "anything", "someone", "one", "ones", "sell",
    "selling", "stock", "available", "there", "know", "wondering", "wonder", "question", "interested",
    "possible", "maybe", "perhaps", "kind", "sort", "type", "shop", "store", "site", "website", "online",
    "under", "below", "less", "over", "around", "between", "budget", "price", "cheap", "cheaper", "dollars",
    "euros", "pounds", "usd", "eur", "gbp", "let", "see", "hoping", "hope", "trying", "try", "ideally",
    "myself", "yes", "ok", "okay", "right", "now", "today", "really", "much", "many", "more", "most",
];

#[rustfmt::skip]
const FRENCH_STOP: &[&str] = &[
    "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "et", "ou", "en", "dans", "sur", "sous",
    "par", "pour", "avec", "sans", "ce", "cet", "cette", "ces", "que", "qui", "quoi", "dont", "est", "sont",
    "ai", "as", "avez", "avons", "ont", "a", "etes", "suis", "je", "tu", "il", "elle", "on", "nous", "vous",
    "ils", "elles", "mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre",
    "vos", "leur", "leurs", "me", "te", "se", "y", "ne", "pas", "plus", "si", "mais", "donc", "car", "ni",
    "comme", "aussi", "tres", "bien", "chez", "vers", "entre", "quel", "quelle", "quels", "quelles", "moi",
    "toi", "lui", "eux", "etre", "avoir", "ait", "soit", "serait", "sera", "peu", "tout", "tous", "toute",
];

#[rustfmt::skip]
const FRENCH_CHAT: &[&str] = &[
    "bonjour", "bonsoir", "salut", "coucou", "hello", "merci", "cherche", "cherchons", "chercher",
    "recherche", "rechercher", "voudrais", "voudrait", "veux", "voulais", "souhaite", "souhaiterais",
    "souhaiter", "aimerais", "aimerait", "besoin", "faudrait", "faut", "plait", "svp", "stp", "conseil",
    "conseils", "conseiller", "conseillez", "conseilleriez", "recommander", "recommandez", "recommanderiez",
    "proposer", "proposez", "suggerer", "suggerez", "trouver", "trouve", "acheter", "achat", "aider",
    "aidez", "aide", "montrer", "montrez", "vendez", "vendre", "auriez", "auraient", "pouvez", "pourriez",
    "pouvoir", "possible", "savoir", "sais", "dire", "dites", "quelque", "quelques", "chose", "genre",
    "sorte", "type", "peut", "peux", "faire", "fait", "question", "boutique", "magasin", "site", "ligne",
    "moins", "maximum", "max", "environ", "autour", "budget", "prix", "euro", "euros", "cher", "disponible",
    "disponibles", "stock", "actuellement", "aujourdhui", "madame", "monsieur", "oui", "ok", "voir", "vois",
    "interesse", "interessee", "plutot", "ici", "avis",
];

#[rustfmt::skip]
const GERMAN_STOP: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "in",
    "im", "mit", "ohne", "fur", "von", "vom", "zu", "zum", "zur", "auf", "aus", "an", "am", "bei", "ist",
    "sind", "ich", "sie", "wir", "es", "nicht", "auch",
];

#[rustfmt::skip]
const SPANISH_STOP: &[&str] = &[
    "el", "la", "los", "las", "un", "una", "unos", "unas", "y", "o", "de", "del", "en", "con", "sin", "para",
    "por", "a", "al", "que", "es", "son", "se", "su", "sus", "mi", "no", "yo",
];

#[rustfmt::skip]
const ITALIAN_STOP: &[&str] = &[
    "il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "e", "o", "di", "del", "della", "dei", "delle",
    "in", "con", "senza", "per", "da", "a", "al", "alla", "che", "su", "non", "io",
];

#[rustfmt::skip]
const DUTCH_STOP: &[&str] = &[
    "de", "het", "een", "en", "of", "van", "in", "met", "zonder", "voor", "op", "aan", "te", "bij", "is",
    "zijn", "ik", "u", "niet", "ook",
];

#[rustfmt::skip]
const PORTUGUESE_STOP: &[&str] = &[
    "o", "a", "os", "as", "um", "uma", "e", "ou", "de", "do", "da", "dos", "das", "em", "no", "na", "com",
    "sem", "para", "por", "que", "se", "nao", "eu",
];
