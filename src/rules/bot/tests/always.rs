//! No visitor waits for nobody: at every hour, with anybody or nobody there, wherever the
//! talk stands and whoever was in charge, a way leads to a person or to a message left,
//! and what was left can be taken by an agent.

use super::{Talk, shop};
use crate::protocol::{
    AgentCommand, AgentId, AgentRef, ConversationId, Event, SiteId, Stage, Timestamp, TransferId, VisitorId,
};
use crate::rules::bot::hours::Hours;
use crate::rules::bot::model::{Bot, Target, WhenNobody};
use crate::rules::bot::state::{Mode, Then};
use crate::rules::bot::{Input, Output, State, is_reachable, step};
use crate::rules::conversation::{
    BotAnswer, Command, ConversationState, Facts, Opening, Queue, ServerCommand, apply, decide,
};

/// Answers and clicks that a willing visitor needs at most.
const WILLING_TURNS_MAX: usize = 12;

/// Hours, local time, agents online, agents free.
type Moment = (&'static str, u32, u32);
const OPEN: &str = super::OPEN;
const CLOSED: &str = "2026-11-29T23:30";
const MOMENTS: [Moment; 6] = [(OPEN, 0, 0), (OPEN, 2, 0), (OPEN, 2, 1), (CLOSED, 0, 0), (CLOSED, 2, 0), (CLOSED, 2, 1)];

/// Every state in which the bot can be, as a talk leads there.
fn states(bot: &Bot) -> Vec<(&'static str, State)> {
    let after = |walk: fn(&mut Talk)| {
        let mut talk = shop::talk_of(bot.clone());
        walk(&mut talk);
        talk.state
    };
    let anew = |walk: fn(&mut Talk)| {
        let mut talk = Talk::of(bot.clone());
        walk(&mut talk);
        talk.state
    };
    let message = |talk: &mut Talk| {
        talk.facts.agents_online = 0;
        talk.facts.agents_free = 0;
        talk.say("je veux parler à un conseiller");
    };
    let wait = |talk: &mut Talk| drop(talk.say("un conseiller"));
    let mut states = vec![
        ("new", State::new()),
        ("form", anew(|talk| drop(talk.tell(Input::Start)))),
        (
            "form, asked one by one",
            anew(|talk| {
                talk.tell(Input::Start);
                talk.say("bonjour");
            }),
        ),
        (
            "fields before the line",
            anew(|talk| {
                talk.tell(Input::Start);
                talk.say("je veux un conseiller");
            }),
        ),
        ("menu", after(|_| {})),
        ("fields of a step", after(|talk| drop(talk.click("Suivre ma commande")))),
        ("an answer given", after(|talk| drop(talk.say("ma lampe est arrivée cassée")))),
        ("said nothing more", after(|talk| drop(talk.click("Livraison et retours")))),
        ("query", after(|talk| drop(talk.click("Chercher")))),
        (
            "query again",
            after(|talk| {
                talk.click("Chercher");
                talk.say("un aspirateur");
            }),
        ),
    ];
    let mut talk = shop::talk_of(bot.clone());
    talk.click("Chercher");
    states.push(("searching", step(bot, &talk.facts, talk.state, Input::Text("lampe".into())).0));
    for (name, walk) in [
        ("message", Box::new(message) as Box<dyn Fn(&mut Talk)>),
        (
            "fields of a message",
            Box::new(move |talk: &mut Talk| {
                message(talk);
                talk.say("Ma lampe clignote.");
            }),
        ),
        (
            "left",
            Box::new(move |talk: &mut Talk| {
                message(talk);
                talk.say("Ma lampe clignote.");
                talk.say("Pas de téléphone");
            }),
        ),
        ("waiting", Box::new(wait)),
        (
            "waiting too long",
            Box::new(move |talk: &mut Talk| {
                wait(talk);
                talk.tell(Input::WaitedTooLong);
            }),
        ),
    ] {
        let mut talk = shop::talk_of(bot.clone());
        walk(&mut talk);
        states.push((name, talk.state));
    }
    states
}

/// How a visitor who wants to be heard is heard: `person`, or `message`.
fn heard(talk: &mut Talk) -> Option<&'static str> {
    let mut queued = None;
    for turn in 0..WILLING_TURNS_MAX {
        let reachable = is_reachable(&talk.bot, &talk.facts);
        match talk.state.mode.clone() {
            Mode::Waiting { .. } if reachable => return Some("person"),
            // In a line that nobody looks at: a message is offered, at once or already.
            Mode::Waiting { .. } => {
                talk.tell(Input::NobodyLeft);
                let leads = |offered: &crate::rules::bot::state::Offered| {
                    offered.act == crate::rules::bot::state::Act::Go { target: Target::LeaveMessage }
                };
                let at = talk.state.offered.iter().position(leads)?;
                drop(talk.tell(Input::Button { index: u32::try_from(at).unwrap() }));
            }
            Mode::Left => return Some("message"),
            Mode::Message => drop(talk.say("Ma lampe clignote depuis hier.")),
            Mode::Asking { field, then: Then::HandOff | Then::LeaveMessage } if turn > 0 => {
                drop(talk.say(if field == "prenom" { "Léa" } else { "lea@exemple.fr" }));
                if queued.replace(field.clone()).as_ref() == Some(&field) {
                    drop(talk.say("Pas de téléphone"));
                }
            }
            Mode::New | Mode::Form | Mode::Menu | Mode::Query { .. } | Mode::Searching(_) | Mode::Asking { .. } => {
                drop(talk.say("je voudrais parler à un conseiller"));
            }
            Mode::Silenced => return None,
        }
        if talk.handed_off() {
            assert!(reachable, "queued for a person who is not there");
        }
    }
    None
}

