//! What the handlers share: the stores, the clock, and what they know of the outside.
//!
//! One [`Front`] a process, handed to every worker as `web::Data<Front>` by
//! [`crate::app`], beside the `web::Data<Desk>` of the sessions. It decides nothing.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::header::HOST;
use actix_web::{HttpRequest, web};
use futures_util::future::BoxFuture;
use tokio::sync::Semaphore;

use super::address;
use super::assets::WidgetManifest;
use super::door::FrontDoor;
use super::empty_searches::EmptySearches;
use super::guard::strange_host;
use super::known_sites::KnownSites;
use super::limits::{Limit, SignInDelays};
use super::origin::Origin;
use super::passes::Passes;
use super::passwords::Passwords;
use super::problem::Problem;
use super::published::PublishedBots;
use super::share_preview::kept::SharePreviews;
use super::signer::Signer;
use super::socket_limits::SocketLimits;
use super::token;
use super::upload::UPLOADS_AT_ONCE_MAX;
use crate::actors::ports::{Clock, Ids};
use crate::config::{Config, Network};
use crate::files::{Folder, Previews};
use crate::protocol::{RefusalCode, SiteId};
use crate::store::{
    Accounts, BotLog, Bots, Database, Documents, Ledger, Lists, Pins, Sessions, Sites, SqliteShares, StoreError,
    Visitors, secrets,
};

/// Configurations that one address may fetch at once, and then a second: a page view each.
const CONFIG_BURST: u32 = 60;
const CONFIGS_PER_SECOND: f64 = 5.0;
/// Requests with a key for updates that one address may send at once, and then a second.
const KEY_BURST: u32 = 120;
const KEYS_PER_SECOND: f64 = 20.0;
/// Requests with updates that one site may send at once, and then a second: each has up to a thousand.
const UPDATE_BURST: u32 = 60;
const UPDATES_PER_SECOND: f64 = 10.0;
/// Cards that one address may have read again at once, and then a second: one a press of a button.
const CARDS_BURST: u32 = 30;
const CARDS_PER_SECOND: f64 = 2.0;

/// What of the configuration concerns the HTTP surface.
#[derive(Debug, Clone)]
pub struct FrontSettings {
    /// Where people reach us; needed beyond loopback. Without it the request's own
    /// loopback host is taken.
    pub public_url: Option<Origin>,
    /// Whose `x-forwarded-for` is believed.
    pub trusted_proxies: Vec<Network>,
    pub file_megabytes_max: u32,
    pub sockets_per_address: u32,
    pub new_sockets_per_second: u32,
    /// Commands of a visitor's socket at once, then so many a second.
    pub visitor_burst: u32,
    pub visitor_per_second: u32,
}

impl From<&Config> for FrontSettings {
    fn from(config: &Config) -> Self {
        Self {
            public_url: config.server.public_url.as_ref().and_then(Origin::of_url),
            trusted_proxies: config.server.trusted_proxies.clone(),
            file_megabytes_max: config.files.megabytes_max,
            sockets_per_address: config.limits.sockets_per_address,
            new_sockets_per_second: config.limits.new_sockets_per_second,
            visitor_burst: config.limits.visitor_burst,
            visitor_per_second: config.limits.visitor_per_second,
        }
    }
}

/// How many products a site's catalog has: the only thing that sites' pages ask of the catalog.
pub trait ProductCounts: Send + Sync + 'static {
    fn products(&self, site: SiteId) -> BoxFuture<'static, Result<u64, StoreError>>;
}

/// The handlers' shared state.
pub struct Front {
    pub settings: FrontSettings,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub accounts: Accounts,
    pub sessions: Sessions,
    pub shares: SqliteShares,
    pub sites: Sites,
    pub known: KnownSites,
    pub visitors: Visitors,
    pub lists: Lists,
    pub ledger: Ledger,
    pub pins: Pins,
    pub empty_searches: EmptySearches,
    pub bots: PublishedBots,
    pub bot_log: BotLog,
    /// Texts being grouped: one page at a time.
    pub grouping: Semaphore,
    pub documents: Documents,
    pub folder: Folder,
    pub previews: Previews,
    /// Uploads being received.
    pub uploads: Semaphore,
    pub passwords: Passwords,
    pub passes: Arc<Passes>,
    /// Masks that admins try.
    pub share_previews: SharePreviews,
    pub signer: Signer,
    pub delays: SignInDelays,
    pub config_limit: Limit<IpAddr>,
    /// Cards that one address may have read again.
    pub card_limit: Limit<IpAddr>,
    pub socket_limits: SocketLimits,
    /// Requests that show a key for updates, by address: guessing gets nowhere.
    pub key_limit: Limit<IpAddr>,
    /// Requests with updates, by site.
    pub update_limit: Limit<SiteId>,
    pub door: FrontDoor,
    pub catalog: Arc<dyn ProductCounts>,
    /// Which chunks the widget has; debug builds read it each time.
    pub manifest: fn() -> Result<WidgetManifest, Problem>,
}

