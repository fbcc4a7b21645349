//! How much each product says of what was asked.
//!
//! The sum, over the words of a question, of the best place where the product has
//! the word (BM25 by place, the other places for a tenth) and a constant for having
//! it at all. Word by word and place by place over a window of products: the lists
//! are read once and in order, which is several times faster than asking a tree of
//! scorers product by product.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::IndexFault;
use super::query::Asked;
use super::schema::Fields;

/// How much of a worse place counts beside the best one.
const TIE: f32 = 0.1;
/// Added for each word that is found at all: products with more of the words win.
const COORDINATION: f32 = 16.0;
/// The same where a word stands in the description only, and beside it.
const COORDINATION_DESCRIPTION: f32 = 8.0;
/// A code or a whole title outweighs any sum of words.
pub(super) const EXACT: f32 = 10_000.0;
/// Products of one window.
pub(super) const WINDOW: u32 = 4_096;

const PROMINENT: u8 = 1;
const DESCRIBED: u8 = 2;

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
    found: u8,
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
    let weighed: [(Field, f32, u8); 6] = [
        (fields.title, 3.0, PROMINENT),
        (fields.class, 3.0, PROMINENT),
        (fields.attributes, 2.0, PROMINENT),
        (fields.brand, 2.0, PROMINENT),
        (fields.path, 1.0, PROMINENT),
        (fields.description, 0.5, DESCRIBED),
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
    scores: Scores,
}

struct Reading<'w> {
    places: Vec<Place<'w>>,
    weight: f32,
}

struct Place<'w> {
    postings: SegmentPostings,
    norms: FieldNormReader,
    weight: &'w Bm25Weight,
    found: u8,
}

impl Place<'_> {
    fn score(&self) -> f32 {
        self.weight.score(self.norms.fieldnorm_id(self.postings.doc()), self.postings.term_freq())
    }
}

impl<'w> Scoring<'w> {
    pub fn of(wanted: &'w Wanted, segment: &SegmentReader) -> Result<Self, IndexFault> {
        let mut words = Vec::new();
        for wanted in &wanted.words {
            let mut readings = Vec::new();
            for reading in wanted {
                let mut places = Vec::new();
                for place in &reading.places {
                    let field = place.term.field();
                    let inverted = segment.inverted_index(field)?;
                    if let Some(postings) = inverted.read_postings(&place.term, IndexRecordOption::WithFreqs)? {
                        let norms = segment.get_fieldnorms_reader(field)?;
                        places.push(Place { postings, norms, weight: &place.weight, found: place.found });
                    }
                }
                readings.push(Reading { places, weight: reading.weight });
            }
            words.push(readings);
        }
        let mut names = Vec::new();
        for term in &wanted.names {
            names.extend(segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?);
        }
        Ok(Self { words, names, scores: Scores::new() })
    }

    /// The first product that no window has covered; [`TERMINATED`] at the end.
    fn next(&self) -> DocId {
        let places = self.words.iter().flatten().flat_map(|reading| &reading.places);
        let firsts = places.map(|place| place.postings.doc()).chain(self.names.iter().map(DocSet::doc));
        firsts.min().unwrap_or(TERMINATED)
    }

    /// Gives the products of the next window with their scores, in order; false at the end.
    pub fn window(&mut self, give: &mut dyn FnMut(DocId, f32) -> Result<(), IndexFault>) -> Result<bool, IndexFault> {
        let start = self.next();
        if start == TERMINATED {
            return Ok(false);
        }
        let end = start.saturating_add(WINDOW).min(TERMINATED);
        let Self { words, names, scores } = self;
        for readings in words {
            for reading in readings {
                for place in &mut reading.places {
                    while place.postings.doc() < end {
                        scores.place(place.postings.doc() - start, place.score(), place.found);
                        place.postings.advance();
                    }
                }
                scores.end_reading(reading.weight);
            }
            scores.end_word();
        }
        for postings in names {
            while postings.doc() < end {
                scores.name(postings.doc() - start);
                postings.advance();
            }
        }
        scores.drain(|offset, score| give(start + offset, score))?;
        Ok(true)
    }

