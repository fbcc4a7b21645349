//! How much each product says of what was asked.
//!
//! The sum, over the words of a question, of the best place where the product has
//! the word (BM25 by place, the other places for a tenth) and a constant for having
//! it at all. Word by word and place by place over a window of products: the lists
//! are read once and in order, which is several times faster than asking a tree of
//! scorers product by product. What came out for a word is kept by [`super::lists`].

use std::sync::Arc;
use std::time::Instant;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::lists::{Cursor, LIST_PRODUCTS_MAX, Listed, WordList};
use super::query::Asked;
use super::schema::Fields;
use super::sums::{self, Found, Sums};
use super::{IndexFault, Snapshot, in_time};

/// Products of one window: what is summed of them stays in the processor's first cache.
pub(super) const WINDOW: u32 = 2_048;

/// Lists that one question may have made, by their entries; further words are read as
/// they stand in the index. So no question takes more than 8 MB.
const LISTED_MAX: u64 = 1_000_000;

/// What is looked for, with the weights that hold for the whole index.
pub(super) struct Wanted {
    words: Vec<Vec<WantedReading>>,
    names: Vec<Term>,
}

struct WantedReading {
    source: Source,
    weight: f32,
}

/// Where the scores of a word come from.
enum Source {
    /// They were summed before.
    Listed(Arc<WordList>),
    /// From where it stands.
    Places { stem: String, places: Vec<WantedPlace> },
}

struct WantedPlace {
    term: Term,
    weight: Bm25Weight,
    found: Found,
    products: u64,
}

impl Wanted {
    /// The words of a question, and the codes and titles that it may be.
    pub fn of(snapshot: &Snapshot, fields: &Fields, asked: &[Asked], names: &[String]) -> Result<Self, IndexFault> {
        let source = |stem: &str| -> Result<Source, IndexFault> {
            if let Some(list) = snapshot.lists.of(stem) {
                return Ok(Source::Listed(list));
            }
            Ok(Source::Places { stem: stem.to_owned(), places: places(&snapshot.searcher, fields, stem)? })
        };
        let mut words = Vec::new();
        for asked in asked {
            let readings = asked.readings.iter();
            let reading = |reading: &super::query::Reading| {
                Ok(WantedReading { source: source(&reading.stem)?, weight: reading.weight })
            };
            words.push(readings.map(reading).collect::<Result<_, IndexFault>>()?);
        }
        let names = names.iter().map(|name| Term::from_field_text(fields.exact, name)).collect();
        Ok(Self { words, names })
    }

    /// The same with a list made of each word: worth it where all products with any
    /// of the words are looked at.
    ///
    /// # Errors
    /// [`IndexFault::TooSlow`] at the deadline; when the index cannot be read.
    pub fn listed(mut self, snapshot: &Snapshot, deadline: Option<Instant>) -> Result<Self, IndexFault> {
        let segments = snapshot.searcher.segment_readers();
        let all = segments.iter().map(|segment| u64::from(segment.max_doc())).sum();
        let mut left = LISTED_MAX;
        for reading in self.words.iter_mut().flatten() {
            let Source::Places { stem, places } = &mut reading.source else { continue };
            let products = places.iter().map(|place| place.products).sum::<u64>().min(all);
            let Some(rest) = left.checked_sub(products).filter(|_| products <= LIST_PRODUCTS_MAX) else { continue };
            left = rest;
            let list = Arc::new(list(snapshot, std::mem::take(places), deadline)?);
            snapshot.lists.keep(stem, &list);
            reading.source = Source::Listed(list);
        }
        Ok(self)
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.names.is_empty()
    }
}

/// Sums the scores of one word over the whole index.
fn list(snapshot: &Snapshot, places: Vec<WantedPlace>, deadline: Option<Instant>) -> Result<WordList, IndexFault> {
    if places.is_empty() {
        return Ok(WordList::default());
    }
    let source = Source::Places { stem: String::new(), places };
    let wanted = Wanted { words: vec![vec![WantedReading { source, weight: 1.0 }]], names: Vec::new() };
    let mut sums = Sums::new();
    let mut list = WordList::default();
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let mut listed = Listed::default();
        let mut scoring = Scoring::of(&wanted, ordinal, segment, &mut sums)?;
        let mut push = |doc, score| {
            listed.push(doc, score);
            0.0
        };
        while scoring.window(0.0, &mut push).is_some() {
            in_time(deadline)?;
        }
        list.0.push(listed.finish());
    }
    Ok(list)
}

