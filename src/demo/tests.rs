//! The store as a browser meets it: every page answered, every link leading
//! somewhere, every header in place.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::{StatusCode, header};
use actix_web::{App, test};

use super::*;

fn open_store() -> Arc<DemoStore> {
    let settings = StoreSettings {
        origin: "http://localhost:9191".to_owned(),
        comptoir: "http://127.0.0.1:9090".to_owned(),
        site_key: "key\"<1>".to_owned(),
    };
    Arc::new(DemoStore::open(settings).expect("the demo store opens"))
}

/// Status, kind and text of an answer.
async fn read<B: MessageBody>(answer: ServiceResponse<B>) -> (StatusCode, String, String) {
    let status = answer.status();
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    let body = test::read_body(answer).await;
    (status, kind, String::from_utf8_lossy(&body).into_owned())
}

/// A macro, because the type of actix's test request has no public name.
macro_rules! get {
    ($app:expr, $path:expr) => {
        read(test::call_service(&$app, test::TestRequest::get().uri($path).to_request()).await).await
    };
}

/// Paths of this store that a page refers to.
fn references(page: &str) -> BTreeSet<String> {
    page.split("href=\"")
        .skip(1)
        .chain(page.split("src=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(|address| address.trim_start_matches("http://localhost:9191"))
        .filter(|address| address.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

#[actix_web::test]
async fn every_link_and_picture_of_every_page_leads_somewhere() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    // Where an order leads is not linked: its forms go there.
    let first = ["/fr/", "/fr/commande", "/fr/paiement", "/fr/merci", "/fr/frame/delivery"].map(str::to_owned);
    let mut seen = BTreeSet::from(first.clone());
    let mut waiting = VecDeque::from(first);
    let mut pages = 0;

    while let Some(path) = waiting.pop_front() {
        let (status, kind, body) = get!(app, &path);
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!body.contains("{{"), "{path} has a blank left");
        if !kind.starts_with("text/html") {
            continue;
        }
        pages += 1;
        let language = path.get(1..3).expect("a page's path begins with its language");
        assert!(body.contains(&format!("<html lang=\"{language}\">")), "{path}");
        assert_eq!(body.matches("<h1").count(), 1, "{path} has one heading");
        for found in references(&body) {
            if seen.insert(found.clone()) {
                waiting.push_back(found);
            }
        }
    }

    assert!(seen.contains("/en/"), "the other language is reachable");
    assert!(pages > 300, "only {pages} pages were found");
}

#[actix_web::test]
async fn the_policy_allows_the_snippet_and_nothing_else() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    for path in ["/fr/", "/assets/store.css", "/nowhere", "/img/none.svg"] {
        let request = test::TestRequest::get().uri(path).to_request();
        let answer = test::call_service(&app, request).await;
        let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY);
        assert_eq!(
            policy.expect("a policy"),
            "default-src 'self'; script-src 'self' http://127.0.0.1:9090; \
             connect-src 'self' http://127.0.0.1:9090 ws://127.0.0.1:9090; \
             img-src 'self' http://127.0.0.1:9090; style-src 'self'; object-src 'none'; \
             base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert!(answer.headers().get(header::SET_COOKIE).is_none(), "{path} sets no cookie");
    }
}

#[actix_web::test]
async fn the_estimate_of_a_delivery_stands_in_frames_of_this_store_only() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    let (_, _, cart) = get!(app, "/en/cart");
    assert!(cart.contains(r#"<iframe class="estimate-frame" src="/en/frame/delivery""#));

    let answer = test::call_service(&app, test::TestRequest::get().uri("/en/frame/delivery").to_request()).await;

    let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
    assert!(policy.expect("a policy").ends_with("; frame-ancestors 'self'"));
}

#[actix_web::test]
async fn only_the_payment_asks_for_what_is_secret() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    for (address, payment) in [("/fr/commande", "/fr/paiement"), ("/en/checkout", "/en/payment")] {
        let (_, _, body) = get!(app, address);
        assert!(!body.contains("cc-") && !body.contains("password"), "{address} holds a secret field");
        let (_, _, body) = get!(app, payment);
        for field in ["cc-name", "cc-number", "cc-exp", "cc-csc"] {
            assert!(body.contains(&format!("autocomplete=\"{field}\"")), "{payment} has no {field}");
        }
        assert!(body.contains("data-comptoir-mask data-envelope"), "{payment} shows the address to an agent");
    }
}

#[actix_web::test]
async fn pages_hold_nothing_that_the_policy_would_refuse() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    for path in [
        "/fr/",
        "/en/p/tide-mug",
        "/fr/panier",
        "/en/workshop",
        "/fr/c/table",
        "/fr/commande",
        "/en/payment",
        "/fr/merci",
    ] {
        let (_, _, body) = get!(app, path);
        assert!(!body.contains(" style="), "{path} has an inline style");
        assert!(!body.contains("<style"), "{path} has a style element");
        assert!(!body.contains(" onclick"), "{path} has an inline handler");
        for script in body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("src=") || tag.contains("ld+json"), "{path}: `<script{tag}>`");
        }
    }
}

