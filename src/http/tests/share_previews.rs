//! The preview of masks over HTTP: whose it is, what a page gets for its pass, what it may send.
//!
//! That its picture is the agent's is shown in the browser, `tests/browser/preview.test.mjs`.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Answer, Browser, House, STORE};
use crate::protocol::SiteId;
use crate::protocol::session::Role;

fn page(version: u32) -> Value {
    json!({
        "version": version,
        "page": {
            "url": format!("{STORE}/"), "title": "Lampes", "width": 1280, "height": 720,
            "touch": false, "visible": true, "dark": false, "rule": "off", "lacks": []
        },
        "marks": [{"node": 7, "rank": "secret"}],
        "selectors": [{"selector": ".name", "found": 2}, {"selector": "p {", "found": null}]
    })
}

/// The store's page, with what it shows.
struct Page {
    browser: Browser,
}

impl Page {
    async fn says(&self, house: &House, what: &str, body: Value) -> Answer {
        house.post(&self.browser, &format!("/w/v1/share-preview/{what}"), body).await
    }

    async fn sends(&self, house: &House, what: &str, body: Vec<u8>) -> Answer {
        let request = TestRequest::post().uri(&format!("/w/v1/share-preview/{what}")).set_payload(body);
        house.ask(&self.browser, request).await
    }
}

fn with_report(report: &Value, picture: &[u8]) -> Vec<u8> {
    let report = report.to_string().into_bytes();
    [&u32::try_from(report.len()).unwrap().to_be_bytes()[..], &report, picture].concat()
}

async fn begun(house: &House, site: SiteId, admin: &Browser) -> (String, String) {
    let path = format!("/api/v1/sites/{site}/share-previews");
    let answer = house.post(admin, &path, json!({"settings": {"mask": [".name"]}})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let begun = answer.json();
    (format!("{path}/{}", begun["id"].as_str().unwrap()), begun["pass"].as_str().unwrap().to_owned())
}

#[actix_rt::test]
async fn a_preview_goes_from_its_admin_to_one_page_of_the_store_and_back() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    house.person("Alix", Role::Admin, &[]).await;
    let (sam, alix) = (house.signed_in("Sam").await, house.signed_in("Alix").await);
    let (path, pass) = begun(&house, site, &sam).await;
    let stage = async |browser: &Browser| house.get(browser, &path).await.json()["stage"].clone();
    assert_eq!(stage(&sam).await, "waiting");
    assert_eq!(house.get(&alix, &path).await.code(), "not_found", "another admin's");

    let open = json!({"pass": pass});
    for stranger in [Browser::on("https://evil.example"), Browser::ours()] {
        let answer = house.post(&stranger, "/w/v1/share-preview", open.clone()).await;
        assert_eq!(answer.code(), "not_found", "not a page of the site: {stranger:?}");
    }
    let opened = house.post(&Browser::on(STORE), "/w/v1/share-preview", open.clone()).await.json();
    assert_eq!((&opened["first_name"], &opened["settings"]["settings"]["mask"]), (&json!("Sam"), &json!([".name"])));
    assert_eq!(house.post(&Browser::on(STORE), "/w/v1/share-preview", open).await.code(), "not_found", "once");
    assert_eq!(stage(&sam).await, "asking");

    let mut page_of_store = Page { browser: Browser::on(STORE) };
    page_of_store.browser.set("authorization", &format!("Bearer {}", opened["key"].as_str().unwrap()));
    let sent = page_of_store.sends(&house, "picture", with_report(&page(1), b"")).await;
    assert_eq!(sent.status, StatusCode::NO_CONTENT, "{sent:?}");
    let seen = house.get(&sam, &path).await.json();
    assert_eq!((&seen["stage"], &seen["seen"]), (&json!("open"), &page(1)));
    let picture = house.get(&sam, &format!("{path}/picture")).await;
    assert_eq!(picture.status, StatusCode::NO_CONTENT, "it is not shared");

    let other = json!({"settings": {"show": "none"}});
    assert_eq!(house.post(&sam, &path, other).await.status, StatusCode::NO_CONTENT);
    let wait = json!({"version": 1, "agreed": true, "leaving": false});
    let next = page_of_store.says(&house, "next", wait).await.json();
    assert_eq!((&next["version"], &next["settings"]["show"]), (&json!(2), &json!("none")));

    assert_eq!(house.send(&sam, Method::DELETE, &path, Some(json!({}))).await.status, StatusCode::NO_CONTENT);
    let wait = json!({"version": 2, "agreed": true, "leaving": false});
    assert_eq!(page_of_store.says(&house, "next", wait).await.code(), "not_found");
    assert_eq!(house.get(&sam, &path).await.code(), "not_found");
}

#[actix_rt::test]
async fn what_no_agent_would_be_shown_is_not_shown_in_a_preview_either() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let sam = house.signed_in("Sam").await;
    let (path, pass) = begun(&house, site, &sam).await;
    let opened = house.post(&Browser::on(STORE), "/w/v1/share-preview", json!({"pass": pass})).await.json();
    let mut page_of_store = Page { browser: Browser::on(STORE) };
    page_of_store.browser.set("authorization", &format!("Bearer {}", opened["key"].as_str().unwrap()));

    let forged = page_of_store.sends(&house, "picture", with_report(&page(1), b"no picture")).await;
    assert_eq!(forged.code(), "invalid_value", "{forged:?}");
    assert_ne!(house.get(&sam, &path).await.json()["fault"], Value::Null);
    for cut in [vec![], vec![0, 0, 0, 9, b'{'], [&[0, 16, 0, 0][..], &vec![b' '; 2 << 20]].concat()] {
        assert_eq!(page_of_store.sends(&house, "picture", cut).await.code(), "malformed");
    }
    let sheet = b"p { color: red }";
    let digest = Sha256::digest(sheet);
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let file = [&digest[..], sheet].concat();
    assert_eq!(page_of_store.sends(&house, "file", file.clone()).await.code(), "invalid_value", "nobody named it");
    page_of_store.says(&house, "files", json!({"hashes": [hash]})).await;
    assert_eq!(page_of_store.sends(&house, "file", file).await.status, StatusCode::NO_CONTENT);
    let bad = json!({"settings": {"mask": ["a { }"]}});
    assert_eq!(house.post(&sam, &path, bad).await.code(), "invalid_value");
}
