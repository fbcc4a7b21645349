//! An agent who is suddenly not there: never nobody in charge.

use comptoir::protocol::{EventBody, QueueReason, Stage};

use crate::desk::TestDesk;

#[actix_rt::test]
async fn when_the_agent_in_charge_vanishes_the_conversation_is_first_in_line_under_their_name() {
    let desk = TestDesk::with(|site| site.agent_gone_seconds = 1).await;
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();
    let name = camille.me.clone();

    drop(camille);

    let queued = loop {
        let event = visitor.until_event("conversation_queued").await;
        match event.body {
            EventBody::ConversationQueued { reason: QueueReason::AgentGone { agent } } => break agent,
            _ => visitor.listen().await.unwrap(),
        }
    };
    assert_eq!(queued, name);
    noor.until_row(conversation, |row| row.stage == Stage::Waiting && row.first_in_line).await;
    assert_eq!(noor.rows[&conversation].was_with.as_ref(), Some(&name));
    noor.take(&visitor).await.unwrap();
    noor.say(&visitor, "Je reprends.").await.unwrap();
    visitor.until_text("Je reprends.").await;
    desk.quit().await;
}

#[actix_rt::test]
async fn signing_out_everywhere_ends_the_sockets_and_gives_back_what_was_in_charge_at_once() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let mut tab = desk.another_tab(&camille).await;
    let visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();

    camille.post("/api/v1/sign-out", serde_json::json!({"everywhere": true})).await;

    assert_eq!(camille.until_end().await, crate::desk::Ended::Closed(4003));
    assert_eq!(tab.until_end().await, crate::desk::Ended::Closed(4003));
    noor.until_row(conversation, |row| row.stage == Stage::Waiting && row.first_in_line).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn an_agent_who_reloads_keeps_what_is_in_charge() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();

    camille.reconnect().await;

    visitor.say("Vous êtes là ?").await;
    camille.until_text(visitor.conversation.unwrap(), "Vous êtes là ?").await;
    camille.say(&visitor, "Oui.").await.unwrap();
    desk.quit().await;
}

#[actix_rt::test]
async fn a_visitor_is_told_when_the_first_agent_comes_and_the_last_one_goes() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    assert!(!visitor.reachable);

    let camille = desk.agent("Camille").await;
    visitor.until_reachable(true).await;
    camille.post("/api/v1/sign-out", serde_json::json!({"everywhere": true})).await;

    visitor.until_reachable(false).await;
    desk.quit().await;
}
