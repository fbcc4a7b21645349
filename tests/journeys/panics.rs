//! Sessions that panic: one is started again from the store and nobody else notices.
//!
//! Needs `--features fault-hooks`: a text that makes a session panic in the middle of its work.

use comptoir::actors::fault::{PANIC_BEFORE_WRITING, PANIC_WITH_AGENT};
use comptoir::protocol::{AgentCommand, VisitorCommand};

use crate::desk::{Ended, TestDesk, Visitor};

#[actix_rt::test]
async fn after_a_panic_the_next_message_reaches_the_new_session_both_ways() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();
    visitor.until_event("conversation_taken").await;

    visitor.send(VisitorCommand::PostMessage { text: PANIC_BEFORE_WRITING.into() }).await;
    assert_eq!(visitor.until_end().await, Ended::Closed(1012));

    // The agent's socket stays; her next message goes to the session that was started anew.
    let id = camille.send(conversation, AgentCommand::PostMessage { text: "Allô ?".into() }).await;
    camille.settle(conversation, id).await.unwrap();
    visitor.reconnect().await;
    visitor.until_text("Allô ?").await;
    visitor.say("Oui, je suis là").await;
    camille.until_text(conversation, "Oui, je suis là").await;
    assert!(!visitor.texts().contains(&PANIC_BEFORE_WRITING.to_owned()), "what was not acknowledged was not written");
    desk.quit().await;
}

#[actix_rt::test]
async fn one_session_panics_under_load_and_nobody_else_notices() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut others: Vec<Visitor> = Vec::new();
    for _ in 0..10 {
        others.push(desk.waiting_visitor().await);
    }
    let mut unlucky = desk.waiting_visitor().await;
    for round in 0..20 {
        let mut sent = Vec::new();
        for visitor in &mut others {
            sent.push(visitor.send(VisitorCommand::PostMessage { text: format!("{round}") }).await);
        }
        if round % 5 == 2 {
            unlucky.send(VisitorCommand::PostMessage { text: PANIC_BEFORE_WRITING.into() }).await;
            unlucky.until_end().await;
            unlucky.reconnect().await;
        }
        for (visitor, id) in others.iter_mut().zip(sent) {
            visitor.until_ack(id).await.unwrap();
        }
    }
    for visitor in &mut others {
        visitor.until_text("19").await;
        assert_eq!(visitor.texts().len(), 21);
    }
    camille.take(&unlucky).await.unwrap();
    camille.say(&unlucky, "Vous êtes toujours là ?").await.unwrap();
    unlucky.until_text("Vous êtes toujours là ?").await;
    desk.quit().await;
}

#[actix_rt::test]
async fn an_agent_whose_session_panics_comes_back_to_what_was_in_charge() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();

    camille.send(conversation, AgentCommand::PostMessage { text: PANIC_WITH_AGENT.into() }).await;
    assert_eq!(camille.until_end().await, Ended::Closed(1012));
    camille.reconnect().await;

    visitor.say("Toujours là ?").await;
    camille.until_text(conversation, "Toujours là ?").await;
    camille.say(&visitor, "Oui").await.unwrap();
    visitor.until_text("Oui").await;
    desk.quit().await;
}
