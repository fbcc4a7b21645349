//! What suggestions ask of an index: several texts at once, and products like one.
//!
//! All questions of one [`View`] are answered from the same generation. The public
//! way to ask is [`Index::ask`]; this is the crate's own.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use tantivy::Term;
use tantivy::schema::Field;

use super::ask::Asking;
use super::document::{code_term, link_term};
use super::query::{self, Asked, Reading};
use super::score::Wanted;
use super::{Filters, Hit, Index, IndexFault, Question, Snapshot, typos, values};
use crate::model::{Currency, Gtin, Product, ProductId};
use crate::suggest::{Vocabulary, VocabularyBuilder};
use crate::words::{Weight, Word};

/// Words of all texts together that are searched.
const WORDS_MAX: usize = 24;
/// Words by which a product is compared with others.
const ALIKE_WORDS_MAX: usize = 14;
/// A description is compared by its beginning.
const ALIKE_DESCRIPTION_BYTES: usize = 800;
/// What a word is worth that had to be corrected: people say much that no shop sells.
const CORRECTED: f32 = 0.6;
/// Products that one name is looked up for.
const NAMESAKES_MAX: usize = 8;

/// An index at one generation.
pub(crate) struct View<'i> {
    index: &'i Index,
    snapshot: Arc<Snapshot>,
}

/// Words with their weights, ready to be searched again and again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sought {
    pub words: Vec<SoughtWord>,
    /// Codes and titles that the newest text may name.
    names: Vec<String>,
}

/// A word with what it is read as.
#[derive(Debug, Clone)]
pub(crate) struct SoughtWord {
    /// As typed, in lower case.
    pub typed: String,
    pub stems: Vec<String>,
    weight: f32,
    readings: Vec<f32>,
    /// It names a kind of thing that is sold here.
    pub is_kind: bool,
}

impl Sought {
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn asked(&self) -> Vec<Asked> {
        let asked = |word: &SoughtWord| {
            let readings = word.stems.iter().zip(&word.readings);
            let reading =
                |(stem, weight): (&String, &f32)| Reading { stem: stem.clone(), weight: weight * word.weight };
            Asked { readings: readings.map(reading).collect() }
        };
        self.words.iter().map(asked).collect()
    }
}

impl Index {
    /// The last commit, to ask several things of.
    pub(crate) fn view(&self) -> View<'_> {
        View { index: self, snapshot: self.snapshot() }
    }
}

