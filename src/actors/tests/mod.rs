//! Sessions without a server: a log in memory that can crash, a clock that can be set.
//!
//! What takes a minute or a crash in life is shown here; the journeys over real sockets are
//! in `tests/journeys`.

mod house;
mod little;
mod transcript;

use std::sync::atomic::Ordering;

use self::house::{House, camille, noor};
use crate::protocol::event::TransferOutcome;
use crate::protocol::{AgentCommand, ConversationId, EventBody, QueueReason, RefusalCode, Stage};
use crate::rules::conversation::OFFER_SECONDS;

#[actix_rt::test]
async fn an_offer_that_nobody_answers_ends_after_its_time_also_across_a_restart() {
    let mut house = House::open();
    let (visitor, conversation) = house.waiting_visitor().await;
    let (camille, noor) = (house.agent(camille()).await, house.agent(noor()).await);
    camille
        .does(conversation, AgentCommand::TakeConversation { version: house.version(conversation).await })
        .await
        .unwrap();
    let version = house.version(conversation).await;
    let offer = AgentCommand::OfferTransfer { version, to: noor.agent.id, note: String::new() };
    camille.does(conversation, offer).await.unwrap();

    house.restart();
    let before = house.agent(self::house::camille()).await;
    assert_eq!(house.count(conversation, is_ended), 0, "a minute is not over");
    drop((visitor, camille, noor, before));

    house.clock.advance(OFFER_SECONDS);
    house.restart();
    house.until(conversation, |events| events.iter().filter(|body| is_ended(body)).count() == 1).await;
    house.restart();
    house.agent(self::house::camille()).await;
    assert_eq!(house.count(conversation, is_ended), 1, "once");
}

fn is_ended(body: &EventBody) -> bool {
    matches!(body, EventBody::TransferEnded { outcome: TransferOutcome::TimedOut, .. })
}

#[actix_rt::test]
async fn a_text_whose_turn_was_lost_in_a_crash_gets_one_and_never_a_second() {
    let mut house = House::open();
    let visitor = house.visitor().await;
    house.log.faults.turns_vanish.store(true, Ordering::Relaxed);
    let conversation = visitor.says("Bonjour").await.unwrap();
    let spoken = |body: &EventBody| matches!(body, EventBody::BotSpoke { answers, .. } if *answers > 0);
    assert_eq!(house.count(conversation, spoken), 0);

    house.log.faults.turns_vanish.store(false, Ordering::Relaxed);
    house.restart();
    house.until(conversation, |events| events.iter().any(spoken)).await;
    house.restart();
    house.visitor_again(&visitor).await;

    assert_eq!(house.count(conversation, spoken), 1);
}

#[actix_rt::test]
async fn what_the_store_cannot_take_is_refused_and_taken_when_it_is_sent_again() {
    let house = House::open();
    let visitor = house.visitor().await;
    house.log.faults.busy.store(true, Ordering::Relaxed);

    let refusal = visitor.says("Bonjour").await.unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TryLater);
    assert!(refusal.retry_ms.is_some());

    house.log.faults.busy.store(false, Ordering::Relaxed);
    let conversation = visitor.says("Bonjour").await.unwrap();
    assert_eq!(house.count(conversation, |body| matches!(body, EventBody::MessagePosted { .. })), 1);
}

#[actix_rt::test]
async fn whoever_waits_too_long_is_offered_to_leave_a_message_also_after_a_restart() {
    let mut house = House::open();
    let (visitor, conversation) = house.waiting_visitor().await;
    let turns = house.count(conversation, |body| matches!(body, EventBody::BotSpoke { .. }));

    house.clock.advance(24 * 3600);
    house.restart();
    house.visitor_again(&visitor).await;

    house
        .until(conversation, |events| {
            events.iter().filter(|body| matches!(body, EventBody::BotSpoke { .. })).count() == turns + 1
        })
        .await;
    assert_eq!(house.state(conversation).await.phase.stage(), Stage::Waiting, "the place is kept");
}

#[actix_rt::test]
async fn what_a_visitor_has_before_them_is_known_while_that_tab_is_there_and_told_when_it_changes() {
    let house = House::open();
    let (visitor, conversation) = house.waiting_visitor().await;
    let agent = house.agent(camille()).await;
    agent
        .does(conversation, AgentCommand::TakeConversation { version: house.version(conversation).await })
        .await
        .unwrap();
    agent.reads(conversation).await;
    let lamp = house::page("https://shop.example/lampe");
    assert_eq!(house.page_of(&visitor, conversation).await, None, "nothing was said yet");

    visitor.is_on(lamp.clone());
    agent.hears_of(&lamp).await;
    assert_eq!(house.page_of(&visitor, conversation).await, Some(lamp.clone()));
    let nowhere = ConversationId(uuid::Uuid::now_v7());
    assert_eq!(house.page_of(&visitor, nowhere).await, None, "only of the open conversation");

    let vase = house::page("https://shop.example/vase");
    visitor.is_on(lamp);
    visitor.is_on(house::page("javascript:alert(1)"));
    visitor.is_on(vase.clone());
    // Told once: neither the page that stayed nor the one that is none comes before it.
    agent.hears_of(&vase).await;

    visitor.goes_away();
    assert_eq!(house.page_of(&visitor, conversation).await, None);
}

#[actix_rt::test]
async fn what_waits_for_a_route_is_answered_though_an_earlier_route_is_taken_meanwhile() {
    let house = House::open();
    let (_visitor, conversation) = house.waiting_visitor().await;
    let agent = house.agent(camille()).await;
    let take = AgentCommand::TakeConversation { version: house.version(conversation).await };
    agent.does_as_a_route_is_taken(conversation, take).await.unwrap();
}

#[actix_rt::test]
async fn an_agent_who_is_taken_off_a_site_loses_what_they_held_there() {
    let house = House::open();
    let (_visitor, conversation) = house.waiting_visitor().await;
    let held = house.agent(camille()).await;
    let version = house.version(conversation).await;
    held.does(conversation, AgentCommand::TakeConversation { version }).await.unwrap();

    house.desk.agent_changed(held.agent.id);

    let requeued = |body: &EventBody| matches!(body, EventBody::ConversationQueued { reason: QueueReason::AgentGone { agent } } if *agent == camille());
    house.until(conversation, |events| events.iter().any(requeued)).await;
    let refusal = held.does(conversation, AgentCommand::AddNote { text: "encore".into() }).await.unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NotFound);
}
