//! A changed price until a search shows it: sent to a real server as a shop's own
//! program sends it, looked for as an agent's console looks.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;

use super::{Asked, comptoir, percentiles};
use crate::Failure;

const EMAIL: &str = "bench@shop.example";
const PASSWORD: &str = "a long enough password";
/// Updates, one after the other.
const UPDATES: u64 = 60;
/// Updates after a rest, and how long that is: the server gives the index's writer up
/// when none came for 20 s.
const RESTED: usize = 2;
const REST: Duration = Duration::from_secs(22);
/// Nobody waits longer for a price.
const WAIT_MAX: Duration = Duration::from_secs(30);

pub fn measure(asked: &Asked) -> Result<Value, Failure> {
    make_admin(asked)?;
    let server = Server::start(asked)?;
    let console = server.signed_in()?;
    let sites = server.get(&console, "/api/v1/sites")?;
    let site = sites.pointer("/0/id").and_then(Value::as_str).ok_or("the server has no site")?;
    let catalog = format!("/api/v1/sites/{site}/catalog");
    let key = match server.send(console.post(server.url(&format!("{catalog}/key"))), &json!({})) {
        Ok(made) => made.get("key").and_then(Value::as_str).ok_or("the server gives no key")?.to_owned(),
        Err(error) => return Ok(json!({"skipped": format!("updates by API: {error}")})),
    };
    let shop = Shop { server: &server, console: &console, catalog: &catalog, key: &key };
    let (mut times, mut rested) = (Vec::new(), Vec::new());
    for (number, id) in (0..).zip(ids(asked)) {
        times.push(shop.update(&id, 1_000 + number)?);
    }
    for (number, id) in (0..).zip(ids(asked).iter().take(RESTED)) {
        rest();
        rested.push(shop.update(id, 3_000 + number)?);
    }
    let mut measured = percentiles(&times);
    let worst = percentiles(&rested).get("worst_ms").cloned();
    if let (Some(measured), Some(worst)) = (measured.as_object_mut(), worst) {
        measured.insert("rested_worst_ms".to_owned(), worst);
    }
    Ok(measured)
}

#[expect(clippy::disallowed_methods, reason = "that nothing happens is what is waited for")]
fn rest() {
    std::thread::sleep(REST);
}

/// Who changes prices and looks for them.
struct Shop<'s> {
    server: &'s Server,
    console: &'s Agent,
    catalog: &'s str,
    key: &'s str,
}

impl Shop<'_> {
    /// Gives a product a new price; how long until a search shows it.
    fn update(&self, id: &str, price: i64) -> Result<Duration, Failure> {
        let Self { server, console, catalog, key } = self;
        let search = format!("{catalog}/search?limit=1&q={id}");
        server.until(console, &search, |hits| hits.pointer("/hits/0/card/product").is_some())?;
        let update =
            json!({"updates": [{"id": id, "price": format!("{}.{:02}", price / 100, price % 100), "sale_price": ""}]});
        let sending =
            console.patch(server.url(&format!("{catalog}/products"))).header("authorization", format!("Bearer {key}"));
        let began = Instant::now();
        let taken = server.send(sending, &update)?;
        if taken.get("changed").and_then(Value::as_u64) == Some(0) {
            return Err(format!("an update was not taken: {taken}").into());
        }
        server.until(console, &search, |hits| {
            hits.pointer("/hits/0/card/price/minor").and_then(Value::as_i64) == Some(price)
        })?;
        Ok(began.elapsed())
    }
}

/// Products from all over the shop.
fn ids(asked: &Asked) -> Vec<String> {
    let step = usize::try_from((asked.products / UPDATES).max(1)).unwrap_or(1);
    let products = asked.shop().products().step_by(step).take(UPDATES as usize);
    products.map(|product| product.id.as_str().to_owned()).collect()
}

fn make_admin(asked: &Asked) -> Result<(), Failure> {
    let mut command = Command::new(comptoir()?);
    command.args(["admin", "create", EMAIL, "--data"]).arg(asked.folder.join("data"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().ok_or("no standard input")?.write_all(PASSWORD.as_bytes())?;
    if child.wait()?.success() { Ok(()) } else { Err("no admin was made".into()) }
}

/// A server that ends with this value.
struct Server {
    child: Child,
    own: String,
}

impl Server {
    fn start(asked: &Asked) -> Result<Self, Failure> {
        let mut command = Command::new(comptoir()?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(asked.folder.join("data"));
        let mut child = command.env("COMPTOIR_LOG__FILTER", "warn").stdout(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        let mut server = Self { child, own: String::new() };
        let mut line = String::new();
        said.read_line(&mut line)?;
        let address = line.trim_end().split_once("listens on ").map(|(_, address)| address.to_owned());
        server.own = address.ok_or_else(|| format!("the server did not start: {line}"))?;
        Ok(server)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.own)
    }

    fn signed_in(&self) -> Result<Agent, Failure> {
        let agent = Agent::new_with_defaults();
        self.send(agent.post(self.url("/api/v1/sign-in")), &json!({"email": EMAIL, "password": PASSWORD}))?;
        Ok(agent)
    }

    fn get(&self, agent: &Agent, path: &str) -> Result<Value, Failure> {
        Ok(agent.get(self.url(path)).call()?.body_mut().read_json()?)
    }

    fn send(&self, request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &Value) -> Result<Value, Failure> {
        Ok(request.header("origin", &self.own).send_json(body)?.body_mut().read_json()?)
    }

    /// Asks again and again; answers that say `try later` are none.
    fn until(&self, agent: &Agent, path: &str, wish: impl Fn(&Value) -> bool) -> Result<(), Failure> {
        let began = Instant::now();
        let mut last = String::new();
        while began.elapsed() < WAIT_MAX {
            match self.get(agent, path) {
                Ok(found) if wish(&found) => return Ok(()),
                Ok(found) => last = found.to_string(),
                Err(error) => last = error.to_string(),
            }
        }
        Err(format!("waited in vain for `{path}`: {last}").into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The folder is thrown away; nothing need be closed in order.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
