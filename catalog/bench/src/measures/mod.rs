//! The measures. Each answers one JSON object and nothing else.
//!
//! | measure | what is timed |
//! |-|-|
//! | [`feed`] | nothing: writes the feed, and one with another price in 1 % of the products |
//! | [`alone`] | cutting the CSV and nothing else; reading it as products; indexing and nothing else |
//! | [`search`] | the ranked search, and every beginning of each query as type-ahead |
//! | [`suggest`] | what an agent is offered after a message |
//! | [`update`] | a changed price, from the request until a search shows it |
//! | [`fts5`], [`postgres`] | the same queries, their words joined by OR, in the peers |

mod alone;
mod feed;
mod fts5;
mod peers;
mod postgres;
mod search;
mod suggest;
mod update;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use comptoir_silver::English;
use serde_json::{Value, json};

use crate::Failure;

/// A feed of more products has one row for each: a feed is at most a million rows.
const WITH_VARIANTS_UP_TO: u64 = 500_000;

#[derive(Debug, Args)]
pub struct Asked {
    pub name: Name,
    #[arg(long)]
    pub products: u64,
    /// The run's folder
    #[arg(long)]
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Name {
    Feed,
    Parse,
    Index,
    Search,
    Fts5,
    Postgres,
    Read,
    Suggest,
    Update,
}

pub fn carry_out(asked: &Asked) -> Result<Value, Failure> {
    match asked.name {
        Name::Feed => feed::write(asked),
        Name::Parse => alone::parse(asked),
        Name::Index => alone::index(asked),
        Name::Search => search::search(asked),
        Name::Fts5 => fts5::measure(asked),
        Name::Postgres => postgres::measure(asked),
        Name::Read => alone::read(asked),
        Name::Suggest => suggest::measure(asked),
        Name::Update => update::measure(asked),
    }
}

impl Asked {
    pub fn shop(&self) -> English {
        let shop = English::new(self.products);
        if self.products > WITH_VARIANTS_UP_TO { shop.without_variants() } else { shop }
    }

    pub fn feed(&self) -> PathBuf {
        self.folder.join("feed.csv")
    }

    pub fn changed_feed(&self) -> PathBuf {
        self.folder.join("changed.csv")
    }
}

/// The program of the merchant, built beside this one.
pub fn comptoir() -> Result<PathBuf, Failure> {
    let path = std::env::current_exe()?.with_file_name("comptoir");
    if path.exists() {
        Ok(path)
    } else {
        Err("`comptoir` is not built beside the bench; type `make bench-catalog`".into())
    }
}

/// The time of each call, best known by its middle and its worst hundredth.
pub fn timed<T>(
    questions: impl IntoIterator<Item = T>,
    mut ask: impl FnMut(T) -> Result<(), Failure>,
) -> Result<Value, Failure> {
    let mut times = Vec::new();
    let before = on_the_cpu();
    for question in questions {
        let began = Instant::now();
        ask(question)?;
        times.push(began.elapsed());
    }
    let on_the_cpu = on_the_cpu().saturating_sub(before);
    Ok(with_mean(percentiles(&times), on_the_cpu, times.len()))
}

/// Adds what a call took of the processor, which other programs do not lengthen.
pub fn with_mean(mut measured: Value, on_the_cpu: Duration, calls: usize) -> Value {
    if let Some(measured) = measured.as_object_mut() {
        measured.insert("cpu_ms".to_owned(), json!(on_the_cpu.as_secs_f64() * 1e3 / calls.max(1) as f64));
    }
    measured
}

/// What all threads of this process took of the processor so far, by Linux's account.
pub fn on_the_cpu() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let spent = threads.filter_map(|thread| {
        let account = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        account.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(spent.sum())
}

pub fn percentiles(times: &[Duration]) -> Value {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = |hundredths: usize| {
        let place = (times.len() * hundredths / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    json!({"asked": times.len(), "p50_ms": at(50), "p95_ms": at(95), "p99_ms": at(99), "worst_ms": at(100)})
}
