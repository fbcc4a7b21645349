//! `comptoir bot chat`: a talk with a bot in this terminal, with why under every turn.
//!
//! There is no catalog here: what the bot would search for is said, and nothing is found.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::PathBuf;

use chrono::{NaiveDateTime, Utc};
use clap::Args;

use super::super::{Failure, Terminal};
use super::problem_lines;
use crate::protocol::bot_desk::PreviewOutcome;
use crate::protocol::{BotTurn, BotWhy, FieldKind, Timestamp};
use crate::rules::bot::talk::{Talk, Turn};
use crate::rules::bot::{self, Bot, Checked, Facts, Input, ProductQuery};

pub const HELP: &str = "Example:\n  comptoir bot chat boutique.toml --at 2026-12-25T10:00 --agents 0\n\n\
    Type a text, or a button's number. `:file` sends a file, `:wait` makes the wait too long, `:gone` sends \
    the last agent away, `:quit` ends.";

#[derive(Debug, Args)]
pub struct ChatArgs {
    /// The definition (TOML, format 1).
    pub(super) file: PathBuf,
    /// Local time at the shop, such as 2026-12-25T10:00; now when absent.
    #[arg(long, value_parser = read_local_time)]
    at: Option<NaiveDateTime>,
    /// Agents who are there.
    #[arg(long, default_value_t = 1)]
    agents: u32,
    /// The visitor's language; the bot's first one when absent.
    #[arg(long)]
    lang: Option<String>,
    /// Answer each input with one JSON object on a line.
    #[arg(long)]
    json: bool,
}

fn read_local_time(text: &str) -> Result<NaiveDateTime, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or_else(|| "write the time like 2026-12-25T10:00".to_owned())
}

/// Talks until the input ends.
///
/// # Errors
/// The problems of a definition that cannot be published; an input that cannot be read.
pub fn chat(args: &ChatArgs, text: &str, input: &mut impl BufRead, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = Checked::of(text, &[]);
    let Some(bot) = checked.compile(0) else {
        let mut lines = problem_lines(&args.file, checked.report());
        lines.push("the bot has errors; mend them and try again".to_owned());
        return Err(Failure { code: 1, lines });
    };
    let mut talk = Talk::new(&bot, facts_of(args, &bot));
    if !args.json {
        let there =
            if bot::is_reachable(&bot, &talk.facts) { "a person can be reached" } else { "nobody can be reached" };
        terminal.say(format_args!("({there}; `:quit` ends)"));
    }
    let mut buttons = 0;
    let mut next = Some(Input::Start);
    while let Some(input_now) = next {
        let turn = talk.tell_with(input_now, |query, _| {
            if !args.json {
                say_query(query, terminal);
            }
            Vec::new()
        });
        if let Some(said) = &turn.turn {
            buttons = said.buttons.len();
        }
        say(&turn, args.json, terminal)?;
        next = read_input(buttons, args.json, input, terminal)?;
    }
    Ok(())
}

/// The next line as an input; none at the end.
fn read_input(
    buttons: usize,
    json: bool,
    input: &mut impl BufRead,
    terminal: &mut Terminal,
) -> Result<Option<Input>, Failure> {
    if !json {
        // A prompt that nobody sees is no fault.
        let _ = write!(terminal.out, "> ").and_then(|()| terminal.out.flush());
    }
    let mut line = String::new();
    let read = input.read_line(&mut line).map_err(|fault| Failure::new(format!("cannot read the input: {fault}")))?;
    if read == 0 || line.trim() == ":quit" {
        if !json {
            terminal.say("");
        }
        return Ok(None);
    }
    Ok(Some(input_of(line.trim(), buttons)))
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
        ":gone" => Input::NobodyLeft,
        text => match text.parse::<usize>() {
            Ok(number) if (1..=buttons).contains(&number) => {
                Input::Button { index: u32::try_from(number - 1).unwrap_or(u32::MAX) }
            }
            Ok(_) | Err(_) => Input::Text(text.to_owned()),
        },
    }
}

fn say(turn: &Turn, json: bool, terminal: &mut Terminal) -> Result<(), Failure> {
    if json {
        terminal.say(serde_json::to_string(turn).map_err(Failure::new)?);
        return Ok(());
    }
    for detail in &turn.kept {
        terminal.say(format_args!("  (kept: {} = {})", detail.label, detail.value));
    }
    match turn.outcome {
        Some(PreviewOutcome::Waiting) => terminal.say("  (the conversation waits for a person)"),
        Some(PreviewOutcome::MessageLeft) => terminal.say("  (the message is left and waits for an answer)"),
        None => {}
    }
    if let Some(said) = &turn.turn {
        say_turn(said, terminal);
    }
    if let Some(seconds) = turn.remind {
        terminal.say(format_args!("  (in {seconds} s the wait is too long)"));
    }
    for fault in &turn.faults {
        terminal.say(format_args!("  ({}: {})", fault.field, fault.error));
    }
    if turn.stale {
        terminal.say("  (nothing happens: that is not offered now)");
    }
    if let Some(why) = &turn.why {
        terminal.say(format_args!("  [{}]", in_words(why)));
    }
    Ok(())
}

fn say_query(query: &ProductQuery, terminal: &mut Terminal) {
    match query {
        ProductQuery::Words { text, price_max, in_stock: _, values } => {
            let price = price_max.iter().map(|price| format!(", at most {price}"));
            let values = values.iter().map(|(name, value)| format!(", {name} = {value}"));
            let filters: String = price.chain(values).collect();
            terminal.say(format_args!("  (the catalog would be searched for `{text}`{filters}; there is none here)"));
        }
        ProductQuery::Named { text } => {
            terminal.say(format_args!("  (a product called `{text}` would be looked for; there is no catalog here)"));
        }
    }
}

/// The rung, what it was for, and the FAQs that came nearest.
fn in_words(why: &BotWhy) -> String {
    let mut words = format!("{}: {}", why.rung, why.because);
    for scored in &why.best {
        let score = f64::from(scored.score) / 1_000.0;
        let because = if scored.words.is_empty() { String::new() } else { format!(" ({})", scored.words.join(", ")) };
        words.push_str(&format!("; `{}` {score:.3}{because}", scored.faq));
    }
    words
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
    for card in &turn.cards {
        terminal.say(format_args!("  * {} {}", card.title, card.variant));
    }
    for (at, button) in turn.buttons.iter().enumerate() {
        let url = button.url.as_ref().map(|url| format!(" -> {url}")).unwrap_or_default();
        terminal.say(format_args!("  {}. {}{url}", at + 1, button.label));
    }
}
