//! A bot is written as a draft, checked, published, compared, brought back, and served.

use actix_web::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Answer, BOT, Browser, House, STORE};
use crate::actors::ports::Bots;
use crate::protocol::SiteId;
use crate::protocol::session::Role;

/// A site and the admins who work on its bot.
struct Desk {
    house: House,
    site: SiteId,
    sam: Browser,
    lin: Browser,
}

impl Desk {
    async fn with(house: House, site: SiteId) -> Self {
        house.person("Sam", Role::Admin, &[]).await;
        house.person("Lin", Role::Admin, &[]).await;
        let (sam, lin) = (house.signed_in("Sam").await, house.signed_in("Lin").await);
        Self { house, site, sam, lin }
    }

    /// Nothing is published.
    async fn fresh() -> Self {
        let house = House::open().await;
        let site = house.site("Lampes").await;
        Self::with(house, site).await
    }

    /// [`BOT`] is published.
    async fn ready() -> Self {
        let house = House::open().await;
        let site = house.ready_site("Lampes").await;
        Self::with(house, site).await
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/sites/{}/bot{rest}", self.site)
    }

    async fn get(&self, rest: &str) -> Answer {
        self.house.get(&self.sam, &self.path(rest)).await
    }

    async fn draft(&self) -> Value {
        self.get("/draft").await.json()
    }

    async fn save(&self, by: &Browser, revision: u64, toml: &str) -> Answer {
        let change = json!({"revision": revision, "toml": toml});
        self.house.send(by, Method::PUT, &self.path("/draft"), Some(change)).await
    }

    async fn publish(&self, revision: u64, note: &str) -> Answer {
        let publish = json!({"revision": revision, "note": note});
        self.house.post(&self.sam, &self.path("/publish"), publish).await
    }

    async fn restore(&self, version: u32, revision: u64) -> Answer {
        let restore = json!({"revision": revision, "note": format!("back to {version}")});
        self.house.post(&self.sam, &self.path(&format!("/versions/{version}/restore")), restore).await
    }

    fn served(&self) -> u32 {
        self.house.front.bots.published(self.site).map_or(0, |(version, _)| version)
    }
}

/// The definition under another name: one line is another.
fn named(name: &str) -> String {
    let changed = BOT.replace("L'aide de Clair Obscur", name);
    assert_ne!(changed, BOT, "the fixture has another name by now");
    changed
}

const BROKEN: &str = "format = 1\n[bot]\nname = 3\n";

#[actix_rt::test]
async fn a_draft_with_errors_is_kept_and_told_but_not_published() {
    let desk = Desk::ready().await;
    let read = desk.draft().await;
    assert_eq!((&read["revision"], &read["toml"], &read["changed"]), (&json!(0), &json!(BOT), &json!(false)));
    assert_eq!(read["published"], 1);

    let saved = desk.save(&desk.sam, 0, BROKEN).await;
    assert_eq!(saved.status, StatusCode::OK, "{saved:?}");
    let saved = saved.json();
    assert!(saved["report"]["errors"].as_u64().unwrap() > 0, "{saved}");
    assert_eq!((&saved["revision"], &saved["changed"]), (&json!(1), &json!(true)));
    assert_eq!(saved["saved_by"]["first_name"], "Sam");
    assert_eq!(desk.draft().await, saved);

    let checked = desk.house.post(&desk.sam, &desk.path("/check"), json!({"toml": BROKEN})).await.json();
    let refused = desk.publish(1, "").await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value"));
    assert_eq!(refused.json()["problems"], checked["problems"]);
    assert!(refused.json()["message"].as_str().unwrap().starts_with("Line "), "{refused:?}");
    let kept = desk.get("").await.json();
    assert_eq!((&kept["version"], &kept["toml"], desk.served()), (&json!(1), &json!(BOT), 1));
}

#[actix_rt::test]
async fn of_two_admins_the_second_save_is_refused_and_says_who_saved_so_that_nothing_is_lost() {
    let desk = Desk::ready().await;
    let (first, second) = (named("Lampes de Sam"), named("Lampes de Lin"));
    assert_eq!(desk.save(&desk.sam, 0, &first).await.status, StatusCode::OK);

    let refused = desk.save(&desk.lin, 0, &second).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "stale_version"));
    let refused = refused.json();
    assert_eq!((&refused["by"]["first_name"], &refused["revision"]), (&json!("Sam"), &json!(1)));
    assert!(refused["saved_at"].is_string(), "{refused}");
    assert_eq!(desk.draft().await["toml"], first);

    // Lin looked and saves over it; Sam, who publishes what Sam wrote, is told.
    let over = desk.save(&desk.lin, refused["revision"].as_u64().unwrap(), &second).await;
    assert_eq!((over.status, &over.json()["toml"]), (StatusCode::OK, &json!(second)));
    let refused = desk.publish(1, "").await;
    assert_eq!((refused.code().as_str(), &refused.json()["by"]["first_name"]), ("stale_version", &json!("Lin")));
    assert_eq!(desk.served(), 1);
}

