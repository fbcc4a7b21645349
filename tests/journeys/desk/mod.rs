//! The real server in a folder of its own, and the people who talk to it.
//!
//! [`TestDesk`] starts it as `comptoir serve` does, on a free port; [`Visitor`] and
//! [`Agent`] are browsers without a screen: real sockets, the wire's own types. Every wait
//! is for something and gives up after [`PATIENCE`]. A desk must be stopped ([`TestDesk::quit`]),
//! which fails the test when the server does not end cleanly.

#![allow(dead_code, reason = "each journey uses a part of it")]

mod agent;
mod line;
mod share;
mod visitor;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::Duration;

use comptoir::app::App;
use comptoir::config::{Config, Limits};
use comptoir::http::passwords::Passwords;
use comptoir::http::sites::new_site;
use comptoir::jobs::catalog::Catalog;
use comptoir::protocol::admin::NewSite;
use comptoir::protocol::catalog::{ImportFrom, ImportState};
use comptoir::protocol::feed::FeedSettings;
use comptoir::protocol::session::Role;
use comptoir::protocol::{AgentId, CommandId, ImportId, SiteId, Timestamp};
use comptoir::store::accounts::NewAccount;
use comptoir::store::bots::Bots;
use comptoir::store::catalog::{NewRun, RunSettings};
use comptoir::store::{Accounts, Database, Site, Sites};
use tempfile::TempDir;
use uuid::Uuid;

pub use agent::Agent;
#[allow(unused_imports, reason = "each journey uses a part of it")]
pub use line::{Ended, Line, Share};
#[allow(unused_imports, reason = "each journey uses a part of it")]
pub use share::{Page, Watcher, change, frame, full, in_parts, large};
#[allow(unused_imports, reason = "each journey uses a part of it")]
pub use visitor::{Visitor, kind};

/// Nothing that a test waits for takes longer.
pub const PATIENCE: Duration = Duration::from_secs(60);
pub const ORIGIN: &str = "https://shop.example";
const PASSWORD: &str = "une lampe à pétrole";

/// The people of the site, who may sign in.
pub const PEOPLE: [&str; 3] = ["Camille", "Noor", "Sam"];

/// Says hello, hands off at once, takes messages when nobody is there.
const BOT: &str = r#"
format = 1
[bot]
name = "Aide"
languages = ["fr", "en"]
timezone = "Europe/Paris"
[fields]
email = { type = "email", ask = { fr = "Votre e-mail ?", en = "Your e-mail?" }, label = "E-mail" }
[start]
goto = "accueil"
[steps.accueil]
say = { fr = "Bonjour.", en = "Hello." }
buttons = [
  { label = { fr = "Livraison", en = "Delivery" }, goto = "livraison" },
  { label = { fr = "Un conseiller", en = "A person" }, goto = "@handoff" },
]
[steps.livraison]
say = { fr = "Deux à quatre jours.", en = "Two to four days." }
buttons = [{ label = { fr = "Un conseiller", en = "A person" }, goto = "@handoff" }]
[handoff]
keywords = { fr = ["conseiller", "personne"], en = ["person", "human"] }
waiting = { fr = "Nous arrivons.", en = "We are coming." }
[leave_message]
say = { fr = "Personne n'est là.", en = "Nobody is here." }
collect = ["email"]
done = { fr = "Bien reçu.", en = "Received." }
"#;

pub struct TestDesk {
    app: Option<App>,
    address: SocketAddr,
    config: Config,
    pub site: Site,
    folder: TempDir,
}

impl TestDesk {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// As [`TestDesk::start`], on a site that differs.
    pub async fn with(change: impl FnOnce(&mut Site)) -> Self {
        Self::start_as(change, |_| {}).await
    }

    /// As [`TestDesk::start`], with other limits.
    pub async fn limited(change: impl FnOnce(&mut Limits)) -> Self {
        Self::start_as(|_| {}, change).await
    }

    async fn start_as(change: impl FnOnce(&mut Site), limit: impl FnOnce(&mut Limits)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = prepare(&folder, change).await;
        let mut config = Config::default();
        config.data.dir = folder.path().to_owned();
        config.server.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        config.server.workers = 2;
        config.limits.sockets_per_address = 200;
        config.limits.new_sockets_per_second = 200;
        config.limits.visitor_burst = 10_000;
        config.limits.visitor_per_second = 1_000;
        limit(&mut config.limits);
        let app = App::start(config.clone()).await.unwrap();
        let address = app.address();
        // A restart comes back where it was.
        config.server.listen = address;
        Self { app: Some(app), address, config, site, folder }
    }

