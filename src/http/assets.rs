//! The console's and the widget's files, embedded in the binary (read from disk in debug
//! builds), with ETag and gzip.
//!
//! Names with a hash in them never change what they mean, so browsers keep them; the
//! others are asked for again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG,
    IF_NONE_MATCH, REFERRER_POLICY, VARY,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use super::front::Front;
use super::headers::CROSS_ORIGIN_RESOURCE_POLICY;
use super::problem::Problem;
use crate::protocol::{Refusal, RefusalCode};

#[derive(RustEmbed)]
#[folder = "console/dist/"]
#[allow_missing = true]
struct ConsoleFiles;

#[derive(RustEmbed)]
#[folder = "widget/dist/"]
#[allow_missing = true]
struct WidgetFiles;

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";
/// A new release's loader reaches stores within it.
const LOADER: &str = "public, max-age=300";
/// Smaller files gain nothing.
const GZIP_BYTES_MIN: usize = 860;
/// Compressed files kept, by their hash: those of one release, some of the one before in debug builds.
const ZIPPED_MAX: usize = 500;

/// Paths that the console's document answers; what follows them is its own business.
const CONSOLE_PATHS: &[&str] = &["sign-in", "setup", "invitation", "inbox", "settings"];
/// The agent's tab of a shared page, one address a conversation.
const SHARED_PATH: &str = "shared";

/// Everything that no other route answers: the console's document and files.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn console(front: web::Data<Front>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(RefusalCode::NotFound.into());
    }
    let path = request.path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    if path.is_empty() || CONSOLE_PATHS.contains(&first) {
        let file = ConsoleFiles::get("index.html").ok_or_else(|| not_built("console"))?;
        let mut response = HttpResponse::Ok();
        response.insert_header((CONTENT_SECURITY_POLICY, console_policy(&front, &request)?));
        return Ok(serve(&request, response, &file, ASK_AGAIN));
    }
    if first == SHARED_PATH {
        let file = ConsoleFiles::get("shared.html").ok_or_else(|| not_built("console"))?;
        return Ok(serve(&request, shared_document(front.base(&request)?.socket()), &file, "no-store"));
    }
    let file = ConsoleFiles::get(path).ok_or(RefusalCode::NotFound)?;
    let caching = if path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    Ok(serve(&request, HttpResponse::Ok(), &file, caching))
}

/// The agent's tab of a shared page, a document of its own: the picture's frame inherits this policy,
/// so nothing that a stranger's page asks for leaves for anywhere but our own assets.
fn shared_document(socket: String) -> HttpResponseBuilder {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         font-src 'self' data:; media-src 'none'; connect-src 'self' {socket}; frame-src 'none'; object-src 'none'; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types default"
    );
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_SECURITY_POLICY, policy));
    response.insert_header((REFERRER_POLICY, "no-referrer"));
    response
}

/// Product pictures come from the stores' own hosts; on this machine also without TLS.
fn console_policy(front: &Front, request: &HttpRequest) -> Result<String, Problem> {
    let own = front.base(request)?;
    let pictures = if own.is_loopback() { " http://localhost:* http://127.0.0.1:*" } else { "" };
    Ok(format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: https:{pictures}; \
         connect-src 'self' {}; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
        own.socket()
    ))
}

/// `GET /w.js`: the loader, for any page.
///
/// # Errors
/// [`RefusalCode::NotFound`] when the widget was not built.
pub async fn loader(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let file = WidgetFiles::get("w.js").ok_or_else(|| not_built("widget"))?;
    Ok(serve(&request, for_any_page(), &file, LOADER))
}

/// `GET /w/assets/{name}`: the hashed chunks, for any page.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn widget_asset(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let file = WidgetFiles::get(&format!("assets/{name}")).ok_or(RefusalCode::NotFound)?;
    Ok(serve(&request, for_any_page(), &file, FOREVER))
}

/// A cross-origin `import()` needs the first, a page with COEP the second.
fn for_any_page() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    response.insert_header((CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"));
    response
}

/// Which chunks this release's widget has: `widget/dist/manifest.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct WidgetManifest {
    /// The panel's file, like `assets/panel-3f2a.js`.
    pub panel: String,
    /// Language to file.
    pub words: HashMap<String, String>,
}

impl WidgetManifest {
    /// # Errors
    /// [`RefusalCode::NotFound`] when the widget was not built.
    pub fn read() -> Result<Self, Problem> {
        let file = WidgetFiles::get("manifest.json").ok_or_else(|| not_built("widget"))?;
        serde_json::from_slice(&file.data).map_err(|error| {
            tracing::error!(%error, "widget/dist/manifest.json cannot be read");
            RefusalCode::Fault.into()
        })
    }

    /// The words' file of a language, else the English one.
    #[must_use]
    pub fn words_in(&self, lang: &str) -> &str {
        self.words.get(lang).or_else(|| self.words.get("en")).map_or("", String::as_str)
    }
}

fn not_built(what: &str) -> Problem {
    Refusal::new(RefusalCode::NotFound).saying(format!("The {what} was not built into this server; run `make`.")).into()
}

fn serve(
    request: &HttpRequest,
    mut response: HttpResponseBuilder,
    file: &EmbeddedFile,
    caching: &'static str,
) -> HttpResponse {
    let hash = file.metadata.sha256_hash();
    // Weak: the same for the file as it is and compressed.
    let etag = format!("W/\"{}\"", hex(hash.iter().take(12)));
    response.insert_header((ETAG, etag.clone()));
    response.insert_header((CACHE_CONTROL, caching));
    response.insert_header((VARY, "accept-encoding"));
    let known = request.headers().get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|tag| tag.trim() == etag) {
        return response.status(actix_web::http::StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type(typed(file.metadata.mimetype()));
    if takes_gzip(request) && is_text(file.metadata.mimetype()) && file.data.len() >= GZIP_BYTES_MIN {
        response.insert_header((CONTENT_ENCODING, "gzip"));
        return response.body(web::Bytes::clone(&zipped(hash, &file.data)));
    }
    match &file.data {
        Cow::Borrowed(bytes) => response.body(*bytes),
        Cow::Owned(bytes) => response.body(bytes.clone()),
    }
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// Everything that we write is UTF-8.
fn typed(kind: &str) -> String {
    if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || kind.contains("javascript") || kind.contains("json") || kind.contains("svg")
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let given = request.headers().get(ACCEPT_ENCODING).and_then(|given| given.to_str().ok()).unwrap_or_default();
    given.split(',').any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    })
}

/// The file compressed; each is compressed once.
fn zipped(hash: [u8; 32], bytes: &[u8]) -> Arc<web::Bytes> {
    static ZIPPED: OnceLock<Mutex<HashMap<[u8; 32], Arc<web::Bytes>>>> = OnceLock::new();
    let kept = ZIPPED.get_or_init(Mutex::default);
    if let Some(found) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&hash) {
        return found.clone();
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::best());
    // Writing into memory cannot fail.
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    let done = Arc::new(web::Bytes::from(done));
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < ZIPPED_MAX {
        kept.insert(hash, done.clone());
    }
    done
}
