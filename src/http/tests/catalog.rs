//! A catalog from the dropped file to the card, by the routes that the console uses.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::{Answer, Browser, House, STORE};
use crate::actors::ports::Cards;
use crate::http::catalog::Shop;
use crate::protocol::session::Role;
use crate::protocol::{ProductId, SiteId};

const LAMPS: &str = "id,title,price,availability,link\n\
    L1,Lampe dorée,89.00,in stock,https://shop.example/l1\n\
    L2,Lampe en papier,45.50,out of stock,https://shop.example/l2\n\
    L3,Table basse,cher,in stock,https://shop.example/l3\n";

async fn drop_file(house: &House, browser: &Browser, site: SiteId, file: &str) -> Answer {
    let request = TestRequest::post()
        .uri(&format!("/api/v1/sites/{site}/catalog/imports"))
        .insert_header(("x-comptoir-upload", "1"))
        .insert_header(("x-comptoir-name", "lampes%20d%27hiver.csv"))
        .set_payload(file.to_owned());
    house.ask(browser, request).await
}

/// The import once it has ended or asks.
pub(super) async fn settled(house: &House, browser: &Browser, site: SiteId, id: &str) -> Value {
    for _ in 0..6_000 {
        let run = house.get(browser, &format!("/api/v1/sites/{site}/catalog/imports/{id}")).await.json();
        if !matches!(run["state"]["type"].as_str(), Some("queued" | "reading" | "indexing")) {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the import never settled");
}

/// Drops a file and waits until it is searched.
pub(super) async fn import(house: &House, browser: &Browser, site: SiteId, file: &str) {
    let accepted = drop_file(house, browser, site, file).await.json();
    let run = settled(house, browser, site, accepted["id"].as_str().unwrap()).await;
    assert_eq!(run["state"]["type"], "done", "{run}");
}

#[actix_web::test]
async fn a_dropped_file_is_imported_and_its_products_are_found() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Ada", Role::Admin, &[]).await;
    house.person("Noor", Role::Agent, &[site]).await;
    let (admin, agent) = (house.signed_in("Ada").await, house.signed_in("Noor").await);

    let status = house.get(&agent, &format!("/api/v1/sites/{site}/catalog/status")).await.json();
    assert_eq!(status["products"], 0);
    let accepted = drop_file(&house, &admin, site, LAMPS).await;
    assert_eq!(accepted.status, StatusCode::ACCEPTED, "{accepted:?}");
    assert_eq!(accepted.json()["file"], "lampes d'hiver.csv");
    let id = accepted.json()["id"].as_str().unwrap().to_owned();
    let run = settled(&house, &admin, site, &id).await;
    assert_eq!(
        (&run["state"]["type"], &run["report"]["added"], &run["report"]["rejected"]),
        (&json!("done"), &json!(2), &json!(1))
    );
    assert_eq!(run["report"]["faults"][0]["line"], 4);
    let csv = house.get(&admin, &format!("/api/v1/sites/{site}/catalog/imports/{id}/rejected.csv")).await;
    assert!(csv.header("content-disposition").starts_with("attachment"), "{csv:?}");
    assert!(String::from_utf8_lossy(&csv.body).contains("cher"));

    let hits = house.get(&agent, &format!("/api/v1/sites/{site}/catalog/search?q=lampes%20dor")).await.json();
    assert_eq!(hits["hits"][0]["card"]["product"], "L1", "{hits}");
    assert_eq!(hits["hits"][0]["card"]["price"], json!({"minor": 8900, "currency": "EUR", "decimals": 2}));
    let product = house.get(&agent, &format!("/api/v1/sites/{site}/catalog/products/L2")).await.json();
    assert_eq!(product["variants"][0]["availability"], "out_of_stock");
    let missing = house.get(&agent, &format!("/api/v1/sites/{site}/catalog/products/L9")).await;
    assert_eq!((missing.status, missing.code().as_str()), (StatusCode::NOT_FOUND, "no_such_product"));
    let runs = house.get(&admin, &format!("/api/v1/sites/{site}/catalog/imports")).await.json();
    assert_eq!(runs.as_array().map(Vec::len), Some(1));
    let view = house.get(&admin, &format!("/api/v1/sites/{site}")).await.json();
    assert_eq!(view["setup"]["catalog_imported"], true);

    let (catalog, sites) = (house.catalog.get_ref().clone(), house.front.sites.clone());
    let shop = Shop { catalog, sites, clock: house.front.clock.clone() };
    let card = shop.card(site, "en".into(), ProductId("L1".into()), None).await.unwrap().unwrap();
    assert_eq!((card.title.as_str(), card.link.as_deref()), ("Lampe dorée", Some("https://shop.example/l1")));
}

#[actix_web::test]
async fn a_search_is_narrowed_ordered_and_counted() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Ada", Role::Admin, &[]).await;
    let admin = house.signed_in("Ada").await;
    let accepted = drop_file(&house, &admin, site, &LAMPS.replace("cher", "120.00")).await.json();
    settled(&house, &admin, site, accepted["id"].as_str().unwrap()).await;
    let search =
        async |parameters: &str| house.get(&admin, &format!("/api/v1/sites/{site}/catalog/search?{parameters}")).await;
    let ids = |answer: &serde_json::Value| -> Vec<String> {
        let hits = answer["hits"].as_array().cloned().unwrap_or_default();
        hits.iter().map(|hit| hit["card"]["product"].as_str().unwrap_or_default().to_owned()).collect()
    };

    let all = search("sort=price_down&counts=true&mode=ranked").await.json();
    assert_eq!((ids(&all)[0].as_str(), &all["total"]), ("L3", &json!(3)), "{all}");
    assert_eq!(all["counts"]["prices"]["most"], json!({"minor": 12000, "currency": "EUR", "decimals": 2}));
    let cheap = search("q=lampe&price_max=10000&in_stock=true&mode=ranked").await.json();
    assert_eq!(ids(&cheap), ["L1"], "{cheap}");
    let none = search("q=lampe&price_max=1&mode=ranked").await.json();
    assert_eq!((&none["total"], &none["without"][0]["filter"]), (&json!(0), &json!("price")), "{none}");
    let corrected = search("q=lanpe&mode=ranked").await.json();
    assert_eq!(corrected["corrections"][0]["read_as"], "lampe", "{corrected}");
    let literal = search("q=lanpe&mode=ranked&as_typed=true").await.json();
    assert_eq!((&literal["total"], &literal["dropped"][0]), (&json!(0), &json!("lanpe")), "{literal}");
    let wrong = search("q=lampe&sort=colour").await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value"));
}

