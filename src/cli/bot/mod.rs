//! `comptoir bot`: check a definition, and talk to it in a terminal.
//!
//! Nothing here touches a server or its data; what a definition means and what
//! the bot answers is [`crate::rules::bot`]'s.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{NaiveDateTime, Utc};
use clap::{Args, Subcommand};

use super::{Failure, Terminal};
use crate::protocol::admin::BotReport;
use crate::protocol::{BotTurn, FieldKind, Timestamp};
use crate::rules::bot::{self, Bot, Checked, DEFINITION_BYTES_MAX, Facts, Input, Output, State};

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
    #[command(after_help = CHAT_HELP)]
    Chat(ChatArgs),
}

const CHECK_HELP: &str = "Example:\n  comptoir bot check boutique.toml\n\n\
    Exit 0: can be published. 1: has errors (with --strict: or warnings). 2: the file cannot be read.";
const CHAT_HELP: &str = "Example:\n  comptoir bot chat boutique.toml --at 2026-12-25T10:00 --agents 0\n\n\
    Type a text, or a button's number. `:file` sends a file, `:wait` makes the wait too long, `:quit` ends.";

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

#[derive(Debug, Args)]
struct ChatArgs {
    /// The definition (TOML, format 1).
    file: PathBuf,
    /// Local time at the shop, such as 2026-12-25T10:00; now when absent.
    #[arg(long, value_parser = read_local_time)]
    at: Option<NaiveDateTime>,
    /// Agents who are there.
    #[arg(long, default_value_t = 1)]
    agents: u32,
    /// The visitor's language; the bot's first one when absent.
    #[arg(long)]
    lang: Option<String>,
}

fn read_local_time(text: &str) -> Result<NaiveDateTime, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or_else(|| "write the time like 2026-12-25T10:00".to_owned())
}

impl BotCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        self.carry_out(&mut io::stdin().lock(), terminal)
    }

    fn carry_out(self, input: &mut impl BufRead, terminal: &mut Terminal) -> Result<(), Failure> {
        match self.name {
            Name::Check(args) => check(&args, &read_file(&args.file)?, terminal),
            Name::Chat(args) => chat(&args, &read_file(&args.file)?, input, terminal),
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

fn chat(args: &ChatArgs, text: &str, input: &mut impl BufRead, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = Checked::of(text, &[]);
    let Some(bot) = checked.compile(0) else {
        let mut lines = problem_lines(&args.file, checked.report());
        lines.push("the bot has errors; mend them and try again".to_owned());
        return Err(Failure { code: 1, lines });
    };
    let facts = facts_of(args, &bot);
    let there = if bot::is_reachable(&bot, &facts) { "a person can be reached" } else { "nobody can be reached" };
    terminal.say(format_args!("({there}; `:quit` ends)"));
    let (mut state, mut outputs) = bot::step(&bot, &facts, State::new(), Input::Start);
    let mut buttons = say_outputs(&outputs, terminal).unwrap_or_default();
    let mut line = String::new();
    loop {
        // A prompt that nobody sees is no fault.
        let _ = write!(terminal.out, "> ").and_then(|()| terminal.out.flush());
        line.clear();
        let read =
            input.read_line(&mut line).map_err(|fault| Failure::new(format!("cannot read the input: {fault}")))?;
        if read == 0 || line.trim() == ":quit" {
            terminal.say("");
            return Ok(());
        }
        (state, outputs) = bot::step(&bot, &facts, state, input_of(line.trim(), buttons));
        buttons = say_outputs(&outputs, terminal).unwrap_or(buttons);
    }
}

fn facts_of(args: &ChatArgs, bot: &Bot) -> Facts {
    let now = args.at.and_then(|local| bot.at_local(local)).unwrap_or_else(|| Timestamp::from(Utc::now()));
    let lang = args.lang.clone().or_else(|| bot.languages().first().cloned()).unwrap_or_default();
    Facts { now, agents_online: args.agents, agents_free: args.agents, place: 1, lang, values: BTreeMap::new() }
}

fn input_of(line: &str, buttons: usize) -> Input {
    match line {
        ":file" => Input::DocumentShared,
        ":wait" => Input::WaitedTooLong,
        text => match text.parse::<usize>() {
            Ok(number) if (1..=buttons).contains(&number) => {
                Input::Button { index: u32::try_from(number - 1).unwrap_or(u32::MAX) }
            }
            Ok(_) | Err(_) => Input::Text(text.to_owned()),
        },
    }
}

/// Says what the bot does; how many buttons the turn has, where there was one.
fn say_outputs(outputs: &[Output], terminal: &mut Terminal) -> Option<usize> {
    let mut buttons = None;
    for output in outputs {
        match output {
            Output::Say(turn) => {
                say_turn(turn, terminal);
                buttons = Some(turn.buttons.len());
            }
            Output::Keep(details) => {
                for detail in details {
                    terminal.say(format_args!("  (kept: {} = {})", detail.label, detail.value));
                }
            }
            Output::HandOff => terminal.say("  (the conversation waits for a person)"),
            Output::LeaveMessage => terminal.say("  (the message is left and waits for an answer)"),
            Output::RemindAt { seconds } => terminal.say(format_args!("  (in {seconds} s the wait is too long)")),
            Output::Refuse(faults) => {
                for fault in faults {
                    terminal.say(format_args!("  ({}: {})", fault.field, fault.error));
                }
            }
            Output::SearchProducts { .. } => {}
            Output::Stale => terminal.say("  (nothing happens: that is not offered now)"),
            Output::Explain(why) => terminal.say(format_args!("  [{}: {}]", why.rung, why.because)),
        }
    }
    buttons
}

fn say_turn(turn: &BotTurn, terminal: &mut Terminal) {
    for said in &turn.say {
        terminal.say(said);
    }
    for field in &turn.form {
        let skip = field.skip.as_ref().map(|skip| format!(" ({skip})")).unwrap_or_default();
        terminal.say(format_args!("  form: {}{skip}", field.label));
    }
    if let Some(field) = &turn.asks {
        let options = if let FieldKind::Choice { options } = &field.kind { options.as_slice() } else { &[] };
        for option in options.iter().chain(&field.skip) {
            terminal.say(format_args!("  - {option}"));
        }
    }
    for (at, button) in turn.buttons.iter().enumerate() {
        let url = button.url.as_ref().map(|url| format!(" -> {url}")).unwrap_or_default();
        terminal.say(format_args!("  {}. {}{url}", at + 1, button.label));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
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
    fn ran(words: &[&str], typed: &str) -> (u8, String, String) {
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
}
