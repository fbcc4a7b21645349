//! The values this catalog knows: its colours, sizes, materials and other lists.
//!
//! Made from the products themselves, so that nothing is read that no product has.
//! Values are compared by stems: `bleues` is the catalog's `Bleu`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::lexeme::{Cut, Kind as LexemeKind, Lexeme};
use crate::model::Currency;
use crate::words::{Analysis, Lang, Weight, fold};

/// Values of one catalog; those of the fewest products are left out.
const VALUES_MAX: usize = 20_000;
/// Words of one value; longer ones are sentences.
const VALUE_WORDS_MAX: usize = 4;
const VALUE_CHARS_MAX: usize = 40;
/// An attribute that is neither colour, size nor material binds only when at least
/// one product in so many has it.
pub(crate) const COVERAGE_ONE_IN: u64 = 2;
/// More values than this in one attribute are names, not a list.
const LIST_VALUES_MAX: usize = 400;

/// What a value speaks of. A later wish of a kind takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    Colour,
    Size,
    Material,
    /// Another option or attribute, by its folded name.
    Named(String),
}

#[rustfmt::skip]
const COLOUR_NAMES: &[&str] = &["couleur", "couleurs", "coloris", "color", "colour", "colors", "colours", "teinte", "teintes"];
#[rustfmt::skip]
const SIZE_NAMES: &[&str] = &["taille", "tailles", "size", "sizes", "pointure", "pointures"];
#[rustfmt::skip]
const MATERIAL_NAMES: &[&str] = &["matiere", "matieres", "materiau", "materiaux", "material", "materials", "fabric", "tissu"];

/// Sizes that are everyday words too: `a small sofa` asks for no size S.
#[rustfmt::skip]
const VAGUE_SIZES: &[&str] = &[
    "small", "medium", "large", "extra large", "big", "mini", "maxi", "regular", "standard", "normal", "single", "double",
    "petit", "petite", "moyen", "moyenne", "grand", "grande", "unique", "simple", "tall", "short", "long", "one size",
];

/// One word in two spellings.
const SPELT: &[(&str, &str)] = &[("grey", "gray"), ("aluminium", "aluminum"), ("fibre", "fiber"), ("mould", "mold")];

impl ValueKind {
    /// The kind that an option's or attribute's name means.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let folded = fold(name);
        let has =
            |list: &[&str]| folded.split(|letter: char| !letter.is_alphanumeric()).any(|word| list.contains(&word));
        if has(COLOUR_NAMES) {
            Self::Colour
        } else if has(SIZE_NAMES) {
            Self::Size
        } else if has(MATERIAL_NAMES) {
            Self::Material
        } else {
            Self::Named(folded)
        }
    }
}

/// A value as the catalog writes it, with the option or attribute it stands under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NamedValue {
    pub name: String,
    pub value: String,
}

/// Some words and what they mean here.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub stems: Vec<String>,
    pub kind: ValueKind,
    pub values: Vec<NamedValue>,
    /// It is one letter, a number or an everyday word: it means a value only where the
    /// words before it say so.
    pub wants_cue: bool,
    /// A kind of thing is called so too: it means a value where the words before it
    /// say so, or before the name of a thing.
    pub names_a_class: bool,
}

/// The words that may be read as values, for one language.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    currency: Currency,
    pub(super) analysis: Analysis,
    entries: Vec<Entry>,
    /// Entries by their first stem, the longest first.
    by_first: HashMap<String, Vec<usize>>,
    /// Stems of the kinds of things sold: never a misspelt value.
    classes: HashSet<String>,
    /// Other kinds of value whose name is one word, by its stem.
    named: HashMap<String, ValueKind>,
}

impl Vocabulary {
    /// A vocabulary without values: prices and stock are read all the same.
    #[must_use]
    pub fn empty(currency: Currency, lang: Lang) -> Self {
        VocabularyBuilder::new(currency, lang).finish()
    }

    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    #[must_use]
    pub fn lang(&self) -> Lang {
        self.analysis.lang()
    }

