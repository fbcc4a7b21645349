//! `comptoir bot`: check a definition, run its tests ([`test`]), talk to it ([`chat`]), measure its matching ([`eval`]).
//!
//! Nothing here touches a server or its data; what a definition means and what
//! the bot answers is [`crate::rules::bot`]'s.

mod chat;
mod eval;
mod test;

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Failure, Terminal};
use crate::protocol::admin::BotReport;
use crate::rules::bot::{self, Checked, DEFINITION_BYTES_MAX};

/// Check a bot's definition, or talk to it in this terminal
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  comptoir bot check boutique.toml")]
pub struct BotCommand {
    #[command(subcommand)]
    name: Name,
}

#[derive(Debug, Subcommand)]
enum Name {
    /// Every problem with its line and what to write; exit 0 when it can be published
    #[command(after_help = CHECK_HELP)]
    Check(CheckArgs),
    /// Talk to a bot at any time of day and with any presence
    #[command(after_help = chat::HELP)]
    Chat(chat::ChatArgs),
    /// Run the tests that the definition carries: what each expects, what it gets, and why
    #[command(after_help = test::HELP)]
    Test(test::TestArgs),
    /// Print the JSON Schema of a definition, for editors that complete and check TOML
    #[command(after_help = "Example:\n  comptoir bot schema > bot.schema.json")]
    Schema,
    /// How well questions that people typed find the FAQ they are about
    #[command(after_help = eval::HELP)]
    Eval(eval::EvalArgs),
}

const CHECK_HELP: &str = "Example:\n  comptoir bot check boutique.toml\n\n\
    Exit 0: can be published. 1: has errors (with --strict: or warnings). 2: the file cannot be read.";
#[derive(Debug, Args)]
struct CheckArgs {
    /// The definition (TOML, format 1).
    file: PathBuf,
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
    /// Warnings fail too.
    #[arg(long)]
    strict: bool,
    /// The store's origin, such as https://boutique.example: links elsewhere are warned of. May be repeated.
    #[arg(long, value_name = "ORIGIN")]
    origin: Vec<String>,
}

impl BotCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        self.carry_out(&mut io::stdin().lock(), terminal)
    }

    fn carry_out(self, input: &mut impl BufRead, terminal: &mut Terminal) -> Result<(), Failure> {
        match self.name {
            Name::Check(args) => check(&args, &read_file(&args.file)?, terminal),
            Name::Test(args) => test::run(&args, &read_file(&args.file)?, terminal),
            Name::Schema => {
                terminal.say(serde_json::to_string_pretty(&bot::schema()).map_err(Failure::new)?);
                Ok(())
            }
            Name::Chat(args) => chat::chat(&args, &read_file(&args.file)?, input, terminal),
            Name::Eval(args) => eval::run(&args, terminal),
        }
    }
}

fn unreadable(fault: String) -> Failure {
    Failure { code: 2, lines: vec![fault] }
}

/// At most one byte more than a definition may have: enough to be told so.
fn read_file(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let file =
        File::open(path).map_err(|fault| unreadable(format!("cannot open `{shown}`: {fault}; check the path")))?;
    let bytes_max = u64::try_from(DEFINITION_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = file.take(bytes_max).read_to_end(&mut bytes);
    read.map_err(|fault| unreadable(format!("cannot read `{shown}`: {fault}")))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        // A character cut by the bound is no fault of the file's encoding.
        Err(fault) if fault.as_bytes().len() > DEFINITION_BYTES_MAX => {
            Ok(String::from_utf8_lossy(fault.as_bytes()).into_owned())
        }
        Err(fault) => {
            let at = fault.utf8_error().valid_up_to();
            Err(unreadable(format!("`{shown}` is not UTF-8 (byte {at}); save it as UTF-8 and try again")))
        }
    }
}

fn check(args: &CheckArgs, text: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = Checked::of(text, &args.origin);
    let report = checked.report();
    if args.json {
        terminal.say(serde_json::to_string_pretty(report).map_err(Failure::new)?);
    } else {
        for line in problem_lines(&args.file, report) {
            terminal.say(line);
        }
        let counts = checked.counts();
        terminal.say(format_args!(
            "{}, {}, {}, {}: {}, {}",
            counted(counts.steps, "step"),
            counted(counts.faqs, "FAQ"),
            counted(counts.questions, "question"),
            counted(counts.tests, "test"),
            counted(report.errors as usize, "error"),
            counted(report.warnings as usize, "warning"),
        ));
    }
    let failed = report.errors > 0 || (args.strict && report.warnings > 0);
    // The problems have been said; the exit code says the rest.
    if failed { Err(Failure { code: 1, lines: Vec::new() }) } else { Ok(()) }
}

