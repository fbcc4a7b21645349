//! Makes a data folder the demo's: the site, its people, its bot, its catalog.
//!
//! Every step looks first and does only what is missing, so that a start that
//! was cut off is finished by the next one, and what somebody changed in the
//! console stays. Runs before the server, on a folder that this process holds.

use std::path::Path;

use uuid::Uuid;

use super::BOT_DEFINITION;
use super::parts::Fixed;
use super::people::{self, PeopleFault, Person};
use super::stock::{self, StockFault};
use super::words::Language;
use crate::http::passwords::Passwords;
use crate::http::sites::new_site;
use crate::protocol::admin::NewSite;
use crate::protocol::cobrowse::ShareSettings;
use crate::protocol::{AgentId, Refusal, SiteId, Timestamp};
use crate::store::accounts::NewAccount;
use crate::store::bots::Bots;
use crate::store::{Accounts, Database, Site, Sites, StoreError};

/// The site's name in the console.
pub const SITE_NAME: &str = "Corlieu";
/// The store's own colour, for the widget.
const ACCENT: &str = "#14616b";

/// Why a folder did not become the demo's.
#[derive(Debug, thiserror::Error)]
pub enum SeedFault {
    #[error("the folder `{0}` holds the data of a real server; name another one with --data")]
    NotOurs(String),
    #[error(transparent)]
    People(#[from] PeopleFault),
    #[error(transparent)]
    Stock(#[from] StockFault),
    #[error("the demo's data were not written: {0}")]
    Store(#[from] StoreError),
    #[error("the demo was refused its own data: {}", .0.message)]
    Refused(Refusal),
}

impl From<Refusal> for SeedFault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A folder that is ready to be served.
#[derive(Debug)]
pub struct Seeded {
    pub site: Site,
    pub people: Vec<Person>,
    /// The version of the bot that is published.
    pub bot_version: u32,
    /// Products in the site's catalog.
    pub products: u64,
}

/// Refuses a folder in which a real server keeps its data.
///
/// # Errors
/// [`SeedFault::NotOurs`].
pub fn is_ours(dir: &Path) -> Result<(), SeedFault> {
    if dir.join("comptoir.db").exists() && !dir.join(people::FILE).exists() {
        return Err(SeedFault::NotOurs(dir.display().to_string()));
    }
    Ok(())
}

/// Brings the folder to what the demo needs, for a store at `origin`.
///
/// # Errors
/// [`SeedFault`]; what was done before stays, and the next start goes on.
pub async fn seed(dir: &Path, origin: &str) -> Result<Seeded, SeedFault> {
    is_ours(dir)?;
    // Written before the database, so that a start cut off in between is known again.
    let people = people::keep(dir)?;
    let database = Database::open(dir).await?;
    let now = Timestamp::from(chrono::Utc::now());
    let done = seed_database(&database, origin, &people, now).await;
    database.close().await;
    let (site, bot_version) = done?;
    let products = stock::keep(dir, site.id, origin, now).await?;
    Ok(Seeded { site, people, bot_version, products })
}

async fn seed_database(
    database: &Database,
    origin: &str,
    people: &[Person],
    now: Timestamp,
) -> Result<(Site, u32), SeedFault> {
    let site = keep_site(&Sites::new(database.clone()), origin, now).await?;
    keep_people(&Accounts::new(database.clone()), people, site.id, now).await?;
    let bot_version = keep_bot(&Bots::new(database.clone()), site.id, now).await?;
    Ok((site, bot_version))
}

/// The site, known by its name; a store that moved to another port is allowed there.
async fn keep_site(sites: &Sites, origin: &str, now: Timestamp) -> Result<Site, SeedFault> {
    if let Some(mut site) = sites.by_name(SITE_NAME).await? {
        if !site.origins.iter().any(|allowed| allowed == origin) {
            site.shop_url = Some(format!("{origin}/"));
            site.origins.retain(|allowed| !allowed.starts_with("http://localhost:"));
            site.origins.push(origin.to_owned());
            sites.save(&site).await?;
        }
        return Ok(site);
    }
    let asked = NewSite {
        name: SITE_NAME.to_owned(),
        origins: vec![origin.to_owned()],
        lang: "fr".to_owned(),
        currency: "EUR".to_owned(),
        shop_url: Some(origin.to_owned()),
    };
    let share = ShareSettings { see_only_paths: payment_paths(), ..ShareSettings::default() };
    let site = Site { accent: ACCENT.to_owned(), share, ..new_site(&asked, SiteId(Uuid::now_v7()), now)? };
    sites.add(&site).await?;
    Ok(site)
}

/// Where the visitor pays with their own hands. The card's fields would say so too; this is how a merchant does.
fn payment_paths() -> Vec<String> {
    Language::ALL.map(|language| Fixed::Payment.path(language)).to_vec()
}

async fn keep_people(accounts: &Accounts, people: &[Person], site: SiteId, now: Timestamp) -> Result<(), SeedFault> {
    let passwords = Passwords::default();
    for person in people {
        if accounts.by_email(&person.email).await?.is_some() {
            continue;
        }
        let account = NewAccount {
            id: AgentId(Uuid::now_v7()),
            name: person.name.clone(),
            email: person.email.clone(),
            role: person.role,
            password: passwords.hash(person.password.clone()).await?,
            sites: vec![site],
        };
        accounts.add(&account, now).await?;
    }
    Ok(())
}

/// Publishes the demo's bot once; one that was published since then stays.
async fn keep_bot(bots: &Bots, site: SiteId, now: Timestamp) -> Result<u32, SeedFault> {
    match bots.latest(site).await? {
        Some(latest) => Ok(latest.version),
        None => Ok(bots.publish(site, BOT_DEFINITION, None, now).await?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "http://localhost:8081";

    #[actix_rt::test]
    async fn a_second_start_changes_nothing() {
        let dir = tempfile::tempdir().expect("a folder");

        let first = seed(dir.path(), ORIGIN).await.expect("seeded");
        let second = seed(dir.path(), ORIGIN).await.expect("seeded again");

        assert_eq!(first.site, second.site);
        assert_eq!(first.people, second.people);
        assert_eq!((first.bot_version, second.bot_version), (1, 1));
        assert_eq!((first.products, second.products), (64, 64));
    }

    #[actix_rt::test]
    async fn the_payment_may_be_seen_and_is_never_driven() {
        use crate::protocol::cobrowse::PageRule;
        let dir = tempfile::tempdir().expect("a folder");
        let share = seed(dir.path(), ORIGIN).await.expect("seeded").site.share;

        let rule = |path: &str| crate::rules::cobrowse::paths::rule_of(&share, &format!("{ORIGIN}{path}"));
        assert_eq!([rule("/fr/paiement"), rule("/en/payment")], [PageRule::SeeOnly; 2]);
        assert_eq!([rule("/fr/commande"), rule("/en/checkout"), rule("/en/")], [PageRule::Full; 3]);
    }

    #[actix_rt::test]
    async fn everybody_printed_can_sign_in_and_serves_the_site() {
        let dir = tempfile::tempdir().expect("a folder");
        let seeded = seed(dir.path(), ORIGIN).await.expect("seeded");

        let database = Database::open(dir.path()).await.expect("the database");
        let accounts = Accounts::new(database.clone());
        for person in &seeded.people {
            let (account, stored) = accounts.by_email(&person.email).await.expect("read").expect("an account");
            assert_eq!(account.role, person.role);
            assert_eq!(accounts.served(account.id).await.expect("read"), [seeded.site.id]);
            let fits = Passwords::default().fits(person.password.clone(), Some(stored)).await;
            assert!(fits.expect("hashed"), "{} cannot sign in", person.name);
        }
        database.close().await;
    }

    #[actix_rt::test]
    async fn a_store_on_another_port_is_allowed_there_under_the_same_key() {
        let dir = tempfile::tempdir().expect("a folder");
        let before = seed(dir.path(), ORIGIN).await.expect("seeded");

        let after = seed(dir.path(), "http://localhost:8091").await.expect("seeded again");

        assert_eq!(after.site.key, before.site.key);
        assert_eq!(after.site.origins, ["http://localhost:8091"]);
    }

    #[actix_rt::test]
    async fn the_folder_of_a_real_server_is_left_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        Database::open(dir.path()).await.expect("the database").close().await;

        let fault = seed(dir.path(), ORIGIN).await.expect_err("a real server's folder");

        assert!(matches!(fault, SeedFault::NotOurs(_)));
        assert!(!dir.path().join(people::FILE).exists());
    }
}