#[actix_rt::test]
async fn a_draft_is_published_as_the_next_version_and_a_repeat_publishes_nothing_more() {
    let desk = Desk::fresh().await;
    assert_eq!(desk.get("").await.json(), json!({"version": 0}));
    assert_eq!(desk.draft().await["toml"], "");
    assert_eq!(desk.publish(0, "").await.code(), "invalid_value");

    desk.save(&desk.sam, 0, BOT).await;
    for _ in 0..2 {
        let published = desk.publish(1, " the first one ").await;
        assert_eq!((published.status, &published.json()["version"]), (StatusCode::OK, &json!(1)), "{published:?}");
    }
    let draft = desk.draft().await;
    assert_eq!((&draft["revision"], &draft["published"], &draft["changed"]), (&json!(1), &json!(1), &json!(false)));

    desk.save(&desk.sam, 1, &named("Lampes du soir")).await;
    assert_eq!(desk.publish(2, "other name").await.json()["version"], 2);
    let listed = desk.get("/versions").await.json();
    assert_eq!(listed["published"], 2);
    let row = |n: usize| {
        let row = &listed["versions"][n];
        (row["version"].clone(), row["note"].clone(), row["lines_added"].clone(), row["lines_removed"].clone())
    };
    assert_eq!(row(0), (json!(2), json!("other name"), json!(1), json!(1)));
    assert_eq!(row(1), (json!(1), json!("the first one"), json!(BOT.lines().count()), json!(0)));
    assert_eq!(listed["versions"][0]["by"]["first_name"], "Sam");

    // Running conversations keep theirs.
    for version in [1, 2] {
        assert_eq!(desk.house.front.bots.version(desk.site, version).await.unwrap().unwrap().version(), version);
    }
    assert!(desk.house.front.bots.version(desk.site, 3).await.unwrap().is_none());
    let site = desk.house.get(&desk.sam, &format!("/api/v1/sites/{}", desk.site)).await.json();
    assert_eq!((desk.served(), &site["setup"]["bot_published"]), (2, &json!(true)));
}

#[actix_rt::test]
async fn an_older_version_comes_back_as_the_next_one_and_the_draft_becomes_it() {
    let desk = Desk::ready().await;
    let evening = named("Lampes du soir");
    desk.save(&desk.sam, 0, &evening).await;
    assert_eq!(desk.publish(1, "").await.json()["version"], 2);

    assert_eq!(desk.restore(1, 0).await.code(), "stale_version");
    assert_eq!(desk.restore(9, 1).await.code(), "not_found");
    let restored = desk.restore(1, 1).await;
    assert_eq!((restored.status, &restored.json()["version"]), (StatusCode::OK, &json!(3)), "{restored:?}");
    let draft = desk.draft().await;
    assert_eq!((&draft["toml"], &draft["revision"], &draft["changed"]), (&json!(BOT), &json!(2), &json!(false)));
    assert_eq!((desk.served(), &desk.get("/versions").await.json()["versions"][0]["note"]), (3, &json!("back to 1")));
}

