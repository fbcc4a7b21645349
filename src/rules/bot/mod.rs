//! The bot: what answers a visitor first, from one definition a site.
//!
//! A definition (TOML, format 1, explained to merchants in `docs/bot.md`) is
//! read (`read`), judged in one pass (`check`) and compiled (`compile`) to a
//! [`Bot`]. From then on everything is one pure function, [`step`]: bot, facts,
//! state and input in; state and outputs out. The live conversation, the command
//! line and later the preview call this one.
//!
//! Deliberately absent: the clock, presence and place in line (they come in as
//! [`Facts`]), storing and sending (they leave as [`Output`]s), which stage a
//! conversation is in ([`crate::rules::conversation`] decides that and refuses
//! clicks on earlier turns). FAQs, products and tests of the format come with a
//! later release; the checks say so to whoever writes them.
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
#[allow(dead_code, reason = "filled and read by what comes next")]
mod model;
mod phrase;
mod problem;
mod read;
pub mod rung;
mod state;
pub mod talk;
#[cfg(test)]
mod tests;
mod turn;
mod words;

use chrono::NaiveDateTime;

pub use hours::at_local;
pub use model::{Bot, NextTo, PRODUCTS_MAX};
pub use problem::is_error;
pub use read::DEFINITION_BYTES_MAX;
pub use state::{Facts, Input, Output, ProductQuery, State};
pub use talk::{Talk, take_search};
pub use turn::{is_reachable, start_turn, step};

use crate::protocol::Timestamp;
use crate::protocol::admin::BotReport;
use problem::Problems;

/// So long after a close a visitor who writes again is [`Input::Return`]ing.
pub const NEXT_TO_HOURS: i64 = 24;

/// A definition read and judged.
pub struct Checked {
    definition: Option<definition::Definition>,
    report: BotReport,
    counts: Counts,
}

/// What a definition contains, for its last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub steps: usize,
    pub fields: usize,
    pub languages: usize,
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
        let definition = read::read(toml, &mut problems);
        if let Some(definition) = &definition {
            check::check(definition, origins, &mut problems);
        }
        let counts = definition.as_ref().map_or_else(Counts::default, |definition| Counts {
            steps: definition.steps.len(),
            fields: definition.fields.len(),
            languages: definition.bot.languages.len(),
        });
        let problems = problems.sorted();
        let errors = problems.iter().filter(|problem| is_error(problem)).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let report = BotReport {
            steps: count(counts.steps),
            errors: count(errors),
            warnings: count(problems.len() - errors),
            problems,
            version: None,
        };
        Self { definition, report, counts }
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
        let definition = self.definition.as_ref().filter(|_| self.report.errors == 0)?;
        compile::compile(definition, version)
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
