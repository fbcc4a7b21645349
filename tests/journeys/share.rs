//! A shared page from the question to the end, through the real server.

use comptoir::protocol::cobrowse::{
    ActKind, ActionOutcome, ActionRefusal, ControlEnd, PageFrame, PageRule, PageStop, Place, ShareAct, ShareEnd,
    ShareStage, ToPage, ToWatcher, WatcherFrame,
};
use comptoir::protocol::frame::{ToVisitor, VisitorFrame};
use comptoir::protocol::{Event, EventBody, RefusalCode};
use sha2::{Digest, Sha256};

use crate::desk::{Agent, Ended, Page, TestDesk, Visitor, Watcher, change, frame, full};

/// Nothing of a page may lie anywhere on the disk.
const CANARY: &str = "canary-7f3a-of-the-page";

/// Camille sees the visitor's page.
pub async fn shared(desk: &TestDesk) -> (Agent, Visitor, Watcher, Page) {
    let mut camille = desk.agent("Camille").await;
    let mut visitor = desk.waiting_visitor().await;
    camille.take(&visitor).await.unwrap();
    let mut watcher = camille.watches(visitor.conversation.unwrap()).await;
    watcher.until_stage(|stage| *stage == ShareStage::Idle {}).await;
    watcher.say(WatcherFrame::AskConsent {}).await;
    let page = visitor.agrees().await;
    watcher.until_stage(|stage| matches!(stage, ShareStage::Sharing { .. })).await;
    (camille, visitor, watcher, page)
}

/// And drives it.
pub async fn driven(desk: &TestDesk, epoch: u32) -> (Agent, Visitor, Watcher, Page) {
    let (camille, visitor, mut watcher, mut page) = shared(desk).await;
    watcher.until(|frame| matches!(frame, ToWatcher::Page { .. })).await;
    watcher.say(WatcherFrame::RequestControl {}).await;
    page.grants(epoch).await;
    watcher.until_stage(|stage| matches!(stage, ShareStage::InControl { .. })).await;
    (camille, visitor, watcher, page)
}

fn steps(events: &[Event]) -> Vec<String> {
    let step = |event: &Event| match &event.body {
        EventBody::ShareChanged { step, .. } => {
            let json = serde_json::to_value(step).unwrap();
            let part = |name: &str| json[name].as_str().map(str::to_owned);
            let detail = part("level").or(part("reason")).unwrap_or_default();
            Some(format!("{} {detail}", json["type"].as_str().unwrap()))
        }
        _ => None,
    };
    events.iter().filter_map(step).collect()
}