#[actix_rt::test]
async fn any_two_versions_and_the_draft_are_compared_line_by_line() {
    let desk = Desk::ready().await;
    desk.save(&desk.sam, 0, &named("Lampes du soir")).await;
    desk.publish(1, "").await;
    desk.save(&desk.sam, 1, &format!("{}# later\n", named("Lampes du soir"))).await;

    let changed = |compared: &Value| -> Vec<(String, String)> {
        let lines = compared["lines"].as_array().unwrap().iter();
        let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
        lines.filter(|line| line["change"] != "same").map(|line| (text(line, "change"), text(line, "text"))).collect()
    };
    for path in ["/versions/2", "/versions/2?against=1"] {
        let compared = desk.get(path).await.json();
        let changes = changed(&compared);
        assert_eq!(changes.iter().map(|(change, _)| change.as_str()).collect::<Vec<_>>(), ["removed", "added"]);
        assert!(changes[1].1.contains("Lampes du soir") && !changes[0].1.contains("du soir"), "{changes:?}");
        assert_eq!((&compared["version"], &compared["more"]), (&json!(2), &json!(0)));
    }
    let against_draft = changed(&desk.get("/versions/2?against=draft").await.json());
    assert_eq!(against_draft, [("removed".to_owned(), "# later".to_owned())]);
    let first = changed(&desk.get("/versions/1").await.json());
    assert!(first.iter().all(|(change, _)| change == "added"), "{first:?}");
    assert_eq!(desk.get("/versions/2?against=mine").await.code(), "invalid_value");
    for absent in ["/versions/0", "/versions/3", "/versions/2?against=7"] {
        assert_eq!(desk.get(absent).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[actix_rt::test]
async fn texts_that_are_too_large_or_odd_are_refused_by_their_code_and_the_draft_is_as_it_was() {
    let desk = Desk::ready().await;
    let large = format!("{BOT}\n# {}\n", "é".repeat(32 * 1024));
    let saved = desk.save(&desk.sam, 0, &large).await;
    assert_eq!(
        (saved.status, saved.json()["report"]["errors"].clone()),
        (StatusCode::OK, json!(0)),
        "64 KiB are taken"
    );

    let odd = [
        ("x".repeat(600 * 1024), StatusCode::PAYLOAD_TOO_LARGE, "definition_too_large"),
        ("x".repeat(1100 * 1024), StatusCode::BAD_REQUEST, "malformed"),
        (format!("{BOT}# \0\n"), StatusCode::UNPROCESSABLE_ENTITY, "forbidden_character"),
    ];
    for (toml, status, code) in odd {
        let refused = desk.save(&desk.sam, 1, &toml).await;
        assert_eq!((refused.status, refused.code().as_str()), (status, code));
    }
    let path = desk.path("/draft");
    let neither = desk.house.send(&desk.sam, Method::PUT, &path, Some(json!({"revision": 1}))).await;
    assert_eq!(neither.code(), "invalid_value");
    assert_eq!(desk.publish(1, &"n".repeat(201)).await.code(), "invalid_value");
    let draft = desk.draft().await;
    assert_eq!((&draft["revision"], &draft["toml"]), (&json!(1), &json!(large)));
}

#[actix_rt::test]
async fn a_draft_given_as_structure_is_kept_as_toml_and_means_the_same() {
    let desk = Desk::ready().await;
    let mut definition = desk.draft().await["definition"].clone();
    definition["name"]["fr"] = json!("Lampes du soir");
    let change = json!({"revision": 0, "definition": definition});
    let saved = desk.house.send(&desk.sam, Method::PUT, &desk.path("/draft"), Some(change)).await.json();
    assert_eq!(saved["definition"], definition);
    assert!(saved["toml"].as_str().unwrap().contains("Lampes du soir"), "{saved}");
    assert_eq!(desk.publish(1, "").await.json()["version"], 2);

    let unreadable = desk.save(&desk.sam, 1, "format = [").await.json();
    assert!(unreadable.get("definition").is_none(), "{unreadable}");
}

#[actix_rt::test]
async fn a_shop_goes_from_each_template_to_a_published_bot() {
    let desk = Desk::fresh().await;
    let templates = desk.house.get(&desk.sam, "/api/v1/bot/templates").await.json();
    let templates = templates.as_array().unwrap();
    assert_eq!(templates.len(), 6);
    for (version, template) in (1..).zip(templates) {
        let saved = desk.save(&desk.sam, version - 1, template["toml"].as_str().unwrap()).await.json();
        assert_eq!((&saved["revision"], &saved["report"]["errors"]), (&json!(version), &json!(0)), "{template}");
        assert!(saved["definition"].is_object(), "{template}");
        assert_eq!(desk.publish(version, "").await.json()["version"], version);
    }
}

#[actix_rt::test]
async fn the_drafts_of_two_sites_know_nothing_of_each_other() {
    let desk = Desk::ready().await;
    let other = desk.house.site("Chaises").await;
    desk.save(&desk.sam, 0, &named("Lampes du soir")).await;
    let path = format!("/api/v1/sites/{other}/bot");
    assert_eq!(desk.house.get(&desk.sam, &format!("{path}/draft")).await.json()["revision"], 0);
    assert_eq!(desk.house.get(&desk.sam, &format!("{path}/versions")).await.json()["versions"], json!([]));
    assert_eq!(desk.house.get(&desk.sam, &format!("{path}/versions/1")).await.code(), "not_found");
}

#[actix_rt::test]
async fn a_site_without_a_bot_is_not_ready_and_serves_no_launcher() {
    let house = House::open().await;
    let site = house.site("Lampes").await;
    let path = format!("/w/v1/config?site={}&lang=fr", house.key(site));
    let answer = house.get(&Browser::on(STORE), &path).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "site_not_ready"));
}
