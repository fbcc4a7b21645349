//! What is said but is no event: typing, reading, places in the line, who is there.

use comptoir::protocol::frame::{AgentFrame, ToAgent, ToVisitor, VisitorFrame};
use comptoir::protocol::session::Presence;
use comptoir::protocol::{AgentCommand, Mark, PageRef, PageVisit, Timestamp, VisitId};
use uuid::Uuid;

use crate::desk::TestDesk;

#[actix_rt::test]
async fn typing_and_reading_are_shown_to_the_other_side_and_kept() {
    let mut desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();
    visitor.until_event("conversation_taken").await;
    let head = visitor.last_seq();

    visitor.line.send(&VisitorFrame::Typing { on: true }).await;
    camille.until(|frame| matches!(frame, ToAgent::VisitorTyping { on: true, .. })).await;
    camille.line.send(&AgentFrame::Typing { conversation, on: true }).await;
    visitor.until(|frame| matches!(frame, ToVisitor::Typing { on: true, .. })).await;

    visitor.line.send(&VisitorFrame::Mark { delivered: head, read: head }).await;
    let read = Mark { delivered: head, read: head };
    camille.until(|frame| matches!(frame, ToAgent::Marks { marks, .. } if marks.visitor == read)).await;
    camille.line.send(&AgentFrame::Mark { conversation, delivered: head, read: head }).await;
    visitor.until(|frame| matches!(frame, ToVisitor::Marks { marks, .. } if marks.agent == read)).await;
    camille.until_row(conversation, |row| row.unread == 0).await;

    desk.restart().await;
    visitor.reconnect().await;
    assert_eq!(visitor.head_marks.map(|marks| (marks.visitor, marks.agent)), Some((read, read)));
    desk.quit().await;
}

#[actix_rt::test]
async fn whoever_waits_is_told_their_place_as_it_changes() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut first = desk.waiting_visitor().await;
    let mut second = desk.waiting_visitor().await;
    first.until(|frame| matches!(frame, ToVisitor::Place { place: 1 })).await;
    second.until(|frame| matches!(frame, ToVisitor::Place { place: 2 })).await;

    camille.take(&first).await.unwrap();

    second.until(|frame| matches!(frame, ToVisitor::Place { place: 1 })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn pages_opened_meanwhile_are_shown_to_the_agent_and_go_when_consent_is_withdrawn() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let page = PageRef { url: "https://shop.example/lampes".into(), title: "Lampes".into() };
    let visit = PageVisit { id: VisitId(Uuid::now_v7()), page: page.clone(), at: Timestamp::from_millis(1) };

    visitor.line.send(&VisitorFrame::Visit { visit }).await;
    camille.until(|frame| matches!(frame, ToAgent::Visit { visit, .. } if visit.page == page)).await;
    visitor.line.send(&VisitorFrame::ForgetVisits {}).await;

    camille.until(|frame| matches!(frame, ToAgent::VisitsForgotten { .. })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn colleagues_see_who_is_there_and_how_much_they_hold() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let her = camille.id();

    noor.until(|frame| matches!(frame, ToAgent::Colleague { agent } if agent.agent.id == her && agent.load == 1)).await;
    camille.line.send(&AgentFrame::Presence { presence: Presence::Busy }).await;
    noor.until(
        |frame| matches!(frame, ToAgent::Colleague { agent } if agent.agent.id == her && agent.presence == Presence::Busy),
    )
    .await;
    noor.until(|frame| matches!(frame, ToAgent::Counts { counts } if counts.colleagues == 1 && counts.waiting == 0))
        .await;
    desk.quit().await;
}

#[actix_rt::test]
async fn every_tab_of_a_visitor_and_of_an_agent_hears_the_same() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut elsewhere = desk.another_tab(&camille).await;
    let mut visitor = desk.visitor().await;
    let mut tab = visitor.another_tab().await;
    visitor.say("Un conseiller").await;
    visitor.until_event("conversation_queued").await;
    tab.until_event("conversation_queued").await;
    let conversation = visitor.conversation.unwrap();
    assert_eq!(tab.conversation, Some(conversation));

    camille.take(&visitor).await.unwrap();
    elsewhere.open(conversation).await;
    tab.say("C'est encore moi").await;
    camille.until_text(conversation, "C'est encore moi").await;
    elsewhere.until_text(conversation, "C'est encore moi").await;
    elsewhere.does(conversation, AgentCommand::PostMessage { text: "Bonjour".into() }).await.unwrap();

    for tab in [&mut visitor, &mut tab] {
        tab.until_text("Bonjour").await;
    }
    camille.until_text(conversation, "Bonjour").await;
    assert_eq!(visitor.events, tab.events);
    desk.quit().await;
}
