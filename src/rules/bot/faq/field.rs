//! BM25 over documents that are lists of term numbers; what a term is, [`super::vocabulary`] says.

use super::vocabulary::TermId;

/// How soon repeating a term stops to count. Higher than is usual for long pages: in
/// questions, a word that comes back is what they are about.
const K1: f32 = 2.0;
/// How much a long document is held back.
const B: f32 = 0.75;

#[derive(Debug, Clone)]
pub(super) struct Field {
    documents: usize,
    /// By term, the documents that have it, in their order, with what it earns them.
    postings: Vec<Vec<(usize, f32)>>,
}

impl Field {
    /// Terms without a rarity are left out.
    pub(super) fn new(documents: &[Vec<TermId>], rarity: &Rarity) -> Self {
        let mut postings: Vec<Vec<(usize, f32)>> = vec![Vec::new(); rarity.by_term.len()];
        for (at, document) in documents.iter().enumerate() {
            for term in document {
                let Some(postings) = postings.get_mut(*term) else { continue };
                match postings.last_mut() {
                    Some((last, times)) if *last == at => *times += 1.0,
                    Some(_) | None => postings.push((at, 1.0)),
                }
            }
        }
        let mean = (documents.iter().map(Vec::len).sum::<usize>() as f32 / documents.len().max(1) as f32).max(1.0);
        for (postings, rarity) in postings.iter_mut().zip(&rarity.by_term) {
            for (document, weight) in postings {
                let length = documents.get(*document).map_or(0, Vec::len) as f32 / mean;
                *weight = rarity * *weight * (K1 + 1.0) / (*weight + K1 * (1.0 - B + B * length));
            }
        }
        Self { documents: documents.len(), postings }
    }

    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    /// How many documents have a term.
    pub(super) fn having(&self, term: TermId) -> usize {
        self.of(term).len()
    }

    /// Adds what a term earns each document, so many times.
    pub(super) fn add(&self, term: TermId, times: f32, earned: &mut [f32]) {
        for (document, weight) in self.of(term) {
            if let Some(earned) = earned.get_mut(*document) {
                *earned += times * weight;
            }
        }
    }

    /// What a term earns one document.
    pub(super) fn weight(&self, term: TermId, document: usize) -> f32 {
        let postings = self.of(term);
        let at = postings.binary_search_by_key(&document, |(document, _)| *document);
        at.ok().and_then(|at| postings.get(at)).map_or(0.0, |(_, weight)| *weight)
    }

    fn of(&self, term: TermId) -> &[(usize, f32)] {
        self.postings.get(term).map_or(&[], Vec::as_slice)
    }
}

/// How rare terms are: BM25's inverse document frequency over FAQs, not over example
/// questions, so that saying a word in each question of one FAQ does not make it common.
#[derive(Debug, Clone, Default)]
pub(super) struct Rarity {
    by_term: Vec<f32>,
    of_unknown: f32,
}

impl Rarity {
    /// `terms` is how many different ones there are: all are below it.
    pub(super) fn new(faqs: &[Vec<TermId>], terms: usize) -> Self {
        let mut having = vec![0_usize; terms];
        let mut last_seen = vec![None; terms];
        for (faq, document) in faqs.iter().enumerate() {
            for term in document {
                let (Some(having), Some(last)) = (having.get_mut(*term), last_seen.get_mut(*term)) else { continue };
                *having += usize::from(*last != Some(faq));
                *last = Some(faq);
            }
        }
        let by_term = having.iter().map(|having| rarity(faqs.len(), *having)).collect();
        Self { by_term, of_unknown: rarity(faqs.len(), 0) }
    }

    pub(super) fn of(&self, term: TermId) -> f32 {
        self.by_term.get(term).copied().unwrap_or(self.of_unknown)
    }

    /// Of a term that no FAQ has.
    pub(super) fn of_unknown(&self) -> f32 {
        self.of_unknown
    }
}

fn rarity(documents: usize, having: usize) -> f32 {
    let (documents, having) = (documents as f32, having as f32);
    (1.0 + (documents - having + 0.5) / (having + 0.5)).ln()
}
