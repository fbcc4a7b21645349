//! Sites as admins make them, and the headers that every answer carries.

use actix_web::http::{Method, StatusCode};
use serde_json::json;

use super::{Browser, House};
use crate::protocol::session::Role;

#[actix_rt::test]
async fn an_admin_adds_a_site_and_gets_the_lines_to_copy() {
    let house = House::open().await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let given = json!({
        "name": "Maison Lumen", "origins": ["https://Shop.example/", "http://localhost:8081"],
        "lang": "FR", "currency": "eur", "shop_url": "https://shop.example"
    });
    let made = house.post(&admin, "/api/v1/sites", given.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let site = made.json();
    assert_eq!(site["origins"], json!(["https://shop.example", "http://localhost:8081"]));
    assert_eq!((&site["lang"], &site["currency"]), (&json!("fr"), &json!("EUR")));
    let key = site["key"].as_str().unwrap();
    assert!(
        site["snippet"]
            .as_str()
            .unwrap()
            .contains(&format!("<script async src=\"http://127.0.0.1:8370/w.js\" data-site=\"{key}\"></script>"))
    );
    assert!(site["csp"].as_array().unwrap().contains(&json!("connect-src http://127.0.0.1:8370 ws://127.0.0.1:8370")));
    assert_eq!(
        site["setup"],
        json!({"bot_published": false, "catalog_imported": false, "agents_added": false, "snippet_seen": false, "tested": false})
    );
    assert_eq!(house.post(&admin, "/api/v1/sites", given).await.code(), "name_taken");
    assert_eq!(house.get(&admin, "/api/v1/session").await.json()["sites"][0]["name"], "Maison Lumen");
}

#[actix_rt::test]
async fn changing_a_site_changes_only_what_was_said() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let path = format!("/api/v1/sites/{site}");
    let before = house.get(&admin, &path).await.json();

    let after = house.patch(&admin, &path, json!({"accent": "#AA3300", "query_keep": ["id_product"]})).await.json();
    let mut wanted = before.clone();
    wanted["accent"] = json!("#aa3300");
    wanted["query_keep"] = json!(["id_product"]);
    assert_eq!(after, wanted);

    let refused = house.patch(&admin, &path, json!({"accent": "red", "agent_gone_seconds": 5})).await;
    let fields: Vec<_> = refused.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect();
    assert_eq!(fields, [json!("accent"), json!("agent_gone_seconds")]);
    assert_eq!(house.get(&admin, &path).await.json(), wanted);
}

#[actix_rt::test]
async fn a_site_of_an_earlier_release_with_an_odd_currency_is_read_and_changed_and_told_what_to_write() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let mut odd = house.front.sites.by_id(site).await.unwrap().unwrap();
    odd.currency = "XYZ".to_owned();
    house.front.sites.save(&odd).await.unwrap();

    let path = format!("/api/v1/sites/{site}");
    let changed = house.patch(&admin, &path, json!({"accent": "#aa3300"})).await;
    assert_eq!((changed.status, &changed.json()["currency"]), (StatusCode::OK, &json!("XYZ")));
    let feeds = house.get(&admin, &format!("{path}/catalog/feeds")).await.json();
    assert_eq!(feeds[0]["settings"]["currency"], "XYZ");
    let refused = house.patch(&admin, &path, json!({"currency": "XYZ"})).await;
    assert_eq!(refused.json()["fields"][0]["error"], "Write a currency as ISO 4217 does, like EUR.");
    assert_eq!(house.patch(&admin, &path, json!({"currency": "chf"})).await.json()["currency"], "CHF");
}

#[actix_rt::test]
async fn every_answer_carries_the_headers_and_every_fault_our_form() {
    let house = House::open().await;
    let ours = Browser::ours();
    let cases = [
        (Method::GET, "/healthz", 200),
        (Method::GET, "/api/v1/setup", 200),
        (Method::GET, "/api/v1/session", 401),
        (Method::GET, "/api/v1/nothing", 404),
        (Method::DELETE, "/api/v1/session", 405),
        (Method::GET, "/w/assets/nothing.js", 404),
        (Method::GET, "/.git/config", 404),
        (Method::POST, "/inbox", 404),
    ];
    for (method, path, status) in cases {
        let body = (method != Method::GET).then(|| json!({}));
        let answer = house.send(&ours, method.clone(), path, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {answer:?}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(answer.header("server").is_empty(), "{path}");
        if status >= 400 {
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(answer.json()["status"], status, "{path}");
            assert_eq!(answer.json()["request_id"], answer.header("x-request-id"), "{path}");
        }
    }
}
