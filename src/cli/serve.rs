//! `comptoir serve`: the real server, until it is told to stop.

use actix_rt::System;
use clap::Args;

use super::running::{self, Signals};
use super::{Common, Failure, Terminal, load, logging};
use crate::app::App;
use crate::config::Config;

/// Run the server
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  comptoir serve --data /var/lib/comptoir --public-url https://chat.example.com")]
pub struct Serve {
    #[command(flatten)]
    common: Common,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The address that browsers use; needed beyond this machine
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

impl Serve {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let layers = self.common.layers().flag("--listen", "server.listen", self.listen).flag(
            "--public-url",
            "server.public_url",
            self.public_url,
        );
        let config = load(&layers)?;
        logging::start(&config.log);
        System::new().block_on(serve(config, terminal))
    }
}

async fn serve(config: Config, terminal: &mut Terminal) -> Result<(), Failure> {
    let signals = Signals::new()?;
    let stop_seconds = config.server.stop_seconds;
    let app = App::start(config).await.map_err(Failure::new)?;
    terminal.say(format_args!("Comptoir listens on http://{}", app.address()));
    if let Some(link) = app.setup_link().await.map_err(Failure::new)? {
        terminal.say(format_args!("There is no admin yet. Make the first one within an hour, at\n  {link}"));
    }
    running::until_stopped(app, signals, stop_seconds, async {}).await
}
