//! Addresses of the demo store and the headers it answers with.
//!
//! Read-only: the cart lives in the browser, and no cookie is ever set.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::DefaultHeaders;
use actix_web::{HttpRequest, HttpResponse, guard, web};
use serde::Serialize;

use super::words::Language;
use super::{DemoStore, StoreSettings, pages};

/// Pictures never change under their address while a demo runs.
const PICTURE_CACHE: &str = "public, max-age=3600";
/// Pages and assets are asked for again, so that a new build shows at once.
const FRESH: &str = "no-cache";

macro_rules! assets {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../demo/assets/", $name)))),*]
    };
}

/// Everything below `/assets/`.
const ASSETS: [(&str, &str); 22] = assets! {
    "tokens.css" "store.css" "shelf.css" "order.css"
    "comptoir-queue.js" "store.js" "kept.js" "consent.js" "menu.js" "rail.js" "sums.js" "cart.js" "sieve.js"
    "product.js" "estimate.js" "cart-page.js" "order.js" "checkout.js" "payment.js" "thanks.js"
    "tide.svg" "icon.svg"
};

/// Adds the store's addresses to an application that serves nothing else.
///
/// | path | answers |
/// |-|-|
/// | `/` | to the home page in the browser's language |
/// | `/{fr,en}/` `/c/{shelf}` `/p/{product}[/{sku}]` `/{page}` | pages |
/// | `/{fr,en}/goods.json` | what the cart needs to know |
/// | `/{fr,en}/frame/delivery` | the estimate of a delivery, in a frame of this store's pages only |
/// | `/feeds/{fr,en}.csv` | the catalog, as merchants publish it |
/// | `/img/…` `/assets/…` | pictures; style, script |
pub fn configure(store: Arc<DemoStore>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |config| {
        let headers = DefaultHeaders::new()
            .add((header::CONTENT_SECURITY_POLICY, policy(&store.settings)))
            .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .add((header::REFERRER_POLICY, "strict-origin-when-cross-origin"))
            .add(("Cross-Origin-Resource-Policy", "same-origin"))
            .add((header::CACHE_CONTROL, FRESH));
        config.service(
            web::scope("")
                .wrap(headers)
                .app_data(web::Data::from(store))
                .route("/", read().to(front_door))
                .route("/img/{path:.*}", read().to(picture))
                .route("/assets/{file}", read().to(asset))
                .route("/feeds/{language}.csv", read().to(feed))
                .route("/{language:fr|en}", read().to(home_with_slash))
                .route("/{language:fr|en}/", read().to(home))
                .route("/{language:fr|en}/goods.json", read().to(goods))
                .route("/{language:fr|en}/frame/delivery", read().to(estimate))
                .route("/{language:fr|en}/c/{slug}", read().to(category))
                .route("/{language:fr|en}/p/{slug}", read().to(product))
                .route("/{language:fr|en}/p/{slug}/{sku}", read().to(variant))
                .route("/{language:fr|en}/{slug}", read().to(fixed))
                .default_service(web::route().to(nowhere)),
        );
    }
}

/// GET and HEAD; everything else finds no page.
pub(super) fn read() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// The store's content security policy: what a strict store has, and the lines
/// that Comptoir's install page tells merchants to add (script, connect, img).
pub(super) fn policy(settings: &StoreSettings) -> String {
    policy_framed_by(settings, "'none'")
}

fn policy_framed_by(settings: &StoreSettings, framers: &str) -> String {
    let comptoir = &settings.comptoir;
    // `http:` becomes `ws:` and `https:` becomes `wss:`; one does not cover the other.
    let sockets = comptoir.replacen("http", "ws", 1);
    [
        "default-src 'self'".to_owned(),
        format!("script-src 'self' {comptoir}"),
        format!("connect-src 'self' {comptoir} {sockets}"),
        format!("img-src 'self' {comptoir}"),
        "style-src 'self'".to_owned(),
        "object-src 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        format!("frame-ancestors {framers}"),
    ]
    .join("; ")
}

type Store = web::Data<DemoStore>;

