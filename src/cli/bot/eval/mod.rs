//! `comptoir bot eval`: how well questions that people typed find the FAQ they are about.
//!
//! Files are read in [`read`], texts asked and counted in [`measure`]. Only FAQ
//! matching is measured: buttons, keywords and products of a definition are not asked.

mod measure;
mod read;

use std::path::PathBuf;

use clap::Args;
use comptoir_catalog::words::Lang;
use serde::Serialize;

use super::super::{Failure, Terminal};
use crate::rules::bot::faq::FaqIndex;
use measure::{ANSWER_ABOVE, Figures, SUGGEST_ABOVE};
use read::Sets;

pub(super) const HELP: &str = "Examples:\n  comptoir bot eval --faq faq.tsv --test test.tsv --lang fr\n  \
    comptoir bot eval --train banking77/train_5 --test banking77/test --typos --json\n\n\
    Files: one `id<TAB>question` a line, without a header; in the test, the id of the FAQ that should answer, or\n\
    `none` where nothing should. Folders: `seq.in` (a text a line) and `label` (its id, on the same line).\n\n\
    Figures, at answer_above 0.30 and suggest_above 0.15:\n  \
    helped                 answered rightly, or the right FAQ among the buttons; share of the texts in scope\n  \
    wrong_direct           wrong answers among those given directly\n  \
    out_of_scope_answered  texts marked `none` that got an answer, among those marked `none`; 0 without any\n  \
    top1, top3             the right FAQ is the best, is among the best three, whatever is done with it\n\n\
    Lines that cannot be used are told with their number on standard error and left out.\n\
    Exit 0: measured. 2: a file cannot be read, or has no line that can be used.";

#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// The FAQs' questions: `id<TAB>question` lines.
    #[arg(long, value_name = "FILE", required_unless_present = "train", conflicts_with = "train")]
    faq: Option<PathBuf>,
    /// The same from a folder with `seq.in` and `label`; --test is then one, too.
    #[arg(long, value_name = "DIR")]
    train: Option<PathBuf>,
    /// What people typed, with the id of the FAQ that should answer, or `none`.
    #[arg(long, value_name = "FILE|DIR")]
    test: PathBuf,
    /// The questions' language, such as fr; guessed from them when absent.
    #[arg(long)]
    lang: Option<String>,
    /// Spoil the texts first: one random edit (fixed seed) in a quarter of the words longer than 3 letters.
    #[arg(long)]
    typos: bool,
    /// Answer as one JSON object; shares are of 1.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    lang: &'a str,
    faqs: usize,
    questions: usize,
    typos: bool,
    answer_above: f32,
    suggest_above: f32,
    /// Lines that could not be used.
    left_out: usize,
    #[serde(flatten)]
    figures: Figures,
}

pub(super) fn run(args: &EvalArgs, terminal: &mut Terminal) -> Result<(), Failure> {
    let sets = match (&args.faq, &args.train) {
        (Some(faq), _) => read::of_tables(faq, &args.test)?,
        (None, Some(train)) => read::of_folders(train, &args.test)?,
        (None, None) => return Err(Failure { code: 2, lines: vec!["give --faq or --train".to_owned()] }),
    };
    for fault in &sets.faults.told {
        terminal.complain(fault);
    }
    if sets.faults.count > sets.faults.told.len() {
        terminal.complain(format_args!("{} lines in all could not be used", sets.faults.count));
    }
    let lang = args.lang.clone().unwrap_or_else(|| guessed(&sets));
    let index = FaqIndex::new(&lang, &sets.faqs);
    let answer = Answer {
        lang: &lang,
        faqs: sets.faqs.len(),
        questions: sets.faqs.iter().map(Vec::len).sum(),
        typos: args.typos,
        answer_above: ANSWER_ABOVE,
        suggest_above: SUGGEST_ABOVE,
        left_out: sets.faults.count,
        figures: measure::measure(&index, &sets.tests, args.typos),
    };
    if args.json {
        terminal.say(serde_json::to_string_pretty(&answer).map_err(Failure::new)?);
    } else {
        answer.say(terminal);
    }
    Ok(())
}

/// The language that the example questions are written in, English when it cannot be told.
fn guessed(sets: &Sets) -> String {
    let questions: Vec<&str> = sets.faqs.iter().flatten().map(String::as_str).collect();
    Lang::guess(&questions.join("\n")).unwrap_or_default().tag().to_owned()
}

impl Answer<'_> {
    fn say(&self, terminal: &mut Terminal) {
        let Self { lang, faqs, questions, figures, .. } = self;
        let typos = if self.typos { ", with typos" } else { "" };
        terminal.say(format_args!(
            "{faqs} FAQs, {questions} questions ({lang}); {} texts{typos}, {} more out of scope",
            figures.tests, figures.out_of_scope
        ));
        for (name, share, meaning) in [
            ("helped", figures.helped, "answered rightly, or the right FAQ among the buttons"),
            ("wrong direct", figures.wrong_direct, "wrong among the answers given directly"),
            ("out of scope answered", figures.out_of_scope_answered, "of the texts that nothing should answer"),
            ("top 1", figures.top1, "the right FAQ is the best one"),
            ("top 3", figures.top3, "the right FAQ is among the best three"),
            ("answered", figures.answered, "directly, rightly or wrongly"),
            ("offered", figures.offered, "up to three buttons"),
        ] {
            terminal.say(format_args!("{name:<22} {:>5.1} %  {meaning}", 100.0 * share));
        }
    }
}

#[cfg(test)]
mod tests;