    /// The scores of products that were found otherwise, in order, at most
    /// [`WINDOW`] of them; those before the last call's are over.
    pub fn score(
        &mut self,
        docs: &[DocId],
        give: &mut dyn FnMut(DocId, f32) -> Result<(), IndexFault>,
    ) -> Result<(), IndexFault> {
        let Self { words, scores, .. } = self;
        for readings in words {
            for reading in readings {
                for place in &mut reading.places {
                    for (offset, doc) in (0..WINDOW).zip(docs) {
                        if place.postings.doc() < *doc {
                            place.postings.seek(*doc);
                        }
                        if place.postings.doc() == *doc {
                            scores.place(offset, place.score(), place.found);
                        }
                    }
                }
                scores.end_reading(reading.weight);
            }
            scores.end_word();
        }
        for (offset, _) in (0..WINDOW).zip(docs) {
            scores.add(offset, 1.0);
        }
        scores.drain(|offset, score| docs.get(offset as usize).map_or(Ok(()), |doc| give(*doc, score)))
    }
}

/// Sums of one window, by the place of a product in it.
struct Scores {
    totals: Vec<f32>,
    is_found: Vec<u64>,
    words: Vec<f32>,
    word_found: Vec<u32>,
    best: Vec<f32>,
    sums: Vec<f32>,
    places: Vec<u8>,
    reading_found: Vec<u32>,
}

impl Scores {
    fn new() -> Self {
        let numbers = || vec![0.0; WINDOW as usize];
        Self {
            totals: numbers(),
            is_found: vec![0; WINDOW as usize / 64],
            words: numbers(),
            word_found: Vec::new(),
            best: numbers(),
            sums: numbers(),
            places: vec![0; WINDOW as usize],
            reading_found: Vec::new(),
        }
    }

    fn place(&mut self, offset: u32, score: f32, found: u8) {
        let at = offset as usize;
        let (Some(best), Some(sum), Some(places)) =
            (self.best.get_mut(at), self.sums.get_mut(at), self.places.get_mut(at))
        else {
            return;
        };
        if *places == 0 {
            self.reading_found.push(offset);
        }
        *places |= found;
        *best = best.max(score);
        *sum += score;
    }

    fn end_reading(&mut self, weight: f32) {
        for offset in self.reading_found.drain(..) {
            let at = offset as usize;
            let (Some(best), Some(sum), Some(places), Some(word)) =
                (self.best.get_mut(at), self.sums.get_mut(at), self.places.get_mut(at), self.words.get_mut(at))
            else {
                continue;
            };
            let mut score = *best + TIE * (*sum - *best);
            if *places & PROMINENT != 0 {
                score += COORDINATION;
            }
            if *places & DESCRIBED != 0 {
                score += COORDINATION_DESCRIPTION;
            }
            (*best, *sum, *places) = (0.0, 0.0, 0);
            if *word == 0.0 {
                self.word_found.push(offset);
            }
            *word = word.max(score * weight);
        }
    }

    fn end_word(&mut self) {
        let Self { totals, is_found, words, word_found, .. } = self;
        for offset in word_found.drain(..) {
            if let Some(word) = words.get_mut(offset as usize) {
                add(totals, is_found, offset, *word);
                *word = 0.0;
            }
        }
    }

    fn add(&mut self, offset: u32, score: f32) {
        add(&mut self.totals, &mut self.is_found, offset, score);
    }

    fn name(&mut self, offset: u32) {
        // Named in two ways is named once.
        if self.totals.get(offset as usize).is_some_and(|total| *total < EXACT) {
            self.add(offset, EXACT);
        }
    }

    fn drain(&mut self, mut give: impl FnMut(u32, f32) -> Result<(), IndexFault>) -> Result<(), IndexFault> {
        let mut outcome = Ok(());
        for (first, bits) in (0..).step_by(64).zip(&mut self.is_found) {
            let mut left = std::mem::take(bits);
            while left != 0 {
                let offset = first + left.trailing_zeros();
                left &= left - 1;
                if let Some(total) = self.totals.get_mut(offset as usize) {
                    let score = std::mem::take(total);
                    outcome = outcome.and_then(|()| give(offset, score));
                }
            }
        }
        outcome
    }
}

fn add(totals: &mut [f32], is_found: &mut [u64], offset: u32, score: f32) {
    let at = offset as usize;
    if let (Some(total), Some(bits)) = (totals.get_mut(at), is_found.get_mut(at / 64)) {
        *total += score;
        *bits |= 1 << (at % 64);
    }
}
