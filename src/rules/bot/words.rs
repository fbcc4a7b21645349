//! Built-in words: what the bot says where a definition leaves it open.
//!
//! Complete in French and English. Another default language must be written in
//! the definition, which the validator demands; only what no key can replace
//! (a button to go on, the words of a date) has a fallback for all languages.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

/// A text that a definition may leave to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Hello,
    Thanks,
    Unknown,
    File,
    HandoffLabel,
    Offer,
    Waiting,
    StillWaiting,
    /// The same, where the definition offers something else than to leave a message.
    StillWaitingElse,
    LeaveLabel,
    /// Asks for the message; the shop is closed.
    LeaveSayClosed,
    /// Asks for the message; the shop is open and nobody is there.
    LeaveSayOpen,
    LeaveDone,
    ErrorText,
    ErrorEmail,
    ErrorPhone,
    ErrorNumber,
    ErrorChoice,
    ErrorPattern,
    /// Before the buttons of FAQs that may be meant.
    Suggest,
    NoneOfThese,
    ProductsAsk,
    ProductsNone,
    ProductsAgain,
}

impl Word {
    /// The text in `lang`, where we have it: French and English.
    pub fn in_language(self, lang: &str) -> Option<&'static str> {
        match lang {
            "fr" => Some(self.french()),
            "en" => Some(self.english()),
            _ => None,
        }
    }

    fn french(self) -> &'static str {
        match self {
            Self::Hello => "Bonjour ! Comment puis-je vous aider ?",
            Self::Thanks => "Avec plaisir. Autre chose ?",
            Self::Unknown => "Je n'ai pas compris. Pouvez-vous le dire autrement, ou choisir ci-dessous ?",
            Self::File => {
                "Votre fichier est joint à la conversation. Je ne sais pas le lire, une \
                 personne le pourra."
            }
            Self::HandoffLabel => "Parler à un conseiller",
            Self::Offer => "Je n'ai pas la réponse. Voulez-vous parler à un conseiller ?",
            Self::Waiting => "Un conseiller va vous répondre. Vous êtes n° {{position}} dans la file.",
            Self::StillWaiting => {
                "Personne n'a encore pu vous répondre. Vous gardez votre place, et vous pouvez \
                     aussi laisser un message."
            }
            Self::StillWaitingElse => "Personne n'a encore pu vous répondre. Vous gardez votre place dans la file.",
            Self::LeaveLabel => "Laisser un message",
            Self::LeaveSayClosed => {
                "Nous sommes absents et serons de retour {{next_opening}}. Écrivez votre \
                     message ici : nous y répondrons."
            }
            Self::LeaveSayOpen => {
                "Personne n'est disponible pour l'instant. Écrivez votre message ici : nous y répondrons."
            }
            Self::LeaveDone => "Merci, votre message est bien reçu. Nous vous répondrons dès que possible.",
            Self::ErrorText => "Écrivez une réponse, pas trop longue.",
            Self::ErrorEmail => "Cette adresse ne semble pas complète. Écrivez-la comme lea@exemple.fr.",
            Self::ErrorPhone => "Écrivez le numéro en chiffres, comme 06 12 34 56 78 ou +33 6 12 34 56 78.",
            Self::ErrorNumber => "Écrivez un nombre, en chiffres, dans les limites demandées.",
            Self::ErrorChoice => "Choisissez une des réponses proposées.",
            Self::ErrorPattern => "Cette réponse n'a pas la forme attendue. Vérifiez-la et réécrivez-la.",
            Self::Suggest => "Est-ce une de ces questions ?",
            Self::NoneOfThese => "Aucune de celles-ci",
            Self::ProductsAsk => "Que cherchez-vous ? Quelques mots suffisent.",
            Self::ProductsNone => "Je n'ai rien trouvé pour « {{query}} ».",
            Self::ProductsAgain => "Chercher autre chose",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Hello => "Hello! How can I help you?",
            Self::Thanks => "You are welcome. Anything else?",
            Self::Unknown => "I did not understand. Could you say it in other words, or choose below?",
            Self::File => "Your file is kept with this conversation. I cannot read it, but a person can.",
            Self::HandoffLabel => "Talk to an advisor",
            Self::Offer => "I do not have the answer. Would you like to talk to an advisor?",
            Self::Waiting => "An advisor will answer you. You are number {{position}} in line.",
            Self::StillWaiting => {
                "Nobody has been able to answer yet. You keep your place, and you can also leave a message."
            }
            Self::StillWaitingElse => "Nobody has been able to answer yet. You keep your place in line.",
            Self::LeaveLabel => "Leave a message",
            Self::LeaveSayClosed => {
                "We are away and back {{next_opening}}. Write your message here and we will answer it."
            }
            Self::LeaveSayOpen => "Nobody is available right now. Write your message here and we will answer it.",
            Self::LeaveDone => "Thank you, we have your message. We will answer as soon as we can.",
            Self::ErrorText => "Please write an answer, not too long.",
            Self::ErrorEmail => "This address does not look complete. Write it like lea@example.com.",
            Self::ErrorPhone => "Write the number in digits, like 020 7946 0018 or +44 20 7946 0018.",
            Self::ErrorNumber => "Write a number, in digits, within what is asked.",
            Self::ErrorChoice => "Choose one of the answers offered.",
            Self::ErrorPattern => "This answer does not have the expected form. Check it and write it again.",
            Self::Suggest => "Is it one of these?",
            Self::NoneOfThese => "None of these",
            Self::ProductsAsk => "What are you looking for? A few words will do.",
            Self::ProductsNone => "I found nothing for “{{query}}”.",
            Self::ProductsAgain => "Search again",
        }
    }
}

