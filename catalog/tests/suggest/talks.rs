//! Conversations made from a shop and a seed: what somebody wants, how they say it,
//! what is on their page, and which products would be right.
//!
//! A want tells so much that at most three products of the shop are meant. The
//! sentences come in two halves; [`Half::Unseen`] was written once and never used
//! while the code was changed.

use comptoir_catalog::model::{Availability, Product, Variant};
use comptoir_catalog::suggest::Page;

/// Products that a want may mean at most: as many as an agent sees at a glance.
const MEANT_MAX: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Tuned,
    Unseen,
}

/// SplitMix64, as the silver sets use it.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(mixed ^ (mixed >> 31)) * end as u128) >> 64) as usize
    }

    pub fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// What must be true of a product, in facts of its own.
#[derive(Debug, Clone, Default)]
pub struct Want {
    pub class: Option<String>,
    pub colour: Option<String>,
    pub material: Option<String>,
    pub style: Option<String>,
    pub not_colour: Option<String>,
    /// Minor units, ends included.
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub in_stock: bool,
}

#[derive(Debug)]
pub struct Case {
    pub messages: Vec<String>,
    pub page: Page,
    pub want: Want,
    /// Products that are right.
    pub meant: Vec<String>,
    /// Where the right product belongs.
    pub place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Suggested,
    Similar,
    GoesWith,
}

pub fn value<'p>(product: &'p Product, variant: &'p Variant, names: &[&str]) -> Option<&'p str> {
    let own = variant.options.iter().find(|option| names.contains(&option.name.as_str()));
    let shared = product.attributes.iter().find(|attribute| names.contains(&attribute.name.as_str()));
    own.map(|option| option.value.as_str()).or_else(|| Some(shared?.values[0].as_str()))
}

pub const COLOUR: &[&str] = &["color", "Couleur"];
pub const MATERIAL: &[&str] = &["material", "Matière"];
pub const STYLE: &[&str] = &["style", "Style"];

impl Want {
    pub fn is_met_by(&self, product: &Product, variant: &Variant) -> bool {
        let same = |wanted: &Option<String>, names: &[&str]| {
            wanted.as_deref().is_none_or(|wanted| value(product, variant, names) == Some(wanted))
        };
        let paid = variant.price.map(|price| price.at(0).minor);
        self.class.as_deref().is_none_or(|class| product.class() == Some(class))
            && same(&self.colour, COLOUR)
            && same(&self.material, MATERIAL)
            && same(&self.style, STYLE)
            && self.not_colour.as_deref().is_none_or(|not| value(product, variant, COLOUR) != Some(not))
            && self.least.is_none_or(|least| paid.is_some_and(|paid| paid >= least))
            && self.most.is_none_or(|most| paid.is_some_and(|paid| paid <= most))
            && (!self.in_stock || variant.availability == Availability::InStock)
    }

    fn meant(&self, products: &[Product]) -> Vec<String> {
        let fits = |product: &&Product| product.variants.iter().any(|variant| self.is_met_by(product, variant));
        products.iter().filter(fits).map(|product| product.id.to_string()).collect()
    }
}

/// The sentences of one language and one half. `{c}` the class, `{v}` the values,
/// `{p}` a price phrase.
struct Sentences {
    hello: &'static [&'static str],
    /// What is wanted at once.
    whole: &'static [&'static str],
    /// The class alone, then the values, then the price.
    class: &'static [&'static str],
    values: &'static [&'static str],
    price: &'static [&'static str],
    most: &'static [&'static str],
    between: &'static [&'static str],
    stock: &'static [&'static str],
    not: &'static [&'static str],
    same: &'static [&'static str],
}

