//! The bot: what answers a visitor first, from one definition a site.
//!
//! A definition (TOML, format 1, explained to merchants in `docs/bot.md`) is
//! read (`read`), judged in one pass (`check`) and compiled (`compile`) to a
//! [`Bot`]. The console's editor holds it as a [`structure()`], which [`write()`]
//! turns into TOML again. From then on everything is one pure function, [`step`]: bot, facts,
//! state and input in; state and outputs out. The live conversation, the command
//! line and later the preview call this one.
//!
//! Deliberately absent: the clock, presence and place in line (they come in as
//! [`Facts`]), storing and sending (they leave as [`Output`]s), which stage a
//! conversation is in ([`crate::rules::conversation`] decides that and refuses
//! clicks on earlier turns).
//!
//! Invariant: from every state in which the bot speaks there is a way to a
//! person or, while nobody is reachable, to a message left.

mod answer;
mod check;
mod compile;
mod definition;
pub mod difference;
pub mod faq;
mod hours;
mod keywords;
mod known;
mod model;
mod phrase;
mod problem;
mod read;
#[cfg(test)]
pub mod recorded;
pub mod rung;
mod schema;
mod state;
mod structure;
pub mod talk;
mod templates;
#[cfg(test)]
mod tests;
mod trial;
mod turn;
mod words;
mod write;

use chrono::NaiveDateTime;

pub use hours::at_local;
pub use model::{Bot, NextTo, PRODUCTS_MAX};
pub use problem::is_error;
pub use read::DEFINITION_BYTES_MAX;
pub use schema::schema;
pub use state::{Facts, Input, Output, ProductQuery, State};
pub use structure::structure;
pub use talk::{Talk, take_search};
pub use templates::templates;
pub use trial::Trial;
pub use turn::{is_reachable, start_turn, step};
pub use write::write;

use crate::protocol::Timestamp;
use crate::protocol::admin::BotReport;
use problem::Problems;

/// So long after a close a visitor who writes again is [`Input::Return`]ing.
pub const NEXT_TO_HOURS: i64 = 24;

/// A definition read and judged.
pub struct Checked {
    /// None while there are errors.
    bot: Option<Bot>,
    report: BotReport,
    counts: Counts,
    trials: Vec<Trial>,
}

/// What a definition contains, for its last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub steps: usize,
    pub faqs: usize,
    /// Of all FAQs, in all languages.
    pub questions: usize,
    pub tests: usize,
}

impl Checked {
    /// Reads and judges; every problem is in the report, by line.
    ///
    /// `origins` are those of the site (`https://shop.example`): links elsewhere
    /// are warned of. Without any, hosts are not judged.
    #[must_use]
    pub fn of(toml: &str, origins: &[String]) -> Self {
        // Some editors put a mark before the first character.
        let toml = toml.strip_prefix('\u{feff}').unwrap_or(toml);
        let mut problems = Problems::default();
        let read = read::read(toml, &mut problems);
        if let Some(definition) = &read {
            check::check(definition, origins, &mut problems);
        }
        let definition = read.unwrap_or_default();
        let bot = if problems.has_errors() { None } else { compile::compile(&definition, 0) };
        let trials = bot.as_ref().map(|bot| check::behaviour(&definition, bot, &mut problems)).unwrap_or_default();
        let counts = Counts {
            steps: definition.steps.len(),
            faqs: definition.faqs.len(),
            questions: check::questions_of(&definition).len(),
            tests: definition.tests.len(),
        };
        let mut problems = problems.sorted();
        for problem in &mut problems {
            problem.pointer = read::in_structure(&problem.pointer, &definition);
        }
        let errors = problems.iter().filter(|problem| is_error(problem)).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let report = BotReport {
            steps: count(counts.steps),
            errors: count(errors),
            warnings: count(problems.len() - errors),
            problems,
            version: None,
        };
        Self { bot, report, counts, trials }
    }

    #[must_use]
    pub fn report(&self) -> &BotReport {
        &self.report
    }

    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The bot as version `version`; none while there are errors.
    #[must_use]
    pub fn compile(&self, version: u32) -> Option<Bot> {
        self.bot.clone().map(|bot| Bot { version, ..bot })
    }

    /// How the definition's tests went; none ran while there are errors.
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }
}

/// The problems of a definition.
#[must_use]
pub fn check(toml: &str, origins: &[String]) -> BotReport {
    Checked::of(toml, origins).report
}

/// The bot of a definition, as version `version`.
///
/// # Errors
/// The report, when it has errors.
pub fn compile(toml: &str, version: u32) -> Result<Bot, BotReport> {
    let checked = Checked::of(toml, &[]);
    checked.compile(version).ok_or(checked.report)
}

impl Bot {
    /// The moment of a local time at the shop: one that summer time skips moves
    /// forward, a doubled one is its first.
    #[must_use]
    pub fn at_local(&self, local: NaiveDateTime) -> Option<Timestamp> {
        hours::at_local(local, self.zone)
    }
}
