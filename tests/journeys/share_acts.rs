//! What an agent does on a shared page is in the conversation's log, each act once, however the share ends.

use comptoir::protocol::cobrowse::{
    ActKind, ActionOutcome, PageFrame, PageStop, Place, ShareAct, ToPage, ToWatcher, WatcherFrame,
};
use comptoir::protocol::{AgentCommand, AgentId, ConversationId, EventBody};

use crate::desk::{Agent, Ended, Page, TestDesk, Watcher};
use crate::share::{driven, shared};

/// More than are written at once.
const ORDERS: u32 = 24;

fn clicked(label: &str) -> ActionOutcome {
    ActionOutcome::Done { act: Some(ShareAct { kind: ActKind::Clicked, label: label.to_owned() }) }
}

fn label_of(n: u32) -> String {
    format!("Button {n}")
}

/// Orders and what the page makes of them, quicker than the log takes events; the server has heard it all.
async fn acts(watcher: &mut Watcher, page: &mut Page, epoch: u32) -> Vec<String> {
    for n in 1..=ORDERS {
        watcher.order(n, epoch).await;
        page.next_order().await;
        page.say(PageFrame::ReportAction { n, outcome: clicked(&label_of(n)) }).await;
    }
    watcher.until(|frame| matches!(frame, ToWatcher::Outcome { n: ORDERS, .. })).await;
    (1..=ORDERS).map(label_of).collect()
}

/// Waits until the log tells this last act, and answers all of them with their agents.
pub async fn told(agent: &mut Agent, conversation: ConversationId, last: &str) -> Vec<(AgentId, String)> {
    loop {
        let told: Vec<(AgentId, String)> = agent
            .events
            .get(&conversation)
            .into_iter()
            .flatten()
            .filter_map(|event| match &event.body {
                EventBody::ShareActed { by, acts, .. } => Some(acts.iter().map(|act| (by.id, act.label.clone()))),
                _ => None,
            })
            .flatten()
            .collect();
        if told.last().is_some_and(|(_, label)| label == last) {
            return told;
        }
        agent.listen().await.unwrap();
    }
}

fn by(agent: AgentId, labels: Vec<String>) -> Vec<(AgentId, String)> {
    labels.into_iter().map(|label| (agent, label)).collect()
}

#[actix_rt::test]
async fn what_a_page_did_as_the_next_one_took_its_place_is_told_and_its_stop_counts() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    watcher.order(1, 4).await;
    page.next_order().await;
    // The next page's hello overtakes the word of the click that led to it.
    let mut next = page.duplicate(4).await;
    page.describe_as("Of before", comptoir::protocol::cobrowse::PageRule::Off).await;
    page.say(PageFrame::ReportAction { n: 1, outcome: clicked("Order") }).await;
    assert_eq!(told(&mut camille, conversation, "Order").await, [(camille.id(), "Order".to_owned())]);
    // What it describes is not the page any more: the share goes on with the next one.
    next.say(PageFrame::TakeBackControl { epoch: 9 }).await;
    next.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    assert_eq!(page.until_end().await, Ended::Closed(4001));

    let mut last = next.duplicate(4).await;
    next.say(PageFrame::StopSharing { reason: PageStop::Visitor }).await;
    last.until(|frame| matches!(frame, ToPage::SharingEnded { .. })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn an_order_on_its_way_as_the_share_ends_is_told_when_the_page_did_it() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    watcher.order(1, 4).await;
    page.next_order().await;
    watcher.say(WatcherFrame::StopSharing {}).await;
    page.until(|frame| matches!(frame, ToPage::SharingEnded { .. })).await;
    page.say(PageFrame::ReportAction { n: 1, outcome: clicked("Order") }).await;
    assert_eq!(told(&mut camille, conversation, "Order").await, [(camille.id(), "Order".to_owned())]);
    desk.quit().await;
}