#[actix_web::test]
async fn the_snippet_carries_address_and_key_escaped() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;

    let (_, _, body) = get!(app, "/fr/");

    assert!(body.contains("<script src=\"/assets/comptoir-queue.js\"></script>"));
    assert!(
        body.contains("<script async src=\"http://127.0.0.1:9090/w.js\" data-site=\"key&quot;&lt;1&gt;\"></script>")
    );
}

#[actix_web::test]
async fn a_picture_may_be_shown_by_another_origin() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    let request = test::TestRequest::get().uri("/img/mug/corail.svg").to_request();

    let answer = test::call_service(&app, request).await;

    assert_eq!(answer.status(), StatusCode::OK);
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("content-type"), Some("image/svg+xml"));
    assert_eq!(header("cross-origin-resource-policy"), Some("cross-origin"));
    assert_eq!(header("x-content-type-options"), Some("nosniff"));
}

#[actix_web::test]
async fn an_address_that_leads_nowhere_says_so_in_its_language() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    for (path, sentence) in [
        ("/en/p/tide-mug/none", "does not exist"),
        ("/en/p/none", "does not exist"),
        ("/fr/c/none", "introuvable"),
        ("/fr/none/at/all", "introuvable"),
        ("/feeds/de.csv", "introuvable"),
        ("/img/../mod.rs", "introuvable"),
    ] {
        let (status, _, body) = get!(app, path);
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(body.contains(sentence), "{path}");
    }
}

#[actix_web::test]
async fn the_front_door_leads_to_the_browsers_language() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;
    let request = test::TestRequest::get().uri("/").insert_header(("Accept-Language", "en-GB"));

    let answer = test::call_service(&app, request.to_request()).await;

    assert_eq!(answer.status(), StatusCode::FOUND);
    assert_eq!(answer.headers().get(header::LOCATION).expect("a location"), "/en/");
}

#[actix_web::test]
async fn the_feed_names_this_stores_own_address() {
    let app = test::init_service(App::new().configure(configure(open_store()))).await;

    let (_, kind, body) = get!(app, "/feeds/fr.csv");

    assert!(kind.starts_with("text/csv"));
    assert!(body.contains("http://localhost:9191/fr/p/mug-maree/mar-cor"));
    assert!(!body.contains("localhost:8081"));
}

#[actix_web::test]
async fn the_bot_of_the_demo_is_published_without_a_warning() {
    let report = crate::rules::bot::check(BOT_DEFINITION, &["http://localhost:8081".to_owned()]);

    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

#[actix_web::test]
async fn comptoir_reads_the_whole_catalog_of_the_store() {
    use comptoir_catalog::feed::{self, Quiet, Settings, scratch};
    use comptoir_catalog::model::Currency;
    use comptoir_catalog::words::Lang;
    for (language, lang) in [(Language::French, Lang::Fr), (Language::English, Lang::En)] {
        let csv = catalog_csv(language, "http://localhost:9191");
        let settings = Settings::new(Currency::EUR, lang);
        let mut products = Vec::new();
        let mut keep = |found: feed::Found| {
            products.push(found.product);
            Ok(())
        };

        let outcome =
            feed::read(std::io::Cursor::new(csv), &settings, &mut scratch::in_memory(), &mut Quiet, &mut keep)
                .expect("the catalog is readable");

        let shelf = Goods::load(language).expect("the demo catalog");
        assert_eq!(outcome.report.products as usize, shelf.products.len());
        let variants: usize = products.iter().map(|product| product.variants.len()).sum();
        assert_eq!(variants, shelf.products.iter().map(|product| product.variants.len()).sum::<usize>());
    }
}