/// The shop as its merchant may have set it up.
fn shops() -> Vec<(String, Bot)> {
    let mut shops = Vec::new();
    for when_nobody in [WhenNobody::Message, WhenNobody::Hide] {
        for target in [Target::LeaveMessage, Target::End, Target::Step { id: "cadeau".into() }, Target::Products] {
            for for_good in [false, true] {
                let mut bot = shop::bot();
                let name = format!("{when_nobody:?}, {target:?}, closed for good: {for_good}");
                bot.handoff.when_nobody = when_nobody;
                bot.handoff.on_wait_too_long = target.clone();
                shops.push((name, bot, for_good));
            }
        }
    }
    shops
        .into_iter()
        .map(|(name, mut bot, for_good)| {
            if for_good {
                bot.hours = Hours::default();
            }
            (name, bot)
        })
        .collect()
}

#[test]
fn at_every_hour_with_anybody_or_nobody_from_every_state_the_visitor_is_heard() {
    // States are reached while the shop is open: hours change under a talk, not with it.
    let states = states(&shop::bot());
    let mut met = std::collections::BTreeSet::new();
    for (shop, bot) in shops() {
        for (local, online, free) in MOMENTS {
            for (name, state) in &states {
                let mut talk = Talk::of(bot.clone()).at(local).agents(online, free);
                talk.state = state.clone();
                let reachable = is_reachable(&bot, &talk.facts);
                let heard = heard(&mut talk);
                let place = format!("{shop}; {local}, {online} online, {free} free; {name}");
                let expected = match *name {
                    // Left is left; whoever asks for a person meanwhile is in the line already.
                    "left" => "message",
                    _ if reachable => "person",
                    _ => "message",
                };
                let also = matches!(*name, "message" | "fields of a message").then_some("message");
                assert!(heard == Some(expected) || (heard.is_some() && heard == also), "{place}: {heard:?}");
                met.insert(format!("{name}: {expected}"));
            }
        }
    }
    assert!(met.len() > states.len(), "{met:?}");
}

/// What a live conversation would do with these outputs.
fn after_outputs(state: ConversationState, outputs: &[Output]) -> ConversationState {
    let mut answer = BotAnswer { answers: state.head, ..BotAnswer::default() };
    for output in outputs {
        match output {
            Output::HandOff => answer.queue = Some(Queue::Handoff),
            Output::LeaveMessage => answer.queue = Some(Queue::MessageLeft),
            Output::Say(turn) => answer.turn = Some(turn.clone()),
            Output::Keep(kept) => answer.kept.clone_from(kept),
            Output::Explain(why) => answer.why = Some(why.clone()),
            Output::RemindAt { .. } | Output::Refuse(_) | Output::Stale | Output::SearchProducts { .. } => {}
        }
    }
    after(state, &Command::Server(ServerCommand::Answer(Box::new(answer))))
}

fn after(mut state: ConversationState, command: &Command) -> ConversationState {
    let now = Timestamp::EPOCH;
    let facts = Facts::at(now, TransferId(uuid::Uuid::nil()));
    let bodies = decide(&state, command, &facts).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
    for body in bodies {
        let event = Event { seq: state.head + 1, at: now, body };
        state = apply(state, &event);
    }
    state
}

