//! Prices and stock by API: who may, with which key, and what is answered.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::{Answer, Browser, House};
use crate::protocol::SiteId;
use crate::protocol::session::Role;

/// A program of the shop: no cookie, no origin, perhaps a key.
async fn send(house: &House, site: SiteId, key: &str, body: &Value) -> Answer {
    let program = Browser::ours().without("origin").without("sec-fetch-site");
    let request = TestRequest::with_uri(&format!("/api/v1/sites/{site}/catalog/products"))
        .method(Method::PATCH)
        .insert_header(("authorization", format!("Bearer {key}")))
        .insert_header(("content-type", "application/json"))
        .set_payload(body.to_string());
    house.ask(&program, request).await
}

#[actix_rt::test]
async fn a_program_with_the_sites_key_sends_updates_until_it_is_withdrawn() {
    let house = House::open().await;
    let (site, other) = (house.site("Lampes").await, house.site("Chaises").await);
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let path = format!("/api/v1/sites/{site}/catalog/key");
    assert_eq!(house.get(&admin, &path).await.json(), json!({}));
    let made = house.post(&admin, &path, json!({})).await.json();
    let key = made["key"].as_str().unwrap().to_owned();
    let told = house.get(&admin, &path).await.json();
    assert_eq!((told.get("key"), &told["made_at"]), (None, &made["made_at"]), "it is shown once");

    let body = json!({"updates": [{"sku": "L9", "stock": 1}]});
    let answer = send(&house, site, &key, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let message = answer.json()["refused"][0]["message"].as_str().unwrap().to_owned();
    assert_eq!(message, "No variant of the catalog has the SKU or GTIN `L9`. Import it first.");
    assert_eq!(send(&house, other, &key, &body).await.status, StatusCode::UNAUTHORIZED, "another site's");
    assert_eq!(send(&house, site, "guessed", &body).await.status, StatusCode::UNAUTHORIZED);

    let again = house.post(&admin, &path, json!({})).await.json()["key"].as_str().unwrap().to_owned();
    assert_eq!(send(&house, site, &key, &body).await.status, StatusCode::UNAUTHORIZED, "rotated");
    assert_eq!(send(&house, site, &again, &body).await.status, StatusCode::OK);
    house.send(&admin, Method::DELETE, &path, Some(json!({}))).await;
    assert_eq!(send(&house, site, &again, &body).await.status, StatusCode::UNAUTHORIZED, "withdrawn");
}

#[actix_rt::test]
async fn a_key_opens_nothing_else_and_too_many_updates_are_refused() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let made = house.post(&admin, &format!("/api/v1/sites/{site}/catalog/key"), json!({})).await.json();
    let key = format!("Bearer {}", made["key"].as_str().unwrap());

    let status = TestRequest::get()
        .uri(&format!("/api/v1/sites/{site}/catalog/status"))
        .insert_header(("authorization", key.clone()));
    assert_eq!(house.ask(&Browser::ours(), status).await.status, StatusCode::UNAUTHORIZED);
    // A signed-in browser of an admin, led by another site's page, with a header that it cannot set.
    let mut led = admin.clone();
    led.set("origin", "https://evil.example");
    led.set("sec-fetch-site", "cross-site");
    let body = json!({"updates": []});
    let path = format!("/api/v1/sites/{site}/catalog/products");
    assert_eq!(house.patch(&led, &path, body).await.status, StatusCode::FORBIDDEN);

    let many: Vec<Value> = (0..1_001).map(|n| json!({"sku": format!("S{n}"), "stock": 1})).collect();
    let refused = house.patch(&admin, &path, json!({"updates": many})).await;
    assert!(refused.json()["message"].as_str().unwrap().contains("more than 1,000"), "{refused:?}");

    let strange = house.patch(&admin, &path, json!({"lang": "français", "updates": []})).await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fault = &strange.json()["fields"][0];
    assert_eq!(fault["field"], "lang");
    assert_eq!(fault["error"], "Write a language as two or three letters, like fr or en.");
}
