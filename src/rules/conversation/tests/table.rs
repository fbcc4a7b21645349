//! Every command at every phase: the events that follow, or the refusal.
//!
//! Read it by line: `PostMessage by Camille` in a conversation that Noor holds is
//! refused `NotInCharge`. A `-` is an acknowledgement that changes nothing.

use super::*;
use crate::protocol::RefusalCode;

/// Name, and the conversation at that phase. In three Camille asked for the page, sees it, drives it. Camille holds the third and fourth, Noor the fifth.
fn phases() -> Vec<(&'static str, ConversationState)> {
    vec![
        ("unbegun", unbegun()),
        ("bot", with_bot()),
        ("waiting", waiting()),
        ("camille", taken_by("Camille")),
        ("offered", offered_to_noor()),
        ("noor", taken_by("Noor")),
        ("asked", asked()),
        ("shared", shared()),
        ("driven", driven()),
        ("closed", closed()),
    ]
}

/// The command as somebody would send it who sees the conversation as it is.
fn commands(state: &ConversationState) -> Vec<(&'static str, Command)> {
    let (version, latest) = (state.version, state.latest_turn);
    let offer = state.phase.offer().map_or(transfer(99), |offer| offer.transfer);
    let tea = || ProductId("tea".into());
    let document = DocumentId(Uuid::from_u128(9));
    let text = || "Hello".to_owned();
    let camille = |command| by("Camille", command);
    vec![
        ("Begin", opening()),
        ("visitor Begin", by_visitor(VisitorCommand::Begin {})),
        ("visitor PostMessage", says("Hello")),
        ("visitor ChooseButton", by_visitor(VisitorCommand::ChooseButton { turn: latest, button: 0 })),
        ("visitor SubmitForm", by_visitor(VisitorCommand::SubmitForm { turn: latest, answers: Vec::new() })),
        ("visitor ShareDocument", by_visitor(VisitorCommand::ShareDocument { document })),
        (
            "visitor MarkCard",
            by_visitor(VisitorCommand::MarkCard {
                card: state.cards.first().map_or(77, |card| card.seq),
                mark: CardMark::Seen,
                product: None,
            }),
        ),
        ("visitor Rate", by_visitor(VisitorCommand::Rate { rating: 4, comment: "Kind".into() })),
        ("Take", camille(AgentCommand::TakeConversation { version })),
        ("Take, older version", camille(AgentCommand::TakeConversation { version: version.saturating_sub(1) })),
        ("PostMessage", camille(AgentCommand::PostMessage { text: text() })),
        ("AddNote", camille(AgentCommand::AddNote { text: text() })),
        ("ShareDocument", camille(AgentCommand::ShareDocument { document })),
        ("RecommendProduct", camille(AgentCommand::RecommendProduct { product: tea(), sku: None })),
        ("CompareProducts", camille(compares(&["tea", "mug"]))),
        ("OfferTransfer", camille(AgentCommand::OfferTransfer { version, to: agent("Noor").id, note: text() })),
        ("AcceptTransfer by Noor", by("Noor", AgentCommand::AcceptTransfer { transfer: offer })),
        ("AcceptTransfer", camille(AgentCommand::AcceptTransfer { transfer: offer })),
        ("DeclineTransfer by Noor", by("Noor", AgentCommand::DeclineTransfer { transfer: offer })),
        ("WithdrawTransfer", camille(AgentCommand::WithdrawTransfer { transfer: offer })),
        ("Close", camille(AgentCommand::CloseConversation { version })),
        ("Close, older version", camille(AgentCommand::CloseConversation { version: version.saturating_sub(1) })),
        ("bot answers", answer(state.head, None)),
        ("bot hands off", answer(state.head, Some(Queue::Handoff))),
        ("bot takes a message", answer(state.head, Some(Queue::MessageLeft))),
        ("EndOffer", Command::Server(ServerCommand::EndOffer { transfer: offer })),
        ("LoseTarget Noor", Command::Server(ServerCommand::LoseTarget { target: agent("Noor").id })),
        ("LoseAgent Camille", Command::Server(ServerCommand::LoseAgent { agent: agent("Camille").id })),
    ]
    .into_iter()
    .chain(share_commands())
    .collect()
}

