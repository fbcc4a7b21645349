//! `comptoir serve`: the real server, until it is told to stop.

use actix_rt::System;
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

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
    let mut signals = Signals::new()?;
    let mut app = App::start(config).await.map_err(Failure::new)?;
    terminal.say(format_args!("Comptoir listens on http://{}", app.address()));
    tokio::select! {
        () = signals.wait() => {}
        error = app.broken() => {
            tracing::error!(%error, "a commit failed on the disk; stopping, since trying again would prove nothing");
            return Err(Failure::new(format!("a commit failed on the disk: {error}; check the disk, then start again")));
        }
    }
    actix_rt::spawn(async move {
        signals.wait().await;
        tracing::warn!("stopped at once by a second signal; what was acknowledged is on disk");
        std::process::exit(1);
    });
    app.stop().await;
    Ok(())
}

/// What a service manager or a keyboard sends to end a process.
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    pub(super) fn new() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(|error| Failure::new(format!("signals cannot be received: {error}")));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    pub(super) async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
