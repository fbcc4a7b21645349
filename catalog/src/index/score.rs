//! How much each product says of what was asked.
//!
//! The sum, over the words of a question, of the best place where the product has
//! the word (BM25 by place, the other places for a tenth) and a constant for having
//! it at all. Word by word and place by place over a window of products: the lists
//! are read once and in order, which is several times faster than asking a tree of
//! scorers product by product.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::IndexFault;
use super::query::Asked;
use super::schema::Fields;
use super::sums::{Found, Sums};

/// Products of one window: what is summed of them stays in the processor's first cache.
pub(super) const WINDOW: u32 = 2_048;

/// What is looked for, with the weights that hold for the whole index.
pub(super) struct Wanted {
    words: Vec<Vec<WantedReading>>,
    names: Vec<Term>,
}

struct WantedReading {
    places: Vec<WantedPlace>,
    weight: f32,
}

struct WantedPlace {
    term: Term,
    weight: Bm25Weight,
    found: Found,
}

impl Wanted {
    /// The words of a question, and the codes and titles that it may be.
    pub fn of(searcher: &Searcher, fields: &Fields, asked: &[Asked], names: &[String]) -> Result<Self, IndexFault> {
        let mut words = Vec::new();
        for asked in asked {
            let mut readings = Vec::new();
            for reading in &asked.readings {
                let places = places(searcher, fields, &reading.stem)?;
                readings.push(WantedReading { places, weight: reading.weight });
            }
            words.push(readings);
        }
        let names = names.iter().map(|name| Term::from_field_text(fields.exact, name)).collect();
        Ok(Self { words, names })
    }
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
        if searcher.doc_freq(&term)? > 0 {
            let weight = Bm25Weight::for_terms(searcher, std::slice::from_ref(&term))?.boost_by(boost);
            places.push(WantedPlace { term, weight, found });
        }
    }
    Ok(places)
}

impl Wanted {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.names.is_empty()
    }
}

/// The lists of one segment.
pub(super) struct Scoring<'w> {
    words: Vec<Vec<Reading<'w>>>,
    names: Vec<SegmentPostings>,
    sums: &'w mut Sums,
}

struct Reading<'w> {
    places: Vec<Place<'w>>,
    weight: f32,
}

struct Place<'w> {
    list: List,
    norms: FieldNormReader,
    weight: &'w Bm25Weight,
    found: Found,
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

impl<'w> Scoring<'w> {
    pub fn of(wanted: &'w Wanted, segment: &SegmentReader, sums: &'w mut Sums) -> Result<Self, IndexFault> {
        let mut words = Vec::new();
        for wanted in &wanted.words {
            let mut readings = Vec::new();
            for reading in wanted {
                let mut places = Vec::new();
                for place in &reading.places {
                    let field = place.term.field();
                    let inverted = segment.inverted_index(field)?;
                    if let Some(block) = inverted.read_block_postings(&place.term, IndexRecordOption::WithFreqs)? {
                        let norms = segment.get_fieldnorms_reader(field)?;
                        let list = List { block, at: 0 };
                        places.push(Place { list, norms, weight: &place.weight, found: place.found });
                    }
                }
                if !places.is_empty() {
                    readings.push(Reading { places, weight: reading.weight });
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
        let places = self.words.iter().flatten().flat_map(|reading| &reading.places);
        let firsts = places.map(|place| place.list.doc()).chain(self.names.iter().map(DocSet::doc));
        firsts.min().unwrap_or(TERMINATED)
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
            for reading in readings {
                let mut reader = summing.reading(reading.weight, reading.places.len());
                for Place { list, norms, weight, found } in &mut reading.places {
                    list.before(end, |doc, freq| {
                        reader.place(doc - start, weight.score(norms.fieldnorm_id(doc), freq), *found);
                    });
                }
                reader.end();
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
            for reading in readings {
                let mut reader = summing.reading(reading.weight, reading.places.len());
                for Place { list, norms, weight, found } in &mut reading.places {
                    for (offset, doc) in (0..WINDOW).zip(docs) {
                        if let Some(freq) = list.frequency(*doc) {
                            reader.place(offset, weight.score(norms.fieldnorm_id(*doc), freq), *found);
                        }
                    }
                }
                reader.end();
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