/// What the share's session has the log say.
fn share_commands() -> Vec<(&'static str, Command)> {
    let (share, camille, noor) = (share(5), agent("Camille"), agent("Noor"));
    let (see, control) = (ShareLevel::See, ShareLevel::Control);
    let (why, to) = (NotAgreed::Refused, camille.id);
    let commands = vec![
        ("Ask see", ShareCommand::Ask { share, by: camille.clone(), level: see }),
        ("Ask see by Noor", ShareCommand::Ask { share, by: noor.clone(), level: see }),
        ("Ask control", ShareCommand::Ask { share, by: camille, level: control }),
        ("Agree see", ShareCommand::Agree { share, to, level: see }),
        ("Agree see to Noor", ShareCommand::Agree { share, to: noor.id, level: see }),
        ("Agree control", ShareCommand::Agree { share, to, level: control }),
        ("NotAgree see", ShareCommand::NotAgree { share, level: see, why }),
        ("NotAgree control", ShareCommand::NotAgree { share, level: control, why }),
        ("EndControl", ShareCommand::EndControl { share, reason: ControlEnd::TakenBack }),
        ("End", ShareCommand::End { share, reason: ShareEnd::VisitorStopped }),
        ("End another", ShareCommand::End { share: super::share(6), reason: ShareEnd::VisitorStopped }),
        ("Act", ShareCommand::Act { share, by: to, acts: vec![act()] }),
        ("Act by Noor", ShareCommand::Act { share, by: noor.id, acts: vec![act()] }),
    ];
    commands.into_iter().map(|(name, command)| (name, shares(command))).collect()
}

fn outcome(decided: Result<Vec<EventBody>, crate::protocol::Refusal>) -> String {
    match decided {
        Err(refusal) => format!("{:?}", refusal.code),
        Ok(events) if events.is_empty() => "-".to_owned(),
        Ok(events) => events.iter().map(name).collect::<Vec<_>>().join(" "),
    }
}

/// `NoteAdded { by: … }` is `+NoteAdded`; a step of a share is named by itself.
fn name(body: &EventBody) -> String {
    let debug = match body {
        EventBody::ShareChanged { share: _, step } => format!("Share{step:?}"),
        body => format!("{body:?}"),
    };
    format!("+{}", debug.split([' ', '{']).next().unwrap_or_default())
}

const EXPECTED: &str = include_str!("table.txt");

#[test]
fn every_command_at_every_phase_has_the_outcome_of_the_table() {
    let mut table = String::new();
    for (phase, state) in phases() {
        table.push_str(&format!("{phase}\n"));
        for (name, command) in commands(&state) {
            table.push_str(&format!("    {name:24}{}\n", outcome(decide(&state, &command, &facts()))));
        }
    }
    assert!(table == EXPECTED, "the table is now:\n{table}");
}

#[test]
fn whatever_could_not_be_looked_up_is_refused_by_its_name() {
    let none = Facts::at(NOW, transfer(7));
    let mine = taken_by("Camille");
    let version = mine.version;
    let document = DocumentId(Uuid::from_u128(9));
    let product = ProductId("tea".into());
    let to = agent("Noor").id;
    let cases = [
        (&mine, by("Camille", AgentCommand::ShareDocument { document }), RefusalCode::NoSuchDocument),
        (&mine, by("Camille", AgentCommand::RecommendProduct { product, sku: None }), RefusalCode::NoSuchProduct),
        (
            &mine,
            by("Camille", AgentCommand::OfferTransfer { version, to, note: String::new() }),
            RefusalCode::AgentUnreachable,
        ),
        (&with_bot(), by_visitor(VisitorCommand::ChooseButton { turn: 2, button: 8 }), RefusalCode::StaleTurn),
        (&with_bot(), by_visitor(VisitorCommand::SubmitForm { turn: 2, answers: Vec::new() }), RefusalCode::StaleTurn),
    ];
    for (state, command, code) in cases {
        assert_eq!(decide(state, &command, &none).unwrap_err().code, code, "{command:?}");
    }
}

#[test]
fn a_text_that_is_empty_too_long_or_holds_a_nul_is_refused_on_both_sides() {
    let mine = taken_by("Camille");
    let texts = [
        (" \n".to_owned(), RefusalCode::EmptyText),
        ("x".repeat(16 * 1024 + 1), RefusalCode::TextTooLong),
        ("a\0b".to_owned(), RefusalCode::ForbiddenCharacter),
    ];
    for (text, code) in texts {
        let commands = [
            says(&text),
            by("Camille", AgentCommand::PostMessage { text: text.clone() }),
            by("Camille", AgentCommand::AddNote { text: text.clone() }),
        ];
        for command in commands {
            assert_eq!(decide(&mine, &command, &facts()).unwrap_err().code, code);
        }
    }
    assert!(decide(&mine, &says(&"x".repeat(16 * 1024)), &facts()).is_ok());
}

#[test]
fn the_loser_of_a_take_is_told_by_whom() {
    let refusal = decide(&taken_by("Noor"), &by("Camille", AgentCommand::TakeConversation { version: 2 }), &facts());
    let refusal = refusal.unwrap_err();
    assert_eq!((refusal.code, refusal.by), (RefusalCode::AlreadyTaken, Some(agent("Noor"))));
}