#[actix_web::test]
async fn a_file_that_cannot_be_used_says_so_and_a_held_one_waits() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Ada", Role::Admin, &[]).await;
    let admin = house.signed_in("Ada").await;
    let import = async |file: &str| {
        let accepted = drop_file(&house, &admin, site, file).await.json();
        settled(&house, &admin, site, accepted["id"].as_str().unwrap()).await
    };
    let run = import("colour,shape\nred,round\n").await;
    assert_eq!(run["state"]["type"], "refused");
    assert!(run["state"]["why"].as_str().unwrap().contains("`colour`, `shape`"), "{run}");

    import(&LAMPS.replace("cher", "120.00")).await;
    let held = import(&LAMPS.lines().take(2).map(|line| format!("{line}\n")).collect::<String>()).await;
    assert_eq!(held["state"]["type"], "awaits_confirmation", "{held}");
    let second = drop_file(&house, &admin, site, LAMPS).await;
    assert_eq!((second.status, second.code().as_str()), (StatusCode::CONFLICT, "import_running"));
    let path = format!("/api/v1/sites/{site}/catalog/imports/{}", held["id"].as_str().unwrap());
    let status = house.get(&admin, &format!("/api/v1/sites/{site}/catalog/status")).await.json();
    assert_eq!(status["products"], 3);
    house.post(&admin, &format!("{path}/confirm"), json!({})).await;
    let done = settled(&house, &admin, site, held["id"].as_str().unwrap()).await;
    assert_eq!((&done["state"]["type"], &done["report"]["removed"]), (&json!("done"), &json!(2)));
    let again = house.post(&admin, &format!("{path}/confirm"), json!({})).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_catalog_is_for_its_own_site_and_imports_are_for_admins() {
    let house = House::open().await;
    let (site, other) = (house.site("Lampes").await, house.site("Tapis").await);
    house.person("Ada", Role::Admin, &[]).await;
    house.person("Noor", Role::Agent, &[site]).await;
    let (admin, agent) = (house.signed_in("Ada").await, house.signed_in("Noor").await);
    let accepted = drop_file(&house, &admin, site, LAMPS).await.json();
    let id = accepted["id"].as_str().unwrap();
    settled(&house, &admin, site, id).await;

    for path in ["search?q=lampe", "status", "products/L1"] {
        let refused = house.get(&agent, &format!("/api/v1/sites/{other}/catalog/{path}")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(drop_file(&house, &agent, site, LAMPS).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get(&agent, &format!("/api/v1/sites/{site}/catalog/imports")).await.status, StatusCode::NOT_FOUND);
    let elsewhere = house.get(&admin, &format!("/api/v1/sites/{other}/catalog/imports/{id}")).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let nobody = house.get(&Browser::ours(), &format!("/api/v1/sites/{site}/catalog/search?q=lampe")).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn an_emptied_catalog_finds_nothing_forgets_its_feed_and_comes_back_by_restoring() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Ada", Role::Admin, &[]).await;
    let admin = house.signed_in("Ada").await;
    let catalog = format!("/api/v1/sites/{site}/catalog");
    let feed = format!("{catalog}/feeds/fr");
    let empty = async || house.send(&admin, Method::DELETE, &feed, Some(json!({}))).await;
    let found = async || {
        let hits = house.get(&admin, &format!("{catalog}/search?q=lampe&mode=ranked")).await.json();
        hits["hits"].as_array().unwrap_or_else(|| panic!("{hits}")).len()
    };
    let nothing = empty().await;
    assert_eq!((nothing.status, nothing.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value"));

    import(&house, &admin, site, &LAMPS.replace("cher", "120.00")).await;
    let address = json!({"url": format!("{STORE}/feed.csv"), "every_hours": 0});
    let settings = json!({"currency": "CHF", "tax_rate": 810});
    let saved = house.patch(&admin, &feed, json!({"address": address, "settings": settings})).await;
    assert_eq!(saved.status, StatusCode::OK, "{saved:?}");

    let one: String = LAMPS.lines().take(2).map(|line| format!("{line}\n")).collect();
    let held = drop_file(&house, &admin, site, &one).await.json();
    let held = settled(&house, &admin, site, held["id"].as_str().unwrap()).await;
    assert_eq!(held["state"]["type"], "awaits_confirmation", "{held}");
    let refused = empty().await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "import_running"));
    assert_eq!(found().await, 2);
    let cancel = format!("{catalog}/imports/{}/cancel", held["id"].as_str().unwrap());
    house.post(&admin, &cancel, json!({})).await;

    let accepted = empty().await;
    assert_eq!(accepted.status, StatusCode::ACCEPTED, "{accepted:?}");
    let run = settled(&house, &admin, site, accepted.json()["id"].as_str().unwrap()).await;
    let report = &run["report"];
    assert_eq!((&run["state"]["type"], &run["from"]), (&json!("done"), &json!("empty")));
    assert_eq!((&report["removed"], &report["products"], &report["generation"]), (&json!(3), &json!(0), &json!(2)));
    assert_eq!(found().await, 0);
    let gone = house.get(&admin, &format!("{catalog}/products/L1")).await;
    assert_eq!(gone.code(), "no_such_product");
    let view = house.get(&admin, &format!("{catalog}/feeds")).await.json();
    let told = (&view[0]["settings"]["currency"], view[0].get("address"), &view[0]["restorable"]);
    assert_eq!(told, (&json!("EUR"), None, &json!(true)), "{view}");
    assert_eq!(empty().await.status, StatusCode::UNPROCESSABLE_ENTITY, "it is empty already");

    let restored = house.post(&admin, &format!("{catalog}/imports/restore"), json!({})).await.json();
    let restored = settled(&house, &admin, site, restored["id"].as_str().unwrap()).await;
    assert_eq!((&restored["state"]["type"], &restored["report"]["added"]), (&json!("done"), &json!(3)), "{restored}");
    assert_eq!(found().await, 2);
}

#[actix_web::test]
async fn an_emptied_language_is_answered_by_the_sites_own_again() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Ada", Role::Admin, &[]).await;
    let admin = house.signed_in("Ada").await;
    let catalog = format!("/api/v1/sites/{site}/catalog");
    import(&house, &admin, site, LAMPS).await;
    let request = TestRequest::post()
        .uri(&format!("{catalog}/imports?lang=de"))
        .insert_header(("x-comptoir-upload", "1"))
        .set_payload(LAMPS.replace("Lampe dorée", "Goldene Lampe"));
    let german = house.ask(&admin, request).await.json();
    settled(&house, &admin, site, german["id"].as_str().unwrap()).await;
    let title = async |path: &str| {
        let answer = house.get(&admin, &format!("{catalog}/{path}")).await.json();
        let title = answer.pointer("/hits/0/card/title").or(answer.pointer("/variants/0/title"));
        title.and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let (search, product) = ("search?q=L1&mode=ranked&lang=de", "products/L1?lang=de");
    assert_eq!((title(search).await, title(product).await), ("Goldene Lampe".into(), "Goldene Lampe".to_owned()));

    let emptied = house.send(&admin, Method::DELETE, &format!("{catalog}/feeds/de"), Some(json!({}))).await.json();
    settled(&house, &admin, site, emptied["id"].as_str().unwrap()).await;
    assert_eq!((title(search).await, title(product).await), ("Lampe dorée".into(), "Lampe dorée".to_owned()));
}
