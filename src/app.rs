//! Starts the parts in order and stops them in reverse.
//!
//! Order: data folder and its lock, address, database and its migrations, writer,
//! listeners. Nothing that was acknowledged depends on a clean stop: a kill at any
//! point loses nothing.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::{HttpServer, web};
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::http::{self, health::Health};
use crate::store::folder::{DataFolder, FolderError};
use crate::store::{Database, SqliteLog, StoreError, Writer};

/// How long open connections may finish once the sockets were told to go.
const DRAIN_SECONDS: u64 = 2;
/// Connections that the system holds while the server is still starting.
const BACKLOG: u32 = 1024;

/// Why a server did not start; each a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("{0} is in use by another program; stop that, or choose another address with --listen, like --listen 127.0.0.1:{port}", port = .0.port().wrapping_add(1).max(1024))]
    AddressInUse(SocketAddr),
    #[error("cannot listen on {address}: {error}; choose another address with --listen")]
    Listen { address: SocketAddr, error: io::Error },
    #[error("the data folder `{}` was not opened: {error}", dir.display())]
    Store { dir: PathBuf, error: StoreError },
}

/// A running server.
pub struct App {
    address: SocketAddr,
    server: ServerHandle,
    /// Ends when the listeners have.
    ended: JoinHandle<io::Result<()>>,
    health: web::Data<Health>,
    database: Database,
    writer: Writer,
    /// Given back last.
    folder: DataFolder,
}

impl App {
    /// Starts all parts; must run inside an actix system.
    ///
    /// # Errors
    /// [`StartError`], with nothing left behind but the folder.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        Self::start_with(config, |_| {}).await
    }

    /// As [`App::start`], with routes of the caller's beside ours: the demo's start page.
    ///
    /// # Errors
    /// As [`App::start`].
    pub async fn start_with(
        config: Config,
        more: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> Result<Self, StartError> {
        let folder = DataFolder::hold(&config.data.dir)?;
        // Before the database, so that a start that cannot serve changes no data.
        let listener = listen(config.server.listen)?;
        let address = listener.local_addr().unwrap_or(config.server.listen);
        let database = Database::open(folder.dir())
            .await
            .map_err(|error| StartError::Store { dir: folder.dir().to_owned(), error })?;
        let (_log, writer) = SqliteLog::start(&database);
        let health = web::Data::from(Arc::new(Health::new(database.clone())));

        let shared = health.clone();
        let server = HttpServer::new(move || {
            actix_web::App::new()
                .wrap(from_fn(http::headers::dress))
                .app_data(shared.clone())
                .configure(more.clone())
                .configure(http::routes)
        })
        .workers(workers(&config))
        .backlog(BACKLOG)
        .disable_signals()
        .shutdown_timeout(DRAIN_SECONDS)
        .listen(listener)
        .map_err(|error| StartError::Listen { address, error })?
        .run();
        let handle = server.handle();
        let ended = actix_rt::spawn(server);
        tracing::info!(%address, data = %folder.dir().display(), "listening");
        Ok(Self { address, server: handle, ended, health, database, writer, folder })
    }

    /// Where it listens; with port 0 in the configuration, the one it got.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the disk has refused a commit: the process must end then, and the next start
    /// reads what is really there.
    pub async fn broken(&mut self) -> StoreError {
        self.writer.failed().await
    }

    /// Stops in reverse and gives the folder back.
    pub async fn stop(self) {
        self.health.drain();
        self.server.stop(true).await;
        match self.ended.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the listeners ended with an error"),
            Err(error) => tracing::warn!(%error, "the listeners did not end"),
        }
        if let Err(error) = self.writer.stop().await {
            tracing::error!(%error, "the last commits failed");
        }
        self.database.close().await;
        drop(self.folder);
        tracing::info!("stopped");
    }
}

fn workers(config: &Config) -> usize {
    match config.server.workers {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        count => count,
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::AddressInUse(address),
        _ => StartError::Listen { address, error },
    })
}
