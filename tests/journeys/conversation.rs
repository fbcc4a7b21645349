//! Journeys of a conversation: from the visitor's first word through an agent's hands.

use crate::desk::{TestDesk, command_id};
use comptoir::protocol::{AgentCommand, RefusalCode, VisitorCommand};

#[actix_rt::test]
async fn a_visitor_is_answered_by_the_bot_then_by_the_agent_who_took_the_conversation() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.visitor().await;
    assert!(visitor.reachable);

    visitor.say("Un conseiller, s'il vous plaît").await;
    visitor.until_event("conversation_queued").await;
    camille.take(&visitor).await.unwrap();
    camille.say(&visitor, "Bonjour, je vous écoute.").await.unwrap();

    visitor.until_text("Bonjour, je vous écoute.").await;
    visitor.say("Merci !").await;
    camille.until_text(visitor.conversation.unwrap(), "Merci !").await;
    assert_eq!(visitor.events_named("conversation_taken"), 1);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_visitor_keeps_the_transcript_after_the_server_restarts() {
    let mut desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    camille.say(&visitor, "Bonjour").await.unwrap();
    visitor.until_text("Bonjour").await;

    desk.restart().await;
    visitor.until_end().await;
    camille.until_end().await;
    visitor.reconnect().await;
    camille.reconnect().await;

    visitor.say("Toujours là ?").await;
    camille.until_text(visitor.conversation.unwrap(), "Toujours là ?").await;
    camille.say(&visitor, "Oui").await.unwrap();
    visitor.until_text("Oui").await;
    assert_eq!(visitor.texts(), ["Un conseiller, s'il vous plaît", "Bonjour", "Toujours là ?", "Oui"]);
    let mut elsewhere = visitor.another_tab().await;
    elsewhere.resume().await;
    assert_eq!(elsewhere.events, visitor.events);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_command_that_is_repeated_changes_nothing_and_gets_the_first_answer() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let (id, text) = (command_id(), "Bonjour".to_owned());
    let command = VisitorCommand::PostMessage { text };

    visitor.send_as(id, command.clone()).await;
    let first = visitor.until_ack(id).await.unwrap();
    visitor.acks.clear();
    visitor.send_as(id, command).await;

    assert_eq!(visitor.until_ack(id).await.unwrap(), first);
    visitor.acks.clear();
    visitor.send_as(id, VisitorCommand::PostMessage { text: "Autre chose".into() }).await;
    assert_eq!(visitor.until_ack(id).await.unwrap_err().code, RefusalCode::IdReused);
    assert_eq!(visitor.texts(), ["Bonjour"]);
    desk.quit().await;
}

#[actix_rt::test]
async fn closed_is_final_and_the_next_word_begins_a_linked_conversation() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let first = visitor.conversation.unwrap();
    camille.until_row(first, |row| row.in_charge.is_some()).await;
    let version = camille.version(first).await;
    camille.does(first, AgentCommand::CloseConversation { version }).await.unwrap();
    visitor.until_event("conversation_closed").await;

    let refusal = visitor.is_refused(VisitorCommand::PostMessage { text: "Encore".into() }).await;
    assert_eq!(refusal.code, RefusalCode::ConversationClosed);
    visitor.begin_anew();
    visitor.say("Encore une question").await;

    assert_ne!(visitor.conversation, Some(first));
    let started = visitor.until_event("conversation_started").await;
    let previous = match started.body {
        comptoir::protocol::EventBody::ConversationStarted { previous, .. } => previous,
        _ => None,
    };
    assert_eq!(previous, Some(first));
    desk.quit().await;
}
