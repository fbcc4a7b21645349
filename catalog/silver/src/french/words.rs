//! The words of the French shop, with their forms.

/// One and several of a thing, and whether it is feminine.
pub(super) struct Noun {
    pub one: &'static str,
    pub many: &'static str,
    pub feminine: bool,
}

const fn f(one: &'static str, many: &'static str) -> Noun {
    Noun { one, many, feminine: true }
}

const fn m(one: &'static str, many: &'static str) -> Noun {
    Noun { one, many, feminine: false }
}

/// Masculine and feminine, one and several.
pub(super) struct Adjective(pub &'static str, pub &'static str, pub &'static str, pub &'static str);

impl Adjective {
    pub fn form(&self, feminine: bool, several: bool) -> &'static str {
        match (feminine, several) {
            (false, false) => self.0,
            (true, false) => self.1,
            (false, true) => self.2,
            (true, true) => self.3,
        }
    }
}

pub(super) struct Shelf {
    pub path: [&'static str; 2],
    pub nouns: &'static [Noun],
    pub price: (usize, usize),
    pub sizes: &'static [&'static str],
    /// Whether these things are sold in lots.
    pub lots: bool,
}

const LARGEURS: &[&str] = &["60 cm", "80 cm", "100 cm", "120 cm", "140 cm", "160 cm", "180 cm", "200 cm"];
const LITS: &[&str] = &["90 x 190 cm", "140 x 190 cm", "160 x 200 cm", "180 x 200 cm"];
const TAPIS: &[&str] = &["60 x 110 cm", "120 x 170 cm", "160 x 230 cm", "200 x 290 cm"];
const TAILLES: &[&str] = &["Petit", "Moyen", "Grand", "Très grand"];

