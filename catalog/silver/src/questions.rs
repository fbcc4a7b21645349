//! Queries and what they should find, and the errors of hasty fingers.

use std::collections::HashMap;
use std::io::{self, Write};

use comptoir_catalog::model::ProductId;

use crate::pick::Pick;

/// Shorter words are typed without a slip: hardly a search corrects them.
const SLIP_LETTERS_MIN: usize = 4;

/// How a want is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Plain,
    /// One letter of one word is wrong.
    Typo,
    /// In a sentence to the shop, of wordings that may be tuned on.
    Chat,
    /// In a sentence of wordings that are kept for judging.
    ChatUntuned,
    /// One product that the customer knows by its name.
    Known,
    Plural,
    Unaccented,
    UpperCase,
    /// With `l'`, `d'` or `qu'` before a word.
    Elided,
}

impl Kind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Typo => "typo",
            Self::Chat => "chat",
            Self::ChatUntuned => "chat-untuned",
            Self::Known => "known",
            Self::Plural => "plural",
            Self::Unaccented => "unaccented",
            Self::UpperCase => "upper-case",
            Self::Elided => "elided",
        }
    }
}

/// One text that is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub kind: Kind,
    pub id: String,
    /// What is wanted; queries of one need have the same judgments.
    pub need: String,
    pub text: String,
}

/// Queries with their judgments.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    pub queries: Vec<Query>,
    /// By need: products with their grade, 2 exact or 1 partial. What is absent is 0.
    pub judgments: HashMap<String, Vec<(ProductId, u8)>>,
}

impl Judged {
    /// Writes the two tables that `comptoir catalog eval` reads.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, queries: &mut impl Write, qrels: &mut impl Write) -> io::Result<()> {
        for Query { kind, id, need, text } in &self.queries {
            writeln!(queries, "{}\t{id}\t{need}\t{text}", kind.name())?;
        }
        let mut needs: Vec<&String> = self.judgments.keys().collect();
        needs.sort();
        for need in needs {
            for (product, grade) in self.judgments.get(need).into_iter().flatten() {
                writeln!(qrels, "{need}\t{product}\t{grade}")?;
            }
        }
        Ok(())
    }

    /// nDCG@10 of an answer to a need: gain 1 and one half over log2(rank + 1), the
    /// ideal from all judgments; an empty answer is worth nothing.
    #[must_use]
    pub fn ndcg<'p>(&self, need: &str, answer: impl IntoIterator<Item = &'p ProductId>) -> f64 {
        let Some(judgments) = self.judgments.get(need) else { return 0.0 };
        let gain = |grade: u8| f64::from(grade) / 2.0;
        let grades: HashMap<&ProductId, u8> = judgments.iter().map(|(product, grade)| (product, *grade)).collect();
        let mut ideal: Vec<u8> = judgments.iter().map(|(_, grade)| *grade).collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        let best = discounted(ideal.into_iter().map(gain));
        let found = answer.into_iter().map(|product| grades.get(product).copied().map_or(0.0, gain));
        if best > 0.0 { discounted(found) / best } else { 0.0 }
    }
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(10).zip(2_u32..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}

/// A need while its queries are written.
pub(crate) struct Need<'j> {
    judged: &'j mut Judged,
    name: String,
}

impl<'j> Need<'j> {
    pub fn new(judged: &'j mut Judged, name: String, grades: impl IntoIterator<Item = (ProductId, u8)>) -> Self {
        judged.judgments.insert(name.clone(), grades.into_iter().collect());
        Self { judged, name }
    }

    pub fn ask(&mut self, kind: Kind, text: String) {
        let id = format!("{}-{}", self.name, kind.name());
        self.judged.queries.push(Query { kind, id, need: self.name.clone(), text });
    }
}

/// The text with one slip in one of its longer words: a letter doubled, left out,
/// swapped with the next or replaced by its neighbour. The first letter stays.
pub(crate) fn typo(text: &str, pick: &mut Pick) -> String {
    const NEIGHBOURS: &str = "qwertyuiopasdfghjklzxcvbnm";
    let mut words: Vec<Vec<char>> = text.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> =
        words.iter().enumerate().filter(|(_, word)| word.len() >= SLIP_LETTERS_MIN).map(|(place, _)| place).collect();
    if long.is_empty() {
        return text.to_owned();
    }
    let Some(word) = words.get_mut(pick.one(&long)) else { return text.to_owned() };
    let at = pick.between(1, word.len() - 2);
    let Some(letter) = word.get(at).copied() else { return text.to_owned() };
    match pick.below(4) {
        0 => word.insert(at, letter),
        1 if word.get(at + 1) != Some(&letter) => word.swap(at, at + 1),
        2 => {
            let place = NEIGHBOURS.find(letter).unwrap_or_default();
            let beside = NEIGHBOURS.chars().nth(place + 1).unwrap_or('p');
            if let Some(letter) = word.get_mut(at) {
                *letter = beside;
            }
        }
        _ => {
            word.remove(at);
        }
    }
    words.iter().map(|word| word.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_changes_one_word_and_keeps_its_first_letter() {
        let mut pick = Pick::of(1, 1);
        for _ in 0..500 {
            let slipped = typo("red walnut coffee table", &mut pick);
            let changed: Vec<(&str, &str)> = "red walnut coffee table"
                .split(' ')
                .zip(slipped.split(' '))
                .filter(|(one, other)| one != other)
                .collect();
            assert!(changed.len() <= 1 && slipped.starts_with("red "), "{slipped}");
            assert!(changed.iter().all(|(one, other)| one.get(..1) == other.get(..1)), "{slipped}");
        }
    }

    #[test]
    fn the_best_order_is_worth_one() {
        let id = |text| ProductId::new(text).unwrap_or_else(|_| unreachable!());
        let mut judged = Judged::default();
        Need::new(&mut judged, "n".to_owned(), [(id("A"), 1), (id("B"), 2)]);
        assert!((judged.ndcg("n", [&id("B"), &id("A")]) - 1.0).abs() < 1e-9);
        assert!(judged.ndcg("n", [&id("A"), &id("B")]) < 1.0);
        assert!(judged.ndcg("n", []).abs() < 1e-9);
    }
}
