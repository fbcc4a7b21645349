//! The console's lists and what is around a conversation, by their routes.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::{Browser, House};
use crate::protocol::session::Role;
use crate::protocol::{AgentId, AgentRef, EventBody, SiteId};
use crate::store::tests::{Talk, closed, message, named, queued, someone, taken};

impl House {
    /// A conversation in which this happened.
    async fn talk(&self, site: SiteId, bodies: Vec<EventBody>) -> Talk {
        let mut talk = Talk::new(site, someone());
        let log = &self.desk.ports().log;
        log.append(talk.begin()).await.unwrap();
        if !bodies.is_empty() {
            log.append(talk.then(bodies)).await.unwrap();
        }
        talk
    }
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn refer(id: AgentId, name: &str) -> AgentRef {
    AgentRef { id, first_name: name.into() }
}

#[actix_rt::test]
async fn an_agent_reads_the_three_tabs_of_their_sites_and_no_others() {
    let house = House::open().await;
    let (site, hidden) = (house.site("Lampes").await, house.site("Chaises").await);
    let camille = house.person("Camille", Role::Agent, &[site]).await;
    let noor = house.person("Noor", Role::Agent, &[site]).await;
    let browser = house.signed_in("Camille").await;
    let (camille, noor) = (refer(camille, "Camille"), refer(noor, "Noor"));
    let waiting = house.talk(site, vec![named("Élodie"), message("une lampe ?"), queued()]).await.state.id.to_string();
    let mine = house.talk(site, vec![queued(), taken(&camille)]).await.state.id.to_string();
    let hers = house.talk(site, vec![queued(), taken(&noor)]).await.state.id.to_string();
    let done =
        house.talk(site, vec![message("merci"), queued(), taken(&noor), closed(&noor)]).await.state.id.to_string();
    house.talk(hidden, vec![queued()]).await;

    for (query, expected) in [
        ("tab=waiting", &waiting),
        ("tab=in_progress", &mine),
        ("tab=in_progress&scope=colleagues", &hers),
        ("tab=history", &done),
        ("tab=history&q=merci", &done),
    ] {
        let answer = house.get(&browser, &format!("/api/v1/conversations?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query} {answer:?}");
        assert_eq!(&ids(&answer.json()), std::slice::from_ref(expected), "{query}");
    }
    let counts = house.get(&browser, "/api/v1/conversations/counts").await.json();
    assert_eq!(counts, json!({"waiting": 1, "mine": 1, "colleagues": 1, "history": 1}));
    let row = &house.get(&browser, "/api/v1/conversations?tab=waiting").await.json()["items"][0];
    assert_eq!(row["visitor_name"], json!({"type": "given", "name": "Élodie"}));
    assert_eq!((&row["unread"], &row["stage"], &row["visitor_online"]), (&json!(1), &json!("waiting"), &json!(false)));
}

#[actix_rt::test]
async fn a_conversation_of_another_site_answers_like_one_that_does_not_exist() {
    let house = House::open().await;
    let (site, hidden) = (house.site("Lampes").await, house.site("Chaises").await);
    house.person("Camille", Role::Agent, &[site]).await;
    let browser = house.signed_in("Camille").await;
    let theirs = house.talk(hidden, vec![queued()]).await.state.id;

    for id in [theirs.to_string(), uuid::Uuid::now_v7().to_string()] {
        for path in [format!("/api/v1/conversations/{id}"), format!("/api/v1/conversations/{id}/events")] {
            let refused = house.get(&browser, &path).await;
            assert_eq!((refused.status, refused.code().as_str()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
        }
    }
    let nobody = house.get(&Browser::ours(), "/api/v1/conversations?tab=waiting").await;
    assert_eq!(nobody.code(), "not_signed_in");
}

#[actix_rt::test]
async fn what_is_around_a_conversation_and_its_older_events_come_by_http() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Camille", Role::Agent, &[site]).await;
    let browser = house.signed_in("Camille").await;
    let texts = (0..6).map(|i| message(&format!("text {i}"))).collect();
    let talk = house.talk(site, texts).await;
    let path = format!("/api/v1/conversations/{}", talk.state.id);

    let details = house.get(&browser, &path).await.json();
    assert_eq!(details["row"]["head"], json!(7));
    assert_eq!((&details["visits"], &details["documents"], &details["earlier"]), (&json!([]), &json!([]), &json!([])));

    let page = house.get(&browser, &format!("{path}/events?before=5&limit=2")).await.json();
    let seqs: Vec<_> = page["events"].as_array().unwrap().iter().map(|event| event["seq"].clone()).collect();
    assert_eq!((seqs, &page["head"]), (vec![json!(3), json!(4)], &json!(7)));
}

#[actix_rt::test]
async fn an_address_that_does_not_fit_is_refused_in_words() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    house.person("Camille", Role::Agent, &[site]).await;
    let browser = house.signed_in("Camille").await;
    for (query, said) in [
        ("tab=everything", "unknown variant"),
        ("scope=mine", "missing field"),
        ("tab=waiting&page=2", "unknown field"),
        ("tab=waiting&cursor=zzz", "cursor"),
    ] {
        let refused = house.get(&browser, &format!("/api/v1/conversations?{query}")).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::BAD_REQUEST, "malformed"), "{query}");
        assert!(refused.json()["message"].as_str().unwrap().contains(said), "{query}: {refused:?}");
    }
}
