//! Lost connections: what was missed comes once, in order, in pieces.

use comptoir::protocol::frame::{AgentFrame, VisitorFrame};
use comptoir::protocol::{AgentCommand, VisitorCommand};

use crate::desk::TestDesk;

#[actix_rt::test]
async fn a_visitor_offline_for_three_hundred_messages_resumes_without_a_hole() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();
    visitor.until_event("conversation_taken").await;

    visitor.line.hang_up().await;
    let mut pending = Vec::new();
    for n in 0..300 {
        // Long enough for several chunks, slow enough for an agent's pace.
        let text = format!("{n:03} {}", "mot ".repeat(200));
        pending.push(camille.send(conversation, AgentCommand::PostMessage { text }).await);
        if n % 10 == 9 {
            for id in pending.drain(..) {
                camille.settle(conversation, id).await.unwrap();
            }
        }
    }
    visitor.line_again().await;
    let chunks = visitor.resume().await;

    assert!(chunks > 3, "{chunks} chunks");
    let said: Vec<String> = visitor.texts().into_iter().skip(1).map(|text| text[..3].to_owned()).collect();
    assert_eq!(said, (0..300).map(|n| format!("{n:03}")).collect::<Vec<_>>());
    camille.say(&visitor, "Vous revoilà").await.unwrap();
    visitor.until_text("Vous revoilà").await;
    desk.quit().await;
}

#[actix_rt::test]
async fn what_is_said_while_chunks_are_read_is_neither_lost_nor_doubled() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor.say("premier").await;
    for n in 0..60 {
        visitor.say(&format!("{n} {}", "mot ".repeat(1000))).await;
    }
    let mut tab = visitor.another_tab().await;
    let conversation = visitor.conversation.unwrap();
    tab.line.send(&VisitorFrame::Resume { conversation, since: 0 }).await;

    // The other tab writes on while this one reads its chunks one by one.
    visitor.say("entre deux morceaux").await;
    tab.read_chunks().await;
    visitor.say("après").await;

    tab.until_text("après").await;
    visitor.until_text("après").await;
    let seq = visitor.last_seq().max(tab.last_seq());
    tab.until_seq(seq).await;
    visitor.until_seq(seq).await;
    assert_eq!(tab.events, visitor.events);
    desk.quit().await;
}

#[actix_rt::test]
async fn the_last_events_can_be_opened_in_place_of_all() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    for n in 0..30 {
        visitor.say(&format!("{n}")).await;
    }
    camille.line.send(&AgentFrame::Open { conversation, last: 5 }).await;
    camille.until_text(conversation, "29").await;
    assert_eq!(camille.events[&conversation].len(), 5);

    let mut tab = visitor.another_tab().await;
    tab.line.send(&VisitorFrame::Open { conversation, last: 3 }).await;
    tab.until_text("29").await;
    assert_eq!(tab.events.len(), 3);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_message_that_was_acknowledged_is_there_after_a_restart_in_the_middle_of_sending() {
    let mut desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor.say("0").await;
    let mut sent = vec![("0".to_owned(), None)];
    for n in 1..40 {
        let text = format!("{n}");
        let id = visitor.send(VisitorCommand::PostMessage { text: text.clone() }).await;
        sent.push((text, Some(id)));
    }

    desk.restart().await;
    visitor.until_end().await;
    visitor.reconnect().await;
    for (text, id) in &sent {
        let Some(id) = id.filter(|id| !visitor.acks.iter().any(|(of, _)| of == id)) else { continue };
        visitor.send_as(id, VisitorCommand::PostMessage { text: text.clone() }).await;
        visitor.until_ack(id).await.unwrap();
    }

    let wanted: Vec<String> = sent.into_iter().map(|(text, _)| text).collect();
    visitor.until_text("39").await;
    assert_eq!(visitor.texts(), wanted);
    desk.quit().await;
}