fn places(searcher: &Searcher, fields: &Fields, stem: &str) -> Result<Vec<WantedPlace>, IndexFault> {
    let weighed: [(Field, f32, Found); 6] = [
        (fields.title, 3.0, Found::PROMINENT),
        (fields.class, 3.0, Found::PROMINENT),
        (fields.attributes, 2.0, Found::PROMINENT),
        (fields.brand, 2.0, Found::PROMINENT),
        (fields.path, 1.0, Found::PROMINENT),
        (fields.description, 0.5, Found::DESCRIBED),
    ];
    let mut places = Vec::new();
    for (field, boost, found) in weighed {
        let term = Term::from_field_text(field, stem);
        let products = searcher.doc_freq(&term)?;
        if products > 0 {
            let weight = Bm25Weight::for_terms(searcher, std::slice::from_ref(&term))?.boost_by(boost);
            places.push(WantedPlace { term, weight, found, products });
        }
    }
    Ok(places)
}

/// The lists of one segment.
pub(super) struct Scoring<'w> {
    words: Vec<Vec<Reading<'w>>>,
    names: Vec<SegmentPostings>,
    sums: &'w mut Sums,
}

struct Reading<'w> {
    scores: Scores<'w>,
    weight: f32,
}

enum Scores<'w> {
    Listed(Cursor<'w>),
    Places(Vec<Place<'w>>),
}

impl Scores<'_> {
    /// The first product that was not passed; [`TERMINATED`] at the end.
    fn doc(&self) -> DocId {
        match self {
            Self::Listed(cursor) => cursor.doc(),
            Self::Places(places) => places.iter().map(|place| place.list.doc()).min().unwrap_or(TERMINATED),
        }
    }
}

struct Place<'w> {
    list: List,
    norms: FieldNormReader,
    weight: &'w Bm25Weight,
    found: Found,
}

impl Place<'_> {
    /// The scores of products in their order, at most [`WINDOW`] of them.
    fn score(&mut self, docs: &[DocId], reader: &mut sums::Reading<'_>) {
        for (offset, doc) in (0..WINDOW).zip(docs) {
            if let Some(freq) = self.list.frequency(*doc) {
                reader.place(offset, self.weight.score(self.norms.fieldnorm_id(*doc), freq), self.found);
            }
        }
    }
}

/// The products that have a word in one place, in order, read block by block.
struct List {
    block: BlockSegmentPostings,
    /// Where in the block.
    at: usize,
}

impl List {
    /// [`TERMINATED`] at the end.
    fn doc(&self) -> DocId {
        self.block.doc(self.at)
    }

    /// Gives each product before `end` with how often it has the word.
    fn before(&mut self, end: DocId, mut give: impl FnMut(DocId, u32)) {
        while self.doc() < end {
            let docs = self.block.docs().get(self.at..).unwrap_or_default();
            let freqs = self.block.freqs().get(self.at..).unwrap_or_default();
            for (doc, freq) in docs.iter().zip(freqs) {
                if *doc >= end {
                    return;
                }
                give(*doc, *freq);
                self.at += 1;
            }
            self.block.advance();
            self.at = 0;
        }
    }

    /// How often a product has the word, if it does; asked in their order.
    fn frequency(&mut self, doc: DocId) -> Option<u32> {
        if self.doc() < doc {
            self.at = self.block.seek(doc);
        }
        (self.doc() == doc).then(|| self.block.freq(self.at))
    }
}

