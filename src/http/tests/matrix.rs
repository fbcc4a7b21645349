//! Who may do what, every route against every kind of actor, generated from one table.
//!
//! A route that has no row here fails `every_route_has_a_row`.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use super::{Answer, Browser, Chat, House, STORE, chat};
use crate::protocol::session::Role;
use crate::protocol::{AgentRef, Author, SiteId};

/// Who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// No one is asked who they are.
    Anyone,
    /// A token in the path or body decides.
    ByLink,
    /// The address itself is the permission.
    BySignature,
    SignedIn,
    AgentsOfSite,
    InCharge,
    Admins,
    ListedOrigin,
    ItsVisitor,
    /// Sockets: their first frame decides.
    ByHello,
    /// Only who watches a shared page that has it; in this table nobody does.
    Watching,
    /// Only the admin who began it; in this table nobody did.
    ItsAdmin,
}
use Who::{
    Admins, AgentsOfSite, Anyone, ByHello, ByLink, BySignature, InCharge, ItsAdmin, ItsVisitor, ListedOrigin, SignedIn,
    Watching,
};

/// Method, path as in `http/mod.rs`, who. In the path of a case, `{…}` is an object of the first site.
const ROUTES: &[(&str, &str, Who)] = &[
    ("GET", "/healthz", Anyone),
    ("GET", "/readyz", Anyone),
    ("GET", "/api/v1/session", SignedIn),
    ("POST", "/api/v1/sign-in", Anyone),
    ("POST", "/api/v1/sign-out", SignedIn),
    ("POST", "/api/v1/socket-pass", SignedIn),
    ("GET", "/api/v1/setup", Anyone),
    ("POST", "/api/v1/setup", ByLink),
    ("GET", "/api/v1/invitations", Admins),
    ("POST", "/api/v1/invitations", Admins),
    ("POST", "/api/v1/invitations/accept", ByLink),
    ("GET", "/api/v1/invitations/{token}", ByLink),
    ("DELETE", "/api/v1/invitations/{token}", Admins),
    ("GET", "/api/v1/agents", Admins),
    ("PATCH", "/api/v1/agents/{id}", Admins),
    ("GET", "/api/v1/colleagues", SignedIn),
    ("GET", "/api/v1/conversations", SignedIn),
    ("GET", "/api/v1/conversations/counts", SignedIn),
    ("GET", "/api/v1/conversations/{id}", AgentsOfSite),
    ("GET", "/api/v1/conversations/{id}/events", AgentsOfSite),
    ("GET", "/api/v1/conversations/{id}/suggestions", AgentsOfSite),
    ("POST", "/api/v1/conversations/{id}/documents", InCharge),
    ("GET", "/api/v1/documents/{id}", AgentsOfSite),
    ("GET", "/api/v1/documents/{id}/preview", AgentsOfSite),
    ("GET", "/api/v1/sites", Admins),
    ("POST", "/api/v1/sites", Admins),
    ("GET", "/api/v1/sites/{site}", Admins),
    ("PATCH", "/api/v1/sites/{site}", Admins),
    ("GET", "/api/v1/bot/templates", Admins),
    ("GET", "/api/v1/sites/{site}/bot", Admins),
    ("POST", "/api/v1/sites/{site}/bot/check", Admins),
    ("GET", "/api/v1/sites/{site}/bot/draft", Admins),
    ("PUT", "/api/v1/sites/{site}/bot/draft", Admins),
    ("POST", "/api/v1/sites/{site}/bot/publish", Admins),
    ("GET", "/api/v1/sites/{site}/bot/not-understood", Admins),
    ("POST", "/api/v1/sites/{site}/bot/not-understood/set-aside", Admins),
    ("GET", "/api/v1/sites/{site}/bot/usage", Admins),
    ("GET", "/api/v1/sites/{site}/bot/figures", Admins),
    ("POST", "/api/v1/sites/{site}/bot/preview", Admins),
    ("GET", "/api/v1/sites/{site}/bot/versions", Admins),
    ("GET", "/api/v1/sites/{site}/bot/versions/{n}", Admins),
    ("POST", "/api/v1/sites/{site}/bot/versions/{n}/restore", Admins),
    ("POST", "/api/v1/sites/{site}/test", AgentsOfSite),
    ("POST", "/api/v1/sites/{site}/share-previews", Admins),
    // Each their own: a journey of its own.
    ("GET", "/api/v1/sites/{site}/share-previews/{id}", ItsAdmin),
    ("POST", "/api/v1/sites/{site}/share-previews/{id}", ItsAdmin),
    ("DELETE", "/api/v1/sites/{site}/share-previews/{id}", ItsAdmin),
    ("GET", "/api/v1/sites/{site}/share-previews/{id}/picture", ItsAdmin),
    ("GET", "/api/v1/socket", ByHello),
    ("GET", "/api/v1/sites/{site}/catalog/search", AgentsOfSite),
    ("GET", "/api/v1/sites/{site}/catalog/products/{id}", AgentsOfSite),
    ("GET", "/api/v1/sites/{site}/catalog/status", AgentsOfSite),
    // By the site's key too: a journey of its own.
    ("PATCH", "/api/v1/sites/{site}/catalog/products", Admins),
    ("GET", "/api/v1/sites/{site}/catalog/key", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/key", Admins),
    ("DELETE", "/api/v1/sites/{site}/catalog/key", Admins),
    ("GET", "/api/v1/sites/{site}/catalog/shelf", AgentsOfSite),
    ("PUT", "/api/v1/sites/{site}/catalog/pins/{product}", AgentsOfSite),
    ("DELETE", "/api/v1/sites/{site}/catalog/pins/{product}", AgentsOfSite),
    // What each agent sees there has a journey of its own.
    ("GET", "/api/v1/sites/{site}/ledger", AgentsOfSite),
    ("GET", "/api/v1/sites/{site}/ledger.csv", AgentsOfSite),
    ("GET", "/api/v1/sites/{site}/ledger/queries", Admins),
    ("GET", "/api/v1/sites/{site}/ledger/queries.csv", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/imports", Admins),
    ("GET", "/api/v1/sites/{site}/catalog/imports", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/imports/restore", Admins),
    ("GET", "/api/v1/sites/{site}/catalog/imports/{id}", Admins),
    ("GET", "/api/v1/sites/{site}/catalog/imports/{id}/rejected.csv", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/imports/{id}/confirm", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/imports/{id}/cancel", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/previews", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/previews/{id}", Admins),
    ("DELETE", "/api/v1/sites/{site}/catalog/previews/{id}", Admins),
    ("GET", "/api/v1/sites/{site}/catalog/feeds", Admins),
    ("PATCH", "/api/v1/sites/{site}/catalog/feeds/{lang}", Admins),
    ("DELETE", "/api/v1/sites/{site}/catalog/feeds/{lang}", Admins),
    ("POST", "/api/v1/sites/{site}/catalog/feeds/{lang}/fetch", Admins),
    ("GET", "/test/page.css", Anyone),
    ("GET", "/test/page.js", Anyone),
    ("GET", "/test/icon.svg", Anyone),
    ("GET", "/test/{key}", BySignature),
    ("GET", "/w.js", Anyone),
    ("GET", "/w/assets/{name}", Anyone),
    ("GET", "/w/v1/config", ListedOrigin),
    ("GET", "/w/v1/conversations/{id}/events", ItsVisitor),
    ("GET", "/w/v1/conversations/{id}/cards/{seq}/now", ItsVisitor),
    ("POST", "/w/v1/conversations/{id}/documents", ItsVisitor),
    ("GET", "/w/v1/documents/{id}/address", ItsVisitor),
    ("GET", "/w/v1/documents/{id}", BySignature),
    ("GET", "/w/v1/socket", ByHello),
    ("GET", "/w/v1/share", ByHello),
    ("POST", "/w/v1/share-preview", ByLink),
    ("POST", "/w/v1/share-preview/next", ByLink),
    ("POST", "/w/v1/share-preview/files", ByLink),
    ("POST", "/w/v1/share-preview/file", ByLink),
    ("POST", "/w/v1/share-preview/picture", ByLink),
    ("GET", "/api/v1/share", ByHello),
    ("GET", "/cb/a/{hash}", Watching),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Actor {
    Nobody,
    ItsVisitor,
    AnotherVisitor,
    VisitorOfAnotherSite,
    InCharge,
    AnotherAgent,
    AgentOfAnotherSite,
    Admin,
    Disabled,
}

const ACTORS: [Actor; 9] = [
    Actor::Nobody,
    Actor::ItsVisitor,
    Actor::AnotherVisitor,
    Actor::VisitorOfAnotherSite,
    Actor::InCharge,
    Actor::AnotherAgent,
    Actor::AgentOfAnotherSite,
    Actor::Admin,
    Actor::Disabled,
];

/// What an actor may expect of a route; statuses are those of [`judge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Allowed,
    NotSignedIn,
    /// Like what does not exist.
    NotFound,
    NotInCharge,
    /// Never wanted.
    Fault,
}

impl Actor {
    fn is_agent(self) -> bool {
        matches!(self, Self::InCharge | Self::AnotherAgent | Self::AgentOfAnotherSite | Self::Admin)
    }

    fn serves_first_site(self) -> bool {
        matches!(self, Self::InCharge | Self::AnotherAgent | Self::Admin)
    }

    fn is_visitor(self) -> bool {
        matches!(self, Self::ItsVisitor | Self::AnotherVisitor | Self::VisitorOfAnotherSite)
    }
}

fn wanted(who: Who, actor: Actor) -> Option<Verdict> {
    let if_agent = |allowed: bool| match (actor.is_agent(), allowed) {
        (false, _) => Verdict::NotSignedIn,
        (true, true) => Verdict::Allowed,
        (true, false) => Verdict::NotFound,
    };
    Some(match who {
        // Tested by their own journeys: no actor makes a difference there.
        Anyone | ByLink | BySignature | ListedOrigin | ByHello => return None,
        SignedIn => if_agent(true),
        Watching | ItsAdmin => if_agent(false),
        AgentsOfSite => if_agent(actor.serves_first_site()),
        Admins => if_agent(actor == Actor::Admin),
        InCharge if actor.serves_first_site() && actor != Actor::InCharge => Verdict::NotInCharge,
        InCharge => if_agent(actor == Actor::InCharge),
        ItsVisitor if actor == Actor::ItsVisitor => Verdict::Allowed,
        ItsVisitor if actor.is_visitor() => Verdict::NotFound,
        ItsVisitor => Verdict::NotSignedIn,
    })
}

fn judge(answer: &Answer) -> Verdict {
    match (answer.status.as_u16(), answer.code().as_str()) {
        (401, _) => Verdict::NotSignedIn,
        (404, "not_found") => Verdict::NotFound,
        (409, "not_in_charge") => Verdict::NotInCharge,
        (500.., _) => Verdict::Fault,
        _ => Verdict::Allowed,
    }
}

/// Two sites, a conversation with a shared picture in the first, and a browser for every actor.
struct Scene {
    house: House,
    site: SiteId,
    chat: Chat,
    agent: crate::protocol::AgentId,
    document: crate::protocol::DocumentId,
    import: String,
    preview: String,
    invitation: String,
    browsers: Vec<Browser>,
}

async fn scene() -> Scene {
    let house = House::open().await;
    let (site, other) = (house.ready_site("Lampes").await, house.ready_site("Chaises").await);
    let mut mine = chat(&house, site).await;
    let (theirs, abroad) = (chat(&house, site).await, chat(&house, other).await);
    let camille = house.person("Camille", Role::Agent, &[site]).await;
    let agent = house.person("Noor", Role::Agent, &[site]).await;
    house.person("Lin", Role::Agent, &[other]).await;
    house.person("Sam", Role::Admin, &[]).await;
    let gone = house.person("Gone", Role::Agent, &[site]).await;
    let mut browsers = vec![Browser::ours(), mine.browser.clone(), theirs.browser, abroad.browser];
    for name in ["Camille", "Noor", "Lin", "Sam", "Gone"] {
        browsers.push(house.signed_in(name).await);
    }
    let path = format!("/api/v1/agents/{gone}");
    house.patch(&browsers[7], &path, json!({"disabled": true})).await;

    let invited = json!({"email": "new@example.com", "name": "New", "role": "agent", "sites": []});
    let invitation = house.post(&browsers[7], "/api/v1/invitations", invited).await.json();
    let invitation = invitation["id"].as_str().unwrap().to_owned();
    mine.taken_by(&house, AgentRef { id: camille, first_name: "Camille".to_owned() }).await;
    let request = upload(&format!("/w/v1/conversations/{}/documents", mine.id));
    let uploaded = house.ask(&mine.browser, request).await.json();
    let document: crate::protocol::DocumentRef = serde_json::from_value(uploaded["document"].clone()).unwrap();
    mine.share(&house, Author::Visitor {}, document.clone()).await;
    let request = upload(&format!("/api/v1/sites/{site}/catalog/imports"));
    let import = house.ask(&browsers[7], request).await.json()["id"].as_str().unwrap().to_owned();
    let request = upload(&format!("/api/v1/sites/{site}/catalog/previews"));
    let preview = house.ask(&browsers[7], request).await.json()["id"].as_str().unwrap().to_owned();
    Scene { house, site, chat: mine, agent, document: document.id, import, preview, invitation, browsers }
}

fn upload(path: &str) -> TestRequest {
    let mut picture = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(image::RgbImage::new(2, 2)).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    TestRequest::post().uri(path).insert_header(("x-comptoir-upload", "1")).set_payload(picture.into_inner())
}

impl Scene {
    fn path(&self, pattern: &str) -> String {
        let nothing = uuid::Uuid::now_v7().to_string();
        let id = if pattern.contains("/documents/{id}") {
            self.document.to_string()
        } else if pattern.contains("/conversations/{id}") {
            self.chat.id.to_string()
        } else if pattern.contains("/agents/{id}") {
            self.agent.to_string()
        } else if pattern.contains("/imports/{id}") {
            self.import.clone()
        } else if pattern.contains("/previews/{id}") {
            self.preview.clone()
        } else {
            nothing
        };
        pattern
            .replace("{site}", &self.site.to_string())
            .replace("{id}", &id)
            .replace("{token}", &self.invitation)
            .replace("{seq}", "1")
            .replace("{n}", "1")
            .replace("{product}", "none")
            .replace("{lang}", "fr")
    }

    async fn ask(&self, method: &str, pattern: &str, browser: &Browser) -> Answer {
        let path = self.path(pattern);
        if pattern.ends_with("/documents") {
            return self.house.ask(browser, upload(&path)).await;
        }
        let query = if pattern.ends_with("/conversations") { "?tab=waiting" } else { "" };
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        // A body that fits where it must be read before anybody is asked.
        let body = match pattern {
            "/api/v1/sign-out" => json!({"everywhere": false}),
            "/api/v1/invitations" => json!({"email": "x", "name": "", "role": "agent", "sites": []}),
            "/api/v1/sites" => json!({"name": "", "origins": [], "lang": "fr", "currency": "EUR"}),
            "/api/v1/sites/{site}/catalog/previews/{id}" => json!({"settings": {"currency": "EUR"}}),
            "/api/v1/sites/{site}/bot/not-understood/set-aside" => json!({"texts": []}),
            "/api/v1/sites/{site}/bot/check" => json!({"toml": ""}),
            "/api/v1/sites/{site}/bot/preview" => json!({"agents": 1, "lang": "fr", "inputs": []}),
            "/api/v1/sites/{site}/bot/draft" => json!({"revision": 0, "toml": ""}),
            "/api/v1/sites/{site}/bot/publish" | "/api/v1/sites/{site}/bot/versions/{n}/restore" => {
                json!({"revision": 0})
            }
            "/api/v1/sites/{site}/catalog/products" => json!({"updates": []}),
            "/api/v1/sites/{site}/share-previews" | "/api/v1/sites/{site}/share-previews/{id}" => {
                json!({"settings": {}})
            }
            _ => json!({}),
        };
        self.house
            .send(browser, method.clone(), &format!("{path}{query}"), (method != Method::GET).then_some(body))
            .await
    }
}

#[actix_rt::test]
async fn every_actor_meets_on_every_route_what_the_table_says() {
    let scene = scene().await;
    let mut wrong = Vec::new();
    let mut cells = 0;
    let written = written();
    let served = |row: &&(&str, &str, Who)| written.iter().any(|(method, path)| method == row.0 && path == row.1);
    // Signing out is its own journey: after it nobody is who they were.
    for (method, pattern, who) in ROUTES.iter().filter(served).filter(|(_, path, _)| *path != "/api/v1/sign-out") {
        for (actor, browser) in ACTORS.iter().zip(&scene.browsers) {
            let Some(wanted) = wanted(*who, *actor) else { continue };
            let mut browser = browser.clone();
            // Cookies and tokens are shown on both sides: neither may open the other's door.
            let is_widget = pattern.starts_with("/w/");
            browser.set("origin", if is_widget { STORE } else { "http://127.0.0.1:8370" });
            browser.set("sec-fetch-site", if is_widget { "cross-site" } else { "same-origin" });
            let answer = scene.ask(method, pattern, &browser).await;
            cells += 1;
            if judge(&answer) != wanted {
                wrong.push(format!("{method} {pattern} as {actor:?}: wanted {wanted:?}, got {answer:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cells > 200, "only {cells} cells were run");
}

/// The routes as `http/mod.rs` writes them, read from its text.
fn written() -> Vec<(String, String)> {
    let text = include_str!("../mod.rs");
    let text = text.split("pub fn routes").nth(1).unwrap();
    let (top, rest) = text.split_once("\nfn console").unwrap();
    let (console, visitors) = rest.split_once("\nfn visitors").unwrap();
    let mut found = Vec::new();
    for (prefix, part) in [("", top), ("/api/v1", console), ("/w/v1", visitors)] {
        for piece in part.split("resource(\"").skip(1) {
            let (path, rest) = piece.split_once('"').unwrap();
            let rest = rest.split(".service(").next().unwrap();
            for method in ["get", "post", "put", "patch", "delete"] {
                if rest.contains(&format!(".{method}(")) {
                    found.push((method.to_uppercase(), format!("{prefix}{path}")));
                }
            }
        }
        for piece in part.split(".route(\"").skip(1) {
            let (path, rest) = piece.split_once('"').unwrap();
            let method = rest.split('(').next().unwrap_or_default().trim_matches([',', ' ']);
            found.push((method.to_uppercase(), format!("{prefix}{path}")));
        }
    }
    found
}

#[test]
fn every_route_has_a_row() {
    let written = written();
    assert!(written.len() >= 40, "{written:?}");
    for (method, path) in written {
        let known = ROUTES.iter().any(|(known, pattern, _)| *known == method && *pattern == path);
        assert!(known, "{method} {path} has no row in the table of who may do what");
    }
}
