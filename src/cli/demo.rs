//! `comptoir demo`: a store with the chat, a console, sign-ins, on this machine only.
//!
//! What the demo is made of is in [`crate::demo`]; here it is seeded, started,
//! said, and stopped.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_rt::System;
use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use clap::Args;
use serde_json::json;

use super::running::{self, Signals};
use super::{Failure, Terminal, load, logging};
use crate::app::App;
use crate::config::{Config, Layers};
use crate::demo::people::{self, Person};
use crate::demo::seed::{self, Seeded};
use crate::demo::start::{self, StartPage};
use crate::demo::{DemoStore, StoreSettings, configure};
use crate::protocol::session::Role;
use crate::store::folder::DataFolder;

/// Ports tried for a store that may take any: one must be free on both families.
const PORTS_TRIED_MAX: u32 = 20;
/// A demo says what it does itself; its log is for what goes wrong.
const LOG_FILTER: &str = "warn";

/// Try everything: a store with the chat, a console, two agents and an admin
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  comptoir demo\n  comptoir demo --reset\n  \
                        comptoir demo --json --data /tmp/demo --listen 127.0.0.1:0 --store-listen localhost:0")]
pub struct Demo {
    /// Where the demo's data lie until they are reset
    #[arg(long, value_name = "DIR", default_value = "./demo-data")]
    data: PathBuf,
    /// Where the console listens, on this machine only; port 0 = any
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Where the store listens, on this machine only; port 0 = any
    #[arg(long, value_name = "ADDRESS", default_value = "localhost:8081")]
    store_listen: String,
    /// Forget everything of earlier demos in this folder first
    #[arg(long)]
    reset: bool,
    /// Print one JSON line with addresses and sign-ins once all is served, and nothing else
    #[arg(long)]
    json: bool,
}

impl Demo {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let console = loopback("--listen", &self.listen)?;
        let store = loopback("--store-listen", &self.store_listen)?;
        let mut config = load(
            &Layers { file: None, ..Layers::of_process(None) }
                .flag("--data", "data.dir", Some(self.data.display().to_string()))
                .flag("--listen", "server.listen", Some(console.to_string())),
        )?;
        config.server.public_url = None;
        if config.log.filter == Config::default().log.filter {
            LOG_FILTER.clone_into(&mut config.log.filter);
        }
        logging::start(&config.log);
        System::new().block_on(self.serve(config, store.port(), terminal))
    }

    async fn serve(&self, config: Config, store_port: u16, terminal: &mut Terminal) -> Result<(), Failure> {
        let signals = Signals::new()?;
        let stop_seconds = config.server.stop_seconds;
        let mut say = |line: String| {
            if !self.json {
                terminal.say(line);
            }
        };
        if self.reset {
            reset(&self.data)?;
            say(format!("Forgot the earlier demo in {}.", self.data.display()));
        }
        let (listeners, store_port) = listen_for_store(store_port)?;
        let store = format!("http://localhost:{store_port}");
        say(format!("Preparing the demo in {} …", self.data.display()));
        let seeded = prepare(&self.data, &store).await?;
        say(format!("  site     {}, its key is {}", seeded.site.name, seeded.site.key));
        say(format!("  people   {}", names(&seeded.people)));
        say(format!("  bot      published, version {}", seeded.bot_version));
        say(format!("  catalog  {} products", seeded.products));

        let page = StartPage::open(&store, &seeded.people).map_err(Failure::new)?;
        let app = App::start_with(config, start::routes(page)).await.map_err(Failure::new)?;
        let console = format!("http://{}", app.address());
        let shop = serve_store(listeners, &store, &console, &seeded.site.key)?;
        say(format!("  console  {console}"));
        say(format!("  store    {store}"));
        if self.json {
            terminal.say(in_json(&console, &store, &seeded));
        } else {
            welcome(terminal, &console, &seeded.people);
        }
        // Inside a block, since `stop` stops when it is called, not when it is awaited.
        running::until_stopped(app, signals, stop_seconds, async move { shop.stop(true).await }).await
    }
}

/// Reads an address of this machine; `localhost` is one.
fn loopback(flag: &str, text: &str) -> Result<SocketAddr, Failure> {
    let spelled = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    let refused = |why: &str| Failure { code: 2, lines: vec![format!("{flag} `{text}` {why}")] };
    let address: SocketAddr =
        spelled.parse().map_err(|_| refused("is not an address; write it like 127.0.0.1:8080"))?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(refused(
        "can be reached by other machines, and the demo prints its passwords; write it like 127.0.0.1:8080, \
         or run `comptoir serve` for a server that others may use",
    ))
}

/// Browsers try both families for `localhost`, so the store listens on both;
/// a machine without IPv6 has but one.
fn listen_for_store(port: u16) -> Result<(Vec<TcpListener>, u16), Failure> {
    let taken = |error: &io::Error, port: u16| {
        Failure::new(format!(
            "the store cannot listen on localhost:{port}: {error}; choose another port with --store-listen localhost:{}",
            port.wrapping_add(1).max(1024)
        ))
    };
    for _ in 0..PORTS_TRIED_MAX {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| taken(&error, port))?;
        let got = four.local_addr().map_err(|error| taken(&error, port))?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, got)) {
            Ok(six) => return Ok((vec![four, six], got)),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port == 0 => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(taken(&error, port)),
            Err(_) => return Ok((vec![four], got)),
        }
    }
    Err(Failure::new("no port is free for the store; name one with --store-listen localhost:8081"))
}

