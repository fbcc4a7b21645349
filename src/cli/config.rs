//! `comptoir config check` and `comptoir config show`; neither opens anything.

use clap::{Args, Subcommand};

use super::{Common, Failure, Terminal};

/// Check or show the configuration
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  comptoir config check --config /etc/comptoir/comptoir.toml")]
pub struct ConfigCommand {
    #[command(subcommand)]
    name: Name,
}

#[derive(Debug, Subcommand)]
enum Name {
    /// Exit 0 when a server would accept it, 2 with every fault otherwise
    Check {
        #[command(flatten)]
        common: Common,
    },
    /// Every setting with the value that a server would use
    Show {
        #[command(flatten)]
        common: Common,
    },
}

impl ConfigCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        match self.name {
            Name::Check { common } => {
                common.load()?;
                terminal.say("The configuration is good.");
            }
            Name::Show { common } => terminal.say(common.load()?.to_toml().trim_end()),
        }
        Ok(())
    }
}
