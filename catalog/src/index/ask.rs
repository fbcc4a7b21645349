//! From a question to its answer.
//!
//! A text being typed is tried as it stands, then with its errors corrected, then
//! as a finished question. What was dropped or corrected on the way is told.

use tantivy::query::{AllQuery, BooleanQuery, Query};
use tantivy::schema::document::{TantivyDocument, Value};
use tantivy::{DocAddress, Searcher};

use super::filter::{self, Sieve, VariantTest};
use super::gather::{Columns, Gather, Gathered};
use super::offers::OUT_OF_STOCK;
use super::query::{self, Asked, Reading};
use super::question::{
    Answer, Correction, Dropped, HITS_MAX, Hit, Mode, QUERY_BYTES_MAX, QUERY_WORDS_MAX, Question, Relaxed, Sort, Why,
};
use super::rank::{self, Candidate, Meaning};
use super::schema::Fields;
use super::shown::{self, Shown};
use super::{IndexFault, TYPED_PRODUCTS_MAX, typos};
use crate::model::{IdTooLong, ProductId, Sku};
use crate::words::{Analysis, Weight, Word};

/// A sort other than by relevance is over products at least so good beside the best one.
const SORTED_SHARE: f32 = 0.5;

/// One question to one searcher.
pub(super) struct Asking<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    pub analysis: &'a Analysis,
    pub generation: u64,
    pub question: &'a Question<'a>,
}

/// The words of a question, read once.
struct Read<'a> {
    text: &'a str,
    words: Vec<Word>,
    names: Vec<String>,
}

/// What the products found are, and how they came to be found.
struct Found {
    query: Box<dyn Query>,
    gathered: Gathered,
}

