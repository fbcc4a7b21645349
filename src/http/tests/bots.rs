//! A bot is checked, published, and served from then on.

use actix_web::http::StatusCode;
use serde_json::json;

use super::{BOT, Browser, House, STORE};
use crate::actors::ports::Bots;
use crate::protocol::session::Role;

#[actix_rt::test]
async fn a_definition_with_errors_is_refused_with_its_lines_and_the_published_one_stays() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let path = format!("/api/v1/sites/{site}/bot");

    let broken = BOT.replace("goto = \"accueil\"", "goto = \"nowhere\"");
    let broken = if broken == BOT { "format = 1\n[bot]\nname = 3\n".to_owned() } else { broken };
    let checked = house.post(&admin, &format!("{path}/check"), json!({"toml": broken})).await;
    assert_eq!(checked.status, StatusCode::OK);
    assert!(checked.json()["errors"].as_u64().unwrap() > 0, "{checked:?}");

    let refused = house.post(&admin, &format!("{path}/publish"), json!({"toml": broken})).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value"));
    assert_eq!(refused.json()["problems"], checked.json()["problems"]);
    assert!(refused.json()["message"].as_str().unwrap().starts_with("Line "), "{refused:?}");
    let kept = house.get(&admin, &path).await.json();
    assert_eq!((&kept["version"], &kept["toml"]), (&json!(1), &json!(BOT)));
}

#[actix_rt::test]
async fn publishing_appends_a_version_and_running_conversations_keep_theirs() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Sam", Role::Admin, &[]).await;
    let admin = house.signed_in("Sam").await;
    let path = format!("/api/v1/sites/{site}/bot");
    assert_eq!(house.get(&admin, &path).await.json(), json!({"version": 0}));

    for wanted in [1, 2] {
        let published = house.post(&admin, &format!("{path}/publish"), json!({"toml": BOT})).await;
        assert_eq!(published.json()["version"], wanted, "{published:?}");
    }
    assert_eq!(house.front.bots.published(site).unwrap().0, 2);
    for version in [1, 2] {
        assert_eq!(house.front.bots.version(site, version).await.unwrap().unwrap().version(), version);
    }
    assert!(house.front.bots.version(site, 3).await.unwrap().is_none());
    assert_eq!(house.get(&admin, &format!("/api/v1/sites/{site}")).await.json()["setup"]["bot_published"], true);
}

#[actix_rt::test]
async fn a_site_without_a_bot_is_not_ready_and_serves_no_launcher() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    let path = format!("/w/v1/config?site={}&lang=fr", house.key(site));
    let answer = house.get(&Browser::on(STORE), &path).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "site_not_ready"));
}
