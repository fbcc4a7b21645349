//! The widget's configuration and who may have it.

use actix_web::http::{Method, StatusCode};
use serde_json::json;

use super::{Browser, House, STORE};
use crate::actors::ports::{Door, Knock, VisitorHello};
use crate::protocol::RefusalCode;
use crate::protocol::session::Role;

#[actix_rt::test]
async fn a_listed_store_gets_everything_before_the_first_act() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let path = format!("/w/v1/config?site={}&lang=en-GB", house.key(site));
    let answer = house.get(&Browser::on(STORE), &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.header("access-control-allow-origin"), STORE);
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    let config = answer.json();
    assert_eq!(config["chunks"]["panel"], "http://127.0.0.1:8370/w/assets/panel-1.js");
    assert_eq!((&config["bot_version"], &config["reachable"]), (&json!(1), &json!(false)));
    assert!(!config["start"]["say"].as_array().unwrap().is_empty(), "{config}");
    let spoken = config["lang"].as_str().unwrap();
    assert_eq!(config["chunks"]["words"], format!("http://127.0.0.1:8370/w/assets/{spoken}-1.js"));
}

#[actix_rt::test]
async fn the_first_configuration_for_the_store_marks_the_snippet_as_seen() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let seen =
        async || house.get(&admin, &format!("/api/v1/sites/{site}")).await.json()["setup"]["snippet_seen"].clone();
    let path = format!("/w/v1/config?site={}", house.key(site));
    house.get(&Browser::on("https://evil.example"), &path).await;
    assert_eq!(seen().await, false);
    house.get(&Browser::on(STORE), &path).await;
    assert_eq!(seen().await, true);
}

#[actix_rt::test]
async fn an_origin_that_is_not_listed_is_refused_exactly() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let path = format!("/w/v1/config?site={}", house.key(site));
    for origin in [
        "https://evil.example",
        "http://shop.example",
        "https://shop.example:8443",
        "https://shop.example.evil.example",
        "https://www.shop.example",
        "null",
    ] {
        let answer = house.get(&Browser::on(origin), &path).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "origin_refused"), "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    let silent = Browser::on(STORE).without("origin");
    assert_eq!(house.get(&silent, &path).await.code(), "origin_refused");
    assert_eq!(house.get(&Browser::on(STORE), "/w/v1/config?site=unknown").await.code(), "not_found");
}

#[actix_rt::test]
async fn a_preflight_is_answered_to_listed_origins_only() {
    let house = House::open().await;
    house.ready_site("Lampes").await;
    let path = "/w/v1/conversations/0192f0c4-0000-7000-8000-000000000000/documents";
    let allowed = house.send(&Browser::on(STORE), Method::OPTIONS, path, None).await;
    assert_eq!(allowed.status, StatusCode::NO_CONTENT);
    assert!(allowed.header("access-control-allow-headers").contains("x-comptoir-upload"));
    let refused = house.send(&Browser::on("https://evil.example"), Method::OPTIONS, path, None).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.header("access-control-allow-origin"), "");
}

fn hello(site: &str, token: Option<String>) -> VisitorHello {
    VisitorHello { site: site.to_owned(), token, test: None }
}

fn knock(origin: &str) -> Knock {
    Knock { origin: Some(origin.to_owned()), host: Some("127.0.0.1:8370".to_owned()) }
}

#[actix_rt::test]
async fn a_visitor_is_the_same_one_before_and_after_their_first_words() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let (door, key) = (&house.front.door, house.key(site));

    let first = door.visitor(hello(&key, None), knock(STORE)).await.unwrap();
    let fresh = first.fresh.clone().unwrap();
    let tab = door.visitor(hello(&key, Some(fresh.token.clone())), knock(STORE)).await.unwrap();
    assert_eq!((tab.visitor, tab.fresh.is_some()), (first.visitor, true), "a second tab before any word");

    door.settle_visitor(site, first.visitor, fresh.token_hash).await.unwrap();
    door.settle_visitor(site, first.visitor, fresh.token_hash).await.unwrap();
    let back = door.visitor(hello(&key, Some(fresh.token.clone())), knock(STORE)).await.unwrap();
    assert_eq!((back.visitor, back.fresh), (first.visitor, None));

    let proposed = door.visitor(hello(&key, Some("chosen by a stranger".into())), knock(STORE)).await.unwrap();
    assert_ne!(proposed.visitor, first.visitor);
    assert_ne!(proposed.fresh.unwrap().token, "chosen by a stranger", "a proposed token is not taken");

    let other = house.ready_site("Chaises").await;
    let elsewhere = door.visitor(hello(&house.key(other), Some(fresh.token)), knock(STORE)).await.unwrap();
    assert_ne!(elsewhere.visitor, first.visitor, "a token is of one site");
}