fn places_of<'w>(places: &'w [WantedPlace], segment: &SegmentReader) -> Result<Vec<Place<'w>>, IndexFault> {
    let mut found = Vec::new();
    for place in places {
        let field = place.term.field();
        let inverted = segment.inverted_index(field)?;
        if let Some(block) = inverted.read_block_postings(&place.term, IndexRecordOption::WithFreqs)? {
            let norms = segment.get_fieldnorms_reader(field)?;
            let list = List { block, at: 0 };
            found.push(Place { list, norms, weight: &place.weight, found: place.found });
        }
    }
    Ok(found)
}

impl<'w> Scoring<'w> {
    pub fn of(
        wanted: &'w Wanted,
        ordinal: usize,
        segment: &SegmentReader,
        sums: &'w mut Sums,
    ) -> Result<Self, IndexFault> {
        let mut words = Vec::new();
        for wanted in &wanted.words {
            let mut readings = Vec::new();
            for WantedReading { source, weight } in wanted {
                let scores = match source {
                    Source::Listed(list) => Scores::Listed(Cursor::of(list, ordinal)),
                    Source::Places { places, .. } => Scores::Places(places_of(places, segment)?),
                };
                if scores.doc() != TERMINATED {
                    readings.push(Reading { scores, weight: *weight });
                }
            }
            words.push(readings);
        }
        let mut names = Vec::new();
        for term in &wanted.names {
            names.extend(segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?);
        }
        Ok(Self { words, names, sums })
    }

    /// The first product that no window has covered; [`TERMINATED`] at the end.
    fn next(&self) -> DocId {
        let words = self.words.iter().flatten().map(|reading| reading.scores.doc());
        words.chain(self.names.iter().map(DocSet::doc)).min().unwrap_or(TERMINATED)
    }

    /// Gives the products of the next window with their scores, in order: those that
    /// score `floor`, which `give` answers anew, or more. Answers how many have any
    /// score; nothing at the end.
    pub fn window(&mut self, floor: f32, give: &mut dyn FnMut(DocId, f32) -> f32) -> Option<u64> {
        let start = self.next();
        if start == TERMINATED {
            return None;
        }
        let end = start.saturating_add(WINDOW).min(TERMINATED);
        let Self { words, names, sums } = self;
        for readings in words {
            let mut summing = sums.word(readings.len());
            for Reading { scores, weight } in readings {
                match scores {
                    Scores::Listed(cursor) => {
                        let (docs, scores) = cursor.before(end, WINDOW as usize);
                        summing.reading(*weight, 1).listed(start, docs, scores);
                    }
                    Scores::Places(places) => {
                        let mut reader = summing.reading(*weight, places.len());
                        for Place { list, norms, weight, found } in places {
                            list.before(end, |doc, freq| {
                                reader.place(doc - start, weight.score(norms.fieldnorm_id(doc), freq), *found);
                            });
                        }
                        reader.end();
                    }
                }
            }
            summing.end();
        }
        for postings in names {
            while postings.doc() < end {
                sums.name(postings.doc() - start);
                postings.advance();
            }
        }
        Some(sums.drain(floor, |offset, score| give(start + offset, score)))
    }

    /// The scores of products that were found otherwise, in order, at most
    /// [`WINDOW`] of them; those before the last call's are over.
    pub fn score(&mut self, docs: &[DocId], give: &mut dyn FnMut(DocId, f32)) {
        let Self { words, sums, .. } = self;
        for readings in words {
            let mut summing = sums.word(readings.len());
            for Reading { scores, weight } in readings {
                match scores {
                    Scores::Listed(cursor) => {
                        let mut reader = summing.reading(*weight, 1);
                        for (offset, doc) in (0..WINDOW).zip(docs) {
                            cursor.score(*doc).into_iter().for_each(|score| reader.whole(offset, score));
                        }
                    }
                    Scores::Places(places) => {
                        let mut reader = summing.reading(*weight, places.len());
                        places.iter_mut().for_each(|place| place.score(docs, &mut reader));
                        reader.end();
                    }
                }
            }
            summing.end();
        }
        for (offset, _) in (0..WINDOW).zip(docs) {
            sums.add(offset, 1.0);
        }
        sums.drain(0.0, |offset, score| {
            if let Some(doc) = docs.get(offset as usize) {
                give(*doc, score);
            }
            0.0
        });
    }
}
