//! Words of grammar and words of talk, folded.
//!
//! Written for this project. Words of talk are many, because people ask in many
//! ways; but a word that could name what is sold, its kind or its size is in neither
//! list, however often it is said (`montre`, `carry`, `pick`, `mois`, `jour`).
//! Negations are among them, so nothing may depend on a negation.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Lang, Weight};

pub(super) fn weight(lang: Lang, folded: &str) -> Weight {
    TABLES.get(&lang).and_then(|table| table.get(folded)).copied().unwrap_or(Weight::Plain)
}

static TABLES: LazyLock<HashMap<Lang, HashMap<&'static str, Weight>>> = LazyLock::new(|| {
    let lists: [(Lang, &[&str], &[&str]); 7] = [
        (Lang::En, ENGLISH_STOP, ENGLISH_CHAT),
        (Lang::Fr, FRENCH_STOP, FRENCH_CHAT),
        (Lang::De, GERMAN_STOP, &[]),
        (Lang::Es, SPANISH_STOP, &[]),
        (Lang::It, ITALIAN_STOP, &[]),
        (Lang::Nl, DUTCH_STOP, &[]),
        (Lang::Pt, PORTUGUESE_STOP, &[]),
    ];
    let table = |(lang, stop, chat): (Lang, &'static [&'static str], &'static [&'static str])| {
        let chat = chat.iter().map(|word| (*word, Weight::Chat));
        // Last, so that a word of both is one of grammar.
        let stop = stop.iter().map(|word| (*word, Weight::Stop));
        (lang, chat.chain(stop).collect())
    };
    lists.into_iter().map(table).collect()
});

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
    "seek", "seeking", "browsing", "shopping", "order", "ordering", "purchase", "purchasing", "bought", "offer",
    "offering", "offers", "sells", "sold", "wants", "needs", "wanting", "needing", "finds", "searched", "looked",
    "choose", "choosing", "prefer", "preferably", "consider", "considering", "deciding", "decide", "think",
    "thinking", "thought", "believe", "guess", "ask", "asking", "wish", "wishing", "appreciate", "appreciated",
    "grateful", "cheers", "regards", "sir", "madam", "everyone", "folks", "guys", "anyone", "anybody", "somebody",
    "everything", "nothing", "thing", "things", "idea", "ideas", "option", "options", "choice", "choices",
    "alternative", "alternatives", "particular", "specific", "especially", "exactly", "basically", "actually",
    "currently", "still", "already", "again", "soon", "later", "tomorrow", "since", "until", "ago", "husband",
    "wife", "yourself", "ourselves", "himself", "herself", "im", "id", "ive", "dont", "cant", "youre", "whats",
    "lets", "isn", "aren", "wasn", "couldn", "wouldn", "shouldn", "won", "hasn", "haven", "didn", "gonna",
    "wanna", "gotta", "pls", "plz", "thx", "hiya", "howdy", "greetings", "kindly", "assist", "assistance",
    "advising", "helping", "helps", "suggesting", "recommending", "recommended", "recommendations", "suggestions",
    "showing", "telling", "giving", "send", "bring", "take", "nice", "perfect", "ideal", "suitable", "decent",
    "best", "better", "great", "quite", "rather", "least", "max", "maximum", "min", "minimum", "cost", "costs",
    "costing", "priced", "prices", "pay", "paying", "spend", "spending", "afford", "affordable", "inexpensive",
    "expensive", "bucks", "quid", "dollar", "euro", "pound", "roughly", "approximately", "approx", "must",
    "shall", "being", "having", "doing", "going", "coming", "getting", "put", "say", "said", "seen", "seems",
    "heard", "found", "knows", "sure", "well", "oh", "hmm", "yeah", "yep", "sorry", "excuse", "urgent",
    "urgently", "asap", "info", "information", "details", "explain", "whether", "either", "other", "others",
    "another", "few", "only", "even", "else", "though", "because", "while", "way", "happen", "happens", "bother",
    "hear", "wants", "ready", "exist", "exists", "hoped", "tried", "using", "why", "whose", "whom",
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
    "cherches", "cherchais", "cherchait", "recherches", "recherchons", "recherchais", "voulez", "vouloir",
    "voudriez", "voulons", "veut", "veulent", "souhaitons", "souhaitez", "souhaitais", "aimerions", "aimeriez",
    "adorerais", "desire", "desirerais", "desirons", "envisage", "envisageons", "pense", "pensez", "pensais",
    "crois", "demande", "demander", "demandais", "hesite", "hesitons", "prendre", "prends", "commander",
    "achete", "achetons", "acheterais", "offrir", "propose", "proposes", "disposez", "vend", "vends", "existe",
    "existent", "reste", "restent", "resterait", "trouverais", "trouverai", "trouverez", "trouvez", "trouvons",
    "conseille", "conseilles", "conseillerais", "recommande", "recommandes", "recommandation",
    "recommandations", "suggestion", "suggestions", "suggere", "idee", "idees", "renseigner", "renseignement",
    "renseignements", "information", "informations", "info", "infos", "savez", "connaissez", "indiquer",
    "indiquez", "orienter", "orientez", "presenter", "presentez", "envoyer", "envoyez", "donner", "donnez",
    "fais", "faites", "ferait", "aller", "vais", "va", "allez", "irait", "vient", "viens", "venons", "bjr",
    "slt", "bsr", "mme", "mlle", "mesdames", "messieurs", "equipe", "cordialement", "avance", "remercie",
    "remercions", "volontiers", "desole", "desolee", "excusez", "pardon", "dsl", "please", "cela", "ca",
    "celui", "celle", "ceux", "celles", "aucun", "aucune", "autre", "autres", "certain", "certains",
    "certaine", "certaines", "plusieurs", "beaucoup", "trop", "assez", "encore", "deja", "toujours", "jamais",
    "parfois", "maintenant", "demain", "bientot", "prochain", "prochaine", "dernierement", "depuis", "pendant",
    "lors", "quand", "comment", "combien", "pourquoi", "lequel", "laquelle", "lesquels", "lesquelles", "cest",
    "jai", "jaimerais", "jaurais", "aurais", "aura", "aurait", "avais", "avait", "etais", "etait", "serais",
    "seriez", "sommes", "faudra", "fallait", "dois", "doit", "devrais", "devrait", "devons", "particulier",
    "particulierement", "vraiment", "simplement", "juste", "seulement", "exactement", "idealement",
    "preference", "parfait", "mieux", "meilleur", "meilleure", "meilleurs", "meilleures", "sympa", "truc",
    "trucs", "choses", "mari", "copain", "copine", "conjoint", "conjointe", "collegue", "ami", "amie", "amis",
    "cout", "coute", "coutent", "couterait", "tarif", "tarifs", "minimum", "min", "depenser", "mettre",
    "payer", "abordable", "approximativement", "alentours", "inferieur", "superieur", "jusqua", "jusque",
    "savoir", "saurais", "sauriez", "peuvent", "pourrait", "pourrais", "possede", "possedez", "propos",
    "besoins", "envie", "urgence", "urgent", "rapidement", "svp", "contacte", "contacter", "ecris", "ecrire",
    "parle", "parler", "regarde", "regarder", "visiter", "convenir", "conviendrait", "convient", "semble",
    "ailleurs", "dabord", "ensuite", "enfin", "alors", "ainsi", "voila", "voici", "bref", "surtout", "selon",
    "parmi", "environs",
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