#[actix_rt::test]
async fn no_act_of_the_last_second_is_lost_when_the_conversation_closes() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    camille.until_row(conversation, |row| row.in_charge.is_some()).await;
    let version = camille.version(conversation).await;
    let expected = by(camille.id(), acts(&mut watcher, &mut page, 4).await);
    camille.does(conversation, AgentCommand::CloseConversation { version }).await.unwrap();
    assert_eq!(told(&mut camille, conversation, &label_of(ORDERS)).await, expected);
    desk.quit().await;
}

#[actix_rt::test]
async fn what_was_done_before_a_transfer_stands_at_the_name_of_who_did_it() {
    let desk = TestDesk::start().await;
    let mut noor = desk.agent("Noor").await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    camille.until_row(conversation, |row| row.in_charge.is_some()).await;
    let version = camille.version(conversation).await;
    let offer = AgentCommand::OfferTransfer { version, to: noor.id(), note: String::new() };
    camille.does(conversation, offer).await.unwrap();
    noor.open(conversation).await;
    let offered = noor.until_event(conversation, "transfer_offered").await;
    let EventBody::TransferOffered { transfer, .. } = offered.body else { unreachable!() };

    let mut expected = by(camille.id(), acts(&mut watcher, &mut page, 4).await);
    // This one is on its way through the page while the conversation changes hands.
    let n = ORDERS + 1;
    watcher.order(n, 4).await;
    page.next_order().await;
    noor.does(conversation, AgentCommand::AcceptTransfer { transfer }).await.unwrap();
    page.until(|frame| matches!(frame, ToPage::ConsentAsked { .. })).await;
    page.say(PageFrame::ReportAction { n, outcome: clicked("Order") }).await;
    expected.push((camille.id(), "Order".into()));
    assert_eq!(told(&mut noor, conversation, "Order").await, expected);
    desk.quit().await;
}

#[actix_rt::test]
async fn an_order_on_its_way_while_control_is_given_back_is_told_when_the_page_did_it() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    watcher.order(1, 4).await;
    page.next_order().await;
    watcher.say(WatcherFrame::ReleaseControl {}).await;
    page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    page.say(PageFrame::ReportAction { n: 1, outcome: clicked("Order") }).await;
    assert_eq!(told(&mut camille, conversation, "Order").await, [(camille.id(), "Order".to_owned())]);
    desk.quit().await;
}

#[actix_rt::test]
async fn an_agent_who_vanishes_leaves_what_they_did_in_the_log() {
    let desk = TestDesk::start().await;
    let mut noor = desk.agent("Noor").await;
    let (camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    noor.open(conversation).await;
    let expected = by(camille.id(), acts(&mut watcher, &mut page, 4).await);
    camille.post("/api/v1/sign-out", serde_json::json!({"everywhere": true})).await;
    assert_eq!(told(&mut noor, conversation, &label_of(ORDERS)).await, expected);
    desk.quit().await;
}

#[actix_rt::test]
async fn what_is_pointed_at_is_told_once_for_each_thing_and_only_after_a_pointer_came() {
    let desk = TestDesk::start().await;
    let (mut camille, visitor, mut watcher, mut page) = shared(&desk).await;
    let conversation = visitor.conversation.unwrap();
    let report = |label: &str| PageFrame::ReportPointing { label: label.to_owned() };
    page.say(report("nobody pointed")).await;
    // Answered behind it: the server has heard both before a pointer comes.
    page.say(PageFrame::TakeBackControl { epoch: 1 }).await;
    page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    for (node, label) in [(7, "Size"), (7, "Size"), (8, "Add to cart")] {
        let at = Some(Place { node, fx: 0.5, fy: 0.25 });
        watcher.say(WatcherFrame::Point { at, click: true }).await;
        page.until(|frame| matches!(frame, ToPage::Pointed { .. })).await;
        page.say(report(label)).await;
    }
    let told = told(&mut camille, conversation, "Add to cart").await;
    assert_eq!(told, by(camille.id(), vec!["Size".into(), "Add to cart".into()]));
    desk.quit().await;
}