impl Asking<'_> {
    pub fn answer(&self) -> Result<Answer, IndexFault> {
        let text = cut(self.question.text);
        let words = self.analysis.words(text);
        let names = query::names(text, &words);
        let read = Read { text, words, names };
        let mut answer = Answer { generation: self.generation, ..Answer::default() };
        let sieve = Sieve::of(self.searcher, self.fields, &self.question.filters)?;
        let Some(found) = self.found(&read, &sieve, &mut answer)? else { return Ok(answer) };
        answer.total = found.gathered.total;
        if self.question.counts {
            answer.counts = Some(found.gathered.tally.counts());
        }
        if answer.total == 0 {
            answer.relaxed = self.relaxed(found.query.as_ref())?;
        }
        let candidates = self.ordered(&found.gathered.first)?;
        answer.hits = self.hits(candidates, &read, &sieve.variants)?;
        Ok(answer)
    }

    /// The hits of a query that was built elsewhere, through the question's filters.
    pub fn hits_of(&self, query: Box<dyn Query>) -> Result<Vec<Hit>, IndexFault> {
        let sieve = Sieve::of(self.searcher, self.fields, &self.question.filters)?;
        let found = self.gathered(query, &sieve, 0.0, u64::MAX)?;
        let candidates = self.ordered(&found.gathered.first)?;
        self.hits(candidates, &Read { text: "", words: Vec::new(), names: Vec::new() }, &sieve.variants)
    }

    /// Nothing when nothing was asked.
    fn found(&self, read: &Read<'_>, sieve: &Sieve, answer: &mut Answer) -> Result<Option<Found>, IndexFault> {
        let question = self.question;
        let lists = !question.filters.is_empty() || question.sort != Sort::Relevance;
        if read.words.is_empty() || (lists && read.words.iter().all(|word| word.weight != Weight::Plain)) {
            answer.dropped = self.talk(read);
            return if lists { self.gathered(Box::new(AllQuery), sieve, 0.0, u64::MAX).map(Some) } else { Ok(None) };
        }
        if question.mode == Mode::TypeAhead {
            let (finished, last) = as_typed(read);
            let query = query::type_ahead(self.fields, &finished, last);
            let found = self.gathered(self.with_names(query, read), sieve, 0.0, TYPED_PRODUCTS_MAX)?;
            if found.gathered.total > 0 {
                return Ok(Some(found));
            }
        }
        let asked = self.asked(read, answer)?;
        let query = self.with_names(query::ranked(self.fields, &asked), read);
        if question.sort == Sort::Relevance {
            return self.gathered(query, sieve, 0.0, u64::MAX).map(Some);
        }
        // Sorted by price, one product that shares a word would come before all that were meant.
        let best =
            self.gather(sieve, Sort::Relevance, 1).run(self.searcher, sieve.around(query.box_clone()).as_ref())?;
        let floor = best.first.first().map_or(0.0, |best| best.score * SORTED_SHARE);
        let mut found = self.gathered(query, sieve, floor, u64::MAX)?;
        found.gathered.total = best.total;
        Ok(Some(found))
    }

    fn with_names(&self, query: Box<dyn Query>, read: &Read<'_>) -> Box<dyn Query> {
        Box::new(BooleanQuery::union(vec![query::named(self.fields, &read.names), query]))
    }

    fn gather<'s>(&self, sieve: &'s Sieve, sort: Sort, keep: usize) -> Gather<'s> {
        Gather {
            keep,
            sort,
            variants: &sieve.variants,
            floor: 0.0,
            counting: false,
            looked_max: u64::MAX,
            now: self.question.now,
            deadline: self.question.deadline,
        }
    }

    fn gathered(&self, query: Box<dyn Query>, sieve: &Sieve, floor: f32, looked_max: u64) -> Result<Found, IndexFault> {
        let keep = if self.question.limit == 0 { 0 } else { rank::CONSIDERED };
        let gather = Gather {
            floor,
            looked_max,
            counting: self.question.counts,
            ..self.gather(sieve, self.question.sort, keep)
        };
        let gathered = gather.run(self.searcher, sieve.around(query.box_clone()).as_ref())?;
        Ok(Found { query, gathered })
    }

    /// The words that are searched, each with what it may have meant.
    fn asked(&self, read: &Read<'_>, answer: &mut Answer) -> Result<Vec<Asked>, IndexFault> {
        answer.dropped = self.talk(read);
        let mut asked = Vec::new();
        for word in self.analysis.telling_words(read.text).into_iter().take(QUERY_WORDS_MAX) {
            if typos::is_known(self.searcher, self.fields, &word)? {
                asked.push(Asked::plainly(&word));
                continue;
            }
            let guesses = if self.question.literal {
                Vec::new()
            } else {
                typos::guesses(self.searcher, self.fields, &word, self.question.deadline)?
            };
            if let Some(best) = guesses.first() {
                answer.corrections.push(Correction { typed: word.lower, read_as: best.folded.clone() });
                let reading =
                    |guess: typos::Guess| Reading { stem: self.analysis.stem(&guess.folded), weight: guess.weight };
                asked.push(Asked { readings: guesses.into_iter().map(reading).collect() });
            } else {
                asked.push(Asked::plainly(&word));
                answer.dropped.push(Dropped { word: word.lower, why: Why::Unknown });
            }
        }
        Ok(asked)
    }

    /// The words of talk that are not searched for.
    fn talk(&self, read: &Read<'_>) -> Vec<Dropped> {
        if read.words.iter().all(|word| word.weight != Weight::Plain) {
            return Vec::new();
        }
        let talk = read.words.iter().filter(|word| word.weight == Weight::Chat);
        talk.map(|word| Dropped { word: word.lower.clone(), why: Why::Talk }).collect()
    }

    fn relaxed(&self, query: &dyn Query) -> Result<Vec<Relaxed>, IndexFault> {
        let mut relaxed = Vec::new();
        for (without, filters) in filter::relaxed(&self.question.filters) {
            let sieve = Sieve::of(self.searcher, self.fields, &filters)?;
            let gather = self.gather(&sieve, Sort::Relevance, 0);
            let gathered = gather.run(self.searcher, sieve.around(query.box_clone()).as_ref())?;
            if gathered.total > 0 {
                relaxed.push(Relaxed { without, total: gathered.total });
            }
        }
        Ok(relaxed)
    }

    fn ordered(&self, first: &[super::gather::Ranked]) -> Result<Vec<Candidate>, IndexFault> {
        let columns: Vec<Columns> =
            self.searcher.segment_readers().iter().map(Columns::of).collect::<Result<_, IndexFault>>()?;
        let candidate = |ranked: &super::gather::Ranked| -> Option<Candidate> {
            let columns = columns.get(ranked.address.segment_ord as usize)?;
            let doc = ranked.address.doc_id;
            let offers = columns.offers(doc, &VariantTest::default(), self.question.now);
            Some(Candidate {
                score: ranked.score,
                address: ranked.address,
                class: columns.class.first(doc).unwrap_or_default(),
                id: columns.id_key(doc),
                is_gone: offers.iter().all(|(offer, _)| offer.availability == OUT_OF_STOCK),
            })
        };
        let mut candidates: Vec<Candidate> = first.iter().filter_map(candidate).collect();
        if self.question.sort == Sort::Relevance {
            rank::again(&mut candidates);
        }
        candidates.truncate(self.question.limit.min(HITS_MAX));
        Ok(candidates)
    }

    fn hits(&self, candidates: Vec<Candidate>, read: &Read<'_>, test: &VariantTest) -> Result<Vec<Hit>, IndexFault> {
        let mut hits = Vec::new();
        for candidate in candidates {
            let shown = self.shown(candidate.address)?;
            let offers = if test.is_needed() {
                let segment = self.searcher.segment_reader(candidate.address.segment_ord);
                Columns::of(segment)?.offers(candidate.address.doc_id, test, self.question.now)
            } else {
                Vec::new()
            };
            let meaning = Meaning { words: &read.words, names: &read.names, offers: &offers };
            let hit = hit(&shown, candidate.score, &meaning);
            hits.push(hit.map_err(|_| IndexFault::Damaged { what: "a code".to_owned() })?);
        }
        Ok(hits)
    }

    fn shown(&self, address: DocAddress) -> Result<Shown, IndexFault> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let bytes = document.get_first(self.fields.shown).and_then(|value| value.as_bytes());
        shown::decode(bytes.unwrap_or_default())
            .ok_or_else(|| IndexFault::Damaged { what: "a stored product".to_owned() })
    }
}

