//! `comptoir admin create EMAIL`: an admin by a password on standard input, or by a link.
//!
//! Works beside a running server: both are ordinary transactions on the same database.

use std::io::{self, BufRead, IsTerminal};

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{Common, Failure, Terminal, load};
use crate::actors::ports::Clock;
use crate::app::WallClock;
use crate::config::Config;
use crate::http::fields;
use crate::http::front::FrontSettings;
use crate::http::origin::Origin;
use crate::http::passwords::{self, Passwords};
use crate::http::setup::INVITATION_SECONDS;
use crate::http::token::Token;
use crate::protocol::session::Role;
use crate::protocol::{AgentId, InvitationId};
use crate::store::accounts::NewAccount;
use crate::store::links::Invitation;
use crate::store::{Accounts, Database, folder};

/// A password is shorter; a line beyond it is something else.
const LINE_BYTES_MAX: u64 = 4096;

/// Add an admin
#[derive(Debug, Args)]
pub struct Admin {
    #[command(subcommand)]
    name: Name,
}

#[derive(Debug, Subcommand)]
enum Name {
    /// Make an admin with the password on standard input, or print a link where they choose it
    #[command(after_help = "Examples:\n  comptoir admin create sam@shop.example --data /var/lib/comptoir\n  \
                            comptoir admin create sam@shop.example --name \"Sam Petit\" < password.txt")]
    Create(Create),
}

#[derive(Debug, Args)]
struct Create {
    /// The address they sign in with
    email: String,
    /// Their name, of which visitors see the first word [default: what stands before the @]
    #[arg(long)]
    name: Option<String>,
    /// The address that browsers use, for the link
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl Admin {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let Name::Create(create) = self.name;
        let layers = create.common.layers().flag("--public-url", "server.public_url", create.public_url.clone());
        let config = load(&layers)?;
        let stdin = io::stdin();
        let password = if stdin.is_terminal() { None } else { first_line(stdin.lock())? };
        actix_rt::System::new().block_on(create.carry_out(&config, password, terminal))
    }
}

impl Create {
    async fn carry_out(
        self,
        config: &Config,
        password: Option<String>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let asked_wrongly = |why: String| Failure { code: 2, lines: vec![why] };
        let email = fields::email(&self.email).map_err(|why| asked_wrongly(format!("`{}`: {why}", self.email)))?;
        let name = self.name.as_deref().unwrap_or_else(|| email.split('@').next().unwrap_or(&email));
        let name = fields::name(name).map_err(|why| asked_wrongly(format!("`{name}`: {why}")))?;
        if let Some(password) = &password {
            passwords::accept(password).map_err(Failure::new)?;
        }
        folder::make(&config.data.dir)
            .map_err(|error| Failure::new(format!("`{}` cannot be made: {error}", config.data.dir.display())))?;
        let database = Database::open(&config.data.dir).await.map_err(Failure::new)?;
        let accounts = Accounts::new(database.clone());
        let outcome = match password {
            Some(password) => with_password(&accounts, email, name, password, terminal).await,
            None => by_link(&accounts, email, name, config, terminal).await,
        };
        database.close().await;
        outcome
    }
}

async fn with_password(
    accounts: &Accounts,
    email: String,
    name: String,
    password: String,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let password = Passwords::default().hash(password).await.map_err(Failure::new)?;
    let said = format!("{name} is an admin now and signs in as {email}.");
    let account =
        NewAccount { id: AgentId(Uuid::now_v7()), name, email, role: Role::Admin, password, sites: Vec::new() };
    accounts.add(&account, WallClock.now()).await.map_err(Failure::new)?;
    terminal.say(said);
    Ok(())
}