#[rustfmt::skip]
pub(super) const SHELVES: &[Shelf] = &[
    Shelf { path: ["Salon", "Assises"], price: (90, 1_900), sizes: LARGEURS, lots: false, nouns: &[
        m("canapé", "canapés"), m("fauteuil", "fauteuils"), m("pouf", "poufs"), f("banquette", "banquettes"),
        m("repose-pied", "repose-pieds"), f("méridienne", "méridiennes"), f("chauffeuse", "chauffeuses"),
    ]},
    Shelf { path: ["Salon", "Tables et consoles"], price: (60, 800), sizes: LARGEURS, lots: false, nouns: &[
        f("table basse", "tables basses"), f("console", "consoles"), m("bout de canapé", "bouts de canapé"),
        m("guéridon", "guéridons"), f("table gigogne", "tables gigognes"), f("sellette", "sellettes"),
    ]},
    Shelf { path: ["Salon", "Rangements"], price: (90, 1_200), sizes: LARGEURS, lots: false, nouns: &[
        f("bibliothèque", "bibliothèques"), m("meuble télé", "meubles télé"), m("buffet", "buffets"),
        f("vitrine", "vitrines"), f("étagère", "étagères"), m("porte-revues", "porte-revues"),
    ]},
    Shelf { path: ["Salle à manger", "Chaises"], price: (40, 420), sizes: TAILLES, lots: true, nouns: &[
        f("chaise", "chaises"), m("tabouret", "tabourets"), m("banc", "bancs"), f("chaise haute", "chaises hautes"),
    ]},
    Shelf { path: ["Salle à manger", "Tables et buffets"], price: (150, 1_500), sizes: LARGEURS, lots: false, nouns: &[
        f("table à rallonge", "tables à rallonge"), f("table ronde", "tables rondes"), m("vaisselier", "vaisseliers"),
        f("desserte", "dessertes"), f("enfilade", "enfilades"), m("casier à vin", "casiers à vin"),
    ]},
    Shelf { path: ["Chambre", "Lits"], price: (120, 1_600), sizes: LITS, lots: false, nouns: &[
        m("lit", "lits"), f("tête de lit", "têtes de lit"), m("matelas", "matelas"), m("sommier", "sommiers"),
        m("lit mezzanine", "lits mezzanine"), m("lit superposé", "lits superposés"), m("surmatelas", "surmatelas"),
    ]},
    Shelf { path: ["Chambre", "Rangements"], price: (70, 1_300), sizes: LARGEURS, lots: false, nouns: &[
        f("armoire", "armoires"), f("commode", "commodes"), m("chevet", "chevets"), f("coiffeuse", "coiffeuses"),
        m("chiffonnier", "chiffonniers"), m("valet de nuit", "valets de nuit"),
    ]},
    Shelf { path: ["Chambre", "Linge de lit"], price: (15, 220), sizes: LITS, lots: false, nouns: &[
        f("couette", "couettes"), m("oreiller", "oreillers"), f("housse de couette", "housses de couette"),
        m("couvre-lit", "couvre-lits"), f("taie d'oreiller", "taies d'oreiller"), m("drap", "draps"),
    ]},
    Shelf { path: ["Bureau", "Meubles"], price: (60, 900), sizes: LARGEURS, lots: false, nouns: &[
        m("bureau", "bureaux"), m("secrétaire", "secrétaires"), m("caisson", "caissons"), m("classeur", "classeurs"),
        m("fauteuil de bureau", "fauteuils de bureau"),
    ]},
    Shelf { path: ["Entrée", "Meubles"], price: (25, 450), sizes: LARGEURS, lots: false, nouns: &[
        m("meuble à chaussures", "meubles à chaussures"), m("portemanteau", "portemanteaux"), f("patère", "patères"),
        m("porte-parapluies", "porte-parapluies"), m("vestiaire", "vestiaires"),
    ]},
    Shelf { path: ["Luminaires", "Lampes"], price: (20, 420), sizes: TAILLES, lots: false, nouns: &[
        f("lampe", "lampes"), m("lampadaire", "lampadaires"), f("suspension", "suspensions"), f("applique", "appliques"),
        m("lustre", "lustres"), m("plafonnier", "plafonniers"), f("veilleuse", "veilleuses"), m("abat-jour", "abat-jour"),
        f("guirlande", "guirlandes"), m("photophore", "photophores"),
    ]},
    Shelf { path: ["Décoration", "Murs"], price: (12, 380), sizes: TAILLES, lots: false, nouns: &[
        m("miroir", "miroirs"), m("cadre", "cadres"), f("horloge", "horloges"), m("tableau", "tableaux"),
        f("affiche", "affiches"), f("tenture", "tentures"),
    ]},
    Shelf { path: ["Décoration", "Objets"], price: (8, 180), sizes: TAILLES, lots: true, nouns: &[
        m("vase", "vases"), m("bougeoir", "bougeoirs"), m("cache-pot", "cache-pots"), f("bougie", "bougies"),
        f("corbeille", "corbeilles"), m("panier", "paniers"), f("statuette", "statuettes"), m("serre-livres", "serre-livres"),
    ]},
    Shelf { path: ["Textile", "Tapis et rideaux"], price: (15, 600), sizes: TAPIS, lots: false, nouns: &[
        m("tapis", "tapis"), m("rideau", "rideaux"), m("voilage", "voilages"), m("paillasson", "paillassons"),
        m("store", "stores"), f("peau de mouton", "peaux de mouton"),
    ]},
    Shelf { path: ["Textile", "Coussins et plaids"], price: (9, 120), sizes: TAILLES, lots: true, nouns: &[
        m("coussin", "coussins"), m("plaid", "plaids"), f("galette", "galettes"), f("nappe", "nappes"),
        f("serviette", "serviettes"), m("torchon", "torchons"), m("jeté", "jetés"),
    ]},
    Shelf { path: ["Cuisine", "Vaisselle"], price: (6, 110), sizes: TAILLES, lots: true, nouns: &[
        f("assiette", "assiettes"), m("bol", "bols"), f("tasse", "tasses"), m("verre", "verres"), f("carafe", "carafes"),
        m("plateau", "plateaux"), m("saladier", "saladiers"), f("théière", "théières"), m("plat", "plats"),
        f("soucoupe", "soucoupes"),
    ]},
    Shelf { path: ["Cuisine", "Ustensiles"], price: (8, 160), sizes: TAILLES, lots: false, nouns: &[
        f("casserole", "casseroles"), f("poêle", "poêles"), f("planche à découper", "planches à découper"),
        m("couteau", "couteaux"), f("passoire", "passoires"), f("bouilloire", "bouilloires"), m("moule", "moules"),
        m("égouttoir", "égouttoirs"), f("cocotte", "cocottes"),
    ]},
    Shelf { path: ["Salle de bain", "Meubles et accessoires"], price: (9, 700), sizes: LARGEURS, lots: false, nouns: &[
        m("meuble vasque", "meubles vasque"), m("porte-serviettes", "porte-serviettes"), f("armoire de toilette", "armoires de toilette"),
        m("tapis de bain", "tapis de bain"), m("porte-savon", "porte-savons"), f("poubelle", "poubelles"),
    ]},
    Shelf { path: ["Jardin", "Mobilier"], price: (40, 1_400), sizes: LARGEURS, lots: false, nouns: &[
        m("transat", "transats"), m("parasol", "parasols"), f("balancelle", "balancelles"), m("salon de jardin", "salons de jardin"),
        f("jardinière", "jardinières"), m("brasero", "braseros"), f("pergola", "pergolas"), m("arrosoir", "arrosoirs"),
    ]},
    Shelf { path: ["Enfant", "Chambre d'enfant"], price: (20, 520), sizes: TAILLES, lots: false, nouns: &[
        m("berceau", "berceaux"), m("coffre à jouets", "coffres à jouets"), f("table à langer", "tables à langer"),
        m("tipi", "tipis"), f("veste de lit", "vestes de lit"),
    ]},
];

