//! A whole HTTP surface for one test: its database, its people, its sites.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::from_fn;
use actix_web::{App, test, web};
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::ports::ports;
use crate::actors::Desk;
use crate::actors::ports::{Clock, Ids};
use crate::config::Config;
use crate::files::Folder;
use crate::http::catalog::Shop;
use crate::http::front::{Front, FrontSettings};
use crate::http::{headers, routes};
use crate::jobs::catalog::fetch::FetchRules;
use crate::jobs::catalog::{Catalog, Importer};
use crate::protocol::session::Role;
use crate::protocol::{AgentId, SiteId, Timestamp};
use crate::store::accounts::NewAccount;
use crate::store::{Database, Sites, SqliteLog, Writer};

/// The host under which the tests reach the console.
pub const HOST: &str = "127.0.0.1:8370";
pub const PASSWORD: &str = "une lampe à pétrole";
pub const STORE: &str = "https://shop.example";

type Ask = Box<dyn Fn(test::TestRequest) -> LocalBoxFuture<'static, Answer>>;

pub struct House {
    pub front: web::Data<Front>,
    pub desk: web::Data<Desk>,
    pub catalog: web::Data<Catalog>,
    _importer: Importer,
    pub folder: TempDir,
    pub database: Database,
    ask: Ask,
    _writer: Writer,
}

const MANIFEST: &str = r#"{"panel": "assets/panel-1.js", "words": {"en": "assets/en-1.js", "fr": "assets/fr-1.js"}}"#;
/// A definition that greets in French and English.
pub const BOT: &str = include_str!("../../../tests/fixtures/bots/lampes.toml");

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A browser: what it sends with every request.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    pub cookie: Option<String>,
    pub headers: Vec<(&'static str, String)>,
}

impl House {
    pub async fn open() -> Self {
        let settings = FrontSettings::from(&Config::default());
        Self::with(settings).await
    }

    pub async fn with(settings: FrontSettings) -> Self {
        Self::built(settings, Arc::new(SystemTime)).await
    }

    /// Where it is always the same time.
    pub async fn at(clock: Arc<dyn Clock>) -> Self {
        Self::built(FrontSettings::from(&Config::default()), clock).await
    }

    async fn built(settings: FrontSettings, clock: Arc<dyn Clock>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        let ids = Arc::new(FreshIds);
        let catalog = Catalog::open(folder.path()).await.unwrap();
        let importer = catalog.start().await.unwrap();
        let sites = Sites::new(database.clone());
        let shop = Arc::new(Shop { catalog: catalog.clone(), sites, clock: clock.clone() });
        let files = Folder::open(folder.path()).unwrap();
        let mut front = Front::open(settings, &database, files, clock, ids, shop.clone()).await.unwrap();
        front.manifest = || Ok(serde_json::from_str(MANIFEST).unwrap());
        let (log, writer) = SqliteLog::start(&database);
        let desk = Desk::open(ports(&front, log, shop));
        let (front, desk, catalog) = (web::Data::new(front), web::Data::new(desk), web::Data::new(catalog));
        let app = App::new()
            .wrap(from_fn(headers::dress))
            .app_data(front.clone())
            .app_data(desk.clone())
            .app_data(catalog.clone())
            .app_data(web::Data::new(FetchRules::default()))
            .configure(routes);
        let app = Rc::new(test::init_service(app).await);
        let ask: Ask = Box::new(move |request| {
            let app = app.clone();
            Box::pin(async move { Answer::read(test::call_service(&*app, request.to_request()).await).await })
        });
        Self { front, desk, catalog, _importer: importer, folder, database, ask, _writer: writer }
    }

    pub async fn person(&self, name: &str, role: Role, sites: &[SiteId]) -> AgentId {
        let id = AgentId(Uuid::now_v7());
        let account = NewAccount {
            id,
            name: name.to_owned(),
            email: format!("{}@example.com", name.to_lowercase()),
            role,
            password: self.front.passwords.hash(PASSWORD.to_owned()).await.unwrap(),
            sites: sites.to_vec(),
        };
        self.front.accounts.add(&account, self.front.clock.now()).await.unwrap();
        id
    }

    pub async fn site(&self, name: &str) -> SiteId {
        let given = serde_json::from_value(json!({
            "name": name, "origins": [STORE], "lang": "fr", "currency": "EUR"
        }));
        let id = SiteId(Uuid::now_v7());
        let site = crate::http::sites::new_site(&given.unwrap(), id, self.front.clock.now()).unwrap();
        self.front.sites.add(&site).await.unwrap();
        self.front.known.refresh().await.unwrap();
        id
    }

    /// A site with a published bot.
    pub async fn ready_site(&self, name: &str) -> SiteId {
        let site = self.site(name).await;
        self.front.bots.publish(site, BOT, None, self.front.clock.now()).await.unwrap();
        site
    }

    pub fn key(&self, site: SiteId) -> String {
        self.front.known.by_id(site).unwrap().key.clone()
    }

    /// Signs in by the route; the browser keeps its cookie.
    pub async fn signed_in(&self, name: &str) -> Browser {
        let email = format!("{}@example.com", name.to_lowercase());
        let answer = self
            .send(
                &Browser::ours(),
                Method::POST,
                "/api/v1/sign-in",
                Some(json!({"email": email, "password": PASSWORD})),
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        Browser { cookie: Some(answer.cookie()), ..Browser::ours() }
    }

    pub async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(browser, Method::GET, path, None).await
    }

    pub async fn post(&self, browser: &Browser, path: &str, body: Value) -> Answer {
        self.send(browser, Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, browser: &Browser, path: &str, body: Value) -> Answer {
        self.send(browser, Method::PATCH, path, Some(body)).await
    }

    pub async fn send(&self, browser: &Browser, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = test::TestRequest::with_uri(path).method(method);
        if let Some(body) = body {
            request = request.insert_header(("content-type", "application/json")).set_payload(body.to_string());
        }
        self.ask(browser, request).await
    }

    pub async fn ask(&self, browser: &Browser, mut request: test::TestRequest) -> Answer {
        for (name, value) in &browser.headers {
            request = request.insert_header((*name, value.clone()));
        }
        if let Some(cookie) = &browser.cookie {
            request = request.insert_header(("cookie", cookie.clone()));
        }
        (self.ask)(request).await
    }
}

impl Browser {
    /// On a page of the console.
    pub fn ours() -> Self {
        let mut browser = Self::default();
        browser.set("host", HOST);
        browser.set("origin", &format!("http://{HOST}"));
        browser.set("sec-fetch-site", "same-origin");
        browser
    }

    /// On a page of a store.
    pub fn on(origin: &str) -> Self {
        let mut browser = Self::default();
        browser.set("host", HOST);
        browser.set("origin", origin);
        browser.set("sec-fetch-site", "cross-site");
        browser
    }

    pub fn set(&mut self, name: &'static str, value: &str) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {}", self.status, self.headers, String::from_utf8_lossy(&self.body))
    }
}

impl Answer {
    async fn read(response: ServiceResponse) -> Self {
        let status = response.status();
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
        let body = test::read_body(response).await.to_vec();
        Self { status, headers, body }
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// `name=value` of the cookie that it set.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }
}

struct SystemTime;

impl Clock for SystemTime {
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}

struct FreshIds;

impl Ids for FreshIds {
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}
