//! From a question to its answer.
//!
//! A text being typed is tried as it stands, then with its errors corrected, then
//! as a finished question. What was dropped or corrected on the way is told.

use std::sync::Arc;

use tantivy::query::{AllQuery, Query};
use tantivy::schema::document::{TantivyDocument, Value};
use tantivy::{DocAddress, Searcher};

use super::filter::{self, Sieve, VariantTest};
use super::first::Ranked;
use super::gather::{Gather, Gathered, Source};
use super::query::{self, Asked, Needed, Reading};
use super::question::{
    Answer, Correction, Dropped, HITS_MAX, Hit, Mode, QUERY_BYTES_MAX, QUERY_WORDS_MAX, Question, Relaxed, Sort, Why,
};
use super::rank::{self, Candidate, Meaning};
use super::schema::Fields;
use super::score::Wanted;
use super::shown::{self, Shown};
use super::{IndexFault, Snapshot, TYPED_PRODUCTS_MAX, typos};
use crate::model::{IdTooLong, ProductId, Sku};
use crate::words::{Analysis, Weight, Word};

/// A sort other than by relevance is over products at least so good beside the best one.
const SORTED_SHARE: f32 = 0.5;

/// One question to one commit.
pub(super) struct Asking<'a> {
    pub snapshot: &'a Snapshot,
    pub fields: &'a Fields,
    pub analysis: &'a Analysis,
    pub question: &'a Question<'a>,
}

/// The words of a question, read once.
pub(super) struct Read<'a> {
    pub text: &'a str,
    pub words: Vec<Word>,
    pub names: Vec<String>,
}

/// What was looked for in the end, and what was found so.
pub(super) struct Found {
    /// Products that are ordered; without, those that say anything of what is wanted.
    query: Option<Box<dyn Query>>,
    wanted: Wanted,
    gathered: Gathered,
}