const FRENCH: [Sentences; 2] = [
    Sentences {
        hello: &["Bonjour", "bonjour !", "Bonsoir, il y a quelqu'un ?", "salut"],
        whole: &[
            "Bonjour, je cherche des {c} {v}, {p}",
            "auriez-vous des {c} {v} {p} ?",
            "Je voudrais {c} {v} {p} svp",
            "{c} {v} {p}",
        ],
        class: &["je cherche des {c}", "Vous vendez des {c} ?", "il me faudrait des {c} pour chez moi"],
        values: &["plutôt {v}", "{v} si possible", "je les voudrais {v}"],
        price: &["{p}", "et {p} svp", "il faut que ce soit {p}"],
        most: &["à moins de {n} euros", "{n}€ max", "pas plus de {n} €", "jusqu'à {n} euros", "budget {n} €"],
        between: &["entre {m} et {n} euros", "de {m} à {n} €"],
        stock: &["et en stock", "disponible tout de suite"],
        not: &["mais pas en {x}", "sauf en {x}"],
        same: &["vous avez la même chose {v} ?", "et {v} ?"],
    },
    Sentences {
        hello: &["Coucou", "Bonjour à vous", "hello", "Bonjour, une question"],
        whole: &[
            "Bonsoir, je suis à la recherche de {c} {v}, {p}. Merci !",
            "C'est pour offrir : des {c} {v}, {p}, vous auriez ça ?",
            "Est-ce que vous faites des {c} {v} {p}",
            "mon fils veut des {c} {v} {p}",
        ],
        class: &["J'aurais besoin de {c}", "quelles {c} avez-vous ?", "on regarde les {c} pour le salon"],
        values: &["de préférence {v}", "ah oui et {v}", "idéalement {v}, comme le reste"],
        price: &["mon budget : {p}", "je peux mettre {p}", "par contre {p}"],
        most: &["{n} euros maximum", "sans dépasser {n} €", "en dessous de {n} euros", "moins de {n}€"],
        between: &["entre {m}€ et {n}€", "{m} - {n} €"],
        stock: &["que vous avez en stock", "disponible de suite"],
        not: &["surtout pas en {x}", "tout sauf du {x}"],
        same: &["celui-ci existe-t-il {v} ?", "pareil mais {v}"],
    },
];

const ENGLISH: [Sentences; 2] = [
    Sentences {
        hello: &["Hello", "hi there", "Good morning!", "hey"],
        whole: &[
            "Hi, I'm looking for {v} {c} {p}",
            "do you have any {v} {c} {p}?",
            "I need {v} {c} {p} please",
            "{v} {c} {p}",
        ],
        class: &["I'm looking for {c}", "do you sell {c}?", "I need some {c} for my place"],
        values: &["{v} would be best", "in {v} please", "I'd like {v}"],
        price: &["{p}", "and {p} please", "it has to be {p}"],
        most: &["under {n} euros", "€{n} max", "no more than {n} euros", "up to €{n}", "budget {n} euros"],
        between: &["between {m} and {n} euros", "from {m} to {n} euros"],
        stock: &["and in stock", "available now"],
        not: &["but not {x}", "anything but {x}"],
        same: &["do you have the same in {v}?", "and in {v}?"],
    },
    Sentences {
        hello: &["Hiya", "Good evening", "hello, quick question", "Hi!"],
        whole: &[
            "Evening! My wife wants {v} {c}, {p}. Any ideas?",
            "would you have {v} {c} that are {p}",
            "We just moved and we are after {v} {c} {p}",
            "could you show me {v} {c} {p}, thanks",
        ],
        class: &["we want new {c}", "which {c} do you carry?", "shopping for {c} today"],
        values: &["preferably {v}", "oh and {v} ideally", "something {v} to match the rest"],
        price: &["my budget: {p}", "I can do {p}", "though {p}"],
        most: &["less than {n} euros", "not over €{n}", "{n} euros or less", "below {n} euros"],
        between: &["between €{m} and €{n}", "{m}-{n} euros"],
        stock: &["that you have in stock", "ready to ship"],
        not: &["just not {x}", "no {x}"],
        same: &["does this come in {v}?", "same but {v}"],
    },
];

