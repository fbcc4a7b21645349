//! The words of the English shop.

/// A shelf of the shop: where it stands, what is on it, what that costs in whole euros.
pub(super) struct Shelf {
    pub path: [&'static str; 2],
    pub classes: &'static [&'static str],
    pub price: (usize, usize),
    pub sizes: &'static [&'static str],
}

const BEDS: &[&str] = &["Twin", "Full", "Queen", "King", "California King"];
const WIDTHS: &[&str] = &["24 in", "30 in", "36 in", "42 in", "48 in", "55 in", "60 in", "72 in", "84 in"];
const SETS: &[&str] = &["Set of 2", "Set of 3", "Set of 4", "Set of 6", "Set of 8"];
const FEET: &[&str] = &["2 x 3 ft", "2 x 8 ft", "4 x 6 ft", "5 x 8 ft", "6 x 9 ft", "8 x 10 ft", "9 x 12 ft"];
const PLAIN: &[&str] = &["Small", "Medium", "Large", "Extra Large"];

#[rustfmt::skip]
pub(super) const SHELVES: &[Shelf] = &[
    Shelf { path: ["Living Room", "Seating"], price: (180, 1_900), sizes: WIDTHS, classes: &[
        "sofa", "armchair", "loveseat", "sectional sofa", "recliner", "accent chair", "ottoman", "sleeper sofa", "pouf",
        "rocking chair", "wingback chair", "settee", "daybed", "futon", "footstool", "bean bag",
    ]},
    Shelf { path: ["Living Room", "Tables"], price: (60, 700), sizes: WIDTHS, classes: &[
        "coffee table", "side table", "end table", "console table", "nesting table", "tray table", "plant stand",
    ]},
    Shelf { path: ["Living Room", "Media"], price: (120, 1_100), sizes: WIDTHS, classes: &[
        "tv stand", "media cabinet", "electric fireplace", "wall unit",
    ]},
    Shelf { path: ["Dining Room", "Seating"], price: (50, 420), sizes: SETS, classes: &[
        "dining chair", "bar stool", "counter stool", "dining bench",
    ]},
    Shelf { path: ["Dining Room", "Tables"], price: (140, 1_600), sizes: WIDTHS, classes: &[
        "dining table", "extending table", "bistro table", "pub table",
    ]},
    Shelf { path: ["Dining Room", "Storage"], price: (110, 1_300), sizes: WIDTHS, classes: &[
        "sideboard", "china cabinet", "wine rack", "bar cart", "kitchen island", "pantry cabinet", "kitchen cart",
    ]},
    Shelf { path: ["Bedroom", "Beds"], price: (150, 1_700), sizes: BEDS, classes: &[
        "platform bed", "bed frame", "headboard", "mattress", "bunk bed", "canopy bed", "loft bed", "sleigh bed",
        "trundle bed", "toddler bed", "mattress topper",
    ]},
    Shelf { path: ["Bedroom", "Storage"], price: (80, 1_200), sizes: WIDTHS, classes: &[
        "dresser", "nightstand", "wardrobe", "armoire", "vanity desk", "blanket chest", "jewelry cabinet",
    ]},
    Shelf { path: ["Office", "Desks"], price: (90, 900), sizes: WIDTHS, classes: &[
        "writing desk", "computer desk", "standing desk", "corner desk", "secretary desk", "drafting table",
    ]},
    Shelf { path: ["Office", "Seating and Storage"], price: (60, 650), sizes: PLAIN, classes: &[
        "office chair", "bookcase", "filing cabinet", "gaming chair", "printer stand", "hutch",
    ]},
    Shelf { path: ["Entryway", "Furniture"], price: (35, 480), sizes: WIDTHS, classes: &[
        "shoe rack", "hall tree", "coat rack", "entry bench", "shoe cabinet", "umbrella stand", "key cabinet",
    ]},
    Shelf { path: ["Storage", "Shelving"], price: (25, 380), sizes: WIDTHS, classes: &[
        "floating shelf", "wall shelf", "ladder shelf", "corner shelf", "cube organizer", "garment rack", "room divider",
    ]},
    Shelf { path: ["Storage", "Baskets and Bins"], price: (12, 140), sizes: PLAIN, classes: &[
        "storage basket", "laundry hamper", "storage trunk", "toy chest", "waste bin", "magazine rack",
    ]},
    Shelf { path: ["Lighting", "Lamps"], price: (25, 420), sizes: PLAIN, classes: &[
        "table lamp", "floor lamp", "desk lamp", "lamp shade", "night light", "lantern",
    ]},
    Shelf { path: ["Lighting", "Fixtures"], price: (40, 900), sizes: PLAIN, classes: &[
        "pendant light", "chandelier", "wall sconce", "ceiling fan", "flush mount", "track light", "string light",
        "vanity light",
    ]},
    Shelf { path: ["Textiles", "Rugs"], price: (25, 900), sizes: FEET, classes: &[
        "area rug", "runner rug", "outdoor rug", "bath mat", "doormat", "sheepskin",
    ]},
    Shelf { path: ["Textiles", "Bedding"], price: (20, 260), sizes: BEDS, classes: &[
        "comforter", "duvet cover", "sheet set", "quilt", "bed skirt", "bedspread",
    ]},
    Shelf { path: ["Textiles", "Soft Furnishings"], price: (10, 150), sizes: SETS, classes: &[
        "throw pillow", "curtain panel", "throw blanket", "seat cushion", "roman shade", "tapestry", "tablecloth",
        "table runner", "placemat", "bath towel", "shower curtain", "floor pillow",
    ]},
    Shelf { path: ["Decor", "Walls"], price: (15, 420), sizes: PLAIN, classes: &[
        "wall mirror", "canvas print", "wall clock", "picture frame", "floor mirror", "wall sculpture", "wall hook",
    ]},
    Shelf { path: ["Decor", "Accents"], price: (10, 180), sizes: PLAIN, classes: &[
        "vase", "candle holder", "planter", "artificial plant", "figurine", "decorative bowl", "bookend", "wreath",
        "mantel clock", "fire screen", "oil diffuser", "hanging planter",
    ]},
    Shelf { path: ["Kitchen", "Tableware"], price: (8, 120), sizes: SETS, classes: &[
        "dinner plate", "coffee mug", "wine glass", "cereal bowl", "serving tray", "tumbler", "pitcher", "teapot",
        "salad bowl", "cake stand",
    ]},
    Shelf { path: ["Kitchen", "Tools"], price: (10, 160), sizes: PLAIN, classes: &[
        "cutting board", "spice rack", "dish rack", "knife block", "bread box", "canister", "skillet", "saucepan",
        "kettle", "baking dish",
    ]},
    Shelf { path: ["Bathroom", "Furniture"], price: (30, 900), sizes: WIDTHS, classes: &[
        "bathroom vanity", "medicine cabinet", "towel rack", "linen tower", "towel warmer",
    ]},
    Shelf { path: ["Bathroom", "Accessories"], price: (9, 130), sizes: PLAIN, classes: &[
        "soap dispenser", "shower caddy", "toothbrush holder", "shower head", "basin faucet",
    ]},
    Shelf { path: ["Outdoor", "Furniture"], price: (70, 1_500), sizes: WIDTHS, classes: &[
        "patio chair", "patio table", "sun lounger", "garden bench", "patio sofa", "porch swing", "picnic table",
        "hammock", "adirondack chair", "deck box",
    ]},
    Shelf { path: ["Outdoor", "Garden"], price: (30, 1_100), sizes: PLAIN, classes: &[
        "patio umbrella", "fire pit", "gazebo", "bird bath", "trellis", "garden fountain", "garden statue", "mailbox",
    ]},
    Shelf { path: ["Children and Pets", "Nursery"], price: (45, 520), sizes: PLAIN, classes: &[
        "crib", "changing table", "nursery glider", "high chair", "play table", "play tent",
    ]},
    Shelf { path: ["Children and Pets", "Pets"], price: (20, 210), sizes: PLAIN, classes: &[
        "dog bed", "cat tree", "pet gate", "feeding station",
    ]},
    Shelf { path: ["Hardware", "Handles and Rods"], price: (5, 90), sizes: SETS, classes: &[
        "cabinet knob", "drawer pull", "curtain rod", "door handle", "shelf bracket", "house number",
    ]},
];

