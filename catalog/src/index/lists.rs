//! What each product scores for a word, kept in memory while a commit is the last one.
//!
//! To score a word is to read up to six lists, to weigh each entry and to join them;
//! what comes out depends on the commit alone. Most questions are made of a few hundred
//! words, so it is kept: the next question with the word only adds it up. Which words
//! are made into lists is decided by [`super::score`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{DocId, TERMINATED};

/// Lists that are kept for one index.
const KEPT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// A word that more products have is read where it stands: its list would push out too
/// many others, and be made again and again.
pub(super) const LIST_PRODUCTS_MAX: u64 = 64 * 1024;
/// When there are too many, those that were used last stay, up to so many bytes.
const KEPT_BYTES_LEFT: usize = KEPT_BYTES_MAX / 4 * 3;
/// What a list costs besides its entries.
const LIST_BYTES: usize = 256;

/// The scores of one segment's products for a word, in order of products.
#[derive(Debug, Default)]
pub(super) struct Listed {
    docs: Vec<DocId>,
    scores: Vec<f32>,
}

/// The scores of all products for a word, by segment.
#[derive(Debug, Default)]
pub(super) struct WordList(pub Vec<Listed>);

impl Listed {
    pub fn push(&mut self, doc: DocId, score: f32) {
        self.docs.push(doc);
        self.scores.push(score);
    }

    /// Gives back what was set aside for more.
    pub fn finish(mut self) -> Self {
        self.docs.shrink_to_fit();
        self.scores.shrink_to_fit();
        self
    }
}

impl WordList {
    pub fn bytes(&self) -> usize {
        let entries: usize = self.0.iter().map(|listed| listed.docs.len()).sum();
        LIST_BYTES + entries * (size_of::<DocId>() + size_of::<f32>())
    }
}

/// A place in a list; it only goes forward.
pub(super) struct Cursor<'l> {
    docs: &'l [DocId],
    scores: &'l [f32],
}

impl<'l> Cursor<'l> {
    pub fn of(list: &'l WordList, segment: usize) -> Self {
        let listed = list.0.get(segment);
        let (docs, scores) = listed.map(|listed| (&*listed.docs, &*listed.scores)).unwrap_or_default();
        Self { docs, scores }
    }

    /// [`TERMINATED`] at the end.
    pub fn doc(&self) -> DocId {
        self.docs.first().copied().unwrap_or(TERMINATED)
    }

    /// The products before `end`, which is not more than `most` products away, with their scores.
    pub fn before(&mut self, end: DocId, most: usize) -> (&'l [DocId], &'l [f32]) {
        let near = self.docs.get(..most.min(self.docs.len())).unwrap_or_default();
        self.pass(near.partition_point(|doc| *doc < end))
    }

    /// What a product scores, if it has the word; asked in their order.
    pub fn score(&mut self, doc: DocId) -> Option<f32> {
        let mut step = 1;
        while self.docs.get(step).is_some_and(|next| *next <= doc) {
            self.pass(step);
            step *= 2;
        }
        let near = self.docs.get(..step.min(self.docs.len())).unwrap_or_default();
        self.pass(near.partition_point(|next| *next < doc));
        self.scores.first().copied().filter(|_| self.doc() == doc)
    }

    fn pass(&mut self, count: usize) -> (&'l [DocId], &'l [f32]) {
        let (passed, docs) = self.docs.split_at_checked(count).unwrap_or_default();
        let (scores, rest) = self.scores.split_at_checked(count).unwrap_or_default();
        (self.docs, self.scores) = (docs, rest);
        (passed, scores)
    }
}

/// The lists that are kept, by stem.
#[derive(Debug, Default)]
pub(super) struct Lists(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    lists: HashMap<String, Used>,
    bytes: usize,
    /// Grows by one with each use.
    uses: u64,
}

#[derive(Debug)]
struct Used {
    list: Arc<WordList>,
    last: u64,
}

impl Lists {
    pub fn of(&self, stem: &str) -> Option<Arc<WordList>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let now = kept.uses;
        let used = kept.lists.get_mut(stem)?;
        used.last = now;
        Some(used.list.clone())
    }

    pub fn keep(&self, stem: &str, list: &Arc<WordList>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        kept.bytes += list.bytes();
        let used = Used { list: list.clone(), last: kept.uses };
        if let Some(before) = kept.lists.insert(stem.to_owned(), used) {
            kept.bytes -= before.list.bytes();
        }
        if kept.bytes > KEPT_BYTES_MAX {
            kept.shrink();
        }
    }
}

impl Kept {
    /// Leaves the lists that were used last.
    fn shrink(&mut self) {
        let mut by_use: Vec<(u64, usize)> = self.lists.values().map(|used| (used.last, used.list.bytes())).collect();
        by_use.sort_unstable_by_key(|(last, _)| std::cmp::Reverse(*last));
        let mut bytes = 0;
        let stays = by_use.iter().take_while(|(_, more)| {
            bytes += more;
            bytes <= KEPT_BYTES_LEFT
        });
        let oldest = stays.last().map_or(u64::MAX, |(last, _)| *last);
        self.lists.retain(|_, used| used.last >= oldest);
        self.bytes = self.lists.values().map(|used| used.list.bytes()).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(docs: impl IntoIterator<Item = DocId>) -> WordList {
        let mut listed = Listed::default();
        docs.into_iter().for_each(|doc| listed.push(doc, doc as f32));
        WordList(vec![listed.finish()])
    }

    #[test]
    fn a_cursor_passes_windows_and_finds_products_in_their_order() {
        let list = list((0..1_000).map(|doc| doc * 3));
        let mut cursor = Cursor::of(&list, 0);
        assert_eq!(cursor.before(7, 7).0, [0, 3, 6]);
        assert_eq!(cursor.before(9, 2).0, [] as [DocId; 0]);
        assert_eq!((cursor.score(9), cursor.score(10), cursor.score(12)), (Some(9.0), None, Some(12.0)));
        assert_eq!(
            (cursor.score(2_001), cursor.score(2_997), cursor.score(2_998)),
            (Some(2_001.0), Some(2_997.0), None)
        );
        assert_eq!(cursor.doc(), TERMINATED);
        assert_eq!(Cursor::of(&list, 1).doc(), TERMINATED);
    }

    #[test]
    fn lists_stay_within_their_bytes_and_the_last_used_ones_stay() {
        let lists = Lists::default();
        let long = Arc::new(list(0..200_000));
        for number in 0..100 {
            lists.keep(&format!("word{number}"), &long);
            assert!(lists.of("word0").is_some(), "used each time");
        }
        let kept = lists.0.lock().unwrap();
        assert!(kept.bytes <= KEPT_BYTES_MAX);
        assert_eq!(kept.bytes, kept.lists.len() * long.bytes());
        assert!(kept.lists.contains_key("word99") && !kept.lists.contains_key("word1"));
    }

    #[test]
    fn lists_of_one_question_stay_within_their_bytes_too() {
        let lists = Lists::default();
        let long = Arc::new(list(0..200_000));
        // All are asked for before any is kept.
        (0..100).for_each(|number| lists.keep(&number.to_string(), &long));
        assert!(lists.0.lock().unwrap().bytes <= KEPT_BYTES_MAX);
    }
}
