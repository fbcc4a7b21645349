//! Every input in every state: the state that follows, and the effects.
//!
//! Read it by line: `Order, epoch 3` while Camille drives with epoch 4 is refused `Stale`. A `-`
//! changes nothing that anybody is told.

use super::*;
use crate::protocol::cobrowse::{ControlEnd, NotAgreed, ShareEnd};

fn states() -> Vec<(&'static str, Share)> {
    vec![
        ("idle", idle()),
        ("asked", asked()),
        ("asked anew", asked_anew()),
        ("away", away()),
        ("sharing", sharing()),
        ("control asked", control_asked()),
        ("granted", granted()),
        ("in control", in_control()),
        ("suspended", suspended()),
    ]
}

fn inputs() -> Vec<(&'static str, Input, Millis)> {
    let (camille, noor) = (agent("Camille"), agent("Noor"));
    let fresh = ShareId(Uuid::from_u128(77));
    let (see, control) = (ShareLevel::See, ShareLevel::Control);
    let not = |level, why| logged(ShareStep::NotAgreed { to: agent("Camille"), level, why }, ask(9));
    let seconds = |seconds: Millis| NOW + seconds * 1000;
    let agents = [
        ("AskConsent", Input::AskConsent { by: camille.clone(), share: fresh, allowed: true }),
        ("AskConsent, off", Input::AskConsent { by: camille.clone(), share: fresh, allowed: false }),
        ("WithdrawAsk", Input::WithdrawAsk { by: camille.id }),
        ("WithdrawAsk by Noor", Input::WithdrawAsk { by: noor.id }),
        ("RequestControl", Input::RequestControl { by: camille.clone(), allowed: true }),
        ("RequestControl, off", Input::RequestControl { by: camille.clone(), allowed: false }),
        ("RequestControl by Noor", Input::RequestControl { by: noor.clone(), allowed: true }),
        ("ReleaseControl", Input::ReleaseControl { by: camille.id }),
        ("ReleaseControl by Noor", Input::ReleaseControl { by: noor.id }),
        ("AgentStops", Input::AgentStops { by: camille.id }),
        ("AgentStops, Noor", Input::AgentStops { by: noor.id }),
        ("Order, epoch 4", Input::Order { by: camille.id, epoch: 4 }),
        ("Order, epoch 3", Input::Order { by: camille.id, epoch: 3 }),
        ("Order by Noor", Input::Order { by: noor.id, epoch: 4 }),
        ("Point", Input::Point { by: camille.id }),
        ("Point by Noor", Input::Point { by: noor.id }),
        ("Watched by 2", Input::Watched { tabs: 2 }),
        ("Watched by none", Input::Watched { tabs: 0 }),
        ("Looked away", Input::Looked { visible: false }),
        ("Heard", Input::Heard),
    ];
    let visitors = [
        ("AnswerConsent yes", Input::AnswerConsent { ask: ask(1), granted: true }),
        ("AnswerConsent no", Input::AnswerConsent { ask: ask(1), granted: false }),
        ("AnswerConsent anew", Input::AnswerConsent { ask: ask(3), granted: true }),
        ("AnswerConsent, old", Input::AnswerConsent { ask: ask(8), granted: true }),
        ("AnswerControl yes", Input::AnswerControl { ask: ask(2), granted: true, epoch: 9 }),
        ("AnswerControl, epoch 0", Input::AnswerControl { ask: ask(2), granted: true, epoch: 0 }),
        ("AnswerControl no", Input::AnswerControl { ask: ask(2), granted: false, epoch: 9 }),
        ("AnswerControl, old", Input::AnswerControl { ask: ask(8), granted: true, epoch: 9 }),
        ("TakeBack", Input::TakeBack { epoch: 5 }),
        ("PageStops", Input::PageStops { reason: ShareEnd::VisitorStopped }),
        ("PageCame", Input::PageCame { epoch: 0 }),
        ("PageCame, epoch 4", Input::PageCame { epoch: 4 }),
        ("PageGone", Input::PageGone),
        ("Described off", Input::Described { rule: PageRule::Off }),
        ("Described see only", Input::Described { rule: PageRule::SeeOnly }),
        ("Described full", Input::Described { rule: PageRule::Full }),
        ("Touched", Input::Touched),
        ("Unshowable", Input::Unshowable),
    ];
    let server = [
        ("log Asked see", log_asked("Camille", see, 6)),
        ("log Asked see, Noor", log_asked("Noor", see, 6)),
        ("log Asked control", log_asked("Camille", control, 6)),
        ("log Agreed see", log_agreed("Camille", see)),
        ("log Agreed see, Noor", log_agreed("Noor", see)),
        ("log Agreed control", log_agreed("Camille", control)),
        ("log NotAgreed see", not(see, NotAgreed::Refused)),
        ("log NotAgreed control", not(control, NotAgreed::Overtaken)),
        (
            "log ControlEnded",
            logged(ShareStep::ControlEnded { agent: camille.clone(), reason: ControlEnd::Transferred }, ask(9)),
        ),
        ("log Ended", logged(ShareStep::Ended { agent: camille, reason: ShareEnd::ConversationClosed }, ask(9))),
        ("Unwritten see", Input::Unwritten { level: see }),
        ("Unwritten control", Input::Unwritten { level: control }),
    ];
    let ticks = [
        ("after 10 s of silence", seconds(10)),
        ("after 20 s", seconds(20)),
        ("after 30 s", seconds(30)),
        ("after 60 s", seconds(60)),
        ("after 15 min", seconds(900)),
    ];
    let now = agents.into_iter().chain(visitors).chain(server).map(|(name, input)| (name, input, NOW + 1));
    now.chain(ticks.map(|(name, at)| (name, Input::Tick, at))).collect()
}

