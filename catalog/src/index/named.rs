//! What a text names outright, and which values of an attribute there are to choose from.
//!
//! Both serve a bot: it may show what was named without asking, and offers only what is
//! there. No typing error is corrected, and no score decides: they are not comparable
//! from question to question.

use std::collections::HashMap;
use std::time::Instant;

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::ask::{Asking, Read, cut};
use super::document::code_term;
use super::facets::{self, Kind};
use super::filter::Sieve;
use super::gather::{Gather, Source};
use super::query::Asked;
use super::score::Wanted;
use super::{Answer, Filters, Index, IndexFault, QUERY_WORDS_MAX, Question, in_time};
use crate::model::Gtin;
use crate::words::{Weight, Word};

/// Codes looked for in one text.
const CODES_MAX: usize = 8;
/// A part of a text that may be a SKU has so many characters, letters and digits among them.
const CODE_CHARS_MIN: usize = 4;
/// A text without a word of so many letters names nothing.
const LETTERS_MIN: usize = 3;
/// Values of one attribute that are read, and that are then looked up among the products.
const VALUES_READ_MAX: usize = 2_000;
const VALUES_LOOKED_UP_MAX: usize = 100;

impl Index {
    /// The products that a text names: by the SKU, GTIN or MPN of a variant, else those whose
    /// title has every word of the text but words of talk and grammar.
    ///
    /// # Errors
    /// [`IndexFault::TooSlow`] at the question's deadline; when the index cannot be read.
    pub fn named(&self, question: &Question<'_>) -> Result<Answer, IndexFault> {
        let snapshot = self.snapshot();
        let asking = Asking { snapshot: &snapshot, fields: &self.fields, analysis: &self.analysis, question };
        asking.named()
    }

    /// The values of an option or attribute that products which pass the filters have, those of
    /// most products first, at most `limit`. Spellings that fold alike are one, as written most often.
    ///
    /// # Errors
    /// [`IndexFault::TooSlow`] at the deadline; when the index cannot be read.
    pub fn values(
        &self,
        name: &str,
        filters: &Filters,
        limit: usize,
        now: i64,
        deadline: Option<Instant>,
    ) -> Result<Vec<String>, IndexFault> {
        let snapshot = self.snapshot();
        let question = Question { now, deadline, limit: 0, ..Question::about("") };
        let asking =
            Asking { snapshot: &snapshot, fields: &self.fields, analysis: &self.analysis, question: &question };
        let mut values = Vec::new();
        for value in asking.values(name)?.into_iter().take(VALUES_LOOKED_UP_MAX) {
            if values.len() >= limit {
                break;
            }
            in_time(deadline)?;
            let mut filters = filters.clone();
            filters.attributes.push((name.to_owned(), vec![value.clone()]));
            if asking.passing(&filters)? > 0 {
                values.push(value);
            }
        }
        Ok(values)
    }
}

impl Asking<'_> {
    fn named(&self) -> Result<Answer, IndexFault> {
        let mut answer = Answer { generation: self.snapshot.generation, ..Answer::default() };
        let text = cut(self.question.text);
        let sieve = Sieve::of(&self.snapshot.searcher, self.fields, &self.question.filters)?;
        let codes = codes(text);
        let wanted = Wanted::of(self.snapshot, self.fields, &[], &codes)?;
        let found = self.run(&self.gather(&sieve), None, wanted)?;
        let read = Read { text: "", words: Vec::new(), names: codes };
        answer.hits = self.hits(self.ordered(&found), &read, &sieve.variants)?;
        // A product's id is no name that a visitor knows it by: a number of two digits is many things.
        answer.hits.retain(|hit| hit.sku.is_some());
        if answer.hits.is_empty() {
            let words = self.analysis.words(text);
            if let Some(query) = self.titled(&words) {
                let asked: Vec<Asked> = telling(&words).map(Asked::plainly).collect();
                let wanted = Wanted::of(self.snapshot, self.fields, &asked, &[])?;
                let found = self.run(&self.gather(&sieve), Some(query), wanted)?;
                let read = Read { text: "", words, names: Vec::new() };
                answer.hits = self.hits(self.ordered(&found), &read, &sieve.variants)?;
            }
        }
        answer.total = answer.hits.len() as u64;
        Ok(answer)
    }

    /// Products with all telling words in their title; nothing where no word tells anything.
    fn titled(&self, words: &[Word]) -> Option<Box<dyn Query>> {
        let says = |word: &Word| word.folded.chars().filter(|letter| letter.is_alphabetic()).count() >= LETTERS_MIN;
        let count = telling(words).count();
        if count > QUERY_WORDS_MAX || !telling(words).any(says) {
            return None;
        }
        let has = |word: &Word| -> Box<dyn Query> {
            let term = Term::from_field_text(self.fields.title, &word.stem);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        Some(Box::new(BooleanQuery::intersection(telling(words).map(has).collect())))
    }

    /// The values of an attribute, as written most often, those of most products first.
    fn values(&self, name: &str) -> Result<Vec<String>, IndexFault> {
        let prefix = facets::beginning(Kind::Attribute, name);
        // By what is compared: all products, and the spelling that most of them have.
        let mut known: HashMap<String, (u64, u64, String)> = HashMap::new();
        for segment in self.snapshot.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.facets)?;
            let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) && known.len() < VALUES_READ_MAX {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let Some((_, key, shown)) = facets::parts(term) else { continue };
                let Some(value) = shown.last().copied() else { continue };
                let count = u64::from(stream.value().doc_freq);
                let (all, most, spelling) = known.entry(key.to_owned()).or_default();
                *all += count;
                if count > *most {
                    (*most, *spelling) = (count, value.to_owned());
                }
            }
        }
        let mut values: Vec<(u64, String)> = known.into_values().map(|(all, _, value)| (all, value)).collect();
        values.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        Ok(values.into_iter().map(|(_, value)| value).collect())
    }

    /// How many products pass.
    fn passing(&self, filters: &Filters) -> Result<u64, IndexFault> {
        let sieve = Sieve::of(&self.snapshot.searcher, self.fields, filters)?;
        let nothing = Wanted::of(self.snapshot, self.fields, &[], &[])?;
        let gather = Gather { keep: 0, ..self.gather(&sieve) };
        Ok(gather.run(self.snapshot, &Source::Query(&AllQuery, &nothing))?.total)
    }
}

fn telling(words: &[Word]) -> impl Iterator<Item = &Word> {
    words.iter().filter(|word| word.weight == Weight::Plain)
}

/// The codes that a text may be or hold: all of it, each part that is a GTIN, and each
/// that has letters and digits.
fn codes(text: &str) -> Vec<String> {
    let bare = |part: &str| code_term(part.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let mut codes = vec![bare(text)];
    codes.extend(Gtin::new(text).map(|gtin| gtin.canonical()));
    for part in text.split_whitespace() {
        codes.extend(Gtin::new(bare(part).as_str()).map(|gtin| gtin.canonical()));
        let code = bare(part);
        let has = |kind: fn(char) -> bool| code.chars().any(kind);
        if code.chars().count() >= CODE_CHARS_MIN && has(char::is_alphabetic) && has(char::is_numeric) {
            codes.push(code);
        }
        if codes.len() >= CODES_MAX {
            break;
        }
    }
    codes.retain(|code| !code.is_empty());
    codes.sort_unstable();
    codes.dedup();
    codes
}
