//! `comptoir bot test`: what each `[[test]]` of a definition expects, and what it gets.
//!
//! The tests run with the checks ([`Checked`]); here they are told, one by one.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{counted, problem_lines};
use crate::cli::{Failure, Terminal};
use crate::rules::bot::{Checked, Trial};

pub(super) const HELP: &str = "Example:\n  comptoir bot test boutique.toml\n\n\
    Exit 0: every test gets what it expects. 1: one does not, or the definition has errors. 2: the file cannot be read.\n\
    There is no catalog here: a search for products finds nothing.";

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// The definition (TOML, format 1).
    pub file: PathBuf,
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Outcome<'t> {
    passed: usize,
    failed: usize,
    tests: &'t [Trial],
}

pub(super) fn run(args: &TestArgs, text: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = Checked::of(text, &[]);
    if checked.report().errors > 0 {
        if args.json {
            terminal.say(serde_json::to_string_pretty(checked.report()).map_err(Failure::new)?);
            return Err(Failure { code: 1, lines: Vec::new() });
        }
        let mut lines = problem_lines(&args.file, checked.report());
        lines.push("the bot has errors; mend them and try again".to_owned());
        return Err(Failure { code: 1, lines });
    }
    let tests = checked.trials();
    let passed = tests.iter().filter(|test| test.passed).count();
    let failed = tests.len() - passed;
    if args.json {
        let outcome = Outcome { passed, failed, tests };
        terminal.say(serde_json::to_string_pretty(&outcome).map_err(Failure::new)?);
    } else {
        for test in tests {
            terminal.say(told(test, &args.file.display().to_string()));
        }
        terminal.say(format_args!("{}: {passed} passed, {failed} failed", counted(tests.len(), "test")));
    }
    if failed > 0 { Err(Failure { code: 1, lines: Vec::new() }) } else { Ok(()) }
}

/// One line a test, and a second one that says why where it fails.
fn told(test: &Trial, file: &str) -> String {
    let said = test.say.join(" / ");
    if test.passed {
        return format!("ok    {file}:{} `{said}` gets `{}`", test.line, test.got);
    }
    format!(
        "FAIL  {file}:{} `{said}` expects `{}` and gets `{}`\n      [{}: {}]",
        test.line, test.expected, test.got, test.why.rung, test.why.because
    )
}