/// `Stage::Asked { … }` is `asked`.
fn name(share: &Share) -> String {
    match &share.stage {
        Stage::Idle => "idle".into(),
        Stage::Asked { agent, answered, .. } => {
            format!("asked {}{}", agent.first_name, if *answered { ", answered" } else { "" })
        }
        Stage::Sharing { .. } => "sharing".into(),
        Stage::ControlAsked { granted: None, .. } => "control asked".into(),
        Stage::ControlAsked { granted: Some(epoch), .. } => format!("granted {epoch}"),
        Stage::InControl { epoch, .. } => format!("in control {epoch}"),
        Stage::Suspended { epoch, .. } => format!("suspended {epoch}"),
        Stage::Away { .. } => "away".into(),
    }
}

fn effect(effect: &Effect) -> String {
    use crate::rules::conversation::ShareCommand as Say;
    match effect {
        Effect::Write(Say::Ask { level, .. }) => format!("write Ask {level:?}"),
        Effect::Write(Say::Agree { level, .. }) => format!("write Agree {level:?}"),
        Effect::Write(Say::NotAgree { level, why, .. }) => format!("write NotAgree {level:?} {why:?}"),
        Effect::Write(Say::EndControl { reason, .. }) => format!("write EndControl {reason:?}"),
        Effect::Write(Say::End { reason, .. }) => format!("write End {reason:?}"),
        Effect::Write(Say::Act { .. }) => "write Act".into(),
        Effect::Ask { replaces: None, .. } => "ask in the chat".into(),
        Effect::Ask { replaces: Some(_), .. } => "ask on the page".into(),
        Effect::AskControl { .. } => "ask for control".into(),
        Effect::EndAsk { .. } => "end the question".into(),
        Effect::Open { .. } => "open".into(),
        Effect::NotAgreed { level, why } => format!("not agreed {level:?} {why:?}"),
        Effect::ControlEnded { epoch, reason } => format!("control ended {reason:?}, epoch {epoch}"),
        Effect::Confirm { epoch } => format!("confirm, epoch {epoch}"),
        Effect::SharingEnded { reason } => format!("sharing ended {reason:?}"),
        Effect::PartWith { agent } => format!("part with {}", agent.first_name),
        Effect::WatchersChanged => "watchers changed".into(),
        Effect::WantSnapshot => "want a snapshot".into(),
        Effect::Forward => "forward".into(),
        Effect::RefuseOrder(why) => format!("refuse the order {why:?}"),
        Effect::Refuse(code) => format!("refuse {code:?}"),
    }
}

/// A new input does not compile before it stands here, and has no place here without a line above.
macro_rules! kinds {
    ($($name:ident)*) => {
        const KINDS: &[&str] = &[$(stringify!($name)),*];

        fn kind(input: &Input) -> &'static str {
            match input {
                $(Input::$name { .. } => stringify!($name),)*
            }
        }
    };
}

kinds! {
    AskConsent WithdrawAsk RequestControl ReleaseControl AgentStops Order Point Watched Looked Heard
    AnswerConsent AnswerControl TakeBack PageStops PageCame PageGone Described Touched Unshowable
    Logged Unwritten Tick
}

#[test]
fn the_table_has_every_state_and_every_input() {
    let given: std::collections::BTreeSet<&str> = inputs().iter().map(|(_, input, _)| kind(input)).collect();
    assert_eq!(given, KINDS.iter().copied().collect());
    let stage = |share: &Share| match &share.stage {
        Stage::Idle => 0,
        Stage::Asked { replaces: None, .. } => 1,
        Stage::Asked { replaces: Some(_), .. } => 2,
        Stage::Sharing { .. } => 3,
        Stage::ControlAsked { granted: None, .. } => 4,
        Stage::ControlAsked { granted: Some(_), .. } => 5,
        Stage::InControl { .. } => 6,
        Stage::Suspended { .. } => 7,
        Stage::Away { .. } => 8,
    };
    let stood: std::collections::BTreeSet<u8> = states().iter().map(|(_, share)| stage(share)).collect();
    assert_eq!(stood, (0..=8).collect());
    assert_eq!(EXPECTED.lines().count(), states().len() * (inputs().len() + 1), "each state has each input once");
}

const EXPECTED: &str = include_str!("table.txt");

#[test]
fn every_input_in_every_state_has_the_outcome_of_the_table() {
    let mut table = String::new();
    for (state, share) in states() {
        table.push_str(&format!("{state}\n"));
        for (input, given, at) in inputs() {
            let (next, effects) = step(share.clone(), &given, at);
            let moved = name(&next) != name(&share);
            let mut said: Vec<String> = moved.then(|| format!("→ {}", name(&next))).into_iter().collect();
            said.extend(effects.iter().map(effect));
            let said = if said.is_empty() { "-".to_owned() } else { said.join("; ") };
            table.push_str(&format!("    {input:24}{said}\n"));
        }
    }
    if let Ok(path) = std::env::var("COMPTOIR_WRITE_TABLE") {
        std::fs::write(path, &table).unwrap();
    }
    assert!(table == EXPECTED, "the table is now:\n{table}");
}
