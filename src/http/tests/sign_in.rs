//! Signing in and out, the first admin, invitations, and what other sites cannot do.

use std::time::{Duration, Instant};

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::json;

use super::{Browser, House, PASSWORD};
use crate::config::{Config, Network};
use crate::http::front::FrontSettings;
use crate::http::origin::Origin;
use crate::http::setup::SetupLink;
use crate::protocol::session::Role;

const SIGN_IN: &str = "/api/v1/sign-in";
const SESSION: &str = "/api/v1/session";

#[actix_rt::test]
async fn an_agent_signs_in_works_and_signs_out() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Camille", Role::Agent, &[site]).await;

    assert_eq!(house.get(&Browser::ours(), SESSION).await.code(), "not_signed_in");
    let browser = house.signed_in("Camille").await;
    let me = house.get(&browser, SESSION).await.json();
    assert_eq!(me["first_name"], "Camille");
    assert_eq!(me["sites"][0]["name"], "Lampes");
    assert_eq!(me["sites"][0]["bot_published"], false);

    let out = house.post(&browser, "/api/v1/sign-out", json!({"everywhere": false})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert_eq!(house.get(&browser, SESSION).await.status, StatusCode::UNAUTHORIZED);
}

#[actix_rt::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let house = House::open().await;
    house.person("Camille", Role::Agent, &[]).await;
    let body = json!({"email": " CAMILLE@example.com ", "password": PASSWORD});
    let answer = house.post(&Browser::ours(), SIGN_IN, body).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("comptoir="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(flag), "{flag} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[actix_rt::test]
async fn unknown_wrong_and_disabled_answer_alike() {
    let house = House::open().await;
    house.person("Sam", Role::Admin, &[]).await;
    let camille = house.person("Camille", Role::Agent, &[]).await;
    let admin = house.signed_in("Sam").await;
    let disabled = house.patch(&admin, &format!("/api/v1/agents/{camille}"), json!({"disabled": true})).await;
    assert_eq!(disabled.json()["disabled"], true);

    let mut bodies = Vec::new();
    for (email, password) in
        [("nobody@example.com", PASSWORD), ("sam@example.com", "not the password"), ("camille@example.com", PASSWORD)]
    {
        let answer = house.post(&Browser::ours(), SIGN_IN, json!({"email": email, "password": password})).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{email}");
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("request_id");
        bodies.push(body);
    }
    assert!(bodies.iter().all(|body| body == &bodies[0]), "{bodies:?}");
}

#[actix_rt::test]
async fn signing_out_everywhere_ends_every_browser() {
    let house = House::open().await;
    house.person("Camille", Role::Agent, &[]).await;
    let (desk, phone) = (house.signed_in("Camille").await, house.signed_in("Camille").await);
    assert_ne!(desk.cookie, phone.cookie);
    house.post(&desk, "/api/v1/sign-out", json!({"everywhere": true})).await;
    for browser in [&desk, &phone] {
        assert_eq!(house.get(browser, SESSION).await.code(), "not_signed_in");
    }
}

#[actix_rt::test]
async fn disabling_an_agent_ends_their_sessions_at_once() {
    let house = House::open().await;
    house.person("Sam", Role::Admin, &[]).await;
    let camille = house.person("Camille", Role::Agent, &[]).await;
    let (admin, agent) = (house.signed_in("Sam").await, house.signed_in("Camille").await);
    house.patch(&admin, &format!("/api/v1/agents/{camille}"), json!({"disabled": true})).await;
    assert_eq!(house.get(&agent, SESSION).await.code(), "not_signed_in");
    house.patch(&admin, &format!("/api/v1/agents/{camille}"), json!({"disabled": false})).await;
    assert_eq!(house.get(&agent, SESSION).await.code(), "not_signed_in", "the old session does not come back");
}

#[actix_rt::test]
async fn the_last_admin_can_neither_be_disabled_nor_demoted() {
    let house = House::open().await;
    let sam = house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    for change in [json!({"disabled": true}), json!({"role": "agent"})] {
        let answer = house.patch(&admin, &format!("/api/v1/agents/{sam}"), change).await;
        assert_eq!(answer.code(), "not_allowed");
    }
    assert_eq!(house.get(&admin, SESSION).await.json()["role"], "admin");
}

#[actix_rt::test]
async fn the_setup_link_makes_one_admin_once() {
    let house = House::open().await;
    let now = house.front.clock.now();
    let stale = SetupLink::renew(&house.front.accounts, now).await.unwrap().unwrap();
    let link = SetupLink::renew(&house.front.accounts, now).await.unwrap().unwrap();
    assert_eq!(house.get(&Browser::ours(), "/api/v1/setup").await.json()["needed"], true);

    let base = Origin::parse("http://127.0.0.1:8370").unwrap();
    let token = |link: &SetupLink| link.address(&base).split_once("token=").unwrap().1.to_owned();
    let form = |token: String, password: &str| json!({"token": token, "name": "Sam Martin", "email": "sam@example.com", "password": password});
    let ours = Browser::ours();
    let set_up = |body| house.post(&ours, "/api/v1/setup", body);

    assert_eq!(set_up(form(token(&stale), PASSWORD)).await.code(), "link_expired", "a newer start voided it");
    assert_eq!(set_up(form(token(&link), "12345678")).await.code(), "weak_password");
    let made = set_up(form(token(&link), PASSWORD)).await;
    assert_eq!(made.status, StatusCode::OK, "{made:?}");
    assert_eq!(made.json()["role"], "admin");
    let browser = Browser { cookie: Some(made.cookie()), ..Browser::ours() };
    assert_eq!(house.get(&browser, SESSION).await.json()["first_name"], "Sam");

    assert_eq!(set_up(form(token(&link), PASSWORD)).await.code(), "link_expired");
    assert_eq!(house.get(&Browser::ours(), "/api/v1/setup").await.json()["needed"], false);
    assert!(SetupLink::renew(&house.front.accounts, now).await.unwrap().is_none(), "there is an admin now");
}

#[actix_rt::test]
async fn an_invitation_is_accepted_once_with_the_sites_and_role_it_names() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let invitation = json!({"email": "Noor@example.com", "name": "Noor", "role": "agent", "sites": [site]});

    let made = house.post(&admin, "/api/v1/invitations", invitation.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let link = made.json()["link"].as_str().unwrap().to_owned();
    let token = link.split_once("token=").unwrap().1;
    assert!(link.starts_with("http://127.0.0.1:8370/invitation?token="), "{link}");
    let listed = house.get(&admin, "/api/v1/invitations").await.json();
    assert_eq!(listed[0]["email"], "noor@example.com");
    assert!(listed[0].get("link").is_none(), "the link is shown once");
    assert_eq!(house.post(&admin, "/api/v1/invitations", invitation).await.code(), "name_taken");

    let face = house.get(&Browser::ours(), &format!("/api/v1/invitations/{token}")).await.json();
    assert_eq!(face["sites"][0], "Lampes");
    let form = json!({"token": token, "name": "Noor Haddad", "password": PASSWORD});
    let accepted = house.post(&Browser::ours(), "/api/v1/invitations/accept", form.clone()).await;
    assert_eq!(accepted.json()["first_name"], "Noor");
    assert_eq!(accepted.json()["role"], "agent");
    assert_eq!(accepted.json()["sites"][0]["name"], "Lampes");
    let again = house.post(&Browser::ours(), "/api/v1/invitations/accept", form).await;
    assert_eq!((again.code().as_str(), again.status), ("link_expired", StatusCode::GONE));
}

#[actix_rt::test]
async fn a_withdrawn_invitation_lets_nobody_in() {
    let house = House::open().await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let made = house
        .post(
            &admin,
            "/api/v1/invitations",
            json!({"email": "noor@example.com", "name": "Noor", "role": "admin", "sites": []}),
        )
        .await
        .json();
    let path = format!("/api/v1/invitations/{}", made["id"].as_str().unwrap());
    assert_eq!(house.send(&admin, Method::DELETE, &path, Some(json!({}))).await.status, StatusCode::NO_CONTENT);
    let token = made["link"].as_str().unwrap().split_once("token=").unwrap().1.to_owned();
    let form = json!({"token": token, "name": "Noor", "password": PASSWORD});
    assert_eq!(house.post(&Browser::ours(), "/api/v1/invitations/accept", form).await.code(), "link_expired");
}

#[actix_rt::test]
async fn another_site_can_make_a_signed_in_browser_do_nothing() {
    let house = House::open().await;
    house.person("Camille", Role::Agent, &[]).await;
    let good = house.signed_in("Camille").await;

    let mut elsewhere = good.clone();
    elsewhere.set("origin", "https://evil.example");
    elsewhere.set("sec-fetch-site", "cross-site");
    // The demo store on another port of this machine gets the Strict cookie, too.
    let mut neighbour = good.clone();
    neighbour.set("origin", "http://127.0.0.1:8371");
    neighbour.set("sec-fetch-site", "same-site");
    let mut rebound = good.clone();
    rebound.set("host", "evil.example:8370");
    rebound.set("origin", "http://evil.example:8370");
    let mut null = good.clone();
    null.set("origin", "null");
    for browser in [elsewhere, neighbour, rebound, null, good.clone().without("origin")] {
        let answer = house.post(&browser, "/api/v1/sign-out", json!({"everywhere": true})).await;
        assert_eq!(answer.code(), "origin_refused", "{browser:?}");
    }
    let form = actix_web::test::TestRequest::post()
        .uri("/api/v1/sign-out")
        .insert_header(("content-type", "text/plain"))
        .set_payload(r#"{"everywhere":true}"#);
    assert_eq!(house.ask(&good, form).await.code(), "wrong_media_type");
    assert_eq!(house.get(&good, SESSION).await.status, StatusCode::OK, "still signed in");

    let mut reading = good.clone();
    reading.set("sec-fetch-site", "cross-site");
    assert_eq!(house.get(&reading, SESSION).await.code(), "origin_refused");
}

#[actix_rt::test]
async fn bad_json_is_refused_in_words() {
    let house = House::open().await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let cases = [
        (json!({"name": "A", "origins": [], "lang": "fr", "currency": "EUR", "id": 1}), "malformed", "`id`"),
        (
            json!({"name": "A", "origins": ["shop.example"], "lang": "fr", "currency": "EUR"}),
            "invalid_value",
            "https://shop.example",
        ),
        (json!({"name": "", "origins": [], "lang": "fr", "currency": "EUR"}), "invalid_value", "name"),
    ];
    for (body, code, words) in cases {
        let answer = house.post(&admin, "/api/v1/sites", body).await;
        assert_eq!(answer.code(), code, "{answer:?}");
        assert!(answer.json()["message"].as_str().unwrap().contains(words), "{answer:?}");
    }
    assert_eq!(house.get(&admin, "/api/v1/sites").await.json(), json!([]), "nothing was made");
    let large = json!({"name": "x".repeat(1024 * 1024), "origins": [], "lang": "fr", "currency": "EUR"});
    assert_eq!(house.post(&admin, "/api/v1/sites", large).await.code(), "malformed");
}

#[actix_rt::test]
async fn reading_leaves_the_database_as_it_is() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Sam", Role::Admin, &[site]).await;
    let admin = house.signed_in("Sam").await;
    let path = house.folder.path().join("comptoir.db-wal");
    let before = std::fs::read(&path).unwrap();
    for path in [
        SESSION.to_owned(),
        "/api/v1/setup".to_owned(),
        "/api/v1/sites".to_owned(),
        format!("/api/v1/sites/{site}"),
        "/api/v1/agents".to_owned(),
        "/api/v1/invitations".to_owned(),
        "/healthz".to_owned(),
    ] {
        house.get(&admin, &path).await;
    }
    assert!(std::fs::read(&path).unwrap() == before, "a GET wrote something");
    house.front.each_minute().await.unwrap();
    assert!(std::fs::read(&path).unwrap() != before, "the minute writes when sessions were used");
}

#[actix_rt::test]
async fn behind_tls_the_cookie_is_bound_to_the_host_and_only_the_public_origin_may_write() {
    let settings =
        FrontSettings { public_url: Origin::parse("https://chat.example"), ..FrontSettings::from(&Config::default()) };
    let house = House::with(settings).await;
    house.person("Camille", Role::Agent, &[]).await;
    let body = json!({"email": "camille@example.com", "password": PASSWORD});
    // A proxy passes whatever host it likes.
    let mut public = Browser::ours();
    public.set("origin", "https://chat.example");
    let answer = house.post(&public, SIGN_IN, body.clone()).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-comptoir=") && cookie.contains("Secure"), "{cookie}");
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    let signed = Browser { cookie: Some(answer.cookie()), ..public.clone() };
    assert_eq!(house.get(&signed, SESSION).await.status, StatusCode::OK);
    // A neighbouring host could set the plain name.
    let planted = Browser { cookie: Some(answer.cookie().replace("__Host-", "")), ..public };
    assert_eq!(house.get(&planted, SESSION).await.code(), "not_signed_in");
    assert_eq!(house.post(&Browser::ours(), SIGN_IN, body).await.code(), "origin_refused");
}

#[actix_rt::test]
async fn a_guesser_is_slowed_down_and_the_agent_at_another_address_is_not() {
    let proxy = Network::parse("10.0.0.0/8").unwrap();
    let settings = FrontSettings { trusted_proxies: vec![proxy], ..FrontSettings::from(&Config::default()) };
    let house = House::with(settings).await;
    house.person("Camille", Role::Agent, &[]).await;
    let sign_in = async |address: &str, password: &str| {
        let request = TestRequest::post()
            .uri(SIGN_IN)
            .peer_addr("10.0.0.1:4000".parse().unwrap())
            .insert_header(("x-forwarded-for", format!("198.51.100.77, {address}")))
            .insert_header(("content-type", "application/json"))
            .set_payload(json!({"email": "camille@example.com", "password": password}).to_string());
        let begun = Instant::now();
        (house.ask(&Browser::ours(), request).await, begun.elapsed())
    };
    for _ in 0..7 {
        assert_eq!(sign_in("203.0.113.9", "guess number one").await.0.code(), "wrong_sign_in");
    }
    let (answer, took) = sign_in("203.0.113.9", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::OK, "never locked out");
    assert!(took >= Duration::from_secs(1), "{took:?}");
    for _ in 0..9 {
        sign_in("203.0.113.9", "guess number two").await;
    }
    // The guesser would wait four seconds now.
    let (answer, took) = sign_in("203.0.113.10", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(took < Duration::from_secs(4), "{took:?}");
}