    /// How many values can be read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn beginning_with(&self, stem: &str) -> impl Iterator<Item = &Entry> {
        let found = self.by_first.get(stem).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|at| self.entries.get(*at))
    }

    /// Values of one word, to compare a misspelt one with.
    pub(super) fn single_words(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.stems.len() == 1)
    }

    /// Whether what is made of something is named after it: `glass table`.
    pub(super) fn names_last(&self) -> bool {
        named_last(self.analysis.lang())
    }

    pub(super) fn is_class(&self, stem: &str) -> bool {
        self.classes.contains(stem)
    }

    /// Whether anything is known of the kinds of things sold.
    pub(super) fn has_classes(&self) -> bool {
        !self.classes.is_empty()
    }

    /// The kind of value, beside colours, sizes and materials, that is called so here.
    pub(super) fn kind_called(&self, lexeme: &Lexeme) -> Option<ValueKind> {
        self.named.get(&self.stem_of(lexeme)?).cloned()
    }

    /// What a lexeme is compared by; nothing for a sign.
    pub(super) fn stem_of(&self, lexeme: &Lexeme) -> Option<String> {
        stem_of(&self.analysis, lexeme)
    }
}

fn stem_of(analysis: &Analysis, lexeme: &Lexeme) -> Option<String> {
    match &lexeme.kind {
        LexemeKind::Word => {
            let spelt = SPELT.iter().find(|(british, _)| lexeme.folded == *british);
            Some(analysis.stem(spelt.map_or(lexeme.folded.as_str(), |(_, american)| american)))
        }
        LexemeKind::Number(value) => Some(value.to_string()),
        LexemeKind::Code => Some(lexeme.folded.clone()),
        LexemeKind::Sign(_) => None,
    }
}

/// Collects what an index counts.
#[derive(Debug)]
pub(crate) struct VocabularyBuilder {
    currency: Currency,
    analysis: Analysis,
    /// Products by name and value.
    values: BTreeMap<NamedValue, u64>,
    names: HashMap<String, NameCount>,
    classes: HashSet<String>,
    products: u64,
}

#[derive(Debug, Default)]
struct NameCount {
    products: u64,
    values: usize,
    is_option: bool,
}

impl VocabularyBuilder {
    pub fn new(currency: Currency, lang: Lang) -> Self {
        Self {
            currency,
            analysis: Analysis::of(lang),
            values: BTreeMap::new(),
            names: HashMap::new(),
            classes: HashSet::new(),
            products: 0,
        }
    }

    /// The catalog has so many products.
    pub fn of_products(&mut self, products: u64) {
        self.products = products;
    }

