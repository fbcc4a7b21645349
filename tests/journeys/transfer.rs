//! Handing a conversation to a colleague: an offer, and what becomes of it.

use comptoir::protocol::frame::AgentFrame;
use comptoir::protocol::{AgentCommand, ConversationId, EventBody, RefusalCode, TransferId};

use crate::desk::{Agent, TestDesk, Visitor};

/// Camille has the visitor's conversation in charge and offers it to Noor, who sees the offer.
async fn offered(desk: &TestDesk) -> (Agent, Agent, Visitor, TransferId) {
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();
    let transfer = offer(&mut camille, &noor, conversation).await;
    noor.until_row(conversation, |row| row.offer.is_some()).await;
    (camille, noor, visitor, transfer)
}

async fn offer(giver: &mut Agent, to: &Agent, conversation: ConversationId) -> TransferId {
    giver.until_row(conversation, |row| row.in_charge.is_some()).await;
    let version = giver.version(conversation).await;
    let note = "connaît bien les théières".to_owned();
    giver.does(conversation, AgentCommand::OfferTransfer { version, to: to.id(), note }).await.unwrap();
    match giver.until_event(conversation, "transfer_offered").await.body {
        EventBody::TransferOffered { transfer, .. } => transfer,
        other => panic!("{other:?}"),
    }
}

#[actix_rt::test]
async fn after_a_transfer_the_next_message_reaches_the_new_agent_and_the_old_one_none() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor, mut visitor, transfer) = offered(&desk).await;
    let conversation = visitor.conversation.unwrap();

    noor.does(conversation, AgentCommand::AcceptTransfer { transfer }).await.unwrap();
    noor.open(conversation).await;
    camille.until_event(conversation, "conversation_transferred").await;
    visitor.say("Et maintenant ?").await;
    noor.until_text(conversation, "Et maintenant ?").await;
    noor.say(&visitor, "C'est moi.").await.unwrap();
    visitor.until_text("C'est moi.").await;

    // Whatever was on its way to Camille is here once she is answered.
    camille.line.send(&AgentFrame::Ping {}).await;
    camille.until(|frame| matches!(frame, comptoir::protocol::frame::ToAgent::Pong {})).await;
    assert!(!camille.texts(conversation).contains(&"Et maintenant ?".to_owned()));
    let refusal = camille.say(&visitor, "Encore moi").await.unwrap_err();
    assert_eq!((refusal.code, refusal.by), (RefusalCode::NotInCharge, Some(noor.me.clone())));
    desk.quit().await;
}

#[actix_rt::test]
async fn an_offer_changes_nothing_for_the_visitor_and_a_declined_one_nothing_at_all() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor, mut visitor, transfer) = offered(&desk).await;
    let conversation = visitor.conversation.unwrap();
    camille.say(&visitor, "Un instant").await.unwrap();

    noor.does(conversation, AgentCommand::DeclineTransfer { transfer }).await.unwrap();

    camille.until_event(conversation, "transfer_ended").await;
    camille.say(&visitor, "Me revoilà").await.unwrap();
    visitor.until_text("Me revoilà").await;
    assert_eq!(visitor.events_named("transfer_offered") + visitor.events_named("transfer_ended"), 0);
    let refusal = noor.does(conversation, AgentCommand::AcceptTransfer { transfer }).await.unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NoSuchOffer);
    desk.quit().await;
}

#[actix_rt::test]
async fn an_offer_can_be_withdrawn_and_then_made_to_another() {
    let desk = TestDesk::start().await;
    let (mut camille, noor, visitor, transfer) = offered(&desk).await;
    let conversation = visitor.conversation.unwrap();
    let version = camille.version(conversation).await;
    let again = AgentCommand::OfferTransfer { version, to: noor.id(), note: String::new() };
    assert_eq!(camille.does(conversation, again).await.unwrap_err().code, RefusalCode::OfferPending);

    camille.does(conversation, AgentCommand::WithdrawTransfer { transfer }).await.unwrap();

    let mut sam = desk.agent("Sam").await;
    camille.until_event(conversation, "transfer_ended").await;
    let version = camille.version(conversation).await;
    let to_sam = AgentCommand::OfferTransfer { version, to: sam.id(), note: String::new() };
    camille.does(conversation, to_sam).await.unwrap();
    sam.until_row(conversation, |row| row.offer.as_ref().is_some_and(|offer| offer.to.first_name == "Sam")).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn an_offer_ends_when_its_target_signs_out() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor, visitor, _) = offered(&desk).await;
    let conversation = visitor.conversation.unwrap();

    noor.post("/api/v1/sign-out", serde_json::json!({"everywhere": true})).await;

    noor.until_end().await;
    let ended = camille.until_event(conversation, "transfer_ended").await;
    assert!(
        matches!(
            ended.body,
            EventBody::TransferEnded { outcome: comptoir::protocol::event::TransferOutcome::TargetGone, .. }
        ),
        "{ended:?}"
    );
    let version = camille.version(conversation).await;
    let again = AgentCommand::OfferTransfer { version, to: noor.id(), note: String::new() };
    assert_eq!(camille.does(conversation, again).await.unwrap_err().code, RefusalCode::AgentUnreachable);
    desk.quit().await;
}

#[actix_rt::test]
async fn an_open_offer_is_still_open_after_a_restart() {
    let mut desk = TestDesk::start().await;
    let (mut camille, mut noor, mut visitor, transfer) = offered(&desk).await;
    let conversation = visitor.conversation.unwrap();

    desk.restart().await;
    visitor.reconnect().await;
    camille.reconnect().await;
    noor.reconnect().await;
    noor.go_on_duty(vec![desk.site.id]).await;

    noor.does(conversation, AgentCommand::AcceptTransfer { transfer }).await.unwrap();
    visitor.until_event("conversation_transferred").await;
    camille.until_event(conversation, "conversation_transferred").await;
    desk.quit().await;
}
