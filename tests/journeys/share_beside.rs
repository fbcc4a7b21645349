//! Around a shared page: what is refused by which name, a product's page that is shown, and a chat that
//! goes on while a large picture travels.

use comptoir::protocol::cobrowse::{
    ActKind, ActionOutcome, PageFrame, RemoteAction, ShareAct, ShareStage, ToPage, ToWatcher, WatcherFrame,
};
use comptoir::protocol::{AgentCommand, ProductId, Refusal, RefusalCode};

use crate::desk::{ORIGIN, TestDesk, Watcher, change, in_parts, large};
use crate::share::{driven, shared};
use crate::share_acts::told;

async fn refusal(watcher: &mut Watcher) -> Refusal {
    let ToWatcher::Fault { refusal } = watcher.until(|frame| matches!(frame, ToWatcher::Fault { .. })).await else {
        unreachable!()
    };
    refusal
}

#[actix_rt::test]
async fn a_tab_of_an_earlier_conversation_takes_nothing_from_the_page_that_is_shared_now() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let first = visitor.conversation.unwrap();
    camille.until_row(first, |row| row.in_charge.is_some()).await;
    let version = camille.version(first).await;
    camille.does(first, AgentCommand::CloseConversation { version }).await.unwrap();
    visitor.until_event("conversation_closed").await;
    visitor.begin_anew();
    visitor.say("Un conseiller, s'il vous plaît").await;
    visitor.until_event("conversation_queued").await;
    camille.take(&visitor).await.unwrap();
    let mut watcher = camille.watches(visitor.conversation.unwrap()).await;
    watcher.until_stage(|stage| *stage == ShareStage::Idle {}).await;

    let mut old = camille.watches(first).await;
    assert_eq!(refusal(&mut old).await.code, RefusalCode::NotInCharge);
    watcher.say(WatcherFrame::AskConsent {}).await;
    let _page = visitor.agrees().await;
    watcher.until_stage(|stage| matches!(stage, ShareStage::Sharing { .. })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn what_is_off_asked_already_or_not_shared_is_refused_by_its_name() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let mut watcher = camille.watches(visitor.conversation.unwrap()).await;
    for frame in [WatcherFrame::RequestControl {}, WatcherFrame::ProposeProduct { product: ProductId("lamp".into()) }] {
        watcher.say(frame).await;
        assert_eq!(refusal(&mut watcher).await.code, RefusalCode::NotShared);
    }
    watcher.say(WatcherFrame::AskConsent {}).await;
    watcher.say(WatcherFrame::AskConsent {}).await;
    assert_eq!(refusal(&mut watcher).await.code, RefusalCode::AlreadyAsked);
    desk.quit().await;

    let desk = TestDesk::with(|site| site.share.see = false).await;
    let mut camille = desk.agent("Camille").await;
    let visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let mut watcher = camille.watches(visitor.conversation.unwrap()).await;
    watcher.say(WatcherFrame::AskConsent {}).await;
    assert_eq!(refusal(&mut watcher).await.code, RefusalCode::ShareOff);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_page_that_shows_a_wrong_key_is_told_that_nothing_is_shared() {
    let desk = TestDesk::start().await;
    let (_camille, _visitor, _watcher, mut page) = shared(&desk).await;
    page.key = "0".repeat(32);
    assert_eq!(page.refused(0).await.code, RefusalCode::NotShared);
    desk.quit().await;
}

#[actix_rt::test]
async fn who_drives_goes_to_a_products_page_and_who_sees_asks_and_both_are_told_by_its_title() {
    let mut desk = TestDesk::start().await;
    let csv = format!(
        "id,title,link,price,availability\nlamp,Harbour lamp,{ORIGIN}/lamp?size=2,89.00 EUR,in stock\n\
         far,Far away,https://elsewhere.example/far,9.00 EUR,in stock\n"
    );
    desk.sells(&csv).await;
    let (mut camille, visitor, mut watcher, mut page) = driven(&desk, 4).await;
    let conversation = visitor.conversation.unwrap();
    let propose = |product: &str| WatcherFrame::ProposeProduct { product: ProductId(product.into()) };

    watcher.say(propose("far")).await;
    assert_eq!(refusal(&mut watcher).await.code, RefusalCode::PageElsewhere, "another shop's page");
    watcher.say(propose("lamp")).await;
    let found = watcher.until(|frame| matches!(frame, ToWatcher::ProductPage { .. })).await;
    let ToWatcher::ProductPage { path } = found else { unreachable!() };
    assert_eq!(path, "/lamp?size=2");
    watcher.say(WatcherFrame::DoRemotely { n: 1, epoch: 4, action: RemoteAction::Go { path } }).await;
    page.next_order().await;
    let act = Some(ShareAct { kind: ActKind::Went, label: String::new() });
    page.say(PageFrame::ReportAction { n: 1, outcome: ActionOutcome::Done { act } }).await;
    told(&mut camille, conversation, "Harbour lamp").await;

    watcher.say(WatcherFrame::ReleaseControl {}).await;
    page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    watcher.say(propose("lamp")).await;
    let asked = page.until(|frame| matches!(frame, ToPage::Proposed { .. })).await;
    let ToPage::Proposed { ask, path, .. } = asked else { unreachable!() };
    assert_eq!(path, "/lamp?size=2");
    page.say(PageFrame::AnswerProposal { ask, granted: true }).await;
    watcher.until(|frame| *frame == ToWatcher::ProposalEnded { granted: true }).await;
    let all = told(&mut camille, conversation, "Harbour lamp").await;
    assert!(all.iter().all(|(_, label)| label == "Harbour lamp"), "{all:?}");
    desk.quit().await;
}

#[actix_rt::test]
async fn a_message_is_acknowledged_and_read_while_a_picture_of_eight_mebibytes_is_on_its_way() {
    let desk = TestDesk::start().await;
    let (mut camille, mut visitor, mut watcher, mut page) = shared(&desk).await;
    let conversation = visitor.conversation.unwrap();
    // Just under the bound, and not compressed.
    let parts = in_parts(&large(1, 1, &"x".repeat(2 * 1024 * 1024 - 1024), 4));
    assert!(parts.len() > 130, "{}", parts.len());
    let (before, after) = parts.split_at(parts.len() / 2);
    for part in before {
        page.show(part).await;
    }
    visitor.say("Pendant l’image").await;
    camille.until_text(conversation, "Pendant l’image").await;
    assert!(watcher.shown.is_empty(), "nothing half is shown");
    for part in after {
        page.show(part).await;
    }
    visitor.say("Et après").await;
    camille.until_text(conversation, "Et après").await;
    watcher.until_shown(parts.len()).await;
    assert_eq!(watcher.shown, parts);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_large_picture_takes_the_place_of_the_one_before_and_a_late_tab_gets_that_one() {
    let desk = TestDesk::start().await;
    let (camille, visitor, mut watcher, mut page) = shared(&desk).await;
    let mut many = 0;
    for seq in [1, 2] {
        let parts = in_parts(&large(seq, 1, &seq.to_string().repeat(1024 * 1024), 4));
        many += parts.len();
        for part in &parts {
            page.show(part).await;
        }
        watcher.until_shown(many).await;
    }
    page.show(&change(2, 2, "3")).await;
    let mut late = camille.watches(visitor.conversation.unwrap()).await;
    late.until_shown(many / 2 + 1).await;
    assert_eq!(late.shown.last(), Some(&change(2, 2, "3")));
    desk.quit().await;
}
