//! What the month's visitors type: texts that mean one thing, each with its ways to be written.

/// Texts that belong together. Spellings that differ in capitals, accents and signs alone are one
/// text; the first text is the one nearest to all others.
pub struct Alike {
    pub lang: &'static str,
    pub texts: &'static [&'static [&'static str]],
}

/// One of them, as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub group: usize,
    pub text_of_group: usize,
    pub text: &'static str,
}

pub const FAQS: [&str; 6] = ["delai", "facture", "port", "remboursement", "retour", "tailles"];

pub const POOL: &[Alike] = &[
    Alike {
        lang: "fr",
        texts: &[
            &["Où est mon colis ?", "ou est mon colis", "OU EST MON COLIS ???"],
            &["ou et mon coli"],
            &["il est où mon colis svp"],
        ],
    },
    Alike {
        lang: "fr",
        texts: &[
            &["Livrez-vous en Belgique ?", "livrez vous en belgique"],
            &["vous livrez en Belgique"],
            &["vous livrez en belgque ?"],
        ],
    },
    Alike {
        lang: "fr",
        texts: &[
            &["mon code promo ne marche pas", "Mon code promo ne marche pas !"],
            &["code promo"],
            &["le code promo ne marche plus"],
        ],
    },
    Alike {
        lang: "fr",
        texts: &[
            &["visiter l'atelier", "Visiter l’atelier ?"],
            &["peut-on visiter l'atelier ?"],
            &["je voudrais visiter votre atelier"],
        ],
    },
    Alike {
        lang: "fr",
        texts: &[
            &["ça passe au lave-vaisselle ?", "ca passe au lave vaisselle"],
            &["passe au lave-vaisselle ou pas"],
            &["lave-vaisselle"],
        ],
    },
    Alike {
        lang: "fr",
        texts: &[&["gravure d'un prénom"], &["la gravure d'un prénom c'est possible ?"], &["gravure prenoms"]],
    },
    Alike { lang: "fr", texts: &[&["facture commande 1204", "facture commande 1204 ?"], &["facture commande 87"]] },
    Alike { lang: "fr", texts: &[&["😀😀"]] },
    Alike { lang: "fr", texts: &[&["qsdfghjk"]] },
    Alike {
        lang: "en",
        texts: &[
            &["Do you ship to Norway?", "do you ship to norway"],
            &["can you ship to Norway please"],
            &["do you ship to norwya"],
        ],
    },
    Alike {
        lang: "en",
        texts: &[
            &["is it dishwasher safe?", "Is it dishwasher safe"],
            &["dishwasher-safe"],
            &["are they dishwasher safe"],
        ],
    },
    Alike { lang: "en", texts: &[&["wedding list"], &["do you have wedding lists?"], &["a weding list please"]] },
    Alike { lang: "en", texts: &[&["where is the showroom"]] },
];
