//! Which short texts are alike, so that the same question typed in many ways is one group.
//!
//! A text is its words without endings, each weighing the more the rarer it is among the texts;
//! words of grammar and talk weigh little, numbers are all one, a slip of the keyboard is read as
//! the frequent word that it is one letter away from. Two texts are as alike as the angle between
//! them says. Groups form around leaders, never along chains: a text joins the leader that it is
//! most like, so the ends of a group are never strangers to its middle.
//!
//! Everything is decided by the texts alone: the same ones give the same groups, in any order.

use std::collections::{BTreeMap, HashMap};

use comptoir_catalog::words::{Analysis, Lang, Weight, errors, fold};

/// Characters and words of a text that are read.
pub const TEXT_CHARS_MAX: usize = 500;
const WORDS_MAX: usize = 64;

/// From this likeness on (0 to 1) a text belongs to a group.
const ALIKE_MIN: f32 = 0.5;

/// What a word of talk and one of grammar weigh beside a telling one.
const CHAT_WEIGHT: f32 = 0.5;
const STOP_WEIGHT: f32 = 0.1;

/// Shorter words are taken as they are typed: too many are one letter apart.
const SLIP_CHARS_MIN: usize = 5;
/// A word is the slip of another that was typed so many times more often.
const SLIP_TIMES_MIN: u32 = 3;

/// One text, with how often it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub text: &'a str,
    pub count: u32,
}

/// Texts that are alike, by their place in the list; the one nearest to all others first.
pub type Group = Vec<usize>;

/// What makes two spellings one text: lower case, no accents, no punctuation. A text of nothing
/// but signs is itself.
#[must_use]
pub fn normal(text: &str) -> String {
    let read: String = text.trim().chars().take(TEXT_CHARS_MAX).collect();
    let folded = fold(&read);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { read } else { words.join(" ") }
}

/// Groups texts of one language; each is in exactly one group.
#[must_use]
pub fn groups(lang: &str, texts: &[Text<'_>]) -> Vec<Group> {
    let vectors = vectors(lang, texts);
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by(|a, b| rank(texts, *a).cmp(&rank(texts, *b)));
    let mut leaders = Leaders::default();
    let mut groups: Vec<Group> = Vec::new();
    for text in order {
        let Some(vector) = vectors.get(text) else { continue };
        match leaders.nearest(vector).filter(|(_, likeness)| *likeness >= ALIKE_MIN) {
            Some((leader, _)) => groups.get_mut(leader).into_iter().for_each(|group| group.push(text)),
            None => {
                leaders.add(vector);
                groups.push(vec![text]);
            }
        }
    }
    for group in &mut groups {
        put_nearest_first(group, texts, &vectors);
    }
    groups
}

/// The most frequent first; among those the shorter one.
fn rank<'a>(texts: &[Text<'a>], at: usize) -> (std::cmp::Reverse<u32>, usize, &'a str) {
    texts
        .get(at)
        .map_or((std::cmp::Reverse(0), 0, ""), |text| (std::cmp::Reverse(text.count), text.text.len(), text.text))
}

/// Features with their weights, by feature; of length 1.
type Vector = Vec<(u32, f32)>;

