//! Cards read again, the ledger with its exports, and what an agent has at hand.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Browser, Chat, House, STORE, catalog, chat};
use crate::actors::ports::Cards;
use crate::http::catalog::Shop;
use crate::http::empty_searches::EmptySearches;
use crate::protocol::catalog::CatalogHits;
use crate::protocol::session::Role;
use crate::protocol::{AgentRef, CardMark, EventBody, ProductCard, ProductChoice, ProductId, SiteId};
use crate::store::Sites;

/// What takes longer than this never comes.
const PATIENCE: Duration = Duration::from_secs(60);

const LAMPS: &str = "id,title,price,availability,link\n\
    L1,Lampe dorée,89.00,in stock,https://shop.example/l1\n\
    L2,\"=Lampe, en papier\",45.50,in stock,https://shop.example/l2\n";

/// A site with two lamps, an admin, two agents, and a visitor whom the first agent serves.
struct Scene {
    house: House,
    site: SiteId,
    camille: AgentRef,
    browsers: [Browser; 3],
    chat: Chat,
}

impl Scene {
    async fn open() -> Self {
        let house = House::open().await;
        let site = house.ready_site("Lampes").await;
        house.person("Ada", Role::Admin, &[]).await;
        let id = house.person("Camille", Role::Agent, &[site]).await;
        house.person("Noor", Role::Agent, &[site]).await;
        let browsers = [house.signed_in("Ada").await, house.signed_in("Camille").await, house.signed_in("Noor").await];
        catalog::import(&house, &browsers[0], site, LAMPS).await;
        let camille = AgentRef { id, first_name: "Camille".to_owned() };
        let mut chat = chat(&house, site).await;
        chat.taken_by(&house, camille.clone()).await;
        Self { house, site, camille, browsers, chat }
    }

    fn shop(&self) -> Shop {
        let house = &self.house;
        let sites = Sites::new(house.database.clone());
        Shop { catalog: house.catalog.get_ref().clone(), sites, clock: house.front.clock.clone() }
    }

    async fn card(&self, product: &str) -> ProductCard {
        self.shop().card(self.site, "fr".into(), ProductId(product.into()), None).await.unwrap().unwrap()
    }

    /// The number of the card's event.
    async fn recommends(&mut self, product: &str) -> u64 {
        let (by, card) = (self.camille.clone(), self.card(product).await);
        self.chat.write(&self.house, EventBody::ProductRecommended { by, card }).await
    }

    async fn marks(&mut self, card: u64, mark: CardMark) {
        self.chat.write(&self.house, EventBody::CardMarked { card, mark, product: None }).await;
    }

    async fn now(&self, card: u64, query: &str) -> super::Answer {
        let path = format!("/w/v1/conversations/{}/cards/{card}/now{query}", self.chat.id);
        self.house.get(&self.chat.browser, &path).await
    }

    async fn ledger(&self, browser: &Browser, query: &str) -> super::Answer {
        self.house.get(browser, &format!("/api/v1/sites/{}/ledger{query}", self.site)).await
    }
}

#[actix_web::test]
async fn a_card_that_is_read_again_says_what_is_not_as_it_was_sent() {
    let mut scene = Scene::open().await;
    let sent = scene.recommends("L1").await;
    let same = scene.now(sent, "").await;
    assert_eq!(same.header("access-control-allow-origin"), STORE);
    assert_eq!((&same.json()["changed"], &same.json()["card"]["product"]), (&json!([]), &json!("L1")));

    let dearer = LAMPS.replace("89.00,in stock", "99.00,out of stock");
    catalog::import(&scene.house, &scene.browsers[0], scene.site, &dearer).await;
    let now = scene.now(sent, "").await.json();
    assert_eq!(now["changed"], json!(["price", "availability"]));
    assert_eq!(now["card"]["price"]["minor"], 9900);

    let gone = "id,title,price,availability,link\nL2,Lampe en papier,45.50,in stock,https://shop.example/l2\n";
    catalog::import(&scene.house, &scene.browsers[0], scene.site, gone).await;
    assert_eq!(scene.now(sent, "").await.json(), json!({"changed": ["gone"]}));
}

#[actix_web::test]
async fn of_a_comparison_the_product_is_named_and_only_cards_are_read_again() {
    let mut scene = Scene::open().await;
    let choice = |product: &str| ProductChoice { product: ProductId(product.into()), sku: None };
    let chosen = vec![choice("L1"), choice("L2")];
    let comparison = scene.shop().comparison(scene.site, "fr".into(), chosen).await.unwrap().unwrap();
    let by = scene.camille.clone();
    let sent = scene.chat.write(&scene.house, EventBody::ProductsCompared { by, comparison }).await;

    assert_eq!(scene.now(sent, "?product=L2").await.json()["card"]["product"], "L2");
    for (card, query) in [(sent, ""), (sent, "?product=L9"), (1, ""), (99, "")] {
        let refused = scene.now(card, query).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::NOT_FOUND, "no_such_card"), "{card}");
    }
    let mut limited = StatusCode::OK;
    for _ in 0..40 {
        limited = scene.now(sent, "?product=L2").await.status;
    }
    assert_eq!(limited, StatusCode::TOO_MANY_REQUESTS);
}

