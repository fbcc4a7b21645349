//! Products that an agent sends: compared, marked, read again, and what the ledger says of them.

use serde_json::{Value, json};

use crate::desk::{Agent, TestDesk, Visitor};
use comptoir::protocol::{AgentCommand, CardMark, EventBody, ProductChoice, ProductId, RefusalCode, VisitorCommand};

const LAMPS: &str = "id,title,price,availability,brand,color,link\n\
    L1,Lampe dorée,89.00 EUR,in stock,Corlieu,doré,https://shop.example/l1\n\
    L2,Lampe en papier,45.50 EUR,in stock,Corlieu,blanc,https://shop.example/l2\n\
    L3,Lampadaire,120.00 EUR,out of stock,Corlieu,noir,https://shop.example/l3\n";

fn compare(products: &[&str]) -> AgentCommand {
    let choice = |product: &&str| ProductChoice { product: ProductId((*product).into()), sku: None };
    AgentCommand::CompareProducts { products: products.iter().map(choice).collect() }
}

fn mark(card: u64, mark: CardMark, product: Option<&str>) -> VisitorCommand {
    VisitorCommand::MarkCard { card, mark, product: product.map(|product| ProductId(product.into())) }
}

/// A shop of three lamps, and an agent who serves a visitor.
async fn served() -> (TestDesk, Agent, Visitor) {
    let mut desk = TestDesk::start().await;
    desk.sells(LAMPS).await;
    let mut camille = desk.agent("Camille").await;
    let visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    (desk, camille, visitor)
}

async fn ledger(desk: &TestDesk, agent: &Agent) -> Value {
    agent.get(&format!("/api/v1/sites/{}/ledger", desk.site.id)).await
}

#[actix_rt::test]
async fn three_products_are_compared_marked_one_by_one_and_kept_in_the_ledger_across_a_restart() {
    let (mut desk, mut camille, mut visitor) = served().await;
    let conversation = visitor.conversation.unwrap();
    let sent = camille.does(conversation, compare(&["L1", "L2", "L3"])).await.unwrap();
    let event = visitor.until_event("products_compared").await;
    let EventBody::ProductsCompared { comparison, by } = event.body else { panic!("{event:?}") };
    let titles: Vec<&str> = comparison.cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, ["Lampe dorée", "Lampe en papier", "Lampadaire"]);
    let rows: Vec<&Vec<String>> = comparison.rows.iter().map(|row| &row.values).collect();
    assert_eq!(rows, [&vec!["doré".to_owned(), "blanc".to_owned(), "noir".to_owned()]], "only what differs");
    assert_eq!(by.first_name, "Camille");

    visitor.does(mark(sent, CardMark::Seen, None)).await;
    visitor.does(mark(sent, CardMark::Opened, Some("L2"))).await;
    let added = visitor.does(mark(sent, CardMark::Added, Some("L2"))).await;
    visitor.does(mark(sent, CardMark::Added, Some("L2"))).await;
    assert_eq!(visitor.say("Merci").await, added + 1, "once each");
    for wrong in [mark(sent, CardMark::Opened, None), mark(sent, CardMark::Added, Some("L9"))] {
        assert_eq!(visitor.is_refused(wrong).await.code, RefusalCode::NoSuchCard);
    }

    let told = ledger(&desk, &camille).await;
    assert_eq!(told["total"], json!({"sent": 3, "seen": 3, "opened": 1, "added": 1}));
    desk.restart().await;
    let noor = desk.agent("Noor").await;
    assert_eq!(ledger(&desk, &camille).await, told);
    assert_eq!(ledger(&desk, &noor).await["total"]["sent"], 0, "an agent sees what they sent themselves");
    let csv = camille.get_text(&format!("/api/v1/sites/{}/ledger.csv", desk.site.id)).await;
    assert_eq!(csv.lines().count(), 4, "{csv}");
    assert!(csv.lines().any(|line| line.contains(",L2,") && !line.contains(",,")), "{csv}");
    desk.quit().await;
}

#[actix_rt::test]
async fn fewer_than_two_or_the_same_product_twice_are_no_comparison() {
    let (desk, mut camille, visitor) = served().await;
    let conversation = visitor.conversation.unwrap();
    for products in [&["L1"][..], &["L1", "L1"], &["L1", "L2", "L3", "L1", "L2"]] {
        let refusal = camille.does(conversation, compare(products)).await.unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotComparable, "{products:?}");
    }
    let refusal = camille.does(conversation, compare(&["L1", "L9"])).await.unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NoSuchProduct);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_card_is_read_again_by_its_own_visitor_and_says_what_changed_meanwhile() {
    let (mut desk, mut camille, visitor) = served().await;
    let conversation = visitor.conversation.unwrap();
    let recommend = AgentCommand::RecommendProduct { product: ProductId("L1".into()), sku: None };
    let sent = camille.does(conversation, recommend).await.unwrap();
    let path = format!("/w/v1/conversations/{conversation}/cards/{sent}/now");

    assert_eq!(visitor.get(&path).await.unwrap()["changed"], json!([]));
    let mut stranger = desk.visitor().await;
    stranger.say("Bonjour").await;
    assert_eq!(stranger.get(&path).await, Err(404));

    desk.sells(&LAMPS.replace("89.00 EUR,in stock", "79.00 EUR,out of stock")).await;
    let now = visitor.get(&path).await.unwrap();
    assert_eq!((&now["changed"], &now["card"]["price"]["minor"]), (&json!(["price", "availability"]), &json!(7900)));
    desk.quit().await;
}
