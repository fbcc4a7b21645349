//! Sessions that panic: one is started again from the store and nobody else notices.
//!
//! Needs `--features fault-hooks`: a text that makes a session panic in the middle of its work.

use comptoir::actors::fault::{PANIC_BEFORE_WRITING, PANIC_IN_SHARE, PANIC_WITH_AGENT};
use comptoir::protocol::cobrowse::{ControlEnd, PageFrame, PageRule, ShareStage, ShareStep, ToPage, ToWatcher};
use comptoir::protocol::{AgentCommand, ConversationId, EventBody, VisitorCommand};

use crate::desk::{Agent, Ended, TestDesk, Visitor, full};
use crate::share::driven;

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

/// Waits until the log says why control ended.
async fn until_control_ended(camille: &mut Agent, conversation: ConversationId) -> ControlEnd {
    loop {
        let ended = camille.events[&conversation].iter().find_map(|event| match &event.body {
            EventBody::ShareChanged { step: ShareStep::ControlEnded { reason, .. }, .. } => Some(*reason),
            _ => None,
        });
        if let Some(reason) = ended {
            return reason;
        }
        camille.listen().await.unwrap();
    }
}

#[actix_rt::test]
async fn a_shared_page_goes_on_while_the_chats_session_dies_and_what_ends_is_still_written() {
    let desk = TestDesk::start().await;
    let (mut camille, mut visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    visitor.send(VisitorCommand::PostMessage { text: PANIC_BEFORE_WRITING.into() }).await;
    visitor.until_end().await;

    let whole = full(1, 1, "still here");
    page.show(&whole).await;
    watcher.until_shown(1).await;
    assert_eq!(watcher.shown, [whole]);
    page.say(PageFrame::TakeBackControl { epoch: 4 }).await;
    page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    watcher.until(|frame| matches!(frame, ToWatcher::ControlEnded { .. })).await;
    assert_eq!(until_control_ended(&mut camille, conversation).await, ControlEnd::TakenBack);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_share_whose_session_dies_goes_on_by_its_key_without_control() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    page.describe_as(PANIC_IN_SHARE, PageRule::Full).await;
    assert_eq!(page.until_end().await, Ended::Closed(1012));
    assert_eq!(watcher.until_end().await, Ended::Closed(1012));

    page.come_back(4).await.unwrap();
    assert!(matches!(page.stage, ShareStage::Sharing { .. }), "{:?}", page.stage);
    assert_eq!(until_control_ended(&mut camille, conversation).await, ControlEnd::Restarted);
    let mut again = camille.watches(conversation).await;
    again.until_stage(|stage| matches!(stage, ShareStage::Sharing { .. })).await;
    desk.quit().await;
}
