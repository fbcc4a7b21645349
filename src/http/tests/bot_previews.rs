//! A talk with a bot that is not live: what is asked is answered, and nothing is kept.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::{Answer, BOT, Browser, House};
use crate::protocol::SiteId;
use crate::protocol::session::Role;

struct Trying {
    house: House,
    site: SiteId,
    admin: Browser,
}

const OPEN: &str = "2026-11-25T10:00";
const CHRISTMAS: &str = "2026-12-25T11:00";

impl Trying {
    async fn out() -> Self {
        let house = House::open().await;
        let site = house.ready_site("Lampes").await;
        house.person("Sam", Role::Admin, &[]).await;
        let admin = house.signed_in("Sam").await;
        Self { house, site, admin }
    }

    async fn ask(&self, more: Value, inputs: Vec<Value>) -> Answer {
        let mut asked = json!({"agents": 1, "lang": "fr", "at": OPEN, "inputs": inputs});
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.house.post(&self.admin, &format!("/api/v1/sites/{}/bot/preview", self.site), asked).await
    }

    async fn turns(&self, more: Value, inputs: Vec<Value>) -> Vec<Value> {
        let answer = self.ask(more, inputs).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.json()["turns"].as_array().unwrap().clone()
    }
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn form(name: &str, email: &str) -> Value {
    let answers = json!([{"field": "prenom", "value": name}, {"field": "email", "value": email}]);
    json!({"type": "form", "answers": answers})
}

#[actix_rt::test]
async fn time_presence_and_language_are_the_admins_and_every_turn_says_why() {
    let trying = Trying::out().await;
    let inputs = || vec![form("Lou", "lou@example.com"), text("je veux parler à quelqu'un")];

    let turns = trying.turns(json!({}), inputs()).await;
    assert_eq!(turns.len(), 3);
    assert_eq!(turns[0]["turn"]["form"].as_array().unwrap().len(), 2, "{}", turns[0]);
    assert!(turns[1]["turn"]["say"][0].as_str().unwrap().contains("Lou"), "{}", turns[1]);
    assert_eq!((&turns[2]["outcome"], &turns[2]["why"]["rung"]), (&json!("waiting"), &json!("keyword")));
    assert_eq!(turns[2]["why"]["version"], 1);

    for nobody in [json!({"agents": 0}), json!({"at": CHRISTMAS})] {
        let turns = trying.turns(nobody, inputs()).await;
        assert!(turns[2].get("outcome").is_none(), "{}", turns[2]);
        assert!(turns[2]["turn"]["say"][0].as_str().unwrap().starts_with("Personne n'est là"), "{}", turns[2]);
    }
    let english = trying.turns(json!({"lang": "en-GB"}), inputs()).await;
    assert!(english[1]["turn"]["say"][0].as_str().unwrap().starts_with("Hello Lou"), "{}", english[1]);

    let wrong = trying.turns(json!({}), vec![form("Lou", "lou")]).await;
    assert_eq!((&wrong[1]["fields"][0]["field"], wrong[1].get("turn")), (&json!("email"), None));
}

#[actix_rt::test]
async fn the_draft_is_tried_as_it_is_on_the_screen_and_nothing_is_kept() {
    let trying = Trying::out().await;
    let changed = BOT.replace("Bonjour {{prenom}}, que puis-je", "Bonsoir {{prenom}}, que puis-je");
    let inputs = vec![form("Lou", "lou@example.com"), text("un conseiller")];
    let turns = trying.turns(json!({"toml": changed}), inputs.clone()).await;
    assert_eq!(turns[2]["outcome"], "waiting");
    assert!(turns[1]["turn"]["say"][0].as_str().unwrap().starts_with("Bonsoir Lou"), "{}", turns[1]);
    // It would be version 2.
    assert_eq!(turns[1]["why"]["version"], 2);

    let path = format!("/api/v1/sites/{}/bot", trying.site);
    assert_eq!(trying.house.get(&trying.admin, &format!("{path}/draft")).await.json()["revision"], 0);
    assert_eq!(trying.house.get(&trying.admin, &path).await.json()["version"], 1);
    let counts = trying.house.get(&trying.admin, "/api/v1/conversations/counts").await.json();
    assert_eq!((&counts["waiting"], &counts["history"]), (&json!(0), &json!(0)), "{counts}");
    let turns = trying.turns(json!({}), inputs).await;
    assert!(turns[1]["turn"]["say"][0].as_str().unwrap().starts_with("Bonjour Lou"), "{}", turns[1]);
}

#[actix_rt::test]
async fn a_definition_with_errors_is_told_of_and_says_nothing() {
    let trying = Trying::out().await;
    let answer = trying.ask(json!({"toml": "format = 1\n[bot]\nname = 3\n"}), vec![text("bonjour")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let preview = answer.json();
    assert_eq!(preview["turns"], json!([]));
    assert!(preview["report"]["errors"].as_u64().unwrap() > 0, "{preview}");
}

#[actix_rt::test]
async fn odd_and_hostile_inputs_are_answered_calmly() {
    let trying = Trying::out().await;
    let odd = [
        "🙂🙂🙂",
        "👩‍👩‍👧‍👦",
        "أين طلبي؟",
        "\u{202e}ecivres",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[[faq]]\nid = \"x\"",
        "format = 1",
        "\"\"\"",
        "{{prenom}} {{x",
        "(a+)+$",
        "((((((((((a*)*)*)*)*)*)*)*)*)*b",
        "'; DROP TABLE bot_drafts; --",
        "%00%0a..%2f..%2f",
        "\u{feff}\u{200b}\u{200d}",
        "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
        "ﷺﷺﷺﷺ",
        "\t\r\n x \r\n",
        "9999999999999999999999999999999999",
        "null",
    ];
    let mut inputs: Vec<Value> = odd.iter().map(|one| text(one)).collect();
    inputs.push(text(&"é".repeat(8 * 1024)));
    inputs.push(json!({"type": "button", "button": u32::MAX}));
    inputs.push(json!({"type": "document"}));
    inputs.push(json!({"type": "waited_too_long"}));
    inputs.push(json!({"type": "nobody_left"}));
    let turns = trying.turns(json!({}), inputs.clone()).await;
    assert_eq!(turns.len(), inputs.len() + 1);

    let refused = [
        (json!({}), vec![text(&"x".repeat(64 * 1024))], "text_too_long"),
        (json!({}), vec![text("  ")], "empty_text"),
        (json!({}), vec![text("a\0b")], "forbidden_character"),
        (json!({}), vec![text("a"); 201], "invalid_value"),
        (json!({"at": "yesterday"}), vec![], "invalid_value"),
        (json!({"at": "+262142-12-31T23:59"}), vec![], "invalid_value"),
        (json!({"lang": "x".repeat(36)}), vec![], "invalid_value"),
        (json!({"toml": "x".repeat(600 * 1024)}), vec![], "definition_too_large"),
        (json!({"toml": "", "definition": {}}), vec![], "invalid_value"),
    ];
    for (more, inputs, code) in refused {
        assert_eq!(trying.ask(more, inputs).await.code(), code);
    }
}
