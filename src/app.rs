//! Starts the parts in order and stops them in reverse.
//!
//! Order: data folder and its lock, address, database and its migrations, files,
//! writer, catalogs, what the routes share, sessions, listeners. Nothing that was acknowledged
//! depends on a clean stop: a kill at any point loses nothing.

mod chores;
mod inputs;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{Data, ServiceConfig};
use tokio::task::JoinHandle;

use crate::actors::Desk;
use crate::actors::ports::Ports;
use crate::config::Config;
use crate::files::Folder;
use crate::http::catalog::Shop;
use crate::http::finder::ShopFinder;
use crate::http::front::{Front, FrontSettings};
use crate::http::origin::Origin;
use crate::http::setup::SetupLink;
use crate::http::{self, health::Health};
use crate::jobs::catalog::fetch::{FetchLimits, FetchRules, Fetcher};
use crate::jobs::catalog::{Catalog, CatalogError, Importer};
use crate::protocol::Refusal;
use crate::store::folder::{DataFolder, FolderError};
use crate::store::log::ConversationLog;
use crate::store::{Database, Sites, SqliteLog, StoreError, Writer};
pub use inputs::{FreshIds, WallClock};

/// How long open connections may finish once the sockets were told to go.
const DRAIN_SECONDS: u64 = 2;
/// Connections that the system holds while the server is still starting.
const BACKLOG: u32 = 1024;

/// Why a server did not start; each a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(
        "{0} is in use by another program; stop that, or choose another address with --listen, like --listen 127.0.0.1:{port}",
        port = .0.port().wrapping_add(1).max(1024)
    )]
    AddressInUse(SocketAddr),
    #[error("cannot listen on {address}: {error}; choose another address with --listen")]
    Listen { address: SocketAddr, error: io::Error },
    #[error("the data folder `{}` was not opened: {error}", dir.display())]
    Store { dir: PathBuf, error: StoreError },
    #[error("the database in `{}` is damaged ({error}); put a backup of the folder in its place", dir.display())]
    Damaged { dir: PathBuf, error: StoreError },
    #[error("the files in `{}` were not opened: {error}; make the folder writable", dir.display())]
    Files { dir: PathBuf, error: io::Error },
    #[error("the catalogs were not opened: {0}")]
    Catalog(#[from] CatalogError),
}

