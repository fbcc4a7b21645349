//! BM25 over documents that are lists of term numbers; what a term is, [`super::vocabulary`] says.

use super::vocabulary::TermId;

/// How soon repeating a term stops to count.
const K1: f32 = 1.2;
/// How much a long document is held back.
const B: f32 = 0.75;

#[derive(Debug, Clone)]
pub(super) struct Field {
    documents: usize,
    /// By term.
    terms: Vec<Term>,
    rarity_of_unknown: f32,
}

#[derive(Debug, Clone, Default)]
struct Term {
    rarity: f32,
    /// In the order of documents.
    postings: Vec<(usize, f32)>,
}

impl Field {
    /// `terms` is how many different ones there are: all are below it.
    pub(super) fn new(documents: &[Vec<TermId>], terms: usize) -> Self {
        let mut field = Self {
            documents: documents.len(),
            terms: vec![Term::default(); terms],
            rarity_of_unknown: rarity(documents.len(), 0),
        };
        for (at, document) in documents.iter().enumerate() {
            for term in document {
                let Some(term) = field.terms.get_mut(*term) else { continue };
                match term.postings.last_mut() {
                    Some((last, times)) if *last == at => *times += 1.0,
                    Some(_) | None => term.postings.push((at, 1.0)),
                }
            }
        }
        let length = documents.iter().map(Vec::len).sum::<usize>() as f32 / documents.len().max(1) as f32;
        for term in &mut field.terms {
            term.rarity = rarity(documents.len(), term.postings.len());
            for (document, weight) in &mut term.postings {
                let relative = documents.get(*document).map_or(0, Vec::len) as f32 / length.max(1.0);
                let times = *weight;
                *weight = term.rarity * times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * relative));
            }
        }
        field
    }

    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    pub(super) fn rarity(&self, term: TermId) -> f32 {
        self.terms.get(term).map_or(self.rarity_of_unknown, |term| term.rarity)
    }

    /// Of a term that no document has.
    pub(super) fn rarity_of_unknown(&self) -> f32 {
        self.rarity_of_unknown
    }

    /// Adds what a term earns each document, so many times.
    pub(super) fn add(&self, term: TermId, times: f32, earned: &mut [f32]) {
        let postings = self.terms.get(term).map_or(&[][..], |term| &term.postings);
        for (document, weight) in postings {
            if let Some(earned) = earned.get_mut(*document) {
                *earned += times * weight;
            }
        }
    }

    /// What a term earns one document.
    pub(super) fn weight(&self, term: TermId, document: usize) -> f32 {
        let postings = self.terms.get(term).map_or(&[][..], |term| &term.postings);
        let at = postings.binary_search_by_key(&document, |(document, _)| *document);
        at.ok().and_then(|at| postings.get(at)).map_or(0.0, |(_, weight)| *weight)
    }
}

/// BM25's inverse document frequency, of `having` among `documents`.
fn rarity(documents: usize, having: usize) -> f32 {
    let (documents, having) = (documents as f32, having as f32);
    (1.0 + (documents - having + 0.5) / (having + 0.5)).ln()
}
