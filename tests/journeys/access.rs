//! Who is signed in, and what ends when they no longer are.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{Ended, TestDesk};

/// Of a socket whose agent signed out.
const SIGNED_OUT: Ended = Ended::Closed(4003);
/// Signing out is felt at once, not at the next look at the clock; a busy machine may take its time.
const AT_ONCE: Duration = Duration::from_secs(10);

#[actix_rt::test]
async fn signing_out_of_one_browser_ends_its_tabs_and_leaves_the_other_browser() {
    let desk = TestDesk::start().await;
    let mut office = desk.agent("Camille").await;
    let mut tab = desk.another_tab(&office).await;
    let mut phone = desk.browser_of("Camille").await;
    let visitor = desk.waiting_visitor().await;

    let begun = Instant::now();
    office.post("/api/v1/sign-out", json!({"everywhere": false})).await;
    assert_eq!(office.until_end().await, SIGNED_OUT);
    assert_eq!(tab.until_end().await, SIGNED_OUT);
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());

    phone.take(&visitor).await.unwrap();
    phone.say(&visitor, "Bonjour").await.unwrap();
    desk.quit().await;
}

#[actix_rt::test]
async fn signing_out_everywhere_ends_every_socket_and_gives_the_conversation_back() {
    let desk = TestDesk::start().await;
    let mut office = desk.agent("Camille").await;
    let mut phone = desk.browser_of("Camille").await;
    let mut noor = desk.agent("Noor").await;
    let visitor = desk.waiting_visitor().await;
    office.take(&visitor).await.unwrap();

    let begun = Instant::now();
    phone.post("/api/v1/sign-out", json!({"everywhere": true})).await;
    assert_eq!(office.until_end().await, SIGNED_OUT);
    assert_eq!(phone.until_end().await, SIGNED_OUT);
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());

    noor.until_row(visitor.conversation.unwrap(), |row| row.first_in_line).await;
    noor.take(&visitor).await.unwrap();
    desk.quit().await;
}