/// A running server.
pub struct App {
    address: SocketAddr,
    front: Data<Front>,
    desk: Data<Desk>,
    health: Data<Health>,
    server: ServerHandle,
    /// Ends when the listeners have.
    ended: JoinHandle<io::Result<()>>,
    chores: JoinHandle<()>,
    importer: Importer,
    fetcher: Fetcher,
    catalog: Catalog,
    writer: Writer,
    database: Database,
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
        more: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
    ) -> Result<Self, StartError> {
        let folder = DataFolder::hold(&config.data.dir)?;
        // Before the database, so that a start that cannot serve changes no data.
        let listener = listen(config.server.listen)?;
        let address = listener.local_addr().unwrap_or(config.server.listen);
        let in_folder = |error: StoreError| {
            let dir = folder.dir().to_owned();
            if error.is_damage() { StartError::Damaged { dir, error } } else { StartError::Store { dir, error } }
        };
        let database = Database::open(folder.dir()).await.map_err(in_folder)?;
        let files =
            Folder::open(folder.dir()).map_err(|error| StartError::Files { dir: folder.dir().to_owned(), error })?;
        let (log, writer) = SqliteLog::start(&database);
        let catalog = Catalog::open(folder.dir()).await.map_err(in_folder)?;
        let importer = catalog.start().await?;
        let sites = Sites::new(database.clone());
        let rules = fetch_rules(&config);
        let fetcher = Fetcher::start(catalog.clone(), sites.clone(), rules.clone(), FetchLimits::default());
        let shop = Arc::new(Shop { catalog: catalog.clone(), sites, clock: Arc::new(WallClock) });
        let front = front(&config, &database, files, shop.clone()).await.map_err(in_folder)?;
        let desk = Data::new(Desk::open(ports(&front, log, shop)));
        let health = Data::from(Arc::new(Health::new(database.clone())));

        let shared = (front.clone(), desk.clone(), health.clone(), Data::new(catalog.clone()), Data::new(rules));
        let server = HttpServer::new(move || {
            let (front, desk, health, catalog, rules) = shared.clone();
            actix_web::App::new()
                .wrap(from_fn(http::headers::dress))
                .app_data(front)
                .app_data(desk)
                .app_data(health)
                .app_data(catalog)
                .app_data(rules)
                .configure(more.clone())
                .configure(http::routes)
        })
        .on_connect(http::connection::on_connect)
        .workers(workers(&config))
        .on_connect(http::connection::on_connect)
        .backlog(BACKLOG)
        .disable_signals()
        .shutdown_timeout(DRAIN_SECONDS)
        .listen(listener)
        .map_err(|error| StartError::Listen { address, error })?
        .run();
        let handle = server.handle();
        let ended = actix_rt::spawn(server);
        let chores = chores::start(front.clone(), desk.clone());
        tracing::info!(%address, data = %folder.dir().display(), "listening");
        let server = handle;
        Ok(Self {
            address,
            front,
            desk,
            health,
            server,
            ended,
            chores,
            importer,
            fetcher,
            catalog,
            writer,
            database,
            folder,
        })
    }

    /// Where it listens; with port 0 in the configuration, the one it got.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open for the first admin; none when there is one. An earlier link is void.
    ///
    /// # Errors
    /// What the database says.
    pub async fn setup_link(&self) -> Result<Option<String>, Refusal> {
        let link = SetupLink::renew(&self.front.accounts, self.front.clock.now()).await?;
        let public = self.front.settings.public_url.clone();
        let base = public.or_else(|| Origin::of_loopback_host(&self.address.to_string()));
        Ok(link.zip(base).map(|(link, base)| link.address(&base)))
    }

    /// Waits until the disk has refused a commit: the process must end then, and the next start
    /// reads what is really there.
    pub async fn broken(&mut self) -> StoreError {
        self.writer.failed().await
    }

    /// Stops in reverse and gives the folder back: not ready, sockets told to come back,
    /// last commits, listeners, checkpoint.
    pub async fn stop(self) {
        self.health.drain();
        self.chores.abort();
        self.desk.drain().await;
        self.server.stop(true).await;
        match self.ended.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the listeners ended with an error"),
            Err(error) => tracing::warn!(%error, "the listeners did not end"),
        }
        if let Err(error) = self.writer.stop().await {
            tracing::error!(%error, "the last commits failed");
        }
        if let Err(error) = self.front.each_minute().await {
            tracing::warn!(%error, "when sessions were last used was not written");
        }
        drop(self.fetcher);
        drop(self.importer);
        self.catalog.close().await;
        self.database.close().await;
        drop(self.folder);
        tracing::info!("stopped");
    }
}

async fn front(
    config: &Config,
    database: &Database,
    files: Folder,
    shop: Arc<Shop>,
) -> Result<Data<Front>, StoreError> {
    let settings = FrontSettings::from(config);
    let (clock, ids) = (Arc::new(WallClock), Arc::new(FreshIds));
    Ok(Data::new(Front::open(settings, database, files, clock, ids, shop).await?))
}

/// What the sessions reach the outside by.
fn fetch_rules(config: &Config) -> FetchRules {
    FetchRules { hosts: config.feeds.hosts.clone(), private_hosts: config.feeds.private_hosts.clone() }
}

fn ports(front: &Front, log: Arc<dyn ConversationLog>, shop: Arc<Shop>) -> Ports {
    Ports {
        log,
        clock: front.clock.clone(),
        ids: front.ids.clone(),
        bots: Arc::new(front.bots.clone()),
        finder: Arc::new(ShopFinder::new((*shop).clone())),
        cards: shop,
        documents: front.shared_documents(),
        sites: Arc::new(front.known.clone()),
        door: Arc::new(front.door.clone()),
        shares: Arc::new(front.shares.clone()),
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