#[rustfmt::skip]
pub(super) const COLOURS: &[&str] = &[
    "white", "black", "gray", "beige", "blue", "green", "brown", "red", "natural", "navy", "ivory", "charcoal", "pink",
    "yellow", "teal", "burgundy", "sage", "mustard", "lavender", "terracotta", "turquoise", "coral", "olive", "taupe",
    "plum", "emerald", "peach", "indigo",
];

#[rustfmt::skip]
pub(super) const MATERIALS: &[&str] = &[
    "oak", "steel", "walnut", "cotton", "pine", "glass", "velvet", "linen", "leather", "marble", "bamboo", "ceramic",
    "rattan", "brass", "wool", "acacia", "teak", "wicker", "mango wood", "concrete", "boucle", "aluminum", "jute",
    "birch", "porcelain", "iron", "stoneware", "ash",
];

#[rustfmt::skip]
pub(super) const STYLES: &[&str] = &[
    "modern", "traditional", "farmhouse", "industrial", "scandinavian", "rustic", "coastal", "bohemian", "minimalist",
    "vintage", "art deco", "victorian", "contemporary", "mediterranean",
];

pub(super) const BRAND_STARTS: [&str; 20] = [
    "North", "Old", "River", "Stone", "Maple", "Fair", "Hart", "Long", "Bright", "Wester", "Amber", "Cold", "High",
    "Sun", "Wild", "Ever", "Hazel", "Lark", "Moss", "Silver",
];
pub(super) const BRAND_ENDS: [&str; 20] = [
    "gate", "field", "mill", "wood", "bridge", "haven", "crest", "ford", "dale", "brook", "ridge", "well", "moor",
    "port", "stead", "hollow", "shore", "grove", "cliff", "ton",
];

