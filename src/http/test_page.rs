//! "Test your live chat": a page of ours with a site's real widget, before any snippet is
//! installed.
//!
//! The document is fixed but for its state and the widget's address, both made of our own
//! letters; names come by the configuration and become text in the browser.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::front::Front;
use super::origin::Origin;
use super::problem::Problem;
use super::signer::Purpose;
use crate::actors::ports::Bots;
use crate::store::Site;

const PAGE: &str = include_str!("test_page/page.html");
const STYLE: &str = include_str!("test_page/page.css");
const SCRIPT: &str = include_str!("test_page/page.js");

/// The console's own.
const ICON: &str = include_str!("../../console/src/icon.svg");

/// The query of [`page`].
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pass: String,
}

/// What the page has to say.
enum State<'a> {
    Ready {
        site: &'a Site,
        pass: &'a str,
    },
    /// No such site, or the pass is over: told alike.
    Over,
    NoBot,
}

/// `GET /test/{site key}?pass=…`
///
/// # Errors
/// A host that is not ours.
pub async fn page(
    front: web::Data<Front>,
    request: HttpRequest,
    key: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let site = front.known.by_key(&key);
    let holds = |site: &Site| front.signer.admits(Purpose::TestPage, site.id.0, &asked.pass, front.clock.now());
    let state = match &site {
        Some(site) if holds(site) && front.bots.published(site.id).is_some() => {
            State::Ready { site, pass: &asked.pass }
        }
        Some(site) if holds(site) => State::NoBot,
        _ => State::Over,
    };
    Ok(document(&front.base(&request)?, &state))
}

fn document(base: &Origin, state: &State<'_>) -> HttpResponse {
    let (status, word, widget) = match state {
        // A key of hexadecimal digits, a pass of digits, a dot and base64url: nothing to escape.
        State::Ready { site, pass } => (
            StatusCode::OK,
            "ready",
            format!("<script async src=\"/w.js?site={}&amp;test={pass}\"></script>", site.key),
        ),
        State::Over => (StatusCode::GONE, "over", String::new()),
        State::NoBot => (StatusCode::CONFLICT, "no-bot", String::new()),
    };
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, policy(base)))
        .body(PAGE.replace("{state}", word).replace("{widget}", &widget))
}

fn policy(base: &Origin) -> String {
    let pictures = if base.is_loopback() { " http://localhost:* http://127.0.0.1:*" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: https:{pictures}; \
         connect-src 'self' {}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
        base.socket()
    )
}

/// `GET /test/page.css`
pub async fn style() -> HttpResponse {
    fixed("text/css; charset=utf-8", STYLE)
}

/// `GET /test/page.js`
pub async fn script() -> HttpResponse {
    fixed("text/javascript; charset=utf-8", SCRIPT)
}

/// `GET /test/icon.svg`
pub async fn icon() -> HttpResponse {
    fixed("image/svg+xml", ICON)
}

fn fixed(kind: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).insert_header((CACHE_CONTROL, "no-cache")).body(body)
}