fn vectors(lang: &str, texts: &[Text<'_>]) -> Vec<Vector> {
    let analysis = Analysis::of(Lang::of_tag(lang));
    let read: Vec<Vec<Term>> = texts.iter().map(|text| terms(&analysis, text.text)).collect();
    let slips = Slips::among(texts.iter().map(|text| text.count).zip(&read));
    let mut features: HashMap<String, (u32, u32)> = HashMap::new();
    let mut bags: Vec<BTreeMap<u32, f32>> = Vec::with_capacity(read.len());
    for terms in &read {
        let mut bag = BTreeMap::new();
        for term in terms {
            let name = slips.meant(&term.folded).map_or_else(|| term.stem.clone(), |meant| analysis.stem(meant));
            let next = u32::try_from(features.len()).unwrap_or(u32::MAX);
            let (feature, texts) = features.entry(name).or_insert((next, 0));
            if bag.insert(*feature, term.weight).is_none() {
                *texts += 1;
            }
        }
        bags.push(bag);
    }
    let mut frequency = vec![0_u32; features.len()];
    for (feature, texts) in features.values() {
        if let Some(place) = frequency.get_mut(*feature as usize) {
            *place = *texts;
        }
    }
    bags.into_iter().map(|bag| weighed(bag, &frequency, texts.len())).collect()
}

#[allow(clippy::cast_precision_loss, reason = "counts of texts, far below what an f32 holds exactly")]
fn weighed(bag: BTreeMap<u32, f32>, frequency: &[u32], all: usize) -> Vector {
    let rarity = |feature: u32| {
        let texts = frequency.get(feature as usize).copied().unwrap_or(1).max(1);
        (1.0 + all as f32 / texts as f32).ln()
    };
    let vector: Vector = bag.into_iter().map(|(feature, weight)| (feature, weight * rarity(feature))).collect();
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    vector.into_iter().map(|(feature, weight)| (feature, weight / length)).collect()
}

struct Term {
    folded: String,
    stem: String,
    weight: f32,
}

/// Any number stands for all: who asks for order 1204 asks what who asks for order 87 does.
const NUMBER: &str = "#";

fn terms(analysis: &Analysis, text: &str) -> Vec<Term> {
    let read: String = text.chars().take(TEXT_CHARS_MAX).collect();
    let words = analysis.words(&read).into_iter().take(WORDS_MAX);
    let mut terms: Vec<Term> = words
        .map(|word| {
            let weight = match word.weight {
                Weight::Plain => 1.0,
                Weight::Chat => CHAT_WEIGHT,
                Weight::Stop => STOP_WEIGHT,
            };
            if word.folded.contains(|c: char| c.is_ascii_digit()) {
                Term { folded: NUMBER.to_owned(), stem: NUMBER.to_owned(), weight: CHAT_WEIGHT }
            } else {
                Term { folded: word.folded, stem: word.stem, weight }
            }
        })
        .collect();
    if terms.is_empty() {
        let whole = normal(text);
        terms.push(Term { folded: whole.clone(), stem: whole, weight: 1.0 });
    }
    terms
}

/// Slips of the keyboard, by what was meant.
#[derive(Default)]
struct Slips(HashMap<String, String>);

impl Slips {
    fn among<'a>(read: impl Iterator<Item = (u32, &'a Vec<Term>)>) -> Self {
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for (count, terms) in read {
            for term in terms.iter().filter(|term| term.folded.chars().count() >= SLIP_CHARS_MIN) {
                *times.entry(&term.folded).or_default() += count;
            }
        }
        // Two words that are one edit apart have a form in common when each may lose a letter.
        let mut by_form: HashMap<String, Vec<&str>> = HashMap::new();
        for (word, _) in times.iter().filter(|(_, count)| **count >= SLIP_TIMES_MIN) {
            for form in forms(word) {
                by_form.entry(form).or_default().push(word);
            }
        }
        let meant = |word: &str, count: u32| {
            let near = forms(word).into_iter().filter_map(|form| by_form.get(&form)).flatten();
            let more = near.filter_map(|near| Some((*times.get(*near)?, *near)));
            let more = more.filter(|(often, near)| *near != word && *often >= count * SLIP_TIMES_MIN);
            more.filter(|(_, near)| is_one_edit(word, near))
                .max_by_key(|(often, near)| (*often, std::cmp::Reverse(*near)))
        };
        let slips =
            times.iter().filter_map(|(word, count)| Some(((*word).to_owned(), meant(word, *count)?.1.to_owned())));
        Self(slips.collect())
    }

    fn meant(&self, folded: &str) -> Option<&str> {
        self.0.get(folded).map(String::as_str)
    }
}

/// The word, and what it is without each of its letters.
fn forms(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let without = |at: usize| letters.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, c)| *c).collect();
    std::iter::once(word.to_owned()).chain((0..letters.len()).map(without)).collect()
}

/// The first letter is seldom mistyped.
fn is_one_edit(typed: &str, word: &str) -> bool {
    let letters: Vec<char> = typed.chars().collect();
    letters.first().copied() == word.chars().next() && errors(&letters, word) == 1
}

/// The first text of each group, found by what they share with another.
#[derive(Default)]
struct Leaders {
    count: usize,
    /// By feature: leaders that have it, and with which weight.
    postings: HashMap<u32, Vec<(usize, f32)>>,
    /// By leader: the sums of the text that is looked at.
    sums: Vec<f32>,
}

impl Leaders {
    fn add(&mut self, vector: &Vector) {
        for (feature, weight) in vector {
            self.postings.entry(*feature).or_default().push((self.count, *weight));
        }
        self.count += 1;
        self.sums.push(0.0);
    }

    fn nearest(&mut self, vector: &Vector) -> Option<(usize, f32)> {
        let mut met = Vec::new();
        for (feature, weight) in vector {
            for (leader, other) in self.postings.get(feature).into_iter().flatten() {
                let Some(sum) = self.sums.get_mut(*leader) else { continue };
                if *sum == 0.0 {
                    met.push(*leader);
                }
                *sum += weight * other;
            }
        }
        let mut best: Option<(usize, f32)> = None;
        for leader in met {
            let sum = self.sums.get_mut(leader).map(std::mem::take).unwrap_or_default();
            if best.is_none_or(|(known, most)| sum > most || (sum >= most && leader < known)) {
                best = Some((leader, sum));
            }
        }
        best
    }
}