    /// A kind of thing that is sold.
    pub fn add_class(&mut self, class: &str) {
        let named_last = named_last(self.analysis.lang());
        for part in
            class.split(['&', ',', '/', '-']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" et "))
        {
            // `Leather bags` are bags, `verres à vin` are glasses.
            let mut words = self.analysis.words(part);
            let head = if named_last { words.pop() } else { words.into_iter().next() };
            self.classes.extend(head.map(|word| word.stem));
        }
    }

    /// So many products have this option or attribute.
    pub fn add_name(&mut self, name: &str, products: u64, is_option: bool) {
        let count = self.names.entry(name.to_owned()).or_default();
        count.products += products;
        count.is_option |= is_option;
    }

    /// So many products have this value.
    pub fn add_value(&mut self, name: &str, value: &str, products: u64) {
        if value.chars().count() > VALUE_CHARS_MAX || value.trim().is_empty() {
            return;
        }
        let key = NamedValue { name: name.to_owned(), value: value.to_owned() };
        let known = self.values.len();
        let count = self.values.entry(key).or_default();
        *count += products;
        if self.values.len() > known {
            self.names.entry(name.to_owned()).or_default().values += 1;
        }
    }

    pub fn finish(mut self) -> Vocabulary {
        let mut values: Vec<(NamedValue, u64)> = std::mem::take(&mut self.values).into_iter().collect();
        values.sort_by_key(|(_, products)| std::cmp::Reverse(*products));
        values.truncate(VALUES_MAX);
        let mut grouped: BTreeMap<(ValueKind, Vec<String>), Vec<NamedValue>> = BTreeMap::new();
        let mut begun: BTreeMap<(ValueKind, String), Vec<NamedValue>> = BTreeMap::new();
        for (value, _) in values {
            let kind = ValueKind::of_name(&value.name);
            let Some(stems) = self.stems(&kind, &value) else { continue };
            if stems.len() > 1 && matches!(kind, ValueKind::Colour | ValueKind::Material) {
                for stem in &stems {
                    begun.entry((kind.clone(), stem.clone())).or_default().push(value.clone());
                }
            }
            grouped.entry((kind, stems)).or_default().push(value);
        }
        // `bleu` where only `bleu ciel` and `bleu nuit` are sold means either.
        for ((kind, stem), values) in begun {
            if self.is_plain(&stem) {
                grouped.entry((kind, vec![stem])).or_insert(values);
            }
        }
        let entry = |((kind, stems), values): ((ValueKind, Vec<String>), Vec<NamedValue>)| {
            let short = stems.len() == 1 && stems.iter().all(|stem| is_short(stem));
            let class = stems.iter().any(|stem| self.classes.contains(stem)) && stems.len() == 1;
            let vague = kind == ValueKind::Size
                && values.iter().any(|value| VAGUE_SIZES.contains(&fold(&value.value).as_str()));
            Entry { wants_cue: short || vague, names_a_class: class, stems, kind, values }
        };
        let entries: Vec<Entry> = grouped.into_iter().map(entry).collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(first) = entry.stems.first() {
                by_first.entry(first.clone()).or_default().push(at);
            }
        }
        for found in by_first.values_mut() {
            found.sort_by_key(|at| std::cmp::Reverse(entries.get(*at).map_or(0, |entry| entry.stems.len())));
        }
        let named = entries.iter().filter_map(|entry| match &entry.kind {
            ValueKind::Named(name) if !name.contains(' ') => Some((self.analysis.stem(name), entry.kind.clone())),
            ValueKind::Named(_) | ValueKind::Colour | ValueKind::Size | ValueKind::Material => None,
        });
        let named = named.collect();
        Vocabulary { currency: self.currency, analysis: self.analysis, entries, by_first, classes: self.classes, named }
    }

    /// The stems of a value that may bind; nothing for one that does not.
    fn stems(&self, kind: &ValueKind, value: &NamedValue) -> Option<Vec<String>> {
        let count = self.names.get(&value.name)?;
        let binds = match kind {
            ValueKind::Colour | ValueKind::Size | ValueKind::Material => true,
            ValueKind::Named(_) => {
                let covers = count.products * COVERAGE_ONE_IN >= self.products;
                (count.is_option || covers) && count.values <= LIST_VALUES_MAX
            }
        };
        binds.then_some(())?;
        let cut = Cut::of(&value.value, false);
        let stems: Vec<String> = cut.lexemes.iter().filter_map(|lexeme| stem_of(&self.analysis, lexeme)).collect();
        let telling = cut.lexemes.iter().any(|lexeme| match lexeme.kind {
            LexemeKind::Word => lexeme.folded.chars().count() == 1 || self.is_plain(&lexeme.folded),
            LexemeKind::Number(_) | LexemeKind::Code => true,
            LexemeKind::Sign(_) => false,
        });
        (telling && !stems.is_empty() && stems.len() <= VALUE_WORDS_MAX).then_some(stems)
    }

    fn is_plain(&self, folded: &str) -> bool {
        self.analysis.words(folded).first().is_some_and(|word| word.weight == Weight::Plain)
    }
}

fn named_last(lang: Lang) -> bool {
    match lang {
        Lang::En | Lang::De | Lang::Nl | Lang::Other => true,
        Lang::Fr | Lang::Es | Lang::It | Lang::Pt => false,
    }
}

/// `M`, `42`, `XL`: too short to mean a value by themselves.
fn is_short(stem: &str) -> bool {
    stem.chars().count() <= 2 || stem.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}