    /// Stops and starts again on the same folder and address.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.app = Some(App::start(self.config.clone()).await.unwrap());
    }

    async fn stop(&mut self) {
        let stopped = tokio::time::timeout(PATIENCE, self.app.take().unwrap().stop()).await;
        assert!(stopped.is_ok(), "the server did not stop");
    }

    /// Fills the site's catalog by the command line, and starts again with it.
    pub async fn sells(&mut self, csv: &str) {
        self.stop().await;
        let file = self.folder.path().join("products.csv");
        std::fs::write(&file, csv).unwrap();
        let mut import = Command::new(env!("CARGO_BIN_EXE_comptoir"));
        import.args(["catalog", "import"]).arg(&file).arg("--data").arg(self.folder.path());
        let output = import.args(["--site", &self.site.name]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.app = Some(App::start(self.config.clone()).await.unwrap());
    }

    pub async fn quit(mut self) {
        self.stop().await;
    }

    /// A file of products, read as one that a command hands over; answers when they are found.
    pub async fn import(&self, csv: &str) {
        let catalog = Catalog::open(self.folder.path()).await.unwrap();
        let id = ImportId(Uuid::now_v7());
        std::fs::write(catalog.place_for(id).await.unwrap(), csv).unwrap();
        let feed = FeedSettings { currency: "EUR".to_owned(), shop_url: None, tax_rate: None, mapping: None };
        let settings =
            RunSettings { lang: "fr".to_owned(), feed, attended: false, accept_removals: false, fetched: None };
        let run = NewRun {
            id,
            site: self.site.id,
            from: ImportFrom::File,
            file: "shop.csv".to_owned(),
            bytes: csv.len() as u64,
            at: Timestamp::from_millis(1_795_722_756_000),
            settings,
        };
        catalog.queue(run).await.unwrap();
        let done = async {
            while !matches!(catalog.run(self.site.id, id).await.unwrap().state, ImportState::Done {}) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, done).await.is_ok(), "the import never ended");
        catalog.close().await;
    }

    /// Where everything of the server lies.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A visitor with the widget open.
    pub async fn visitor(&self) -> Visitor {
        Visitor::open(self.address, &self.site.key, None).await
    }

    /// A visitor who asked for a person and waits; needs an agent on duty.
    pub async fn waiting_visitor(&self) -> Visitor {
        let mut visitor = self.visitor().await;
        visitor.say("Un conseiller, s'il vous plaît").await;
        visitor.until_event("conversation_queued").await;
        visitor
    }

    /// An agent on duty for the site.
    pub async fn agent(&self, name: &str) -> Agent {
        let mut agent = Agent::sign_in(self.address, &email(name), PASSWORD).await;
        agent.go_on_duty(vec![self.site.id]).await;
        agent
    }

    /// An agent in a browser of their own, on duty for nothing yet.
    pub async fn browser_of(&self, name: &str) -> Agent {
        Agent::sign_in(self.address, &email(name), PASSWORD).await
    }

    /// An admin, who comes while the server runs.
    pub async fn admin(&self) -> Agent {
        let now = Timestamp::from_millis(1_795_722_756_000);
        let database = Database::open(self.folder()).await.unwrap();
        let account = account("Ada", Role::Admin, Vec::new()).await;
        Accounts::new(database.clone()).add(&account, now).await.unwrap();
        database.close().await;
        self.browser_of("Ada").await
    }

    /// The same agent's next tab.
    pub async fn another_tab(&self, agent: &Agent) -> Agent {
        agent.another_tab().await
    }
}

impl Drop for TestDesk {
    fn drop(&mut self) {
        if self.app.is_some() && !std::thread::panicking() {
            panic!("a desk was forgotten: call `quit`");
        }
    }
}

fn email(name: &str) -> String {
    format!("{}@example.com", name.to_lowercase())
}

/// Everybody and everything that a desk needs, written before the server starts.
async fn prepare(folder: &TempDir, change: impl FnOnce(&mut Site)) -> Site {
    let now = Timestamp::from_millis(1_795_722_756_000);
    let database = Database::open(folder.path()).await.unwrap();
    let asked = NewSite {
        name: "Boutique".to_owned(),
        origins: vec![ORIGIN.to_owned()],
        lang: "fr".to_owned(),
        currency: "EUR".to_owned(),
        shop_url: None,
    };
    let mut site = new_site(&asked, SiteId(Uuid::now_v7()), now).unwrap();
    change(&mut site);
    Sites::new(database.clone()).add(&site).await.unwrap();
    Bots::new(database.clone()).publish(site.id, BOT, None, now).await.unwrap();
    for name in PEOPLE {
        let account = account(name, Role::Agent, vec![site.id]).await;
        Accounts::new(database.clone()).add(&account, now).await.unwrap();
    }
    database.close().await;
    site
}

async fn account(name: &str, role: Role, sites: Vec<SiteId>) -> NewAccount {
    let password = Passwords::default().hash(PASSWORD.to_owned()).await.unwrap();
    NewAccount {
        id: AgentId(Uuid::now_v7()),
        name: format!("{name} Dupont"),
        email: email(name),
        role,
        password,
        sites,
    }
}

/// A fresh name for a command.
pub fn command_id() -> CommandId {
    CommandId(Uuid::now_v7())
}