fn hit(shown: &Shown, score: f32, meaning: &Meaning<'_>) -> Result<Hit, IdTooLong> {
    let sku = rank::matching_variant(shown, meaning).map(|variant| Sku::new(&variant.sku));
    Ok(Hit { product: ProductId::new(&shown.id)?, sku: sku.transpose()?, score, title: shown.title.clone() })
}

/// The finished words that say something, and the one still being typed.
fn as_typed<'r>(read: &'r Read<'_>) -> (Vec<Word>, Option<&'r Word>) {
    let typing = read.text.ends_with(|last: char| last.is_alphanumeric());
    let (last, before) = match read.words.split_last() {
        Some((last, before)) if typing => (Some(last), before),
        _ => (None, read.words.as_slice()),
    };
    let mut finished: Vec<Word> =
        before.iter().filter(|word| word.weight == Weight::Plain).take(QUERY_WORDS_MAX).cloned().collect();
    if finished.is_empty() && last.is_none() {
        finished = before.iter().take(QUERY_WORDS_MAX).cloned().collect();
    }
    (finished, last)
}

/// The start of a text, at most [`QUERY_BYTES_MAX`], cut between words where it can be.
pub(super) fn cut(text: &str) -> &str {
    let text = text.trim_start();
    if text.len() <= QUERY_BYTES_MAX {
        return text;
    }
    let mut end = QUERY_BYTES_MAX;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end).unwrap_or_default();
    start.rfind(char::is_whitespace).and_then(|space| start.get(..space)).unwrap_or(start)
}