/// With the word under which the spreadsheet has it: the masculine.
#[rustfmt::skip]
pub(super) const COLOURS: &[Adjective] = &[
    Adjective("blanc", "blanche", "blancs", "blanches"), Adjective("noir", "noire", "noirs", "noires"),
    Adjective("gris", "grise", "gris", "grises"), Adjective("bleu", "bleue", "bleus", "bleues"),
    Adjective("vert", "verte", "verts", "vertes"), Adjective("rouge", "rouge", "rouges", "rouges"),
    Adjective("doré", "dorée", "dorés", "dorées"), Adjective("argenté", "argentée", "argentés", "argentées"),
    Adjective("jaune", "jaune", "jaunes", "jaunes"), Adjective("rose", "rose", "roses", "roses"),
    Adjective("violet", "violette", "violets", "violettes"), Adjective("cuivré", "cuivrée", "cuivrés", "cuivrées"),
    Adjective("marron", "marron", "marron", "marron"), Adjective("orange", "orange", "orange", "orange"),
    Adjective("turquoise", "turquoise", "turquoise", "turquoise"), Adjective("taupe", "taupe", "taupe", "taupe"),
    Adjective("beige", "beige", "beiges", "beiges"), Adjective("écru", "écrue", "écrus", "écrues"),
    Adjective("transparent", "transparente", "transparents", "transparentes"),
    Adjective("ambré", "ambrée", "ambrés", "ambrées"), Adjective("nacré", "nacrée", "nacrés", "nacrées"),
    Adjective("fumé", "fumée", "fumés", "fumées"),
];

#[rustfmt::skip]
pub(super) const STYLES: &[Adjective] = &[
    Adjective("scandinave", "scandinave", "scandinaves", "scandinaves"),
    Adjective("industriel", "industrielle", "industriels", "industrielles"),
    Adjective("ancien", "ancienne", "anciens", "anciennes"),
    Adjective("contemporain", "contemporaine", "contemporains", "contemporaines"),
    Adjective("épuré", "épurée", "épurés", "épurées"), Adjective("champêtre", "champêtre", "champêtres", "champêtres"),
    Adjective("baroque", "baroque", "baroques", "baroques"), Adjective("exotique", "exotique", "exotiques", "exotiques"),
    Adjective("rétro", "rétro", "rétro", "rétro"), Adjective("bohème", "bohème", "bohèmes", "bohèmes"),
    Adjective("classique", "classique", "classiques", "classiques"),
    Adjective("méditerranéen", "méditerranéenne", "méditerranéens", "méditerranéennes"),
];

