//! The life of a server in a terminal or under a service manager: signals, the disk's last word, the stop.

use std::future::Future;
use std::sync::mpsc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Failure;
use crate::app::App;

/// What a stop may take beyond `server.stop_seconds` before the process gives up on it.
const GRACE: Duration = Duration::from_secs(5);

/// What a service manager or a keyboard sends to end a process.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From now on they no longer end the process by themselves.
    pub fn new() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(|error| Failure::new(format!("signals cannot be received: {error}")));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Serves until a signal asks to stop, then stops `first` and the server. A second signal ends
/// the process at once, and so does a stop that hangs: neither loses anything.
pub(super) async fn until_stopped(
    mut app: App,
    mut signals: Signals,
    stop_seconds: u32,
    first: impl Future<Output = ()>,
) -> Result<(), Failure> {
    tokio::select! {
        () = signals.wait() => {}
        error = app.broken() => {
            tracing::error!(%error, "a commit failed on the disk; stopping, since trying again would prove nothing");
            return Err(Failure::new(format!("a commit failed on the disk: {error}; check the disk, then start again")));
        }
    }
    let stopped = watch(Duration::from_secs(stop_seconds.into()) + GRACE);
    actix_rt::spawn(async move {
        signals.wait().await;
        tracing::warn!("stopped at once by a second signal; what was acknowledged is on disk");
        std::process::exit(1);
    });
    first.await;
    app.stop().await;
    drop(stopped);
    Ok(())
}

/// Ends the process unless the answer is dropped in time; on a thread, since what hangs may be the runtime.
fn watch(limit: Duration) -> mpsc::Sender<()> {
    let (alive, ended) = mpsc::channel();
    std::thread::spawn(move || {
        if ended.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::error!("the stop did not end in time; leaving now, what was acknowledged is on disk");
            std::process::exit(1);
        }
    });
    alive
}
