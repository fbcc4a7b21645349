//! What ends a share, or its control, without anybody pressing Stop: navigation, transfer, close,
//! agents who vanish, restarts, pages that lie, tabs that never read.

use comptoir::protocol::cobrowse::{ControlEnd, PageFrame, ShareEnd, ShareStage, ToPage, ToWatcher, WatcherFrame};
use comptoir::protocol::{AgentCommand, EventBody};

use crate::desk::{Ended, TestDesk, change, frame, full};
use crate::share::{driven, shared};

#[actix_rt::test]
async fn control_outlives_a_navigation_with_the_same_epoch_and_no_other() {
    let desk = TestDesk::start().await;
    let (_camille, _visitor, mut watcher, mut page) = driven(&desk, 4).await;

    let old_key = page.key.clone();
    page.next_page(4).await;
    assert!(matches!(page.stage, ShareStage::InControl { epoch: 4, .. }), "{:?}", page.stage);
    assert_ne!(page.key, old_key, "rotated at each hello");
    watcher.until(|frame| matches!(frame, ToWatcher::Page { .. })).await;
    watcher.order(1, 4).await;
    assert_eq!(page.next_order().await.1, 4);

    page.next_page(3).await;
    assert!(matches!(page.stage, ShareStage::Sharing { .. }), "{:?}", page.stage);
    let ended = watcher.until(|frame| matches!(frame, ToWatcher::ControlEnded { .. })).await;
    assert_eq!(ended, ToWatcher::ControlEnded { reason: ControlEnd::PageLost });
    desk.quit().await;
}