/// Keywords by which a visitor asks for a person, where the definition gives none.
pub fn handoff_keywords(lang: &str) -> &'static [&'static str] {
    match lang {
        "fr" => &[
            "conseiller",
            "conseillère",
            "humain",
            "une personne",
            "vraie personne",
            "quelqu'un",
            "opérateur",
            "vendeur",
            "service client",
        ],
        "en" => &[
            "advisor",
            "adviser",
            "agent",
            "human",
            "a person",
            "real person",
            "someone",
            "somebody",
            "representative",
            "customer service",
        ],
        _ => &[],
    }
}

/// Whole texts, folded, that only greet.
pub const GREETINGS: &[&str] = &[
    "bonjour",
    "bonsoir",
    "salut",
    "coucou",
    "bonjour a vous",
    "bonjour madame",
    "bonjour monsieur",
    "re bonjour",
    "rebonjour",
    "hello",
    "hi",
    "hey",
    "hi there",
    "hello there",
    "good morning",
    "good afternoon",
    "good evening",
    "hallo",
    "hola",
    "ciao",
];

/// Whole texts, folded, that only thank.
pub const THANKS: &[&str] = &[
    "merci",
    "merci beaucoup",
    "merci bien",
    "mille mercis",
    "merci a vous",
    "super merci",
    "parfait merci",
    "ok merci",
    "d accord merci",
    "merci au revoir",
    "thanks",
    "thank you",
    "thanks a lot",
    "thank you very much",
    "many thanks",
    "great thanks",
    "ok thanks",
    "cheers",
    "danke",
    "gracias",
    "grazie",
];

/// A button that goes on without an answer; no key replaces it.
pub fn go_on(lang: &str) -> &'static str {
    match lang {
        "fr" => "Continuer sans",
        "de" => "Ohne Angabe weiter",
        "es" => "Continuar sin esto",
        "it" => "Continua senza",
        "nl" => "Ga verder zonder",
        "pt" => "Continuar sem isto",
        _ => "Go on without",
    }
}

/// A button that ends a message made of a file alone; no key replaces it.
pub fn send_file_alone(lang: &str) -> &'static str {
    match lang {
        "fr" => "Envoyer le fichier seul",
        "de" => "Nur die Datei senden",
        "es" => "Enviar solo el archivo",
        "it" => "Invia solo il file",
        "nl" => "Alleen het bestand sturen",
        "pt" => "Enviar só o ficheiro",
        _ => "Send the file alone",
    }
}

/// A button back to the first step, under an answer that ends nowhere; no key replaces it.
pub fn back_to_start(lang: &str) -> &'static str {
    match lang {
        "fr" => "Revenir au début",
        "de" => "Zurück zum Anfang",
        "es" => "Volver al principio",
        "it" => "Torna all'inizio",
        "nl" => "Terug naar het begin",
        "pt" => "Voltar ao início",
        _ => "Back to the start",
    }
}

/// A button for whoever waits: the place is kept meanwhile; no key replaces it.
pub fn meanwhile(lang: &str) -> &'static str {
    match lang {
        "fr" => "Autre chose en attendant",
        "de" => "Inzwischen etwas anderes",
        "es" => "Otra cosa mientras tanto",
        "it" => "Altro nel frattempo",
        "nl" => "Intussen iets anders",
        "pt" => "Outra coisa entretanto",
        _ => "Something else meanwhile",
    }
}

/// Said before products that were searched for; no key replaces it.
pub fn found(lang: &str) -> &'static str {
    match lang {
        "fr" => "Voici ce que j'ai trouvé :",
        "de" => "Das habe ich gefunden:",
        "es" => "Esto es lo que he encontrado:",
        "it" => "Ecco cosa ho trovato:",
        "nl" => "Dit heb ik gevonden:",
        "pt" => "Eis o que encontrei:",
        _ => "Here is what I found:",
    }
}

/// When the shop opens again, in words that follow "back" or stand alone: "lundi à 09:30".
pub fn next_opening(lang: &str, opening: Option<NaiveDateTime>, today: NaiveDate) -> String {
    let Some(opening) = opening else {
        return match lang {
            "fr" => "dès que possible".to_owned(),
            "en" => "as soon as possible".to_owned(),
            _ => String::new(),
        };
    };
    let time = opening.format("%H:%M");
    let ahead = opening.date().signed_duration_since(today).num_days();
    match (lang, ahead) {
        ("fr", 0) => format!("aujourd'hui à {time}"),
        ("fr", 1) => format!("demain à {time}"),
        ("fr", 2..=6) => format!("{} à {time}", french_day(opening.date())),
        ("fr", _) => format!("le {} à {time}", french_date(opening.date())),
        ("en", 0) => format!("today at {time}"),
        ("en", 1) => format!("tomorrow at {time}"),
        ("en", 2..=6) => opening.format("on %A at %H:%M").to_string(),
        ("en", _) => opening.format("on %-d %B at %H:%M").to_string(),
        _ => opening.format("%Y-%m-%d %H:%M").to_string(),
    }
}

fn french_day(date: NaiveDate) -> &'static str {
    match date.weekday() {
        chrono::Weekday::Mon => "lundi",
        chrono::Weekday::Tue => "mardi",
        chrono::Weekday::Wed => "mercredi",
        chrono::Weekday::Thu => "jeudi",
        chrono::Weekday::Fri => "vendredi",
        chrono::Weekday::Sat => "samedi",
        chrono::Weekday::Sun => "dimanche",
    }
}

fn french_date(date: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day} {month}")
}
