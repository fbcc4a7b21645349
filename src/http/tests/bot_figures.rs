//! What is told of the bot, by its routes: what is asked wrongly, and what an admin does about texts.

use actix_web::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Browser, Chat, House, chat};
use crate::actors::ports::Bots;
use crate::protocol::session::Role;
use crate::protocol::{Author, BotTurn, BotWhy, EventBody, SiteId};
use crate::rules::bot::{Facts, Input, Output, State, rung, step};

/// A shop without a single FAQ.
const SHOP: &str = r#"
format = 1
[bot]
name      = "Atelier"
languages = ["fr"]
timezone  = "Europe/Paris"
[fields]
email = { type = "email", ask = "Votre e-mail ?" }
[start]
goto = "accueil"
[steps.accueil]
say     = "Bonjour"
buttons = [{ label = "Une personne", goto = "@handoff" }]
[leave_message]
collect = ["email"]
"#;

struct Scene {
    house: House,
    site: SiteId,
    admin: Browser,
}

impl Scene {
    async fn open() -> Self {
        let house = House::open().await;
        let site = house.ready_site("Lampes").await;
        house.person("Ada", Role::Admin, &[]).await;
        let admin = house.signed_in("Ada").await;
        Self { house, site, admin }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/sites/{}/bot/{rest}", self.site)
    }

    async fn get(&self, rest: &str) -> super::Answer {
        self.house.get(&self.admin, &self.path(rest)).await
    }

    /// A new visitor types this, and the bot does not know it.
    async fn types(&self, text: &str) -> Chat {
        let mut chat = chat(&self.house, self.site).await;
        self.says(&mut chat, text).await;
        chat
    }

    async fn says(&self, chat: &mut Chat, text: &str) {
        let said = EventBody::MessagePosted { author: Author::Visitor {}, text: text.to_owned() };
        let answers = chat.write(&self.house, said).await;
        let why = BotWhy { rung: rung::UNKNOWN.into(), version: 1, ..BotWhy::default() };
        chat.write(&self.house, EventBody::BotSpoke { turn: BotTurn::default(), answers }).await;
        chat.write(&self.house, EventBody::BotExplained { answers, why }).await;
    }

    /// Groups as text and count.
    async fn groups(&self, query: &str) -> Vec<(String, u64)> {
        let told = self.get(&format!("not-understood{query}")).await.json();
        let group = |group: &Value| (group["text"].as_str().unwrap().to_owned(), group["count"].as_u64().unwrap());
        told["groups"].as_array().unwrap().iter().map(group).collect()
    }

    async fn set_aside(&self, texts: &[&str]) -> StatusCode {
        let path = self.path("not-understood/set-aside");
        self.house.post(&self.admin, &path, json!({"texts": texts})).await.status
    }
}

/// Which FAQ the published bot answers a visitor's first text with.
fn answered(scene: &Scene, text: &str) -> Option<String> {
    let (_, bot) = scene.house.front.bots.published(scene.site).unwrap();
    let facts = Facts {
        now: scene.house.front.clock.now(),
        agents_online: 0,
        agents_free: 0,
        place: 1,
        lang: "fr".into(),
        values: Default::default(),
    };
    let (state, _) = step(&bot, &facts, State::new(), Input::Start);
    let (_, outputs) = step(&bot, &facts, state, Input::Text(text.to_owned()));
    outputs.into_iter().find_map(|output| if let Output::Explain(why) = output { why.answered } else { None })
}

fn group(text: &str, count: u64) -> (String, u64) {
    (text.to_owned(), count)
}

#[actix_web::test]
async fn a_text_set_aside_comes_back_only_when_somebody_types_it_in_a_new_conversation() {
    let scene = Scene::open().await;
    let mut first = scene.types("vous vendez des phares ?").await;
    scene.types("Vous vendez des phares").await;
    scene.types("😀").await;
    assert_eq!(scene.groups("").await, [group("Vous vendez des phares", 2), group("😀", 1)]);

    assert_eq!(scene.set_aside(&["VOUS vendez des phares!", "😀"]).await, StatusCode::NO_CONTENT);
    assert_eq!(scene.groups("").await, []);
    scene.says(&mut first, "vous vendez des phares ?").await;
    assert_eq!(scene.groups("").await, [], "the visitor of before repeats it");
    scene.types("vous vendez des phares").await;
    assert_eq!(scene.groups("").await, [group("vous vendez des phares", 1)]);
}

#[actix_web::test]
async fn a_text_shows_a_conversation_to_read_it_in_and_belongs_to_a_language_of_the_bot() {
    let scene = Scene::open().await;
    let chat = scene.types("vous vendez des phares ?").await;
    let told = scene.get("not-understood?lang=fr").await.json();
    assert_eq!(told["texts"], 1);
    let example = &told["groups"][0]["examples"][0];
    assert_eq!(
        (&example["conversation"], &example["lang"], &example["text"]),
        (&json!(chat.id), &json!("fr"), &json!("vous vendez des phares ?"))
    );
    assert_eq!(scene.groups("?lang=en").await, []);
    // The bot has no German, so whoever speaks it meets its first language.
    assert_eq!(scene.groups("?lang=de").await.len(), 1);
}