/// Seeds the folder while holding it, then gives it back for the server to take.
async fn prepare(dir: &Path, store: &str) -> Result<Seeded, Failure> {
    let folder = DataFolder::hold(dir).map_err(Failure::new)?;
    seed::seed(folder.dir(), store).await.map_err(Failure::new)
}

/// Empties a demo's folder; the folder of anything else is left alone.
fn reset(dir: &Path) -> Result<(), Failure> {
    let is_empty = std::fs::read_dir(dir).map_or(true, |entries| entries.flatten().all(|e| e.file_name() == "lock"));
    if is_empty {
        return Ok(());
    }
    if !dir.join(people::FILE).exists() {
        return Err(Failure::new(format!(
            "`{}` is not the folder of a demo, so nothing in it was deleted; name the demo's folder with --data",
            dir.display()
        )));
    }
    let folder = DataFolder::hold(dir).map_err(Failure::new)?;
    let failed = |error: io::Error| Failure::new(format!("`{}` cannot be emptied: {error}", dir.display()));
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // The lock is ours now, and goes on holding; the list of sign-ins is what makes the
        // folder a demo's, so it goes last: a reset that was cut off can be asked for again.
        if entry.file_name() == "lock" || entry.file_name() == people::FILE {
            continue;
        }
        let path = entry.path();
        let deleted = if entry.file_type().map_err(failed)?.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        deleted.map_err(failed)?;
    }
    std::fs::remove_file(dir.join(people::FILE)).map_err(failed)?;
    drop(folder);
    Ok(())
}

fn serve_store(listeners: Vec<TcpListener>, origin: &str, comptoir: &str, key: &str) -> Result<ServerHandle, Failure> {
    let settings = StoreSettings { origin: origin.to_owned(), comptoir: comptoir.to_owned(), site_key: key.to_owned() };
    let store = Arc::new(DemoStore::open(settings).map_err(Failure::new)?);
    let mut server = HttpServer::new(move || actix_web::App::new().configure(configure(store.clone())))
        .workers(1)
        .shutdown_timeout(1)
        .disable_signals();
    for listener in listeners {
        server = server.listen(listener).map_err(|error| Failure::new(format!("the store cannot listen: {error}")))?;
    }
    let server = server.run();
    let handle = server.handle();
    actix_rt::spawn(server);
    Ok(handle)
}

fn names(people: &[Person]) -> String {
    people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn in_json(console: &str, store: &str, seeded: &Seeded) -> serde_json::Value {
    json!({
        "start": format!("{console}/demo"),
        "console": console,
        "store": store,
        "site": { "id": seeded.site.id, "name": seeded.site.name, "key": seeded.site.key },
        "people": seeded.people,
    })
}

fn welcome(terminal: &mut Terminal, console: &str, people: &[Person]) {
    terminal.say(format_args!("\nStart here: {console}/demo\n\nSign-ins (this demo only):"));
    for person in people {
        let role = match person.role {
            Role::Agent => "agent",
            Role::Admin => "admin",
        };
        terminal.say(format_args!("  {role}  {:<26} {}", person.email, person.password));
    }
    terminal.say("\nCtrl+C stops it. The data stay; `comptoir demo --reset` starts over.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_others_could_reach_is_refused_with_what_to_write() {
        for refused in ["0.0.0.0:8080", "192.168.1.4:8080", "[::]:8080"] {
            let failure = loopback("--listen", refused).expect_err("not loopback");
            assert_eq!(failure.code, 2);
            assert!(failure.lines.concat().contains("comptoir serve"), "{:?}", failure.lines);
        }
        assert!(loopback("--listen", "here").expect_err("no address").lines.concat().contains("127.0.0.1:8080"));
        for taken in ["127.0.0.1:0", "[::1]:8080", "localhost:8081"] {
            assert!(loopback("--listen", taken).is_ok(), "{taken}");
        }
    }

    #[test]
    fn a_reset_empties_a_demo_and_spares_everything_else() {
        let demo = tempfile::tempdir().expect("a folder");
        people::keep(demo.path()).expect("sign-ins");
        std::fs::create_dir(demo.path().join("files")).expect("a folder");
        std::fs::write(demo.path().join("comptoir.db"), "rows").expect("a file");
        reset(demo.path()).expect("a reset");
        let left: Vec<_> = std::fs::read_dir(demo.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
        assert_eq!(left, ["lock"]);
        assert!(reset(demo.path()).is_ok(), "a second reset has nothing to do");

        let other = tempfile::tempdir().expect("a folder");
        std::fs::write(other.path().join("novel.txt"), "chapter one").expect("a file");
        assert!(reset(other.path()).is_err());
        assert!(other.path().join("novel.txt").exists());
    }

    #[test]
    fn a_port_in_use_says_which_flag_to_write() {
        let (_held, port) = listen_for_store(0).expect("a free port");

        let failure = listen_for_store(port).expect_err("the port is taken");

        assert!(failure.lines.concat().contains("--store-listen localhost:"), "{:?}", failure.lines);
    }
}
