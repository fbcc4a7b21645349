//! The command line, one file a command.
//!
//! A command answers with an exit code: 0 done, 1 failed, 2 asked wrongly or
//! configured wrongly. Sentences for people go to the writers in [`Terminal`].

mod admin;
mod bot;
mod catalog;
mod config;
mod demo;
mod healthcheck;
mod logging;
mod running;
mod serve;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Layers};
pub use terminal::Terminal;

/// What a command answers when it did not do it.
#[derive(Debug)]
pub struct Failure {
    pub code: u8,
    /// One line each.
    pub lines: Vec<String>,
}

#[derive(Debug, Parser)]
#[command(
    name = "comptoir",
    version,
    about = "A self-hosted live chat for online stores",
    arg_required_else_help = true
)]
struct Command {
    #[command(subcommand)]
    name: Name,
}

#[derive(Debug, Subcommand)]
enum Name {
    Serve(serve::Serve),
    Demo(demo::Demo),
    Admin(admin::Admin),
    Bot(bot::BotCommand),
    Catalog(catalog::CatalogCommand),
    Config(config::ConfigCommand),
    Healthcheck(healthcheck::Healthcheck),
}

/// What every command that reads the configuration takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The configuration file [default: ./comptoir.toml, then /etc/comptoir/comptoir.toml]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The data folder [default: ./data]
    #[arg(long, value_name = "DIR")]
    pub data: Option<String>,
}

impl Common {
    fn layers(&self) -> Layers {
        Layers::of_process(self.config.clone()).flag("--data", "data.dir", self.data.clone())
    }

    /// # Errors
    /// Exit code 2 with every fault of the configuration.
    pub fn load(&self) -> Result<Config, Failure> {
        load(&self.layers())
    }
}

fn load(layers: &Layers) -> Result<Config, Failure> {
    Config::load(layers).map_err(|faults| Failure { code: 2, lines: faults.iter().map(ToString::to_string).collect() })
}

impl Failure {
    #[must_use]
    pub fn new(error: impl std::fmt::Display) -> Self {
        Self { code: 1, lines: vec![error.to_string()] }
    }
}

/// Carries out what the process was asked for.
#[must_use]
pub fn run() -> ExitCode {
    let command = Command::parse();
    let mut terminal = Terminal::standard();
    let outcome = match command.name {
        Name::Serve(command) => command.run(&mut terminal),
        Name::Demo(command) => command.run(&mut terminal),
        Name::Admin(command) => command.run(&mut terminal),
        Name::Bot(command) => command.run(&mut terminal),
        Name::Catalog(command) => command.run(&mut terminal),
        Name::Config(command) => command.run(&mut terminal),
        Name::Healthcheck(command) => command.run(&mut terminal),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in &failure.lines {
                terminal.complain(line);
            }
            ExitCode::from(failure.code)
        }
    }
}