/// Series are called by three syllables; 96,000 names.
#[rustfmt::skip]
pub(super) const SERIES_STARTS: [&str; 60] = [
    "Ba", "Be", "Bo", "Bra", "Ca", "Ce", "Cla", "Co", "Cre", "Da", "De", "Do", "Dra", "El", "Fa", "Fe", "Fi", "Fla",
    "Ga", "Ge", "Gra", "Ha", "He", "Ho", "I", "Ja", "Jo", "Ka", "Ke", "Ki", "La", "Le", "Li", "Lo", "Ma", "Me", "Mi",
    "Mo", "Na", "Ne", "No", "O", "Pa", "Pe", "Po", "Qui", "Ra", "Re", "Ro", "Sa", "Se", "So", "Ta", "Te", "Tri", "U",
    "Va", "Ve", "Wi", "Za",
];
#[rustfmt::skip]
pub(super) const SERIES_MIDDLES: [&str; 40] = [
    "ba", "bri", "ca", "ce", "da", "de", "di", "do", "fe", "ga", "gi", "ka", "la", "le", "li", "lo", "ma", "me", "mi",
    "mo", "na", "ne", "ni", "no", "pe", "pi", "ra", "re", "ri", "ro", "sa", "se", "si", "ta", "te", "ti", "va", "ve",
    "vi", "zo",
];
#[rustfmt::skip]
pub(super) const SERIES_ENDS: [&str; 40] = [
    "ba", "ck", "cus", "da", "den", "dra", "el", "ford", "gan", "ka", "la", "lan", "les", "lia", "lin", "ll", "lora",
    "ma", "mond", "n", "na", "nder", "ne", "ngton", "nia", "no", "ra", "ren", "ria", "rn", "ro", "ry", "s", "sen",
    "sha", "ston", "th", "va", "well", "xa",
];

