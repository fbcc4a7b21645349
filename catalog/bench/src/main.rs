//! The catalog's figures, each beside its goal, in one run on the same generated rows.
//!
//! | part | what it does |
//! |-|-|
//! | [`plan`] | which measures in which order, for one number of products |
//! | [`child`] | a measure in a process of its own, so that peaks of memory do not mix |
//! | [`measures`] | the measures; what they measure is said there |
//! | [`figures`] | figures with their goals, as a table and as JSON |
//!
//! Times depend on the machine and on what else it does: the load is printed
//! beside every figure. Ratios are firm, since both sides ran in the same minutes.

mod child;
mod figures;
mod measures;
mod plan;
mod questions;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// What a measure or the plan fails with; it is told and ends the run.
type Failure = Box<dyn Error + Send + Sync>;

#[derive(Debug, Parser)]
#[command(about = "Measures the catalog beside its goals, SQLite FTS5 and Postgres")]
struct Arguments {
    #[command(subcommand)]
    measure: Option<Alone>,
    /// How many products, one run for each
    #[arg(long, value_delimiter = ',', default_value = "43000,1000000")]
    sizes: Vec<u64>,
    /// Where feeds, indexes and databases of the run are put [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Also write the figures into this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// FTS5 and Postgres are asked up to so many products; beyond, they take most of an hour
    #[arg(long, default_value_t = 100_000)]
    peers_up_to: u64,
}

#[derive(Debug, Subcommand)]
enum Alone {
    /// One measure alone, as the plan runs it: one line of JSON
    Measure(measures::Asked),
}

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let mut out = std::io::stdout().lock();
    if let Some(Alone::Measure(asked)) = arguments.measure {
        writeln!(out, "{}", measures::carry_out(&asked)?)?;
        return Ok(());
    }
    let mut figures = figures::Figures::default();
    for size in arguments.sizes {
        let plan = plan::Plan::new(size, arguments.folder.as_deref(), size <= arguments.peers_up_to)?;
        plan.carry_out(&mut figures)?;
    }
    figures.table(&mut out)?;
    if let Some(path) = arguments.json {
        std::fs::write(path, figures.json().to_string())?;
    }
    Ok(())
}
