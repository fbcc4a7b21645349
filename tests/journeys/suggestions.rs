//! What an agent could recommend, while the visitor writes and looks around.

use comptoir::protocol::AgentCommand;
use comptoir::protocol::ProductId;
use comptoir::protocol::frame::{ToAgent, VisitorFrame};
use comptoir::protocol::suggestion::{CartLine, OnPage, PageProduct};
use serde_json::{Value, json};

use crate::desk::TestDesk;

const SHOP: &str = "id,title,price,availability,color,product_type,link\n\
    L1,Lampe de bureau Argo,45.00 EUR,in stock,Noir,Maison > Lampes,https://shop.example/l1\n\
    L2,Lampe de chevet Lune,59.00 EUR,in stock,Blanc,Maison > Lampes,https://shop.example/l2\n\
    L3,Lampe à poser Orage,89.00 EUR,in stock,Bleu,Maison > Lampes,https://shop.example/l3\n\
    L4,Lampe Galet,39.00 EUR,out of stock,Noir,Maison > Lampes,https://shop.example/l4\n\
    C1,Canapé Nuage,899.00 EUR,in stock,Bleu,Maison > Canapés,https://shop.example/c1\n\
    C2,Coussin Nuage,25.00 EUR,in stock,Bleu,Maison > Coussins,https://shop.example/c2\n";

fn products(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["hit"]["card"]["product"].as_str().unwrap()).collect()
}

#[actix_rt::test]
async fn lamps_below_sixty_euros_are_suggested_in_stock_first_with_reasons() {
    let desk = TestDesk::start().await;
    desk.import(SHOP).await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();
    visitor.say("une lampe à moins de 60 euros").await;
    camille.until_text(conversation, "une lampe à moins de 60 euros").await;
    let path = format!("/api/v1/conversations/{conversation}/suggestions");

    let found = camille.get(&path).await;

    let suggested = products(&found["suggestions"]);
    assert_eq!(suggested.len(), 3, "{found}");
    assert!(suggested[..2].contains(&"L1") && suggested[..2].contains(&"L2"), "{suggested:?}");
    // What is sold out comes last.
    assert_eq!(suggested[2], "L4");
    assert_eq!(found["lang"], "fr");
    assert_eq!(found["constraints"][0]["type"], "price");
    assert_eq!(found["constraints"][0]["most"]["minor"], 6000);
    let reasons = &found["suggestions"][0]["reasons"];
    assert_eq!(reasons[0], json!({"type": "words", "words": ["lampe"]}));
    assert!(reasons.as_array().unwrap().contains(&json!({"type": "in_stock"})), "{reasons}");

    // What was recommended is not suggested again, nor what is in the cart; the page is known.
    let recommend = AgentCommand::RecommendProduct { product: ProductId("L1".to_owned()), sku: None };
    camille.does(conversation, recommend).await.unwrap();
    let page = OnPage {
        url: "https://shop.example/c1".to_owned(),
        product: Some(PageProduct { sku: Some("C1".to_owned()), ..PageProduct::default() }),
        categories: vec!["Maison".to_owned(), "Canapés".to_owned()],
        cart: vec![CartLine { sku: "L4".to_owned(), quantity: 1 }],
    };
    visitor.line.send(&VisitorFrame::OnPage { page }).await;
    camille.until(|frame| matches!(frame, ToAgent::OnPage { .. })).await;
    let found = camille.get(&path).await;
    assert_eq!(products(&found["suggestions"]), ["L2"]);
    assert_eq!(found["on_page"]["card"]["product"], "C1");
    assert_eq!(products(&found["complementary"]), ["C2"]);

    // The agent leaves the price out: by the words that it was read from.
    let said = found["constraints"][0]["said"].as_str().unwrap();
    let found = camille.get(&format!("{path}?without={}", said.replace(' ', "%20"))).await;
    assert_eq!(found["constraints"], json!([]));
    assert!(products(&found["suggestions"]).contains(&"L3"), "{found}");
    desk.quit().await;
}