/// A description opens with one of these.
pub(super) const OPENINGS: &[&str] = &[
    "The {series} {noun} brings {quality} lines and {material} to {room}.",
    "A {quality} {noun} from the {series} series, made for {room}.",
    "Meet {series}: a {style} {noun} that looks {quality} from every side.",
    "This {noun} by {brand} is {quality}, sturdy and easy to live with.",
    "{brand} made this {style} {noun} to be used every day.",
    "With its {quality} shape this {noun} is at home in {room}.",
    "Designed in small numbers, the {series} {noun} has a {quality} character.",
    "Nothing loud about it: a {quality} {noun} in {material}.",
];

/// These follow; some of them name other things and colours, as shops do.
pub(super) const SENTENCES: &[&str] = &[
    "The frame is made of {material} and holds up to {number} pounds.",
    "{Part} are finished by hand, so no two pieces are alike.",
    "It pairs well with our {other colour} {other noun}.",
    "Looking for a {other noun}? The {series} series has one too.",
    "Also available in {other colour} and {another colour}.",
    "The {other colour} {other noun} in the picture is not included.",
    "Wipe clean with a damp cloth and dry at once.",
    "Assembly takes about {number} minutes; tools come in the box.",
    "{Part} are rounded, which is kind to {whom}.",
    "Rubber feet keep floors free of scratches.",
    "A {quality} touch for {room} or {room}.",
    "Ships in {number} days in one recycled carton.",
    "Matches any {other noun} you already have.",
    "The {material} comes from managed sources and is tested for harmful substances.",
    "Guaranteed for {number} months against faults in material and work.",
    "{Part} can be replaced, and spare parts are kept for years.",
    "Its {style} look suits old houses and new flats alike.",
    "Not suitable for commercial use.",
    "Place it beside a {other noun} or below a window.",
    "Light enough to be carried by one person, heavy enough to stay where it is.",
    "Colors may differ slightly from what your screen shows.",
    "Customers who chose it often take a {other noun} with it.",
    "Measure your doorway first: it arrives in one piece.",
    "{Part} are tightened with the key that is included.",
    "Unlike a {other colour} finish, this one does not show dust.",
    "Made in a family workshop of {number} people.",
];

#[rustfmt::skip]
pub(super) const QUALITIES: &[&str] = &[
    "calm", "clean", "generous", "slender", "warm", "quiet", "airy", "bold", "timeless", "playful", "graceful", "cozy",
    "crisp", "solid", "elegant", "gentle", "refined", "honest", "handsome", "relaxed", "inviting", "sculpted", "sleek",
    "cheerful", "understated", "tidy", "curved", "classic", "roomy", "compact", "lively", "subtle", "smooth", "plush",
];
#[rustfmt::skip]
pub(super) const ROOMS: &[&str] = &[
    "the living room", "a small bedroom", "the hallway", "a reading corner", "the kitchen", "a guest room", "the porch",
    "a studio flat", "the nursery", "a home office", "the attic", "a sunny balcony", "the dining room", "a rented flat",
    "the basement", "a long corridor", "the winter garden", "a beach house", "the mudroom", "a mountain cabin",
];
#[rustfmt::skip]
pub(super) const PARTS: &[&str] = &[
    "edges", "seams", "corners", "joints", "legs", "hinges", "handles", "screws", "surfaces", "fittings", "panels",
    "brackets", "covers", "fasteners", "borders", "castings",
];
pub(super) const WHOM: &[&str] = &["children", "shins", "pets", "guests", "bare feet", "small hands"];

/// What a customer writes around what is looked for; even ones are for tuning, odd ones for judging.
pub(super) const TALK: &[&str] = &[
    "Hello, I'm looking for a {}",
    "hi there! do you carry any {}? thanks",
    "Do you have a {} in stock right now?",
    "we just moved and could use a {} please",
    "can you recommend a good {}",
    "Good evening, my sister wants a {} for her birthday, what do you have?",
    "I need a {}, what would you suggest?",
    "hey, been searching for a {} everywhere, can you help me out?",
    "show me your {} please",
    "Is there any chance you sell a {}?",
    "I would like to buy a {} today",
    "Morning! Which {} would you pick for yourself?",
    "hello could you help me find a {} ?",
    "I was wondering whether you might still have that {} from last week",
];