impl Asking<'_> {
    pub fn answer(&self) -> Result<Answer, IndexFault> {
        let text = cut(self.question.text);
        let words = self.analysis.words(text);
        let names = query::names(text, &words);
        let read = Read { text, words, names };
        let mut answer = Answer { generation: self.snapshot.generation, ..Answer::default() };
        let sieve = Sieve::of(self.searcher(), self.fields, &self.question.filters)?;
        let Some(found) = self.found(&read, &sieve, &mut answer)? else { return Ok(answer) };
        answer.total = found.gathered.total;
        if answer.total == 0 {
            answer.relaxed = self.relaxed(&found)?;
        }
        let candidates = self.ordered(&found);
        answer.hits = self.hits(candidates, &read, &sieve.variants)?;
        if self.question.counts {
            answer.counts = Some(found.gathered.tally.counts());
        }
        Ok(answer)
    }

    fn searcher(&self) -> &Searcher {
        &self.snapshot.searcher
    }

    /// The hits of words that were read elsewhere, through the question's filters; or
    /// of all products that pass.
    pub fn hits_of(&self, wanted: Wanted, all: bool) -> Result<Vec<Hit>, IndexFault> {
        let sieve = Sieve::of(self.searcher(), self.fields, &self.question.filters)?;
        let query = all.then(|| -> Box<dyn Query> { Box::new(AllQuery) });
        let found = self.run(&self.gather(&sieve), query, wanted)?;
        let candidates = self.ordered(&found);
        self.hits(candidates, &Read { text: "", words: Vec::new(), names: Vec::new() }, &sieve.variants)
    }

    /// Nothing when nothing was asked.
    fn found(&self, read: &Read<'_>, sieve: &Sieve, answer: &mut Answer) -> Result<Option<Found>, IndexFault> {
        let question = self.question;
        let lists = !question.filters.is_empty() || question.sort != Sort::Relevance;
        if read.words.is_empty() || (lists && read.words.iter().all(|word| word.weight != Weight::Plain)) {
            answer.dropped = self.talk(read);
            let none = Wanted::of(self.snapshot, self.fields, &[], &[])?;
            let gather = self.gather(sieve);
            return if lists { self.run(&gather, Some(Box::new(AllQuery)), none).map(Some) } else { Ok(None) };
        }
        if question.mode == Mode::TypeAhead {
            for corrects in [false, true] {
                let found = self.typed(read, sieve, corrects, answer)?;
                if found.as_ref().is_some_and(|found| found.gathered.total > 0) {
                    return Ok(found);
                }
            }
            answer.corrections.clear();
        }
        let asked = self.asked(read, answer)?;
        let wanted = Wanted::of(self.snapshot, self.fields, &asked, &read.names)?;
        let wanted = wanted.listed(self.snapshot, question.deadline)?;
        if question.sort == Sort::Relevance {
            return self.run(&self.gather(sieve), None, wanted).map(Some);
        }
        // Sorted by price, one product that shares a word would come before all that were meant.
        let best = Gather { sort: Sort::Relevance, keep: 1, counting: false, ..self.gather(sieve) };
        let best = best.run(self.snapshot, &Source::Wanted(&wanted))?;
        let floor = best.first.first().map_or(0.0, |best| best.score * SORTED_SHARE);
        self.run(&Gather { floor, ..self.gather(sieve) }, None, wanted).map(Some)
    }

    pub(super) fn gather<'s>(&self, sieve: &'s Sieve) -> Gather<'s> {
        Gather {
            keep: if self.question.limit == 0 { 0 } else { rank::CONSIDERED },
            sort: self.question.sort,
            sieve,
            floor: 0.0,
            counting: self.question.counts,
            looked_max: u64::MAX,
            now: self.question.now,
            deadline: self.question.deadline,
        }
    }

    pub(super) fn run(
        &self,
        gather: &Gather<'_>,
        query: Option<Box<dyn Query>>,
        wanted: Wanted,
    ) -> Result<Found, IndexFault> {
        let source = match &query {
            Some(query) => Source::Query(query.as_ref(), &wanted),
            None => Source::Wanted(&wanted),
        };
        let gathered = gather.run(self.snapshot, &source)?;
        Ok(Found { query, wanted, gathered })
    }

    /// What begins as typed, and before it what is named; nothing when a word is unknown.
    fn typed(
        &self,
        read: &Read<'_>,
        sieve: &Sieve,
        corrects: bool,
        answer: &mut Answer,
    ) -> Result<Option<Found>, IndexFault> {
        let Some(needed) = self.needed(read, corrects, answer)? else { return Ok(None) };
        let (finished, last) = as_typed(read);
        let asked: Vec<Asked> = finished.iter().chain(last).map(Asked::plainly).collect();
        let wanted = Wanted::of(self.snapshot, self.fields, &asked, &[])?;
        let gather = Gather { looked_max: TYPED_PRODUCTS_MAX, ..self.gather(sieve) };
        let mut found = self.run(&gather, Some(query::typed(self.fields, &needed)), wanted)?;
        if self.question.sort != Sort::Relevance {
            return Ok(Some(found));
        }
        let names = Wanted::of(self.snapshot, self.fields, &[], &read.names)?;
        let named = Gather { counting: false, ..self.gather(sieve) }.run(self.snapshot, &Source::Wanted(&names))?;
        if named.total > 0 {
            let first = &mut found.gathered.first;
            first.retain(|ranked| named.first.iter().all(|named| named.address != ranked.address));
            first.splice(0..0, named.first);
            found.gathered.total = found.gathered.total.max(first.len() as u64);
        }
        Ok(Some(found))
    }

    /// What each word of a text being typed asks for; nothing when one is unknown.
    fn needed(&self, read: &Read<'_>, corrects: bool, answer: &mut Answer) -> Result<Option<Vec<Needed>>, IndexFault> {
        let (finished, last) = as_typed(read);
        let (searcher, fields) = (self.searcher(), self.fields);
        let mut all = Vec::new();
        for (word, is_begun) in finished.iter().map(|word| (word, false)).chain(last.map(|word| (word, true))) {
            let known = if is_begun { Needed::begun } else { Needed::finished };
            let mut needed = known(searcher, fields, word)?;
            if needed.is_unknown() && corrects && !self.question.literal {
                needed = self.corrected(word, is_begun, answer)?;
            }
            if needed.is_unknown() {
                return Ok(None);
            }
            all.push(needed);
        }
        Ok((!all.is_empty()).then_some(all))
    }

    /// What an unknown word of a text being typed may ask for.
    fn corrected(&self, word: &Word, is_begun: bool, answer: &mut Answer) -> Result<Needed, IndexFault> {
        let deadline = self.question.deadline;
        let mut guesses = typos::guesses(self.snapshot, self.fields.words, word, deadline)?;
        let mut term = |guess: &typos::Guess| super::document::stem_mark(&self.analysis.stem(&guess.folded));
        let mut needed = Needed(guesses.iter().map(&mut term).collect());
        if needed.is_unknown() && is_begun {
            guesses = typos::guesses(self.snapshot, self.fields.prefixes, word, deadline)?;
            needed = Needed(guesses.iter().map(|guess| guess.folded.clone()).collect());
        }
        if let Some(best) = guesses.first() {
            answer.corrections.push(Correction { typed: word.lower.clone(), read_as: best.folded.clone() });
        }
        Ok(needed)
    }

    /// The words that are searched, each with what it may have meant.
    fn asked(&self, read: &Read<'_>, answer: &mut Answer) -> Result<Vec<Asked>, IndexFault> {
        answer.dropped = self.talk(read);
        let mut asked = Vec::new();
        for word in self.analysis.telling_words(read.text).into_iter().take(QUERY_WORDS_MAX) {
            if typos::is_known(self.searcher(), self.fields, &word)? {
                asked.push(Asked::plainly(&word));
                continue;
            }
            if let Some([first, second]) = typos::parted(self.searcher(), self.fields, &word)? {
                let parts = [first, second].map(|part| self.analysis.stem(&part));
                asked.extend(parts.map(|stem| Asked { readings: vec![Reading { stem, weight: 1.0 }] }));
                continue;
            }
            let guesses = if self.question.literal {
                Arc::default()
            } else {
                typos::guesses(self.snapshot, self.fields.words, &word, self.question.deadline)?
            };
            if let Some(best) = guesses.first() {
                answer.corrections.push(Correction { typed: word.lower, read_as: best.folded.clone() });
                let reading =
                    |guess: &typos::Guess| Reading { stem: self.analysis.stem(&guess.folded), weight: guess.weight };
                asked.push(Asked { readings: guesses.iter().map(reading).collect() });
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

    fn relaxed(&self, found: &Found) -> Result<Vec<Relaxed>, IndexFault> {
        let source = match &found.query {
            Some(query) => Source::Query(query.as_ref(), &found.wanted),
            None => Source::Wanted(&found.wanted),
        };
        let mut relaxed = Vec::new();
        for (without, filters) in filter::relaxed(&self.question.filters) {
            let sieve = Sieve::of(self.searcher(), self.fields, &filters)?;
            let gather = Gather { keep: 0, counting: false, sort: Sort::Relevance, ..self.gather(&sieve) };
            let total = gather.run(self.snapshot, &source)?.total;
            if total > 0 {
                relaxed.push(Relaxed { without, total });
            }
        }
        Ok(relaxed)
    }

    pub(super) fn ordered(&self, found: &Found) -> Vec<Candidate> {
        let columns = |address: DocAddress| self.snapshot.columns.get(address.segment_ord as usize);
        let candidate = |ranked: &Ranked| -> Option<Candidate> {
            let (columns, doc) = (columns(ranked.address)?, ranked.address.doc_id);
            let id = columns.id_key(doc);
            Some(Candidate { score: ranked.score, address: ranked.address, class: columns.class(doc), id })
        };
        let mut candidates: Vec<Candidate> = found.gathered.first.iter().filter_map(candidate).collect();
        let limit = self.question.limit.min(HITS_MAX);
        // A list of everything has no opinion on what is best.
        if self.question.sort == Sort::Relevance && !found.wanted.is_empty() {
            rank::again(&mut candidates, limit, |address| {
                columns(address).is_some_and(|columns| columns.is_gone(address.doc_id))
            });
        }
        candidates.truncate(limit);
        candidates
    }

    pub(super) fn hits(
        &self,
        candidates: Vec<Candidate>,
        read: &Read<'_>,
        test: &VariantTest,
    ) -> Result<Vec<Hit>, IndexFault> {
        let mut hits = Vec::new();
        for candidate in candidates {
            let shown = self.shown(candidate.address)?;
            let DocAddress { segment_ord, doc_id } = candidate.address;
            let columns = self.snapshot.columns.get(segment_ord as usize).filter(|_| test.is_needed());
            let offers = columns.map(|columns| columns.offers(doc_id, test, self.question.now)).unwrap_or_default();
            let meaning = Meaning { words: &read.words, names: &read.names, offers: &offers };
            let hit = hit(&shown, candidate.score, &meaning);
            hits.push(hit.map_err(|_| IndexFault::Damaged { what: "a code".to_owned() })?);
        }
        Ok(hits)
    }

    fn shown(&self, address: DocAddress) -> Result<Shown, IndexFault> {
        let document: TantivyDocument = self.searcher().doc(address)?;
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
    let start = text.get(..text.floor_char_boundary(QUERY_BYTES_MAX)).unwrap_or_default();
    start.rfind(char::is_whitespace).and_then(|space| start.get(..space)).unwrap_or(start)
}