#[actix_rt::test]
async fn a_socket_from_an_unlisted_page_is_refused() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let key = house.key(site);
    for origin in [Some("https://evil.example".to_owned()), Some("null".to_owned()), None] {
        let knock = Knock { origin, host: Some("127.0.0.1:8370".to_owned()) };
        let refusal = house.front.door.visitor(hello(&key, None), knock).await.unwrap_err();
        assert_eq!(refusal.code, RefusalCode::OriginRefused);
    }
}

#[actix_rt::test]
async fn a_socket_pass_lets_its_agent_in_once_and_not_after_signing_out() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    let camille = house.person("Camille", Role::Agent, &[site]).await;
    let agent = house.signed_in("Camille").await;
    let pass = async || {
        let answer = house.post(&agent, "/api/v1/socket-pass", json!({})).await.json();
        answer["pass"].as_str().unwrap().to_owned()
    };
    let (door, ours) = (&house.front.door, knock("http://127.0.0.1:8370"));

    let one = pass().await;
    let admitted = door.agent(one.clone(), ours.clone()).await.unwrap();
    assert_eq!((admitted.agent.id, admitted.agent.first_name.as_str()), (camille, "Camille"));
    assert_eq!(admitted.sites, [site]);
    assert_eq!(door.agent(one, ours.clone()).await.unwrap_err().code, RefusalCode::NotSignedIn);
    let elsewhere = door.agent(pass().await, knock(STORE)).await.unwrap_err();
    assert_eq!(elsewhere.code, RefusalCode::OriginRefused);

    let late = pass().await;
    house.post(&agent, "/api/v1/sign-out", json!({"everywhere": false})).await;
    assert_eq!(door.agent(late, ours).await.unwrap_err().code, RefusalCode::NotSignedIn);
}

#[actix_rt::test]
async fn the_test_page_pass_opens_the_real_widget_from_our_own_page() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    house.person("Camille", Role::Agent, &[site]).await;
    let agent = house.signed_in("Camille").await;
    let answer = house.post(&agent, &format!("/api/v1/sites/{site}/test"), json!({})).await;
    let url = answer.json()["url"].as_str().unwrap().to_owned();
    let (address, pass) = url.split_once("?pass=").unwrap();
    assert_eq!(address, format!("http://127.0.0.1:8370/test/{}", house.key(site)));

    let page = house.get(&Browser::ours(), &format!("/test/{}?pass={pass}", house.key(site))).await;
    let text = String::from_utf8_lossy(&page.body).into_owned();
    assert!(text.contains(&format!("src=\"/w.js?site={}&amp;test={pass}\"", house.key(site))), "{text}");
    assert!(page.header("content-security-policy").contains("script-src 'self';"));
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    let over = house.get(&Browser::ours(), &format!("/test/{}?pass=1.%22%3E%3Cscript%3E", house.key(site))).await;
    assert_eq!(over.status, StatusCode::GONE);
    assert!(!String::from_utf8_lossy(&over.body).contains("w.js"));

    let config = format!("/w/v1/config?site={}&test={pass}", house.key(site));
    assert_eq!(house.get(&Browser::ours().without("origin"), &config).await.status, StatusCode::OK);
    assert_eq!(house.get(&Browser::on("https://evil.example"), &config).await.code(), "origin_refused");
    let forged = format!("/w/v1/config?site={}&test=9{pass}", house.key(site));
    assert_eq!(house.get(&Browser::ours(), &forged).await.code(), "origin_refused");

    let hello = VisitorHello { site: house.key(site), token: None, test: Some(pass.to_owned()) };
    let admitted = house.front.door.visitor(hello, knock("http://127.0.0.1:8370")).await.unwrap();
    assert!(admitted.test);
    assert!(house.front.known.by_id(site).unwrap().tested_at.is_some());
}

#[actix_rt::test]
async fn a_shared_test_page_is_its_visitors_own_and_a_stranger_there_is_refused() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let (door, key) = (&house.front.door, house.key(site));
    let first = door.visitor(hello(&key, None), knock(STORE)).await.unwrap();
    let fresh = first.fresh.unwrap();
    let ours = "http://127.0.0.1:8370";
    let unknown = door.visitor(hello(&key, Some(fresh.token.clone())), knock(ours)).await;
    assert_eq!(unknown.unwrap_err().code, RefusalCode::OriginRefused, "who has not written has no share");
    door.settle_visitor(site, first.visitor, fresh.token_hash).await.unwrap();
    let shared = door.visitor(hello(&key, Some(fresh.token)), knock(ours)).await.unwrap();
    assert_eq!((shared.visitor, shared.test, shared.fresh), (first.visitor, true, None));
    let stranger = door.visitor(hello(&key, Some("made up".into())), knock(ours)).await;
    assert_eq!(stranger.unwrap_err().code, RefusalCode::OriginRefused);
}