impl View<'_> {
    pub fn generation(&self) -> u64 {
        self.snapshot.generation
    }

    pub fn words(&self, text: &str) -> Vec<Word> {
        self.index.analysis.words(text)
    }

    /// Whether any product holds a folded word as it stands.
    pub fn has_word(&self, folded: &str) -> bool {
        self.frequency(self.index.fields.words, folded) > 0
            || self.frequency(self.index.fields.description, &self.index.analysis.stem(folded)) > 0
    }

    /// Whether the title or class of any product holds a folded word, in any form.
    pub fn is_sold(&self, folded: &str) -> bool {
        let stem = self.index.analysis.stem(folded);
        [self.index.fields.class, self.index.fields.title].into_iter().any(|field| self.frequency(field, &stem) > 0)
    }

    fn frequency(&self, field: Field, text: &str) -> u64 {
        self.snapshot.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or_default()
    }

    /// The telling words of several texts, the most important first, each with the
    /// weight of its text. A word that stands in several keeps the highest.
    ///
    /// # Errors
    /// [`IndexFault::TooSlow`] at the deadline; when the index cannot be read.
    pub fn sought(
        &self,
        texts: &[(&str, f32)],
        is_meant: &dyn Fn(&Word) -> bool,
        deadline: Option<Instant>,
    ) -> Result<Sought, IndexFault> {
        let mut sought = Sought::default();
        for (text, weight) in texts {
            let words = self.words(text);
            if sought.names.is_empty() {
                sought.names = query::names(text, &words);
            }
            for word in words.into_iter().filter(|word| word.weight == Weight::Plain && is_meant(word)) {
                if sought.words.len() >= WORDS_MAX || sought.words.iter().any(|known| known.stems.contains(&word.stem))
                {
                    continue;
                }
                if let Some(word) = self.sought_word(word, *weight, deadline)? {
                    sought.words.push(word);
                }
            }
        }
        Ok(sought)
    }

    /// Nothing for a word that no product holds, nor anything like it.
    fn sought_word(
        &self,
        word: Word,
        weight: f32,
        deadline: Option<Instant>,
    ) -> Result<Option<SoughtWord>, IndexFault> {
        let (searcher, fields) = (&self.snapshot.searcher, &self.index.fields);
        let (stems, readings) = if typos::is_known(searcher, fields, &word)? {
            (vec![word.stem], vec![1.0])
        } else {
            let guesses = typos::guesses(&self.snapshot, fields.words, &word, deadline)?;
            let stem = |guess: &typos::Guess| self.index.analysis.stem(&guess.folded);
            let weights = guesses.iter().map(|guess| guess.weight * CORRECTED).collect();
            (guesses.iter().map(stem).collect(), weights)
        };
        if stems.is_empty() {
            return Ok(None);
        }
        let names_a_kind =
            |stem: &String| [fields.class, fields.path].into_iter().any(|field| self.frequency(field, stem) > 0);
        let is_kind = stems.iter().any(names_a_kind);
        Ok(Some(SoughtWord { typed: word.lower, stems, weight, readings, is_kind }))
    }

    /// The words that tell a product from others, the rarest first.
    pub fn alike(&self, product: &Product) -> Sought {
        let products = self.snapshot.searcher.num_docs().max(1) as f32;
        let fields = &self.index.fields;
        let description: &str = &product.description;
        let end = description.floor_char_boundary(ALIKE_DESCRIPTION_BYTES);
        let values = product.attributes.iter().flat_map(|attribute| &attribute.values);
        let values: Vec<&str> = values.map(String::as_str).chain(product.brand.as_deref()).collect();
        let texts = [
            (1.0, vec![product.title.as_str()]),
            (0.7, values),
            (0.3, vec![description.get(..end).unwrap_or_default()]),
        ];
        let mut found: HashMap<String, f32> = HashMap::new();
        for (worth, texts) in texts {
            for word in texts.into_iter().flat_map(|text| self.words(text)).filter(|word| word.weight == Weight::Plain)
            {
                let everywhere = [fields.title, fields.attributes, fields.description];
                let documents =
                    everywhere.into_iter().map(|field| self.frequency(field, &word.stem)).max().unwrap_or(1);
                let rarity = (1.0 + products / (documents.max(1) as f32)).ln() / (1.0 + products).ln();
                let known = found.entry(word.stem).or_default();
                *known = known.max(worth * rarity);
            }
        }
        let mut words: Vec<(String, f32)> = found.into_iter().collect();
        words.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let word = |(stem, weight): (String, f32)| SoughtWord {
            typed: stem.clone(),
            stems: vec![stem],
            weight,
            readings: vec![1.0],
            is_kind: false,
        };
        Sought { words: words.into_iter().take(ALIKE_WORDS_MAX).map(word).collect(), names: Vec::new() }
    }

    /// The best products that pass the filters; without words, any that pass.
    ///
    /// # Errors
    /// [`IndexFault::TooSlow`] at the deadline; when the index cannot be read.
    pub fn seek(
        &self,
        sought: &Sought,
        filters: &Filters,
        limit: usize,
        now: i64,
        deadline: Option<Instant>,
    ) -> Result<Vec<Hit>, IndexFault> {
        let question = Question { limit, filters: filters.clone(), now, deadline, ..Question::about("") };
        let wanted = self.wanted(&sought.asked(), &sought.names)?.listed(&self.snapshot, deadline)?;
        self.asking(&question).hits_of(wanted, sought.is_empty())
    }

    /// Products that a code names: the SKU, GTIN or MPN of a variant, or the id.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of_code(&self, code: &str) -> Result<Vec<ProductId>, IndexFault> {
        let gtin = Gtin::new(code).ok().map(|gtin| gtin.canonical());
        self.named(gtin.into_iter().chain([code_term(code)]).collect())
    }

    /// Products whose link has the path of this address.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of_link(&self, url: &str) -> Result<Vec<ProductId>, IndexFault> {
        self.named(link_term(url).into_iter().collect())
    }

    fn named(&self, names: Vec<String>) -> Result<Vec<ProductId>, IndexFault> {
        if names.iter().all(String::is_empty) {
            return Ok(Vec::new());
        }
        let question = Question { limit: NAMESAKES_MAX, ..Question::about("") };
        let hits = self.asking(&question).hits_of(self.wanted(&[], &names)?, false)?;
        Ok(hits.into_iter().map(|hit| hit.product).collect())
    }

    fn asking<'q>(&'q self, question: &'q Question<'q>) -> Asking<'q> {
        let (fields, analysis) = (&self.index.fields, &self.index.analysis);
        Asking { snapshot: &self.snapshot, fields, analysis, question }
    }

    fn wanted(&self, asked: &[Asked], names: &[String]) -> Result<Wanted, IndexFault> {
        Wanted::of(&self.snapshot, &self.index.fields, asked, names)
    }

    /// The values that this catalog's products have, if they were read before.
    pub fn known_vocabulary(&self) -> Option<Arc<Vocabulary>> {
        self.snapshot.vocabulary.get().cloned()
    }

    /// Reads the values that this catalog's products have, once a generation.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read_vocabulary(&self, currency: Currency) -> Result<Arc<Vocabulary>, IndexFault> {
        let builder = VocabularyBuilder::new(currency, self.index.analysis.lang());
        let read = values::read(&self.snapshot, &self.index.fields, builder)?;
        Ok(self.snapshot.vocabulary.get_or_init(|| Arc::new(read)).clone())
    }
}