async fn front_door(request: HttpRequest) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, format!("/{}/", language_of_browser(&request).code())))
        .insert_header((header::VARY, "Accept-Language"))
        .finish()
}

pub(super) fn language_of_browser(request: &HttpRequest) -> Language {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::preferred(accepted.unwrap_or_default())
}

async fn home_with_slash(code: web::Path<String>) -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("/{code}/"))).finish()
}

async fn home(store: Store, code: web::Path<String>) -> HttpResponse {
    let language = language_of(&code);
    page(&store, language, Some(pages::home(&store, language)))
}

async fn category(store: Store, path: web::Path<(String, String)>) -> HttpResponse {
    let language = language_of(&path.0);
    page(&store, language, pages::category(&store, language, &path.1))
}

async fn product(store: Store, path: web::Path<(String, String)>) -> HttpResponse {
    let language = language_of(&path.0);
    page(&store, language, pages::product(&store, language, &path.1, None))
}

async fn variant(store: Store, path: web::Path<(String, String, String)>) -> HttpResponse {
    let language = language_of(&path.0);
    page(&store, language, pages::product(&store, language, &path.1, Some(&path.2)))
}

async fn fixed(store: Store, path: web::Path<(String, String)>) -> HttpResponse {
    let language = language_of(&path.0);
    page(&store, language, pages::fixed(&store, language, &path.1))
}

async fn estimate(store: Store, code: web::Path<String>) -> HttpResponse {
    let language = language_of(&code);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_LANGUAGE, language.code()))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy_framed_by(&store.settings, "'self'")))
        .body(pages::estimate(&store, language))
}

async fn nowhere(store: Store, request: HttpRequest) -> HttpResponse {
    let first = request.path().trim_start_matches('/').split('/').next().unwrap_or_default();
    page(&store, language_of(first), None)
}

fn language_of(code: &str) -> Language {
    Language::from_code(code).unwrap_or(Language::French)
}

fn page(store: &DemoStore, language: Language, document: Option<String>) -> HttpResponse {
    let (mut answer, document) = match document {
        Some(document) => (HttpResponse::Ok(), document),
        None => (HttpResponse::NotFound(), pages::missing(store, language)),
    };
    answer
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_LANGUAGE, language.code()))
        .body(document)
}

/// Pictures may be shown by other origins: cards in the chat's panel and console.
async fn picture(store: Store, request: HttpRequest) -> HttpResponse {
    match store.gallery.find(request.path()) {
        Some(picture) => HttpResponse::Ok()
            .content_type("image/svg+xml")
            .insert_header((header::CACHE_CONTROL, PICTURE_CACHE))
            .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")))
            .body(picture.to_owned()),
        None => page(&store, Language::French, None),
    }
}

async fn asset(store: Store, file: web::Path<String>) -> HttpResponse {
    let Some((name, content)) = ASSETS.iter().find(|(name, _)| *name == file.as_str()) else {
        return page(&store, Language::French, None);
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    HttpResponse::Ok().content_type(kind).body(*content)
}

async fn feed(store: Store, code: web::Path<String>) -> HttpResponse {
    match Language::from_code(&code) {
        Some(language) => HttpResponse::Ok().content_type("text/csv; charset=utf-8").body(store.catalog_csv(language)),
        None => page(&store, Language::French, None),
    }
}

/// A variant as the cart needs it.
#[derive(Debug, Serialize)]
struct CartGoods<'a> {
    sku: &'a str,
    title: &'a str,
    options: String,
    cents: i64,
    path: &'a str,
    picture: &'a str,
    stock: u32,
}

async fn goods(store: Store, code: web::Path<String>) -> HttpResponse {
    let shelf = store.shelf(language_of(&code));
    let goods: Vec<CartGoods<'_>> = shelf
        .goods
        .products
        .iter()
        .flat_map(|product| product.variants.iter().map(move |variant| (product, variant)))
        .map(|(product, variant)| CartGoods {
            sku: &variant.sku,
            title: &product.title,
            options: pages::choice_of(variant),
            cents: variant.paid().0,
            path: &variant.path,
            picture: &variant.picture,
            stock: variant.stock,
        })
        .collect();
    HttpResponse::Ok().json(goods)
}