#[rustfmt::skip]
pub(super) const MATERIALS: &[&str] = &[
    "chêne", "métal", "velours", "lin", "noyer", "rotin", "verre", "céramique", "coton", "cuir", "marbre", "bambou",
    "hêtre", "laiton", "laine", "grès", "osier", "acier", "teck", "résine", "béton", "acacia", "porcelaine", "jute",
    "manguier", "faïence", "fer forgé", "pin",
];

#[rustfmt::skip]
pub(super) const BRANDS: &[&str] = &[
    "Maison Vauclair", "Atelier Ormeau", "Brunel & Filles", "Le Comptoir d'Aubrac", "Hautecour", "Rives d'Orb",
    "Manufacture Tessier", "Belombre", "Lavandou", "Quatre Saisons", "Fontvieille", "Marquisat", "Grand Large",
    "Petit Bois", "Verlaine", "Sarlande", "Tournemire", "Valbonne", "Clos Martin", "Ébénisterie Roche", "Chantepie",
    "Mirabeau", "Pierrefonds", "Oréade", "Sauvignac", "Beaulieu", "Noirmoutier", "Lys & Lin", "Armorine", "Castelnau",
];

pub(super) const OPENINGS: &[&str] = &[
    "{Le} {nom} {série} apporte une touche {style f} à {pièce}.",
    "Pensé pour {pièce}, ce modèle de la série {série} allie {qualité} et {qualité}.",
    "{marque} signe ici {un} {nom} {style} en {matière}.",
    "On aime sa {qualité} et son allure, dans {pièce} comme ailleurs.",
    "Avec {série}, {pièce} gagne en {qualité}.",
];

pub(super) const SENTENCES: &[&str] = &[
    "Structure en {matière}, garantie {nombre} mois.",
    "À marier avec {autres}, pour un ensemble plein de {qualité}.",
    "Existe aussi en {autre couleur} et en {autre couleur}.",
    "Livré en {nombre} jours, à monter soi-même en une demi-heure.",
    "L'entretien est simple : un chiffon humide suffit.",
    "Les photos montrent également {autres}, à commander à part.",
    "Chaque pièce est finie à la main, d'où de légères différences.",
    "Vous cherchez plutôt {autres} ? Voyez la même série.",
    "Fabriqué dans un atelier de {nombre} personnes.",
    "Des patins protègent vos parquets.",
    "En {matière} issu de filières suivies.",
    "Sa {qualité} convient aux petits espaces.",
    "Supporte jusqu'à {nombre} kilos.",
    "Ne convient pas à un usage professionnel.",
    "Emballage sans plastique, repris à la livraison.",
    "S'installe dans {pièce} ou dans {pièce}.",
    "Moins salissant que le {autre couleur}, il se fait oublier.",
];

#[rustfmt::skip]
pub(super) const QUALITIES: &[&str] = &[
    "douceur", "élégance", "sobriété", "chaleur", "légèreté", "finesse", "robustesse", "simplicité", "fraîcheur",
    "générosité", "gaieté", "discrétion", "noblesse", "souplesse", "clarté", "poésie",
];
#[rustfmt::skip]
pub(super) const ROOMS: &[&str] = &[
    "votre séjour", "une petite chambre", "l'entrée", "la véranda", "un coin lecture", "la cuisine", "le grenier",
    "un studio", "la chambre d'amis", "une maison de vacances", "le couloir", "un bureau clair", "la terrasse",
];

/// What a customer writes around what is looked for; even ones are for tuning,
/// odd ones for judging. `{un}` is the article and the thing, `{des}` several without an article.
pub(super) const TALK: &[&str] = &[
    "Bonjour, je cherche {un}",
    "bonsoir, auriez-vous {un} à me proposer ? merci d'avance",
    "Est-ce que vous avez {un} en ce moment ?",
    "coucou, il me faudrait {un} pour la semaine prochaine",
    "Vous vendez des {des} ?",
    "Bonjour ! On vient d'emménager et on aimerait trouver {un}",
    "je voudrais acheter {un} svp",
    "Pourriez-vous me conseiller {un} s'il vous plaît",
    "Salut, j'ai besoin de {des}, que me recommandez-vous ?",
    "ma sœur veut {un} pour son anniversaire, vous auriez ça ?",
    "montrez-moi vos {des}",
    "Je suis à la recherche de {des} depuis des semaines",
];