impl Front {
    /// # Errors
    /// What the database says.
    pub async fn open(
        settings: FrontSettings,
        database: &Database,
        folder: Folder,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        catalog: Arc<dyn ProductCounts>,
    ) -> Result<Self, StoreError> {
        let fresh = token::random_bytes().map_err(|refusal| StoreError::Corrupt(refusal.message))?;
        let signer = Signer::new(secrets::secret(database, "addresses", fresh).await?);
        let (accounts, sessions) = (Accounts::new(database.clone()), Sessions::new(database.clone()));
        let (sites, visitors) = (Sites::new(database.clone()), Visitors::new(database.clone()));
        let known = KnownSites::open(sites.clone()).await?;
        let passes = Arc::new(Passes::default());
        let door = FrontDoor {
            settings: settings.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            known: known.clone(),
            sites: sites.clone(),
            accounts: accounts.clone(),
            sessions: sessions.clone(),
            visitors: visitors.clone(),
            passes: passes.clone(),
            signer: signer.clone(),
            newcomers: Arc::default(),
        };
        let ledger = Ledger::open(database).await?;
        let empty_searches = EmptySearches::new(ledger.clone(), clock.clone());
        let socket_limits = SocketLimits::new(settings.sockets_per_address, settings.new_sockets_per_second);
        Ok(Self {
            settings,
            clock,
            ids,
            accounts,
            sessions,
            shares: SqliteShares::new(database.clone()),
            sites,
            known,
            visitors,
            lists: Lists::new(database),
            ledger,
            pins: Pins::new(database.clone()),
            empty_searches,
            bots: PublishedBots::open(Bots::new(database.clone())).await?,
            bot_log: BotLog::open(database).await?,
            grouping: Semaphore::new(1),
            documents: Documents::new(database.clone()),
            folder,
            previews: Previews::default(),
            uploads: Semaphore::new(UPLOADS_AT_ONCE_MAX),
            passwords: Passwords::default(),
            passes,
            share_previews: SharePreviews::default(),
            signer,
            delays: SignInDelays::default(),
            config_limit: Limit::new(CONFIG_BURST, CONFIGS_PER_SECOND),
            card_limit: Limit::new(CARDS_BURST, CARDS_PER_SECOND),
            socket_limits,
            key_limit: Limit::new(KEY_BURST, KEYS_PER_SECOND),
            update_limit: Limit::new(UPDATE_BURST, UPDATES_PER_SECOND),
            door,
            catalog,
            manifest: WidgetManifest::read,
        })
    }

    /// The shared state behind a request.
    ///
    /// # Errors
    /// A fault, when the application was built without it.
    pub fn of(request: &HttpRequest) -> Result<Arc<Self>, Problem> {
        let front = request.app_data::<web::Data<Self>>().ok_or(RefusalCode::Fault)?;
        Ok(front.clone().into_inner())
    }

    /// The origin under which this request reached us; none when it named a host that is not ours.
    #[must_use]
    pub fn own_origin(&self, request: &HttpRequest) -> Option<Origin> {
        let host = || Origin::of_loopback_host(request.headers().get(HOST)?.to_str().ok()?);
        self.settings.public_url.clone().or_else(host)
    }

    /// As [`Front::own_origin`], for an answer that must name it.
    ///
    /// # Errors
    /// [`RefusalCode::OriginRefused`] for a host that is not ours.
    pub fn base(&self, request: &HttpRequest) -> Result<Origin, Problem> {
        self.own_origin(request).ok_or_else(|| strange_host().into())
    }

    /// People reach us over TLS.
    #[must_use]
    pub fn is_secure(&self, request: &HttpRequest) -> bool {
        self.own_origin(request).is_some_and(|origin| origin.is_secure())
    }

    #[must_use]
    pub fn file_bytes_max(&self) -> u64 {
        u64::from(self.settings.file_megabytes_max) * 1024 * 1024
    }

    /// What limits count this request by.
    #[must_use]
    pub fn address(&self, request: &HttpRequest) -> IpAddr {
        address::for_limits(address::of_request(request, &self.settings.trusted_proxies))
    }

    /// What comes round once a minute: writes when sessions were last used, and looks for sites
    /// and bots that the command line added. Says whose bot changed.
    ///
    /// # Errors
    /// What the database says; the next minute tries again.
    pub async fn each_minute(&self) -> Result<Vec<SiteId>, StoreError> {
        self.share_previews.sweep();
        self.sessions.flush(self.clock.now()).await?;
        self.known.refresh().await?;
        self.bots.refresh().await
    }
}