/// Makes cases for one shop.
pub struct Talks<'s> {
    pub products: &'s [Product],
    pub french: bool,
    pub half: Half,
    pub chance: Chance,
}

impl Talks<'_> {
    pub fn case(&mut self, number: usize) -> Case {
        loop {
            let case = match number % 10 {
                0 => self.linked(Place::Similar),
                1 => self.linked(Place::GoesWith),
                2 => self.same_as_page(),
                _ => self.asked(number),
            };
            if let Some(case) = case {
                return case;
            }
        }
    }

    fn sentences(&self) -> &'static Sentences {
        let side = usize::from(self.half == Half::Unseen);
        if self.french { &FRENCH[side] } else { &ENGLISH[side] }
    }

    fn any(&mut self) -> &Product {
        let at = self.chance.below(self.products.len());
        &self.products[at]
    }

    /// A want with so many facts of a product that few others are meant.
    fn want(&mut self, of_page: bool) -> Option<Want> {
        let product = self.any().clone();
        let variant = product.variants[self.chance.below(product.variants.len())].clone();
        (variant.availability == Availability::InStock).then_some(())?;
        let own = |names| value(&product, &variant, names).map(str::to_owned);
        let mut want = Want { class: product.class().map(str::to_owned), ..Want::default() };
        if of_page {
            want.colour = own(COLOUR);
        }
        let paid = variant.price?.at(0).minor;
        let first = self.chance.below(4);
        for step in 0..4 {
            if want.meant(self.products).len() <= MEANT_MAX && (of_page || step > 0) {
                return Some(want);
            }
            match (first + step) % 4 {
                0 => want.colour = own(COLOUR),
                1 => want.material = own(MATERIAL),
                2 if !of_page => want.style = own(STYLE),
                2 => {}
                _ => self.price(&mut want, paid),
            }
        }
        if self.chance.below(4) == 0 {
            want.in_stock = true;
        }
        (want.meant(self.products).len() <= MEANT_MAX).then_some(want)
    }

    fn price(&mut self, want: &mut Want, paid: i64) {
        // The next round amount above, and for a range the round amount below.
        let step = if paid > 50_000 { 10_000 } else { 1_000 };
        want.most = Some((paid / step + 1) * step);
        want.least = (self.chance.below(3) == 0).then_some((paid / step) * step).filter(|least| *least > 0);
    }

    fn price_phrase(&mut self, want: &Want) -> String {
        let sentences = self.sentences();
        let whole = |minor: i64| (minor / 100).to_string();
        let Some(most) = want.most else { return String::new() };
        match want.least {
            Some(least) => {
                self.chance.one(sentences.between).replace("{m}", &whole(least)).replace("{n}", &whole(most))
            }
            None => self.chance.one(sentences.most).replace("{n}", &whole(most)),
        }
    }

    fn values(&self, want: &Want) -> String {
        let lower = |value: &Option<String>| value.as_ref().map(|value| value.to_lowercase());
        let (colour, material, style) = (lower(&want.colour), lower(&want.material), lower(&want.style));
        let words: Vec<String> = if self.french {
            let made = material.map(|material| format!("en {material}"));
            [style, colour, made].into_iter().flatten().collect()
        } else {
            [style, colour, material].into_iter().flatten().collect()
        };
        words.join(" ")
    }

    fn asked(&mut self, number: usize) -> Option<Case> {
        let mut want = self.want(false)?;
        let sentences = self.sentences();
        let class = want.class.clone()?.to_lowercase();
        let values = self.values(&want);
        let price = self.price_phrase(&want);
        let fill = |text: &str| {
            let text = text.replace("{c}", &class).replace("{v}", &values).replace("{p}", &price);
            text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
        };
        let mut messages = Vec::new();
        if self.chance.below(3) == 0 {
            messages.push(self.chance.one(sentences.hello).to_owned());
        }
        if number.is_multiple_of(3) {
            messages.push(fill(self.chance.one(sentences.class)));
            if !values.is_empty() {
                messages.push(fill(self.chance.one(sentences.values)));
            }
            if !price.is_empty() {
                messages.push(fill(self.chance.one(sentences.price)));
            }
        } else {
            messages.push(fill(self.chance.one(sentences.whole)));
        }
        // Only the last three are read: what was said before them is no part of the want.
        let hello = messages.len().saturating_sub(3);
        messages.drain(..hello);
        if want.in_stock {
            let last = messages.last_mut()?;
            *last = format!("{last} {}", self.chance.one(sentences.stock));
        }
        if want.colour.is_none() && self.chance.below(3) == 0 {
            self.refuse(&mut want, &mut messages);
        }
        let page = self.page(&want, number);
        let meant = want.meant(self.products);
        Some(Case { messages, page, want, meant, place: Place::Suggested })
    }

    /// A colour that none of the products meant has.
    fn refuse(&mut self, want: &mut Want, messages: &mut [String]) {
        let other = self.any();
        let Some(colour) = value(other, &other.variants[0], COLOUR).map(str::to_owned) else { return };
        let refusing = Want { not_colour: Some(colour.clone()), ..want.clone() };
        if refusing.meant(self.products).is_empty() {
            return;
        }
        *want = refusing;
        let phrase = self.chance.one(self.sentences().not).replace("{x}", &colour.to_lowercase());
        if let Some(last) = messages.last_mut() {
            *last = format!("{last}, {phrase}");
        }
    }

    /// Nothing, the class's category, or another product of any kind.
    fn page(&mut self, want: &Want, number: usize) -> Page {
        match number % 4 {
            0 => Page::default(),
            1 => {
                let of_class = self.products.iter().find(|product| product.class() == want.class.as_deref());
                let categories = of_class.and_then(|product| product.categories.first().cloned()).unwrap_or_default();
                Page { categories, ..Page::default() }
            }
            _ => {
                let meant = want.meant(self.products);
                let other = self.any();
                let sku = Some(other.variants[0].sku.to_string()).filter(|_| !meant.contains(&other.id.to_string()));
                Page { sku, ..Page::default() }
            }
        }
    }

    /// A greeting on the page of a product whose feed links others.
    fn linked(&mut self, place: Place) -> Option<Case> {
        let product = self.any().clone();
        let links = match place {
            Place::Similar => &product.similar,
            Place::GoesWith | Place::Suggested => &product.complementary,
        };
        let known = |link: &&String| self.products.iter().any(|other| other.id.as_str() == link.as_str());
        let meant: Vec<String> = links.iter().filter(known).cloned().collect();
        (!meant.is_empty()).then_some(())?;
        let hello = self.chance.one(self.sentences().hello).to_owned();
        let page = Page { url: product.link.clone(), ..Page::default() };
        Some(Case { messages: vec![hello], page, want: Want::default(), meant, place })
    }

    /// On the page of another product of the class: the same in a colour.
    fn same_as_page(&mut self) -> Option<Case> {
        let want = self.want(true)?;
        let meant = want.meant(self.products);
        let others: Vec<&Product> = self
            .products
            .iter()
            .filter(|product| product.class() == want.class.as_deref() && !meant.contains(&product.id.to_string()))
            .collect();
        (!others.is_empty()).then_some(())?;
        let anchor = others[self.chance.below(others.len())];
        let page = Page { id: Some(anchor.id.to_string()), ..Page::default() };
        let colour = self.values(&Want { style: None, ..want.clone() });
        let said = if self.french && want.colour.is_some() { format!("en {colour}") } else { colour };
        let mut message = self.chance.one(self.sentences().same).replace("{v}", &said);
        let price = self.price_phrase(&want);
        if !price.is_empty() {
            message = format!("{message} {price}");
        }
        Some(Case { messages: vec![message], page, want, meant, place: Place::Suggested })
    }
}