fn problem_lines(file: &Path, report: &BotReport) -> Vec<String> {
    let line =
        |p: &crate::protocol::admin::BotProblem| format!("{}:{}: {} {}", file.display(), p.line, p.code, p.message);
    report.problems.iter().map(line).collect()
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::Write;
    use std::rc::Rc;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        bot: BotCommand,
    }

    const LAMPS: &str = "tests/fixtures/bots/lampes.toml";
    const BROKEN: &str = "tests/fixtures/bots/e03-step.toml";

    /// A writer whose text can be read afterwards.
    #[derive(Clone, Default)]
    struct Paper(Rc<RefCell<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Exit code, what was said, what was complained of.
    pub(super) fn ran(words: &[&str], typed: &str) -> (u8, String, String) {
        let command = Line::parse_from(std::iter::once("comptoir bot").chain(words.iter().copied())).bot;
        let paper = Paper::default();
        let mut terminal = Terminal { out: Box::new(paper.clone()), err: Box::new(io::sink()) };
        let outcome = command.carry_out(&mut typed.as_bytes(), &mut terminal);
        let failure = outcome.err();
        let code = failure.as_ref().map_or(0, |failure| failure.code);
        let out = String::from_utf8(paper.0.borrow().clone()).unwrap();
        (code, out, failure.map(|failure| failure.lines.join("\n")).unwrap_or_default())
    }

    #[test]
    fn a_clean_definition_ends_with_a_line_of_counts_and_zero() {
        let (code, out, _) = ran(&["check", LAMPS], "");
        assert_eq!((code, out.as_str()), (0, "5 steps, 0 FAQs, 0 questions, 0 tests: 0 errors, 0 warnings\n"));
    }

    #[test]
    fn the_tests_of_a_definition_are_told_one_by_one() {
        let (code, out, _) = ran(&["test", "tests/fixtures/bots/atelier.toml"], "");
        assert_eq!(code, 0, "{out}");
        assert!(out.contains("`ma tase est arrivé cassé` gets `faq:casse`"), "{out}");
        assert!(out.ends_with("2 tests: 2 passed, 0 failed\n"), "{out}");
        let failing = "tests/fixtures/bots/w18-test.toml";
        let (code, out, _) = ran(&["test", failing], "");
        assert_eq!(code, 1);
        assert!(out.contains("`Bonjour / Une personne` expects `@leave_message` and gets `@handoff`"), "{out}");
        let (_, out, _) = ran(&["test", failing, "--json"], "");
        let outcome: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&outcome["passed"], &outcome["failed"]), (&0.into(), &3.into()), "{out}");
        assert_eq!(outcome["tests"][1]["why"]["rung"], "keyword");
        assert_eq!(ran(&["test", BROKEN], "").0, 1);
        assert_eq!(ran(&["test", "tests/fixtures/bots/absent.toml"], "").0, 2);
    }

    #[test]
    fn a_dangling_step_is_told_with_file_line_and_what_was_meant() {
        let (code, out, _) = ran(&["check", BROKEN], "");
        assert_eq!(code, 1);
        assert!(out.starts_with(&format!("{BROKEN}:22: E03 no step `suivit`; did you mean `suivi`?\n")), "{out}");
    }

    #[test]
    fn json_carries_code_line_and_pointer() {
        let (_, out, _) = ran(&["check", BROKEN, "--json"], "");
        let report: BotReport = serde_json::from_str(&out).unwrap();
        assert_eq!(report.problems[0].pointer, "/steps/0/buttons/0/goto");
    }

    #[test]
    fn warnings_fail_only_when_strict() {
        let file = "tests/fixtures/bots/w04-field.toml";
        assert_eq!(ran(&["check", file], "").0, 0);
        assert_eq!(ran(&["check", file, "--strict"], "").0, 1);
    }

    #[test]
    fn what_cannot_be_read_ends_with_two_and_a_remedy() {
        let (code, _, faults) = ran(&["check", "tests/fixtures/bots/absent.toml"], "");
        assert_eq!(code, 2);
        assert!(faults.contains("check the path"), "{faults}");
        let latin = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(latin.path(), b"nom = \"L\xe9a\"").unwrap();
        let (code, _, faults) = ran(&["check", &latin.path().display().to_string()], "");
        assert_eq!(code, 2);
        assert!(faults.contains("save it as UTF-8"), "{faults}");
    }

    #[test]
    fn on_christmas_day_a_terminal_talk_ends_in_a_message_left() {
        let typed = "conseiller\nMa lampe clignote.\nLéa\nlea@exemple.fr\nPas de téléphone\n";
        let (code, out, _) = ran(&["chat", LAMPS, "--at", "2026-12-25T10:00"], typed);
        assert_eq!(code, 0);
        assert!(out.contains("(nobody can be reached; `:quit` ends)"), "{out}");
        assert!(out.contains("nous sommes de retour demain à 10:00."), "{out}");
        assert!(out.contains("(the message is left and waits for an answer)"), "{out}");
        assert!(out.contains("Bien reçu, Léa. La réponse partira vers lea@exemple.fr."), "{out}");
    }

    #[test]
    fn a_terminal_talk_as_json_is_one_object_a_turn() {
        let (_, out, _) = ran(&["chat", LAMPS, "--at", "2026-11-26T10:00", "--json"], "conseiller\nLéa\n:quit\n");
        let turns: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(turns.len(), 3, "{out}");
        assert_eq!(turns[1]["why"]["rung"], "keyword");
        assert_eq!(turns[2]["outcome"], "waiting");
        assert_eq!(turns[2]["kept"][0]["value"], "Léa");
    }
}