#[actix_rt::test]
async fn an_agent_asks_sees_points_drives_and_the_visitor_takes_back_and_stops() {
    let desk = TestDesk::start().await;
    let (mut camille, mut visitor, mut watcher, mut page) = shared(&desk).await;
    let conversation = visitor.conversation.unwrap();

    // The same bytes, whole or in parts.
    let full = full(1, 1, CANARY);
    let increment = change(1, 2, CANARY);
    page.show(&full).await;
    page.show(&increment).await;
    watcher.until_shown(2).await;
    assert_eq!(watcher.shown, [full.clone(), increment.clone()]);

    // Pointing needs no further consent, and never acts.
    let at = Some(Place { node: 7, fx: 0.5, fy: 0.25 });
    watcher.say(WatcherFrame::Point { at, click: true }).await;
    assert_eq!(page.until(|frame| matches!(frame, ToPage::Pointed { .. })).await, ToPage::Pointed { at, click: true });
    watcher.order(1, 0).await;
    let refused = watcher.until(|frame| matches!(frame, ToWatcher::Outcome { .. })).await;
    let stale = ActionOutcome::Refused { why: ActionRefusal::Stale };
    assert_eq!(refused, ToWatcher::Outcome { n: 1, outcome: stale.clone() });

    watcher.say(WatcherFrame::RequestControl {}).await;
    page.grants(4).await;
    let stage = watcher.until_stage(|stage| matches!(stage, ShareStage::InControl { .. })).await;
    assert_eq!(stage, ShareStage::InControl { agent: camille.me.clone(), epoch: 4 });
    // A stale epoch never reaches the page; the right one does, and what became of it comes back.
    watcher.order(2, 3).await;
    watcher.order(3, 4).await;
    let (n, epoch, _) = page.next_order().await;
    assert_eq!((n, epoch), (3, 4));
    let act = ShareAct { kind: ActKind::Clicked, label: "Ajouter au panier".into() };
    page.say(PageFrame::ReportAction { n, outcome: ActionOutcome::Done { act: Some(act.clone()) } }).await;
    watcher.until(|frame| matches!(frame, ToWatcher::Outcome { n: 3, .. })).await;

    page.say(PageFrame::TakeBackControl { epoch: 4 }).await;
    let ended = page.until(|frame| matches!(frame, ToPage::ControlEnded { .. })).await;
    assert_eq!(ended, ToPage::ControlEnded { epoch: 5, reason: ControlEnd::TakenBack });
    watcher.until(|frame| matches!(frame, ToWatcher::ControlEnded { .. })).await;
    watcher.order(4, 4).await;
    let refused = watcher.until(|frame| matches!(frame, ToWatcher::Outcome { n: 4, .. })).await;
    assert_eq!(refused, ToWatcher::Outcome { n: 4, outcome: stale });

    page.say(PageFrame::StopSharing { reason: PageStop::Visitor }).await;
    let over = watcher.until(|frame| matches!(frame, ToWatcher::SharingEnded { .. })).await;
    assert_eq!(over, ToWatcher::SharingEnded { reason: ShareEnd::VisitorStopped });
    watcher.until_stage(|stage| *stage == ShareStage::Idle {}).await;
    page.until_end().await;
    assert!(page.said.iter().all(|frame| !matches!(frame, ToPage::ActionOrdered { .. })), "{:?}", page.said);

    // The log is the ledger.
    while camille.events[&conversation]
        .iter()
        .all(|event| steps(std::slice::from_ref(event)) != ["ended visitor_stopped"])
    {
        camille.listen().await.unwrap();
    }
    let log = &camille.events[&conversation];
    assert_eq!(
        steps(log),
        [
            "asked see",
            "agreed see",
            "asked control",
            "agreed control",
            "control_ended taken_back",
            "ended visitor_stopped"
        ]
    );
    let acts: Vec<&ShareAct> = log
        .iter()
        .filter_map(|event| match &event.body {
            EventBody::ShareActed { acts, .. } => Some(acts),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(acts, [&act]);
    visitor.say("Merci").await;
    assert_eq!(visitor.events_named("share_acted"), 0, "acts are for agents");
    assert_nothing_of_the_page_on_disk(desk).await;
}

/// After a clean stop: database, its journal, files.
async fn assert_nothing_of_the_page_on_disk(desk: TestDesk) {
    let mut looked = 0;
    let mut folders = vec![desk.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            looked += 1;
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
    assert!(looked > 1);
    desk.quit().await;
}

#[actix_rt::test]
async fn nothing_is_seen_before_the_visitor_agrees_and_a_question_is_for_who_is_in_charge() {
    let desk = TestDesk::start().await;
    let (mut camille, noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();

    let mut other = noor.watches(conversation).await;
    let refused = other.until(|frame| matches!(frame, ToWatcher::Fault { .. })).await;
    let ToWatcher::Fault { refusal } = refused else { unreachable!() };
    assert_eq!((refusal.code, refusal.by.as_ref()), (RefusalCode::NotInCharge, Some(&camille.me)));
    assert_eq!(other.until_end().await, Ended::Closed(1008));

    let mut watcher = camille.watches(conversation).await;
    watcher.say(WatcherFrame::AskConsent {}).await;
    let asked = visitor.until(|frame| matches!(frame, ToVisitor::ShareAsked { .. })).await;
    let ToVisitor::ShareAsked { ask, agent, seconds_left, .. } = asked else { unreachable!() };
    assert_eq!(agent, camille.me);
    assert!((1..=60).contains(&seconds_left), "{seconds_left}");
    // One question at a time; and it is repeated to a tab that comes while it is open.
    watcher.say(WatcherFrame::AskConsent {}).await;
    let ToWatcher::Fault { refusal } = watcher.until(|frame| matches!(frame, ToWatcher::Fault { .. })).await else {
        unreachable!()
    };
    assert_eq!(refusal.code, RefusalCode::AlreadyAsked);
    let mut tab = visitor.another_tab().await;
    tab.until(|frame| matches!(frame, ToVisitor::ShareAsked { .. })).await;

    visitor.line.send(&VisitorFrame::AnswerShare { ask, granted: false }).await;
    watcher.until(|frame| matches!(frame, ToWatcher::NotAgreed { .. })).await;
    tab.until(|frame| *frame == ToVisitor::ShareAskEnded { ask }).await;
    // An old answer opens nothing.
    visitor.line.send(&VisitorFrame::AnswerShare { ask, granted: true }).await;
    watcher.say(WatcherFrame::AskConsent {}).await;
    let again = visitor.until(|frame| matches!(frame, ToVisitor::ShareAsked { .. })).await;
    assert!(!matches!(again, ToVisitor::ShareAsked { ask: same, .. } if same == ask), "issued once");
    visitor.line.send(&VisitorFrame::AnswerShare { ask, granted: true }).await;
    visitor.say("Que voulez-vous voir ?").await;
    assert!(visitor.others.iter().all(|frame| !matches!(frame, ToVisitor::ShareOpened { .. })));
    // The agent takes the question back by closing the tab.
    watcher.line.hang_up().await;
    visitor.until(|frame| matches!(frame, ToVisitor::ShareAskEnded { .. })).await;
    desk.quit().await;
}

#[actix_rt::test]
async fn a_tab_that_comes_late_is_sent_what_was_kept_and_a_hole_waits_for_a_whole_picture() {
    let desk = TestDesk::start().await;
    let (camille, visitor, mut watcher, mut page) = shared(&desk).await;
    let frames = [full(1, 1, "1"), change(1, 2, "2"), change(1, 3, "3")];
    for one in &frames {
        page.show(one).await;
    }
    watcher.until_shown(3).await;
    let mut late = camille.watches(visitor.conversation.unwrap()).await;
    late.until_shown(3).await;
    assert_eq!(late.shown, frames);

    // A number is missing: nothing is forwarded, and the page is asked for the whole of it.
    page.show(&change(1, 5, "5")).await;
    page.until(|frame| *frame == ToPage::SnapshotWanted {}).await;
    let whole = full(1, 6, "6");
    page.show(&whole).await;
    late.until_shown(4).await;
    assert_eq!(late.shown[3], whole);
    desk.quit().await;
}

#[actix_rt::test]
async fn files_of_a_page_are_for_who_watches_it_and_only_as_their_hash_says() {
    let desk = TestDesk::start().await;
    let noor = desk.agent("Noor").await;
    let (camille, _visitor, mut watcher, mut page) = shared(&desk).await;
    let css = b"a { color: red }";
    let digest = Sha256::digest(css);
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    page.say(PageFrame::OfferAssets { hashes: vec![hash.clone(), "zz".into()] }).await;
    let wanted = page.until(|frame| matches!(frame, ToPage::AssetsWanted { .. })).await;
    assert_eq!(wanted, ToPage::AssetsWanted { hashes: vec![hash.clone()] });
    assert_eq!(camille.shared_file(&hash).await, Err(404), "offered is not sent");

    let lie: Vec<u8> = [&digest[..], b"a { color: blue }"].concat();
    page.show(&frame(3, 1, 1, &lie)).await;
    let body: Vec<u8> = [&digest[..], css].concat();
    page.show(&frame(3, 1, 2, &body)).await;
    let full = full(1, 1, "");
    page.show(&full).await;
    watcher.until_shown(1).await;

    assert_eq!(watcher.shown, [full], "files are not forwarded");
    assert_eq!(camille.shared_file(&hash).await, Ok("a { color: red }".to_owned()));
    assert_eq!(noor.shared_file(&hash).await, Err(404));
    assert_eq!(camille.shared_file("../../etc").await, Err(404));
    page.say(PageFrame::StopSharing { reason: PageStop::Visitor }).await;
    watcher.until(|frame| matches!(frame, ToWatcher::SharingEnded { .. })).await;
    assert_eq!(camille.shared_file(&hash).await, Err(404), "nothing of a share outlives it");
    desk.quit().await;
}

#[actix_rt::test]
async fn a_site_says_which_pages_are_shared_and_how() {
    let desk = TestDesk::with(|site| site.share.see_only_paths = vec!["/lamps".into()]).await;
    let (_camille, _visitor, mut watcher, mut page) = shared(&desk).await;
    let ToWatcher::Page { page: shown } = watcher.until(|frame| matches!(frame, ToWatcher::Page { .. })).await else {
        unreachable!()
    };
    assert_eq!(shown.rule, PageRule::SeeOnly, "the page said full");
    watcher.say(WatcherFrame::RequestControl {}).await;
    let ToWatcher::Fault { refusal } = watcher.until(|frame| matches!(frame, ToWatcher::Fault { .. })).await else {
        unreachable!()
    };
    assert_eq!(refusal.code, RefusalCode::ShareOff);
    page.describe(PageRule::Off).await;
    let over = watcher.until(|frame| matches!(frame, ToWatcher::SharingEnded { .. })).await;
    assert_eq!(over, ToWatcher::SharingEnded { reason: ShareEnd::PageOff });
    desk.quit().await;
}
