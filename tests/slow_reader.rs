//! Clients that do not read: they are cut, nobody waits for them, memory stays flat.
//!
//! A process of its own: what other journeys hold at the same time must not count.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "journeys/desk/mod.rs"]
mod desk;

use comptoir::protocol::VisitorCommand;

use desk::TestDesk;

/// More than the kernel's buffers of both ends and our bound together.
const MESSAGES: usize = 1_600;
const TEXT_BYTES: usize = 16 * 1024;
/// What may have grown meanwhile; all that was said is more than 25 MB.
const GROWTH_BYTES_MAX: u64 = 24 * 1024 * 1024;

#[actix_rt::test]
async fn an_agent_who_never_reads_is_cut_while_others_are_served_and_memory_stays_flat() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    noor.take(&visitor).await.unwrap();
    camille.open(conversation).await;
    let before = resident_bytes();

    // Camille's browser reads no more; Noor's and the visitor's do.
    for batch in 0..MESSAGES / 16 {
        let mut sent = Vec::new();
        for n in 0..16 {
            let text = format!("{batch}-{n} {}", "x".repeat(TEXT_BYTES - 16));
            sent.push(visitor.send(VisitorCommand::PostMessage { text }).await);
        }
        for id in sent {
            visitor.until_ack(id).await.unwrap();
        }
        visitor.events.clear();
        visitor.acks.clear();
        noor.catch_up().await;
        noor.events.clear();
    }
    let grown = resident_bytes().saturating_sub(before);

    visitor.forget_holes();
    visitor.say("fin").await;
    noor.until_text(conversation, "fin").await;
    // What is still in her kernel's buffer, then the end.
    camille.until_end().await;
    assert!(grown < GROWTH_BYTES_MAX, "grown by {} KiB", grown / 1024);
    desk.quit().await;
}

/// Of this process, in which server and clients both live.
fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split_whitespace().nth(1).unwrap().parse().unwrap();
    pages * 4096
}