#[actix_web::test]
async fn admins_see_all_recommendations_and_an_agent_their_own() {
    let mut scene = Scene::open().await;
    let (first, second) = (scene.recommends("L1").await, scene.recommends("L2").await);
    scene.marks(first, CardMark::Seen).await;
    scene.marks(second, CardMark::Opened).await;
    scene.marks(second, CardMark::Added).await;
    let [admin, camille, noor] = &scene.browsers;

    for browser in [admin, camille] {
        let ledger = scene.ledger(browser, "").await.json();
        assert_eq!(ledger["total"], json!({"sent": 2, "seen": 2, "opened": 1, "added": 1}), "{ledger}");
        assert_eq!(ledger["agents"][0]["by"]["first_name"], "Camille");
        assert_eq!(ledger["entries"][0]["product"], "L2", "the newest first");
    }
    assert_eq!(scene.ledger(noor, "").await.json()["total"]["sent"], 0);
    let hers = format!("?agent={}", scene.camille.id);
    assert_eq!(scene.ledger(noor, &hers).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.ledger(admin, &format!("{hers}&product=L1")).await.json()["total"]["sent"], 1);
    assert_eq!(scene.ledger(admin, "?from=2100-01-01T00:00:00.000Z").await.json()["total"]["sent"], 0);
    assert_eq!(scene.ledger(admin, "?cursor=x").await.code(), "malformed");

    let csv = scene.ledger(camille, ".csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"), "{csv:?}");
    assert!(csv.header("content-disposition").contains("ledger.csv"));
    let text = String::from_utf8(csv.body).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(
        lines[0].ends_with("sent_at,agent,product,sku,title,compared,seen_at,opened_at,added_at,conversation,card")
    );
    assert!(lines[1].contains(",Camille,L2,L2,\"'=Lampe, en papier\",no,"), "{text}");
    assert_eq!((lines.len(), lines[3]), (4, ""));
    assert_eq!(scene.ledger(noor, ".csv").await.body.split(|byte| *byte == b'\n').count(), 2);
}

#[actix_web::test]
async fn searches_that_ended_without_a_product_are_counted_for_admins() {
    let scene = Scene::open().await;
    let [admin, camille, _] = &scene.browsers;
    let (front, id) = (&scene.house.front, scene.camille.id);
    let soon = EmptySearches::ending_after(Duration::from_millis(20), front.ledger.clone(), front.clock.clone());
    let asked = async || -> Value { scene.ledger(admin, "/queries").await.json() };
    // As one types: only the last one ended.
    for text in ["t", "tap", "tapis"] {
        let hits = CatalogHits { query: text.into(), lang: "fr".into(), ..CatalogHits::default() };
        soon.answered(id, scene.site, &hits);
    }
    let kept = async {
        while asked().await.as_array().is_none_or(Vec::is_empty) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, kept).await.unwrap();
    let queries = asked().await;
    assert_eq!((queries.as_array().unwrap().len(), &queries[0]["text"]), (1, &json!("tapis")), "{queries}");
    assert_eq!(scene.ledger(camille, "/queries").await.status, StatusCode::NOT_FOUND);
    let csv = scene.ledger(admin, "/queries.csv").await;
    assert!(String::from_utf8(csv.body).unwrap().contains("\r\ntapis,fr,1,"));
}

#[actix_web::test]
async fn an_agent_has_at_hand_what_they_pinned_and_recommended_last() {
    let mut scene = Scene::open().await;
    scene.recommends("L1").await;
    let [_, camille, noor] = &scene.browsers;
    let catalog = format!("/api/v1/sites/{}/catalog", scene.site);
    let pin = async |method: Method, product: &str| {
        scene.house.send(camille, method, &format!("{catalog}/pins/{product}"), Some(json!({}))).await.status
    };
    assert_eq!(pin(Method::PUT, "L2").await, StatusCode::NO_CONTENT);
    assert_eq!(pin(Method::PUT, "L9").await, StatusCode::NOT_FOUND);
    let shelf = scene.house.get(camille, &format!("{catalog}/shelf")).await.json();
    assert_eq!(shelf["pinned"][0]["card"]["product"], "L2", "{shelf}");
    assert_eq!(shelf["recent"][0]["card"]["product"], "L1");
    let others = scene.house.get(noor, &format!("{catalog}/shelf?lang=en")).await.json();
    assert_eq!(others, json!({"pinned": [], "recent": []}));
    assert_eq!(pin(Method::DELETE, "L2").await, StatusCode::NO_CONTENT);
    let shelf = scene.house.get(camille, &format!("{catalog}/shelf")).await.json();
    assert_eq!(shelf["pinned"], json!([]));
}