/// The text nearest to all others, each as often as it was typed; then the others by how often.
#[allow(clippy::cast_precision_loss, reason = "counts of texts, far below what an f32 holds exactly")]
fn put_nearest_first(group: &mut Group, texts: &[Text<'_>], vectors: &[Vector]) {
    let mut middle: HashMap<u32, f32> = HashMap::new();
    for text in group.iter() {
        let times = texts.get(*text).map_or(1.0, |text| text.count as f32);
        for (feature, weight) in vectors.get(*text).into_iter().flatten() {
            *middle.entry(*feature).or_default() += times * weight;
        }
    }
    let nearness = |text: &usize| -> f32 {
        vectors.get(*text).into_iter().flatten().map(|(f, weight)| weight * middle.get(f).copied().unwrap_or(0.0)).sum()
    };
    group.sort_by(|a, b| rank(texts, *a).cmp(&rank(texts, *b)));
    let scored: Vec<(usize, f32)> = group.iter().map(|text| (*text, nearness(text))).collect();
    // The first of those that are equally near, so the most frequent one; sums differ in their last digits.
    const EQUAL: f32 = 1e-4;
    let most = scored.iter().map(|(_, near)| *near).fold(0.0, f32::max);
    if let Some(place) = scored.iter().position(|(_, near)| *near >= most * (1.0 - EQUAL))
        && let Some(part) = group.get_mut(..=place)
    {
        part.rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped<'a>(lang: &str, texts: &[(&'a str, u32)]) -> Vec<Vec<&'a str>> {
        let given: Vec<Text<'_>> = texts.iter().map(|(text, count)| Text { text, count: *count }).collect();
        groups(lang, &given).into_iter().map(|group| group.into_iter().map(|at| texts[at].0).collect()).collect()
    }

    #[test]
    fn a_question_typed_in_many_ways_is_one_group_and_others_stay_apart() {
        let french = [
            ("ou est mon colis", 5),
            ("ou et mon coli", 1),
            ("il est où mon colis svp", 2),
            ("mon colis est arrivé abîmé", 3),
            ("colis abimé à l'arrivée", 1),
            ("vous livrez en belgique ?", 4),
            ("vous livrez en belgque", 1),
        ];
        let groups = grouped("fr", &french);
        assert_eq!(
            groups,
            [
                vec!["ou est mon colis", "il est où mon colis svp", "ou et mon coli"],
                vec!["vous livrez en belgique ?", "vous livrez en belgque"],
                vec!["mon colis est arrivé abîmé", "colis abimé à l'arrivée"],
            ]
        );
    }

    #[test]
    fn the_order_in_which_texts_come_changes_nothing() {
        let mut texts = vec![
            ("red dress", 2),
            ("red dresses", 2),
            ("dress for a wedding", 1),
            ("wedding list", 3),
            ("wedding lists", 1),
        ];
        let mut first = grouped("en", &texts);
        first.sort();
        for _ in 0..texts.len() {
            texts.rotate_left(1);
            let mut again = grouped("en", &texts);
            again.sort();
            assert_eq!(again, first);
        }
    }

    #[test]
    fn texts_that_are_alike_one_by_one_do_not_chain_into_one_group() {
        let chain = [
            ("lampe bureau", 1),
            ("bureau chêne", 1),
            ("chêne massif", 1),
            ("massif vosges", 1),
            ("vosges randonnée", 1),
            ("randonnée chaussures", 1),
        ];
        assert!(grouped("fr", &chain).iter().all(|group| group.len() <= 3), "{:?}", grouped("fr", &chain));
    }

    #[test]
    fn odd_texts_are_each_in_one_group_and_never_disturb_the_others() {
        let long = "a".repeat(64 * 1024);
        let odd = [
            ("", 1),
            ("😀😀", 2),
            ("???", 1),
            ("שלום עולם", 1),
            ("<b>hi</b>", 1),
            ("(a+)+$", 1),
            (long.as_str(), 1),
            ("commande 1204", 3),
            ("commande 87", 1),
        ];
        for lang in ["fr", "en", "xx", ""] {
            let groups = grouped(lang, &odd);
            assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), odd.len());
            assert!(groups.contains(&vec!["commande 1204", "commande 87"]), "{lang}: {groups:?}");
        }
        assert!(groups("fr", &[]).is_empty());
    }

    #[test]
    fn spellings_of_one_text_are_one_and_a_text_of_signs_is_itself() {
        for spelling in ["Où est mon colis ?", "ou est  mon COLIS", "«où est mon colis»!"] {
            assert_eq!(normal(spelling), "ou est mon colis");
        }
        assert_eq!((normal(" 😀😀 "), normal("???"), normal("  ")), ("😀😀".into(), "???".into(), String::new()));
        assert_eq!(normal(&"é".repeat(4_000)).chars().count(), TEXT_CHARS_MAX);
    }

    #[test]
    fn a_slip_is_read_as_what_is_typed_more_often_and_never_as_what_is_as_rare() {
        let slips = |texts: &[(&str, u32)]| grouped("fr", texts).len();
        assert_eq!(slips(&[("porcelaine", 3), ("porcelaien", 1), ("procelaine", 1), ("porcelane", 1)]), 1);
        assert_eq!(slips(&[("tasse", 1), ("tisse", 1)]), 2);
        assert_eq!(slips(&[("robe", 9), ("rose", 1)]), 2, "short words are taken as they are");
    }
}