fn begun() -> ConversationState {
    let id = uuid::Uuid::nil();
    let opening = Opening { previous: None, lang: "fr".into(), page: None, bot_version: 3, test: false };
    after(ConversationState::unbegun(ConversationId(id), SiteId(id), VisitorId(id)), &Command::Begin(opening))
}

fn agent(number: u128) -> AgentRef {
    AgentRef { id: AgentId(uuid::Uuid::from_u128(number)), first_name: format!("Agent {number}") }
}

fn take(state: &ConversationState, by: &AgentRef) -> Command {
    Command::Agent { by: by.clone(), command: AgentCommand::TakeConversation { version: state.version } }
}

#[test]
fn whatever_was_asked_or_left_stands_in_the_line_and_an_agent_can_take_it() {
    for (local, online, free) in MOMENTS {
        let mut talk = Talk::of(shop::bot()).at(local).agents(online, free);
        let mut conversation = begun();
        talk.tell(Input::Start);
        conversation = after_outputs(conversation, &talk.outputs);
        for text in ["je veux un conseiller", "Léa", "Ma lampe clignote.", "lea@exemple.fr", "Pas de téléphone", "Léa"]
        {
            if matches!(talk.state.mode, Mode::Waiting { .. } | Mode::Left) {
                break;
            }
            let text = match &talk.state.mode {
                Mode::Asking { field, .. } if field == "prenom" => "Léa",
                Mode::Asking { field, .. } if field == "email" => "lea@exemple.fr",
                Mode::Asking { .. } => "Pas de téléphone",
                Mode::New
                | Mode::Form
                | Mode::Menu
                | Mode::Message
                | Mode::Query { .. }
                | Mode::Searching(_)
                | Mode::Waiting { .. }
                | Mode::Left
                | Mode::Silenced => text,
            };
            talk.say(text);
            conversation = after_outputs(conversation, &talk.outputs);
        }
        assert_eq!(conversation.phase.stage(), Stage::Waiting, "{local} {online} {free}: {:?}", talk.state.mode);
        let taken = after(conversation.clone(), &take(&conversation, &agent(1)));
        assert_eq!(taken.phase.stage(), Stage::InProgress, "{local} {online} {free}");
    }
}

#[test]
fn a_visitor_whose_agent_is_gone_stands_first_in_the_line_and_the_bot_stays_silent() {
    let mut talk = shop::talk();
    talk.say("un conseiller");
    let conversation = after_outputs(begun(), &talk.outputs);
    let with_agent = after(conversation.clone(), &take(&conversation, &agent(1)));
    assert_eq!(with_agent.phase.in_charge(), Some(&agent(1)), "present: a person is there");
    talk.state = std::mem::take(&mut talk.state).silenced();
    for (local, online, free) in MOMENTS {
        talk = talk.at(local).agents(online, free);
        assert!(talk.say("vous êtes là ?").is_silent());
        let gone = after(with_agent.clone(), &Command::Server(ServerCommand::LoseAgent { agent: agent(1).id }));
        assert_eq!(gone.phase.stage(), Stage::Waiting);
        let taken = after(gone.clone(), &take(&gone, &agent(2)));
        assert_eq!(taken.phase.in_charge(), Some(&agent(2)), "{local} {online} {free}");
    }
}

#[test]
fn whoever_accepts_something_else_meanwhile_keeps_the_place_and_may_ask_again() {
    let mut bot = shop::bot();
    bot.handoff.on_wait_too_long = Target::Step { id: "accueil".into() };
    let mut talk = shop::talk_of(bot);
    talk.say("un conseiller");
    let waiting = after_outputs(begun(), &talk.outputs);
    let turn = talk.tell(Input::WaitedTooLong);
    assert_eq!(super::labels(&turn), ["Autre chose en attendant"]);
    assert!(talk.state.is_waiting(), "the place is kept until it is accepted");
    talk.click("Autre chose en attendant");
    let after_it = after_outputs(waiting, &talk.outputs);
    assert_eq!(after_it.phase.stage(), Stage::Waiting, "and an agent may still come");
    assert!(super::labels(&talk.say("bonjour")).contains(&"Parler à un conseiller"));
    talk.click("Parler à un conseiller");
    assert!(talk.state.is_waiting());
    let turn = talk.agents(0, 0).tell(Input::NobodyLeft);
    assert_eq!(super::labels(&turn), ["Autre chose en attendant", "Laisser un message"], "nobody is left");
}
