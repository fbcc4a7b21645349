//! What only the compiled bot can tell: questions that two FAQs would answer, and tests.
//!
//! One look-up a question whose words another FAQ has, too, and one talk a test,
//! so that a big definition is judged as fast as a small one.

use std::collections::BTreeSet;

use super::super::definition::{Definition, FaqTable, Word};
use super::super::model::Bot;
use super::super::problem::{Problems, shown};
use super::super::trial::{Trial, try_all};

/// Of the score for its own FAQ: from here on another FAQ is as likely to answer.
const RIVAL_SHARE: f32 = 0.7;
/// Of what the stems of a question earn its own FAQ: below, no other one is looked for.
const CONTESTED_SHARE: f32 = 0.5;

/// W11 and W18. Returns how the tests went.
pub fn behaviour(definition: &Definition, bot: &Bot, problems: &mut Problems) -> Vec<Trial> {
    rivals(definition, bot, problems);
    let trials = try_all(bot);
    for trial in trials.iter().filter(|trial| !trial.passed) {
        let message = format!("the test expects {} and gets {}", shown(&trial.expected), shown(&trial.got));
        problems.add("W18", &trial.spot, message);
    }
    trials
}

/// Example questions for which another FAQ scores nearly as well as their own, told once a pair of FAQs.
fn rivals(definition: &Definition, bot: &Bot, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    let contested: Vec<BTreeSet<(usize, usize)>> = (0..bot.languages.len())
        .map(|language| bot.index.get(language).contested(CONTESTED_SHARE).into_iter().collect())
        .collect();
    for (at, faq) in definition.faqs.iter().enumerate() {
        for (language, place, question) in questions_of(faq, &bot.languages) {
            if !contested.get(language).is_some_and(|contested| contested.contains(&(at, place))) {
                continue;
            }
            let found = bot.index.get(language).find(&question.value, 2);
            let score_of = |own: bool| found.iter().find(|hit| (hit.faq == at) == own);
            let Some(rival) = score_of(false) else { continue };
            let own = score_of(true).map_or(0.0, |hit| hit.score);
            if rival.score < RIVAL_SHARE * own || !told.insert((at.min(rival.faq), at.max(rival.faq))) {
                continue;
            }
            let Some(other) = bot.faqs.get(rival.faq) else { continue };
            let message = format!(
                "{} fits FAQ {} nearly as well; make the questions of both differ more, or make one FAQ of them",
                shown(&question.value),
                shown(&other.id)
            );
            problems.add("W11", &question.spot, message);
        }
    }
}

/// Each question with the place of its language among the bot's, and its own among those of its language.
fn questions_of<'d>(faq: &'d FaqTable, languages: &[String]) -> Vec<(usize, usize, &'d Word)> {
    let Some(texts) = &faq.questions else { return Vec::new() };
    let plain = texts.plain.iter().flatten().enumerate().map(|(place, question)| (0, place, question));
    let written = texts.by_language.iter().filter_map(|(code, list)| {
        let language = languages.iter().position(|other| other == code)?;
        Some(list.iter().enumerate().map(move |(place, question)| (language, place, question)))
    });
    plain.chain(written.flatten()).collect()
}