#[actix_web::test]
async fn a_text_that_asks_for_a_person_by_now_is_understood() {
    let scene = Scene::open().await;
    scene.types("je veux un conseiller").await;
    assert_eq!(scene.groups("").await, []);
}

#[actix_web::test]
async fn very_long_and_very_many_texts_come_back_within_their_bounds() {
    let scene = Scene::open().await;
    scene.types(&"é".repeat(4_000)).await;
    let told = scene.get("not-understood").await.json();
    assert_eq!(told["groups"][0]["text"].as_str().unwrap().chars().count(), 500);
    let shown = told["groups"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!(scene.set_aside(&[&shown]).await, StatusCode::NO_CONTENT);
    assert_eq!(scene.groups("").await, []);
    assert_eq!(scene.set_aside(&["a"; 21]).await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn figures_have_every_day_and_say_what_is_wrong_with_a_period() {
    let scene = Scene::open().await;
    scene.types("vous vendez des phares ?").await;
    let month = scene.get("figures").await.json();
    let days = month["days"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert_eq!((&month["sum"]["conversations"], &month["sum"]["bot_alone"]), (&json!(1), &json!(1)));
    assert_eq!(month["sum"]["day"], "");
    let year = scene.get("figures?from=2024-01-01&to=2024-12-31").await.json();
    assert_eq!(year["days"].as_array().unwrap().len(), 366);
    assert_eq!(scene.get("figures?from=2026-03-01&to=2026-03-01").await.json()["days"][0]["day"], "2026-03-01");

    for (query, wanted) in [
        ("?from=hier&to=2026-03-01", "`from` is no day of the calendar; write it like 2026-11-27."),
        ("?from=2026-03-01&to=2026-02-30", "`to` is no day of the calendar; write it like 2026-11-27."),
        ("?from=2026-3-1&to=2026-03-02", "`from` is no day of the calendar; write it like 2026-11-27."),
        ("?from=2026-03-02&to=2026-03-01", "The period ends on 2026-03-01, before it begins on 2026-03-02; swap them."),
        ("?from=2025-01-01&to=2026-01-02", "367 days are more than one answer holds; ask for at most 366."),
    ] {
        let refused = scene.get(&format!("figures{query}")).await;
        let code = (refused.status, refused.code());
        assert_eq!(code, (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value".to_owned()), "{query}");
        assert_eq!(refused.json()["message"], wanted, "{query}");
    }
    assert_eq!(scene.get("figures?since=2026-03-01").await.status, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn another_sites_texts_and_figures_stay_there() {
    let scene = Scene::open().await;
    scene.types("vous vendez des phares ?").await;
    let other = scene.house.ready_site("Tasses").await;
    let path = |rest: &str| format!("/api/v1/sites/{other}/bot/{rest}");
    assert_eq!(scene.house.get(&scene.admin, &path("not-understood")).await.json()["texts"], 0);
    assert_eq!(scene.house.get(&scene.admin, &path("figures")).await.json()["sum"]["conversations"], 0);
}

#[actix_web::test]
async fn a_group_becomes_an_faq_that_answers_its_texts_and_is_gone() {
    let scene = Scene::open().await;
    scene.house.front.bots.publish(scene.site, SHOP, None, scene.house.front.clock.now()).await.unwrap();
    let texts = ["où est mon colis ?", "ou est mon colis", "ou et mon coli", "il est où mon colis svp"];
    for text in texts {
        scene.types(text).await;
    }
    scene.types("faites-vous des listes de mariage ?").await;
    assert_eq!(scene.groups("").await, [group("ou est mon colis", 4), group("faites-vous des listes de mariage ?", 1)]);
    assert!(texts.iter().all(|text| answered(&scene, text).is_none()));

    // What the console's one click does: the group's texts are the questions of a new FAQ, then it is published.
    let told = scene.get("not-understood?lang=fr").await.json();
    let examples = told["groups"][0]["examples"].as_array().unwrap();
    let questions: Vec<&Value> = examples.iter().map(|example| &example["text"]).collect();
    let faq = format!("\n[[faq]]\nid = \"colis\"\nquestions = {}\nanswer = \"Il arrive.\"\n", json!(questions));
    let revision = scene.get("draft").await.json()["revision"].clone();
    let draft = json!({"revision": revision, "toml": format!("{SHOP}{faq}")});
    let saved = scene.house.send(&scene.admin, Method::PUT, &scene.path("draft"), Some(draft)).await;
    assert_eq!(saved.status, StatusCode::OK, "{saved:?}");
    let publish = json!({"revision": saved.json()["revision"], "note": "colis"});
    let published = scene.house.post(&scene.admin, &scene.path("publish"), publish).await;
    assert_eq!(published.status, StatusCode::OK, "{published:?}");

    for text in texts {
        assert_eq!(answered(&scene, text).as_deref(), Some("colis"), "{text}");
    }
    assert_eq!(scene.groups("").await, [group("faites-vous des listes de mariage ?", 1)]);
    let unused = json!([{"faq": "colis", "answered": 0, "suggested": 0, "clicked": 0, "handed_off_after": 0}]);
    assert_eq!(scene.get("usage").await.json(), unused);
}
