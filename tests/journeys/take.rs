//! Taking: exactly one agent gets a conversation, and the others learn from whom.

use comptoir::protocol::{AgentCommand, RefusalCode};
use futures_util::future::join;

use crate::desk::TestDesk;

const ROUNDS: usize = 200;

#[actix_rt::test]
async fn two_agents_taking_at_once_leave_exactly_one_in_charge_two_hundred_times() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let mut won_by_camille = 0;
    for round in 0..ROUNDS {
        let mut visitor = desk.waiting_visitor().await;
        let conversation = visitor.conversation.unwrap();
        let version = camille.version(conversation).await;
        noor.version(conversation).await;

        let take = || AgentCommand::TakeConversation { version };
        let (hers, his) = join(camille.does(conversation, take()), noor.does(conversation, take())).await;

        let (winner, refusal) = match (hers, his) {
            (Ok(_), Err(refusal)) => (camille.me.clone(), refusal),
            (Err(refusal), Ok(_)) => (noor.me.clone(), refusal),
            both => panic!("round {round}: {both:?}"),
        };
        assert_eq!(refusal.code, RefusalCode::AlreadyTaken, "round {round}");
        assert_eq!(refusal.by.as_ref(), Some(&winner), "round {round}");
        visitor.until_event("conversation_taken").await;
        assert_eq!(visitor.events_named("conversation_taken"), 1, "round {round}");
        won_by_camille += usize::from(winner == camille.me);
    }
    assert!(won_by_camille <= ROUNDS);
    desk.quit().await;
}

#[actix_rt::test]
async fn an_agent_who_is_not_in_charge_may_read_along_but_not_write() {
    let desk = TestDesk::start().await;
    let (mut camille, mut noor) = (desk.agent("Camille").await, desk.agent("Noor").await);
    let mut visitor = desk.waiting_visitor().await;
    let conversation = visitor.conversation.unwrap();
    camille.take(&visitor).await.unwrap();

    noor.open(conversation).await;
    let refusal = noor.say(&visitor, "Je m'en mêle").await.unwrap_err();
    camille.say(&visitor, "Bonjour").await.unwrap();
    camille.does(conversation, AgentCommand::AddNote { text: "cliente fidèle".into() }).await.unwrap();

    assert_eq!((refusal.code, refusal.by), (RefusalCode::NotInCharge, Some(camille.me.clone())));
    noor.until_text(conversation, "Bonjour").await;
    noor.until_event(conversation, "note_added").await;
    visitor.until_event("withheld").await;
    assert_eq!(visitor.events_named("note_added"), 0);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_conversation_of_another_site_is_not_there() {
    let desk = TestDesk::start().await;
    let mut camille = desk.agent("Camille").await;
    let elsewhere = comptoir::protocol::ConversationId(uuid::Uuid::now_v7());

    let refusal = camille.does(elsewhere, AgentCommand::TakeConversation { version: 1 }).await.unwrap_err();

    assert_eq!(refusal.code, RefusalCode::NotFound);
    desk.quit().await;
}