#[actix_rt::test]
async fn a_duplicated_tab_takes_the_share_and_the_first_one_does_not_fight_for_it() {
    let desk = TestDesk::start().await;
    let (_camille, _visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let second = page.duplicate(4).await;
    assert!(matches!(second.stage, ShareStage::Sharing { .. }), "control ends: {:?}", second.stage);
    assert_eq!(page.until_end().await, Ended::Closed(4001));
    watcher.until(|frame| matches!(frame, ToWatcher::ControlEnded { .. })).await;
    // A key that was never given opens nothing.
    page.key = "0".repeat(32);
    assert!(page.come_back(0).await.is_err());
    desk.quit().await;
}

#[actix_rt::test]
async fn a_transfer_ends_control_and_asks_the_visitor_anew_by_name() {
    let desk = TestDesk::start().await;
    let mut noor = desk.agent("Noor").await;
    let (mut camille, mut visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    page.show(&full(1, 1, "1")).await;
    watcher.until_shown(1).await;

    camille.until_row(conversation, |row| row.in_charge.is_some()).await;
    let version = camille.version(conversation).await;
    let offer = AgentCommand::OfferTransfer { version, to: noor.id(), note: String::new() };
    camille.does(conversation, offer).await.unwrap();
    noor.open(conversation).await;
    let offered = noor.until_event(conversation, "transfer_offered").await;
    let EventBody::TransferOffered { transfer, .. } = offered.body else { unreachable!() };
    noor.does(conversation, AgentCommand::AcceptTransfer { transfer }).await.unwrap();

    assert_eq!(watcher.until_end().await, Ended::Closed(1008));
    page.until(|frame| matches!(frame, ToPage::ControlEnded { reason: ControlEnd::Transferred, .. })).await;
    let asked = page.until(|frame| matches!(frame, ToPage::ConsentAsked { .. })).await;
    let ToPage::ConsentAsked { ask, agent, replaces, .. } = asked else { unreachable!() };
    assert_eq!((&agent, &replaces), (&noor.me, &camille.me));
    // Until then Noor sees nothing.
    let mut hers = noor.watches(conversation).await;
    hers.until_stage(|stage| matches!(stage, ShareStage::Asked { .. })).await;
    page.show(&full(1, 2, "2")).await;
    page.say(PageFrame::AnswerConsent { ask, granted: true }).await;
    hers.until_stage(|stage| matches!(stage, ShareStage::Sharing { .. })).await;
    assert!(hers.shown.is_empty());
    let whole = full(2, 1, "3");
    page.show(&whole).await;
    hers.until_shown(1).await;
    assert_eq!(hers.shown, [whole]);
    visitor.say("Bonjour Noor").await;
    desk.quit().await;
}

#[actix_rt::test]
async fn the_close_of_a_conversation_ends_what_is_shared_in_it() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = shared(&desk).await;
    let conversation = visitor.conversation.unwrap();
    camille.until_row(conversation, |row| row.in_charge.is_some()).await;
    let version = camille.version(conversation).await;
    camille.does(conversation, AgentCommand::CloseConversation { version }).await.unwrap();
    let over = page.until(|frame| matches!(frame, ToPage::SharingEnded { .. })).await;
    assert_eq!(over, ToPage::SharingEnded { reason: ShareEnd::ConversationClosed });
    watcher.until(|frame| matches!(frame, ToWatcher::SharingEnded { .. })).await;
    assert!(page.come_back(0).await.is_err(), "there is nothing to come back to");
    desk.quit().await;
}

#[actix_rt::test]
async fn an_agent_who_signs_out_everywhere_loses_page_and_conversation() {
    let desk = TestDesk::start().await;
    let (camille, _visitor, mut watcher, mut page) = driven(&desk, 4).await;
    camille.post("/api/v1/sign-out", serde_json::json!({"everywhere": true})).await;
    let over = page.until(|frame| matches!(frame, ToPage::SharingEnded { .. })).await;
    assert_eq!(over, ToPage::SharingEnded { reason: ShareEnd::AgentGone });
    assert_eq!(watcher.until_end().await, Ended::Closed(4003));
    desk.quit().await;
}

#[actix_rt::test]
async fn control_ends_with_the_agents_last_tab_and_the_page_stops_sending() {
    let desk = TestDesk::start().await;
    let (camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    watcher.line.hang_up().await;
    let ended = page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    assert_eq!(ended, ToPage::ControlEnded { epoch: 5, reason: ControlEnd::AgentGone });
    page.until(|frame| *frame == ToPage::WatchersChanged { watchers: Vec::new() }).await;
    let mut back = camille.watches(visitor.conversation.unwrap()).await;
    back.until_stage(|stage| matches!(stage, ShareStage::Sharing { .. })).await;
    page.until(|frame| *frame == ToPage::WatchersChanged { watchers: vec![camille.me.clone()] }).await;
    back.order(9, 4).await;
    back.until(|frame| matches!(frame, ToWatcher::Outcome { n: 9, .. })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn after_a_restart_the_share_goes_on_by_its_key_and_control_does_not() {
    let mut desk = TestDesk::start().await;
    let (mut camille, mut visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    desk.restart().await;
    watcher.until_end().await;

    page.come_back(4).await.unwrap();
    assert!(matches!(page.stage, ShareStage::Sharing { .. }), "{:?}", page.stage);
    camille.reconnect().await;
    visitor.reconnect().await;
    let mut again = camille.watches(conversation).await;
    again.until_stage(|stage| matches!(stage, ShareStage::Sharing { .. })).await;
    let whole = full(2, 1, "1");
    // What is sent before somebody looks is taken by nobody.
    page.until(|frame| *frame == ToPage::WatchersChanged { watchers: vec![camille.me.clone()] }).await;
    page.show(&whole).await;
    again.until_shown(1).await;
    assert_eq!(again.shown, [whole]);
    again.order(1, 4).await;
    again.until(|frame| matches!(frame, ToWatcher::Outcome { n: 1, .. })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn a_page_that_sends_what_is_no_picture_is_shared_no_more_and_the_chat_goes_on() {
    let desk = TestDesk::start().await;
    let (_camille, mut visitor, mut watcher, mut page) = shared(&desk).await;
    for seq in 1..=3 {
        page.show(&frame(1, 1, seq, b"<html>")).await;
        watcher.until(|frame| matches!(frame, ToWatcher::Unshowable { .. })).await;
    }
    let over = page.until(|frame| matches!(frame, ToPage::SharingEnded { .. })).await;
    assert_eq!(over, ToPage::SharingEnded { reason: ShareEnd::Unshowable });
    visitor.say("Toujours là").await;
    assert!(watcher.shown.is_empty());
    desk.quit().await;
}

#[actix_rt::test]
async fn stop_is_confirmed_while_a_page_floods_and_a_tab_that_never_reads_holds_nobody_up() {
    let desk = TestDesk::start().await;
    let (camille, visitor, mut watcher, mut page) = shared(&desk).await;
    // This tab reads nothing from here on.
    let _deaf = camille.watches(visitor.conversation.unwrap()).await;
    page.show(&full(1, 1, "1")).await;
    watcher.until_shown(1).await;
    let body = "x".repeat(55 * 1024);
    let flood = async {
        for seq in 2..150 {
            page.show(&change(1, seq, &body)).await;
        }
        page.say(PageFrame::TakeBackControl { epoch: 1 }).await;
        page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    };
    // A tab that reads all the while, however slowly the machine works: one that does not is cut.
    tokio::select! {
        () = flood => {}
        ended = watcher.until_end() => panic!("{ended:?}"),
    }
    watcher.say(WatcherFrame::StopSharing {}).await;
    // Both read on: what the flood left may still be on its way.
    tokio::join!(
        page.until(|frame| matches!(frame, ToPage::SharingEnded { .. })),
        watcher.until(|frame| matches!(frame, ToWatcher::SharingEnded { .. })),
    );
    desk.quit().await;
}