async fn by_link(
    accounts: &Accounts,
    email: String,
    name: String,
    config: &Config,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let listen = config.server.listen.to_string();
    let public = FrontSettings::from(config).public_url;
    let base = public.or_else(|| Origin::of_loopback_host(&listen)).ok_or_else(|| {
        Failure::new("the link needs the address that browsers use; give it with --public-url https://chat.example.com")
    })?;
    let (token, now) = (Token::fresh().map_err(Failure::new)?, WallClock.now());
    let said = format!("{email} chooses a password within 7 days at\n  {base}/invitation?token={}", token.text);
    let invitation = Invitation {
        id: InvitationId(Uuid::now_v7()),
        email,
        name,
        role: Role::Admin,
        sites: Vec::new(),
        expires_at: now.plus_seconds(INVITATION_SECONDS),
    };
    accounts.invite(&invitation, &token.hash, now).await.map_err(Failure::new)?;
    terminal.say(said);
    Ok(())
}

/// The password without its line's end; none when nothing came.
fn first_line(input: impl BufRead) -> Result<Option<String>, Failure> {
    let mut line = String::new();
    input
        .take(LINE_BYTES_MAX)
        .read_line(&mut line)
        .map_err(|error| Failure::new(format!("the password on standard input cannot be read: {error}")))?;
    let password = line.trim_end_matches(['\r', '\n']);
    Ok((!password.is_empty()).then(|| password.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::config::Layers;

    /// A terminal whose answers can be read.
    fn listening() -> (Terminal, Arc<Mutex<Vec<u8>>>) {
        #[derive(Clone)]
        struct Ear(Arc<Mutex<Vec<u8>>>);
        impl io::Write for Ear {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().unwrap().extend(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let heard = Arc::default();
        let ear = || Box::new(Ear(Arc::clone(&heard)));
        (Terminal { out: ear(), err: ear() }, heard)
    }

    async fn create(dir: &std::path::Path, email: &str, password: Option<&str>) -> Result<String, Failure> {
        let data = Some(dir.display().to_string());
        let config = load(&Layers::default().flag("--data", "data.dir", data)).unwrap();
        let common = Common { config: None, data: None };
        let create = Create { email: email.into(), name: None, public_url: None, common };
        let (mut terminal, heard) = listening();
        create.carry_out(&config, password.map(str::to_owned), &mut terminal).await?;
        let said = heard.lock().unwrap().clone();
        Ok(String::from_utf8(said).unwrap())
    }

    #[actix_rt::test]
    async fn an_admin_is_made_by_a_password_or_by_a_link_and_the_password_is_never_said() {
        let dir = tempfile::tempdir().unwrap();
        let said = create(dir.path(), "sam@shop.example", Some("une lampe à pétrole")).await.unwrap();
        assert_eq!(said, "sam is an admin now and signs in as sam@shop.example.\n");
        let said = create(dir.path(), "lea@shop.example", None).await.unwrap();
        assert!(said.contains("http://127.0.0.1:8080/invitation?token="), "{said}");

        let accounts = Accounts::new(Database::open(dir.path()).await.unwrap());
        let (sam, _) = accounts.by_email("sam@shop.example").await.unwrap().unwrap();
        assert_eq!((sam.role, sam.name.as_str()), (Role::Admin, "sam"));
        assert!(accounts.by_email("lea@shop.example").await.unwrap().is_none());
    }

    #[actix_rt::test]
    async fn what_does_not_fit_is_refused_in_a_sentence_and_makes_nobody() {
        let dir = tempfile::tempdir().unwrap();
        create(dir.path(), "sam@shop.example", Some("une lampe à pétrole")).await.unwrap();
        for (email, password, said) in [
            ("sam@shop.example", "une autre lampe", "already in use"),
            ("not an address", "une autre lampe", "not an address"),
            ("lea@shop.example", "12345678", "guessed first"),
        ] {
            let refused = create(dir.path(), email, Some(password)).await.expect_err(email);
            assert!(refused.lines.concat().contains(said), "{refused:?}");
        }
        let accounts = Accounts::new(Database::open(dir.path()).await.unwrap());
        assert_eq!(accounts.all().await.unwrap().len(), 1);
    }

    #[test]
    fn a_password_is_the_first_line_of_standard_input() {
        for (input, password) in
            [("secret words\r\nmore", Some("secret words")), ("", None), ("\n", None), (" spaces ", Some(" spaces "))]
        {
            assert_eq!(first_line(input.as_bytes()).unwrap().as_deref(), password, "{input:?}");
        }
    }
}
